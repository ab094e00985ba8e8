"""What stands where in a finished PDF, and how far that is from well-set lines.

Only the PDF is asked; nothing of the composer is used, its lists neither.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from statistics import median

import pdfplumber

PT_MM = 25.4 / 72
LEFT_MM, RIGHT_MM, BOTTOM_MM = 28.0, 184.0, 262.5
CELL_MM = 156 / 28
PITCH_MM = 10.447
INDENT_MM = 2 * CELL_MM

NO_START = set("。．，、；：！？”’）〕】〗］｝》〉」』·‧・–～-／/％%‰℃°′″々")
NO_END = set("“‘（〔【〖［｛《〈「『/／￥¥$£€№＃#§")
CLOSING = set("”’）〕】〗］｝》〉」』")
OPENING = set("“‘（〔【〖［｛《〈「『")
STOPS = set("。．，、；：！？")
UNITS = "年月日号时分秒元万亿个人名件项条次家所篇期课吨公小台张只学℃％%‰"
SOLID_EM = 0.004  # a gap this small is no gap
SHORT_MM = 2.0  # a line that lacks more was not filled at all


@dataclass(frozen=True, slots=True)
class Char:
    """A character, its baseline's start and its advance."""

    text: str
    x_mm: float
    width_mm: float
    baseline_mm: float  # from the paper's upper edge

    @property
    def end_mm(self) -> float:
        return self.x_mm + self.width_mm


@dataclass(frozen=True, slots=True)
class PrintedLine:
    """One line of a paragraph."""

    chars: tuple[Char, ...]
    first: bool
    last: bool

    @property
    def text(self) -> str:
        return _text(self.chars)


def _text(chars: Sequence[Char]) -> str:
    return "".join("".join(char.text for char in chars).split())


@dataclass(slots=True)
class Figures:
    """The measures of one text; lengths in mm, gaps in em."""

    lines: int = 0
    full: int = 0
    missing: list[str] = field(default_factory=list)  # paragraphs whose text is not the source's
    left_mm: list[float] = field(default_factory=list)
    right_mm: list[float] = field(default_factory=list)
    grid_mm: list[float] = field(default_factory=list)
    spread_em: list[float] = field(default_factory=list)  # widest Han gap of each full line
    squeeze_em: list[float] = field(default_factory=list)
    untouched: int = 0
    on_cells: int = 0
    on_half_cells: int = 0
    mark_losses_em: list[float] = field(default_factory=list)
    squeezed_lines: int = 0
    bad_starts: list[str] = field(default_factory=list)
    bad_ends: list[str] = field(default_factory=list)
    split_numbers: list[str] = field(default_factory=list)
    torn_units: list[str] = field(default_factory=list)
    lone: list[str] = field(default_factory=list)
    beyond: list[str] = field(default_factory=list)  # lines spread or squeezed too far
    short: list[str] = field(default_factory=list)  # lines that a whole run leaves short


def read_lines(path: Path) -> list[list[Char]]:
    """The lines of the type area, page after page."""
    lines: list[list[Char]] = []
    with pdfplumber.open(path) as pdf:
        for page in pdf.pages:
            height = float(page.height)
            rows: dict[int, list[Char]] = {}
            for char in page.chars:
                baseline_mm = (height - char["matrix"][5]) * PT_MM
                if baseline_mm > BOTTOM_MM:
                    continue
                x_mm = char["matrix"][4] * PT_MM
                width_mm = char["adv"] * char["matrix"][0] * PT_MM
                for part in _unified(char["text"]):
                    one = Char(part, x_mm, width_mm, baseline_mm)
                    rows.setdefault(round(baseline_mm * 2), []).append(one)
            lines += _rows(rows)
    return [line for line in lines if _text(line)]


def _unified(text: str) -> str:
    """*text* with the radicals that some tools write for the characters that look the same."""
    return "".join(
        unicodedata.normalize("NFKC", char) if "⺀" <= char <= "⿟" else char for char in text
    )


def _rows(rows: dict[int, list[Char]]) -> Iterator[list[Char]]:
    """Lines from top to bottom; neighbours in half millimetres are one line."""
    pending: list[Char] = []
    last = None
    for key in sorted(rows):
        if last is not None and key > last + 1:
            yield sorted(pending, key=lambda char: char.x_mm)
            pending = []
        pending += rows[key]
        last = key
    if pending:
        yield sorted(pending, key=lambda char: char.x_mm)


def match(
    lines: Sequence[list[Char]], paragraphs: Sequence[str]
) -> tuple[list[PrintedLine], list[str]]:
    """The lines of *paragraphs*, told whether they are first or last, and what was not found."""
    found: list[PrintedLine] = []
    missing: list[str] = []
    index = 0
    wanted = ["".join(paragraph.split()) for paragraph in paragraphs]
    # What comes before the first paragraph is title and label.
    while index < len(lines) and not wanted[0].startswith(_text(lines[index])):
        index += 1
    for paragraph in wanted:
        left = paragraph
        first = True
        while left and index < len(lines):
            chars = lines[index]
            text = _text(chars)
            if not left.startswith(text) and text[-1] in "-‐" and left.startswith(text[:-1]):
                text = text[:-1]
            if not left.startswith(text):
                break
            left = left[len(text) :]
            found.append(PrintedLine(tuple(chars), first, not left))
            first = False
            index += 1
        if left:
            missing.append(left[:20])
    return found, missing


def measure(path: Path, paragraphs: Sequence[str]) -> Figures:
    """The figures of the PDF at *path*, which should hold *paragraphs*."""
    lines, missing = match(read_lines(path), paragraphs)
    figures = Figures(lines=len(lines), missing=missing)
    grid = lines[0].chars[0].baseline_mm % PITCH_MM if lines else 0.0
    for line in lines:
        off = (line.chars[0].baseline_mm - grid) % PITCH_MM
        figures.grid_mm.append(min(off, PITCH_MM - off))
        _judge_edges(line, figures)
        if not line.last:
            figures.full += 1
            _judge_fill(line, figures)
    for one, other in pairwise(lines):
        if not one.last:
            _judge_break(one.text, other.text, figures)
    return figures


def _judge_edges(line: PrintedLine, figures: Figures) -> None:
    text = line.text
    begins_bad = text[0] in NO_START or (text[0] == "—" and not text.startswith("——"))
    if not line.first and begins_bad:
        figures.bad_starts.append(text[:6])
    if text[-1] in NO_END and not line.last:
        figures.bad_ends.append(text[-6:])
    if line.last and not line.first and len(re.sub(r"[^\w]", "", text)) < 2:
        figures.lone.append(text)


def _judge_break(one: str, other: str, figures: Figures) -> None:
    where = f"{one[-8:]}|{other[:6]}"
    if re.search(r"\d[.,:/~-]?$", one) and other[0].isdigit():
        figures.split_numbers.append(where)
    elif re.search(rf"\d\|[{UNITS}]|第\|\d|〔\d+〕\|\d", where):
        figures.torn_units.append(where)


def _judge_fill(line: PrintedLine, figures: Figures) -> None:
    chars = _visible(line.chars)
    left = LEFT_MM + (INDENT_MM if line.first else 0.0)
    figures.left_mm.append(chars[0].x_mm - left)
    end = _edge_mm(chars[-1])
    figures.right_mm.append(end - RIGHT_MM)
    if end - RIGHT_MM < -SHORT_MM:
        figures.short.append(line.text)
    gaps = [
        (after.x_mm - before.end_mm) / CELL_MM
        for before, after in pairwise(chars)
        if _is_han(before.text) and _is_han(after.text)
    ]
    widest, tightest = max(gaps, default=0.0), min(gaps, default=0.0)
    figures.spread_em.append(max(0.0, widest))
    figures.squeeze_em.append(max(0.0, -tightest))
    losses = [loss for loss in _mark_losses(chars) if loss > 0.02]
    figures.mark_losses_em += losses
    figures.squeezed_lines += bool(losses)
    if max(widest, -tightest) <= SOLID_EM and not losses:
        figures.untouched += 1
    offsets = [(char.x_mm - LEFT_MM) / CELL_MM for char in chars if _is_han(char.text)]
    limit = 0.05 / CELL_MM
    figures.on_cells += all(abs(offset - round(offset)) <= limit for offset in offsets)
    figures.on_half_cells += all(
        abs(2 * offset - round(2 * offset)) <= 2 * limit for offset in offsets
    )
    if widest > 0.0505 or tightest < -0.0305:
        figures.beyond.append(f"{line.text} ({widest:+.3f} {tightest:+.3f})")


def _visible(chars: Sequence[Char]) -> Sequence[Char]:
    """*chars* without the spaces that hang at the line's end."""
    end = len(chars)
    while end > 1 and not chars[end - 1].text.strip():
        end -= 1
    return chars[:end]


def _edge_mm(last: Char) -> float:
    """Where a line ends: the ink-free half of a closing mark may be in or out.

    Some faces put ？ in the middle of its cell, so that a quarter is free on both sides.
    """
    if last.text not in CLOSING | STOPS or last.width_mm <= 0.9 * CELL_MM:
        return last.end_mm
    free = (0, 0.25, 0.5) if last.text in "？！" else (0, 0.5)
    ends = [last.end_mm - part * last.width_mm for part in free]
    return min(ends, key=lambda end: abs(end - RIGHT_MM))


def _is_han(char: str) -> bool:
    return "一" <= char <= "鿿" or char in "〇々"


def _mark_losses(chars: Sequence[Char]) -> Iterator[float]:
    """What each mark inside the line lost of its cell beyond the half that two marks share."""
    for before, after in pairwise(chars):
        gap = (after.x_mm - before.end_mm) / CELL_MM
        mark_before = before.text in CLOSING | STOPS
        mark_after = after.text in OPENING
        both = before.text in CLOSING | STOPS | OPENING and after.text in CLOSING | STOPS | OPENING
        if both:
            yield -gap - 0.5
        elif mark_before or mark_after:
            yield -gap


def summary(figures: Figures) -> dict[str, str]:
    """The figures as the table prints them."""
    full = max(figures.full, 1)
    losses = figures.mark_losses_em

    def share(count: int) -> str:
        return f"{100 * count / full:.0f} %"

    def most(values: Sequence[float]) -> str:
        return f"{max((abs(value) for value in values), default=0.0):.3f}"

    return {
        "lines": str(figures.lines),
        "full lines": str(figures.full),
        "text lost": str(len(figures.missing)),
        "left edge, worst mm": most(figures.left_mm),
        "right edge, worst mm": most(figures.right_mm),
        "right edge, off > 0.15": str(sum(abs(off) > 0.15 for off in figures.right_mm)),
        "grid, worst mm": most(figures.grid_mm),
        "bad line start": str(len(figures.bad_starts)),
        "bad line end": str(len(figures.bad_ends)),
        "split numbers": str(len(figures.split_numbers)),
        "torn from unit": str(len(figures.torn_units)),
        "lone last": str(len(figures.lone)),
        "Han spread, most em": most(figures.spread_em),
        "Han squeezed, most em": most(figures.squeeze_em),
        "lines beyond": str(len(figures.beyond)),
        "lines left short": str(len(figures.short)),
        "untouched": share(figures.untouched),
        "Han on cells": share(figures.on_cells),
        "Han on half cells": share(figures.on_half_cells),
        "lines with squeezed mark": share(figures.squeezed_lines),
        "mark loss, most em": f"{max(losses, default=0.0):.2f}",
        "mark loss, median em": f"{median(losses) if losses else 0.0:.2f}",
    }
