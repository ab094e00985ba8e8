"""Marking Latin words changes nothing of where they stand."""

from __future__ import annotations

from yinfa.rendering.operators import marking_latin


def test_two_distances_in_a_row_stay_two() -> None:
    # Letter-spacing is drawn as a distance after a glyph and another before the next.
    shown = b"/F 16 Tf\n[<0021>-8<>-8.45<0041>-8<>-8.45<0022>0] TJ"
    marked = marking_latin(shown, {b"/F": {b"0041": "A"}})
    assert b"-8-8.45" not in marked
    assert b"-8 -8.45" in marked
