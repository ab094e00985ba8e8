"""What a rule is, and how one is registered.

A rule is one requirement and one small function. It yields what it found amiss; it says that it
does not apply, or cannot be measured here, by raising so before it yields anything.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Flag, StrEnum, auto

from yinfa.recognising.format import Format
from yinfa.recognising.paper import Extent
from yinfa.report import Place, Severity


class Family(StrEnum):
    """What a rule looks at."""

    PAGE = "版面"
    FILE = "文件"
    TEXT = "文字"


class Yardstick(Flag):
    """What a rule measures by, as far as an office may have its own."""

    NONE = 0
    HEAD = auto()  # from the head of the page down
    LEFT = auto()  # from the binding edge, and across the type area
    CELLS = auto()
    LINES = auto()
    TITLE_SIZE = auto()
    SMALL_SIZE = auto()
    FACES = auto()
    DIGITS = auto()  # the face of digits and letters
    FOLIO = auto()  # where the folio stands
    DASHES = auto()  # beside the folio


class NotApplicable(Exception):
    """The requirement is about something this document does not have."""


class NotMeasurable(Exception):
    """The requirement applies, but what would show it cannot be had here."""


@dataclass(frozen=True, slots=True)
class Found:
    """One thing amiss: what and by how much, where, and the weight where it is not the rule's."""

    message: str
    page: int = 0
    extent: Extent | None = None
    severity: Severity | None = None
    place: Place | None = None  # of a text rule: where its passage begins in the source
    words: str = ""  # what is amiss in the source, or its first characters
    earlier: int = 0  # how often the passage says the same before
    right: str | None = None  # what should stand for all of *words*, where that is certain


Judge = Callable[..., Iterator[Found]]

EVERY_FORM = frozenset(Format)
GENERAL = frozenset({Format.NOTICE, Format.BULLETIN})
LETTERHEADED = GENERAL | {Format.LETTER, Format.ORDER, Format.MINUTES}


@dataclass(frozen=True, slots=True)
class Requirement:
    """One requirement of the standard, how it is judged, and what people are told about it."""

    identifier: str
    wording: str  # in English, from the judge's docstring
    clause: str
    severity: Severity
    family: Family
    forms: frozenset[Format]
    title: str
    measured: str
    right: str
    wrong: str
    hint: str
    judge: Judge
    measures_by: Yardstick
    without_words: bool  # can be judged of a page that shows no words


RULES: dict[str, Requirement] = {}


def rule(
    identifier: str,
    *,
    clause: str,
    severity: Severity,
    family: Family,
    title: str,
    measured: str,
    right: str,
    wrong: str,
    hint: str,
    forms: frozenset[Format] = EVERY_FORM,
    measures_by: Yardstick = Yardstick.NONE,
    without_words: bool = False,
) -> Callable[[Judge], Judge]:
    """Registers the judge it decorates as the rule *identifier*."""

    def register(judge: Judge) -> Judge:
        if identifier in RULES:
            raise ValueError(f"two rules are called {identifier}")
        wording = (judge.__doc__ or "").strip().splitlines()[0]
        RULES[identifier] = Requirement(
            identifier,
            wording,
            clause,
            severity,
            family,
            forms,
            title,
            measured,
            right,
            wrong,
            hint,
            judge,
            measures_by,
            without_words,
        )
        return judge

    return register
