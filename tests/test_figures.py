"""Figures measured in the PDF: their size and place, their caption, and what they say unseen."""

from __future__ import annotations

from pathlib import Path

import pytest
from making import elements, made, publish, write
from PIL import Image

from yinfa.report import SourceFault

PITCH = 229.84 / 22
AFTER = "图后的文字仍在行格上。"


def picture(folder: Path, name: str, size: tuple[int, int], dpi: int = 0) -> str:
    """A picture of *size* pixels; its resolution is told when *dpi* is given."""
    image = Image.effect_noise(size, 60).point(lambda value: min(value, 200))
    if dpi:
        image.info["dpi"] = (dpi, dpi)
    image.save(folder / name, dpi=image.info.get("dpi"))
    return name


def figure(path: str, **more: object) -> dict[str, object]:
    return {"图": path, "图题": "图题在图下", "替代文字": "一块灰底。", **more}


@pytest.mark.parametrize("name", ["灰.png", "灰.jpg"])
def test_a_picture_has_its_natural_size_and_all_its_pixels(tmp_path: Path, name: str) -> None:
    picture(tmp_path, name, (600, 300), dpi=300)
    sheet = made(tmp_path, [figure(name), AFTER]).sheets[0]
    (found,) = sheet.pictures
    assert found.x1_mm - found.x0_mm == pytest.approx(600 / 300 * 25.4, abs=0.2)
    assert found.y1_mm - found.y0_mm == pytest.approx(300 / 300 * 25.4, abs=0.2)
    assert (found.x0_mm + found.x1_mm) / 2 == pytest.approx(106, abs=0.1)
    assert found.pixels == (600, 300)


def test_a_photograph_stands_as_the_camera_was_held(tmp_path: Path) -> None:
    image = Image.effect_noise((600, 300), 60)
    exif = Image.Exif()
    exif[0x0112] = 6  # to be turned clockwise
    image.save(tmp_path / "灰.jpg", exif=exif)
    (found,) = made(tmp_path, [figure("灰.jpg", 宽=50)]).sheets[0].pictures
    assert found.x1_mm - found.x0_mm == pytest.approx(50, abs=0.1)
    assert found.y1_mm - found.y0_mm == pytest.approx(100, abs=0.1)


def test_a_given_width_counts(tmp_path: Path) -> None:
    picture(tmp_path, "灰.png", (600, 300), dpi=300)
    (found,) = made(tmp_path, [figure("灰.png", 宽=120)]).sheets[0].pictures
    assert found.x1_mm - found.x0_mm == pytest.approx(120, abs=0.1)
    assert found.y1_mm - found.y0_mm == pytest.approx(60, abs=0.1)


def test_a_large_picture_is_as_wide_as_the_type_area(tmp_path: Path) -> None:
    picture(tmp_path, "灰.png", (3000, 1000))
    (found,) = made(tmp_path, [figure("灰.png")]).sheets[0].pictures
    assert (found.x0_mm, found.x1_mm) == pytest.approx((28, 184), abs=0.1)
    assert found.pixels == (3000, 1000)


def test_a_high_picture_leaves_room_for_what_stands_over_it(tmp_path: Path) -> None:
    picture(tmp_path, "灰.png", (1000, 3000))
    sheets = made(tmp_path, [figure("灰.png")]).sheets
    assert len(sheets) == 1
    (found,) = sheets[0].pictures
    assert found.y1_mm < 262
    assert (found.y1_mm - found.y0_mm) / (found.x1_mm - found.x0_mm) == pytest.approx(3, abs=0.01)


def test_the_caption_stands_under_the_picture_and_text_on_the_grid(tmp_path: Path) -> None:
    picture(tmp_path, "灰.png", (600, 310), dpi=300)
    sheet = made(tmp_path, ["一段文字。", figure("灰.png"), AFTER]).sheets[0]
    caption = sheet.line("图题在图下")
    assert sheet.pictures[0].y1_mm < caption.em_top_mm < sheet.line(AFTER).em_top_mm
    assert caption.middle_mm == pytest.approx(106, abs=0.1)
    lines = (sheet.line(AFTER).em_top_mm - sheet.line("一段文字。").em_top_mm) / PITCH
    assert lines == pytest.approx(round(lines), abs=0.02)
    down = sheet.line(AFTER).baseline_mm - caption.baseline_mm
    assert down == pytest.approx(2 * PITCH, abs=0.1)  # a blank line, as there is one above


def test_a_picture_is_in_the_middle_of_its_lines(tmp_path: Path) -> None:
    picture(tmp_path, "灰.png", (600, 310), dpi=300)
    sheet = made(tmp_path, ["一段文字。", figure("灰.png")]).sheets[0]
    above = sheet.line("一段文字。").em_top_mm + 2 * PITCH  # a blank line between
    below = sheet.line("图题在图下").em_top_mm - (PITCH - 156 / 28)
    middle = (sheet.pictures[0].y0_mm + sheet.pictures[0].y1_mm) / 2
    assert middle == pytest.approx((above + below) / 2, abs=0.1)


def test_picture_and_caption_stay_together(tmp_path: Path) -> None:
    picture(tmp_path, "灰.png", (600, 600), dpi=300)  # 50.8 mm, on seven lines with its caption
    for count in range(9, 17):
        sheets = made(tmp_path, [*["一段文字。"] * count, figure("灰.png")]).sheets
        (shown,) = [sheet for sheet in sheets if sheet.pictures]
        assert shown.line("图题在图下").em_top_mm > shown.pictures[0].y1_mm


def test_an_svg_is_drawn_in_lines(tmp_path: Path) -> None:
    (tmp_path / "框.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20">'
        '<rect x="0" y="0" width="40" height="20" fill="#777"/></svg>',
        encoding="utf-8",
    )
    sheet = made(tmp_path, [figure("框.svg", 宽=80)]).sheets[0]
    (box,) = sheet.boxes
    assert (box.x0_mm, box.x1_mm) == pytest.approx((66, 146), abs=0.1)  # 106 ± 80 / 2
    assert box.y1_mm - box.y0_mm == pytest.approx(40, abs=0.1)


def test_a_screen_reader_is_told_what_the_picture_shows(tmp_path: Path) -> None:
    picture(tmp_path, "灰.png", (60, 30))
    read = made(tmp_path, ["一段文字。", figure("灰.png"), AFTER])
    tags = [str(element["/S"]) for element in elements(read.path)]
    assert tags[-4:] == ["/P", "/Figure", "/P", "/P"]  # text, figure, its caption, text
    (found,) = [element for element in elements(read.path) if element["/S"] == "/Figure"]
    assert found["/Alt"] == "一块灰底。"


def test_a_given_width_that_makes_it_higher_than_a_page_is_told(tmp_path: Path) -> None:
    picture(tmp_path, "灰.png", (100, 400))
    with pytest.raises(SourceFault) as caught:
        publish(write(tmp_path, [figure("灰.png", 宽=60)]))
    (finding,) = caught.value.findings
    assert finding.place.line > 0
    assert "高 240 mm" in finding.message  # 60 * 4
    assert "53 mm" in finding.hint  # 21 lines, the caption's left out: 214.5 / 4
