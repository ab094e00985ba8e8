"""WD in numbers: dates, ranges, units and sums (clause 9; GB/T 15835)."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from decimal import Decimal

from yinfa.report import Severity
from yinfa.rules.registry import Family, Found, NotApplicable, rule
from yinfa.rules.script import WRITTEN, Passage, Script, each

DATE = re.compile(r"(?<!\d)(\d{4})年(\d{1,2})月(\d{1,2})日")
MONTH = re.compile(r"(?<!\d)\d{4}年(\d{1,2})月(?!\d{1,2}日)")
MONTH_DAY = re.compile(r"(?<![\d年])(\d{1,2})月(\d{1,2})日")
PERCENTS = re.compile(r"(?<![\d.])(\d+(?:\.\d+)?)([～~—至-])(\d+(?:\.\d+)?[%％])")
SHORT_YEAR = re.compile(
    r"(?<![\d.])(0\d年(?=[底初末度来以前后内的，。]|\d{1,2}月)"
    r"|[1-9]\d年(?=底(?!子)|初(?![步级期中])|末(?!期)|度(?!过)|\d{1,2}月))"
)
HAN_YEAR = re.compile(r"[一二][〇○零一二三四五六七八九]{3}年")
ARABIC_YEAR = re.compile(r"(?<!\d)(19|20)\d{2}年")
NUMBER = r"[\d一二三四五六七八九十百千万亿几两][\d.一二三四五六七八九十百千万亿]*多?"
UNITS = re.compile(
    rf"{NUMBER}(公分(?!母)|市斤|(?<!亿)斤(?![顶两斤])|市尺|英寸|英尺|英里|公升|马力|华里|里地|达因|公尺"
    "|担(?![当任保负心忧架纲责子]))"
)
SYMBOL = {"kg": "kg", "km": "km", "cm": "cm", "mm": "mm", "kw": "kW", "kwh": "kWh", "khz": "kHz"}
SYMBOLS = re.compile(
    r"(\d\s?)(?!kg|km|cm|mm|kW|kWh|kHz)((?i:kg|km|cm|mm|kwh|kw|khz))(?![A-Za-z\d])"
)
TILDE = re.compile(r"(?<=[\d%％℃年月日时天万亿元])[~∼˜〜](?=\d)")
YEARS = re.compile(r"(?<![\d/-])((?:19|20)\d{2})年?[-–～~至到—]((?:19|20)\d{2})(?=年)")
YEAR_HYPHEN = re.compile(r"(?<![\d/-])((?:19|20)\d{2})[-–~](?=(?:19|20)\d{2}年)")
MAGNITUDES = re.compile(r"(?<![\d.])(\d+(?:\.\d+)?)([～~—–-])(\d+(?:\.\d+)?)([万亿])")
DOTTED = re.compile(
    r"(?<![\d.])((?:19|20)\d{2})[.．/](1[0-2]|0?[1-9])[.．/](3[01]|[12]\d|0?[1-9])(?![\d.．/])"
)
DAYS = "一二三四五六日"
WEEKDAY = re.compile(
    r"(?:(?<!\d)(\d{4})年)?(?<!\d)(\d{1,2})月(\d{1,2})日(?:[（(，]?)(?:星期|礼拜|周)([一二三四五六日天])"
)
SPAN = re.compile(
    r"(?:(?<!\d)(\d{4})年)?(?<!\d)(\d{1,2})月(\d{1,2})日(?:（[^）]{1,5}）)?(?:起|开始)?，?(?:至|到|—|～|~)"
    r"(?:(\d{4})年)?(\d{1,2})月(\d{1,2})日"
)
CAPITALS = "零壹贰叁肆伍陆柒捌玖"
CAPITAL_UNITS = {"拾": 10, "佰": 100, "仟": 1000}
SUM = re.compile(
    r"(?P<figure>\d[\d,，]*(?:\.\d+)?)(?P<ten>万|亿)?元[（(，]?(?:大写|人民币|[：:])*"
    rf"(?P<words>[{CAPITALS}拾佰仟万亿]+)[元圆](?P<rest>整|正|[{CAPITALS}角分]*)"
    rf"|(?:大写|人民币|[：:])*(?P<words_first>[{CAPITALS}拾佰仟万亿]{{2,}})[元圆](?P<rest_first>整|正|[{CAPITALS}角分]*)"
    r"[（(，]?(?:小写|人民币|[：:]|[¥￥])*(?P<figure_after>\d[\d,，]*(?:\.\d+)?)(?P<ten_after>万|亿)?(?=元|[）)])"
)
TOTAL = re.compile("合计|总计|共计|总和")
PARTIAL = re.compile("小计|其中")
UNSUMMED = re.compile("序号|编号|年|率|比|均|单价|占|%|％|排名|名次|增|减")
FIGURE = re.compile(r"-?\d{1,3}(?:[,，]\d{3})+(?:\.\d+)?|-?\d+(?:\.\d+)?")


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
    yield from each(
        script,
        PERCENTS,
        "“{}”的前一个数也要写百分号",
        right=lambda match: f"{match[1]}%{match[2]}{match[3]}",
    )


@rule(
    "WD-06",
    clause="9",
    severity=Severity.WARNING,
    family=Family.TEXT,
    title="法定计量单位",
    measured="数字后的市制、英制等废除单位（亩依 GB 3100 可用），大小写写错的单位符号",
    right="5 千克，3 厘米",
    wrong="10斤，3公分",
    hint="换算成法定计量单位",
)
def lawful_units(script: Script) -> Iterator[Found]:
    """Units are the lawful ones (9; GB 3100)."""
    yield from each(script, UNITS, "“{}”用了已废除的单位")
    yield from each(
        script,
        SYMBOLS,
        "“{}”的大小写不对",
        right=lambda match: match[1] + SYMBOL[match[2].lower()],
    )


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


@rule(
    "WD-13",
    clause="GB/T 15835",
    severity=Severity.WARNING,
    family=Family.TEXT,
    title="数值范围",
    measured="两个数之间的连接号，“万”“亿”是否两头都写",
    right="10万～12万元，2024—2026年",
    wrong="10～12万元，2024-2026年，95%~100%",
    hint="范围用“～”或“—”；“万”“亿”“%”前后都写",
)
def ranges(script: Script) -> Iterator[Found]:
    """Both ends of a range bear their unit, and a range mark stands between (GB/T 15835)."""
    yield from each(script, TILDE, "半角的“~”应为“～”", right=lambda _: "～")
    yield from each(script, YEAR_HYPHEN, "年份之间应为“—”", right=lambda match: f"{match[1]}—")
    for passage in script.passages:
        for match in MAGNITUDES.finditer(passage.text):
            if float(match[1]) < float(match[3]):
                right = f"{match[1]}{match[4]}{match[2]}{match[3]}{match[4]}"
                yield passage.amiss(match, f"前一个数也要写“{match[4]}”", right)


@rule(
    "WD-14",
    clause="GB/T 15835",
    severity=Severity.WARNING,
    family=Family.TEXT,
    title="日期写年月日",
    measured="文中用点、斜线隔开的日期（表格之外）",
    right="2012年7月1日",
    wrong="2012.7.1",
    hint="写成年月日",
)
def dates_in_words(script: Script) -> Iterator[Found]:
    """A date in the text is written with 年, 月 and 日 (GB/T 15835)."""
    yield from each(
        script,
        DOTTED,
        "日期应写年月日",
        parts=WRITTEN,
        right=lambda match: f"{match[1]}年{int(match[2])}月{int(match[3])}日",
    )


@rule(
    "WD-15",
    clause="9",
    severity=Severity.WARNING,
    family=Family.TEXT,
    title="星期与日期相符",
    measured="日期后注的星期",
    right="2024年5月6日（星期一）",
    wrong="2024年5月6日（星期二）",
    hint="核对日历",
)
def weekdays(script: Script) -> Iterator[Found]:
    """A weekday is that of its date; without a year, of a year near the date of issue."""
    for passage in script.passages:
        for match in WEEKDAY.finditer(passage.text):
            year, month, day = match[1], int(match[2]), int(match[3])
            given = DAYS.index(match[4].replace("天", "日"))
            if year:
                years = [int(year)]
            elif script.date:
                years = [script.date.year, script.date.year + 1, script.date.year - 1]
            else:
                continue
            days = [_weekday(one, month, day) for one in years]
            if days[0] is not None and given not in days:
                right = DAYS[days[0]]
                told = f"{passage.around(*match.span())}{years[0]}年这一天是星期{right}"
                yield passage.found(told, match.start(4), match[4], right)


def _weekday(year: int, month: int, day: int) -> int | None:
    return datetime.date(year, month, day).weekday() if _exists(year, month, day) else None


@rule(
    "WD-16",
    clause="9",
    severity=Severity.WARNING,
    family=Family.TEXT,
    title="起止先后",
    measured="一段时间的起止日期、年份",
    right="5月6日至6月28日",
    wrong="6月28日至5月6日",
    hint="核对起止日期；跨年的，后一个日期写年份",
)
def spans(script: Script) -> Iterator[Found]:
    """A span of days or years ends after it begins."""
    for passage in script.passages:
        for match in SPAN.finditer(passage.text):
            first = (int(match[1] or 0), int(match[2]), int(match[3]))
            last = (int(match[4] or match[1] or 0), int(match[5]), int(match[6]))
            if match[4] and not match[1]:
                continue  # the year of the first may be any
            if last < first:
                yield passage.amiss(match, "止期早于起期")
        for match in YEARS.finditer(passage.text):
            if match[2] < match[1]:
                yield passage.amiss(match, "止年早于起年")


@rule(
    "WD-17",
    clause="9",
    severity=Severity.ERROR,
    family=Family.TEXT,
    title="大写金额与小写相符",
    measured="同处写明的大写和小写金额",
    right="12000元（大写：壹万贰仟元整）",
    wrong="12000元（大写：壹万贰佰元整）",
    hint="核对金额",
)
def capital_sums(script: Script) -> Iterator[Found]:
    """A sum in capital numerals equals the one in figures beside it."""
    for passage in script.passages:
        if not any(char in passage.text for char in CAPITAL_UNITS):
            continue
        for match in SUM.finditer(passage.text):
            groups = match.groupdict()
            figure = groups["figure"] or groups["figure_after"]
            ten = groups["ten"] or groups["ten_after"]
            words = groups["words"] or groups["words_first"]
            rest = groups["rest"] or groups["rest_first"] or ""
            said = capital_value(words, rest)
            value = Decimal(re.sub("[,，]", "", figure)) * {"万": 10**4, "亿": 10**8}.get(ten, 1)
            if said is not None and said != value:
                yield passage.amiss(
                    match, f"大写是 {said.normalize():f} 元，小写是 {value.normalize():f} 元"
                )


def capital_value(words: str, rest: str = "") -> Decimal | None:
    """The sum of 壹万贰仟 (元) and 叁角伍分; None where it cannot be read."""
    total = section = digit = 0
    for char in words:
        if char in CAPITALS:
            digit = CAPITALS.index(char)
        elif char in CAPITAL_UNITS:
            section += (digit or 1) * CAPITAL_UNITS[char]
            digit = 0
        else:
            total = (total + section + digit) * {"万": 10**4, "亿": 10**8}[char]
            section = digit = 0
    cents = 0
    for number, unit in re.findall(rf"([{CAPITALS}])([角分])", rest):
        cents += CAPITALS.index(number) * (10 if unit == "角" else 1)
    return Decimal(total + section + digit) + Decimal(cents) / 100


@rule(
    "WD-18",
    clause="9",
    severity=Severity.WARNING,
    family=Family.TEXT,
    title="表格合计",
    measured="源文件里的表格：合计行与其余各行的和（有小计的表不算）",
    right="30、45、25，合计 100",
    wrong="30、45、25，合计 110",
    hint="核对合计数和各分项",
)
def totals(script: Script) -> Iterator[Found]:
    """The total of a column of a table is the sum of its rows."""
    if not script.tables:
        raise NotApplicable("没有表格，或只有印出的页面")
    for rows in script.tables:
        bare = [["".join(cell.text.split()) for cell in row] for row in rows]
        which = [i for i, row in enumerate(bare) if row and TOTAL.fullmatch(row[0])]
        if len(which) != 1 or any(PARTIAL.search(cell) for row in bare for cell in row[:2]):
            continue
        yield from _wrong_totals(rows, bare, which[0])


def _wrong_totals(
    rows: tuple[tuple[Passage, ...], ...], bare: list[list[str]], which: int
) -> Iterator[Found]:
    for column in range(1, len(bare[which])):
        total = _figure(bare[which][column])
        others = [row[column] for i, row in enumerate(bare) if i != which and column < len(row)]
        heads = [cell for cell in others if _figure(cell) is None and cell not in BLANKS]
        values = [value for cell in others if (value := _figure(cell)) is not None]
        # A column with words among its figures, or under such a head, is none to be summed.
        told_apart = len(heads) > 1 or any(UNSUMMED.search(head) for head in heads)
        if total is None or len(values) < 2 or told_apart:
            continue
        if heads and bare and column < len(bare[0]) and heads[0] != bare[0][column]:
            continue
        if sum(values) != total:
            cell = rows[which][column]
            said = f"{cell.text.strip()}，各行的和是 {sum(values):f}"
            yield cell.found(
                f"{bare[which][0]}“{heads[0] if heads else column + 1}”一列写的是 {said}"
            )


BLANKS = frozenset({"", "—", "——", "-", "/", "／", "无"})


def _figure(cell: str) -> Decimal | None:
    return Decimal(re.sub("[,，]", "", cell)) if FIGURE.fullmatch(cell) else None
