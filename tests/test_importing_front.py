"""What stands above and below the text is found in whatever order a file has it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from yinfa.importing.convert import Imported, import_file
from yinfa.load import load
from yinfa.model import Document
from yinfa.validate import validate

BODY = "\n各学校：\n现将有关事项通知如下，请认真执行。\n"
END = "\n××市教育局\n2024年3月5日\n"


@pytest.fixture
def imported(tmp_path: Path) -> Any:
    """A call that imports words and gives the document and what import says of it."""

    def call(words: str, **settings: Any) -> tuple[Document, Imported]:
        path, product = tmp_path / "来文.txt", tmp_path / "成果.yaml"
        path.write_text(words, "utf-8")
        product.unlink(missing_ok=True)
        result = import_file(path, product, **settings)
        return validate(load(product)), result

    return call


def told(result: Imported) -> str:
    return "\n".join(remark.message for remark in result.remarks)


def names(document: Document) -> list[str]:
    return [str(name) for name in document.signature.issuers]


# --- title, number, addressees ------------------------------------------------------------------


def test_a_number_under_the_title_is_the_document_number(imported: Any) -> None:
    title = "××市教育局关于做好校园安全工作的通知"
    document, _ = imported(f"{title}\n×教发〔2024〕3号\n{BODY}{END}")
    assert str(document.title) == title
    assert str(document.letterhead.number) == "×教发〔2024〕3号"
    assert [str(name) for name in document.letterhead.mark] == ["××市教育局"]
    assert [str(name) for name in document.addressees] == ["各学校"]


def test_a_number_in_brackets_behind_the_title_is_the_document_number(imported: Any) -> None:
    document, _ = imported(f"××市教育局关于放假的通知（×教发〔2024〕3号）\n{BODY}{END}")
    assert str(document.title) == "××市教育局关于放假的通知"
    assert str(document.letterhead.number) == "×教发〔2024〕3号"


@pytest.mark.parametrize(
    ("typed", "lines"),
    [
        (
            "××市人民政府办公室关于加强普通高等学校\n\n毕业生就业工作的通知",
            ["××市人民政府办公室关于加强普通高等学校", "毕业生就业工作的通知"],
        ),
        (
            "××市人民政府关于粮食工作\n几 个 问 题 的 通 知",
            ["××市人民政府关于粮食工作", "几个问题的通知"],
        ),
        (
            "××市教育局关于推行规范性文件\n合法性审核机制的意见\n×政办发〔2024〕3号",
            ["××市教育局关于推行规范性文件", "合法性审核机制的意见"],
        ),
    ],
    ids=["a blank line within", "spaced out", "文件 at the end of a line"],
)
def test_a_title_has_several_lines(typed: str, lines: list[str], imported: Any) -> None:
    document, _ = imported(f"{typed}\n{BODY}{END}")
    assert [str(line) for line in document.title_lines] == lines


def test_a_title_whose_lines_are_too_wide_is_broken_by_the_program(imported: Any) -> None:
    long = "××市教育局××市财政局××市公安局××市民政局"
    document, _ = imported(f"{long}\n关于下达经费的通知\n{BODY}{END}")
    assert str(document.title) == long + "关于下达经费的通知"
    assert not document.title_lines


def test_lines_between_title_and_addressees_do_not_hide_them(imported: Any) -> None:
    document, _ = imported(
        "××市中级人民法院关于适用法律问题的批复\n\n2024年1月25日 审判委员会第12次会议通过\n"
        "2024年3月1日 施行\n\n各县人民法院：\n近来有法院提出请示。\n此复。\n"
    )
    assert [str(name) for name in document.addressees] == ["各县人民法院"]


@pytest.mark.parametrize(
    "line",
    [
        "发布日期：2024-07-20 浏览次数：1041",
        "来源：局办公室　作者：李某",
        "【字体：大 中 小】 打印 关闭",
    ],
)
def test_lines_of_a_web_page_are_left_out_and_told(line: str, imported: Any) -> None:
    document, result = imported(f"关于放假的通知\n\n{line}\n{BODY}{END}打印本页\n")
    assert [str(name) for name in document.addressees] == ["各学校"]
    assert len(document.body) == 1
    assert f"没有收入“{line}”" in told(result)
    assert "没有收入“打印本页”" in told(result)


def test_a_line_about_a_source_within_the_text_stays(imported: Any) -> None:
    document, _ = imported(f"关于经费的通知\n{BODY}来源：省财政补助。\n{END}")
    assert str(document.body[1].text) == "来源：省财政补助。"


# --- orders and announcements -------------------------------------------------------------------


def test_an_order_has_its_number_on_the_line_of_its_mark(imported: Any) -> None:
    document, result = imported(
        "××市人民政府令〔2024〕第7号（××市养犬管理办法）\n"
        "《××市养犬管理办法》已经通过，现予公布，自2024年5月1日起施行。\n"
        "市 长　 王某某\n2024年3月5日\n××市养犬管理办法\n第一条　为加强管理，制定本办法。\n"
    )
    assert document.genre == "令"
    assert [str(name) for name in document.letterhead.mark] == ["××市人民政府令"]
    assert str(document.letterhead.number) == "〔2024〕第7号"
    assert names(document) == ["市长\u3000王某某"]
    assert str(document.issued[0].title) == "××市养犬管理办法"
    assert "没有收入“（××市养犬管理办法）”" in told(result)


def test_the_heading_of_a_web_page_over_an_order_is_left_out(imported: Any) -> None:
    document, _ = imported(
        "养犬管理条例（××市令 第7号）\n××市令\n第7号\n《养犬管理条例》已经通过，现予公布。\n"
        "市长：王某某\n2024年3月5日\n"
    )
    assert str(document.title) == "××市令"
    assert names(document) == ["市长：王某某"]


def test_the_number_of_an_announcement_stands_under_its_name(imported: Any) -> None:
    document, _ = imported(f"××市教育局公告\n〔2024〕第 3 号\n现将有关事项公告如下。\n{END}")
    assert document.genre == "公告"
    assert [str(line) for line in document.title_lines] == ["××市教育局公告", "〔2024〕第 3 号"]


# --- signatures ----------------------------------------------------------------------------------


def test_any_number_of_issuers_sign(imported: Any) -> None:
    offices = [
        f"××市{name}局"
        for name in ["教育", "体育", "财政", "公安", "民政", "司法", "水利", "林业", "农业"]
    ]
    document, _ = imported(f"关于甲的通知\n{BODY}\n" + "\n".join(offices) + "\n2024年3月5日\n")
    assert names(document) == offices


@pytest.mark.parametrize(
    ("typed", "signed"),
    [
        ("××市教育局　××市财政局\n2024年3月5日", ["××市教育局", "××市财政局"]),
        ("国务院　中央军委\n2024年3月5日", ["国务院", "中央军委"]),
        ("公　安　部\n2024年3月5日", ["公安部"]),
        ("市长　　王某某\n2024年3月5日", ["市长\u3000王某某"]),
        ("××市教育局　2024年3月5日", ["××市教育局"]),
        ("××市教育局（公章）\n2024年3月5日", ["××市教育局"]),
        ("××市教育局\n（盖章）\n2024年3月5日", ["××市教育局"]),
    ],
)
def test_a_signature_is_read_as_it_is_meant(typed: str, signed: list[str], imported: Any) -> None:
    document, _ = imported(f"关于甲的通知\n{BODY}\n{typed}\n")
    assert names(document) == signed
    assert str(document.signature.date) == "2024-03-05"
    assert len(document.body) == 1


@pytest.mark.parametrize("zero", "O○〇零０Ｏ")
def test_a_year_in_chinese_is_read_whatever_stands_for_zero(zero: str, imported: Any) -> None:
    document, _ = imported(f"关于甲的通知\n{BODY}\n××市教育局\n二{zero}{zero}八年六月四日\n")
    assert str(document.signature.date) == "2008-06-04"


def test_without_a_signature_the_title_says_who_issues(imported: Any) -> None:
    document, result = imported(
        "×政字〔2024〕12号\n\n××市人民政府关于同意××县总体规划的批复\n\n××县人民政府：\n"
        "你县请示收悉。\n特此批复。\n2024年3月5日\n"
    )
    assert names(document) == ["××市人民政府"]
    assert "“××市人民政府”取自标题" in told(result)


def test_the_name_of_a_file_is_no_part_of_an_attachments_name(imported: Any) -> None:
    document, result = imported(f"关于甲的通知\n{BODY}\n附件：1.名单.doc\n2.表格.xlsx\n{END}")
    assert [str(name) for name in document.attachment_list] == ["名单", "表格"]
    assert "没有收入“.doc”" in told(result)


def test_elements_of_the_edition_of_1999_are_left_out_and_told(imported: Any) -> None:
    document, result = imported(
        f"关于甲的通知\n{BODY}\n××市教育局\n2004年3月5日\n主题词：教育　通知抄送：省教育厅。\n"
        "内部发送：各科室\n联系人：王某　　电话：12345\n××市教育局办公室　2004年3月6日印发\n"
    )
    assert [str(name) for name in document.imprint.copied_to] == ["省教育厅"]
    assert str(document.note) == "（联系人：王某，电话：12345）"
    assert "是1999年版的要素" in told(result)
    assert len(document.body) == 1


def test_a_label_of_attachments_without_names_is_left_out(imported: Any) -> None:
    document, result = imported(f"关于甲的通知\n{BODY}附件：\n××市教育局\n2024年3月5日\n")
    assert not document.attachments and names(document) == ["××市教育局"]
    assert "没有收入“附件：”" in told(result)


def test_a_title_that_a_page_says_twice_is_taken_once(imported: Any) -> None:
    document, result = imported(
        "××市教育局关于放假的通知\n××市教育局\n关于放假的通知\n×教发〔2024〕3号\n" + BODY + END
    )
    assert "".join(map(str, document.title_lines)) == "××市教育局关于放假的通知"
    assert "标题在下面又写了一遍" in told(result)


def test_a_mark_taken_from_many_signatures_names_the_sponsor_alone(imported: Any) -> None:
    offices = [f"××市{name}局" for name in ("教育", "体育", "财政", "公安", "民政")]
    document, _ = imported(
        f"关于甲的通知\n×教发〔2024〕3号\n{BODY}\n" + "\n".join(offices) + "\n2024年3月5日\n"
    )
    assert [str(name) for name in document.letterhead.mark] == ["××市教育局"]
    assert names(document) == offices
