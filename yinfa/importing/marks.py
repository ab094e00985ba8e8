"""What the typed numbers and labels of an official document look like."""

from __future__ import annotations

import re
from dataclasses import dataclass

from yinfa.arranging.numbering import CIRCLED_MAX

_HAN = "一二三四五六七八九十"
_NUMBER = "零〇一二三四五六七八九十百千"

_MARKS = (
    (1, re.compile(rf"([{_HAN}百]{{1,5}})\s*[、.．]\s*")),
    (2, re.compile(rf"[（(]\s*([{_HAN}]{{1,4}})\s*[）)]\s*、?\s*")),
    (3, re.compile(r"([0-9０-９]{1,2})\s*(?:[.．](?![0-9０-９])|、)\s*")),
    (4, re.compile(r"[（(]\s*([0-9０-９]{1,2})\s*[）)]\s*、?\s*")),
    (5, re.compile("([①-⑳])\\s*")),
)
_FIRST_OF_MARK = frozenset(_HAN + "百（(0123456789０１２３４５６７８９①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳")
_PARTS = re.compile(
    rf"第\s*([{_NUMBER}]{{1,7}}|[0-9０-９]{{1,3}})\s*([章节条])(?:之([{_HAN}]{{1,3}})(?=\s))?(.?)"
)
# Numbers that no level of 7.3.3 has: they are printed as they are typed.
_OTHER = re.compile(
    rf"(?:[0-9]{{1,2}}(?:[.．][0-9]{{1,2}}){{1,3}}(?![0-9%％])|第[{_HAN}]{{1,3}}(?:部分|篇|编|单元)(?=\s)"
    r"|[壹贰叁肆伍陆柒捌玖拾]{1,3}、|[甲乙丙丁戊己庚辛壬癸]、|[⑴-⒇㈠-㈩]"
    r"|[（(]?[A-Za-z][)）]|[A-Z][.．、]|[ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩIVX]{1,5}[.．、])\s*"
)
# After 第×条 these go on with a sentence about an article.
_ABOUT = "规第之的和与、，。及至到中所款项关有得"
_DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"〇": 0}
_UNITS = {"十": 10, "百": 100, "千": 1000}


@dataclass(frozen=True, slots=True)
class TypedMark:
    """A number at the head of a line: its level (1 to 5, or 0 with a *part* 章, 节, 条).

    *branch* is that of an article put in later, 第十条之一.
    """

    level: int
    number: int
    typed: str
    part: str = ""
    branch: int = 0


def level_mark_of(text: str) -> TypedMark | None:
    """The level mark that *text* begins with: 一、（一）1.（1）①."""
    if text[:1] not in _FIRST_OF_MARK:
        return None
    for level, pattern in _MARKS:
        match = pattern.match(text)
        if match:
            number = value_of(match[1])
            return TypedMark(level, number, match[0]) if number else None
    return None


def part_mark_of(text: str) -> TypedMark | None:
    """第×章, 第×节 or 第×条 at the head of *text*, and nothing that goes on about it."""
    if not text.startswith("第"):
        return None
    match = _PARTS.match(text)
    if not match:
        return None
    number, following = value_of(match[1]), match[4]
    if not number or (following and not following.isspace() and following in _ABOUT):
        return None
    typed = match[0].removesuffix(following) if following and not following.isspace() else match[0]
    spaces = len(text) - len(text[len(typed) :].lstrip())
    branch = value_of(match[3]) if match[3] else 0
    if branch and match[2] != "条":
        return None
    return TypedMark(0, number, text[: max(spaces, len(typed))], match[2], branch)


def other_mark_of(text: str) -> str:
    """The number of another kind that *text* begins with: 1.1, 壹、, A.; nothing for none.

    >>> other_mark_of("1.1　编制目的"), other_mark_of("3.5%以上"), other_mark_of("1.甲")
    ('1.1　', '', '')
    """
    match = _OTHER.match(text)
    return match[0] if match and len(match[0]) < len(text) else ""


def value_of(written: str) -> int:
    """The number that *written* says in Chinese, in digits or in a circle; 0 for none.

    >>> value_of("十二"), value_of("一百零三"), value_of("１２"), value_of("③")
    (12, 103, 12, 3)
    """
    if written.isdecimal():
        return int(written)
    if "①" <= written <= "⑳":
        number = ord(written) - ord("①") + 1
        return number if number <= CIRCLED_MAX else 0
    total, digit = 0, 0
    for char in written:
        if char in _UNITS:
            total += (digit or 1) * _UNITS[char]
            digit = 0
        elif char in _DIGITS:
            digit = _DIGITS[char]
        else:
            return 0
    return total + digit


# --- dates -----------------------------------------------------------------------------------

_YEAR = r"(?:[12]\d{3}|[一二][〇○Ｏ零OО０一二三四五六七八九]{3})"
_PLAIN_DATE = re.compile(
    rf"({_YEAR})\s*年\s*([0-9０-９]{{1,2}}|[{_HAN}]{{1,3}})\s*月"
    rf"\s*([0-9０-９]{{1,2}}|[{_HAN}]{{1,3}})\s*日"
)
_OTHER_DATE = re.compile(r"([12]\d{3})([-./])(\d{1,2})\2(\d{1,2})")
_ZEROS = str.maketrans("○ＯOО０", "〇〇〇〇〇")


def date_of(text: str) -> tuple[int, int, int] | None:
    """Year, month and day when *text* is a date and nothing else."""
    match = _PLAIN_DATE.fullmatch(text)
    if match:
        year = match[1].translate(_ZEROS) if not match[1].isascii() else match[1]
        digits = year if year.isascii() else "".join(str(_DIGITS.get(c, 0)) for c in year)
        return _valid(int(digits), value_of(match[2]), value_of(match[3]))
    match = _OTHER_DATE.fullmatch(text)
    return _valid(int(match[1]), int(match[3]), int(match[4])) if match else None


def _valid(year: int, month: int, day: int) -> tuple[int, int, int] | None:
    import datetime

    try:
        datetime.date(year, month, day)
    except ValueError:
        return None
    return year, month, day


def cells(text: str) -> float:
    """How many full-width characters *text* is wide: digits and Latin letters take half.

    >>> cells("5月1日放假。")
    6.0
    """
    return sum(1 if char > "\u2000" or char in "×·" else 0.5 for char in text)


def is_marked(text: str) -> bool:
    """Whether *text* begins with a number of any kind."""
    return bool(level_mark_of(text) or part_mark_of(text))


_OPENING, _CLOSING = "（(《“‘〔【[「『", "）)》”’〕】]」』"


def first_sentence(text: str) -> int:
    """Where the first sentence of *text* ends, brackets and quotes left whole; 0 for nowhere."""
    depth, quoted = 0, False
    for index, char in enumerate(text):
        if char == '"':
            quoted = not quoted
        elif char in _OPENING:
            depth += 1
        elif char in _CLOSING:
            depth = max(0, depth - 1)
        elif char == "。" and not depth and not quoted:
            return index + 1
    return 0
