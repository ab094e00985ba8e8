"""A finished PDF of any origin: opened whole, or refused by name."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pypdf.errors import DependencyError, FileNotDecryptedError

from yinfa.pdf import resolved
from yinfa.pdf.objects import PdfReader
from yinfa.reading.intact import is_intact
from yinfa.report import Finding, Place, ReadingFault, system_reason, unreadable

# What pypdf lets rise from an encrypted file, the other without the packages of the extra "sign".
LOCKED = (FileNotDecryptedError, DependencyError)
TAIL_BYTES = 2048  # a whole file ends with its mark; some programs write a little behind it

logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # what matters becomes a fault


def read_whole(path: Path) -> PdfReader:
    """The PDF at *path*; a ReadingFault where it is none, is cut off, encrypted or damaged."""
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        raise unreadable(path, "没有这个文件", "请核对文件名和所在的文件夹") from None
    except IsADirectoryError:
        raise unreadable(path, "这是文件夹，不是 PDF 文件", "请写出文件夹里的 PDF 文件名") from None
    except OSError as error:
        raise unreadable(
            path, f"文件打不开（{system_reason(error)}）", "请检查文件和读取权限"
        ) from None
    if not content:
        raise unreadable(path, "文件是空的（0 字节）", "请重新导出这个 PDF")
    if b"%PDF-" not in content[:1024]:
        hint = "请给出 PDF；是 YAML 的，先排成 PDF（在 build/ 里）"
        raise unreadable(path, "这不是 PDF 文件", hint)
    if b"%%EOF" not in content[-TAIL_BYTES:]:
        raise unreadable(path, "PDF 不完整，末尾缺了一截", "请重新传送或重新导出这个 PDF")
    if not is_intact(content):
        raise damaged(path)
    try:
        reader = PdfReader(io.BytesIO(content))
        if reader.is_encrypted:
            raise _encrypted(path)
        count = len(reader.pages)
    except ReadingFault:
        raise
    except LOCKED:
        raise _encrypted(path) from None
    except Exception as error:  # damage has many shapes
        raise damaged(path) from error
    if not count:
        raise unreadable(path, "PDF 里一页也没有", "请检查导出这个 PDF 的步骤")
    return reader


def _encrypted(path: Path) -> ReadingFault:
    return unreadable(path, "PDF 已加密，取不出其中的页面", "请向制作的人要没有加密的 PDF")


def damaged(path: Path, page: int = 0) -> ReadingFault:
    """The fault of a file, or a page of it, that cannot be read."""
    what = "这一页已损坏，印不出来" if page else "PDF 已损坏，打不开"
    return unreadable(path, what, "请重新导出或重新传送这个 PDF", page)


def what_is_lost(path: Path, reader: PdfReader) -> Iterator[Finding]:
    """What the PDF has that its pages alone cannot have."""
    form = resolved(resolved(reader.trailer["/Root"]).get("/AcroForm"))
    fields = list(_fields(resolved(form.get("/Fields")) or ())) if form else []
    signed = sum(kind == "/Sig" for kind, _ in fields)
    hint = "确认只用来印刷的，请加 --force；原文件不会改动"
    if signed:
        message = f"PDF 带有 {signed} 处数字签名，印出来的只有图样，没有签名的效力"
        yield Finding(Place(path), message, hint)
    if len(fields) > signed:
        message = f"PDF 里有 {len(fields) - signed} 个表单项，印出来以后不能再填写"
        yield Finding(Place(path), message, hint)
    if form and "/XFA" in form:
        message = "PDF 里有 XFA 表单，各个阅读器显示不同，印出来的可能不全"
        yield Finding(Place(path), message, hint)


def signatures(reader: PdfReader) -> int:
    """How many fields hold a signature."""
    form = resolved(reader.root_object.get("/AcroForm"))
    fields = _fields(resolved(form.get("/Fields")) or ()) if form else ()
    return sum(kind == "/Sig" and filled for kind, filled in fields)


def _fields(fields: Any, kind: str = "", depth: int = 0) -> Iterator[tuple[str, bool]]:
    """The kind of every field that has no fields below it, and whether it holds a value."""
    for field in map(resolved, fields):
        own = str(field.get("/FT", kind))
        kids = [kid for kid in map(resolved, resolved(field.get("/Kids")) or ()) if "/T" in kid]
        if kids and depth < 32:
            yield from _fields(kids, own, depth + 1)
        else:
            yield own, "/V" in field
