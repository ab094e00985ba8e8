"""TI, BD: title, addressees and text (clauses 7.3.1 to 7.3.3)."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from yinfa.model import Form
from yinfa.report import Severity
from yinfa.rules import measures as m
from yinfa.rules.heading import CHAPTER
from yinfa.rules.paper import Kind, Paper, Paragraph, Spot
from yinfa.rules.registry import (
    GENERAL,
    Family,
    Found,
    NotApplicable,
    NotMeasurable,
    rule,
)
from yinfa.rules.sides import begins_at, right_edge_mm, right_end_mm, side_pitch_mm, stands_alone
from yinfa.rules.wording import at, mm, quoted

TITLE_LINES, TITLE_CELLS = 3, 20
EQUAL_CELLS = 0.5
BAD_TITLE_END = frozenset("。，；：、,;:.")
BAD_TITLE_START = frozenset("的了、，。；：》”）")
SPREAD_MM = 0.5


def titles(paper: Paper) -> dict[int, tuple[Spot, ...]]:
    """The lines of each title by section: 0 the paper's own."""
    found: dict[int, list[Spot]] = {}
    for spot in paper.of(Kind.TITLE):
        found.setdefault(spot.section, []).append(spot)
    if not found:
        raise NotApplicable("没有标题")
    return {section: tuple(spots) for section, spots in found.items()}


@rule(
    "TI-01",
    clause="7.3.1",
    severity=Severity.WARNING,
    family=Family.PAGE,
    forms=GENERAL,
    title="标题在红线下空二行",
    measured="红色分隔线到标题首行字框上沿的距离",
    right="19.8～26.8 mm",
    wrong="标题紧接红线",
    hint="红线与标题之间空二行",
)
def title_gap(paper: Paper) -> Iterator[Found]:
    """The title stands two blank lines below the red rule (7.3.1)."""
    own = titles(paper).get(0, ())
    if not own or not paper.red_rules:
        raise NotApplicable("没有红色分隔线或标题")
    gap = own[0].line.em_top_mm - paper.red_rules[0].y0_mm
    if not m.within(gap, paper.due.two_blank_mm):
        yield at(own[0], f"标题距红线 {mm(gap)}，应空二行（{m.told(paper.due.two_blank_mm)}）")


def off_centre(paper: Paper, spots: tuple[Spot, ...]) -> Iterator[Found]:
    wanted = paper.due.middle_mm
    for spot in spots:
        middle = spot.line.middle_mm
        if abs(middle - wanted) > m.CENTRE_SLACK_MM:
            yield at(spot, f"{quoted(spot.text)}中点在 {mm(middle)}，应居中（{wanted:g} mm）")


@rule(
    "TI-02",
    clause="7.3.1",
    severity=Severity.ERROR,
    family=Family.PAGE,
    title="标题居中",
    measured="标题各行左右两端的中点",
    right="106 mm ± 1 mm",
    wrong="第二行偏右 3 mm",
    hint="标题居中排布，不用空格凑位置",
)
def title_centred(paper: Paper) -> Iterator[Found]:
    """Every line of the title is centred (7.3.1)."""
    own = titles(paper).get(0, ())
    if not own or paper.form is Form.ATTACHMENT:
        raise NotApplicable("没有公文标题（附件标题见 AT-05）")
    return off_centre(paper, own)


@rule(
    "TI-03",
    clause="7.3.1",
    severity=Severity.WARNING,
    family=Family.PAGE,
    title="标题的形状",
    measured="标题各行的宽度",
    right="梯形（逐行渐长或渐短）或菱形（中间长）",
    wrong="两行等长，或中间短（沙漏形）",
    hint="“标题”写成几行的列表，就按这几行排",
)
def title_shape(paper: Paper) -> Iterator[Found]:
    """A title of several lines is a trapezium or a rhombus (7.3.1)."""
    several = [spots for spots in titles(paper).values() if len(spots) > 1]
    if not several:
        raise NotApplicable("标题只有一行")
    for spots in several:
        cell = spots[0].line.size_mm
        widths = [spot.line.width_mm / cell for spot in spots]
        if max(widths) - min(widths) <= EQUAL_CELLS:
            yield at(spots[0], "标题各行等长，应排成梯形或菱形")
        elif any(
            widths[i] < max(widths[:i]) - EQUAL_CELLS
            and widths[i] < max(widths[i + 1 :]) - EQUAL_CELLS
            for i in range(1, len(widths) - 1)
        ):
            yield at(spots[0], "标题中间短两头长（沙漏形），应排成梯形或菱形")


@rule(
    "TI-04",
    clause="7.3.1",
    severity=Severity.WARNING,
    family=Family.PAGE,
    title="标题分行",
    measured="标题各行的首字、末字",
    right="关于做好2012年\n防汛工作的通知",
    wrong="关于做好防汛工作\n的通知",
    hint="“标题”写成几行的列表，在词意完整处分行",
)
def title_breaks(paper: Paper) -> Iterator[Found]:
    """Title lines break where the sense allows and end without a stop (7.3.1)."""
    for spots in titles(paper).values():
        last = spots[-1].text[-1]
        if last in BAD_TITLE_END:
            yield at(spots[-1], f"标题以“{last}”结尾，标题末尾不用标点")
        for above, below in pairwise(spots):
            if below.text[0] in BAD_TITLE_START:
                yield at(below, f"标题在“{above.text[-1]}”与“{below.text[0]}”之间分行，拆开了词意")


@rule(
    "TI-05",
    clause="7.3.1",
    severity=Severity.WARNING,
    family=Family.PAGE,
    title="标题长短",
    measured="标题的行数和每行字数",
    right="不多于 3 行，每行不多于 20 字",
    wrong="标题排成 5 行",
    hint="缩短标题：发文机关、事由、文种各用最短的说法",
)
def title_length(paper: Paper) -> Iterator[Found]:
    """A title has at most three lines of at most twenty characters (usage)."""
    for spots in titles(paper).values():
        if len(spots) > TITLE_LINES:
            yield at(spots[0], f"标题有 {len(spots)} 行，宜在 3 行以内")
        for spot in spots:
            cells = spot.line.width_mm / spot.line.size_mm
            if cells > TITLE_CELLS + EQUAL_CELLS:
                yield at(spot, f"这一行 {cells:.0f} 字，宜在 20 字以内")


@rule(
    "BD-01",
    clause="7.3.2",
    severity=Severity.ERROR,
    family=Family.PAGE,
    forms=frozenset({Form.NOTICE, Form.LETTER, Form.PLAIN}),
    title="主送机关",
    measured="主送机关与标题的距离、各行左端、末尾标点",
    right="标题下空一行，顶格，末尾全角冒号",
    wrong="左空二字，末尾没有冒号",
    hint="“主送”只写机关名称，冒号由程序加",
)
def addressees(paper: Paper) -> Iterator[Found]:
    """Addressees stand one blank line below the title, flush left, up to a colon (7.3.2)."""
    spots = paper.of(Kind.ADDRESSEE)
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
        if s.kind in {Kind.TITLE, Kind.BYLINE} and s.page == spots[0].page and not s.section
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
def text_on_side_1(paper: Paper) -> Iterator[Found]:
    """Side 1 must show text (7.3.3)."""
    if not paper.of(Kind.TEXT):
        raise NotApplicable("没有正文")
    if not paper.shows_text(1):
        yield Found("首页没有正文", 1)


def _ordinary(paper: Paper) -> Iterator[Paragraph]:
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
)
def paragraph_indent(paper: Paper) -> Iterator[Found]:
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
)
def wraps_flush(paper: Paper) -> Iterator[Found]:
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
def no_paragraph_spacing(paper: Paper) -> Iterator[Found]:
    """Paragraphs follow each other at the pitch of the lines (5.2.3)."""
    measured = False
    for sheet in paper.sheets:
        pitch = side_pitch_mm(paper, sheet.number)
        if pitch is None:
            continue
        for above, below in paper.neighbours(sheet.number):
            if not (above.kind is below.kind is Kind.TEXT and below.opens):
                continue
            if CHAPTER.match(above.text) or CHAPTER.match(below.text):
                continue
            measured = True
            gap = below.line.baseline_mm - above.line.baseline_mm
            if abs(gap - pitch) > 0.2 and not sheet.pictures:
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
def heading_kept(paper: Paper) -> Iterator[Found]:
    """A heading on its own line is not the last of its side (CLREQ)."""
    headings = [p for p in paper.paragraphs if paper.level(p) and stands_alone(p)]
    if not headings:
        raise NotApplicable("没有单独成行的标题")
    texts = paper.of(Kind.TEXT)
    following = {id(a): b for a, b in pairwise(texts)}
    for paragraph in headings:
        last = paragraph.spots[-1]
        after = following.get(id(last))
        if after is not None and after.page != last.page and after.section == last.section:
            yield at(last, f"标题{quoted(paragraph.text)}落在页末")


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
def flush_right(paper: Paper) -> Iterator[Found]:
    """Full lines end at one edge (CLREQ)."""
    if not paper.wrapped:
        raise NotMeasurable("没有整行")
    edge = right_edge_mm(paper)
    for page in sorted({spot.page for spot in paper.wrapped}):
        ends = [right_end_mm(s.line, edge) for s in paper.wrapped if s.page == page]
        if max(ends) - min(ends) > SPREAD_MM:
            yield Found(
                f"整行右端在 {mm(min(ends))}～{mm(max(ends))}，参差 {mm(max(ends) - min(ends))}",
                page,
            )
