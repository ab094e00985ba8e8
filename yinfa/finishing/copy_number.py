"""The room for a copy number in a finished PDF: an element of the structure tree that waits.

Of a document whose copies are numbered one by one, its place, size and tag are there; its text
comes with each copy.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from yinfa.pdf import resolved
from yinfa.pdf.objects import ArrayObject, NumberObject, PdfReader, PdfWriter
from yinfa.rendering.operators import shown_in

COPY_NUMBER, MARK = "份号", "发文机关标志"  # titles of elements of the structure tree


@dataclass(frozen=True, slots=True)
class NumberRoom:
    """Where a copy number stands: its page, from 0, and the number of its marked content."""

    page: int
    number: int

    def is_free(self, operators: bytes) -> bool:
        """Whether the page drawn by *operators* shows nothing in this place."""
        return not shown_in(operators, self.number)[3]

    def emptied(self, operators: bytes) -> bytes:
        """*operators* with nothing in this place."""
        start, end = shown_in(operators, self.number).span(3)
        return operators[:start] + operators[end:]

    def parts(self, operators: bytes) -> tuple[bytes, bytes, bytes, bytes]:
        """*operators* before, in and after this place, and the name of the face that sets it.

        Those in it take the string to be shown for a %b.
        """
        match = shown_in(operators, self.number)
        text = b"%b %b Tf\n[%%b] TJ\n" % (match[1], match[2])
        return operators[: match.start(1)], text, operators[match.end() :], match[1]


def titled(pdf: PdfReader | PdfWriter, title: str) -> NumberRoom | None:
    """The first element of that *title*, where it is one piece of marked content."""
    root: Any = resolved(pdf.root_object.get("/StructTreeRoot"))
    pages = {page.indirect_reference: index for index, page in enumerate(pdf.pages)}
    for document in _kids(root):
        for element in _kids(document):
            number = resolved(element.get("/K"))
            if element.get("/T") == title and isinstance(number, NumberObject):
                return NumberRoom(pages[element.raw_get("/Pg")], int(number))
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
    stream.set_data(room.emptied(stream.get_data()))
