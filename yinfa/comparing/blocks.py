"""Paragraphs, lines and rows of tables of two versions, each with the one that it became."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from itertools import zip_longest

from yinfa.comparing.words import WordChange, Wording, changes
from yinfa.exporting.lines import ExportLine, export_lines
from yinfa.parts import Part
from yinfa.reading_order import ReadingOrder
from yinfa.report import Place

ALIKE = 0.4  # of the characters of two paragraphs, for one to have become the other
SAME_ELSEWHERE = 0.85  # for one to have been moved
LEAST_MOVED = 6  # characters: less is no paragraph that one moves
MOST_PAIRS = 250_000  # of paragraphs that are held against each other


@dataclass(frozen=True, slots=True)
class VersionBlock:
    """A paragraph, or a row of a table: its cells, of which a paragraph has one."""

    part: Part
    cells: tuple[str, ...]
    place: Place
    line: ExportLine | None = None  # that it is, or of whose table it is a row
    row: int = -1  # of the table

    @property
    def text(self) -> str:
        return "\t".join(self.cells)


@dataclass(frozen=True, slots=True)
class ComparedBlock:
    """A block of the *old* version and the one of the *new* that it became, cell by cell.

    One of them is missing where it was struck or put in. *moved* are blocks that stand elsewhere in
    the other version: the old one where it stood, the new one where it stands.
    """

    old: VersionBlock | None
    new: VersionBlock | None
    cells: tuple[tuple[Wording, ...], ...]
    moved: bool = False

    @property
    def changed(self) -> bool:
        return any(word.change is not WordChange.KEPT for cell in self.cells for word in cell)


def blocks(order: ReadingOrder) -> Iterator[VersionBlock]:
    """Every block of a document, in order of print."""
    for line in export_lines(order):
        table = line.element.table
        if table is None:
            yield VersionBlock(line.part, (line.text,), line.element.place, line)
        else:
            for number, row in enumerate(table.typed_rows()):
                yield VersionBlock(line.part, tuple(row), line.element.place, line, number)


def compared(old: Sequence[VersionBlock], new: Sequence[VersionBlock]) -> tuple[ComparedBlock, ...]:
    """How *old* becomes *new*, block by block.

    The old ones among them are all of *old* in its order, and the new ones all of *new*.
    """
    found: list[ComparedBlock] = []
    matcher = SequenceMatcher(
        None, [(b.part, b.cells) for b in old], [(b.part, b.cells) for b in new], autojunk=False
    )
    for kind, a0, a1, b0, b1 in matcher.get_opcodes():
        if kind == "equal":
            found += (_pair(a, b) for a, b in zip(old[a0:a1], new[b0:b1], strict=True))
        else:
            found += (_pair(a, b) for a, b in _aligned(old[a0:a1], new[b0:b1]))
    return tuple(_with_moves(found))


def _pair(old: VersionBlock | None, new: VersionBlock | None) -> ComparedBlock:
    before, after = old.cells if old else (), new.cells if new else ()
    cells = tuple(changes(a, b) for a, b in zip_longest(before, after, fillvalue=""))
    return ComparedBlock(old, new, cells)


Pairs = list[tuple[VersionBlock | None, VersionBlock | None]]


def _aligned(old: Sequence[VersionBlock], new: Sequence[VersionBlock]) -> Pairs:
    """The pairs that keep most of the text, in the order of both."""
    if not old or not new or len(old) * len(new) > MOST_PAIRS:
        return [*((block, None) for block in old), *((None, block) for block in new)]
    counted = [Counter(block.text) for block in old], [Counter(block.text) for block in new]
    likeness = [[_likeness(a, b) for b in counted[1]] for a in counted[0]]
    kinds = [[a.part is b.part for b in new] for a in old]
    best = [[0.0] * (len(new) + 1) for _ in range(len(old) + 1)]
    for i in range(len(old) - 1, -1, -1):
        for j in range(len(new) - 1, -1, -1):
            both = likeness[i][j] if kinds[i][j] and likeness[i][j] >= ALIKE else 0.0
            paired = best[i + 1][j + 1] + both if both else 0.0
            best[i][j] = max(paired, best[i + 1][j], best[i][j + 1])
    pairs: Pairs = []
    i = j = 0
    while i < len(old) and j < len(new):
        both = likeness[i][j] if kinds[i][j] and likeness[i][j] >= ALIKE else 0.0
        if both and best[i][j] == best[i + 1][j + 1] + both:
            pairs.append((old[i], new[j]))
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            pairs.append((old[i], None))
            i += 1
        else:
            pairs.append((None, new[j]))
            j += 1
    return [*pairs, *((block, None) for block in old[i:]), *((None, block) for block in new[j:])]


def _likeness(one: Counter[str], other: Counter[str]) -> float:
    """The share of characters that two texts have in common."""
    total = one.total() + other.total()
    return 2 * (one & other).total() / total if total else 1.0


def _with_moves(found: list[ComparedBlock]) -> Iterator[ComparedBlock]:
    """*found*, with those told that were struck in one place and put in at another."""
    gone = [(index, one.old) for index, one in enumerate(found) if one.old and not one.new]
    moved: set[int] = set()
    for index, one in enumerate(found):
        if one.old or one.new is None or len(one.new.text) < LEAST_MOVED:
            continue
        wanted = Counter(one.new.text)
        for at, block in gone:
            near = block.part is one.new.part and at not in moved
            if near and _likeness(Counter(block.text), wanted) >= SAME_ELSEWHERE:
                moved |= {at, index}
                break
    for index, one in enumerate(found):
        yield replace(one, moved=True) if index in moved else one
