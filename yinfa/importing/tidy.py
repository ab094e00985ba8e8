"""Typing is mended: half-width marks, straight quotes, full-width digits, stray spaces."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from yinfa.importing.draft import DraftLine, Notebook, Step

CONTEXT = 6  # characters before a change that are told with it
SHORTEST_SENTENCE = 12  # spaces of shorter lines may be meant: names, signatures, titles

_HAN = "\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff×"
_AFTER = f"[{_HAN}”’》）】〉]"
_FULL = dict(zip(",;:?!.", "，；：？！。", strict=True))
_MARK = re.compile(rf"(?<={_AFTER})[,;:?!]|(?<={_AFTER})\.(?=$|[{_HAN}“])")
_DOTS = re.compile(r"\.{3,}|。{3,}|(?<!…)…(?!…)")
_WIDE_ALNUM = re.compile("[０-９Ａ-Ｚａ-ｚ]+|(?<=[０-９])．(?=[０-９])")
_BRACKETS = re.compile(r"\(([^()]*)\)")
_SPACE = re.compile(
    rf"(?<=[{_HAN}])(?<!条)(?<!章)(?<!节) (?=[{_HAN}0-9０-９])|(?<=[0-9０-９]) (?=[{_HAN}])"
)
_LIST_OF_NAMES = re.compile(r"\s*(?:签\s*发\s*人|出\s*席|列\s*席|请\s*假|抄\s*送|主\s*送)\s*[：:]")
_ANY_HAN = re.compile(f"[{_HAN}]")
_TO_HALF = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}


def tidy_lines(lines: list[DraftLine], notebook: Notebook) -> list[DraftLine]:
    """*lines* with their typing mended, and every change noted."""
    return [_tidy(line, notebook) if line.is_text else line for line in lines]


def _tidy(line: DraftLine, notebook: Notebook) -> DraftLine:
    text = line.text
    pieces, at = [], 0
    for start, end, after in _edits(text):
        if start < at:
            continue
        context = max(at, start - CONTEXT)
        notebook.change(line, text[context:end], text[context:start] + after, Step.TIDY)
        pieces += [text[at:start], after]
        at = end
    return replace(line, text="".join(pieces) + text[at:]) if pieces else line


def _edits(text: str) -> list[tuple[int, int, str]]:
    """What to put in place of which characters, from left to right."""
    if not _ANY_HAN.search(text):
        return []
    edits = [(match.start(), match.end(), "……") for match in _DOTS.finditer(text)]
    edits += [(match.start(), match.end(), _FULL[match[0]]) for match in _MARK.finditer(text)]
    for match in _WIDE_ALNUM.finditer(text):
        edits.append((match.start(), match.end(), match[0].translate(_TO_HALF)))
    for match in _BRACKETS.finditer(text):
        before = text[match.start() - 1 : match.start()]
        if _ANY_HAN.search(match[1] + before):
            edits.append((match.start(), match.start() + 1, "（"))
            edits.append((match.end() - 1, match.end(), "）"))
    edits += _quotes(text)
    if _is_sentence(text):
        edits += [(match.start(), match.end(), "") for match in _SPACE.finditer(text)]
    return sorted(edits)


def _is_sentence(text: str) -> bool:
    """Whether a space within *text* is but a slip: not where it parts names."""
    return (
        len(text) >= SHORTEST_SENTENCE
        and bool(re.search("[，。；,;]", text))
        and not _LIST_OF_NAMES.match(text)
        and not text.endswith("印发")
    )


def _quotes(text: str) -> Iterator[tuple[int, int, str]]:
    """Straight quotes by pairs; an odd one among them leaves all as they are."""
    places = [match.start() for match in re.finditer('"', text)]
    if len(places) % 2 == 0:
        for index, place in enumerate(places):
            yield place, place + 1, "”" if index % 2 else "“"
