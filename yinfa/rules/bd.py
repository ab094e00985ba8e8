"""BD: addressees, text, and its level marks (clauses 7.3.2, 7.3.3)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from yinfa.recognising import measures as m
from yinfa.recognising.faces import is_han, role_of, says_nothing
from yinfa.recognising.format import Format
from yinfa.recognising.heading import CHAPTER, HAN, HEADING_FACES, number_of
from yinfa.recognising.paper import PrintedParagraph, Specimen, Spot, SpotKind
from yinfa.report import Severity
from yinfa.rules.grid import (
    begins_at,
    full_lines,
    right_edge_mm,
    right_end_mm,
    side_pitch_mm,
    stands_alone,
)
from yinfa.rules.registry import (
    GENERAL,
    Family,
    Found,
    NotApplicable,
    NotMeasurable,
    Yardstick,
    rule,
)
from yinfa.rules.wording import at, mm, quoted

WRONG = (
    (re.compile(rf"[{HAN}]{{1,3}}[，,.．](?=[\u4e00-\u9fff])"), "一级序数后用顿号：一、"),
    (re.compile(rf"\([{HAN}]{{1,3}}\)"), "二级序数用全角括号：（一）"),
    (re.compile(rf"（[{HAN}]{{1,3}}）[、，．.：]"), "（一）之后不加标点"),
    (re.compile(r"\d{1,2}、"), "三级序数后用下脚点：1."),
    (re.compile(r"\(\d{1,2}\)"), "四级序数用全角括号：（1）"),
    (re.compile(r"（\d{1,2}）[、，．.：]"), "（1）之后不加标点"),
)
STOPS = "。；："
SPREAD_MM = 0.5


def _headings(paper: Specimen) -> list[tuple[int, PrintedParagraph]]:
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
def level_order(paper: Specimen) -> Iterator[Found]:
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
    measured="同一层序数的数值（可以从一起，也可以全文连着编；节录所缺的只作提示）",
    right="一、二、三、；每层从一起",
    wrong="一、三、二、",
    hint="序数由程序编；手工编的逐个核对",
)
def level_numbers(paper: Specimen) -> Iterator[Found]:
    """Numbers of one level run on, under the heading above or through the document (7.3.3).

    They may begin where an excerpt begins; what an excerpt leaves out is but told.
    """
    _headings(paper)
    last: dict[int, int] = {}
    anew: set[int] = set()  # levels that may begin from one again
    section = -1
    for paragraph in paper.paragraphs:
        level = paper.level(paragraph)
        if not level:
            anew = set(last)  # other text stands between
            continue
        if paragraph.first.section != section:
            section, last = paragraph.first.section, {}
        number, before = number_of(paragraph.text), last.get(level)
        begins = before is None or (number == 1 and level in anew)
        if before is not None and not begins and number != before + 1:
            message = f"“{_mark(paragraph.first)}”之前是第 {before} 个"
            yield at(paragraph.first, message, Severity.NOTE if number > before else None)
        last[level] = number
        anew = {known for known in last if known > level} | (anew - {level})


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
def mark_syntax(paper: Specimen) -> Iterator[Found]:
    """Level marks are written 一、（一）1.（1） with nothing after brackets (7.3.3)."""
    if not paper.paragraphs:
        raise NotApplicable("没有正文")
    for paragraph in paper.paragraphs:
        for pattern, cure in WRONG:
            match = pattern.match(paragraph.text)
            if match:
                yield at(paragraph.first, f"序数“{match.group()}”写法不对，{cure}")


def _is_heading(paper: Specimen, level: int, paragraph: PrintedParagraph) -> bool:
    """Whether a paragraph with a level mark is set as a heading and says one phrase."""
    if set(paragraph.text[:-1]) & set("。；："):
        return False
    chars = (char for spot in paragraph.spots for char in spot.line.chars if is_han(char.char))
    looks = {char.look for char in chars}
    return all(role_of(look) is HEADING_FACES[level] or says_nothing(look) for look in looks)


@rule(
    "BD-09",
    clause="7.3.3",
    severity=Severity.NOTE,
    family=Family.PAGE,
    title="单行标题末尾不用标点",
    measured="单独成行的一、二级标题的末字",
    right="一、总体要求",
    wrong="一、总体要求。",
    hint="删去标题末尾的标点",
)
def heading_without_stop(paper: Specimen) -> Iterator[Found]:
    """A heading on its own line ends without a stop (usage)."""
    alone = [p for level, p in _headings(paper) if level < 3 and _is_heading(paper, level, p)]
    if not alone:
        raise NotApplicable("没有单独成行的标题")
    for paragraph in alone:
        if paragraph.text[-1] in STOPS:
            yield at(paragraph.first, f"标题末尾的“{paragraph.text[-1]}”应删去")


@rule(
    "BD-01",
    clause="7.3.2",
    severity=Severity.ERROR,
    family=Family.PAGE,
    forms=frozenset({Format.NOTICE, Format.LETTER, Format.PLAIN}),
    title="主送机关",
    measured="主送机关与标题的距离、各行左端、末尾标点",
    right="标题下空一行，顶格，末尾全角冒号",
    wrong="左空二字，末尾没有冒号",
    hint="“主送”只写机关名称，冒号由程序加",
    measures_by=Yardstick.LEFT | Yardstick.LINES,
)
def addressees(paper: Specimen) -> Iterator[Found]:
    """Addressees stand one blank line below the title, flush left, up to a colon (7.3.2)."""
    spots = paper.of(SpotKind.ADDRESSEE)
    named = paper.document.addressees if paper.document else ()
    if not spots:
        raise NotApplicable("没有主送机关") if not named else NotMeasurable("认不出主送机关")
    for spot in spots:
        if abs(spot.line.x0_mm - paper.due.left_mm) > m.INDENT_SLACK_MM:
            begins = mm(spot.line.x0_mm)
            yield at(spot, f"主送机关左端在 {begins}，应顶格（{paper.due.left_mm:g} mm）")
    if not spots[-1].text.endswith("："):
        yield at(spots[-1], "主送机关末尾应为全角冒号“：”")
    above = [
        s
        for s in paper.spots
        if s.kind in {SpotKind.TITLE, SpotKind.BYLINE} and s.page == spots[0].page and not s.section
    ]
    if above:
        gap = spots[0].line.em_top_mm - above[-1].line.em_bottom_mm
        if not m.within(gap, paper.due.one_blank_mm):
            due = m.told(paper.due.one_blank_mm)
            yield at(spots[0], f"主送机关距标题 {mm(gap)}，应空一行（{due}）")


@rule(
    "BD-02",
    clause="7.3.3",
    severity=Severity.ERROR,
    family=Family.PAGE,
    forms=GENERAL,
    title="首页显示正文",
    measured="首页正文和表格的行数，有没有图",
    right="首页至少一行正文",
    wrong="首页只有版头、标题和很长的主送机关",
    hint="主送机关太多时移到版记（“抄送”之上）",
)
def text_on_side_1(paper: Specimen) -> Iterator[Found]:
    """Side 1 must show text (7.3.3)."""
    if not paper.of(SpotKind.TEXT):
        raise NotApplicable("没有正文")
    if not paper.shows_text(1):
        yield Found("首页没有正文", 1)


def _ordinary(paper: Specimen) -> Iterator[PrintedParagraph]:
    """The paragraphs of the text that are not centred headings of chapters."""
    return (p for p in paper.paragraphs if not CHAPTER.match(p.text))


@rule(
    "BD-03",
    clause="7.3.3",
    severity=Severity.ERROR,
    family=Family.PAGE,
    title="段首空二字",
    measured="各自然段首行左端到版心左边的距离",
    right="11.1 mm ± 0.4 mm（2 字）",
    wrong="段首空 3 字，或顶格",
    hint="段首缩进 2 字符，不要用空格",
    measures_by=Yardstick.LEFT | Yardstick.CELLS,
)
def paragraph_indent(paper: Specimen) -> Iterator[Found]:
    """Each paragraph begins two characters in (7.3.3)."""
    if not paper.paragraphs:
        raise NotApplicable("没有正文")
    for paragraph in _ordinary(paper):
        spot = paragraph.first
        left = paper.due.binding_mm
        if not begins_at(spot.line, left + paper.due.indent_mm, m.INDENT_SLACK_MM):
            indent, wanted = mm(spot.line.x0_mm - left), mm(paper.due.indent_mm)
            yield at(spot, f"段首“{spot.text[:6]}”空 {indent}，应空二字（{wanted}）")


@rule(
    "BD-04",
    clause="7.3.3",
    severity=Severity.ERROR,
    family=Family.PAGE,
    title="回行顶格",
    measured="各自然段第二行起左端到版心左边的距离",
    right="0 ± 0.4 mm",
    wrong="回行缩进 2 mm",
    hint="段落的左缩进设为 0，只设首行缩进",
    measures_by=Yardstick.LEFT,
)
def wraps_flush(paper: Specimen) -> Iterator[Found]:
    """Further lines of a paragraph are flush left (7.3.3)."""
    wraps = [s for paragraph in _ordinary(paper) for s in paragraph.spots[1:]]
    if not wraps:
        raise NotApplicable("没有回行")
    for spot in wraps:
        left = paper.due.binding_mm
        if not begins_at(spot.line, left, m.INDENT_SLACK_MM):
            yield at(spot, f"回行“{spot.text[:6]}”左端偏 {mm(spot.line.x0_mm - left)}，应顶格")


@rule(
    "BD-05",
    clause="5.2.3",
    severity=Severity.WARNING,
    family=Family.PAGE,
    title="段间不加空",
    measured="相邻两段之间的基线距离",
    right="等于行距（相差不过 0.2 mm）",
    wrong="段前段后各加 6 磅",
    hint="段前、段后间距设为 0，不用空行隔段",
)
def no_paragraph_spacing(paper: Specimen) -> Iterator[Found]:
    """Paragraphs follow each other at the pitch of the lines (5.2.3)."""
    measured = False
    for sheet in paper.sheets:
        pitch = side_pitch_mm(paper, sheet.number)
        if pitch is None:
            continue
        for above, below in paper.neighbours(sheet.number):
            if not (above.kind is below.kind is SpotKind.TEXT and below.opens):
                continue
            if CHAPTER.match(above.text) or CHAPTER.match(below.text):
                continue
            measured = True
            gap = below.line.baseline_mm - above.line.baseline_mm
            foot, top = above.line.em_bottom_mm, below.line.em_top_mm
            if abs(gap - pitch) > 0.2 and not paper.drawn_between(sheet.number, foot - 2, top + 2):
                yield at(below, f"与上段相距 {gap:.2f} mm，行距 {pitch:.2f} mm，段间不应加空")
    if not measured:
        raise NotMeasurable("没有相邻的两段")


@rule(
    "BD-10",
    clause="CLREQ",
    severity=Severity.WARNING,
    family=Family.PAGE,
    title="标题不在页末",
    measured="每页正文最后一行是否单独成段的标题",
    right="标题与其后文字在同一页",
    wrong="“三、工作要求”是本页最后一行",
    hint="程序会自动避免；Word 里选“与下段同页”",
)
def heading_kept(paper: Specimen) -> Iterator[Found]:
    """A heading on its own line is not the last of its side (CLREQ)."""
    headings = [p for p in paper.paragraphs if paper.level(p) and stands_alone(p)]
    if not headings:
        raise NotApplicable("没有单独成行的标题")
    texts = paper.of(SpotKind.TEXT)
    following = {id(a): b for a, b in pairwise(texts)}
    for paragraph in headings:
        last = paragraph.spots[-1]
        after = following.get(id(last))
        if after is None or after.page == last.page or after.section != last.section:
            continue
        if not _followed(paper, last):
            yield at(last, f"标题{quoted(paragraph.text)}落在页末")


def _followed(paper: Specimen, spot: Spot) -> bool:
    """Whether a table, a picture or its name stands under *spot* on its side."""
    kinds = {SpotKind.TABLE, SpotKind.CAPTION}
    lower = (s for s in paper.on_page[spot.page] if s.line.baseline_mm > spot.line.baseline_mm)
    if any(s.kind in kinds for s in lower):
        return True
    return paper.drawn_between(spot.page, spot.line.em_bottom_mm, paper.due.bottom_mm)


@rule(
    "BD-11",
    clause="CLREQ",
    severity=Severity.WARNING,
    family=Family.PAGE,
    title="右边对齐",
    measured="各页整行右端（行末标点按半个字计）最大与最小之差",
    right="不超过 0.5 mm",
    wrong="右边参差 4 mm",
    hint="段落两端对齐",
)
def flush_right(paper: Specimen) -> Iterator[Found]:
    """Full lines end at one edge (CLREQ)."""
    full = full_lines(paper)
    if not full:
        raise NotMeasurable("没有整行")
    edge = right_edge_mm(paper)
    for page in sorted({spot.page for spot in full}):
        ends = [right_end_mm(s.line, edge) for s in full if s.page == page]
        if max(ends) - min(ends) > SPREAD_MM:
            yield Found(
                f"整行右端在 {mm(min(ends))}～{mm(max(ends))}，参差 {mm(max(ends) - min(ends))}",
                page,
            )
