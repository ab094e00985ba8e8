"""The PDF that is to be protected, signed or verified: opened whole, or refused by name."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from pypdf import PdfReader
from pypdf.errors import FileNotDecryptedError

from yinfa.pdf import resolved
from yinfa.report import Finding, Place, SetupFault, unreadable

HEAD_BYTES = 1024  # readers accept the header anywhere in the first kilobyte
TAIL_BYTES = 2048  # a whole file ends with its mark; some programs write a little behind it
DEEPEST = 32  # of fields within fields
LARGEST_BYTES = 500_000_000
PACKAGES = ("cryptography", "pyhanko")


@dataclass(frozen=True, slots=True)
class Original:
    """A PDF as it stands in its file."""

    path: Path
    content: bytes
    pages: int
    signatures: int


def read_original(path: Path, use: str) -> Original:
    """The PDF at *path*; a ReadingFault where it cannot serve for *use*."""
    content = _content(path)
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # what it cannot read it also raises
    try:
        reader = PdfReader(io.BytesIO(content))
        locked = reader.is_encrypted
        if not locked:
            pages, signatures = len(reader.pages), sum(1 for _ in _signed(reader))
    except FileNotDecryptedError:
        locked = True
    except Exception as error:  # damage has many shapes
        hint = "请重新导出或重新传送这个 PDF"
        raise unreadable(path, "PDF 已损坏，打不开", hint) from error
    if locked:
        raise unreadable(path, f"PDF 已加密，不能{use}", "请用没有加密的那一份")
    if not pages:
        raise unreadable(path, "PDF 里一页也没有", "请检查导出这个 PDF 的步骤")
    return Original(path, content, pages, signatures)


def _content(path: Path) -> bytes:
    hint = "请核对文件名和所在的文件夹"
    try:
        if path.is_dir():
            raise unreadable(path, "这是文件夹，不是 PDF 文件", "请写出文件夹里的 PDF 文件名")
        if path.stat().st_size > LARGEST_BYTES:
            raise unreadable(path, "文件太大，超过 500 MB", "公文不会有这么大，请核对")
        content = path.read_bytes()
    except FileNotFoundError:
        raise unreadable(path, "没有这个文件", hint) from None
    except OSError as error:
        reason = f"文件打不开（{error.strerror}）"
        raise unreadable(path, reason, "请检查文件名和读取权限") from None
    if not content:
        raise unreadable(path, "文件是空的（0 字节）", "请重新导出这个 PDF")
    if b"%PDF-" not in content[:HEAD_BYTES]:
        hint = "请给出 PDF；YAML 文件先用 yinfa build 排成 PDF"
        raise unreadable(path, "这不是 PDF 文件", hint)
    if b"%%EOF" not in content[-TAIL_BYTES:]:
        raise unreadable(path, "PDF 不完整，末尾缺了一截", "请重新传送或重新导出这个 PDF")
    return content


def _signed(reader: PdfReader) -> Iterator[Any]:
    """The fields of *reader* that hold a signature."""
    form = resolved(reader.root_object.get("/AcroForm"))
    yield from _filled(resolved(form.get("/Fields")) or (), "", 0) if form else ()


def _filled(fields: Any, kind: str, depth: int) -> Iterator[Any]:
    for field in map(resolved, fields):
        own = str(field.get("/FT", kind))
        kids = [kid for kid in map(resolved, resolved(field.get("/Kids")) or ()) if "/T" in kid]
        if kids and depth < DEEPEST:
            yield from _filled(kids, own, depth + 1)
        elif own == "/Sig" and "/V" in field:
            yield field


def need_packages(path: Path, target: str) -> None:
    """A SetupFault where the packages of the extra ``sign`` are not installed."""
    if any(find_spec(name) is None for name in PACKAGES):
        message = "没有安装加密和签名用的软件包"
        hint = f"请运行 make {target}，它会先装好；或运行 pip install 'yinfa[sign]'"
        raise SetupFault((Finding(Place(path), message, hint),))
