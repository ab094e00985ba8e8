"""公报: the general format, sent to nobody, with issuer and date under its title."""

from __future__ import annotations

import pytest
from forms import (
    BULLETIN,
    MIDDLE_MM,
    NAME,
    NOTICE,
    between_mm,
    document,
    marks,
    printed,
    red_ink_mm,
    red_rules,
    text_of,
)

from yinfa.check import check
from yinfa.report import SourceFault


def test_a_bulletin_s_mark_is_the_issuer_s_name_alone_35_mm_below_the_type_area_s_head() -> None:
    reading = printed(BULLETIN)
    (mark,) = marks(reading.sheets[0])
    assert mark.bare == NAME  # without 文件
    assert red_ink_mm(reading.path)[0][0] == pytest.approx(37 + 35, abs=0.5)
    (rule,) = red_rules(reading.sheets[0])
    assert rule.x1_mm - rule.x0_mm == pytest.approx(156, abs=0.1)


def test_issuer_and_date_stand_under_the_title_and_nowhere_else() -> None:
    reading = printed(BULLETIN)
    lines = reading.sheets[0].body_lines
    names = [line.bare for line in lines]
    at = names.index("关于公文版面的公报")
    assert names[at : at + 3] == ["关于公文版面的公报", NAME, "（2012年7月1日）"]
    for line in lines[at : at + 3]:
        assert (line.x0_mm + line.x1_mm) / 2 == pytest.approx(MIDDLE_MM, abs=0.5)
    assert between_mm(lines[at + 2], lines[at + 3]) > 10  # a blank line above the text
    assert text_of(reading).count("2012年7月1日") == 1


@pytest.mark.parametrize("number", ["第1号", "×××〔2012〕10号", None])
def test_the_checker_knows_a_bulletin_and_has_nothing_to_say(number: str | None) -> None:
    keys = {"发文字号": number}
    reading = printed(BULLETIN, **keys)
    assert check(reading, document(BULLETIN, **keys)).findings == ()
    alone = check(reading)
    assert alone.form == ("bulletin" if number else "plain")  # without letterhead it tells nothing
    assert alone.findings == ()


def test_a_bulletin_is_sent_to_nobody() -> None:
    with pytest.raises(SourceFault, match="“公报”一类的文种不用“主送”"):
        document(BULLETIN, 主送="×××委员会")


def test_a_notice_is_no_bulletin() -> None:
    assert check(printed(NOTICE)).form == "notice"
    with pytest.raises(SourceFault, match="缺少用“〔〕”括起来的年份"):
        document(NOTICE, 发文字号="第1号")
