"""The nouns of the reading order: every element of a document with all words that are printed.

Numbers, labels, separators and stops are settled here, once. The composer sets them, the exports
write them, and the checker looks for them on the pages.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from yinfa.inline import Emphasis
from yinfa.model import Document, Figure, Table
from yinfa.parts import Part
from yinfa.report import Place

SPACE = "\u3000"
LIST_ENDS = "。：；，"  # typed after a name of a list, whose marks are set anyway
LIST_LABEL = "附件："  # before the first name of 附件说明, 7.3.4


@dataclass(frozen=True, slots=True)
class Words:
    """A run of what is said; *place* is where it begins in the source."""

    text: str
    place: Place
    note: int = 0  # that it calls; *text* is then the mark of the footnote
    ends_line: bool = False  # the source breaks the line here
    emphases: frozenset[Emphasis] = frozenset()
    link: str = ""  # the address it leads to


@dataclass(frozen=True, slots=True)
class Element:
    """One element: what it is, where it was written, and all that is printed of it in order.

    *label* comes first, then the *heading*, then the *words*; the *stop* ends the heading where
    there is one, else the words. Names of a list are words each, with *separator* between two.
    """

    part: Part
    place: Place
    label: str = ""  # 一、 第一条 附件：1. 抄送： with what parts it from the words
    heading: tuple[Words, ...] = ()
    words: tuple[Words, ...] = ()
    stop: str = ""
    separator: str = ""
    level: int = 0  # of a heading, item, 章 (1) or 节 (2)
    number: int = 0
    depth: int = 0  # how many headings, 章, 节 and 条 it stands under
    opens: bool = False  # what follows may belong to it
    name: str = ""  # what bookmarks show of it
    preprinted: bool = False  # on the paper already that the document is printed on
    above: tuple[Element, ...] = ()  # the caption of a table
    below: tuple[Element, ...] = ()  # the caption of a figure; note and source of a table
    notes: tuple[Element, ...] = ()  # the footnotes that it is the first to call
    table: Table | None = None
    figure: Figure | None = None

    @property
    def head(self) -> str:
        """Label and heading with its stop: what has a face of its own."""
        if not self.heading:
            return self.label
        return self.label + "".join(words.text for words in self.heading) + self.stop

    @property
    def text(self) -> str:
        """All that is printed of it."""
        said = self.separator.join(words.text for words in self.words)
        return self.head + said + ("" if self.heading else self.stop)

    def walk(self) -> Iterator[Element]:
        """It and what belongs to it, in order of print; its footnotes last."""
        yield from self.above
        yield self
        yield from self.below
        yield from self.notes


@dataclass(frozen=True, slots=True)
class Division:
    """The document itself, a text that it issues, or an attachment.

    *heads* stand above its text: label, title, what is under the title, addressees. *closing* is
    what follows it: 附件说明, attendance, signature, date and note.
    """

    heads: tuple[Element, ...]
    body: tuple[Element, ...]
    closing: tuple[Element, ...] = ()

    def __iter__(self) -> Iterator[Element]:
        for element in (*self.heads, *self.body, *self.closing):
            yield from element.walk()


@dataclass(frozen=True, slots=True)
class ReadingOrder:
    """A document as it is read from first to last."""

    document: Document
    letterhead: tuple[Element, ...]
    divisions: tuple[Division, ...]  # at least the document itself
    imprint: tuple[Element, ...]

    def __iter__(self) -> Iterator[Element]:
        """Every element, flat, in order of print."""
        yield from self.letterhead
        for division in self.divisions:
            yield from division
        yield from self.imprint


def of(elements: tuple[Element, ...], *parts: Part) -> tuple[Element, ...]:
    """Those of *elements* that are one of *parts*."""
    return tuple(element for element in elements if element.part in parts)
