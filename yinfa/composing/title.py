"""A title in lines that break at sense units and stand as a 梯形 or 菱形, 7.3.1."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise
from math import ceil, inf

from yinfa.composing.breaks import Level, break_levels
from yinfa.composing.spacing import Spacing, closed, space_out
from yinfa.composition import Founts, Line, Measure, Role, Run, Setting, Stretch, Style

SHORTEST_LINE = 3  # characters
MOST_SHAPED = 5  # lines; a longer title is only balanced

# What a break costs. Between two words of no other kind it costs WORDS.
WORDS = 3.0
POOR_PLACE = 8.0
TORN = 60.0  # a word of the grammar that belongs to what stands before or after it
INSIDE_WORD = 1e4
# What a shape costs.
RECTANGLE = 4.0  # two lines of one length
WAIST = 60.0  # a line shorter than both its neighbours
UNEVEN = 30.0  # for what the shortest line lacks beyond EVEN_ENOUGH of the longest
EVEN_ENOUGH = 0.4
MORE_LINES = 6.0

_GOOD_BEFORE = re.compile("关于|《|和|与|及|暨|或|并|以及")
_GOOD_AFTER = re.compile("的$|》$|、$")
_BAD_BEFORE = re.compile("[的等之了者们]")
_BAD_AFTER = re.compile(
    "(?:关于|对|和|与|及|暨|或|并|在|为|从|向|以|将|于|做好|开展|进一步|印发|转发)$"
)
_TOGETHER = re.compile("《[^《》]*》|“[^“”]*”|（[^（）]*）|〔[^〔〕]*〕")
_CUT_APART = re.compile("×{2,4}[省市县区州旗]|[局厅部院校]务会议?")  # by the dictionary
_KIND = re.compile(
    "(?:的?(?:紧急|补充)?(?:通知|通报|决定|意见|请示|报告|批复|函|公告|通告|纪要|总结))$"
)


def set_title(
    text: str | Sequence[str],
    measure: Measure,
    founts: Founts,
    *,
    size_mm: float,
    role: Role = Role.XIAOBIAOSONG,
) -> Setting:
    """*text* in title lines; a sequence says where lines end.

    *measure* is that of the text round the title: only its width counts.
    """
    parts = [part for part in ([text] if isinstance(text, str) else text) if part]
    widths = Measure(measure.width_mm, size_mm)
    if len(parts) > 1:
        spacings = [_space(part, role, widths, founts) for part in parts]
        lines = (_line(spacing, 0, len(spacing.text)) for spacing in spacings)
        return Setting(tuple(closed(line, founts) for line in lines), 0.0)
    if not parts:
        return Setting((), 0.0)
    spacing = _space(parts[0], role, widths, founts)
    width_em = measure.width_mm / size_mm
    places, cost = _places(spacing, width_em)
    ends = [*places, len(spacing.text)]
    lines = (_line(spacing, start, end) for start, end in zip([0, *places], ends, strict=True))
    return Setting(tuple(closed(line, founts) for line in lines), cost)


def fill_lines(text: str, measure: Measure, founts: Founts, role: Role) -> tuple[Line, ...]:
    """*text* in lines that break at sense units, each as long as these allow, none justified."""
    spacing = _space(text, role, measure, founts)
    width_em = measure.width_mm / measure.cell_mm
    places, _ = _placed(spacing, _break_costs(spacing, width_em), width_em, width_em, last=False)
    ends = [*places, len(text)]
    return tuple(_line(spacing, start, end) for start, end in zip([0, *places], ends, strict=True))


def _space(text: str, role: Role, widths: Measure, founts: Founts) -> Spacing:
    return space_out([Run(text, role, widths.cell_mm)], widths, Style(), founts)


def _line(spacing: Spacing, start: int, end: int) -> Line:
    stretches = (
        Stretch(max(part.start, start) - start, min(part.end, end) - start, part.role, part.size_mm)
        for part in spacing.stretches
        if part.start < end and part.end > start
    )
    gaps = (*spacing.gaps[start : end - 1], 0.0)
    return Line(spacing.text[start:end], tuple(stretches), gaps, 0.0, full=False)


# --- where lines end -------------------------------------------------------------------------


def _places(spacing: Spacing, width_em: float) -> tuple[tuple[int, ...], float]:
    """Where lines end, and what the shape they make costs."""
    if spacing.sums[-1] <= width_em:
        return (), 0.0
    costs = _break_costs(spacing, width_em)
    fewest = ceil(spacing.sums[-1] / width_em - 1e-9)
    if fewest <= MOST_SHAPED:
        found = _best(spacing, costs, width_em, fewest)
        if found is not None and found[0] < INSIDE_WORD:
            return found[1], found[0]
    return _balanced(spacing, costs, width_em)


def _best(
    spacing: Spacing, costs: dict[int, float], width_em: float, fewest: int
) -> tuple[float, tuple[int, ...]] | None:
    """The cheapest lines, as few as can be or one more, none too short; None where none fit.

    A choice that already costs more than the best is not gone on with: a long title has millions.
    """
    sums, total = spacing.sums, len(spacing.text)
    places = sorted(place for place, cost in costs.items() if cost < INSIDE_WORD)
    best: tuple[float, tuple[int, ...]] | None = None

    def following(start: int, left: int) -> Iterator[int]:
        for place in places:
            if place < start + SHORTEST_LINE:
                continue
            if sums[place] - sums[start] > width_em:
                return
            if sums[total] - sums[place] <= (left - 1) * width_em:
                yield place

    @cache
    def least(start: int, left: int) -> float:
        """What the breaks of *left* more lines cost at least."""
        if left == 1:
            fits = total - start >= SHORTEST_LINE and sums[total] - sums[start] <= width_em
            return 0.0 if fits else inf
        ends = following(start, left)
        return min((costs[place] + least(place, left - 1) for place in ends), default=inf)

    def go_on(chosen: tuple[int, ...], spent: float, left: int) -> None:
        nonlocal best
        start = chosen[-1] if chosen else 0
        due = spent + least(start, left)
        if due == inf or (best is not None and due > best[0]):
            return
        if left == 1:
            found = spent + _shape_cost(spacing, chosen), chosen
            best = found if best is None else min(best, found)
            return
        cheapest = sorted(
            following(start, left), key=lambda place: costs[place] + least(place, left - 1)
        )
        for place in cheapest:
            go_on((*chosen, place), spent + costs[place], left - 1)

    for more in (0, 1):
        go_on((), MORE_LINES * more, fewest + more)
    return best


def _shape_cost(spacing: Spacing, places: Sequence[int]) -> float:
    """Nothing for a 梯形 or 菱形 of lines that are not too unequal."""
    edges = [0, *places, len(spacing.text)]
    lengths = [spacing.sums[end] - spacing.sums[start] for start, end in pairwise(edges)]
    cost = 0.0
    for one, other in pairwise(lengths):
        cost += RECTANGLE if abs(one - other) < 1 else 0.0
    for before, here, after in zip(lengths, lengths[1:], lengths[2:], strict=False):
        cost += WAIST if here < before and here < after else 0.0
    if len(lengths) > 2 and not _is_shape(lengths):
        cost += WAIST
    lack = 1 - min(lengths) / max(lengths)
    return cost + UNEVEN * max(0.0, lack - EVEN_ENOUGH) + lack


def _is_shape(lengths: Sequence[float]) -> bool:
    """Whether lines grow, shrink, or grow and then shrink."""
    longest = max(range(len(lengths)), key=lambda index: lengths[index])
    rising, falling = lengths[: longest + 1], lengths[longest:]
    return list(rising) == sorted(rising) and list(falling) == sorted(falling, reverse=True)


def _balanced(
    spacing: Spacing, costs: dict[int, float], width_em: float
) -> tuple[tuple[int, ...], float]:
    """Line ends of a title too long or too rigid for a shape: about equal lines, words whole."""
    total = spacing.sums[len(spacing.text)]
    return _placed(spacing, costs, width_em, total / ceil(total / width_em), last=True)


def _placed(
    spacing: Spacing, costs: dict[int, float], width_em: float, ideal: float, *, last: bool
) -> tuple[tuple[int, ...], float]:
    """Line ends at sense units, lines near the *ideal*, the *last* one too or as it comes."""
    sums, total = spacing.sums, len(spacing.text)
    best: list[tuple[float, int]] = [(0.0, 0)] + [(inf, 0)] * total
    for end in range(1, total + 1):
        for start in range(end - 1, -1, -1):
            width = sums[end] - sums[start]
            if width > width_em and start < end - 1:
                break
            off = width - ideal if last or end < total else 0.0
            cost = best[start][0] + costs.get(end, 0.0) + off**2 / 4
            best[end] = min(best[end], (cost, start))
    places: list[int] = []
    here = best[total][1]
    while here:
        places.append(here)
        here = best[here][1]
    return tuple(reversed(places)), best[total][0]


# --- what a break costs ----------------------------------------------------------------------


def _break_costs(spacing: Spacing, width_em: float) -> dict[int, float]:
    """For every place inside the title, how much a reader minds a line end there."""
    text = spacing.text
    levels = break_levels(text)
    edges = _word_edges(text)
    whole: set[int] = set()
    for found in _TOGETHER.finditer(text):
        start, end = found.span()
        if spacing.sums[end] - spacing.sums[start] <= width_em:
            whole.update(range(start + 1, end))
    for found in _CUT_APART.finditer(text):
        whole.update(range(found.start() + 1, found.end()))
    costs = {}
    for place in range(1, len(text)):
        if levels[place] > Level.POOR:
            costs[place] = INSIDE_WORD * levels[place]
        elif place not in edges or place in whole:
            costs[place] = INSIDE_WORD
        else:
            costs[place] = _place_cost(text, place, edges)
    return costs


def _place_cost(text: str, place: int, edges: dict[int, str]) -> float:
    """What a break between two words costs."""
    before, after = text[:place], text[place:]
    if _BAD_BEFORE.match(after) or _BAD_AFTER.search(before) or _KIND.fullmatch(after):
        return TORN
    if after.startswith("关于"):
        return 0.0
    if _GOOD_BEFORE.match(after) or _GOOD_AFTER.search(before):
        return 1.0
    word = edges[place]
    return POOR_PLACE if len(word) == 1 and word.isalpha() else WORDS


def _word_edges(text: str) -> dict[int, str]:
    """Where a word ends, and that word."""
    from rjieba import cut  # its dictionary takes longer to load than a title to set

    edges: dict[int, str] = {}
    place = 0
    for word in cut(text, False):  # without guessing at unknown words: the same text, the same cut
        place += len(word)
        edges[place] = word
    return edges
