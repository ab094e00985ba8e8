"""A reading order as lines that are written one after another, each knowing what it leaves."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from yinfa.inline import BREAK, CALL, typed
from yinfa.model import Figure
from yinfa.parts import BODY_PARTS, Part
from yinfa.reading_order import Division, Element, ReadingOrder, Words

# In these a bracket may be notation.
MARKED = BODY_PARTS | {
    Part.CAPTION,
    Part.FIGURE_CAPTION,
    Part.FOOTNOTE,
    Part.NOTE,
    Part.TABLE_NOTE,
    Part.TABLE_UNIT,
}


@dataclass(frozen=True, slots=True)
class ExportLine:
    """One line of words; its first *head* characters are number and heading.

    *left* counts the open headings, chapters and articles that a paragraph does not belong to any
    more, *outside* says that it belongs to none.
    """

    element: Element
    text: str
    head: int = 0
    left: int = 0
    outside: bool = False
    new_page: bool = False

    @property
    def part(self) -> Part:
        return self.element.part

    @property
    def words(self) -> Iterator[str]:
        """All the words of the line, those of a table cell by cell."""
        table = self.element.table
        if table is None:
            yield self.text
            return
        for row in table.typed_rows():
            yield from row


def export_lines(order: ReadingOrder) -> Iterator[ExportLine]:
    """Every line of *order*; what is printed is written, a footnote and its calls as [注1].

    Pictures are named as they lie below the folder of the document.
    """
    folder = order.document.path.parent.resolve()
    for element in order.letterhead:
        yield from _lines(element, folder)
    for index, division in enumerate(order.divisions):
        for number, line in enumerate(_division(division, folder)):
            yield replace(line, new_page=index > 0 and number == 0)
    for element in order.imprint:
        yield from _lines(element, folder)


def _division(division: Division, folder: Path) -> Iterator[ExportLine]:
    for element in division.heads:
        yield from _lines(element, folder)
    open_depth = 0
    for element in division.body:
        left = open_depth - element.depth if _may_leave(element) else 0
        for number, line in enumerate(_lines(element, folder)):
            first = number == 0
            yield replace(line, left=left, outside=element.depth == 0) if first else line
        open_depth = element.depth + element.opens
    for element in division.closing:
        yield from _lines(element, folder)


def _may_leave(element: Element) -> bool:
    """Whether a reader must be told what *element* does not belong to: it has no number."""
    return element.part in (Part.PARAGRAPH, Part.TABLE, Part.FIGURE)


def _lines(element: Element, folder: Path) -> Iterator[ExportLine]:
    """*element* and what belongs to it; a line for each that the source breaks it into."""
    for each in element.walk():
        if each.figure is not None:
            yield ExportLine(each, _picture(each.figure, folder))
            continue
        start = 0
        for number, words in enumerate(each.words, 1):
            if words.ends_line and each.part is Part.TITLE:
                yield ExportLine(each, written(replace(each, words=each.words[start:number])))
                start = number
        last = replace(each, words=each.words[start:])
        if text := written(last):
            yield ExportLine(each, text, len(written(_head(last)).rstrip()))
        elif each.table is not None:
            yield ExportLine(each, "")


def _head(element: Element) -> Element:
    """*element* without what stands after its label and heading."""
    return replace(element, words=(), stop=element.stop if element.heading else "")


def _picture(figure: Figure, folder: Path) -> str:
    path = figure.picture.path.resolve()
    shown = path.relative_to(folder).as_posix() if path.is_relative_to(folder) else path.name
    return f"![{figure.alternative}]({shown})"


def written(element: Element) -> str:
    """All that is printed of *element*, footnotes and their calls as a writer types them."""
    label = f"[注{element.number}]" if element.part is Part.FOOTNOTE else element.label
    if element.part in MARKED:
        heading, words = (tuple(map(_typed, part)) for part in (element.heading, element.words))
        element = replace(element, heading=heading, words=words)
    return replace(element, label=label).text


def _typed(words: Words) -> Words:
    if words.note:
        return replace(words, text=f"[{CALL}{words.note}]")
    said = typed(words.text, words.emphases, words.link)
    return replace(words, text=f"{said}[{BREAK}]" if words.ends_line else said)
