"""The PDF that is to be protected, signed or verified, and what that needs on this machine."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from yinfa.pdf.opening import damaged, read_whole, signatures
from yinfa.report import Finding, Place, SetupFault

PACKAGES = ("cryptography", "pyhanko")


@dataclass(frozen=True, slots=True)
class PdfFile:
    """A PDF as it stands in its file."""

    path: Path
    content: bytes
    pages: int
    signatures: int


def read_original(path: Path) -> PdfFile:
    """The PDF at *path*; a ReadingFault where it cannot be had whole."""
    reader = read_whole(path)
    stream: Any = reader.stream
    try:
        return PdfFile(path, stream.getvalue(), len(reader.pages), signatures(reader))
    except Exception as error:  # damage has many shapes
        raise damaged(path) from error


def need_packages(path: Path, target: str) -> None:
    """A SetupFault where the packages of the extra ``sign`` are not installed."""
    if any(find_spec(name) is None for name in PACKAGES):
        message = "没有安装加密和签名用的软件包"
        hint = f"请运行 make {target}，它会先装好；或运行 pip install 'yinfa[sign]'"
        raise SetupFault((Finding(Place(path), message, hint),))
