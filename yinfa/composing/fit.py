"""The best line ends for a whole paragraph at once.

Every place where a line may begin is visited once, in order, with the cheapest way to get there;
from it run at most a handful of lines that can be filled. What fills a line follows CLREQ: the
line's last mark, brackets, commas and stops give up their blank half first, then all gaps are
spread evenly, and Han gaps are drawn together last and hardly.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass

from yinfa.composing.breaks import ADDRESS, LAST_ALLOWED, Level
from yinfa.composing.marks import PUNCTUATION
from yinfa.composing.spacing import TIERS, Spacing

EXACT_EM = 0.012  # a line this near to its measure stands as it is
SPREAD_EM = 0.05  # the most a gap is spread where there is a choice
WIDEST_EM = 0.25  # the most it is spread at all; beyond, the line stays short
SQUEEZE_EM = 0.03  # 17.5: the most a gap between Han is drawn together
MOST_SQUEEZED_EM = 2.0  # no line is sought that must lose more
MOST_LACKING = SPREAD_EM * 1.1  # nor one that lacks more of its width; gaps are as many as cells
SHORT_OF_EM = 1e-6

# What a line costs. A line on the cells costs nothing.
OFF_CELLS = 1.0
SPREAD = 8.0  # at SPREAD_EM, growing with the square
MARKS_GIVE = (0.5, 4.0, 6.0, 4.0, 12.0)  # when a tier gives something
MARKS_GIVE_ALL = (1.0, 4.0, 8.0, 3.0, 14.0)  # in addition, when it gives all it can
HAN_GIVES = 20.0
HAN_GIVES_ALL = 20.0
LEVEL_COST = (0.0, 6.0, 30.0, 25.0, 2e4, 1e5, 1e6, 1e7)  # of a break, by its level
LONE_LAST = 5e3  # 孤字: only when nothing else is possible
TOO_SPREAD = 60.0  # beyond SPREAD_EM, growing with the square
RAGGED = 12.0  # a line that ends before or within an address may stay short, and more for what
RAGGED_SHARE = 300.0  # it lacks, growing with the square
MOST_RAGGED = 0.7  # of its width
SHORT = 6e3  # a line that stays short, and more for what it lacks
SHORT_SHARE = 6e3
OVERFULL = 1e9
# A way this much dearer than one that ends within the line before it is not followed: six lines
# at the limit of spreading, more than two ways can differ by before they meet.
HOPELESS = 60.0

Cost = float


@dataclass(frozen=True, slots=True)
class Fitted:
    """A line as [start, end) of the text, with the room to be shared out among its gaps."""

    start: int
    end: int
    spare_em: float  # negative where the line must be squeezed
    level: Level  # of the break at its end
    last: bool
    ragged: bool = False  # its address would have to be spread: it stays short


@dataclass(frozen=True, slots=True)
class Fit:
    """The lines of a paragraph and what they cost."""

    lines: tuple[Fitted, ...]
    cost: Cost


@dataclass(slots=True)
class _Way:
    """The cheapest known way to a place with a given number of lines."""

    cost: Cost
    origin: int  # break index the last line begins at
    lines: int


@dataclass(frozen=True, slots=True)
class _Places:
    """Where lines may end: the places, each line's last visible character, and where that ends."""

    at: Sequence[int]
    lasts: Sequence[int]
    edges: Sequence[float]


class Fitter:
    """Holds a paragraph's sums at its break places, so that each line is judged in passing."""

    def __init__(
        self, spacing: Spacing, levels: bytearray, first_em: float, rest_em: float, hyphen_em: float
    ) -> None:
        self.spacing = spacing
        self.levels = levels
        self.first_em = first_em
        self.rest_em = rest_em
        self.hyphen_em = hyphen_em
        self.count = len(spacing.text)
        self.ragged = frozenset(
            index
            for found in ADDRESS.finditer(spacing.text)
            for index in range(found.start(), found.end())
        )

    def fit(self, *, looser: int = 0) -> Fit | None:
        """The cheapest lines; with *looser*, that many lines more or fewer than the cheapest."""
        places = self._places(LAST_ALLOWED)
        ways = self._ways(places, strays=1 if looser else 0, prune=not looser)
        final = ways[-1]
        if looser:
            if not final:
                return None
            best = min(final.values(), key=lambda way: way.cost)
            wanted = final.get(best.lines + looser)
            if wanted is None or wanted.cost >= LONE_LAST:
                return None
            return self._trace(places, ways, wanted)
        if not final or min(way.cost for way in final.values()) >= LONE_LAST:
            ways = self._ways(places)
            final = ways[-1]
        if not final:
            places = self._places(Level.PAIR)
            ways = self._ways(places, rescue=True)
            final = ways[-1]
        return self._trace(places, ways, min(final.values(), key=lambda way: way.cost))

    # --- places ------------------------------------------------------------------------------

    def _places(self, highest: Level) -> _Places:
        levels = self.levels
        inner = [index for index in range(1, self.count) if levels[index] <= highest]
        at = [0, *inner, self.count]
        ends = [(0, 0.0), *(self.edge(place) for place in at[1:])]
        return _Places(at, [last for last, _ in ends], [edge for _, edge in ends])

    def visible_end(self, end: int) -> int:
        """Index of the last character that takes room on a line ending before *end*."""
        text = self.spacing.text
        index = end - 1
        while index > 0 and text[index] in " \u3000":
            index -= 1
        return index

    def edge(self, end: int) -> tuple[int, float]:
        """The last visible character of a line ending before *end*, and where it ends."""
        spacing = self.spacing
        last = self.visible_end(end)
        edge = spacing.sums[last] + spacing.widths[last]
        trim = spacing.end_trims.get(last)
        if trim is not None:
            edge -= trim[0] + trim[1]
        if self.levels[end] == Level.HYPHEN and end < self.count:
            edge += self.hyphen_em
        return last, edge

    # --- ways --------------------------------------------------------------------------------

    def _ways(
        self, places: _Places, *, strays: int = 0, rescue: bool = False, prune: bool = False
    ) -> list[dict[int, _Way]]:
        """For each place, the cheapest ways there, by their number of lines."""
        lasts, edges = places.lasts, places.edges
        level_costs = [LEVEL_COST[self.levels[place]] for place in places.at]
        final = len(edges) - 1
        ways: list[dict[int, _Way]] = [{} for _ in edges]
        ways[0][0] = _Way(0.0, -1, 0)
        rivals: deque[tuple[float, Cost]] = deque()  # where ways end, dearer and dearer
        for origin in range(final):
            here = ways[origin]
            if not here:
                continue
            if len(here) > 1:
                here = ways[origin] = _nearest(here, strays)
            start = places.at[origin]
            if prune and _is_hopeless(here, rivals, edges[origin] - self.rest_em, edges[origin]):
                continue
            width = self.first_em if start == 0 else self.rest_em
            room = self.spacing.sums[start] + width
            if edges[final] <= room + EXACT_EM:
                _reach(ways[final], here, self._last_cost(start), origin)
            most = MOST_RAGGED if self.ragged else MOST_LACKING
            lacking = width * most + self._growth(start, room)
            strict = False
            for goal in range(bisect_left(edges, room - lacking, origin + 1), final + 1):
                spare = room - edges[goal]
                if spare < -MOST_SQUEEZED_EM:
                    break
                cost = self._cost(start, lasts[goal], spare)
                if cost is None and spare > 0 and places.at[goal] in self.ragged:
                    cost = RAGGED + RAGGED_SHARE * (spare / width) ** 2
                if cost is None:
                    continue
                strict = True
                if goal < final:
                    _reach(ways[goal], here, cost + level_costs[goal], origin)
                elif spare < -EXACT_EM:
                    _reach(ways[final], here, cost + self._last_cost(start), origin)
            if rescue:
                self._rescue(places, ways, origin, strict=strict)
        if ways[final] and not strays:
            ways[final] = _nearest(ways[final], 0)
        return ways

    def _growth(self, start: int, room: float) -> float:
        """The most that the word spaces of a line beginning at *start* can grow."""
        sums = self.spacing.word_space_sums
        if not sums[-1]:
            return 0.0
        end = bisect_left(self.spacing.sums, room, start)
        return sums[min(end, self.count)] - sums[start]

    def _cost(self, start: int, last: int, spare: float) -> Cost | None:
        """What filling a line costs; None where it cannot be done within the limits."""
        if -EXACT_EM <= spare <= EXACT_EM:
            return 0.0
        spacing = self.spacing
        gaps = spacing.spread_sums[last] - spacing.spread_sums[start]
        if spare > 0:
            if spacing.word_space_sums[-1]:
                spare -= spacing.word_space_sums[last] - spacing.word_space_sums[start]
            if spare > gaps * SPREAD_EM + SHORT_OF_EM:
                return None
            share = max(0.0, spare) / (gaps or 1) / SPREAD_EM
            return OFF_CELLS + SPREAD * share * share
        give = spacing.room_sums[last] - spacing.room_sums[start]
        if -spare > give + gaps * SQUEEZE_EM:
            return None
        return self._squeeze_cost(start, last, -spare, gaps)

    def _last_cost(self, start: int) -> Cost:
        """What a last line beginning at *start* costs: much, if it is a lone character."""
        if start == 0:
            return 0.0
        rest = self.spacing.text[start:].rstrip()
        if len(rest) > 8:  # nobody writes so many marks after a lone character
            return 0.0
        return LONE_LAST if len(PUNCTUATION.sub("", rest).strip()) < 2 else 0.0

    def _share(self, start: int, last: int, spare: float) -> float:
        """What each gap takes when the word spaces have grown first."""
        spacing = self.spacing
        growth = spacing.word_space_sums[last] - spacing.word_space_sums[start]
        gaps = spacing.spread_sums[last] - spacing.spread_sums[start]
        return max(0.0, spare - growth) / gaps if gaps else float("inf")

    def _squeeze_cost(self, start: int, last: int, excess: float, gaps: int) -> Cost:
        cost = OFF_CELLS
        tiers = self.tier_room(start, last)
        for tier in range(TIERS):
            most = tiers[tier]
            if not most:
                continue
            given = min(most, excess)
            cost += MARKS_GIVE[tier] + MARKS_GIVE_ALL[tier] * given / most
            excess -= given
            if excess <= SHORT_OF_EM:
                return cost
        return cost + HAN_GIVES + HAN_GIVES_ALL * (excess / (gaps * SQUEEZE_EM)) ** 2

    def tier_room(self, start: int, last: int) -> list[float]:
        """What the gaps from *start* up to the character *last* can give up, by tier."""
        tiers = [0.0] * TIERS
        room = self.spacing.room
        for index in range(start, last):
            if index in room:
                tier, most = room[index]
                tiers[tier] += most
        return tiers

    # --- when nothing fits -------------------------------------------------------------------

    def _rescue(
        self, places: _Places, ways: list[dict[int, _Way]], origin: int, *, strict: bool
    ) -> None:
        """Lines that break a rule: of each kind of break, the one that fills the line best."""
        edges, here = places.edges, ways[origin]
        start, final = places.at[origin], len(edges) - 1
        room = self.spacing.sums[start] + (self.first_em if start == 0 else self.rest_em)
        least = float("inf")
        goal = bisect_left(edges, room + EXACT_EM, origin + 1, final + 1)
        goal = min(goal, final)
        while goal > origin and least > 0:
            level = self.levels[places.at[goal]]
            spare = room - edges[goal]
            if spare >= -EXACT_EM and goal != final and LEVEL_COST[level] < least:
                least = LEVEL_COST[level]
                cost = least + self._poor_cost(start, places.lasts[goal], spare)
                _reach(ways[goal], here, cost, origin)
            goal -= 1
        if least == float("inf") and not strict and edges[final] > room + EXACT_EM:
            goal = origin + 1
            _reach(ways[goal], here, OVERFULL * (1 + edges[goal] - room), origin)

    def _poor_cost(self, start: int, last: int, spare: float) -> Cost:
        """What a line costs that is spread too far or stays short."""
        if spare <= EXACT_EM:
            return 0.0
        share = self._share(start, last, spare)
        if share <= WIDEST_EM:
            return SPREAD + TOO_SPREAD * (share / SPREAD_EM) ** 2
        return SHORT + SHORT_SHARE * spare / self.rest_em

    # --- back --------------------------------------------------------------------------------

    def _trace(self, places: _Places, ways: list[dict[int, _Way]], way: _Way) -> Fit:
        lines: list[Fitted] = []
        cost, goal = way.cost, len(places.at) - 1
        while way.origin >= 0:
            start, end = places.at[way.origin], places.at[goal]
            width = self.first_em if start == 0 else self.rest_em
            spare = self.spacing.sums[start] + width - self.edge(end)[1]
            last = end == self.count
            level = Level.FREE if last else Level(self.levels[end])
            filled = spare <= 0 or self._cost(start, self.edge(end)[0], spare) is not None
            ragged = not last and not filled and end in self.ragged
            lines.append(Fitted(start, end, spare, level, last, ragged))
            goal = way.origin
            way = ways[goal][way.lines - 1]
        return Fit(tuple(reversed(lines)), cost)


def _reach(there: dict[int, _Way], here: dict[int, _Way], cost: Cost, origin: int) -> None:
    for way in here.values():
        lines = way.lines + 1
        known = there.get(lines)
        total = way.cost + cost
        if known is None:
            there[lines] = _Way(total, origin, lines)
        elif total < known.cost - 1e-9:
            known.cost, known.origin = total, origin


def _is_hopeless(
    here: dict[int, _Way], rivals: deque[tuple[float, Cost]], since: float, edge: float
) -> bool:
    """Whether a way ending after *since* is so much cheaper that *here* need not be followed."""
    cost = min(way.cost for way in here.values())
    while rivals and rivals[0][0] < since:
        rivals.popleft()
    if rivals and cost > rivals[0][1] + HOPELESS:
        return True
    while rivals and rivals[-1][1] >= cost:
        rivals.pop()
    rivals.append((edge, cost))
    return False


def _nearest(ways: dict[int, _Way], strays: int) -> dict[int, _Way]:
    """The cheapest way, and those with at most *strays* lines more or fewer."""
    best = min(ways.values(), key=lambda way: way.cost)
    return {lines: way for lines, way in ways.items() if abs(lines - best.lines) <= strays}
