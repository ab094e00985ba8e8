"""A path into a Painting: all its pages as they are painted, its faces, pictures and outline."""

from __future__ import annotations

import ctypes
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pypdfium2.raw as pdfium

from yinfa.reading import paint
from yinfa.reading.fonts import font_of, program_of
from yinfa.reading.links import links
from yinfa.reading.objects import Objects, digest, objects
from yinfa.reading.opening import open_page_as_shown, opened
from yinfa.reading.pages import frame_of
from yinfa.reading.painting import Unpaintable, painted, steps
from yinfa.reading.pictures import image
from yinfa.reading.plane import Frame
from yinfa.report import one_line, unreadable

DPI = 300  # of a page that becomes a picture
EM = 1000.0
DEEPEST = 32  # levels of structure
NUMBERED = (b"\1\0", b"\0\1\0\0", b"true", b"OTTO")  # programs whose glyphs go by number
MULTIPLY = "Multiply"
INFORMATION = (  # of the Info dictionary, ISO 32000 14.3.3; the last three are of our own PDFs
    "Title", "Author", "Subject", "Keywords", "Creator", "Producer", "CreationDate", "ModDate",
    "DocumentNumber", "Classification", "Urgency",
)  # fmt: skip


@dataclass
class _Painter:
    """What the pages share: it numbers faces and pictures as they are met."""

    known: Objects
    faces: list[paint.PaintedFace] = field(default_factory=list)
    images: list[paint.PictureFile] = field(default_factory=list)
    face_numbers: dict[object, int] = field(default_factory=dict)
    handles: dict[int, int] = field(default_factory=dict)
    outlines: dict[int, dict[str, paint.GlyphOutline]] = field(default_factory=dict)
    image_numbers: dict[bytes, int] = field(default_factory=dict)
    remarks: list[str] = field(default_factory=list)

    def face_of(self, handle: Any, text: str) -> int:
        """The number of a font; the glyphs that set *text* are drawn if they have no numbers."""
        address = ctypes.addressof(handle.contents)
        if address not in self.handles:
            self.handles[address] = self._number(handle)
        number = self.handles[address]
        drawn = self.outlines.get(number)
        numbered = self.faces[number].glyphs
        for char in dict.fromkeys(text):
            if drawn is not None and char not in drawn:
                drawn[char] = _outline(handle, char)
            blank = char.isspace() or unicodedata.category(char) == "Cf"
            if not blank and char not in numbered and not (drawn and drawn[char].path):
                raise Unpaintable(f"有画不出字形的字（{char}）")
        return number

    def _number(self, handle: Any) -> int:
        font = font_of(handle)
        if pdfium.FPDFFont_GetIsEmbedded(handle) != 1:
            raise Unpaintable(f"有没有嵌入的字体（{font.name}）")
        program = program_of(handle)
        glyphs = self.known.glyphs.get(font.tagged, {}) if program.startswith(NUMBERED) else {}
        key = (font.tagged, digest(program))
        if key not in self.face_numbers:
            number = self.face_numbers[key] = len(self.faces)
            drawn: dict[str, paint.GlyphOutline] = {}
            if not glyphs:
                self.outlines[number] = drawn
            face = paint.PaintedFace(font.name, font.family, font.bold, program, glyphs, drawn)
            self.faces.append(face)
        return self.face_numbers[key]

    def image_of(self, item: Any, page: Any) -> int:
        key, found = image(item, page, self.known.masks)
        if key not in self.image_numbers:
            self.image_numbers[key] = len(self.images)
            self.images.append(found)
        return self.image_numbers[key]

    def page(self, document: Any, page: Any, number: int) -> paint.Painted:
        """A page; as a picture where it holds what cannot be told otherwise."""
        frame, label = frame_of(page.raw), document.get_page_label(number - 1)
        blends = self.known.blends.get(number, frozenset())
        try:
            found = painted(
                page.raw, frame, label, self.face_of, self.image_of, multiplied=MULTIPLY in blends
            )
        except Unpaintable as why:
            self.remarks.append(f"第{number}页{why}，整页转成了图片，文字不能检索")
            return self._as_picture(page, frame, label)
        if others := "、".join(sorted(blends - {MULTIPLY})):
            self.remarks.append(f"第{number}页的图形混合方式（{others}）在 OFD 里没有，按覆盖画")
        return found

    def _as_picture(self, page: Any, frame: Frame, label: str) -> paint.Painted:
        width_mm, height_mm = frame.shown_mm
        file = BytesIO()
        page.render(scale=DPI / 72).to_pil().convert("RGB").save(file, "PNG")
        self.images.append(paint.PictureFile("PNG", file.getvalue()))
        matrix = (width_mm, 0.0, 0.0, -height_mm, 0.0, height_mm)
        item = paint.Raster(len(self.images) - 1, matrix, 255, ())
        return paint.Painted(width_mm, height_mm, (item,), label)


def paint_all(path: Path) -> paint.Painting:
    """The PDF at *path* as it is painted; a ReadingFault where it cannot be read."""
    path = Path(path)
    with opened(path) as document:
        try:
            known = objects(path)
        except Exception as error:  # the object reader meets damage in many shapes
            raise unreadable(path, "PDF 的内部结构已损坏", "请重新生成这个 PDF") from error
        painter = _Painter(known)
        # Pages stay open: pdfium gives the address of a font that it closes to another.
        pages = []
        for index in range(len(document)):
            page, shown = open_page_as_shown(document, path, index)
            pages.append(page)
            if shown:
                painter.remarks.append(f"第{index + 1}页签名或图章的样子照画，签名本身不带进 OFD")
        done = tuple(
            replace(painter.page(document, page, number), links=tuple(links(document, page, pages)))
            for number, page in enumerate(pages, 1)
        )
        outline = tuple(_outline_of(document, pages))
        structure = tuple(_structure(pages))
        information = {key: text for key in INFORMATION if (text := _said(document, key))}
        for page in pages:
            page.close()
    return paint.Painting(
        pages=done,
        faces=tuple(painter.faces),
        images=tuple(painter.images),
        outline=outline,
        structure=structure,
        information=information,
        remarks=tuple(painter.remarks),
    )


def _outline(handle: Any, char: str) -> paint.GlyphOutline:
    """The shape of *char* in the font *handle* as pdfium draws it; empty where it has none."""
    width = ctypes.c_float()
    pdfium.FPDFFont_GetGlyphWidth(handle, ord(char), EM, ctypes.byref(width))
    glyph = pdfium.FPDFFont_GetGlyphPath(handle, ord(char), EM)
    if not glyph:
        return paint.GlyphOutline((), width.value)
    count = pdfium.FPDFGlyphPath_CountGlyphSegments(glyph)
    get = pdfium.FPDFGlyphPath_GetGlyphPathSegment
    segments = (get(glyph, index) for index in range(count))
    path = tuple(steps(segments, lambda x, y: (x * EM, y * EM)))
    return paint.GlyphOutline(path, width.value)


def _said(document: Any, key: str) -> str:
    """What the Info dictionary says under *key*."""
    length = pdfium.FPDF_GetMetaText(document.raw, key.encode(), None, 0)
    buffer = ctypes.create_string_buffer(max(length, 2))
    pdfium.FPDF_GetMetaText(document.raw, key.encode(), buffer, length)
    return one_line(buffer.raw[: max(length - 2, 0)].decode("utf-16-le", "replace")).strip()


def _outline_of(document: Any, pages: list[Any]) -> Iterator[paint.OutlineTarget]:
    """The entries of the outline, each before those below it."""
    for bookmark in document.get_toc(max_depth=DEEPEST):
        target = bookmark.get_dest()
        index = target.get_index() if target else None
        left_mm = top_mm = 0.0
        if index is None or not 0 <= index < len(pages):
            index = -1
        elif target is not None:
            view, place = target.get_view()
            if view == pdfium.PDFDEST_VIEW_XYZ and None not in place[:2]:
                left_mm, top_mm = frame_of(pages[index].raw).mm(place[0], place[1])
        title = one_line(bookmark.get_title()).strip()
        yield paint.OutlineTarget(
            title, bookmark.level + 1, index + 1, max(left_mm, 0), max(top_mm, 0)
        )


def _structure(pages: list[Any]) -> Iterator[paint.TaggedContent]:
    """The structure tree, page by page."""
    for number, page in enumerate(pages, 1):
        tree = pdfium.FPDF_StructTree_GetForPage(page.raw)
        if not tree:
            continue
        for index in range(pdfium.FPDF_StructTree_CountChildren(tree)):
            element = pdfium.FPDF_StructTree_GetChildAtIndex(tree, index)
            if element:
                yield _tagged(element, number, 0)
        pdfium.FPDF_StructTree_Close(tree)


def _tagged(element: Any, page: int, depth: int) -> paint.TaggedContent:
    marks, within = [], []
    for index in range(max(pdfium.FPDF_StructElement_CountChildren(element), 0)):
        child = pdfium.FPDF_StructElement_GetChildAtIndex(element, index)
        if child and depth < DEEPEST:
            within.append(_tagged(child, page, depth + 1))
            continue
        mark = pdfium.FPDF_StructElement_GetChildMarkedContentID(element, index)
        if mark >= 0:
            marks.append((page, mark))
    kind = _words(pdfium.FPDF_StructElement_GetType, element)
    alternative = _words(pdfium.FPDF_StructElement_GetAltText, element)
    return paint.TaggedContent(kind, alternative, tuple(marks), tuple(within))


def _words(call: Any, element: Any) -> str:
    length = call(element, None, 0)
    buffer = ctypes.create_string_buffer(max(length, 2))
    call(element, buffer, length)
    return buffer.raw[: max(length - 2, 0)].decode("utf-16-le", "replace")
