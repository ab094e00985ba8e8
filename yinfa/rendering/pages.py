"""The door of WeasyPrint: HTML whose lines and pages are settled becomes a PDF.

Nothing is fetched but the files named beforehand: no network, no other folder.
"""

from __future__ import annotations

import functools
import logging
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from yinfa.rendering import engine

if TYPE_CHECKING:
    from weasyprint.text.fonts import FontConfiguration

VARIANT = "pdf/a-3a"


@dataclass(frozen=True, slots=True)
class Html:
    """A page of HTML and the only files it may load, by the URL it names them with.

    Each is a path or, where it was read already, what it holds.
    """

    text: str
    files: Mapping[str, Path | bytes]


class RendererComplained(Exception):
    """The renderer warned about HTML of our own making: our mistake, not the user's."""


@dataclass
class Unfit(Exception):
    """Files of the HTML that are what they seem, and yet cannot be drawn."""

    urls: frozenset[str]


def paginate(html: Html) -> bytes:
    """*html* as PDF/A-3a, before finishing; nothing in it is compressed yet."""
    weasyprint = engine.weasyprint()
    complaints = _Complaints()
    logger = logging.getLogger("weasyprint")
    logger.addHandler(complaints)
    try:
        document = weasyprint.HTML(string=html.text, url_fetcher=_fetcher(html.files))
        content: bytes = document.write_pdf(
            font_config=_font_configuration(tempfile.gettempdir()),
            pdf_variant=VARIANT,
            pdf_identifier=False,  # finishing gives the identifier, and compresses
            uncompressed_pdf=True,
        )
    finally:
        logger.removeHandler(complaints)
    if unfit := [url for url in html.files if any(url in said for said in complaints.messages)]:
        raise Unfit(frozenset(unfit))
    if complaints.messages:
        raise RendererComplained("; ".join(complaints.messages[:5]))
    return content


@functools.lru_cache(maxsize=2)
def _font_configuration(_folder: str) -> FontConfiguration:
    """One for all documents of a run: a face is copied, into the run's folder, and scanned once."""
    from weasyprint.text.fonts import FontConfiguration

    return FontConfiguration()


def _fetcher(files: Mapping[str, Path | bytes]) -> Any:
    """A fetcher that knows *files* and refuses everything else."""
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class NamedFiles(URLFetcher):  # type: ignore[misc]
        def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> URLFetcherResponse:
            if url not in files:
                raise ValueError(f"not a file of this document: {url}")
            file = files[url]
            return URLFetcherResponse(url, file.read_bytes() if isinstance(file, Path) else file)

    return NamedFiles(fail_on_errors=True)


class _Complaints(logging.Handler):
    """Keeps what the renderer warns about."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append(record.getMessage())
