"""The nouns of composition: runs of text go in, lines come out.

Nothing here knows HTML, YAML or PDF. Lengths are millimetres, spacing is in em of the character it
follows.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol


class Role(StrEnum):
    """What a face is for; the standard names faces only by these five words."""

    FANGSONG = "仿宋"  # text, 5.2.2
    KAITI = "楷体"  # level-2 headings, signatory, 7.3.3
    HEITI = "黑体"  # level-1 headings, labels, 7.3.3, 7.3.7
    SONGTI = "宋体"  # folios, 7.5
    XIAOBIAOSONG = "小标宋"  # title, issuer mark, 7.3.1, 7.2.4


class Fount(Protocol):
    """The faces that set one role, asked in order; what the composer knows of type."""

    def advance(self, char: str) -> float:
        """Width of *char* in em, from the first face that has it."""
        ...


Founts = Mapping[Role, Fount]


@dataclass(frozen=True, slots=True)
class Run:
    """Text of one role and size within a paragraph."""

    text: str
    role: Role
    size_mm: float  # the em


@dataclass(frozen=True, slots=True)
class Stretch:
    """The part of a line, as [start, end) into its text, that one role sets at one size."""

    start: int
    end: int
    role: Role
    size_mm: float


@dataclass(frozen=True, slots=True)
class Line:
    """One line as it is printed.

    ``gaps[i]`` is the space in em added after character *i*: negative where a mark gives up half
    its cell, positive where the line is spread. The last gap stands beyond the line's end.
    """

    text: str
    stretches: tuple[Stretch, ...]
    gaps: tuple[float, ...]
    indent_mm: float
    full: bool  # reaches the right edge: every line but a paragraph's last


@dataclass(frozen=True, slots=True)
class Relaxation:
    """A rule that had to give way because a run could not be set otherwise."""

    line: int  # 0-based, within the setting
    rule: str
    text: str  # the run that left no choice


@dataclass(frozen=True, slots=True)
class Setting:
    """A paragraph set in lines; ``cost`` compares settings of the same paragraph only."""

    lines: tuple[Line, ...]
    cost: float
    relaxed: tuple[Relaxation, ...] = ()
