"""A bundle as it is printed: where everything stands, measured in the PDF."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import page
import pytest
from archive import tree
from bundle_samples import HEAD, NOTICE, TITLES, Bound, bound, mixed, paper, twelve
from pypdf import PdfReader

from tools import verapdf
from yinfa.arranging.numbering import chinese
from yinfa.batch.rebuild import rebuild
from yinfa.bundling.binding import make_bundle
from yinfa.bundling.bundle import read_bundle
from yinfa.check import check
from yinfa.reading import Char, Sheet, TextLine

LEFT_MM, RIGHT_MM, MIDDLE_MM = 28.0, 184.0, 106.0  # 版心, 5.2.1
CELL_MM, LINE_MM = 156 / 28, 10.447
FIRST_TOP_MM = 37.0
PT_MM = 25.4 / 72


def numeral(index: int) -> str:
    return "会议材料之" + chinese(index + 1)


def starts(bundle: Bound) -> list[Sheet]:
    """The first page of each document: the one that shows its mark in the head margin."""
    return [sheet for sheet in bundle.sheets if any(map(is_mark, sheet.lines))]


def is_mark(line: TextLine) -> bool:
    return line.chars[0].look.artifact and line.baseline_mm < 30 and line.text[:2] != "讨论"


def entries(bundle: Bound) -> list[tuple[str, str]]:
    """What the contents say, entry by entry: mark and title, and what stands at the right end."""
    found: list[tuple[str, str]] = []
    text = ""
    for sheet in bundle.contents:
        for line in sheet.lines:
            if line.bare == "目录":
                continue
            text += line.bare
            if match := re.fullmatch(r"([^·]+)·+(\d+页?)", text):
                found.append((match[1], match[2]))
                text = ""
    assert not text
    return found


# --- pages and numbers -----------------------------------------------------------------------


@pytest.mark.parametrize("make", [twelve, mixed])
def test_every_document_begins_on_a_right_hand_page(make: object) -> None:
    bundle: Bound = make()  # type: ignore[operator]
    begun = starts(bundle)
    assert all(sheet.number % 2 == 1 for sheet in begun)
    assert len(begun) == (len(TITLES) if bundle is twelve() else 3)


def test_the_contents_give_the_page_on_which_each_document_really_begins() -> None:
    bundle = twelve()
    assert [name for name, _ in entries(bundle)] == [
        numeral(index) + "".join(title.split()) for index, title in enumerate(TITLES)
    ]
    for (name, number), sheet, title in zip(entries(bundle), starts(bundle), TITLES, strict=True):
        assert sheet.lines[0].bare == name[: len(sheet.lines[0].bare)]
        text = "".join(line.bare for line in sheet.body_lines)
        assert text.startswith("".join(title.split()))
        assert sheet.folio is not None
        assert sheet.folio.bare == f"—{number}—"
        assert sheet.label == number


def test_blanks_stand_only_where_a_document_ends_on_a_right_hand_page() -> None:
    bundle = twelve()
    begun = [sheet.number for sheet in starts(bundle)]
    for first, after in pairwise([*begun, len(bundle.sheets) + 1]):
        own = bundle.sheets[first - 1 : after - 1]
        blank = [sheet.number for sheet in own if not sheet.lines]
        printed = len(own) - len(blank)
        assert blank == ([after - 1] if printed % 2 and after <= len(bundle.sheets) else [])
    lengths = {(after - first) for first, after in pairwise(begun)}
    assert lengths >= {2, 4}  # papers of odd and of even length were bound


def test_folios_run_through_the_book_and_front_matter_has_none() -> None:
    bundle = twelve()
    front = bundle.contents[-1].number
    assert [sheet.folio for sheet in bundle.sheets[:front]] == [None] * front
    for sheet in bundle.sheets[front:]:
        if sheet.lines:
            assert sheet.folio is not None
            assert sheet.folio.bare == f"—{sheet.number - front}—"
        else:
            assert sheet.folio is None


def test_labels_are_what_is_printed() -> None:
    labels = [sheet.label for sheet in twelve().sheets]
    assert labels[:4] == ["封面", "封二", "目录1", "目录2"]
    assert labels[4:] == [str(number) for number in range(1, len(labels) - 3)]


def test_folios_of_each_documents_own_begin_at_1_and_the_contents_tell_how_long_it_is() -> None:
    bundle = mixed()
    begun = [sheet.number for sheet in starts(bundle)]
    for (_, length), first in zip(entries(bundle), begun, strict=True):
        numbered: list[str] = []
        for sheet in bundle.sheets[first - 1 :]:
            if sheet.folio is None or (numbered and sheet.folio.bare == "—1—"):
                break
            numbered.append(sheet.folio.bare)
        assert numbered == [f"—{number}—" for number in range(1, len(numbered) + 1)]
        assert length == f"{len(numbered)}页"
        assert bundle.sheets[first - 1].label == "1"


def test_a_leaf_before_each_document_shows_mark_and_title_and_has_a_blank_back() -> None:
    bundle = mixed()
    for sheet, title in zip(starts(bundle), ("关于公文版面的通知", "说明", "讲话"), strict=True):
        leaf, back = bundle.sheets[sheet.number - 3], bundle.sheets[sheet.number - 2]
        mark = next(line for line in sheet.lines if is_mark(line)).pieces[0].bare
        assert [line.bare for line in leaf.lines] == [mark, title]
        assert not back.lines
        assert leaf.label == back.label == "隔页"
        assert leaf.number % 2 == 1
        for line in leaf.lines:
            assert abs(line.middle_mm - MIDDLE_MM) < 0.5


def test_an_imprint_stays_on_the_last_and_even_page_of_its_document() -> None:
    bundle = mixed()
    pages = [sheet for sheet in bundle.sheets if any("印发" in line.bare for line in sheet.lines)]
    assert [sheet.label for sheet in pages] == ["2"]
    assert pages[0].number % 2 == 0
    assert bundle.sheets[pages[0].number].label == "隔页"  # the next document's


def test_an_imprint_is_on_an_even_page_also_of_a_document_that_is_printed_on_one_side(
    tmp_path: Path,
) -> None:
    text = NOTICE[: NOTICE.index("附件:")] + NOTICE[NOTICE.index("成文日期") :] + "双面: 否\n"
    (tmp_path / "1.yaml").write_text(text, "utf-8")
    (tmp_path / "bundle.yaml").write_text(HEAD + "材料: [1.yaml]\n", "utf-8")
    sheets = bound(tmp_path / "bundle.yaml").sheets
    (last,) = [sheet for sheet in sheets if any("印发" in line.bare for line in sheet.lines)]
    assert (last.number % 2, last) == (0, sheets[-1])


# --- how it looks ----------------------------------------------------------------------------


def test_leaders_end_at_one_edge_and_numbers_at_the_right_of_the_type_area() -> None:
    ends, places = set(), []
    for sheet in twelve().contents:
        for line in sheet.lines:
            dots = [middle_mm(char) for char in line.chars if char.char == "·"]
            if not dots:
                continue
            others = [char for char in line.chars if char.char != "·"]
            last = [char for char in others if char.x_mm < dots[0]][-1]
            number = [char for char in others if char.x_mm > dots[-1]]
            assert "".join(char.char for char in number).isdecimal()
            assert abs(number[-1].right_mm - RIGHT_MM) < 0.05
            assert number[0].x_mm - dots[-1] > CELL_MM / 2
            assert dots[0] - last.right_mm > CELL_MM / 2
            assert len(dots) >= 4  # two cells at least
            steps = [after - before for before, after in pairwise(dots)]
            assert all(abs(step - CELL_MM / 2) < 0.05 for step in steps)
            ends.add(round(dots[-1], 1))
            places += dots
    (end,) = ends
    halves = [(end - place) / (CELL_MM / 2) for place in places]
    assert all(abs(half - round(half)) < 0.06 for half in halves)  # they stand under one another


def middle_mm(char: Char) -> float:
    return char.x_mm + char.advance_mm / 2


def test_long_titles_hang_and_keep_clear_of_the_numbers() -> None:
    hangs = set()
    for sheet in twelve().contents:
        for line in sheet.lines:
            faces = ("Fang", "Serif-Signs")  # Han and digits of 仿宋
            title = [char for char in line.inked() if any(f in char.look.font for f in faces)]
            if line.bare == "目录":
                continue
            hangs.add(round(title[0].x_mm, 1))
            if "·" not in line.text:
                assert line.x1_mm < RIGHT_MM - 3 * CELL_MM
    assert hangs == {round(LEFT_MM + 8 * CELL_MM, 1)}  # 会议材料之十二 and a blank cell


def test_contents_over_two_pages_part_no_entry() -> None:
    first, second = twelve().contents
    assert first.lines[-1].baseline_mm > 260  # its last grid line
    assert re.search(r"·\d+$", first.lines[-1].bare)
    assert second.lines[0].bare.startswith("会议材料之")
    assert abs(second.lines[0].em_top_mm - FIRST_TOP_MM) < 0.5


def test_marks_stand_in_the_head_margin_flush_left_as_artifacts() -> None:
    for index, sheet in enumerate(starts(twelve())):
        marks = [line for line in sheet.lines if is_mark(line)]
        assert [line.bare for line in marks] == [numeral(index)]
        (mark,) = marks
        assert mark.artifact
        assert abs(mark.x0_mm - LEFT_MM) < 0.1
        assert abs((mark.em_top_mm + mark.em_bottom_mm) / 2 - 24) < 0.5
        assert abs(mark.size_mm - CELL_MM) < 0.01
        assert {"Hei" in char.look.font for char in mark.chars} == {True}


def test_the_cover_stands_on_the_grid_in_the_middle() -> None:
    cover = mixed().sheets[0]
    meeting, title, *foot = cover.lines
    assert (meeting.bare, title.bare) == ("×××市公文处理工作会议", "会议文件")
    assert [line.bare for line in foot] == [
        "×××市人民政府办公室", "×××市×××局", "2012年7月9日", "×××会议中心",
    ]  # fmt: skip
    assert abs(meeting.size_mm - 26 * PT_MM) < 0.02
    assert abs(title.size_mm - 36 * PT_MM) < 0.02
    for line in (meeting, title):
        assert {char.look.family for char in line.chars} == {title.chars[0].look.family}
        assert "Biaosong" in line.chars[0].look.font
    for line in cover.lines:
        assert abs(line.middle_mm - MIDDLE_MM) < 0.5
    steps = [low.baseline_mm - high.baseline_mm for high, low in pairwise(foot)]
    assert all(abs(step - LINE_MM) < 0.02 for step in steps)
    # The last line stands on grid line 20.
    assert abs(foot[-1].em_top_mm - (FIRST_TOP_MM + 19 * LINE_MM)) < 0.2


def test_versos_are_bound_at_the_right_where_the_bundle_says_so(tmp_path: Path) -> None:
    (tmp_path / "1.yaml").write_text(paper("甲", 2), "utf-8")
    (tmp_path / "bundle.yaml").write_text(HEAD + "装订: 双面\n材料: [1.yaml]\n", "utf-8")
    *_, recto, verso = bound(tmp_path / "bundle.yaml").sheets
    assert min(line.x0_mm for line in recto.body_lines) == pytest.approx(28, abs=0.1)
    assert min(line.x0_mm for line in verso.body_lines) == pytest.approx(26, abs=0.1)
    assert recto.lines[0].bare == "会议材料之一"
    assert recto.lines[0].x0_mm == pytest.approx(28, abs=0.1)
    assert check(tmp_path / "bundle.pdf").findings == ()


def test_a_draft_mark_stands_on_the_pages_of_its_document_alone() -> None:
    bundle = mixed()
    marked = [
        sheet.number
        for sheet in bundle.sheets
        if any("讨论稿" in line.bare and line.chars[-1].look.artifact for line in sheet.lines)
    ]
    first = starts(bundle)[1].number
    assert marked == [first, first + 1]


def test_a_house_of_fewer_lines_and_cells_has_cover_and_contents_too(tmp_path: Path) -> None:
    (tmp_path / "house.yaml").write_text("版心: [120, 200]\n每行字数: 19\n行数: 16\n", "utf-8")
    (tmp_path / "1.yaml").write_text(paper(TITLES[0], 1), "utf-8")
    (tmp_path / "bundle.yaml").write_text(HEAD + "隔页: 是\n材料: [1.yaml]\n", "utf-8")
    bundle = bound(tmp_path / "bundle.yaml")
    assert [sheet.label for sheet in bundle.sheets[:7]] == [
        "封面", "封二", "目录1", "目录2", "隔页", "隔页", "3",
    ]  # fmt: skip
    assert bundle.sheets[0].lines[-1].baseline_mm < 37 + 200
    _, mark, *title = bundle.contents[0].lines
    assert mark.bare == "会议材料之一"  # on a line of its own
    assert all(line.x1_mm < 28 + 120 + 0.1 for line in title)


def test_a_name_too_wide_for_the_cover_is_set_smaller(tmp_path: Path) -> None:
    (tmp_path / "1.yaml").write_text(paper("甲", 1), "utf-8")
    lines = ("×××市第十五届人民代表大会第一次会议", "暨政协×××市第十三届委员会第一次会议")
    head = HEAD.replace("×××市公文处理工作会议", "|".join(lines))
    (tmp_path / "bundle.yaml").write_text(head + "材料: [1.yaml]\n", "utf-8")
    first, second, *_ = bound(tmp_path / "bundle.yaml").sheets[0].lines
    assert (first.bare, second.bare) == lines
    assert second.width_mm == pytest.approx(156, abs=0.2)
    assert first.size_mm == second.size_mm


# --- what readers and machines meet ----------------------------------------------------------


def test_bookmarks_are_two_levels_deep() -> None:
    bundle = mixed()
    told = [(entry.level, entry.title, entry.page) for entry in bundle.reading.facts.outline]
    first, second, third = (sheet.number for sheet in starts(bundle))
    assert told == [
        (1, "目录", 3),
        (1, "文件一 关于公文版面的通知", first),
        (2, "附件 名单", first + 1),
        (1, "文件二 说明", second),
        (2, "一、第1项工作", second),
        (2, "二、第2项工作", second + 1),
        (1, "会议参阅材料 讲话", third),
        (2, "一、第1项工作", third),
    ]


@pytest.mark.parametrize("make", [twelve, mixed])
def test_every_entry_of_the_contents_is_a_link_to_its_document(make: object) -> None:
    bundle: Bound = make()  # type: ignore[operator]
    found = []
    numbers = {page.indirect_reference: at for at, page in enumerate(bundle.reader.pages, 1)}
    for sheet in bundle.contents:
        texts = [line for line in sheet.lines if line.bare != "目录"]
        for note in bundle.reader.pages[sheet.number - 1].get("/Annots", ()):
            link = note.get_object()
            left, bottom, right, top = (float(edge) * PT_MM for edge in link["/Rect"])
            assert (left, right) == pytest.approx((LEFT_MM, RIGHT_MM), abs=0.01)
            own = [line for line in texts if 297 - top - 1 < line.em_top_mm < 297 - bottom]
            assert own[0].em_top_mm == pytest.approx(297 - top, abs=0.3)
            assert own[-1].em_bottom_mm == pytest.approx(297 - bottom, abs=0.3)
            text = "".join(line.bare for line in own)
            assert text.startswith("".join(link["/Contents"].split()))
            found.append(numbers[link["/Dest"][0]])
    assert found == [sheet.number for sheet in starts(bundle)]


def test_a_screen_reader_meets_a_table_of_contents_and_a_part_for_each_document() -> None:
    document = tree(twelve().reader)
    (contents,) = [kid for kid in document.kids if kid.tag == "TOC"]
    read_out = ["".join(item.whole().split()) for item in contents.kids]
    assert {item.tag for item in contents.kids} == {"TOCI"}
    assert read_out == [name + number for name, number in entries(twelve())]  # and no dots
    parts = [kid for kid in document.kids if kid.tag == "Part"]
    assert len(parts) == len(TITLES)
    for part, title in zip(parts, TITLES, strict=True):
        assert part.kids[0].tag == "H1"
        assert "".join(part.kids[0].whole().split()) == "".join(title.split())
        assert part.kids[1].tag == "H2"


def test_the_checker_finds_nothing_amiss_and_looks_at_every_document() -> None:
    for bundle, count in ((twelve(), len(TITLES)), (mixed(), 3)):
        report = check(bundle.publication.product)
        assert report.documents == count
        assert [str(finding) for finding in report.findings] == []


def test_the_checker_tells_the_page_of_the_bundle(tmp_path: Path) -> None:
    (tmp_path / "1.yaml").write_text(paper("甲", 1), "utf-8")
    wrong = (
        paper("乙", 1)
        .replace("标题: 第1项工作", "段: 数字１２３不规范。")
        .replace("    正文:\n      - ", "  - ")
    )
    (tmp_path / "2.yaml").write_text(wrong, "utf-8")
    (tmp_path / "bundle.yaml").write_text(HEAD + "材料: [1.yaml, 2.yaml]\n", "utf-8")
    bundle = bound(tmp_path / "bundle.yaml")
    report = check(bundle.publication.product)
    assert {finding.place.page for finding in report.findings} == {starts(bundle)[1].number}


def test_the_same_bundle_gives_the_same_bytes() -> None:
    again = make_bundle(read_bundle(mixed().publication.source))
    assert again.content == mixed().content


def test_its_sources_travel_and_build_it_again(tmp_path: Path) -> None:
    (tmp_path / "house.yaml").write_text("页码: 居中\n", "utf-8")
    (tmp_path / "1.yaml").write_text(paper("甲", 1), "utf-8")
    (tmp_path / "会议").mkdir()
    path = tmp_path / "会议" / "bundle.yaml"
    path.write_text(HEAD + "材料: [../1.yaml]\n", "utf-8")
    bundle = bound(path)
    assert set(bundle.reader.attachments) == {
        "上级文件夹/bundle.yaml", "1.yaml", "house.yaml", "排版记录.json",
    }  # fmt: skip
    assert rebuild(bundle.publication.product, tmp_path).same
    folio = bundle.sheets[-1].folio
    assert folio is not None
    assert abs(folio.middle_mm - MIDDLE_MM) < 0.5  # as the house has it


def test_a_classified_document_marks_the_cover_and_keeps_sources_at_home(tmp_path: Path) -> None:
    for name, secret in (("1", "秘密★3年"), ("2", "机密★6个月")):
        text = NOTICE + f"密级: {secret}\n份号: 1\n"
        (tmp_path / f"{name}.yaml").write_text(text.replace("版面", f"版面{name}"), "utf-8")
    (tmp_path / "bundle.yaml").write_text(HEAD + "材料: [1.yaml, 2.yaml]\n", "utf-8")
    bundle = bound(tmp_path / "bundle.yaml")
    first = bundle.sheets[0].lines[0]
    assert first.bare == "机密★3年"
    assert (round(first.x0_mm), round(first.em_top_mm)) == (28, 37)  # 7.2.2
    assert not bundle.reader.attachments
    assert any("不随附源文件" in remark for remark in bundle.publication.remarks)


def test_room_for_copy_numbers_is_not_printed(tmp_path: Path) -> None:
    (tmp_path / "1.yaml").write_text(NOTICE + "份号: 分发\n", "utf-8")
    (tmp_path / "bundle.yaml").write_text(HEAD + "材料: [1.yaml]\n", "utf-8")
    bundle = bound(tmp_path / "bundle.yaml")
    assert any("份号" in remark for remark in bundle.publication.remarks)
    assert not any(line.bare.isdecimal() for line in bundle.sheets[4].body_lines)


def test_page_validation_finds_nothing() -> None:
    for bundle in (twelve(), mixed()):
        for profile in ("3a", "ua1"):
            assert page.validate_pdf_bytes(bundle.content, profile=profile).failures == []


@pytest.mark.judge
@pytest.mark.slow
@pytest.mark.parametrize("make", [twelve, mixed])
def test_verapdf_finds_nothing(make: object) -> None:
    bundle: Bound = make()  # type: ignore[operator]
    assert verapdf.failures(bundle.publication.product) == []


def test_the_title_names_meeting_and_book() -> None:
    assert PdfReader(mixed().publication.product).metadata.title == "×××市公文处理工作会议 会议文件"


def test_marks_too_wide_for_a_column_stand_above_their_titles(tmp_path: Path) -> None:
    for name in ("甲", "乙"):
        (tmp_path / f"{name}.yaml").write_text(paper(name, 1), "utf-8")
    wide = "第十五届人大第一次会议文件"
    text = HEAD + f"标记: 无\n材料:\n  - {{文件: 甲.yaml, 标记: {wide}}}\n  - 乙.yaml\n"
    (tmp_path / "bundle.yaml").write_text(text, "utf-8")
    _, mark, marked, plain = bound(tmp_path / "bundle.yaml").contents[0].lines
    assert (mark.bare, round(mark.x0_mm, 1)) == (wide, LEFT_MM)
    assert re.fullmatch("甲·+1", marked.bare)
    assert marked.x0_mm == pytest.approx(LEFT_MM + 2 * CELL_MM, abs=0.05)
    assert re.fullmatch("乙·+3", plain.bare)
    assert plain.x0_mm == pytest.approx(LEFT_MM, abs=0.05)
