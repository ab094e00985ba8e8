"""CFF outlines in which a glyph's CID is its number, as the text of our PDFs counts on.

We and the renderer write glyph numbers into the text, and a reader looks them up as CIDs where the
face is keyed by these. In most faces the two are the same. In one that was cut they are not, and
what it sets would print as nothing. So the face's own table of CIDs is written anew, in its place.
"""

from __future__ import annotations

from collections.abc import Iterator

CHARSET, CHARSTRINGS, ROS = 15, 17, (12, 30)  # operators of the Top DICT, Adobe note 5176, 9
ESCAPE = 12
LAST_OPERATOR = 21
SHORT_INTEGER, LONG_INTEGER, REAL = 0x1C, 0x1D, 0x1E

Operator = int | tuple[int, int]


def count_by_glyph(outlines: bytes) -> bytes:
    """*outlines* with CIDs that are the numbers of the glyphs; as they are where none are keyed."""
    names = _items(outlines, outlines[2])
    top = _items(outlines, names[-1][1])
    operators = dict(_operators(outlines[slice(*top[0])]))
    if ROS not in operators:
        return outlines
    strings, at = operators[CHARSTRINGS], operators[CHARSET]
    charset = _charset(int.from_bytes(outlines[strings : strings + 2], "big"))
    return outlines[:at] + charset + outlines[at + len(charset) :]


def _charset(glyphs: int) -> bytes:
    """The shortest table that gives glyphs 1, 2, 3 … these CIDs; no table of so many is shorter."""
    more = glyphs - 2
    if more < 1:
        return b"\0\0\1"
    if more < 1 << 8:
        return b"\1\0\1" + more.to_bytes(1, "big")
    return b"\2\0\1" + more.to_bytes(2, "big")


def _items(data: bytes, at: int) -> list[tuple[int, int]]:
    """Where each item of the INDEX at *at* begins and ends."""
    count, size = int.from_bytes(data[at : at + 2], "big"), data[at + 2]
    offsets = [
        int.from_bytes(data[place : place + size], "big")
        for place in range(at + 3, at + 3 + (count + 1) * size, size)
    ]
    base = at + 2 + (count + 1) * size  # offsets count from 1
    return [(base + offsets[i], base + offsets[i + 1]) for i in range(count)]


def _operators(top: bytes) -> Iterator[tuple[Operator, int]]:
    """Each operator of a DICT with its last operand, 0 for what is no integer."""
    at = operand = 0
    while at < len(top):
        first = top[at]
        if first <= LAST_OPERATOR:
            escaped = first == ESCAPE
            yield ((first, top[at + 1]) if escaped else first), operand
            at += 1 + escaped
        elif first == REAL:
            while top[at] & 0xF != 0xF and top[at] >> 4 != 0xF:
                at += 1
            at, operand = at + 1, 0
        else:
            operand, at = _integer(top, at)


def _integer(top: bytes, at: int) -> tuple[int, int]:
    """The integer at *at*, and where it ends."""
    first = top[at]
    for code, length in ((SHORT_INTEGER, 2), (LONG_INTEGER, 4)):
        if first == code:
            end = at + 1 + length
            return int.from_bytes(top[at + 1 : end], "big", signed=True), end
    if first < 247:
        return first - 139, at + 1
    if first < 251:
        return (first - 247) * 256 + top[at + 1] + 108, at + 2
    return -(first - 251) * 256 - top[at + 1] - 108, at + 2
