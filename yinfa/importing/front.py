"""What stands above the text of a document, in whatever order a file has it.

In print the mark and the number stand above the title, 7.2; copies from the web have the title
first, then the number, then the addressees.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from yinfa.importing.draft import DraftLine, Notebook
from yinfa.importing.head import (
    MARK_SUFFIX,
    PUBLISHED,
    TypedHead,
    take_corner,
    take_marks,
    take_number,
    take_signatories,
    typed_number,
)
from yinfa.importing.marks import is_marked
from yinfa.importing.title import ORGANISATION, Title, is_whole, names_text, packed, take_title

FARTHEST = 24  # lines among which the text begins
LONGEST_HEAD = 160  # of a line above the text; titles of many issuers are long
_TAIL_NUMBER = re.compile(
    r"\s*[（(](?P<number>[^（）()]{1,24}[〔\[【（(]\d{4}[〕\]】）)][^（）()]{1,12})[）)]$"
)
_PUBLISHED = re.compile(
    r"(?P<mark>[^〔\[【（(《，。]{2,80}?(?P<kind>令|公告))\s*"
    r"(?P<number>(?:[〔\[【（(]\s*\d{4}\s*[〕\]】）)]\s*)?第?\s*\d{1,5}\s*号)\s*"
    r"(?P<what>[（(].{1,80}[）)])?"
)
_CAPTION = re.compile(r"(?P<title>.{2,60}?)[（(][^（）()]*(?:令|公告)[^（）()]*号[）)]")


@dataclass(slots=True)
class Front:
    """The parts above the text; *taken* lines hold them, *below* go on."""

    head: TypedHead = field(default_factory=TypedHead)
    title: Title = field(default_factory=Title)
    below: list[DraftLine] = field(default_factory=list)


def take_front(lines: Sequence[DraftLine], notebook: Notebook) -> Front:
    """The head and the title that *lines* begin with."""
    lines = _as_published(list(lines), notebook)
    number = _number_at(lines)
    front = Front()
    if number and packed(lines[number - 1].text).endswith("公告"):
        return _announcement(front, lines, number)
    if number is None:
        taken = 0
        while taken < len(lines) and take_corner(lines[taken], front.head):
            taken += 1
        rest = lines[taken:]
        front.title = take_title(rest)
        front.below = rest[front.title.taken :]
        return _with_tail_number(front, notebook)
    above = [line for line in lines[:number] if not take_corner(line, front.head)]
    below = lines[number + 1 :]
    marks, titled = _parted(above)
    take_marks(marks, front.head, notebook)
    take_number(lines[number], front.head, notebook)
    while below and take_signatories(below[0], front.head):
        below = below[1:]
    if titled:
        titled = _said_once(titled, notebook)
        front.title = Title(titled)
        front.below = _without_repetition(front.title, below, notebook)
        return front
    front.title = take_title(below)
    front.below = below[front.title.taken :]
    return front


def _number_at(lines: Sequence[DraftLine]) -> int | None:
    """Where the document number stands, if it stands among the first lines."""
    for index, line in enumerate(lines[:FARTHEST]):
        if not line.is_text:
            return None
        before = packed(lines[index - 1].text) if index else ""
        if typed_number(line.text, before):
            return index
        if line.text[-1] in "。；，：:" or len(line.text) > LONGEST_HEAD or is_marked(line.text):
            return None
    return None


def _parted(above: list[DraftLine]) -> tuple[list[DraftLine], list[DraftLine]]:
    """*above* a number, parted into the lines of the mark and those of a title.

    The mark is one or several agencies and nothing else; a title says what the text is about.
    """
    first = next((index for index, line in enumerate(above) if _is_titled(line)), None)
    if first is None:
        words = "".join(line.text for line in above)
        if above and is_whole(words) and not _is_mark(above[-1].text):
            return [], _titles(above)
        return above, []
    # Agencies above 关于 are the title's first lines where they stand without 文件.
    ends = [i for i, line in enumerate(above[:first]) if packed(line.text).endswith(MARK_SUFFIX)]
    start = ends[-1] + 1 if ends else 0
    return above[:start], _titles(above[start:])


def _is_titled(line: DraftLine) -> bool:
    """Whether *line* is a title's: marks are big and centred too, but name agencies."""
    styled = line.title and not _is_mark(line.text) and not ORGANISATION.search(packed(line.text))
    return styled or "关于" in line.text


def _as_published(lines: list[DraftLine], notebook: Notebook) -> list[DraftLine]:
    """*lines* of an order or announcement, its mark and its number each on a line of its own.

    On the web both stand on one line, with what is published in brackets, and often once more.
    """
    if len(lines) < 3 or not all(line.is_text for line in lines[:3]):
        return lines
    first, second = lines[0], packed(lines[1].text)
    if _CAPTION.fullmatch(first.text) or _PUBLISHED.fullmatch(first.text):
        ends = second.endswith(PUBLISHED) or bool(_PUBLISHED.fullmatch(second))
        if ends and not first.title:
            notebook.leave_out(first, "是网页的标题，下面另有公布的原文")
            lines = lines[1:]
    first = lines[0]
    match = _PUBLISHED.fullmatch(first.text)
    if match is None or len(first.numbers) > 1:
        return lines
    places = [match.start("number")] + ([match.start("what")] if match["what"] else [])
    mark, number, *what = notebook.cut(first, *places)
    for part in what:
        notebook.leave_out(part, "是网页加在标题后面的话")
    return [mark, number, *lines[1:]]


def _announcement(front: Front, lines: Sequence[DraftLine], number: int) -> Front:
    """公告, whose number stands under its name as the title's second line."""
    above = [line for line in lines[:number] if not take_corner(line, front.head)]
    below = lines[number + 1 :]
    further = take_title(below)
    if not names_text(further.words):
        further = Title()
    front.title = Title([*_titles(above), lines[number], *further.lines])
    front.below = list(below[further.taken :])
    return front


def _titles(lines: list[DraftLine]) -> list[DraftLine]:
    return [replace(line, text=packed(line.text)) for line in lines]


def _is_mark(text: str) -> bool:
    return packed(text).endswith((MARK_SUFFIX, "令", "纪要", "公报", "简报"))


def _said_once(titled: list[DraftLine], notebook: Notebook) -> list[DraftLine]:
    """*titled* without its first half where the second says the same: a page's own heading."""
    for index in range(1, len(titled)):
        first, second = (
            "".join("".join(line.text.split()) for line in half)
            for half in (titled[:index], titled[index:])
        )
        if first == second:
            for repeated in titled[:index]:
                notebook.leave_out(repeated, "标题在下面又写了一遍")
            return titled[index:]
    return titled


def _without_repetition(
    title: Title, below: list[DraftLine], notebook: Notebook
) -> list[DraftLine]:
    """*below* without the title said once more."""
    words = ""
    for index, line in enumerate(below[:4]):
        words += line.text
        if "".join(words.split()) == "".join(title.words.split()):
            for repeated in below[: index + 1]:
                notebook.leave_out(repeated, "标题已在上面写过")
            return below[index + 1 :]
    return below


def _with_tail_number(front: Front, notebook: Notebook) -> Front:
    """A number in brackets behind the title is the document number."""
    last = front.title.lines[-1] if front.title.lines else None
    match = _TAIL_NUMBER.search(last.text) if last else None
    if last is None or match is None or len(last.numbers) > 1 or not names_text(front.title.words):
        return front
    if not typed_number(match["number"], ""):
        return front
    title, number = notebook.cut(last, match.start())
    bare = replace(number, text=match["number"])
    notebook.change(number, "（" if "（" in number.text else "(", "")
    take_number(bare, front.head, notebook)
    notebook.change(number, number.text[-1], "")
    front.title.lines[-1] = title
    front.below = _without_repetition(front.title, front.below, notebook)
    return front
