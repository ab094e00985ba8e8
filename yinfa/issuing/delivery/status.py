"""How far a distribution has come, as a table for people."""

from __future__ import annotations

import datetime
import unicodedata
from collections.abc import Iterable, Sequence

from yinfa.issuing.delivery.journal import State
from yinfa.issuing.delivery.plan import Delivery, Plan, Via, shown_target
from yinfa.issuing.register import shown_numbers

STATES = {
    State.PLANNED: "待发",
    State.SENDING: "正在发",
    State.SENT: "已发",
    State.FAILED: "被拒收",
    State.UNKNOWN: "不明",
}
VIAS = {Via.MAIL: "邮件", Via.FOLDER: "文件夹"}
HEADER = ("单位", "方式", "地址", "份号", "状态", "时间", "说明")
LONGEST_NAME = 40  # columns


def table(plan: Plan) -> str:
    """A line for every delivery, in columns; then what else is known of the document."""
    rows = [HEADER, *(_row(each) for each in plan.deliveries)]
    return "\n".join([*aligned(rows), *notes(plan)])


def _row(each: Delivery) -> tuple[str, ...]:
    numbers = shown_numbers([copy.number for copy in each.copies if copy.number])
    return (
        clipped(each.name),
        VIAS[each.via],
        shown_target(each.target),
        numbers,
        STATES[each.state],
        _local(each.changed) if each.state is not State.PLANNED else "",
        "；".join(filter(None, (each.told if each.state is not State.SENT else "", each.remark))),
    )


def notes(plan: Plan) -> Iterable[str]:
    """What is to be said beside the deliveries."""
    yield from plan.remarks
    if plan.left_out:
        yield f"这次不发：{_listed(plan.left_out)}"
    if plan.paper:
        yield f"没有邮箱和文件夹，只发纸质的：{_listed(plan.paper)}"
    for entry in plan.others:
        what = (clipped(entry.name), shown_target(entry.target), STATES[entry.state])
        yield f"不在这份名单里：{'，'.join(what)}"
    if any(each.state is State.UNKNOWN for each in plan.deliveries):
        yield (
            "“不明”的可能收到了，也可能没有，不会自动重发。请先问收件单位；"
            "没有收到的，用 --resend 简称 重发（全部重发用 --resend-unknown）"
        )
    if any(each.state is State.FAILED for each in plan.deliveries):
        yield (
            "“被拒收”的不会自动重发。请核对地址：改了地址的，下次发到新地址；"
            "没有改的，用 --resend 简称 重发"
        )


def tally(deliveries: Sequence[Delivery]) -> str:
    """How many deliveries are in which state: 4 个单位：已发 3，待发 1."""
    counts = {state: sum(each.state is state for each in deliveries) for state in STATES}
    order = (State.SENT, State.PLANNED, State.SENDING, State.FAILED, State.UNKNOWN)
    shown = "，".join(f"{STATES[state]} {counts[state]}" for state in order if counts[state])
    return f"{len(deliveries)} 个单位：{shown}" if shown else "没有要发的单位"


def _listed(names: Sequence[str]) -> str:
    return "、".join(clipped(name) for name in names)


def aligned(rows: Sequence[Sequence[str]]) -> list[str]:
    """*rows* in columns as wide as a terminal shows them: a Chinese character takes two."""
    used = [index for index in range(len(rows[0])) if any(row[index] for row in rows[1:])]
    widths = {index: max(width(row[index]) for row in rows) for index in used}
    return [
        "  ".join(row[index] + " " * (widths[index] - width(row[index])) for index in used).rstrip()
        for row in rows
    ]


def width(text: str) -> int:
    """The columns that a terminal takes for *text*."""
    return sum(_columns(char) for char in text)


def _columns(char: str) -> int:
    if unicodedata.category(char) in {"Mn", "Me", "Cf"}:
        return 0
    return 2 if unicodedata.east_asian_width(char) in {"W", "F"} else 1


def clipped(name: str) -> str:
    """*name*, no wider than a column of names may be, and fit for a terminal."""
    name = "".join(char for char in name if unicodedata.category(char)[0] != "C")
    if width(name) <= LONGEST_NAME:
        return name
    while width(name) > LONGEST_NAME - 2:
        name = name[:-1]
    return f"{name}…"


def _local(changed: str) -> str:
    """A time of the journal on the clock of the office."""
    if not changed:
        return ""
    return f"{datetime.datetime.fromisoformat(changed).astimezone():%Y-%m-%d %H:%M}"
