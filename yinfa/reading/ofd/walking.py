"""One page of an OFD: its objects, and those of its templates and annotations, into a Sheet."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

from yinfa.reading import shapes
from yinfa.reading.drawing import COLOURED_MM, MANY_SEGMENTS, Marks, PathInk, add_fill, add_stroke
from yinfa.reading.ofd.package import Element, OfdPackage
from yinfa.reading.ofd.resources import MOST_PIXELS, OfdFont, OfdResources
from yinfa.reading.ofd.values import (
    box,
    child,
    children,
    distances,
    figure,
    local,
    matrix,
    subpaths,
    words,
)
from yinfa.reading.plane import IDENTITY, Matrix, apply, times
from yinfa.reading.sheets import INKED, INKED_MM, INVISIBLE, Box, Char, Colour, DrawnPicture, Look
from yinfa.report import ReadingFault

NESTED = 24  # blocks and composite objects within each other
MOST_OBJECTS = 200_000  # of a page
LINE_MM = 0.353  # the width of a line where nothing says it
NO_FONT = OfdFont("", "", False, False, b"")
BLACK: Colour = (0, 0, 0)
SOLID_ALPHA, NEAR_WHITE = 64, 200
SAMPLE = (64, 64)  # pixels, of which the colour of a picture is told
KINDS = ("TextObject", "PathObject", "ImageObject", "CompositeObject", "PageBlock")


@dataclass
class OfdPage:
    """A page while its objects are walked: what was found on it so far."""

    package: OfdPackage
    resources: OfdResources
    artifacts: frozenset[str]
    marks: Marks = field(default_factory=Marks)
    chars: list[Char] = field(default_factory=list)
    objects: int = 0

    def walk(self, parent: Element, outer: Matrix, param: str | None, depth: int = 0) -> None:
        """The objects within *parent*, whose space *outer* takes to the page."""
        for item in children(parent, *KINDS):
            self.objects += 1
            if self.objects > MOST_OBJECTS:
                self.package.fault("OFD 的一页里有几十万个图元，多得不合常理", "请向来源核对")
            if item.get("Visible") == "false" and local(item) != "TextObject":
                continue
            own = item.get("DrawParam") or param
            kind = local(item)
            if kind == "PageBlock":
                if depth < NESTED:
                    self.walk(item, outer, own, depth + 1)
                continue
            space = self._space(item, outer)
            if kind == "TextObject":
                self._text(item, space, own)
            elif kind == "PathObject":
                self._path(item, space, outer, own)
            elif kind == "ImageObject":
                self._image(item, space)
            elif depth < NESTED:
                unit = self.resources.units.get(item.get("ResourceID", ""))
                content = child(unit, "Content")
                if content is not None:
                    self.walk(content, space, own, depth + 1)

    @staticmethod
    def _space(item: Element, outer: Matrix) -> Matrix:
        """From an object's own space to the page: its matrix, then its boundary's corner, 8.5."""
        x, y, _, _ = box(item.get("Boundary")) or (0.0, 0.0, 0.0, 0.0)
        return times(times(matrix(item.get("CTM")), (1.0, 0.0, 0.0, 1.0, x, y)), outer)

    def _is_artifact(self, item: Element) -> bool:
        return item.get("ID", "") in self.artifacts

    # --- text --------------------------------------------------------------------------------

    def _text(self, item: Element, space: Matrix, param: str | None) -> None:
        """The characters of a text object, 11.2 and 11.3."""
        size = figure(item.get("Size"))
        font = self.resources.fonts.get(item.get("Font", ""), NO_FONT)
        across = figure(item.get("HScale"), 1.0) or 1.0
        look = self._look(item, font, size, across, space, param)
        if not look.size_mm:
            return
        read_down = figure(item.get("ReadDirection")) in (90.0, 270.0)
        x = y = 0.0
        for code in children(item, "TextCode"):
            text = code.text or ""
            if not text.strip():
                continue
            x, y = figure(code.get("X"), x), figure(code.get("Y"), y)
            steps_x = distances(code.get("DeltaX"), len(text))
            steps_y = distances(code.get("DeltaY"), len(text))
            placed = bool(steps_x or steps_y)
            at_x, at_y = x, y
            for index, char in enumerate(text):
                width = font.advance(char) * across
                self._char(char, apply(space, at_x, at_y), width, look, font)
                if not placed:  # producers mean the character's own width then
                    at_x += 0.0 if read_down else width * size
                    at_y += width * size if read_down else 0.0
                else:
                    at_x += steps_x[index] if index < len(steps_x) else 0.0
                    at_y += steps_y[index] if index < len(steps_y) else 0.0

    def _char(
        self, char: str, place: tuple[float, float], width: float, look: Look, font: OfdFont
    ) -> None:
        if not char.isprintable() and not char.isspace():
            char = "\ufffd"
        x_mm, y_mm = place
        ink_mm = None
        if char in INKED or look.size_mm > INKED_MM:
            reach = font.reach(char) or ((0.88, -0.12) if not char.isspace() else None)
            if reach:
                ink_mm = (y_mm - reach[0] * look.size_mm, y_mm - reach[1] * look.size_mm)
        stretch = look.stretch if not look.turn else 1.0
        self.chars.append(Char(char, x_mm, width * look.size_mm * stretch, y_mm, look, ink_mm))

    def _look(
        self,
        item: Element,
        font: OfdFont,
        size: float,
        across: float,
        space: Matrix,
        param: str | None,
    ) -> Look:
        a, b, c, d, _, _ = space
        turned = math.radians(figure(item.get("CharDirection")))
        if turned:
            cos, sin = math.cos(turned), math.sin(turned)
            a, b, c, d = a * cos + c * sin, b * cos + d * sin, c * cos - a * sin, d * cos - b * sin
        area, width = a * d - b * c, math.hypot(a, b)
        height = abs(area) / width if width else 0.0
        filled = item.get("Fill") != "false"
        stroked = item.get("Stroke") == "true"
        tint = self._tint(item, "FillColor" if filled else "StrokeColor", param) or (BLACK, 255)
        mode = 2 if filled and stroked else 0 if filled else 1 if stroked else INVISIBLE
        if item.get("Visible") == "false":
            mode = INVISIBLE
        return Look(
            font=font.name,
            family=font.family,
            size_mm=round(abs(size) * height, 3),
            colour=tint[0],
            render_mode=mode,
            artifact=self._is_artifact(item),
            turn=round(math.degrees(math.atan2(b, a))) % 360,
            slant=round(-(a * c + b * d) / area, 3) if area else 0.0,
            stretch=round(across * width / height, 4) if height else 1.0,
            bold=font.bold or figure(item.get("Weight"), 400.0) >= 600.0,
            alpha=tint[1],
        )

    def _tint(self, item: Element, name: str, param: str | None) -> tuple[Colour, int] | None:
        """The fill or stroke colour of an object, or of its drawing parameters."""
        found = self.resources.colour(child(item, name))
        if found is not None:
            return found
        for one in self.resources.param(param):
            element = one.fill if name == "FillColor" else one.stroke
            if element is not None:
                return self.resources.colour(element)
        return None

    # --- paths -------------------------------------------------------------------------------

    def _path(self, item: Element, space: Matrix, outer: Matrix, param: str | None) -> None:
        """A path object, 9.1: stroked unless it says otherwise, filled if it says so."""
        paths, curved = subpaths(words(item, "AbbreviatedData"), space)
        if not paths:
            return
        curved = curved or sum(map(len, paths)) > MANY_SEGMENTS
        bounds = shapes.bounds([point for path in paths for point in path])
        clip = self._clip(item, space)
        artifact = self._is_artifact(item)
        if item.get("Fill") == "true":
            tint = self._tint(item, "FillColor", param)
            if tint and tint[1]:
                ink = PathInk(tint[0], clip, artifact)
                even_odd = item.get("Rule", "").lower() == "even-odd"
                add_fill(self.marks, [] if curved else paths, bounds, even_odd, ink)
        if item.get("Stroke") != "false":
            tint = self._tint(item, "StrokeColor", param) or (BLACK, 255)
            if not tint[1]:
                return
            ink = PathInk(tint[0], clip, artifact)
            if curved:
                framed = shapes.clipped(bounds, clip)
                self.marks.boxes.append(Box(*framed, ink.colour, False, artifact))
            else:
                add_stroke(self.marks, paths, self._width_mm(item, space, param), ink)

    def _width_mm(self, item: Element, space: Matrix, param: str | None) -> float:
        said = [item.get("LineWidth"), *(one.width_mm for one in self.resources.param(param))]
        width = next((figure(text) for text in said if text), LINE_MM)
        return width * math.sqrt(abs(space[0] * space[3] - space[1] * space[2]))

    @staticmethod
    def _clip(item: Element, space: Matrix) -> shapes.Rect | None:
        """The box of what an object is clipped to, 8.4."""
        found: shapes.Rect | None = None
        for clip in children(child(item, "Clips"), "Clip"):
            points = []
            for area in children(clip, "Area"):
                place = times(matrix(area.get("CTM")), space)
                for path in children(area, "Path"):
                    parts, _ = subpaths(words(path, "AbbreviatedData"), place)
                    points += [point for part in parts for point in part]
            if points:
                found = shapes.clipped(shapes.bounds(points), found)
        return found

    # --- pictures ----------------------------------------------------------------------------

    def _image(self, item: Element, space: Matrix) -> None:
        """An image object, 10."""
        corners = [apply(space, x, y) for x in (0, 1) for y in (0, 1)]
        x0, y0, x1, y1 = shapes.bounds(corners)
        name = self.resources.media.get(item.get("ResourceID", ""))
        coloured = max(x1 - x0, y1 - y0) < COLOURED_MM
        pixels, colour = self._pixels(name, coloured=coloured) if name else ((0, 0), None)
        artifact = self._is_artifact(item)
        self.marks.pictures.append(DrawnPicture(x0, y0, x1, y1, pixels, colour, artifact))

    def _pixels(self, name: str, *, coloured: bool) -> tuple[tuple[int, int], Colour | None]:
        """The size of a picture, and the mean colour of its ink where that is wanted."""
        import warnings

        from PIL import Image

        try:
            with warnings.catch_warnings():
                warnings.simplefilter("error")
                picture = Image.open(BytesIO(self.package.read(name)))
                size = picture.size
                if not coloured or size[0] * size[1] > MOST_PIXELS:
                    return size, None
                small = picture.convert("RGBA").resize(SAMPLE)
        except ReadingFault:
            raise
        except Exception:  # a picture of a kind unknown, or damaged in any of many ways
            return (0, 0), None
        pixels: Any = small.tobytes()
        inked = [
            pixels[at : at + 4]
            for at in range(0, len(pixels), 4)
            if pixels[at + 3] > SOLID_ALPHA and min(pixels[at : at + 3]) < NEAR_WHITE
        ]
        if not inked:
            return size, None
        red, green, blue = (sum(pixel[i] for pixel in inked) // len(inked) for i in range(3))
        return size, (red, green, blue)


def whole(page: OfdPage, root: Element, corner: tuple[float, float]) -> None:
    """Walks the content of the page or template *root*, whose boxes begin at *corner*."""
    origin = (1.0, 0.0, 0.0, 1.0, -corner[0], -corner[1]) if any(corner) else IDENTITY
    for content in children(root, "Content"):
        for layer in children(content, "Layer"):
            page.walk(layer, origin, layer.get("DrawParam"))
