"""Reports as people and machines want them: words, JSON, SARIF."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any
from urllib.parse import quote

from yinfa.check import Report, RuleOutcome, Told, clause_named
from yinfa.forms import form_named
from yinfa.report import Finding, Place, Severity, Tally
from yinfa.rules import RULES, Requirement
from yinfa.rules.by_hand import BY_HAND

FEW = 12  # rules with one reason that are named
SHOWN = 5  # findings of one rule that a person is shown; machines get all
LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "note"}
# What is wrong with a source, so that it cannot be built and measured.
SOURCE_RULE: dict[str, Any] = {
    "id": "SOURCE",
    "shortDescription": {"text": "文件读得懂，写得对"},
    "fullDescription": {"text": "文件有错，排不出来，或读不出来，没有检查"},
    "defaultConfiguration": {"level": "error"},
}
SARIF = "https://json.schemastore.org/sarif-2.1.0.json"


def exit_code(reports: Iterable[Report]) -> int:
    """0 where no report has an error, 1 where one has."""
    return max((report.exit_code for report in reports), default=0)


def words(reports: Sequence[Report], every_rule: bool = False) -> str:
    """The reports for people: the worst first, and a line of totals for each file."""
    told = [_words(report, every_rule) for report in reports]
    if len(reports) > 1:
        total = Tally(*map(sum, zip(*(report.tally for report in reports), strict=True)))
        told.append(f"共 {len(reports)} 份：{total}")
    return "\n".join(told)


def _words(report: Report, every_rule: bool) -> str:
    lines: list[str] = []
    for cause in report.causes:
        lines.append(
            f"先看这一条：{cause.message}，下面 {len(cause.behind)} 处由此而来，不再逐条列出"
        )
        lines.append(f"      提示：{cause.hint}")
    shown = [told for told in report.told if every_rule or told not in report.consequences]
    for severity, same in groupby(shown, key=lambda told: told.finding.severity):
        findings = list(same)
        lines.append(f"{severity}（{len(findings)} 处）")
        for _, group in groupby(findings, key=lambda told: told.finding.rule):
            lines += _one_rule(list(group))
    if every_rule:
        for outcome in RuleOutcome:
            lines += _all_that(report, outcome)
        lines.append(f"请人核对（{len(BY_HAND)} 项，程序看不出来）")
        lines += [f"  {one.clause} {one.requirement}：{one.look}" for one in BY_HAND]
    else:
        lines += _unmeasured(report)
    return "\n".join([*lines, f"{report.path}（{_format(report)}）：{report.verdict}"])


def _format(report: Report) -> str:
    if report.documents is not None:
        return f"汇编，查了 {report.documents} 份材料"
    if report.unseen:
        return "看不出格式"
    return form_named(report.form).chinese


def _all_that(report: Report, outcome: RuleOutcome) -> list[str]:
    """The rules that ended in *outcome*, one a line, under a heading."""
    ended = [result for result in report.results if result.outcome is outcome]
    lines = [
        f"  [{one.rule.identifier}] {one.rule.title}{f'（{one.reason}）' if one.reason else ''}"
        for one in ended
    ]
    return [f"{outcome}（{len(ended)} 条）", *lines] if ended else []


def _unmeasured(report: Report) -> list[str]:
    """What could not be measured, one line for each reason."""
    reasons: dict[str, list[str]] = {}
    for result in report.results:
        if result.outcome is RuleOutcome.NOT_MEASURABLE:
            reasons.setdefault(result.reason, []).append(result.rule.identifier)
    lines = [f"  {reason}：{_named(rules)}" for reason, rules in reasons.items()]
    return [f"无法测量（{sum(map(len, reasons.values()))} 条，不算符合）", *lines] if lines else []


def _named(rules: Sequence[str]) -> str:
    return " ".join(rules) if len(rules) <= FEW else f"{len(rules)} 条规则（加 --all 逐条列出）"


def _one_rule(group: list[Told]) -> list[str]:
    """The findings of one rule, the first few, with the clause and one hint for all."""
    lines = []
    for told in group[:SHOWN]:
        finding = told.finding
        lines.append(f"  {finding.place}: [{finding.rule}] {finding.message}")
    if len(group) > SHOWN:
        pages = sorted({told.finding.place.page for told in group[SHOWN:]} - {0})
        where = f"（第 {'、'.join(map(str, pages))} 页）" if pages else ""
        lines.append(f"  另有 {len(group) - SHOWN} 处{where}")
    first = group[0].finding
    return [*lines, f"      依据 {clause_named(first.clause)}；提示：{first.hint}"]


def as_json(reports: Sequence[Report], faults: Sequence[Finding] = ()) -> str:
    """The reports for machines: every finding, and the outcome of every rule.

    A file that could not be checked has its *faults*, and no rules.
    """
    told = [_as_mapping(report) for report in reports]
    by_path: dict[Path, list[Finding]] = {}
    for fault in faults:
        by_path.setdefault(fault.place.path, []).append(fault)
    for path, findings in by_path.items():
        count = {LEVELS[s]: sum(f.severity is s for f in findings) for s in Severity}
        listed = [_finding(Told(finding)) for finding in findings]
        told.append(
            {"file": str(path), "form": "", "totals": count, "findings": listed, "rules": []}
        )
    return json.dumps(told, ensure_ascii=False, indent=2)


def _as_mapping(report: Report) -> dict[str, Any]:
    return {
        "file": str(report.path),
        "form": str(report.form),
        "totals": {LEVELS[severity]: report.count(severity) for severity in Severity},
        "causes": [
            {"message": cause.message, "hint": cause.hint, "findings": len(cause.behind)}
            for cause in report.causes
        ],
        "findings": [
            _finding(told) | ({"consequence": True} if told in report.consequences else {})
            for told in report.told
        ],
        "rules": [
            {
                "rule": result.rule.identifier,
                "outcome": result.outcome.name.lower(),
                "reason": result.reason,
            }
            for result in report.results
        ],
    }


def _finding(told: Told) -> dict[str, Any]:
    finding = told.finding
    return {
        "rule": finding.rule,
        "clause": finding.clause,
        "severity": LEVELS[finding.severity],
        "message": finding.message,
        "hint": finding.hint,
        "file": str(finding.place.path),
        "page": finding.place.page,
        "line": finding.place.line,
        "column": finding.place.column,
        "box_mm": _rounded(told),
    }


def _rounded(told: Told) -> list[float] | None:
    return [round(edge, 2) for edge in told.extent] if told.extent else None


def as_sarif(reports: Sequence[Report], faults: Sequence[Finding] = ()) -> str:
    """The reports as one SARIF 2.1.0 run; *faults* are what kept files from being checked."""
    run = {
        "tool": {
            "driver": {
                "name": "yinfa check",
                "rules": [
                    *(_sarif_rule(rule) for _, rule in sorted(RULES.items())),
                    *([SOURCE_RULE] if faults else []),
                ],
            }
        },
        "results": [
            *(_sarif_result(told) for report in reports for told in report.told),
            *(_sarif_result(Told(fault)) for fault in faults),
        ],
    }
    return json.dumps(
        {"$schema": SARIF, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=2
    )


def _sarif_rule(rule: Requirement) -> dict[str, Any]:
    return {
        "id": rule.identifier,
        "shortDescription": {"text": rule.title},
        "fullDescription": {"text": f"{rule.title}。正例：{rule.right}；反例：{rule.wrong}"},
        "help": {"text": rule.hint},
        "defaultConfiguration": {"level": LEVELS[rule.severity]},
        "properties": {"clause": rule.clause, "measured": rule.measured},
    }


def _sarif_result(told: Told) -> dict[str, Any]:
    finding = told.finding
    location: dict[str, Any] = {
        "physicalLocation": _physical(finding.place),
    }
    if finding.place.page:
        location["logicalLocations"] = [{"name": f"第{finding.place.page}页", "kind": "page"}]
    properties = {"page": finding.place.page, "box_mm": _rounded(told)}
    return {
        "ruleId": finding.rule or SOURCE_RULE["id"],
        "level": LEVELS[finding.severity],
        "message": {"text": finding.message},
        "locations": [location],
        "properties": {key: value for key, value in properties.items() if value},
    }


def _physical(place: Place) -> dict[str, Any]:
    physical: dict[str, Any] = {"artifactLocation": {"uri": quote(place.path.as_posix())}}
    if place.line:
        region = {"startLine": place.line, "startColumn": place.column}
        physical["region"] = {key: value for key, value in region.items() if value}
    return physical


def rules_table(tested: Mapping[str, str]) -> str:
    """All rules as a Markdown page: ID, clause, weight, what is asked, how it is measured.

    *tested* says by ID in what cases the rule was seen to speak.
    """
    lines = [
        "# 检查规则",
        "",
        "由 `make generated` 从 `yinfa/rules/` 和测试生成，不要手改。",
        "`yinfa check --explain 编号` 给出正例、反例和改法。",
        "“测试”一栏是测试里这条规则必须报告问题的反例；每条规则另有通过的正例，见 `tests/`。",
        "",
        "| 编号 | 依据 | 分量 | 对象 | 要求 | 测量 | 正例 | 反例 | 测试 |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    for identifier, rule in sorted(RULES.items()):
        cells = (
            identifier,
            rule.clause,
            rule.severity,
            rule.family,
            rule.title,
            rule.measured,
            rule.right,
            rule.wrong,
            tested.get(identifier, "无"),
        )
        lines.append("| " + " | ".join(_cell(cell) for cell in cells) + " |")
    lines += ["", "## 请人核对", "", "下面的要求程序看不出来，不算检查过。", ""]
    lines += ["| 依据 | 要求 | 怎样看 |", "|---|---|---|"]
    lines += [f"| {one.clause} | {one.requirement} | {one.look} |" for one in BY_HAND]
    return "\n".join(lines) + "\n"


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", "⏎")
