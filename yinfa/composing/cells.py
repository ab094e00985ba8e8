"""The cells of a table in lines: the size in which its columns fit, their widths, their places.

A column whose width is not given is as wide as its longest cell where the table has room for
that; else the room is shared out so that the table takes the fewest lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from math import ceil, floor

from yinfa.arranging.text import said
from yinfa.composing.breaks import Level, break_levels
from yinfa.composing.paragraph import set_paragraph
from yinfa.composing.title import INSIDE_WORD, set_title
from yinfa.composing.typesetter import Typesetter
from yinfa.composition import Founts, Line, Measure, Role, Run
from yinfa.measures import MM_PER_PT
from yinfa.model import Align, Merge, Table, Text
from yinfa.report import Finding, SourceFault

WIDEST_MM = 1e5  # no cell is wider
HAIR = 1e-6
LONG_EM = 9.0  # a cell longer than this reads better from the left
LEAST_HEAD_EM = 2.0  # what a column keeps for its heading, and for its text, when it is narrow
LEAST_TEXT_EM = 4.0
SAMPLED = 100  # rows that decide how wide columns are
LEAST_WORD_EM = 12.0  # a longer word, such as an address, may be broken
SHOWN = 12  # characters of a cell in a message

# Its whole part ends where the point stands, or would stand.
_NUMBER = re.compile(r"([+\-−－±]?[¥￥$]?\d[\d,， ]*)(?:\.\d+)?\s*[%％‰]?")
_NOTHING = re.compile(r"[—\-－–/／无]*")


@dataclass(frozen=True, slots=True)
class SetCell:
    """A cell in lines: where it begins, and how many columns and rows it takes."""

    lines: tuple[Line, ...]
    column: int
    columns: int = 1
    rows: int = 1


@dataclass(frozen=True, slots=True)
class SetRow:
    """A row with the cells that begin in it, and the height it needs."""

    cells: tuple[SetCell, ...]
    height_mm: float
    first: Text


@dataclass(frozen=True, slots=True)
class SetTable:
    """A table with every cell in lines."""

    header: tuple[SetRow, ...]
    rows: tuple[SetRow, ...]
    widths_mm: tuple[float, ...]
    size_mm: float
    groups: tuple[range, ...]  # of *rows* that no page end may part

    @property
    def width_mm(self) -> float:
        return sum(self.widths_mm)

    @property
    def header_mm(self) -> float:
        return sum(row.height_mm for row in self.header)


@dataclass(frozen=True, slots=True)
class _Set:
    """A cell on one line, and what it needs, in em of the table's size."""

    text: Text
    runs: tuple[Run, ...]
    line: Line | None
    role: Role
    width_em: float
    least_em: float
    whole_em: float | None  # of a number: the part before its point

    @property
    def words(self) -> str:
        """What it prints."""
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True, slots=True)
class _Column:
    """A column's cells and what they ask for."""

    header: tuple[_Set, ...]
    cells: tuple[_Set, ...]
    align: Align
    least_em: float
    wish_em: float
    whole_em: float = 0.0  # of its numbers, where they stand on their points
    number_em: float = 0.0


def set_cells(table: Table, typesetter: Typesetter, width_mm: float) -> SetTable:
    """*table* in *width_mm*, in the largest size in which its columns fit.

    Raises a SourceFault where they do in none.
    """
    measures = typesetter.measures
    for size_pt in measures.table.sizes_pt:
        size_mm = size_pt * MM_PER_PT
        columns = tuple(_columns(table, typesetter, size_mm))
        around_em = 2 * measures.table.side_em
        least = [(column.least_em + around_em) * size_mm for column in columns]
        if table.widths_mm:
            fits = all(map(_holds, table.widths_mm, least))
        else:
            fits = _holds(width_mm, sum(least))
        if fits:
            break
    else:
        raise SourceFault(tuple(_too_wide(table, columns, least, width_mm)))
    widths = table.widths_mm or tuple(
        (em + around_em) * size_mm for em in _share(columns, width_mm / size_mm, around_em)
    )
    setter = _Setter(typesetter, size_mm)
    every = setter.rows(table, columns, widths)
    head = len(table.header)
    return SetTable(every[:head], every[head:], widths, size_mm, tuple(_groups(table)))


def _groups(table: Table) -> Iterator[range]:
    """The rows under the head, those together that a cell of several rows joins."""
    start, end = 0, 1
    reach = {merge.row - len(table.header): merge.rows for merge in table.merged if merge.rows > 1}
    for row in range(len(table.rows)):
        if row >= end:
            yield range(start, end)
            start, end = row, row + 1
        end = max(end, row + reach.get(row, 1))
    yield range(start, end)


def _holds(room: float, length: float) -> bool:
    return length <= room + HAIR


def _too_wide(
    table: Table, columns: Sequence[_Column], least_mm: Sequence[float], width_mm: float
) -> Iterator[Finding]:
    """What is told of columns that fit in no size."""
    if not table.widths_mm:
        turn = "" if table.landscape else "，或者写“横排: 是”把表转排"
        yield Finding(
            table.place,
            f"表格太宽：{len(columns)} 列至少要 {ceil(sum(least_mm))} mm，版心只有 {width_mm:g} mm",
            f"请减少列数，或分成两个表{turn}",
            clause="8" if table.landscape else "5.2.1",
        )
    for number, (column, given_mm, needed_mm) in enumerate(
        zip(columns, table.widths_mm, least_mm, strict=False), 1
    ):
        if not _holds(given_mm, needed_mm):
            widest = max((*column.header, *column.cells), key=lambda cell: cell.least_em)
            shown = widest.words[:SHOWN]
            yield Finding(
                widest.text.place,
                f"表格第 {number} 列宽 {given_mm:g} mm，放不下“{shown}”",
                f"请把这一列的列宽加到 {ceil(needed_mm)} mm 以上",
            )


# --- columns ---------------------------------------------------------------------------------


def _columns(table: Table, typesetter: Typesetter, size_mm: float) -> Iterator[_Column]:
    """What each column asks for by itself, and its share of what wide cells ask for."""
    aligns = table.align or (None,) * len((*table.header, *table.rows)[0])
    around_em = 2 * typesetter.measures.table.side_em
    wide = {(merge.row, merge.column): merge for merge in table.merged if merge.columns > 1}
    head = len(table.header)
    columns, several = [], {}
    for index, align in enumerate(aligns):
        every = []
        for number, row in enumerate((*table.header, *table.rows)):
            role = Role.HEITI if number < head else Role.FANGSONG
            cell = _set(row[index], role, typesetter, size_mm)
            if (number, index) in wide:
                several[number, index] = cell
                cell = _set(Text("", row[index].place), role, typesetter, size_mm)
            every.append(cell)
        header, cells = tuple(every[:head]), tuple(every[head:])
        columns.append(_column(header, cells, align or _found_align(cells)))
    for position, merge in wide.items():
        taken = slice(merge.column, merge.column + merge.columns)
        has_em = sum(column.least_em + around_em for column in columns[taken])
        more_em = (several[position].least_em + around_em - has_em) / merge.columns
        if more_em > 0:
            columns[taken] = [
                replace(
                    column,
                    least_em=column.least_em + more_em,
                    wish_em=max(column.wish_em, column.least_em + more_em),
                )
                for column in columns[taken]
            ]
    return iter(columns)


def _set(text: Text, role: Role, typesetter: Typesetter, size_mm: float) -> _Set:
    runs = tuple(typesetter.marked(words, role, size_mm) for words in said(text))
    line = _one_line(runs, typesetter, size_mm)
    if line is None:
        return _Set(text, runs, None, role, 0.0, 0.0, None)
    number = _NUMBER.fullmatch(line.text)
    ends = _ends_em(line, typesetter.founts)
    return _Set(
        text,
        runs,
        line,
        role,
        ends[-1],
        _least_em(line.text, ends),
        ends[number.end(1)] if number else None,
    )


def _one_line(runs: Sequence[Run], typesetter: Typesetter, size_mm: float) -> Line | None:
    measure = Measure(WIDEST_MM, size_mm)
    setting = set_paragraph(runs, measure, typesetter.style, typesetter.founts)
    return setting.lines[0] if setting and setting.lines else None


def _ends_em(line: Line, founts: Founts) -> list[float]:
    """How far each character begins from the first, and the last one's end."""
    ends = [0.0]
    for stretch in line.stretches:
        fount = founts[stretch.role]
        for index in range(stretch.start, stretch.end):
            gap = line.gaps[index] if index < len(line.text) - 1 else 0.0
            ends.append(ends[-1] + fount.advance(line.text[index]) + gap)
    return ends


def _least_em(text: str, ends: Sequence[float]) -> float:
    """The width of the longest run that is not broken."""
    levels = break_levels(text)
    places = [index for index in range(1, len(text)) if levels[index] <= Level.POOR]
    runs = (ends[end] - ends[start] for start, end in pairwise([0, *places, len(text)]))
    return min(max(runs), LEAST_WORD_EM)


def _found_align(cells: Sequence[_Set]) -> Align:
    """Numbers on their points, long texts from the left, short ones in the middle."""
    texts = [cell for cell in cells if not _NOTHING.fullmatch(cell.words)]
    if texts and all(cell.whole_em is not None for cell in texts):
        return Align.DECIMAL
    widest = max((cell.width_em for cell in cells), default=0.0)
    return Align.LEFT if widest > LONG_EM else Align.CENTRE


def _column(header: tuple[_Set, ...], cells: tuple[_Set, ...], align: Align) -> _Column:
    every = (*header, *cells)
    least = max((cell.least_em for cell in every), default=0.0)
    for some, floor_em in ((header, LEAST_HEAD_EM), (cells, LEAST_TEXT_EM)):
        least = max([least, *(min(cell.width_em, floor_em) for cell in some)])
    wish = max((cell.width_em for cell in every), default=0.0)
    whole = number = 0.0
    if align is Align.DECIMAL:
        numbers = [(cell.whole_em, cell.width_em) for cell in cells if cell.whole_em is not None]
        whole = max((before for before, _ in numbers), default=0.0)
        number = whole + max((width - before for before, width in numbers), default=0.0)
        least, wish = max(least, number), max(wish, number)
    return _Column(header, cells, align, least, wish, whole, number)


def _share(columns: Sequence[_Column], room_em: float, around_em: float) -> list[float]:
    """The columns' widths without the white beside their text; together they fill the table."""
    room = room_em - around_em * len(columns)
    wishes = sum(column.wish_em for column in columns)
    if wishes <= room:
        extra = room - wishes
        weights = [column.wish_em + around_em for column in columns]
        shares = (extra * weight / sum(weights) for weight in weights)
        return [column.wish_em + share for column, share in zip(columns, shares, strict=True)]
    widths = [column.least_em for column in columns]
    left = room - sum(widths)
    cells = [(*column.header, *column.cells)[:SAMPLED] for column in columns]
    rows = list(zip(*cells, strict=True))
    while left > HAIR:
        longing = [index for index, column in enumerate(columns) if widths[index] < column.wish_em]
        step = min(1.0, left)
        best = min(longing, key=lambda index: _lines_with(rows, widths, index, step))
        widths[best] += step
        left -= step
    return widths


def _lines_with(
    rows: Sequence[Sequence[_Set]], widths_em: Sequence[float], wider: int, by_em: float
) -> tuple[int, int]:
    """The lines of all *rows* with one column wider; then those of all cells, high ones most."""
    widths = [width + by_em * (index == wider) for index, width in enumerate(widths_em)]
    rooms = [floor(width + HAIR) if width >= LEAST_TEXT_EM else max(width, 1.0) for width in widths]
    high = every = 0
    for row in rows:
        lines = [
            max(1, ceil(cell.width_em / room - HAIR)) for cell, room in zip(row, rooms, strict=True)
        ]
        high += max(lines)
        every += sum(count * count for count in lines)
    return high, every


# --- cells -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Setter:
    """Sets cells of one size."""

    typesetter: Typesetter
    size_mm: float

    def rows(
        self, table: Table, columns: Sequence[_Column], widths_mm: Sequence[float]
    ) -> tuple[SetRow, ...]:
        """The rows of *table*, each as high as its highest cell asks for.

        What a cell of several rows asks for beyond theirs is the last one's.
        """
        merges = {(merge.row, merge.column): merge for merge in table.merged}
        covered = {at for merge in table.merged for at in merge.positions()} - merges.keys()
        by_row = zip(*((*column.header, *column.cells) for column in columns), strict=True)
        rows = []
        for number, (texts, sets) in enumerate(
            zip((*table.header, *table.rows), by_row, strict=True)
        ):
            cells = []
            for index, (cell, column) in enumerate(zip(sets, columns, strict=True)):
                if (number, index) in covered:
                    continue
                merge = merges.get((number, index), Merge(number, index, 1, 1))
                width_mm = sum(widths_mm[index : index + merge.columns])
                several = merge.columns > 1
                own = cell
                if several:
                    own = _set(texts[index], cell.role, self.typesetter, self.size_mm)
                lines = self._cell(own, column, width_mm, centred=several)
                cells.append(SetCell(lines, index, merge.columns, merge.rows))
            height_mm = self._height_mm(cell.lines for cell in cells if cell.rows == 1)
            rows.append(SetRow(tuple(cells), height_mm, texts[0]))
        for number, row in enumerate(rows):
            for cell in row.cells:
                last = number + cell.rows - 1
                given_mm = sum(each.height_mm for each in rows[number : last + 1])
                lacking_mm = self._height_mm([cell.lines]) - given_mm
                if lacking_mm > 0:
                    rows[last] = replace(rows[last], height_mm=rows[last].height_mm + lacking_mm)
        return tuple(rows)

    def _height_mm(self, cells: Iterable[tuple[Line, ...]]) -> float:
        """What a row of *cells* needs."""
        measures = self.typesetter.measures
        pitch_mm = measures.table.pitch_em * self.size_mm
        most = max([1, *map(len, cells)])
        return (most - 1) * pitch_mm + self.size_mm + 2 * measures.table.above_mm

    def _cell(
        self, cell: _Set, column: _Column, width_mm: float, *, centred: bool
    ) -> tuple[Line, ...]:
        if cell.line is None:
            return ()
        align = Align.CENTRE if centred or cell.role is Role.HEITI else column.align
        side_mm = self.typesetter.measures.table.side_em * self.size_mm
        room_em = (width_mm - 2 * side_mm) / self.size_mm
        lines: tuple[Line, ...] = (cell.line,)
        if not _holds(room_em, cell.width_em):
            lines = self._wrapped(cell, room_em, balanced=align is Align.CENTRE)
        if align is Align.DECIMAL and cell.whole_em is not None:
            left_em = (width_mm / self.size_mm - column.number_em) / 2
            indent_mm = (left_em + column.whole_em - cell.whole_em) * self.size_mm
            return tuple(replace(line, indent_mm=indent_mm) for line in lines)
        return tuple(self._placed(line, align, side_mm, width_mm) for line in lines)

    def _placed(self, line: Line, align: Align, side_mm: float, width_mm: float) -> Line:
        spare_mm = width_mm - self.typesetter.width_mm(line)
        if align is Align.LEFT:
            return replace(line, indent_mm=side_mm)
        if align is Align.RIGHT:
            return replace(line, indent_mm=spare_mm - side_mm)
        return replace(line, indent_mm=spare_mm / 2)

    def _wrapped(self, cell: _Set, room_em: float, *, balanced: bool) -> tuple[Line, ...]:
        """The cell in lines of whole cells of type; *balanced*, at words or of about one length."""
        widest = floor(room_em + HAIR) if room_em >= LEAST_TEXT_EM else room_em
        widest = max(widest, min(cell.least_em, room_em))
        lines = self._lines(cell, widest)
        if balanced and (whole_words := self._at_words(cell, widest, len(lines))):
            return whole_words
        even = ceil(cell.width_em / len(lines)) if balanced else widest - 1
        narrower = max(even, cell.least_em)
        while narrower < widest and (balanced or len(lines[-1].text) == 1):
            tried = self._lines(cell, narrower)
            if len(tried) == len(lines):
                return tried
            if not balanced:
                break
            narrower += 1
        return lines

    def _at_words(self, cell: _Set, width_em: float, count: int) -> tuple[Line, ...]:
        """The cell in *count* lines that end with words, as a title does; nothing where none do."""
        measure = Measure(width_em * self.size_mm, self.size_mm)
        founts, size_mm = self.typesetter.founts, self.size_mm
        if len(cell.runs) > 1:
            return ()
        setting = set_title([cell.words], measure, founts, size_mm=size_mm, role=cell.role)
        if len(setting.lines) != count or setting.cost >= INSIDE_WORD:
            return ()
        return tuple(map(self._natural, setting.lines))

    def _lines(self, cell: _Set, width_em: float) -> tuple[Line, ...]:
        """The cell in lines that are not spread: a narrow column is better ragged."""
        measure = Measure(width_em * self.size_mm, self.size_mm)
        setting = set_paragraph(cell.runs, measure, self.typesetter.style, self.typesetter.founts)
        return tuple(map(self._natural, setting.lines)) if setting else ()

    def _natural(self, line: Line) -> Line:
        runs = [
            Run(line.text[one.start : one.end], one.role, one.size_mm, one.raised_em, one.drawn)
            for one in line.stretches
        ]
        natural = _one_line(runs, self.typesetter, self.size_mm)
        if natural is None or line.hyphenated or natural.text != line.text:
            return line
        narrow = self.typesetter.width_mm(natural) < self.typesetter.width_mm(line)
        return natural if narrow else line
