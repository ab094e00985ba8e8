"""Typing is mended: half-width marks, straight quotes, full-width digits, stray spaces."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import replace

from yinfa.importing.draft import DraftLine, Notebook, Step
from yinfa.importing.marks import level_mark_of, part_mark_of

CONTEXT = 6  # characters before a change that are told with it
SHORTEST_SENTENCE = 12  # spaces of shorter lines may be meant: names, signatures, titles

_HAN = "\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff×"
_AFTER = f"[{_HAN}”’》）】〉]"
_FULL = dict(zip(",;:?!.", "，；：？！。", strict=True))
_MARK = re.compile(rf"(?<={_AFTER})[,;:?!]|(?<={_AFTER})\.(?=$|[{_HAN}“])")
_DOTS = re.compile(r"\.{3,}|。{3,}|[…⋯]*⋯[…⋯]*|(?<![…⋯])…(?![…⋯])")
_RADICALS = re.compile("[\u2e80-\u2fd5\uf900-\ufa6d\ufa70-\ufad9]+")
_SIMPLE = dict(
    zip(
        "⺠⻄⻅⻆⻉⻋⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻨⻩⻬⻮⻰⻳⺟",
        "民西见角贝车长门青韦页风飞食马骨鬼鱼鸟麦黄齐齿龙龟母",
        strict=True,
    )
)  # radicals that have no other form in Unicode
_TITLES = re.compile("《[^《》]{0,80}》")
_WIDE_ALNUM = re.compile("[０-９Ａ-Ｚａ-ｚ]+|(?<=[０-９])．(?=[０-９])")
_BRACKETS = re.compile(r"\(([^()]*)\)")
_SPACE = re.compile(
    rf"(?<=[{_HAN}])(?<!条)(?<!章)(?<!节) +(?=[{_HAN}0-9０-９])|(?<=[0-9０-９]) +(?=[{_HAN}])"
    r"|(?<= ) +"
)
_LIST_OF_NAMES = re.compile(r"\s*(?:签\s*发\s*人|出\s*席|列\s*席|请\s*假|抄\s*送|主\s*送)\s*[：:]")
_ANY_HAN = re.compile(f"[{_HAN}]")
_TO_HALF = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}


def tidy_lines(lines: list[DraftLine], notebook: Notebook) -> list[DraftLine]:
    """*lines* with their typing mended, and every change noted."""
    return [_tidy(line, notebook) if line.is_text else line for line in lines]


def _tidy(line: DraftLine, notebook: Notebook) -> DraftLine:
    text = line.text
    pieces, at = [], _after_number(text)
    pieces.append(text[:at])
    for start, end, after, kind in _edits(text):
        if start < at:
            continue
        context = max(at, start - CONTEXT) if len(pieces) > 1 else 0
        before = text[context:end], text[context:start] + after
        notebook.change(line, *before, Step.TIDY, kind)
        pieces += [text[at:start], after]
        at = end
    return replace(line, text="".join(pieces) + text[at:], marked="") if len(pieces) > 1 else line


def _after_number(text: str) -> int:
    """Where the words begin behind a typed number, which is not touched: 二.参加人员."""
    mark = level_mark_of(text) or part_mark_of(text)
    return len(mark.typed) if mark else 0


_Edit = tuple[int, int, str, str]


def _edits(text: str) -> list[_Edit]:
    """What to put in place of which characters and why, from left to right."""
    if not _ANY_HAN.search(text):
        return []
    found: list[_Edit] = []
    for match in _DOTS.finditer(text):
        found.append((match.start(), match.end(), "……", "省略号"))
    for match in _MARK.finditer(text):
        found.append((match.start(), match.end(), _FULL[match[0]], "半角标点"))
    for match in _WIDE_ALNUM.finditer(text):
        found.append((match.start(), match.end(), match[0].translate(_TO_HALF), "全角数字和字母"))
    for match in _BRACKETS.finditer(text):
        before = text[match.start() - 1 : match.start()]
        if _ANY_HAN.search(match[1] + before):
            found.append((match.start(), match.start() + 1, "（", "半角标点"))
            found.append((match.end() - 1, match.end(), "）", "半角标点"))
    for match in _RADICALS.finditer(text):
        after = "".join(_SIMPLE.get(char, unicodedata.normalize("NFKC", char)) for char in match[0])
        if after != match[0]:
            found.append((match.start(), match.end(), after, "形似的部首字"))
    found += _quotes(text)
    if _is_sentence(text):
        titles = [match.span() for match in _TITLES.finditer(text)]  # blanks in them are meant
        for match in _SPACE.finditer(text):
            if not any(start < match.start() < end for start, end in titles):
                found.append((match.start(), match.end(), "", "多余的空格"))
    return sorted(found)


def _is_sentence(text: str) -> bool:
    """Whether a space within *text* is but a slip: not where it parts names."""
    return (
        len(text) >= SHORTEST_SENTENCE
        and bool(re.search("[，。；,;]", text))
        and not _LIST_OF_NAMES.match(text)
        and not text.endswith("印发")
    )


def _quotes(text: str) -> Iterator[_Edit]:
    """Straight quotes by pairs; an odd one among them leaves all as they are."""
    places = [match.start() for match in re.finditer('"', text)]
    if len(places) % 2 == 0:
        for index, place in enumerate(places):
            yield place, place + 1, "”" if index % 2 else "“", "直引号"
