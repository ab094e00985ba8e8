"""What a bundle of classified documents is marked with: their highest grade, their longest term.

So the rules on carriers of state secrets have it for compilations; a grade without a term stands
for the usual one of the grade.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from yinfa.model import Document, Text
from yinfa.words import CLASSIFICATIONS

GRADES = tuple(word.chinese[0] for word in CLASSIFICATIONS)  # the highest first
USUAL_YEARS = (30, 20, 10)
DAYS = {"年": 366, "个月": 31, "月": 31, "日": 1, "天": 1}
FOREVER = "长期"


def highest(documents: Sequence[Document]) -> str:
    """The classification of a bundle of *documents*; empty where none is classified."""
    found = [each.letterhead.classification for each in documents]
    marks = [_parted(text) for text in found if text]
    if not marks:
        return ""
    grade = min((grade for grade, _ in marks), key=GRADES.index)
    if not any(term for _, term in marks):
        return grade
    terms = [term or f"{USUAL_YEARS[GRADES.index(grade)]}年" for grade, term in marks]
    return f"{grade}★{max(terms, key=_days)}"


def _parted(text: Text) -> tuple[str, str]:
    grade, _, term = text.value.partition("★")
    return grade, term


def _days(term: str) -> float:
    if term == FOREVER:
        return float("inf")
    number, unit = re.findall(r"(\d+)(\D+)", term, re.ASCII)[0]
    return int(number) * DAYS[unit]
