"""What OFD writes as text: figures, boxes, matrices, paths, colours, distances (7.3, 8, 9)."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from xml.etree.ElementTree import Element

from yinfa.reading.plane import IDENTITY, Matrix, Point, apply
from yinfa.reading.sheets import Colour

FARTHEST = 1e6  # mm; what stands farther out is damage
FIGURES = {"S": 2, "M": 2, "L": 2, "Q": 4, "B": 6, "A": 7, "C": 0}
CURVES = frozenset("QBA")
WORD = re.compile(r"[A-Za-z]|[-+]?[0-9.]+(?:[eE][-+]?\d+)?")
FULL = 255


def local(element: Element) -> str:
    """The name of an element; producers have several namespaces, or none."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def children(element: Element | None, *names: str) -> Iterator[Element]:
    """The children that bear one of *names*."""
    for child in element if element is not None else ():
        if local(child) in names:
            yield child


def child(element: Element | None, name: str) -> Element | None:
    return next(children(element, name), None)


def words(element: Element | None, name: str) -> str:
    """What the child *name* says; nothing where there is none."""
    found = child(element, name)
    return (found.text or "").strip() if found is not None else ""


def figure(text: str | None, otherwise: float = 0.0) -> float:
    """A figure, or the other where the text is none."""
    try:
        value = float(text or "")
    except ValueError:
        return otherwise
    return value if math.isfinite(value) and abs(value) <= FARTHEST else otherwise


def figures(text: str | None) -> list[float]:
    return [figure(word) for word in (text or "").split()]


def box(text: str | None) -> tuple[float, float, float, float] | None:
    """A box as its corner, width and height."""
    found = figures(text)
    return (found[0], found[1], found[2], found[3]) if len(found) >= 4 else None


def matrix(text: str | None) -> Matrix:
    """A matrix; the one that changes nothing where there is none."""
    found = figures(text)
    if len(found) < 6:
        return IDENTITY
    return found[0], found[1], found[2], found[3], found[4], found[5]


def distances(text: str | None, most: int) -> list[float]:
    """Distances between characters; ``g count distance`` repeats one."""
    tokens = iter((text or "").split())
    found: list[float] = []
    for token in tokens:
        if len(found) >= most:
            break
        if token == "g":
            count = int(figure(next(tokens, None)))
            found += [figure(next(tokens, None))] * max(0, min(count, most - len(found)))
        else:
            found.append(figure(token))
    return found


def subpaths(text: str, place: Matrix) -> tuple[list[list[Point]], bool]:
    """The subpaths of abbreviated data (9.3), and whether any is curved."""
    found: list[list[Point]] = []
    curved = False
    tokens = WORD.findall(text)
    at = 0
    while at < len(tokens):
        step = tokens[at].upper()
        at += 1
        if step not in FIGURES:
            continue
        values = [figure(token) for token in tokens[at : at + FIGURES[step]]]
        if len(values) < FIGURES[step]:
            break
        at += len(values)
        curved = curved or step in CURVES
        if step == "C":
            if found:
                found[-1].append(found[-1][0])
            continue
        if step in "SM" or not found:
            found.append([])
        pairs = values[-2:] if step == "A" else values
        found[-1] += [apply(place, x, y) for x, y in zip(pairs[::2], pairs[1::2], strict=True)]
    return [path for path in found if len(path) > 1], curved


def colour(value: str | None, space: str) -> Colour | None:
    """A colour in sRGB from its channels in *space*: GRAY, RGB or CMYK."""
    channels = [_channel(word) for word in (value or "").split()]
    if space == "GRAY" and channels:
        return (channels[0],) * 3
    if space == "CMYK" and len(channels) >= 4:
        return _from_cmyk(channels)
    return (channels[0], channels[1], channels[2]) if len(channels) >= 3 else None


def _channel(word: str) -> int:
    try:
        value = int(word[1:], 16) if word.startswith("#") else round(figure(word))
    except ValueError:
        return 0
    return max(0, min(FULL, value))


def _from_cmyk(channels: Sequence[int]) -> Colour:
    black = FULL - channels[3]
    red, green, blue = ((FULL - channel) * black // FULL for channel in channels[:3])
    return red, green, blue
