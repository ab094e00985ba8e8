"""Judges from outside: every PDF keeps to PDF/A-3a and PDF/UA-1, and they notice when one does not.

veraPDF, qpdf and poppler come by ``make judges``; page-validation needs nothing but itself.
"""

from __future__ import annotations

import io
import re
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import page
import pytest
from archive import NOTICE, made, notice, written
from pypdf import PdfReader, PdfWriter
from pypdf.generic import DecodedStreamObject, NameObject

from tools import verapdf
from yinfa import pdf
from yinfa.batch.documents import NOT_DOCUMENTS
from yinfa.recipe import Publication

SHELF = Path(__file__).parent.parent / "source"
SOURCES = sorted(path for path in SHELF.rglob("*.yaml") if path.name not in NOT_DOCUMENTS)
CLASSIFIED = NOTICE + "密级: 机密★1年\n份号: 12\n"
ORDER = "文种: 命令\n发文机关: ×××市人民政府\n令号: 第1号\n标题: 任免\n正文: [一段。]\n"


@pytest.fixture(scope="module")
def examples(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """A document of every kind."""
    folder = tmp_path_factory.mktemp("examples")
    found = {"notice": notice()}
    for name, text in {"classified": CLASSIFIED, "order": ORDER}.items():
        found[name] = made(written(folder, text, f"{name}.yaml")).content
    return found


def quick(content: bytes) -> list[str]:
    """What page-validation finds."""
    return [
        f"{profile} {failure.rule_id} {failure.message}"
        for profile in ("3a", "ua1")
        for failure in page.validate_pdf_bytes(content, profile=profile).failures
    ]


def judged(content: bytes, folder: Path) -> list[str]:
    """What veraPDF finds."""
    path = folder / "judged.pdf"
    path.write_bytes(content)
    return verapdf.failures(path)


# --- what is right ---------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["notice", "classified", "order"])
def test_page_validation_finds_nothing(examples: dict[str, bytes], name: str) -> None:
    assert quick(examples[name]) == []


def test_page_validation_finds_nothing_in_the_real_document(report: Publication) -> None:
    assert quick(report.product.read_bytes()) == []


@pytest.mark.judge
@pytest.mark.slow
@pytest.mark.parametrize("name", ["notice", "classified", "order"])
def test_verapdf_finds_nothing(examples: dict[str, bytes], name: str, tmp_path: Path) -> None:
    assert judged(examples[name], tmp_path) == []


@pytest.mark.judge
@pytest.mark.slow
@pytest.mark.parametrize("source", SOURCES, ids=lambda path: path.stem)
def test_verapdf_finds_nothing_in_what_comes_with_the_program(source: Path, tmp_path: Path) -> None:
    content = made(source).content
    assert judged(content, tmp_path) == []
    assert quick(content) == []


@pytest.mark.judge
@pytest.mark.parametrize("name", ["notice", "classified", "order"])
def test_qpdf_finds_nothing(examples: dict[str, bytes], name: str, tmp_path: Path) -> None:
    path = tmp_path / "checked.pdf"
    path.write_bytes(examples[name])
    found = subprocess.run(("qpdf", "--check", path), capture_output=True, text=True, check=False)
    assert found.returncode == 0, found.stdout + found.stderr
    assert "WARNING" not in found.stdout + found.stderr


@pytest.mark.judge
def test_poppler_copies_the_text_of_the_source(report: Publication) -> None:
    shown = subprocess.run(
        ("pdftotext", "-raw", report.product, "-"), capture_output=True, text=True, check=True
    )
    original = Path(__file__).parent / "data" / "attachment-2.txt"
    wanted = original.read_text("utf-8").replace("附件2：", "附件2")
    copied = re.sub(r"— *\d+ *—", "", shown.stdout)
    assert re.sub(r"\s", "", copied) == re.sub(r"\s", "", wanted)


# --- what is wrong ---------------------------------------------------------------------------


def spoilt(change: Callable[[PdfWriter], None]) -> bytes:
    writer = pdf.clone(notice())
    change(writer)
    return pdf.to_bytes(writer)


def naive_stamp(writer: PdfWriter) -> None:
    """A number on a page, as one would merge it without a thought."""
    font = writer.pages[0]["/Resources"]["/Font"]
    name = next(iter(font))
    drawing = f"BT {name} 12 Tf 300 40 Td <0001> Tj ET\n"
    pdf.stamp(writer, writer.pages[0], drawing, {})


def without_schema(writer: PdfWriter) -> None:
    """The packet without the declaration of its own properties."""
    stream: Any = writer.root_object["/Metadata"]
    packet = stream.get_data().decode()
    shorter = re.sub(
        r"<rdf:Description[^>]*pdfaExtension.*?</rdf:Description>", "", packet, flags=re.S
    )
    assert shorter != packet
    stream.set_data(shorter.encode())


def untagged_figure(writer: PdfWriter) -> None:
    """The picture drawn outside all marked content."""
    sheet = writer.pages[2]
    drawn = sheet.get_contents().get_data()
    loose = re.sub(
        rb"/\w+\s+<</MCID \d+>>\s+BDC((?:(?!EMC).)*? Do\b.*?)EMC", rb"\1", drawn, flags=re.S
    )
    assert loose != drawn
    stream = DecodedStreamObject()
    stream.set_data(loose)
    sheet[NameObject("/Contents")] = writer._add_object(stream)


def silent_figure(writer: PdfWriter) -> None:
    """A figure that says nothing to those who cannot see it."""
    for found in writer._objects:
        if isinstance(found, dict) and found.get("/S") == "/Figure":
            del found["/Alt"]


def appended(_: Any = None) -> bytes:
    """Two files joined, tags and intents lost on the way."""
    writer = PdfWriter()
    writer.append(PdfReader(io.BytesIO(notice())))
    writer.append(PdfReader(io.BytesIO(notice())))
    target = io.BytesIO()
    writer.write(target)
    return target.getvalue()


def locked() -> bytes:
    writer = PdfWriter(clone_from=io.BytesIO(notice()))
    writer.encrypt("", owner_password="secret", algorithm="RC4-128")
    target = io.BytesIO()
    writer.write(target)
    return target.getvalue()


WRONG = {
    "naive stamp": (lambda: spoilt(naive_stamp), "PDF/UA-1 7.1-3"),
    "no schema": (lambda: spoilt(without_schema), "PDF/A-3a 6.6.2.3"),
    "untagged figure": (lambda: spoilt(untagged_figure), "PDF/UA-1 7.1-3"),
    "silent figure": (lambda: spoilt(silent_figure), "PDF/UA-1 7.3-1"),
    "appended": (appended, "PDF/A-3a 6.7"),
    "locked": (locked, "PDF/A-3a 6.1.3"),
}


@pytest.mark.judge
@pytest.mark.slow
@pytest.mark.parametrize("name", WRONG)
def test_verapdf_is_awake(name: str, tmp_path: Path) -> None:
    spoil, clause = WRONG[name]
    found = judged(spoil(), tmp_path)
    assert any(failure.startswith(clause) for failure in found), found


@pytest.mark.parametrize("name", WRONG)
def test_page_validation_is_awake(name: str) -> None:
    spoil, _ = WRONG[name]
    assert quick(spoil())


@pytest.mark.judge
def test_a_machine_without_java_fails_loudly(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def missing() -> None:
        raise verapdf.CannotJudge("Java 没有启动")

    monkeypatch.setattr(verapdf, "_start", missing)
    monkeypatch.setattr(verapdf, "_java", lambda name: verapdf._start())
    verapdf._profile.cache_clear()
    assert verapdf.main(["any.pdf"]) == 2
    assert "不能检验" in capsys.readouterr().err
    verapdf._profile.cache_clear()
