"""The draft mark, 征求意见稿 and the like: it says on every page that this is not final."""

from __future__ import annotations

import math
from collections.abc import Collection
from dataclasses import dataclass

from yinfa import pdf
from yinfa.composition import Composition
from yinfa.faces import Fount
from yinfa.finishing.marginal import MIDDLE_EM, Marginal, SetWords, words
from yinfa.measures import Measures
from yinfa.model import DraftStyle, Output
from yinfa.pdf.objects import PdfWriter

WATERMARK = "/Artifact <</Type /Pagination /Subtype /Watermark>> BDC"


@dataclass(frozen=True, slots=True)
class DraftMark:
    """The words of the mark, and how they are shown."""

    words: SetWords
    style: DraftStyle
    mirrored: bool = False  # versos are bound at the right


def draft_mark(output: Output, fount: Fount) -> DraftMark | None:
    """The mark that *output* asks for; none in the final text."""
    if not output.draft:
        return None
    return DraftMark(words(output.draft, fount), output.draft_style, output.mirrored)


def stamp_draft(
    mark: DraftMark,
    writer: PdfWriter,
    composition: Composition,
    measures: Measures,
    pages: Collection[int] | None = None,
) -> None:
    """The mark on every page, or on *pages* by index.

    In the head margin at the right, or aslant under the text.
    """
    printed = Marginal(writer, (mark.words,), "Draft")
    under = mark.style is DraftStyle.DIAGONAL
    draw = _aslant if under else _in_corner
    for index, (sheet, page) in enumerate(zip(writer.pages, composition.pages, strict=True)):
        if pages is not None and index not in pages:
            continue
        mirrored = mark.mirrored and page.number % 2 == 0
        left_mm = measures.fore_edge_mm if mirrored else measures.type_area.binding_mm
        drawing = draw(printed, mark.words, left_mm, measures)
        pdf.stamp(writer, sheet, drawing, printed.fonts, under=under)


def _in_corner(printed: Marginal, mark: SetWords, left_mm: float, measures: Measures) -> str:
    """Operators that print the word in 3号, ending at the right edge of the type area.

    That begins at *left_mm*.
    """
    size_mm = measures.cell_mm
    x_mm = left_mm + measures.type_area.width_mm - printed.width_em(mark) * size_mm
    middle_mm = measures.paper.height_mm - measures.draft.middle_mm
    return printed.header(mark, x_mm, middle_mm, size_mm)


def _aslant(printed: Marginal, mark: SetWords, left_mm: float, measures: Measures) -> str:
    """Operators that print the word along the diagonal of the type area, large and light."""
    width_em = printed.width_em(mark)
    size_mm = min(measures.draft.slant_em_mm, measures.draft.slant_mm / width_em)
    turn = math.atan2(measures.type_area.height_mm, measures.type_area.width_mm)
    cos, sin = math.cos(turn), math.sin(turn)
    half_mm, rise_mm = width_em * size_mm / 2, MIDDLE_EM * size_mm
    x_mm = left_mm + measures.type_area.width_mm / 2
    y_mm = (
        measures.paper.height_mm - measures.type_area.bottom_mm + measures.type_area.height_mm / 2
    )
    at = (
        cos,
        sin,
        -sin,
        cos,
        x_mm - half_mm * cos + rise_mm * sin,
        y_mm - half_mm * sin - rise_mm * cos,
    )
    shown = printed.operators(mark, at, size_mm, measures.draft.slant_grey)
    return "\n".join((WATERMARK, *shown, "EMC\n"))
