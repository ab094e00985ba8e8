"""By rule: in which cases it must speak, read from the tests themselves."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

TESTS = Path(__file__).resolve().parent.parent / "tests"
RULE = re.compile(r"[A-Z]{2}-\d\d")
SPOILT, LAID, PROSE, RIVALS = "改坏的 PDF", "手排的 PDF", "改坏的句子", "别的软件的 PDF"
ELEMENTS = "改坏的要素"
JUDGES = {"check", "failed", "laid", "judged", "told", "spoken"}
TABLES = {
    "NOTICE": SPOILT,
    "ATTACHMENT": SPOILT,
    "OTHERS": SPOILT,
    "FOREIGN": SPOILT,
    "WRONG": PROSE,
    "WRONG_ELEMENTS": ELEMENTS,
}
SLIPS = "WRONG"  # wrong sentences by rule
MODULES = {
    "test_check": SPOILT,
    "test_rivals": SPOILT,
    "test_rules_compare": SPOILT,
    "test_rules_faces": LAID,
    "test_rules_ink": LAID,
    "test_rules_pages": LAID,
    "test_rules_parts": LAID,
    "test_rules_elements": ELEMENTS,
    "test_rules_text": PROSE,
    "test_rules_words": PROSE,
}


def wrong_cases() -> dict[str, Counter[str]]:
    """By rule: in how many cases of each kind it must find something."""
    found: dict[str, Counter[str]] = {}
    for module, kind in MODULES.items():
        tree = ast.parse((TESTS / f"{module}.py").read_text("utf-8"))
        for node in tree.body:
            table = _table(node)
            if table == SLIPS:
                for rule, slips in ast.literal_eval(node.value).items():  # type: ignore[attr-defined]
                    found.setdefault(rule, Counter())[kind] += len(slips.split("|"))
            elif table or _judges(node):
                for rule in _expected(node):
                    found.setdefault(rule, Counter())[TABLES.get(table, kind)] += 1
    readme = (TESTS / "data" / "rivals" / "README.md").read_text("utf-8")
    readme, _, _ = readme.partition("## What is not found")
    for rule in re.findall(r"^\| ([A-Z]{2}-\d\d) \|", readme, re.MULTILINE):
        found.setdefault(rule, Counter())[RIVALS] += 1
    return found


def _table(node: ast.stmt) -> str:
    """The name of a table of cases that *node* assigns."""
    if isinstance(node, ast.AnnAssign | ast.Assign):
        target = node.target if isinstance(node, ast.AnnAssign) else node.targets[0]
        return target.id if isinstance(target, ast.Name) and target.id in TABLES else ""
    return ""


def _judges(node: ast.stmt) -> bool:
    """Whether *node* is a function that has something judged."""
    return isinstance(node, ast.FunctionDef) and any(
        isinstance(below, ast.Call) and isinstance(below.func, ast.Name) and below.func.id in JUDGES
        for below in ast.walk(node)
    )


def _expected(node: ast.AST) -> Iterator[str]:
    """The rules that *node* names where something is to be found.

    Those that must be silent stand after ``not in``, those left out of account after a minus.
    """
    for below in ast.iter_child_nodes(node):
        if isinstance(below, ast.Compare) and isinstance(below.ops[0], ast.NotIn):
            continue
        if isinstance(below, ast.BinOp) and isinstance(below.op, ast.Sub):
            yield from _expected(below.left)
            continue
        if isinstance(below, ast.Constant) and isinstance(below.value, str):
            if RULE.fullmatch(below.value):
                yield below.value
            continue
        yield from _expected(below)


def known_cases() -> dict[str, str]:
    """By rule: its cases, in words."""
    return {
        rule: "，".join(f"{kind} {count} 例" for kind, count in sorted(cases.items()))
        for rule, cases in wrong_cases().items()
    }
