"""A paragraph set in lines: ``set_paragraph`` is what the rest of the house calls."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from yinfa.composing.breaks import ADDRESS, Level, break_levels
from yinfa.composing.fit import EXACT_EM, SPREAD_EM, WIDEST_EM, Fit, Fitted, Fitter
from yinfa.composing.spacing import TIERS, Spacing, space_out
from yinfa.composition import (
    Founts,
    Line,
    Measure,
    Relaxation,
    Relaxed,
    Run,
    Setting,
    Stretch,
    Style,
)

WORTH_HYPHENATING = 12.0  # a line's average cost above which Latin words may be broken
_LONG_WORD = re.compile("[a-z]{5}")

_BY_LEVEL = {
    Level.UNIT: Relaxed.UNIT,
    Level.WORD: Relaxed.WORD,
    Level.MARK: Relaxed.MARK,
    Level.PAIR: Relaxed.PAIR,
}


def set_paragraph(
    runs: Sequence[Run],
    measure: Measure,
    style: Style,
    founts: Founts,
    *,
    looser: int = 0,
) -> Setting | None:
    """The best lines for *runs*; with *looser* +1 or -1, a line more or fewer, or None.

    With ``looser=0`` there is always a setting; its lines say what they could not keep to.
    """
    runs = [run for run in runs if run.text]
    if not runs:
        return Setting((), 0.0)
    spacing = space_out(runs, measure, style, founts)
    levels = _levels(spacing)
    fitter = _fitter(spacing, levels, measure, founts, runs)
    fitted = fitter.fit(looser=looser)
    if _LONG_WORD.search(spacing.text) and (fitted is None or _is_poor(fitted)):
        hyphenated = _levels(spacing, hyphenate=True)
        if hyphenated != levels:
            fitter = _fitter(spacing, hyphenated, measure, founts, runs)
            fitted = fitter.fit(looser=looser)
    if fitted is None:
        return None
    return Setting(tuple(_line(fitter, line, measure) for line in fitted.lines), fitted.cost)


def _levels(spacing: Spacing, *, hyphenate: bool = False) -> bytearray:
    """The levels of all breaks; the call of a footnote never begins a line."""
    levels = break_levels(spacing.text, hyphenate=hyphenate)
    for stretch in spacing.stretches:
        if stretch.raised_em and stretch.start:
            levels[stretch.start] = max(levels[stretch.start], Level.MARK)
    return levels


def _is_poor(fitted: Fit) -> bool:
    return fitted.cost > WORTH_HYPHENATING * len(fitted.lines)


def _fitter(
    spacing: Spacing, levels: bytearray, measure: Measure, founts: Founts, runs: Sequence[Run]
) -> Fitter:
    first_em = (measure.width_mm - measure.first_indent_mm) / measure.cell_mm
    rest_em = (measure.width_mm - measure.hanging_indent_mm) / measure.cell_mm
    hyphen_em = founts[runs[0].role].advance("-")
    return Fitter(spacing, levels, first_em, rest_em, hyphen_em)


def _line(fitter: Fitter, fitted: Fitted, measure: Measure) -> Line:
    spacing = fitter.spacing
    start, end = fitted.start, fitted.end
    last = fitter.visible_end(end)
    gaps = spacing.gaps[start:end]
    _fill(fitter, fitted, last, gaps)
    for index in range(last - start, end - start):
        gaps[index] = 0.0  # what hangs beyond the edge takes no room
    trim = spacing.end_trims.get(last)
    if trim is not None:
        gaps[last - start] = -trim[1]
        if last > start:
            gaps[last - start - 1] -= trim[0]
    if spacing.sizes is not None:
        sizes = spacing.sizes[start:end]
        gaps = [gap / size for gap, size in zip(gaps, sizes, strict=True)]
    text = spacing.text[start:end]
    hyphenated = fitted.level is Level.HYPHEN
    if hyphenated:
        text, gaps = text + "-", [*gaps[:-1], 0.0, 0.0]
    full = not fitted.last and abs(_left(fitter, fitted)) <= EXACT_EM
    return Line(
        text=text,
        stretches=tuple(_stretches(spacing, start, end, 1 if hyphenated else 0)),
        gaps=tuple(gaps),
        indent_mm=measure.hanging_indent_mm if start else measure.first_indent_mm,
        full=full,
        hyphenated=hyphenated,
        relaxed=tuple(_relaxations(fitter, fitted)),
    )


def _left(fitter: Fitter, fitted: Fitted) -> float:
    """What a line lacks after all that may be done to fill it."""
    spacing = fitter.spacing
    if fitted.spare_em <= EXACT_EM:
        return 0.0
    if fitted.ragged:
        return fitted.spare_em
    last = fitter.visible_end(fitted.end)
    gaps = spacing.spread_sums[last] - spacing.spread_sums[fitted.start]
    growth = spacing.word_space_sums[last] - spacing.word_space_sums[fitted.start]
    return fitted.spare_em if fitted.spare_em - growth > gaps * WIDEST_EM + 1e-9 else 0.0


def _fill(fitter: Fitter, fitted: Fitted, last: int, gaps: list[float]) -> None:
    """Share a line's spare room out among its gaps, or take from them what is too much."""
    spacing = fitter.spacing
    start, spare = fitted.start, fitted.spare_em
    if (fitted.last and spare > 0) or abs(spare) <= EXACT_EM:
        return
    if spare < 0:
        _squeeze(fitter, start, last, -spare, gaps)
    elif not _left(fitter, fitted):
        growth = spacing.word_space_sums[last] - spacing.word_space_sums[start]
        if growth:
            part = min(1.0, spare / growth)
            for index in range(start, last):
                gap = spacing.word_space_sums[index + 1] - spacing.word_space_sums[index]
                gaps[index - start] += gap * part
        _spread(spacing, start, last, max(0.0, spare - growth), gaps)


def _squeeze(fitter: Fitter, start: int, last: int, excess: float, gaps: list[float]) -> None:
    spacing = fitter.spacing
    tiers = fitter.tier_room(start, last)
    for tier in range(TIERS):
        most = tiers[tier]
        if not most or excess <= 0:
            continue
        part = min(1.0, excess / most)
        excess -= most * part
        for index in range(start, last):
            room = spacing.room.get(index)
            if room is not None and room[0] == tier:
                gaps[index - start] -= room[1] * part
    _spread(spacing, start, last, -excess, gaps)


def _spread(spacing: Spacing, start: int, last: int, amount: float, gaps: list[float]) -> None:
    """Add *amount* to the gaps in equal parts; take it away where it is negative."""
    count = spacing.spread_sums[last] - spacing.spread_sums[start]
    if not count or not amount:
        return
    share = amount / count
    for index in range(start, last):
        if spacing.spread[index]:
            gaps[index - start] += share


def _stretches(spacing: Spacing, start: int, end: int, extra: int) -> Iterator[Stretch]:
    for stretch in spacing.stretches:
        if stretch.end <= start:
            continue
        if stretch.start >= end:
            return
        first, last = max(stretch.start, start), min(stretch.end, end)
        more = extra if last == end else 0
        yield replace(stretch, start=first - start, end=last - start + more)


def _relaxations(fitter: Fitter, fitted: Fitted) -> Iterator[Relaxation]:
    """What a line could not keep to, and the run that left no choice."""
    spacing = fitter.spacing
    run = _run_at(spacing.text, fitter, fitted.end)
    if fitted.level in _BY_LEVEL:
        yield Relaxation(_BY_LEVEL[fitted.level], run)
    if fitted.last and fitted.spare_em >= 0:
        return
    last = fitter.visible_end(fitted.end)
    tiers = sum(fitter.tier_room(fitted.start, last)) if fitted.spare_em < 0 else 0.0
    gaps = spacing.spread_sums[last] - spacing.spread_sums[fitted.start]
    if -fitted.spare_em > tiers + gaps * SPREAD_EM + EXACT_EM:
        yield Relaxation(Relaxed.OVERFULL, spacing.text[fitted.start : fitted.end])
    elif fitted.ragged:
        address = next(
            found[0]
            for found in ADDRESS.finditer(spacing.text)
            if found.start() <= fitted.end < found.end()
        )
        yield Relaxation(Relaxed.ADDRESS, address)
    elif _left(fitter, fitted):
        yield Relaxation(Relaxed.SHORT, run)
    elif fitted.spare_em > EXACT_EM:
        growth = spacing.word_space_sums[last] - spacing.word_space_sums[fitted.start]
        if fitted.spare_em - growth > gaps * SPREAD_EM + 1e-9:
            yield Relaxation(Relaxed.SPREAD, run)


def _run_at(text: str, fitter: Fitter, place: int) -> str:
    """The characters round *place* that would not be parted."""
    first, last = place, place
    while first > 0 and fitter.levels[first] > Level.HYPHEN:
        first -= 1
    last = min(place + 1, len(text))
    while last < len(text) and fitter.levels[last] > Level.HYPHEN:
        last += 1
    return text[first:last]
