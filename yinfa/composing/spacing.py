"""A paragraph as the widths between which lines are sought.

Everything is in em of the paragraph's base size. Sums run from the paragraph's start, so that any
stretch of it is measured by one subtraction.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from yinfa.composing.breaks import ADDRESS
from yinfa.composing.marks import (
    ANY_MARK,
    BLANK,
    CONNECTING,
    DOUBLED,
    JOINED,
    LATIN_RUN,
    MARKS,
    WORD,
    Mark,
)
from yinfa.composition import FountMetrics, Founts, Line, Measure, Role, Run, Stretch, Style

HALF_EM_DIGITS = 0.02  # 17.4: digits this near to half an em belong to the Han of their face
FULL_WIDTH_EM = 0.9  # a mark at least this wide has a half that is blank
CENTRED_EM = (0.4, 0.6)  # a mark whose ink has its middle here has a blank quarter on both sides
LATIN_GAP_EM = 0.25
WORD_SPACE_EM = (0.25, 0.5)  # 14.4: the least and the most of a Western word space
TIERS = 5  # spaces, brackets, commas, Han-Latin gaps, stops: the order of squeezing
SPACES, BRACKETS, COMMAS, LATIN_GAPS, STOPS = range(TIERS)
_TIER = {Mark.CLOSING: BRACKETS, Mark.PAUSING: COMMAS, Mark.STOPPING: STOPS}


@dataclass(frozen=True, slots=True)
class Spacing:
    """Widths and gaps of a paragraph; entry *i* of a sum covers the characters before *i*."""

    text: str
    stretches: tuple[Stretch, ...]
    widths: list[float]  # of each character
    gaps: list[float]  # after each character, where nothing is squeezed or spread
    end_trims: dict[int, tuple[float, float]]  # what a mark loses before and after at a line's end
    room: dict[int, tuple[int, float]]  # after a character: tier and the most it can lose
    spread: bytearray  # 1 where space may be added after the character
    sizes: list[float] | None  # em of each character in base em; None where all are 1
    sums: list[float]
    spread_sums: list[int]
    room_sums: list[float]
    word_space_sums: list[float]  # how much the spaces can grow before anything else does


def latin_role(role: Role, founts: Founts, style: Style) -> Role:
    """The role that sets digits and Latin letters in a text of *role*, 17.4."""
    if style.latin is not None:
        return style.latin
    fount = founts[role]
    if all(abs(fount.advance(digit) - 0.5) <= HALF_EM_DIGITS for digit in "0123456789"):
        return role
    return Role.FANGSONG


def space_out(runs: Sequence[Run], measure: Measure, style: Style, founts: Founts) -> Spacing:
    """The widths of *runs*, marks that meet already drawn together."""
    text = "".join(run.text for run in runs)
    stretches = _stretches(runs, founts, style)
    widths: list[float] = []
    sizes: list[float] | None = None
    if any(stretch.size_mm != measure.cell_mm for stretch in stretches):
        sizes = []
    for stretch in stretches:
        size = stretch.size_mm / measure.cell_mm
        part = text[stretch.start : stretch.end]
        advance = founts[stretch.role].advance
        known = {char: advance(char) * size for char in set(part)}
        widths.extend([known[char] for char in part])
        if sizes is not None:
            sizes.extend([size] * len(part))
    count = len(text)
    gaps = [0.0] * count
    trims: dict[int, tuple[float, float]] = {}
    room: dict[int, tuple[int, float]] = {}
    growth: dict[int, float] = {}
    marks = _Marks(text, stretches, widths, sizes, founts)
    marks.draw_together(gaps, trims, room, grid=style.grid)
    spread = _spreadable(text)
    _draw_blanks(text, widths, sizes, gaps, spread)
    for stretch in stretches:
        if stretch.raised_em and stretch.start:
            spread[stretch.start - 1] = 0  # a call stays close to what it explains
    _word_spaces(text, widths, sizes, room, growth)
    if style.latin_gap:
        _latin_gaps(text, sizes, gaps, room)
    return Spacing(
        text=text,
        stretches=stretches,
        widths=widths,
        gaps=gaps,
        end_trims=trims,
        room=room,
        spread=spread,
        sizes=sizes,
        sums=list(accumulate(map(float.__add__, widths, gaps), initial=0.0)),
        spread_sums=list(accumulate(spread, initial=0)),
        room_sums=_sparse_sums({index: most for index, (_, most) in room.items()}, count),
        word_space_sums=_sparse_sums(growth, count),
    )


def _sparse_sums(values: Mapping[int, float], count: int) -> list[float]:
    if not values:
        return [0.0] * (count + 1)
    return list(accumulate((values.get(index, 0.0) for index in range(count)), initial=0.0))


def _stretches(runs: Sequence[Run], founts: Founts, style: Style) -> tuple[Stretch, ...]:
    """Runs parted where digits and Latin letters come from the face of another role."""
    found: list[Stretch] = []

    def add(start: int, end: int, run: Run, role: Role) -> None:
        if start == end:
            return
        new = Stretch(start, end, role, run.size_mm, run.raised_em, run.drawn, run.call)
        if found and replace(new, start=found[-1].start) == replace(found[-1], end=end):
            found[-1] = replace(found[-1], end=end)
        else:
            found.append(new)

    offset = 0
    for run in runs:
        latin = latin_role(run.role, founts, style)
        here = offset
        if latin != run.role:
            for match in LATIN_RUN.finditer(run.text):
                add(here, offset + match.start(), run, run.role)
                add(offset + match.start(), offset + match.end(), run, latin)
                here = offset + match.end()
        offset += len(run.text)
        add(here, offset, run, run.role)
    return tuple(found)


@dataclass(frozen=True, slots=True)
class _Marks:
    """The full-width marks of a text and the blank parts of their cells."""

    text: str
    stretches: tuple[Stretch, ...]
    widths: list[float]
    sizes: list[float] | None
    founts: Founts

    def draw_together(
        self,
        gaps: list[float],
        trims: dict[int, tuple[float, float]],
        room: dict[int, tuple[int, float]],
        *,
        grid: bool,
    ) -> None:
        """Write what marks lose where they meet, at a line's end, and at most inside a line."""
        text, last = self.text, len(self.text) - 1
        full = self._full_width()
        for index, (kind, before, after) in full.items():
            if kind in (Mark.CLOSING, Mark.PAUSING, Mark.STOPPING):
                trims[index] = (before, after)
        if grid:
            return
        for index, (kind, before, after) in full.items():
            if kind is Mark.HALF_CELL:
                _lose(gaps, index, before, after)
                continue
            follower = full.get(index + 1)
            if follower is not None and follower[0] is not Mark.HALF_CELL:
                if kind is not Mark.OPENING:
                    _lose(gaps, index, before, after)
                    trims[index] = (0.0, after)
                elif follower[0] is Mark.OPENING:
                    gaps[index] -= follower[1]
            elif kind is not Mark.OPENING and index < last and text[index + 1] != " ":
                room[index] = (_TIER[kind], after)
                if before and index:
                    room[index - 1] = (_TIER[kind], before)
            if kind is Mark.OPENING and index and index - 1 not in full:
                room[index - 1] = (BRACKETS, before)
        for found in DOUBLED.finditer(text):
            end = found.end() - 1
            if (end - found.start()) % 2 and end in full and gaps[end] == 0:
                _lose(gaps, end, *full[end][1:])
                trims[end] = (0.0, full[end][2])
                room.pop(end, None)

    def _full_width(self) -> dict[int, tuple[Mark, float, float]]:
        """The kind of each full-width mark and what is blank before and after its ink."""
        found: dict[int, tuple[Mark, float, float]] = {}
        stretch = iter(self.stretches)
        here = next(stretch, None)
        for match in ANY_MARK.finditer(self.text):
            index = match.start()
            size = self.sizes[index] if self.sizes else 1.0
            width = self.widths[index]
            if width < FULL_WIDTH_EM * size:
                continue
            while here is not None and here.end <= index:
                here = next(stretch, None)
            char = match.group()
            kind = MARKS[char]
            half = width - 0.5 * size
            if kind is Mark.OPENING:
                found[index] = (kind, half, 0.0)
            elif kind is Mark.CLOSING:
                found[index] = (kind, 0.0, half)
            elif kind is Mark.HALF_CELL:
                found[index] = (kind, half / 2, half / 2)
            else:
                assert here is not None
                before, after = blank_halves(char, self.founts[here.role])
                found[index] = (kind, half * before, half * after)
        return found


def blank_halves(char: str, fount: FountMetrics) -> tuple[float, float]:
    """How the blank half of a pause or stop is shared between its two sides.

    GB/T 15834 puts these marks on the left of their cells; many faces, the shipped ones among
    them, put ？ in the middle.
    """
    left, right = fount.ink(char)
    centred = CENTRED_EM[0] <= (left + right) / 2 <= CENTRED_EM[1]
    return (0.5, 0.5) if centred else (0.0, 1.0)


def _lose(gaps: list[float], index: int, before: float, after: float) -> None:
    if before and index:
        gaps[index - 1] -= before
    gaps[index] -= after


def _draw_blanks(
    text: str,
    widths: list[float],
    sizes: list[float] | None,
    gaps: list[float],
    spread: bytearray,
) -> None:
    """Underscores of a blank take half a cell each; drawn together, their ink is one rule."""
    for blank in BLANK.finditer(text):
        start, end = blank.span()
        spread[start : end - 1] = bytes(end - 1 - start)
        for index in range(start, end):
            gaps[index] -= widths[index] - 0.5 * (sizes[index] if sizes else 1.0)
        if start:  # the ink has its middle in the glyph's: let it have it in the blank's
            gaps[start - 1] += gaps[start] / 2
            gaps[end - 1] -= gaps[start] / 2


def _spreadable(text: str) -> bytearray:
    """1 after each character where space may be added: not inside words, dashes and the like.

    A number takes its share: CLREQ spreads all gaps alike, and a line of one spacing is printed
    in half the time of one of three.
    """
    spread = bytearray(b"\x01") * len(text)
    for found in WORD.finditer(text):
        for index in range(found.start(), found.end() - 1):
            spread[index] = 0
    for found in (*JOINED.finditer(text), *ADDRESS.finditer(text)):
        for index in range(found.start(), found.end() - 1):
            spread[index] = 0
    for index, char in enumerate(text):
        if char in CONNECTING and not (char == "—" and "——" in text[max(0, index - 1) : index + 2]):
            spread[index] = 0
            if index:
                spread[index - 1] = 0
    return spread


def _word_spaces(
    text: str,
    widths: list[float],
    sizes: list[float] | None,
    room: dict[int, tuple[int, float]],
    growth: dict[int, float],
) -> None:
    """Western word spaces give way before anything else, and take before anything else."""
    index = text.find(" ")
    while index >= 0:
        size = sizes[index] if sizes else 1.0
        least, most = (limit * size for limit in WORD_SPACE_EM)
        if widths[index] > least:
            room[index] = (SPACES, widths[index] - least)
        if widths[index] < most:
            growth[index] = most - widths[index]
        index = text.find(" ", index + 1)


def _latin_gaps(
    text: str,
    sizes: list[float] | None,
    gaps: list[float],
    room: dict[int, tuple[int, float]],
) -> None:
    """A quarter em where Han meets Latin; half of it can be taken back."""
    for found in LATIN_RUN.finditer(text):
        start, end = found.span()
        for index, neighbour in ((start - 1, start - 1), (end - 1, end)):
            if not 0 <= neighbour < len(text):
                continue
            if text[neighbour].isalnum():
                size = sizes[index] if sizes else 1.0
                gaps[index] += LATIN_GAP_EM * size
                room[index] = (LATIN_GAPS, LATIN_GAP_EM / 2 * size)


def closed(line: Line, founts: Founts) -> Line:
    """*line* with spaces at its end drawn back over it, so that its words stand in the middle."""
    kept = len(line.text.rstrip())
    hanging = sum(
        founts[stretch.role].advance(line.text[index])
        for stretch in line.stretches
        for index in range(max(stretch.start, kept), stretch.end)
    )
    if not hanging or not kept:
        return line
    gaps = list(line.gaps)
    gaps[kept - 1] -= hanging
    return replace(line, gaps=tuple(gaps))
