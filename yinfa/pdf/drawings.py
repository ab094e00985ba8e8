"""A page as a drawing of its own, the way a reader sees it: what is laid on other pages."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from typing import Any

from yinfa.pdf import PT_PER_MM, resolved
from yinfa.pdf.objects import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    FloatObject,
    NameObject,
    PageObject,
    StreamObject,
    packed,
)

Matrix = tuple[float, float, float, float, float, float]
Box = tuple[float, float, float, float]

HIDDEN, PRINTED = 2, 4  # flags of annotations
IDENTITY: Matrix = (1, 0, 0, 1, 0, 0)


def drawing(
    page: PageObject,
    inked: Callable[[bytes], bytes] = lambda drawn: drawn,
    *,
    bleed_mm: float = 0.0,
) -> tuple[StreamObject, float, float]:
    """*page* as a form XObject, its operators *inked*, and how wide and high a reader sees it.

    What lies outside that is kept *bleed_mm* far.
    """
    box = _visible(page)
    scale = float(page.get("/UserUnit", 1))
    if scale <= 0:
        raise ValueError("a page without extent")
    operators = inked(_operators(page))
    resources = DictionaryObject(resolved(_inherited(page, "/Resources")) or {})
    if annotated := _annotations(page, resources):
        operators = b"q\n%b\nQ\n%b" % (operators, annotated)  # a page may leave what it set
    upright, (width, height) = _upright(box, int(_inherited(page, "/Rotate") or 0) % 360)
    stream = DecodedStreamObject()
    stream.set_data(operators)
    stream[NameObject("/Type")] = NameObject("/XObject")
    stream[NameObject("/Subtype")] = NameObject("/Form")
    stream[NameObject("/BBox")] = _numbers(_with_bleed(page, box, bleed_mm * PT_PER_MM / scale))
    stream[NameObject("/Matrix")] = _numbers(scale * value for value in upright)
    stream[NameObject("/Resources")] = resources
    if "/Group" in page:
        stream[NameObject("/Group")] = page.raw_get("/Group")
    mm = scale / PT_PER_MM
    return stream, width * mm, height * mm


def _operators(page: PageObject) -> bytes:
    """What draws the page, all of it."""
    contents = page.get_contents()
    operators = b"" if contents is None else contents.get_data()
    found = resolved(page.get("/Contents"))
    for stream in map(resolved, found if isinstance(found, ArrayObject) else (found,)):
        if isinstance(stream, StreamObject):
            refuse_torn(stream)
    return operators


def refuse_torn(stream: StreamObject) -> None:
    """An error where *stream* does not unpack whole: pypdf makes do with what there is."""
    filters = resolved(stream.get("/Filter"))
    if (filters[:1] if isinstance(filters, ArrayObject) else [filters]) == ["/FlateDecode"]:
        unpacking = zlib.decompressobj()
        unpacking.decompress(packed(stream))
        if not unpacking.eof:
            raise ValueError("a stream that is cut off")


def turn_quarter(form: Any, height_mm: float) -> None:
    """Turn *form*, which is so high, a quarter counter-clockwise, its corner at 0 again."""
    quarter = (0, 1, -1, 0, height_mm * PT_PER_MM, 0)
    matrix = tuple(float(value) for value in form["/Matrix"])
    form[NameObject("/Matrix")] = _numbers(_product(matrix, quarter))


def _visible(page: PageObject) -> Box:
    """The part of the page that is shown and printed: its crop box, if that is on the paper."""
    crop, media = _corners(page.cropbox), _corners(page.mediabox)
    left, bottom = max(crop[0], media[0]), max(crop[1], media[1])
    right, top = min(crop[2], media[2]), min(crop[3], media[3])
    if right > left and top > bottom:
        return left, bottom, right, top
    if media[2] <= media[0] or media[3] <= media[1]:
        raise ValueError("a page without extent")
    return media


def _corners(box: Any) -> Box:
    """The lower left and the upper right corner of *box*, which may name any two."""
    x0, y0, x1, y1 = map(float, box)
    return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)


def _with_bleed(page: PageObject, box: Box, bleed: float) -> Box:
    """*box* and so much beyond it on every side, as far as the page has anything there."""
    left, bottom, right, top = _corners(page.mediabox)
    return (
        max(box[0] - bleed, left),
        max(box[1] - bleed, bottom),
        min(box[2] + bleed, right),
        min(box[3] + bleed, top),
    )


def _upright(box: Box, rotation: int) -> tuple[Matrix, tuple[float, float]]:
    """What turns the page the way it is to be read, its corner at 0; and its size then."""
    left, bottom, right, top = box
    width, height = right - left, top - bottom
    return {
        90: ((0, -1, 1, 0, -bottom, right), (height, width)),
        180: ((-1, 0, 0, -1, right, top), (width, height)),
        270: ((0, 1, -1, 0, top, -left), (height, width)),
    }.get(rotation, ((1, 0, 0, 1, -left, -bottom), (width, height)))


def _product(first: Any, then: Any) -> Matrix:
    a, b, c, d, e, f = first
    g, h, i, j, k, m = then
    return (
        a * g + b * i, a * h + b * j,
        c * g + d * i, c * h + d * j,
        e * g + f * i + k, e * h + f * j + m,
    )  # fmt: skip


def _numbers(values: Any) -> ArrayObject:
    return ArrayObject(FloatObject(round(value, 5)) for value in values)


def _inherited(page: Any, key: str) -> Any:
    """The value of *key* on the page or, where it has none, above it in the page tree."""
    node, seen = page, 0
    while node is not None and seen < 64:
        if key in node:
            return resolved(node.raw_get(key))
        node, seen = resolved(node.get("/Parent")), seen + 1
    return None


def _annotations(page: PageObject, resources: DictionaryObject) -> bytes:
    """Operators that draw what stands on the page as annotations, such as a visible seal."""
    drawn = []
    objects = DictionaryObject(resolved(resources.get("/XObject")) or {})
    for number, note in enumerate(map(resolved, resolved(page.get("/Annots")) or ())):
        flags = int(note.get("/F", 0))
        normal = resolved(resolved(note.get("/AP", DictionaryObject())).get("/N"))
        if isinstance(normal, DictionaryObject) and not isinstance(normal, StreamObject):
            normal = resolved(normal.get(note.get("/AS")))
        if flags & HIDDEN or not flags & PRINTED or not isinstance(normal, StreamObject):
            continue
        name = f"/Annotation{number}"
        objects[NameObject(name)] = normal.indirect_reference or normal
        matrix = _onto(normal, [float(edge) for edge in note["/Rect"]])
        drawn.append("q {:.5f} {:.5f} {:.5f} {:.5f} {:.5f} {:.5f} cm".format(*matrix))
        drawn.append(f"{name} Do Q")
    if not drawn:
        return b""
    resources[NameObject("/XObject")] = objects
    return "\n".join(drawn).encode("ascii")


def _onto(appearance: Any, rect: list[float]) -> Matrix:
    """What lays *appearance* onto *rect*, as ISO 32000-1 12.5.5 has it."""
    left, bottom, right, top = (float(edge) for edge in appearance["/BBox"])
    matrix = [float(value) for value in appearance.get("/Matrix", IDENTITY)]
    corners = [
        (matrix[0] * x + matrix[2] * y + matrix[4], matrix[1] * x + matrix[3] * y + matrix[5])
        for x in (left, right)
        for y in (bottom, top)
    ]
    x0, x1 = min(x for x, _ in corners), max(x for x, _ in corners)
    y0, y1 = min(y for _, y in corners), max(y for _, y in corners)
    across = (max(rect[0], rect[2]) - min(rect[0], rect[2])) / ((x1 - x0) or 1)
    up = (max(rect[1], rect[3]) - min(rect[1], rect[3])) / ((y1 - y0) or 1)
    return (across, 0, 0, up, min(rect[0], rect[2]) - x0 * across, min(rect[1], rect[3]) - y0 * up)
