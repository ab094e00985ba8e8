"""The room for a copy number in a finished PDF: an element of the structure tree that waits.

Of a document whose copies are numbered one by one, its place, size and tag are there; its text
comes with each copy.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, NumberObject

from yinfa.pdf import resolved

COPY_NUMBER, MARK = "份号", "发文机关标志"  # titles of elements of the structure tree
_TEXT = rb"/\w+\s+<</MCID %d>>\s+BDC(?:(?!EMC).)*?(/\w+) ([\d.]+) Tf\n\[([^\]]*)\] TJ"


@dataclass(frozen=True, slots=True)
class Room:
    """Where a copy number stands: its page, from 0, and the number of its marked content."""

    page: int
    number: int

    def is_free(self, operators: bytes) -> bool:
        """Whether the page drawn by *operators* shows nothing in this place."""
        return not self._match(operators)[3]

    def filled(self, operators: bytes, glyphs: bytes, face: bytes = b"") -> bytes:
        """*operators* with *glyphs*, hexadecimal, in this place, set in another *face* if given."""
        match = self._match(operators)
        shown = b"[<%b>] TJ" % glyphs if glyphs else b"[] TJ"
        text = b"%b %b Tf\n%b" % (face or match[1], match[2], shown)
        return operators[: match.start(1)] + text + operators[match.end() :]

    def _match(self, operators: bytes) -> re.Match[bytes]:
        match = re.search(_TEXT % self.number, operators, re.DOTALL)
        assert match, "the room is not where the structure tree says"
        return match


def titled(pdf: PdfReader | PdfWriter, title: str) -> Room | None:
    """The first element of that *title*, where it is one piece of marked content."""
    root: Any = resolved(pdf.root_object.get("/StructTreeRoot"))
    pages = {page.indirect_reference: index for index, page in enumerate(pdf.pages)}
    for document in _kids(root):
        for element in _kids(document):
            number = resolved(element.get("/K"))
            if element.get("/T") == title and isinstance(number, NumberObject):
                return Room(pages[element.raw_get("/Pg")], int(number))
    return None


def _kids(element: Any) -> list[Any]:
    kids = resolved(element.get("/K")) if element else None
    found = map(resolved, kids if isinstance(kids, ArrayObject) else [kids])
    return [kid for kid in found if hasattr(kid, "get")]


def empty(writer: PdfWriter) -> None:
    """Take the text out of the room that the composer set."""
    room = titled(writer, COPY_NUMBER)
    assert room, "a composition with room for a number has its element"
    stream: Any = resolved(writer.pages[room.page]["/Contents"])
    stream.set_data(room.filled(stream.get_data(), b""))
