"""Colours as a press wants them: black with one ink, red as the standard's two.

A press separates the black of three colours into all its inks, and small type gets coloured edges.
Only operators are looked at: pictures keep their colours.
"""

from __future__ import annotations

import re

RED = b"0 .8 .8 0"  # Y80 M80, 5.2.4
_NUMBER = rb"(\d*\.?\d+|\d+\.)"
_COLOUR = re.compile(
    rb"(?<![^\s\])>])%b\s+%b\s+%b\s+(rg|RG)(?![^\s/\[(<])" % (_NUMBER, _NUMBER, _NUMBER)
)


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

    return _COLOUR.sub(replaced, operators)
