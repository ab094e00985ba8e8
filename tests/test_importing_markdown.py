"""Markdown, also as language models write it, becomes clean text; what is taken out is told."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from yinfa.importing.convert import Imported, import_file
from yinfa.load import load
from yinfa.model import Document, Figure, Paragraph, Section
from yinfa.report import Fault
from yinfa.validate import validate


@pytest.fixture
def imported(tmp_path: Path) -> Any:
    """A call that imports Markdown under a title; the document and what import says of it."""

    def call(words: str, name: str = "来文.md", title: str = "# 关于检查的通知\n\n") -> Any:
        path, product = tmp_path / name, tmp_path / "成果.yaml"
        path.write_text(title + words, "utf-8")
        product.unlink(missing_ok=True)
        result = import_file(path, product)
        return validate(load(product)), result

    return call


def said(document: Document) -> list[str]:
    return [str(node.text) for node in document.body if isinstance(node, Paragraph)]


def kinds(result: Imported) -> list[str]:
    return [loss.kind for loss in result.losses]


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("**历经10年发展，**安全工作取得成绩。", "历经10年发展，安全工作取得成绩。"),
        ("**“刻舟求剑”**不可取。", "“刻舟求剑”不可取。"),
        ("他说**真。**她", "他说真。她"),
        ("要**“两个维护”**和**“四个意识”**。", "要“两个维护”和“四个意识”。"),
        ("一是**抓学习。**组织学习；二是**抓落实。**", "一是抓学习。组织学习；二是抓落实。"),
        ("***重要***，*斜体*，__粗__，_斜_。", "重要，斜体，粗，斜。"),
    ],
)
def test_emphasis_beside_chinese_marks_is_understood(typed: str, words: str, imported: Any) -> None:
    document, result = imported(typed + "\n")
    assert said(document) == [words]
    assert "加粗" in kinds(result)


@pytest.mark.parametrize("words", ["变量a_b_c，5*3*2=30。", "姓名：____，5 * 3。", "甲**乙。"])
def test_what_is_no_emphasis_stays(words: str, imported: Any) -> None:
    document, result = imported(words + "\n")
    assert said(document) == [words]
    assert not result.losses


def test_a_heading_needs_no_blank(imported: Any) -> None:
    document, _ = imported("#关于放假的通知\n\n各科室：\n\n##一、要求\n\n甲。\n", title="")
    assert str(document.title) == "关于放假的通知"
    assert isinstance(document.body[0], Section)


def test_footnotes_are_footnotes(imported: Any) -> None:
    document, _ = imported(
        "依据规定[^1]执行，另见[^甲]。\n\n第二处[^b]。\n\n"
        "[^1]: 注的话。\n[^甲]: 另一注。\n[^b]: 乙。\n"
    )
    first, second = document.body
    assert str(first.text) == "依据规定[注1]执行，另见[注2]。"
    assert [str(note) for note in first.notes] == ["注的话。", "另一注。"]
    assert [str(note) for note in second.notes] == ["乙。"]


def test_a_footnote_that_nothing_calls_is_told(imported: Any) -> None:
    document, result = imported("甲。\n\n[^1]: 注的话。\n")
    assert said(document)[0] == "甲。" and len(document.body) == 2
    assert any("没有引用这条脚注" in remark.message for remark in result.remarks)


@pytest.mark.parametrize(
    ("typed", "words", "kind"),
    [
        ("甲<!-- 批\n注 -->乙。", "甲乙。", "注释"),
        ("甲~~删去~~乙。", "甲乙。", "删除线"),
        ("==标亮==。", "标亮。", "标亮"),
        ("<div>甲</div>", "甲", "HTML 标记"),
        ("完成✅。", "完成。", "表情符号"),
        ("> 引用。", "引用。", "引用"),
        ("甲。\n\n---\n", "甲。", "分隔线"),
        ("- 甲。", "甲。", "项目符号"),
        ("甲。\n\n![图](没有.png)\n", "甲。", "图片"),
    ],
)
def test_what_no_document_has_is_taken_out_and_told(
    typed: str, words: str, kind: str, imported: Any
) -> None:
    document, result = imported(typed + "\n")
    assert "".join(said(document)) == words
    assert kinds(result) == [kind]


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("面积12000m<sup>2</sup>，CO<sub>2</sub>。", "面积12000m²，CO₂。"),
        ("- [x] 已办", "☑已办"),
        ("- [ ] 未办", "□未办"),
        ("1️⃣ 甲", "1.甲"),
    ],
)
def test_what_a_character_says_is_kept(typed: str, words: str, imported: Any) -> None:
    assert said(imported(typed + "\n")[0]) == [words]


def test_a_line_end_in_a_paragraph_begins_another_line(imported: Any) -> None:
    document, _ = imported("甲乙<br>丙丁。\n\n（1）戊\n（2）己\n\n×××局\n2024年6月1日\n")
    assert said(document)[:2] == ["甲乙", "丙丁。"]
    assert str(document.signature.date) == "2024-06-01"


def test_front_matter_may_have_the_title(imported: Any) -> None:
    document, result = imported("---\ntitle: 关于放假的通知\nauthor: 甲\n---\n\n乙。\n", title="")
    assert (str(document.title), said(document)) == ("关于放假的通知", ["乙。"])
    assert kinds(result) == ["文件头信息"]


def test_a_picture_that_lies_there_is_a_figure(imported: Any, tmp_path: Path) -> None:
    from test_importing_word import png

    (tmp_path / "图.png").write_bytes(png())
    document, _ = imported("见下图。\n\n![机构图](图.png)\n")
    figure = document.body[1]
    assert isinstance(figure, Figure) and str(figure.alternative) == "机构图"


CHAT = (
    "好的，以下是为您起草的通知：\n\n---\n\n# 📢 关于开展安全检查的通知\n\n**各科室：**\n\n"
    "现将有关事项通知如下：\n\n## 一、活动主题\n\n**人人讲安全。**\n\n## 二、工作要求\n\n"
    "（一）**提高认识。** 各单位要高度重视。\n\n特此通知。\n\n×××局\n2024年6月1日\n\n---\n\n"
    "希望以上内容对您有帮助！如需调整，请告诉我。\n"
)


@pytest.mark.parametrize("name", ["来文.md", "来文.txt"])
def test_what_a_writing_program_says_to_its_user_is_left_out(name: str, imported: Any) -> None:
    document, result = imported(CHAT, name, title="")
    assert str(document.title) == "关于开展安全检查的通知"
    assert [str(name) for name in document.addressees] == ["各科室"]
    assert [str(name) for name in document.signature.issuers] == ["×××局"]
    assert said(document) == ["现将有关事项通知如下：", "特此通知。"]
    assert set(kinds(result)) == {"表情符号", "分隔线", "加粗"}
    assert sum("是写作软件说的话" in remark.message for remark in result.remarks) == 2


PIECES = (
    "**", "*", "_", "__", "~~", "==", "`", "甲", "乙。", "，", "“丙”", " ", "\n", "\n\n", "# ",
    "- ", "> ", "[^1]", "[^1]: ", "<br>", "<sup>2</sup>", "<!-- ", " -->", "<b>", "</b>",
    "![图](a.png)", "- [x] ", "---\n", "✅", "1️⃣", "\\", "a", "1. ", "（一）", "| 甲 | 乙 |",
    "|---|---|", "```\n",
)  # fmt: skip


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.lists(st.sampled_from(PIECES), max_size=30))
def test_any_mixture_of_marks_is_proved_or_refused(pieces: list[str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "甲.md"
        path.write_text("# 说明\n\n" + "".join(pieces), "utf-8")
        try:
            import_file(path)
        except Fault as fault:
            assert "不完整" not in str(fault), pieces
