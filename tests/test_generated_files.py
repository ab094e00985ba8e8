"""What is made from the code is what is committed, and what is stale is told."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tools import generated
from yinfa import words

MANUAL = (generated.ROOT / generated.MANUAL).read_text("utf-8")


def test_nothing_generated_is_stale() -> None:
    assert list(generated.stale()) == []


def test_a_row_of_the_manual_follows_the_vocabulary(monkeypatch: pytest.MonkeyPatch) -> None:
    key = replace(words.SEAL.named("diameter"), meaning="印章有多宽")
    seal = replace(words.SEAL, keys=(key,))
    kinds = tuple(seal if kind is words.SEAL else kind for kind in words.KINDS)
    monkeypatch.setattr(words, "KINDS", kinds)
    changed = generated.with_tables(MANUAL)
    assert "| 直径 | `diameter` | 以毫米为单位的数 | 印章有多宽 | 全部 |" in changed
    assert changed.count("\n") == MANUAL.count("\n") - 1  # the row of the key left out


def test_the_words_between_the_tables_stay() -> None:
    text = "# 甲\n\n| 键 | 值 |\n|---|---|\n| 乙 | 丙 |\n\n```yaml\n# 丁\n```\n"
    assert generated.with_tables(text) == text


def test_what_is_stale_is_named_and_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for folder in ("docs", "schemas"):
        (tmp_path / folder).mkdir()
    (tmp_path / generated.MANUAL).write_text(MANUAL.replace("印章直径", "直径"), "utf-8")
    monkeypatch.setattr(generated, "ROOT", tmp_path)
    assert generated.main(["--check"]) == 1
    assert "docs/使用手册.md 过时了，请运行 make generated" in capsys.readouterr().err
    assert generated.main([]) == 0
    assert (tmp_path / generated.MANUAL).read_text("utf-8") == MANUAL
    assert generated.main(["--check"]) == 0
