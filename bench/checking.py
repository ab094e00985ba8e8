"""What `yinfa check` takes for PDFs of ten pages, a hundred, and a thousand."""

from __future__ import annotations

import sys
from pathlib import Path

from pypdf import PdfWriter

TEN, HUNDRED, THOUSAND = 10, 100, 1000
# Whatever it finds in a paper cut off or strung together, the work is what is measured.
CHECK = "import sys; from yinfa.cli import main; main(['check', sys.argv[1]])"


def write_papers(long: Path, folder: Path) -> None:
    """Papers of so many pages from a *long* one."""
    for pages in (TEN, HUNDRED, THOUSAND):
        writer = PdfWriter()
        while len(writer.pages) < pages:
            writer.append(long, pages=(0, min(pages - len(writer.pages), 200)))
        writer.write(folder / name(pages))


def name(pages: int) -> str:
    return f"check-{pages}.pdf"


def command(pages: int) -> tuple[str, ...]:
    return sys.executable, "-c", CHECK, name(pages)
