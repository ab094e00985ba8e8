"""Which of the standard's five faces a font is, by its names."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache

from yinfa.composition import Role
from yinfa.reading import Char, Look

# The order matters: 小标宋 is also a 宋, 仿宋 too. Foundries have codes: FZXBSJW, CESI_FS_GB2312.
FOUNDRY = r"(?<![a-z])(fz(gw)?|cesi[_-]?)"
NAMES = (
    (
        Role.XIAOBIAOSONG,
        rf"[小大]标宋|biao ?song|{FOUNDRY}[xd]bs|^xbs|fandol ?song.*bold|yinfa ?biaosong",
    ),
    (
        Role.FANGSONG,
        rf"仿宋|fang ?song|fang(?![a-z]{{2}})|simfang|{FOUNDRY}fs|^fs(?=[jk\d_-]|$)",
    ),
    (
        Role.KAITI,
        rf"(?<!行)楷|(?<!xing)kai(?![a-z]{{3}})|kai ?ti|{FOUNDRY}kt|biaukai",
    ),
    (
        Role.HEITI,
        rf"黑|hei(?![a-z]{{3}})|hei ?ti|{FOUNDRY}ht|sans.*(cjk|sc|cn)|yinfa ?sans",
    ),
    (
        Role.SONGTI,
        rf"宋|sim ?sun|song|{FOUNDRY}ss|serif.*(cjk|sc|cn)|yinfa ?serif",
    ),
)
PATTERNS = tuple((role, re.compile(pattern, re.IGNORECASE)) for role, pattern in NAMES)
# Faces that stand in, character by character, for what the office's own face lacks: those made for
# it, and those large ones that may also set a whole text.
LENT = r"supplement|yinfa.*(signs|rare|boxes)"
SUPPLEMENT = re.compile(LENT, re.IGNORECASE)
STAND_IN = re.compile(rf"{LENT}|noto|source ?han|wenkai", re.IGNORECASE)
# What drivers call fonts when they make a name up: F1, TT0, C2_1, CIDFont+F2, g_d0_f1, font0000c8.
MADE_UP = re.compile(
    r"cidfont|tt[0-9a-f]{6,}t\d+|font(name|[0-9a-f]*)(?![a-z])|no ?name|unnamed|unknown",
    re.IGNORECASE,
)
TELLING = re.compile(r"[a-z]{3}|[^\W\d_a-z]", re.IGNORECASE)


@lru_cache(maxsize=256)
def _role(font: str, family: str) -> Role | None:
    for name in (font, family):
        for role, pattern in PATTERNS:
            if pattern.search(name):
                return role
    return None


def role_of(look: Look) -> Role | None:
    """The face *look* is set in; None where its names tell another face or say nothing."""
    return _role(look.font, look.family)


@lru_cache(maxsize=256)
def _says_nothing(font: str, family: str) -> bool:
    return not any(TELLING.search(MADE_UP.sub(" ", name)) for name in (font, family))


def says_nothing(look: Look) -> bool:
    """Whether neither the file's name for the font nor the font program's own tells a face."""
    return role_of(look) is None and _says_nothing(look.font, look.family)


def supplements(look: Look) -> bool:
    return bool(SUPPLEMENT.search(look.font) or SUPPLEMENT.search(look.family))


def stands_in(look: Look) -> bool:
    return bool(STAND_IN.search(look.font) or STAND_IN.search(look.family))


def is_han(char: str) -> bool:
    return "\u4e00" <= char <= "\u9fff" or "\u3400" <= char <= "\u4dbf" or char in "〇々"


def main_look(chars: Iterable[Char]) -> Look | None:
    """The look of most Han characters among *chars*, of most characters where none is Han."""
    some = [char for char in chars if not char.char.isspace()]
    counts = Counter(c.look for c in some if is_han(c.char)) or Counter(c.look for c in some)
    return counts.most_common(1)[0][0] if counts else None


def is_red(colour: tuple[int, int, int]) -> bool:
    """Red as a screen shows it, pure or as the ink Y80 M80."""
    red, green, blue = colour
    return red >= 200 and green <= 110 and blue <= 90


def is_black(colour: tuple[int, int, int]) -> bool:
    """Black, also the black of one ink, which readers show as a very dark grey."""
    return max(colour) <= 64 and max(colour) - min(colour) <= 24


def reddish(colour: tuple[int, int, int]) -> bool:
    """Whether a picture's mean colour is that of a seal."""
    red, green, blue = colour
    return red > 150 and red - max(green, blue) > 60
