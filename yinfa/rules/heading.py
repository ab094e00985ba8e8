"""The marks of the four levels of 7.3.3."""

from __future__ import annotations

import re

HAN = "一二三四五六七八九十百"
CHAPTER = re.compile(rf"第[{HAN}]+[编章节]")
# Marks written wrongly are known too, so that only the mark is told and not all that follows.
LEVELS = (
    re.compile(rf"[{HAN}]{{1,3}}(、|[，,.．](?=[\u4e00-\u9fff]))"),
    re.compile(rf"[（(][{HAN}]{{1,3}}[）)]"),
    re.compile(r"\d{1,2}(、|[.．](?!\d))"),
    re.compile(r"[（(]\d{1,2}[）)]"),
)


def level_of(text: str) -> int:
    """The level (1 to 4) whose mark begins *text*, 0 where none does."""
    for level, pattern in enumerate(LEVELS, 1):
        if pattern.match(text):
            return level
    return 0
