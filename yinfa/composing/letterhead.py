"""What stands above the title: letterhead, 7.2, and those of letter, order and minutes, 10."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from yinfa.composing.rosters import NAME_CELLS, spaced
from yinfa.composing.typesetter import Typesetter
from yinfa.composition import (
    Block,
    Founts,
    Ink,
    Line,
    Placed,
    PrintedRule,
    Role,
    Stretch,
)
from yinfa.measures import DoubleRuleMeasures, FormMeasures, MarkMeasures, Measures, RedRuleMeasures
from yinfa.parts import Part
from yinfa.reading_order import SPACE, Element, ReadingOrder, of
from yinfa.report import Place

NAMES_A_LINE = 2  # 7.2.6
SAME_CELLS = 0.01  # what is as good as room enough
INSET_CELLS = 1  # 7.2.5, 7.2.6: number and signatories in an upward document
SAMPLE = "国"  # a mark of signs that do not fill their cells is set as large as this
NARROWEST = 0.6  # a mark that would have to be condensed more is set smaller
LEADING = 1.2  # joint names: from line to line, at least, in heights of their ink
SUFFIX_GAP_EM = 0.6  # between joint names and 文件
NUMBER_ROOM = Element(
    Part.NUMBER_ROOM, Place(Path()), label="0123456789"
)  # brings the digits; taken out in the end
CORNER = {
    Part.COPY_NUMBER: Role.FANGSONG,
    Part.NUMBER_ROOM: Role.FANGSONG,
    Part.CLASSIFICATION: Role.HEITI,
    Part.URGENCY: Role.HEITI,
}
TITLE_BLANK_LINES = 2  # 10.1: between the title and the last element above it
BLANK_SLACK_MM = 0.3  # more or less white than the blank lines that are due
SEVEN_EIGHTHS = 7 / 8  # of the height of a 3号 character, 10.1


@dataclass(frozen=True, slots=True)
class Head:
    """The blocks and rules above the title, and the first grid line that is free below them."""

    placed: tuple[Placed, ...] = ()
    rules: tuple[PrintedRule, ...] = ()
    row: int = 0


def set_head(
    order: ReadingOrder, form: FormMeasures, typesetter: Typesetter, *, joint: float = 1.0
) -> Head:
    """Everything above the title of *order*, with the blank lines under it.

    The names of a joint mark are set *joint* times their usual height.
    """
    marks = of(order.letterhead, Part.MARK)
    if form.mark is None or not marks:
        return Head(row=form.title.blank_lines if form.title else 2)
    if form.double_rule is not None:
        return _letter_head(order, form.mark, form.double_rule, typesetter)
    corner = list(_corner(order, typesetter))
    measured = replace(form.mark, joint_height_mm=form.mark.joint_height_mm * joint)
    mark, bottom_mm = _mark(marks, measured, typesetter)
    row = _row_below(bottom_mm, form.mark.blank_lines, typesetter.measures)
    upward = bool(of(order.letterhead, Part.SIGNATORY))
    numbered, last = (_upward if upward else _centred_number)(order, row, typesetter)
    raised_mm, below = _whites(bottom_mm, row, last, form, typesetter.measures)
    numbered = [replace(one, top_mm=(one.top_mm or 0.0) - raised_mm) for one in numbered]
    rules: tuple[PrintedRule, ...] = ()
    if form.red_rule is not None:
        rules = (_red_rule(last, raised_mm, form.red_rule, typesetter.measures),)
    if marks[0].preprinted:
        mark, rules = [], ()
    return Head((*corner, *mark, *numbered), rules, last + 1 + below)


def _corner(order: ReadingOrder, typesetter: Typesetter, head_mm: float = 0.0) -> Iterator[Placed]:
    """份号, 密级 and 紧急程度, one under the other at the left, 7.2.1 to 7.2.3.

    The first line box is *head_mm* below the first of the grid.
    """
    elements = of(order.letterhead, *CORNER)
    if order.document.letterhead.copy_number_room:
        elements = (NUMBER_ROOM, *elements)
    for element in elements:
        lines = typesetter.lines(*typesetter.runs(element, role=CORNER[element.part]))
        yield Placed(0, Block(element.part, lines, place=element.place), head_mm)
        head_mm += typesetter.measures.grid.pitch_mm


def _absolute(row: int, element: Element, lines: tuple[Line, ...], measures: Measures) -> Placed:
    """Lines of *element* on the grid that other blocks may share."""
    block = Block(element.part, lines, place=element.place)
    return Placed(row, block, row * measures.grid.pitch_mm)


# --- the mark --------------------------------------------------------------------------------


def _mark(
    marks: Sequence[Element], mark: MarkMeasures, typesetter: Typesetter
) -> tuple[list[Placed], float]:
    """The issuer mark and the lower edge of its ink, from the paper's upper edge."""
    if len(marks) > 1:
        names = ["".join(words.text for words in element.words) for element in marks]
        return _joint_mark(names, marks[-1].stop, mark, typesetter)
    text = marks[0].text
    size_mm = _size_mm(text, mark.height_mm, typesetter.founts)
    condensed, size_mm = _fitted(text, size_mm, mark.width_mm, typesetter.founts)
    width_mm = _width_mm(text, size_mm, typesetter.founts) * condensed
    left_mm = (typesetter.measures.type_area.width_mm - width_mm) / 2
    placed = _mark_block(text, left_mm, mark.top_mm, size_mm, condensed, typesetter)
    return [placed], mark.top_mm + _ink_mm(text, size_mm, typesetter.founts)


def _fitted(text: str, size_mm: float, width_mm: float, founts: Founts) -> tuple[float, float]:
    """How much *text* is condensed to be *width_mm* wide at most, and the size it is set at."""
    wanted = width_mm / _width_mm(text, size_mm, founts)
    condensed = max(NARROWEST, min(1.0, wanted))
    return condensed, size_mm * min(1.0, wanted / condensed)


def _joint_mark(
    names: Sequence[str], suffix: str, mark: MarkMeasures, typesetter: Typesetter
) -> tuple[list[Placed], float]:
    """Names of one width, one under the other, and 文件 beside their middle, 7.2.4."""
    widest = max(names, key=lambda name: _width_mm(name, 1.0, typesetter.founts))
    usual_mm = _size_mm("".join(names), mark.joint_height_mm, typesetter.founts)
    suffix_mm = _size_mm(suffix, mark.height_mm, typesetter.founts)
    gap_mm = SUFFIX_GAP_EM * usual_mm
    aside_mm = _width_mm(suffix, suffix_mm, typesetter.founts) + gap_mm if suffix else 0.0
    condensed, size_mm = _fitted(widest, usual_mm, mark.width_mm - aside_mm, typesetter.founts)
    widest_mm = _width_mm(widest, size_mm, typesetter.founts)
    names_mm = widest_mm * condensed
    left_mm = (typesetter.measures.type_area.width_mm - names_mm - aside_mm) / 2
    pitch_mm, height_mm = _joint_leading(len(names), mark, typesetter.measures)
    placed = [
        _mark_block(
            name,
            left_mm,
            mark.top_mm + index * pitch_mm,
            size_mm,
            condensed,
            typesetter,
            spread_to_mm=widest_mm,
        )
        for index, name in enumerate(names)
    ]
    if suffix:
        lowest_mm = mark.top_mm + (len(names) - 1) * pitch_mm
        lowest_mm += _ink_mm(names[-1], size_mm, typesetter.founts)
        top_mm = (mark.top_mm + lowest_mm - _ink_mm(suffix, suffix_mm, typesetter.founts)) / 2
        aside = left_mm + names_mm + gap_mm
        placed.append(_mark_block(suffix, aside, top_mm, suffix_mm, 1.0, typesetter))
    return placed, mark.top_mm + height_mm


def _joint_leading(count: int, mark: MarkMeasures, measures: Measures) -> tuple[float, float]:
    """From name to name, and the height of all: whole grid lines more than a single mark.

    So the document number keeps its distance and its place on the grid.
    """
    pitch_mm = measures.grid.pitch_mm
    least_mm = LEADING * mark.joint_height_mm * (count - 1) + mark.joint_height_mm
    more = max(0, math.ceil((least_mm - mark.height_mm) / pitch_mm))
    height_mm = mark.height_mm + more * pitch_mm
    return (height_mm - mark.joint_height_mm) / (count - 1), height_mm


def _mark_block(
    text: str,
    left_mm: float,
    top_mm: float,
    size_mm: float,
    condensed: float,
    typesetter: Typesetter,
    *,
    spread_to_mm: float = 0.0,
) -> Placed:
    fount = typesetter.founts[Role.XIAOBIAOSONG]
    widths_mm = _width_mm(text, size_mm, typesetter.founts)
    gaps = len(text) - 1
    gap_em = (spread_to_mm - widths_mm) / gaps / size_mm if spread_to_mm and gaps else 0.0
    line = Line(
        text,
        (Stretch(0, len(text), Role.XIAOBIAOSONG, size_mm),),
        (gap_em,) * len(text),
        left_mm,
        full=False,
    )
    box_mm = top_mm - fount.ink_height(text)[0] * size_mm - typesetter.measures.head_mm
    block = Block(Part.MARK, (line,), pitch_mm=size_mm, condensed=condensed)
    return Placed(0, block, box_mm)


def _width_mm(text: str, size_mm: float, founts: Founts) -> float:
    fount = founts[Role.XIAOBIAOSONG]
    return size_mm * sum(fount.advance(char) for char in text)


def _ink_mm(text: str, size_mm: float, founts: Founts) -> float:
    """How high the ink of *text* is."""
    upper_em, lower_em = founts[Role.XIAOBIAOSONG].ink_height(text)
    return size_mm * (lower_em - upper_em)


def _size_mm(text: str, height_mm: float, founts: Founts) -> float:
    """The size at which the ink of *text* is *height_mm* high."""
    return height_mm / _ink_mm(SAMPLE + text, 1.0, founts)


def _row_below(bottom_mm: float, blank_lines: int, measures: Measures) -> int:
    """The grid line whose type leaves at least *blank_lines* of 行 below *bottom_mm*."""
    free_mm = bottom_mm + blank_lines * measures.grid.pitch_mm - measures.type_area.head_mm
    return math.ceil(free_mm / measures.grid.pitch_mm - 0.05)


def _whites(
    bottom_mm: float, first: int, last: int, form: FormMeasures, measures: Measures
) -> tuple[float, int]:
    """How far the lines *first* to *last* are raised off the grid, and how many are blank below.

    A mark may end anywhere, and a line of the grid stands as near as it can; where that leaves
    more than the blank lines that are due, or fewer, above the number or below its rule, the
    number stands between two lines of the grid. What follows is on the grid again.
    """
    blank = form.mark.blank_lines if form.mark else 0
    least_mm = blank * measures.grid.pitch_mm - BLANK_SLACK_MM
    most_mm = (blank + 1) * measures.grid.pitch_mm - measures.cell_mm + BLANK_SLACK_MM
    above_mm = measures.type_top_mm(first) - bottom_mm
    foot_mm, title_mm = measures.type_bottom_mm(last), 0.0
    if form.red_rule is not None:
        foot_mm += form.red_rule.gap_mm + form.red_rule.thickness_mm
        title_mm = (measures.sizes.title_mm - measures.cell_mm) / 2
        blank = form.red_rule.blank_lines
    ranges = []
    for lines in (blank, blank + 1, blank - 1):
        below_mm = measures.type_top_mm(last + 1 + lines) - title_mm - foot_mm
        least, most = max(above_mm - most_mm, least_mm - below_mm), above_mm - least_mm
        ranges.append((least, min(most, most_mm - below_mm), lines))
    on_grid = ((0.0, lines) for least, most, lines in ranges if least <= 0.0 <= most)
    off_grid = (((least + most) / 2, lines) for least, most, lines in ranges if least <= most)
    return next(on_grid, None) or next(off_grid, (0.0, blank))


# --- what stands under it ---------------------------------------------------------------------


def _centred_number(
    order: ReadingOrder, row: int, typesetter: Typesetter
) -> tuple[list[Placed], int]:
    """The number in the middle, and the grid line its last line stands on, 7.2.5."""
    placed: list[Placed] = []
    last = row
    for number in of(order.letterhead, Part.NUMBER):
        set_lines = typesetter.lines(*typesetter.runs(number))
        lines = tuple(map(typesetter.centred, set_lines))
        placed.append(_absolute(row, number, lines, typesetter.measures))
        last = row + len(lines) - 1
    return placed, last


def _upward(order: ReadingOrder, row: int, typesetter: Typesetter) -> tuple[list[Placed], int]:
    """签发人 at the right, two names a line; the number beside the last of them, 7.2.5, 7.2.6.

    Where that leaves the number no room, one name a line, and one that is long in several lines;
    a number that has no room even so stands below them.
    """
    numbers = of(order.letterhead, Part.NUMBER)
    (signatory,) = of(order.letterhead, Part.SIGNATORY)
    number_cells = sum(math.ceil(typesetter.width_cells(number.text)) + 1 for number in numbers)
    begin = INSET_CELLS + number_cells
    most_cells = typesetter.measures.grid.cells - 2 * INSET_CELLS - len(signatory.label)
    tries = [(count, most_cells) for count in (NAMES_A_LINE, 1) if count <= len(signatory.words)]
    if most_cells - number_cells >= NAME_CELLS:
        tries.append((1, most_cells - number_cells))
    for a_line, column_cells in tries:
        lines, free_cells = _signatory_lines(signatory, a_line, column_cells, typesetter)
        aside = free_cells > begin - SAME_CELLS
        if aside:
            break
    last = row + len(lines) - (1 if aside else 0)
    placed = []
    for number in numbers:
        set_number = typesetter.lines(*typesetter.runs(number), first_cells=INSET_CELLS)
        placed.append(_absolute(last, number, set_number, typesetter.measures))
    placed += [
        _absolute(row + index, signatory, (line,), typesetter.measures)
        for index, line in enumerate(lines)
    ]
    return placed, last


def _signatory_lines(
    signatory: Element, a_line: int, column_cells: float, typesetter: Typesetter
) -> tuple[list[Line], float]:
    """Label and names, *a_line* to a line, and how many cells are free before the last of them.

    A name that is alone in its line takes several where it is longer than *column_cells*. There
    are no lines where the names are too long to stand side by side.
    """
    measures = typesetter.measures
    names = [spaced(words.text) for words in signatory.words]
    column = max(NAME_CELLS, *map(len, names))
    runs = [typesetter.run(name, Role.KAITI) for name in names]
    parted = [typesetter.balanced(run, column_cells) for run in runs]
    lasts = [line for name in parted[a_line - 1 :: a_line] for line in name]
    last_cells = max(map(typesetter.width_mm, lasts)) / measures.cell_mm
    names_at = measures.grid.cells - INSET_CELLS - last_cells - (a_line - 1) * (column + 1)
    label_at = names_at - len(signatory.label)
    if a_line > 1 and label_at < INSET_CELLS:
        return [], 0.0
    texts = [line.text for name in parted for line in name]
    if a_line > 1:
        shown = [names[start : start + a_line] for start in range(0, len(names), a_line)]
        texts = [SPACE.join(name.ljust(column, SPACE) for name in row) for row in shown]
    lines: list[Line] = []
    for text in texts:
        said = [typesetter.run(text.rstrip(SPACE), Role.KAITI)]
        if not lines:
            said.insert(0, typesetter.run(signatory.label))
        lines += typesetter.lines(*said, first_cells=names_at if lines else label_at)
    return lines, names_at if len(lines) > 1 else label_at


def _red_rule(row: int, raised_mm: float, rule: RedRuleMeasures, measures: Measures) -> PrintedRule:
    """The rule 4 mm under the number's type, as wide as the type area, 7.2.7."""
    return PrintedRule(
        measures.type_area.binding_mm,
        measures.type_bottom_mm(row) - raised_mm + rule.gap_mm,
        measures.type_area.width_mm,
        rule.thickness_mm,
        Ink.RED,
    )


# --- the letter, 10.1 -------------------------------------------------------------------------


def _letter_head(
    order: ReadingOrder,
    mark: MarkMeasures,
    double: DoubleRuleMeasures,
    typesetter: Typesetter,
) -> Head:
    """Mark, double rule, then number at the right and 份号, 密级, 紧急程度 at the left."""
    measures = typesetter.measures
    marks = of(order.letterhead, Part.MARK)
    placed, bottom_mm = _mark(marks, mark, typesetter)
    upper_mm = bottom_mm + double.gap_mm
    below_mm = upper_mm + double.height_mm
    head_mm = below_mm + SEVEN_EIGHTHS * measures.cell_mm - measures.type_top_mm(0)
    corner = list(_corner(order, typesetter, head_mm))
    number: list[Placed] = []
    for element in of(order.letterhead, Part.NUMBER):
        set_lines = typesetter.lines(*typesetter.runs(element))
        lines = tuple(map(typesetter.flush_right, set_lines))
        number = [Placed(0, Block(Part.NUMBER, lines, place=element.place), head_mm)]
    rules = (
        *_double_rule(upper_mm, double, typesetter.measures, thick_first=True),
        *_double_rule(
            double.lower_mm - double.height_mm, double, typesetter.measures, thick_first=False
        ),
    )
    if marks[0].preprinted:
        placed, rules = [], ()
    used = max(len(corner), sum(len(each.block.lines) for each in number))
    if used:
        below_mm = measures.type_bottom_mm(0) + head_mm + (used - 1) * measures.grid.pitch_mm
    row = _row_below(below_mm, TITLE_BLANK_LINES, typesetter.measures)
    return Head((*placed, *corner, *number), rules, row)


def _double_rule(
    top_mm: float, double: DoubleRuleMeasures, measures: Measures, *, thick_first: bool
) -> Iterator[PrintedRule]:
    """Two red rules, the thick one above or below, centred on the type area."""
    left_mm = measures.type_area.binding_mm + (measures.type_area.width_mm - double.length_mm) / 2
    weights = (double.thick_mm, double.thin_mm)
    upper, lower = weights if thick_first else weights[::-1]
    yield PrintedRule(left_mm, top_mm, double.length_mm, upper, Ink.RED)
    below_mm = top_mm + upper + double.between_mm
    yield PrintedRule(left_mm, below_mm, double.length_mm, lower, Ink.RED)
