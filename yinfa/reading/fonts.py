"""The fonts of a PDF as pdfium has them: their names, weight and programs."""

from __future__ import annotations

import ctypes
import re
from dataclasses import dataclass
from typing import Any

import pypdfium2.raw as pdfium

from yinfa.reading.names import decoded, face_names

SUBSET = re.compile(r"^[A-Z]{6}\+")
BOLD_NAME = re.compile(r"bold|black|heavy", re.IGNORECASE)
BOLD_FLAG = 1 << 18  # ForceBold of a font descriptor
NAME_LENGTH = 256


@dataclass(frozen=True, slots=True)
class Font:
    """What a font says of itself."""

    name: str
    family: str
    bold: bool
    tagged: str  # the name as the PDF has it


def font_of(handle: Any) -> Font:
    """A font by what the PDF calls it, and by the names in its program where that is embedded."""
    tagged = _name(pdfium.FPDFFont_GetBaseFontName, handle)
    name = SUBSET.sub("", tagged)
    family = ""
    # What pdfium says of a font that is not embedded is said of the one it puts in its place.
    if pdfium.FPDFFont_GetIsEmbedded(handle) == 1:
        known = (_name(pdfium.FPDFFont_GetFamilyName, handle), *face_names(program_of(handle)))
        family = " ".join(dict.fromkeys(SUBSET.sub("", one) for one in known if one))
    flags = pdfium.FPDFFont_GetFlags(handle)
    bold = bool(BOLD_NAME.search(f"{name} {family}")) or (flags > 0 and bool(flags & BOLD_FLAG))
    return Font(name, family, bold, tagged)


def _name(call: Any, font: Any) -> str:
    buffer = ctypes.create_string_buffer(NAME_LENGTH)
    length = call(font, buffer, NAME_LENGTH)
    return decoded(buffer.raw[: length - 1]) if 0 < length <= NAME_LENGTH else ""


def program_of(font: Any) -> bytes:
    """The embedded program of *font*."""
    length = ctypes.c_size_t()
    if not pdfium.FPDFFont_GetFontData(font, None, 0, ctypes.byref(length)):
        return b""
    buffer = (ctypes.c_uint8 * length.value)()
    pdfium.FPDFFont_GetFontData(font, buffer, length.value, ctypes.byref(length))
    return bytes(buffer)
