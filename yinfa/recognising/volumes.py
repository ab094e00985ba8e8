"""A meeting bundle taken apart: its documents, each on sheets of its own that count from 1.

Cover, contents and leaves between documents are no documents, nor are pages of other PDFs that
were taken in as they are: the standard says nothing of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from yinfa.reading import Reading, Sheet

COVER, CONTENTS = "封面", "目录"


@dataclass(frozen=True, slots=True)
class Bound:
    """A document as it is bound: its sheets, and what comes before them."""

    sheets: tuple[Sheet, ...]  # numbered from 1
    before: int  # sheets of the bundle
    first_folio: int


def bound_documents(reading: Reading) -> tuple[Bound, ...] | None:
    """The documents of the bundle that *reading* is; None where it is no bundle."""
    sheets = reading.sheets
    if sheets[0].label != COVER or not any(s.label.startswith(CONTENTS) for s in sheets):
        return None
    return tuple(_documents(reading))


def _documents(reading: Reading) -> Iterator[Bound]:
    sheets = reading.sheets
    starts = {
        entry.page
        for entry in reading.facts.outline
        if entry.level == 1 and entry.page and sheets[entry.page - 1].label.isdecimal()
    }
    for start, end in pairwise([*sorted(starts), len(sheets) + 1]):
        own = [sheet for sheet in sheets[start - 1 : end - 1] if sheet.label.isdecimal()]
        while own and _is_blank(own[-1]):
            own.pop()
        if own and not {sheet.number for sheet in own} <= reading.figure_pages:
            numbered = (replace(sheet, number=number) for number, sheet in enumerate(own, 1))
            yield Bound(tuple(numbered), start - 1, int(own[0].label))


def _is_blank(sheet: Sheet) -> bool:
    return not (sheet.lines or sheet.turned_lines or sheet.strokes or sheet.boxes or sheet.pictures)
