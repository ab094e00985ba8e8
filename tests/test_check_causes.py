"""One cause behind many findings is told first, and what follows from it is folded under it."""

from __future__ import annotations

import json
from copy import deepcopy
from dataclasses import replace
from pathlib import Path

import pytest
from handmade import TITLE, Leaf, attachment, lay, notice

from yinfa import verdict
from yinfa.check import Report, check
from yinfa.cli import main
from yinfa.reading import Reading, read
from yinfa.recognising.distortion import Distortion, straightened


def distorted(leaves: list[Leaf], folder: Path, ratio: float, right: float, down: float) -> Reading:
    """The page as it is after all of it was scaled and moved."""
    reading = read(lay(leaves, folder / "改.pdf", TITLE))
    back = Distortion(1 / ratio, -right / ratio, -down / ratio)
    return replace(reading, sheets=straightened(reading.sheets, back))


@pytest.mark.parametrize(
    ("ratio", "right", "down", "told"),
    [
        (0.97, 3.15, 4.5, "全页缩小到 97 %"),
        (1.03, -3.1, -4.4, "全页放大到 103 %"),
        (1.0, 5.0, 0.0, "全页偏右 5.0 mm"),
        (1.0, -4.0, 6.0, "全页偏左 4.0 mm、偏下 6.0 mm"),
    ],
)
def test_a_page_scaled_or_shifted_is_told_as_one_thing(
    tmp_path: Path, ratio: float, right: float, down: float, told: str
) -> None:
    report = check(distorted(attachment(), tmp_path, ratio, right, down))
    (cause,) = report.causes
    assert cause.message == told
    assert len(cause.behind) > 5
    left = {one.finding.rule for one in report.told if one not in report.consequences}
    assert left <= {"TX-02", "PG-03", "PG-04"}
    assert verdict.words([report]).startswith(f"先看这一条：{told}，下面 {len(cause.behind)} 处")


def test_what_has_another_cause_is_not_folded(tmp_path: Path) -> None:
    leaves = deepcopy(attachment())
    leaves[0].words[0] = replace(leaves[0].words[0], text="附件二")
    report = check(distorted(leaves, tmp_path, 0.97, 3.15, 4.5))
    left = {one.finding.rule for one in report.told if one not in report.consequences}
    assert "AT-02" in left


def test_a_text_in_another_face_is_told_as_one_thing(tmp_path: Path) -> None:
    leaves = deepcopy(attachment())
    for leaf in leaves:
        leaf.words = [replace(w, face="宋体") if w.face == "仿宋" else w for w in leaf.words]
    report = check(lay(leaves, tmp_path / "宋.pdf", TITLE))
    assert [cause.message.partition("（")[0] for cause in report.causes] == ["全文用了宋体"]


def test_a_right_page_has_no_cause(tmp_path: Path) -> None:
    for leaves in (notice(), attachment()):
        assert check(lay(leaves, tmp_path / "对.pdf", TITLE)).causes == ()


def test_machines_get_every_finding_with_the_cause(tmp_path: Path) -> None:
    report: Report = check(distorted(attachment(), tmp_path, 0.97, 3.15, 4.5))
    (one,) = json.loads(verdict.as_json([report]))
    assert one["causes"][0]["message"] == "全页缩小到 97 %"
    folded = [finding for finding in one["findings"] if finding.get("consequence")]
    assert len(folded) == one["causes"][0]["findings"]


@pytest.mark.parametrize("style", ["json", "sarif"])
def test_machines_are_told_of_a_source_that_cannot_be_built(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], style: str
) -> None:
    source = tmp_path / "错.yaml"
    source.write_text("文种: 通知\n标题: 关于测试的通知\n正问: 甲\n", "utf-8")
    assert main(["check", "--format", style, str(source)]) == 2
    told = json.loads(capsys.readouterr().out)
    if style == "json":
        (one,) = told
        assert one["file"] == str(source)
        assert {finding["line"] for finding in one["findings"]} >= {3}
    else:
        results = told["runs"][0]["results"]
        assert {result["ruleId"] for result in results} == {"SOURCE"}
        regions = [r["locations"][0]["physicalLocation"]["region"]["startLine"] for r in results]
        assert 3 in regions


def test_a_folder_is_checked_with_all_that_is_in_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Sources, and the PDFs that no source beside them makes; what is no document is left out."""
    lay(attachment(), tmp_path / "外来.pdf", "年度工作总结")
    (tmp_path / "内").mkdir()
    lay(attachment(), tmp_path / "内" / "稿.pdf", "年度工作总结")
    source = tmp_path / "内" / "稿.yaml"
    source.write_text("文种: 材料\n标题: 年度工作总结\n正文: 各项工作已经完成。\n", "utf-8")
    (tmp_path / "词表.yaml").write_text("停用: [部份]\n", "utf-8")
    monkeypatch.chdir(tmp_path)
    assert main(["check", "--format", "json", str(tmp_path)]) == 0
    told = json.loads(capsys.readouterr().out)
    assert [Path(one["file"]).name for one in told] == ["外来.pdf", "年度工作总结.pdf"]


def test_a_folder_without_documents_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", str(tmp_path)]) == 2
    assert "没有可检查的文件" in capsys.readouterr().err
