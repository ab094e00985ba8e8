"""A text whose tables and marks cannot be told without loss is taken line by line, not refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from yinfa.importing.convert import import_file
from yinfa.load import load

TABLE = "| 甲 | 乙 |\n|---|---|\n| 丙 | 丁 |\n"
TEXTS = {
    "a stroke before a table.txt": f"|1. \n\n戊。## {TABLE}> ：",
    "frames in frames.txt": f"+--+--+\n|甲|乙|\n+--+--+\n## \\|×××局\n{TABLE}",
    "a picture in a line.md": "`码`1. 甲乙丙丁：戊。&amp;![图](a.png)&amp;**粗**\xa0* **粗**戊。",
    "tags beside frames.md": "甲|\\|~~删~~(一)<b>x</b>```\n码\n```\n\\|> <b>x</b>==标==## - \n",
}


@pytest.mark.parametrize("name", TEXTS)
def test_what_cannot_be_recognised_is_taken_as_it_stands(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_text(TEXTS[name], "utf-8")
    imported = import_file(path)
    assert load(imported.path).root.items
    if any("没有认出结构" in remark.message for remark in imported.remarks):
        assert set("".join(TEXTS[name].split())) <= set(imported.path.read_text("utf-8"))
