"""What stands above the title: 份号, 密级, 紧急程度, mark, number and 签发人, 7.2."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from yinfa.importing.draft import At, DraftLine, Notebook
from yinfa.importing.title import packed
from yinfa.words import MINUTES_NUMBER

MOST_MARKS = 8
LONGEST_MARK = 50
MARK_SUFFIX = "文件"

_CORNER = (
    ("copy_number", re.compile(r"\d{6}", re.ASCII)),
    (
        "classification",
        re.compile(r"(?:绝密|机密|秘密)(?:★(?:[1-9]\d*(?:年|个月|月|日|天)|长期))?", re.ASCII),
    ),
    ("urgency", re.compile("特急|加急")),
)
_NUMBER = re.compile(
    r"(?P<whole>(?P<agency>[^\s\d\[(【〔（［，。：]{1,24})\s*[\[(【〔（［]\s*(?P<year>\d{4}|×{4})\s*"
    r"[\])】〕）］]\s*(?:第\s*)?0*(?P<serial>[1-9]\d{0,5}|×{1,4})\s*号)(?P<rest>.*)"
)
PUBLISHED = ("令", "公告")  # these are numbered by themselves
_SERIAL = r"(?:\d{1,5}|×{1,4}|[一二三四五六七八九十百〇零]{1,6})"
_ORDER_NUMBER = re.compile(
    rf"[（(]?\s*(?:[\[(【〔（［]\s*\d{{4}}\s*[\])】〕）］]\s*)?第?\s*{_SERIAL}\s*号\s*[）)]?"
)
_SIGNATORIES = re.compile(r"签\s*发\s*人\s*[：:]\s*(?P<names>[^，。；：]{2,80})")
_NAMES_APART = re.compile("[ \u3000、]{1,8}")


@dataclass(slots=True)
class TypedHead:
    """The parts found, by the names of the source, each with the lines it stands on."""

    parts: dict[str, At] = field(default_factory=dict)
    mark: list[str] = field(default_factory=list)
    others: list[DraftLine] = field(default_factory=list)  # above the number, yet none of its parts


def typed_number(text: str, before: str) -> bool:
    """Whether *text* is a document number, or that of an order or minutes named by *before*."""
    match = _NUMBER.fullmatch(text)
    if match:
        rest = match["rest"].strip()
        return not rest or bool(_SIGNATORIES.fullmatch(rest))
    if before.endswith(PUBLISHED):
        return bool(_ORDER_NUMBER.fullmatch(text))
    return before.endswith("纪要") and bool(re.fullmatch(MINUTES_NUMBER, text))


def take_corner(line: DraftLine, head: TypedHead) -> bool:
    """Take *line* as 份号, 密级 or 紧急程度, one or several of them."""
    words = re.sub(r"\s*★\s*", "★", line.text).split()
    found: dict[str, str] = {}
    if len(words) > len(_CORNER):
        return False
    for word in words or [""]:
        name = next((name for name, pattern in _CORNER if pattern.fullmatch(word)), "")
        if not name or name in found or name in head.parts:
            return False
        found[name] = word
    for name, word in found.items():
        head.parts[name] = At(word, line.numbers)
    return True


def take_marks(lines: Sequence[DraftLine], head: TypedHead, notebook: Notebook) -> None:
    """发文机关标志, one name a line; 文件 beside several names goes after the last, 7.2.4."""
    texts = [packed(line.text) for line in lines]
    longest = max((len(text) for text in texts), default=0)
    if len(lines) > MOST_MARKS or longest > LONGEST_MARK or not all(n.is_text for n in lines):
        head.others = list(lines)
        return
    for index, text in enumerate(texts[:-1]):
        if text.endswith(MARK_SUFFIX):
            texts[index] = text.removesuffix(MARK_SUFFIX).strip()
            notebook.change(lines[index], text, texts[index])
            notebook.change(lines[-1], texts[-1], texts[-1] + MARK_SUFFIX)
            texts[-1] += MARK_SUFFIX
    head.mark = [re.sub(rf"\s+{MARK_SUFFIX}$", MARK_SUFFIX, text) for text in texts if text]
    if lines:
        head.parts["issuer_mark"] = At("", tuple(n for line in lines for n in line.numbers))


def take_number(line: DraftLine, head: TypedHead, notebook: Notebook) -> None:
    match = _NUMBER.fullmatch(line.text)
    if match is None:
        name = "document_number" if head.mark and head.mark[-1].endswith("纪要") else "order_number"
        number = "".join(line.text.split())
        if re.fullmatch("[（(]第[^（()）]+号[）)]", number):
            number = number[1:-1]
            notebook.change(line, line.text, number)
        head.parts[name] = At(number, line.numbers)
        return
    number = f"{match['agency']}〔{match['year']}〕{match['serial']}号"
    typed = "".join(match["whole"].split())
    if typed != number:
        notebook.change(line, typed, number)
        notebook.remark(line, f"发文字号“{typed}”按规定写成“{number}”，请核对")
    head.parts["document_number"] = At(number, line.numbers)
    if rest := match["rest"].strip():
        take_signatories(line, head, rest)


def take_signatories(line: DraftLine, head: TypedHead, text: str = "") -> bool:
    """Take *line*, or its *text*, as 签发人."""
    match = _SIGNATORIES.fullmatch(text or line.text)
    if not match or "signatories" in head.parts:
        return False
    names = _names(match["names"])
    tree = names[0] if len(names) == 1 else [At(name) for name in names]
    head.parts["signatories"] = At(tree, line.numbers)
    return True


def _names(text: str) -> list[str]:
    """The names in *text*; one of two characters may be spaced out."""
    words = [word for word in _NAMES_APART.split(text.strip()) if word]
    names: list[str] = []
    for word in words:
        if names and len(word) == 1 and len(names[-1]) == 1:
            names[-1] += word
        else:
            names.append(word)
    return names
