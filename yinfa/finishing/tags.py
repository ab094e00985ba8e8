"""The structure tree a screen reader walks: one element a block, though its pages are many.

The renderer tags every line, and a block anew on each page. Its elements pair one to one with the
blocks and pictures that were printed, page by page; from that a tree is made that says what each
block is, in the order of the source.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import takewhile
from typing import Any

from yinfa.composition import Block, Composition, Page, PlacedPicture
from yinfa.finishing.copy_number import COPY_NUMBER, MARK
from yinfa.parts import Part
from yinfa.pdf import PT_PER_MM, dictionary, resolved
from yinfa.pdf.objects import (
    ArrayObject,
    DictionaryObject,
    FloatObject,
    IndirectObject,
    NameObject,
    NullObject,
    NumberObject,
    PdfObject,
    PdfWriter,
    TextStringObject,
    add,
)

# An order has no title: its mark names it.
HEADINGS = (Part.TITLE, Part.CHAPTER, Part.HEADING, Part.RUN_IN)
DEEPEST_HEADING = 6
TAGS = {
    Part.ATTACHMENT_LIST: "LBody",
    Part.CAPTION: "Caption",
    Part.FOOTNOTE: "Note",
    Part.CONTENTS: "Link",
}
# What such elements are items of: the list, then what stands round the element in it.
LISTS = {"LBody": ("L", "LI"), "Link": ("TOC", "TOCI", "Reference")}
SHEET_CONTENT = 0  # the marked content that a sheet of another PDF is laid down as
# Who numbers the copies of a finished PDF finds these elements by their titles.
TITLES = {Part.MARK: MARK, Part.COPY_NUMBER: COPY_NUMBER, Part.NUMBER_ROOM: COPY_NUMBER}

Content = tuple[IndirectObject, int]  # a page, and the number of marked content on it


class TagsDiffer(Exception):
    """The renderer's tags do not pair with the blocks that were printed: our own mistake."""


@dataclass
class StructureElement:
    """What a screen reader meets: marked content, then what stands below."""

    tag: str
    contents: list[Content] = field(default_factory=list)
    children: list[StructureElement] = field(default_factory=list)
    attributes: dict[str, PdfObject] = field(default_factory=dict)


def mend(writer: PdfWriter, composition: Composition) -> dict[int, set[int]]:
    """Write the tree of *composition*; what is left over is to be artifacts.

    That comes back as numbers of marked content by the index of the page.
    """
    root = resolved(writer.root_object["/StructTreeRoot"])
    document = resolved(root["/K"][0])
    printed: dict[int, list[Any]] = {}
    for kid in map(resolved, document["/K"]):
        if next(_leaves(kid, None), None):
            printed.setdefault(kid.raw_get("/Pg").idnum, []).append(kid)
    outline = _Outline(_headings(composition.pages))
    for number, (sheet, page) in enumerate(zip(writer.pages, composition.pages, strict=True)):
        if page.begins:
            outline.begin(_headings(composition.pages[number:]))
        reference = sheet.indirect_reference
        elements = printed.get(reference.idnum, []) if reference else []
        _add_page(outline, page, elements, float(sheet.mediabox.height))
        if page.stands_for and reference:
            outline.add_sheet(page.stands_for, reference, sheet.mediabox)
    _write(writer, root, outline.whole)
    index = {
        sheet.indirect_reference.idnum: number
        for number, sheet in enumerate(writer.pages)
        if sheet.indirect_reference
    }
    artifacts: dict[int, set[int]] = {}
    for reference, number in outline.artifacts:
        artifacts.setdefault(index[reference.idnum], set()).add(number)
    return artifacts


def _headings(pages: Sequence[Page]) -> Collection[Part]:
    """The parts that are headings in the document that begins with *pages*."""
    own = takewhile(lambda page: not page.begins, pages[1:])
    blocks = (placed.block for page in (pages[0], *own) for placed in page.placed)
    titled = any(block.part is Part.TITLE for block in blocks)
    return HEADINGS if titled else (*HEADINGS, Part.MARK)


def _add_page(outline: _Outline, page: Page, printed: Sequence[Any], height_pt: float) -> None:
    """Add the blocks of *page*, then the pictures over them."""
    shown = [placed for placed in page.placed if not _is_blank(placed.block)]
    if len(printed) != len(shown) + len(page.pictures):
        raise TagsDiffer(f"page {page.number}: {len(printed)} elements")
    for placed, element in zip(shown, printed, strict=False):
        if placed.block.picture:
            outline.add_picture(placed.block.picture, element, height_pt)
        else:
            outline.add(placed.block, element)
    for picture, element in zip(page.pictures, printed[len(shown) :], strict=True):
        outline.add_picture(picture, element, height_pt)


def _is_blank(block: Block) -> bool:
    """Whether *block* is a table with nothing in its cells, of which nothing is read."""
    return block.table is not None and not any(line.text.strip() for line in block.all_lines())


# --- from what was printed to what it is -----------------------------------------------------


class _Outline:
    """Grows block by block; it remembers the block that goes on on the next page.

    Each document of a bundle is a part of the *whole*.
    """

    def __init__(self, headings: Collection[Part]) -> None:
        self._headings = headings
        self.whole: list[StructureElement] = []
        self.elements = self.whole
        self.artifacts: list[Content] = []
        self._unfinished: StructureElement | None = None
        self._level = 0
        self._notes = 0

    def begin(self, headings: Collection[Part]) -> None:
        """Let what follows be a document of its own, which has these *headings*."""
        part = StructureElement("Part")
        self.whole.append(part)
        self.elements = part.children
        self._headings = headings
        self._level = 0

    def add(self, block: Block, printed: Any) -> None:
        """Add what was printed of *block*, to what it began with where it goes on."""
        if block.part is Part.LEADER:
            self.artifacts += _leaves(printed, None)
            return
        if block.part is Part.CONTENTS_NUMBER:
            self._last_item().contents += _leaves(printed, None)
            return
        parts = self._table(printed) if block.part is Part.TABLE else self._parts(block, printed)
        before = None if block.first else self._unfinished
        for part in parts:
            if before is not None and before.tag == part.tag:
                self._join(before, part)
            else:
                before = self._append(part)
        if not block.last:
            self._unfinished = before

    def _last_item(self) -> StructureElement:
        """The innermost element of the last item of the list that is growing."""
        item = self.elements[-1]
        while item.children:
            item = item.children[-1]
        return item

    def add_picture(self, picture: PlacedPicture, printed: Any, height_pt: float) -> None:
        """Add a figure with its alternative text and its place on the page."""
        left = picture.left_mm * PT_PER_MM
        top = height_pt - picture.top_mm * PT_PER_MM
        corners = (
            left,
            top - picture.height_mm * PT_PER_MM,
            left + picture.width_mm * PT_PER_MM,
            top,
        )
        self._add_figure(picture.alternative, list(_leaves(printed, None)), corners)

    def add_sheet(self, alternative: str, page: IndirectObject, box: Iterable[float]) -> None:
        """Add a *page* that nothing was printed on: what will be laid on it is one figure."""
        self._add_figure(alternative, [(page, SHEET_CONTENT)], box)

    def _add_figure(
        self, alternative: str, contents: list[Content], corners: Iterable[float]
    ) -> None:
        layout: dict[str, PdfObject] = {
            "/O": NameObject("/Layout"),
            "/Placement": NameObject("/Block"),
            "/BBox": ArrayObject(FloatObject(round(float(corner), 3)) for corner in corners),
        }
        attributes = {"/Alt": TextStringObject(alternative), "/A": dictionary(layout)}
        self._append(StructureElement("Figure", contents, attributes=attributes))

    def _parts(self, block: Block, printed: Any) -> Iterator[StructureElement]:
        """The elements a block of lines leaves: one, or heading and text of a run-in heading."""
        if block.part is not Part.RUN_IN:
            yield self._element(block, list(_leaves(printed, None)))
            return
        page = printed.raw_get("/Pg")
        for kid in map(resolved, printed["/K"]):
            if contents := list(_leaves(kid, page)):
                heads = kid["/S"].startswith("/H")
                yield self._element(block, contents) if heads else StructureElement("P", contents)

    def _element(self, block: Block, contents: list[Content]) -> StructureElement:
        """The element that *block* is; levels of headings never skip one, as ISO 14289 7.4.2."""
        if block.part in self._headings:
            if block.first:
                self._level = min(block.level + 1, self._level + 1, DEEPEST_HEADING)
            return StructureElement(f"H{self._level}", contents)
        element = StructureElement(TAGS.get(block.part, "P"), contents)
        if title := TITLES.get(block.part):
            element.attributes["/T"] = TextStringObject(title)
        if element.tag == "Note":
            self._notes += 1
            element.attributes["/ID"] = TextStringObject(f"note{self._notes}")
        return element

    def _table(self, printed: Any) -> Iterator[StructureElement]:
        """The table with its rows; what else a row or cell holds is content of it."""
        tables = [element for element in _walk(printed) if element["/S"] == "/Table"]
        if len(tables) != 1:
            raise TagsDiffer(f"{len(tables)} tables where one was printed")
        yield _grown(tables[0])

    def _append(self, element: StructureElement) -> StructureElement:
        last = self.elements[-1] if self.elements else None
        if element.tag in LISTS:
            whole, *around = LISTS[element.tag]
            item = element
            for tag in reversed(around):
                item = StructureElement(tag, children=[item])
            if last is not None and last.tag == whole:
                last.children.append(item)
            else:
                self.elements.append(StructureElement(whole, children=[item]))
            return element
        if element.tag == "Table" and last is not None and last.tag == "Caption":
            self.elements.pop()
            element.children.insert(0, last)
        if element.tag == "Caption" and last is not None and last.tag == "Figure":
            element.tag = "P"  # below a figure it would be hidden by the alternative text
        self.elements.append(element)
        return element

    def _join(self, element: StructureElement, more: StructureElement) -> None:
        """Let *element* go on with *more*; the head of a table is read once."""
        element.contents += more.contents
        for child in more.children:
            if child.tag == "THead":
                self.artifacts += _all_contents(child)
            elif element.children and element.children[-1].tag == child.tag == "TBody":
                element.children[-1].children += child.children
            else:
                element.children.append(child)


def _grown(printed: Any) -> StructureElement:
    """A table, or a part of one, as an element."""
    tag = str(printed["/S"])[1:]
    element = StructureElement(tag)
    if tag in ("TH", "TD"):
        element.contents = list(_leaves(printed, None))
        cell: dict[str, PdfObject] = {"/O": NameObject("/Table")}
        if tag == "TH":
            cell["/Scope"] = NameObject("/Column")
        spans = resolved(printed["/A"]) if "/A" in printed else {}
        cell |= {key: spans[key] for key in ("/RowSpan", "/ColSpan") if key in spans}
        if len(cell) > 1:
            element.attributes["/A"] = dictionary(cell)
    else:
        element.children = [
            _grown(kid) for kid in map(resolved, printed["/K"]) if isinstance(kid, DictionaryObject)
        ]
    return element


def _all_contents(element: StructureElement) -> Iterator[Content]:
    yield from element.contents
    for child in element.children:
        yield from _all_contents(child)


# --- the renderer's tree ---------------------------------------------------------------------


def _kids(element: Any) -> Iterable[Any]:
    kids = resolved(element.get("/K"))
    if kids is None:
        return ()
    return map(resolved, kids) if isinstance(kids, ArrayObject) else (kids,)


def _walk(element: Any) -> Iterator[Any]:
    """*element* and every element below it."""
    yield element
    for kid in _kids(element):
        if isinstance(kid, DictionaryObject) and "/S" in kid:
            yield from _walk(kid)


def _leaves(element: Any, page: Any) -> Iterator[Content]:
    """Every piece of marked content below *element*, in reading order."""
    own = element.raw_get("/Pg") if "/Pg" in element else page
    for kid in _kids(element):
        if isinstance(kid, NumberObject):
            yield own, int(kid)
        else:
            yield from _leaves(kid, own)


# --- the tree as it is written ---------------------------------------------------------------


def _write(writer: PdfWriter, root: Any, elements: Iterable[StructureElement]) -> None:
    """Put *elements* below the document element, and each content's element in the parent tree."""
    reference = root["/K"][0]
    document = resolved(reference)
    owners: dict[int, dict[int, IndirectObject]] = {}
    document[NameObject("/K")] = ArrayObject(
        _written(writer, element, reference, owners) for element in elements
    )
    numbers = ArrayObject()
    for sheet in writer.pages:
        key = sheet.indirect_reference.idnum if sheet.indirect_reference else 0
        owned = owners.get(key, {})
        row = (owned.get(number, NullObject()) for number in range(max(owned, default=-1) + 1))
        numbers += [sheet["/StructParents"], ArrayObject(row)]
    tree = DictionaryObject({NameObject("/Nums"): numbers})
    root[NameObject("/ParentTree")] = add(writer, tree)
    root[NameObject("/ParentTreeNextKey")] = NumberObject(len(writer.pages))


def _written(
    writer: PdfWriter,
    element: StructureElement,
    parent: IndirectObject,
    owners: dict[int, dict[int, IndirectObject]],
) -> IndirectObject:
    """*element* and all below it as objects of *writer*."""
    found = DictionaryObject(
        {
            NameObject("/S"): NameObject(f"/{element.tag}"),
            NameObject("/P"): parent,
            **{NameObject(key): value for key, value in element.attributes.items()},
        }
    )
    reference = add(writer, found)
    kids: list[PdfObject] = []
    for page, number in element.contents:
        owners.setdefault(page.idnum, {})[number] = reference
        if page == element.contents[0][0]:
            kids.append(NumberObject(number))
        else:
            content: dict[str, PdfObject] = {
                "/Type": NameObject("/MCR"),
                "/Pg": page,
                "/MCID": NumberObject(number),
            }
            kids.append(dictionary(content))
    if element.contents:
        found[NameObject("/Pg")] = element.contents[0][0]
    kids += [_written(writer, child, reference, owners) for child in element.children]
    found[NameObject("/K")] = kids[0] if len(kids) == 1 else ArrayObject(kids)
    return reference
