"""Footnotes that are counted through a whole text come back to the nodes that call them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from forms import SENTENCE, document

from yinfa.arrange import arrange
from yinfa.exporting.text import as_text
from yinfa.exporting.word import as_word
from yinfa.importing.convert import import_file
from yinfa.load import load
from yinfa.validate import validate

PAPER = {"文种": "材料", "标题": "关于脚注的材料"}
NOTED = {"段": f"{SENTENCE[:-1]}[注1][注2]。", "脚注": ["甲的出处。", "乙的出处。"]}
BODIES: dict[str, list[Any]] = {
    "paragraphs": [NOTED, SENTENCE, {"段": "后文[注1]。", "脚注": ["丙的出处。"]}],
    "under headings": [NOTED, {"标题": "提高认识", "正文": [NOTED, SENTENCE]}],
    "run in": [
        NOTED,
        {"标题": "提高认识。", "接排": "文字[注1]再说[注2]。", "脚注": ["丙。", "丁。"]},
    ],
    "articles": [
        {"条": "甲文字[注1][注2]乙。", "脚注": ["出处一。", "出处二。"]},
        {"条": "丙[注1]。", "项": ["丁[注2]；", "戊。"], "脚注": ["出处三。", "出处四。"]},
    ],
}


@pytest.mark.parametrize("suffix", [".txt", ".docx"])
@pytest.mark.parametrize("name", BODIES)
def test_footnotes_survive(tmp_path: Path, name: str, suffix: str) -> None:
    order = arrange(document(PAPER, 正文=BODIES[name]))
    path = tmp_path / f"甲{suffix}"
    path.write_bytes(as_text(order).encode() if suffix == ".txt" else as_word(order))
    back = validate(load(import_file(path).path))
    assert as_text(arrange(back)) == as_text(order)
