"""WD: numbers and words of the text (clause 9; GB/T 15835)."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator

from yinfa.recognising.format import Format
from yinfa.report import Severity
from yinfa.rules.registry import LETTERHEADED, Family, Found, NotApplicable, rule
from yinfa.rules.script import NUMERAL, Passage, Script, each

DATE = re.compile(r"(?<!\d)(\d{4})年(\d{1,2})月(\d{1,2})日")
MONTH = re.compile(r"(?<!\d)\d{4}年(\d{1,2})月(?!\d{1,2}日)")
MONTH_DAY = re.compile(r"(?<![\d年])(\d{1,2})月(\d{1,2})日")
PERCENTS = re.compile(r"(?<![\d.])\d+(\.\d+)?[～~—至-]\d+(\.\d+)?[%％]")
SHORT_YEAR = re.compile(
    r"(?<![\d.])(0\d年(?=[底初末度来以前后内的，。]|\d{1,2}月)"
    r"|[1-9]\d年(?=底(?!子)|初(?![步级期中])|末(?!期)|度(?!过)|\d{1,2}月))"
)
HAN_YEAR = re.compile(r"[一二][〇○零一二三四五六七八九]{3}年")
ARABIC_YEAR = re.compile(r"(?<!\d)(19|20)\d{2}年")
NUMBER = r"[\d一二三四五六七八九十百千万亿几两][\d.一二三四五六七八九十百千万亿]*多?"
UNITS = re.compile(
    rf"{NUMBER}(公分(?!母)|市斤|斤(?![顶两斤])|市尺|英寸|英尺|英里|公升|马力|华里|里地|达因|公尺"
    "|担(?![当任保负心忧架纲责子]))"
)
# A particle twice, save where the second begins a word: 得到了了解, 以及及时, 与与会者.
DOUBLED = re.compile(
    "的的(?![确士])|了了(?![解断结却如心夙此不之])|和和(?![平睦气谐美])|(?<!实)在在(?![建校职编岗册座场线])|是是(?!非)"
    "|与与(?!会)|及及(?![时早格物])|为为(?![民人何此])|将将(?![来要军领士])|被被(?![告害征执申审检投举])"
)
SLIPS = (
    (
        re.compile(
            r"(?<!报名)(?<!申报)(?<!投标)(?<!受理)截止到?(?=目前|今[天日年]|本月|[上月年]+底|\d{4}年|\d{1,2}月)"
        ),
        "“截止”应为“截至”",
    ),
    (re.compile("涉及到(?![期达位场账帐岸访会])"), "“涉及”已含“到”，应为“涉及”"),
    (
        re.compile(
            rf"(大约|(?<![条节公契制合简预誓邀相大])约|(?<![附最临接])近)[有为占计需达]?[{NUMERAL}][^，。；、]{{0,9}}(左右|上下)"
        ),
        "“约”与“左右”重复，只用一个",
    ),
    (re.compile("凯旋归来"), "“凯旋”已含“归来”"),
    (re.compile("目前现状|当前的?现状"), "“现状”已含“目前”"),
    (re.compile("过去的?历史往事"), "“过去”与“往事”重复"),
    (re.compile("付诸于"), "应为“付诸”"),
    (re.compile("再接再励"), "应为“再接再厉”"),
    (re.compile("一如继往"), "应为“一如既往”"),
    (re.compile("按步就班"), "应为“按部就班”"),
    (re.compile("(?<![公宣发颁])布署(?!名)"), "应为“部署”"),
    (re.compile("既使(?![^。；！？]*(又|也使))"), "应为“即使”"),
    (re.compile("(?<!生活)(?<!生产)(?<!所)必需(要|认真|坚持|加强|做到)"), "应为“必须”"),
    (re.compile("做为(?![民人难])"), "应为“作为”"),
    (re.compile("其它(人(?!参)|单位|部门|同志)"), "应为“其他”"),
    (re.compile("名符其实"), "应为“名副其实”"),
    (re.compile("迫不急待"), "应为“迫不及待”"),
    (re.compile("默守成规"), "应为“墨守成规”"),
    (re.compile("明查暗访"), "应为“明察暗访”"),
    (re.compile("直接了当"), "应为“直截了当”"),
    (re.compile("鼎立相助"), "应为“鼎力相助”"),
    (re.compile("松驰"), "应为“松弛”"),
    (re.compile("按装(?!置)"), "应为“安装”"),
    (re.compile("渡假"), "应为“度假”"),
)
GENRES = (
    "决议",
    "决定",
    "命令",
    "令",
    "公报",
    "公告",
    "通告",
    "意见",
    "通知",
    "通报",
    "报告",
    "请示",
    "批复",
    "议案",
    "函",
    "纪要",
)


@rule(
    "WD-01",
    clause="GB/T 15835",
    severity=Severity.ERROR,
    family=Family.TEXT,
    title="日期存在",
    measured="文中的年月日",
    right="2012年2月29日",
    wrong="2011年2月29日",
    hint="核对日期",
)
def dates_exist(script: Script) -> Iterator[Found]:
    """Every date in the text is in the calendar."""
    for passage in script.passages:
        for match in DATE.finditer(passage.text):
            if not _exists(*map(int, match.groups())):
                yield passage.found(f"没有“{match.group()}”这一天", match.start())
        for match in MONTH.finditer(passage.text):
            if not 1 <= int(match[1]) <= 12:
                yield passage.found(f"没有“{match.group()}”", match.start())
        for match in MONTH_DAY.finditer(passage.text):
            if not _exists(2000, *map(int, match.groups())):
                yield passage.found(f"没有“{match.group()}”这一天", match.start())


def _exists(year: int, month: int, day: int) -> bool:
    try:
        datetime.date(year, month, day)
    except ValueError:
        return False
    return True


@rule(
    "WD-02",
    clause="7.4.3",
    severity=Severity.ERROR,
    family=Family.TEXT,
    forms=LETTERHEADED,
    title="印发日期不早于成文日期",
    measured="印发日期与成文日期",
    right="7月1日成文，7月2日印发",
    wrong="7月1日成文，6月30日印发",
    hint="核对“印发日期”和“成文日期”",
)
def printed_after(script: Script) -> Iterator[Found]:
    """The printing date is not before the date of issue (7.4.3)."""
    if script.date is None or script.printed_on is None or script.printed is None:
        raise NotApplicable("没有印发日期或成文日期")
    if script.printed_on < script.date:
        printed, dated = map(_shown, (script.printed_on, script.date))
        yield script.printed.found(f"印发日期 {printed} 早于成文日期 {dated}")


def _shown(day: datetime.date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


@rule(
    "WD-03",
    clause="7.3.1",
    severity=Severity.WARNING,
    family=Family.TEXT,
    forms=frozenset({Format.NOTICE, Format.LETTER}),
    title="标题有文种",
    measured="标题末尾的文种，与源文件的“文种”是否一致",
    right="关于做好防汛工作的通知",
    wrong="关于做好防汛工作",
    hint="标题由发文机关、事由、文种组成",
)
def genre_in_title(script: Script) -> Iterator[Found]:
    """The title ends in the kind of document, the one the source names (7.3.1)."""
    if script.title is None:
        raise NotApplicable("没有标题")
    title = re.sub(r"（.{1,12}）$", "", script.title.text)
    named = [genre for genre in GENRES if title.endswith(genre)]
    if not named:
        yield script.title.found(f"标题末尾“{title[-4:]}”不是文种（通知、函、报告等）")
    elif title.endswith("请示报告"):
        yield script.title.found("“请示”和“报告”是两个文种，标题只用一个")
    elif script.genre in GENRES and not title.endswith(script.genre):
        yield script.title.found(f"标题的文种是“{named[0]}”，源文件写的是“{script.genre}”")


@rule(
    "WD-04",
    clause="7.4.2",
    severity=Severity.WARNING,
    family=Family.TEXT,
    forms=LETTERHEADED,
    title="主送、抄送不重复",
    measured="主送机关与抄送机关的名称",
    right="主送各县区，抄送市纪委",
    wrong="市财政局既主送又抄送",
    hint="从“抄送”里删去已主送的机关",
)
def not_twice(script: Script) -> Iterator[Found]:
    """No office is both addressed and copied to (7.4.2)."""
    if not script.copied_to:
        raise NotApplicable("没有抄送机关")
    addressed = {_bare(name) for passage in script.addressees for name in _offices(passage)}
    for passage in script.copied_to:
        for name in _offices(passage):
            if _bare(name) in addressed:
                yield passage.found(f"“{name}”既主送又抄送")


def _offices(passage: Passage) -> list[str]:
    return [name for name in re.split("[，、；,：。]", passage.text) if name]


def _bare(name: str) -> str:
    return "".join(name.split())


@rule(
    "WD-05",
    clause="GB/T 15835",
    severity=Severity.WARNING,
    family=Family.TEXT,
    title="百分数范围",
    measured="两个百分数之间的写法",
    right="5%～8%",
    wrong="5～8%",
    hint="前后两个数都写百分号",
)
def percent_ranges(script: Script) -> Iterator[Found]:
    """Both ends of a range of percentages bear the sign (GB/T 15835)."""
    yield from each(script, PERCENTS, "“{}”的前一个数也要写百分号")


@rule(
    "WD-06",
    clause="9",
    severity=Severity.WARNING,
    family=Family.TEXT,
    title="法定计量单位",
    measured="数字后的市制、英制等废除单位（亩依 GB 3100 可用）",
    right="5 千克，3 厘米",
    wrong="10斤，3公分",
    hint="换算成法定计量单位",
)
def lawful_units(script: Script) -> Iterator[Found]:
    """Units are the lawful ones (9; GB 3100)."""
    yield from each(script, UNITS, "“{}”用了已废除的单位")


@rule(
    "WD-07",
    clause="语言文字规范",
    severity=Severity.WARNING,
    family=Family.TEXT,
    title="叠字",
    measured="“的的”“了了”等",
    right="取得的成绩",
    wrong="取得的的成绩",
    hint="删去多写的字；引用的原文可以不改，写在“豁免”里",
)
def doubled(script: Script) -> Iterator[Found]:
    """No particle is written twice by slip."""
    yield from each(script, DOUBLED, "“{}”多写了一个字")


@rule(
    "WD-08",
    clause="语言文字规范",
    severity=Severity.WARNING,
    family=Family.TEXT,
    title="常见误用",
    measured="一份短表：截止目前、涉及到、大约…左右等",
    right="截至目前，涉及",
    wrong="截止目前，涉及到",
    hint="照所说的改；引用的原文可以不改，写在“豁免”里",
)
def slips(script: Script) -> Iterator[Found]:
    """The classic slips of official prose are absent."""
    for pattern, cure in SLIPS:
        yield from each(script, pattern, cure)


@rule(
    "WD-09",
    clause="GB/T 15835",
    severity=Severity.WARNING,
    family=Family.TEXT,
    title="年份不省略",
    measured="两位数的年份",
    right="2009年底",
    wrong="09年底",
    hint="年份写四位",
)
def whole_years(script: Script) -> Iterator[Found]:
    """Years are written with four digits (GB/T 15835)."""
    yield from each(script, SHORT_YEAR, "“{}”应写四位年份")


@rule(
    "WD-10",
    clause="GB/T 15835",
    severity=Severity.WARNING,
    family=Family.TEXT,
    title="年份写法一致",
    measured="汉字年份与阿拉伯数字年份",
    right="2009年、2010年",
    wrong="2009年、二〇一〇年",
    hint="同一类数字用同一种写法",
)
def one_form_of_years(script: Script) -> Iterator[Found]:
    """Years are all in one kind of numerals (GB/T 15835)."""
    text = "".join(passage.text for passage in script.passages)
    if ARABIC_YEAR.search(text):
        yield from each(script, HAN_YEAR, "“{}”与文中的阿拉伯数字年份不一致")
