"""A contact sheet of every example, a picture each, for docs/pictures/.

    python -m bench.pictures

The pages of a document stand side by side, four in a row, small enough for git.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

import pypdfium2
from PIL import Image

from yinfa.load import load
from yinfa.recipe import build
from yinfa.validate import validate

ROOT = Path(__file__).resolve().parent.parent
EXAMPLES = ROOT / "source" / "examples"
PICTURES = ROOT / "docs" / "pictures"
PAGE_PIXELS = 560  # the width of a page
A_ROW = 4
GAP_PIXELS = 8
COLOURS = 64  # black and red with their shades
GROUND = (200, 200, 200)


def main() -> None:
    """Make the contact sheets of all examples anew."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        for source in sorted(EXAMPLES.glob("*.yaml")):
            product = Path(folder) / f"{source.stem}.pdf"
            build(validate(load(source)), product)
            sheet(pages(product)).save(PICTURES / f"{source.stem}.png", optimize=True)


def pages(product: Path) -> list[Image.Image]:
    """Every page of a PDF, upright."""
    document = pypdfium2.PdfDocument(product)
    try:
        return [
            page.render(scale=PAGE_PIXELS / page.get_width()).to_pil().convert("RGB")
            for page in document
        ]
    finally:
        document.close()


def sheet(found: list[Image.Image]) -> Image.Image:
    """Pages side by side on a grey ground, in few colours."""
    wide = max(page.width for page in found) + GAP_PIXELS
    high = max(page.height for page in found) + GAP_PIXELS
    across = min(A_ROW, len(found))
    down = -(-len(found) // A_ROW)
    whole = Image.new("RGB", (across * wide + GAP_PIXELS, down * high + GAP_PIXELS), GROUND)
    for place, page in enumerate(found):
        row, column = divmod(place, A_ROW)
        whole.paste(page, (column * wide + GAP_PIXELS, row * high + GAP_PIXELS))
    return whole.quantize(COLOURS)


if __name__ == "__main__":
    main()
