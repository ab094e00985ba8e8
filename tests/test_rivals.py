"""PDFs of other programs: just what a careful person finds in them, and on which pages.

The lists were written by hand, see tests/data/rivals/README.md, which is where they are read from.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from spoil import Spoiling, spoiling

from yinfa.check import Report, RuleOutcome, check
from yinfa.recognising.format import Format
from yinfa.rules import RULES

RIVALS = Path(__file__).parent / "data" / "rivals"
README = (RIVALS / "README.md").read_text("utf-8")
NAMES = sorted(path.stem for path in RIVALS.glob("*.pdf"))
COLUMNS = {"libreoffice-notice": 2, "typst-notice": 3}  # of the table of what is not found
OUTCOMES = {
    "passed": RuleOutcome.PASSED,
    "not applicable": RuleOutcome.NOT_APPLICABLE,
    "not measurable": RuleOutcome.NOT_MEASURABLE,
}


@cache
def report(name: str) -> Report:
    return check(RIVALS / f"{name}.pdf")


def rows(heading: str) -> list[list[str]]:
    """The rows of the table under *heading*, without its head."""
    _, _, rest = README.partition(f"{heading}\n")
    section = re.split(r"^#", rest, maxsplit=1, flags=re.MULTILINE)[0]
    lines = [line for line in section.splitlines() if line.startswith("|")][2:]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


def written_down(name: str) -> dict[str, set[int]]:
    """The rules and pages of a file's own table; 0 is the file as a whole."""
    found = {}
    for rule, pages, why in rows(f"### {name}.pdf"):
        assert why
        found[rule] = {0} if pages == "-" else {int(page) for page in pages.split()}
    return found


@pytest.mark.parametrize("name", NAMES)
def test_just_these_rules_speak_on_just_these_pages(name: str) -> None:
    found: dict[str, set[int]] = defaultdict(set)
    for finding in report(name).findings:
        found[finding.rule].add(finding.place.page)
    assert dict(found) == written_down(name)


@pytest.mark.parametrize("name", NAMES)
def test_every_other_rule_ends_as_written_down(name: str) -> None:
    column = COLUMNS.get(name, 1)
    expected = {
        rule: OUTCOMES[row[column]]
        for row in rows("## What is not found")
        for rule in row[0].split()
        if row[column] != "-" and rule not in written_down(name)
    }
    ends = {result.rule.identifier: result.outcome for result in report(name).results}
    assert expected == {rule: end for rule, end in ends.items() if end is not RuleOutcome.FAILED}
    assert set(expected) | set(written_down(name)) == set(RULES)


@pytest.mark.parametrize("name", NAMES)
def test_the_form_is_seen(name: str) -> None:
    notice = name.endswith("notice")
    assert report(name).form is (Format.NOTICE if notice else Format.ATTACHMENT)


Spoil = Callable[[Spoiling], None]
FOREIGN: dict[str, tuple[Spoil, set[str]]] = {
    "addressees printed twice": (lambda s: s.double(1, "各辖市"), {"FT-11"}),
    "date 2 mm right": (lambda s: s.move(2, "7月1日", 2), {"SG-05"}),
    "note 2 mm right": (lambda s: s.move(2, "此件", 2), {"SG-09"}),
    "imprint rule shortened": (lambda s: s.stretch_bar(2, 251.7, across=0.9), {"BJ-01"}),
    "imprint rule taken out": (lambda s: s.remove_bar(2, 251.7), {"BJ-06"}),
    "last rule 2 mm higher": (lambda s: s.move_bar(2, 261.8, dy_mm=-2), {"BJ-02"}),
    "copied-to 2 mm right": (lambda s: s.move(2, "抄送", 2), {"BJ-04"}),
    "all of a page 2 mm higher": (lambda s: s.move_all(2, dy_mm=-2), {"PG-03", "BJ-02", "PN-03"}),
    "a sheet of another size": (lambda s: s.paper(2, 216, 297), {"PG-01", "PG-02"}),
    "a page lying on its side": (lambda s: s.turn(2), {"PG-02"}),
}


@pytest.mark.parametrize("name", FOREIGN)
def test_a_spoilt_foreign_page_fails_just_its_rules(tmp_path: Path, name: str) -> None:
    spoil, expected = FOREIGN[name]
    with spoiling(RIVALS / "typst-notice.pdf", tmp_path / "坏.pdf") as spoiler:
        spoil(spoiler)
    assert check(tmp_path / "坏.pdf").failed == expected
