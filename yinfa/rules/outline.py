"""BD-06 to BD-09: the order and the writing of level marks (clause 7.3.3)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from yinfa.composition import Role
from yinfa.report import Severity
from yinfa.rules.faces import is_han, role_of
from yinfa.rules.heading import HAN
from yinfa.rules.paper import Paper, Paragraph, Spot
from yinfa.rules.registry import Family, Found, NotApplicable, rule
from yinfa.rules.wording import at

MARK = re.compile(rf"[（(]?([{HAN}]+|\d{{1,2}})")
WRONG = (
    (re.compile(rf"[{HAN}]{{1,3}}[，,.．](?=[\u4e00-\u9fff])"), "一级序数后用顿号：一、"),
    (re.compile(rf"\([{HAN}]{{1,3}}\)"), "二级序数用全角括号：（一）"),
    (re.compile(rf"（[{HAN}]{{1,3}}）[、，．.：]"), "（一）之后不加标点"),
    (re.compile(r"\d{1,2}、"), "三级序数后用下脚点：1."),
    (re.compile(r"\(\d{1,2}\)"), "四级序数用全角括号：（1）"),
    (re.compile(r"（\d{1,2}）[、，．.：]"), "（1）之后不加标点"),
)
DIGITS = {char: number for number, char in enumerate("一二三四五六七八九", 1)}
STOPS = "。；："
HEADING_FACES = {1: Role.HEITI, 2: Role.KAITI}


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


def _headings(paper: Paper) -> list[tuple[int, Paragraph]]:
    """Level and paragraph of each level mark in the text."""
    found = [(paper.level(p), p) for p in paper.paragraphs if paper.level(p)]
    if not found:
        raise NotApplicable("正文没有层次序数")
    return found


@rule(
    "BD-06",
    clause="7.3.3",
    severity=Severity.WARNING,
    family=Family.PAGE,
    title="层次序数的次序",
    measured="各段开头的序数层次",
    right="一、→（一）→1.→（1）",
    wrong="（一）之前没有一、，或一、之下直接用（1）",
    hint="层次依次用；只有两层时可用一、和1.",
)
def level_order(paper: Paper) -> Iterator[Found]:
    """Level marks are used in their order, no level before the one above it (7.3.3)."""
    stack: list[int] = []
    section = -1
    first = min(level for level, _ in _headings(paper))
    for level, paragraph in _headings(paper):
        if paragraph.first.section != section:
            section, stack = paragraph.first.section, []
        while stack and stack[-1] >= level:
            stack.pop()
        above = stack[-1] if stack else 0
        skips = level - above > 1 and not (above == 1 and level == 3)
        if skips and not (above == 0 and level == first):
            yield at(paragraph.first, f"“{_mark(paragraph.first)}”之前没有上一层序数")
        stack.append(level)


def _mark(spot: Spot) -> str:
    match = re.match(r"[（(]?[^）)、.．，]{1,4}[）)、.．，]?", spot.text)
    return match.group() if match else spot.text[:3]


@rule(
    "BD-07",
    clause="7.3.3",
    severity=Severity.WARNING,
    family=Family.PAGE,
    title="层次序数连续",
    measured="同一层序数的数值",
    right="一、二、三、；每层从一起",
    wrong="一、三、",
    hint="序数由程序编；手工编的逐个核对",
)
def level_numbers(paper: Paper) -> Iterator[Found]:
    """Numbers of one level run on, and begin anew under each heading above (7.3.3)."""
    counts: dict[int, int] = {}
    section = -1
    for level, paragraph in _headings(paper):
        if paragraph.first.section != section:
            section, counts = paragraph.first.section, {}
        counts = {known: count for known, count in counts.items() if known <= level}
        number, wanted = number_of(paragraph.text), counts.get(level, 0) + 1
        if number != wanted:
            yield at(paragraph.first, f"“{_mark(paragraph.first)}”应为第 {wanted} 个")
        counts[level] = number


@rule(
    "BD-08",
    clause="7.3.3",
    severity=Severity.ERROR,
    family=Family.PAGE,
    title="层次序数写法",
    measured="各段开头序数的标点",
    right="一、　（一）　1.　（1）",
    wrong="一，　(一)、　1、　(1)",
    hint="源文件里写成“标题”，序数由程序编；手工编的按正例改",
)
def mark_syntax(paper: Paper) -> Iterator[Found]:
    """Level marks are written 一、（一）1.（1） with nothing after brackets (7.3.3)."""
    if not paper.paragraphs:
        raise NotApplicable("没有正文")
    for paragraph in paper.paragraphs:
        for pattern, cure in WRONG:
            match = pattern.match(paragraph.text)
            if match:
                yield at(paragraph.first, f"序数“{match.group()}”写法不对，{cure}")


def _stands_alone(level: int, paragraph: Paragraph) -> bool:
    """Whether a paragraph with a level mark is a heading, and no sentence that is numbered."""
    words = paragraph.text[:-1]
    if len(paragraph.spots) > 2 or set(words) & set("。；"):
        return False
    if "，" not in words or paragraph.text[-1] not in STOPS:
        return True
    chars = (char for spot in paragraph.spots for char in spot.line.chars if is_han(char.char))
    return all(role_of(char.look) is HEADING_FACES[level] for char in chars)


@rule(
    "BD-09",
    clause="7.3.3",
    severity=Severity.WARNING,
    family=Family.PAGE,
    title="单行标题末尾不用标点",
    measured="单独成行的一、二级标题的末字",
    right="一、总体要求",
    wrong="一、总体要求。",
    hint="删去标题末尾的标点",
)
def heading_without_stop(paper: Paper) -> Iterator[Found]:
    """A heading on its own line ends without a stop (usage)."""
    alone = [p for level, p in _headings(paper) if level < 3 and _stands_alone(level, p)]
    if not alone:
        raise NotApplicable("没有单独成行的标题")
    for paragraph in alone:
        if paragraph.text[-1] in STOPS:
            yield at(paragraph.first, f"标题末尾的“{paragraph.text[-1]}”应删去")
