"""Footnotes: calls in the text, and the notes at the foot of the page that shows their call.

A note keeps its number wherever its page ends, and what is called twice is printed once.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import replace

from yinfa.composing.pages import Flow, Note, Piece
from yinfa.composing.paragraph import set_paragraph
from yinfa.composing.typesetter import INDENT_CELLS, Typesetter
from yinfa.composition import Block, Ink, Measure, Page, Placed, PrintedRule, Role, Run
from yinfa.measures import Measures
from yinfa.parts import Part
from yinfa.reading_order import Element
from yinfa.report import Finding, SourceFault


def set_notes(notes: Sequence[Element], typesetter: Typesetter) -> dict[str, Note]:
    """Footnotes by the mark that calls them."""
    found = {}
    cell_mm = typesetter.measures.note_cell_mm
    measure = Measure(
        typesetter.measures.type_area.width_mm, cell_mm, first_indent_mm=INDENT_CELLS * cell_mm
    )
    for note in notes:
        run = Run(note.text, Role.FANGSONG, cell_mm)
        setting = set_paragraph([run], measure, typesetter.style, typesetter.founts)
        if setting is not None:
            found[note.label.rstrip()] = Note(setting.lines, note.place)
    return found


def height_mm(lines: int, measures: Measures) -> float:
    """What *lines* of notes take from the text's last line down to the foot of the type area."""
    if not lines:
        return 0.0
    above_mm = measures.notes.clear_mm + measures.notes.rule_thickness_mm + measures.notes.gap_mm
    return above_mm + (lines - 1) * measures.notes.pitch_mm + measures.note_cell_mm


def reserved(lines: int, measures: Measures) -> int:
    """The grid lines of text that *lines* of notes take the place of."""
    return math.ceil(height_mm(lines, measures) / measures.grid.pitch_mm)


def called(flows: Sequence[Flow], pieces: Iterable[Piece], measures: Measures) -> tuple[Block, ...]:
    """The notes that a page of *pieces* calls, in order; a SourceFault where they have no room."""
    notes: dict[str, Note] = {}
    used = 0
    for piece in pieces:
        flow = flows[piece.index]
        used = piece.row + flow.taken(piece.start, piece.end)
        for marks in flow.calls[piece.start : piece.end]:
            notes |= {mark: flow.notes[mark] for mark in marks}
    lines = sum(len(note.lines) for note in notes.values())
    if notes and used + reserved(lines, measures) > measures.grid.lines:
        raise _overfull(max(notes.values(), key=lambda note: len(note.lines)))
    return tuple(
        Block(
            Part.FOOTNOTE,
            note.lines,
            name=mark,
            pitch_mm=measures.notes.pitch_mm,
            place=note.place,
        )
        for mark, note in notes.items()
    )


def _overfull(note: Note) -> SourceFault:
    message = "脚注太长，和要注的文字排不进一页"
    hint = "请把一部分内容移到正文里，或者把脚注分到几段文字上"
    return SourceFault((Finding(note.place, message, hint),))


def place_notes(page: Page, foot_mm: float, measures: Measures) -> Page:
    """*page* with its notes under a short rule, the last ending at *foot_mm* of the paper.

    Where an office's lines leave some of the type area, it ends with the last of them: what stands
    lower would come on the next page.
    """
    if not page.notes:
        return page
    lines = sum(len(block.lines) for block in page.notes)
    half_gap_mm = (measures.notes.pitch_mm - measures.note_cell_mm) / 2
    foot_mm = min(foot_mm, measures.paper.height_mm - measures.foot_mm - half_gap_mm)
    top_mm = foot_mm + half_gap_mm - lines * measures.notes.pitch_mm
    rule = PrintedRule(
        measures.type_area.binding_mm,
        top_mm + half_gap_mm - measures.notes.gap_mm - measures.notes.rule_thickness_mm,
        measures.notes.rule_mm,
        measures.notes.rule_thickness_mm,
        Ink.BLACK,
    )
    placed = []
    for block in page.notes:
        row = int((top_mm - measures.head_mm) / measures.grid.pitch_mm)
        placed.append(Placed(row, block, top_mm - measures.head_mm))
        top_mm += len(block.lines) * measures.notes.pitch_mm
    return replace(page, placed=(*page.placed, *placed), rules=(*page.rules, rule), notes=())
