"""Tables on their pages: head repeated, rows whole, rules exact; landscape tables turned, 8.

A table takes whole grid lines, and its rows are opened a little so that it fills them. Where it
goes on, the page is filled to its foot.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, groupby
from math import floor

from yinfa.composing.cells import SetRow, SetTable, set_cells
from yinfa.composing.pages import Flow, Laid, Piece
from yinfa.composing.paragraph import set_paragraph
from yinfa.composing.typesetter import Typesetter, refuse_long
from yinfa.composition import (
    Block,
    Cell,
    Ink,
    Line,
    Measure,
    Placed,
    PrintedRule,
    Role,
    Run,
    TablePart,
    TableRow,
)
from yinfa.measures import Measures
from yinfa.model import Ruling, Table
from yinfa.parts import Part
from yinfa.reading_order import Element
from yinfa.report import Finding, SourceFault


def flow_table(element: Element, typesetter: Typesetter) -> Iterator[Flow]:
    """A table with its caption; a landscape one on pages of its own."""
    if table_of(element).landscape:
        yield from flow_landscape(element, typesetter)
        return
    measures = typesetter.measures
    leaf = _Leaf.lay_out(element, typesetter, _Frame.upright(measures))
    for index, above in enumerate(element.above):
        yield replace(leaf.over(above, typesetter), above=int(index == 0), keep=True)
    heights = [leaf.group_mm(index) / measures.grid.pitch_mm for index in leaf.groups]
    heights[-1] += leaf.notes_mm / measures.grid.pitch_mm
    # The table stands between the type of the lines above and below, clear of both.
    head = (leaf.table.header_mm + measures.gap_mm) / measures.grid.pitch_mm
    heights[0] += head

    def lay(piece: Piece) -> Laid:
        taken = flow.taken(piece.start, piece.end)
        if piece.end < len(heights):
            taken = measures.grid.lines - piece.noted - piece.row
        room_mm = taken * measures.grid.pitch_mm - measures.gap_mm
        top_mm = piece.row * measures.grid.pitch_mm
        return leaf.lay(piece, top_mm, room_mm, taken)

    flow = Flow(
        Block(Part.TABLE, ()),
        above=0 if element.above else 1,
        heights=tuple(heights),
        repeated=head,
        lay=lay,
    )
    yield flow


def table_of(element: Element) -> Table:
    """The table that *element* is."""
    if element.table is None:
        raise AssertionError("no table")
    return element.table


def caption(element: Element, typesetter: Typesetter) -> Flow:
    """A caption in 黑体, centred, its lines of about one length."""
    lines = typesetter.balanced(typesetter.run(element.text, Role.HEITI))
    refuse_long(lines, element, "表题或图题")
    return Flow(Block(element.part, lines, place=element.place), whole=True)


# --- landscape tables, 8 ----------------------------------------------------------------------


def landscape_first(body: Sequence[Element]) -> Element | None:
    """The landscape table that *body* begins with: what stands above it is turned too."""
    first = body[0] if body else None
    return first if first and first.table and first.table.landscape else None


def turned(typesetter: Typesetter) -> Typesetter:
    """A typesetter for the type area turned on its side; cells and lines keep their size."""
    measures = typesetter.measures
    across_mm = measures.type_area.height_mm
    lines = floor((measures.type_area.width_mm - measures.cell_mm) / measures.grid.pitch_mm) + 1
    area = replace(
        measures,
        type_area=replace(
            measures.type_area, width_mm=across_mm, height_mm=measures.type_area.width_mm
        ),
        grid=replace(measures.grid, cells=across_mm / measures.cell_mm, lines=lines),
    )
    return replace(typesetter, measures=area)


def flow_landscape(
    element: Element, typesetter: Typesetter, heads: Sequence[Flow] = ()
) -> Iterator[Flow]:
    """A page for each part of a table, under *heads* that the turned typesetter has set."""
    measures = typesetter.measures
    frame = _Frame.turned_of(measures)
    sideways = turned(typesetter)
    leaf = _Leaf.lay_out(element, sideways, frame)
    row, above = 0, []
    flows = [*heads, *(leaf.over(above, sideways) for above in element.above)]
    for flow in flows:
        row += flow.above or int(flow.block.part is Part.CAPTION and row > 0)
        above.append(_turned_block(flow.block, row, measures))
        row += flow.block.rows
    if heads and not element.above:
        row += 1
    start, top_mm = 0, row * measures.grid.pitch_mm
    if frame.height_mm - top_mm < leaf.table.header_mm + leaf.group_mm(0):
        yield _page(Laid(tuple(above)), measures)
        above, top_mm = [], 0.0
    while start < len(leaf.groups):
        room_mm = frame.height_mm - top_mm
        end = leaf.fitting(start, room_mm)
        laid = leaf.lay(Piece(0, start, end, 0), top_mm, room_mm, measures.grid.lines)
        yield _page(Laid((*above, *laid.placed), laid.rules), measures)
        start, above, top_mm = end, [], 0.0


def _page(laid: Laid, measures: Measures) -> Flow:
    return Flow(
        Block(Part.TABLE, ()),
        whole=True,
        new_page=True,
        heights=(measures.grid.lines,),
        lay=lambda _: laid,
    )


def _turned_block(block: Block, row: int, measures: Measures) -> Placed:
    top_mm = row * measures.grid.pitch_mm - measures.half_gap_mm
    return Placed(0, block, top_mm=top_mm, turned=True)


# --- where everything stands ------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Frame:
    """The type area that a table stands in, as the table sees it: upright, or turned."""

    measures: Measures
    width_mm: float
    height_mm: float
    turned: bool

    @classmethod
    def upright(cls, measures: Measures) -> _Frame:
        height_mm = measures.grid.lines * measures.grid.pitch_mm - measures.gap_mm
        return cls(measures, measures.type_area.width_mm, height_mm, turned=False)

    @classmethod
    def turned_of(cls, measures: Measures) -> _Frame:
        width_mm, height_mm = measures.type_area.height_mm, measures.type_area.width_mm
        return cls(measures, width_mm, height_mm, turned=True)

    def rule(self, left_mm: float, top_mm: float, width_mm: float, height_mm: float) -> PrintedRule:
        """A rule of that extent, measured from the frame's corner."""
        measures = self.measures
        if self.turned:
            return PrintedRule(
                measures.type_area.binding_mm + top_mm,
                measures.type_area.bottom_mm - left_mm - width_mm,
                height_mm,
                width_mm,
                Ink.BLACK,
            )
        return PrintedRule(
            measures.type_area.binding_mm + left_mm,
            measures.type_top_mm(0) + top_mm,
            width_mm,
            height_mm,
            Ink.BLACK,
        )

    def placed(self, block: Block, row: int, left_mm: float, top_mm: float) -> Placed:
        """*block* with its box's corner there."""
        if not self.turned:
            top_mm += self.measures.half_gap_mm
        return Placed(row, block, top_mm=top_mm, left_mm=left_mm, turned=self.turned)


@dataclass(frozen=True, slots=True)
class _Leaf:
    """A table set for a frame, with what stands under it."""

    frame: _Frame
    table: SetTable
    notes: tuple[tuple[Line, ...], ...]
    ruling: Ruling

    @classmethod
    def lay_out(cls, element: Element, typesetter: Typesetter, frame: _Frame) -> _Leaf:
        """A table in the frame; a SourceFault where a row is higher than that."""
        set_table = set_cells(table_of(element), typesetter, frame.width_mm)
        notes = tuple(_notes(element.below, set_table.width_mm, typesetter))
        leaf = cls(frame, set_table, notes, table_of(element).ruling)
        findings = tuple(leaf._too_high())
        if findings:
            raise SourceFault(findings)
        return leaf

    @property
    def groups(self) -> range:
        """The groups of rows that no page end parts, by number."""
        return range(len(self.table.groups))

    def group_mm(self, index: int) -> float:
        """How high the rows of one group are."""
        return sum(self.table.rows[row].height_mm for row in self.table.groups[index])

    def over(self, element: Element, typesetter: Typesetter) -> Flow:
        """What stands above the table: its caption, or at its right what it counts in."""
        if element.part is not Part.TABLE_UNIT:
            return caption(element, typesetter)
        run = Run(element.text, Role.FANGSONG, self._note_mm)
        right_mm = (self.frame.width_mm + self.table.width_mm) / 2
        measure = Measure(right_mm, self._note_mm)
        setting = set_paragraph([run], measure, typesetter.style, typesetter.founts)
        lines = setting.lines if setting else ()
        if len(lines) > 1:
            message = f"单位“{element.text[:20]}”一行排不下"
            raise SourceFault((Finding(element.place, message, "请缩短，详细的写在“注”里"),))
        placed = tuple(
            replace(line, indent_mm=right_mm - typesetter.width_mm(line)) for line in lines
        )
        return Flow(Block(Part.TABLE_UNIT, placed, place=element.place), whole=True)

    def _too_high(self) -> Iterator[Finding]:
        for index, rows in enumerate(self.table.groups):
            notes_mm = self.notes_mm if index == self.groups[-1] else 0.0
            needed_mm = self.table.header_mm + self.group_mm(index) + notes_mm
            if needed_mm > self.frame.height_mm:
                which = f"{rows.start + 1}～{rows.stop}" if len(rows) > 1 else f"{rows.stop}"
                yield Finding(
                    self.table.rows[rows.start].first.place,
                    f"表格第 {which} 行连同表头高 {needed_mm:.0f} mm，"
                    f"一页只有 {self.frame.height_mm:.0f} mm",
                    "请把这一行分成几行，或加宽字多的列",
                )

    @property
    def _note_mm(self) -> float:
        return self.frame.measures.table.note_mm

    @property
    def _note_pitch_mm(self) -> float:
        return self._note_mm * self.frame.measures.table.pitch_em

    @property
    def notes_mm(self) -> float:
        """What note and source take under the table."""
        lines = sum(map(len, self.notes))
        if not lines:
            return 0.0
        below_mm = (lines - 1) * self._note_pitch_mm + self._note_mm
        return self.frame.measures.table.note_gap_mm + below_mm

    def fitting(self, start: int, room_mm: float) -> int:
        """The group before which *room_mm* end, head and notes counted; none is left alone."""
        used_mm = self.table.header_mm
        count = len(self.groups)
        for end in range(start, count):
            used_mm += self.group_mm(end)
            notes_mm = self.notes_mm if end + 1 == count else 0.0
            if used_mm + notes_mm > room_mm + 1e-6:
                alone = end + 1 == count and end - start > 2
                return max(end - alone, start + 1)
        return count

    def lay(self, piece: Piece, top_mm: float, room_mm: float, taken: int) -> Laid:
        """The groups of *piece* in *room_mm* from *top_mm* on, and the notes under the last."""
        last = piece.end == len(self.groups)
        shown = range(self.table.groups[piece.start].start, self.table.groups[piece.end - 1].stop)
        rows = self.table.rows[shown.start : shown.stop]
        notes_mm = self.notes_mm if last else 0.0
        needed_mm = self.table.header_mm + sum(row.height_mm for row in rows) + notes_mm
        count = len(self.table.header) + len(rows)
        opened_mm = (room_mm - needed_mm) / count
        opened_mm = max(0.0, min(opened_mm, self.frame.measures.table.opened_mm))
        part = TablePart(
            self._opened(self.table.header, opened_mm),
            self._opened(rows, opened_mm),
            self.table.widths_mm,
            self.table.size_mm,
            self._pitch_mm,
        )
        left_mm = (self.frame.width_mm - self.table.width_mm) / 2
        block = Block(Part.TABLE, part, first=piece.start == 0, last=last, taken=taken)
        placed = [self.frame.placed(block, piece.row, left_mm, top_mm)]
        heights = [row.height_mm for row in (*part.header, *part.rows)]
        rules = tuple(self._rules(left_mm, top_mm, heights, part))
        if last:
            under_mm = top_mm + sum(heights) + self.frame.measures.table.note_gap_mm
            placed += self._placed_notes(left_mm, under_mm, piece.row + taken - 1)
        return Laid(tuple(placed), rules)

    def _opened(self, rows: Sequence[SetRow], opened_mm: float) -> tuple[TableRow, ...]:
        """*rows* opened, each cell in the middle of the height it takes."""
        heights = [row.height_mm + opened_mm for row in rows]
        opened = []
        for number, row in enumerate(rows):
            cells = []
            for cell in row.cells:
                height_mm = sum(heights[number : number + cell.rows])
                top_mm = (height_mm - len(cell.lines) * self._pitch_mm) / 2
                cells.append(Cell(cell.lines, top_mm, cell.column, cell.columns, cell.rows))
            opened.append(TableRow(tuple(cells), heights[number]))
        return tuple(opened)

    @property
    def _pitch_mm(self) -> float:
        return self.table.size_mm * self.frame.measures.table.pitch_em

    def _rules(
        self, left_mm: float, top_mm: float, heights: Sequence[float], part: TablePart
    ) -> Iterator[PrintedRule]:
        """The frame and the lines between rows and columns; the frame's ink is inside."""
        inside = _Inside.of(part)
        across = [top_mm + at for at in accumulate(heights, initial=0.0)]
        down = [left_mm + at for at in accumulate(self.table.widths_mm, initial=0.0)]
        outer, inner = self._outer_mm, self.frame.measures.table.inner_rule_mm
        three = self.ruling is Ruling.THREE
        for number, at_mm in enumerate(_inks(across, outer, inner)):
            thick_mm = outer if number in (0, len(heights)) else inner
            if three and number not in (0, len(part.header), len(heights)):
                continue
            for first, last in inside.across(number):
                yield self.frame.rule(down[first], at_mm, down[last] - down[first], thick_mm)
        if three:
            return
        for number, at_mm in enumerate(_inks(down, outer, inner)):
            thick_mm = outer if number in (0, len(self.table.widths_mm)) else inner
            for first, last in inside.down(number):
                yield self.frame.rule(at_mm, across[first], thick_mm, across[last] - across[first])

    @property
    def _outer_mm(self) -> float:
        return self.frame.measures.table.outer_rule_mm

    def _placed_notes(self, left_mm: float, top_mm: float, row: int) -> Iterator[Placed]:
        size_mm, pitch_mm = self._note_mm, self._note_pitch_mm
        for lines in self.notes:
            block = Block(Part.TABLE_NOTE, lines, pitch_mm=pitch_mm, taken=1)
            yield self.frame.placed(block, row, left_mm, top_mm - (pitch_mm - size_mm) / 2)
            top_mm += len(lines) * pitch_mm


def _inks(edges_mm: Sequence[float], outer_mm: float, inner_mm: float) -> list[float]:
    """Where the ink of each line begins that lies on one of *edges_mm*."""
    first, *between, last = edges_mm
    return [first, *(at - inner_mm / 2 for at in between), last - outer_mm]


@dataclass(frozen=True, slots=True)
class _Inside:
    """Which lines between rows and columns lie within a cell that takes several."""

    rows: int
    columns: int
    across_it: frozenset[tuple[int, int]]  # line under so many rows, column
    down_it: frozenset[tuple[int, int]]  # line after so many columns, row

    @classmethod
    def of(cls, part: TablePart) -> _Inside:
        across_it, down_it = set(), set()
        rows = (*part.header, *part.rows)
        for number, row in enumerate(rows):
            for cell in row.cells:
                columns = range(cell.column, cell.column + cell.columns)
                own = range(number, number + cell.rows)
                across_it |= {(line, column) for line in own[1:] for column in columns}
                down_it |= {(line, at) for line in columns[1:] for at in own}
        return cls(len(rows), len(part.widths_mm), frozenset(across_it), frozenset(down_it))

    def across(self, line: int) -> Iterator[tuple[int, int]]:
        """From which to which column edge the line under *line* rows is drawn."""
        return _runs(self.columns, lambda column: (line, column) not in self.across_it)

    def down(self, line: int) -> Iterator[tuple[int, int]]:
        """From which to which row edge the line after *line* columns is drawn."""
        return _runs(self.rows, lambda row: (line, row) not in self.down_it)


def _runs(count: int, drawn: Callable[[int], bool]) -> Iterator[tuple[int, int]]:
    """[first, last) of each run of numbers below *count* that are *drawn*."""
    for is_drawn, numbers in groupby(range(count), drawn):
        if is_drawn:
            run = list(numbers)
            yield run[0], run[-1] + 1


def _notes(
    notes: Sequence[Element], width_mm: float, typesetter: Typesetter
) -> Iterator[tuple[Line, ...]]:
    """Note and source in lines as wide as the table, hanging after their labels."""
    size_mm = typesetter.measures.table.note_mm
    for note in notes:
        measure = Measure(width_mm, size_mm, hanging_indent_mm=len(note.label) * size_mm)
        run = Run(note.text, Role.FANGSONG, size_mm)
        setting = set_paragraph([run], measure, typesetter.style, typesetter.founts)
        if setting:
            yield setting.lines
