"""What flows is dealt out to pages of grid lines, so that no page ends badly.

A page is full, its last line on the last grid line, wherever running text leaves it for the next,
5.2.3. A heading is never the last thing on a page, and neither a paragraph's first nor its last
line stands alone there, by convention. The cures, cheapest first: set a paragraph of the page a
line shorter or longer, part a paragraph of three lines, or leave the page a line short.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations

from yinfa.composition import Block, Line, Placed, PlacedPicture, PrintedRule, Setting
from yinfa.parts import BODY_PARTS, Part
from yinfa.report import Place

# What a page that falls short costs, in the composer's cost of a setting.
SHORT_COST = {0: 0.0, 1: 60.0, 2: 1500.0}
VERY_SHORT_COST = 5000.0
PARTED_COST = 55.0  # of a paragraph of three lines: less than a page a line short
THREE = 3
HAIR = 1e-6  # of a grid line
MOST_TIGHTER = 2  # paragraphs set tighter so that the signature needs no further page
LIKELY = 12  # of those that can be, the cheapest are tried
Reset = Callable[[int], Setting | None]


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote set in lines, and where it was written."""

    lines: tuple[Line, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Flow:
    """A block on its way to its page.

    ``above`` grid lines stay empty before it, save at the head of a page that it did not begin.
    ``keep`` binds it to what follows; ``whole`` forbids to split it; ``takes`` is how many lines of
    text before it go with it to a new page, and ``below`` how many lines of the page must be left
    under it, whatever stands there. ``reset`` sets it a line longer or shorter. ``heights`` are the
    grid lines of its parts where these are not lines of text; what stands on a page takes whole
    ones. ``lay`` says what then stands there.
    """

    block: Block
    above: int = 0
    keep: bool = False
    whole: bool = False
    new_page: bool = False
    takes: int = 0
    below: int = 0
    reset: Reset | None = None
    heights: tuple[float, ...] = ()
    repeated: float = 0.0  # grid lines of the head that is set again where the block goes on
    lay: Lay | None = None
    notes: Mapping[str, Note] = field(default_factory=dict)  # footnotes, by what calls them

    @property
    def calls(self) -> tuple[tuple[str, ...], ...]:
        """The footnotes that each part is the first to call."""
        if not self.notes:
            return ((),) * len(self.parts)
        return tuple(_calls(self.block.lines, self.notes))

    @property
    def noted(self) -> tuple[int, ...]:
        """The lines of footnotes that each part brings with it."""
        return tuple(sum(len(self.notes[mark].lines) for mark in marks) for marks in self.calls)

    @property
    def parts(self) -> tuple[float, ...]:
        """The height of each part in grid lines."""
        return self.heights or (1,) * len(self.block.lines)

    def taken(self, start: int, end: int) -> int:
        """The whole grid lines that parts [start, end) take on a page."""
        head = self.repeated if start else 0.0
        return math.ceil(head + sum(self.parts[start:end]) - HAIR)


def _calls(lines: Sequence[Line], notes: Collection[str]) -> Iterator[tuple[str, ...]]:
    """The marks of *notes* that each line is the first to call."""
    left = set(notes)
    for line in lines:
        marks = dict.fromkeys(part.call for part in line.stretches)
        yield tuple(mark for mark in marks if mark in left)
        left.difference_update(marks)


@dataclass(frozen=True, slots=True)
class Piece:
    """Parts [start, end) of flow *index*, the first on grid line *row*.

    Footnotes take the last *noted* grid lines of its page.
    """

    index: int
    start: int
    end: int
    row: int
    noted: int = 0


@dataclass(frozen=True, slots=True)
class Laid:
    """What stands on a page in its place."""

    placed: tuple[Placed, ...]
    rules: tuple[PrintedRule, ...] = ()
    pictures: tuple[PlacedPicture, ...] = ()  # over the text


Lay = Callable[[Piece], Laid]
Reserve = Callable[[int], int]  # the grid lines that so many lines of footnotes take


@dataclass(frozen=True, slots=True)
class Fill:
    """A filled page: its pieces, where the next page starts, and how many lines it is short."""

    pieces: tuple[Piece, ...]
    next: tuple[int, int]  # flow, part
    used: int
    short: int


@dataclass(frozen=True, slots=True)
class Room:
    """The grid lines of a page, of which the first *head* are taken."""

    lines: int
    reserve: Reserve
    head: int = 0
    parts_three: bool = False  # a paragraph of three lines may end the page, 2 and 1 or 1 and 2


def deal(
    flows: Sequence[Flow], lines: int, head: int = 0, reserve: Reserve = lambda _: 0
) -> tuple[list[Flow], list[tuple[Piece, ...]]]:
    """*flows*, some of them set anew, and the pieces of each page of *lines* grid lines.

    On the first page *head* lines are taken already; *reserve* says what footnotes take of a page.
    """
    room = Room(lines, reserve, min(head, lines - 1))
    dealt, pages = _deal(list(flows), (0, 0), room)
    return _pulled_in(flows, dealt, pages, room)


Dealt = tuple[list[Flow], list[tuple[Piece, ...]]]


def _deal(dealt: list[Flow], start: tuple[int, int], room: Room) -> Dealt:
    """What follows *start* on pages, the first of which has *room*."""
    pages: list[tuple[Piece, ...]] = []
    while start[0] < len(dealt):
        fill = _fill(dealt, start, room)
        if fill.short:
            dealt, fill = _cure(dealt, start, room, fill)
        pages.append(fill.pieces)
        start = fill.next
        room = replace(room, head=0)
    return dealt, pages


def _pulled_in(
    flows: Sequence[Flow], dealt: list[Flow], pages: list[tuple[Piece, ...]], room: Room
) -> Dealt:
    """The same, with the signature a page sooner where a paragraph or two set tighter do that.

    Else a page would be short for the lines of text that the signature takes along, 7.3.5.5.
    """
    signed = next((index for index, flow in enumerate(flows) if flow.takes), len(flows))
    shown = next((n for n, page in enumerate(pages) if page[-1].index >= signed), 0)
    if not shown or _over(dealt, pages[shown - 1 : shown + 1], room) > MOST_TIGHTER:
        return dealt, pages
    begun = max(0, shown - 2)
    first = pages[begun][0]
    start = (first.index, first.start)
    untried = [*dealt[: first.index + 1], *flows[first.index + 1 :]]
    tighter = sorted(_tighter(untried, start, signed), key=lambda choice: choice[2])[:LIKELY]
    for count in range(1, MOST_TIGHTER + 1):
        for chosen in combinations(tighter, count):
            if sum(cost for _, _, cost in chosen) >= SHORT_COST[2]:
                continue
            changed = list(untried)
            for index, flow, _ in chosen:
                changed[index] = flow
            tried = _deal(changed, start, room if begun == 0 else replace(room, head=0))
            if any(piece.index == signed for page in tried[1][: shown - begun] for piece in page):
                return tried[0], [*pages[:begun], *tried[1]]
    return dealt, pages


def _over(flows: Sequence[Flow], pages: Sequence[Sequence[Piece]], room: Room) -> int:
    """The lines that two pages have more than one has room for; footnotes are left out."""
    ends = [page[-1] for page in pages]
    used = [end.row + flows[end.index].taken(end.start, end.end) for end in ends]
    return sum(used) + flows[ends[-1].index].below - room.lines


def _tighter(
    flows: Sequence[Flow], start: tuple[int, int], end: int
) -> Iterator[tuple[int, Flow, float]]:
    """Each paragraph that begins from *start* on and before *end*, a line shorter, and its cost."""
    for index, flow, cost in _resettings(flows, start, end):
        if len(flow.parts) < len(flows[index].parts):
            yield index, flow, cost


def _fill(flows: Sequence[Flow], start: tuple[int, int], room: Room) -> Fill:
    """One page from *start* on, with what is moved over for what follows."""
    fill = _full(flows, start, room)
    if wanted := _wanted(flows, fill.next):
        kept = _give_up(flows, list(fill.pieces), wanted)
        if kept != list(fill.pieces):
            return _ended(flows, kept, room)
    return fill


def _wanted(flows: Sequence[Flow], start: tuple[int, int]) -> int:
    """The lines of text that a signature after *start* wants beside those that follow it."""
    index, part = start
    text = 0
    for flow in flows[index:]:
        if flow.takes:
            return max(0, flow.takes - text)
        if flow.new_page:
            break
        if _is_text(flow):
            text += len(flow.parts) - part
        part = 0
    return 0


def _full(flows: Sequence[Flow], start: tuple[int, int], room: Room) -> Fill:
    """One page from *start* on, with lone lines and stranded headings moved over."""
    pieces: list[Piece] = []
    lines, used = room.lines, room.head
    index, part = start
    while index < len(flows):
        flow = flows[index]
        if flow.new_page and pieces:
            return Fill(tuple(pieces), (index, 0), used, 0)
        above = flow.above if pieces or flow.takes or flow.new_page else 0
        repeated = flow.repeated if part else 0
        noted = _noted(flows, pieces)
        taken = _take(flow, part, lines - used - above - repeated - flow.below, noted, room.reserve)
        if taken == len(flow.parts):
            pieces.append(Piece(index, part, taken, used + above))
            used += above + flow.taken(part, taken)
            index, part = index + 1, 0
            continue
        taken = _settle(flow, part, taken, first=not pieces, parts_three=room.parts_three)
        if taken > part:
            pieces.append(Piece(index, part, taken, used + above))
            used += above + flow.taken(part, taken)
            reserved = room.reserve(_noted(flows, pieces))
            short = 0 if flow.heights else lines - used - reserved
            following = (index, taken) if taken < len(flow.parts) else (index + 1, 0)
            return Fill(tuple(pieces), following, used, short)
        return _break_before(flows, pieces, index, room)
    return Fill(tuple(pieces), (index, 0), used, 0)


def _noted(flows: Sequence[Flow], pieces: Sequence[Piece]) -> int:
    """The lines of footnotes that *pieces* bring with them."""
    return sum(
        sum(flows[piece.index].noted[piece.start : piece.end])
        for piece in pieces
        if flows[piece.index].notes
    )


def _take(flow: Flow, part: int, room: float, noted: int, reserve: Reserve) -> int:
    """The part before which *room* grid lines end, less what footnotes take of them."""
    height = 0.0
    brought = flow.noted
    for end in range(part, len(flow.parts)):
        height += flow.parts[end]
        noted += brought[end]
        if height > room - reserve(noted) + HAIR:
            return end
    return len(flow.parts)


def _settle(flow: Flow, part: int, taken: int, *, first: bool, parts_three: bool) -> int:
    """Where a block that does not fit is split: not so that one line stands alone.

    Of a paragraph of three lines one does where the page would be short otherwise.
    """
    if flow.whole:
        return len(flow.parts) if first else part
    total = len(flow.parts)
    if flow.heights:
        if total - taken == 1 and taken - part > 2:
            taken -= 1
        if taken - part == 1 and part == 0 and total > 2:
            taken = 0
        return max(taken, part + 1) if first else taken
    if parts_three and total == THREE and part == 0 and taken:
        return taken
    if total - taken == 1:
        taken -= 1
    if part == 0 and taken == 1:
        taken = 0
    if taken <= part and first:  # a page must take something
        return min(total, part + 1)
    return max(taken, part)


def _break_before(flows: Sequence[Flow], pieces: list[Piece], index: int, room: Room) -> Fill:
    """The page ends before flow *index*, and before all that is bound to it."""
    kept = _unbound(flows, pieces)
    first, last = (kept[-1].index + 1 if kept else index), index
    while flows[last].keep and last + 1 < len(flows):
        last += 1
    if kept and (takes := max(flow.takes for flow in flows[first : last + 1])):
        kept = _give_up(flows, kept, takes)
    # Where all of it hangs together, let it stand.
    return _ended(flows, kept or pieces, room)


def _ended(flows: Sequence[Flow], kept: Sequence[Piece], room: Room) -> Fill:
    """The page that ends with *kept*."""
    end = kept[-1]
    whole = end.end == len(flows[end.index].parts)
    following = (end.index + 1, 0) if whole else (end.index, end.end)
    used = end.row + flows[end.index].taken(end.start, end.end)
    short = room.lines - used - room.reserve(_noted(flows, kept))
    return Fill(tuple(kept), following, used, short)


def _unbound(flows: Sequence[Flow], pieces: Sequence[Piece]) -> list[Piece]:
    """*pieces* without those at their end that are bound to what follows."""
    kept = list(pieces)
    while kept and flows[kept[-1].index].keep:
        kept.pop()
    return kept


def _give_up(flows: Sequence[Flow], pieces: list[Piece], takes: int) -> list[Piece]:
    """*pieces* without their last *takes* lines of text or a few more, so that none stands alone.

    Where that would leave the page without text, it gives up fewer, and at last none.
    """
    for lone in (False, True):
        for wanted in range(takes, 0, -1):
            kept = _given_up(flows, pieces, wanted, lone)
            if any(_is_text(flows[piece.index]) for piece in kept):
                return kept
    return pieces


def _given_up(flows: Sequence[Flow], pieces: list[Piece], takes: int, lone: bool) -> list[Piece]:
    """*pieces* without their last *takes* lines of text; a *lone* line is suffered or not."""
    kept = list(pieces)
    least = 1 if lone else 2  # lines of a paragraph on either page
    while takes > 0 and kept:
        last = kept.pop()
        flow = flows[last.index]
        if _is_text(flow):
            count = last.end - last.start
            moved = max(takes, least)
            if count >= moved + least and not flow.whole:
                return [*kept, replace(last, end=last.end - moved)]
            takes -= count
        bound = kept[len(_unbound(flows, kept)) :]
        takes -= sum(one.end - one.start for one in bound if _is_text(flows[one.index]))
        kept = kept[: len(kept) - len(bound)]
    return kept


def _is_text(flow: Flow) -> bool:
    """Whether *flow* counts for a signature; so does a list that is too long to go with it."""
    listed = flow.block.part is Part.ATTACHMENT_LIST and not flow.keep
    return listed or flow.block.part in BODY_PARTS


def _cure(
    flows: list[Flow], start: tuple[int, int], room: Room, fill: Fill
) -> tuple[list[Flow], Fill]:
    """The cheapest way to end the page well: *fill* as it is, or with paragraphs set anew."""
    best = (_short_cost(fill), flows, fill)
    parted = _fill(flows, start, replace(room, parts_three=True))
    if PARTED_COST + _short_cost(parted) < best[0]:
        best = (PARTED_COST + _short_cost(parted), flows, parted)
    choices = list(_resettings(flows, start, fill.next[0] + 1))
    for count in (1, 2):
        for chosen in combinations(choices, count):
            if len({index for index, _, _ in chosen}) < count:
                continue
            cost = sum(cost for _, _, cost in chosen)
            if cost >= best[0]:
                continue
            changed = list(flows)
            for index, flow, _ in chosen:
                changed[index] = flow
            tried = _fill(changed, start, room)
            if cost + _short_cost(tried) < best[0]:
                best = (cost + _short_cost(tried), changed, tried)
        if best[0] < SHORT_COST[2]:
            break
    return best[1], best[2]


def _short_cost(fill: Fill) -> float:
    return SHORT_COST.get(fill.short, VERY_SHORT_COST)


def _resettings(
    flows: Sequence[Flow], start: tuple[int, int], end: int
) -> Iterator[tuple[int, Flow, float]]:
    """Each paragraph that begins from *start* on and before *end*, a line shorter and longer."""
    first = start[0] + (1 if start[1] else 0)
    for index in range(first, min(end, len(flows))):
        reset = flows[index].reset
        if reset is None:
            continue
        settled = reset(0)
        for looser in (-1, 1):
            setting = reset(looser)
            if setting is None or settled is None:
                continue
            block = replace(flows[index].block, content=setting.lines)
            yield index, replace(flows[index], block=block), setting.cost - settled.cost
