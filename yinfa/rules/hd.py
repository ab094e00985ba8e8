"""HD: the letterhead (clause 7.2)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from yinfa.composition import Role
from yinfa.recognising import measures as m
from yinfa.recognising.faces import is_red, main_look
from yinfa.recognising.format import Format
from yinfa.recognising.paper import Specimen, Spot, SpotKind, extent_of
from yinfa.report import Severity
from yinfa.rules.letterhead import FLUSH_SLACK_MM, mark_of, off_mark_top, only
from yinfa.rules.registry import (
    GENERAL,
    LETTERHEADED,
    Family,
    Found,
    NotApplicable,
    Yardstick,
    rule,
)
from yinfa.rules.typeface import certain, lines_of, wrong_face, wrong_size
from yinfa.rules.wording import at, mm, quoted
from yinfa.words import MINUTES_NUMBER

THICKEST_MM = 10.0
COPY_NUMBER = re.compile(r"\d{6}")
CLASSIFICATION = re.compile(r"(绝密|机密|秘密)(★(\d+(年|个月|日)|长期))?")
DOCUMENT_NUMBER = re.compile(r"[\u4e00-\u9fff×]+〔(19|20)\d{2}〕[1-9]\d*号")

SERIAL = frozenset({Format.BULLETIN, Format.MINUTES})  # whose numbers the office may form


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
    measures_by=Yardstick.HEAD | Yardstick.LEFT | Yardstick.LINES,
)
def copy_number(paper: Specimen) -> Iterator[Found]:
    """The copy number is six Arabic digits, flush left on the first line (7.2.1)."""
    spot = only(paper, SpotKind.COPY_NUMBER)
    if not COPY_NUMBER.fullmatch(spot.text):
        yield at(spot, f"份号“{spot.text}”应为 6 位阿拉伯数字")
    if abs(spot.line.x0_mm - paper.due.left_mm) > FLUSH_SLACK_MM:
        yield at(spot, f"份号左端在 {mm(spot.line.x0_mm)}，应顶格（{paper.due.left_mm:g} mm）")
    top = paper.due.top_mm
    if paper.form is not Format.LETTER and abs(spot.line.em_top_mm - top) > m.MARGIN_SLACK_MM:
        yield at(spot, f"份号上沿在 {mm(spot.line.em_top_mm)}，应在版心第一行（{top:g} mm）")


def _flush_black(paper: Specimen, spot: Spot, above: tuple[SpotKind, ...]) -> Iterator[Found]:
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
    measures_by=Yardstick.LEFT | Yardstick.CELLS | Yardstick.FACES,
)
def classification(paper: Specimen) -> Iterator[Found]:
    """Classification and term are 黑体 of 3号, flush left below the copy number (7.2.2)."""
    spot = only(paper, SpotKind.CLASSIFICATION)
    found = list(_flush_black(paper, spot, (SpotKind.COPY_NUMBER,)))
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
    measures_by=Yardstick.LEFT | Yardstick.CELLS,
)
def urgency(paper: Specimen) -> Iterator[Found]:
    """Urgency is 特急 or 加急, 黑体 of 3号, flush left after the classification (7.2.3)."""
    spot = only(paper, SpotKind.URGENCY)
    found = list(_flush_black(paper, spot, (SpotKind.COPY_NUMBER, SpotKind.CLASSIFICATION)))
    if spot.text not in {"特急", "加急"}:
        found.insert(0, at(spot, f"紧急程度“{spot.text}”应为“特急”或“加急”"))
    yield from certain(found, lines_of([spot]))


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
    measures_by=Yardstick.HEAD,
)
def mark_top(paper: Specimen) -> Iterator[Found]:
    """The upper edge of the issuer mark is 35 mm below that of the type area (7.2.4)."""
    return off_mark_top(paper, paper.due.mark_top_mm, 1.5)


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
    measures_by=Yardstick.LEFT,
)
def mark_centred(paper: Specimen) -> Iterator[Found]:
    """The issuer mark is centred (7.2.4)."""
    marks = mark_of(paper)
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
    measures_by=Yardstick.FACES,
)
def mark_red(paper: Specimen) -> Iterator[Found]:
    """The issuer mark is red, in 小标宋 (7.2.4)."""
    marks = mark_of(paper)
    yield from certain(_wrong_marks(paper, marks), lines_of(marks))


def _wrong_marks(paper: Specimen, marks: Sequence[Spot]) -> Iterator[Found]:
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
def number_pattern(paper: Specimen) -> Iterator[Found]:
    """A document number is issuer code, year in 〔〕, number without zeros or 第, 号 (7.2.5)."""
    if paper.form is Format.ORDER:
        raise NotApplicable("令号另有写法")
    spot = only(paper, SpotKind.NUMBER)
    if paper.form in SERIAL and re.fullmatch(MINUTES_NUMBER, spot.text):
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
    measures_by=Yardstick.HEAD | Yardstick.LINES,
)
def number_gap(paper: Specimen) -> Iterator[Found]:
    """The document number stands two blank lines below the mark (7.2.5)."""
    marks, spot = mark_of(paper), only(paper, SpotKind.NUMBER)
    gap = spot.line.em_top_mm - max(mark.line.em_bottom_mm for mark in marks)
    due = paper.due.two_blank_mm
    if not m.within(gap, due) and not paper.of(SpotKind.SIGNATORY):
        yield at(spot, f"发文字号与标志相距 {mm(gap)}，应空二行（{m.told(due)}）")


@rule(
    "HD-09",
    clause="7.2.5",
    severity=Severity.ERROR,
    family=Family.PAGE,
    forms=GENERAL | {Format.MINUTES},
    title="发文字号位置",
    measured="发文字号的中点；有签发人时为左端",
    right="居中（106 mm）；上行文居左空一字（33.6 mm）",
    wrong="上行文的发文字号居中",
    hint="发文字号的位置由“签发人”决定，不要另加空格",
    measures_by=Yardstick.LEFT | Yardstick.CELLS,
)
def number_place(paper: Specimen) -> Iterator[Found]:
    """The number is centred; in upward documents one character in from the left (7.2.5)."""
    spot = only(paper, SpotKind.NUMBER)
    if paper.of(SpotKind.SIGNATORY):
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
    measures_by=Yardstick.LEFT | Yardstick.CELLS | Yardstick.FACES,
)
def signatory(paper: Specimen) -> Iterator[Found]:
    """Signatories stand one character in from the right, names in 楷体 (7.2.6)."""
    spots = paper.of(SpotKind.SIGNATORY)
    due = _signatories_due(paper)
    if not spots and not due:
        raise NotApplicable("没有签发人（不是上行文）")
    told = len(paper.document.letterhead.signatories) if paper.document else 0
    if told < due:
        message = f"上行文有{due}个发文机关，标了{told}个签发人" if told else "上行文没有标签发人"
        yield Found(message, 1, severity=Severity.WARNING)
    if spots:
        yield from certain(_wrong_signatories(paper, spots), lines_of(spots))


def _signatories_due(paper: Specimen) -> int:
    """How many signatories the source owes: one an issuer where it is upward and has a head."""
    document = paper.document
    if document is None or document.genre not in ("请示", "报告"):
        return 0
    head = document.letterhead
    return max(len(document.signature.issuers), 1) if head.mark or head.preprinted else 0


def _wrong_signatories(paper: Specimen, spots: Sequence[Spot]) -> Iterator[Found]:
    for spot in spots:
        text = spot.line.text
        cut = text.find("：") + 1 if "签发人" in spot.text else 0
        yield from wrong_face(paper, [(spot, spot.line.chars[:cut])], Role.FANGSONG)
        yield from wrong_face(paper, [(spot, spot.line.chars[cut:])], Role.KAITI)
    right = max(spot.line.x1_mm for spot in spots)
    wanted = paper.due.right_mm - paper.due.cell_mm
    if abs(right - wanted) > 0.7:
        yield at(spots[0], f"签发人右端在 {mm(right)}，应居右空一字（{mm(wanted)}）")
    numbers = paper.of(SpotKind.NUMBER)
    last = max(spots, key=lambda spot: spot.line.baseline_mm)
    if numbers and abs(numbers[0].line.baseline_mm - last.line.baseline_mm) > 0.5:
        yield at(numbers[0], "发文字号应与最后一个签发人姓名同一行")


@rule(
    "HD-11",
    clause="7.2.7",
    severity=Severity.ERROR,
    family=Family.PAGE,
    forms=frozenset({Format.NOTICE}),
    title="红色分隔线",
    measured="首页红色横线的长度、左端、与发文字号的距离",
    right="与版心等宽（156 mm），在发文字号下 4 mm",
    wrong="长 140 mm，距发文字号 8 mm",
    hint="分隔线与版心等宽，居中",
    measures_by=Yardstick.LEFT,
)
def red_rule(paper: Specimen) -> Iterator[Found]:
    """A red rule as wide as the type area stands 4 mm below the document number (7.2.7)."""
    if paper.document is not None and paper.document.letterhead.preprinted:
        raise NotApplicable("版头已印好")
    numbers = paper.of(SpotKind.NUMBER)
    if not paper.of(SpotKind.MARK):
        raise NotApplicable("没有版头")
    if not paper.red_rules:
        yield _thick_rule(paper) or Found("首页没有红色分隔线", 1)
        return
    stroke = paper.red_rules[0]
    extent = extent_of(stroke)
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


def _thick_rule(paper: Specimen) -> Found | None:
    """The red rule that is drawn so thick that it is a box."""
    for box in paper.sheets[0].boxes:
        high, wide = box.y1_mm - box.y0_mm, box.x1_mm - box.x0_mm
        if is_red(box.colour) and wide > paper.due.long_mm and high < THICKEST_MM:
            extent = (box.x0_mm, box.y0_mm, box.x1_mm, box.y1_mm)
            return Found(f"红色分隔线粗 {mm(high)}，太粗（一般 0.35～0.7 mm）", 1, extent)
    return None


@rule(
    "HD-12",
    clause="7.2.4",
    severity=Severity.ERROR,
    family=Family.PAGE,
    forms=LETTERHEADED,
    title="发文机关标志不超出版心",
    measured="标志左右两端",
    right="在版心（156 mm）之内",
    wrong="标志宽 238 mm，印到纸外",
    hint="减小标志的字号，或压缩字宽",
)
def mark_fits(paper: Specimen) -> Iterator[Found]:
    """The mark is no wider than the type area (7.2.4)."""
    marks = paper.of(SpotKind.MARK)
    if not marks:
        raise NotApplicable("没有发文机关标志（可能用印好的版头纸）")
    left, right = paper.due.left_mm, paper.due.right_mm
    if paper.form is Format.LETTER:
        left, right = (m.PAPER_WIDTH_MM - m.LETTER_RULE_MM) / 2, m.PAPER_WIDTH_MM - left + 6
    for spot in marks:
        line = spot.line
        if line.x0_mm < left - m.MARGIN_SLACK_MM or line.x1_mm > right + m.MARGIN_SLACK_MM:
            wide = mm(line.x1_mm - line.x0_mm)
            paper_edge = "，印到纸外" if line.x0_mm < 0 or line.x1_mm > m.PAPER_WIDTH_MM else ""
            yield at(spot, f"标志{quoted(spot.text)}宽 {wide}，超出版心{paper_edge}")


@rule(
    "HD-13",
    clause="7.2.5",
    severity=Severity.WARNING,
    family=Family.PAGE,
    forms=LETTERHEADED,
    title="发文字号的字体字号",
    measured="发文字号的字号和汉字的字体",
    right="三号仿宋",
    wrong="发文字号用四号",
    hint="发文字号用三号仿宋",
    measures_by=Yardstick.FACES | Yardstick.CELLS,
)
def number_face(paper: Specimen) -> Iterator[Found]:
    """The document number is 仿宋 of size 3号, as all that has no rule of its own (5.2.2)."""
    spots = paper.of(SpotKind.NUMBER)
    if not spots:
        raise NotApplicable("没有发文字号")
    found = [*wrong_size(spots, paper.due.text_size)]
    found += wrong_face(paper, lines_of(spots), Role.FANGSONG)
    yield from certain(found, lines_of(spots))
