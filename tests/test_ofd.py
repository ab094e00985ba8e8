"""An OFD has the pages, the text and the files of the PDF that it was made from."""

from __future__ import annotations

import xml.etree.ElementTree as ET
import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import bundle_samples as samples
import certificates
import ofdkit
import pytest
from conftest import ROOT
from fontTools.ttLib import TTFont
from issuing_samples import distribution, placed
from making import publish, write
from ofd_elements import faults
from ofd_samples import packed_again, unpacked
from pypdf import PdfWriter
from pypdf.annotations import Link
from pypdf.generic import RectangleObject
from securing_samples import document, seal

from yinfa.check import Report, check
from yinfa.cli import main
from yinfa.load import load
from yinfa.ofd.agreement import agreement
from yinfa.ofd.convert import Converted, convert_file
from yinfa.pdf.enclosures import attached
from yinfa.reading import read
from yinfa.reading.sheets import MM_PER_PT
from yinfa.recipe import Publication, build
from yinfa.validate import validate

EXAMPLES = sorted((ROOT / "source" / "examples").glob("*.yaml"))
OFD = "{http://www.ofdspec.org/2016}"


@pytest.fixture(autouse=True)
def own_cache(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Glyphs fitted in these tests are kept for these tests alone."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.getbasetemp() / "cache"))


@pytest.fixture(scope="module")
def pdfs(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Every example, built."""
    folder = tmp_path_factory.mktemp("examples")
    return {
        path.stem: build(validate(load(path)), folder / f"{path.stem}.pdf").product
        for path in EXAMPLES
    }


@pytest.fixture(scope="module")
def ofds(
    pdfs: dict[str, Path], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[str, Converted]]:
    """Every example, converted."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.getbasetemp() / "cache"))
        yield {name: convert_file(pdf) for name, pdf in pdfs.items()}


def bare(text: str) -> str:
    return "".join(text.split())


def parts(path: Path) -> Iterator[tuple[str, ET.Element]]:
    """Every XML file of a package by its name."""
    with zipfile.ZipFile(path) as package:
        for name in package.namelist():
            if name.endswith(".xml"):
                yield name, ET.fromstring(package.read(name))


@pytest.mark.parametrize("name", [path.stem for path in EXAMPLES])
def test_another_reader_reads_the_same_text_page_by_page(
    name: str, pdfs: dict[str, Path], ofds: dict[str, Converted]
) -> None:
    made = ofds[name]
    assert made.remarks == ()
    sheets = read(pdfs[name]).sheets
    with ofdkit.open(made.path) as document:
        assert len(document.pages) == len(sheets)
        for page, sheet in zip(document.pages, sheets, strict=True):
            wanted = "".join(line.text for line in sheet.lines)
            if sheet.turned_lines:  # in what order they are read is the reader's affair
                wanted += "".join(line.text for line in sheet.turned_lines)
                assert sorted(bare(page.text())) == sorted(bare(wanted))
            else:
                assert bare(page.text()) == bare(wanted)


def test_the_same_pdf_gives_the_same_bytes(pdfs: dict[str, Path], tmp_path: Path) -> None:
    pdf = pdfs["attachments"]
    one, two = (convert_file(pdf, tmp_path / name).path for name in ("一.ofd", "二.ofd"))
    assert one.read_bytes() == two.read_bytes()


def test_what_the_document_is_and_what_travels_are_told(tmp_path: Path) -> None:
    source = write(tmp_path, ["一段。"], 标题="关于甲与乙<丙>的通知", 关键词=["版式", "文件"])
    pdf = build(validate(load(source)), tmp_path / "文.pdf").product
    assert main(["ofd", str(pdf)]) == 0
    path = tmp_path / "文.ofd"
    with ofdkit.open(path) as document:
        assert document.info.title == "关于甲与乙<丙>的通知"
        assert document.info.keywords == ("版式", "文件")
    files = dict(parts(path))
    listed = files["Doc_0/Attachs/Attachments.xml"].findall(f"{OFD}Attachment")
    carried = attached(pdf)
    assert [one.get("Name") for one in listed] == [one.name for one in carried]
    with zipfile.ZipFile(path) as package:
        for one, file in zip(listed, carried, strict=True):
            location = one.findtext(f"{OFD}FileLoc")
            assert package.read(f"Doc_0/Attachs/{location}") == file.content


def test_the_outline_leads_where_that_of_the_pdf_leads(
    pdfs: dict[str, Path], tmp_path: Path
) -> None:
    pdf = pdfs["everything"]
    files = dict(parts(convert_file(pdf, tmp_path / "文.ofd").path))
    document = files["Doc_0/Document.xml"]
    pages = [page.get("ID") for page in document.iter(f"{OFD}Page")]
    told = [
        (one.get("Title"), 1 + pages.index(one.find(f".//{OFD}Dest").get("PageID")))  # type: ignore[union-attr]
        for one in document.iter(f"{OFD}OutlineElem")
    ]
    assert told == [(entry.title, entry.page) for entry in read(pdf).facts.outline]


@pytest.mark.parametrize("name", [path.stem for path in EXAMPLES])
def test_every_glyph_stands_where_it_stands_in_the_pdf(
    name: str, pdfs: dict[str, Path], ofds: dict[str, Converted]
) -> None:
    pdf, ofd = read(pdfs[name]), read(ofds[name].path)
    found = agreement(pdf, ofd)
    assert found.findings == ()
    assert found.farthest_mm < 0.05
    assert outcomes(check(ofd)) == outcomes(check(pdf))


def outcomes(report: Report) -> dict[str, str]:
    return {result.rule.identifier: str(result.outcome) for result in report.results}


@pytest.mark.parametrize("name", ["attachments", "everything", "joint", "letter"])
def test_each_element_is_as_the_standard_has_it(name: str, ofds: dict[str, Converted]) -> None:
    files = dict(parts(ofds[name].path))
    assert {part: list(faults(root)) for part, root in files.items()} == {
        part: [] for part in files
    }
    ids = [
        element.get("ID", "")
        for part, root in files.items()
        for element in root.iter()
        if "ID" in element.attrib and "Attach" not in part
    ]
    assert len(ids) == len(set(ids))
    most = files["Doc_0/Document.xml"].findtext(f".//{OFD}MaxUnitID")
    assert most == str(max(map(int, ids)))


def test_links_lead_where_those_of_the_pdf_lead(tmp_path: Path) -> None:
    """An address within a line, and an entry of the contents of a bundle."""
    writer = PdfWriter(clone_from=publish(write(tmp_path, ["详见办事指南，按要求办理。"])))
    line = read(tmp_path / "source.pdf").sheets[0].line("办事指南")
    x_mm, y_mm, size_mm = line.chars[2].x_mm, 297 - line.baseline_mm, line.size_mm
    edges = (x_mm, y_mm - 1, x_mm + 4 * size_mm, y_mm + size_mm)
    box = RectangleObject([at / MM_PER_PT for at in edges])
    writer.add_annotation(0, Link(rect=box, url="https://example.com/a?b=1&c=2"))
    pdf = tmp_path / "文.pdf"
    writer.write(pdf)
    page = dict(parts(convert_file(pdf).path))["Doc_0/Pages/Page_0/Content.xml"]
    linked = [one for one in page.iter(f"{OFD}TextObject") if one.find(f"{OFD}Actions") is not None]
    (address,) = [one.find(f".//{OFD}URI") for one in linked]
    assert address is not None
    assert address.get("URI") == "https://example.com/a?b=1&c=2"
    assert [one.findtext(f"{OFD}TextCode") for one in linked] == ["办事指南"]
    assert agreement(read(pdf), read(tmp_path / "文.ofd")).findings == ()

    bound = convert_file(samples.mixed().publication.product, tmp_path / "汇编.ofd")
    files = dict(parts(bound.path))
    ids = [page.get("ID") for page in files["Doc_0/Document.xml"].iter(f"{OFD}Page")]
    led = {
        one.findtext(f"{OFD}TextCode"): ids.index(target.get("PageID")) + 1
        for name, root in files.items()
        if "/Pages/" in name
        for one in root.iter(f"{OFD}TextObject")
        if (target := one.find(f".//{OFD}Dest")) is not None
    }
    assert {led[title] for title in ("关于公文版面的通知", "说明", "讲话")} == {7, 11, 15}
    assert "目　录" not in led
    assert all(list(faults(root)) == [] for root in files.values())


def test_a_difference_from_the_pdf_is_told(pdfs: dict[str, Path], tmp_path: Path) -> None:
    """One glyph a tenth of a millimetre off, a character changed, a page gone: each is seen."""
    (tmp_path / "文.pdf").write_bytes(pdfs["notice"].read_bytes())
    path = convert_file(tmp_path / "文.pdf").path
    assert main(["verify", str(path)]) == 0
    sound = unpacked(path.read_bytes())
    name = "Doc_0/Pages/Page_0/Content.xml"
    page = sound[name].decode()
    changed = {
        "位置不同": page.replace(' X="1.393"', ' X="1.493"', 1),
        "文字不同": page.replace("通知", "通告"),
        "颜色不同": page.replace('Value="255 0 0"/><ofd:TextCode', 'Value="0 0 0"/><ofd:TextCode'),
    }
    for message, content in changed.items():
        assert content != page
        path.write_bytes(packed_again(sound | {name: content.encode()}))
        found = agreement(read(tmp_path / "文.pdf"), read(path))
        assert [message in str(finding) for finding in found.findings] == [True]
        assert main(["verify", str(path)]) == 1


def test_faces_travel_as_truetype_under_a_name_of_their_own(
    pdfs: dict[str, Path], tmp_path: Path
) -> None:
    files = unpacked(convert_file(pdfs["everything"], tmp_path / "文.ofd").path.read_bytes())
    resources = ET.fromstring(files["Doc_0/PublicRes.xml"])
    names = []
    for font in resources.iter(f"{OFD}Font"):
        program = files[f"Doc_0/Res/{font.findtext(f'{OFD}FontFile')}"]
        face = TTFont(BytesIO(program), lazy=True)
        assert program.startswith(b"\0\1\0\0")
        assert {"cmap", "glyf", "head", "hhea", "hmtx", "loca", "maxp", "name", "OS/2", "post"} <= (
            set(face.keys())
        )
        assert face["name"].getDebugName(6) == font.get("FontName")
        names.append(font.get("FontName"))
    assert len(names) == len(set(names))
    assert not any("+" in name for name in names)


def test_what_is_bound_numbered_and_sealed_is_carried(tmp_path: Path) -> None:
    """A bundle with pages of other producers, a copy with its number, a seal that signs."""
    bound = samples.mixed().publication.product
    numbered = placed(tmp_path / "份")
    distribution(tmp_path / "份", "收件:\n  - 简称: 甲局\n    份号: [7]\n")
    assert main(["copies", str(numbered), "-o", str(tmp_path / "分发")]) == 0
    (copy,) = (tmp_path / "分发").rglob("*甲局*.pdf")
    for pdf in (bound, copy):
        made = convert_file(pdf, tmp_path / f"{pdf.stem}.ofd")
        found = agreement(read(pdf), read(made.path))
        assert found.findings == ()
        assert made.remarks == ()
    assert "000007" in read(made.path).sheets[0].text


def test_a_seal_lies_under_the_words_that_it_is_pressed_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("YINFA_PASSPHRASE", certificates.PASSPHRASE)
    pdf = document(tmp_path)
    key = certificates.p12(tmp_path, certificates.office())
    signed = tmp_path / "签.pdf"
    arguments = ["--key", str(key), "--seal", str(seal(tmp_path, "RGB")), "-o", str(signed)]
    assert main(["sign", str(pdf), *arguments]) == 0
    made = convert_file(signed)
    assert made.remarks == ("第1页签名或图章的样子照画，签名本身不带进 OFD",)
    assert agreement(read(signed, as_shown=True), read(made.path)).findings == ()
    page = dict(parts(made.path))["Doc_0/Pages/Page_0/Content.xml"]
    kinds = [one.tag.removeprefix(OFD) for one in page.find(f".//{OFD}Layer") or ()]
    assert kinds[0] == "ImageObject"
    assert "ImageObject" not in kinds[1:]


def test_build_makes_both_and_keeps_both_fresh(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "source").mkdir()
    source = write(tmp_path / "source", ["一段。"])
    ofd = tmp_path / "build" / "表格与图的编排.ofd"
    assert main(["build"]) == 0
    assert not ofd.exists()
    assert main(["build", "--ofd"]) == 0
    first = ofd.read_bytes()
    capsys.readouterr()
    assert main(["build", "--ofd"]) == 0
    assert "没有变化" in capsys.readouterr().out
    ofd.unlink()
    assert main(["build"]) == 0  # what was asked for once is kept
    assert ofd.read_bytes() == first
    source.write_text(source.read_text("utf-8").replace("一段", "又一段"), "utf-8")
    assert main(["build"]) == 0
    assert "又一段" in read(ofd).sheets[0].text


def test_a_house_asks_for_ofd_beside_every_pdf(tmp_path: Path) -> None:
    source = write(tmp_path, ["一段。"])
    (tmp_path / "house.yaml").write_text("版式: [pdf, ofd]\n", "utf-8")
    assert main(["build", str(source), "-o", str(tmp_path / "文.pdf")]) == 0
    assert (tmp_path / "文.ofd").is_file()


def test_kept_glyphs_count_only_where_nobody_else_could_write_them(
    pdfs: dict[str, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    right = convert_file(pdfs["order"], tmp_path / "文.ofd").path.read_bytes()
    kept = sorted((tmp_path / "cache" / "yinfa" / "glyphs").iterdir())
    assert kept
    for path in kept:
        whole = path.read_bytes()
        for spoilt in (whole[:-1], whole[:99] + bytes([whole[99] ^ 1]) + whole[100:], b""):
            path.write_bytes(spoilt)
            assert convert_file(pdfs["order"], tmp_path / "文.ofd").path.read_bytes() == right
        path.chmod(0o666)
        assert convert_file(pdfs["order"], tmp_path / "文.ofd").path.read_bytes() == right
        assert path.stat().st_mode & 0o077 == 0o044  # written anew


RIVALS = sorted((ROOT / "tests" / "data" / "rivals").glob("*.pdf"))


@pytest.mark.parametrize("pdf", RIVALS, ids=[path.stem for path in RIVALS])
def test_pages_of_other_programs_are_carried_the_same(pdf: Path, tmp_path: Path) -> None:
    """Pages by LibreOffice, XeLaTeX and Typst, whose faces are TrueType as well as CFF."""
    made = convert_file(pdf, tmp_path / "文.ofd")
    found = agreement(read(pdf), read(made.path))
    assert made.remarks == ()
    assert found.findings == ()
    assert found.farthest_mm < 0.05


def test_the_real_document_is_carried_the_same(report: Publication, tmp_path: Path) -> None:
    made = convert_file(report.product, tmp_path / "文.ofd")
    found = agreement(read(report.product), read(made.path))
    assert (found.pages, found.findings) == (10, ())
    assert found.farthest_mm < 0.05
