"""Pictures too coarse for print, told by name, place and size."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from yinfa.pdf import resolved
from yinfa.printing.original import Original
from yinfa.reading import Picture, read

LEAST_DPI = 200
MM_PER_INCH = 25.4
DEEPEST = 8  # forms within forms


def coarse_pictures(original: Original, files: Sequence[Path] = ()) -> Iterator[str]:
    """What to say of each picture under 200 dpi as it is printed; *files* are where they are from.

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
    for sheet in read(original.path, pages).sheets:
        for picture in sheet.pictures:
            dpi = _dpi(picture)
            if dpi < LEAST_DPI:
                name = names.get(picture.pixels, "图")
                size = f"{picture.x1_mm - picture.x0_mm:.0f}×{picture.y1_mm - picture.y0_mm:.0f}"
                yield (
                    f"第{sheet.number}页的{name}（{size} 毫米）只有 {dpi:.0f} dpi，"
                    f"印出来不清楚；请换成 {LEAST_DPI} dpi 以上的，或印小些"
                )


def _dpi(picture: Picture) -> float:
    width_mm = max(picture.x1_mm - picture.x0_mm, 0.01)
    height_mm = max(picture.y1_mm - picture.y0_mm, 0.01)
    across, down = picture.pixels
    return min(across / width_mm, down / height_mm) * MM_PER_INCH


def _has_picture(resources: Any, depth: int = 0) -> bool:
    """Whether a raster picture is drawn with *resources*, also within forms."""
    found = resolved(resources)
    for drawn in map(resolved, (resolved(found.get("/XObject")) or {}).values()):
        if drawn.get("/Subtype") == "/Image":
            return True
        below = drawn.get("/Resources")
        if below is not None and depth < DEEPEST and _has_picture(below, depth + 1):
            return True
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
