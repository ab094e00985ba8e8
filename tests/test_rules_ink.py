"""What lies on words, under them or beyond the paper is seen; what only stands near is not."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from dataclasses import replace
from pathlib import Path

import pytest
from handmade import (
    CELL,
    FOUR,
    LEFT,
    MIDDLE,
    RED,
    RIGHT,
    TITLE,
    Bar,
    Leaf,
    Words,
    baseline,
    lay,
    notice,
    width,
)

from yinfa.check import check
from yinfa.reading import Box, read

YELLOW = (1.0, 1.0, 0.0)


def laid(change: Callable[[list[Leaf]], None], folder: Path) -> set[str]:
    """The rules that speak of the notice after *change*."""
    leaves = deepcopy(notice())
    change(leaves)
    return set(check(lay(leaves, folder / "改.pdf", TITLE)).failed) - {"TX-02"}


def _highlight(leaves: list[Leaf]) -> None:
    leaves[0].bars.append(Bar(LEFT, LEFT + 60, baseline(15) - 0.4 * CELL, CELL, YELLOW))


def _picture(leaves: list[Leaf]) -> None:
    leaves[1].bars.append(Bar(60, 100, baseline(3), 25, (0.8, 0.8, 0.8)))


def _print_over(leaves: list[Leaf]) -> None:
    leaves[0].words.append(Words("另外一行文字压在上面", LEFT + 2, baseline(15)))


def _underline(leaves: list[Leaf]) -> None:
    leaves[0].bars.append(Bar(LEFT, LEFT + 50, baseline(15) + 1.2, 0.3))


def _strike(leaves: list[Leaf]) -> None:
    leaves[0].bars.append(Bar(LEFT, LEFT + 50, baseline(15) - 2.0, 0.3))


def _widen_mark(leaves: list[Leaf]) -> None:
    mark = next(w for w in leaves[0].words if w.ink == RED)
    wide = width(mark.text, 22)
    leaves[0].words.remove(mark)
    leaves[0].words.append(Words(mark.text, MIDDLE - wide / 2, mark.y, "小标宋", 22, RED))


def _small_number(leaves: list[Leaf]) -> None:
    number = next(w for w in leaves[0].words if "〔" in w.text)
    leaves[0].words.remove(number)
    leaves[0].centred(number.text, number.y, "仿宋", FOUR)


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        (_highlight, "PG-15"),
        (_picture, "PG-15"),
        (_print_over, "PG-15"),
        (_underline, "PG-16"),
        (_strike, "PG-16"),
        (_widen_mark, "HD-12"),
        (_small_number, "HD-13"),
    ],
)
def test_what_disturbs_the_words_is_seen(
    tmp_path: Path, change: Callable[[list[Leaf]], None], rule: str
) -> None:
    assert laid(lambda leaves: None, tmp_path) == set()
    assert rule in laid(change, tmp_path)


def test_a_blank_to_fill_in_and_the_rule_of_footnotes_are_no_underlines(tmp_path: Path) -> None:
    def blank(leaves: list[Leaf]) -> None:
        leaves[1].bars.append(Bar(RIGHT - 40, RIGHT - 10, baseline(7) + 1.2, 0.3))

    assert "PG-16" not in laid(blank, tmp_path)


@pytest.mark.parametrize(
    ("diameter_mm", "told"), [(20, True), (42, False), (60, False), (80, True)]
)
def test_a_seal_of_no_seals_size_is_seen(tmp_path: Path, diameter_mm: float, told: bool) -> None:
    reading = read(lay(notice(), tmp_path / "章.pdf", TITLE))
    x, y, half = 150.0, 155.0, diameter_mm / 2
    seal = Box(x - half, y - half, x + half, y + half, (255, 0, 0), False)
    sheets = (reading.sheets[0], replace(reading.sheets[1], boxes=(seal,)))
    assert ("SG-10" in check(replace(reading, sheets=sheets)).failed) is told
