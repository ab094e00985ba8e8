"""Where a line may end, and what it costs to end it there.

``break_levels(text)[i]`` says what breaking before character *i* would violate. Levels up to
HYPHEN are allowed; what lies above is broken only when nothing else can be done, least first.
"""

from __future__ import annotations

import re
from enum import IntEnum
from functools import cache

from yinfa.composing.marks import BOXES, JOINED, LATIN_RUN, NO_LINE_END, NO_LINE_START


class Level(IntEnum):
    """What a break would violate, from nothing to everything."""

    FREE = 0
    POOR = 1  # allowed, but a reader stumbles: inside a date, a Chinese number, a URL
    LOATH = 2  # allowed, but hardly ever: inside the word that a number counts in
    HYPHEN = 3  # allowed, with a hyphen printed
    UNIT = 4  # a number from its unit, a year in brackets from its number
    WORD = 5  # inside a number, a word, an address
    MARK = 6  # a mark where none may stand
    PAIR = 7  # inside a mark of several characters


LAST_ALLOWED = Level.HYPHEN
SHORTEST_BROKEN = 5  # characters; a shorter run is no address, and no word to hyphenate

_NUMERAL = "〇零一二三四五六七八九十百千万亿"
# What a number counts in, by its first character: times, money, powers, things, measures, signs.
_COUNT = (
    "年月日号时分秒点周天岁季届期世"
    "元角万亿千百十余多"
    "个名人位件项条款章节编页册份张本字词行段篇家所校户村次回场批组队班级层楼室台套辆架艘支"
    "把颗株头只幅块片面卷集部门类种样处站座幢栋间桩宗例轮对双副箱包桶瓶盒"
    "吨克斤两公千毫厘微米里亩升度瓦伏安兆赫倍成折股票课学小平立英海纳摄"
    "℃％%‰°′″㎡㎥㎏㎜㎝㎞㏄㎎"
)
# Units of several characters, which stay whole after a number.
_UNIT = (
    "个百分点|百分点|小时|分钟|秒钟|个月|人次|课时|学时|课次|公里|公斤|公顷|公分|千米|千克|千瓦时?"
    "|毫米|毫升|毫克|厘米|微米|纳米|平方公里|平方千米|平方米|立方米|英里|英寸|海里|摄氏度"
)
_CLOSING_ASCII = re.compile(r"[,.;:!?)\]}]")
_OPENING_ASCII = re.compile(r"[(\[{]")
_NO_START = re.compile(f"[{re.escape(NO_LINE_START)}]")
_NO_END = re.compile(f"[{re.escape(NO_LINE_END)}]")
ADDRESS = re.compile(
    r"(?:[A-Za-z][\w+.-]*://|www\.|[\w.+-]+@)[!-~]+"
    r"|(?:~|\.{1,2}|[A-Za-z]:)?(?:[/\\][\w.-]+){2,}[/\\]?|[\w.-]+(?:/[\w.-]+){2,}/?",
    re.ASCII,
)
_ADDRESS_ENDS_LINE = "/\\._?&=#"  # after these a line may end within an address
_WORD = re.compile(r"(?<![A-Za-z0-9_@])[A-Za-z]?[a-z]{4,}(?![A-Za-z0-9_@])")
_PLACEHOLDER = re.compile("×{5,}")  # stands for words, no sign of multiplication
_MODIFIER = re.compile("[\u0300-\u036f\u20d0-\u20ff\ufe00-\ufe0f\U000e0100-\U000e01ef]")
_GLUE = re.compile("[\u00a0\u202f\u2060\ufeff]")
_GROUPED = re.compile(r"(?<![\d.,])\d{1,3}(?: \d{3})+(?!\d)")  # GB/T 15835: 1 234 567

# Every break inside a match, or inside its group where it has one, is of the level given.
_INSIDE: tuple[tuple[re.Pattern[str], Level], ...] = (
    (re.compile(f"[{_NUMERAL}]{{2,}}"), Level.POOR),
    (re.compile("[〇零一二三四五六七八九]{3,}年?"), Level.WORD),
    (_GROUPED, Level.WORD),
    (re.compile(rf"第?\d[\d.,]* ?[余多来几]?[万亿千百十]*[{_COUNT}]"), Level.UNIT),
    (re.compile(rf"\d ?[余多来几]?[万亿千百十]*({_UNIT})"), Level.LOATH),
    (re.compile(r"第 ?\d"), Level.UNIT),
    (re.compile(r"〔\d+〕第?\d+号?"), Level.UNIT),
    (re.compile(r"[\d%％‰℃°年月日时分元]+[～–—]\d"), Level.UNIT),
    (re.compile(r"[±＋−＜＞≤≥≈×÷＝]\d"), Level.UNIT),
    (re.compile(r"[Nn]o\. ?\d"), Level.UNIT),
    (re.compile(rf"_{{2,}}[{_COUNT}]"), Level.UNIT),  # ____年: a blank and what is counted in it
    # A box stays with its word, which stands on the side where no space or mark is.
    (re.compile(rf"(?<![^\W{BOXES}])[{BOXES}]\w"), Level.UNIT),
    (re.compile(rf"\w[{BOXES}](?!\w)"), Level.UNIT),
)
# A break before the group's start is of the level given.
_BEFORE: tuple[tuple[re.Pattern[str], Level], ...] = (
    (re.compile(r"\d年(?=\d+月)|\d月(?=\d+日)|\d[时分](?=\d+[分秒])"), Level.POOR),
    (re.compile(r"[^\W\d_](?=〔\d+〕)"), Level.POOR),
)


@cache
def _hyphenator() -> object:
    # Its dictionary takes longer to read than most documents take to set.
    from pyphen import Pyphen  # type: ignore[import-untyped]

    return Pyphen(lang="en_US")


def break_levels(text: str, *, hyphenate: bool = False) -> bytearray:
    """The level of a break before each character of *text*, and one entry more for its end."""
    levels = bytearray(len(text) + 1)
    for found in LATIN_RUN.finditer(text):
        _set_run(levels, text, found.start(), found.end(), hyphenate)
    _set_spaces(levels, text)
    for pattern, level in _INSIDE:
        for found in pattern.finditer(text):
            start, end = found.span(found.lastindex or 0)
            for index in range(start + 1, end):
                levels[index] = max(levels[index], level)
    for pattern, level in _BEFORE:
        for found in pattern.finditer(text):
            levels[found.end()] = max(levels[found.end()], level)
    for found in _GLUE.finditer(text):
        levels[found.start()] = max(levels[found.start()], Level.WORD)
        levels[found.end()] = max(levels[found.end()], Level.WORD)
    _set_marks(levels, text)
    _set_addresses(levels, text)
    levels[0] = levels[len(text)] = Level.FREE
    return levels


def _set_run(levels: bytearray, text: str, start: int, end: int, hyphenate: bool) -> None:
    """A Latin run breaks at hyphenation points and where an address may break, nowhere else."""
    for index in range(start + 1, end):
        levels[index] = Level.WORD
    if _CLOSING_ASCII.match(text[start]):
        levels[start] = Level.WORD
    if _OPENING_ASCII.match(text[end - 1]):
        levels[end] = Level.WORD
    if end - start < SHORTEST_BROKEN:
        return
    for found in _PLACEHOLDER.finditer(text, start, end):
        for index in range(found.start() + 1, found.end()):
            levels[index] = Level.POOR
    addresses = [found.span() for found in ADDRESS.finditer(text, start, end)]
    for first, last in addresses:
        for index in range(first + 1, last):
            if _parts_address(text, index):
                levels[index] = Level.POOR
    if not hyphenate:
        return
    for word in _WORD.finditer(text, start, end):
        if any(first <= word.start() < last for first, last in addresses):
            continue
        for point in _hyphenator().positions(word.group()):  # type: ignore[attr-defined]
            levels[word.start() + point] = Level.HYPHEN


def _set_addresses(levels: bytearray, text: str) -> None:
    """The lists forbid a stroke at a line's end, but an address is parted after it."""
    for found in ADDRESS.finditer(text):
        for index in range(found.start() + 1, found.end()):
            if levels[index] == Level.MARK and _parts_address(text, index):
                levels[index] = Level.POOR


def _parts_address(text: str, index: int) -> bool:
    """Whether a line may end before *index* within an address: after the last of its signs."""
    return text[index - 1] in _ADDRESS_ENDS_LINE and text[index] not in _ADDRESS_ENDS_LINE


def _set_spaces(levels: bytearray, text: str) -> None:
    """A line may end after the last of several spaces, which then hang beyond the edge."""
    for found in re.finditer("[ \u3000]+", text):
        for index in range(found.start(), found.end()):
            levels[index] = max(levels[index], Level.WORD)


def _set_marks(levels: bytearray, text: str) -> None:
    """No mark stands where the lists forbid it; a doubled dash may begin a line, a single not."""
    for found in _NO_START.finditer(text):
        levels[found.start()] = max(levels[found.start()], Level.MARK)
    for found in _NO_END.finditer(text):
        levels[found.end()] = max(levels[found.end()], Level.MARK)
    for found in JOINED.finditer(text):
        start, end = found.span()
        if text[start] == "—":
            levels[start] = _before_dash(text, start)
        for index in range(start + 1, end):
            levels[index] = Level.PAIR
    for found in _MODIFIER.finditer(text):
        levels[found.start()] = Level.PAIR


def _before_dash(text: str, start: int) -> Level:
    """A 破折号 may begin a line, but not after an opening mark or a space that hangs."""
    if start == 0:
        return Level.FREE
    return Level.MARK if text[start - 1] in NO_LINE_END else Level.FREE
