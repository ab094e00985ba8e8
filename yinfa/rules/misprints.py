"""The list of words that are often miswritten, and how their places in a text are found.

The list is data: a line has the wrong word, the right one, what excuses the wrong one when it
stands right before or after it, its weight, and an example where the word alone would be none. An
office adds entries of its own and switches entries off.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from importlib.resources import files

from yinfa.model import House, Misprint
from yinfa.report import Severity

_TITLE = re.compile("《[^》]*》")  # what others wrote is quoted as they wrote it
_SEPARATOR = "、"


@lru_cache(maxsize=1)
def common_misprints() -> tuple[Misprint, ...]:
    """The entries that come with the program."""
    text = (files("yinfa.rules") / "misprints.tsv").read_text("utf-8")
    return tuple(map(_entry, text.splitlines()[1:]))


def _entry(line: str) -> Misprint:
    wrong, right, before, after, level, *example = line.split("\t")
    return Misprint(
        wrong,
        right,
        tuple(filter(None, before.split(_SEPARATOR))),
        tuple(filter(None, after.split(_SEPARATOR))),
        Severity(level),
        example[0] if example else "",
    )


def misprints_of(house: House) -> tuple[Misprint, ...]:
    """The entries that hold for an office."""
    own = {entry.wrong for entry in house.misprints} | house.misprints_off
    return (*house.misprints, *(one for one in common_misprints() if one.wrong not in own))


def found_in(text: str, entries: Iterable[Misprint]) -> Iterator[tuple[int, Misprint]]:
    """Where in *text* which of *entries* stands; nothing within the marks of a title."""
    pattern, by_word = _compiled(tuple(entries))
    if pattern is None:
        return
    matches = list(pattern.finditer(text))
    if not matches:
        return
    quoted = [match.span() for match in _TITLE.finditer(text)]
    for match in matches:
        entry = by_word[match[0]]
        start = match.start()
        if entry.stands_at(text, start) and not any(a < start < b for a, b in quoted):
            yield start, entry


@lru_cache(maxsize=4)
def _compiled(
    entries: tuple[Misprint, ...],
) -> tuple[re.Pattern[str] | None, dict[str, Misprint]]:
    by_word = {entry.wrong: entry for entry in reversed(entries)}
    longest_first = sorted(by_word, key=lambda word: (-len(word), word))
    pattern = "|".join(map(re.escape, longest_first))
    return (re.compile(pattern) if pattern else None), by_word
