"""The structure tree a screen reader walks: one element a block, though its pages are many.

A renderer tags a block anew on each page. What it drew pairs one to one with the blocks and the
pictures of each page; from that a tree is made that says what each block is, in the order of the
source.
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
from yinfa.rendering.drawn import DrawnElement, DrawnPages, TagsDiffer, is_counted

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


@dataclass
class StructureElement:
    """What a screen reader meets: marked content, then what stands below."""

    tag: str
    contents: list[Content] = field(default_factory=list)
    children: list[StructureElement] = field(default_factory=list)
    attributes: dict[str, PdfObject] = field(default_factory=dict)


def write_tags(drawn: DrawnPages, composition: Composition) -> dict[int, set[int]]:
    """Write the tree of *composition*; what is left over is to be artifacts.

    That comes back as numbers of marked content by the index of the page.
    """
    writer = drawn.writer
    outline = _Outline(_headings(composition.pages))
    for index, (sheet, page) in enumerate(zip(writer.pages, composition.pages, strict=True)):
        if page.begins:
            outline.begin(_headings(composition.pages[index:]))
        assert sheet.indirect_reference
        if drawn.shown:
            _refuse_loss(page, drawn.shown[index])
        _add_page(outline, page, drawn.elements[index], sheet.indirect_reference, sheet.mediabox)
        if page.stands_for:
            outline.add_sheet(page.stands_for, sheet.indirect_reference, sheet.mediabox)
    _write(writer, resolved(writer.root_object["/StructTreeRoot"]), outline.whole)
    indexes = {
        sheet.indirect_reference.idnum: index
        for index, sheet in enumerate(writer.pages)
        if sheet.indirect_reference
    }
    artifacts: dict[int, set[int]] = {}
    for reference, number in outline.artifacts:
        artifacts.setdefault(indexes[reference.idnum], set()).add(number)
    return artifacts


def _refuse_loss(page: Page, shown: int) -> None:
    """What leaves the page is not drawn, and its tags would not tell: count what must stand."""
    lines = (line.text for placed in page.placed for line in placed.block.all_lines())
    due = sum(is_counted(char) for text in lines for char in text)
    if shown < due:
        raise TagsDiffer(f"page {page.number}: {due - shown} characters are not drawn")


def _headings(pages: Sequence[Page]) -> Collection[Part]:
    """The parts that are headings in the document that begins with *pages*."""
    own = takewhile(lambda page: not page.begins, pages[1:])
    blocks = (placed.block for page in (pages[0], *own) for placed in page.placed)
    titled = any(block.part is Part.TITLE for block in blocks)
    return HEADINGS if titled else (*HEADINGS, Part.MARK)


def _add_page(
    outline: _Outline,
    page: Page,
    drawn: Sequence[DrawnElement],
    reference: IndirectObject,
    box: Any,
) -> None:
    """Add the blocks of *page*, then the pictures over them."""
    shown = [placed for placed in page.placed if not _is_blank(placed.block)]
    if len(drawn) != len(shown) + len(page.pictures):
        raise TagsDiffer(f"page {page.number}: {len(drawn)} elements")
    pictures = [placed.block.picture for placed in shown] + list(page.pictures)
    for index, (picture, element) in enumerate(zip(pictures, drawn, strict=True)):
        if picture:
            contents = [(reference, number) for number in element.all_contents()]
            outline.add_picture(picture, contents, float(box.height))
        else:
            outline.add(shown[index].block, element, reference)


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

    def add(self, block: Block, drawn: DrawnElement, page: IndirectObject) -> None:
        """Add what was drawn of *block* on *page*, to what it began with where it goes on."""
        if block.part is Part.LEADER:
            self.artifacts += [(page, number) for number in drawn.all_contents()]
            return
        if block.part is Part.CONTENTS_NUMBER:
            item = self._last_item()
            item.contents += [(page, number) for number in drawn.all_contents()]
            return
        before = None if block.first else self._unfinished
        for part in self._parts(block, drawn, page):
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

    def add_picture(
        self, picture: PlacedPicture, contents: list[Content], height_pt: float
    ) -> None:
        """Add a figure with its alternative text and its place on the page."""
        left = picture.left_mm * PT_PER_MM
        top = height_pt - picture.top_mm * PT_PER_MM
        corners = (
            left,
            top - picture.height_mm * PT_PER_MM,
            left + picture.width_mm * PT_PER_MM,
            top,
        )
        self._add_figure(picture.alternative, contents, corners)

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

    def _parts(
        self, block: Block, drawn: DrawnElement, page: IndirectObject
    ) -> Iterator[StructureElement]:
        """The elements a block leaves: one, or heading and text of a run-in heading."""
        if block.part is Part.TABLE:
            if drawn.tag != "Table":
                raise TagsDiffer(f"a {drawn.tag} where a table was printed")
            yield _grown(drawn, page)
        elif block.part is Part.RUN_IN:
            for part in drawn.parts:
                contents = [(page, number) for number in part.contents]
                heads = part.tag.startswith("H")
                yield self._element(block, contents) if heads else StructureElement("P", contents)
        else:
            yield self._element(block, [(page, number) for number in drawn.all_contents()])

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


def _grown(drawn: DrawnElement, page: IndirectObject) -> StructureElement:
    """A table on *page*, or a part of one, as an element."""
    contents = [(page, number) for number in drawn.contents]
    element = StructureElement(drawn.tag, contents, [_grown(part, page) for part in drawn.parts])
    if drawn.tag in ("TH", "TD"):
        cell: dict[str, PdfObject] = {"/O": NameObject("/Table")}
        if drawn.tag == "TH":
            cell["/Scope"] = NameObject("/Column")
        spans = {"/RowSpan": drawn.rows, "/ColSpan": drawn.columns}
        cell |= {key: NumberObject(span) for key, span in spans.items() if span}
        if len(cell) > 1:
            element.attributes["/A"] = dictionary(cell)
    return element


def _all_contents(element: StructureElement) -> Iterator[Content]:
    yield from element.contents
    for child in element.children:
        yield from _all_contents(child)


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
