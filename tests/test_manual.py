"""The manual knows every word of the vocabulary and every command."""

from __future__ import annotations

import re
from pathlib import Path

from yinfa import words
from yinfa.commands import parser
from yinfa.house import read_house

MANUAL = (Path(__file__).parent.parent / "docs" / "使用手册.md").read_text(encoding="utf-8")


def test_every_key_stands_in_the_manual_with_its_english_name() -> None:
    for kind in (*words.KINDS, *words.ISSUING_KINDS, *words.BUNDLE_KINDS):
        for key in kind.keys:
            row = rf"\| \**{re.escape(key.chinese)}\** \| `{key.name}` \|"
            assert re.search(row, MANUAL), f"{kind.chinese}：{key.chinese}"


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
