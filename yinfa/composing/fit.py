"""The best line ends for a whole paragraph at once.

Every place where a line may begin is visited once, in order, with the cheapest way to get there;
from it run at most a handful of lines that can be filled. What fills a line follows CLREQ: the
line's last mark, brackets, commas and stops give up their blank half first, then all gaps are
spread evenly, and Han gaps are drawn together last and hardly.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from yinfa.composing.breaks import LAST_ALLOWED, Level
from yinfa.composing.marks import PUNCTUATION
from yinfa.composing.spacing import COMMAS, LATIN_GAPS, STOPS, TIERS, Spacing

EXACT_EM = 0.012  # a line this near to its measure stands as it is
SPREAD_EM = 0.05  # the most a gap is spread where there is a choice
WIDEST_EM = 0.25  # the most it is spread at all; beyond, the line stays short
SQUEEZE_EM = 0.03  # 17.5: the most a gap between Han is drawn together
SHORT_OF_EM = 1e-6

# What a line costs. A line on the cells costs nothing.
OFF_CELLS = 1.0
SPREAD = 8.0  # at SPREAD_EM, growing with the square
MARKS_GIVE = (0.5, 4.0, 6.0, 4.0, 9.0)  # when a tier gives something
MARKS_GIVE_ALL = (1.0, 3.0, 4.0, 3.0, 6.0)  # in addition, when it gives all it can
HAN_GIVES = 20.0
HAN_GIVES_ALL = 20.0
LEVEL_COST = (0.0, 6.0, 25.0, 2e4, 1e5, 1e6, 1e7)  # of a break, by its level
LONE_LAST = 5e3  # 孤字: only when nothing else is possible
TOO_SPREAD = 60.0  # beyond SPREAD_EM, growing with the square
SHORT = 6e3  # a line that stays short, and more for what it lacks
SHORT_SHARE = 6e3
OVERFULL = 1e9

Cost = float


@dataclass(frozen=True, slots=True)
class Fitted:
    """A line as [start, end) of the text, with the room to be shared out among its gaps."""

    start: int
    end: int
    spare_em: float  # negative where the line must be squeezed
    level: Level  # of the break at its end
    last: bool


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

    def fit(self, *, looser: int = 0) -> Fit | None:
        """The cheapest lines; with *looser*, that many lines more or fewer than the cheapest."""
        places = self._places(LAST_ALLOWED)
        ways = self._ways(places, strays=1 if looser else 0, rescue=False)
        final = ways[-1]
        if looser:
            if not final:
                return None
            best = min(final.values(), key=lambda way: way.cost)
            wanted = final.get(best.lines + looser)
            if wanted is None or wanted.cost >= LONE_LAST:
                return None
            return self._trace(places, ways, wanted)
        if not final:
            places = self._places(Level.PAIR)
            ways = self._ways(places, strays=0, rescue=True)
            final = ways[-1]
        return self._trace(places, ways, min(final.values(), key=lambda way: way.cost))

    # --- places ------------------------------------------------------------------------------

    def _places(self, highest: Level) -> list[int]:
        levels = self.levels
        inner = [index for index in range(1, self.count) if levels[index] <= highest]
        return [0, *inner, self.count]

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

    def _ways(self, places: Sequence[int], *, strays: int, rescue: bool) -> list[dict[int, _Way]]:
        """For each place, the cheapest ways there, by their number of lines."""
        spacing = self.spacing
        ends = [self.edge(place) if place else (0, 0.0) for place in places]
        edges = [edge for _, edge in ends]
        lasts = [last for last, _ in ends]
        spread_sums, room_sums = spacing.spread_sums, spacing.room_sums
        spread_at = [spread_sums[last] for last in lasts]
        level_costs = [LEVEL_COST[self.levels[place]] for place in places]
        final = len(places) - 1
        ways: list[dict[int, _Way]] = [{} for _ in places]
        ways[0][0] = _Way(0.0, -1, 0)
        most_spread = SPREAD_EM * 1.0
        for origin in range(final):
            here = ways[origin]
            if not here:
                continue
            if len(here) > 1:
                here = ways[origin] = _nearest(here, strays)
            start = places[origin]
            begin = spacing.sums[start]
            room = begin + (self.first_em if start == 0 else self.rest_em)
            spread_start, room_start = spread_sums[start], room_sums[start]
            if edges[final] <= room + EXACT_EM:
                _reach(ways[final], here, self._last_cost(start), origin)
            widest = room - begin
            target = bisect_left(
                edges, room - widest * most_spread * 2.2 - EXACT_EM, origin + 1, final + 1
            )
            found = False
            for goal in range(target, final + 1):
                spare = room - edges[goal]
                if spare > EXACT_EM:
                    if goal == final:
                        continue
                    gaps = spread_at[goal] - spread_start
                    if gaps <= 0:
                        continue
                    share = spare / gaps
                    if share > SPREAD_EM:
                        share = self._share(start, lasts[goal], spare)
                        if share > SPREAD_EM:
                            continue
                    cost = OFF_CELLS + SPREAD * (share / SPREAD_EM) ** 2
                elif spare >= -EXACT_EM:
                    cost = 0.0
                else:
                    gaps = spread_at[goal] - spread_start
                    give = room_sums[lasts[goal]] - room_start
                    if -spare > give + gaps * SQUEEZE_EM:
                        if -spare > widest + 1.0:
                            break
                        if -spare > 4.0 + gaps * SQUEEZE_EM and not give:
                            break
                        continue
                    cost = self._squeeze_cost(start, lasts[goal], -spare, gaps)
                found = True
                if goal == final:
                    if spare < -EXACT_EM:
                        _reach(ways[final], here, cost + self._last_cost(start), origin)
                    continue
                _reach(ways[goal], here, cost + level_costs[goal], origin)
            if rescue:
                self._rescue(places, edges, lasts, ways, origin, room, strict=found)
        if len(ways[final]) > 1 and not strays:
            ways[final] = _nearest(ways[final], 0)
        return ways

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
        self,
        places: Sequence[int],
        edges: Sequence[float],
        lasts: Sequence[int],
        ways: list[dict[int, _Way]],
        origin: int,
        room: float,
        *,
        strict: bool,
    ) -> None:
        """Lines that break a rule: of each kind of break, the one that fills the line best."""
        start = places[origin]
        final = len(places) - 1
        here = ways[origin]
        least = float("inf")
        goal = bisect_left(edges, room + EXACT_EM, origin + 1, final + 1)
        goal = min(goal, final)
        while goal > origin and least > 0:
            level = self.levels[places[goal]] if goal != final else 0
            spare = room - edges[goal]
            if spare >= -EXACT_EM and goal != final and LEVEL_COST[level] < least:
                least = LEVEL_COST[level]
                _reach(ways[goal], here, least + self._poor_cost(start, lasts[goal], spare), origin)
            goal -= 1
        if least == float("inf") and not strict and origin + 1 <= final and not (
            edges[final] <= room + EXACT_EM
        ):
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

    def _trace(self, places: Sequence[int], ways: list[dict[int, _Way]], way: _Way) -> Fit:
        lines: list[Fitted] = []
        cost, goal = way.cost, len(places) - 1
        while way.origin >= 0:
            start, end = places[way.origin], places[goal]
            width = self.first_em if start == 0 else self.rest_em
            spare = self.spacing.sums[start] + width - self.edge(end)[1]
            last = end == self.count
            level = Level.FREE if last else Level(self.levels[end])
            lines.append(Fitted(start, end, spare, level, last))
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


def _nearest(ways: dict[int, _Way], strays: int) -> dict[int, _Way]:
    """The cheapest way, and those with at most *strays* lines more or fewer."""
    best = min(ways.values(), key=lambda way: way.cost)
    return {
        lines: way for lines, way in ways.items() if abs(lines - best.lines) <= strays
    }


__all__ = ["COMMAS", "LATIN_GAPS", "STOPS", "Fit", "Fitted", "Fitter"]
