"""PU in the words: punctuation (clause 9; GB/T 15834)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import zip_longest

from yinfa.report import Severity
from yinfa.rules.registry import Family, Found, rule
from yinfa.rules.script import HAN, NUMERAL, Script, each

BAD_STOPS = re.compile(rf"\.{{3,}}|[。，、；：]{{2,}}|(?<=[{HAN}])-{{2,}}")
# — joins places, times and names, 4.13; where a clause begins or ends at it, a dash was meant.
LONE_DASH = re.compile(
    rf"(?<=[{HAN}”》）])(?<!—)—(?!—)(?=[也就即这那是要而但让使把不没]|特别|尤其|包括|坚持)"
    r"|(?<=[了着过是呢吗])—(?!—)"
)
HALF_WIDTH = re.compile(
    rf"(?<=[{HAN}”’》）])[,;:?!(](?!//)|(?<=[{HAN}”》）])\.(?=[{HAN}]|$)|(?<=[{HAN}])\)"
    rf"|\((?=[{HAN}])|[\"'](?=[{HAN}])|(?<=[{HAN}])[\"']|(?<=[\d%％]),(?=[{HAN}])"
)
# BD-08 tells of a level mark that is written wrongly, AN-01 of an attachment list.
TOLD_ELSEWHERE = re.compile(
    r"^(\([一二三四五六七八九十]{1,3}\)|[一二三四五六七八九十]{1,3}[.,]|附件:)"
)
SPACES = re.compile(
    rf"(?<=[{HAN}，。、；：])[ \u3000]+(?=[{HAN}，。、；：\d])|(?<=\d) +(?=[{HAN}])"
)
# A name of two characters spaced out to three, and the words of a table's head: 张　三, 合　计.
# 第一条 stands apart from its words, a telephone number from whose it is.
SPARED = re.compile(
    rf"^第[{NUMERAL}零〇]+[编章节条][ \u3000]+|"
    rf"(?:^|(?<=[、，；：\s]))[{HAN}]\u3000+[{HAN}](?=[、，；。（\s]|$)"
    r"| +(?=\d{3,4}[-—]\d{7,8}|\d{7,11}(?!\d))"
)
LISTED = re.compile("(?<=[》”])、(?=[《“])")
FULL_WIDTH = re.compile("[０-９Ａ-Ｚａ-ｚ]+")
# ）after the number of an item, and marks that are those of English or of minutes and seconds.
ALONE = re.compile(r"(^|[\s：:；;，。、（])(\d{1,2}|[a-zA-Z]|[一二三四五六七八九十]+)）$|\d[’”]$")
ENGLISH = re.compile(r"[a-zA-Z]’[a-zA-Z]")
PAIRS = {"”": "“", "’": "‘", "》": "《", "〉": "〈", "）": "（", "】": "【", "〕": "〔"}
INNER = {"‘": "“", "〈": "《"}  # may stand only inside these


@rule(
    "PU-04",
    clause="GB/T 15834",
    severity=Severity.WARNING,
    family=Family.TEXT,
    title="破折号、省略号写法",
    measured="正文里的单个“—”、三个点、叠用的句号逗号、两个减号",
    right="……，——",
    wrong="...，。。，--",
    hint="省略号写“……”，破折号写“——”",
)
def dashes_and_dots(script: Script) -> Iterator[Found]:
    """The dash is ——, the ellipsis ……; stops are not doubled (GB/T 15834)."""
    yield from each(script, BAD_STOPS, "“{}”应改为规范的标点")
    yield from each(script, LONE_DASH, "破折号应为“——”")


@rule(
    "PU-05",
    clause="GB/T 15834",
    severity=Severity.WARNING,
    family=Family.TEXT,
    title="汉字间不用半角标点",
    measured="与汉字相邻的 , ; : ? ! ( ) 和直引号",
    right="认真学习，抓好落实",
    wrong="认真学习,抓好落实",
    hint="改用全角标点",
)
def full_width_marks(script: Script) -> Iterator[Found]:
    """Marks between Han characters are full-width (GB/T 15834)."""
    yield from each(script, HALF_WIDTH, "“{}”应为全角标点", but=TOLD_ELSEWHERE)


@rule(
    "PU-06",
    clause="GB/T 15834",
    severity=Severity.WARNING,
    family=Family.TEXT,
    title="引号、括号成对",
    measured="引号、书名号、括号是否成对，单引号、单书名号是否在双的之内",
    right="“‘三严三实’专题教育”",
    wrong="“三严三实",
    hint="补上缺的一半；外面用双引号，里面用单引号",
)
def pairs(script: Script) -> Iterator[Found]:
    """Quotes and brackets come in pairs, single ones inside double ones (GB/T 15834)."""
    goes_on = False  # a quotation of several paragraphs opens in each and closes in the last
    for passage, following in zip_longest(script.passages, script.passages[1:]):
        text = passage.text
        opens = text.startswith("“") and text.count("“") - text.count("”") == 1
        before, goes_on = goes_on, opens and following is not None and following.text[:1] == "“"
        unpaired = _unpaired(f"{text}”" if goes_on and (before or opens) else text)
        if unpaired:
            yield passage.found(*unpaired)


def _unpaired(text: str) -> tuple[str, int] | None:
    """What is wrong with the pairs of *text*, and where; None where all is right."""
    opened: list[tuple[str, int]] = []
    openers = frozenset(PAIRS.values())
    for index, char in enumerate(text):
        if char in openers:
            if char in INNER and INNER[char] not in {mark for mark, _ in opened}:
                return f"「{text[index : index + 8]}」{char} 应在 {INNER[char]} 之内", index
            if char in "“《" and opened and opened[-1][0] == char:
                return f"「{text[index : index + 8]}」{char} 里面应改用单的", index
            opened.append((char, index))
        elif char in PAIRS:
            if not opened or opened[-1][0] != PAIRS[char]:
                if ALONE.search(text[: index + 1]):
                    continue
                if ENGLISH.match(text, max(index - 1, 0)):
                    continue
                return f"「{text[max(index - 6, 0) : index + 1]}」{char} 没有前一半", index
            opened.pop()
    if opened:
        mark, index = opened[-1]
        return f"「{text[index : index + 8]}」{mark} 没有后一半", index
    return None


@rule(
    "PU-14",
    clause="GB/T 15834",
    severity=Severity.WARNING,
    family=Family.TEXT,
    title="文字间无空格",
    measured="汉字与汉字、汉字与数字之间的空格",
    right="截至2012年6月底",
    wrong="截至 2012 年6月 底",
    hint="删去空格",
)
def no_spaces(script: Script) -> Iterator[Found]:
    """No space stands between Han characters, or between them and digits (usage)."""
    yield from each(script, SPACES, "有多余的空格", but=SPARED)


@rule(
    "PU-15",
    clause="GB/T 15834",
    severity=Severity.NOTE,
    family=Family.TEXT,
    title="并列的书名号、引号间不加顿号",
    measured="》《、”“ 之间的顿号",
    right="《民法典》《行政处罚法》",
    wrong="《民法典》、《行政处罚法》",
    hint="删去顿号",
)
def no_comma_between(script: Script) -> Iterator[Found]:
    """No 顿号 stands between adjoining titles or quotations (GB/T 15834)."""
    yield from each(script, LISTED, "并列的书名号（引号）之间不加顿号")


@rule(
    "PU-16",
    clause="GB/T 15835",
    severity=Severity.WARNING,
    family=Family.TEXT,
    title="数字、字母用半角",
    measured="全角数字和字母",
    right="2012年",
    wrong="２０１２年",
    hint="改为半角",
)
def half_width_digits(script: Script) -> Iterator[Found]:
    """Digits and letters are half-width (GB/T 15835)."""
    yield from each(script, FULL_WIDTH, "“{}”应为半角")
