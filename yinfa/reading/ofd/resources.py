"""What the pages of an OFD refer to: fonts, pictures, drawing parameters, templates (7.9)."""

from __future__ import annotations

import logging
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

from yinfa.reading.fonts import BOLD_NAME
from yinfa.reading.names import face_names
from yinfa.reading.ofd.package import Element, OfdPackage
from yinfa.reading.ofd.values import children, colour, words
from yinfa.reading.sheets import Colour

WIDE = frozenset("WFA")
MOST_PIXELS = 50_000_000


@dataclass
class OfdFont:
    """A font: its names, and the advances and shapes that its file gives."""

    name: str
    family: str
    bold: bool
    embedded: bool
    program: bytes
    loaded: tuple[Any, dict[int, str]] | None = None

    def advance(self, char: str) -> float:
        """The advance of *char* in ems; by its width class where no file tells."""
        font, characters = self._load()
        name = characters.get(ord(char))
        if font is not None and name is not None:
            try:
                return float(font["hmtx"].metrics[name][0] / font["head"].unitsPerEm)
            except Exception:  # a damaged font, in any of many ways
                self.loaded = (None, {})
        return 1.0 if unicodedata.east_asian_width(char) in WIDE else 0.5

    def reach(self, char: str) -> tuple[float, float] | None:
        """Top and bottom of the shape of *char* in ems; None where no file tells."""
        font, characters = self._load()
        name = characters.get(ord(char))
        if font is None or name is None:
            return None
        try:
            from fontTools.pens.boundsPen import BoundsPen

            glyphs = font.getGlyphSet()
            pen = BoundsPen(glyphs)
            glyphs[name].draw(pen)
            units = font["head"].unitsPerEm
            return (pen.bounds[3] / units, pen.bounds[1] / units) if pen.bounds else None
        except Exception:  # a damaged font, in any of many ways
            self.loaded = (None, {})
            return None

    def _load(self) -> tuple[Any, dict[int, str]]:
        if self.loaded is None:
            self.loaded = (None, {})
            if self.program:
                # A font that others made badly is our material, not news for the user's terminal.
                logging.getLogger("fontTools").setLevel(logging.CRITICAL)
                try:
                    from fontTools.ttLib import TTFont

                    font = TTFont(BytesIO(self.program), lazy=True, fontNumber=0)
                    self.loaded = (font, font.getBestCmap() or {})
                except Exception:  # a damaged font, in any of many ways
                    self.loaded = (None, {})
        return self.loaded


@dataclass(frozen=True, slots=True)
class DrawParam:
    """Drawing parameters, 8.2; what is not given is asked of those that *relative* names."""

    relative: str
    width_mm: str | None
    fill: Element | None
    stroke: Element | None


@dataclass
class OfdResources:
    """All resources of a document, by their identifiers."""

    fonts: dict[str, OfdFont] = field(default_factory=dict)
    media: dict[str, str] = field(default_factory=dict)  # names of parts
    spaces: dict[str, str] = field(default_factory=dict)  # kinds of colour spaces
    params: dict[str, DrawParam] = field(default_factory=dict)
    units: dict[str, Element] = field(default_factory=dict)  # composite objects

    def param(self, key: str | None, depth: int = 0) -> Iterator[DrawParam]:
        """The parameters *key* and those that they rest on."""
        found = self.params.get(key or "")
        if found is not None and depth < 8:
            yield found
            yield from self.param(found.relative, depth + 1)

    def colour(self, element: Element | None) -> tuple[Colour, int] | None:
        """A colour and its alpha; None where it is neither, such as a pattern."""
        if element is None:
            return None
        space = self.spaces.get(element.get("ColorSpace", ""), "RGB")
        found = colour(element.get("Value"), space)
        try:
            alpha = max(0, min(255, int(element.get("Alpha", "255"))))
        except ValueError:
            alpha = 255
        return (found or (0, 0, 0), alpha)


def add_resources(package: OfdPackage, name: str, found: OfdResources) -> None:
    """Adds what the resource file *name* defines."""
    root = package.parse(name)
    base = root.get("BaseLoc", "").strip("/\\ ")
    inside = f"{name.rpartition('/')[0]}/{base}/." if base else name

    def part(location: str) -> str | None:
        return package.find(inside, location) or package.find(name, location)

    for group in root:
        for one in children(group, "ColorSpace"):
            found.spaces[one.get("ID", "")] = one.get("Type", "RGB").upper()
        for one in children(group, "DrawParam"):
            fill = next(children(one, "FillColor"), None)
            stroke = next(children(one, "StrokeColor"), None)
            found.params[one.get("ID", "")] = DrawParam(
                one.get("Relative", ""), one.get("LineWidth"), fill, stroke
            )
        for one in children(group, "Font"):
            found.fonts[one.get("ID", "")] = _font(package, one, part(words(one, "FontFile")))
        for one in children(group, "MultiMedia"):
            file = part(words(one, "MediaFile"))
            if file:
                found.media[one.get("ID", "")] = file
        for one in children(group, "CompositeGraphicUnit"):
            found.units[one.get("ID", "")] = one


def _font(package: OfdPackage, one: Element, file: str | None) -> OfdFont:
    program = package.read(file) if file else b""
    name, family = one.get("FontName", ""), one.get("FamilyName", "")
    names = face_names(program) if program else ()
    known = " ".join(dict.fromkeys(filter(None, (family, *names)))) if program else ""
    bold = one.get("Bold") == "true" or bool(BOLD_NAME.search(f"{name} {known}"))
    return OfdFont(name or family, known, bold, bool(program), program)
