"""What a PDF says about itself: metadata, tags, labels, outline, fonts."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

DEEPEST = 64  # levels of structure
SUBSET = re.compile(r"^[A-Z]{6}\+")
COLLECTIONS = frozenset({"GB1", "CNS1", "Japan1", "Korea1"})  # of Adobe, ISO 32000 9.7.5.2


@dataclass(frozen=True, slots=True)
class FontFact:
    """One font of the file."""

    name: str  # without the subset tag
    kind: str  # Type0, TrueType, Type1, Type3
    embedded: bool
    subset: bool
    to_unicode: bool  # has /ToUnicode, or an encoding that readers know by heart


@dataclass(frozen=True, slots=True)
class OutlineEntry:
    title: str
    level: int  # from 1
    page: int  # from 1; 0 where it leads nowhere


@dataclass(frozen=True, slots=True)
class Facts:
    """What a file says of itself; None where its format has no place for saying it."""

    title: str
    author: str
    language: str | None
    producer: str
    tagged: bool | None
    encrypted: bool
    page_labels: tuple[str, ...]
    outline: tuple[OutlineEntry, ...]
    fonts: tuple[FontFact, ...]


def facts(path: Path) -> Facts:
    """The facts of the PDF at *path*, which pdfium could open."""
    from pypdf import PdfReader

    # A file that others made badly is our material, not news for the user's terminal.
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    reader = PdfReader(path, strict=False)
    encrypted = reader.is_encrypted
    if encrypted:
        reader.decrypt("")
    root: Any = reader.trailer["/Root"]
    info = reader.metadata
    mark_info = _value(root, "/MarkInfo") or {}
    return Facts(
        title=_text(info.title if info else ""),
        author=_text(info.author if info else ""),
        language=_text(_value(root, "/Lang")),
        producer=_text(info.producer if info else ""),
        tagged=bool(_value(mark_info, "/Marked")) and "/StructTreeRoot" in root,
        encrypted=encrypted,
        page_labels=tuple(reader.page_labels) if "/PageLabels" in root else (),
        outline=tuple(_outline(reader, reader.outline, 1)),
        fonts=tuple(sorted(_fonts(reader), key=lambda font: font.name)),
    )


def figure_pages(path: Path) -> frozenset[int]:
    """The pages of the PDF at *path*, from 1, that are tagged as one figure over the whole page."""
    from pypdf import PdfReader

    reader = PdfReader(path, strict=False)
    tree = _value(reader.trailer["/Root"], "/StructTreeRoot") or {}
    numbers = {page.indirect_reference: number for number, page in enumerate(reader.pages, 1)}
    found = set()
    for element in _elements(tree, 0):
        if element.get("/S") != "/Figure" or "/Pg" not in element:
            continue
        number = numbers.get(element.raw_get("/Pg"))
        box = _value(_value(element, "/A") or {}, "/BBox")
        if number and box and _covers(box, reader.pages[number - 1].mediabox):
            found.add(number)
    return frozenset(found)


def _elements(element: Any, depth: int) -> Iterator[Any]:
    """Every structure element below *element*."""
    kids = _value(element, "/K")
    for kid in kids if isinstance(kids, list) else [kids]:
        found: Any = kid.get_object() if kid is not None else None
        if hasattr(found, "get") and "/S" in found and depth < DEEPEST:
            yield found
            yield from _elements(found, depth + 1)


def _covers(box: Any, page: Any) -> bool:
    return all(abs(float(edge) - float(other)) < 1 for edge, other in zip(box, page, strict=True))


def _outline(reader: Any, entries: Any, level: int) -> Iterator[OutlineEntry]:
    for entry in entries:
        if isinstance(entry, list):
            yield from _outline(reader, entry, level + 1)
        else:
            page = reader.get_destination_page_number(entry)
            yield OutlineEntry(_text(entry.title), level, 0 if page is None else page + 1)


def _fonts(reader: Any) -> set[FontFact]:
    found: dict[int, FontFact] = {}
    seen: set[int] = set()
    for page in reader.pages:
        resources = page.get("/Resources")
        if resources is not None:
            _fonts_of(resources.get_object(), found, seen)
    return set(found.values())


def _fonts_of(resources: Any, found: dict[int, FontFact], seen: set[int]) -> None:
    """Collects the fonts of *resources* and of the forms drawn with them, each once."""
    if id(resources) in seen:
        return
    seen.add(id(resources))
    for reference in (_value(resources, "/Font") or {}).values():
        font = reference.get_object()
        if id(font) not in found:
            found[id(font)] = _font(font)
    for reference in (_value(resources, "/XObject") or {}).values():
        form = reference.get_object()
        inner = _value(form, "/Resources")
        if inner is not None:
            _fonts_of(inner, found, seen)


def _font(font: Any) -> FontFact:
    kind = str(font.get("/Subtype", "")).lstrip("/")
    described = font
    if kind == "Type0":
        described = _value(font, "/DescendantFonts")[0].get_object()
    descriptor = _value(described, "/FontDescriptor") or {}
    name = str(font.get("/BaseFont", "")).lstrip("/")
    embedded = kind == "Type3" or any(
        key in descriptor for key in ("/FontFile", "/FontFile2", "/FontFile3")
    )
    # A simple font with a named encoding is readable without a map of its own, and so is one whose
    # glyphs are numbered as in a collection that readers know.
    simple = kind in {"TrueType", "Type1", "MMType1"} and "/Encoding" in font
    collection = str((_value(described, "/CIDSystemInfo") or {}).get("/Ordering", ""))
    return FontFact(
        name=SUBSET.sub("", name),
        kind=kind,
        embedded=embedded,
        subset=bool(SUBSET.match(name)),
        to_unicode="/ToUnicode" in font or simple or collection in COLLECTIONS,
    )


def _value(mapping: Any, key: str) -> Any:
    value = mapping.get(key)
    return value.get_object() if value is not None else None


def _text(value: object) -> str:
    return "" if value is None else str(value).strip()
