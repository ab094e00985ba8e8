"""The lengths of the page stand in the layouts and in the house, nowhere else.

What the standard demands stands in the rules once more, on purpose: they share no constant with us.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from yinfa.forms import forms
from yinfa.measures import standard_measures

PACKAGE = Path(__file__).parent.parent / "yinfa"
OF_THE_STANDARD = {"rules", "recognising"}
OF_THE_HOUSE = {"house.py"}
NUMBER = re.compile(r"(?<![\w.])\d+(?:\.\d+)?")
WITHIN = 0.011  # a length is the same where it was rounded


@cache
def page_lengths() -> frozenset[float]:
    """What gives the page its shape, and what follows from that, in mm and in points."""
    measures = standard_measures()
    area, grid = measures.type_area, measures.grid
    lengths_mm = {
        area.head_mm,
        area.binding_mm,
        area.width_mm,
        area.height_mm,
        area.right_mm,
        area.bottom_mm,
        area.binding_mm + area.width_mm / 2,
        measures.fore_edge_mm,
        measures.paper.height_mm - area.bottom_mm,
        measures.head_mm,
        measures.foot_mm,
        measures.cell_mm,
        measures.gap_mm,
        measures.half_gap_mm,
        grid.pitch_mm,
        grid.pitch_mm * grid.lines,
        area.bottom_mm + measures.folio.drop_mm,
        measures.sizes.title_mm,
        measures.sizes.small_mm,
    }
    for form in forms():
        double = form.measures.double_rule
        lengths_mm |= {double.length_mm, double.lower_mm} if double else set()
    points = {length_mm / 25.4 * 72 for length_mm in (measures.cell_mm, grid.pitch_mm)}
    return frozenset(lengths_mm | points | {grid.cells})


def is_length(value: float) -> bool:
    return any(abs(value - length) < WITHIN for length in page_lengths())


def numbers(code: str) -> Iterator[ast.Constant]:
    """The numbers of *code* that measure: not those that index, or count by // and %.

    A number in hexadecimal is a code of some kind, and no length.
    """
    tree, lines = ast.parse(code), code.encode().splitlines()
    counting: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mod | ast.FloorDiv):
            counting |= {id(each) for each in (node.left, node.right)}
        elif isinstance(node, ast.Slice):
            counting |= {id(each) for each in (node.lower, node.upper, node.step)}
        elif (
            isinstance(node, ast.Constant)
            and isinstance(node.value, int | float)
            and id(node) not in counting
            and not lines[node.lineno - 1][node.col_offset :].startswith(b"0x")
        ):
            yield node


def modules() -> Iterator[Path]:
    for path in sorted(PACKAGE.rglob("*.py")):
        if path.relative_to(PACKAGE).parts[0] not in OF_THE_STANDARD | OF_THE_HOUSE:
            yield path


def found(code: str) -> list[float]:
    """The lengths of the page that *code* has as numbers."""
    if not any(map(is_length, map(float, NUMBER.findall(code)))):
        return []  # without taking it apart
    values = (node.value for node in numbers(code))
    return [value for value in values if isinstance(value, int | float) and is_length(value)]


def test_no_length_of_the_page_stands_in_the_program() -> None:
    told = {
        path.relative_to(PACKAGE).as_posix(): lengths
        for path in modules()
        if (lengths := found(path.read_text("utf-8")))
    }
    assert told == {}


@pytest.mark.parametrize(
    ("code", "lengths"),
    [
        ("WIDEST_MM = 156.0", [156.0]),
        ("top, right, bottom, left = 37, 26, 35, 28", [37, 26, 35, 28]),
        ("pitch_pt = 29.61", [29.61]),
        ("line_mm = 10.45", [10.45]),
        ("cell_mm = 5.57", [5.57]),
        ("letter = chr(65 + byte % 26)", []),
        ("data[24:26]", []),
        ("SHORT_INTEGER = 0x1C", []),
    ],
)
def test_lengths_are_known_by_their_value(code: str, lengths: list[float]) -> None:
    assert found(code) == lengths


def test_half_a_page_is_measured_from_the_layouts() -> None:
    """The sums by which the standard is consistent, 3.2 and 5.2.1, hold for the layouts."""
    measures = standard_measures()
    assert {37.0, 28.0, 156.0, 225.0, 184.0, 262.0, 106.0, 26.0, 35.0, 269.0} <= page_lengths()
    assert round(measures.head_mm, 2) == 34.56  # GB/T 33476.2: 34.58 by its own 4.84
    whole_mm = (measures.grid.lines - 1) * measures.grid.pitch_mm + measures.cell_mm
    assert abs(whole_mm - measures.type_area.height_mm) < 0.05
