"""A list of recipients: each number is given once, and the register computes nothing."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from yinfa.issuing.distribution import Recipient, read_distribution
from yinfa.issuing.register import register_csv
from yinfa.model import Text
from yinfa.report import Place, SourceFault


def faults(tmp_path: Path, numbers: str) -> list[str]:
    path = tmp_path / "distribution.yaml"
    path.write_text(f"收件:\n  - 简称: 甲\n    份号: {numbers}\n", "utf-8")
    try:
        read_distribution(path)
    except SourceFault as fault:
        assert all(finding.place.line == 3 and finding.hint for finding in fault.findings)
        return [finding.message for finding in fault.findings]
    return []


@pytest.mark.parametrize("numbers", ["[1-3, 2]", "[2, 2]", "[5-9, 1-5]", "['1-3', '000003']"])
def test_a_number_given_twice_to_one_recipient_is_told(tmp_path: Path, numbers: str) -> None:
    (message,) = faults(tmp_path, numbers)
    assert "写了两次" in message


@pytest.mark.parametrize("numbers", ["1-999999", "[1-9999, 10000]"])
def test_more_numbers_than_copies_may_be_are_told(tmp_path: Path, numbers: str) -> None:
    (message,) = faults(tmp_path, numbers)
    assert "最多 9999 份" in message


def test_numbers_up_to_that_are_taken(tmp_path: Path) -> None:
    assert faults(tmp_path, "[1-9998, 20000]") == []


@pytest.mark.parametrize("sign", "=+-@＝＋－＠")
def test_the_register_holds_no_formula(sign: str) -> None:
    place = Place(Path("甲.yaml"), 1)
    name = Text(f"{sign}SUM(A1)", place)
    table = register_csv([Recipient(name, name, 1, (), "", None, True)]).decode("utf-8-sig")
    (_, row) = csv.reader(io.StringIO(table))
    assert row[1] == f"'{sign}SUM(A1)"


def test_a_file_name_is_shown_without_what_moves_the_cursor() -> None:
    assert str(Place(Path("甲\x1b[2J\u202e乙.yaml"), 3)) == "甲[2J乙.yaml:3"
