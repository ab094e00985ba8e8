"""Colours as a press wants them: black with one ink, red as the standard's two.

A press separates the black of three colours into all its inks, and small type gets coloured edges.
Only operators that set DeviceRGB are looked at, which is what office programs write: pictures, also
those within the operators, keep their colours, and words keep their characters.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

RED = b"0 .8 .8 0"  # Y80 M80, 5.2.4
_NUMBER = rb"(\d*\.?\d+|\d+\.)"
_COLOUR = re.compile(
    rb"(?<![^\s\])>])%b\s+%b\s+%b\s+(rg|RG)(?![^\s/\[(<])" % (_NUMBER, _NUMBER, _NUMBER)
)
_APART = re.compile(rb"\(|%[^\r\n]*|(?<!\S)BI\s")  # words, remarks, pictures among the operators
_BRACKET = re.compile(rb"\\.|[()]", re.DOTALL)
_PICTURE_END = re.compile(rb"\sEI(?!\S)")


def press_inks(operators: bytes, *, cmyk: bool) -> bytes:
    """*operators* with every grey and black as ink of its own, and with *cmyk* reds too."""

    def replaced(match: re.Match[bytes]) -> bytes:
        red, green, blue = (float(match[part]) for part in (1, 2, 3))
        stroke = match[4] == b"RG"
        if red == green == blue:
            return match[1] + (b" G" if stroke else b" g")
        if cmyk and red >= 0.8 and max(green, blue) <= 0.2:
            return RED + (b" K" if stroke else b" k")
        return match[0]

    if not _COLOUR.search(operators):
        return operators
    return b"".join(
        _COLOUR.sub(replaced, piece) if drawing else piece for drawing, piece in _pieces(operators)
    )


def _pieces(operators: bytes) -> Iterator[tuple[bool, bytes]]:
    """*operators* in pieces: those that draw, and between them what only looks like operators."""
    start = 0
    while apart := _APART.search(operators, start):
        yield True, operators[start : apart.start()]
        if apart[0] == b"(":
            start = _string_end(operators, apart.end())
        elif apart[0].startswith(b"%"):
            start = apart.end()
        else:
            end = _PICTURE_END.search(operators, apart.end())
            start = end.end() if end else len(operators)
        yield False, operators[apart.start() : start]
    yield True, operators[start:]


def _string_end(operators: bytes, start: int) -> int:
    """Where the string ends that has begun before *start*; brackets within it come in pairs."""
    depth = 1
    for bracket in _BRACKET.finditer(operators, start):
        depth += {b"(": 1, b")": -1}.get(bracket[0], 0)
        if not depth:
            return bracket.end()
    return len(operators)
