"""EL in references: what the text points at is there (clauses 7.3.3, 7.3.4)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from yinfa.parts import Part
from yinfa.recognising.format import Format
from yinfa.recognising.heading import DIGITS
from yinfa.report import Severity
from yinfa.rules.registry import Family, Found, NotApplicable, rule
from yinfa.rules.script import PROSE, Passage, Script

HAN_DIGITS = "一二三四五六七八九十百"
SEEN = re.compile(
    rf"(?:[见按照填写如附]|(?<![》号])[（(])附件\s*(?P<number>\d{{1,2}}|[{HAN_DIGITS}]{{1,3}})?(?![\d{HAN_DIGITS}〔（])"
)
OTHERS = re.compile(r"[》号][^，。；（]{0,4}$")  # the attachment of another document
COUNTED = re.compile(rf"附件[：:]?[（(]?共(\d{{1,2}}|[{HAN_DIGITS}]{{1,3}})[份件个]")
ARTICLE = re.compile(
    rf"(?:本(?:办法|条例|规定|细则|章程|制度|规则|法|准则|规程|方案|意见))第([{HAN_DIGITS}零〇]+)条"
)
ARTICLE_MARK = re.compile(rf"^第([{HAN_DIGITS}零〇]+)条")
NAMED_TWICE = re.compile("[《》]")
NOT_BOUND = frozenset({Format.ATTACHMENT, Format.PLAIN})


def number_in(word: str) -> int:
    """The number that Arabic or Han digits say, up to 999."""
    if word.isdecimal():
        return int(word)
    total = digit = 0
    for char in word:
        if char in DIGITS:
            digit = DIGITS[char]
        elif char in "十百":
            total += (digit or 1) * (10 if char == "十" else 100)
            digit = 0
    return total + digit


@rule(
    "EL-12",
    clause="7.3.4",
    severity=Severity.WARNING,
    family=Family.TEXT,
    title="文中提到的附件都有",
    measured="“见附件3”“附件共3份”与附件说明、附件的个数",
    right="见附件2（有附件1、附件2）",
    wrong="见附件3（只有2个附件），或没有附件说明",
    hint="补上附件说明，或改文中的序号",
)
def attachments_cited(script: Script) -> Iterator[Found]:
    """Every attachment that the text cites is listed (7.3.4)."""
    if script.form in NOT_BOUND:
        raise NotApplicable("附件和材料不另列附件说明")
    count = len(script.of(Part.ATTACHMENT_LIST))
    if script.document is not None:
        count = max(count, len(script.document.attachments))
    for passage in script.passages:
        if passage.division or passage.part not in PROSE:
            continue
        for match in SEEN.finditer(passage.text):
            if OTHERS.search(passage.text[: match.start() + 1]):
                continue
            number = number_in(match["number"] or "1")
            if not count:
                yield passage.amiss(match, "文中提到附件，没有附件说明")
            elif number > count:
                yield passage.amiss(match, f"没有附件{number}，只有 {count} 个附件")
        for match in COUNTED.finditer(passage.text):
            if number_in(match[1]) != count:
                yield passage.amiss(match, f"附件是 {count} 个")


@rule(
    "EL-13",
    clause="7.3.3",
    severity=Severity.WARNING,
    family=Family.TEXT,
    title="文中提到的条文都有",
    measured="“本办法第×条”与本文条文的个数",
    right="依照本办法第十条（共20条）",
    wrong="依照本办法第三十条（共20条）",
    hint="核对所引的条文序号",
)
def articles_cited(script: Script) -> Iterator[Found]:
    """Every article of its own that a regulation cites is there (7.3.3)."""
    counts: dict[int, int] = {}
    for passage in script.passages:
        mark = ARTICLE_MARK.match(passage.text)
        if passage.part is Part.ARTICLE:
            counts[passage.division] = counts.get(passage.division, 0) + 1
        elif mark:
            number = number_in(mark[1])
            counts[passage.division] = max(counts.get(passage.division, 0), number)
    if not counts:
        raise NotApplicable("不是条文")
    for passage in script.passages:
        last = counts.get(passage.division, 0)
        for match in ARTICLE.finditer(passage.text):
            if last and number_in(match[1]) > last:
                yield passage.amiss(match, f"本文只有 {last} 条")


@rule(
    "EL-14",
    clause="7.3.4",
    severity=Severity.WARNING,
    family=Family.TEXT,
    title="附件名称不加书名号",
    measured="附件说明各名称两头的书名号",
    right="附件说明: [任务分解表, 联系人名单]",
    wrong="附件说明: [任务分解表, 《联系人名单》]",
    hint="只写名称，不加书名号",
)
def attachment_names(script: Script) -> Iterator[Found]:
    """The attachment list has bare names, no title marks about them (7.3.4)."""
    listed = script.of(Part.ATTACHMENT_LIST)
    if not listed:
        raise NotApplicable("没有附件说明")
    for passage in listed:
        yield from _wrong_name(passage, script.document is not None)


def _wrong_name(passage: Passage, written: bool) -> Iterator[Found]:
    text = passage.text
    name = text if written else re.sub(r"^(附件[:：])?(\d{1,2}[.．])?", "", text)
    if name.startswith("《") and name.endswith("》") and name.count("《") == 1:
        start = len(text) - len(name)
        told = f"{passage.around(start, len(text))}附件名称不加书名号，应为“{name[1:-1]}”"
        yield passage.found(told, start, name, name[1:-1])
