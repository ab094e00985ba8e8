"""Validating: a Document as the source says it, or every fault with place, reason and cure."""

import datetime
import struct
import zlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yinfa import words
from yinfa.forms import form_named, forms
from yinfa.load import load
from yinfa.model import (
    Align,
    Article,
    Chapter,
    Document,
    DraftStyle,
    Figure,
    FolioStyle,
    Paragraph,
    Sealing,
    Section,
    Table,
)
from yinfa.report import Finding, SourceFault
from yinfa.validate import validate
from yinfa.validating import dates

HEAD = "文种: 通知\n标题: 关于测试的通知\n"  # two lines
NOTICE = HEAD + "正文: 甲。\n"  # three lines


def png(width: int, height: int) -> bytes:
    """A PNG of that size, as small as it gets."""

    def chunk(name: bytes, data: bytes) -> bytes:
        check = struct.pack(">I", zlib.crc32(name + data))
        return struct.pack(">I", len(data)) + name + data + check

    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = zlib.compress(b"".join(b"\0" + b"\xff" * width for _ in range(height)))
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A document's folder with pictures in it, and one outside of it."""
    inside = tmp_path / "文件夹"
    inside.mkdir()
    (tmp_path / "外.png").write_bytes(png(10, 10))
    (inside / "链接.png").symlink_to(tmp_path / "外.png")
    (inside / "章.png").write_bytes(png(100, 99))
    (inside / "长.png").write_bytes(png(100, 90))
    (inside / "坏.png").write_bytes(png(100, 100)[:60])
    (inside / "假.png").write_text("不是图片", "utf-8")
    (inside / "图.svg").write_text('<svg xmlns="x" viewBox="0 0 30 30"/>', "utf-8")
    (inside / "house.yaml").write_text("页码: 居中\n", "utf-8")
    return inside


def read(folder: Path, content: str) -> Document:
    path = folder / "稿.yaml"
    path.write_text(content, "utf-8")
    return validate(load(path))


def faults(folder: Path, content: str) -> tuple[Finding, ...]:
    with pytest.raises(SourceFault) as caught:
        read(folder, content)
    found = caught.value.findings
    assert list(found) == sorted(found, key=lambda finding: finding.place)
    return found


def texts(values: object) -> list[str]:
    assert isinstance(values, tuple)
    return [str(value) for value in values]


# --- what a source says ----------------------------------------------------------------------

FULL = """
文种: 请示
版本: 1
标题: |
  关于××××××
  ××××的请示
发文机关: [甲部, 乙部]
份号: 12
密级: 机密
保密期限: 1年
紧急程度: 特急
发文字号: 甲发〔2012〕10号
签发人: [张三, 李四]
主送: 国务院：
正文:
  - 甲[注1]。
附件说明: [名单, 表格]
成文日期: 2012年7月1日
印章: [章.png, {图片: 图.svg, 直径: 45}]
附注: 联系人：王五
抄送: 丙部，丁部
印发机关: 甲部办公厅
印发日期: 2012/7/2
起始页码: 3
页码: 居中
装订: 双面
稿别: 送审稿
稿别样式: 斜印
关键词: 甲、乙；丙
豁免:
  TI-03: 标题固定
本单位规定: house.yaml
""".replace("  - 甲[注1]。", "  - 段: 甲[注1]。\n    脚注: [注文]")


def test_every_element_of_an_upward_document_is_read(folder: Path) -> None:
    document = read(folder, FULL)
    head, signature, output = document.letterhead, document.signature, document.output
    assert (document.form.name, document.genre) == ("notice", "请示")
    assert str(document.title) == "关于××××××××××的请示"
    assert texts(document.title_lines) == ["关于××××××", "××××的请示"]
    assert str(head.copy_number) == "000012"  # six digits, 7.2.1
    assert str(head.classification) == "机密★1年"
    assert str(head.urgency) == "特急"
    assert (texts(head.mark), head.mark_suffix) == (["甲部", "乙部"], "文件")
    assert str(head.number) == "甲发〔2012〕10号"
    assert texts(head.signatories) == ["张三", "李四"]
    assert texts(document.addressees) == ["国务院"]
    (paragraph,) = document.body
    assert isinstance(paragraph, Paragraph)
    assert texts(paragraph.notes) == ["注文"]
    assert texts(document.attachment_list) == ["名单", "表格"]
    assert signature.date == datetime.date(2012, 7, 1)
    assert signature.sealing is Sealing.SEAL
    assert [seal.diameter_mm for seal in signature.seals] == [0, 45]
    assert [one.path.name for one in document.pictures] == ["章.png", "图.svg"]
    assert str(document.note) == "（联系人：王五）"
    assert texts(document.imprint.copied_to) == ["丙部，丁部"]
    assert document.imprint.printed_on == datetime.date(2012, 7, 2)
    assert (output.first_page, output.folio, output.duplex) == (3, FolioStyle.CENTRE, True)
    assert (output.mirrored, output.draft) == (True, "送审稿")
    assert output.draft_style is DraftStyle.DIAGONAL
    assert output.carry_source is False  # classified
    assert document.keywords == ("甲", "乙", "丙")
    assert document.waivers[0].rule == "TI-03"
    assert document.house == folder / "house.yaml"


def test_english_words_say_the_same(folder: Path) -> None:
    chinese = read(
        folder, HEAD + "正文: [甲, {标题: 乙, 接排: 丙}]\n页码: 无\n双面: 否\n落款: 加盖印章\n"
    )
    english = read(
        folder,
        "form: 通知\ntitle: 关于测试的通知\nbody: [甲, {title: 乙, run_in: 丙}]\n"
        "folio: none\nduplex: no\nsigning: seal\n",
    )
    assert english.output == chinese.output
    assert english.signature.sealing is chinese.signature.sealing is Sealing.SEAL
    (_, ours), (_, theirs) = english.body, chinese.body
    assert isinstance(ours, Section)
    assert isinstance(theirs, Section)
    assert (str(ours.title), str(ours.run_in)) == (str(theirs.title), str(theirs.run_in))


def test_a_regulation_a_table_and_a_figure(folder: Path) -> None:
    document = read(
        folder,
        HEAD
        + """正文:
  - 章: 总则
    正文:
      - 条: [第一款, 第二款]
        项: [甲, {项: 乙, 目: [丙]}]
      - 节: 一般规定
  - 表格: 表1
    表头: [序号, 数]
    行: [[1, 2.5], ['', 3]]
    列宽: [20, 136]
    对齐: [中, 小数点]
  - 表格:
    表头: [[甲, 乙], [丙, 丁]]
    行: [[1, 2]]
    横排: 是
  - 图: 图.svg
    替代文字: 一个圆
    宽: 120毫米
""",
    )
    chapter, table, wide, figure = document.body
    assert isinstance(chapter, Chapter)
    article, part = chapter.body
    assert isinstance(part, Chapter)
    assert (chapter.part, part.part) == ("章", "节")
    assert isinstance(article, Article)
    assert texts(article.paragraphs) == ["第一款", "第二款"]
    assert [str(item.text) for item in article.items] == ["甲", "乙"]
    assert str(article.items[1].items[0].text) == "丙"
    assert isinstance(table, Table)
    cells = [texts(row) for row in table.header + table.rows]
    assert cells == [["序号", "数"], ["1", "2.5"], ["", "3"]]
    assert (table.widths_mm, table.align) == ((20, 136), (Align.CENTRE, Align.DECIMAL))
    assert isinstance(wide, Table)
    assert (len(wide.header), wide.caption, wide.landscape) == (2, None, True)
    assert isinstance(figure, Figure)
    assert figure.picture.width_mm == 120


def test_html_and_template_syntax_are_text(folder: Path) -> None:
    (paragraph,) = read(folder, HEAD + "正文: '<b>{{ x }}</b>{% raw %}&lt;'\n").body
    assert isinstance(paragraph, Paragraph)
    assert paragraph.text.value == "<b>{{ x }}</b>{% raw %}&lt;"


@pytest.mark.parametrize(
    ("content", "mark", "suffix"),
    [
        ("文种: 通知\n发文机关: 甲\n发文字号: 甲发〔2012〕1号", ["甲"], "文件"),
        ("文种: 通知\n发文机关: 甲", [], ""),  # no number, no letterhead
        ("文种: 通知\n发文机关标志: [甲, 乙文件]", ["甲", "乙"], "文件"),
        ("文种: 通知\n发文机关标志: 甲委员会", ["甲委员会"], ""),
        ("文种: 通知\n发文机关: 甲\n发文字号: 甲发〔2012〕1号\n版头: 套打", ["甲"], "文件"),
        ("文种: 函\n发文机关: 甲", ["甲"], ""),
        ("文种: 命令\n发文机关: 甲\n令号: 第1号", ["甲命令"], ""),
        ("文种: 令\n发文机关标志: 甲令", ["甲令"], ""),
        ("文种: 纪要\n发文机关标志: 甲会议纪要", ["甲会议纪要"], ""),
        ("文种: 总结\n发文机关: 甲", [], ""),
    ],
)
def test_the_issuer_mark_follows_the_form(
    folder: Path, content: str, mark: list[str], suffix: str
) -> None:
    head = read(folder, content + "\n标题: 题\n正文: 文\n").letterhead
    assert (texts(head.mark), head.mark_suffix) == (mark, suffix)


def test_attachments_number_themselves_and_make_the_list(folder: Path) -> None:
    one = read(folder, NOTICE + "附件:\n  - {标题: 名单, 正文: 甲}\n")
    two = read(folder, NOTICE + "附件:\n  - {标题: 名单, 正文: 甲}\n  - {标题: 表, 正文: 乙}\n")
    assert [a.number for a in one.attachments] == [0]  # the only one bears no number, 7.3.4
    assert [a.number for a in two.attachments] == [1, 2]
    assert texts(two.attachment_list) == ["名单", "表"]


def test_minutes_keep_the_order_of_the_standard(folder: Path) -> None:
    document = read(
        folder,
        "文种: 纪要\n标题: 题\n正文: 文\n发文机关标志: 甲纪要\n"
        "列席: 丙\n请假: 乙\n出席: [甲, 丁]\n",
    )
    labels = [attendance.label for attendance in document.attendance]
    assert labels == ["出席", "请假", "列席"]  # 10.3


@pytest.mark.parametrize(
    "date", ["2009-12-31", "2009年12月31日", "2009.12.31", "2009/12/31", "2009-12-31 "]
)
def test_a_date_may_be_written_in_four_ways(folder: Path, date: str) -> None:
    document = read(folder, NOTICE + f"成文日期: {date}\n")
    assert document.signature.date == datetime.date(2009, 12, 31)


def test_a_draft_may_leave_its_date_to_the_hand(folder: Path) -> None:
    signature = read(folder, NOTICE + "成文日期: 空白\n稿别: 讨论稿\n").signature
    assert (signature.date, signature.date_blank) == (None, True)


MINUTES = "文种: 纪要\n标题: 题\n正文: 文\n发文机关标志: 甲纪要\n"

# --- what is wrong with a source -------------------------------------------------------------

WRONG = [
    ("标提: 甲", (4, 1), "没有“标提”", "“标题”"),
    ("titel: 甲", (4, 1), "没有“titel”", "“title”"),
    ("接排: 甲", (4, 1), "没有“接排”", "“标题”"),
    ("标题: 甲", (4, 1), "写了两次，第一次在第2行", ""),
    ("title: 甲", (4, 1), "写了两次，第一次在第2行", ""),
    ("令号: 第1号", (4, 1), "不用“令号”", "令"),
    ("出席: 甲", (4, 1), "不用“出席”", "纪要"),
    ("附件序号: 2", (4, 1), "不用“附件序号”", "附件"),
    ("版本: 2", (4, 5), "只懂版本1", ""),
    ("主送: {甲: 乙}", (4, 5), "应是一段文字", "全角"),
    ("主送: []", (4, 5), "是空的", ""),
    ("主送:", (4, 4), "是空的", "#"),
    ("附注: [甲]", (4, 5), "应是一段文字，这里是列表", "单引号"),
    ("页码: 中", (4, 5), "“页码”不能是“中”", "居中"),
    ("双面: 也许", (4, 5), "不能是“也许”", "是或否"),
    ("起始页码: 0", (4, 7), "应在 1 到 9999 之间", ""),
    ("起始页码: 一", (4, 7), "应是整数", "阿拉伯"),
    ("成文日期: 2009年13月40日", (4, 7), "没有13月", "1到12"),
    ("成文日期: 2009-02-30", (4, 7), "2009年2月没有30日", ""),
    ("成文日期: 二〇〇九年一月", (4, 7), "阿拉伯数字", "2012年7月1日"),
    ("成文日期: 二〇〇九年二月三十日", (4, 7), "2009年2月没有30日", ""),
    ("成文日期: 二〇〇九年十三月一日", (4, 7), "没有13月", "1到12"),
    ("成文日期: 二〇〇九年一月一十一十日", (4, 7), "阿拉伯数字", ""),
    ("成文日期: 09-1-1", (4, 7), "不是日期", ""),
    ("成文日期: 2009-1.1", (4, 7), "不是日期", ""),
    ("成文日期: 空白", (4, 7), "只有稿子可以这样", "稿别"),
    ("发文字号: 甲发[2009]10号", (4, 7), "六角括号", "甲发〔2009〕10号"),
    ("发文字号: 甲发（2009）第010号", (4, 7), "六角括号", "甲发〔2009〕10号"),
    ("发文字号: 甲发〔10〕1号", (4, 7), "四位数字", ""),
    ("发文字号: 甲发〔2009〕第1号", (4, 7), "不加“第”", "甲发〔2009〕1号"),
    ("发文字号: 甲发〔2009〕01号", (4, 7), "不编虚位", "甲发〔2009〕1号"),
    ("发文字号: 甲发〔2009〕1", (4, 7), "缺少“号”", "甲发〔2009〕1号"),
    ("发文字号: 第9期", (4, 7), "“发文字号”缺少用“〔〕”", ""),
    ("发文字号: 甲发2009年1号", (4, 7), "缺少用“〔〕”", ""),
    ("份号: 1234567", (4, 5), "一至六位", ""),
    ("密级: 内部", (4, 5), "不能是“内部”", "绝密"),
    ("密级: 机密★一年", (4, 5), "保密期限不能是“一年”", "1年"),
    ("保密期限: 1年", (4, 7), "没有写“密级”", ""),
    ("签发人: 甲\n发文机关: 乙", (4, 6), "不是上行文", "请示"),
    ("稿别样式: 斜印", (4, 7), "没有写“稿别”", "征求意见稿"),
    ("豁免: {甲: 乙}", (4, 6), "不是规则编号", "TI-03"),
    ("豁免: 甲", (4, 5), "编号: 理由", ""),
    ("本单位规定: 无.yaml", (4, 8), "找不到文件", ""),
    ("版头: 无\n份号: 1", (5, 5), "不印“份号”", "有"),
    ("印章: 无.png", (4, 5), "找不到文件", ""),
    ("印章: ../外.png", (4, 5), "文件夹之外", "复制"),
    ("印章: 链接.png", (4, 5), "文件夹之外", "复制"),
    ("印章: /etc/hostname", (4, 5), "文件夹之外", ""),
    ("印章: https://a.cn/章.png", (4, 5), "不能是网址", ""),
    ("印章: 长.png", (4, 5), "不是正方形：100×90", ""),
    ("印章: 坏.png", (4, 5), "已损坏", ""),
    ("印章: 假.png", (4, 5), "不是 PNG、JPEG 或 SVG", ""),
    ("印章: [章.png, 章.png]", (4, 5), "有2个印章", ""),
    ("印章: {图片: 章.png, 直径: 500}", (4, 21), "10 到 120 mm", ""),
    ("印章: 章.png\n落款: 不加盖印章", (4, 5), "写的是另一种", ""),
    ("印章: 章.png\n签名章: {图片: 章.png}", (5, 6), "又有“印章”", ""),
    ("附件说明: [甲。]", (4, 8), "后面有“。”", ""),
    ("附件说明: [甲]\n附件: [{标题: 乙, 正文: 丙}]", (4, 8), "不一致", ""),
    ("附件说明: [甲, 乙]\n附件: [{标题: 甲, 正文: 丙}]", (4, 7), "有2个，附件有1个", ""),
    ("附件:\n - {标题: 甲, 正文: a, 序号: 2}", (5, 23), "按顺序应是1", ""),
    ("附件:\n - {标题: 甲}", (5, 4), "缺少“正文”", "正文:"),
    ("附件:\n - {标题: 附件1：甲, 正文: 乙}", (5, 9), "标题前写了“附件1：”", ""),
]


@pytest.mark.parametrize(("line", "place", "message", "hint"), WRONG)
def test_a_fault_of_an_element_is_told_at_its_place(
    folder: Path, line: str, place: tuple[int, int], message: str, hint: str
) -> None:
    (finding,) = faults(folder, NOTICE + line + "\n")
    assert (finding.place.line, finding.place.column) == place
    assert message in finding.message
    assert hint in finding.hint


WRONG_BODY = [
    ("标题: 一、甲", (4, 9), "写了序号“一、”"),
    ("标题: （十二）甲", (4, 9), "写了序号“（十二）”"),
    ("标题：甲", (4, 5), "冒号是全角的“：”"),
    ("接排: 甲", (4, 5), "缺少“标题”"),
    ("标题: 甲\n    正问: 乙", (5, 5), "没有“正问”这个键"),
    ("标题: 甲\n    项: [乙]", (5, 5), "没有“项”这个键"),
    ("甲: 乙", (4, 5), "没有“甲”这个键"),
    ("[甲]", (4, 5), "又是列表"),
    ("{}", (4, 5), "空的一项"),
    ("''", (4, 5), "是空的"),
    ("甲[注1]", (4, 5), "没有第1条脚注"),
    ("段: 甲\n    脚注: 乙", (5, 9), "第1条脚注没有用上"),
    ("段: 甲[注1][注2]\n    脚注: 乙", (4, 8), "没有第2条脚注"),
    ("甲\ue000乙", (4, 6), "自造字 U+E000"),
    ("甲\ufffd乙", (4, 6), "乱码字符 U+FFFD"),
    ("甲\u200b乙", (4, 6), "看不见的字符 U+200B"),
    ("甲\U000f0001乙", (4, 6), "自造字 U+F0001"),
    ('"甲\\x07乙"', (4, 5), "控制字符 U+0007"),
    ("甲\t乙", (4, 6), "制表符"),
    ("|\n    甲\n    乙", (4, 5), "换行"),
    ("表格: 甲\n    行: [[1, 2], [3]]", (5, 18), "第2行有1格，应有2格"),
    ("表格: 甲\n    行: [[1, 2], 3]", (5, 17), "应是列表"),
    ("表格: 甲\n    行: 3", (5, 8), "应是列表"),
    ("表格: 甲\n    表头: [a]\n    行: [[1, 2]]", (6, 10), "第2行有2格，应有1格"),
    ("表格: 甲\n    行: [[1, 2]]\n    对齐: [左]", (6, 9), "有1项，表格有2列"),
    ("表格: 甲\n    行: [[1]]\n    对齐: [上]", (6, 10), "不能是“上”"),
    ("图: 图.svg", (4, 5), "缺少“替代文字”"),
    ("图: 图.svg\n    替代文字: 甲\n    宽: 4", (6, 8), "应不小于 5 mm"),
]


@pytest.mark.parametrize(("item", "place", "message"), WRONG_BODY)
def test_a_fault_of_the_body_is_told_at_its_place(
    folder: Path, item: str, place: tuple[int, int], message: str
) -> None:
    (finding,) = faults(folder, f"{HEAD}正文:\n  - {item}\n")
    assert (finding.place.line, finding.place.column) == place
    assert message in finding.message
    assert finding.hint


def test_a_paragraph_with_a_half_width_colon_is_told_how_to_write_it(folder: Path) -> None:
    (finding,) = faults(folder, f"{HEAD}正文:\n  - 时间: 9月10日\n")
    assert "全角“：”" in finding.hint
    assert "单引号" in finding.hint


def test_five_levels_of_headings_are_the_deepest(folder: Path) -> None:
    def nested(levels: int) -> str:
        return HEAD + "正文: " + "[{标题: 甲, 正文: " * levels + "[乙]" + "}]" * levels + "\n"

    read(folder, nested(5))
    (finding,) = faults(folder, nested(6))
    assert "最多5层" in finding.message


@pytest.mark.parametrize("missing", ["文种", "标题", "正文"])
def test_what_every_document_must_have(folder: Path, missing: str) -> None:
    lines = [line for line in NOTICE.splitlines() if not line.startswith(missing)]
    (finding,) = faults(folder, "\n".join(lines) + "\n")
    assert f"缺少“{missing}”" in finding.message


@pytest.mark.parametrize("form", ["函", "令", "纪要"])
def test_forms_with_a_letterhead_need_their_mark(folder: Path, form: str) -> None:
    content = f"文种: {form}\n标题: 甲\n正文: 乙\n"
    (finding,) = faults(folder, content)
    assert "缺少“发文机关标志”" in finding.message
    assert read(folder, content + "版头: 无\n").letterhead.mark == ()


@pytest.mark.parametrize(
    "number",
    ["第9期", "第十二次", "〔2012〕9号", "2012年第9期", "2012年第9期（总第88期）",
     "甲纪〔2012〕9号"],
)  # fmt: skip
def test_minutes_are_numbered_as_the_office_does_it(folder: Path, number: str) -> None:
    document = read(folder, MINUTES + f"发文字号: {number}\n")
    assert str(document.letterhead.number) == number


@pytest.mark.parametrize("number", ["第09期", "9", "甲纪[2012]9号", "〔12〕9号"])
def test_no_other_number_of_minutes_is_taken(folder: Path, number: str) -> None:
    (finding,) = faults(folder, MINUTES + f"发文字号: {number}\n")
    assert "“发文字号”的" in finding.message or "“发文字号”缺少" in finding.message
    assert "第9期" in finding.hint


def test_an_unknown_form_brings_no_further_faults(folder: Path) -> None:
    (finding,) = faults(folder, "文种: 通之\n标题: 甲\n正文: 乙\n出席: 丙\n")
    assert finding.hint == "是不是“通知”？"


def test_more_signatories_than_issuers(folder: Path) -> None:
    content = "文种: 请示\n标题: 甲\n正文: 乙\n签发人: [一, 二, 三, 四, 五, 六]\n"
    (finding,) = faults(folder, content)
    assert finding.message == "有6个签发人，只有0个发文机关"


def test_all_faults_are_told_at_once_and_in_order(folder: Path) -> None:
    found = faults(folder, "文种: 通知\n标题: 甲\x07\n正问: 乙\n页码: 上\n成文日期: 2009-13-40\n")
    assert [finding.place.line for finding in found] == [2, 3, 4, 5]


def test_messages_use_the_words_of_the_file(folder: Path) -> None:
    found = faults(folder, "form: 通知\ntitle: a\nissuer:\nfolio: center\nseal: {diamter: 3}\n")
    said = " ".join(finding.message + finding.hint for finding in found)
    for word in ("“body”", "“issuer”", "“folio”", "“centre”", "“diameter”"):
        assert word in said
    assert "正文" not in said


# --- the table of words ----------------------------------------------------------------------


def test_no_word_of_a_kind_means_two_things() -> None:
    for kind in words.KINDS:
        spellings = [spelling for key in kind.keys for spelling in (key.name, key.chinese)]
        assert len(spellings) == len(set(spellings)), kind.name
        for key in kind.keys:
            fixed = [spelling for word in key.words for spelling in word.spellings]
            assert len(fixed) == len(set(fixed)), key.name


def test_every_key_has_chinese_english_meaning_and_example() -> None:
    for kind in words.KINDS:
        for key in kind.keys:
            assert key.name.isascii()
            assert not key.chinese.isascii()
            assert key.meaning
            assert key.example


def test_the_records_of_the_forms_speak_of_keys_there_are() -> None:
    """Every key that a form takes is a key of the table, and every form is a word of it."""
    keys = {key.name for key in words.DOCUMENT.keys}
    assert [word.value for word in words.FORMS] == [form.name for form in forms()]
    for form in forms():
        assert form.keys <= keys, form.name


@pytest.mark.parametrize("key", words.DOCUMENT.keys, ids=lambda key: key.name)
def test_the_example_of_every_key_is_read(folder: Path, key: words.Key) -> None:
    """Each example of the table stands in a document of a form that has its key."""
    for name in ("印章.png", "签名章.png"):
        (folder / name).write_bytes(png(20, 20))
    form = (key.forms or ("notice",))[0]
    example = key.example
    if example.startswith("- "):
        example = "\n  " + example.replace("\n", "\n  ")
    lines = {"form": form, "title": "甲", "body": "乙"}
    if "issuer_mark" in form_named(form).keys:
        lines |= {"issuer_mark": "甲" + form_named(form).letterhead.ending("")}
    if key.name == "signatories":
        lines["form"] = "请示"
    lines |= {"classification": "机密"} if key.name == "classification_term" else {}
    lines |= {"draft": "讨论稿"} if key.name == "draft_style" else {}
    lines[key.name] = example
    read(folder, "".join(f"{name}: {text}\n" for name, text in lines.items()))


@given(
    month=st.text("一二三四五六七八九十", min_size=1, max_size=2),
    day=st.text("一二三四五六七八九十", min_size=1, max_size=3),
)
def test_any_date_in_chinese_numerals_is_a_day_or_told(month: str, day: str) -> None:
    date, message, hint = dates.read(f"二〇一二年{month}月{day}日")
    assert (date is None) == bool(message) == bool(hint)


def test_the_lines_of_a_body_that_is_one_text_are_paragraphs(folder: Path) -> None:
    document = read(folder, HEAD + "正文: |\n  甲。\n  乙。\n\n  甲。丙。\n附注: 丁\n")
    paragraphs = [node for node in document.body if isinstance(node, Paragraph)]
    assert [str(each.text) for each in paragraphs] == ["甲。", "乙。", "甲。丙。"]
    places = [(each.text.place.line, each.text.place.column) for each in paragraphs]
    assert places == [(4, 3), (5, 3), (7, 3)]


def test_a_fault_in_such_a_line_is_told_there(folder: Path) -> None:
    (finding,) = faults(folder, HEAD + "正文: |\n  甲。\n  乙[注1]。\n")
    assert (finding.place.line, finding.place.column) == (5, 3)
    assert "没有第1条脚注" in finding.message
