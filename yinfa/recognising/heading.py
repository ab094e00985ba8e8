"""The marks of the four levels of 7.3.3."""

from __future__ import annotations

import re
from enum import StrEnum

from yinfa.composition import Role

HAN = "一二三四五六七八九十百"
CHAPTER = re.compile(rf"第[{HAN}]+[编章节]")
MARK = re.compile(rf"[（(]?([{HAN}]+|\d{{1,2}})")
DIGITS = {char: number for number, char in enumerate("一二三四五六七八九", 1)}
HEADING_FACES = {1: Role.HEITI, 2: Role.KAITI}
LONGEST_CELLS = 28  # of a heading that text runs on after


class Standing(StrEnum):
    """What a paragraph that begins with a level mark is."""

    HEADING = "heading"  # one phrase on one line
    RUN_IN = "run-in"  # a first sentence that is the heading of what follows it
    ITEM = "item"  # a sentence that is numbered: no heading, 仿宋 throughout
    OPEN = "open"  # may be either: the page does not tell


# Marks written wrongly are known too, so that only the mark is told and not all that follows.
LEVELS = (
    re.compile(rf"[{HAN}]{{1,3}}(、|[，,.．](?=[\u4e00-\u9fff]))"),
    re.compile(rf"[（(][{HAN}]{{1,3}}[）)]"),
    re.compile(r"\d{1,2}(、|[.．](?!\d))"),
    re.compile(r"[（(]\d{1,2}[）)]"),
)


def number_of(text: str) -> int:
    """The number that the level mark at the start of *text* bears."""
    match = MARK.match(text)
    word = match.group(1) if match else ""
    if word.isdigit():
        return int(word)
    tens, _, ones = word.rpartition("十")
    if "十" in word:
        return 10 * (DIGITS.get(tens, 0) if tens else 1) + DIGITS.get(ones, 0)
    return DIGITS.get(word, 0)


def level_of(text: str) -> int:
    """The level (1 to 4) whose mark begins *text*, 0 where none does."""
    for level, pattern in enumerate(LEVELS, 1):
        if pattern.match(text):
            return level
    return 0


def standing_of(text: str, lines: int) -> Standing:
    """What a paragraph of *text*, with a level mark, is when it takes so many *lines*."""
    stops = set(text) & set("。；：")
    if not stops:
        return Standing.HEADING if lines == 1 else Standing.OPEN
    if stops == {"。"} and text.index("。") == len(text) - 1:
        return Standing.OPEN if lines == 1 else Standing.ITEM
    first, _, rest = text.partition("。")
    cells = sum(0.5 if char.isascii() else 1 for char in first) + 1
    if rest and not set(first) & set("；：") and cells <= LONGEST_CELLS:
        return Standing.RUN_IN
    return Standing.ITEM
