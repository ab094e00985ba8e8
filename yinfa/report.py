"""What is said to people: findings with their place, and the faults that end a run."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

# Controls, separators of lines, and what turns the direction of text.
_UNRULY = re.compile("[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")


class Severity(StrEnum):
    """How much a finding weighs; the word is the one people read."""

    ERROR = "错误"
    WARNING = "警告"
    NOTE = "提示"

    @property
    def rank(self) -> int:
        """0 for the worst."""
        return tuple(Severity).index(self)


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where something stands: a file, then line and column of text, or a page of a PDF; from 1."""

    path: Path
    line: int = 0
    column: int = 0
    page: int = 0

    def __str__(self) -> str:
        where = [str(self.path)]
        if self.page:
            where.append(f"第{self.page}页")
        elif self.line:
            where += [str(self.line), str(self.column)] if self.column else [str(self.line)]
        return ":".join(where)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to tell: where, what is wrong and by how much, and what to do next."""

    place: Place
    message: str
    hint: str = ""
    severity: Severity = Severity.ERROR
    rule: str = ""  # ID of the requirement, such as PN-04, where there is one
    clause: str = ""  # clause of GB/T 9704-2012 or of a companion standard

    def __str__(self) -> str:
        head = f"[{self.rule}] " if self.rule else ""
        tail = f"\n    提示：{self.hint}" if self.hint else ""
        return f"{self.place}: {head}{self.message}{tail}"


class Tally(NamedTuple):
    """How many findings of each severity a check came to."""

    errors: int
    warnings: int
    notes: int

    def __str__(self) -> str:
        counts = zip(Severity, self, strict=True)
        return "，".join(f"{severity} {count} 处" for severity, count in counts)


@dataclass
class Fault(Exception):
    """Something the user can mend; the command line prints its findings and exits with its code."""

    findings: tuple[Finding, ...] = field(default_factory=tuple)
    exit_code = 2

    def __str__(self) -> str:
        return "\n".join(str(finding) for finding in self.findings)


class SourceFault(Fault):
    """The source, or a file it names, cannot be understood or breaks a rule of its form."""


class FaceFault(Fault):
    """A face is missing or damaged, or no face has a character."""


class OutputFault(Fault):
    """The product cannot be written where it should go."""


class ReadingFault(Fault):
    """A PDF cannot be opened or read: no PDF, empty, damaged, encrypted."""


class DeliveryFault(Fault):
    """Sending may not begin, or cannot go on."""


class SetupFault(Fault):
    """The machine lacks something the work needs."""


def unreadable(path: Path, message: str, hint: str, page: int = 0) -> ReadingFault:
    """The fault of a file at *path* that cannot serve as what it is taken for."""
    return ReadingFault((Finding(Place(path, page=page), message, hint),))


def one_line(text: str) -> str:
    """*text* from a file of others as it may be shown: nothing in it moves a cursor."""
    return _UNRULY.sub("", text)
