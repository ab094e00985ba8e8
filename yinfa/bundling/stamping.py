"""What a bundle puts on finished pages: the marks of its documents, its outline, its links."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from yinfa import pdf
from yinfa.bundling.joining import Bookmark
from yinfa.composition import Composition
from yinfa.finishing.marginal import Marginal, SetWords
from yinfa.measures import Measures
from yinfa.parts import Part
from yinfa.pdf.objects import (
    ArrayObject,
    DictionaryObject,
    FloatObject,
    IndirectObject,
    NameObject,
    NullObject,
    NumberObject,
    PdfWriter,
    TextStringObject,
    add,
)

CONTENTS = ("/Document", "/TOC", "/TOCI", "/Reference", "/Link")
PRINTED = 4  # the flag of annotations that PDF/A asks for
ABOVE_MM = 6.0  # a reader that follows a bookmark sees a little of what is above


def stamp_marks(
    marks: Mapping[int, SetWords],
    mirrored: bool,
    writer: PdfWriter,
    composition: Composition,
    measures: Measures,
) -> None:
    """Each of *marks* in 3号 in the head margin of its page, flush left."""
    printed = Marginal(writer, marks.values(), "Mark")
    for index, mark in marks.items():
        verso = mirrored and composition.pages[index].number % 2 == 0
        left_mm = measures.fore_edge_mm if verso else measures.type_area.binding_mm
        middle_mm = measures.paper.height_mm - measures.bundle.mark_middle_mm
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
    reference = add(writer, outlines)
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
    places = [add(writer, item) for item in items]
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
    top = (measures.paper.height_mm - top_mm) * pdf.PT_PER_MM
    return ArrayObject(
        [page, NameObject("/XYZ"), NullObject(), FloatObject(round(top, 2)), NullObject()]
    )


# --- from the contents to the documents ------------------------------------------------------


def link_contents(
    targets: Sequence[Bookmark],
    mirrored: bool,
    writer: PdfWriter,
    composition: Composition,
    measures: Measures,
) -> None:
    """A link on every entry of the contents, to the first page of its document."""
    root = pdf.resolved(writer.root_object["/StructTreeRoot"])
    owners = pdf.resolved(pdf.resolved(root["/ParentTree"])["/Nums"])
    key = int(root["/ParentTreeNextKey"])
    entries = _entries(mirrored, composition, measures)
    for target, (index, box), link in zip(targets, entries, _links(root), strict=True):
        page: Any = writer.pages[index]
        annotation = add(
            writer,
            pdf.dictionary(
                {
                    "/Type": NameObject("/Annot"),
                    "/Subtype": NameObject("/Link"),
                    "/Rect": ArrayObject(FloatObject(round(edge, 2)) for edge in box),
                    "/Border": ArrayObject(map(NumberObject, (0, 0, 0))),
                    "/F": NumberObject(PRINTED),
                    "/Dest": _destination(target, writer, measures),
                    "/Contents": TextStringObject(target.name),
                    "/StructParent": NumberObject(key),
                }
            ),
        )
        page.setdefault(NameObject("/Annots"), ArrayObject()).append(annotation)
        page[NameObject("/Tabs")] = NameObject("/S")
        _own(link, annotation, page.indirect_reference)
        owners += [NumberObject(key), link]
        key += 1
    root[NameObject("/ParentTreeNextKey")] = NumberObject(key)


def _entries(
    mirrored: bool, composition: Composition, measures: Measures
) -> Iterator[tuple[int, tuple[float, float, float, float]]]:
    """The page of each entry of the contents, by index, and the box round it in points."""
    for index, page in enumerate(composition.pages):
        verso = mirrored and page.number % 2 == 0
        left_mm = measures.fore_edge_mm if verso else measures.type_area.binding_mm
        for placed in page.placed:
            if placed.block.part is Part.CONTENTS:
                top_mm = measures.type_top_mm(placed.row)
                bottom_mm = measures.type_bottom_mm(placed.row + len(placed.block.lines) - 1)
                edges_mm = (
                    left_mm,
                    measures.paper.height_mm - bottom_mm,
                    left_mm + measures.type_area.width_mm,
                    measures.paper.height_mm - top_mm,
                )
                left, bottom, right, top = (edge * pdf.PT_PER_MM for edge in edges_mm)
                yield index, (left, bottom, right, top)


def _links(element: Any) -> Iterator[Any]:
    """The references to the elements of the contents' entries, in their order."""
    kids = pdf.resolved(element.get("/K"))
    for kid in kids if isinstance(kids, ArrayObject) else [element.raw_get("/K")]:
        found: Any = pdf.resolved(kid)
        if isinstance(found, DictionaryObject) and found.get("/S") in CONTENTS:
            if str(found["/S"]) == "/Link":
                yield kid
            else:
                yield from _links(found)


def _own(link: Any, annotation: IndirectObject, page: IndirectObject) -> None:
    """Put *annotation*, which lies on *page*, into the element *link*."""
    element = pdf.resolved(link)
    kids = pdf.resolved(element["/K"])
    kept = list(kids) if isinstance(kids, ArrayObject) else [kids]
    reference = {"/Type": NameObject("/OBJR"), "/Pg": page, "/Obj": annotation}
    element[NameObject("/K")] = ArrayObject([*kept, pdf.dictionary(reference)])
