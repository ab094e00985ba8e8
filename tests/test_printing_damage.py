"""Whatever a PDF holds, it is printed or refused in words; nothing else rises."""

from __future__ import annotations

import io
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from printing_samples import add_field, dictionary, numbered, saved, stream
from pypdf import PdfWriter
from pypdf.generic import ArrayObject, FloatObject, IndirectObject, NameObject, NullObject
from pypdf.generic import NumberObject as Number

from yinfa.printing import prepress
from yinfa.printing.imposing import Binding
from yinfa.report import Fault

NAME = NameObject("/Nonsense")
NOTHING = NullObject()


def page(key: str, value: Any) -> Callable[[PdfWriter], None]:
    def change(writer: PdfWriter) -> None:
        writer.pages[1][NameObject(key)] = value

    return change


def resource(key: str, value: Any) -> Callable[[PdfWriter], None]:
    def change(writer: PdfWriter) -> None:
        writer.pages[1]["/Resources"][NameObject(key)] = value

    return change


def catalogue(key: str, value: Any) -> Callable[[PdfWriter], None]:
    def change(writer: PdfWriter) -> None:
        writer.root_object[NameObject(key)] = value

    return change


def title(value: Any) -> Callable[[PdfWriter], None]:
    def change(writer: PdfWriter) -> None:
        writer.add_metadata({"/Title": "x"})
        writer._info.get_object()[NameObject("/Title")] = value  # type: ignore[union-attr]

    return change


def without(key: str) -> Callable[[PdfWriter], None]:
    def change(writer: PdfWriter) -> None:
        del writer.pages[1][key]

    return change


def form_within_itself(writer: PdfWriter) -> None:
    form = writer._add_object(stream(b"/Me Do", Subtype=NameObject("/Form")))
    drawn = dictionary(Me=form)
    form.get_object()[NameObject("/Resources")] = dictionary(XObject=drawn)
    resource("/XObject", drawn)(writer)


def field_within_itself(writer: PdfWriter) -> None:
    add_field(writer, "/Tx")
    (field,) = writer.root_object["/AcroForm"]["/Fields"]
    field.get_object()[NameObject("/Kids")] = ArrayObject([field])


def seal_without_extent(writer: PdfWriter) -> None:
    add_field(writer, "/Sig")
    del writer.pages[0]["/Annots"][0].get_object()["/AP"]["/N"]["/BBox"]


STRANGE = {
    "size is a name": page("/MediaBox", NAME),
    "size of three numbers": page("/MediaBox", ArrayObject([Number(9)] * 3)),
    "no size": without("/MediaBox"),
    "nothing to see": page("/MediaBox", ArrayObject([Number(0)] * 4)),
    "a thousand kilometres": page("/UserUnit", Number(10**9)),
    "unit is a name": page("/UserUnit", NAME),
    "aslant": page("/Rotate", Number(45)),
    "turn of a fraction": page("/Rotate", FloatObject(89.5)),
    "no resources": without("/Resources"),
    "resources are a number": page("/Resources", Number(3)),
    "no drawing": without("/Contents"),
    "drawing is a number": page("/Contents", ArrayObject([NOTHING, Number(4)])),
    "notes are a number": page("/Annots", Number(3)),
    "notes are nothing": page("/Annots", ArrayObject([Number(3), NOTHING])),
    "pictures are a number": resource("/XObject", Number(3)),
    "a picture is a number": resource("/XObject", dictionary(A=Number(2), B=NOTHING)),
    "a form within itself": form_within_itself,
    "a field within itself": field_within_itself,
    "a seal without extent": seal_without_extent,
    "forms are a name": catalogue("/AcroForm", NAME),
    "fields are a number": catalogue("/AcroForm", dictionary(Fields=Number(3))),
    "layers are a number": catalogue("/OCProperties", Number(3)),
    "title is a number": title(Number(3)),
    "title is nothing": title(NOTHING),
}


def printed_or_refused(path: Path) -> None:
    wanted = prepress.PrintRequest(force=True, cmyk=True)
    what = prepress.Matter(path)
    for make in (
        lambda: prepress.make_booklet(what, Binding(marks=True), wanted),
        lambda: prepress.make_print(what, wanted, duplex=True, mirrored=True, crop_marks=True),
    ):
        try:
            assert make().content().startswith(b"%PDF-")
        except Fault as fault:
            assert all(finding.hint for finding in fault.findings)


@pytest.mark.parametrize("strange", STRANGE)
def test_strange_objects_are_printed_or_refused(tmp_path: Path, strange: str) -> None:
    writer = numbered(3)
    STRANGE[strange](writer)
    printed_or_refused(saved(writer, tmp_path / "o.pdf"))


def test_a_font_that_is_nowhere_is_no_reason_to_stop(tmp_path: Path) -> None:
    writer = numbered(3)
    resource("/Font", dictionary(F1=IndirectObject(9999, 0, writer)))(writer)
    printed_or_refused(saved(writer, tmp_path / "o.pdf"))


@pytest.mark.parametrize("drawn", [b"q q ( ( [ << /x 1 2 rg \xff\x00", b"BI /W 1 ID \x00 0 0 0 rg"])
def test_operators_that_make_no_sense_are_printed_as_they_are(tmp_path: Path, drawn: bytes) -> None:
    writer = numbered(3)
    page("/Contents", writer._add_object(stream(drawn)))(writer)
    printed_or_refused(saved(writer, tmp_path / "o.pdf"))


@pytest.mark.parametrize("seed", range(30))
def test_flipped_bytes_and_gaps_are_printed_or_refused(tmp_path: Path, seed: int) -> None:
    target = io.BytesIO()
    writer = numbered(3)
    add_field(writer, "/Sig")
    writer.write(target)
    content, chance = bytearray(target.getvalue()), random.Random(seed)
    for _ in range(chance.choice((1, 5, 40))):
        content[chance.randrange(len(content))] = chance.randrange(256)
    if seed % 3 == 0:
        start = chance.randrange(len(content))
        del content[start : start + chance.randrange(200)]
    path = tmp_path / "o.pdf"
    path.write_bytes(content)
    printed_or_refused(path)
