"""Picture files as they may travel and be drawn: nothing private in them, no foreign fonts."""

from __future__ import annotations

from dataclasses import replace

from yinfa.files import FileContent
from yinfa.pictures.raster import bare_jpeg, bare_png
from yinfa.pictures.svg import bare_svg

PNG = b"\x89PNG\r\n\x1a\n"
JPEG = b"\xff\xd8\xff"


def bare(content: bytes) -> bytes:
    """*content* without what says who made it, where, when and with what; drawn it looks alike."""
    if content.startswith(PNG):
        return bare_png(content)
    if content.startswith(JPEG):
        return bare_jpeg(content)
    return bare_svg(content)


def is_svg(content: bytes) -> bool:
    """Whether a picture that was found fit is an SVG."""
    return not content.startswith((PNG, JPEG))


def bared(file: FileContent) -> FileContent:
    """*file*, known as it was read, with the content that may travel."""
    return replace(file, content=bare(file.content))
