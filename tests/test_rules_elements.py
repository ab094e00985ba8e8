"""What the elements of one document say of each other: each contradiction is seen at its line."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from yinfa.arrange import arrange
from yinfa.load import load
from yinfa.recognising.format import Format
from yinfa.recognising.paper import Specimen
from yinfa.report import Place
from yinfa.rules import RULES, Family, NotApplicable
from yinfa.rules.script import Script, script_of
from yinfa.validate import validate

NOTICE = """\
文种: 通知
发文机关: ××市教育局
发文字号: ×教发〔2024〕15号
标题: ××市教育局关于开展安全检查的通知
主送: [各县（区）教育局, 局属各学校]
正文:
  - 检查的结果填入登记表（见附件1），要点见附件2。
附件说明: [登记表, 检查要点]
成文日期: 2024年4月25日
抄送: [省教育厅]
印发机关: ××市教育局办公室
印发日期: 2024年4月26日
"""
REQUEST = """\
文种: 请示
发文机关: ××市教育局
发文字号: ×教发〔2024〕16号
签发人: 张×
标题: ××市教育局关于解决维修经费的请示
主送: ××市人民政府
正文:
  - 需要维修的校舍共12处，拟请市财政安排。
  - 妥否，请批示。
成文日期: 2024年4月25日
"""
JOINT = """\
文种: 通知
发文机关: [××市公安局, ××市教育局]
发文机关标志: [××市公安局, ××市教育局, 文件]
发文字号: ×公发〔2024〕17号
标题: 关于加强治安管理的通知
主送: 各县（区）教育局
正文: 请抓好落实。
成文日期: 2024年5月10日
"""
REPORT = NOTICE.replace("通知", "报告").replace("文种", "签发人: 张×\n文种")
TABLE = """要点见附件2。
  - 表格: 统计
    表头: [项目, {}]
    行:
      - [甲, '12']
      - [乙, '15']
      - [合计, '{}']"""
RULE = """\
文种: 材料
标题: ××市校车管理办法
正文:
  - 条: 为加强管理，制定本办法。
  - 条: 违反本办法第一条的，予以通报。
  - 条: 本办法自公布之日起施行。
"""


def spoken(folder: Path, source: str) -> dict[str, Place | None]:
    """The text rules that find something in *source*, and where the first of each stands."""
    path = folder / "稿.yaml"
    path.write_text(source, "utf-8")
    document = validate(load(path))
    said: Script = script_of(arrange(document), Specimen((), Format.NOTICE, ()))
    found: dict[str, Any] = {}
    for identifier, rule in RULES.items():
        if rule.family is Family.TEXT and said.form in rule.forms:
            try:
                for one in rule.judge(said):
                    found.setdefault(identifier, one.place)
            except NotApplicable:
                continue
    return found


@pytest.mark.parametrize("source", [NOTICE, REQUEST, JOINT, RULE])
def test_what_agrees_is_left_alone(tmp_path: Path, source: str) -> None:
    assert spoken(tmp_path, source) == {}


# The rule, the source, what is changed in it, and the line where that is told.
WRONG_ELEMENTS: list[tuple[str, str, str, str, int]] = [
    ("EL-01", NOTICE, "〔2024〕15号", "〔2042〕15号", 3),
    ("EL-02", NOTICE, "标题: ××市教育局", "标题: ××市卫生健康委员会", 4),
    ("EL-03", JOINT, "机关: [××市公安局, ××市教育局]", "机关: [××市教育局, ××市公安局]", 2),
    ("EL-04", NOTICE, "印发日期: 2024年4月26日\n", "", 11),
    ("EL-04", NOTICE, "印发机关: ××市教育局办公室\n", "", 11),
    ("EL-05", NOTICE, "文种: 通知\n", "文种: 通知\n密级: 机密\n保密期限: 1年\n", 2),
    ("EL-06", REQUEST, "主送: ××市人民政府", "主送: [××市人民政府, ××省教育厅]", 6),
    ("EL-06", REQUEST, "主送: ××市人民政府", "主送: 李×副市长", 6),
    ("EL-06", REQUEST, "  - 妥否，请批示。", "  - 以上是有关情况。", 9),
    ("EL-07", REPORT, "附件2。", "附件2，妥否，请批示。", 8),
    ("EL-08", NOTICE, "文种: 通知\n", "文种: 公文\n签发人: 张×\n", 2),
    ("EL-09", NOTICE, "检查的通知", "检查的通知的通知", 4),
    ("EL-09", NOTICE, "关于开展", "关于关于开展", 4),
    ("EL-10", NOTICE, "成文日期: 2024年4月25日\n", "", 4),
    ("EL-11", NOTICE, "要点见附件2。", "要点见附件2。\n  - 主题词：教育　安全", 8),
    ("EL-12", NOTICE, "见附件2", "见附件3", 7),
    ("EL-12", NOTICE, "附件说明: [登记表, 检查要点]\n", "", 7),
    ("EL-12", NOTICE, "要点见附件2", "附件共3份", 7),
    ("EL-13", RULE, "本办法第一条", "本办法第十一条", 5),
    ("EL-14", NOTICE, "[登记表, 检查要点]", "[《登记表》, 检查要点]", 8),
    ("EL-15", NOTICE, "局属各学校]", "局属各学校。]", 5),
    ("WD-02", NOTICE, "印发日期: 2024", "印发日期: 2042", 12),
    ("WD-02", NOTICE, "印发日期: 2024年4月26日", "印发日期: 2024年4月6日", 12),
    ("WD-04", NOTICE, "局属各学校]", "局属各学校, 各县（区）教育局]", 5),
    ("WD-04", NOTICE, "[省教育厅]", "[省教育厅, 省教育厅]", 10),
    ("WD-18", NOTICE, "要点见附件2。", TABLE.format("人数", 28), 13),
    ("PU-05", NOTICE, "各县（区）", "各县(区)", 5),
    ("WD-08", NOTICE, "登记表, 检查要点", "登记表, 部份要点", 8),
    ("WD-08", NOTICE, "教育局办公室", "教育局分折室", 11),
]  # fmt: skip


@pytest.mark.parametrize(
    ("rule", "source", "right", "wrong", "line"),
    WRONG_ELEMENTS,
    ids=[f"{rule} {wrong[:12]}" for rule, _, _, wrong, _ in WRONG_ELEMENTS],
)
def test_a_contradiction_is_seen_at_its_line(
    tmp_path: Path, rule: str, source: str, right: str, wrong: str, line: int
) -> None:
    assert right in source
    found = spoken(tmp_path, source.replace(right, wrong, 1))
    place = found.get(rule)
    assert place is not None, found
    assert place.line == line


# Near to a contradiction, and none.
RIGHT_ELEMENTS: list[tuple[str, str, str]] = [
    (REQUEST, "2024年4月25日", "2025年1月5日"),  # numbered in the old year, signed in the new
    (NOTICE, "标题: ××市教育局关于", "标题: 市教育局关于"),
    (NOTICE, "标题: ××市教育局关于", "标题: 关于"),
    (NOTICE, "见附件2", "见《×××办法》附件5"),
    (NOTICE, "见附件2", "按照×政发〔2023〕6号附件3执行"),
    (NOTICE, "印发机关: ××市教育局办公室\n印发日期: 2024年4月26日\n", ""),
    (JOINT, "发文机关标志: [××市公安局, ××市教育局, 文件]\n", "发文机关标志: ××市公安局文件\n"),
    (RULE, "本办法第一条", "《道路交通安全法》第九十条"),
    (NOTICE, "要点见附件2。", TABLE.format("人数", 27)),
    (NOTICE, "要点见附件2。", TABLE.format("比率", 13.5)),
    (NOTICE, "[登记表, 检查要点]", "[《办法》修订说明, 检查要点]"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("source", "before", "after"),
    RIGHT_ELEMENTS,
    ids=[after[:14] for _, _, after in RIGHT_ELEMENTS],
)
def test_what_only_looks_like_a_contradiction_is_left_alone(
    tmp_path: Path, source: str, before: str, after: str
) -> None:
    assert before in source
    assert not [
        rule for rule in spoken(tmp_path, source.replace(before, after)) if rule[:2] != "PU"
    ]
