"""Pages of an original laid out on sheets: booklet, sections, reading copies, plain print."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from yinfa.printing import order
from yinfa.printing.original import BLEED_MM, OnePage, PressPages, turned
from yinfa.printing.paper import TOLERANCE_MM, PaperSize, named, told, told_pages
from yinfa.printing.sheets import (
    Duplex,
    PlacedPage,
    PrintedSide,
    Rectangle,
    grown,
    print_file,
    stroke,
)
from yinfa.report import Fault, Finding, Place

LEAF_MM = 0.1  # thickness of 80 g/m² paper
STAPLE_MM = 70.0  # from the head and the foot of the booklet to the outer holes
STAPLED_SHEETS = 20  # of 80 g/m² paper: what an office stapler goes through, folded
TICK_MM, HAIRLINE_MM = 8.0, 0.15
STAPLE_WIDTH_MM = 12.0  # of wire lying along the fold
CROP_GAP_MM, CROP_MM = 4.0, 6.0  # from the trimmed edge, then the mark
_IMPRINT = re.compile(r"^\s*抄\s*送\s*[：:]|印\s*发\s*$", re.MULTILINE)
_LAST_LINES = 5


class SheetFault(Fault):
    """The pages cannot be laid out on the sheets that are asked for."""


@dataclass(frozen=True, slots=True)
class Printout:
    """What is to be printed: sides, two of them a sheet, and how the paper is turned."""

    original: PressPages
    sides: tuple[PrintedSide, ...]
    sheets: int
    paper: PaperSize | None  # None: larger than any paper, with crop marks round it
    duplex: Duplex
    remarks: tuple[str, ...] = ()

    @property
    def printed(self) -> int:
        """The sides that something is printed on."""
        return sum(bool(side.places) for side in self.sides)

    @property
    def scale(self) -> float:
        """How large pages are printed; the largest counts."""
        return max(place.scale for side in self.sides for place in side.places)

    def content(self, copies: int = 1) -> bytes:
        """The print file."""
        return print_file(self.original, self.sides, self.duplex, copies)


@dataclass(frozen=True, slots=True)
class Binding:
    """How a booklet is made: *section_sheets* is 0 where all its sheets lie in each other."""

    paper: PaperSize | None = None  # None: twice the page
    leaf_mm: float = LEAF_MM
    section_sheets: int = 0
    marks: bool = False


def bears_imprint(original: PressPages) -> bool:
    """Whether the last page ends with 版记, 7.4; told by its words."""
    lines = [line for line in _last_text(original).splitlines() if line.strip()]
    return bool(_IMPRINT.search("\n".join(lines[-_LAST_LINES:])))


def _last_text(original: PressPages) -> str:
    try:
        return original.writer.pages[-1].extract_text()
    except Exception:  # words that cannot be read say nothing
        return ""


# --- booklets --------------------------------------------------------------------------------


def booklet(original: PressPages, binding: Binding, *, imprint: bool) -> Printout:
    """Sheets to be printed on both sides, folded once, and stapled or bound in sections."""
    pages, remarks = _upright_pages(original)
    _same_size(original, pages)
    count = len(pages)
    if count == 1:
        raise _fault(original, 0, "只有一页，不用装订成册", "直接打印：yinfa print")
    paper = _folding_paper(original, pages[0], binding.paper)
    leaf = paper.half
    assert leaf is not None
    width_mm, height_mm = leaf.size_mm
    scale = min(1.0, width_mm / pages[0].width_mm, height_mm / pages[0].height_mm)
    if scale > 0.99:
        scale = 1.0  # a page of the paper's own size is not touched
    ordered = order.padded(count, order.FOLDED, imprint=imprint)
    if binding.section_sheets:
        sheets = order.sections(ordered, binding.section_sheets)
    else:
        sheets = order.saddle(ordered)
    if blanks := len(ordered) - count:
        where = "版记页前" if imprint else "最后"
        remarks.append(f"{where}补 {blanks} 个空白页，共 {len(ordered)} 页")
    if not binding.section_sheets and len(sheets) > STAPLED_SHEETS:
        remarks.append(f"{len(sheets)} 张纸对折起来太厚，订不住；可用 --sections 4 分帖胶装")
    fold = _Fold(paper, scale, binding)
    sides = [side for sheet in sheets for side in fold.sides(sheet, pages)]
    return Printout(original, tuple(sides), len(sheets), paper, Duplex.SHORT, tuple(remarks))


def _folding_paper(original: PressPages, page: OnePage, wanted: PaperSize | None) -> PaperSize:
    """The paper that folds to the page, or to a smaller one where that is wanted."""
    own = named(page.width_mm, page.height_mm)
    size = told(page.width_mm, page.height_mm)
    if wanted is None:
        if own is None or own.double is None:
            hint = "A4 页对折用 A3 纸，A5 页用 A4 纸；其他大小的请写 --paper A3 或 A4"
            raise _fault(original, 1, f"页面是 {size}，没有对折后正好的纸", hint)
        return own.double
    if wanted.half is None:
        raise _fault(original, 0, f"{wanted} 纸不能用来对折", "用 --paper A3 或 --paper A4")
    return wanted


def _upright_pages(original: PressPages) -> tuple[list[OnePage], list[str]]:
    """The pages, landscape ones turned with their head to the left, 8; and what to say of that."""
    if all(page.landscape for page in original.pages):
        hint = "横版文件请用 --up 2 或直接打印"
        raise _fault(original, 1, "各页都是横的，不能装订成竖的小册子", hint)
    pages = [
        turned(original, index) if page.landscape else page
        for index, page in enumerate(original.pages)
    ]
    lying = [number for number, page in enumerate(original.pages, 1) if page.landscape]
    remark = f"第{told_pages(lying)}页是横的，已转成竖的，表头朝左"
    return pages, [remark] if lying else []


def _same_size(original: PressPages, pages: Sequence[OnePage]) -> None:
    """A fault that names every page of another size than the first."""
    first = pages[0]
    own = told(first.width_mm, first.height_mm)
    wrong: defaultdict[str, list[int]] = defaultdict(list)
    for number, page in enumerate(pages, 1):
        across_mm, down_mm = page.width_mm - first.width_mm, page.height_mm - first.height_mm
        if max(abs(across_mm), abs(down_mm)) > TOLERANCE_MM:
            wrong[f"{told(page.width_mm, page.height_mm)}，第1页是 {own}"].append(number)
    if wrong:
        raise _wrong_pages(original, wrong, "小册子各页要一样大；请改成同样大小再做")


@dataclass(frozen=True, slots=True)
class _Fold:
    """A sheet folded in the middle, and how pages stand against the fold."""

    paper: PaperSize
    scale: float
    binding: Binding

    def sides(self, sheet: order.PrintSheet, pages: Sequence[OnePage]) -> Iterator[PrintedSide]:
        """Front and back; the front of an outer sheet carries the marks."""
        height_mm, width_mm = self.paper.size_mm
        # A sheet laid inside others stands out by their thickness: its pages move to the fold.
        creep_mm = sheet.inner * self.binding.leaf_mm
        marks = tuple(self._marks(width_mm, height_mm)) if self.binding.marks else ()
        for side in (sheet.front, sheet.back):
            places = [
                self._place(pages[index], column, creep_mm)
                for column, index in enumerate(side)
                if index is not None
            ]
            shown = marks if side is sheet.front and not sheet.inner else ()
            yield PrintedSide(width_mm, height_mm, tuple(places), shown)

    def _place(self, page: OnePage, column: int, creep_mm: float) -> PlacedPage:
        height_mm, width_mm = self.paper.size_mm
        middle_mm = width_mm / 2
        page_mm = page.width_mm * self.scale
        x_mm = middle_mm - creep_mm if column else middle_mm - page_mm + creep_mm
        y_mm = (height_mm - page.height_mm * self.scale) / 2
        room = Rectangle(middle_mm * column, 0, middle_mm, height_mm)
        return PlacedPage(page, x_mm, y_mm, self.scale, room)

    def _marks(self, width_mm: float, height_mm: float) -> Iterator[str]:
        """Where to fold, at head and foot; where the wire lies, its outer ends 70 mm from both."""
        middle_mm = width_mm / 2
        for y_mm in (0.0, height_mm - TICK_MM):
            yield stroke(middle_mm, y_mm, middle_mm, y_mm + TICK_MM, HAIRLINE_MM)
        if self.binding.section_sheets:
            return  # sections are glued
        for outer_mm, inner_mm in (
            (STAPLE_MM, STAPLE_MM + STAPLE_WIDTH_MM),
            (height_mm - STAPLE_MM, height_mm - STAPLE_MM - STAPLE_WIDTH_MM),
        ):
            yield stroke(middle_mm, outer_mm, middle_mm, inner_mm, HAIRLINE_MM)
            for y_mm in (outer_mm, inner_mm):
                yield stroke(middle_mm - 1, y_mm, middle_mm + 1, y_mm, HAIRLINE_MM)


# --- reading copies --------------------------------------------------------------------------


def reading_copy(original: PressPages, places: int, paper: PaperSize = PaperSize.A4) -> Printout:
    """Two or four pages on a side, made smaller, to be read and not folded."""
    sheets = order.many_up(len(original.pages), places)
    landscape = original.pages[0].landscape
    # Two upright pages stand on a landscape sheet, four on an upright one; turned, it is reversed.
    lying = (places == 2) != landscape
    short_mm, long_mm = paper.size_mm
    width_mm, height_mm = (long_mm, short_mm) if lying else (short_mm, long_mm)
    columns = {2: 2 if lying else 1, 4: 2}[places]
    cell = Rectangle(0, 0, width_mm / columns, height_mm / (places // columns))
    sides = []
    for sheet in sheets:
        for side in (sheet.front, sheet.back):
            placed = [
                _fitted(original.pages[index], at % columns, at // columns, cell, height_mm)
                for at, index in enumerate(side)
                if index is not None
            ]
            sides.append(PrintedSide(width_mm, height_mm, tuple(placed)))
    if len(original.pages) <= places:
        return Printout(original, tuple(sides[:1]), 1, paper, Duplex.NONE)
    duplex = Duplex.SHORT if lying else Duplex.LONG
    return Printout(original, tuple(sides), len(sheets), paper, duplex)


def _fitted(page: OnePage, column: int, row: int, cell: Rectangle, height_mm: float) -> PlacedPage:
    """A page in the middle of its cell, as large as it goes but never larger than it is."""
    scale = min(1.0, cell.width_mm / page.width_mm, cell.height_mm / page.height_mm)
    left_mm = column * cell.width_mm
    bottom_mm = height_mm - (row + 1) * cell.height_mm
    room = Rectangle(left_mm, bottom_mm, cell.width_mm, cell.height_mm)
    x_mm = left_mm + (cell.width_mm - page.width_mm * scale) / 2
    y_mm = bottom_mm + (cell.height_mm - page.height_mm * scale) / 2
    return PlacedPage(page, x_mm, y_mm, scale, room)


# --- plain print -----------------------------------------------------------------------------


def plain(
    original: PressPages, *, duplex: bool = True, mirror_mm: float = 0.0, crop_marks: bool = False
) -> Printout:
    """Every page at its own size on its own side; with *duplex* a back to every front.

    Even pages are moved *mirror_mm* to the left, so that all have one binding margin.

    A last blank side keeps the next copy from beginning on the back of this one.
    """
    sides = [
        _cropped(page, -mirror_mm * (index % 2))
        if crop_marks
        else _own_size(page, -mirror_mm * (index % 2))
        for index, page in enumerate(original.pages)
    ]
    count = len(sides)
    first = original.pages[0]
    paper = None if crop_marks else _own_paper(original)
    if not duplex or count == 1:
        return Printout(original, tuple(sides), count, paper, Duplex.NONE)
    edge = Duplex.SHORT if first.landscape else Duplex.LONG
    if count % 2:
        sides.append(replace(sides[-1], places=()))
    return Printout(original, tuple(sides), len(sides) // 2, paper, edge)


def _own_paper(original: PressPages) -> PaperSize:
    """The paper that all pages are on."""
    first = original.pages[0]
    paper = named(first.width_mm, first.height_mm)
    wrong: defaultdict[str, list[int]] = defaultdict(list)
    for number, page in enumerate(original.pages, 1):
        own = named(page.width_mm, page.height_mm)
        size = told(page.width_mm, page.height_mm)
        if own is None:
            wrong[f"{size}，不是 A3、A4、A5，打印时会缩放或切边"].append(number)
        elif paper and own is not paper:
            wrong[f"{size}，第1页是 {paper}，不能用一种纸打印"].append(number)
    if wrong or paper is None:
        hint = "请改成 A4 再打印；只想看内容的，用 yinfa booklet --up 2"
        raise _wrong_pages(original, wrong, hint)
    return paper


def _own_size(page: OnePage, x_mm: float) -> PrintedSide:
    room = Rectangle(0, 0, page.width_mm, page.height_mm)
    return PrintedSide(
        page.width_mm, page.height_mm, (PlacedPage(page, x_mm, 0, 1.0, room),), trim=room
    )


def _cropped(page: OnePage, x_mm: float) -> PrintedSide:
    """A page on larger paper, with marks where it is to be cut."""
    margin_mm = CROP_GAP_MM + CROP_MM
    trim = Rectangle(margin_mm, margin_mm, page.width_mm, page.height_mm)
    width_mm, height_mm = page.width_mm + 2 * margin_mm, page.height_mm + 2 * margin_mm
    room = grown(trim, BLEED_MM)
    place = PlacedPage(page, margin_mm + x_mm, margin_mm, 1.0, room, BLEED_MM)
    marks = tuple(_crop_marks(trim))
    return PrintedSide(width_mm, height_mm, (place,), marks, trim, BLEED_MM)


def _crop_marks(trim: Rectangle) -> Iterator[str]:
    """Two marks at each corner, in line with the edges and clear of the bleed."""
    lines = (trim.x_mm, trim.x_mm + trim.width_mm), (trim.y_mm, trim.y_mm + trim.height_mm)
    for x_mm in lines[0]:
        for y_mm in lines[1]:
            across = -1 if x_mm == trim.x_mm else 1
            up = -1 if y_mm == trim.y_mm else 1
            near, far = CROP_GAP_MM, CROP_GAP_MM + CROP_MM
            yield stroke(x_mm + across * near, y_mm, x_mm + across * far, y_mm, HAIRLINE_MM)
            yield stroke(x_mm, y_mm + up * near, x_mm, y_mm + up * far, HAIRLINE_MM)


def _fault(original: PressPages, page: int, message: str, hint: str) -> SheetFault:
    return SheetFault((Finding(Place(original.path, page=page), message, hint),))


def _wrong_pages(original: PressPages, wrong: Mapping[str, Sequence[int]], hint: str) -> SheetFault:
    """The fault of pages, by what is wrong with them."""
    return SheetFault(
        tuple(
            Finding(Place(original.path), f"第{told_pages(pages)}页是 {what}", hint)
            for what, pages in wrong.items()
        )
    )
