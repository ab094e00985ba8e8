"""Seals and signatures travel in no PDF; with them, and without, it is built again and compared."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from forms import LETTER, NOTICE, SENTENCE
from forms import printed as set_and_read
from generating.documents import as_yaml, pictures

from yinfa.archive.carried import take_out
from yinfa.batch.rebuild import rebuild
from yinfa.cli import main
from yinfa.load import load
from yinfa.pictures import bare
from yinfa.recipe import build
from yinfa.report import ReadingFault
from yinfa.validate import validate

STAMPED = {"成文日期": "2012年7月1日", "签名章": {"职务": "局长", "图片": "签名.png", "宽": 30}}
SOURCES: dict[str, dict[str, Any]] = {
    "seal": {**NOTICE, "印章": "印章.png"},
    "joint": {**NOTICE, "发文机关": ["×××局", "×××厅"], "印章": ["印章.png", "图/章.svg"]},
    "stamp": {**LETTER, **STAMPED},
}
SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><circle cx="4" cy="4" r="4"/></svg>'
)


@pytest.fixture
def made(tmp_path: Path) -> Any:
    """A call that builds a source of SOURCES."""

    def call(name: str, **changes: Any) -> Path:
        for picture, content in pictures().items():
            (tmp_path / picture).write_bytes(content)
        (tmp_path / "图").mkdir()
        (tmp_path / "图" / "章.svg").write_text(SVG, "utf-8")
        source = tmp_path / "甲.yaml"
        source.write_text(as_yaml({**SOURCES[name], **changes}), "utf-8")
        return build(validate(load(source)), tmp_path / "出" / "甲.pdf").product

    return call


def carried(product: Path) -> set[str]:
    return {file.name for file in take_out(product)}


@pytest.mark.parametrize("name", SOURCES)
def test_no_seal_travels_and_its_checksum_does(made: Any, name: str) -> None:
    product = made(name)
    assert carried(product) == {"甲.yaml", "排版记录.json"}
    kept = next(f.content for f in take_out(product) if f.name == "排版记录.json").decode()
    assert "印章" in kept


def test_a_picture_that_is_shown_as_well_travels(made: Any) -> None:
    figure = {"图": "印章.png", "替代文字": "印章的样式"}
    assert "印章.png" in carried(made("seal", 正文=[SENTENCE, figure, SENTENCE]))


@pytest.mark.parametrize(
    ("name", "files"),
    [("seal", ["印章.png"]), ("joint", ["印章.png", "图/章.svg"]), ("stamp", ["签名.png"])],
)
def test_with_its_seals_a_pdf_is_built_again_byte_for_byte(
    made: Any, tmp_path: Path, name: str, files: list[str]
) -> None:
    rebuilt = rebuild(made(name), tmp_path, [tmp_path / file for file in files])
    assert rebuilt.same and not rebuilt.missing and not rebuilt.differences


@pytest.mark.parametrize("name", SOURCES)
def test_without_them_all_else_is_compared(
    made: Any, tmp_path: Path, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    product = made(name)
    rebuilt = rebuild(product, tmp_path)
    assert rebuilt.same and rebuilt.missing and not rebuilt.differences
    assert main(["rebuild", str(product)]) == 0
    assert "印章没有核对" in capsys.readouterr().out


def test_another_text_is_found_without_the_seals(made: Any, tmp_path: Path) -> None:
    product = made("seal", 正文=[SENTENCE])
    other = set_and_read(NOTICE, 印章="印章.png", 正文=[SENTENCE * 2]).path
    from yinfa.batch.rebuild import _same_but_seals

    assert not _same_but_seals(product, other)
    assert _same_but_seals(product, product)


def test_a_picture_that_is_not_the_seal_is_told(made: Any, tmp_path: Path) -> None:
    product = made("seal")
    with pytest.raises(ReadingFault, match="不是这份 PDF 里的印章"):
        rebuild(product, tmp_path, [tmp_path / "签名.png"])
    with pytest.raises(ReadingFault, match="没有这个文件"):
        rebuild(product, tmp_path, [tmp_path / "无.png"])


def test_a_seal_stripped_of_its_notes_is_the_same_seal(made: Any, tmp_path: Path) -> None:
    product = made("seal")
    other = tmp_path / "另.png"
    other.write_bytes(bare((tmp_path / "印章.png").read_bytes()))
    assert rebuild(product, tmp_path, [other]).same


def test_what_is_taken_out_tells_of_the_seals(
    made: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["source", str(made("joint")), "-o", str(tmp_path / "取")]) == 0
    assert "印章.png、图/章.svg" in capsys.readouterr().out
