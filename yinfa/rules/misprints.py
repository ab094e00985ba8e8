"""The list of words that are often miswritten, and how their places in a text are found.

The list is data: a line has the wrong word, the right one, what excuses the wrong one when it
stands right before or after it, its weight, and an example where the word alone would be none. An
office adds entries of its own and switches entries off.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from importlib.resources import files

from yinfa.model import House, Misprint
from yinfa.report import Severity

_TITLE = re.compile("《[^》]*》")  # what others wrote is quoted as they wrote it
_SEPARATOR = "、"
_BEGINNING = 2  # characters; the shortest word of a list has as many


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


def index_of(house: House) -> Index:
    """The entries that hold for an office, to find them by."""
    return _index(house.misprints, house.misprints_off)


@lru_cache(maxsize=4)
def _index(own: tuple[Misprint, ...], off: frozenset[str]) -> Index:
    return indexed(misprints_of(House(misprints=own, misprints_off=off)))


def misprints_of(house: House) -> tuple[Misprint, ...]:
    """The entries that hold for an office."""
    own = {entry.wrong for entry in house.misprints} | house.misprints_off
    return (*house.misprints, *(one for one in common_misprints() if one.wrong not in own))


Index = Mapping[str, tuple[Misprint, ...]]  # entries by their first characters, the longest first


def found_in(text: str, index: Index) -> Iterator[tuple[int, Misprint]]:
    """Where in *text* which entry of *index* stands; nothing within the marks of a title."""
    matches = list(_matches(text, index))
    if not matches:
        return
    quoted = [match.span() for match in _TITLE.finditer(text)]
    for start, entry in matches:
        if entry.stands_at(text, start) and not any(a < start < b for a, b in quoted):
            yield start, entry


def _matches(text: str, index: Index) -> Iterator[tuple[int, Misprint]]:
    """Every word of the list in *text*, the longest that begins at a place, none within another."""
    free = 0
    for start in range(len(text)):
        for entry in index.get(text[start : start + _BEGINNING], ()):
            if start >= free and text.startswith(entry.wrong, start):
                yield start, entry
                free = start + len(entry.wrong)
                break


def indexed(entries: Iterable[Misprint]) -> Index:
    """*entries*, of which an earlier one goes before a later one of the same word."""
    found: dict[str, dict[str, Misprint]] = {}
    for entry in entries:
        found.setdefault(entry.wrong[:_BEGINNING], {}).setdefault(entry.wrong, entry)
    return {
        beginning: tuple(sorted(words.values(), key=lambda entry: -len(entry.wrong)))
        for beginning, words in found.items()
    }
