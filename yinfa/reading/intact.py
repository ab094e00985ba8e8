"""Whether a PDF says rightly where its objects are: readers mend one that does not by guess."""

from __future__ import annotations

import re
from collections.abc import Iterator

TAIL_BYTES = 4096  # the place of the table stands not far from the end
OBJECT_BYTES = 32  # what is looked at where an object should begin

_START = re.compile(rb"startxref\s+(\d+)")
_TABLE = re.compile(rb"\s*xref\s")
_OBJECT = re.compile(rb"\s*\d+\s+\d+\s+obj\b")
_SECTION = re.compile(rb"\s*(\d+)\s+(\d+)\s*?[\r\n]")
_ENTRY = re.compile(rb"\s*(\d{10}) (\d{5}) ([nf])")


def is_intact(content: bytes) -> bool:
    """Whether the last table of *content*, the bytes of a PDF, and what it points to are there."""
    starts = _START.findall(content, max(len(content) - TAIL_BYTES, 0))
    if not starts:
        return False
    before = max(content.find(b"%PDF-"), 0)  # what other programs put in front is not counted
    return any(_holds(content, int(starts[-1]) + shift, shift) for shift in {0, before})


def _holds(content: bytes, place: int, shift: int) -> bool:
    if _OBJECT.match(content, place):  # a stream of references
        return True
    table = _TABLE.match(content, place)
    if table is None:
        return False
    return all(
        _OBJECT.match(content[at + shift : at + shift + OBJECT_BYTES])
        for at in _places(content, table.end())
    )


def _places(content: bytes, position: int) -> Iterator[int]:
    """Where the objects in use begin, as the table says that goes on at *position*."""
    while section := _SECTION.match(content, position):
        position = section.end()
        for _ in range(int(section[2])):
            entry = _ENTRY.match(content, position)
            if entry is None:
                return
            if entry[3] == b"n":
                yield int(entry[1])
            position = entry.end()
