"""What each mark is: where it may not stand, and which part of its cell is blank.

The lists are those of CLREQ at the level GB with the usual additions for digits and their signs;
widths are GB/T 15834-2011, 5.1.
"""

from __future__ import annotations

import re
from enum import IntEnum

OPENING = "“‘（〔【〖［｛《〈「『"
CLOSING = "”’）〕】〗］｝》〉」』"
PAUSING = "，、；："
STOPPING = "。．？！‼⁇⁈⁉"
HALF_CELL = "·‧・／"  # 间隔号 and 分隔号, 5.1.8 and 5.1.9
CONNECTING = "～–—-~/／"  # no space is added round these

NO_LINE_START = f"{STOPPING}{PAUSING}{CLOSING}·‧・–—～-／/％%‰℃°′″々"
NO_LINE_END = f"{OPENING}/／￥¥$£€№＃#§"

# One thing printed with several characters: never split, never spread. 破折号, 省略号, ！！.
JOINED = re.compile("—{2,}|…{2,}|⋯{2,}|[？！]{2,}")
DOUBLED = re.compile("[？！]{2,}")  # 5.1.3: two together take one cell, three take two


class Mark(IntEnum):
    """What a mark is to its neighbours."""

    NONE = 0
    OPENING = 1
    CLOSING = 2
    PAUSING = 3
    STOPPING = 4
    HALF_CELL = 5


MARKS: dict[str, Mark] = {
    char: mark
    for chars, mark in (
        (OPENING, Mark.OPENING),
        (CLOSING, Mark.CLOSING),
        (PAUSING, Mark.PAUSING),
        (STOPPING, Mark.STOPPING),
        (HALF_CELL, Mark.HALF_CELL),
    )
    for char in chars
}

ANY_MARK = re.compile(f"[{re.escape(''.join(MARKS))}]")

# Letters, digits and the signs typed among them: what a Latin face sets and no line breaks.
LATIN_CHARS = "!-~¡-¶¸-ʯͰ-ϿЀ-ӿ"
LATIN_RUN = re.compile(f"[{LATIN_CHARS}]+")
WORD = re.compile("[A-Za-z\u00c0-\u02af\u0370-\u03ff\u0400-\u04ff]{2,}")

BLANK = re.compile("_{2,}")  # room to write in by hand: a rule of as many half cells
BOXES = "□☐☑☒■"  # to be ticked

PUNCTUATION = re.compile(r"[^\w\s]")  # what does not count against a lone last character
