"""The links of a page of pdfium: where they are, and where they lead."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator, Sequence
from typing import Any

import pypdfium2.raw as pdfium

from yinfa.reading.pages import frame_of
from yinfa.reading.paint import PageLink

MOST_LINKS = 10_000


def links(document: Any, page: Any, pages: Sequence[Any]) -> Iterator[PageLink]:
    """The links on *page*, one of the open *pages*, that lead to an address or to a page."""
    frame = frame_of(page.raw)
    position, link, rect = ctypes.c_int(0), pdfium.FPDF_LINK(), pdfium.FS_RECTF()
    for _ in range(MOST_LINKS):
        if not pdfium.FPDFLink_Enumerate(page.raw, position, link):
            return
        pdfium.FPDFLink_GetAnnotRect(link, rect)
        x0, y0 = frame.mm(rect.left, rect.top)
        x1, y1 = frame.mm(rect.right, rect.bottom)
        box = (min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))
        action = pdfium.FPDFLink_GetAction(link)
        if action and pdfium.FPDFAction_GetType(action) == pdfium.PDFACTION_URI:
            if address := _address(document, action):
                yield PageLink(box, address)
            continue
        target = pdfium.FPDFLink_GetDest(document.raw, link)
        index = pdfium.FPDFDest_GetDestPageIndex(document.raw, target) if target else -1
        if 0 <= index < len(pages):
            yield PageLink(box, "", index + 1, *_place(target, pages[index]))


def _address(document: Any, action: Any) -> str:
    length = pdfium.FPDFAction_GetURIPath(document.raw, action, None, 0)
    buffer = ctypes.create_string_buffer(max(length, 1))
    pdfium.FPDFAction_GetURIPath(document.raw, action, buffer, length)
    address = buffer.raw[: max(length - 1, 0)].decode("utf-8", "replace")
    return address if address.isprintable() else ""


def _place(target: Any, page: Any) -> tuple[float, float]:
    """Where on its page a destination is, in mm; its corner where it does not say."""
    known = [ctypes.c_int() for _ in range(3)]
    x, y, zoom = (ctypes.c_float() for _ in range(3))
    pdfium.FPDFDest_GetLocationInPage(target, *known, x, y, zoom)
    if not known[0].value or not known[1].value:
        return 0.0, 0.0
    left_mm, top_mm = frame_of(page.raw).mm(x.value, y.value)
    return max(left_mm, 0.0), max(top_mm, 0.0)
