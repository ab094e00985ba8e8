"""Pictures too coarse for print, told by name, place and size."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from yinfa.pdf import resolved
from yinfa.pdf.objects import DictionaryObject
from yinfa.printing.original import PressPages
from yinfa.reading import DrawnPicture, read

LEAST_DPI = 200
TOLD = 20  # a scanned book has as many coarse pictures as pages
MM_PER_INCH = 25.4


def coarse_pictures(
    original: PressPages, files: Sequence[Path] = (), scale: float = 1.0
) -> Iterator[str]:
    """What to say of each picture under 200 dpi as it is printed, its page at this *scale*.

    *files* are where the pictures are from.

    Only pages that have pictures are read, which is what makes it quick.
    """
    pages = [
        number
        for number, page in enumerate(original.pages, 1)
        if _has_picture(resolved(page.form)["/Resources"])
    ]
    if not pages:
        return
    names = _by_pixels(files)
    coarse = [
        (sheet.number, picture)
        for sheet in read(original.path, pages).sheets
        for picture in sheet.pictures
        if _dpi(picture) / scale < LEAST_DPI
    ]
    for number, picture in coarse[:TOLD]:
        name = names.get(picture.pixels, "图")
        width_mm, height_mm = (length * scale for length in _size_mm(picture))
        yield (
            f"第{number}页的{name}（{width_mm:.0f}×{height_mm:.0f} 毫米）"
            f"只有 {_dpi(picture) / scale:.0f} dpi，"
            f"印出来不清楚；请换成 {LEAST_DPI} dpi 以上的，或印小些"
        )
    if len(coarse) > TOLD:
        yield f"另有 {len(coarse) - TOLD} 幅图不到 {LEAST_DPI} dpi"


def _dpi(picture: DrawnPicture) -> float:
    width_mm, height_mm = _size_mm(picture)
    across, down = picture.pixels
    return min(across / width_mm, down / height_mm) * MM_PER_INCH


def _size_mm(picture: DrawnPicture) -> tuple[float, float]:
    return max(picture.x1_mm - picture.x0_mm, 0.01), max(picture.y1_mm - picture.y0_mm, 0.01)


def _has_picture(resources: Any) -> bool:
    """Whether a raster picture is drawn with *resources*, also within forms."""
    waiting, seen = [resolved(resources)], set()
    while waiting:
        found = waiting.pop()
        if not isinstance(found, DictionaryObject) or id(found) in seen:
            continue
        seen.add(id(found))
        for drawn in map(resolved, (resolved(found.get("/XObject")) or {}).values()):
            if isinstance(drawn, DictionaryObject):
                if drawn.get("/Subtype") == "/Image":
                    return True
                waiting.append(resolved(drawn.get("/Resources")))
    return False


def _by_pixels(files: Sequence[Path]) -> dict[tuple[int, int], str]:
    """The names of raster files by their size in pixels, where that tells them apart."""
    from PIL import Image, UnidentifiedImageError

    names: dict[tuple[int, int], list[str]] = {}
    for path in files:
        try:
            with Image.open(path) as picture:
                names.setdefault(picture.size, []).append(path.name)
        except (OSError, UnidentifiedImageError):
            continue  # a drawing has no pixels
    return {size: f"图“{found[0]}”" for size, found in names.items() if len(found) == 1}
