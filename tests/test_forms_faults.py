"""What cannot be printed is told at its place, and nothing is written."""

from __future__ import annotations

from typing import Any

import pytest
from forms import NAME, NOTICE, ORDER, SENTENCE, printed, text_of, written

from yinfa.load import load
from yinfa.recipe import build
from yinfa.report import SourceFault
from yinfa.validate import validate

OFFICES = [f"×××{word}局" for word in "一二三四五六七八九十甲乙丙丁戊己庚辛壬癸"]

LYING = {"表格": "", "行": [["甲", "乙"]], "横排": "是"}


def attachment(title: str, **keys: Any) -> dict[str, Any]:
    return {"标题": title, "正文": [SENTENCE], **keys}


@pytest.mark.parametrize(
    ("changes", "key", "message"),
    [
        ({"附件": [attachment("甲", 序号=1), attachment("乙", 序号=1)]}, "序号: 1", "应是2"),
        ({"附件": [attachment("甲"), attachment("乙")], "附件说明": ["甲", "丙"]}, "- 丙",
         "不一致"),
        ({"附件": [attachment("甲")], "附件说明": ["甲", "乙"]}, "附件说明", "有2个，附件有1个"),
        ({"成文日期": "2012年13月40日"}, "成文日期", "没有13月"),
        ({"成文日期": "2012年2月30日"}, "成文日期", "没有30日"),
        ({"发文字号": "×××〔10〕10号"}, "发文字号", "四位数字"),
        ({"印章": "没有.png"}, "印章", "找不到文件"),
        ({"印章": "签名.png"}, "印章", "不是正方形"),
        ({"文种": "请示", "签发人": ["×××"] * 6, "发文机关": None, "发文机关标志": NAME}, "签发人",
         "6个签发人"),
        ({"正文": [{"表格": "", "表头": ["甲", "乙"], "行": [["1", "2"]], "列宽": [100, 100]}]},
         "列宽", "只有 156 mm"),
        ({"正文": [{"表格": "", "行": [["1234567890123"] * 9]}]}, "表格", "9 列"),
        ({"标题": "关于" + "公文版面" * 6 + "|的通知"}, "标题", "标题的第1行宽"),
        ({"附件": [attachment("甲" * 21 + "|乙")]}, "甲", "标题的第1行宽"),
        ({"正文": [LYING]}, "表格", "首页没有正文"),
        ({"正文": [SENTENCE, LYING]}, "表格", "所在的一面没有正文"),
        ({"抄送": OFFICES * 20, "印发机关": NAME}, "抄送", "版记共"),
        ({"署名": OFFICES * 2}, "署名", "一面排不下"),
        ({"发文机关": OFFICES[:16], "署名": NAME}, "标题", "首页排不下正文"),
        ({"发文机关": OFFICES[:16], "署名": NAME, "正文": [{"章": NAME}]}, "标题", "首页排不下"),
        ({"签名章": ["签名.png", "签名.png"]}, "签名章", "有2个签名章，只有1个"),
        ({"印章": []}, "印章", "是空的"),
        ({"印章": "印章.png", "发文机关": None, "发文机关标志": NAME, "成文日期": None}, "印章",
         "没有署名和成文日期"),
    ],
)  # fmt: skip
def test_a_document_that_cannot_be_is_told_at_its_line(
    changes: dict[str, Any], key: str, message: str
) -> None:
    source = written(NOTICE, **changes)
    lines = source.read_text("utf-8").splitlines()
    product = source.with_suffix(".pdf")
    with pytest.raises(SourceFault) as caught:
        build(validate(load(source)), product)
    (finding,) = (each for each in caught.value.findings if message in each.message)
    assert finding.place.path == source
    first = max(index for index, line in enumerate(lines, 1) if key in line)
    assert 0 <= finding.place.line - first <= 1  # the key, or the value below it
    assert finding.hint
    assert not product.exists()


@pytest.mark.parametrize(
    ("base", "changes", "expected"),
    [
        (NOTICE, {"发文机关": "×××省" * 20}, "×××省" * 20 + "文件"),
        (NOTICE, {"发文字号": "×" * 40 + "〔2012〕10号"}, "×" * 40 + "〔2012〕10号"),
        (NOTICE, {"附注": "联系人" * 60}, "（" + "联系人" * 60 + "）"),
        (ORDER, {"签名章": {"职务": "×××市人民政府副市长" * 3, "图片": "签名.png", "宽": 60}},
         "2012年7月7日"),
        (ORDER, {"签名章": "签名.png"}, "2012年7月7日"),
    ],
)  # fmt: skip
def test_the_longest_values_are_printed_whole(
    base: dict[str, Any], changes: dict[str, Any], expected: str
) -> None:
    reading = printed(base, **changes)
    assert expected in text_of(reading)
    for sheet in reading.sheets:
        assert all(line.x0_mm > 27.5 and line.x1_mm < 187 for line in sheet.lines)
