"""An office's own seal picture as the look of a signature: read, and put where 7.3.5.1 wants it."""

from __future__ import annotations

import io
import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PIL import Image, ImageOps

from yinfa.model import Sealing
from yinfa.pdf import PT_PER_MM
from yinfa.pdf.enclosures import UNREADABLE
from yinfa.pdf.objects import PdfReader
from yinfa.reading import read
from yinfa.recognising import recognise
from yinfa.recognising.paper import Specimen, Spot, SpotKind
from yinfa.recognising.signature import sealing
from yinfa.report import Finding, ReadingFault, system_reason, unreadable
from yinfa.report import Place as Where
from yinfa.securing.original import PdfFile

DROP_MM = 2.5  # how far the middle of name and date lies under the seal's, 7.3.5.1
CLEARANCE_MM = 0.5  # between seal and text
LARGEST_PIXELS = 25_000_000
LARGEST_BYTES = 50_000_000
FORMATS = ("PNG", "JPEG")
RGB, RGBA = "RGB", "RGBA"
ABOVE = (SpotKind.TEXT, SpotKind.ATTACHMENT_LIST, SpotKind.ATTENDANCE)
PLACE_HINT = "请用 --at 写明盖在哪里：页码,左,上（离页面左上角的毫米数），如 --at 3,110,150"

Extent = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Corner:
    """The upper left corner of a seal: its page from 1, and millimetres from that page's corner."""

    page: int
    left_mm: float
    top_mm: float


def read_picture(path: Path) -> Any:
    """The picture at *path*, RGB or RGBA, upright; a ReadingFault where it cannot be had."""
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST_BYTES + 1)
    except FileNotFoundError:
        raise unreadable(path, "没有这个文件", "请核对印章图片的文件名") from None
    except OSError as error:
        raise unreadable(path, f"文件打不开（{system_reason(error)}）", "请检查读取权限") from None
    if len(content) > LARGEST_BYTES:
        message = f"图片太大，超过 {LARGEST_BYTES / 1e6:.0f} MB"
        raise unreadable(path, message, "600 像素见方已足够清晰，请缩小")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            picture = Image.open(io.BytesIO(content), formats=FORMATS)
        if picture.width * picture.height > LARGEST_PIXELS:
            raise unreadable(path, "图片太大，超过 2500 万像素", "600 像素见方已足够清晰，请缩小")
        upright: Any = ImageOps.exif_transpose(picture)
        return upright.convert(RGBA if upright.has_transparency_data else RGB)
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        message = "不是完好的 PNG 或 JPEG 图片"
        raise unreadable(path, message, "请用看图软件另存为 PNG，底色透明") from error


def find_corner(path: Path, width_mm: float, height_mm: float) -> Corner:
    """Where a seal stands over issuer and date of the PDF *path*; a fault where that is unclear."""
    paper = recognise(read(path).sheets)
    dates = paper.of(SpotKind.DATE, 0)
    signers = [
        spot for spot in paper.of(SpotKind.SIGNER, 0) if dates and spot.page == dates[-1].page
    ]
    if len(signers) != 1 or len(signers[0].line.pieces) > 1:
        message = "找不到单独一个署名和它下面的成文日期，定不出印章的位置（联合行文要自己写明）"
        raise _no_place(path, message)
    (signer,), date = signers, dates[-1]
    if _is_sealed(paper, date):
        hint = "这份 PDF 不必再加印章图样：不写 --seal，只加签名"
        raise unreadable(path, "署名处已印有印章", hint, date.page)
    if sealing(paper) is not Sealing.SEAL:
        raise _no_place(path, "署名和日期的位置不是盖印章的（成文日期不在署名正下方）", date.page)
    middle_mm = (signer.line.em_top_mm + date.line.em_bottom_mm) / 2 - DROP_MM
    top_mm = middle_mm - height_mm / 2
    above = [s.line.em_bottom_mm for s in _above(paper, signer)]
    if above:
        # Its top stands within one 行 of the text; the date stands one below the issuer.
        line_mm = date.line.baseline_mm - signer.line.baseline_mm
        top_mm = min(max(top_mm, max(above) + CLEARANCE_MM), max(above) + line_mm)
    return Corner(date.page, date.line.middle_mm - width_mm / 2, top_mm)


def _is_sealed(paper: Specimen, date: Spot) -> bool:
    """Whether a seal, or any picture, lies over *date* already."""
    pictures = paper.sheet(date.page).pictures
    extents = [(each.x0_mm, each.y0_mm, each.x1_mm, each.y1_mm) for each in pictures]
    extents += [extent for page, extent in paper.seals if page == date.page]
    x_mm, y_mm = date.line.middle_mm, date.line.baseline_mm
    return any(left < x_mm < right and top < y_mm < bottom for left, top, right, bottom in extents)


def _above(paper: Specimen, signer: Spot) -> Sequence[Spot]:
    """The text above *signer* on its page."""
    return [
        spot
        for spot in paper.on_page[signer.page]
        if spot.kind in ABOVE and spot.line.baseline_mm < signer.line.baseline_mm
    ]


def _no_place(path: Path, message: str, page: int = 0) -> ReadingFault:
    return ReadingFault((Finding(Where(path, page=page), message, PLACE_HINT),))


def box_on_page(original: PdfFile, corner: Corner, width_mm: float, height_mm: float) -> Extent:
    """Left, bottom, right, top in points of the page; a fault where it has no such place."""
    if not 1 <= corner.page <= original.pages:
        message = f"没有第{corner.page}页，这份 PDF 共 {original.pages} 页"
        raise _no_place(original.path, message)
    crop_left, crop_bottom, crop_right, crop_top = _upright_crop(original, corner.page)
    left, top = crop_left + corner.left_mm * PT_PER_MM, crop_top - corner.top_mm * PT_PER_MM
    right, bottom = left + width_mm * PT_PER_MM, top - height_mm * PT_PER_MM
    if left < crop_left or right > crop_right or bottom < crop_bottom or top > crop_top:
        message = (
            f"印章超出页面：左 {corner.left_mm:.1f} 毫米，上 {corner.top_mm:.1f} 毫米，"
            f"大小 {width_mm:.0f}×{height_mm:.0f} 毫米"
        )
        raise _no_place(original.path, message, corner.page)
    return left, bottom, right, top


def _upright_crop(original: PdfFile, number: int) -> Extent:
    """What is shown of a page that is neither turned nor scaled; a fault where it is."""
    try:
        page = PdfReader(io.BytesIO(original.content)).pages[number - 1]
        crop = page.cropbox
        edges = float(crop.left), float(crop.bottom), float(crop.right), float(crop.top)
        usual = page.rotation == 0 and float(page.get("/UserUnit", 1)) == 1
    except UNREADABLE as error:
        hint = "请重新导出或重新传送这个 PDF"
        raise unreadable(original.path, "这一页已损坏，读不出它的大小", hint, number) from error
    if not usual:
        message = "这一页是转过方向或改过单位的，不能加印章图样"
        raise _no_place(original.path, message, number)
    return edges
