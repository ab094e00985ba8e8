"""Copies: the number in its place, tagged; marks as artifacts; nothing else changed."""

from __future__ import annotations

import csv
import gc
import io
import shutil
import tracemalloc
import zipfile
from pathlib import Path

import page
import pdfplumber
import pytest
from archive import Tag, marked_texts, reader, tree
from issuing_samples import HOSTILE, LETTER, NUMBERED, PLAIN, built, distribution, placed

from tools import verapdf
from yinfa.cli import main
from yinfa.composition import Role
from yinfa.faces import open_founts
from yinfa.issuing import bundles, copies, manifest
from yinfa.issuing.distribution import CopyMark, read_distribution
from yinfa.issuing.issue import Bundling, Issue, issue
from yinfa.issuing.register import shown_numbers
from yinfa.model import Text
from yinfa.pdf import clone, to_bytes
from yinfa.reading import read
from yinfa.report import Fault, Place

FOUNT = open_founts()[Role.SONGTI]
NAME = Text("常州市教育局", Place(Path()))
TWO = "收件:\n  - {简称: 甲, 份号: [1-2]}\n  - {简称: 乙, 份号: 12}\n"


def original(tmp_path: Path, text: str = NUMBERED) -> copies.Original:
    return copies.read_original(placed(tmp_path, text))


def copied(tmp_path: Path, text: str, mark: CopyMark, number: int = 12) -> bytes:
    return copies.copy(copies.master(original(tmp_path, text), mark), number, NAME, FOUNT)


def issued(tmp_path: Path, to: str, text: str = NUMBERED, **how: Bundling) -> Issue:
    whom = read_distribution(distribution(tmp_path, to))
    return issue(original(tmp_path, text), whom, tmp_path / "out", **how)


def told(tmp_path: Path, to: str, text: str = NUMBERED) -> str:
    with pytest.raises(Fault) as caught:
        issued(tmp_path, to, text)
    return str(caught.value)


# --- the number ------------------------------------------------------------------------------


def test_the_room_of_a_number_shows_nothing_and_is_tagged() -> None:
    first: Tag = tree(built(NUMBERED)).kids[0]
    assert (first.tag, first.text, first.raw["/T"]) == ("P", "", "份号")


def test_a_number_stands_flush_left_on_the_first_line(tmp_path: Path) -> None:
    path = tmp_path / "copy.pdf"
    path.write_bytes(copied(tmp_path, NUMBERED, CopyMark.NONE))
    line = read(path).sheets[0].lines[0]
    assert line.text == "000012"
    assert line.x0_mm == pytest.approx(28, abs=0.5)
    assert line.em_top_mm == pytest.approx(37, abs=0.2)


def test_a_number_of_a_letter_stands_below_the_double_rule(tmp_path: Path) -> None:
    path = tmp_path / "copy.pdf"
    path.write_bytes(copied(tmp_path, LETTER, CopyMark.NONE))
    found = {line.text: line for line in read(path).sheets[0].lines}
    shown = next(line for text, line in found.items() if text.startswith("000012"))
    number = next(line for text, line in found.items() if "×函〔2012〕1号" in text)
    assert shown.baseline_mm == pytest.approx(number.baseline_mm, abs=0.1)


def test_a_number_is_text_of_its_own_element(tmp_path: Path) -> None:
    first = tree(copied(tmp_path, NUMBERED, CopyMark.NONE)).kids[0]
    assert (first.tag, first.text) == ("P", "000012")


def test_nothing_else_changes(tmp_path: Path) -> None:
    before, after = reader(built(NUMBERED)), reader(copied(tmp_path, NUMBERED, CopyMark.MARGIN))
    for number in range(len(before.pages)):
        old, new = marked_texts(before, number), marked_texts(after, number)
        assert {key: text for key, text in new.items() if key >= 0 and text != "000012"} == {
            key: text for key, text in old.items() if key >= 0 and text
        }


def test_the_same_copy_is_the_same_bytes_and_another_has_another_identifier(tmp_path: Path) -> None:
    master = copies.master(original(tmp_path), CopyMark.MARGIN)
    one, again, two = (copies.copy(master, number, NAME, FOUNT) for number in (1, 1, 2))
    assert one == again
    identifiers = [reader(content).trailer["/ID"] for content in (one, two)]
    assert identifiers[0][0] == identifiers[1][0]
    assert identifiers[0][1] != identifiers[1][1]


def test_a_copy_is_hardly_larger(tmp_path: Path) -> None:
    assert len(copied(tmp_path, NUMBERED, CopyMark.NONE)) < 1.01 * len(built(NUMBERED))


# --- the mark --------------------------------------------------------------------------------


def test_a_mark_stands_in_the_margin_of_every_page(tmp_path: Path) -> None:
    path = tmp_path / "copy.pdf"
    path.write_bytes(copied(tmp_path, NUMBERED, CopyMark.MARGIN))
    for sheet in read(path).sheets:
        (mark,) = (line for line in sheet.lines if "常州市教育局" in line.text
                   and line.em_top_mm > 270)  # fmt: skip
        assert mark.text.replace("\u3000", "") == "000012常州市教育局"
        assert mark.x0_mm == pytest.approx(28, abs=0.5)
        assert mark.em_bottom_mm < 297 - 5  # what printers can reach


@pytest.mark.parametrize("mark", list(CopyMark))
@pytest.mark.parametrize("text", [NUMBERED, LETTER, PLAIN], ids=["notice", "letter", "attachment"])
def test_page_validation_finds_nothing(tmp_path: Path, text: str, mark: CopyMark) -> None:
    content = copied(tmp_path, text, mark)
    for profile in ("3a", "ua1"):
        assert not page.validate_pdf_bytes(content, profile=profile).failures


@pytest.mark.judge
@pytest.mark.slow
@pytest.mark.parametrize("mark", list(CopyMark))
@pytest.mark.parametrize("text", [NUMBERED, LETTER, PLAIN], ids=["notice", "letter", "attachment"])
def test_verapdf_finds_nothing(tmp_path: Path, text: str, mark: CopyMark) -> None:
    path = tmp_path / "copy.pdf"
    path.write_bytes(copied(tmp_path, text, mark))
    assert verapdf.failures(path) == []


@pytest.mark.judge
@pytest.mark.slow
def test_verapdf_finds_nothing_in_what_is_handed_out(made: Issue) -> None:
    """The copies as they stand in the folder, and the register to be signed."""
    for path in sorted(made.folder.glob("*.pdf")):
        assert verapdf.failures(path) == [], path.name


@pytest.mark.parametrize("mark", [CopyMark.MARGIN, CopyMark.DIAGONAL])
def test_a_name_of_two_hundred_characters_stays_on_the_page(tmp_path: Path, mark: CopyMark) -> None:
    master = copies.master(original(tmp_path, PLAIN), mark)
    path = tmp_path / "copy.pdf"
    path.write_bytes(copies.copy(master, 1, Text("名" * 200, Place(Path())), FOUNT))
    with pdfplumber.open(path) as opened:
        sheet = opened.pages[0]
        assert "…" in [char["text"] for char in sheet.chars]
        for char in sheet.chars:
            assert 0 <= char["x0"] <= char["x1"] <= sheet.width
            assert 0 <= char["top"] <= char["bottom"] <= sheet.height


# --- what is refused -------------------------------------------------------------------------


def test_a_letterhead_without_room_is_told(tmp_path: Path) -> None:
    text = NUMBERED.replace("份号: 分发\n", "")
    assert "份号: 分发" in told(tmp_path, TWO, text)


def test_a_document_with_a_number_of_its_own_is_told(tmp_path: Path) -> None:
    text = NUMBERED.replace("份号: 分发", "份号: 7")
    assert "已印有份号" in told(tmp_path, TWO, text)


def test_a_number_without_any_place_is_told(tmp_path: Path) -> None:
    assert "没有地方可印" in told(tmp_path, TWO + "标记: 无\n", PLAIN)


def test_a_character_that_no_face_has_is_told_before_anything_is_made(tmp_path: Path) -> None:
    said = told(tmp_path, "收件: [{简称: 甲\U0001f600}]\n标记: 页边\n", PLAIN)
    assert "U+1F600" in said
    assert ":1:" in said
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("content", [b"", b"no pdf", b"%PDF-1.7\n%%EOF"])
def test_what_is_no_pdf_is_told(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "broken.pdf"
    path.write_bytes(content)
    with pytest.raises(Fault):
        copies.read_original(path)


def test_a_pdf_cut_short_or_locked_is_told(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(built(PLAIN)[:-2000])
    with pytest.raises(Fault, match="末尾缺了一截"):
        copies.read_original(path)
    locked = clone(built(PLAIN))
    locked.encrypt("secret", algorithm="RC4-128")
    locked.write(path)
    with pytest.raises(Fault, match="已加密"):
        copies.read_original(path)


# --- the folder ------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Issue:
    """The notice handed out to two."""
    return issued(tmp_path_factory.mktemp("two"), TWO, bundling=Bundling.EACH)


@pytest.fixture
def two(made: Issue, tmp_path: Path) -> Path:
    """That folder, to be spoilt."""
    return shutil.copytree(made.folder, tmp_path / "two")


def test_each_number_is_a_file(made: Issue) -> None:
    assert [each.path.name for each in made.copies] == [
        "000001 甲.pdf", "000002 甲.pdf", "000012 乙.pdf",
    ]  # fmt: skip
    assert [each.delivered for each in made.copies][:1] == ["通知 000001.pdf"]
    assert manifest.verify(made.folder) == ()


def test_a_second_run_takes_away_what_it_does_not_make(tmp_path: Path) -> None:
    issued(tmp_path, TWO, bundling=Bundling.ALL)
    made = issued(tmp_path, "收件: [{简称: 乙, 份号: 3}]\n")
    kept = {path.name for path in made.folder.iterdir()}
    assert "000001 甲.pdf" not in kept
    assert "全部.zip" not in kept
    assert manifest.verify(made.folder) == ()


def test_hostile_names_stay_in_the_folder(tmp_path: Path) -> None:
    lines = "".join(f"  - 简称: '{name.replace(chr(39), chr(39) * 2)}'\n" for name in HOSTILE)
    made = issued(tmp_path, f"收件:\n{lines}起始份号: 1\n", bundling=Bundling.EACH)
    assert {path.parent for path in made.folder.rglob("*")} == {made.folder}
    assert {path.name for path in tmp_path.iterdir()} == {"out", "通知.pdf", "distribution.yaml"}
    assert manifest.verify(made.folder) == ()
    rows = list(csv.reader(io.StringIO((made.folder / "登记表.csv").read_text("utf-8-sig"))))
    assert ["000005", "'=1+1", "1", "", ""] in rows


def test_the_register_lists_everyone(made: Issue) -> None:
    (sheet,) = read(made.folder / "登记表.pdf").sheets
    words = "".join(line.text for line in sheet.lines)
    assert "000001—000002" in words
    assert "常教〔2009〕12号" in words
    rows = (made.folder / "登记表.csv").read_bytes()
    assert rows.startswith("\ufeff份号,收件单位,份数,签收人,签收日期\r\n".encode())
    assert rows.endswith("000001—000002,甲,2,,\r\n000012,乙,1,,\r\n".encode())


def test_runs_of_numbers_are_told_as_runs() -> None:
    assert shown_numbers((7, 1, 2, 3)) == "000001—000003、000007"


def test_copies_do_not_pile_up_in_memory(tmp_path: Path) -> None:
    """What is held after forty copies is what was held after three, less than a copy more."""
    master = copies.master(original(tmp_path), CopyMark.MARGIN)
    tracemalloc.start()
    try:
        held = [held_after(master, numbers) for numbers in (range(1, 4), range(4, 41))]
    finally:
        tracemalloc.stop()
    assert held[1] - held[0] < len(copies.copy(master, 1, NAME, FOUNT))


def held_after(master: copies.Master, numbers: range) -> int:
    for number in numbers:
        copies.copy(master, number, NAME, FOUNT)
    gc.collect()
    return tracemalloc.get_traced_memory()[0]


# --- proof -----------------------------------------------------------------------------------


def test_verify_tells_what_is_missing_changed_and_extra(
    two: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["verify", str(two)]) == 0
    (two / "000001 甲.pdf").unlink()
    with (two / "000002 甲.pdf").open("ab") as file:
        file.write(b"\n")
    (two / "多.pdf").write_bytes(b"")
    capsys.readouterr()
    assert main(["verify", str(two)]) == 1
    said = capsys.readouterr().err
    assert "000001 甲.pdf: 缺少这个文件" in said
    assert "000002 甲.pdf: 内容与分发时不同" in said
    assert "多.pdf: 清单里没有这个文件" in said
    assert "000012 乙.pdf" not in said


def test_sums_that_say_otherwise_are_told(two: Path) -> None:
    sums = two / "SHA256SUMS"
    sums.write_text(sums.read_text("utf-8").replace("a", "b"), "utf-8")
    assert ["SHA256SUMS" in str(finding) for finding in manifest.verify(two)] == [True]


@pytest.mark.parametrize(
    "text",
    ["", "[]", "{}", '{"version": 1, "files": [{"name": "../通知.pdf"}]}', "[" * 100_000,
     '{"version": 1, "files": [{"name": "/etc/passwd"}]}', '{"version": 1, "files": 3}'],
)  # fmt: skip
def test_a_manifest_that_leads_out_or_is_damaged_is_told(tmp_path: Path, text: str) -> None:
    (tmp_path / "manifest.json").write_text(text, "utf-8")
    with pytest.raises(Fault, match="清单已损坏"):
        manifest.verify(tmp_path)


def test_zips_are_the_same_bytes_with_names_in_utf_8(made: Issue) -> None:
    path = made.folder / "甲.zip"
    before = path.read_bytes()
    for each in made.copies:
        each.path.touch()
    bundles.write_zip(path, {each.delivered: each.path for each in made.copies[:2]})
    assert path.read_bytes() == before
    with zipfile.ZipFile(path) as bundle:
        assert bundle.namelist() == ["通知 000001.pdf", "通知 000002.pdf"]
        assert all(entry.flag_bits & 0x800 for entry in bundle.infolist())  # UTF-8
        assert bundle.read("通知 000001.pdf") == made.copies[0].path.read_bytes()


def test_the_command_makes_copies_of_a_source(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "函.yaml").write_text(LETTER, "utf-8")
    distribution(tmp_path, TWO)
    assert main(["copies", "函.yaml", "--zip", "all"]) == 0
    folder = tmp_path / "build" / "分发" / "关于××的函"
    assert str(folder.relative_to(tmp_path)) in capsys.readouterr().out
    assert (folder / "000012 乙.pdf").exists()
    assert (folder / "全部.zip").exists()


def test_a_signed_or_filled_original_is_not_touched(tmp_path: Path) -> None:
    from pypdf.generic import ArrayObject, DictionaryObject, NameObject, TextStringObject

    writer = clone(built(PLAIN))
    field = DictionaryObject(
        {NameObject("/FT"): NameObject("/Sig"), NameObject("/V"): TextStringObject("signed")}
    )
    writer.root_object[NameObject("/AcroForm")] = DictionaryObject(
        {NameObject("/Fields"): ArrayObject([writer._add_object(field)])}
    )
    path = tmp_path / "signed.pdf"
    path.write_bytes(to_bytes(writer))
    with pytest.raises(Fault, match="已签名"):
        copies.read_original(path)
