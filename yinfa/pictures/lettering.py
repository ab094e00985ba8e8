"""The words of an SVG as outlines of our faces: a machine's own fonts never come in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from yinfa.composition import Role
from yinfa.faces.face import Face, Fount
from yinfa.pictures.css import Rules, declarations
from yinfa.pictures.svg import SVG, local, read_svg, written

DEFAULT_SIZE = 16.0  # of text that names none, in the drawing's units
BOLD = 600  # a weight from here on
# What is inherited and tells how text stands; the rest is left to the renderer.
_INHERITED = (
    "font-size", "font-family", "font-weight", "text-anchor", "letter-spacing", "dominant-baseline",
)  # fmt: skip
_PAINT = (
    "fill", "stroke", "stroke-width", "fill-opacity", "stroke-opacity", "opacity", "display",
    "visibility",
)  # fmt: skip
_KEPT = ("id", "class", "transform", "clip-path", "mask", "filter")
_UNITS = {
    "": 1.0, "px": 1.0, "pt": 4 / 3, "pc": 16.0, "mm": 96 / 25.4, "cm": 96 / 2.54, "in": 96.0,
}  # fmt: skip
_LENGTH = re.compile(r"\s*([-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?)\s*([a-z%]*)", re.IGNORECASE)
_KAITI = re.compile("kai|楷", re.IGNORECASE)
_HEITI = re.compile("hei|sans|黑|arial|helvetica|gothic|yahei|verdana", re.IGNORECASE)
_FANGSONG = re.compile("fang|仿", re.IGNORECASE)
# How far the baseline stands under the line that is named, in em.
_BASELINES = {"middle": 0.35, "central": 0.35, "hanging": 0.8, "text-before-edge": 0.88}


@dataclass
class Lettered:
    """An SVG whose words are outlines: the file, the faces that set them, what none could set."""

    content: bytes
    faces: dict[Face, None] = field(default_factory=dict)
    uncovered: dict[tuple[Role, str], None] = field(default_factory=dict)


def lettered(content: bytes, founts: Mapping[Role, Fount]) -> Lettered:
    """*content*, an SVG, with its words drawn by *founts*; as it is where it has no words."""
    done = Lettered(content)
    root = read_svg(content)
    if root is None or not any(local(element) == "text" for element in root.iter()):
        return done
    sheet = Rules("".join(e.text or "" for e in root.iter() if local(e) == "style"))
    _replace(root, {}, sheet, founts, done)
    done.content = written(root)
    return done


def _replace(
    parent: Element,
    inherited: Mapping[str, str],
    sheet: Rules,
    founts: Mapping[Role, Fount],
    done: Lettered,
) -> None:
    """Put outlines in the place of every text below *parent*."""
    style = _computed(parent, inherited, sheet)
    for index, child in enumerate(list(parent)):
        if local(child) == "text":
            drawn = _Setting(sheet, founts, done).drawn(child, style)
            drawn.tail = child.tail
            parent[index] = drawn
        else:
            _replace(child, style, sheet, founts, done)


def _computed(element: Element, inherited: Mapping[str, str], sheet: Rules) -> dict[str, str]:
    """What holds for *element* of how text stands, and of its paint what is said of it alone."""
    said = {
        name: element.get(name, "") for name in (*_INHERITED, *_PAINT) if name in element.attrib
    }
    said |= sheet.of(element)
    said |= declarations(element.get("style", ""))
    style = {name: inherited[name] for name in _INHERITED if name in inherited}
    style |= {name: value for name, value in said.items() if value != "inherit"}
    parent_size = float(inherited.get("font-size", DEFAULT_SIZE))
    style["font-size"] = repr(_size(said.get("font-size", ""), parent_size))
    return style


def _size(said: str, parent: float) -> float:
    """A size of type in the drawing's units."""
    match = _LENGTH.fullmatch(said)
    if match is None:
        return parent
    number, unit = float(match[1]), match[2].lower()
    if unit in ("em", "%", "rem"):
        return number * (parent if unit == "em" else parent / 100 if unit == "%" else DEFAULT_SIZE)
    return number * _UNITS.get(unit, 1.0)


def _lengths(said: str, size: float) -> list[float]:
    """The numbers of a list of lengths, in the drawing's units."""
    found = []
    for match in _LENGTH.finditer(said.replace(",", " ")):
        unit = match[2].lower()
        found.append(float(match[1]) * (size if unit == "em" else _UNITS.get(unit, 1.0)))
    return found


def role_of(style: Mapping[str, str]) -> Role:
    """Which of our faces stands for the one that is asked for."""
    family, weight = style.get("font-family", ""), style.get("font-weight", "")
    bold = weight in ("bold", "bolder") or (weight.isdigit() and int(weight) >= BOLD)
    if _KAITI.search(family):
        return Role.KAITI
    if bold or (_HEITI.search(family) and "serif" not in family.replace("sans-serif", "")):
        return Role.HEITI
    return Role.FANGSONG if _FANGSONG.search(family) else Role.SONGTI


@dataclass
class _Glyph:
    """A character where it stands, before its chunk is anchored."""

    char: str
    face: Face
    x: float
    y: float
    size: float


@dataclass
class _Chunk:
    """Characters that are anchored together: from one absolute place to the next."""

    start: float
    anchor: str
    glyphs: list[tuple[_Glyph, Element]] = field(default_factory=list)
    end: float = 0.0


class _Setting:
    """Sets one text: it remembers where the next character stands."""

    def __init__(self, sheet: Rules, founts: Mapping[Role, Fount], done: Lettered) -> None:
        self._sheet, self._founts, self._done = sheet, founts, done
        self._x = self._y = 0.0
        self._chunks: list[_Chunk] = []
        self._space = True  # a space that follows would be the second

    def drawn(self, text: Element, inherited: Mapping[str, str]) -> Element:
        """A group of outlines in the place of *text*."""
        group = self._group(text, inherited)
        for chunk in self._chunks:
            wide = chunk.end - chunk.start
            shift = {"middle": -wide / 2, "end": -wide}.get(chunk.anchor, 0.0)
            for glyph, path in chunk.glyphs:
                path.set("d", path.get("d", "") + _path(glyph, shift))
        return group

    def _group(self, element: Element, inherited: Mapping[str, str]) -> Element:
        style = _computed(element, inherited, self._sheet)
        group = ElementTree.Element(f"{{{SVG}}}g")
        for name in _KEPT:
            if name in element.attrib:
                group.set(name, element.attrib[name])
        paint = ";".join(f"{name}:{style[name]}" for name in _PAINT if name in style)
        if paint:
            group.set("style", paint)
        self._move(element, style)
        self._write(element.text, style, group)
        for child in element:
            if local(child) in ("tspan", "a"):
                group.append(self._group(child, style))
            self._write(child.tail, style, group)
        return group

    def _move(self, element: Element, style: Mapping[str, str]) -> None:
        """Go to where *element* says that it begins."""
        size = float(style["font-size"])
        across, down, aside, below = (
            next(iter(_lengths(element.get(name, ""), size)), None)
            for name in ("x", "y", "dx", "dy")
        )
        self._x = (self._x if across is None else across) + (aside or 0.0)
        self._y = (self._y if down is None else down) + (below or 0.0)
        if across is not None or down is not None or not self._chunks:
            anchor = style.get("text-anchor", "start")
            self._chunks.append(_Chunk(self._x, anchor, end=self._x))
            self._space = True

    def _write(self, words: str | None, style: Mapping[str, str], group: Element) -> None:
        """Set *words* from where we are on, as one path of *group*."""
        size, role = float(style["font-size"]), role_of(style)
        fount = self._founts[role]
        down = _BASELINES.get(style.get("dominant-baseline", ""), 0.0) * size
        apart = sum(_lengths(style.get("letter-spacing", ""), size)[:1])
        path = ElementTree.Element(f"{{{SVG}}}path")
        chunk = self._chunks[-1]
        for char in self._folded(words or ""):
            face = fount.face(char)
            if face is None:
                self._done.uncovered[role, char] = None
                continue
            self._done.faces[face] = None
            glyph = _Glyph(char, face, self._x, self._y + down, size)
            chunk.glyphs.append((glyph, path))
            self._x += fount.advance(char) * size + apart
            chunk.end = self._x
        if words and words.strip():
            group.append(path)

    def _folded(self, words: str) -> Iterable[str]:
        """*words* with every run of white space as one space, none where one went before."""
        for char in words:
            if char.isspace() and char != "\u3000":
                if not self._space:
                    yield " "
                self._space = True
            else:
                yield char
                self._space = False


def _path(glyph: _Glyph, shift: float) -> str:
    """The outline of *glyph* in the units of the drawing."""
    return "".join(_commands(glyph, shift))


def _commands(glyph: _Glyph, shift: float) -> Iterator[str]:
    for command, points in glyph.face.outline(glyph.char):
        yield command
        for index, (right_em, up_em) in enumerate(points):
            x = glyph.x + shift + right_em * glyph.size
            y = glyph.y - up_em * glyph.size
            yield f"{' ' if index else ''}{x:.3f} {y:.3f}"
