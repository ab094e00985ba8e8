"""What setting a line takes beside its words: measures, founts and style, held together."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from yinfa.composing.pages import Reset
from yinfa.composing.paragraph import set_paragraph
from yinfa.composing.spacing import closed
from yinfa.composition import Founts, Line, Measure, Role, Run, Setting, Style
from yinfa.inline import Emphasis
from yinfa.measures import Measures
from yinfa.reading_order import Element, Words
from yinfa.report import Finding, SourceFault

MOST_WHOLE = 12  # lines of a title, heading or caption
INDENT_CELLS = 2  # 7.3.3 a paragraph begins two cells in
LINE_END = "\n"  # a run that is none: the source breaks the line there
DRAWN = frozenset({Emphasis.UNDERLINE, Emphasis.STRIKE, Emphasis.DOTTED})
SCRIPT_EM = 0.62  # size of super- and subscripts
SUPERSCRIPT_RAISED_EM, SUBSCRIPT_RAISED_EM = 0.46, -0.22  # in em of their own size
CALL_EM = 0.62  # size of the call of a footnote
CALL_RAISED_EM = 0.46  # in em of its own size: its top is nearly level with that of the text


@dataclass(frozen=True, slots=True)
class Typesetter:
    """All that setting a line needs beside its words."""

    measures: Measures
    founts: Founts
    style: Style

    def run(self, text: str, role: Role = Role.FANGSONG) -> Run:
        """*text* at the size of the text."""
        return Run(text, role, self.measures.cell_mm)

    def runs(
        self, element: Element, head: Role = Role.FANGSONG, role: Role = Role.FANGSONG
    ) -> list[Run]:
        """All that is printed of *element*: label and heading in *head*, the words in *role*."""
        runs = [self.run(element.head, head)] if element.head else []
        for index, words in enumerate(element.words):
            if index and element.separator:
                runs.append(self.run(element.separator, role))
            runs.append(self.marked(words, role, self.measures.cell_mm))
            if words.ends_line:
                runs.append(Run(LINE_END, role, self.measures.cell_mm))
        if element.stop and not element.heading:
            runs.append(self.run(element.stop, role))
        return _merged(runs)

    def marked(self, words: Words, role: Role, size_mm: float) -> Run:
        """*words* as their notation wants them; bold is 黑体, as no face here has a bold one."""
        emphases, raised_em = words.emphases, 0.0
        if words.note:
            size_mm, raised_em = CALL_EM * size_mm, CALL_RAISED_EM
        elif Emphasis.SUPERSCRIPT in emphases:
            size_mm, raised_em = SCRIPT_EM * size_mm, SUPERSCRIPT_RAISED_EM
        elif Emphasis.SUBSCRIPT in emphases:
            size_mm, raised_em = SCRIPT_EM * size_mm, SUBSCRIPT_RAISED_EM
        face = Role.HEITI if Emphasis.BOLD in emphases else role
        call = words.text if words.note else ""
        return Run(words.text, face, size_mm, raised_em, emphases & DRAWN, call)

    def measure(self, first_cells: float = 0, hang_cells: float = 0) -> Measure:
        """The width of the type area, with indents in cells."""
        cell = self.measures.cell_mm
        return Measure(
            width_mm=self.measures.type_area.width_mm,
            first_indent_mm=first_cells * cell,
            hanging_indent_mm=hang_cells * cell,
            cell_mm=cell,
        )

    def paragraph(self, *runs: Run, first_cells: float = 0, hang_cells: float = 0) -> Reset:
        """A paragraph to be set: called with 0 for its best setting, ±1 for a line more or less."""
        measure = self.measure(first_cells, hang_cells)
        pieces = list(_pieces(runs))

        @functools.cache
        def reset(looser: int) -> Setting | None:
            if len(pieces) == 1:
                return set_paragraph(runs, measure, self.style, self.founts, looser=looser)
            return self._broken(pieces, measure, looser)

        return reset

    def _broken(
        self, pieces: Sequence[Sequence[Run]], measure: Measure, looser: int
    ) -> Setting | None:
        """A paragraph in which the source breaks lines; the longest piece is set *looser*."""
        longest = max(pieces, key=lambda piece: sum(len(run.text) for run in piece))
        lines: list[Line] = []
        cost = 0.0
        for piece in pieces:
            given = looser if piece is longest else 0
            setting = set_paragraph(piece, measure, self.style, self.founts, looser=given)
            if setting is None:
                return None
            lines += setting.lines
            cost += setting.cost
            measure = replace(measure, first_indent_mm=measure.hanging_indent_mm)
        return Setting(tuple(lines), cost)

    def lines(self, *runs: Run, first_cells: float = 0, hang_cells: float = 0) -> tuple[Line, ...]:
        """*runs* in their best setting."""
        return settled(self.paragraph(*runs, first_cells=first_cells, hang_cells=hang_cells)).lines

    def balanced(self, run: Run, cells: float = 0) -> tuple[Line, ...]:
        """*run* in few lines of about one length, each in the middle, at most *cells* long."""
        measure = self.measure()
        widest_mm = cells * measure.cell_mm or measure.width_mm
        width_mm = widest_mm
        lines = self._lines_within(run, widest_mm)
        if len(lines) > 1:
            width_mm = widest_mm / 2
        while width_mm < widest_mm:
            tried = self._lines_within(run, width_mm)
            if len(tried) == len(lines):
                lines = tried
                break
            width_mm += measure.cell_mm
        return tuple(self.centred(closed(line, self.founts)) for line in lines)

    def _lines_within(self, run: Run, width_mm: float) -> tuple[Line, ...]:
        measure = replace(self.measure(), width_mm=width_mm)
        setting = set_paragraph([run], measure, self.style, self.founts)
        return setting.lines if setting else ()

    def hung(
        self, label: Sequence[Run], *runs: Run, first_cells: float, hang_cells: float
    ) -> tuple[Line, ...]:
        """*runs* with all lines *hang_cells* in, and *label* set solid before the first.

        So what stands under one another does, however the lines are spread.
        """
        first, *others = self.lines(*runs, first_cells=hang_cells, hang_cells=hang_cells)
        before = self.lines(*label)[0]
        return (labelled(before, first, first_cells * self.measures.cell_mm), *others)

    def width_cells(self, text: str) -> float:
        """What *text* takes in the text's face, in cells."""
        return sum(self.founts[Role.FANGSONG].advance(char) for char in text)

    def width_mm(self, line: Line) -> float:
        """What *line* takes from the first to the last character."""
        return sum(
            stretch.size_mm
            * sum(
                self.founts[stretch.role].advance(line.text[index])
                + (line.gaps[index] if index < len(line.text) - 1 else 0.0)
                for index in range(stretch.start, stretch.end)
            )
            for stretch in line.stretches
        )

    def centred(self, line: Line, middle_mm: float | None = None) -> Line:
        """*line* with its middle on that of the type area, or *middle_mm* from its left edge."""
        middle = self.measures.type_area.width_mm / 2 if middle_mm is None else middle_mm
        return replace(line, indent_mm=max(0.0, middle - self.width_mm(line) / 2))

    def flush_right(self, line: Line, inset_cells: float = 0) -> Line:
        """*line* ending *inset_cells* before the right edge of the type area."""
        right_mm = self.measures.type_area.width_mm - inset_cells * self.measures.cell_mm
        return replace(line, indent_mm=max(0.0, right_mm - self.width_mm(line)))


def _pieces(runs: Sequence[Run]) -> Iterator[Sequence[Run]]:
    """*runs* parted where the source breaks the line."""
    piece: list[Run] = []
    for run in runs:
        if run.text == LINE_END:
            yield piece
            piece = []
        else:
            piece.append(run)
    yield piece


def _merged(runs: Sequence[Run]) -> list[Run]:
    """*runs* without a seam where two are set alike."""
    merged: list[Run] = []
    for run in runs:
        if merged and LINE_END not in (merged[-1].text, run.text) and _alike(merged[-1], run):
            merged[-1] = replace(run, text=merged[-1].text + run.text)
        else:
            merged.append(run)
    return merged


def _alike(one: Run, other: Run) -> bool:
    return replace(one, text="") == replace(other, text="")


def refuse_long(lines: Sequence[Line], element: Element, what: str) -> None:
    """Tell of an *element* whose *lines* are more than what is never parted should have."""
    if len(lines) > MOST_WHOLE:
        message = f"{what}有{len(lines)}行，太长：“{element.text[:20]}……”"
        hint = f"{what}应当简短；是正文的，请写成段落"
        raise SourceFault((Finding(element.place, message, hint),))


def labelled(label: Line, line: Line, indent_mm: float) -> Line:
    """*line* after *label*, which is set solid and begins *indent_mm* in."""
    count = len(label.text)
    moved = (
        replace(part, start=part.start + count, end=part.end + count) for part in line.stretches
    )
    return replace(
        line,
        text=label.text + line.text,
        stretches=(*label.stretches, *moved),
        gaps=(0.0,) * count + line.gaps,
        indent_mm=indent_mm,
    )


def settled(reset: Reset) -> Setting:
    """The best setting of a paragraph, which always exists."""
    setting = reset(0)
    if setting is None:
        raise AssertionError("a paragraph has a best setting")
    return setting
