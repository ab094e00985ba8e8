"""From a text to its PDF and back, and the PDF of every skeleton."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from test_importing import REAL, TEXTS, read, squeezed

from yinfa.arrange import arrange
from yinfa.exporting.lines import export_lines
from yinfa.exporting.text import as_text
from yinfa.importing.convert import import_file
from yinfa.model import Document
from yinfa.reading import read as read_pdf
from yinfa.recipe import make
from yinfa.skeletons import new_source

ALL = [*TEXTS, REAL]
TYPE_AREA_FOOT_MM = 262  # 5.2.1; only folios stand below
FORMS = ("通知", "请示", "函", "令", "纪要", "附件", "总结", "办法")


def printed(document: Document, folder: Path) -> str:
    """All that stands on the pages of *document*, folios aside, without white space."""
    product = folder / "成品.pdf"
    product.write_bytes(make(document, folder).content)
    return squeezed(
        "".join(
            line.text
            for sheet in read_pdf(product).sheets
            for line in sheet.lines
            if line.baseline_mm < TYPE_AREA_FOOT_MM
        )
    )


def said(document: Document) -> str:
    return squeezed(
        "".join(words for line in export_lines(arrange(document)) for words in line.words)
    )


@pytest.mark.slow
@pytest.mark.parametrize("path", ALL, ids=lambda path: path.stem)
def test_what_is_printed_is_what_was_imported(path: Path, tmp_path: Path) -> None:
    document = read(import_file(path, tmp_path / "甲.yaml").path)
    found, wanted = printed(document, tmp_path), said(document)
    if len(document.letterhead.mark) > 1:  # 7.2.4: 文件 stands beside the names, between them
        assert Counter(found) == Counter(wanted)
    else:
        assert found == wanted


@pytest.mark.slow
def test_the_real_text_goes_to_print_whole(tmp_path: Path) -> None:
    document = read(import_file(REAL, tmp_path / "附件2.yaml").path)
    text = squeezed(REAL.read_text("utf-8")).replace("附件2：", "附件2", 1)  # 7.3.7: no colon
    assert printed(document, tmp_path) == text


@pytest.mark.slow
@pytest.mark.parametrize("word", FORMS)
def test_a_skeleton_is_printed_as_it_is(word: str, tmp_path: Path) -> None:
    document = read(new_source(word, tmp_path / "甲.yaml"))
    assert Counter(printed(document, tmp_path)) == Counter(said(document))


def test_a_word_file_that_libreoffice_saved(tmp_path: Path) -> None:
    """Its styles say of whole sentences that they are headings, which the text file cannot."""
    notice = next(path for path in TEXTS if path.stem == "通知及附件")
    word = notice.with_name("LibreOffice通知.docx")
    wanted = read(import_file(notice, tmp_path / "甲.yaml").path)
    found = read(import_file(word, tmp_path / "乙.yaml").path)
    assert as_text(arrange(found)) == as_text(arrange(wanted))
