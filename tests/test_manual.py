"""The manual knows every word of the vocabulary and every command."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from yinfa import words
from yinfa.commands import parser
from yinfa.house import read_house
from yinfa.words import Key, Type

MANUAL = (Path(__file__).parent.parent / "docs" / "使用手册.md").read_text(encoding="utf-8")


def test_every_key_stands_in_the_manual_with_its_english_name() -> None:
    for kind in (*words.KINDS, *words.ISSUING_KINDS, *words.BUNDLE_KINDS):
        for key in kind.keys:
            row = rf"\| \**{re.escape(key.chinese)}\** \| `{key.name}` \|"
            assert re.search(row, MANUAL), f"{kind.chinese}：{key.chinese}"


UNITS = {Type.LENGTH: " mm", Type.LENGTHS: " mm", Type.PITCH: " mm", Type.SIZE: " 磅"}
COUNTED = {"lines": " 行", "cells": " 字"}


def house_row(key: Key) -> str:
    """The row of a key of a house: unit, what the standard says, what an office may say."""
    unit = UNITS.get(key.type, COUNTED.get(key.name, ""))
    allowed = (
        f"{key.least:g}～{key.most:g}{unit}"
        if key.most
        else " ".join(word.chinese[0] for word in key.words if word.chinese)
    )
    measured = unit if key.standard[:1].isdigit() or key.standard[:1] == "[" else ""
    standard = f"{key.standard}{measured}" if key.standard else "没有规定"
    cells = (key.chinese, f"`{key.name}`", str(key.type), standard, allowed or "—", key.meaning)
    return f"| {' | '.join(cells)} |"


@pytest.mark.parametrize("key", words.HOUSE.keys, ids=lambda key: key.chinese)
def test_every_key_of_a_house_stands_in_the_manual(key: Key) -> None:
    assert house_row(key) in MANUAL


def test_what_the_manual_says_of_the_standard_is_no_deviation(tmp_path: Path) -> None:
    usual = [f"{key.chinese}: {key.standard}" for key in words.HOUSE.keys if key.standard]
    usual.remove("正文字号: 三号")  # the size follows from the cells
    path = tmp_path / "house.yaml"
    path.write_text("\n".join(usual), "utf-8")
    assert read_house(path).deviations == ()


def test_the_example_of_a_house_in_the_manual_is_sound(tmp_path: Path) -> None:
    (example,) = re.findall(r"```yaml\n(# house\.yaml\n.*?)```", MANUAL, re.DOTALL)
    path = tmp_path / "house.yaml"
    path.write_text(example, "utf-8")
    assert len(read_house(path).deviations) == example.count(": ")


def test_every_genre_stands_in_the_manual() -> None:
    for form in words.FORMS:
        for genre in form.chinese:
            assert genre in MANUAL


def test_every_command_stands_in_the_manual() -> None:
    for command in re.findall(r"^    ([a-z]+) ", parser().format_help(), re.MULTILINE):
        assert f"yinfa {command}" in MANUAL, command
