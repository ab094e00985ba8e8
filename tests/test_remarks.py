"""What a source says twice, says in the wrong place, or leaves out without a word."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

import pytest
from forms import (
    IMPRINT,
    MINUTES,
    NAME,
    NOTICE,
    ORDER,
    SENTENCE,
    document,
    printed,
    text_of,
    written,
)

from yinfa.arrange import arrange
from yinfa.cli import main
from yinfa.exporting.text import as_text
from yinfa.report import Finding, SourceFault


def faults(base: Any, **changes: Any) -> tuple[Finding, ...]:
    with pytest.raises(SourceFault) as caught:
        document(base, **changes)
    return caught.value.findings


# --- labels that are printed anyway ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("base", "key", "value", "label"),
    [
        (NOTICE, "抄送", ["抄送：×××办公室", "×××委员会"], "抄送："),
        (NOTICE, "抄送", "抄送单位：×××办公室", "抄送单位："),
        (NOTICE, "主送", "主送机关:×××委员会", "主送机关:"),
        (NOTICE, "附件说明", ["1.甲表", "2.乙表"], "1."),
        (NOTICE, "附件说明", "附件1：甲表", "附件1："),
        (NOTICE, "附件说明", ["附件1.甲表"], "附件1"),
        (NOTICE, "附注", "附注：此件公开发布", "附注："),
        (NOTICE, "发文字号", "发文字号：×××〔2012〕1号", "发文字号："),
        (MINUTES, "出席", "出席人员：×××、×××", "出席人员："),
        (MINUTES, "列席", "旁听：×××", "旁听："),
    ],
)
def test_a_label_is_not_said_once_more(base: Any, key: str, value: object, label: str) -> None:
    finding = faults(base, **{key: value})[0]
    assert finding.message == f"“{key}”里又写了“{label}”"
    line = finding.place.path.read_text("utf-8").splitlines()[finding.place.line - 1]
    assert label in line


@pytest.mark.parametrize(
    "name", ["2012年工作总结", "附件材料清单", "3.5万吨级泊位名单", "抄送文件管理办法"]
)
def test_a_name_that_begins_like_a_label_is_a_name(name: str) -> None:
    assert str(document(NOTICE, 附件说明=[name]).attachment_list[0]) == name


def test_a_label_of_ones_own_under_a_table_is_printed_once() -> None:
    table = {"表格": "甲", "行": [["一", "二"]], "注": "注：甲", "来源": "数据来源：乙"}
    text = as_text(arrange(document(NOTICE, 正文=[SENTENCE, table])))
    assert "\n注：甲\n数据来源：乙\n" in text


# --- 章 and 节 ----------------------------------------------------------------------------------


def part(name: str, *articles: object) -> dict[str, object]:
    return {"节": name, "正文": [*articles] or [{"条": SENTENCE}]}


def chapter(name: str, *parts: object) -> dict[str, object]:
    return {"章": name, "正文": [*parts] or [{"条": SENTENCE}]}


def test_a_section_beside_a_chapter_is_told() -> None:
    body = [chapter("总则"), part("甲"), chapter("附则")]
    (finding,) = faults(NOTICE, 正文=body)
    assert finding.message == "“节”和“章”并列"
    assert "节: 甲" in finding.place.path.read_text("utf-8").splitlines()[finding.place.line - 1]


def test_sections_under_chapters_and_sections_alone_are_lawful() -> None:
    document(NOTICE, 正文=[chapter("总则", part("甲"), part("乙")), chapter("附则")])
    document(NOTICE, 正文=[part("甲"), part("乙")])


def test_a_chapter_stands_in_no_chapter_and_a_section_in_no_section() -> None:
    (finding,) = faults(NOTICE, 正文=[chapter("总则", chapter("附则"))])
    assert finding.message == "“章”写在“章”里"
    (finding,) = faults(NOTICE, 正文=[part("甲", part("乙"))])
    assert finding.message == "“节”写在“节”里"


# --- told, though it may be meant ---------------------------------------------------------------


def remarks(base: Any, **changes: Any) -> list[str]:
    return [finding.message for finding in document(base, **changes).remarks]


def test_nothing_is_said_of_a_whole_document() -> None:
    for base in (NOTICE, ORDER, MINUTES, {**NOTICE, **IMPRINT}):
        assert remarks(base) == []


def test_an_order_tells_that_its_title_is_not_printed() -> None:
    (told,) = remarks(ORDER, 标题="关于废止部分规章的决定")
    assert told == "“令”不印标题：“关于废止部分规章的决定”只作文件名和 PDF 的标题"
    assert remarks(ORDER, 标题=f"{NAME}令（第15号）") == []
    assert remarks(ORDER, 标题="关于废止部分规章的决定", 版头="无", 令号=None) == []  # it is


def test_a_letterhead_without_its_number_is_told() -> None:
    (finding,) = faults(NOTICE, 版头="有", 发文字号=None)
    assert finding.message == "没有“发文字号”，印不出版头"
    (finding,) = faults(NOTICE, 版头="套打", 发文字号=None, 发文机关=None, 署名=NAME)
    assert finding.message == "没有“发文字号”和“发文机关”，印不出版头"
    assert remarks(NOTICE, 发文字号=None) == ["没有“发文字号”，不印版头"]
    assert remarks(NOTICE, 发文字号=None, 版头="无") == []  # as it was asked for
    assert remarks(NOTICE, 发文字号=None, 发文机关标志=NAME) == ["有版头，没有“发文字号”"]
    assert remarks(ORDER, 令号=None) == ["有版头，没有“令号”"]
    assert remarks(MINUTES) == []  # the office numbers them as it likes, 10.3


def test_a_document_without_a_date_is_told_unless_it_is_a_draft() -> None:
    assert remarks(NOTICE, 成文日期=None) == ["没有“成文日期”"]
    assert remarks(NOTICE, 成文日期=None, 发文字号=None, 稿别="征求意见稿") == []


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("⼈民政府", ["部首或兼容字 U+2F08“⼈”"]),
        ("⼈民，⼈民，⼯作", ["部首或兼容字 U+2F08“⼈”", "部首或兼容字 U+2F2F“⼯”"]),
        ("⺮管", ["部首或兼容字 U+2EAE“⺮”"]),  # a radical with no form of its own
        ("注册pаypal", ["混在外文里的西里尔字母 U+0430“а”"]),
        ("Gοvernment", ["混在外文里的希腊字母 U+03BF“ο”"]),
        ("共5＋3项", ["全角符号“＋”"]),
        ("甲\u00a0乙", ["不换行空格 U+00A0"]),
    ],
)
def test_a_character_that_looks_like_another_is_told(words: str, said: list[str]) -> None:
    assert remarks(NOTICE, 正文=[f"{words}。"]) == [f"“正文”中有{one}" for one in said]


@pytest.mark.parametrize(
    "words", ["10μm、ΔT、α粒子、Ω值", "《Правда》", "1\u00a0000吨", "﨎", "甲＋乙", "人民政府工作"]
)
def test_a_character_that_is_what_it_looks_like_is_left_alone(words: str) -> None:
    assert remarks(NOTICE, 正文=[f"{words}。"]) == []


@pytest.mark.parametrize("char", "\u115f\u1160\u2800\u3164\uffa0")
def test_a_letter_that_shows_nothing_is_refused(char: str) -> None:
    (finding,) = faults(NOTICE, 正文=[f"甲{char}乙。"])
    assert f"看不见的字符 U+{ord(char):04X}" in finding.message
    line = finding.place.path.read_text("utf-8").splitlines()[finding.place.line - 1]
    assert line[finding.place.column - 1] == char


@pytest.mark.parametrize("written", ["二〇一二年七月一日", "二○一二年七月一日"])
def test_a_date_in_chinese_numerals_is_a_date_and_printed_in_arabic_ones(written: str) -> None:
    assert document(NOTICE, 成文日期=written).signature.date == datetime.date(2012, 7, 1)
    assert remarks(NOTICE, 成文日期=written) == ["“成文日期”写的是汉字，印成“2012年7月1日”"]
    assert "2012年7月1日" in text_of(printed(NOTICE, 成文日期=written))


@pytest.mark.parametrize(
    ("words", "typed", "language", "cure"),
    [
        ("抓好**重点**工作", "**重点**", "Markdown", "[粗：……]"),
        ("抓好__重点__工作", "__重点__", "Markdown", "[粗：……]"),
        ("见![图](图.png)", "![图](图.png)", "Markdown", "图: "),
        ("见[网页](https://a.example)", "[网页](https://a.example)", "Markdown", "[链接："),
        ("# 总则", "# 总则", "Markdown", "标题: "),
        ("- 第一", "- 第一", "Markdown", "删去"),
        ("抓好<b>重点</b>工作", "<b>", "HTML", "[粗：……]"),
        ("一行<br/>又一行", "<br/>", "HTML", "粗"),
        ("面积为$x^2$", "$x^2$", "LaTeX", "[上标："),
        ("为\\frac{1}{2}", "\\frac{1}", "LaTeX", "[上标："),
    ],
)
def test_the_markup_of_other_languages_is_told(
    words: str, typed: str, language: str, cure: str
) -> None:
    (finding,) = document(NOTICE, 正文=[words]).remarks
    assert finding.message == f"“正文”中的“{typed}”像 {language} 的写法，会照原样印出来"
    assert cure in finding.hint


@pytest.mark.parametrize(
    "words",
    [
        "金额为$100至$200", "3*4*5", "a_b_c", "甲 < 乙 > 丙", "见《<通知>》", "[粗：重点]工作",
        "-5℃至5℃", "#1号楼", "[[甲](乙)", "路径 C:\\报告",
    ],
)  # fmt: skip
def test_what_is_no_markup_is_left_alone(words: str) -> None:
    assert remarks(NOTICE, 正文=[words]) == []


def test_the_build_says_it_with_its_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = written(ORDER, 标题="关于废止部分规章的决定", 签名章={"职务": "局长"})
    assert main(["build", str(source), "-o", str(tmp_path / "甲.pdf")]) == 0
    line = next(
        number
        for number, text in enumerate(source.read_text("utf-8").splitlines(), 1)
        if text.startswith("标题")
    )
    assert f"{source}:{line}:5: “令”不印标题" in capsys.readouterr().out
