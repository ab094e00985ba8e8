"""What an office's own rules change: the figures a page is held against, and the rules it touches.

A page that follows its office where the standard says otherwise is told so in a note, by the
points that are to be blamed for it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from yinfa.model import Document, FolioStyle, House
from yinfa.reading import Sheet
from yinfa.rules import measures as m

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

# Rules that measure from the head of the page, from its left edge, in cells, or in lines.
_DOWN = "AT-03 AT-04 BJ-02 CM-01 HD-01 HD-04 HD-08 MN-01 PG-03 PG-06 PG-07 PG-13 PN-03 TI-01"
_ACROSS = (
    "AN-01 AN-03 AN-04 AT-03 AT-05 BD-01 BD-03 BD-04 BJ-01 BJ-04 BJ-05 HD-01 HD-02 HD-03 "
    "HD-05 HD-09 HD-10 HD-11 LT-02 LT-03 MN-02 PG-04 PG-05 PG-07 PN-04 PU-10 SG-01 "
    "SG-03 SG-05 SG-09 TB-01 TI-02"
)
_CELLS = "AN-01 AN-03 AN-04 BD-03 FT-02 FT-08 HD-02 HD-03 HD-09 HD-10 MN-02 PG-09 SG-01 SG-05 SG-09"
_LINES = (
    "AN-01 AT-04 BD-01 CM-02 HD-01 HD-08 LT-03 LT-04 PG-03 PG-08 PG-10 PG-12 PG-13 SG-03 "
    "SG-05 SG-09 TI-01"
)
_FACES = "FT-01 FT-03 FT-04 FT-05 FT-06 FT-07 FT-08 FT-09 FT-10 FT-14 HD-02 HD-06 HD-10 MN-02"

_AFFECTED = {
    "head_margin": _DOWN,
    "binding_margin": _ACROSS,
    "type_area": f"{_DOWN} {_ACROSS} {_CELLS} {_LINES}",
    "lines": _LINES,
    "pitch": _LINES,
    "cells": f"{_CELLS} {_LINES}",
    "text_size": f"{_CELLS} {_LINES}",
    "title_size": "FT-07 TI-05",
    "small_size": "BJ-04 BJ-05 FT-09 FT-10 PN-04",
    "faces": f"{_FACES} FT-13",
    "latin": "FT-13",
    "folio": "PN-01 PN-04",
    "folio_dashes": "PN-02 PN-03",
}
# By the English key of a house's file.
AFFECTED: Mapping[str, frozenset[str]] = {
    name: frozenset(rules.split()) for name, rules in _AFFECTED.items()
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


def reason(document: Document, rule: str) -> str:
    """By which of its office's rules, or by what it says itself, *document* deviates in *rule*.

    Nothing where no such point touches the rule.
    """
    house, folio = document.house_rules, document.output.folio
    if rule in AFFECTED["folio"] and folio not in (FolioStyle.OUTSIDE, house.folio):
        return f"本文写明页码{_FOLIOS[folio]}"
    touching = [str(one) for one in house.deviations if rule in AFFECTED.get(one.name, ())]
    return f"按本单位规定：{'，'.join(touching)}" if touching else ""
