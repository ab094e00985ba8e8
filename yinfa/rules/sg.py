"""SG: signature, date, seal, note (clauses 7.3.5, 7.3.6)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations

from yinfa.model import Sealing
from yinfa.recognising import measures as m
from yinfa.recognising.format import Format
from yinfa.recognising.paper import Extent, Specimen, Spot, SpotKind
from yinfa.recognising.signature import is_blank_date, names_of, sealing, signature_of
from yinfa.report import Severity
from yinfa.rules.grid import begins_at, blank_line_above
from yinfa.rules.registry import (
    LETTERHEADED,
    Family,
    Found,
    NotApplicable,
    NotMeasurable,
    Yardstick,
    rule,
)
from yinfa.rules.wording import at, mm

SEALS_MM = (34.0, 62.0)
CELL_MM = 8.0  # a table may end so far below its last line
DATE = re.compile(r"\d{4}年([1-9]|1[0-2])月([1-9]|[12]\d|3[01])日")


ABOVE = frozenset(
    {
        SpotKind.TEXT,
        SpotKind.TABLE,
        SpotKind.CAPTION,
        SpotKind.ATTACHMENT_LIST,
        SpotKind.ATTENDANCE,
    }
)


def _signature(paper: Specimen) -> tuple[tuple[Spot, ...], Spot]:
    """Signers and date of the paper itself."""
    found = signature_of(paper)
    if found is None:
        raise NotApplicable("没有成文日期")
    return found


def _names(paper: Specimen, signers: tuple[Spot, ...]) -> int:
    """How many offices sign: as the source says, or as many as stand apart."""
    seen = sum(len(names_of(signer.line)) for signer in signers)
    return max(seen, len(paper.document.signature.issuers) if paper.document and seen else 0)


def _sealed(paper: Specimen, way: Sealing) -> tuple[tuple[Spot, ...], Spot]:
    found = _signature(paper)
    if is_blank_date(found[1]):
        raise NotMeasurable("成文日期留空，由人手写")
    if sealing(paper) is not way:
        raise NotApplicable("不是这种署名方式")
    return found


@rule(
    "SG-01",
    clause="7.3.5.1",
    severity=Severity.WARNING,
    family=Family.PAGE,
    forms=LETTERHEADED | {Format.PLAIN},
    title="盖章公文的成文日期",
    measured="成文日期右端",
    right="右空四字（161.7 mm ± 1 mm）",
    wrong="右空二字",
    hint="“落款”照实写：加盖印章、不加盖印章或签名章",
    measures_by=Yardstick.LEFT | Yardstick.CELLS,
)
def sealed_date(paper: Specimen) -> Iterator[Found]:
    """Under a seal the date normally ends four characters from the right edge (7.3.5.1)."""
    signers, date = _sealed(paper, Sealing.SEAL)
    if len(paper.seals) > 1 or _names(paper, signers) > 1:
        raise NotApplicable("联合行文的日期随最后一枚印章")
    edges = [extent[2] for page, extent in paper.seals if page == date.page]
    if edges and max(edges) > paper.due.right_mm - 1:
        raise NotApplicable("印章大，日期随印章左移")
    if signers and max(signer.line.x1_mm for signer in signers) > paper.due.right_mm - 1:
        raise NotApplicable("署名长，日期随署名左移")
    if abs(date.line.x1_mm - paper.due.sealed_date_right_mm) > 1:
        empty = (paper.due.right_mm - date.line.x1_mm) / paper.due.cell_mm
        yield at(date, f"成文日期右空 {empty:.1f} 字，应右空四字")


@rule(
    "SG-02",
    clause="7.3.5.1",
    severity=Severity.ERROR,
    family=Family.PAGE,
    forms=LETTERHEADED | {Format.PLAIN},
    title="盖章公文的署名",
    measured="署名中点与成文日期中点之差",
    right="署名在成文日期之上，以日期为准居中（差不过 1 mm）",
    wrong="署名比日期偏右 6 mm",
    hint="署名以成文日期为准居中",
)
def sealed_name(paper: Specimen) -> Iterator[Found]:
    """Under a seal the issuer is centred on the date (7.3.5.1)."""
    signers, date = _sealed(paper, Sealing.SEAL)
    if _names(paper, signers) != 1:
        raise NotApplicable("没有署名，或联合行文")
    off = signers[0].line.middle_mm - date.line.middle_mm
    if abs(off) > 1:
        side = "右" if off > 0 else "左"
        yield at(signers[0], f"署名比成文日期偏{side} {mm(abs(off))}，应以日期为准居中")


@rule(
    "SG-03",
    clause="7.3.5.1",
    severity=Severity.ERROR,
    family=Family.PAGE,
    forms=LETTERHEADED | {Format.PLAIN},
    title="印章位置",
    measured="印章上沿与其上文字的距离，是否压住署名和日期，是否在版心内",
    right="上距正文一行之内，端正居中下压署名和日期",
    wrong="印章距正文 30 mm，没有压住日期",
    hint="印章图按实际直径给出，位置由程序定",
    measures_by=Yardstick.LEFT | Yardstick.LINES,
)
def seal_place(paper: Specimen) -> Iterator[Found]:
    """A seal covers issuer and date, its top within one line below the text (7.3.5.1)."""
    signers, date = _signature(paper)
    seals = [extent for page, extent in paper.seals if page == date.page]
    if not seals:
        raise NotApplicable("没有印章图")
    last = max(seals, key=lambda extent: (extent[1], extent[0]))
    if not _covers(last, date) and len(seals) >= _names(paper, signers):
        yield Found("印章没有压住成文日期", date.page, last)
    for seal in seals:
        if seal[0] < paper.due.left_mm - 1 or seal[2] > paper.due.right_mm + 1:
            yield Found("印章超出版心", date.page, seal)
        if signers and not any(_covers(seal, signer) for signer in signers):
            yield Found("印章没有压住署名", date.page, seal)
    top = min(seal[1] for seal in seals)
    own = {id(signer) for signer in signers}
    above = [
        s
        for s in paper.on_page[date.page]
        if id(s) not in own and s.kind in ABOVE and s.line.baseline_mm < date.line.baseline_mm
    ]
    if above:
        foot = max(s.line.em_bottom_mm for s in above)
        ruled = [stroke.bottom_mm for stroke in paper.sheet(date.page).strokes]
        foot = max([foot, *(edge for edge in ruled if foot < edge < min(top, foot + CELL_MM))])
        gap = top - foot
        if gap > paper.due.pitch_mm + 0.15 and not paper.drawn_between(date.page, foot, top + 1):
            line = mm(paper.due.pitch_mm)
            yield Found(f"印章上沿距正文 {mm(gap)}，应在一行（{line}）之内", date.page, seals[0])
    if len(seals) == 1 and signers:
        middle = (signers[0].line.em_top_mm + date.line.em_bottom_mm) / 2
        centre = (last[1] + last[3]) / 2
        if middle < centre - 0.2:
            yield Found("署名和日期应在印章中心偏下", date.page, last)


def _covers(seal: Extent, spot: Spot) -> bool:
    """Whether a seal lies over the middle of a line."""
    line = spot.line
    y = (line.em_top_mm + line.em_bottom_mm) / 2
    return seal[1] < y < seal[3] and seal[0] < line.x1_mm and line.x0_mm < seal[2]


@rule(
    "SG-04",
    clause="7.3.5.1",
    severity=Severity.ERROR,
    family=Family.PAGE,
    forms=LETTERHEADED | {Format.PLAIN},
    title="印章互不相交",
    measured="同页各印章圆的距离",
    right="互不相交、相切",
    wrong="两枚印章相切",
    hint="每排最多三枚印章",
)
def seals_apart(paper: Specimen) -> Iterator[Found]:
    """Seals neither overlap nor touch (7.3.5.1)."""
    if len(paper.seals) < 2:
        raise NotApplicable("不足两枚印章")
    for (page, one), (other_page, other) in combinations(paper.seals, 2):
        if page != other_page:
            continue
        centres = [((e[0] + e[2]) / 2, (e[1] + e[3]) / 2) for e in (one, other)]
        apart = ((centres[0][0] - centres[1][0]) ** 2 + (centres[0][1] - centres[1][1]) ** 2) ** 0.5
        gap = apart - (one[2] - one[0]) / 2 - (other[2] - other[0]) / 2
        if gap <= 0:
            yield Found(f"两枚印章相交或相切（相距 {mm(gap)}）", page, other)


@rule(
    "SG-05",
    clause="7.3.5.2",
    severity=Severity.ERROR,
    family=Family.PAGE,
    forms=LETTERHEADED | {Format.PLAIN},
    title="不盖章公文的署名和日期",
    measured="署名右端，日期首字与署名首字的距离，与正文的距离",
    right="正文下空一行，署名右空二字，日期首字比署名首字右移二字",
    wrong="署名右空四字",
    hint="“落款”照实写：加盖印章、不加盖印章或签名章",
    measures_by=Yardstick.LEFT | Yardstick.CELLS | Yardstick.LINES,
)
def unsealed(paper: Specimen) -> Iterator[Found]:
    """Without a seal, issuer and date stand as 7.3.5.2 says (7.3.5.2)."""
    signers, date = _sealed(paper, Sealing.NONE)
    if not signers:
        raise NotApplicable("没有署名")
    name = max(signers, key=lambda signer: signer.line.width_mm)  # of several, the longest
    right = paper.due.unsealed_right_mm
    if date.line.width_mm > name.line.width_mm:
        if abs(date.line.x1_mm - right) > 1:
            yield at(date, f"成文日期右端在 {mm(date.line.x1_mm)}，应右空二字（{mm(right)}）")
    elif abs(name.line.x1_mm - right) > 1:
        yield at(name, f"署名右端在 {mm(name.line.x1_mm)}，应右空二字（{mm(right)}）")
    offset = date.line.x0_mm - name.line.x0_mm
    wanted = 2 * paper.due.cell_mm
    if abs(offset - wanted) > 0.5 and len(signers) == 1:
        yield at(date, f"日期首字比署名首字右移 {mm(offset)}，应右移二字（{mm(wanted)}）")
    body = frozenset({SpotKind.TEXT, SpotKind.ATTACHMENT_LIST})
    yield from blank_line_above(paper, signers[0], "署名", body)


@rule(
    "SG-06",
    clause="7.3.5.4",
    severity=Severity.ERROR,
    family=Family.PAGE,
    title="成文日期写法",
    measured="成文日期的文字",
    right="2012年7月1日",
    wrong="2012年07月01日，二〇一二年七月一日",
    hint="“成文日期”写 2012-07-01，由程序排",
)
def date_pattern(paper: Specimen) -> Iterator[Found]:
    """The date of issue is in Arabic digits, whole, without leading zeros (7.3.5.4)."""
    dates = paper.of(SpotKind.DATE)
    if not dates:
        raise NotApplicable("没有成文日期")
    for spot in dates:
        if not is_blank_date(spot) and not DATE.fullmatch(spot.text):
            yield at(spot, f"成文日期“{spot.text}”应写作“2012年7月1日”的形式")


@rule(
    "SG-07",
    clause="7.3.5.5",
    severity=Severity.ERROR,
    family=Family.PAGE,
    forms=LETTERHEADED | {Format.PLAIN},
    title="署名页有正文",
    measured="成文日期所在页的正文和表格的行数，有没有图",
    right="有正文（本程序建议至少两行）",
    wrong="署名和日期独占一页",
    hint="调整行距、字距，不用“此页无正文”",
)
def signature_has_text(paper: Specimen) -> Iterator[Found]:
    """Issuer and date do not stand on a side without text (7.3.5.5)."""
    _, date = _signature(paper)
    texts = [
        s
        for s in paper.on_page[date.page]
        if s.kind in {SpotKind.TEXT, SpotKind.TABLE, SpotKind.ATTACHMENT_LIST, SpotKind.ATTENDANCE}
    ]
    if not texts and not paper.shows_text(date.page):
        yield at(date, "署名和成文日期所在的页没有正文")
    elif len(texts) == 1 and len(paper.of(SpotKind.TEXT, 0)) > 1:
        message = "署名页只有一行正文；标准只要求有正文，本程序建议至少两行"
        yield at(date, message, Severity.WARNING)


@rule(
    "SG-08",
    clause="7.3.5.5",
    severity=Severity.ERROR,
    family=Family.PAGE,
    title="不写“此页无正文”",
    measured="全文搜索“此页无正文”",
    right="调整行距、字距",
    wrong="（此页无正文）",
    hint="删去，改用调整行距、字距的办法",
)
def no_empty_page_note(paper: Specimen) -> Iterator[Found]:
    """No side says that it is without text (7.3.5.5 knows only the change of spacing)."""
    for spot in paper.spots:
        if "此页无正文" in spot.text:
            yield at(spot, "不应有“（此页无正文）”")


@rule(
    "SG-09",
    clause="7.3.6",
    severity=Severity.ERROR,
    family=Family.PAGE,
    forms=LETTERHEADED | {Format.PLAIN},
    title="附注",
    measured="附注的左端、括号、与成文日期的距离",
    right="成文日期下一行，左空二字，圆括号",
    wrong="附注顶格，不加括号",
    hint="“附注”只写内容，括号由程序加",
    measures_by=Yardstick.LEFT | Yardstick.CELLS | Yardstick.LINES,
)
def note_place(paper: Specimen) -> Iterator[Found]:
    """A note stands on the line after the date, two characters in, in round brackets (7.3.6)."""
    spots = paper.of(SpotKind.NOTE)
    if not spots:
        raise NotApplicable("没有附注")
    first = spots[0]
    wanted = paper.due.left_mm + paper.due.indent_mm
    if not begins_at(first.line, wanted, m.INDENT_SLACK_MM):
        yield at(first, f"附注左端在 {mm(first.line.x0_mm)}，应左空二字（{mm(wanted)}）")
    if not (first.text.startswith("（") and spots[-1].text.endswith("）")):
        yield at(first, "附注应加圆括号（）")
    _, date = _signature(paper)
    gap = first.line.baseline_mm - date.line.baseline_mm
    if first.page == date.page and abs(gap - paper.due.pitch_mm) > 1:
        yield at(first, f"附注距成文日期 {mm(gap)}，应在下一行")


@rule(
    "SG-10",
    clause="7.3.5.1",
    severity=Severity.WARNING,
    family=Family.PAGE,
    forms=LETTERHEADED | {Format.PLAIN},
    title="印章的大小",
    measured="印章图的直径",
    right="42～50 mm（国务院 60 mm）",
    wrong="印章宽 80 mm，或 20 mm",
    hint="印章图按实物的直径给出",
)
def seal_size(paper: Specimen) -> Iterator[Found]:
    """A printed seal has the size of a seal (国发〔1999〕25号: 42 to 60 mm)."""
    if not paper.seals:
        raise NotApplicable("没有印章图")
    for page, extent in paper.seals:
        wide = extent[2] - extent[0]
        if not m.within(wide, SEALS_MM):
            yield Found(f"印章直径 {mm(wide)}，不是印章的大小", page, extent)
