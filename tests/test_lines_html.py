"""Lines as HTML, compared exactly, and where WeasyPrint prints them, in mm."""

from __future__ import annotations

import io
from itertools import pairwise

import pdfplumber
import pytest
import weasyprint
from composing_founts import CELL_MM, measure, runs
from weasyprint.text.fonts import FontConfiguration

from yinfa.composing.paragraph import set_paragraph
from yinfa.composition import Line, Role, Run, Setting, Stretch, Style
from yinfa.faces import Fount, open_founts
from yinfa.rendering.lines_html import LineStyles

HAN = "排版印制校对装订存放纸张油墨字行页面"


def line(text: str, *gaps: float, role: Role = Role.FANGSONG, size_mm: float = CELL_MM) -> Line:
    filled = (*gaps, *(0.0 for _ in range(len(text) - len(gaps))))
    return Line(text, (Stretch(0, len(text), role, size_mm),), filled, 0.0, full=False)


def html(*lines: Line) -> tuple[str, str]:
    styles = LineStyles()
    return styles.html(lines, Role.FANGSONG), styles.css()


def test_lines_on_the_cells_need_no_span() -> None:
    assert html(line("甲乙"), line("<丙&>")) == ("甲乙\n&lt;丙&amp;&gt;", "")


def test_what_hangs_beyond_the_end_of_a_line_needs_no_span() -> None:
    assert html(line("甲，", 0.0, -0.5)) == ("甲，", "")


def test_a_mark_that_gives_up_half_its_cell_is_a_span_with_a_margin() -> None:
    assert html(line("甲》、乙", 0.0, -0.5)) == (
        '甲<span class="k1">》</span>、乙',
        ".k1{margin-right:-0.5em}",
    )


def test_a_spread_line_is_one_span() -> None:
    text, css = html(line("甲乙丙丁", 0.02, 0.02, 0.02))
    assert text == '<span class="k1">甲乙丙丁</span>'
    assert ".k1{letter-spacing:0.02" in css


def test_the_same_spacing_has_the_same_class() -> None:
    text, css = html(line("甲》、乙", 0.0, -0.5), line("丙》，丁", 0.0, -0.5))
    assert text.count("k1") == 2
    assert "k2" not in css


def test_another_role_and_size_are_classes() -> None:
    parts = (
        Stretch(0, 2, Role.FANGSONG, CELL_MM),
        Stretch(2, 3, Role.HEITI, CELL_MM),
        Stretch(3, 4, Role.FANGSONG, CELL_MM / 2),
    )
    mixed = Line("甲乙丙丁", parts, (0.0,) * 4, 0.0, full=False)
    assert html(mixed) == (
        '甲乙<span class="HEITI">丙</span><span class="k1">丁</span>',
        "span.HEITI{line-height:0}\n.k1{font-size:0.5em;line-height:0}",
    )


def test_a_run_in_heading_is_split_from_its_paragraph() -> None:
    styles = LineStyles()
    lines = (line("甲乙》、"), line("丙丁"))
    assert styles.split(lines, 2, Role.FANGSONG) == ("甲乙", "》、\n丙丁")
    assert styles.split(lines, 4, Role.FANGSONG) == ("甲乙》、", "\n丙丁")
    assert styles.split(lines, 5, Role.FANGSONG) == ("甲乙》、\n丙", "丁")


def test_a_character_of_a_face_of_other_depth_is_in_a_span() -> None:
    styles = LineStyles(lent="堃", uneven="堃")
    assert styles.html((line("甲堃"), line("甲乙")), Role.FANGSONG) == (
        '<span class="uneven">甲堃</span>\n甲乙'
    )
    assert styles.css() == "span.uneven{line-height:0}"


# --- in print ---------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def founts() -> dict[Role, Fount]:
    return open_founts()


def places(
    setting: Setting, founts: dict[Role, Fount], lent: str = ""
) -> list[list[tuple[str, float]]]:
    """The characters of each printed line with where they start, in cells."""
    styles = LineStyles(lent, lent)
    text = styles.html(setting.lines, Role.FANGSONG)
    faces = {face for role in Role for face in founts[role].faces[:3]}
    css = "".join(
        f'@font-face{{font-family:"{face.family}";src:url({face.path.as_uri()})}}'
        for face in sorted(faces, key=lambda face: face.family)
    )
    for role in Role:
        families = ",".join(f'"{face.family}"' for face in founts[role].faces[:3])
        css += f".{role.name}{{font-family:{families}}}"
    document = weasyprint.HTML(
        string=f"<style>@page{{size:200mm 250mm;margin:0}}body{{margin:0}}{css}"
        f"p{{margin:0;white-space:pre;font-size:{CELL_MM}mm;line-height:{2 * CELL_MM}mm}}"
        f'{styles.css()}</style><p lang="zh-CN" class="FANGSONG">{text}</p>'
    )
    printed = document.write_pdf(font_config=FontConfiguration())
    em_pt = CELL_MM * 72 / 25.4
    rows: dict[float, list[tuple[str, float]]] = {}
    with pdfplumber.open(io.BytesIO(printed)) as pdf:
        for char in pdf.pages[0].chars:
            row = rows.setdefault(round(char["matrix"][5], 1), [])
            row.append((char["text"], char["matrix"][4] / em_pt))
    baselines = sorted(rows, reverse=True)
    steps = [(above - below) / em_pt for above, below in pairwise(baselines)]
    assert steps == pytest.approx([2] * len(steps), abs=0.02)  # every line is of the same height
    return [rows[baseline] for baseline in baselines]


SETTINGS = {
    "spread": HAN[:9] * 3 + "，" + HAN,
    "spread, with a number and a dash": HAN[:9] * 2 + "2009年——" + HAN[:4] + "，" + HAN,
    "marks that meet": HAN[:6] + "《" + HAN[:4] + "》、《" + HAN[:6] + "》、" + HAN * 3,
    "a comma that gives way": HAN[:9] + "，" + HAN + "“" + HAN[:9] + "”，" + HAN * 3,
    "a middle dot": "让·雅克" + HAN * 5,
    "a number with a point": "达94.3%，" + HAN * 2 + "45.5课时" + HAN * 3,
}


@pytest.mark.parametrize("text", SETTINGS.values(), ids=SETTINGS)
def test_every_character_is_printed_where_the_composer_put_it(
    text: str, founts: dict[Role, Fount]
) -> None:
    setting = set_paragraph(runs(text), measure(28), Style(), founts)
    assert setting is not None
    limit = 0.1 / CELL_MM  # mm
    for printed, wanted in zip(places(setting, founts), setting.lines, strict=True):
        assert "".join(char for char, _ in printed) == wanted.text
        here = 0.0
        for (char, x), gap in zip(printed, wanted.gaps, strict=True):
            assert x == pytest.approx(here, abs=limit), f"{char} in {wanted.text}"
            here += founts[Role.FANGSONG].advance(char) + gap


def test_roles_mix_and_a_borrowed_face_leaves_the_lines_where_they_are(
    founts: dict[Role, Fount],
) -> None:
    mixed = [
        Run("（一）" + HAN[:9] + "2号。", Role.KAITI, CELL_MM),
        Run(HAN + "堃" + HAN * 2, Role.FANGSONG, CELL_MM),
    ]
    setting = set_paragraph(mixed, measure(28), Style(), founts)
    assert setting is not None
    printed = places(setting, founts, lent="堃")
    assert ["".join(char for char, _ in row) for row in printed] == [
        line.text for line in setting.lines
    ]
