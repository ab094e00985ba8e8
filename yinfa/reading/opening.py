"""A path into a Reading, or a fault that says why the file cannot be read."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from functools import cached_property
from os import SEEK_END
from pathlib import Path
from typing import Any, TypeVar

from yinfa.reading.facts import Facts, facts, figure_pages
from yinfa.reading.intact import is_intact
from yinfa.reading.sheets import Sheet
from yinfa.report import ReadingFault, system_reason, unreadable

Answer = TypeVar("Answer")

NO_PASSWORD = 4  # FPDF_ERR_PASSWORD
HEAD_BYTES = 1024  # readers accept the signature anywhere in the first kilobyte
OFD = ".ofd"
TAIL_BYTES = 4096  # and the end mark not far from the end


@dataclass(frozen=True)
class Reading:
    """A file that has been read: its sheets now, its facts when they are asked for."""

    path: Path
    sheets: tuple[Sheet, ...]

    @cached_property
    def facts(self) -> Facts:
        return self._asked(facts)

    @cached_property
    def figure_pages(self) -> frozenset[int]:
        """The pages, from 1, that are tagged as one figure."""
        return self._asked(figure_pages)

    def _asked(self, ask: Callable[[Path], Answer]) -> Answer:
        try:
            return ask(self.path)
        except Exception as error:  # the object reader meets damage in many shapes
            raise unreadable(
                self.path, "PDF 的内部结构已损坏，读不出字体和标题等信息", "请重新导出这个 PDF"
            ) from error


def read(path: Path, numbers: Collection[int] | None = None, *, as_shown: bool = False) -> Reading:
    """The PDF or OFD at *path* as sheets; a ReadingFault where that cannot be had.

    With *numbers*, which count from 1, only those pages of a PDF are read; *as_shown* with what
    its signatures and stamps look like.
    """
    path = Path(path)
    if path.suffix.lower() == OFD:
        from yinfa.reading.ofd import read_ofd

        return read_ofd(path)
    with opened(path) as document:
        return Reading(path, _sheets(document, path, numbers, as_shown=as_shown))


@contextlib.contextmanager
def opened(path: Path) -> Iterator[Any]:
    """The PDF at *path*, open in pdfium; a ReadingFault where it does not open."""
    _look_at(path)
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        raise _unopened(path, getattr(error, "err_code", None)) from error
    try:
        if not is_intact(path.read_bytes()):  # pdfium has mended it by guess
            message = "PDF 已损坏：对象的位置表对不上，读到的可能不全"
            raise unreadable(path, message, "请重新导出或重新传送这个 PDF")
        yield document
    finally:
        document.close()


def open_page(document: Any, path: Path, index: int) -> Any:
    """A page of an open document, *index* from 0; a ReadingFault where it does not open."""
    import pypdfium2

    try:
        return document[index]
    except pypdfium2.PdfiumError as error:
        raise unreadable(
            path, "这一页已损坏，打不开", "请重新导出这个 PDF", page=index + 1
        ) from error


def open_page_as_shown(document: Any, path: Path, index: int) -> tuple[Any, bool]:
    """A page, and whether its signatures and stamps show anything.

    What they look like is made part of the page, in memory alone.
    """
    import pypdfium2.raw as pdfium

    page = open_page(document, path, index)
    shown = False
    for number in range(pdfium.FPDFPage_GetAnnotCount(page.raw)):
        annotation = pdfium.FPDFPage_GetAnnot(page.raw, number)
        kind = pdfium.FPDFAnnot_GetSubtype(annotation)
        if kind in (pdfium.FPDF_ANNOT_WIDGET, pdfium.FPDF_ANNOT_STAMP):
            rect = pdfium.FS_RECTF()
            pdfium.FPDFAnnot_GetRect(annotation, rect)
            shown = shown or (rect.right > rect.left and rect.top > rect.bottom)
        pdfium.FPDFPage_CloseAnnot(annotation)
    if not shown:
        return page, False
    pdfium.FPDFPage_Flatten(page.raw, pdfium.FLAT_NORMALDISPLAY)
    page.close()
    return open_page(document, path, index), True


def _sheets(
    document: Any, path: Path, numbers: Collection[int] | None, *, as_shown: bool
) -> tuple[Sheet, ...]:
    from yinfa.reading.pages import sheet

    found = []
    for index in range(len(document)):
        if numbers is not None and index + 1 not in numbers:
            continue
        if as_shown:
            page, _ = open_page_as_shown(document, path, index)
        else:
            page = open_page(document, path, index)
        found.append(sheet(document.raw, page.raw, index + 1, document.get_page_label(index)))
        page.close()
    return tuple(found)


def _look_at(path: Path) -> None:
    """Raises the fault of a file that is not there, is empty or is no PDF."""
    try:
        with path.open("rb") as file:
            head = file.read(HEAD_BYTES)
            file.seek(max(file.seek(0, SEEK_END) - TAIL_BYTES, 0))
            tail = file.read()
    except FileNotFoundError as error:
        raise unreadable(path, "没有这个文件", "请检查文件名和所在的文件夹") from error
    except IsADirectoryError as error:
        hint = "请写出文件夹里的 PDF 文件名"
        raise unreadable(path, "这是文件夹，不是 PDF 文件", hint) from error
    except OSError as error:
        reason = system_reason(error)
        raise unreadable(path, f"文件打不开（{reason}）", "请检查读取权限") from error
    if not head:
        raise unreadable(path, "文件是空的（0 字节）", "请重新导出这个 PDF")
    if b"%PDF-" not in head:
        raise unreadable(path, "这不是 PDF 文件", "请先把文档导出为 PDF，再来检查")
    if b"%%EOF" not in tail:
        raise unreadable(path, "PDF 不完整，后面缺了一截", "请重新传送或重新导出这个 PDF")


def _pages(path: Path) -> int | None:
    """How many pages a file that pdfium does not open says it has; None where nobody can tell."""
    from pypdf import PdfReader

    try:
        root: Any = PdfReader(path, strict=False).trailer["/Root"]
        return int(root["/Pages"]["/Count"])
    except Exception:  # a damaged file, in any of many ways
        return None


def _unopened(path: Path, code: int | None) -> ReadingFault:
    # A file without a page sets no code: what is there then is that of a file before it.
    if _pages(path) == 0:
        return unreadable(path, "PDF 里一页也没有", "请检查导出这个 PDF 的步骤")
    if code == NO_PASSWORD:
        return unreadable(path, "PDF 已加密，没有密码打不开", "请用未加密的 PDF 检查")
    return unreadable(path, "PDF 已损坏，打不开", "请重新导出或重新传送这个 PDF")
