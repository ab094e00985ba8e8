"""What is printed, carried and remembered of a file is what was read of it."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

import pytest
from archive import PNG, written
from pypdf import PdfReader

from yinfa.batch.documents import Built, build_all
from yinfa.cli import main
from yinfa.load import load
from yinfa.recipe import build
from yinfa.report import SourceFault
from yinfa.validate import validate

SOURCE = """\
文种: 通知
发文机关: 某市教育局
发文字号: 某教〔2012〕1号
标题: 关于读文件的通知
主送: 各学校
正文:
  - 一段话。
  - 图: 图.png
    替代文字: 一个点
    宽: 9
  - 图: 图.png
    替代文字: 又一个点
    宽: 9
印章: 图.png
成文日期: 2012年7月9日
"""
_watched: list[Counter[str]] = []  # an audit hook stays for good; it counts into the last of these


def _count(event: str, arguments: tuple[object, ...]) -> None:
    if event == "open" and _watched and isinstance(arguments[0], str | Path):
        mode = arguments[1] or "r"
        if "w" not in str(mode):
            _watched[-1][Path(arguments[0]).name] += 1


sys.addaudithook(_count)


def test_a_picture_named_three_times_is_read_to_be_judged_and_to_be_printed_and_no_more(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = written(tmp_path, SOURCE)
    (tmp_path / "house.yaml").write_text("行距: 28磅\n", "utf-8")
    monkeypatch.chdir(tmp_path)
    opened: Counter[str] = Counter()
    _watched.append(opened)
    assert main(["build", str(source)]) == 0
    _watched.clear()
    found = {name: opened[name] for name in (source.name, "house.yaml", "图.png")}
    assert found == {source.name: 1, "house.yaml": 1, "图.png": 2}


def test_a_picture_that_changes_between_judging_and_printing_is_not_printed(
    tmp_path: Path,
) -> None:
    document = validate(load(written(tmp_path, SOURCE)))
    (tmp_path / "图.png").write_bytes(PNG + b"\0")
    with pytest.raises(SourceFault, match=r"图\.png.*被改动了"):
        build(document, tmp_path / "out.pdf")
    (tmp_path / "图.png").unlink()
    with pytest.raises(SourceFault, match=r"图\.png.*读不了"):
        build(document, tmp_path / "out.pdf")
    assert not (tmp_path / "out.pdf").exists()


def test_the_source_that_travels_is_the_one_that_is_printed(tmp_path: Path) -> None:
    source = written(tmp_path, SOURCE)
    document = validate(load(source))
    source.write_text(SOURCE.replace("一段话", "另一段话"), "utf-8")
    build(document, tmp_path / "out.pdf")
    (carried,) = PdfReader(tmp_path / "out.pdf").attachments[source.name]
    assert carried.decode() == SOURCE


def test_a_source_that_is_saved_while_its_pdf_is_made_is_built_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = written(tmp_path, SOURCE)
    monkeypatch.chdir(tmp_path)

    def save(_: int) -> None:
        source.write_text(SOURCE.replace("一段话", "另一段话"), "utf-8")

    told: list[Built] = []
    for begin in (save, lambda _: None, lambda _: None):
        assert not build_all([source], None, told.append, begin=begin)
    fresh = [built.seconds == 0 for built in told]
    assert fresh == [False, False, True]  # what stood there at first was of the text before


def test_a_build_after_a_run_that_took_its_folder_away_has_its_faces(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = written(tmp_path, SOURCE)
    monkeypatch.chdir(tmp_path)
    assert main(["build", str(source), "-o", "一.pdf"]) == 0
    build(validate(load(source)), tmp_path / "二.pdf")
    assert (tmp_path / "一.pdf").read_bytes() == (tmp_path / "二.pdf").read_bytes()
