"""Numbers as official documents write them: level marks, chapters, articles, dates."""

from __future__ import annotations

import datetime
import functools

_DIGITS = "零一二三四五六七八九"
_CIRCLED = 0x2460  # ①
_NOTE_MARKS = ((1, _CIRCLED), (21, 0x3251), (36, 0x32B1))  # ① to ⑳, ㉑ to ㉟, ㊱ to ㊿
_CIRCLED_LAST = 50
CIRCLED_MAX = 20
STOPS = "。！？：；"  # end the sentence that a heading is


def chinese(number: int) -> str:
    """*number*, 1 to 9999, in Chinese: 十二, 一百零三.

    >>> chinese(12), chinese(103), chinese(120), chinese(2010)
    ('十二', '一百零三', '一百二十', '二千零一十')
    """
    written = ""
    for value, unit in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // value % 10
        if digit:
            written += _DIGITS[digit] + unit
        elif written and number % value:
            written += "" if written.endswith("零") else "零"
    return written.removeprefix("一") if written.startswith("一十") else written


def from_chinese(written: str) -> int | None:
    """The number that *written* is, 1 to 9999, or None: the other way round of ``chinese``.

    >>> from_chinese("十二"), from_chinese("一百零三"), from_chinese("二〇"), from_chinese("百")
    (12, 103, 20, None)
    """
    return _numbers().get(written)


@functools.cache
def _numbers() -> dict[str, int]:
    """Every writing of a number: by units, or digit by digit."""
    found = {}
    for number in range(1, 10_000):
        spelt = "".join(_DIGITS[int(digit)] for digit in str(number))
        if number > 10:
            found[spelt] = found[spelt.replace("零", "〇")] = number
        found[chinese(number)] = number
    return found


def level_mark(level: int, number: int) -> str:
    """The mark of the *number*-th heading of a level, 7.3.3: 一、（一）1.（1）, then ①."""
    match level:
        case 1:
            return f"{chinese(number)}、"
        case 2:
            return f"（{chinese(number)}）"
        case 3:
            return f"{number}."
        case 4:
            return f"（{number}）"
        case _ if number <= CIRCLED_MAX:
            return chr(_CIRCLED + number - 1)
        case _:
            return f"{number}）"


def written_date(date: datetime.date) -> str:
    """2009年12月31日: Arabic, whole, no leading zeros, 7.3.5.4."""
    return f"{date.year}年{date.month}月{date.day}日"


def note_mark(number: int) -> str:
    """What calls footnote *number* and stands before it: ① to ㊿, then the number itself."""
    if number > _CIRCLED_LAST:
        return str(number)
    first, code = max(pair for pair in _NOTE_MARKS if pair[0] <= number)
    return chr(code + number - first)
