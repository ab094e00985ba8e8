"""Pages as pictures, as a viewer shows them: where something is printed, whatever it is."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from yinfa.reading.sheets import MM_PER_PT

if TYPE_CHECKING:
    from PIL.Image import Image


def page_images(path: Path, dots_per_mm: float) -> Iterator[Image]:
    """A grey picture of each page of the PDF at *path*, which is to be one of common size."""
    import pypdfium2

    document = pypdfium2.PdfDocument(path)
    try:
        for page in document:
            yield page.render(scale=dots_per_mm * MM_PER_PT).to_pil().convert("L")
            page.close()
    finally:
        document.close()
