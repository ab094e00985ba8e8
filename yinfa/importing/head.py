"""What stands above the title: 份号, 密级, 紧急程度, mark, number and 签发人, 7.2."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from yinfa.importing.draft import At, DraftLine, Notebook
from yinfa.words import MINUTES_NUMBER

FARTHEST = 16  # lines among which the document number is looked for
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
_ORDER_NUMBER = re.compile(r"第\s*(?:\d{1,5}|×{1,4}|[一二三四五六七八九十百〇零]{1,6})\s*号")
_SIGNATORIES = re.compile(r"签\s*发\s*人\s*[：:]\s*(?P<names>[^，。；：]{2,80})")
_NAMES_APART = re.compile("[ \u3000、]{1,8}")


@dataclass(slots=True)
class TypedHead:
    """The parts found, by the names of the source, each with the lines it stands on."""

    parts: dict[str, At] = field(default_factory=dict)
    mark: list[str] = field(default_factory=list)
    taken: int = 0  # lines that are no longer looked at
    others: list[DraftLine] = field(default_factory=list)  # above the number, yet none of its parts


def take_head(lines: Sequence[DraftLine], notebook: Notebook) -> TypedHead:
    """What of *lines* stands above the title."""
    head = TypedHead()
    at = _number_at(lines)
    if at is None:
        while head.taken < len(lines) and _corner(lines[head.taken], head):
            head.taken += 1
        return head
    marks = [line for line in lines[:at] if not _corner(line, head)]
    _marks(marks, head, notebook)
    _number(lines[at], head, notebook)
    head.taken = at + 1
    while head.taken < len(lines) and _signatories(lines[head.taken], lines[head.taken].text, head):
        head.taken += 1
    return head


def _number_at(lines: Sequence[DraftLine]) -> int | None:
    """Where the document number stands, if it stands among the first lines."""
    for index, line in enumerate(lines[:FARTHEST]):
        if not line.is_text:
            return None
        match = _NUMBER.fullmatch(line.text)
        if match and (not match["rest"].strip() or _SIGNATORIES.fullmatch(match["rest"].strip())):
            return index
        before = _packed(lines[index - 1].text) if index else ""
        if _ORDER_NUMBER.fullmatch(line.text) and before.endswith("令"):
            return index
        if re.fullmatch(MINUTES_NUMBER, line.text) and before.endswith("纪要"):
            return index
        if line.text[-1] in "。；，" or len(line.text) > 60:
            return None
    return None


def _corner(line: DraftLine, head: TypedHead) -> bool:
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


def _packed(text: str) -> str:
    """*text* without the spaces between characters that are spaced out."""
    words = text.split()
    spaced = len(words) > 2 and all(len(word) == 1 for word in words[:-1])
    return "".join(words) if spaced else " ".join(words)


def _marks(lines: Sequence[DraftLine], head: TypedHead, notebook: Notebook) -> None:
    """发文机关标志, one name a line; 文件 beside several names goes after the last, 7.2.4."""
    texts = [_packed(line.text) for line in lines]
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


def _number(line: DraftLine, head: TypedHead, notebook: Notebook) -> None:
    match = _NUMBER.fullmatch(line.text)
    if match is None:
        name = "document_number" if head.mark and head.mark[-1].endswith("纪要") else "order_number"
        head.parts[name] = At("".join(line.text.split()), line.numbers)
        return
    number = f"{match['agency']}〔{match['year']}〕{match['serial']}号"
    typed = "".join(match["whole"].split())
    if typed != number:
        notebook.change(line, typed, number)
        notebook.remark(line, f"发文字号“{typed}”按规定写成“{number}”，请核对")
    head.parts["document_number"] = At(number, line.numbers)
    if rest := match["rest"].strip():
        _signatories(line, rest, head)


def _signatories(line: DraftLine, text: str, head: TypedHead) -> bool:
    """Take *text* as 签发人."""
    match = _SIGNATORIES.fullmatch(text)
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
