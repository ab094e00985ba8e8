"""HD, LT, CM, MN: the letterhead of the general format and of the three others (7.2, 10)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from yinfa.composition import Role
from yinfa.model import Form
from yinfa.reading import Stroke
from yinfa.report import Severity
from yinfa.rules import measures as m
from yinfa.rules.faces import is_red, main_look
from yinfa.rules.paper import Kind, Paper, Spot
from yinfa.rules.registry import (
    GENERAL,
    LETTERHEADED,
    Family,
    Found,
    NotApplicable,
    NotMeasurable,
    rule,
)
from yinfa.rules.type import certain, lines_of, wrong_face, wrong_size
from yinfa.rules.wording import at, mm, quoted
from yinfa.words import MINUTES_NUMBER

FLUSH_SLACK_MM = 0.5
COPY_NUMBER = re.compile(r"\d{6}")
CLASSIFICATION = re.compile(r"(绝密|机密|秘密)(★(\d+(年|个月|日)|长期))?")
DOCUMENT_NUMBER = re.compile(r"[\u4e00-\u9fff×]+〔(19|20)\d{2}〕[1-9]\d*号")
ORDER = frozenset({Form.ORDER})
LETTER = frozenset({Form.LETTER})
MINUTES = frozenset({Form.MINUTES})


def _one(paper: Paper, kind: Kind) -> Spot:
    spots = paper.of(kind)
    if not spots:
        raise NotApplicable(f"没有{kind}")
    return spots[0]


def _mark(paper: Paper) -> tuple[Spot, ...]:
    spots = paper.of(Kind.MARK)
    if not spots:
        raise NotApplicable("没有发文机关标志（可能用印好的版头纸）")
    return spots


def ink_top_mm(spots: Sequence[Spot]) -> float:
    """The top of the ink of large characters, of their em box where no ink was measured."""
    return min(
        char.ink_mm[0] if char.ink_mm else char.top_mm
        for spot in spots
        for char in spot.line.inked()
    )


def ink_bottom_mm(spots: Sequence[Spot]) -> float:
    return max(
        char.ink_mm[1] if char.ink_mm else char.bottom_mm
        for spot in spots
        for char in spot.line.inked()
    )


@rule(
    "HD-01",
    clause="7.2.1",
    severity=Severity.ERROR,
    family=Family.PAGE,
    forms=LETTERHEADED,
    title="份号",
    measured="首页版头的编号：位数、左端、所在行",
    right="000012，顶格，版心第一行",
    wrong="编号 12，居右",
    hint="“份号”写 6 位阿拉伯数字",
)
def copy_number(paper: Paper) -> Iterator[Found]:
    """The copy number is six Arabic digits, flush left on the first line (7.2.1)."""
    spot = _one(paper, Kind.COPY_NUMBER)
    if not COPY_NUMBER.fullmatch(spot.text):
        yield at(spot, f"份号“{spot.text}”应为 6 位阿拉伯数字")
    if abs(spot.line.x0_mm - paper.due.left_mm) > FLUSH_SLACK_MM:
        yield at(spot, f"份号左端在 {mm(spot.line.x0_mm)}，应顶格（{paper.due.left_mm:g} mm）")
    top = paper.due.top_mm
    if paper.form is not Form.LETTER and abs(spot.line.em_top_mm - top) > m.MARGIN_SLACK_MM:
        yield at(spot, f"份号上沿在 {mm(spot.line.em_top_mm)}，应在版心第一行（{top:g} mm）")


def _flush_black(paper: Paper, spot: Spot, above: tuple[Kind, ...]) -> Iterator[Found]:
    """What is wrong with a line of 黑体 that stands flush left under those of *above*."""
    left = paper.due.left_mm
    if abs(spot.line.x0_mm - left) > FLUSH_SLACK_MM:
        yield at(spot, f"{spot.kind}左端在 {mm(spot.line.x0_mm)}，应顶格（{left:g} mm）")
    yield from wrong_face(paper, lines_of([spot]), Role.HEITI)
    yield from wrong_size([spot], paper.due.text_size)
    for kind in above:
        for other in paper.of(kind):
            if other.line.baseline_mm >= spot.line.baseline_mm:
                yield at(spot, f"{spot.kind}应在{kind}之下")


@rule(
    "HD-02",
    clause="7.2.2",
    severity=Severity.ERROR,
    family=Family.PAGE,
    forms=LETTERHEADED,
    title="密级和保密期限",
    measured="密级一行的写法、字体、左端、次序",
    right="机密★1年，三号黑体，顶格，在份号下一行",
    wrong="机密一年，仿宋",
    hint="“密级”写“机密★1年”这样的形式，期限用阿拉伯数字",
)
def classification(paper: Paper) -> Iterator[Found]:
    """Classification and term are 黑体 of 3号, flush left below the copy number (7.2.2)."""
    spot = _one(paper, Kind.CLASSIFICATION)
    found = list(_flush_black(paper, spot, (Kind.COPY_NUMBER,)))
    if not CLASSIFICATION.fullmatch(spot.text):
        found.insert(0, at(spot, f"密级“{spot.text}”应写作“机密★1年”的形式"))
    yield from certain(found, lines_of([spot]))


@rule(
    "HD-03",
    clause="7.2.3",
    severity=Severity.ERROR,
    family=Family.PAGE,
    forms=LETTERHEADED,
    title="紧急程度",
    measured="紧急程度一行的写法、字体、左端、次序",
    right="特急，三号黑体，顶格，在密级之下",
    wrong="急件，居右",
    hint="“紧急程度”写“特急”或“加急”",
)
def urgency(paper: Paper) -> Iterator[Found]:
    """Urgency is 特急 or 加急, 黑体 of 3号, flush left after the classification (7.2.3)."""
    spot = _one(paper, Kind.URGENCY)
    found = list(_flush_black(paper, spot, (Kind.COPY_NUMBER, Kind.CLASSIFICATION)))
    if spot.text not in {"特急", "加急"}:
        found.insert(0, at(spot, f"紧急程度“{spot.text}”应为“特急”或“加急”"))
    yield from certain(found, lines_of([spot]))


def _mark_top(paper: Paper, wanted_mm: float, slack_mm: float) -> Iterator[Found]:
    marks = _mark(paper)
    top = ink_top_mm(marks)
    if abs(top - wanted_mm) > slack_mm:
        yield at(marks[0], f"发文机关标志上边缘在 {mm(top)}，应为 {wanted_mm:g} mm")


@rule(
    "HD-04",
    clause="7.2.4",
    severity=Severity.ERROR,
    family=Family.PAGE,
    forms=GENERAL,
    title="发文机关标志的高度",
    measured="标志字形上边缘到纸上边的距离",
    right="72 mm ± 1.5 mm（版心上边下 35 mm）",
    wrong="标志上边缘在 62 mm（1999 年版的 25 mm）",
    hint="由 house.yaml 的“天头”定；Word 里调标志的段前距；改版式的见 layouts",
)
def mark_top(paper: Paper) -> Iterator[Found]:
    """The upper edge of the issuer mark is 35 mm below that of the type area (7.2.4)."""
    return _mark_top(paper, paper.due.mark_top_mm, 1.5)


@rule(
    "HD-05",
    clause="7.2.4",
    severity=Severity.ERROR,
    family=Family.PAGE,
    forms=LETTERHEADED,
    title="发文机关标志居中",
    measured="标志左右两端的中点",
    right="106 mm ± 1 mm",
    wrong="标志偏左 3 mm",
    hint="标志居中排布，不用空格凑位置",
)
def mark_centred(paper: Paper) -> Iterator[Found]:
    """The issuer mark is centred (7.2.4)."""
    marks = _mark(paper)
    middle = (min(s.line.x0_mm for s in marks) + max(s.line.x1_mm for s in marks)) / 2
    if abs(middle - paper.due.middle_mm) > m.CENTRE_SLACK_MM:
        yield at(marks[0], f"发文机关标志中点在 {mm(middle)}，应为 {paper.due.middle_mm:g} mm")


@rule(
    "HD-06",
    clause="7.2.4",
    severity=Severity.ERROR,
    family=Family.PAGE,
    forms=LETTERHEADED,
    title="发文机关标志红色小标宋",
    measured="标志的颜色和字体名（字体为推荐，只作警告）",
    right="红色小标宋",
    wrong="黑色宋体",
    hint="标志设为红色；字体用小标宋",
)
def mark_red(paper: Paper) -> Iterator[Found]:
    """The issuer mark is red, in 小标宋 (7.2.4)."""
    marks = _mark(paper)
    yield from certain(_wrong_marks(paper, marks), lines_of(marks))


def _wrong_marks(paper: Paper, marks: Sequence[Spot]) -> Iterator[Found]:
    for spot in marks:
        look = main_look(spot.line.chars)
        if look is not None and not is_red(look.colour):
            red, green, blue = look.colour
            yield at(spot, f"{quoted(spot.text)}的颜色是 RGB({red},{green},{blue})，应为红色")
        for found in wrong_face(paper, lines_of([spot]), Role.XIAOBIAOSONG):
            yield at(spot, found.message, Severity.WARNING)


@rule(
    "HD-07",
    clause="7.2.5",
    severity=Severity.ERROR,
    family=Family.PAGE,
    forms=LETTERHEADED,
    title="发文字号写法",
    measured="发文字号的文字",
    right="国办发〔2012〕10号",
    wrong="国办发[2012]第010号",
    hint="“发文字号”用六角括号〔〕，年份四位，不写“第”，序号前不加 0",
)
def number_pattern(paper: Paper) -> Iterator[Found]:
    """A document number is issuer code, year in 〔〕, number without zeros or 第, 号 (7.2.5)."""
    if paper.form is Form.ORDER:
        raise NotApplicable("令号另有写法")
    spot = _one(paper, Kind.NUMBER)
    if paper.form is Form.MINUTES and re.fullmatch(MINUTES_NUMBER, spot.text):
        return  # 10.3 leaves its form to the office
    if not DOCUMENT_NUMBER.fullmatch(spot.text):
        yield at(spot, f"发文字号“{spot.text}”应写作“×发〔2012〕10号”的形式")


@rule(
    "HD-08",
    clause="7.2.5",
    severity=Severity.WARNING,
    family=Family.PAGE,
    forms=GENERAL,
    title="发文字号在标志下空二行",
    measured="标志字框下沿到发文字号字框上沿的距离",
    right="19.8～26.8 mm",
    wrong="发文字号紧接标志下一行",
    hint="标志与发文字号之间空二行",
)
def number_gap(paper: Paper) -> Iterator[Found]:
    """The document number stands two blank lines below the mark (7.2.5)."""
    marks, spot = _mark(paper), _one(paper, Kind.NUMBER)
    gap = spot.line.em_top_mm - max(mark.line.em_bottom_mm for mark in marks)
    due = paper.due.two_blank_mm
    if not m.within(gap, due) and not paper.of(Kind.SIGNATORY):
        yield at(spot, f"发文字号与标志相距 {mm(gap)}，应空二行（{m.told(due)}）")


@rule(
    "HD-09",
    clause="7.2.5",
    severity=Severity.ERROR,
    family=Family.PAGE,
    forms=frozenset({Form.NOTICE, Form.MINUTES}),
    title="发文字号位置",
    measured="发文字号的中点；有签发人时为左端",
    right="居中（106 mm）；上行文居左空一字（33.6 mm）",
    wrong="上行文的发文字号居中",
    hint="发文字号的位置由“签发人”决定，不要另加空格",
)
def number_place(paper: Paper) -> Iterator[Found]:
    """The number is centred; in upward documents one character in from the left (7.2.5)."""
    spot = _one(paper, Kind.NUMBER)
    if paper.of(Kind.SIGNATORY):
        wanted = paper.due.left_mm + paper.due.cell_mm
        if abs(spot.line.x0_mm - wanted) > FLUSH_SLACK_MM:
            yield at(spot, f"发文字号左端在 {mm(spot.line.x0_mm)}，应居左空一字（{mm(wanted)}）")
    elif abs(spot.line.middle_mm - paper.due.middle_mm) > m.CENTRE_SLACK_MM:
        middle = paper.due.middle_mm
        yield at(spot, f"发文字号中点在 {mm(spot.line.middle_mm)}，应居中（{middle:g} mm）")


@rule(
    "HD-10",
    clause="7.2.6",
    severity=Severity.ERROR,
    family=Family.PAGE,
    forms=GENERAL,
    title="签发人",
    measured="“签发人”和姓名的字体、右端，与发文字号是否同行；请示、报告有没有",
    right="“签发人：”仿宋，姓名楷体，居右空一字，末行与发文字号同行",
    wrong="姓名用仿宋，右端顶到版心边",
    hint="“签发人”只写姓名，一个发文机关一个",
)
def signatory(paper: Paper) -> Iterator[Found]:
    """Signatories stand one character in from the right, names in 楷体 (7.2.6)."""
    spots = paper.of(Kind.SIGNATORY)
    due = _signatories_due(paper)
    if not spots and not due:
        raise NotApplicable("没有签发人（不是上行文）")
    told = len(paper.document.letterhead.signatories) if paper.document else 0
    if told < due:
        message = f"上行文有{due}个发文机关，标了{told}个签发人" if told else "上行文没有标签发人"
        yield Found(message, 1, severity=Severity.WARNING)
    if spots:
        yield from certain(_wrong_signatories(paper, spots), lines_of(spots))


def _signatories_due(paper: Paper) -> int:
    """How many signatories the source owes: one an issuer where it is upward and has a head."""
    document = paper.document
    if document is None or document.genre not in ("请示", "报告"):
        return 0
    head = document.letterhead
    return max(len(document.signature.issuers), 1) if head.mark or head.preprinted else 0


def _wrong_signatories(paper: Paper, spots: Sequence[Spot]) -> Iterator[Found]:
    for spot in spots:
        text = spot.line.text
        cut = text.find("：") + 1 if "签发人" in spot.text else 0
        yield from wrong_face(paper, [(spot, spot.line.chars[:cut])], Role.FANGSONG)
        yield from wrong_face(paper, [(spot, spot.line.chars[cut:])], Role.KAITI)
    right = max(spot.line.x1_mm for spot in spots)
    wanted = paper.due.right_mm - paper.due.cell_mm
    if abs(right - wanted) > 0.7:
        yield at(spots[0], f"签发人右端在 {mm(right)}，应居右空一字（{mm(wanted)}）")
    numbers = paper.of(Kind.NUMBER)
    last = max(spots, key=lambda spot: spot.line.baseline_mm)
    if numbers and abs(numbers[0].line.baseline_mm - last.line.baseline_mm) > 0.5:
        yield at(numbers[0], "发文字号应与最后一个签发人姓名同一行")


@rule(
    "HD-11",
    clause="7.2.7",
    severity=Severity.ERROR,
    family=Family.PAGE,
    forms=frozenset({Form.NOTICE}),
    title="红色分隔线",
    measured="首页红色横线的长度、左端、与发文字号的距离",
    right="与版心等宽（156 mm），在发文字号下 4 mm",
    wrong="长 140 mm，距发文字号 8 mm",
    hint="分隔线与版心等宽，居中",
)
def red_rule(paper: Paper) -> Iterator[Found]:
    """A red rule as wide as the type area stands 4 mm below the document number (7.2.7)."""
    if paper.document is not None and paper.document.letterhead.preprinted:
        raise NotApplicable("版头已印好")
    numbers = paper.of(Kind.NUMBER)
    if not paper.of(Kind.MARK):
        raise NotApplicable("没有版头")
    if not paper.red_rules:
        yield Found("首页没有红色分隔线", 1)
        return
    stroke = paper.red_rules[0]
    extent = stroke_extent(stroke)
    if abs(stroke.length_mm - paper.due.type_width_mm) > 1.0:
        wide = f"{paper.due.type_width_mm:g} mm"
        yield Found(f"红色分隔线长 {mm(stroke.length_mm)}，应为 {wide}", 1, extent)
    elif abs(stroke.x0_mm - paper.due.left_mm) > 1.0:
        left = f"{paper.due.left_mm:g} mm"
        yield Found(f"红色分隔线左端在 {mm(stroke.x0_mm)}，应为 {left}", 1, extent)
    if numbers:
        gap = stroke.top_mm - numbers[0].line.em_bottom_mm
        if abs(gap - m.RED_RULE_DROP_MM) > 0.7:
            yield Found(f"红色分隔线距发文字号 {mm(gap)}，应为 4 mm", 1, extent)


def stroke_extent(stroke: Stroke) -> tuple[float, float, float, float]:
    return stroke.x0_mm, stroke.top_mm, stroke.x1_mm, stroke.bottom_mm


# --- letter, 10.1 ---------------------------------------------------------------------------------


@rule(
    "LT-01",
    clause="10.1",
    severity=Severity.ERROR,
    family=Family.PAGE,
    forms=LETTER,
    title="信函标志的高度",
    measured="标志字形上边缘到纸上边的距离",
    right="30 mm ± 1.5 mm",
    wrong="标志在版心之内（37 mm 以下）",
    hint="信函格式的标志在版心上边之外",
)
def letter_mark_top(paper: Paper) -> Iterator[Found]:
    """The letter's mark has its upper edge 30 mm below the paper's (10.1)."""
    return _mark_top(paper, m.LETTER_MARK_TOP_MM, 1.5)


def double_rules(paper: Paper) -> list[tuple[Stroke, Stroke]]:
    """The pairs of red rules that stand closer than 3 mm, from the top."""
    strokes = paper.red_rules
    pairs, index = [], 0
    while index + 1 < len(strokes):
        if strokes[index + 1].y0_mm - strokes[index].y0_mm < 3:
            pairs.append((strokes[index], strokes[index + 1]))
            index += 2
        else:
            index += 1
    return pairs


@rule(
    "LT-02",
    clause="10.1",
    severity=Severity.ERROR,
    family=Family.PAGE,
    forms=LETTER,
    title="信函红色双线",
    measured="首页两条红色双线的粗细、长度、位置",
    right="标志下 4 mm 上粗下细；距下页边 20 mm 上细下粗；均长 170 mm",
    wrong="下边的双线上粗下细",
    hint="双线由版式画，不要用文字框或页眉线代替",
)
def letter_rules(paper: Paper) -> Iterator[Found]:
    """Red double rules of 170 mm stand 4 mm below the mark and 20 mm above the foot (10.1)."""
    pairs = double_rules(paper)
    if len(pairs) != 2:
        yield Found(f"首页有 {len(pairs)} 条红色双线，应有 2 条", 1)
        return
    (thick, thin), (low_thin, low_thick) = pairs
    if thick.thickness_mm <= thin.thickness_mm:
        yield Found("标志下的双线应上粗下细", 1, stroke_extent(thick))
    if low_thick.thickness_mm <= low_thin.thickness_mm:
        yield Found("页下边的双线应上细下粗", 1, stroke_extent(low_thick))
    marks = paper.of(Kind.MARK)
    if marks:
        gap = thick.top_mm - ink_bottom_mm(marks)
        box_gap = thick.top_mm - max(s.line.em_bottom_mm for s in marks)
        if all(abs(g - m.RED_RULE_DROP_MM) > 1 for g in (gap, box_gap)):
            yield Found(f"双线距标志 {mm(gap)}，应为 4 mm", 1, stroke_extent(thick))
    if abs(low_thick.bottom_mm - m.LETTER_FOOT_MM) > 1:
        foot = m.PAPER_HEIGHT_MM - low_thick.bottom_mm
        yield Found(f"下边双线距下页边 {mm(foot)}，应为 20 mm", 1, stroke_extent(low_thick))
    for stroke in (thick, thin, low_thin, low_thick):
        middle = (stroke.x0_mm + stroke.x1_mm) / 2
        if abs(stroke.length_mm - m.LETTER_RULE_MM) > 1:
            yield Found(f"双线长 {mm(stroke.length_mm)}，应为 170 mm", 1, stroke_extent(stroke))
        elif not m.within(middle, (105, 106), 1.5):
            yield Found(f"双线中点在 {mm(middle)}，应居中", 1, stroke_extent(stroke))


@rule(
    "LT-03",
    clause="10.1",
    severity=Severity.ERROR,
    family=Family.PAGE,
    forms=LETTER,
    title="信函发文字号",
    measured="发文字号右端，与双线的距离",
    right="顶格居右（184 mm），在双线下 7/8 个三号字高（4.84 mm）",
    wrong="发文字号居中",
    hint="信函格式的发文字号居右",
)
def letter_number(paper: Paper) -> Iterator[Found]:
    """The letter's number stands flush right, 7/8 of a 3号 below the double rule (10.1)."""
    spot = _one(paper, Kind.NUMBER)
    if abs(spot.line.x1_mm - paper.due.right_mm) > 0.7:
        right = f"{paper.due.right_mm:g} mm"
        yield at(spot, f"发文字号右端在 {mm(spot.line.x1_mm)}，应顶格居右（{right}）")
    pairs = double_rules(paper)
    if pairs:
        gap = spot.line.em_top_mm - pairs[0][1].bottom_mm
        if abs(gap - paper.due.gap_mm) > 1:
            yield at(spot, f"发文字号距双线 {mm(gap)}，应为 {mm(paper.due.gap_mm)}")


@rule(
    "LT-04",
    clause="10.1",
    severity=Severity.WARNING,
    family=Family.PAGE,
    forms=LETTER,
    title="信函标题位置",
    measured="最后一个版头要素下沿到标题上沿的距离",
    right="二行（19.8～26.8 mm，或一空行）",
    wrong="标题紧接发文字号",
    hint="标题与上方要素相距二行",
)
def letter_title_gap(paper: Paper) -> Iterator[Found]:
    """The letter's title stands two lines below the last element above it (10.1)."""
    title = _one(paper, Kind.TITLE)
    above = [
        spot.line.em_bottom_mm
        for spot in paper.spots
        if spot.page == title.page and spot.line.baseline_mm < title.line.baseline_mm - 1
    ]
    if not above:
        raise NotMeasurable("标题上方没有要素")
    gap = title.line.em_top_mm - max(above)
    if not any(m.within(gap, due) for due in (paper.due.two_blank_mm, paper.due.one_blank_mm)):
        yield at(title, f"标题距上方要素 {mm(gap)}，应为二行")


@rule(
    "LT-05",
    clause="10.1",
    severity=Severity.ERROR,
    family=Family.PAGE,
    forms=LETTER,
    title="信函版记",
    measured="末页有无版记分隔线、印发机关和印发日期",
    right="只有抄送机关，不加分隔线",
    wrong="版记有“印发”一行和分隔线",
    hint="信函格式删去“印发机关”“印发日期”",
)
def letter_imprint(paper: Paper) -> Iterator[Found]:
    """A letter's imprint has neither rules nor printing office and date (10.1)."""
    if paper.imprint_rules:
        stroke = paper.imprint_rules[0]
        yield Found("信函格式的版记不加分隔线", paper.imprint_page, stroke_extent(stroke))
    for spot in paper.of(Kind.IMPRINT):
        if spot.text.endswith("印发"):
            yield at(spot, "信函格式的版记不加印发机关和印发日期")


# --- order and minutes, 10.2, 10.3 ----------------------------------------------------------------


@rule(
    "CM-01",
    clause="10.2",
    severity=Severity.ERROR,
    family=Family.PAGE,
    forms=ORDER,
    title="命令（令）标志的高度",
    measured="标志字形上边缘到纸上边的距离",
    right="57 mm ± 1.5 mm（版心上边下 20 mm）",
    wrong="标志上边缘在 72 mm",
    hint="命令格式的标志距版心上边 20 mm",
)
def order_mark_top(paper: Paper) -> Iterator[Found]:
    """The order's mark has its upper edge 20 mm below that of the type area (10.2)."""
    return _mark_top(paper, paper.due.order_mark_top_mm, 1.5)


@rule(
    "CM-02",
    clause="10.2",
    severity=Severity.WARNING,
    family=Family.PAGE,
    forms=ORDER,
    title="令号",
    measured="令号的中点，与标志、正文的距离",
    right="第10号，居中，上下各空二行",
    wrong="令号紧接标志",
    hint="令号上下各空二行",
)
def order_number(paper: Paper) -> Iterator[Found]:
    """The order's number is centred with two blank lines above and below (10.2)."""
    spot = _one(paper, Kind.NUMBER)
    if abs(spot.line.middle_mm - paper.due.middle_mm) > m.CENTRE_SLACK_MM:
        middle = paper.due.middle_mm
        yield at(spot, f"令号中点在 {mm(spot.line.middle_mm)}，应居中（{middle:g} mm）")
    above = spot.line.em_top_mm - max(s.line.em_bottom_mm for s in _mark(paper))
    if not m.within(above, paper.due.two_blank_mm):
        yield at(spot, f"令号与标志相距 {mm(above)}，应空二行")
    texts = [s for s in paper.of(Kind.TEXT) if s.page == spot.page]
    if texts:
        below = texts[0].line.em_top_mm - spot.line.em_bottom_mm
        if not m.within(below, paper.due.two_blank_mm):
            yield at(spot, f"正文与令号相距 {mm(below)}，应空二行")


@rule(
    "MN-01",
    clause="10.3",
    severity=Severity.WARNING,
    family=Family.PAGE,
    forms=MINUTES,
    title="纪要标志",
    measured="标志的文字、高度、颜色",
    right="×××××纪要，红色，上边缘在 72 mm",
    wrong="标志为“会议记录”",
    hint="标志由“×××××纪要”组成",
)
def minutes_mark(paper: Paper) -> Iterator[Found]:
    """The minutes' mark ends in 纪要, its upper edge 35 mm below that of the type area (10.3)."""
    marks = _mark(paper)
    text = "".join(spot.text for spot in marks)
    if not text.endswith("纪要"):
        yield at(marks[0], f"标志“{text}”应以“纪要”结尾")
    yield from _mark_top(paper, paper.due.mark_top_mm, 1.5)


ATTENDANCE_ORDER = ("出席", "请假", "列席")


@rule(
    "MN-02",
    clause="10.3",
    severity=Severity.WARNING,
    family=Family.PAGE,
    forms=MINUTES,
    title="出席、请假、列席",
    measured="各段的字体、左端、回行位置、次序",
    right="左空二字，“出席：”黑体，人名仿宋，回行与冒号后首字对齐",
    wrong="“出席：”用仿宋",
    hint="名单写在“出席”“请假”“列席”下，各占一段",
)
def attendance(paper: Paper) -> Iterator[Found]:
    """Attendance is indented two characters, label 黑体, names 仿宋, in order (10.3)."""
    spots = paper.of(Kind.ATTENDANCE)
    if not spots:
        raise NotApplicable("没有出席、请假、列席名单")
    yield from certain(_wrong_attendance(paper, spots), lines_of(spots))


def _wrong_attendance(paper: Paper, spots: Sequence[Spot]) -> Iterator[Found]:
    labels = []
    for spot in spots:
        label = spot.text[:2] if spot.text[2:3] in {"：", ":"} else ""
        if label:
            labels.append(label)
            wanted = paper.due.left_mm + 2 * paper.due.cell_mm
            yield from wrong_face(paper, [(spot, spot.line.chars[:2])], Role.HEITI)
            yield from wrong_face(paper, [(spot, spot.line.chars[3:])], Role.FANGSONG)
        else:
            wanted = paper.due.left_mm + 5 * paper.due.cell_mm
            yield from wrong_face(paper, lines_of([spot]), Role.FANGSONG)
        if abs(spot.line.x0_mm - wanted) > 0.5:
            yield at(spot, f"{quoted(spot.text)}左端在 {mm(spot.line.x0_mm)}，应为 {mm(wanted)}")
    known = [ATTENDANCE_ORDER.index(label) for label in labels if label in ATTENDANCE_ORDER]
    if known != sorted(known):
        yield at(spots[0], "次序应为出席、请假、列席")
