"""PU on the page: line starts and ends, dashes, numbers, widows (GB/T 15834, 15835, CLREQ)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from yinfa.recognising.faces import is_han
from yinfa.recognising.paper import Specimen, Spot, SpotKind
from yinfa.report import Severity
from yinfa.rules.grid import CLOSING, OPENING, is_address, right_edge_mm
from yinfa.rules.registry import Family, Found, NotApplicable, NotMeasurable, Yardstick, rule
from yinfa.rules.wording import at, mm, quoted

NO_START = frozenset("。．，、；：！？‼⁇⁈⁉”’）〕】〗］｝》〉」』·‧・–～-/／％%‰℃°′″々")
NO_END = frozenset("“‘（〔【〖［｛《〈「『/／￥¥$£€№＃#§")
DASH, ELLIPSIS = "—", "…"
NUMBER_END = re.compile(r"\d[\d.,:/]*$")
NUMBER_START = re.compile(r"^[.,]?\d[\d.,]*(?<=\d)")
UNITS = re.compile(
    r"[%％‰℃]|[年月日号时分秒点周天岁届期元角万亿余多个名人位件项条款章节页册份张本字篇家所校户村次场批组队班级"
    r"层台套辆架艘支把吨克斤米亩升度倍成类门种处座幢栋间宗例轮块片卷集]|公里|千[米克瓦]|[毫厘]米|公顷|学时|小时"
    r"|平方|立方|百分点"
)
PERCENT = frozenset("%％‰℃")
PAIR_EM = 0.05
PARTED = 3  # lines; such a paragraph is parted rather than a side left short, 5.2.3


def _joins(paper: Specimen) -> list[tuple[Spot, Spot]]:
    """Each full line of the text with the line on which its paragraph goes on."""
    found = [
        (above, below)
        for paragraph in paper.paragraphs
        for above, below in pairwise(paragraph.spots)
    ]
    for kind in (SpotKind.ADDRESSEE, SpotKind.ATTACHMENT_LIST, SpotKind.NOTE):
        found += [(a, b) for a, b in pairwise(paper.of(kind)) if a.page == b.page and not b.opens]
    if not found:
        raise NotApplicable("没有回行")
    return found


@rule(
    "PU-01",
    clause="GB/T 15834 5.1",
    severity=Severity.ERROR,
    family=Family.PAGE,
    title="行首禁则",
    measured="回行的首字",
    right="行首是汉字或开引号、开括号",
    wrong="行首是“，”",
    hint="用本程序排；Word 里勾选“按中文习惯控制首尾字符”",
)
def line_starts(paper: Specimen) -> Iterator[Found]:
    """No line begins with a mark that may not begin one (GB/T 15834 5.1)."""
    for above, below in _joins(paper):
        first, second = below.text[0], below.text[1:2]
        lone_dash = first == DASH and second != DASH and not above.text.endswith(DASH)
        if is_address(above.text, below.text):
            continue
        if first in NO_START or lone_dash:
            yield at(below, f"“{first}”在行首")


@rule(
    "PU-02",
    clause="GB/T 15834 5.1",
    severity=Severity.ERROR,
    family=Family.PAGE,
    title="行末禁则",
    measured="整行的末字",
    right="行末是汉字或点号、后引号、后括号",
    wrong="行末是“《”",
    hint="用本程序排；Word 里勾选“按中文习惯控制首尾字符”",
)
def line_ends(paper: Specimen) -> Iterator[Found]:
    """No line ends with a mark that may not end one (GB/T 15834 5.1)."""
    for above, below in _joins(paper):
        if above.text[-1] in NO_END and not is_address(above.text, below.text):
            yield at(above, f"“{above.text[-1]}”在行末")


@rule(
    "PU-03",
    clause="GB/T 15834 5.1.4、5.1.5",
    severity=Severity.ERROR,
    family=Family.PAGE,
    title="破折号和省略号完整",
    measured="“——”“……”是否断行，两半的间距",
    right="两半在同一行，共占两个字",
    wrong="一半在行末、一半在行首",
    hint="用本程序排；Word 里两个字符之间不断行",
)
def pairs_whole(paper: Specimen) -> Iterator[Found]:
    """—— and …… stay on one line and take two characters (GB/T 15834 5.1.4, 5.1.5)."""
    spots = [s for s in paper.spots if s.kind in {SpotKind.TEXT, SpotKind.TITLE, SpotKind.NOTE}]
    if not any(mark in s.text for s in spots for mark in (DASH, ELLIPSIS)):
        raise NotApplicable("没有破折号和省略号")
    following = {id(a): b for a, b in _following(paper)}
    for spot in spots:
        after = following.get(id(spot))
        for mark in (DASH, ELLIPSIS):
            if after is not None and spot.text.endswith(mark) and after.text.startswith(mark):
                run = len(spot.text) - len(spot.text.rstrip(mark))
                if run % 2:
                    yield at(spot, f"“{mark * 2}”拆在两行")
        for one, other in pairwise(spot.line.chars):
            if one.char == other.char and one.char in {DASH, ELLIPSIS}:
                step = (other.x_mm - one.x_mm) / one.size_mm
                if abs(step - 1) > PAIR_EM:
                    yield at(spot, f"“{one.char * 2}”的两半相距 {step:.2f} 个字，应为一个字")


def _following(paper: Specimen) -> list[tuple[Spot, Spot]]:
    return [pair for p in paper.paragraphs for pair in pairwise(p.spots)]


@rule(
    "PU-07",
    clause="GB/T 15835",
    severity=Severity.ERROR,
    family=Family.PAGE,
    title="数字不断行",
    measured="行末与下行行首是否同一个数",
    right="“1234”整个在一行",
    wrong="行末“12”，下行“34万元”",
    hint="数字中间不用普通空格：要分节用千分撇（3,200）或不间断空格",
)
def numbers_whole(paper: Specimen) -> Iterator[Found]:
    """One Arabic number stays on one line (GB/T 15835)."""
    for above, below in _joins(paper):
        end, start = NUMBER_END.search(above.text), NUMBER_START.match(below.text)
        if end and start and not is_address(above.text, below.text):
            yield at(above, f"数字“{end.group()}”与“{start.group()}”拆在两行")


@rule(
    "PU-08",
    clause="GB/T 15835",
    severity=Severity.WARNING,
    family=Family.PAGE,
    title="数字与单位不分开",
    measured="行末数字与下行行首的百分号、单位、年月日（百分号为错误）",
    right="“45%”“2009年”在一行",
    wrong="行末“2009”，下行“年”",
    hint="用本程序排",
)
def units_kept(paper: Specimen) -> Iterator[Found]:
    """A number stays with its unit (GB/T 15835, house usage)."""
    for above, below in _joins(paper):
        if above.text[-1].isdigit() and UNITS.match(below.text):
            first = below.text[0]
            weight = Severity.ERROR if first in PERCENT else None
            yield at(above, f"数字“{above.text[-4:]}”与“{first}”拆在两行", weight)


@rule(
    "PU-09",
    clause="CLREQ",
    severity=Severity.NOTE,
    family=Family.PAGE,
    title="相邻标点的宽度一致",
    measured="段末行（未调整的行）相邻全角标点的中心距",
    right="全文都占一个半字，或都占两个字",
    wrong="有的占一个半，有的占两个",
    hint="相邻标点的宽度由 house.yaml 的“标点”定；Word 里全文用一种",
)
def pairs_consistent(paper: Specimen) -> Iterator[Found]:
    """Neighbouring full-width marks are squeezed everywhere or nowhere (CLREQ)."""
    marks = CLOSING | OPENING
    steps = []
    for paragraph in paper.paragraphs:
        spot = paragraph.spots[-1]
        for one, other in pairwise(spot.line.chars):
            if one.char in marks and other.char in marks:
                steps.append(((other.x_mm - one.x_mm) / one.size_mm, spot))
    if not steps:
        raise NotMeasurable("段末行没有相邻标点")
    squeezed = sum(step < 0.75 for step, _ in steps) > len(steps) / 2
    for step, spot in steps:
        if abs(step - (0.5 if squeezed else 1.0)) > PAIR_EM:
            yield at(spot, f"{quoted(spot.text)}一行相邻标点占 {step + 1:.2f} 个字")


@rule(
    "PU-10",
    clause="GB/T 15834 5.1.10",
    severity=Severity.WARNING,
    family=Family.PAGE,
    title="行末标点",
    measured="行末标点字面（按半个字）超出版心右边的距离",
    right="不超出 0.3 mm",
    wrong="句号悬在版心之外",
    hint="不用悬挂标点；行末标点占半个字",
    measures_by=Yardstick.LEFT,
)
def line_end_marks(paper: Specimen) -> Iterator[Found]:
    """A mark at a line's end takes half a character within the measure (GB/T 15834 5.1.10)."""
    ends = [s for s in paper.of(SpotKind.TEXT) if s.line.chars[-1].char in CLOSING]
    if not ends:
        raise NotApplicable("行末没有标点")
    for spot in ends:
        last = spot.line.chars[-1]
        over = last.x_mm + last.size_mm / 2 - right_edge_mm(paper)
        if over > 0.3:
            yield at(spot, f"行末“{last.char}”超出版心 {mm(over)}")


@rule(
    "PU-11",
    clause="GB/T 15834 5.1.11",
    severity=Severity.WARNING,
    family=Family.PAGE,
    title="孤字",
    measured="各段最后一行的字数",
    right="不少于两个字",
    wrong="最后一行只有“国。”",
    hint="用本程序排；或改动一两个字",
)
def no_lone_character(paper: Specimen) -> Iterator[Found]:
    """No paragraph ends with one character on a line (GB/T 15834 5.1.11)."""
    for paragraph in paper.paragraphs:
        last = paragraph.spots[-1]
        letters = [char for char in last.text if char.isalnum()]
        if len(paragraph.spots) > 1 and len(letters) <= 1 and all(map(is_han, letters)):
            yield at(last, f"段末一行只有“{last.text}”")


@rule(
    "PU-12",
    clause="CLREQ",
    severity=Severity.NOTE,
    family=Family.PAGE,
    title="孤行",
    measured="页首是否只有段的末行，页末是否只有段的首行（三行的段不算）",
    right="跨页的段在每页至少两行",
    wrong="页首只有上页段落的最后一行",
    hint="用本程序排；Word 里勾选“孤行控制”",
)
def no_lone_line(paper: Specimen) -> Iterator[Found]:
    """No side begins with a paragraph's last line, or ends with its first (CLREQ)."""
    for paragraph in paper.paragraphs:
        pages = [spot.page for spot in paragraph.spots]
        if len(set(pages)) < 2 or len(pages) == PARTED:
            continue
        if pages.count(pages[-1]) == 1:
            yield at(paragraph.spots[-1], "页首只有一行，是上页段落的末行")
        if pages.count(pages[0]) == 1:
            yield at(paragraph.first, "页末只有一行，是下页段落的首行")


@rule(
    "PU-13",
    clause="GB/T 15834 5.1.7、5.1.9",
    severity=Severity.NOTE,
    family=Family.PAGE,
    title="间隔号和分隔号占半个字",
    measured="“·”“/”到下一字的距离",
    right="半个字",
    wrong="“·”占一个字",
    hint="换用间隔号为半角的写法",
)
def half_marks(paper: Specimen) -> Iterator[Found]:
    """The middle dot and the slash take half a character (GB/T 15834 5.1.7, 5.1.9)."""
    steps = [
        ((other.x_mm - one.x_mm) / one.size_mm, one.char, paragraph.spots[-1])
        for paragraph in paper.paragraphs
        for one, other in pairwise(paragraph.spots[-1].line.chars)
        if one.char in "·/／" and not (one.char == "/" and other.char.isascii())
    ]
    if not steps:
        raise NotMeasurable("段末行没有间隔号、分隔号")
    for step, char, spot in steps:
        if abs(step - 0.5) > PAIR_EM:
            yield at(spot, f"“{char}”占 {step:.2f} 个字，应占半个字")
