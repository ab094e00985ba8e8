"""An OFD has the pages, the text and the files of the PDF that it was made from."""

from __future__ import annotations

import xml.etree.ElementTree as ET
import zipfile
from collections.abc import Iterator
from pathlib import Path

import ofdkit
import pytest
from conftest import ROOT
from making import write

from yinfa.cli import main
from yinfa.load import load
from yinfa.ofd.convert import convert_file
from yinfa.pdf.enclosures import attached
from yinfa.reading import read
from yinfa.recipe import build
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
    name: str, pdfs: dict[str, Path], tmp_path: Path
) -> None:
    made = convert_file(pdfs[name], tmp_path / "文.ofd")
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
