"""One order, one count, one writing: what is printed, exported and looked for is the same."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from forms import IMPRINT, MINUTES, NOTICE, ORDER, SENTENCE, printed
from forms import document as of_form

from yinfa.arrange import arrange
from yinfa.check import check
from yinfa.exporting.text import as_text
from yinfa.inline import parse, plain, typed
from yinfa.load import load
from yinfa.model import Document
from yinfa.parts import Part
from yinfa.recipe import make
from yinfa.report import SourceFault
from yinfa.validate import validate

PAPER: dict[str, Any] = {"文种": "材料", "标题": "关于编排的说明"}
Read = Callable[..., Document]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """A call that reads a document from its keys."""

    def call(keys: dict[str, Any], **more: Any) -> Document:
        path = tmp_path / "稿.yaml"
        path.write_text(dumped({**keys, **more}), "utf-8")
        return validate(load(path))

    return call


def dumped(keys: dict[str, Any]) -> str:
    dumper = yaml.SafeDumper
    dumper.ignore_aliases = lambda *_: True  # type: ignore[method-assign,assignment]
    return yaml.dump(keys, Dumper=dumper, allow_unicode=True, sort_keys=False)


def labels(document: Document) -> list[str]:
    """What stands before headings, items and articles."""
    return [element.label.strip() for element in arrange(document) if element.label]


def words(text: str) -> str:
    return re.sub(r"\s", "", text)


# --- numbers ----------------------------------------------------------------------------------


def test_chapters_begin_anew_under_each_heading_and_articles_run_on(read: Read) -> None:
    chapter = {"章": "总则", "正文": [{"条": "甲。"}, {"条": "乙。"}]}
    body = [{"标题": "一则", "正文": [chapter, chapter]}, {"标题": "二则", "正文": [chapter]}]
    assert labels(read(PAPER, 正文=body)) == [
        "一、", "第一章", "第一条", "第二条", "第二章", "第三条", "第四条",
        "二、", "第一章", "第五条", "第六条",
    ]  # fmt: skip


def test_parts_begin_anew_within_each_chapter(read: Read) -> None:
    part = {"节": "一般规定", "正文": [{"条": "甲。"}]}
    body = [{"章": "总则", "正文": [part, part]}, {"章": "分则", "正文": [part]}]
    assert labels(read(PAPER, 正文=body)) == [
        "第一章", "第一节", "第一条", "第二节", "第二条", "第二章", "第一节", "第三条",
    ]  # fmt: skip


def test_items_count_with_the_headings_of_their_level(read: Read) -> None:
    body = [
        {"标题": "甲"},
        {"条目": "时间：上午9:00。", "正文": ["下文。", {"条目": "乙。"}, {"条目": "丙。"}]},
        {"标题": "丁", "接排": "戊。"},
    ]
    order = arrange(read(PAPER, 正文=body))
    assert [(e.part, e.label) for e in order.divisions[0].body] == [
        (Part.HEADING, "一、"),
        (Part.ITEM, "二、"),
        (Part.PARAGRAPH, ""),
        (Part.ITEM, "（一）"),
        (Part.ITEM, "（二）"),
        (Part.RUN_IN, "三、"),
    ]


def test_numbers_of_a_level_may_run_on(read: Read) -> None:
    below = [{"标题": "乙"}, {"标题": "丙"}]
    body = [{"标题": "甲", "正文": below}, {"标题": "丁", "正文": below}]
    assert labels(read(PAPER, 正文=body))[1:3] == labels(read(PAPER, 正文=body))[4:]
    assert labels(read(PAPER, 正文=body, 连续编号=["二级"])) == [
        "一、", "（一）", "（二）", "二、", "（三）", "（四）",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("node", "typed_number", "shown", "next_one"),
    [
        ("标题", "八", "八、", "九、"),
        ("条目", "8", "八、", "九、"),
        ("标题", "（十二）", "十二、", "十三、"),
        ("条", "第三十六条", "第三十六条", "第三十七条"),
        ("条", "十之一", "第十条之一", "第十一条"),
        ("章", "第三章", "第三章", "第四章"),
        ("标题", "1.1", "1.1", "一、"),
        ("条目", "壹、", "壹、", "一、"),
        ("标题", "第一部分", "第一部分", "一、"),
    ],
)
def test_a_number_stays_as_the_source_gives_it_and_counting_goes_on(
    node: str, typed_number: str, shown: str, next_one: str, read: Read
) -> None:
    below = {"正文": ["乙。"]} if node == "章" else {}
    body = [{node: "甲", "序号": typed_number, **below}, {node: "丙", **below}]
    assert labels(read(PAPER, 正文=body)) == [shown, next_one]


@pytest.mark.parametrize("number", ["零", "10000", "第三条之二", "", "一二三四五六七八九十"])
def test_what_is_no_number_is_told(number: str, read: Read) -> None:
    with pytest.raises(SourceFault, match="序号"):
        read(PAPER, 正文=[{"章": "甲", "序号": number, "正文": ["乙。"]}])


# --- the words of print, written once ----------------------------------------------------------


def test_footnotes_count_through_the_document_on_paper_and_in_text() -> None:
    paragraph = {"段": "文字[注1]。", "脚注": ["注文。"]}
    keys = {**PAPER, "正文": [paragraph, paragraph], "附件": [{"标题": "甲", "正文": [paragraph]}]}
    text = as_text(arrange(of_form(keys)))
    assert re.findall(r"\[注(\d)\]", text) == ["1", "1", "2", "2", "3", "3"]
    page = "".join(line.bare for sheet in printed(keys).sheets for line in sheet.body_lines)
    assert re.findall("[①②③]", page) == ["①", "②", "①", "②", "③", "③"]


def test_notes_called_side_by_side_are_all_printed() -> None:
    for node in (
        {"段": "甲[注1][注2]乙。", "脚注": ["甲注。", "乙注。"]},
        {"条": "甲[注1][注2]乙。", "脚注": ["甲注。", "乙注。"]},
    ):
        page = words("".join(x.bare for x in printed(PAPER, 正文=[node]).sheets[0].body_lines))
        assert "甲①②乙。" in page
        assert page.endswith("①甲注。②乙注。")


@pytest.mark.parametrize(
    ("keys", "printed_words"),
    [
        ({**MINUTES, "出席": ["张某某", "李某某"]}, "出席：张某某、李某某"),
        ({**NOTICE, "成文日期": "空白", "稿别": "送审稿"}, "　　　　年　　月　　日"),
        (
            {**NOTICE, "正文": [SENTENCE, {"表格": "表", "行": [["一"]], "来源": "某局"}]},
            "资料来源：某局",
        ),
        (
            {**NOTICE, "正文": [SENTENCE, {"表格": "表", "行": [["一"]], "来源": "来源：某局"}]},
            "来源：某局",
        ),
    ],
)
def test_the_text_says_what_the_page_says(keys: dict[str, Any], printed_words: str) -> None:
    reading = printed(keys)
    page = words("".join(line.bare for sheet in reading.sheets for line in sheet.body_lines))
    assert words(printed_words) in page
    assert printed_words in as_text(arrange(of_form(keys)))
    assert "TX-01" not in check(reading, of_form(keys)).failed


def test_an_order_prints_and_exports_no_title_of_its_own() -> None:
    keys = {**ORDER, "标题": "×××市公文管理规定"}
    document = of_form(keys)
    text = as_text(arrange(document))
    assert "公文管理规定" not in text
    assert "×××市×××局令" in text
    assert "TX-01" not in check(printed(keys), document).failed


def test_a_document_has_one_order_in_print() -> None:
    keys = {**NOTICE, **IMPRINT, "附件": [{"标题": "甲表", "正文": [SENTENCE]}]}
    parts = [element.part for element in arrange(of_form(keys))]
    assert parts == [
        Part.MARK, Part.NUMBER, Part.TITLE, Part.ADDRESSEES, Part.PARAGRAPH, Part.ATTACHMENT_LIST,
        Part.SIGNATURE, Part.DATE, Part.LABEL, Part.TITLE, Part.PARAGRAPH, Part.COPIED_TO,
        Part.PRINTED,
    ]  # fmt: skip


# --- words that are marked ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("甲[粗：乙]丙", "甲乙丙"),
        ("[粗：重大[下划：隐]患]", "重大隐患"),
        ("10[上标：6]", "106"),
        ("[链接：网站|https://a.example/?d=1]", "网站"),
        ("[[注1]不是脚注", "[注1]不是脚注"),
        ("[粗：见[[1]条]", "见[1]条"),
        ("数组a[1]和[2024]", "数组a[1]和[2024]"),
    ],
)
def test_notation_says_how_words_are_set_and_is_none_of_them(text: str, said: str) -> None:
    spans, faults = parse(text)
    assert not faults
    assert plain(text) == said
    again = "".join(typed(span.text, span.emphases, span.link) for span in spans)
    assert plain(again) == said
    assert parse(again)[0] != () and not parse(again)[1]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("甲[重点：乙]", "不是标记"),
        ("甲[粗：乙", "没有“]”"),
        ("甲[粗：]", "没有文字"),
        ("[链接：网站|a.example]", "链接写得不完整"),
        ("[链接：网站|javascript:x]", "链接写得不完整"),
    ],
)
def test_notation_that_is_wrong_is_told_at_its_place(text: str, told: str, read: Read) -> None:
    with pytest.raises(SourceFault, match=re.escape(told)) as caught:
        read(PAPER, 正文=["前文。", text])
    (finding,) = caught.value.findings
    assert (finding.place.line, finding.place.column) == (
        5,
        3 + text.index("[") + text.startswith("["),
    )


@pytest.mark.parametrize(
    "keys",
    [
        {"标题": "关于[粗：标记]的说明", "正文": ["甲。"]},
        {"正文": ["甲。"], "关键词": "[粗：乙]"},
        {"正文": [{"标题": "甲[注1]", "脚注": ["乙。"]}]},
        {"正文": [{"表格": "甲[换行]乙", "行": [["丙"]]}]},
    ],
)
def test_notation_where_none_can_be_is_told(keys: dict[str, Any], read: Read) -> None:
    if "关键词" in keys:
        assert read(PAPER, **keys).keywords == ("[粗：乙]",)
        return
    with pytest.raises(SourceFault, match="不能写在这里"):
        read(PAPER, **keys)


def test_marked_words_look_as_they_are_marked() -> None:
    text = "甲[粗：乙乙]丙[下划：丁丁]戊[删：己己]庚[着重：辛辛]壬10[上标：6]和CO[下标：2]。"
    (sheet,) = printed(PAPER, 正文=[text]).sheets
    line = next(line for line in sheet.body_lines if "乙乙" in line.bare)
    assert line.bare == "甲乙乙丙丁丁戊己己庚辛辛壬106和CO2。"
    looks = {char.char: char for char in line.chars}
    assert "Hei" in looks["乙"].look.font
    assert looks["6"].baseline_mm < looks["甲"].baseline_mm - 1  # raised
    assert looks["2"].baseline_mm > looks["甲"].baseline_mm + 0.5  # lowered
    assert looks["6"].look.size_mm < 0.7 * looks["甲"].look.size_mm
    under = [s for s in sheet.strokes if s.y0_mm > line.em_bottom_mm - 0.2 and s.y1_mm < 275]
    through = [s for s in sheet.strokes if line.em_top_mm < s.y0_mm < line.em_bottom_mm - 1]
    (stroke,) = [s for s in under if s.x1_mm - s.x0_mm > 5]
    first, last = (char for char in line.chars if char.char == "丁")
    assert stroke.x0_mm == pytest.approx(first.x_mm, abs=0.1)
    assert stroke.x1_mm == pytest.approx(last.x_mm + last.advance_mm, abs=0.1)
    (stroke,) = through
    first, last = (char for char in line.chars if char.char == "己")
    assert stroke.x0_mm == pytest.approx(first.x_mm, abs=0.1)


def test_a_line_ends_where_the_source_breaks_it() -> None:
    text = f"{SENTENCE}[换行]从头开始。"
    lines = printed(PAPER, 正文=[text]).sheets[0].body_lines
    assert lines[-1].bare == "从头开始。"
    assert lines[-1].x0_mm == pytest.approx(28, abs=0.5)


# --- what had to give way ------------------------------------------------------------------------


def test_the_build_tells_of_what_no_line_could_hold_where_it_was_written() -> None:
    """A ninety-digit number is told at its paragraph; ordinary text is not."""
    long = of_form(PAPER, 正文=[SENTENCE, f"编号{'1' * 90}是九十位的数。", SENTENCE * 3])
    told = make(long, long.path.parent).remarks
    assert len(told) == 1
    assert f"{long.path}:5:" in told[0]
    assert "一行排不下，拆到了两行" in told[0]
    plain_one = of_form(PAPER, 正文=[SENTENCE * 5])
    assert not make(plain_one, plain_one.path.parent).remarks


# --- names, and texts that are passed on --------------------------------------------------------


def test_a_list_of_names_stands_in_columns_and_breaks_no_name() -> None:
    people = [["组长", "张某", "局长"], ["副组长", "李某某", "副局长" * 12], ["", "王某", "处长"]]
    (sheet,) = printed(PAPER, 正文=[SENTENCE, {"名单": people}]).sheets
    at = {char.char: char for line in sheet.body_lines for char in line.chars}
    lines = {line.bare: line for line in sheet.body_lines}
    assert at["张"].x_mm == pytest.approx(at["李"].x_mm, abs=0.1)
    assert at["王"].x_mm == pytest.approx(at["李"].x_mm, abs=0.1)
    assert lines["组长：张某局长"].x0_mm == pytest.approx(28 + 2 * 156 / 28, abs=0.6)
    hanging = [line for line in sheet.body_lines if set(line.bare) <= set("副局长")]
    assert hanging
    assert all(line.x0_mm > at["李"].x_mm + 3 * 156 / 28 for line in hanging)


def test_names_alone_stand_side_by_side() -> None:
    names = [
        f"{family}某{'某' * (number % 2)}" for number, family in enumerate("赵钱孙李周吴郑王冯")
    ]
    (sheet,) = printed(PAPER, 正文=[SENTENCE, {"名单": names}]).sheets
    text = "".join(line.bare for line in sheet.body_lines)
    assert "".join(names) in text
    at = {char.char: char.x_mm for line in sheet.body_lines for char in line.chars}
    for one, other in zip("赵钱孙", "郑王冯", strict=True):
        assert at[one] == pytest.approx(at[other], abs=0.1)


@pytest.mark.parametrize(
    "people",
    [[["组长"]], [["组长", ""]], [["组长", "张某", "局长", "多"]], [["很长的一项分工", "张某"]]],
)
def test_what_is_no_person_is_told(people: list[list[str]], read: Read) -> None:
    with pytest.raises(SourceFault, match="名单"):
        read(PAPER, 正文=[{"名单": people}])


def test_a_text_that_is_passed_on_keeps_its_addressees_and_its_signature() -> None:
    passed_on = {
        "标题": "省教育厅关于做好工作的通知",
        "主送": ["各市教育局"],
        "正文": [SENTENCE],
        "署名": "省教育厅",
        "成文日期": "2012年6月1日",
    }
    keys = {**NOTICE, "印发件": [passed_on]}
    reading = printed(keys)
    page = reading.sheets[-1]
    shown = [line.bare for line in page.body_lines]
    assert shown[0] == "省教育厅关于做好工作的通知"
    assert shown[1] == "各市教育局："
    assert shown[-2:] == ["省教育厅", "2012年6月1日"]
    name, date = page.body_lines[-2:]
    assert date.x0_mm - name.x0_mm == pytest.approx(2 * 156 / 28, abs=0.5)  # 7.3.5.2
    assert "TX-01" not in check(reading, of_form(keys)).failed
    text = as_text(arrange(of_form(keys)))
    assert text.rstrip().endswith("2012年6月1日")
