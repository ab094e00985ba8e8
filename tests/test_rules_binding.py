"""Mirrored margins are a way of binding, not a fault; a page that went astray is one."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from bundle_samples import NOTICE

from yinfa.check import check
from yinfa.load import load
from yinfa.reading import Reading, read
from yinfa.recipe import build
from yinfa.recognising.binding import bound_at_the_left, moved
from yinfa.validate import validate


@pytest.fixture(scope="module", params=["单面", "双面"])
def reading(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Reading:
    """A notice of two sides, label and imprint on the second, bound as the parameter says."""
    source = tmp_path_factory.mktemp("binding") / "通知.yaml"
    source.write_text(NOTICE + f"装订: {request.param}\n", "utf-8")
    build(validate(load(source)), source.with_suffix(".pdf"))
    return read(source.with_suffix(".pdf"))


def test_a_document_is_right_however_it_is_bound(reading: Reading) -> None:
    assert [str(finding) for finding in check(reading).findings] == []


def test_a_verso_that_stands_further_right_is_wrong(reading: Reading) -> None:
    first, second = bound_at_the_left(reading.sheets)
    astray = replace(reading, sheets=(first, moved(second, 3.0)))
    assert {"AT-03", "BJ-04", "PN-04"} <= check(astray).failed


def test_a_recto_that_stands_further_left_is_wrong_where_versos_do_not(reading: Reading) -> None:
    first, second = bound_at_the_left(reading.sheets)
    astray = replace(reading, sheets=(moved(first, -5.0), second))
    assert check(astray).failed


def test_versos_are_moved_where_all_that_begins_at_the_edge_says_so(tmp_path: Path) -> None:
    source = tmp_path / "通知.yaml"
    source.write_text(NOTICE + "装订: 双面\n", "utf-8")
    build(validate(load(source)), source.with_suffix(".pdf"))
    sheets = read(source.with_suffix(".pdf")).sheets
    first, second = bound_at_the_left(sheets)
    assert first is sheets[0]
    assert sheets[1].lines[0].x0_mm == pytest.approx(26, abs=0.1)
    assert second.lines[0].x0_mm == pytest.approx(28, abs=0.1)
    assert min(stroke.x0_mm for stroke in second.strokes) == pytest.approx(28, abs=0.1)
    assert bound_at_the_left((first, second)) == (first, second)
