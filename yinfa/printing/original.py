"""A finished PDF whose pages are to be printed: opened whole, or refused by name."""

from __future__ import annotations

import io
import logging
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from pypdf import PageObject, PdfReader, PdfWriter
from pypdf.errors import FileNotDecryptedError
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    FloatObject,
    IndirectObject,
    NameObject,
    StreamObject,
)

from yinfa.pdf import PT_PER_MM, resolved
from yinfa.printing.ink import press_inks
from yinfa.report import Finding, Place, ReadingFault, unreadable

Matrix = tuple[float, float, float, float, float, float]
Box = tuple[float, float, float, float]

TAIL_BYTES = 2048  # a whole file ends with its mark; some programs write a little behind it
HIDDEN, PRINTED = 2, 4  # flags of annotations
BLEED_MM = 3.0  # what is kept of a drawing beyond the edge of its page, for the press to cut
IDENTITY: Matrix = (1, 0, 0, 1, 0, 0)

logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # what matters becomes a fault


@dataclass(frozen=True, slots=True)
class OnePage:
    """A page as a drawing of its own, its lower left corner at 0, as large as a reader sees it."""

    form: IndirectObject
    width_mm: float
    height_mm: float

    @property
    def landscape(self) -> bool:
        return self.width_mm > self.height_mm + 1


@dataclass(frozen=True, slots=True)
class Original:
    """The pages of a PDF, within the writer that is to print them."""

    path: Path
    writer: PdfWriter
    pages: tuple[OnePage, ...]
    title: str
    lost: tuple[Finding, ...] = ()  # what printing leaves of forms and signatures


def open_original(
    path: Path,
    *,
    force: bool = False,
    cmyk: bool = False,
    tell: Callable[[int, int], None] = lambda *_: None,
) -> Original:
    """The PDF at *path*, its colours in press inks; a fault where it cannot be printed whole.

    Forms and signatures are printed as they look and lose what they were: that needs *force*. How
    many pages are done, and of how many, is told to *tell*.
    """
    reader = read_whole(path)
    try:
        lost = tuple(what_is_lost(path, reader))
        title = _title(reader)
    except Exception as error:  # damage has many shapes
        raise damaged(path) from error
    if lost and not force:
        raise ReadingFault(lost)
    try:
        writer = PdfWriter(clone_from=reader)
        _ink_drawings(writer, cmyk=cmyk)
        reader.stream.close()  # the writer has all there is: the file need not stay in memory
        count = len(writer.pages)
    except Exception as error:
        raise damaged(path) from error
    pages = []
    for number, page in enumerate(writer.pages, 1):
        try:
            pages.append(_as_drawing(writer, page, cmyk=cmyk))
        except Exception as error:
            raise damaged(path, number) from error
        tell(number, count)
    return Original(path, writer, tuple(pages), title or path.stem, lost)


def _title(reader: PdfReader) -> str:
    """The title that the file gives itself, as far as it can be shown in a line."""
    info = reader.metadata
    told = str(info.get("/Title") or "") if info else ""
    return "".join(char for char in told if char.isprintable()).strip()


def read_whole(path: Path) -> PdfReader:
    """The PDF at *path*; a ReadingFault where it is none, is cut off, encrypted or damaged."""
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        raise unreadable(path, "没有这个文件", "请核对文件名和所在的文件夹") from None
    except OSError as error:
        raise unreadable(path, f"文件打不开（{error.strerror}）", "请检查文件和读取权限") from None
    if not content:
        raise unreadable(path, "文件是空的（0 字节）", "请重新导出这个 PDF")
    if b"%PDF-" not in content[:1024]:
        raise unreadable(path, "这不是 PDF 文件", "请给出 PDF，或用来排它的 YAML 文件")
    if b"%%EOF" not in content[-TAIL_BYTES:]:
        raise unreadable(path, "PDF 不完整，末尾缺了一截", "请重新传送或重新导出这个 PDF")
    try:
        reader = PdfReader(io.BytesIO(content))
        if reader.is_encrypted:
            raise _encrypted(path)
        count = len(reader.pages)
    except ReadingFault:
        raise
    except FileNotDecryptedError:
        raise _encrypted(path) from None
    except Exception as error:  # damage has many shapes
        raise damaged(path) from error
    if not count:
        raise unreadable(path, "PDF 里一页也没有", "请检查导出这个 PDF 的步骤")
    return reader


def _encrypted(path: Path) -> ReadingFault:
    return unreadable(path, "PDF 已加密，取不出其中的页面", "请向制作的人要没有加密的 PDF")


def damaged(path: Path, page: int = 0) -> ReadingFault:
    """The fault of a file, or a page of it, that cannot be read."""
    what = "这一页已损坏，印不出来" if page else "PDF 已损坏，打不开"
    return unreadable(path, what, "请重新导出或重新传送这个 PDF", page)


def what_is_lost(path: Path, reader: PdfReader) -> Iterator[Finding]:
    """What the PDF has that its pages alone cannot have."""
    form = resolved(resolved(reader.trailer["/Root"]).get("/AcroForm"))
    fields = list(_fields(resolved(form.get("/Fields")) or ())) if form else []
    signed = sum(kind == "/Sig" for kind in fields)
    hint = "确认只用来印刷的，请加 --force；原文件不会改动"
    if signed:
        message = f"PDF 带有 {signed} 处数字签名，印出来的只有图样，没有签名的效力"
        yield Finding(Place(path), message, hint)
    if len(fields) > signed:
        message = f"PDF 里有 {len(fields) - signed} 个表单项，印出来以后不能再填写"
        yield Finding(Place(path), message, hint)
    if form and "/XFA" in form:
        message = "PDF 里有 XFA 表单，各个阅读器显示不同，印出来的可能不全"
        yield Finding(Place(path), message, hint)


def _fields(fields: Any, kind: str = "", depth: int = 0) -> Iterator[str]:
    """The kind of every field that has no fields below it."""
    for field in map(resolved, fields):
        own = str(field.get("/FT", kind))
        kids = [kid for kid in map(resolved, field.get("/Kids", ())) if "/T" in kid]
        if kids and depth < 32:
            yield from _fields(kids, own, depth + 1)
        else:
            yield own


# --- from a page to a drawing ----------------------------------------------------------------


def _as_drawing(writer: PdfWriter, page: PageObject, *, cmyk: bool) -> OnePage:
    """*page* as a form XObject of *writer*."""
    stream, width_mm, height_mm = drawing(
        page, lambda drawn: press_inks(drawn, cmyk=cmyk), bleed_mm=BLEED_MM
    )
    return OnePage(writer._add_object(stream), width_mm, height_mm)


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
            _refuse_torn(stream)
    return operators


def _refuse_torn(stream: StreamObject) -> None:
    """An error where *stream* does not unpack whole: pypdf makes do with what there is."""
    filters = resolved(stream.get("/Filter"))
    if (filters[:1] if isinstance(filters, ArrayObject) else [filters]) == ["/FlateDecode"]:
        unpacking = zlib.decompressobj()
        unpacking.decompress(stream._data)
        if not unpacking.eof:
            raise ValueError("a stream that is cut off")


def turned(original: Original, index: int) -> OnePage:
    """The page a quarter turned counter-clockwise: upright, its head to the left, 8."""
    page = original.pages[index]
    turn_quarter(resolved(page.form), page.height_mm)
    return replace(page, width_mm=page.height_mm, height_mm=page.width_mm)


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


def _ink_drawings(writer: PdfWriter, *, cmyk: bool) -> None:
    """Press inks for what pages draw again and again: forms and tiles of patterns."""
    for found in writer._objects:
        if not isinstance(found, StreamObject):
            continue
        if found.get("/Subtype") == "/Form" or found.get("/PatternType") == 1:
            operators = found.get_data()
            _refuse_torn(found)
            inked = press_inks(operators, cmyk=cmyk)
            if inked != operators:
                _redraw(found, inked)


def _redraw(stream: StreamObject, operators: bytes) -> None:
    """Give *stream* other operators, however the old ones were packed."""
    for key in ("/Filter", "/DecodeParms"):
        stream.pop(key, None)
    stream._data = operators
