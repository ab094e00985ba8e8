"""Which rules an office deviates from when its own rules differ from the standard in a point."""

from __future__ import annotations

from collections.abc import Mapping

# Rules that measure from the head of the page, from its left edge, in cells, or in lines.
_DOWN = "AT-03 AT-04 BJ-02 CM-01 HD-01 HD-04 HD-08 MN-01 PG-03 PG-06 PG-07 PG-13 PN-03 TI-01"
_ACROSS = (
    "AN-01 AN-03 AN-04 AT-03 AT-05 BD-01 BD-03 BD-04 BJ-01 BJ-04 BJ-05 HD-01 HD-02 HD-03 HD-05 "
    "HD-09 HD-10 HD-11 LT-02 LT-03 MN-02 PG-04 PG-05 PG-07 PN-04 SG-01 SG-05 SG-09 TI-02"
)
_CELLS = (
    "AN-01 AN-03 AN-04 BD-03 FT-02 FT-08 HD-02 HD-03 HD-09 HD-10 MN-02 PG-09 SG-01 SG-05 SG-09"
)
_LINES = "AN-01 BD-01 CM-02 HD-01 HD-08 LT-04 PG-03 PG-08 PG-10 PG-12 PG-13 SG-03 SG-05 TI-01"
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
    "latin": f"{_FACES} FT-13",
    "folio": "PN-01 PN-04",
    "folio_dashes": "PN-02 PN-03",
    "punctuation": "PU-09",
    "latin_gap": "PG-09 PU-14",
}
# By the English key of a house's file.
AFFECTED: Mapping[str, frozenset[str]] = {
    name: frozenset(rules.split()) for name, rules in _AFFECTED.items()
}
