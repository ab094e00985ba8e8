"""The right pages of the program itself raise no alarm, with their document or without it."""

from __future__ import annotations

from typing import Any

import pytest
from forms import LETTER, MINUTES, NAME, NOTICE, SENTENCE, document, printed, text_of

from yinfa.check import check

OFFICES = ("×××市教育局", "×××市财政局", "×××市人力资源和社会保障局", "×××市公安局")
STANDARD = "符合GB/T 28231—2011《书写板安全卫生要求》等国家标准"


def alarms(base: Any, **changes: Any) -> list[str]:
    """What the checker says of *base* with *changes*, knowing the document and not knowing it."""
    path = printed(base, **changes).path
    reports = (check(path, document(base, **changes)), check(path))
    return [f"{f.rule} {f.message}" for report in reports for f in report.findings]


@pytest.mark.parametrize("base", [NOTICE, LETTER])
@pytest.mark.parametrize("offices", [OFFICES[:2], OFFICES[:3], OFFICES, (NAME, *OFFICES[2:])])
def test_offices_that_set_their_seals_by_hand_are_no_paragraphs(
    base: Any, offices: tuple[str, ...]
) -> None:
    assert alarms(base, 发文机关=list(offices), 落款="加盖印章") == []


@pytest.mark.parametrize("issuer", [None, NAME])
@pytest.mark.parametrize("people", ["×××", ["张三", "李四", "王小五"] * 10])
def test_date_and_issuer_of_minutes_are_nobody_that_attended(
    issuer: str | None, people: Any
) -> None:
    changes = {"发文机关": issuer, "成文日期": "2012年7月1日", "请假": ["赵六"]}
    assert alarms(MINUTES, 正文=[SENTENCE * 3], 出席=people, **changes) == []


def test_a_mark_without_its_blank_half_is_read_after_the_digit_before_it() -> None:
    middle = "和GB/T 282《书写板》。"
    paragraphs = [f"{'一' * length}{STANDARD}{middle}{STANDARD}。" for length in range(14)]
    reading = printed(NOTICE, 正文=paragraphs)
    pairs = [
        (line.chars[index - 1], char)
        for sheet in reading.sheets
        for line in sheet.body_lines
        for index, char in enumerate(line.chars)
        if char.char == "《" and index
    ]
    assert any(mark.x_mm - before.x_mm < 0.1 for before, mark in pairs)  # the case arises
    assert all(before.char.isdigit() for before, _ in pairs)
    assert all("".join(words.split()) in text_of(reading) for words in paragraphs)
    assert alarms(NOTICE, 正文=paragraphs) == []


def test_a_document_of_one_line_needs_no_second_at_its_signature() -> None:
    assert alarms(NOTICE, 正文=["现予公布。"]) == []
