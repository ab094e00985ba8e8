"""AN: the attachment list (clauses 7.3.4, 7.3.7)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from yinfa.recognising import measures as m
from yinfa.recognising.format import Format
from yinfa.recognising.paper import Specimen, Spot, SpotKind
from yinfa.report import Severity
from yinfa.rules.at import BOUND, title_of
from yinfa.rules.grid import blank_line_above
from yinfa.rules.registry import EVERY_FORM, Family, Found, NotApplicable, Yardstick, rule
from yinfa.rules.wording import at, mm, quoted

NUMBERED = re.compile(r"(附件[:：])?(\d{1,2})[.．]")
NAME_ENDS = frozenset("。；，、.;,")
WITH_LIST = EVERY_FORM - {Format.ATTACHMENT}


@rule(
    "AN-05",
    clause="7.3.7",
    severity=Severity.ERROR,
    family=Family.PAGE,
    title="附件与附件说明一致",
    measured="附件说明的序号、名称与各附件的序号、标题（去空格）",
    right="附件说明“1.任务分解表”，附件1 标题“任务分解表”",
    wrong="附件 1 标题为“任务表”",
    hint="附件说明由附件标题生成；改动时两处一起改",
)
def names_agree(paper: Specimen) -> Iterator[Found]:
    """Number and title of each attachment equal those in the attachment list (7.3.7)."""
    spots = paper.of(SpotKind.ATTACHMENT_LIST, 0)
    found = [label for label in paper.of(SpotKind.LABEL) if label.section]
    lying = [
        line for sheet in paper.sheets for line in sheet.turned_lines if BOUND.fullmatch(line.bare)
    ]
    if not spots or not found:
        raise NotApplicable("没有附件说明，或附件不在本文件内")
    listed = {}
    for lines in items(spots):
        text = "".join(spot.text for spot in lines)
        match = NUMBERED.match(text)
        name = text[match.end() :] if match else re.sub("^附件[:：]", "", text)
        listed[match.group(2) if match else ""] = name
    for label in found:
        match = re.search(r"附件(\d*)", label.text)
        number = match.group(1) if match else ""
        name = "".join(spot.text for spot in title_of(paper, label))
        if number not in listed:
            yield at(label, f"附件说明里没有“{label.text}”")
        elif name and listed[number] != name:
            wanted = quoted(listed[number])
            yield at(label, f"{label.text}的标题{quoted(name)}与附件说明{wanted}不同")
    count = len(found) + len(lying)  # a landscape table's label lies with it
    if count < len(listed):
        yield at(spots[0], f"附件说明有 {len(listed)} 个附件，文中只有 {count} 个")


def _list(paper: Specimen) -> tuple[Spot, ...]:
    spots = paper.of(SpotKind.ATTACHMENT_LIST, 0)
    if not spots:
        raise NotApplicable("没有附件说明")
    return spots


def items(spots: tuple[Spot, ...]) -> list[list[Spot]]:
    """The lines of an attachment list, name by name."""
    found: list[list[Spot]] = []
    for spot in spots:
        if not found or NUMBERED.match(spot.text):
            found.append([])
        found[-1].append(spot)
    return found


@rule(
    "AN-01",
    clause="7.3.4",
    severity=Severity.ERROR,
    family=Family.PAGE,
    forms=WITH_LIST,
    title="附件说明位置",
    measured="附件说明与正文的距离、左端、“附件：”",
    right="正文下空一行，左空二字，“附件：”后接名称",
    wrong="紧接正文，顶格",
    hint="“附件说明”只写名称，由程序排版",
    measures_by=Yardstick.LEFT | Yardstick.CELLS | Yardstick.LINES,
)
def list_place(paper: Specimen) -> Iterator[Found]:
    """The attachment list stands one blank line below the text, two characters in (7.3.4)."""
    first = _list(paper)[0]
    wanted = paper.due.left_mm + paper.due.indent_mm
    if abs(first.line.x0_mm - wanted) > m.INDENT_SLACK_MM:
        yield at(first, f"附件说明左端在 {mm(first.line.x0_mm)}，应左空二字（{mm(wanted)}）")
    if not first.text.startswith("附件："):
        yield at(first, "“附件”后应为全角冒号“：”")
    yield from blank_line_above(paper, first, "附件说明", frozenset({SpotKind.TEXT}))


@rule(
    "AN-02",
    clause="7.3.4",
    severity=Severity.ERROR,
    family=Family.PAGE,
    forms=WITH_LIST,
    title="附件名称后不加标点",
    measured="附件说明各名称的末字",
    right="附件：1.任务分解表",
    wrong="附件：1.任务分解表；",
    hint="删去名称后的标点",
)
def names_without_stop(paper: Specimen) -> Iterator[Found]:
    """No mark follows the name of an attachment (7.3.4)."""
    for lines in items(_list(paper)):
        last = lines[-1]
        if last.text[-1] in NAME_ENDS:
            yield at(last, f"附件名称{quoted(lines[0].text)}后的“{last.text[-1]}”应删去")


@rule(
    "AN-03",
    clause="7.3.4",
    severity=Severity.ERROR,
    family=Family.PAGE,
    forms=WITH_LIST,
    title="附件顺序号",
    measured="附件说明各序号的数字和左端",
    right="一个附件不编号；多个用 1. 2. 并上下对齐",
    wrong="附件：一、任务分解表",
    hint="“附件说明”写成列表，序号由程序加",
    measures_by=Yardstick.LEFT | Yardstick.CELLS,
)
def list_numbers(paper: Specimen) -> Iterator[Found]:
    """Several attachments bear Arabic numbers from 1 that stand in one column (7.3.4)."""
    entries = items(_list(paper))
    numbers = [NUMBERED.match(lines[0].text) for lines in entries]
    if len(entries) == 1:
        if numbers[0]:
            yield at(entries[0][0], "只有一个附件，不编顺序号")
        return
    found = [int(match.group(2)) if match else 0 for match in numbers]
    if found != list(range(1, len(entries) + 1)):
        shown = "、".join(str(number) if number else "无" for number in found)
        yield at(entries[0][0], f"附件顺序号为 {shown}，应为 1 到 {len(entries)}")
    for lines in entries:
        digit = next((c for c in lines[0].line.chars if c.char.isdigit()), None)
        if digit is None:
            continue
        # 字 is the width of one character, 3.1: of the line's own where that is of another 3号.
        due = paper.due
        wanted = min(
            (due.left_mm + 5 * cell for cell in (due.cell_mm, digit.size_mm)),
            key=lambda x_mm: abs(x_mm - digit.x_mm),
        )
        if abs(digit.x_mm - wanted) > m.INDENT_SLACK_MM:
            yield at(lines[0], f"顺序号左端在 {mm(digit.x_mm)}，应在 {mm(wanted)}")


@rule(
    "AN-04",
    clause="7.3.4",
    severity=Severity.ERROR,
    family=Family.PAGE,
    forms=WITH_LIST,
    title="附件名称回行",
    measured="名称回行的左端与名称首字的左端",
    right="回行与上一行名称首字对齐",
    wrong="回行顶格",
    hint="回行由程序排；Word 里用悬挂缩进",
    measures_by=Yardstick.LEFT | Yardstick.CELLS,
)
def list_wraps(paper: Specimen) -> Iterator[Found]:
    """Further lines of a name align with its first character (7.3.4)."""
    wrapped = [lines for lines in items(_list(paper)) if len(lines) > 1]
    if not wrapped:
        raise NotApplicable("附件名称没有回行")
    for first, *rest in wrapped:
        match = NUMBERED.match(first.text) or re.match("附件[:：]", first.text)
        inked = list(first.line.inked())[match.end() if match else 0 :]
        if not inked:  # the name begins in the next line
            continue
        wanted = inked[0].x_mm
        for spot in rest:
            if abs(spot.line.x0_mm - wanted) > 0.5:
                yield at(spot, f"回行左端在 {mm(spot.line.x0_mm)}，名称首字在 {mm(wanted)}")
