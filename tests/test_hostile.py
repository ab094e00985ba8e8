"""Whatever a source says and its pictures are: a page that holds it, or words of why not."""

from __future__ import annotations

import io
import os
from pathlib import Path
from typing import Any

import pytest
from forms import NOTICE, SENTENCE
from making import elements
from PIL import Image
from yaml import safe_dump

from yinfa.load import load
from yinfa.reading import Reading, read
from yinfa.recipe import build
from yinfa.report import FaceFault, Fault, SourceFault
from yinfa.validate import validate

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20">{}</svg>'
RECT = '<rect width="40" height="20"/>'


def saved(kind: str, mode: str, size: tuple[int, int] = (40, 20)) -> bytes:
    """A picture file."""
    file = io.BytesIO()
    Image.new(mode, size).save(file, kind)
    return file.getvalue()


def sourced(folder: Path, **changes: Any) -> Path:
    path = folder / "source.yaml"
    keys = {key: value for key, value in {**NOTICE, **changes}.items() if value is not None}
    path.write_text(safe_dump(keys, allow_unicode=True, sort_keys=False, width=100_000), "utf-8")
    return path


def made(source: Path) -> Reading:
    return read(build(validate(load(source)), source.with_suffix(".pdf")).product)


def shown(folder: Path, name: str) -> Reading:
    """A notice that shows the picture *name*."""
    figure = {"图": name, "替代文字": "一幅图。"}
    return made(sourced(folder, 正文=[SENTENCE, figure]))


# --- pictures ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("甲.png", saved("JPEG", "RGB")),  # the content counts, not the name
        ("甲.jpg", saved("PNG", "RGBA")),
        ("甲.png", saved("PNG", "P")),
        ("甲.jpeg", saved("JPEG", "L")),
        ("甲", saved("PNG", "1", (9000, 3))),
        ("甲.png", SVG.format(RECT).encode()),
        ("甲.svg", SVG.format("<script>alert(1)</script>" + RECT).encode()),
        ("甲.svg", SVG.format('<text x="1" y="9" font-size="5">文字</text>').encode()),
        ("甲.svg", SVG.format('<rect width="40" height="20" style="-x-y:none;a:b"/>').encode()),
        ("甲.svg", SVG.format(f'<g filter="url(#x)" mask="url(#y)">{RECT}</g>').encode()),
    ],
)
def test_a_picture_that_can_be_drawn_is_drawn(tmp_path: Path, name: str, content: bytes) -> None:
    (tmp_path / name).write_bytes(content)
    reading = shown(tmp_path, name)
    assert [tag["/S"] for tag in elements(reading.path)].count("/Figure") == 1


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("甲.svg", SVG.format('<image href="http://127.0.0.1:9/a.png" width="9"/>'), "画不出来"),
        ("甲.svg", SVG.format('<image href="../../甲.png" width="9"/>'), "画不出来"),
        ("甲.svg", SVG.format("<style>@import url(http://127.0.0.1:9/a.css);</style>"), "画不出来"),
        ("甲.svg", '<svg viewBox="0 0 1e999 9"/>', "已损坏"),
        ("甲.svg", '<svg width="1.2.3" height="9"/>', "已损坏"),
        ("甲.png", saved("GIF", "RGB"), "不是 PNG、JPEG 或 SVG"),
        ("甲.png", b"", "不是 PNG、JPEG 或 SVG"),
        ("甲.png", saved("PNG", "I;16"), "16 位"),
        ("甲.jpg", saved("JPEG", "CMYK"), "四色"),
    ],
)
def test_a_picture_that_cannot_be_printed_is_told_at_its_line(
    tmp_path: Path, name: str, content: bytes | str, message: str
) -> None:
    data = content if isinstance(content, bytes) else content.encode()
    (tmp_path / name).write_bytes(data)
    with pytest.raises(SourceFault) as caught:
        shown(tmp_path, name)
    (finding,) = caught.value.findings
    assert message in finding.message
    assert (
        name in (tmp_path / "source.yaml").read_text("utf-8").splitlines()[finding.place.line - 1]
    )
    assert finding.hint
    assert not (tmp_path / "source.pdf").exists()


@pytest.mark.parametrize(
    "path",
    ["../外.png", "/etc/hostname", "http://127.0.0.1/a.png", "file:///etc/hostname", "链.png",
     "圈.png", "管.png", "夹", "~/甲.png", "data:image/png;base64,AAAA", "长" * 4000],
)  # fmt: skip
def test_a_path_that_leads_elsewhere_is_told(tmp_path: Path, path: str) -> None:
    folder = tmp_path / "文件夹"
    (folder / "夹").mkdir(parents=True)
    (tmp_path / "外.png").write_bytes(saved("PNG", "RGB"))
    (folder / "链.png").symlink_to(tmp_path / "外.png")
    (folder / "圈.png").symlink_to("圈.png")
    os.mkfifo(folder / "管.png")
    with pytest.raises(SourceFault) as caught:
        shown(folder, path)
    (finding,) = caught.value.findings
    assert finding.place.line and finding.hint


# --- words ------------------------------------------------------------------------------------

WORDS = {
    "long": "字" * 10_000, "word": "a" * 400, "number": "1" * 400, "marks": "，" * 300,
    "wide spaces": "甲\u3000" * 90,
    "address": "https://example.com/" + "a/b?c=d&" * 60,
    "markup": "<b>&amp;</b>{{ 7*7 }}\\0", "control": "甲\u0007乙",
    "right to left": "甲\u202e乙", "arabic": "مرحبا", "mark": "a\u0301字\u0308",
    "bars": "甲|乙|丙|丁",
}  # fmt: skip


def everywhere(word: str) -> dict[str, dict[str, Any]]:
    """Changes that put *word* where one can stand."""
    table = {"表格": word, "表头": [word, "乙"], "行": [[word, "1"], ["2", word]], "注": word}
    article = {"章": word, "正文": [{"条": [word, word], "项": [{"项": word, "目": [word]}]}]}
    return {
        "head": {"标题": word, "主送": [word, word]},
        "issuer": {"发文机关": word, "发文机关标志": None},
        "body": {"正文": [word, {"标题": word, "接排": word}, article]},
        "table": {"正文": [SENTENCE, table]},
        "end": {"附注": word, "抄送": [word, word], "印发机关": word},
        "parts": {
            "附件": [{"标题": word, "正文": [word]}],
            "印发件": {"标题": word, "题注": word, "正文": [word]},
        },
    }


@pytest.mark.parametrize("place", everywhere(""))
@pytest.mark.parametrize("word", WORDS)
def test_any_words_are_printed_on_the_paper_or_told(tmp_path: Path, word: str, place: str) -> None:
    source = sourced(tmp_path, **everywhere(WORDS[word])[place])
    try:
        reading = made(source)
    except Fault as fault:
        assert isinstance(fault, SourceFault | FaceFault)
        for finding in fault.findings:
            assert finding.place.line and finding.message and finding.hint
        assert not source.with_suffix(".pdf").exists()
        return
    for sheet in reading.sheets:
        for line in sheet.body_lines:
            assert line.x0_mm > 27 and line.x1_mm < 190 and line.em_bottom_mm < 263
        assert sheet.unreadable == 0


@pytest.mark.parametrize("columns", [60, 200])
def test_a_table_of_too_many_columns_is_told(tmp_path: Path, columns: int) -> None:
    body = [SENTENCE, {"表格": "", "行": [["甲"] * columns]}, SENTENCE]
    with pytest.raises(SourceFault, match=f"{columns} 列至少要"):
        made(sourced(tmp_path, 正文=body))


def test_a_table_of_empty_cells_is_drawn_to_be_filled(tmp_path: Path) -> None:
    table = {"表格": "", "行": [["", ""] for _ in range(40)]}
    reading = made(sourced(tmp_path, 正文=[SENTENCE, table, SENTENCE]))
    assert len([s for sheet in reading.sheets for s in sheet.strokes if s.horizontal]) > 40


def test_empty_lists_are_told_one_and_all(tmp_path: Path) -> None:
    keys = ("主送", "正文", "附件", "印发件", "抄送", "印章", "签名章", "附件说明")
    with pytest.raises(SourceFault) as caught:
        made(sourced(tmp_path, **{key: [] for key in keys}))
    told = " ".join(finding.message for finding in caught.value.findings)
    assert all(f"“{key}”是空的" in told for key in keys)
