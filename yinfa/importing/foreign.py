"""Files that are no text and no .docx: what they are, what to do, and LibreOffice where it is."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

PATIENCE_SECONDS = 180
_SAVE = "请用 Word 或 WPS 打开，另存为 .docx 再导入"
_BEGINNING = 4096  # bytes that say what a file is


@dataclass(frozen=True, slots=True)
class ForeignKind:
    """A kind of file that is not read; *filter* is what LibreOffice reads it with, if it does.

    Left to itself, LibreOffice takes a damaged file for text.
    """

    message: str
    hint: str
    suffix: str = ""
    filter: str = ""


_SIGNATURES = (
    (
        b"%PDF",
        ForeignKind("是 PDF 文件", "请用它的 Word 原稿，或在 Word、WPS 里打开后另存为 .docx"),
    ),
    (
        b"\xd0\xcf\x11\xe0",
        ForeignKind(
            "是旧格式的 Word、WPS 文件，或加了密码的文件",
            "请用 Word 或 WPS 打开，另存为 .docx（不加密码）再导入",
            ".doc",
            "MS Word 97",
        ),
    ),
    (b"{\\rtf", ForeignKind("是 RTF 文件", _SAVE, ".rtf", "Rich Text Format")),
    (b"\x89PNG", ForeignKind("是图片", "请先识别成文字")),
    (b"\xff\xd8\xff", ForeignKind("是图片", "请先识别成文字")),
)
_HTML = ForeignKind("是网页文件（HTML），不是 Word 文件", _SAVE)
_MHT = ForeignKind("是单个文件的网页（MHT），不是 Word 文件", _SAVE)
_XML = ForeignKind("是 Word 的 XML 文件，不是 .docx", _SAVE)
ODT = ForeignKind("是 OpenDocument 文件", "请另存为 .docx 再导入", ".odt", "writer8")


def foreign_kind(data: bytes) -> ForeignKind | None:
    """What kind of foreign file *data* is; None for text and packages."""
    for signature, kind in _SIGNATURES:
        if data.startswith(signature):
            return kind
    head = data[:_BEGINNING].removeprefix(b"\xef\xbb\xbf").replace(b"\0", b"").lstrip().lower()
    head = head.removeprefix(b"\xff\xfe").removeprefix(b"\xfe\xff")
    if head.startswith((b"<!doctype html", b"<html", b"<head", b"<meta ")):
        return _HTML
    if head.startswith(b"mime-version:") or b"content-type: multipart/related" in head[:1000]:
        return _MHT
    if head.startswith(b"<?xml"):
        if b"<html" in head:
            return _HTML
        if any(name in head for name in (b"word.document", b"pkg:package", b"worddocument")):
            return _XML
    return None


def as_docx(data: bytes, kind: ForeignKind) -> bytes | None:
    """*data* as LibreOffice makes a .docx of it; None where it is not installed or cannot."""
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if not (program and kind.suffix):
        return None
    with tempfile.TemporaryDirectory(prefix="yinfa-") as name:
        folder = Path(name)
        given = folder / f"in{kind.suffix}"
        given.write_bytes(data)
        command = [
            program, "--headless", "--norestore",
            f"-env:UserInstallation={folder.as_uri()}/profile",  # no other LibreOffice is asked
            f"--infilter={kind.filter}", "--convert-to", "docx:MS Word 2007 XML",
            "--outdir", name, str(given),
        ]  # fmt: skip
        try:
            subprocess.run(command, capture_output=True, timeout=PATIENCE_SECONDS, check=False)
            return (folder / "in.docx").read_bytes()
        except (OSError, subprocess.SubprocessError):
            return None
