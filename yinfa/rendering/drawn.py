"""What an engine hands over: pages in a PDF that can be added to, what it drew of each block."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass

from yinfa.pdf.objects import PdfWriter

Artifacts = Mapping[int, Collection[int]]  # numbers of marked content by the index of the page


@dataclass(frozen=True, slots=True)
class DrawnElement:
    """What was drawn of a block or picture, or of a part of one."""

    tag: str  # as ISO 32000-1 14.8.4 names it: Table, TR, TH, TD …, H1 … for a heading
    contents: tuple[int, ...] = ()  # numbers of marked content on its page, in reading order
    parts: tuple[DrawnElement, ...] = ()  # of a table, and of a block of heading and text
    rows: int = 0  # that a cell spans, and columns; 0 where it is not told
    columns: int = 0

    def all_contents(self) -> Iterator[int]:
        """Its contents and those of its parts."""
        yield from self.contents
        for part in self.parts:
            yield from part.all_contents()


def is_counted(char: str) -> bool:
    """Whether *char* is drawn as one glyph of its own, whatever stands beside it."""
    return "\u4e00" <= char <= "\u9fff" or char in "0123456789"


class TagsDiffer(Exception):
    """The renderer's tags do not pair with the blocks that were printed: our own mistake."""


@dataclass(frozen=True, slots=True)
class DrawnPages:
    """The pages of a composition.

    *writer* holds them as PDF/A, tagged: its structure tree has one element, Document, that is
    empty or will be written anew. *elements* are, page by page, what was drawn of its blocks and
    then of its pictures, but for blocks that show nothing. *rework* makes artifacts of some marked
    content and tells Latin words from Chinese; it is called once.
    """

    writer: PdfWriter
    elements: tuple[tuple[DrawnElement, ...], ...]
    rework: Callable[[Artifacts], None]
    shown: tuple[int, ...] = ()  # Han characters and digits drawn on each page; not told if empty
