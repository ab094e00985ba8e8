"""PDFs made for printing tests: pages that say their number at a known place, and where it is."""

from __future__ import annotations

import re
from pathlib import Path

from pypdf import PdfWriter
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    FloatObject,
    NameObject,
    NumberObject,
    TextStringObject,
)

from yinfa.printing.imposing import Printout
from yinfa.reading import Sheet, read

Spot = tuple[float, float]

PT = 72 / 25.4
A3, A4, A5 = (297.0, 420.0), (210.0, 297.0), (148.0, 210.0)
MARK_X_MM, MARK_BASELINE_MM = 40.0, 50.0  # of the page's number, from the upper left corner


def dictionary(**items: object) -> DictionaryObject:
    return DictionaryObject({NameObject(f"/{key}"): value for key, value in items.items()})


def stream(data: bytes, **items: object) -> DecodedStreamObject:
    found = DecodedStreamObject()
    found.set_data(data)
    found.update(dictionary(**items))
    return found


def numbered(
    count: int, size_mm: tuple[float, float] = A4, operators: bytes = b"0 0 0 rg"
) -> PdfWriter:
    """Pages that show p1, p2 … at one place, after *operators*."""
    writer = PdfWriter()
    font = writer._add_object(
        dictionary(
            Type=NameObject("/Font"),
            Subtype=NameObject("/Type1"),
            BaseFont=NameObject("/Helvetica"),
            Encoding=NameObject("/WinAnsiEncoding"),
        )
    )
    for number in range(1, count + 1):
        width, height = (length * PT for length in size_mm)
        page = writer.add_blank_page(width, height)
        x, y = MARK_X_MM * PT, height - MARK_BASELINE_MM * PT
        drawn = operators + f"\nBT /F1 24 Tf {x:.3f} {y:.3f} Td (p{number}) Tj ET".encode()
        page[NameObject("/Contents")] = writer._add_object(stream(drawn))
        page[NameObject("/Resources")] = dictionary(Font=dictionary(F1=font))
    return writer


def saved(writer: PdfWriter, path: Path) -> Path:
    writer.write(path)
    return path


def add_field(writer: PdfWriter, kind: str, operators: bytes = b"0 0 0 rg 0 0 40 20 re f") -> None:
    """A form field on the first page, and how it looks there."""
    look = writer._add_object(
        stream(
            operators,
            Type=NameObject("/XObject"),
            Subtype=NameObject("/Form"),
            BBox=ArrayObject(map(NumberObject, (0, 0, 40, 20))),
        )
    )
    widget = writer._add_object(
        dictionary(
            Type=NameObject("/Annot"),
            Subtype=NameObject("/Widget"),
            FT=NameObject(kind),
            T=TextStringObject("field"),
            F=NumberObject(4),
            Rect=ArrayObject(FloatObject(edge) for edge in (100, 100, 180, 140)),
            AP=dictionary(N=look),
        )
    )
    writer.pages[0][NameObject("/Annots")] = ArrayObject([widget])
    writer.root_object[NameObject("/AcroForm")] = dictionary(Fields=ArrayObject([widget]))


# --- measuring -------------------------------------------------------------------------------


def sides(printout: Printout, folder: Path) -> list[Sheet]:
    path = folder / "printed.pdf"
    path.write_bytes(printout.content())
    return list(read(path).sheets)


def spots(sheet: Sheet) -> dict[int, Spot]:
    """Where each page's number begins: from the left and the upper edge of the sheet."""
    found = {}
    for line in sheet.lines:
        chars = [char for char in line.chars if char.char.strip()]
        text = "".join(char.char for char in chars)
        for match in re.finditer(r"p(\d+)", text):
            first = chars[match.start()]
            found[int(match[1])] = (first.x_mm, first.baseline_mm)
    return found


def near(spot: Spot, x_mm: float, y_mm: float) -> bool:
    return abs(spot[0] - x_mm) < 0.1 and abs(spot[1] - y_mm) < 0.1


def original(folder: Path, count: int, size_mm: tuple[float, float] = A4) -> Path:
    return saved(numbered(count, size_mm), folder / "original.pdf")
