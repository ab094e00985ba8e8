"""Damaged and made-up files are taken or refused with words; none ends in a traceback."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

import pytest
from forms import LETTER, NOTICE, document, printed
from generating.attacks import ATTACKS, attack, spoilt_package

from yinfa.arrange import arrange
from yinfa.check import check
from yinfa.exporting.word import as_word
from yinfa.importing.convert import import_file
from yinfa.issuing.copies import read_original
from yinfa.pdf.objects import PdfWriter
from yinfa.reading import read
from yinfa.reading.intact import is_intact
from yinfa.recognising.format import Format
from yinfa.report import Fault, ReadingFault


@pytest.mark.parametrize("kind", ATTACKS)
@pytest.mark.parametrize("seed", range(6))
def test_a_spoilt_file_is_taken_or_refused_with_a_cure(kind: str, seed: int) -> None:
    assert attack(kind, seed) == []


@pytest.fixture(scope="module")
def whole() -> bytes:
    return printed(NOTICE).path.read_bytes()


def moved(content: bytes) -> bytes:
    """Something more near the front: nothing is where the table says."""
    return content[:200] + b"%" * 50 + content[200:]


def renamed(content: bytes) -> bytes:
    """An object of a PDF with a plain table has another name than the table's."""
    file = io.BytesIO()
    PdfWriter(clone_from=io.BytesIO(content)).write(file)
    return file.getvalue().replace(b"\n5 0 obj", b"\n5 0 obs", 1)


SPOILS: dict[str, Any] = {
    "more at the front": moved,
    "the wrong place": lambda content: content.replace(b"startxref\n", b"startxref\n1"),
    "no place": lambda content: content.replace(b"startxref", b"startxrf "),
    "another object": renamed,
}


@pytest.mark.parametrize("how", SPOILS)
def test_a_pdf_whose_objects_are_not_where_it_says_is_told(
    whole: bytes, tmp_path: Path, how: str
) -> None:
    path = tmp_path / "甲.pdf"
    path.write_bytes(SPOILS[how](whole))
    assert is_intact(whole) and not is_intact(path.read_bytes())
    for opening in (read, check, read_original):
        with pytest.raises(ReadingFault, match="PDF 已损坏"):
            opening(path)


def test_what_stands_before_a_pdf_does_not_count(whole: bytes) -> None:
    assert is_intact(b"HTTP/1.1 200 OK\r\n\r\n" + whole)


def test_any_pdf_may_be_judged_as_a_letter(whole: bytes, tmp_path: Path) -> None:
    path = tmp_path / "甲.pdf"
    path.write_bytes(whole)
    for form in Format:
        assert check(path, form=form).results


def test_a_letter_on_printed_paper_is_judged() -> None:
    report = check(printed(LETTER, 版头="套打").path, document(LETTER, 版头="套打"))
    assert report.results


@pytest.mark.parametrize("rows", ["||||\n||||\n", "| | |\n|---|---|\n| | |\n", "┌─┐\n│ │\n└─┘\n"])
def test_a_text_with_an_empty_table_is_imported(tmp_path: Path, rows: str) -> None:
    path = tmp_path / "甲.txt"
    path.write_text(f"{rows}×××市×××局\n件\n会\n甲乙丙丁\n戊己庚辛\n", "utf-8")
    assert import_file(path).characters >= 14


@pytest.mark.parametrize("encoding", ["gb2312", "big5", "utf-7", "no-such", "rot13", "cp037"])
def test_a_word_file_of_a_foreign_encoding_is_read_or_told(tmp_path: Path, encoding: str) -> None:
    content = as_word(arrange(document(NOTICE)))
    path = tmp_path / "甲.docx"
    path.write_bytes(recoded(content, encoding))
    try:
        import_file(path)
    except Fault as fault:
        assert all(finding.hint for finding in fault.findings)


def recoded(content: bytes, encoding: str) -> bytes:
    """The Word file *content*, whose document says that it is in *encoding*."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as package, zipfile.ZipFile(file, "w") as other:
        for name in package.namelist():
            data = package.read(name)
            if name == "word/document.xml":
                assert b"UTF-8" in data
                data = data.replace(b"UTF-8", encoding.encode(), 1)
            other.writestr(name, data)
    return file.getvalue()


def test_the_same_seed_spoils_alike(whole: bytes) -> None:
    from random import Random

    package = as_word(arrange(document(NOTICE)))
    assert spoilt_package(Random(3), package) == spoilt_package(Random(3), package)
