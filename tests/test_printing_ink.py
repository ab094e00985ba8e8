"""Black prints with one ink, red with two; pictures too coarse for print are told by name."""

from __future__ import annotations

import re
import subprocess
import zlib
from pathlib import Path

import forms
import pytest
from making import publish, write
from PIL import Image
from printing_samples import add_field, dictionary, numbered, saved, stream
from pypdf import PdfReader
from pypdf.generic import ArrayObject, NameObject, NumberObject

from yinfa.load import load
from yinfa.printing import prepress
from yinfa.printing.imposing import Printout, plain
from yinfa.printing.ink import press_inks
from yinfa.printing.original import open_original
from yinfa.printing.paper import PaperSize
from yinfa.recipe import Publication
from yinfa.validate import validate


@pytest.mark.parametrize(
    ("drawn", "inked"),
    [
        (b"0 0 0 rg", b"0 g"),
        (b"q\n0 0 0 RG 1 w", b"q\n0 G 1 w"),
        (b".5 .5 .5 rg\n", b".5 g\n"),
        (b"0.0 0.00 .0 rg BT", b"0.0 g BT"),
        (b"1 0 0 rg", b"1 0 0 rg"),
        (b"0 0 1 rg", b"0 0 1 rg"),
        (b"10 0 0 rgb", b"10 0 0 rgb"),
        (b"1 0 0 -1 0 0 cm 0 0 0 rg", b"1 0 0 -1 0 0 cm 0 g"),
        (b"(a)Tj 0 0 0 rg", b"(a)Tj 0 g"),
    ],
)
def test_greys_become_ink_of_their_own(drawn: bytes, inked: bytes) -> None:
    assert press_inks(drawn, cmyk=False) == inked


@pytest.mark.parametrize(
    "kept",
    [
        b"(set 0 0 0 rg here) Tj",
        b"(it (may be) 0 0 0 rg \\) 0 0 0 rg) Tj",
        b"% 0 0 0 rg\n",
        b"BI /W 9 /H 1 ID \x00( 0 0 0 rg \xff EI",
        b"(never closed 0 0 0 rg ",
    ],
)
def test_words_and_pictures_are_not_taken_for_colours(kept: bytes) -> None:
    assert press_inks(kept, cmyk=True) == kept
    if not kept.startswith(b"(never"):
        assert press_inks(kept + b" 0 0 0 rg f", cmyk=True) == kept + b" 0 g f"


@pytest.mark.parametrize(
    ("drawn", "inked"),
    [
        (b"1 0 0 rg", b"0 .8 .8 0 k"),
        (b"0.901961 0 0 RG", b"0 .8 .8 0 K"),
        (b"1 1 1 rg", b"1 g"),
        (b"0 0 1 rg", b"0 0 1 rg"),
        (b"0.5 0 0 rg", b"0.5 0 0 rg"),
    ],
)
def test_the_standards_red_is_magenta_and_yellow(drawn: bytes, inked: bytes) -> None:
    assert press_inks(drawn, cmyk=True) == inked


def operators(path: Path) -> bytes:
    """All that is drawn, also within forms."""
    found = b""
    for page in PdfReader(path).pages:
        for form in page["/Resources"]["/XObject"].values():
            drawing = form.get_object()
            found += drawing.get_data()
            for below in (drawing["/Resources"].get("/XObject") or {}).values():
                found += below.get_object().get_data()
    return found


def test_a_print_file_has_no_colour_of_three_inks(report: Publication, tmp_path: Path) -> None:
    before = report.product.read_bytes()
    path = tmp_path / "printed.pdf"
    path.write_bytes(plain(open_original(report.product)).content())
    drawn = operators(path)
    assert re.findall(rb"[\d.]+ [\d.]+ [\d.]+ (?:rg|RG)", drawn) == []
    assert drawn.count(b"0 g") >= 10
    assert report.product.read_bytes() == before  # what is archived is never touched


def test_what_stands_on_a_page_as_a_form_is_inked_too(tmp_path: Path) -> None:
    writer = numbered(1)
    add_field(writer, "/Sig", b"1 0 0 rg 0 0 40 20 re f")
    path = saved(writer, tmp_path / "o.pdf")
    printed = tmp_path / "printed.pdf"
    printed.write_bytes(plain(open_original(path, force=True, cmyk=True)).content())
    assert b"0 .8 .8 0 k" in operators(printed)


def test_a_form_is_inked_however_it_is_packed(tmp_path: Path) -> None:
    writer = numbered(1)
    packed = zlib.compress(b"0 0 0 rg 0 0 40 20 re f").hex().encode() + b">"
    filters = ArrayObject([NameObject("/ASCIIHexDecode"), NameObject("/FlateDecode")])
    box = ArrayObject(map(NumberObject, (0, 0, 40, 20)))
    form = stream(packed, Subtype=NameObject("/Form"), BBox=box, Filter=filters)
    drawn = dictionary(Form=writer._add_object(form))
    writer.pages[0]["/Resources"][NameObject("/XObject")] = drawn
    path = saved(writer, tmp_path / "o.pdf")
    printed = tmp_path / "printed.pdf"
    printed.write_bytes(plain(open_original(path)).content())
    assert b"0 g 0 0 40 20 re f" in operators(printed)


def test_a_print_file_claims_no_archive_standard(report: Publication, tmp_path: Path) -> None:
    path = tmp_path / "printed.pdf"
    path.write_bytes(plain(open_original(report.product, cmyk=True)).content())
    catalogue = PdfReader(path).root_object
    assert not {"/Metadata", "/OutputIntents", "/StructTreeRoot", "/MarkInfo"} & set(catalogue)


@pytest.mark.judge
def test_ghostscript_finds_black_ink_alone(report: Publication, tmp_path: Path) -> None:
    path = tmp_path / "printed.pdf"
    path.write_bytes(plain(open_original(report.product)).content())
    for line in coverage(path):
        cyan, magenta, yellow, black = line
        assert cyan == magenta == yellow == 0
        assert black > 0.005


@pytest.mark.judge
def test_ghostscript_finds_the_standards_two_inks_in_red(tmp_path: Path) -> None:
    path = tmp_path / "printed.pdf"
    path.write_bytes(plain(open_original(forms.printed(forms.NOTICE).path, cmyk=True)).content())
    first, *others = coverage(path)
    cyan, magenta, yellow, black = first
    assert cyan == 0
    assert magenta == yellow > 0.001  # the mark and the rule, of Y80 M80
    assert black > 0.005
    assert all(line[:3] == [0, 0, 0] for line in others)


def coverage(path: Path) -> list[list[float]]:
    """How much of each page every ink covers."""
    command = ["gs", "-q", "-dSAFER", "-dBATCH", "-dNOPAUSE", "-r72", "-sDEVICE=inkcov", "-o", "-"]
    told = subprocess.run([*command, path], capture_output=True, text=True, check=True).stdout
    return [
        [float(part) for part in line.split()[:4]] for line in told.splitlines() if "CMYK" in line
    ]


def printed(what: prepress.Matter) -> Printout:
    return prepress.make_print(
        what, prepress.PrintRequest(), duplex=True, mirrored=False, crop_marks=False
    )


def test_a_coarse_picture_is_told_by_name(tmp_path: Path) -> None:
    Image.new("L", (500, 250), 128).save(tmp_path / "照片.png")
    figure = {"图": "照片.png", "替代文字": "一张照片", "宽": 100}
    source = write(tmp_path, ["正文。", figure])
    what = prepress.Matter(publish(source), validate(load(source)))
    printout = printed(what)
    (remark,) = printout.remarks  # 500 pixels on 100 mm are 127 to an inch
    assert remark.startswith("第1页的图“照片.png”（100×50 毫米）只有 127 dpi")
    smaller = prepress.make_reading_copy(what, 2, PaperSize.A4, prepress.PrintRequest())
    assert "（71×35 毫米）只有 180 dpi" in smaller.remarks[0]  # 127 / (148.5 / 210)
    assert prepress.make_reading_copy(what, 4, PaperSize.A4, prepress.PrintRequest()).remarks == ()
    nameless = printed(prepress.Matter(what.pdf))
    assert nameless.remarks[0].startswith("第1页的图（100×50 毫米）只有 127 dpi")


def test_of_many_coarse_pictures_some_are_told_and_the_rest_counted(tmp_path: Path) -> None:
    Image.new("L", (20, 10), 128).save(tmp_path / "照片.png")
    figure = {"图": "照片.png", "替代文字": "一张照片", "宽": 20}
    remarks = printed(
        prepress.Matter(publish(write(tmp_path, [dict(figure) for _ in range(23)])))
    ).remarks
    assert len(remarks) == 21
    assert remarks[-1] == "另有 3 幅图不到 200 dpi"


def test_a_fine_picture_is_not_told(tmp_path: Path) -> None:
    Image.new("L", (800, 400), 128).save(tmp_path / "照片.png")
    figure = {"图": "照片.png", "替代文字": "一张照片", "宽": 100}
    what = prepress.Matter(publish(write(tmp_path, ["正文。", figure])))
    printout = printed(what)
    assert printout.remarks == ()
