"""The text of a document, 7.3.3, on its way to pages: paragraphs and numbered headings."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from dataclasses import dataclass, replace

from yinfa.composing.numbering import level_mark
from yinfa.composing.pages import Flow, Reset
from yinfa.composing.paragraph import set_paragraph
from yinfa.composition import Block, Founts, Line, Measure, Part, Role, Run, Setting, Style
from yinfa.measures import Measures
from yinfa.model import Node, Paragraph, Section

INDENT_CELLS = 2  # 7.3.3 a paragraph begins two cells in
LEVEL_ROLES = {1: Role.HEITI, 2: Role.KAITI}  # 7.3.3; deeper levels keep the text's face


@dataclass(frozen=True, slots=True)
class Typesetter:
    """All that setting a line needs beside its words."""

    measures: Measures
    founts: Founts
    style: Style

    def run(self, text: str, role: Role = Role.FANGSONG) -> Run:
        """*text* at the size of the text."""
        return Run(text, role, self.measures.cell_mm)

    def measure(self, first_cells: float = 0, hang_cells: float = 0) -> Measure:
        """The width of the type area, with indents in cells."""
        cell = self.measures.cell_mm
        return Measure(
            width_mm=self.measures.type_area_width_mm,
            first_indent_mm=first_cells * cell,
            hanging_indent_mm=hang_cells * cell,
            cell_mm=cell,
        )

    def paragraph(self, *runs: Run, first_cells: float = 0, hang_cells: float = 0) -> Reset:
        """A paragraph to be set: called with 0 for its best setting, ±1 for a line more or less."""
        measure = self.measure(first_cells, hang_cells)

        @functools.cache
        def reset(looser: int) -> Setting | None:
            return set_paragraph(runs, measure, self.style, self.founts, looser=looser)

        return reset

    def lines(self, *runs: Run, first_cells: float = 0, hang_cells: float = 0) -> tuple[Line, ...]:
        """*runs* in their best setting."""
        return settled(self.paragraph(*runs, first_cells=first_cells, hang_cells=hang_cells)).lines

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
        middle = self.measures.type_area_width_mm / 2 if middle_mm is None else middle_mm
        return replace(line, indent_mm=middle - self.width_mm(line) / 2)

    def flush_right(self, line: Line, inset_cells: float = 0) -> Line:
        """*line* ending *inset_cells* before the right edge of the type area."""
        right_mm = self.measures.type_area_width_mm - inset_cells * self.measures.cell_mm
        return replace(line, indent_mm=right_mm - self.width_mm(line))


def settled(reset: Reset) -> Setting:
    """The best setting of a paragraph, which always exists."""
    setting = reset(0)
    if setting is None:
        raise AssertionError("a paragraph has a best setting")
    return setting


def flow_body(body: tuple[Node, ...], typesetter: Typesetter, level: int = 1) -> Iterator[Flow]:
    """*body* in reading order; its sections are numbered on *level*."""
    number = 0
    for node in body:
        match node:
            case Paragraph():
                yield _paragraph(node, typesetter)
            case Section():
                number += 1
                yield _heading(node, level, number, typesetter)
                yield from flow_body(node.body, typesetter, level + 1)


def _paragraph(paragraph: Paragraph, typesetter: Typesetter) -> Flow:
    reset = typesetter.paragraph(typesetter.run(str(paragraph.text)), first_cells=INDENT_CELLS)
    return Flow(Block(Part.PARAGRAPH, settled(reset).lines), reset=reset)


def _heading(section: Section, level: int, number: int, typesetter: Typesetter) -> Flow:
    """A heading with its mark; run in, it begins the paragraph that goes on after it."""
    name = level_mark(level, number) + str(section.title)
    runs = [typesetter.run(name, LEVEL_ROLES.get(level, Role.FANGSONG))]
    if section.run_in:
        runs.append(typesetter.run(str(section.run_in)))
    reset = typesetter.paragraph(*runs, first_cells=INDENT_CELLS)
    part, head = (Part.RUN_IN, len(name)) if section.run_in else (Part.HEADING, 0)
    block = Block(part, settled(reset).lines, level=level, head=head, name=name)
    return Flow(block, keep=not section.run_in, whole=not section.run_in, reset=reset)
