"""Days as offices write them."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass

from yinfa.report import Place

_DATE = r"(\d{4})\s*(年|[-./])\s*(\d{1,2})\s*(月|[-./])\s*(\d{1,2})\s*(日?)"
_DIGITS = "〇一二三四五六七八九"
_WRITTEN = re.compile(
    "([〇○Ｏ零一二三四五六七八九]{4})年([一二三四五六七八九十]{1,2})月([一二三四五六七八九十]{1,3})日"
)
_ZEROS = str.maketrans("○Ｏ零", "〇〇〇")
_CHINESE = r"[〇○Ｏ零一二三四五六七八九十0-9０-９]{2,4}年.*"
_HOW = "写成 2012年7月1日 或 2012-07-01"
_MONTHS = 12


@dataclass(frozen=True, slots=True)
class Day:
    """A day, one to be written by hand, or none."""

    date: datetime.date | None = None
    place: Place | None = None
    blank: bool = False


def in_arabic(words: str) -> str:
    """*words*, a date in Chinese numerals written in Arabic ones; as they are where they are none.

    >>> in_arabic("二〇〇九年十二月三十一日"), in_arabic("二○一二年七月二十日"), in_arabic("去年")
    ('2009年12月31日', '2012年7月20日', '去年')
    """
    match = _WRITTEN.fullmatch(words)
    if match is None:
        return words
    year = "".join(str(_DIGITS.index(digit)) for digit in match[1].translate(_ZEROS))
    month, day = map(_number, match.groups()[1:])
    return f"{year}年{month}月{day}日"


def _number(written: str) -> int:
    """*written*, one of 一 to 九十九; what is written wrongly is no day there is."""
    tens, ten, ones = written.rpartition("十")
    if not ten:
        return int("".join(str(_DIGITS.index(digit)) for digit in written))
    if len(tens) > 1 or len(ones) > 1 or tens == "十":
        return 0
    return 10 * (_DIGITS.index(tens) if tens else 1) + (_DIGITS.index(ones) if ones else 0)


def read(words: str) -> tuple[datetime.date | None, str, str]:
    """The day *words* name; or none, with what is wrong and what to do."""
    match = re.fullmatch(_DATE, in_arabic(words), re.ASCII)
    if not match or (match[2] == "年") != bool(match[6]) or (match[2], match[4]) not in (
        ("年", "月"), ("-", "-"), (".", "."), ("/", "/"),
    ):  # fmt: skip
        if re.fullmatch(_CHINESE, words):
            return None, f"“{words[:20]}”应用四位年份和半角阿拉伯数字，年月日齐全", _HOW
        return None, f"不是日期：“{words[:20]}”", _HOW
    year, month, day = int(match[1]), int(match[3]), int(match[5])
    if not year:
        return None, "没有公元0年", _HOW
    if not 1 <= month <= _MONTHS:
        return None, f"没有{month}月", "月份是1到12"
    try:
        return datetime.date(year, month, day), "", ""
    except ValueError:
        return None, f"{year}年{month}月没有{day}日", _HOW
