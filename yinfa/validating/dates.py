"""Days as offices write them."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass

from yinfa.report import Place

_DATE = r"(\d{4})\s*(年|[-./])\s*(\d{1,2})\s*(月|[-./])\s*(\d{1,2})\s*(日?)"
_CHINESE = r"[〇○Ｏ零一二三四五六七八九十0-9０-９]{2,4}年.*"
_HOW = "写成 2012年7月1日 或 2012-07-01"
_MONTHS = 12


@dataclass(frozen=True, slots=True)
class Day:
    """A day, one to be written by hand, or none."""

    date: datetime.date | None = None
    place: Place | None = None
    blank: bool = False


def read(words: str) -> tuple[datetime.date | None, str, str]:
    """The day *words* name; or none, with what is wrong and what to do."""
    match = re.fullmatch(_DATE, words, re.ASCII)
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
