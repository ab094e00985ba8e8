"""Lines as the cheapest HTML that WeasyPrint prints exactly.

A paragraph is one element with ``white-space: pre``; its lines are joined by newlines, and only a
line or mark that needs other spacing gets a ``span`` with a class. ``LineStyles`` collects the
classes of a document and hands out their rules.

What WeasyPrint 70 does with ``letter-spacing`` x, found by measuring: the box is exactly as wide
as x after each character demands, but between the glyphs inside it 0.512 x + trunc(0.488 x) is
drawn, in thousandths of an em. So a line of one box and one face takes the x whose drawn sum is
right, and a line of several takes multiples of one thousandth / 0.488, which are drawn exactly. A
margin is always exact.

A text box in a face of other depth than the element's own makes its line taller, so that the page
loses a line. A span in another face or size therefore has no line height of its own, and what a
face of other depth lends a role is in such a span; the others keep theirs, for a second height
costs time.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from html import escape

from yinfa.composition import Line, Role, Stretch

# Pango gives half of the space to each side of a glyph. What stands before it is drawn as it is,
# 1024 for 1000; what stands after it makes good for that, and is cut to whole thousandths of an em.
BEFORE, AFTER = 0.512, 0.488
STEP_EM = 0.001 / AFTER  # a multiple of this is drawn as it is laid out
HAIR_EM = 0.00015  # keeps a multiple on the right side of the cut: three of Pango's units
SAME_EM = 0.0004  # gaps that differ by less are the same
SNAP = 4  # a change of step moves by as many characters to where a box ends anyway


@dataclass(frozen=True, slots=True)
class SpanSpacing:
    """What a span does to its characters and the room round them, in em of their size."""

    letter_em: float | None = None
    after_em: float = 0.0
    size_em: float = 1.0  # of the size round it
    raised_em: float = 0.0  # above the baseline

    @property
    def rule(self) -> str:
        """The declarations of this spacing; empty where it changes nothing."""
        parts = []
        if abs(self.size_em - 1) > SAME_EM:
            parts.append(f"font-size:{_em(self.size_em)};line-height:0")
        if self.raised_em:
            parts.append(f"vertical-align:{_em(self.raised_em)}")
        if self.letter_em is not None:
            parts.append(f"letter-spacing:{_em(self.letter_em)}")
        if self.after_em:
            parts.append(f"margin-right:{_em(self.after_em)}")
        return ";".join(parts)


def _em(length: float) -> str:
    text = f"{length:.5f}".rstrip("0").rstrip(".")
    return "0" if text in ("0", "-0") else f"{text}em"


class LineStyles:
    """The classes that the lines of a document need: k1, k2 … in the order of their first use.

    *lent* are the characters of another face than their role's first, *uneven* those among them
    whose face has another line box.
    """

    def __init__(self, lent: Iterable[str] = (), uneven: Iterable[str] = ()) -> None:
        self._names: dict[str, str] = {}
        self._flat: set[str] = set()  # selectors of what has no line height of its own
        self._lent = frozenset(lent)
        self._uneven = frozenset(uneven)

    def css(self) -> str:
        """The rules of the classes handed out."""
        rules = (f".{name}{{{rule}}}" for rule, name in self._names.items())
        return "\n".join((*(f"{name}{{line-height:0}}" for name in sorted(self._flat)), *rules))

    def html(self, lines: Iterable[Line], role: Role) -> str:
        """*lines* joined by newlines, for an element whose own face is that of *role*."""
        return self.split(tuple(lines), 0, role)[1]

    def split(self, lines: Sequence[Line], head: int, role: Role) -> tuple[str, str]:
        """The first *head* characters of *lines*, then the rest, each as HTML."""
        size_mm = _base_size_mm(lines)
        before: list[str] = []
        after: list[str] = []
        passed = 0
        for line in lines:
            cut = min(max(head - passed, 0), len(line.text))
            passed += len(line.text) - line.hyphenated
            if cut:
                before.append(self._line(line, 0, cut, role, size_mm))
            if cut < len(line.text):
                after.append(self._line(line, cut, len(line.text), role, size_mm))
            elif passed == head and line is not lines[-1]:
                after.append("")  # the line end between them
        return "\n".join(before), "\n".join(after)

    def _line(self, line: Line, start: int, end: int, role: Role, size_mm: float) -> str:
        inner = self._spaced(line, start, end, role, size_mm)
        if self._uneven.isdisjoint(line.text):
            return inner
        self._flat.add("span.uneven")
        return f'<span class="uneven">{inner}</span>'

    def _spaced(self, line: Line, start: int, end: int, role: Role, size_mm: float) -> str:
        plain = all(part.role is role and part.size_mm == size_mm for part in line.stretches)
        gaps = line.gaps
        if plain and not any(gaps[:-1]):
            return escape(line.text[start:end], quote=False)
        main = _main_gap(gaps[:-1])
        pieces = list(_pieces(line, main, role, size_mm))
        sections: list[tuple[int, float | None]]
        if abs(main) <= SAME_EM:
            sections = [(len(line.text), None)]
        elif len(pieces) == 1 and self._lent.isdisjoint(line.text):
            sections = [(len(line.text), _drawn_letter(main))]
        else:
            sections = _sections(pieces, main)
        return "".join(self._sections(line, pieces, sections, (start, end)))

    def _sections(
        self,
        line: Line,
        pieces: Sequence[_Piece],
        sections: Sequence[tuple[int, float | None]],
        part: tuple[int, int],
    ) -> Iterator[str]:
        """Each section in its span of letter-spacing, as far as it lies within *part*."""
        begin = 0
        for end, letter in sections:
            first, last = max(begin, part[0]), min(end, part[1])
            inner = "".join(
                self._piece(line.text, piece, max(first, piece.start), min(last, piece.end))
                for piece in pieces
                if piece.start < last and piece.end > first
            )
            if letter is None or not inner:
                yield inner
            else:
                yield self._span(inner, SpanSpacing(letter))
            begin = end

    def _piece(self, text: str, piece: _Piece, start: int, end: int) -> str:
        spacing = piece.spacing
        if end < piece.end:
            spacing = replace(spacing, after_em=0.0)
        return self._span(escape(text[start:end], quote=False), spacing, piece.role)

    def _span(self, inner: str, spacing: SpanSpacing, role: Role | None = None) -> str:
        names = [role.name] if role is not None else []
        self._flat.update(f"span.{name}" for name in names)
        if rule := spacing.rule:
            names.append(self._names.setdefault(rule, f"k{len(self._names) + 1}"))
        return f'<span class="{" ".join(names)}">{inner}</span>' if names else inner


@dataclass(frozen=True, slots=True)
class _Piece:
    """Characters [start, end) of a line that one text box prints."""

    start: int
    end: int
    spacing: SpanSpacing
    role: Role | None  # where it is not that of the element
    spread: bool  # takes the line's letter-spacing


def _base_size_mm(lines: Sequence[Line]) -> float:
    """The size of most characters: the one the element itself has."""
    lengths: Counter[float] = Counter()
    for line in lines:
        for part in line.stretches:
            lengths[part.size_mm] += part.end - part.start
    return lengths.most_common(1)[0][0] if lengths else 0.0


def _main_gap(gaps: Sequence[float]) -> float:
    """The gap that most characters of a line have after them."""
    return Counter(round(gap, 6) for gap in gaps).most_common(1)[0][0] if gaps else 0.0


def _pieces(line: Line, main: float, role: Role, size_mm: float) -> Iterator[_Piece]:
    """The line cut where face, size or gap change; characters set solid together stay together."""
    for part in line.stretches:
        other = part.role if part.role is not role else None
        size = part.size_mm / size_mm
        # Letter-spacing is inherited as a length; margins are in em of the part's own size.
        usual = main / size
        raised = part.raised_em
        changed = other is not None or abs(size - 1) > SAME_EM or raised != 0
        for start, end, solid, extra in _boxes(line, part, usual):
            spacing = SpanSpacing(size_em=size, after_em=extra, raised_em=raised)
            if solid:
                spacing = SpanSpacing(0.0, usual + extra, size, raised)
            if changed or solid or extra:
                yield _Piece(start, end, spacing, other, not solid)
            else:
                yield _Piece(start, end, SpanSpacing(), None, True)


def _boxes(line: Line, part: Stretch, usual: float) -> Iterator[tuple[int, int, bool, float]]:
    """(start, end, set solid in a line that is not, what the gap after it has more than usual)."""
    gaps, last = line.gaps, len(line.text) - 1
    start = index = part.start

    def extra(place: int) -> float:
        more = gaps[place] - usual if place < last else 0.0
        return more if abs(more) > SAME_EM else 0.0

    while index < part.end:
        end = index
        while end < part.end - 1 and end < last and abs(usual) > SAME_EM > abs(gaps[end]):
            end += 1
        if end > index:
            if start < index:
                yield start, index, False, 0.0
            yield index, end + 1, True, extra(end)
            start = index = end + 1
        elif extra(index):
            if start < index:
                yield start, index, False, 0.0
            yield index, index + 1, False, extra(index)
            start = index = index + 1
        else:
            index += 1
    if start < part.end:
        yield start, part.end, False, 0.0


def _drawn_letter(wanted: float) -> float:
    """The letter-spacing that is drawn as *wanted*, or as near to it as any."""
    size = abs(wanted)
    whole = int(size / STEP_EM + 1e-6)
    letter = (size - whole * 0.001) / BEFORE
    if letter >= (whole + 1) * STEP_EM:
        below, above = (whole + 1) * STEP_EM - HAIR_EM, (whole + 1) * STEP_EM + HAIR_EM
        drawn_below, drawn_above = below * BEFORE + whole * 0.001, above
        letter = below if size - drawn_below < drawn_above - size else above
    return max(letter, whole * STEP_EM + HAIR_EM) * (1 if wanted > 0 else -1)


def _sections(pieces: Sequence[_Piece], main: float) -> list[tuple[int, float | None]]:
    """Where each section of a line ends and its letter-spacing: two neighbouring steps."""
    sign = 1 if main > 0 else -1
    steps = abs(main) / STEP_EM
    fewer = int(steps + 1e-6)
    spread = [index for piece in pieces if piece.spread for index in range(piece.start, piece.end)]
    long = round((steps - fewer) * len(spread))
    end = pieces[-1].end
    place = spread[long] if long < len(spread) else end
    edges = [0, *(piece.end for piece in pieces)]
    nearest = min(edges, key=lambda edge: abs(edge - place))
    if abs(nearest - place) <= SNAP:
        place = nearest
    else:
        inside = next(piece for piece in pieces if piece.start < place < piece.end)
        if not inside.spread or inside.spacing.rule:
            place = inside.end
    letters = (sign * ((fewer + 1) * STEP_EM + HAIR_EM), sign * (fewer * STEP_EM + HAIR_EM))
    if not fewer:
        letters = (letters[0], 0.0)
    found: list[tuple[int, float | None]] = []
    if place > 0:
        found.append((place, letters[0]))
    if place < end:
        found.append((end, letters[1] or None))
    return found
