"""What pdfium does not tell of the objects of a PDF: glyph numbers, masks of pictures, blending."""

from __future__ import annotations

import hashlib
import logging
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

MAPPINGS = re.compile(rb"begin(bfchar|bfrange)(.*?)end\1", re.DOTALL)
TOKENS = re.compile(rb"<([0-9A-Fa-f\s]*)>|(\[)|(\])")
MOST_CODES = 65536
EIGHT_BITS = 8


@dataclass(frozen=True, slots=True)
class Mask:
    """The opacity of a picture, a byte a pixel, row by row from the top."""

    width: int
    height: int
    content: bytes


@dataclass(frozen=True)
class Objects:
    """What was found in a file."""

    glyphs: Mapping[str, Mapping[str, int]]  # by the font's name: glyph numbers by character
    masks: Mapping[bytes, Mask | None]  # by the digest of the picture; None: of an unusual kind
    blends: Mapping[int, frozenset[str]]  # by page from 1: blend modes other than Normal


@dataclass
class _Gathering:
    glyphs: dict[str, dict[str, int] | None] = field(default_factory=dict)
    masks: dict[bytes, Mask | None] = field(default_factory=dict)
    blends: dict[int, set[str]] = field(default_factory=dict)


def objects(path: Path) -> Objects:
    """The objects of the PDF at *path*, of which pdfium has read the pages."""
    from pypdf import PdfReader

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    reader = PdfReader(path, strict=False)
    if reader.is_encrypted:
        reader.decrypt("")
    found = _Gathering()
    seen: dict[int, Any] = {}  # by identity, which holds only while they are kept
    for number, page in enumerate(reader.pages, 1):
        blends = found.blends.setdefault(number, set())
        _gather(_value(page, "/Resources"), found, blends, seen, set())
        for appearance in _appearances(page):
            _gather(_value(appearance, "/Resources"), found, blends, seen, set())
    return Objects(
        {name: glyphs for name, glyphs in found.glyphs.items() if glyphs},
        found.masks,
        {page: frozenset(blends) for page, blends in found.blends.items()},
    )


def digest(content: bytes) -> bytes:
    return hashlib.sha256(content).digest()


def _gather(
    resources: Any, found: _Gathering, blends: set[str], known: dict[int, Any], open_: set[int]
) -> None:
    """Collects from *resources* and from the forms drawn with them."""
    if resources is None or id(resources) in open_:
        return
    open_ = open_ | {id(resources)}
    for state in _values(resources, "/ExtGState"):
        modes = _value(state, "/BM")
        for mode in modes if isinstance(modes, list) else [modes]:
            if mode not in (None, "/Normal", "/Compatible"):
                blends.add(str(mode).lstrip("/"))
    for font in _values(resources, "/Font"):
        if id(font) not in known:
            known[id(font)] = font
            name = str(font.get("/BaseFont", "")).lstrip("/")
            # Two fonts of one name cannot be told apart by what pdfium says of them.
            found.glyphs[name] = None if name in found.glyphs else _glyphs(font)
    for drawn in _values(resources, "/XObject"):
        if drawn.get("/Subtype") == "/Image":
            if id(drawn) not in known:
                known[id(drawn)] = drawn
                if any(key in drawn for key in ("/SMask", "/Mask", "/ImageMask", "/Decode")):
                    found.masks[digest(drawn._data)] = _mask(drawn)
        else:
            _gather(_value(drawn, "/Resources"), found, blends, known, open_)


def _appearances(page: Any) -> Iterator[Any]:
    """What the annotations of a page look like."""
    for reference in _value(page, "/Annots") or ():
        shown = _value(_value(reference.get_object(), "/AP") or {}, "/N")
        if hasattr(shown, "get") and "/Resources" in shown:
            yield shown


def _glyphs(font: Any) -> dict[str, int] | None:
    """The glyph numbers of a composite font whose codes are glyph numbers; None for others."""
    if font.get("/Subtype") != "/Type0" or font.get("/Encoding") != "/Identity-H":
        return None
    described = _value(font, "/DescendantFonts")[0].get_object()
    if _value(described, "/CIDToGIDMap") not in (None, "/Identity"):
        return None
    unicode_map = _value(font, "/ToUnicode")
    if unicode_map is None:
        return None
    glyphs: dict[str, int] = {}
    for code, text in _codes(unicode_map.get_data()):
        if len(text) == 1 and glyphs.setdefault(text, code) != code:
            return None  # two shapes of one character, which the character does not tell apart
    return glyphs


def _codes(cmap: bytes) -> Iterator[tuple[int, str]]:
    """Codes and the text that they stand for, from a CMap of ISO 32000 9.10.3."""
    left = MOST_CODES
    for section in MAPPINGS.finditer(cmap):
        tokens = [
            match.group(1) if match.group(1) is not None else match.group(0)
            for match in TOKENS.finditer(section.group(2))
        ]
        if section.group(1) == b"bfchar":
            for code, text in zip(tokens[::2], tokens[1::2], strict=False):
                yield int(code, 16), _text(text)
            continue
        at = 0
        while at + 2 < len(tokens) and left > 0:
            first, last = int(tokens[at], 16), int(tokens[at + 1], 16)
            at += 2
            if tokens[at] == b"[":
                end = tokens.index(b"]", at)
                yield from enumerate(map(_text, tokens[at + 1 : end]), first)
                at = end + 1
                continue
            start = _text(tokens[at])
            at += 1
            count = min(last - first + 1, left)
            left -= count
            for step in range(count if start else 0):
                yield first + step, start[:-1] + chr(ord(start[-1]) + step)


def _text(token: bytes) -> str:
    return bytes.fromhex(token.decode("ascii")).decode("utf-16-be", "replace")


def _mask(picture: Any) -> Mask | None:
    """The mask of a picture, of the usual kind."""
    mask = _value(picture, "/SMask")
    if mask is None or any(key in picture for key in ("/Mask", "/ImageMask", "/Decode")):
        return None
    if mask.get("/BitsPerComponent") != EIGHT_BITS or "/Decode" in mask or "/Matte" in mask:
        return None
    if mask.get("/Filter") not in ("/FlateDecode", None):
        return None
    width, height = int(mask["/Width"]), int(mask["/Height"])
    content = mask.get_data()
    return Mask(width, height, content) if len(content) == width * height else None


def _values(resources: Any, key: str) -> Iterator[Any]:
    for reference in (_value(resources, key) or {}).values():
        value = reference.get_object()
        if hasattr(value, "get"):
            yield value


def _value(mapping: Any, key: str) -> Any:
    value = mapping.get(key)
    return value.get_object() if value is not None else None
