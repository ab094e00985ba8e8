"""What an office's own rules change: the figures a page is held against, and the rules it touches.

A page that follows its office where the standard says otherwise is told so in a note, by the
points that are to be blamed for it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from yinfa.model import Document, FolioStyle, House
from yinfa.reading import Sheet
from yinfa.recognising import measures as m
from yinfa.rules.registry import Requirement, Yardstick

# By the names that an office's measures have; what follows from others is reckoned.
_FIGURES: Mapping[str, str] = {
    "type_area.head_mm": "top_mm",
    "type_area.binding_mm": "binding_mm",
    "type_area.width_mm": "type_width_mm",
    "type_area.height_mm": "type_height_mm",
    "grid.cells": "cells",
    "grid.lines": "lines",
    "grid.pitch_mm": "house_pitch_mm",
    "sizes.small_pt": "small_pt",
}

_FOLIOS = {FolioStyle.CENTRE: "居中", FolioStyle.NONE: "不编"}

# By the English key of a house's file.
AFFECTED: Mapping[str, Yardstick] = {
    "head_margin": Yardstick.HEAD,
    "binding_margin": Yardstick.LEFT,
    "type_area": Yardstick.HEAD | Yardstick.LEFT | Yardstick.CELLS | Yardstick.LINES,
    "lines": Yardstick.LINES,
    "pitch": Yardstick.LINES,
    "cells": Yardstick.CELLS | Yardstick.LINES,
    "text_size": Yardstick.CELLS | Yardstick.LINES,
    "title_size": Yardstick.TITLE_SIZE,
    "small_size": Yardstick.SMALL_SIZE,
    "faces": Yardstick.FACES | Yardstick.DIGITS,
    "latin": Yardstick.DIGITS,
    "folio": Yardstick.FOLIO,
    "folio_dashes": Yardstick.DASHES,
}


def figures(document: Document | None) -> m.Figures:
    """What the pages of *document* are held against: the standard's figures, or its office's."""
    if document is None:
        return m.STANDARD
    house = document.house_rules
    changed = {
        name: house.measures[measure]
        for measure, name in _FIGURES.items()
        if measure in house.measures
    }
    due = replace(
        m.STANDARD,
        **changed,  # type: ignore[arg-type]
        folio=document.output.folio,
        dashes=house.dashes,
        faces=house.face_names,
        latin=house.latin,
    )
    return _sized(due, house)


def seen(sheets: tuple[Sheet, ...], due: m.Figures) -> tuple[Sheet, ...]:
    """*sheets*, their folios looked for wherever *due* has its foot margin."""
    foot_mm = m.PAPER_HEIGHT_MM - due.bottom_mm + m.MARGIN_SLACK_MM
    return tuple(
        replace(sheet, foot_margin_mm=foot_mm) if foot_mm > sheet.foot_margin_mm else sheet
        for sheet in sheets
    )


def _sized(due: m.Figures, house: House) -> m.Figures:
    """*due* with the sizes of type that the house has; the text's follows from its cell."""
    if due.cell_mm != m.STANDARD.cell_mm:
        due = replace(due, text_size=m.exactly(m.pt(due.cell_mm)))
    if title_pt := house.measures.get("sizes.title_pt"):
        due = replace(due, title_size=m.exactly(title_pt))
    if small_pt := house.measures.get("sizes.small_pt"):
        due = replace(due, small_size=m.exactly(small_pt))
    return due


def reason(document: Document, rule: Requirement) -> str:
    """By which of its office's rules, or by what it says itself, *document* deviates in *rule*.

    Nothing where no such point touches the rule.
    """
    house, folio = document.house_rules, document.output.folio
    if rule.measures_by & Yardstick.FOLIO and folio not in (FolioStyle.OUTSIDE, house.folio):
        return f"本文写明页码{_FOLIOS[folio]}"
    touching = [
        str(one)
        for one in house.deviations
        if rule.measures_by & AFFECTED.get(one.name, Yardstick.NONE)
    ]
    return f"按本单位规定：{'，'.join(touching)}" if touching else ""
