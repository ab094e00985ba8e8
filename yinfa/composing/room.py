"""What is wider than the room it has by the measures of the page: told before anything is set."""

from __future__ import annotations

from collections.abc import Iterator
from math import floor

from yinfa.measures import Measures
from yinfa.model import Figure, Table
from yinfa.reading_order import ReadingOrder
from yinfa.report import Finding, SourceFault

HAIR_MM = 1e-6


def refuse_wide(order: ReadingOrder, measures: Measures) -> None:
    """Raise a SourceFault with every table and figure whose given widths the type area lacks."""
    findings = tuple(_too_wide(order, measures))
    if findings:
        raise SourceFault(findings)


def _too_wide(order: ReadingOrder, measures: Measures) -> Iterator[Finding]:
    area = measures.type_area
    for element in order:
        if element.table is not None:
            room_mm = area.height_mm if element.table.landscape else area.width_mm
            if sum(element.table.widths_mm) > room_mm + HAIR_MM:
                yield _wide_table(element.table, room_mm)
        figure = element.figure
        if figure is not None and figure.picture.width_mm > area.width_mm + HAIR_MM:
            yield _wide_figure(figure, area.width_mm)


def _wide_table(table: Table, room_mm: float) -> Finding:
    whole_mm = sum(table.widths_mm)
    scaled = (floor(width_mm * room_mm / whole_mm * 10) / 10 for width_mm in table.widths_mm)
    hint = f"请减小列宽，按比例是 [{', '.join(f'{width_mm:g}' for width_mm in scaled)}]"
    if not table.landscape:
        hint += "；或写上“横排: 是”，把表转排"
    return Finding(
        table.widths_place or table.place,
        f"各列共宽 {whole_mm:g} mm，版心只有 {room_mm:g} mm",
        hint,
        clause="8" if table.landscape else "5.2.1",
    )


def _wide_figure(figure: Figure, room_mm: float) -> Finding:
    return Finding(
        figure.width_place or figure.picture.place,
        f"图宽 {figure.picture.width_mm:g} mm，版心只有 {room_mm:g} mm",
        f"请把宽改为 {room_mm:g} mm 以下，或不写宽，由程序按版心缩放",
        clause="5.2.1",
    )
