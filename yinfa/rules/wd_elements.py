"""WD across elements: dates, kinds and offices that must agree (clauses 7.3.1, 7.4)."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from dataclasses import replace

from yinfa.parts import Part
from yinfa.recognising.format import Format
from yinfa.report import Severity
from yinfa.rules.registry import LETTERHEADED, Family, Found, NotApplicable, rule
from yinfa.rules.script import Passage, Script

LATE_DAYS = 366
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
    "WD-02",
    clause="7.4.3",
    severity=Severity.ERROR,
    family=Family.TEXT,
    forms=LETTERHEADED,
    title="印发日期在成文日期之后",
    measured="印发日期与成文日期；晚一年以上的作警告",
    right="7月1日成文，7月2日印发",
    wrong="7月1日成文，6月30日印发",
    hint="核对“印发日期”和“成文日期”",
)
def printed_after(script: Script) -> Iterator[Found]:
    """The printing date is not before the date of issue, nor long after it (7.4.3)."""
    printed = next(iter(script.of(Part.PRINTED)[-1:]), None)
    if script.date is None or script.printed_on is None or printed is None:
        raise NotApplicable("没有印发日期或成文日期")
    on, dated = map(_shown, (script.printed_on, script.date))
    if script.printed_on < script.date:
        yield printed.found(f"印发日期 {on} 早于成文日期 {dated}")
    elif (script.printed_on - script.date).days > LATE_DAYS:
        message = f"印发日期 {on} 比成文日期 {dated} 晚一年以上"
        yield replace(printed.found(message), severity=Severity.WARNING)


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
    measured="主送机关、抄送机关的名称",
    right="主送各县区，抄送市纪委",
    wrong="市财政局既主送又抄送，或写了两次",
    hint="删去多写的一处；已主送的不再抄送",
)
def not_twice(script: Script) -> Iterator[Found]:
    """No office is addressed or copied to twice (7.4.2)."""
    named = script.of(Part.ADDRESSEES, Part.COPIED_TO)
    if not named:
        raise NotApplicable("没有主送、抄送机关")
    seen: dict[str, Part] = {}
    for passage in named:
        for name in _offices(passage):
            before = seen.get(_bare(name))
            if before is not None:
                how = "写了两次" if before is passage.part else "既主送又抄送"
                yield passage.found(f"“{name}”{how}", 0, name)
            seen.setdefault(_bare(name), passage.part)


def _offices(passage: Passage) -> list[str]:
    return [name for name in re.split("[，、；,：。]", passage.text) if name]


def _bare(name: str) -> str:
    return "".join(name.split())
