"""A painted page into the content of a page of OFD: text, path and image objects, 8 to 11."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby, pairwise
from xml.sax.saxutils import escape

from yinfa.ofd import geometry
from yinfa.ofd.markup import attributes, coloured, element, factors, number, numbers, root
from yinfa.reading.paint import (
    Clip,
    Item,
    PageLink,
    Painted,
    Path,
    Pen,
    PlacedGlyph,
    Raster,
    Shape,
    TextRun,
)
from yinfa.reading.plane import inverse
from yinfa.reading.shapes import Rect

CAPS = ("Butt", "Round", "Square")
JOINS = ("Miter", "Round", "Bevel")
MITER_LIMIT = "10"  # of ISO 32000 8.4.3.5; OFD's own is 3.528
LAST_OF_PLANE = "\uffff"
MIDDLE_EM = 0.25  # from the origin of a half-em glyph along and up to its middle

Told = Callable[[Item, int], None]  # told an item and the object that it became
Leads = Callable[[PageLink], str]  # the markup of what a link does


def content(
    page: Painted,
    fonts: Mapping[int, int],
    media: Mapping[int, int],
    new_id: Callable[[], int],
    told: Told,
    leads: Leads,
) -> bytes:
    """The file of *page*; *fonts* and *media* are the resources for its faces and pictures."""
    size = numbers((0, 0, page.width_mm, page.height_mm))
    area = element("Area", element("PhysicalBox", size))
    layer_id = new_id()
    written = "".join(
        _written(item, page.links, fonts, media, new_id, told, leads) for item in page.items
    )
    layer = element("Layer", written, Type="Body", ID=layer_id)
    return root("Page", area + element("Content", layer))


def _written(
    item: Item,
    links: Sequence[PageLink],
    fonts: Mapping[int, int],
    media: Mapping[int, int],
    new_id: Callable[[], int],
    told: Told,
    leads: Leads,
) -> str:
    written = []
    if isinstance(item, Shape):
        for shape, clips in _plain(item):
            told(item, own := new_id())
            written.append(_path_object(shape, clips, own))
    elif isinstance(item, Raster):
        told(item, own := new_id())
        written.append(_image_object(item, media[item.picture], own))
    else:
        for run, link in _pieces(item, links):
            told(item, own := new_id())
            actions = leads(link) if link is not None else ""
            written.append(_text_object(run, fonts[run.face], own, actions))
    return "".join(written)


# --- text ------------------------------------------------------------------------------------


def _pieces(run: TextRun, links: Sequence[PageLink]) -> Iterator[tuple[TextRun, PageLink | None]]:
    """*run* without white space at its ends, and parted where a link begins or ends.

    Characters of two code units stand alone: readers count them once or twice among the distances,
    of which one alone has none.
    """
    apart = [
        (_link_at(run, glyph, links), index if glyph.char > LAST_OF_PLANE else -1)
        for index, glyph in enumerate(run.glyphs)
    ]
    both = zip(apart, run.glyphs, strict=True)
    for (link, _), some in groupby(both, lambda one: one[0]):
        glyphs = [glyph for _, glyph in some]
        while glyphs and glyphs[-1].char.isspace():
            glyphs.pop()
        first = next((at for at, glyph in enumerate(glyphs) if not glyph.char.isspace()), None)
        if first is not None:
            yield replace(run, glyphs=tuple(glyphs[first:])), link


def _link_at(run: TextRun, glyph: PlacedGlyph, links: Sequence[PageLink]) -> PageLink | None:
    """The link that has the middle of a glyph within it."""
    if not links:
        return None
    half = MIDDLE_EM * run.size_mm
    x_mm = glyph.x_mm + half * run.along[0] - half * run.down[0]
    y_mm = glyph.y_mm + half * run.along[1] - half * run.down[1]
    return next((link for link in links if link.holds(x_mm, y_mm)), None)


def _text_object(run: TextRun, font: int, own: int, actions: str) -> str:
    """A text object, 11.2; the place of each glyph is in DeltaX and DeltaY as plain figures."""
    box = geometry.of_run(run)
    first = run.glyphs[0]
    ctm = None
    if run.upright:
        placed = [(glyph.x_mm - box[0], glyph.y_mm - box[1]) for glyph in run.glyphs]
    else:
        # The object's own space begins at the first glyph and is turned as the text is.
        matrix = (*run.along, *run.down, first.x_mm - box[0], first.y_mm - box[1])
        ctm = factors(matrix)
        a, b, c, d, _, _ = inverse((*run.along, *run.down, 0.0, 0.0))
        from_first = [(glyph.x_mm - first.x_mm, glyph.y_mm - first.y_mm) for glyph in run.glyphs]
        placed = [(a * x + c * y, b * x + d * y) for x, y in from_first]
    across = _distances([x for x, _ in placed])
    down = _distances([y for _, y in placed])
    level = all(distance in ("0", "") for distance in down)
    code = "<ofd:TextCode{}>{}</ofd:TextCode>".format(
        attributes(
            X=number(placed[0][0]),
            Y=number(placed[0][1]),
            DeltaX=" ".join(across) or None,
            DeltaY=None if level else " ".join(down),
        ),
        escape(run.text),
    )
    clips = geometry.effective(run.clips, box)
    inks = coloured("FillColor", run.fill) if run.fill else ""
    inks += coloured("StrokeColor", run.stroke.ink) if run.stroke else ""
    pen = _pen(run.stroke) if run.stroke else {}
    return element(
        "TextObject",
        actions + _clips(clips, box) + inks + code,
        ID=own,
        Boundary=_box(box),
        CTM=ctm,
        Font=font,
        Size=number(run.size_mm),
        Visible=None if run.fill or run.stroke else "false",
        Stroke="true" if run.stroke else None,
        Fill=None if run.fill or not run.stroke else "false",
        **pen,
    )


def _distances(places: list[float]) -> list[str]:
    """From each place to the next, such that what is rounded does not add up."""
    rounded = [round(place, 3) for place in places]
    return [number(after - before) for before, after in pairwise(rounded)]


# --- paths -----------------------------------------------------------------------------------


def _plain(shape: Shape) -> Iterator[tuple[Shape, tuple[Clip, ...]]]:
    """*shape* as shapes that need as few clips as may be."""
    clips = geometry.effective(shape.clips, geometry.of_shape(shape))
    areas = geometry.plain_areas(shape, clips)
    if areas is None:
        yield shape, clips
        return
    for x0, y0, x1, y1 in areas:
        path = (("M", (x0, y0)), ("L", (x1, y0)), ("L", (x1, y1)), ("L", (x0, y1)), ("C", ()))
        yield replace(shape, path=path, even_odd=False, clips=()), ()


def _path_object(shape: Shape, clips: tuple[Clip, ...], own: int) -> str:
    """A path object, 9.1."""
    box = geometry.of_shape(shape)
    inks = coloured("StrokeColor", shape.stroke.ink) if shape.stroke else ""
    inks += coloured("FillColor", shape.fill) if shape.fill else ""
    pen = _pen(shape.stroke) if shape.stroke else {}
    return element(
        "PathObject",
        _clips(clips, box) + inks + element("AbbreviatedData", _outline(shape.path, box)),
        ID=own,
        Boundary=_box(box),
        Stroke="true" if shape.stroke else "false",
        Fill="true" if shape.fill else "false",
        Rule="Even-Odd" if shape.even_odd and shape.fill else None,
        **pen,
    )


def _pen(pen: Pen) -> dict[str, str | None]:
    """How a line is drawn, 8.2, as attributes."""
    return {
        "LineWidth": number(pen.width_mm),
        "Cap": CAPS[pen.cap] if 0 < pen.cap < len(CAPS) else None,
        "Join": JOINS[pen.join] if 0 < pen.join < len(JOINS) else None,
        "MiterLimit": None if pen.join else MITER_LIMIT,
        "DashOffset": number(pen.phase_mm) if pen.dashes_mm else None,
        "DashPattern": numbers(pen.dashes_mm) or None,
    }


def _outline(path: Path, box: Rect) -> str:
    """The steps of a path within its boundary, 9.3."""
    words = []
    for step, figures in path:
        words.append(step)
        for x, y in zip(figures[::2], figures[1::2], strict=True):
            words += (number(x - box[0]), number(y - box[1]))
    return " ".join(words)


def _box(box: Rect) -> str:
    """A boundary by its corner, width and height; no side is nothing, for readers clip there."""
    x0, y0, x1, y1 = box
    return numbers((x0, y0, max(x1 - x0, 0.001), max(y1 - y0, 0.001)))


def _clips(clips: tuple[Clip, ...], box: Rect) -> str:
    """The clips of an object, 8.4, in the space of its boundary."""
    if not clips:
        return ""
    size = numbers((0, 0, box[2] - box[0], box[3] - box[1]))
    written = []
    for clip in clips:
        outline = element("AbbreviatedData", _outline(clip.path, box))
        rule = "Even-Odd" if clip.even_odd else None
        path = element("Path", outline, Boundary=size, Stroke="false", Fill="true", Rule=rule)
        written.append(element("Clip", element("Area", path)))
    return element("Clips", "".join(written))


# --- pictures --------------------------------------------------------------------------------


def _image_object(raster: Raster, resource: int, own: int) -> str:
    """An image object, 10: its matrix takes the unit square, whose y points down, to the page."""
    box = geometry.of_raster(raster)
    a, b, c, d, e, f = raster.matrix
    matrix = (a, b, -c, -d, e + c - box[0], f + d - box[1])
    return element(
        "ImageObject",
        _clips(geometry.effective(raster.clips, box), box),
        ID=own,
        Boundary=_box(box),
        CTM=factors(matrix),
        ResourceID=resource,
        Alpha=None if raster.alpha == 255 else raster.alpha,
    )
