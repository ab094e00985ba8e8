"""The smallest document that still breaks the same law."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from generating.documents import Case

_NEEDED = frozenset({"文种", "标题", "正文"})
_SHORTEST = 2


def shrunk(case: Case, fails: Callable[[Case], bool], most: int = 120) -> Case:
    """The smallest that *fails* of what can be had from *case* in *most* attempts."""
    tried = 0
    while True:
        for smaller in _smaller(case):
            tried += 1
            if fails(smaller):
                case = smaller
                break
            if tried >= most:
                return case
        else:
            return case


def _smaller(case: Case) -> Iterator[Case]:
    """Cases with a little less each, the largest pieces first."""
    if case.house is not None:
        yield replace(case, house=None)
        if len(case.house) > 1:
            for key in case.house:
                yield replace(case, house={k: v for k, v in case.house.items() if k != key})
    for key in [key for key in case.source if key not in _NEEDED]:
        yield replace(case, source={k: v for k, v in case.source.items() if k != key})
    for path in sorted(_paths(case.source), key=len):
        for value in _less(_at(case.source, path)):
            source = copy.deepcopy(case.source)
            _at(source, path[:-1])[path[-1]] = value
            yield replace(case, source=source)


def _paths(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The ways to everything within *value*."""
    if path:
        yield path
    items: Any = ()
    if isinstance(value, dict):
        items = value.items()
    elif isinstance(value, list):
        items = enumerate(value)
    for key, below in items:
        yield from _paths(below, (*path, key))


def _at(value: Any, path: tuple[Any, ...]) -> Any:
    for key in path:
        value = value[key]
    return value


def _less(value: Any) -> Iterator[Any]:
    """*value* with something left out."""
    if isinstance(value, list) and len(value) > 1:
        half = len(value) // 2
        yield from (value[half:], value[:half])
        if len(value) < 12:
            yield from (value[:index] + value[index + 1 :] for index in range(len(value)))
    elif isinstance(value, dict) and len(value) > 1:
        first = next(iter(value))
        yield from ({k: v for k, v in value.items() if k != key} for key in value if key != first)
    elif isinstance(value, str) and len(value) > 2 * _SHORTEST:
        half = len(value) // 2
        yield from (value[half:], value[:half])
