"""What any face sets is printed: a reader finds every glyph by the code in the text."""

from __future__ import annotations

import io

import pypdfium2
import pytest
from fontTools.cffLib import CFFFontSet
from forms import NOTICE, SENTENCE, printed, text_of
from pypdf import PdfReader

from yinfa.pdf.outlines import count_by_glyph

RARE = "堃喆镕昇珺玥翀旻晞赟㎡"  # beyond GB 2312: the faces' supplements set them


@pytest.fixture(scope="module")
def rare_text() -> str:
    body = [{"标题": f"黑体{RARE}", "正文": [{"标题": f"楷体{RARE}", "正文": [SENTENCE + RARE]}]}]
    reading = printed(NOTICE, 标题=f"关于{RARE}的通知", 正文=body)
    return text_of(reading)


def test_characters_of_every_supplement_are_read_back(rare_text: str) -> None:
    assert rare_text.count(RARE) == 4


def test_characters_of_a_supplement_leave_ink() -> None:
    """A reader that finds no glyph prints nothing."""
    with_rare = printed(NOTICE, 正文=["堃" * 20])
    document = pypdfium2.PdfDocument(with_rare.path)
    try:
        page = document[0].render(scale=2).to_pil().convert("L")
    finally:
        document.close()
    line = with_rare.sheets[0].line("堃")
    top, bottom = (round(edge / 25.4 * 72 * 2) for edge in (line.em_top_mm, line.em_bottom_mm))
    strip = page.crop((0, top, page.width, bottom))
    dark = sum(strip.histogram()[:128])
    assert dark > 20 * 20  # each of twenty characters takes some twenty dots and more


def test_outlines_that_count_so_already_stay_as_they_are() -> None:
    fonts = CFFFontSet()
    for program in outlines_of_a_notice():
        fonts.decompile(io.BytesIO(program), None)
        assert fonts[0].charset == [
            ".notdef", *(f"cid{number:05d}" for number in range(1, fonts[0].numGlyphs))
        ]  # fmt: skip
        again = CFFFontSet()
        again.decompile(io.BytesIO(count_by_glyph(program)), None)
        assert again[0].charset == fonts[0].charset


def outlines_of_a_notice() -> list[bytes]:
    reader = PdfReader(printed(NOTICE, 正文=[RARE + "甲乙丙丁"]).path)
    fonts = reader.pages[0]["/Resources"]["/Font"].values()
    programs = []
    for font in fonts:
        below = font.get_object()["/DescendantFonts"][0].get_object()
        descriptor = below["/FontDescriptor"].get_object()
        if "/FontFile3" in descriptor:
            programs.append(descriptor["/FontFile3"].get_object().get_data())
    assert len(programs) > 2
    return programs
