"""Numbers stay as they are typed; what is a heading and what an item is told apart, 7.3.3."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from yinfa.arrange import arrange
from yinfa.exporting.text import as_text
from yinfa.importing.convert import import_file
from yinfa.load import load
from yinfa.model import Article, Document, Numbered, Paragraph, Section
from yinfa.validate import validate


@pytest.fixture
def imported(tmp_path: Path) -> Any:
    """A call that imports a text under a title; the document, and its lines when printed."""

    def call(words: str) -> tuple[Document, list[str]]:
        path, product = tmp_path / "来文.txt", tmp_path / "成果.yaml"
        path.write_text(f"关于甲的通知\n\n{words}", "utf-8")
        product.unlink(missing_ok=True)
        call.remarks = [remark.message for remark in import_file(path, product).remarks]  # type: ignore[attr-defined]
        document = validate(load(product))
        return document, [line.strip() for line in as_text(arrange(document)).split("\n")[1:]]

    return call


def shown(words: str) -> list[str]:
    return [line for line in words.split("\n") if line]


@pytest.mark.parametrize(
    "words",
    [
        "一、甲\n（一）乙。丙。\n（二）丁。戊。\n二、己\n（三）庚。辛。\n（四）壬。癸。\n",
        "三、甲\n四、乙\n",
        "一、甲\n二、乙\n四、丙\n",
        "第三十六条　甲乙。\n第三十七条　丙丁。\n",
        "第十条　甲乙。\n第十条之一　丙丁。\n第十条之二　戊己。\n第十一条　庚辛。\n",
        "第一条　甲：\n（一）乙；\n（三）丙。\n",
        "第七章　甲\n第一条　乙丙。\n第九章　丁\n第二条　戊己。\n",
        "一、甲\n二、乙\n一、丙\n",
    ],
    ids=["running on", "beginning later", "a gap", "an excerpt", "articles put in",
         "a gap of items", "a gap of chapters", "not ascending"],
)  # fmt: skip
def test_numbers_are_printed_as_they_are_typed(words: str, imported: Any) -> None:
    _, printed = imported(words)
    assert [line for line in printed if line] == shown(words)


def test_numbers_that_run_on_need_one_word(imported: Any, tmp_path: Path) -> None:
    imported(
        "一、甲\n（一）乙。丙。\n（二）丁。戊。\n二、己\n（三）庚。辛。\n三、壬\n（四）癸。子。\n"
    )
    source = (tmp_path / "成果.yaml").read_text("utf-8")
    assert "连续编号: [二级]" in source and "序号:" not in source


def test_numbers_that_do_not_ascend_are_told(imported: Any) -> None:
    imported("一、甲\n二、乙\n一、丙\n")
    assert imported.remarks == ["序号“一、”没有接着上面的往下排，照原样留着，请核对"]


@pytest.mark.parametrize(
    "words",
    [
        "第一条建议由办公室办理。\n第二条建议由人事科办理。\n",
        "1.1　甲\n1.1.1　乙\n",
        "壹、甲\n",
        "A.甲\n",
    ],
)
def test_what_is_no_number_of_the_standard_stays_in_the_text(words: str, imported: Any) -> None:
    document, printed = imported(words)
    assert all(isinstance(node, Paragraph) for node in document.body)
    assert [line for line in printed if line] == shown(words)


def test_articles_without_a_space_are_articles_when_they_begin_at_one(imported: Any) -> None:
    document, _ = imported("第一条为加强管理，制定本办法。\n第二条甲乙。\n第三条丙丁。\n")
    assert all(isinstance(node, Article) for node in document.body)


# --- headings and items --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("一、总体要求", Section),
        ("一、提高认识。各单位要高度重视。", Section),
        ("一、会议时间：2024年6月18日上午9:00。", Numbered),
        ("一、元旦：1月1日放假。1月2日上班。", Numbered),
        ("一、同意设立××小学，为全额拨款事业单位，选址在××路以东、××街以南。", Numbered),
        ("一、材料一份；", Numbered),
        ("一、参加人员：", Numbered),
    ],
)  # fmt: skip
def test_a_heading_is_one_phrase_and_a_sentence_is_an_item(
    line: str, kind: type, imported: Any
) -> None:
    document, printed = imported(f"{line}\n")
    assert isinstance(document.body[0], kind)
    assert printed[1] == line


def test_a_sentence_alone_on_its_line_heads_what_stands_under_it(imported: Any) -> None:
    document, _ = imported("一、加强领导。\n各区负总责。\n")
    first = document.body[0]
    assert isinstance(first, Section) and str(first.title) == "加强领导。"


def test_lines_under_one_heading_are_judged_together(imported: Any) -> None:
    long = "本公告所称境外机构投资者，是指可在中国债券市场开展现券交易的境外机构投资者。甲。"
    document, _ = imported(f"一、{long}\n二、乙丙丁。戊己。\n三、{long}\n")
    assert all(isinstance(node, Numbered) for node in document.body)


def test_an_item_holds_what_stands_under_it(imported: Any) -> None:
    document, _ = imported("一、参加人员：\n（一）甲；\n（二）乙。\n二、时间：6月1日。\n")
    first, second = document.body
    assert [str(node.text) for node in first.body] == ["甲；", "乙。"]
    assert isinstance(second, Numbered)
