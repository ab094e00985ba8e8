"""Copies of a finished PDF, each with its number and its recipient; nothing is rendered again.

A master is made once, with a place for the number and an empty mark on every page. A copy is the
master followed by two small streams, so what a reader verified of the one holds of the other.
"""

from __future__ import annotations

import io
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from yinfa import pdf
from yinfa.faces import Fount, uncovered_finding
from yinfa.finishing import copy_number
from yinfa.issuing.distribution import CopyMark
from yinfa.measures import standard_measures
from yinfa.model import Text
from yinfa.pdf import PT_PER_MM, resolved, serializing
from yinfa.pdf.objects import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    FloatObject,
    IndirectObject,
    NameObject,
    PdfReader,
    PdfWriter,
    StreamObject,
    add,
)
from yinfa.pdf.opening import damaged, read_whole, signatures
from yinfa.reading import read
from yinfa.rendering.operators import digit_glyphs
from yinfa.report import FaceFault, Finding, ReadingFault, unreadable

DIGITS = 6  # 7.2.1
MORE = "……"
MARK = "/CopyMark"


@dataclass(frozen=True, slots=True)
class Original:
    """A finished PDF and what it says of itself."""

    path: Path
    content: bytes
    pages: int
    info: Mapping[str, str]
    has_letterhead: bool
    left_mm: float  # where its text begins; what is left at the right is no more
    room: copy_number.NumberRoom | None  # for a number, still free


@dataclass(frozen=True, slots=True)
class Master:
    """What all copies begin with, and the streams in it that each copy has of its own."""

    content: bytes
    number_stream: int  # 0: no room
    number_text: bytes  # operators; the glyphs go where %b is
    digits: Mapping[str, bytes]
    mark_stream: int  # 0: no mark
    mark: CopyMark
    paper_pt: tuple[float, float]
    left_mm: float


def read_original(path: Path) -> Original:
    """The PDF at *path*; a ReadingFault where it cannot be copied."""
    reader = read_whole(path)
    stream: Any = reader.stream
    try:
        if signatures(reader):
            hint = "请用签名以前的 PDF 做分发的各份；需要签名的，分发以后逐份签名"
            raise unreadable(path, "PDF 已签名，填份号会使签名失效", hint)
        room = copy_number.titled(reader, copy_number.COPY_NUMBER)
        if room and not room.is_free(_drawn(reader.pages[room.page])):
            hint = "请在源文件里写“份号: 分发”，或删去份号，重新排版"
            raise unreadable(path, "这份 PDF 已印有份号，不能再给各份编号", hint)
        mark = copy_number.titled(reader, copy_number.MARK)
        info = {str(key): str(value) for key, value in (reader.metadata or {}).items()}
        pages = len(reader.pages)
    except ReadingFault:
        raise
    except Exception as error:  # damage has many shapes
        raise damaged(path) from error
    left_mm = _left_mm(path)
    return Original(path, stream.getvalue(), pages, info, mark is not None, left_mm, room)


def _left_mm(path: Path) -> float:
    """Where the text of its first page begins, whatever house it follows."""
    found = read(path, {1}).sheets
    lines = found[0].body_lines if found else ()
    usual_mm = standard_measures().type_area.binding_mm
    return min((line.x0_mm for line in lines), default=usual_mm)


def _drawn(page: Any) -> bytes:
    contents = page.get_contents()
    return contents.get_data() if contents is not None else b""


# --- the master ------------------------------------------------------------------------------


def master(original: Original, mark: CopyMark) -> Master:
    """What all copies of *original* with this kind of *mark* begin with."""
    try:
        return _master(original, mark)
    except Exception as error:  # damage has many shapes
        raise damaged(original.path) from error


def _master(original: Original, mark: CopyMark) -> Master:
    writer = pdf.clone(original.content)
    text, digits = _open_room(writer, original.room) if original.room else (b"", {})
    if mark is not CopyMark.NONE:
        form = add(writer, _form(b"", ArrayObject([FloatObject(0)] * 4), {}))
        for page in writer.pages:
            _invoke(writer, page, form)
    whole = pdf.to_bytes(writer)
    reader: Any = PdfReader(io.BytesIO(whole))
    first = reader.pages[0]
    box = first.mediabox
    number = mark_stream = 0
    if original.room:
        contents = reader.pages[original.room.page]["/Contents"]
        number = contents[-2].idnum
    if mark is not CopyMark.NONE:
        forms = resolved(resolved(first["/Resources"])["/XObject"])
        mark_stream = forms.raw_get(MARK).idnum
    paper = (float(box.width), float(box.height))
    return Master(whole, number, text, digits, mark_stream, mark, paper, original.left_mm)


def _open_room(
    writer: PdfWriter, room: copy_number.NumberRoom
) -> tuple[bytes, Mapping[str, bytes]]:
    """Give the number a stream of its own; its operators, and the glyphs of the digits."""
    page: Any = writer.pages[room.page]
    before, text, after, face = room.parts(_drawn(page))
    font = resolved(resolved(resolved(page["/Resources"])["/Font"])[face.decode()])
    digits = digit_glyphs(resolved(font["/ToUnicode"]).get_data())
    streams = (_stream(part) for part in (before, text % b"", after))
    page[NameObject("/Contents")] = ArrayObject(add(writer, stream) for stream in streams)
    return text, digits


def _invoke(writer: PdfWriter, page: Any, form: IndirectObject) -> None:
    """Have *page* draw *form* under what it shows, as an artifact."""
    drawing = _stream(f"/Artifact <</Type /Pagination>> BDC\nq {MARK} Do Q\nEMC\n".encode())
    contents = page.get("/Contents")
    found = resolved(contents)
    streams = list(found) if isinstance(found, ArrayObject) else [page.raw_get("/Contents")]
    page[NameObject("/Contents")] = ArrayObject([add(writer, drawing), *streams])
    resources = DictionaryObject(resolved(page["/Resources"]))
    forms = DictionaryObject(resolved(resources.get("/XObject")) or {})
    forms[NameObject(MARK)] = form
    resources[NameObject("/XObject")] = forms
    page[NameObject("/Resources")] = resources


def _stream(data: bytes) -> StreamObject:
    stream = DecodedStreamObject()
    stream.set_data(data)
    return stream


def _form(drawing: bytes, box: ArrayObject, fonts: Mapping[str, IndirectObject]) -> StreamObject:
    form = _stream(drawing)
    named = DictionaryObject({NameObject(name): font for name, font in fonts.items()})
    form[NameObject("/Type")] = NameObject("/XObject")
    form[NameObject("/Subtype")] = NameObject("/Form")
    form[NameObject("/BBox")] = box
    form[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): named})
    return form


# --- a copy ----------------------------------------------------------------------------------


def copy(master: Master, number: int, name: Text, fount: Fount) -> bytes:
    """The copy with this *number*, 0 being none, for the recipient of that *name*."""
    digits = f"{number:0{DIGITS}}" if number else ""
    changed: dict[int, StreamObject] = {}
    if digits and master.number_stream:
        glyphs = b"".join(master.digits[digit] for digit in digits)
        changed[master.number_stream] = _stream(master.number_text % (b"<%b>" % glyphs))
    if master.mark_stream:
        shown = "\u3000".join(filter(None, (digits, name.value)))
        changed[master.mark_stream] = _drawn_mark(master, Text(shown, name.place), fount)
    return serializing.update(master.content, changed) if changed else master.content


def uncovered(name: Text, fount: Fount) -> Iterator[Finding]:
    """The characters of *name* that no face can set in a mark."""
    for char in dict.fromkeys(name.value):
        if fount.face(char) is None:
            yield uncovered_finding(char, fount.role, name.place)


def _drawn_mark(master: Master, text: Text, fount: Fount) -> StreamObject:
    if missing := tuple(uncovered(text, fount)):
        raise FaceFault(missing)
    width_pt, height_pt = master.paper_pt
    measures = standard_measures().copy
    if master.mark is CopyMark.DIAGONAL:
        room_pt = math.hypot(width_pt, height_pt) * measures.slant_share
        shown, size_pt = _fitted(text.value, room_pt, measures.slant_pt, fount)
        angle = math.atan2(height_pt, width_pt)
        across, along = math.cos(angle), math.sin(angle)
        half_pt = _width_em(shown, fount) * size_pt / 2
        x = width_pt / 2 - across * half_pt + along * size_pt / 3
        y = height_pt / 2 - along * half_pt - across * size_pt / 3
        matrix = (across, along, -along, across, x, y)
        grey = measures.slant_grey
    else:
        left_pt = master.left_mm * PT_PER_MM
        shown, size_pt = _fitted(text.value, width_pt - 2 * left_pt, measures.size_pt, fount)
        place_pt = (left_pt, measures.baseline_mm * PT_PER_MM)
        matrix, grey = (1.0, 0.0, 0.0, 1.0, *place_pt), 0.0
    scratch = PdfWriter()
    operators, fonts = _set(scratch, shown, size_pt, fount)
    numbers = " ".join(f"{number:.4f}" for number in matrix)
    drawing = f"BT {grey:g} g {numbers} Tm {operators} ET\n".encode()
    box = ArrayObject(map(FloatObject, (0, 0, width_pt, height_pt)))
    return _form(drawing, box, fonts)


def _set(
    scratch: PdfWriter, text: str, size_pt: float, fount: Fount
) -> tuple[str, dict[str, IndirectObject]]:
    """The operators that show *text*, in as many faces as it takes, and these faces' fonts."""
    faces = {char: fount.face(char) for char in text}
    paths = {face.path: "" for face in faces.values() if face}
    for char, face in faces.items():
        if face:
            paths[face.path] += char
    embedded = {path: pdf.embed(scratch, path, chars) for path, chars in paths.items()}
    names = {path: f"/M{index}" for index, path in enumerate(paths)}
    operators: list[str] = []
    for char in text:
        face = faces[char]
        if face:
            operators.append(f"{names[face.path]} {size_pt:g} Tf")
            operators.append(f"<{embedded[face.path].encoded(char)}> Tj")
    merged = " ".join(_without_repeats(operators))
    return merged, {names[path]: face.font for path, face in embedded.items()}


def _without_repeats(operators: list[str]) -> Iterator[str]:
    """*operators* without a choice of the face that is set already."""
    chosen = ""
    for operator in operators:
        if operator.endswith("Tf"):
            if operator == chosen:
                continue
            chosen = operator
        yield operator


def _fitted(text: str, room_pt: float, largest_pt: float, fount: Fount) -> tuple[str, float]:
    """*text* and a size at which it is no wider than *room_pt*; a long one is cut."""
    size_pt = min(largest_pt, room_pt / _width_em(text, fount))
    least_pt = standard_measures().copy.least_pt
    if size_pt >= least_pt:
        return text, math.floor(size_pt * 100) / 100
    while _width_em(text + MORE, fount) * least_pt > room_pt:
        text = text[:-1]
    return text + MORE, least_pt


def _width_em(text: str, fount: Fount) -> float:
    return sum(fount.advance(char) for char in text)
