"""``yinfa build --keep`` leaves what each stage handed over, and changes nothing else."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from archive import NOTICE, reader, written

from yinfa.cli import main


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("kept")
    command = ["build", str(written(folder, NOTICE)), "-o"]
    assert main([*command, str(folder / "一.pdf"), "--keep", str(folder / "kept")]) == 0
    assert main([*command, str(folder / "二.pdf")]) == 0
    return folder


def test_what_is_kept_is_what_each_stage_handed_over(kept: Path) -> None:
    folder = kept / "kept"
    assert (folder / "1-source.yaml").read_bytes() == (kept / "通知.yaml").read_bytes()
    order = json.loads((folder / "2-reading-order.json").read_text("utf-8"))
    body = order["divisions"][0]["body"]
    assert [body[2]["label"], body[2]["heading"][0]["text"]] == ["（一）", "提高认识。"]
    assert body[2]["place"] == "13:9"
    pages = json.loads((folder / "3-composition.json").read_text("utf-8"))["pages"]
    assert len(pages) == len(reader((folder / "5-drawn.pdf").read_bytes()).pages)
    assert "<title>关于做好GDP核算工作的通知</title>" in (folder / "4-pages.html").read_text(
        "utf-8"
    )


def test_every_stage_is_timed_in_its_order(kept: Path) -> None:
    seconds = json.loads((kept / "kept" / "seconds.json").read_text("utf-8"))
    assert list(seconds) == [
        "load", "validate", "layout", "arrange", "compose", "survey", "pictures", "verify",
        "render", "paginate", "read", "finish",
    ]  # fmt: skip
    assert min(seconds.values()) >= 0
    assert seconds["paginate"] > 0


def test_the_pdf_is_the_same_whether_stages_are_kept_or_not(kept: Path) -> None:
    assert (kept / "一.pdf").read_bytes() == (kept / "二.pdf").read_bytes()


def test_stages_of_one_document_are_kept_and_not_of_several(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    paths = [str(written(tmp_path, NOTICE, name)) for name in ("甲.yaml", "乙.yaml")]
    assert main(["build", *paths, "--keep", str(tmp_path / "kept")]) == 2
    assert "--keep 只能用于一个文件" in capsys.readouterr().err
    assert not (tmp_path / "kept").exists()
