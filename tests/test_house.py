"""An office's own rules: what they change in the finished PDF, and what the checker says of it."""

from __future__ import annotations

import atexit
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from statistics import median
from tempfile import mkdtemp

import pytest
from fontTools.ttLib import TTFont
from forms import IMPRINT, NOTICE, red_ink_mm, red_rules, written
from spoil import Spoiling, spoiling

from yinfa import words
from yinfa.check import Report, RuleOutcome, check
from yinfa.house import read_house
from yinfa.load import load
from yinfa.model import Document
from yinfa.reading import Reading, TextLine, read
from yinfa.recipe import build
from yinfa.report import Severity, SourceFault
from yinfa.rules.houses import AFFECTED
from yinfa.validate import validate

ROOT = Path(__file__).parent.parent
PT = 25.4 / 72

# No passage says what another says: the order of the text can be told.
TEXT = (
    "为了核对版面，各单位对2012年第3季度印出的公文逐件量了一遍，量的是天头、订口、行距和字距四项。",
    "量的办法是把公文平放在桌上，用钢尺从纸边量到第一行字的上沿，再量到最左边一个字的左沿。",
    "多数公文合乎要求，少数公文的天头偏大，原因是把行距的一半留在了第一行的上面。",
    "还有几件公文的右边参差不齐，每行少排一个字，这是因为字号用了十六磅而没有缩小字距。",
    "今后排印公文，应当先设好版心，再设行距，最后看一看每面是不是二十二行、每行是不是二十八字。",
    "页码用四号半角宋体阿拉伯数字，左右各放一条一字线，单页码居右空一字，双页码居左空一字。",
    "版记排在最后一面的下端，末条分隔线与版心的下边重合，首条和末条比中间的略粗。",
    "（说明：“天头”“订口”是印刷的行话，“版心”是排字的地方。）",
)
BODY = [
    "".join(TEXT),  # runs from the first side to the second
    {"标题": "量出来的问题", "正文": [
        {"标题": "右边不齐。", "接排": f"也有左边不齐的。{TEXT[3][:-1]}，共三件。"}]},
    {"标题": "今后的办法", "正文": [f"{name}楼的同志说，{TEXT[5]}" for name in "东南西北"]},
]  # fmt: skip
FULL = {
    **NOTICE, "份号": "000012", "密级": "机密★1年", "紧急程度": "特急", "正文": BODY,
    "落款": "不加盖印章", "附注": "联系人：×××", **IMPRINT, "双面": "否",
    "附件": [{"标题": "版面核对表", "正文": [TEXT[6]]}],
}  # fmt: skip


@dataclass(frozen=True)
class Made:
    """A document built by a house, and what was read of it."""

    document: Document
    product: Path
    reading: Reading
    remarks: tuple[str, ...]

    @property
    def report(self) -> Report:
        return check(self.reading, self.document)


@cache
def _wide_kai() -> bytes:
    """An office's own face: a 楷体 by its names, its digits wider than half an em."""
    with TTFont(ROOT / "fonts" / "FandolSong-Regular.otf") as font:
        for record in font["name"].names:
            record.string = "Office Kai"
        compact = font["CFF "].cff
        compact.fontNames = ["OfficeKai"]
        compact[0].FullName = compact[0].FamilyName = "Office Kai"
        for digit in "0123456789":
            name = font.getBestCmap()[ord(digit)]
            font["hmtx"][name] = (555, font["hmtx"][name][1])
        saved = BytesIO()
        font.save(saved)
    return saved.getvalue()


@cache
def made(house: str) -> Made:
    """The full notice, beside a house.yaml that says *house*."""
    folder = Path(mkdtemp(prefix="yinfa-house-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    (folder / "甲.otf").write_bytes(_wide_kai())
    (folder / "字体表.toml").write_text('仿宋 = "甲.otf"\n', "utf-8")
    (folder / "house.yaml").write_text(house, "utf-8")
    source = folder / "通知.yaml"
    source.write_bytes(written(FULL).read_bytes())
    document = validate(load(source))
    product = folder / "通知.pdf"
    publication = build(document, product)
    return Made(document, product, read(product), publication.remarks)


# --- notes ----------------------------------------------------------------------------------------

SIDEWAYS = (
    "AN-01 AT-05 BD-03 BJ-01 BJ-05 FT-02 FT-08 HD-02 HD-03 HD-05 HD-09 HD-11 HD-13 PG-05 PG-09 "
    "PN-04 SG-05 TI-02"
)
# For each key the rules that a page so set breaks, written down from the standard.
NOTES = {
    "天头: 35": "AT-03 BJ-02 HD-01 HD-04 PG-03 PG-13 PN-03",  # all that is measured from the head
    "订口: 25": (
        "AN-01 AT-03 AT-05 BD-01 BD-03 BD-04 BJ-04 BJ-05 HD-01 HD-02 HD-03 HD-05 HD-09 HD-11 "
        "PG-04 PG-05 PN-04 SG-05 TI-02"
    ),
    # The cell is 5.36 mm, the pitch 10.12 mm, and the foot 7 mm higher.
    "版心: [150, 218]": f"{SIDEWAYS} BJ-02 PG-10 PG-13 PN-03",
    # The cell is 5.79 mm, the pitch 10.67 mm; lines run out of the type area of the standard.
    "版心: [162, 230]": f"{SIDEWAYS} BJ-02 PG-06 PG-07 PG-10 PN-03 PU-10 SG-09",
    # A blank line is 11.55 mm; at that pitch no more lines fit, so the pitch alone is to blame.
    "行数: 20": "AN-01 BD-01 HD-08 PG-10 SG-05 SG-09 TI-01",
    "每行字数: 26": "AN-01 BD-03 FT-02 FT-08 HD-02 HD-03 HD-13 PG-09 SG-05 SG-09",  # a cell of 6 mm
    "行距: 28磅": "PG-08 PG-10 PG-13",  # 23 lines, 2.1 mm are left
    "行距: 10.2": "PG-10 PG-13",  # 22 lines, 5.2 mm are left
    "正文字号: 16磅": "PG-09",  # 16 pt counts as 3号, but only 27 go into 156 mm
    "正文字号: 四号": "AN-01 BD-03 FT-02 FT-08 HD-02 HD-03 HD-13 PG-09 SG-05",  # 附注 hangs
    "标题字号: 小二": "FT-07",
    "小字字号: 小四": "BJ-04 BJ-05 FT-09 FT-10 PN-04",  # its cell is the inset of both
    "字体: 字体表.toml": "FT-01 FT-06 FT-10 FT-13 HD-13",  # 楷体 for 仿宋, with wide digits
    "数字字体: 楷体": "",  # its digits are half an em wide, as the standard's
    "页码: 居中": "PN-04",
    "页码: 无": "PN-01",
    "页码一字线: 否": "PN-02",
    # The standard says nothing of these.
    "标点: 占格": "",
    "西文间距: 是": "",
    "红线粗细: 0.7": "",
    "标志字高: 20": "",
}


@pytest.mark.parametrize("house", NOTES)
def test_a_page_that_keeps_its_house_has_notes_where_the_standard_differs(house: str) -> None:
    report = made(house).report
    touched = {r.rule.identifier for r in report.results if r.outcome is RuleOutcome.HOUSE}
    assert touched == set(NOTES[house].split())
    assert not report.failed - {"BJ-03"}  # printed on one side, which the source says
    for told in report.told:
        if told.finding.rule in touched:
            assert told.finding.severity is Severity.NOTE
            assert f"按本单位规定：{house.split(':', maxsplit=1)[0]}为" in told.finding.message


def test_every_key_of_a_house_is_tried() -> None:
    tried = {house.split(":")[0] for house in NOTES}
    assert tried == {key.chinese for key in words.HOUSE.keys} - {"版式"}  # of files, not of pages
    assert set(AFFECTED) <= {key.name for key in words.HOUSE.keys}


@pytest.mark.parametrize("house", NOTES)
def test_the_same_page_fails_where_no_house_excuses_it(house: str) -> None:
    told = check(made(house).reading, made("天头: 37").document)
    assert set(NOTES[house].split()) - {"PG-05", "PG-06", "PG-07", "PU-10"} <= told.failed


OFF = {
    # What another house has set keeps neither this house nor the standard.
    "天头: 35": ("天头: 41", "HD-01 HD-04 PG-03 BJ-02 PN-03"),
    "订口: 25": ("订口: 22", "BD-04 HD-05 HD-11 PG-04 PG-05 TI-02"),
    "版心: [150, 218]": ("版心: [162, 230]", "BJ-01 BJ-02 FT-02 HD-11 PG-05 PG-06 PG-10 PN-03"),
    "行数: 20": ("行数: 24", "PG-08 PG-10"),
    "每行字数: 26": ("每行字数: 31", "FT-02 PG-09"),
    "行距: 28磅": ("行距: 26磅", "PG-08 PG-10"),
    "正文字号: 四号": ("正文字号: 小三", "FT-02 PG-09"),
    "标题字号: 小二": ("标题字号: 一号", "FT-07"),
    "小字字号: 小四": ("小字字号: 11磅", "FT-09 FT-10"),
    "页码: 无": ("页码: 居中", "PN-04"),
}


@pytest.mark.parametrize("house", OFF)
def test_a_page_that_keeps_neither_house_nor_standard_fails(house: str) -> None:
    other, expected = OFF[house]
    assert set(expected.split()) <= check(made(other).reading, made(house).document).failed


@pytest.mark.parametrize("house", NOTES)
def test_a_page_that_keeps_the_standard_all_the_same_does_not_fail(house: str) -> None:
    usual = check(made("天头: 37").reading, made(house).document)
    assert [str(f) for f in usual.findings if f.severity is Severity.ERROR] == []


SPOILT: dict[str, tuple[Callable[[Spoiling], None], str]] = {
    "天头: 35": (lambda s: s.move(1, "局文件", dy_mm=-2), "HD-04"),
    "订口: 25": (lambda s: s.move_all(2, -2), "PG-04"),
    "版心: [150, 218]": (lambda s: s.move(1, "局文件", 6), "HD-05"),
    "行距: 28磅": (lambda s: s.move(1, "局文件", dy_mm=3), "HD-04"),
    "小字字号: 小四": (lambda s: s.resize(3, "抄送", 0.8), "FT-10"),
    "页码: 居中": (lambda s: s.move(2, "—", 20), "PN-04"),
}


@pytest.mark.parametrize("house", SPOILT)
def test_a_page_spoilt_against_its_house_fails(house: str, tmp_path: Path) -> None:
    spoil, expected = SPOILT[house]
    with spoiling(made(house).product, tmp_path / "坏.pdf") as spoiler:
        spoil(spoiler)
    assert expected in check(tmp_path / "坏.pdf", made(house).document).failed


def test_the_build_says_in_one_line_where_it_follows_the_house() -> None:
    (told,) = made("天头: 35\n页码一字线: 否\n行距: 28.9磅").remarks
    assert told == (
        "按本单位规定（house.yaml）：天头为35 mm（标准为37 mm），行距为10.2 mm（标准为10.45 mm），"
        "页码一字线为否（标准为是）"
    )
    assert made("天头: 37\n行距: 10.447").remarks == ()


def test_what_a_document_says_goes_before_its_house(tmp_path: Path) -> None:
    (tmp_path / "house.yaml").write_text("页码: 居中\n", "utf-8")
    source = tmp_path / "通知.yaml"
    source.write_bytes(written(NOTICE, 页码="外侧").read_bytes())
    document = validate(load(source))
    assert build(document, tmp_path / "通知.pdf").remarks == ()
    report = check(tmp_path / "通知.pdf", document)
    assert not [r for r in report.results if r.outcome is RuleOutcome.HOUSE]
    source.write_bytes(written(NOTICE, 页码="无").read_bytes())
    document = validate(load(source))
    build(document, tmp_path / "通知.pdf")
    told = [f.message for f in check(tmp_path / "通知.pdf", document).findings if f.rule == "PN-01"]
    assert told == ["本页没有页码（本文写明页码不编）"]


# --- measured in the PDF --------------------------------------------------------------------------


def lines(house: str, page: int = 2) -> list[TextLine]:
    """The lines of a page that is full of text."""
    return list(made(house).reading.sheets[page - 1].body_lines)


def text_lines(house: str) -> list[TextLine]:
    """Full lines of the long paragraph on page 1, from its second."""
    first = lines(house, 1)
    start = next(i for i, line in enumerate(first) if line.bare.startswith("为了核对版面"))
    return first[start + 1 : start + 4]


def step_mm(house: str) -> float:
    """From character to character where nothing is spread."""
    last = next(line for line in lines(house, 1) if line.bare.endswith("委员会："))
    return median(b.x_mm - a.x_mm for a, b in pairwise(last.chars[:5]))


@pytest.mark.parametrize(
    ("house", "head_mm"),
    [
        ("天头: 20", 20),
        ("天头: 35", 35),
        ("天头: 37.5", 37.5),
        ("天头: 60\n版心: [156, 200]", 60),
        ("天头: 35毫米", 35),
    ],
)
def test_the_head_margin_is_where_type_begins(house: str, head_mm: float) -> None:
    assert lines(house)[0].em_top_mm == pytest.approx(head_mm, abs=0.1)
    mark = red_ink_mm(made(house).product)[0]
    assert mark[0] == pytest.approx(head_mm + 35, abs=0.5)  # 7.2.4 counts from there


@pytest.mark.parametrize(
    ("house", "left_mm", "right_mm"),
    [
        ("订口: 15\n版心: [170, 225]", 15, 185),
        ("订口: 25", 25, 181),
        ("订口: 50\n版心: [130, 225]", 50, 180),
        ("版心: [162, 230]", 28, 190),
        ("版心: [120, 180]\n行数: 18", 28, 148),
    ],
)
def test_the_type_area_has_its_sides(house: str, left_mm: float, right_mm: float) -> None:
    for line in text_lines(house):
        assert line.x0_mm == pytest.approx(left_mm, abs=0.1)
        end = line.chars[-1]
        half = end.x_mm + end.size_mm / 2  # a mark at the end takes half a cell
        assert min(abs(line.x1_mm - right_mm), abs(half - right_mm)) < 0.3
    (rule,) = red_rules(made(house).reading.sheets[0])
    assert (rule.x0_mm, rule.x1_mm) == pytest.approx((left_mm, right_mm), abs=0.1)


@pytest.mark.parametrize(
    ("house", "count", "pitch_mm", "foot_mm"),
    [
        # What is not said follows: lines fill the type area, from 37 to 262 mm.
        ("行数: 17", 17, (225 - 156 / 28) / 16, 262),
        ("行数: 20", 20, (225 - 156 / 28) / 19, 262),
        ("行数: 26", 26, (225 - 156 / 28) / 25, 262),
        ("行距: 28磅", 23, 28 * PT, 37 + 22 * 28 * PT + 156 / 28),
        ("行距: 10.2", 22, 10.2, 37 + 21 * 10.2 + 156 / 28),
        ("行距: 14", 16, 14, 37 + 15 * 14 + 156 / 28),
        ("版心: [150, 218]", 22, (218 - 150 / 28) / 21, 255),
        ("行数: 22\n行距: 28.9磅", 22, 28.9 * PT, 37 + 21 * 28.9 * PT + 156 / 28),
    ],
)
def test_lines_have_their_pitch_and_number(
    house: str, count: int, pitch_mm: float, foot_mm: float
) -> None:
    # The first side is full of text below its letterhead.
    first = [line for line in lines(house, 1) if line.width_mm > 90]
    steps = [b.baseline_mm - a.baseline_mm for a, b in pairwise(first[-5:])]
    assert median(steps) == pytest.approx(pitch_mm, abs=0.02)
    lowest_mm = max(line.em_bottom_mm for page in (1, 2) for line in lines(house, page))
    assert lowest_mm == pytest.approx(foot_mm, abs=0.1)
    assert round((foot_mm - 37 - first[-1].size_mm) / pitch_mm) + 1 == count


@pytest.mark.parametrize(
    ("house", "cell_mm"),
    [
        ("每行字数: 25", 156 / 25),
        ("每行字数: 26", 6.0),
        ("每行字数: 40", 3.9),
        ("正文字号: 16磅", 16 * PT),
        ("正文字号: 四号", 14 * PT),
        ("正文字号: 4号", 14 * PT),
        ("正文字号: 9磅", 9 * PT),
        ("正文字号: 18 pt", 18 * PT),
        ("正文字号: 5.3毫米", 5.3),
        ("版心: [162, 230]", 162 / 28),
        ("正文字号: 三号", 156 / 28),
    ],
)
def test_the_cell_follows_from_the_size_or_from_the_count(house: str, cell_mm: float) -> None:
    assert step_mm(house) == pytest.approx(cell_mm, abs=0.02)
    body = text_lines(house)[0]
    assert median(char.size_mm for char in body.chars) == pytest.approx(cell_mm, abs=0.02)


@pytest.mark.parametrize(
    ("house", "size_pt"),
    [
        ("标题字号: 小二", 18),
        ("标题字号: 28磅", 28),
        ("标题字号: 四号", 14),
        ("标题字号: 1号", 26),
    ],
)
def test_titles_have_their_size(house: str, size_pt: float) -> None:
    title = next(line for line in lines(house, 1) if line.bare == "关于公文版面的通知")
    assert title.size_mm == pytest.approx(size_pt * PT, abs=0.02)


@pytest.mark.parametrize(
    ("house", "size_pt"),
    [
        ("小字字号: 小四", 12),
        ("小字字号: 9磅", 9),
        ("小字字号: 15磅", 15),
    ],
)
def test_imprint_and_folio_have_their_size(house: str, size_pt: float) -> None:
    last = made(house).reading.sheets[-1]
    copied = next(line for line in last.body_lines if line.bare.startswith("抄送"))
    folio = last.folio
    assert folio is not None
    assert copied.size_mm == pytest.approx(size_pt * PT, abs=0.02)
    assert folio.size_mm == pytest.approx(size_pt * PT, abs=0.02)
    assert copied.x0_mm == pytest.approx(28 + size_pt * PT, abs=0.3)  # one of its own cells in


def test_folios_stand_in_the_middle_or_nowhere_and_without_dashes() -> None:
    for sheet in made("页码: 居中").reading.sheets:
        assert sheet.folio is not None
        assert sheet.folio.middle_mm == pytest.approx(106, abs=0.1)
    assert all(sheet.folio is None for sheet in made("页码: 无").reading.sheets)
    bare = [sheet.folio.bare for sheet in made("页码一字线: 否").reading.sheets if sheet.folio]
    assert bare == ["1", "2", "3"]


def test_marks_take_whole_cells_on_the_grid() -> None:
    pair = "）。"  # at the end of a paragraph, where nothing is adjusted
    for house, cells in (("天头: 37", 0.5), ("标点: 占格", 1.0)):
        line = next(one for page in (1, 2) for one in lines(house, page) if pair[::-1] in one.bare)
        one, other = line.chars[-2:]
        assert other.x_mm - one.x_mm == pytest.approx(cells * 156 / 28, abs=0.05), house


def test_a_quarter_of_a_cell_parts_han_from_digits() -> None:
    for house, gap in (("天头: 37", 0.0), ("西文间距: 是", 0.25)):
        line = next(one for one in lines(house, 3) if "2012年" in one.bare)
        index = next(i for i, char in enumerate(line.chars) if char.char == "年")
        digit = line.chars[index - 1]
        white = line.chars[index].x_mm - digit.right_mm
        assert white == pytest.approx(gap * line.size_mm, abs=0.1), house


@pytest.mark.parametrize(
    ("house", "font"),
    [
        ("数字字体: 宋体", "Fandol-Songti"),
        ("数字字体: 黑体", "Yinfa-Heiti-Signs"),
        ("数字字体: 小标宋", "Yinfa-Biaosong-Signs"),
        ("字体: 字体表.toml", "甲"),
    ],
)
def test_digits_and_text_have_the_face_of_the_house(house: str, font: str) -> None:
    number = next(line for line in lines(house, 1) if "〔2012〕" in line.bare)
    assert {char.look.font for char in number.chars if char.char.isdigit()} == {font}


@pytest.mark.parametrize("thick_mm", [0.1, 0.35, 0.7, 2.0])
def test_the_red_rule_has_its_weight(thick_mm: float) -> None:
    (rule,) = red_rules(made(f"红线粗细: {thick_mm}").reading.sheets[0])
    assert rule.thickness_mm == pytest.approx(thick_mm, abs=0.02)


@pytest.mark.parametrize("height_mm", [6, 9, 20, 22])
def test_the_mark_has_its_height_and_two_blank_lines_below(height_mm: float) -> None:
    house = f"标志字高: {height_mm}"
    top_mm, bottom_mm = red_ink_mm(made(house).product)[0]
    assert bottom_mm - top_mm == pytest.approx(height_mm, abs=0.1 * height_mm)
    assert top_mm == pytest.approx(72, abs=0.5)
    number = next(line for line in lines(house, 1) if "〔2012〕" in line.bare)
    assert 19.8 <= number.em_top_mm - bottom_mm <= 26.8  # 空二行
    title = next(line for line in lines(house, 1) if line.bare == "关于公文版面的通知")
    (rule,) = red_rules(made(house).reading.sheets[0])
    assert 19.8 <= title.em_top_mm - rule.bottom_mm <= 26.8


# --- refused --------------------------------------------------------------------------------------

REFUSED = {
    "天头: .nan": ("1:5", "应是以毫米为单位的数", "如 35"),
    "天头: 1e400": ("1:5", "应是以毫米为单位的数", "如 35"),
    "天头: -3": ("1:5", "应是以毫米为单位的数", "如 35"),
    "天头: 3.7厘米": ("1:5", "应是以毫米为单位的数", "如 35"),
    "天头: [37]": ("1:5", "这里是列表", "单引号"),
    "天头: 200": ("1:5", "应在 15 到 90 mm 之间", "改成"),
    "天头: 80": ("1:5", "天头和版心高共 305 mm，纸上只放得下 282 mm", "减小"),
    "天头: 37\n版心: [156, 260]": ("2:5", "天头和版心高共 297 mm", "减小"),
    "订口: 60": ("1:5", "订口和版心宽共 216 mm，纸上只放得下 205 mm", "减小"),
    "订口: 0": ("1:5", "应在 10 到 60 mm 之间", "改成"),
    "版心: 156": ("1:5", "应是几个数的列表", "[156, 225]"),
    "版心: [156]": ("1:5", "应是宽和高两个数", "[156, 225]"),
    "版心: [156, inf]": ("1:11", "应是以毫米为单位的数", "如 156"),
    "版心: [20, 225]": ("1:6", "应在 120 到 260 mm 之间", "改成"),
    "版心: [180, 225]": ("1:5", "订口和版心宽共 208 mm", "减小"),
    "订口: 20\n版心: [175, 225]\n每行字数: 25": ("3:7", "每行 25 字，字号是 19.8 磅", "每行字数"),
    "行数: 22.5": ("1:5", "应是整数", "如 1"),
    "行数: 60": ("1:5", "应在 14 到 40 之间", "改成"),
    "行数: 14": ("1:5", "会压住标志", "最大 14.5 mm"),
    "行数: 30": ("1:5", "比标题的字高 7.8 mm 还小", "减少行数"),
    "行数: 30\n行距: 28磅": ("2:5", "排不下", "减少行数或行距"),
    "行数: 15\n行距: 28磅": ("2:5", "没有排满", "增加行数或行距"),
    "行距: 28厘米": ("1:5", "“行距”不能是“28厘米”", "28.9磅"),
    "行距: 1.5倍": ("1:5", "“行距”不能是“1.5倍”", "28.9磅"),
    "行距: -28磅": ("1:5", "“行距”不能是“-28磅”", "28.9磅"),
    "行距: 5": ("1:5", "比正文的字高 5.6 mm 还小", "减小字号"),
    "每行字数: 28.5": ("1:7", "应是整数", "如 1"),
    "每行字数: 16": ("1:7", "字号是 27.6 磅", "9 到 18 磅"),
    "正文字号: 大": ("1:7", "“正文字号”不能是“大”", "9 到 18 磅"),
    "正文字号: 200磅": ("1:7", "“正文字号”不能是“200磅”", "9 到 18 磅"),
    "正文字号: 16磅\n每行字数: 28": ("1:7", "只能写一项", "得出"),
    "标题字号: 初号": ("1:7", "“标题字号”不能是“初号”", "12 到 36 磅"),
    "标题字号: 32磅": ("1:7", "比标题的字高 11.3 mm 还小", "减小字号"),
    "小字字号: 72磅": ("1:7", "“小字字号”不能是“72磅”", "6 到 18 磅"),
    "小字字号: 18磅": ("1:7", "比正文 15.79 磅还大", "小字字号"),
    "字体: 没有.toml": ("1:5", "找不到文件", "路径"),
    "数字字体: 幼圆": ("1:7", "“数字字体”不能是“幼圆”", "仿宋、楷体"),
    "页码: 上面": ("1:5", "“页码”不能是“上面”", "外侧、居中、无"),
    "页码一字线: 也许": ("1:8", "“页码一字线”不能是“也许”", "是或否"),
    "标点: 半角": ("1:5", "“标点”不能是“半角”", "挤压、占格"),
    "西文间距: 0.25": ("1:7", "“西文间距”不能是“0.25”", "是或否"),
    "红线粗细: 1磅": ("1:7", "应是以毫米为单位的数", "如 0.7"),
    "红线粗细: 5": ("1:7", "应在 0.1 到 2 mm 之间", "改成"),
    "标志字高: 100": ("1:7", "应在 5 到 40 mm 之间", "改成"),
    "天投: 37": ("1:1", "没有“天投”这个键", "天头"),
    "天头: 37\nhead_margin: 37": ("2:1", "写了两次", "删去一项"),
    "文种: 通知": ("1:1", "没有“文种”这个键", "公文"),
    "": ("1:1", "文件是空的", "键: 值"),
    "[]": ("1:1", "一项一项的", "每行写一项"),
}


@pytest.mark.parametrize("house", REFUSED)
def test_what_cannot_be_is_refused_with_place_and_cure(house: str, tmp_path: Path) -> None:
    place, message, cure = REFUSED[house]
    path = tmp_path / "house.yaml"
    path.write_text(house, "utf-8")
    with pytest.raises(SourceFault) as fault:
        read_house(path)
    first = next(f for f in fault.value.findings if message in f.message)
    assert f"{first.place}".endswith(f"house.yaml:{place}")
    assert cure in first.hint


def test_all_faults_are_told_at_once_and_nothing_is_written(tmp_path: Path) -> None:
    (tmp_path / "本单位规定.yaml").write_text("天头: 高\n行距: 宽\n页码: 上\n", "utf-8")
    source = tmp_path / "通知.yaml"
    source.write_bytes(written(NOTICE).read_bytes())
    with pytest.raises(SourceFault) as fault:
        validate(load(source))
    assert [finding.place.line for finding in fault.value.findings] == [1, 2, 3]
    (tmp_path / "house.yaml").write_text("天头: 35\n", "utf-8")
    with pytest.raises(SourceFault, match="只留一个"):
        validate(load(source))


def test_the_last_line_of_an_imprint_is_printed_where_lines_end_above_the_type_area() -> None:
    """22 lines of 10.2 mm end 2.9 mm above the type area; what stands at its foot is not cut."""
    names = [f"×××市×××局第{number}×××办公室" for number in range(1, 9)]
    folder = Path(mkdtemp(prefix="yinfa-house-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    (folder / "house.yaml").write_text("行距: 10.2\n", "utf-8")
    source = folder / "通知.yaml"
    source.write_bytes(written(FULL, 抄送=names).read_bytes())
    product = build(validate(load(source)), folder / "通知.pdf").product
    text = "".join(line.bare for sheet in read(product).sheets for line in sheet.body_lines)
    assert names[-1] + "。" in text
