"""Finished PDFs in a bundle: as they are, in their place, and what that costs is said."""

from __future__ import annotations

import random
from functools import cache
from pathlib import Path

import page
import pytest
from archive import tree
from bundle_samples import HEAD, NOTICE, Bound, bound, folder, paper
from printing_samples import (
    A4,
    A5,
    MARK_BASELINE_MM,
    MARK_X_MM,
    PT,
    add_field,
    numbered,
    saved,
    stream,
)
from pypdf import PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, NumberObject, TextStringObject

from yinfa.bundling.binding import make_bundle
from yinfa.bundling.bundle import read_bundle
from yinfa.bundling.finished import open_finished
from yinfa.check import check
from yinfa.load import load
from yinfa.reading import Sheet, TextLine
from yinfa.recipe import build
from yinfa.report import Place, SourceFault
from yinfa.validate import validate

LANDSCAPE = (A4[1], A4[0])
NAMES = ("竖", "小", "横", "倒", "签", "表")


def turned(degrees: int, size_mm: tuple[float, float] = A4) -> PdfWriter:
    writer = numbered(1, size_mm)
    writer.pages[0].rotate(degrees)
    return writer


def field(kind: str) -> PdfWriter:
    writer = numbered(1)
    add_field(writer, kind)
    return writer


@cache
def collected() -> Bound:
    """A paper, then PDFs of every kind; the first has three pages."""
    place = folder()
    (place / "甲.yaml").write_text(paper("甲", 1), "utf-8")
    made = (
        numbered(3),
        numbered(1, A5),
        numbered(2, LANDSCAPE),
        turned(180),
        field("/Sig"),
        field("/Tx"),
    )
    for name, writer in zip(NAMES, made, strict=True):
        saved(writer, place / f"{name}.pdf")
    names = "".join(f"  - {name}.pdf\n" for name in NAMES)
    path = place / "bundle.yaml"
    path.write_text(HEAD + "材料:\n  - 甲.yaml\n" + names, "utf-8")
    return bound(path)


def first_of(bundle: Bound, name: str) -> Sheet:
    """The page on which the PDF *name* begins, by its bookmark."""
    entry = next(
        entry for entry in bundle.reading.facts.outline if entry.title.endswith(f" {name}")
    )
    return bundle.sheets[entry.page - 1]


def number_line(sheet: Sheet) -> TextLine:
    return next(line for line in (*sheet.lines, *sheet.turned_lines) if line.bare.startswith("p"))


# --- laid down -------------------------------------------------------------------------------


def test_a_page_of_a4_lies_where_it_lay_unscaled() -> None:
    first = first_of(collected(), "竖").number
    for number, sheet in enumerate(collected().sheets[first - 1 : first + 2], 1):
        line = number_line(sheet)
        assert line.bare == f"p{number}"
        assert line.x0_mm == pytest.approx(MARK_X_MM, abs=0.05)
        assert line.baseline_mm == pytest.approx(MARK_BASELINE_MM, abs=0.05)
        assert line.size_mm == pytest.approx(24 * 25.4 / 72, abs=0.01)


def test_a_smaller_page_lies_in_the_middle_unscaled() -> None:
    line = number_line(first_of(collected(), "小"))
    assert line.x0_mm == pytest.approx(MARK_X_MM + (A4[0] - A5[0]) / 2, abs=0.05)
    assert line.baseline_mm == pytest.approx(MARK_BASELINE_MM + (A4[1] - A5[1]) / 2, abs=0.05)
    assert line.size_mm == pytest.approx(24 * 25.4 / 72, abs=0.01)


def test_a_lying_page_stands_with_its_head_at_the_left() -> None:
    sheet = first_of(collected(), "横")
    assert not sheet.rotation
    line = number_line(sheet)
    assert line.turn == 270  # read from below upwards
    # In the frame in which it is upright, it lies where it lay.
    assert line.x0_mm == pytest.approx(MARK_X_MM, abs=0.05)
    assert line.baseline_mm == pytest.approx(MARK_BASELINE_MM, abs=0.05)


def test_a_rotated_page_is_shown_as_a_viewer_shows_it() -> None:
    line = number_line(first_of(collected(), "倒"))
    assert line.turn == 180


def test_pdfs_begin_on_right_hand_pages_and_count() -> None:
    bundle = collected()
    starts = [entry.page for entry in bundle.reading.facts.outline if entry.title != "目录"]
    assert all(start % 2 for start in starts[:1] + starts[2:])
    lengths = {name: first_of(bundle, name).number for name in NAMES}
    assert lengths["小"] - lengths["竖"] == 4  # three pages and a blank one
    contents = "".join(line.bare for line in bundle.contents[0].lines)
    for name in NAMES:
        assert f"{name}····" in contents
        number = contents.split(f"{name}·")[1].lstrip("·")
        assert number.startswith(first_of(bundle, name).label)


def test_marks_and_folios_are_printed_where_the_page_leaves_room() -> None:
    sheet = first_of(collected(), "竖")
    assert sheet.lines[0].bare == "会议材料之二"
    assert sheet.folio is not None
    assert sheet.folio.bare == f"—{sheet.label}—"


def test_a_page_without_room_keeps_what_it_has(tmp_path: Path) -> None:
    original = tmp_path / "公文.yaml"
    original.write_text(NOTICE, "utf-8")
    build(validate(load(original)), tmp_path / "公文.pdf")
    black = saved(numbered(1, operators=b"0 g 0 0 595 842 re f 1 g"), tmp_path / "黑.pdf")
    path = tmp_path / "bundle.yaml"
    path.write_text(HEAD + f"材料: [公文.pdf, {black.name}]\n", "utf-8")
    bundle = bound(path)
    first, second = (first_of(bundle, name) for name in ("公文", "黑"))
    assert first.lines[0].bare == "会议材料之一"
    assert first.folio is not None
    assert [line.bare for line in first.lines].count("—1—") == 1  # its own
    assert [line.bare for line in second.lines] == ["p1"]
    told = "\n".join(bundle.publication.remarks)
    assert "公文.pdf：原件的页脚没有空处" in told
    assert "黑.pdf：原件的页脚没有空处" in told
    assert "黑.pdf：原件首页的左上角没有空处，没有印“会议材料之二”" in told


def test_folios_in_the_middle_need_room_in_the_middle(tmp_path: Path) -> None:
    """A footer at the outside leaves that room, one in the middle does not."""
    (tmp_path / "house.yaml").write_text("页码: 居中\n", "utf-8")
    (tmp_path / "甲.yaml").write_text(paper("甲", 1), "utf-8")
    for name, left_mm in (("中", 90.0), ("外", 160.0)):
        footer = f"0 g {left_mm * PT:.2f} {25 * PT:.2f} {20 * PT:.2f} {5 * PT:.2f} re f"
        saved(numbered(1, operators=footer.encode()), tmp_path / f"{name}.pdf")
    path = tmp_path / "bundle.yaml"
    path.write_text(HEAD + "材料: [甲.yaml, 中.pdf, 外.pdf]\n", "utf-8")
    bundle = bound(path)
    assert first_of(bundle, "中").folio is None
    assert any("中.pdf：原件的页脚没有空处" in one for one in bundle.publication.remarks)
    folio = first_of(bundle, "外").folio
    assert folio is not None
    assert folio.middle_mm == pytest.approx(106.0, abs=0.5)


def test_a_title_in_the_contents_may_differ_from_the_name_of_the_file(tmp_path: Path) -> None:
    saved(numbered(1), tmp_path / "1.pdf")
    path = tmp_path / "bundle.yaml"
    path.write_text(HEAD + "材料:\n  - {文件: 1.pdf, 标题: 外地经验}\n", "utf-8")
    bundle = bound(path)
    assert bundle.contents[0].lines[-1].bare.startswith("会议材料之一外地经验·")
    assert check(bundle.publication.product).documents == 0  # nothing of ours to judge


# --- secrecy ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        ("机密★10年", "机密★10年"),
        (" 绝密 ★ 长期 ", "绝密★长期"),
        ("秘密", "秘密"),
        ("机密★很久", "机密"),
        ("机密★" + "9" * 5000 + "年", "机密"),
        ("公开", ""),
        ("非秘密", ""),
    ],
)
def test_a_pdf_is_as_secret_as_it_says(tmp_path: Path, said: str, wanted: str) -> None:
    writer = numbered(1)
    writer.add_metadata({"/Classification": said})
    path = saved(writer, tmp_path / "件.pdf")
    assert open_finished(path, Place(path)).classification == wanted


def test_a_bundle_is_marked_with_the_grade_of_a_pdf_in_it(tmp_path: Path) -> None:
    writer = numbered(1)
    writer.add_metadata({"/Classification": "机密★10年"})
    saved(writer, tmp_path / "件.pdf")
    (tmp_path / "甲.yaml").write_text(NOTICE + "密级: 秘密★20年\n份号: 1\n", "utf-8")
    path = tmp_path / "bundle.yaml"
    path.write_text(HEAD + "材料: [甲.yaml, 件.pdf]\n", "utf-8")
    bundle = bound(path)
    assert bundle.sheets[0].lines[0].bare == "机密★20年"
    metadata = bundle.reader.metadata
    assert metadata is not None
    assert metadata["/Classification"] == "机密★20年"
    assert any("“机密★20年”" in remark for remark in bundle.publication.remarks)


# --- what it costs ---------------------------------------------------------------------------


def test_the_loss_is_said_and_no_claim_is_left() -> None:
    told = "\n".join(collected().publication.remarks)
    assert "全书不再符合 PDF/A-3a 和 PDF/UA-1" in told
    assert all(f"{name}.pdf" in told for name in NAMES)
    assert "签.pdf：PDF 带有 1 处数字签名" in told
    assert "表.pdf：PDF 里有 1 个表单项" in told
    metadata = collected().reader.trailer["/Root"]["/Metadata"].get_data().decode()
    assert "pdfaid" not in metadata
    assert "pdfuaid" not in metadata
    assert "×××市公文处理工作会议" in metadata
    assert not collected().reader.attachments


def test_what_is_ours_stays_tagged_and_a_sheet_is_one_figure_with_words() -> None:
    document = tree(collected().reader)
    parts = [kid for kid in document.kids if kid.tag == "Part"]
    ours, *others = parts
    assert [kid.tag for kid in ours.kids[:2]] == ["H1", "H2"]
    assert [len(part.kids) for part in others] == [3, 1, 2, 1, 1, 1]
    for part, name in zip(others, NAMES, strict=True):
        for number, figure in enumerate(part.kids, 1):
            assert figure.tag == "Figure"
            assert str(figure.raw["/Alt"]).startswith(f"{name}，第{number}页，共{len(part.kids)}页")


def test_nothing_fails_ua_but_the_claim_that_is_gone_and_the_fonts_of_the_pdfs() -> None:
    failures = page.validate_pdf_bytes(collected().content, profile="ua1").failures
    assert {failure.rule_id for failure in failures} == {
        "PDFUA1-FONT-EMBEDDING-001",
        "PDFUA1-ID-PART-001",
        "PDFUA1-ID-SCHEMA-001",
    }


def test_the_checker_looks_at_our_documents_only() -> None:
    report = check(collected().publication.product)
    assert report.documents == 1
    assert report.failed == {"FT-12"}  # Helvetica, which is embedded nowhere


def test_structure_numbers_of_the_pdf_do_not_meet_ours(tmp_path: Path) -> None:
    """A form of the PDF that names a place in its own tree would name one in ours."""
    writer = numbered(1)
    form = stream(b"0 g 100 100 50 50 re f", Type=NameObject("/XObject"))
    form[NameObject("/Subtype")] = NameObject("/Form")
    form[NameObject("/BBox")] = ArrayObject(map(NumberObject, (0, 0, 595, 842)))
    form[NameObject("/StructParents")] = NumberObject(0)
    objects = DictionaryObject({NameObject("/Inner"): writer._add_object(form)})
    writer.pages[0]["/Resources"][NameObject("/XObject")] = objects  # type: ignore[index]
    saved(writer, tmp_path / "1.pdf")
    (tmp_path / "bundle.yaml").write_text(HEAD + "材料: [1.pdf]\n", "utf-8")
    reader = bound(tmp_path / "bundle.yaml").reader
    sheet = reader.pages[-1]["/Resources"]["/XObject"]["/Sheet"]  # type: ignore[index]
    assert "/StructParents" not in sheet["/Resources"]["/XObject"]["/Inner"]


# --- refused by name -------------------------------------------------------------------------


def hidden_layer() -> PdfWriter:
    writer = numbered(1)
    layer = writer._add_object(
        DictionaryObject(
            {NameObject("/Type"): NameObject("/OCG"), NameObject("/Name"): TextStringObject("批注")}
        )
    )
    usual = DictionaryObject({NameObject("/OFF"): ArrayObject([layer])})
    writer.root_object[NameObject("/OCProperties")] = DictionaryObject(
        {NameObject("/OCGs"): ArrayObject([layer]), NameObject("/D"): usual}
    )
    return writer


def torn_page() -> PdfWriter:
    writer = numbered(2)
    writer.pages[1][NameObject("/MediaBox")] = ArrayObject(map(NumberObject, (0, 0, 0, 0)))
    return writer


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (hidden_layer, "有不显示的图层"),
        (torn_page, "第2页已损坏"),
        (lambda: numbered(1, (216.0, 279.0)), "比 A4 大"),
        (lambda: numbered(1, (5e6, 5e6)), "比 A4 大"),  # a picture of it would fill the memory
        (lambda: numbered(1, (100.0, 300.0)), "比 A4 大"),
    ],
)
def test_a_pdf_that_cannot_be_taken_is_refused_by_name(
    tmp_path: Path, make: object, words: str
) -> None:
    saved(make(), tmp_path / "件.pdf")  # type: ignore[operator]
    path = tmp_path / "bundle.yaml"
    path.write_text(HEAD + "材料:\n  - 件.pdf\n", "utf-8")
    with pytest.raises(SourceFault) as caught:
        read_bundle(path)
    (finding,) = caught.value.findings
    assert (finding.place.path, finding.place.line) == (path, 5)
    assert finding.message.startswith("件.pdf：")
    assert words in finding.message
    assert finding.hint


def test_damage_behind_a_page_is_found_before_anything_is_made(tmp_path: Path) -> None:
    content = saved(numbered(1), tmp_path / "件.pdf").read_bytes()
    torn = content.replace(b"<<\n/Type /Font", b"<|\n/Type /Font")
    assert torn != content
    (tmp_path / "件.pdf").write_bytes(torn)
    path = tmp_path / "bundle.yaml"
    path.write_text(HEAD + "材料:\n  - 件.pdf\n", "utf-8")
    with pytest.raises(SourceFault, match=r"件\.pdf：PDF 已损坏"):
        read_bundle(path)


@pytest.mark.parametrize("seed", range(40))
def test_damage_is_a_fault_and_never_a_crash(
    tmp_path: Path, seed: int, capsys: pytest.CaptureFixture[str]
) -> None:
    content = bytearray(saved(numbered(1), tmp_path / "件.pdf").read_bytes())
    chance = random.Random(seed)
    for _ in range(chance.randrange(1, 12)):
        content[chance.randrange(len(content))] = chance.randrange(256)
    (tmp_path / "件.pdf").write_bytes(content)
    path = tmp_path / "bundle.yaml"
    path.write_text(HEAD + "材料: [件.pdf]\n", "utf-8")
    try:
        finished = read_bundle(path).materials[0].finished
    except SourceFault as fault:
        assert all(finding.place.path == path for finding in fault.findings)
    else:
        assert finished is not None
        assert finished.leaves
    assert not capsys.readouterr().err


def test_the_same_pdfs_give_the_same_bytes() -> None:
    assert make_bundle(read_bundle(collected().publication.source)).content == collected().content
