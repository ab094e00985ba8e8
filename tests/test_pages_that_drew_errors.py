"""Small right pages that the checker once called wrong, or that could not be judged at all."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from forms import LETTER, NOTICE, SENTENCE
from generating.documents import as_yaml, pictures

from yinfa.check import check
from yinfa.load import load
from yinfa.recipe import build
from yinfa.report import Severity
from yinfa.validate import validate

PAPER: dict[str, Any] = {"文种": "材料", "标题": "核对情况"}
ROWS = {"表头": ["序号", "单位"], "行": [["1", "甲"], ["2", "乙"]]}
LONG = "2009年常州市教育系统各基层党组织学习实践科学发展观活动整改措施落实情况统计"
NOTE = (
    "本表所列单位为截至2009年12月底已经完成换届工作的基层党组织，不含新成立的和已经撤销的党组织。"
)
FIGURE = {"图": "图三.svg", "替代文字": "图。"}
WORDS = [
    ["1", "甲单位信息中心办公室", "安装Windows系统的电脑", "100", "使用Microsoft Office办公软件的"],
    ["2", "乙", "Windows 10", "50", "Linux"],
]
UPWARD = {**NOTICE, "文种": "请示", "标题": "关于核对格式的请示", "签发人": "王某某"}
SOURCES: dict[str, tuple[dict[str, Any], dict[str, Any] | None]] = {
    "a long caption": ({**PAPER, "正文": [SENTENCE, {"表格": LONG + "表", **ROWS}, "完。"]}, None),
    "a long caption of a figure": (
        {**PAPER, "正文": [SENTENCE, {**FIGURE, "宽": 60, "图题": f"图1　{LONG}图"}]},
        None,
    ),
    "a long note of a table": (
        {**PAPER, "正文": [SENTENCE, {"表格": "", **ROWS, "注": NOTE}, "完。"]},
        None,
    ),
    "Latin words in cells": (
        {
            **PAPER,
            "正文": [SENTENCE, {"表格": "设备表", "表头": list("甲乙丙丁戊"), "行": WORDS}, "完。"],
        },
        None,
    ),
    "a figure as wide as the type area": (
        {**PAPER, "正文": [SENTENCE, {**FIGURE, "宽": 156}]},
        None,
    ),
    "a request on printed paper": (
        {**UPWARD, "版头": "套打", "正文": ["现将有关事项请示如下。妥否，请批示。"]},
        None,
    ),
    "a letter on printed paper": ({**LETTER, "版头": "套打"}, None),
    "a letter with copies": ({**LETTER, "抄送": "×××办公室"}, None),
    "a letter of a house": (LETTER, {"订口": 30}),
    "seals of a company and an office": (
        {
            **NOTICE,
            "发文机关": ["常州市教育发展投资（集团）有限公司", "常州市财政局"],
            "印章": ["印章.png"] * 2,
        },
        None,
    ),
    "a seal under a figure": (
        {
            **NOTICE,
            "印章": "印章.png",
            "正文": [SENTENCE, {**FIGURE, "宽": 60, "图题": "图1　版心"}],
        },
        None,
    ),
    "a letter of one line": ({**LETTER, "正文": ["现将有关事项函告如下。"]}, None),
}


@pytest.mark.parametrize("name", SOURCES)
def test_a_right_page_draws_no_error(name: str, tmp_path: Path) -> None:
    source, house = SOURCES[name]
    for picture, content in pictures().items():
        (tmp_path / picture).write_bytes(content)
    if house is not None:
        (tmp_path / "house.yaml").write_text(as_yaml(house), "utf-8")
    path = tmp_path / "source.yaml"
    path.write_text(as_yaml(source), "utf-8")
    document = validate(load(path))
    report = check(build(document, tmp_path / "甲.pdf").product, document)
    assert [str(f) for f in report.findings if f.severity is Severity.ERROR] == []
