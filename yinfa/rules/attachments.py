"""AT: attachments (clause 7.3.7), also AN-05 and the landscape table of clause 8."""

from __future__ import annotations

import re
from collections.abc import Iterator

from yinfa.reading import TextLine
from yinfa.report import Severity
from yinfa.rules import measures as m
from yinfa.rules.body import off_centre
from yinfa.rules.closing import NUMBERED, items
from yinfa.rules.paper import Kind, Paper, Spot
from yinfa.rules.registry import Family, Found, NotApplicable, NotMeasurable, rule
from yinfa.rules.wording import at, mm, quoted

BOUND = re.compile(r"附件([1-9]\d*)?")
APART = re.compile(r"[\u4e00-\u9fff×]+〔\d{4}〕\d+号附件([1-9]\d*)?")
REPEATED = re.compile(r"附件\d*[:：]?")


def labels(paper: Paper) -> tuple[Spot, ...]:
    found = paper.of(Kind.LABEL)
    if not found:
        raise NotApplicable("没有附件")
    return found


def _third_line_mm(paper: Paper) -> float:
    """The middle of the third line of the type area, 60.7 mm."""
    return paper.due.top_mm + 2 * paper.due.pitch_mm + paper.due.cell_mm / 2


def _title(paper: Paper, label: Spot) -> tuple[Spot, ...]:
    """The title of the attachment that *label* begins."""
    return tuple(s for s in paper.of(Kind.TITLE, label.section) if s.page == label.page)


@rule(
    "AN-05",
    clause="7.3.7",
    severity=Severity.ERROR,
    family=Family.PAGE,
    title="附件与附件说明一致",
    measured="附件说明的序号、名称与各附件的序号、标题（去空格）",
    right="附件说明“1.任务分解表”，附件1 标题“任务分解表”",
    wrong="附件 1 标题为“任务表”",
    hint="附件说明由附件标题生成；改动时两处一起改",
)
def names_agree(paper: Paper) -> Iterator[Found]:
    """Number and title of each attachment equal those in the attachment list (7.3.7)."""
    spots = paper.of(Kind.ATTACHMENT_LIST, 0)
    found = [label for label in paper.of(Kind.LABEL) if label.section]
    lying = [
        line for sheet in paper.sheets for line in sheet.turned_lines if BOUND.fullmatch(line.bare)
    ]
    if not spots or not found:
        raise NotApplicable("没有附件说明，或附件不在本文件内")
    listed = {}
    for lines in items(spots):
        text = "".join(spot.text for spot in lines)
        match = NUMBERED.match(text)
        name = text[match.end() :] if match else re.sub("^附件[:：]", "", text)
        listed[match.group(2) if match else ""] = name
    for label in found:
        match = re.search(r"附件(\d*)", label.text)
        number = match.group(1) if match else ""
        name = "".join(spot.text for spot in _title(paper, label))
        if number not in listed:
            yield at(label, f"附件说明里没有“{label.text}”")
        elif name and listed[number] != name:
            wanted = quoted(listed[number])
            yield at(label, f"{label.text}的标题{quoted(name)}与附件说明{wanted}不同")
    count = len(found) + len(lying)  # a landscape table's label lies with it
    if count < len(listed):
        yield at(spots[0], f"附件说明有 {len(listed)} 个附件，文中只有 {count} 个")


@rule(
    "AT-01",
    clause="7.3.7",
    severity=Severity.ERROR,
    family=Family.PAGE,
    title="附件另面",
    measured="“附件”二字是否本页第一行",
    right="附件从新的一面开始",
    wrong="正文之后接着排“附件1”",
    hint="附件之前分页",
)
def new_side(paper: Paper) -> Iterator[Found]:
    """An attachment begins on a new side (7.3.7)."""
    for label in labels(paper):
        if paper.on_page[label.page][0] is not label:
            yield at(label, f"“{label.text}”不在本页第一行，附件应另面编排")


@rule(
    "AT-02",
    clause="7.3.7",
    severity=Severity.ERROR,
    family=Family.PAGE,
    title="附件标识写法",
    measured="附件首行的文字",
    right="附件，附件2；不装订在一起的：×发〔2012〕3号附件2",
    wrong="附件2：，附件二",
    hint="“附件”后只写顺序号，不加冒号",
)
def label_text(paper: Paper) -> Iterator[Found]:
    """The label is 附件 and its number, no colon; after the document number if apart (7.3.7)."""
    for label in labels(paper):
        if not (BOUND.fullmatch(label.text) or APART.fullmatch(label.text)):
            yield at(label, f"“{label.text}”应写作“附件2”的形式，不加标点")


@rule(
    "AT-03",
    clause="7.3.7",
    severity=Severity.ERROR,
    family=Family.PAGE,
    title="附件标识位置",
    measured="附件首行左端和字框上沿",
    right="顶格（28 mm），版心第一行（37 mm）",
    wrong="左空二字，或在第二行",
    hint="“附件”二字顶格排在版心左上角第一行",
)
def label_place(paper: Paper) -> Iterator[Found]:
    """The label stands flush left on the first line of the type area (7.3.7)."""
    for label in labels(paper):
        left = paper.due.binding_mm
        if abs(label.line.x0_mm - left) > 0.5:
            yield at(label, f"“{label.text}”左端在 {mm(label.line.x0_mm)}，应顶格（{left:g} mm）")
        if abs(label.line.em_top_mm - paper.due.top_mm) > m.MARGIN_SLACK_MM:
            top = mm(label.line.em_top_mm)
            yield at(label, f"“{label.text}”上沿在 {top}，应在第一行（{paper.due.top_mm:g} mm）")


@rule(
    "AT-04",
    clause="7.3.7",
    severity=Severity.ERROR,
    family=Family.PAGE,
    title="附件标题在第三行",
    measured="附件标题首行字框中点",
    right="60.7 mm ± 2.5 mm",
    wrong="标题紧接“附件”排在第二行",
    hint="“附件”与标题之间空一行",
)
def title_on_third_line(paper: Paper) -> Iterator[Found]:
    """The attachment's title is centred on the third line of the type area (7.3.7)."""
    measured = False
    for label in labels(paper):
        title = _title(paper, label)
        if not title:
            continue
        measured = True
        line = title[0].line
        middle = (line.em_top_mm + line.em_bottom_mm) / 2
        third = _third_line_mm(paper)
        if abs(middle - third) > 2.5:
            yield at(title[0], f"附件标题中线在 {mm(middle)}，应在第三行（{mm(third)}）")
    if not measured:
        raise NotMeasurable("认不出附件标题")


@rule(
    "AT-05",
    clause="7.3.7",
    severity=Severity.ERROR,
    family=Family.PAGE,
    title="附件标题居中",
    measured="附件标题各行的中点，是否又写“附件N：”",
    right="居中，只写名称",
    wrong="附件2：工作总结（写在标题里）",
    hint="“标题”只写名称，序号由程序加；单独成文的写“附件序号”",
)
def attachment_title(paper: Paper) -> Iterator[Found]:
    """The attachment's title is centred and does not repeat its label (7.3.7)."""
    measured = False
    for label in labels(paper):
        title = _title(paper, label)
        measured = measured or bool(title)
        yield from off_centre(paper, title)
        if title and REPEATED.match(title[0].text):
            yield at(title[0], "附件标题里不再写“附件”和序号")
    if not measured:
        raise NotMeasurable("认不出附件标题")


@rule(
    "AT-06",
    clause="7.3.7",
    severity=Severity.ERROR,
    family=Family.PAGE,
    title="附件第二行空",
    measured="“附件”与附件标题之间的文字",
    right="空一行",
    wrong="中间印了单位名称",
    hint="删去“附件”与标题之间的文字",
)
def second_line_empty(paper: Paper) -> Iterator[Found]:
    """Nothing stands between an attachment's label and its title (7.3.7)."""
    for label in labels(paper):
        title = _title(paper, label)
        for spot in paper.on_page[label.page]:
            low = title[0].line.baseline_mm if title else _third_line_mm(paper)
            if label.line.baseline_mm + 1 < spot.line.baseline_mm < low - 1:
                yield at(spot, f"“附件”与标题之间有{quoted(spot.text)}")


@rule(
    "AT-07",
    clause="7.3.7",
    severity=Severity.ERROR,
    family=Family.PAGE,
    title="附件在版记之前",
    measured="附件与版记的先后",
    right="正文、附件、版记",
    wrong="版记之后还有附件",
    hint="版记排在最后一页",
)
def before_imprint(paper: Paper) -> Iterator[Found]:
    """Attachments stand before the imprint (7.3.7)."""
    found = labels(paper)
    if not paper.imprint_page:
        raise NotApplicable("没有版记")
    for label in found:
        if label.page > paper.imprint_page:
            yield at(label, f"“{label.text}”排在版记之后")


@rule(
    "TB-01",
    clause="8",
    severity=Severity.ERROR,
    family=Family.PAGE,
    title="横排表格",
    measured="转排文字的方向、范围，横排页的页码位置",
    right="表头朝左（单页在订口、双页在切口），页码位置与其他页相同",
    wrong="表头朝右",
    hint="横排表格按逆时针转 90° 排",
)
def landscape_table(paper: Paper) -> Iterator[Found]:
    """A landscape table has its head at the left of the leaf and stays in the type area (8)."""
    measured = False
    for sheet in paper.sheets:
        turned = [line for line in sheet.turned_lines if line.turn in {90, 270}]
        if sheet.landscape and sheet.rotation:
            measured = True
            if sheet.rotation == 270:
                yield Found("横排表格的表头朝右，应朝左", sheet.number)
        elif len(turned) > 2:
            measured = True
            if sum(line.turn == 90 for line in turned) > len(turned) / 2:
                yield Found("横排表格的表头朝右，应朝左", sheet.number)
            elif any(_outside(paper.due, line) for line in turned if line.turn == 270):
                yield Found("横排表格超出版心", sheet.number)
    if not measured:
        raise NotApplicable("没有横排表格")


def _outside(due: m.Figures, line: TextLine) -> bool:
    """Whether a turned line leaves the type area; its frame is the leaf turned upright."""
    slack = m.MARGIN_SLACK_MM
    head, foot = m.PAPER_HEIGHT_MM - due.bottom_mm, m.PAPER_HEIGHT_MM - due.top_mm
    left = min(due.left_mm, m.PAPER_WIDTH_MM - due.right_mm)  # margins may change sides
    return (
        line.x0_mm < head - slack
        or line.x1_mm > foot + slack
        or line.em_top_mm < left - slack
        or line.em_bottom_mm > due.right_mm + slack
    )
