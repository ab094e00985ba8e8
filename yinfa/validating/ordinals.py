"""The numbers that a source gives itself, 序号."""

from __future__ import annotations

import re

from yinfa.arranging.numbering import from_chinese
from yinfa.load import Mapping, Sequence
from yinfa.model import Ordinal
from yinfa.validating.reader import Fields, clip
from yinfa.words import Type

MOST = 9999
LONGEST_MARK = 8

_DIGITS = "[0-9]{1,4}|[〇零一二三四五六七八九十百千]{1,9}"
_NUMBER = re.compile(
    f"第?(?P<value>{_DIGITS})(?:[条章节]?(?:之(?P<branch>{_DIGITS}))?|[、.．])"
    f"|（(?P<inside>{_DIGITS})）"
)


def ordinal(fields: Fields, *, marks: bool = False, branches: bool = False) -> Ordinal | None:
    """The number of one node: 八, 8 or 第八条; 第八条之一 where there may be *branches*.

    With *marks* what is no such number, as 1.1 or 壹、, is taken as it is typed.
    """
    value = fields.value("ordinal", Type.ORDINAL)
    if value is None or isinstance(value, Mapping | Sequence):
        if value is not None:
            fields.wrong("ordinal", f"“{fields.shown('ordinal')}”应是一个数", "如 8、八、第八条")
        return None
    typed = fields.reader.text(value, fields.shown("ordinal")).value
    if match := _NUMBER.fullmatch(typed):
        number = _value(match["value"] or match["inside"])
        branch = _value(match["branch"]) if match["branch"] else 0
        if number and 0 < number <= MOST and branch is not None and (branches or not branch):
            return Ordinal(number, branch)
    elif marks and 0 < len(typed) <= LONGEST_MARK and typed.isprintable():
        return Ordinal(mark=typed)
    if typed:
        known = "写数或中文数字，如 8、八" + ("、第八条之一" if branches else "")
        also = "；1.1、壹、这样的序号照样写" if marks else ""
        message = f"“{fields.shown('ordinal')}”不能是“{clip(typed)}”"
        fields.wrong("ordinal", message, known + also)
    return None


def running(fields: Fields) -> frozenset[int]:
    """The levels whose numbers run on through the whole text, 连续编号."""
    return frozenset(int(word.value) for word in fields.choices("running"))


def _value(digits: str) -> int | None:
    return int(digits) if digits.isascii() else from_chinese(digits)
