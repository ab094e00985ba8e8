"""A source file becomes a text or Word file beside it."""

from __future__ import annotations

from pathlib import Path

from yinfa.arrange import arrange
from yinfa.exporting.text import as_text
from yinfa.load import load
from yinfa.publish import write_whole
from yinfa.report import Finding, OutputFault, Place
from yinfa.validate import validate


def export_file(source: Path, product: Path | None = None) -> Path:
    """Where the document of *source* now stands as text or, for a .docx, as a Word file."""
    product = product or source.with_suffix(".txt")
    kind = product.suffix.lower()
    if kind not in (".txt", ".docx"):
        raise _refused(product, "只能导出 .txt 和 .docx", "请用 -o 写出以它们结尾的文件名")
    if product.exists():
        raise _refused(product, "已有同名的文件，不覆盖它", "请先移走它，或用 -o 另起名字")
    order = arrange(validate(load(source)))
    if kind == ".docx":
        from yinfa.exporting.word import as_word

        write_whole(product, as_word(order))
    else:
        write_whole(product, as_text(order).encode())
    return product


def _refused(path: Path, message: str, hint: str) -> OutputFault:
    return OutputFault((Finding(Place(path), message, hint),))
