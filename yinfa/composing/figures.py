"""Figures: the picture in the middle of whole grid lines, its caption under it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from math import ceil, floor

from yinfa.composing.pages import HAIR, Flow, Laid, Piece
from yinfa.composing.tables import caption
from yinfa.composing.typesetter import Typesetter
from yinfa.composition import Block, Placed, PlacedPicture
from yinfa.measures import Measures
from yinfa.model import Figure
from yinfa.parts import Part
from yinfa.reading_order import Element
from yinfa.report import Finding, SourceFault


def flow_figure(element: Element, typesetter: Typesetter) -> Iterator[Flow]:
    """The picture and its caption, which stay together on one page."""
    figure = element.figure
    if figure is None:
        raise AssertionError("no figure")
    measures = typesetter.measures
    under = caption(element.below[0], typesetter) if element.below else None
    below = under.block.rows if under else 0
    width_mm, height_mm = _size_mm(figure, below, measures)
    lines = ceil((height_mm + measures.gap_mm) / measures.grid.pitch_mm - HAIR)

    def lay(piece: Piece) -> Laid:
        spare_mm = lines * measures.grid.pitch_mm - measures.gap_mm - height_mm
        top_mm = measures.type_top_mm(piece.row) + spare_mm / 2
        left_mm = (measures.type_area.width_mm - width_mm) / 2
        picture = PlacedPicture(
            figure.picture.path,
            measures.type_area.binding_mm + left_mm,
            top_mm,
            width_mm,
            height_mm,
            str(figure.alternative),
        )
        block = Block(Part.FIGURE, picture, taken=lines)
        return Laid((Placed(piece.row, block, top_mm - measures.head_mm, left_mm),))

    yield Flow(
        Block(Part.FIGURE, ()),
        above=1,
        whole=True,
        keep=under is not None,
        heights=(lines,),
        lay=lay,
    )
    if under:
        yield replace(under, whole=True)


def _size_mm(figure: Figure, below: int, measures: Measures) -> tuple[float, float]:
    """Width and height in print: as given, or natural where the page has room for that."""
    ratio = figure.picture.ratio
    widest_mm = measures.type_area.width_mm
    if figure.picture.width_mm:
        width_mm = figure.picture.width_mm
        highest_mm = _height_mm(measures.grid.lines - below, measures)
        most_mm = min(widest_mm, highest_mm * ratio)
        if width_mm > most_mm + 1e-6:
            raise SourceFault((_too_large(figure, width_mm, most_mm),))
        return width_mm, width_mm / ratio
    highest_mm = _height_mm(measures.figure.natural_lines - below, measures)
    natural_mm = figure.picture.natural_mm or widest_mm
    width_mm = min(natural_mm, widest_mm, highest_mm * ratio)
    return width_mm, width_mm / ratio


def _height_mm(lines: int, measures: Measures) -> float:
    """From the upper edge of type on the first of *lines* to the lower edge on the last."""
    return lines * measures.grid.pitch_mm - measures.gap_mm


def _too_large(figure: Figure, width_mm: float, most_mm: float) -> Finding:
    height_mm = width_mm / figure.picture.ratio
    return Finding(
        figure.width_place or figure.picture.place,
        f"图宽 {width_mm:g} mm、高 {height_mm:.0f} mm，一页的版心放不下",
        f"请把宽改为 {floor(most_mm)} mm 以下，或不写宽，由程序按版心缩放",
        clause="5.2.1",
    )
