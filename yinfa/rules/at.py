"""AT: attachments (clause 7.3.7)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from yinfa.recognising import measures as m
from yinfa.recognising.paper import Specimen, Spot, SpotKind
from yinfa.report import Severity
from yinfa.rules.registry import Family, Found, NotApplicable, NotMeasurable, Yardstick, rule
from yinfa.rules.ti import off_centre
from yinfa.rules.wording import at, mm, quoted

BOUND = re.compile(r"附件([1-9]\d*)?")
APART = re.compile(r"[\u4e00-\u9fff×]+〔\d{4}〕\d+号附件([1-9]\d*)?")
REPEATED = re.compile(r"附件\d*[:：]?")


def labels(paper: Specimen) -> tuple[Spot, ...]:
    found = paper.of(SpotKind.LABEL)
    if not found:
        raise NotApplicable("没有附件")
    return found


def _third_line_mm(paper: Specimen) -> float:
    """The middle of the third line of the type area, 60.7 mm."""
    return paper.due.top_mm + 2 * paper.due.pitch_mm + paper.due.cell_mm / 2


def title_of(paper: Specimen, label: Spot) -> tuple[Spot, ...]:
    """The title of the attachment that *label* begins."""
    return tuple(s for s in paper.of(SpotKind.TITLE, label.section) if s.page == label.page)


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
def new_side(paper: Specimen) -> Iterator[Found]:
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
def label_text(paper: Specimen) -> Iterator[Found]:
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
    measures_by=Yardstick.HEAD | Yardstick.LEFT,
)
def label_place(paper: Specimen) -> Iterator[Found]:
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
    measures_by=Yardstick.HEAD | Yardstick.LINES,
)
def title_on_third_line(paper: Specimen) -> Iterator[Found]:
    """The attachment's title is centred on the third line of the type area (7.3.7)."""
    measured = False
    for label in labels(paper):
        title = title_of(paper, label)
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
    measures_by=Yardstick.LEFT,
)
def attachment_title(paper: Specimen) -> Iterator[Found]:
    """The attachment's title is centred and does not repeat its label (7.3.7)."""
    measured = False
    for label in labels(paper):
        title = title_of(paper, label)
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
def second_line_empty(paper: Specimen) -> Iterator[Found]:
    """Nothing stands between an attachment's label and its title (7.3.7)."""
    for label in labels(paper):
        title = title_of(paper, label)
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
def before_imprint(paper: Specimen) -> Iterator[Found]:
    """Attachments stand before the imprint (7.3.7)."""
    found = labels(paper)
    if not paper.imprint_page:
        raise NotApplicable("没有版记")
    for label in found:
        if label.page > paper.imprint_page:
            yield at(label, f"“{label.text}”排在版记之后")
