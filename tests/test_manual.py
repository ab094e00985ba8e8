"""The manual knows every word of the vocabulary and every command."""

from __future__ import annotations

import re
from pathlib import Path

from yinfa import words
from yinfa.commands import parser

MANUAL = (Path(__file__).parent.parent / "docs" / "使用手册.md").read_text(encoding="utf-8")


def test_every_key_stands_in_the_manual_with_its_english_name() -> None:
    for kind in (*words.KINDS, *words.ISSUING_KINDS, *words.BUNDLE_KINDS):
        for key in kind.keys:
            row = rf"\| \**{re.escape(key.chinese)}\** \| `{key.name}` \|"
            assert re.search(row, MANUAL), f"{kind.chinese}：{key.chinese}"


def test_every_genre_stands_in_the_manual() -> None:
    for form in words.FORMS:
        for genre in form.chinese:
            assert genre in MANUAL


def test_every_command_stands_in_the_manual() -> None:
    for command in re.findall(r"^    ([a-z]+) ", parser().format_help(), re.MULTILINE):
        assert f"yinfa {command}" in MANUAL, command
