"""Which of the standard's five faces a font is, by its names."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache

from yinfa.composition import Role
from yinfa.reading import Char, Look, TextLine

# The order matters: 小标宋 is also a 宋, 仿宋 too.
NAMES = (
    (Role.XIAOBIAOSONG, r"[小大]标宋|biao ?song|xbs|fandol ?song.*bold|yinfa ?biaosong"),
    (Role.FANGSONG, r"仿宋|fang ?song|fang(?![a-z]{2})|simfang|fsjw|fzfs|^fs|fs_gb"),
    (Role.KAITI, r"楷|kai(?![a-z]{3})|kaiti|fzkt"),
    (Role.HEITI, r"黑体|hei(?![a-z]{3})|heiti|fzht|sans.*(cjk|sc|cn)|yahei|yinfa ?sans"),
    (Role.SONGTI, r"宋|sim ?sun|song|fzss|serif.*(cjk|sc|cn)|yinfa ?serif"),
)
PATTERNS = tuple((role, re.compile(pattern, re.IGNORECASE)) for role, pattern in NAMES)
# Faces that stand in, character by character, for what the office's own face lacks.
STAND_IN = re.compile(r"supplement|noto|source ?han|wenkai|yinfa", re.IGNORECASE)
LATIN = re.compile(r"times|liberation ?serif|tinos|nimbus ?rom|termes|cmr|lmroman", re.IGNORECASE)


@lru_cache(maxsize=256)
def _role(font: str, family: str) -> Role | None:
    for name in (font, family):
        for role, pattern in PATTERNS:
            if pattern.search(name):
                return role
    return None


def role_of(look: Look) -> Role | None:
    """The face *look* is set in, None where its names say nothing."""
    return _role(look.font, look.family)


def stands_in(look: Look) -> bool:
    return bool(STAND_IN.search(look.font) or STAND_IN.search(look.family))


def is_latin_face(look: Look) -> bool:
    return bool(LATIN.search(look.font) or LATIN.search(look.family))


def is_han(char: str) -> bool:
    return "\u4e00" <= char <= "\u9fff" or "\u3400" <= char <= "\u4dbf" or char in "〇々"


def main_look(chars: Iterable[Char]) -> Look | None:
    """The look of most Han characters among *chars*, of most characters where none is Han."""
    some = [char for char in chars if not char.char.isspace()]
    counts = Counter(c.look for c in some if is_han(c.char)) or Counter(c.look for c in some)
    return counts.most_common(1)[0][0] if counts else None


def line_role(line: TextLine) -> Role | None:
    look = main_look(line.chars)
    return role_of(look) if look else None


def is_red(colour: tuple[int, int, int]) -> bool:
    """Red as a screen shows it, pure or as the ink Y80 M80."""
    red, green, blue = colour
    return red >= 200 and green <= 110 and blue <= 90


def is_black(colour: tuple[int, int, int]) -> bool:
    """Black, also the black of one ink, which readers show as a very dark grey."""
    return max(colour) <= 64 and max(colour) - min(colour) <= 24
