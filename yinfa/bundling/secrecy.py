"""What a bundle of classified documents is marked with: their highest grade, their longest term.

So the rules on carriers of state secrets have it for compilations; a grade without a term stands
for the usual one of the grade.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from yinfa.words import CLASSIFICATIONS

GRADES = tuple(word.chinese[0] for word in CLASSIFICATIONS)  # the highest first
USUAL_YEARS = (30, 20, 10)
DAYS = {"年": 366, "个月": 31, "月": 31, "日": 1, "天": 1}
FOREVER = "长期"
_TERM = rf"[1-9]\d{{0,3}}(?:{'|'.join(DAYS)})|{FOREVER}"
_MARK = rf"({'|'.join(GRADES)})\s*(?:★\s*({_TERM})$)?"


def highest(marks: Iterable[str]) -> str:
    """The classification of what is marked with *marks*; empty where nothing is classified."""
    found = [(grade, term) for grade, _, term in (mark.partition("★") for mark in marks if mark)]
    if not found:
        return ""
    grade = min((grade for grade, _ in found), key=GRADES.index)
    if not any(term for _, term in found):
        return grade
    terms = [term or f"{USUAL_YEARS[GRADES.index(grade)]}年" for grade, term in found]
    return f"{grade}★{max(terms, key=_days)}"


def classified(words: str) -> str:
    """The mark that *words* of a stranger's file begin with; a term that is none is left out."""
    found = re.match(_MARK, words.strip(), re.ASCII)
    if found is None:
        return ""
    return f"{found[1]}★{found[2]}" if found[2] else found[1]


def _days(term: str) -> float:
    if term == FOREVER:
        return float("inf")
    number, unit = re.findall(r"(\d+)(\D+)", term, re.ASCII)[0]
    return int(number) * DAYS[unit]
