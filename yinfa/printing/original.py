"""A PDF whose pages are to be printed, in press inks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from yinfa.pdf import resolved
from yinfa.pdf.drawings import drawing, refuse_torn, turn_quarter
from yinfa.pdf.objects import (
    IndirectObject,
    PageObject,
    PdfReader,
    PdfWriter,
    StreamObject,
    add,
    every_object,
    repack,
)
from yinfa.pdf.opening import damaged, read_whole, what_is_lost
from yinfa.printing.ink import press_inks
from yinfa.report import Finding, ReadingFault

BLEED_MM = 3.0  # what is kept of a drawing beyond the edge of its page, for the press to cut


@dataclass(frozen=True, slots=True)
class OnePage:
    """A page as a drawing of its own, its lower left corner at 0, as large as a reader sees it."""

    form: IndirectObject
    width_mm: float
    height_mm: float

    @property
    def landscape(self) -> bool:
        return self.width_mm > self.height_mm + 1


@dataclass(frozen=True, slots=True)
class PressPages:
    """The pages of a PDF, within the writer that is to print them."""

    path: Path
    writer: PdfWriter
    pages: tuple[OnePage, ...]
    title: str
    lost: tuple[Finding, ...] = ()  # what printing leaves of forms and signatures


def open_original(
    path: Path,
    *,
    force: bool = False,
    cmyk: bool = False,
    tell: Callable[[int, int], None] = lambda *_: None,
) -> PressPages:
    """The PDF at *path*, its colours in press inks; a fault where it cannot be printed whole.

    Forms and signatures are printed as they look and lose what they were: that needs *force*. How
    many pages are done, and of how many, is told to *tell*.
    """
    reader = read_whole(path)
    try:
        lost = tuple(what_is_lost(path, reader))
        title = _title(reader)
    except Exception as error:  # damage has many shapes
        raise damaged(path) from error
    if lost and not force:
        raise ReadingFault(lost)
    try:
        writer = PdfWriter(clone_from=reader)
        _ink_drawings(writer, cmyk=cmyk)
        reader.stream.close()  # the writer has all there is: the file need not stay in memory
        count = len(writer.pages)
    except Exception as error:
        raise damaged(path) from error
    pages = []
    for number, page in enumerate(writer.pages, 1):
        try:
            pages.append(_as_drawing(writer, page, cmyk=cmyk))
        except Exception as error:
            raise damaged(path, number) from error
        tell(number, count)
    return PressPages(path, writer, tuple(pages), title or path.stem, lost)


def _title(reader: PdfReader) -> str:
    """The title that the file gives itself, as far as it can be shown in a line."""
    info = reader.metadata
    told = str(info.get("/Title") or "") if info else ""
    return "".join(char for char in told if char.isprintable()).strip()


def _as_drawing(writer: PdfWriter, page: PageObject, *, cmyk: bool) -> OnePage:
    """*page* as a form XObject of *writer*."""
    stream, width_mm, height_mm = drawing(
        page, lambda drawn: press_inks(drawn, cmyk=cmyk), bleed_mm=BLEED_MM
    )
    return OnePage(add(writer, stream), width_mm, height_mm)


def turned(original: PressPages, index: int) -> OnePage:
    """The page a quarter turned counter-clockwise: upright, its head to the left, 8."""
    page = original.pages[index]
    turn_quarter(resolved(page.form), page.height_mm)
    return replace(page, width_mm=page.height_mm, height_mm=page.width_mm)


def _ink_drawings(writer: PdfWriter, *, cmyk: bool) -> None:
    """Press inks for what pages draw again and again: forms and tiles of patterns."""
    for found in every_object(writer):
        if not isinstance(found, StreamObject):
            continue
        if found.get("/Subtype") == "/Form" or found.get("/PatternType") == 1:
            operators = found.get_data()
            refuse_torn(found)
            inked = press_inks(operators, cmyk=cmyk)
            if inked != operators:
                _redraw(found, inked)


def _redraw(stream: StreamObject, operators: bytes) -> None:
    """Give *stream* other operators, however the old ones were packed."""
    for key in ("/Filter", "/DecodeParms"):
        stream.pop(key, None)
    repack(stream, operators)
