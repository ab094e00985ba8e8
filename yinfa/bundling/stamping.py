"""What a bundle puts on finished pages: the marks of its documents, its outline."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from pypdf import PdfWriter
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    FloatObject,
    IndirectObject,
    NameObject,
    NullObject,
    NumberObject,
    TextStringObject,
)

from yinfa import pdf
from yinfa.bundling.joining import Bookmark
from yinfa.composition import Composition
from yinfa.finishing.marginal import Marginal, Words
from yinfa.measures import Measures

ABOVE_MM = 6.0  # a reader that follows a bookmark sees a little of what is above


def stamp_marks(
    marks: Mapping[int, Words],
    mirrored: bool,
    writer: PdfWriter,
    composition: Composition,
    measures: Measures,
) -> None:
    """Each of *marks* in 3号 in the head margin of its page, flush left."""
    printed = Marginal(writer, marks.values(), "Mark")
    for index, mark in marks.items():
        verso = mirrored and composition.pages[index].number % 2 == 0
        left_mm = measures.fore_edge_mm if verso else measures.type_area_binding_mm
        middle_mm = measures.paper_height_mm - measures.bundle_mark_middle_mm
        drawing = printed.header(mark, left_mm, middle_mm, measures.cell_mm)
        pdf.stamp(writer, writer.pages[index], drawing, printed.fonts)


def set_bookmarks(
    bookmarks: Sequence[Bookmark],
    writer: PdfWriter,
    composition: Composition,
    measures: Measures,
) -> None:
    """The outline of the file: *bookmarks*, those below others folded."""
    outlines = DictionaryObject({NameObject("/Type"): NameObject("/Outlines")})
    reference = writer._add_object(outlines)
    _hang(outlines, reference, bookmarks, writer, measures)
    outlines[NameObject("/Count")] = NumberObject(len(bookmarks))
    writer.root_object[NameObject("/Outlines")] = reference


def _hang(
    parent: DictionaryObject,
    reference: IndirectObject,
    bookmarks: Sequence[Bookmark],
    writer: PdfWriter,
    measures: Measures,
) -> None:
    """Put *bookmarks* in their order below *parent*."""
    items = [DictionaryObject() for _ in bookmarks]
    places = [writer._add_object(item) for item in items]
    for index, (bookmark, item) in enumerate(zip(bookmarks, items, strict=True)):
        item[NameObject("/Title")] = TextStringObject(bookmark.name)
        item[NameObject("/Parent")] = reference
        item[NameObject("/Dest")] = _destination(bookmark, writer, measures)
        if index:
            item[NameObject("/Prev")] = places[index - 1]
        if index + 1 < len(items):
            item[NameObject("/Next")] = places[index + 1]
        if bookmark.below:
            _hang(item, places[index], bookmark.below, writer, measures)
            item[NameObject("/Count")] = NumberObject(-len(bookmark.below))
    if places:
        parent[NameObject("/First")], parent[NameObject("/Last")] = places[0], places[-1]


def _destination(bookmark: Bookmark, writer: PdfWriter, measures: Measures) -> ArrayObject:
    page: Any = writer.pages[bookmark.page].indirect_reference
    top_mm = measures.type_top_mm(bookmark.row) - ABOVE_MM if bookmark.row else 0.0
    top = (measures.paper_height_mm - top_mm) * pdf.PT_PER_MM
    return ArrayObject(
        [page, NameObject("/XYZ"), NullObject(), FloatObject(round(top, 2)), NullObject()]
    )
