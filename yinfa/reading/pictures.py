"""The pictures of a PDF as files, without loss: a JPEG as it is, all else as PNG."""

from __future__ import annotations

import ctypes
from collections.abc import Mapping
from io import BytesIO
from typing import Any

import pypdfium2.raw as pdfium

from yinfa.reading.objects import Mask, digest
from yinfa.reading.paint import PictureFile
from yinfa.reading.painting import Unpaintable

JPEG_FILTER = b"DCTDecode"
FILTER_NAME = 32
ODD_MASK = "有蒙版特殊的图片"
JPEG_SPACES = frozenset(
    {pdfium.FPDF_COLORSPACE_DEVICEGRAY, pdfium.FPDF_COLORSPACE_DEVICERGB,
     pdfium.FPDF_COLORSPACE_CALGRAY, pdfium.FPDF_COLORSPACE_CALRGB}
)  # fmt: skip
LAYOUTS = {  # of pdfium's bitmaps: mode of PIL, and how its bytes lie
    pdfium.FPDFBitmap_Gray: ("L", "L"),
    pdfium.FPDFBitmap_BGR: ("RGB", "BGR"),
    pdfium.FPDFBitmap_BGRx: ("RGB", "BGRX"),
}


def image(item: Any, page: Any, masks: Mapping[bytes, Mask | None]) -> tuple[bytes, PictureFile]:
    """The digest of a picture object, and its file; raises Unpaintable where it has none.

    pdfium knows nothing of the picture's mask: *masks* has them by digest.
    """
    raw = _data(pdfium.FPDFImageObj_GetImageDataRaw, item)
    key = digest(raw)
    mask = None
    if key in masks:
        mask = masks[key]
        if mask is None:
            raise Unpaintable(ODD_MASK)
    if mask is None and _is_plain_jpeg(item, page):
        return key, PictureFile("JPEG", raw)
    return key, PictureFile("PNG", _png(item, mask))


def _is_plain_jpeg(item: Any, page: Any) -> bool:
    if pdfium.FPDFImageObj_GetImageFilterCount(item) != 1:
        return False
    name = ctypes.create_string_buffer(FILTER_NAME)
    length = pdfium.FPDFImageObj_GetImageFilter(item, 0, name, FILTER_NAME)
    if name.raw[: max(length - 1, 0)] != JPEG_FILTER:
        return False
    metadata = pdfium.FPDF_IMAGEOBJ_METADATA()
    pdfium.FPDFImageObj_GetImageMetadata(item, page, ctypes.byref(metadata))
    return metadata.colorspace in JPEG_SPACES


def _png(item: Any, mask: Mask | None) -> bytes:
    from PIL import Image as Picture

    bitmap = pdfium.FPDFImageObj_GetBitmap(item)
    if not bitmap:
        raise Unpaintable("有读不出的图片")
    try:
        layout = LAYOUTS.get(pdfium.FPDFBitmap_GetFormat(bitmap))
        if layout is None:
            raise Unpaintable(ODD_MASK)
        size = pdfium.FPDFBitmap_GetWidth(bitmap), pdfium.FPDFBitmap_GetHeight(bitmap)
        stride = pdfium.FPDFBitmap_GetStride(bitmap)
        pixels = ctypes.string_at(pdfium.FPDFBitmap_GetBuffer(bitmap), stride * size[1])
    finally:
        pdfium.FPDFBitmap_Destroy(bitmap)
    picture = Picture.frombuffer(layout[0], size, pixels, "raw", layout[1], stride, 1)
    if mask is not None:
        if (mask.width, mask.height) != size:
            raise Unpaintable(ODD_MASK)
        opacity = Picture.frombytes("L", size, mask.content)
        picture = picture.convert("LA" if layout[0] == "L" else "RGBA")
        picture.putalpha(opacity)
    file = BytesIO()
    picture.save(file, "PNG")
    return file.getvalue()


def _data(call: Any, item: Any) -> bytes:
    length = call(item, None, 0)
    buffer = (ctypes.c_uint8 * length)()
    call(item, buffer, length)
    return bytes(buffer)
