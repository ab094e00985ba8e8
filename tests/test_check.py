"""The checker's verdict: what passed, failed, could not be measured, and how it is told."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from urllib.parse import unquote

import pytest
from handmade import TITLE, Leaf, attachment, lay, notice
from spoil import Spoiling, spoiling
from test_rules_parts import last_line

from tools.rule_cases import wrong_cases
from yinfa import picturing, verdict, words
from yinfa.batch.documents import NOT_DOCUMENTS
from yinfa.check import Report, RuleOutcome, Told, check, explain
from yinfa.cli import main
from yinfa.load import load
from yinfa.model import Document, Text, Waiver
from yinfa.recipe import build
from yinfa.recognising.format import Format
from yinfa.report import Finding, Place, Severity
from yinfa.rules import RULES
from yinfa.validate import validate

ROOT = Path(__file__).parent.parent
SHELF = ROOT / "source"
SOURCES = sorted(path for path in SHELF.rglob("*.yaml") if path.name not in NOT_DOCUMENTS)
UNTAGGED = {"TX-02"}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[Path, Document]]:
    """Every example document, built, with what it says."""
    folder = tmp_path_factory.mktemp("built")
    found = {}
    for source in SOURCES:
        document = validate(load(source))
        product = folder / f"{source.stem}.pdf"
        build(document, product)
        found[source.stem] = (product, document)
    return found


@pytest.fixture(scope="module")
def spoilt(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A notice with a wrong date, a lost page number and a moved title."""
    folder = tmp_path_factory.mktemp("spoilt")
    right = lay(notice(), folder / "对.pdf", TITLE)
    with spoiling(right, folder / "错.pdf") as spoiler:
        spoiler.retype(2, "2012年7月1日", "2012年07月01日")
        spoiler.remove(2, "—")
        spoiler.move(1, "安全生产", 2)
    return folder / "错.pdf"


@pytest.fixture(scope="module")
def report(spoilt: Path) -> Report:
    return check(spoilt)


@pytest.mark.parametrize("stem", [source.stem for source in SOURCES])
def test_every_example_is_clean_of_errors(
    built: dict[str, tuple[Path, Document]], stem: str
) -> None:
    product, document = built[stem]
    found = check(product, document)
    assert [str(f) for f in found.findings if f.severity is Severity.ERROR] == []


@pytest.mark.parametrize("stem", [source.stem for source in SOURCES])
def test_a_page_is_judged_alike_without_its_document(
    built: dict[str, tuple[Path, Document]], stem: str
) -> None:
    product, document = built[stem]
    alone = check(product)
    if document.letterhead.preprinted:
        alone = check(product, form=Format(document.form.name))  # the paper bears what would tell
    assert alone.form == document.form.name
    assert [str(f) for f in alone.findings if f.severity is Severity.ERROR] == []


Spoil = Callable[[Spoiling], None]
OTHERS: dict[tuple[str, str], tuple[Spoil, set[str]]] = {
    # The rule below the mark stays where it is, 2 mm nearer to it.
    ("letter", "mark 2 mm lower"): (lambda s: s.move(1, "×××局", dy_mm=2), {"LT-01", "LT-02"}),
    ("letter", "number 2 mm left"): (lambda s: s.move(1, "〔2012〕", -2), {"LT-03"}),
    ("letter", "number 2 mm lower"): (lambda s: s.move(1, "〔2012〕", dy_mm=2), {"LT-03"}),
    ("letter", "lower rules away"): (lambda s: s.move_bar(1, 276.6, dy_mm=-5), {"LT-02"}),
    ("letter", "title 6 mm higher"): (
        lambda s: s.move(1, "关于商请核对", dy_mm=-6),
        {"LT-04", "BD-01"},
    ),
    ("order", "mark 2 mm lower"): (lambda s: s.move(1, "令", dy_mm=2), {"CM-01"}),
    ("order", "number 2 mm right"): (lambda s: s.move(1, "第15号", 2), {"CM-02"}),
    ("order", "number 6 mm higher"): (lambda s: s.move(1, "第15号", dy_mm=-6), {"CM-02"}),
    ("order", "number with a zero"): (lambda s: s.retype(1, "第15号", "第05号"), {"CM-03"}),
    ("minutes", "mark 2 mm lower"): (lambda s: s.move(1, "局会议纪要", dy_mm=2), {"MN-01"}),
    ("minutes", "mark black"): (lambda s: s.recolour(1, "局会议纪要", (0, 0, 0)), {"HD-06"}),
    ("minutes", "label moved 2 mm"): (lambda s: s.move(2, "出席：", 2), {"MN-02"}),
    ("upward", "number off the signatory's line"): (
        lambda s: s.move(1, "〔2012〕", dy_mm=-2),
        {"HD-10", "HD-11"},
    ),
    ("upward", "number 2 mm right"): (lambda s: s.move(1, "〔2012〕", 2), {"HD-09"}),
    ("notice-sealed", "date 2 mm right"): (lambda s: s.move(2, "7月1日", 2), {"SG-01", "SG-02"}),
}


@pytest.mark.parametrize(("stem", "name"), OTHERS)
def test_a_spoilt_page_of_another_form_fails_just_its_rules(
    built: dict[str, tuple[Path, Document]], tmp_path: Path, stem: str, name: str
) -> None:
    spoil, expected = OTHERS[stem, name]
    before = check(built[stem][0]).failed
    with spoiling(built[stem][0], tmp_path / "坏.pdf") as spoiler:
        spoil(spoiler)
    assert check(tmp_path / "坏.pdf").failed == before | expected


# --- no rule without cases ------------------------------------------------------------------------


def test_every_rule_passes_what_is_right(
    built: dict[str, tuple[Path, Document]], tmp_path: Path
) -> None:
    """The example documents, and what none of them has: blank sides, a half mark on a last line."""
    first, second = notice()
    second.words = [words for words in second.words if "—" not in words.text]
    blank = lay([first, Leaf(), second], tmp_path / "空.pdf", TITLE)
    dotted = lay(last_line("落·责任", 1, 0.5), tmp_path / "点.pdf", TITLE)
    reports = [check(product, document) for product, document in built.values()]
    passed = {
        result.rule.identifier
        for report in [*reports, check(blank), check(dotted)]
        for result in report.results
        if result.outcome is RuleOutcome.PASSED
    }
    assert passed == set(RULES)


def test_every_rule_is_seen_to_find_what_is_wrong() -> None:
    assert set(wrong_cases()) == set(RULES)


@pytest.mark.parametrize("rule", sorted(RULES))
def test_a_rule_stands_in_the_module_of_its_prefix(rule: str) -> None:
    module = RULES[rule].judge.__module__.rpartition(".")[2]
    assert module.partition("_")[0] == rule[:2].lower()


def test_a_lost_passage_is_seen_against_the_source(
    built: dict[str, tuple[Path, Document]], tmp_path: Path
) -> None:
    product, document = built["notice"]
    assert "TX-01" not in check(product, document).failed
    with spoiling(product, tmp_path / "坏.pdf") as spoiler:
        spoiler.remove(1, str(document.addressees[0]))
    assert "TX-01" in check(tmp_path / "坏.pdf", document).failed


# --- outcomes and exit codes ----------------------------------------------------------------------


def test_three_faults_are_three_rules(report: Report) -> None:
    assert report.failed - UNTAGGED == {"SG-06", "PN-01", "TI-02"}
    assert report.exit_code == 1
    assert report.form is Format.NOTICE


def test_a_clean_page_ends_well(tmp_path: Path) -> None:
    clean = check(lay(attachment(), tmp_path / "对.pdf", "年度工作总结"))
    assert clean.exit_code == 0
    assert clean.count(Severity.ERROR) == 0


@pytest.mark.parametrize("names", ["", "签发人: [×××]\n"])
def test_an_upward_document_names_who_signed_it(tmp_path: Path, names: str) -> None:
    source = tmp_path / "稿.yaml"
    source.write_text(
        "文种: 请示\n发文机关: [甲局, 乙局]\n发文机关标志: 甲局文件\n发文字号: 甲发〔2012〕1号\n"
        f"{names}标题: 关于测试的请示\n主送: 丙\n正文: 妥否，请批示。\n成文日期: 2012年7月1日\n",
        "utf-8",
    )
    document = validate(load(source))
    product = build(document, tmp_path / "稿.pdf").product
    found = next(f for f in check(product, document).findings if f.rule == "HD-10")
    assert found.severity is Severity.WARNING
    assert "签发人" in found.message


def test_what_was_not_measured_is_not_passed(report: Report) -> None:
    outcomes = {result.rule.identifier: result for result in report.results}
    assert set(outcomes) == set(RULES)
    assert outcomes["TX-01"].outcome is RuleOutcome.NOT_MEASURABLE  # there is no source
    assert outcomes["LT-01"].outcome is RuleOutcome.NOT_APPLICABLE  # this is no letter
    assert outcomes["HD-10"].reason == "没有签发人（不是上行文）"
    assert all(
        result.reason
        for result in report.results
        if result.outcome in {RuleOutcome.NOT_MEASURABLE, RuleOutcome.NOT_APPLICABLE}
    )


def test_a_waiver_turns_errors_into_notes(
    built: dict[str, tuple[Path, Document]], tmp_path: Path
) -> None:
    product, document = built["notice"]
    with spoiling(product, tmp_path / "坏.pdf") as spoiler:
        spoiler.move(1, "〔2012〕", 3)
    waiver = Waiver("HD-09", Text("沿用旧版纸", Place(document.path, 3, 1)))
    waived = replace(document, waivers=(waiver,))
    assert check(tmp_path / "坏.pdf", document).exit_code == 1
    excused = check(tmp_path / "坏.pdf", waived)
    assert excused.exit_code == 0
    (finding,) = [f for f in excused.findings if f.rule == "HD-09"]
    assert finding.severity is Severity.NOTE
    assert "沿用旧版纸" in finding.message


# --- how it is told -------------------------------------------------------------------------------


def test_people_read_the_worst_first_with_place_clause_and_cure(report: Report) -> None:
    told = verdict.words([report])
    assert told.index("[SG-06]") < told.index("[TX-02]")
    assert "第2页: [PN-01] 本页没有页码" in told
    assert "依据 GB/T 9704-2012 7.5；提示：" in told
    assert told.splitlines()[-1].endswith(report.verdict)
    assert "错误 3 处" in report.verdict


def test_all_rules_are_told_by_how_they_ended_and_what_is_left_to_people(report: Report) -> None:
    told = verdict.words([report], every_rule=True)
    for outcome in (
        RuleOutcome.FAILED,
        RuleOutcome.PASSED,
        RuleOutcome.NOT_MEASURABLE,
        RuleOutcome.NOT_APPLICABLE,
    ):
        count = sum(result.outcome is outcome for result in report.results)
        assert f"\n{outcome}（{count} 条）\n" in told
    assert all(f"[{rule}] " in told for rule in RULES)
    assert "请人核对" in told
    assert "用纸 60～80 g/m²" in told
    brief = verdict.words([report, report])
    assert "无法测量（" in brief
    assert "不算符合" in brief
    assert brief.splitlines()[-1].startswith("共 2 份：错误 6 处")


def test_a_fault_of_the_text_is_told_at_its_line_and_column(tmp_path: Path) -> None:
    source = tmp_path / "通知.yaml"
    source.write_text(
        "文种: 通知\n标题: 关于×××的通知\n正文:\n"
        "  - 各单位认真学习，认真学习,狠抓落实。\n"
        "  - '要求是：“抓好落实。'\n"
        "  - >-\n    第一行文字，\n    第二行的的文字。\n",
        "utf-8",
    )
    document = validate(load(source))
    build(document, tmp_path / "通知.pdf")
    places = {
        f.rule: (f.place.line, f.place.column)
        for f in check(tmp_path / "通知.pdf", document).findings
        if f.place.path == source
    }
    assert places == {"EL-10": (2, 5), "PU-05": (4, 17), "PU-06": (5, 10), "WD-07": (8, 8)}


KINDS = (*words.KINDS, words.HOUSE, *words.WORD_LIST_KINDS)
KEYS = {key.chinese for kind in KINDS for key in kind.keys}


@pytest.mark.parametrize("rule", sorted(RULES))
def test_hints_name_keys_that_exist(rule: str) -> None:
    hint = RULES[rule].hint
    named = re.findall(r"“([^”]+)”(?:只写|不要写|写|照实写|里)", hint)
    named += re.findall(r"house\.yaml 的“([^”]+)”(?:“([^”]+)”)?", hint)
    flat = {word for each in named for word in ([each] if isinstance(each, str) else each) if word}
    assert flat <= KEYS


def test_json_and_sarif_say_the_same(report: Report) -> None:
    (one,) = json.loads(verdict.as_json([report]))
    assert one["totals"]["error"] == 3
    assert len(one["rules"]) == len(RULES)
    run = json.loads(verdict.as_sarif([report]))["runs"][0]
    assert {rule["id"] for rule in run["tool"]["driver"]["rules"]} == set(RULES)
    assert [r["ruleId"] for r in run["results"]] == [f["rule"] for f in one["findings"]]
    assert {r["level"] for r in run["results"]} == {"error", "note"}
    where = run["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    assert where.isascii()  # a URI, in which Chinese names are escaped
    assert unquote(where) == report.path.as_posix()


def test_a_rule_explains_itself() -> None:
    told = explain("pn-04")
    for word in ("PN-04", "7.5", "测量", "正例", "反例", "改法"):
        assert word in told
    assert "没有规则“PN-99”" in explain("PN-99")
    assert main(["check", "--explain", "PN-04"]) == 0
    assert main(["check", "--explain", "PN-99"]) == 2


def test_findings_are_drawn_on_pictures_of_their_pages(report: Report, tmp_path: Path) -> None:
    from PIL import Image

    paths = list(picturing.pictures([report], tmp_path / "图"))
    assert [path.name for path in paths] == ["错-1.png", "错-2.png"]
    with Image.open(paths[0]) as image:
        assert image.height == 1189  # 297 mm
        page = image.crop((0, 0, 840, 1189))  # 210 mm; the findings stand in words at the right
        words = image.crop((850, 0, image.width, 300))
        for part in (page, words):
            colours = {colour for _, colour in part.convert("RGB").getcolors(1 << 20)}
            assert (200, 0, 0) in colours


def test_pictures_of_files_of_one_name_keep_apart(report: Report, tmp_path: Path) -> None:
    paths = list(picturing.pictures([report, report], tmp_path))
    assert [path.name for path in paths] == [
        "错-1.png", "错-2.png", "错（2）-1.png", "错（2）-2.png",
    ]  # fmt: skip
    assert sorted(tmp_path.iterdir()) == sorted(paths)


@pytest.mark.parametrize("below", ["", "图"])
def test_pictures_that_cannot_be_written_are_told_beside_the_report(
    spoilt: Path, tmp_path: Path, below: str, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "图"
    file.write_bytes(b"kept")
    assert main(["check", str(spoilt), "--picture", str(file / below)]) == 2
    said = capsys.readouterr()
    assert "不能写入文件：路径中有一段不是文件夹" in said.err
    assert "--picture" in said.err
    assert "[" in said.out  # the findings
    assert file.read_bytes() == b"kept"


def test_findings_about_one_place_share_a_box_and_the_whole_page_comes_last() -> None:
    def told(rule: str, extent: tuple[float, float, float, float] | None) -> Told:
        return Told(Finding(Place(Path("页.pdf"), page=1), "不对", rule=rule), extent)

    low, high = (28.0, 200.0, 184.0, 206.0), (28.0, 40.0, 100.0, 46.0)
    found = picturing.groups([told("A", None), told("B", low), told("C", high), told("D", low)])
    assert [[one.finding.rule for one in some] for _, some in found] == [["C"], ["B", "D"], ["A"]]


def test_every_rule_is_fully_described() -> None:
    for rule in RULES.values():
        for said in (
            rule.wording,
            rule.clause,
            rule.title,
            rule.measured,
            rule.right,
            rule.wrong,
            rule.hint,
        ):
            assert said, rule.identifier
        assert rule.wording.isascii() or "(" in rule.wording or "." in rule.wording


def test_the_real_document_is_checked_in_little_time(report: Report, spoilt: Path) -> None:
    started = time.process_time()
    check(spoilt)
    assert time.process_time() - started < 0.6
