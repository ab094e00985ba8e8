"""EL: what the elements of one document say of each other (clauses 7.2 to 7.4)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from yinfa.parts import Part
from yinfa.recognising.format import Format
from yinfa.report import Severity
from yinfa.rules.registry import LETTERHEADED, Family, Found, NotApplicable, rule
from yinfa.rules.script import Passage, Script

YEAR = re.compile(r"〔(\d{4})〕")
ABOUT = "关于"
OFFICE_END = re.compile("(政府|委员会|办公厅|办公室|[委局厅部院会处署社团校办司行所站中心])$")
POST = re.compile(
    "(同志|先生|女士|市长|省长|县长|区长|镇长|乡长|局长|厅长|部长|主任|书记|主席|总理|院长|校长|处长|科长|秘书长|董事长|总经理)$"
)
ASKING_END = re.compile(
    "(妥否|当否|可否|是否妥当|是否可行|以上请示|如无不妥|如无不当|特此请示|请.{0,6}(批示|批准|批复|审批|审定|指示|核准))"
)
ASKS = re.compile(
    "(妥否|当否|可否)[，,]?请|请予?(批示|批准|批复|审批)。?$|(恳请|拟请|特请|请)[^。；]{0,12}(拨付|解决|批准|审批|同意|批复)"
)
LETTER_ASKS = re.compile("请(批示|指示)|妥否，请")
REQUESTS = "请示"
REPORTS = "报告"
DOWNWARD = frozenset(
    {"通知", "决定", "公告", "通告", "通报", "批复", "决议", "公报", "函", "令", "命令"}
)
DOUBLED = re.compile("(的[\u4e00-\u9fff]{2})\\1$|关于关于|(?<![目标])的的")


def _document(script: Script) -> str:
    """The kind of document: as the source names it, else as its title ends."""
    if script.genre not in ("", "公文"):
        return script.genre
    title = script.title.text if script.title else ""
    return next((kind for kind in (REQUESTS, REPORTS, *DOWNWARD) if title.endswith(kind)), "")


@rule(
    "EL-01",
    clause="7.2.5",
    severity=Severity.WARNING,
    family=Family.TEXT,
    forms=LETTERHEADED,
    title="发文字号的年份与成文日期相符",
    measured="发文字号里的年份，成文日期的年份（岁末编号、岁初成文的相差一年不算）",
    right="〔2012〕10号，2012年7月1日",
    wrong="〔2021〕10号，2012年7月1日",
    hint="核对“发文字号”和“成文日期”",
)
def year_of_number(script: Script) -> Iterator[Found]:
    """The year of the document number is that of the date of issue (7.2.5)."""
    number = script.first(Part.NUMBER)
    match = YEAR.search(number.text) if number else None
    if number is None or match is None or script.date is None:
        raise NotApplicable("没有发文字号或成文日期")
    year, dated = int(match[1]), script.date.year
    near = (year - dated == 1 and script.date.month == 12) or (
        dated - year == 1 and script.date.month == 1
    )
    if year != dated and not near:
        yield number.found(
            f"发文字号的年份是 {year}，成文日期在 {dated} 年", match.start(1), match[1]
        )


@rule(
    "EL-02",
    clause="7.3.1",
    severity=Severity.WARNING,
    family=Family.TEXT,
    forms=frozenset({Format.NOTICE, Format.LETTER}),
    title="标题里的机关与发文机关相同",
    measured="标题“关于”之前的机关名称，发文机关标志和署名",
    right="××市教育局关于……的通知，署名××市教育局",
    wrong="××市教育厅关于……的通知，署名××市教育局",
    hint="核对“标题”和“发文机关”",
)
def office_in_title(script: Script) -> Iterator[Found]:
    """The office that the title names is one that issues (7.3.1)."""
    title = script.title
    issuers = _issuers(script)
    if title is None or not issuers or ABOUT not in title.text:
        raise NotApplicable("标题里没有机关，或没有发文机关")
    named = "".join(title.text[: title.text.index(ABOUT)].split())
    if not OFFICE_END.search(named) or "转发" in named or "印发" in named:
        raise NotApplicable("标题里没有机关")
    known = {"".join(passage.text.split()).removesuffix("文件") for passage in issuers}
    rest = named
    for name in sorted(known, key=len, reverse=True):
        rest = rest.replace(name, "")
    if rest and not any(_abbreviates(named, name) or _abbreviates(name, named) for name in known):
        shown = "、".join(sorted(known))
        yield title.found(f"标题里的机关是“{named}”，发文机关是“{shown}”", 0, title.text[:4])


def _issuers(script: Script) -> tuple[Passage, ...]:
    """The offices as the mark and the signature name them."""
    return script.of(Part.MARK, division=0) + script.of(Part.SIGNATURE, division=0)


def _abbreviates(short: str, long: str) -> bool:
    """Whether *short* may be another name of *long*: its characters stand there in order."""
    rest = iter(long)
    return all(char in rest for char in short)


@rule(
    "EL-03",
    clause="7.2.4",
    severity=Severity.WARNING,
    family=Family.TEXT,
    forms=LETTERHEADED,
    title="联合行文的机关次序一致",
    measured="发文机关标志和署名里各机关的次序",
    right="标志和署名都是甲局、乙局",
    wrong="标志是甲局、乙局，署名是乙局、甲局",
    hint="主办机关排在前面，标志、署名、签发人同一次序",
)
def joint_order(script: Script) -> Iterator[Found]:
    """Joint issuers stand in one order everywhere, the sponsor first (7.2.4)."""
    marks = [_bare(passage) for passage in script.of(Part.MARK, division=0)]
    signed = script.of(Part.SIGNATURE, division=0)
    both = [passage for passage in signed if _bare(passage) in marks]
    if len(both) < 2:
        raise NotApplicable("不是联合行文，或标志里没有各机关")
    order = [marks.index(_bare(passage)) for passage in both]
    if order != sorted(order):
        wrong = next(
            p for p, this, last in zip(both[1:], order[1:], order, strict=False) if this < last
        )
        shown = "、".join(marks[index] for index in sorted(order))
        yield wrong.found(f"署名的次序与发文机关标志不同，应为{shown}")


def _bare(passage: Passage) -> str:
    return "".join(passage.text.split()).removesuffix("文件")


@rule(
    "EL-04",
    clause="7.4.3",
    severity=Severity.WARNING,
    family=Family.TEXT,
    forms=LETTERHEADED - {Format.LETTER},
    title="印发机关和印发日期齐全",
    measured="印发机关、印发日期有没有只写一项；日期后有没有“印发”",
    right="××局办公室　2012年7月2日印发",
    wrong="只有印发机关，没有印发日期",
    hint="“印发机关”和“印发日期”一起写，或都不写",
)
def printed_by_and_on(script: Script) -> Iterator[Found]:
    """Printing office and printing date stand together (7.4.3)."""
    if script.document is None:
        yield from _printed_on_page(script)
        return
    imprint = script.document.imprint
    if not imprint.printed_by and not imprint.printed_on:
        raise NotApplicable("没有印发机关和印发日期")
    printed = script.of(Part.PRINTED)
    if printed and not imprint.printed_on:
        yield printed[0].found("有印发机关，没有印发日期")
    elif printed and not imprint.printed_by:
        yield printed[-1].found("有印发日期，没有印发机关")


def _printed_on_page(script: Script) -> Iterator[Found]:
    printed = [p for p in script.of(Part.PRINTED, Part.COPIED_TO) if DAY.search(p.text)]
    if not printed:
        raise NotApplicable("没有印发机关和印发日期")
    for passage in printed:
        dated = DAY.search(passage.text)
        if dated and not passage.text.endswith("印发"):
            yield passage.found(f"“{passage.text[-14:]}”的日期后没有“印发”二字")
        elif dated and dated.start() == 0:
            yield passage.found("有印发日期，没有印发机关")


DAY = re.compile(r"\d{4}年\d{1,2}月\d{1,2}日")


@rule(
    "EL-05",
    clause="7.2.1",
    severity=Severity.WARNING,
    family=Family.TEXT,
    forms=LETTERHEADED,
    title="涉密公文标份号",
    measured="有密级的有没有份号",
    right="000012，机密★1年",
    wrong="机密★1年，没有份号",
    hint="加“份号”；印份号机打印的，写“份号: 空”一类留出位置",
)
def secret_has_number(script: Script) -> Iterator[Found]:
    """A classified document bears a copy number (7.2.1)."""
    classified = script.first(Part.CLASSIFICATION)
    if classified is None:
        raise NotApplicable("没有密级")
    room = script.document is not None and script.document.letterhead.copy_number_room
    if not script.of(Part.COPY_NUMBER) and not room:
        yield classified.found("有密级，没有份号；涉密公文应标注份号")


@rule(
    "EL-06",
    clause="行文规则",
    severity=Severity.WARNING,
    family=Family.TEXT,
    forms=frozenset({Format.NOTICE}),
    title="请示的主送和结尾",
    measured="请示的主送机关个数、是不是个人，结尾有没有请求",
    right="主送一个上级机关，结尾“妥否，请批示。”",
    wrong="主送两个机关，或写“李×副市长”",
    hint="请示只主送一个上级机关，不送个人；需要其他机关知道的用“抄送”",
)
def requests(script: Script) -> Iterator[Found]:
    """A request goes to one office, to no person, and ends in what it asks (《条例》第十五条)."""
    if _document(script) != REQUESTS:
        raise NotApplicable("不是请示")
    offices = [
        (passage, name)
        for passage in script.of(Part.ADDRESSEES)
        for name in re.split("[，、；]", passage.text)
        if name
    ]
    if len(offices) > 1:
        yield offices[1][0].found(f"请示主送了 {len(offices)} 个机关，应只送一个上级机关")
    for passage, name in offices:
        if POST.search(name):
            yield passage.found(f"请示主送“{name}”，不应送个人")
    body = [p for p in script.of(Part.PARAGRAPH, Part.RUN_IN) if p.division == 0]
    if body and not any(ASKING_END.search(p.text) for p in body[-2:]):
        yield body[-1].found("请示的结尾没有请求批准、批示的话（如“妥否，请批示。”）")


@rule(
    "EL-07",
    clause="行文规则",
    severity=Severity.WARNING,
    family=Family.TEXT,
    forms=frozenset({Format.NOTICE, Format.LETTER}),
    title="报告不夹带请示，函不用请示的话",
    measured="报告里的请求，函里的“请批示”",
    right="特此报告。",
    wrong="妥否，请批示。（报告）",
    hint="要批复的另写请示；函的结尾用“请函复”“盼复”",
)
def asks_where_it_may_not(script: Script) -> Iterator[Found]:
    """A report asks for nothing, and a letter does not speak like a request (《条例》第十五条)."""
    kind = _document(script)
    if kind not in (REPORTS, "函"):
        raise NotApplicable("不是报告、函")
    body = [p for p in script.of(Part.PARAGRAPH, Part.RUN_IN) if p.division == 0]
    pattern = ASKS if kind == REPORTS else LETTER_ASKS
    for passage in body[-3:]:
        match = pattern.search(passage.text)
        if match:
            why = "报告里不得夹带请示事项" if kind == REPORTS else "函不用请示的话"
            yield passage.amiss(match, why)


@rule(
    "EL-08",
    clause="7.2.6",
    severity=Severity.WARNING,
    family=Family.TEXT,
    forms=frozenset({Format.NOTICE}),
    title="只有上行文标签发人",
    measured="通知、决定等下行文有没有签发人",
    right="请示标签发人，通知不标",
    wrong="通知标了签发人",
    hint="不是上行文的，删去“签发人”",
)
def signatory_upward_only(script: Script) -> Iterator[Found]:
    """Only an upward document names its signatory (7.2.6)."""
    signatories = script.of(Part.SIGNATORY)
    if not signatories:
        raise NotApplicable("没有签发人")
    kind = _document(script)
    if kind in DOWNWARD:
        yield signatories[0].found(f"“{kind}”不是上行文，不标签发人")


@rule(
    "EL-09",
    clause="7.3.1",
    severity=Severity.WARNING,
    family=Family.TEXT,
    title="标题不重复",
    measured="标题里重复的文种、“关于”",
    right="关于开展检查的通知",
    wrong="关于开展检查的通知的通知",
    hint="删去重复的字；转发的层次多时，直接转发原文",
)
def title_once(script: Script) -> Iterator[Found]:
    """A title says its kind and 关于 once (7.3.1)."""
    titles = script.of(Part.TITLE)
    if not titles:
        raise NotApplicable("没有标题")
    for passage in titles:
        match = DOUBLED.search(passage.text)
        if match:
            once = match[1] or match.group()[: len(match.group()) // 2]
            yield passage.amiss(match, f"“{once}”重复", once)


@rule(
    "EL-10",
    clause="7.3.5.4",
    severity=Severity.WARNING,
    family=Family.TEXT,
    forms=frozenset({Format.NOTICE, Format.LETTER, Format.ORDER}),
    title="有成文日期",
    measured="有没有成文日期（留空待填的也算有）",
    right="2012年7月1日",
    wrong="没有成文日期",
    hint="加“成文日期”；草稿留空的写“成文日期: 空”",
)
def dated(script: Script) -> Iterator[Found]:
    """A document bears its date of issue (7.3.5.4)."""
    if script.document is None:
        raise NotApplicable("没有源文件，认不出的日期不算没有")
    if not script.of(Part.DATE, Part.BYLINE):
        place = script.title or next(iter(script.passages), None)
        if place is not None:
            yield place.found("没有成文日期")


@rule(
    "EL-11",
    clause="GB/T 9704-2012 前言",
    severity=Severity.WARNING,
    family=Family.TEXT,
    title="没有1999年版的要素",
    measured="主题词、抄报、印数（共印…份）",
    right="只用抄送，版记不写印数",
    wrong="主题词：教育　安全；抄报：省政府；（共印60份）",
    hint="2012年版没有这些要素，删去；抄报改为抄送",
)
def nothing_of_1999(script: Script) -> Iterator[Found]:
    """The elements that the edition of 1999 had and the present one has not are absent."""
    for passage in script.passages:
        match = OLD.search("".join(passage.text.split()))
        if match and passage.part in OLD_PARTS:
            yield passage.found(f"“{match.group()}”是1999年版的要素，现已取消")


OLD = re.compile(
    r"^主题词[：:]|^抄报[：:]|^[（(]?共印[\d×○〇一二三四五六七八九十百千]+份[）)]?。?$"
)
OLD_PARTS = frozenset(
    {Part.PARAGRAPH, Part.PRINTED, Part.COPIED_TO, Part.NOTE, Part.ATTACHMENT_LIST}
)


@rule(
    "EL-15",
    clause="7.3.2",
    severity=Severity.WARNING,
    family=Family.TEXT,
    forms=LETTERHEADED,
    title="机关名称后不带标点",
    measured="主送、抄送、署名、发文机关标志里各名称的末字",
    right="主送: [各县（区）教育局, 局属各学校]",
    wrong="主送: [各县（区）教育局, 局属各学校。]",
    hint="只写名称，标点由程序加",
)
def bare_names(script: Script) -> Iterator[Found]:
    """A name in the source has no stop after it: the program sets them (7.3.2)."""
    if script.document is None:
        raise NotApplicable("没有源文件")
    for passage in script.of(Part.ADDRESSEES, Part.COPIED_TO, Part.SIGNATURE, Part.MARK):
        match = re.search("[。：；，、.:;,]+$", passage.text)
        if match:
            yield passage.amiss(match, "名称后不带标点", "")
