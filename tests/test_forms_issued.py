"""What a notice or an order issues: on pages of its own, and no attachment, 7.3.7; in mm."""

from __future__ import annotations

from typing import Any

import pytest
from forms import (
    BOTTOM_MM,
    CELL_MM,
    IMPRINT,
    LINE_MM,
    MIDDLE_MM,
    NOTICE,
    ONE_BLANK_MM,
    ORDER,
    SENTENCE,
    between_mm,
    black_rules,
    document,
    looks,
    printed,
    row,
    text_of,
    within,
    written,
)
from making import elements

from yinfa.check import check
from yinfa.load import load
from yinfa.reading import Sheet
from yinfa.report import SourceFault
from yinfa.validate import validate

RULES = [{"章": "总则", "正文": [{"条": SENTENCE}, {"条": SENTENCE, "项": ["甲；", "乙。"]}]}]
SHORT: dict[str, Any] = {"标题": "公文版面管理办法", "正文": RULES}
LONG: dict[str, Any] = {
    "标题": "×××市×××局×××市×××委员会公文版头版记和附件编排工作若干具体问题管理办法（试行）",
    "题注": "2012年6月29日×××市×××局第1次局务会议通过，自2012年8月1日起施行",
    "正文": [SENTENCE * 12],
}
NOTICE_OF = {**NOTICE, "标题": "关于印发公文版面管理办法的通知"}


def own_page(sheets: tuple[Sheet, ...], title: str) -> Sheet:
    return next(
        sheet for sheet in sheets[1:] if sheet.lines and title.startswith(sheet.lines[0].bare)
    )


@pytest.mark.parametrize(("base", "form"), [(NOTICE_OF, "通知"), (ORDER, "令")])
@pytest.mark.parametrize("issued", [SHORT, LONG], ids=["short", "long"])
def test_it_begins_a_page_with_its_title_and_has_no_label(
    base: dict[str, Any], form: str, issued: dict[str, Any]
) -> None:
    reading = printed(base, 文种=form, 印发件=issued, **IMPRINT)
    sheet = own_page(reading.sheets, issued["标题"])
    title = [line for line in sheet.lines if line.size_mm > 7]
    assert "".join(line.bare for line in title) == issued["标题"]
    assert sheet.lines[: len(title)] == tuple(title)  # nothing stands above
    # The first line is centred on the third line of the type area, as an attachment's title is.
    assert (title[0].em_top_mm + title[0].em_bottom_mm) / 2 == pytest.approx(60.7, abs=0.2)
    for line in title:
        assert line.middle_mm == pytest.approx(MIDDLE_MM, abs=0.3)
        assert line.size_mm == pytest.approx(22 * 25.4 / 72, abs=0.02)
        assert all("Biaosong" in look.font for look in looks(line))
    last = title[-1]
    if note := issued.get("题注"):
        count = 2 if len(note) > 20 else 1
        lines = sheet.lines[len(title) : len(title) + count]
        assert "".join(line.bare for line in lines) == f"（{note}）"
        assert all(line.middle_mm == pytest.approx(MIDDLE_MM, abs=0.3) for line in lines)
        assert all(any("Kai" in look.family for look in looks(line)) for line in lines)
        down = lines[0].em_top_mm + lines[0].em_bottom_mm - last.em_top_mm - last.em_bottom_mm
        assert down / 2 == pytest.approx(LINE_MM, abs=0.05)
        last = lines[-1]
    text = sheet.lines[sheet.lines.index(last) + 1]
    assert within(between_mm(last, text), ONE_BLANK_MM)
    assert text.size_mm == pytest.approx(CELL_MM, abs=0.02)
    assert row(text) == pytest.approx(round(row(text)), abs=0.02)
    printed_text = text_of(reading)
    assert "附件" not in printed_text.replace("版记和附件编排", "")
    assert issued["标题"] in printed_text


NOTES = {
    "2012年6月29日×××市教育局第11次局务会议通过，自2012年8月1日起施行": "第11次",
    "2012年6月29日×××市教育局第1次局务会议通过": "教育局",
    "2024年12月16日××市教育局第11次局务会议审议通过": "教育局",
}


@pytest.mark.parametrize(("note", "end"), NOTES.items())
def test_the_lines_under_its_title_end_with_words(note: str, end: str) -> None:
    reading = printed(NOTICE_OF, 印发件={**SHORT, "题注": note}, **IMPRINT)
    first, second = own_page(reading.sheets, SHORT["标题"]).lines[1:3]
    assert first.bare + second.bare == f"（{note}）"
    assert first.bare.endswith(end)


def test_folios_run_on_and_the_imprint_comes_last() -> None:
    reading = printed(NOTICE_OF, 印发件=[SHORT, LONG], **IMPRINT)
    folios = [sheet.folio.bare for sheet in reading.sheets if sheet.folio]
    assert folios == [f"—{number}—" for number in range(1, len(folios) + 1)]
    first, second = (own_page(reading.sheets, part["标题"]) for part in (SHORT, LONG))
    assert 1 < first.number < second.number
    rules = black_rules(reading.sheets[-1])
    assert max(rule.bottom_mm for rule in rules) == pytest.approx(BOTTOM_MM, abs=0.1)
    assert reading.sheets[-1].line("印发")


def test_attachments_follow_what_is_issued_and_alone_are_listed() -> None:
    attachment = {"标题": "登记表样式", "正文": [SENTENCE]}
    reading = printed(NOTICE_OF, 印发件=SHORT, 附件=[attachment], **IMPRINT)
    label = next(sheet for sheet in reading.sheets if sheet.lines and sheet.lines[0].bare == "附件")
    assert own_page(reading.sheets, SHORT["标题"]).number < label.number
    assert reading.sheets[0].line("附件：").bare == "附件：登记表样式"


def test_a_landscape_table_that_is_issued_takes_its_title_along() -> None:
    table = {"表格": "", "表头": ["甲", "乙"], "行": [["一", "二"]], "横排": True}
    reading = printed(NOTICE_OF, 印发件={"标题": "一览表", "正文": [table]})
    lying = reading.sheets[1]
    assert lying.turned_lines[0].bare == "一览表"
    assert lying.turned_lines[0].middle_mm == pytest.approx(35 + 225 / 2, abs=0.15)  # 297 - 262


def test_the_checker_takes_it_for_no_attachment() -> None:
    source = document(NOTICE_OF, 印发件=[SHORT, LONG], **IMPRINT)
    reading = printed(NOTICE_OF, 印发件=[SHORT, LONG], **IMPRINT)
    for known in (source, None):
        report = check(reading, known)
        assert report.failed == set()
        ended = {result.rule.identifier: str(result.outcome) for result in report.results}
        assert {ended[f"AT-0{number}"] for number in range(1, 8)} == {"不适用"}


def test_bookmarks_and_tags_begin_anew_with_its_title() -> None:
    reading = printed(NOTICE_OF, 印发件=SHORT)
    tags = [str(element["/S"]) for element in elements(reading.path)]
    assert tags.count("/H1") == 2
    assert tags.count("/H2") == 1  # 第一章


@pytest.mark.parametrize(
    ("changes", "place", "message"),
    [
        ({"附件说明": ["公文版面管理办法"]}, "- 公文", "又列为附件"),
        ({"印发件": []}, "印发件", "是空的"),
        ({"印发件": {"标题": "附件1：办法", "正文": ["甲"]}}, "附件1", "标题前写了“附件1："),
        ({"印发件": {"标题": "办法", "正文": ["甲"], "文号": "乙"}}, "文号", "没有“文号”这个键"),
        ({"文种": "纪要", "发文机关标志": "会议纪要", "主送": None}, "印发件", "不用“印发件”"),
    ],
)
def test_what_cannot_be_issued_is_told(changes: dict[str, Any], place: str, message: str) -> None:
    source = written(NOTICE_OF, **{"印发件": SHORT, **changes})
    with pytest.raises(SourceFault) as caught:
        validate(load(source))
    lines = source.read_text("utf-8").splitlines()
    told = [finding for finding in caught.value.findings if message in finding.message]
    assert [place in lines[finding.place.line - 1] for finding in told] == [True]
    assert all(finding.hint for finding in told)


def test_a_long_name_under_a_title_is_printed_whole() -> None:
    paper = {"文种": "总结", "标题": "2012年工作总结", "正文": [SENTENCE], "署名位置": "题下"}
    names = [f"×××省×××市×××局第{place}×××委员会" for place in "一二三四"]
    reading = printed(paper, 署名=names, 成文日期="2012年7月1日")
    assert "".join(names) in text_of(reading)
    for line in reading.sheets[0].lines[1:4]:
        assert line.middle_mm == pytest.approx(MIDDLE_MM, abs=0.3)
