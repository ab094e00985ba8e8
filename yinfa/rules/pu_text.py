"""PU in the words: punctuation (clause 9; GB/T 15834)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from itertools import zip_longest

from yinfa.parts import Part
from yinfa.report import Severity
from yinfa.rules.registry import Family, Found, rule
from yinfa.rules.script import HAN, NUMERAL, PROSE, WRITTEN, Script, each

NUMERALS = "零一二三四五六七八九"
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
    rf"(?:^|(?<=[、，；：\s]))[{HAN}]\u3000+[{HAN}](?=[、，；：。（\s]|$)"
    r"| +(?=\d{3,4}[-—]\d{7,8}|\d{7,11}(?!\d))"
    # Two offices side by side: 中共中央 国务院.
    rf"|(?<=[{HAN}]{{2}}[委央会厅部局院府室行署])[ \u3000]+"
    rf"(?=[{HAN}]{{1,12}}[委会厅部局院府室行署])"
)
NAME_LIST = re.compile(rf"(?:[{HAN}]{{1,4}}[ \u3000]+){{2,}}[{HAN}]{{1,4}}")
# Names, lists and tables are spaced as they need it.
SPACED = frozenset(Part) - WRITTEN - {Part.ATTACHMENT_LIST}
LISTED = re.compile("(?<=[》”])、(?=[《“])")
FULL_WIDTH = re.compile("[０-９Ａ-Ｚａ-ｚ]+")
FULL_PERCENT = re.compile("(?<=[0-9])％")
# Shapes of characters that fonts and converters leave behind: ⼯ for 工, 樂 of another plane.
COMPATIBLE = re.compile("[\u2e80-\u2fdf\uf900-\ufaff\ufb00-\ufb06\uff61-\uff9f]+")
SUPPLEMENT = str.maketrans(
    "⺟⻅⻚⻋⻓⻔⻛⻜⻝⻢⻥⻦⻩⻬⻮⻰⺠⻄⻉⻆⺫⻘⻁⻤⻣",
    "母见页车长门风飞食马鱼鸟黄齐齿龙民西贝角目青虎鬼骨",
)
PAUSES = re.compile(
    "、(?=等(?![级同候待于效价额份式腰边差外高距温离量值分]))"
    "|、(?=[和及](?![平睦谐谈解服时格物田县硕龙静顺衷风气善]))"
)
ABOUT = re.compile(
    "(?<![第〇零一二三四五六七八九十百千、])([一二三四五六七八])、([二三四五六七八九])(?=[十百千万]?(?:年(?!级)|[天周月岁个次人名家处里成倍]))"
)
HALF_BRACKET = re.compile(r"^[ \u3000]*(\d{1,2}|[一二三四五六七八九十]{1,3})[）)](?=\S)")
ORDINAL = re.compile(
    "(?:^|(?<=[。；：]))(第[一二三四五六七八九十]、(?![第一二三四五六七八九十])|"
    "[一二三四五六七八九十]是[、，]|首先、|其次、|再次、|最后、)"
)
UNENDED = re.compile("[，、；]$")
CLOSING_STOPS = re.compile("[。！？，；、]”[。，；、]")
HALF_ELLIPSIS = re.compile("(?<!…)…(?!…)")
CITED = re.compile(
    rf"(?P<code>[{HAN}×]{{1,8}})(?<![令告])(?:"
    r"[\[［（(【](?P<year>(?:19|20)\d{2})[\]］）)】]第?(?P<number>\d+)号"
    r"|〔(?P<year_first>(?:19|20)\d{2})〕第(?P<number_first>\d+)号)(?!公告|令)"
)
ANGLES = re.compile(rf"<(?=[{HAN}])|(?<=[{HAN}）])>|«|»")
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
    yield from each(script, HALF_ELLIPSIS, "省略号只有一半", parts=WRITTEN, right=lambda _: "……")
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
    for passage in script.passages:
        if passage.part in SPACED or NAME_LIST.fullmatch(passage.text):
            continue
        clauses = passage.part is Part.TITLE and "关于" not in passage.text
        if clauses:
            continue
        spared = [match.span() for match in SPARED.finditer(passage.text)]
        for match in SPACES.finditer(passage.text):
            if not any(start <= match.start() < end for start, end in spared):
                yield passage.amiss(match, "有多余的空格", "")


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
    yield from each(script, FULL_WIDTH, "“{}”应为半角", right=_half_width)
    for found in each(script, FULL_PERCENT, "“{}”应为半角", right=_half_width):
        yield replace(found, severity=Severity.NOTE)  # many fonts draw both alike


def _half_width(match: re.Match[str]) -> str:
    return unicodedata.normalize("NFKC", match.group())


@rule(
    "PU-17",
    clause="GB 18030",
    severity=Severity.WARNING,
    family=Family.TEXT,
    title="用常用编码的汉字",
    measured="部首区、兼容区的字（看着一样，检索不到）",
    right="工作（U+5DE5）",
    wrong="⼯作（U+2F2F）",
    hint="多半是从别的 PDF 里复制来的，重新输入",
)
def usual_codes(script: Script) -> Iterator[Found]:
    """Characters are encoded as themselves, not as radicals or compatibility forms (GB 18030)."""
    for passage in script.passages:
        for match in COMPATIBLE.finditer(passage.text):
            right = unicodedata.normalize("NFKC", match.group())
            right = right.translate(SUPPLEMENT)
            if right != match.group():
                yield passage.amiss(match, f"“{match.group()}”是部首或兼容字", right)


@rule(
    "PU-18",
    clause="GB/T 15834",
    severity=Severity.WARNING,
    family=Family.TEXT,
    title="顿号",
    measured="“等”“和”“及”之前的顿号，概数中间的顿号",
    right="检查人和负责人，七八周",
    wrong="检查人、和负责人，七、八周",
    hint="删去顿号",
)
def pauses(script: Script) -> Iterator[Found]:
    """No 顿号 stands before 等, 和, 及, or within an approximate number (GB/T 15834 4.5)."""
    yield from each(script, PAUSES, "顿号多余", parts=WRITTEN, right=lambda _: "")
    for passage in script.passages:
        if passage.part not in WRITTEN:
            continue
        for match in ABOUT.finditer(passage.text):
            if NUMERALS.index(match[2]) == NUMERALS.index(match[1]) + 1:
                yield passage.amiss(match, "概数中间不加顿号", f"{match[1]}{match[2]}")


@rule(
    "PU-19",
    clause="GB/T 15834",
    severity=Severity.WARNING,
    family=Family.TEXT,
    title="序次语的标点",
    measured="段首的半个括号，“一是”“第一”之后的标点",
    right="（1）明确责任。一是加强领导。首先，统一思想",
    wrong="1）明确责任。一是、加强领导。首先、统一思想",
    hint="半个括号补成（1）；“一是”后不加标点，“第一”“首先”后用逗号",
)
def ordinals(script: Script) -> Iterator[Found]:
    """Ordinals are 第一，一是 and （1） (GB/T 15834 4.4)."""
    yield from each(
        script, HALF_BRACKET, "括号只有一半", parts=PROSE, right=lambda m: f"（{m[1]}）"
    )
    yield from each(
        script,
        ORDINAL,
        "“{}”的标点不对",
        parts=PROSE,
        right=lambda m: m[1][:-1] if m[1][1] == "是" else f"{m[1][:-1]}，",
    )


@rule(
    "PU-20",
    clause="GB/T 15834",
    severity=Severity.WARNING,
    family=Family.TEXT,
    title="段末标点",
    measured="自然段最后的逗号、顿号；最后一段的分号",
    right="予以通报。",
    wrong="予以通报，",
    hint="改为句号；后面还有话的，并成一段",
)
def paragraph_ends(script: Script) -> Iterator[Found]:
    """A paragraph does not end in a comma or a pause (GB/T 15834)."""
    running = [passage for passage in script.passages if passage.part in PROSE]
    for passage, following in zip_longest(running, running[1:]):
        match = UNENDED.search(passage.text)
        if match is None:
            continue
        last = following is None or following.division != passage.division
        if match.group() != "；" or last:
            yield passage.amiss(match, f"段末是“{match.group()}”", "。")


@rule(
    "PU-21",
    clause="GB/T 15834",
    severity=Severity.WARNING,
    family=Family.TEXT,
    title="引号内外的点号",
    measured="后引号前后同时有点号",
    right="“抓好落实。”",
    wrong="“抓好落实。”。",
    hint="引文独立成句的点号在引号内，否则在引号外，只用一处",
)
def stops_at_quotes(script: Script) -> Iterator[Found]:
    """A stop stands on one side of a closing quotation mark (GB/T 15834)."""
    for passage in script.passages:
        for match in CLOSING_STOPS.finditer(passage.text):
            found = match.group()
            right = f"{found[0]}”" if found[0] == found[2] else f"”{found[2]}"
            yield passage.amiss(match, "引号内外都有点号", right)


@rule(
    "PU-22",
    clause="7.2.5",
    severity=Severity.WARNING,
    family=Family.TEXT,
    title="引用的发文字号",
    measured="正文里引用的发文字号的括号，“第”",
    right="国办发〔2012〕10号",
    wrong="国办发[2012]10号，国办发〔2012〕第10号",
    hint="年份用六角括号〔〕，不写“第”",
)
def cited_numbers(script: Script) -> Iterator[Found]:
    """A document number that is cited has its year in 〔〕 and no 第 (7.2.5)."""
    for passage in script.passages:
        if passage.part is Part.NUMBER:
            continue
        for match in CITED.finditer(passage.text):
            groups = match.groupdict()
            year = groups["year"] or groups["year_first"]
            number = groups["number"] or groups["number_first"]
            start = match.start() + len(groups["code"])
            wrong = passage.text[start : match.end()]
            right = f"〔{year}〕{int(number)}号"
            told = f"{passage.around(start, match.end())}应为“{groups['code']}{right}”"
            yield passage.found(told, start, wrong, right)


@rule(
    "PU-23",
    clause="GB/T 15834",
    severity=Severity.WARNING,
    family=Family.TEXT,
    title="书名号",
    measured="当书名号用的小于号、大于号",
    right="《安全检查方案》",
    wrong="<安全检查方案>",
    hint="改用书名号《》",
)
def title_marks(script: Script) -> Iterator[Found]:
    """Titles stand in 《》, not in signs of less and more (GB/T 15834)."""
    yield from each(script, ANGLES, "“{}”应为书名号（《》，书名号里面的用〈〉）")
