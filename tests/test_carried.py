"""What travels in a PDF, how it is taken out, and whether it builds the same bytes again."""

from __future__ import annotations

import io
import json
import re
from dataclasses import replace
from pathlib import Path

import pytest
import yaml
from archive import NOTICE, PNG, made, notice, written
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfWriter

from yinfa.archive import record
from yinfa.archive.carried import take_out, unpack
from yinfa.batch.rebuild import rebuild
from yinfa.cli import main
from yinfa.files import read_file
from yinfa.load import load, without_comments
from yinfa.pdf.enclosures import Attached
from yinfa.report import OutputFault, ReadingFault
from yinfa.validate import validate

PLAIN = "文种: 附件\n标题: 名单\n正文: [一段。]\n"


@pytest.fixture
def product(tmp_path: Path) -> Path:
    path = tmp_path / "通知.pdf"
    path.write_bytes(notice())
    return path


def kept_in(tmp_path: Path, content: bytes) -> tuple[Attached, ...]:
    path = tmp_path / "kept.pdf"
    path.write_bytes(content)
    return take_out(path)


# --- what travels ----------------------------------------------------------------------------


def test_source_pictures_and_record_travel(product: Path) -> None:
    files = take_out(product)
    assert [(file.name, file.mime, file.relationship) for file in files] == [
        ("通知.yaml", "application/yaml", "Source"),
        ("图.png", "image/png", "Source"),
        ("排版记录.json", "application/json", "Supplement"),
    ]
    assert files[1].content == PNG


def test_comments_are_taken_out_and_the_rest_is_the_source(product: Path) -> None:
    text = take_out(product)[0].content.decode()
    assert "起草人的话" not in text
    assert text == NOTICE.replace("  # 起草人的话", "")


def test_what_concerns_recipients_never_travels(tmp_path: Path) -> None:
    source = written(tmp_path, PLAIN)
    (tmp_path / "distribution.yaml").write_text("收件: someone@example.org\n", "utf-8")
    files = kept_in(tmp_path, made(source).content)
    assert {file.name for file in files} == {"通知.yaml", "排版记录.json"}
    assert not any(b"example.org" in file.content for file in files)


@pytest.mark.parametrize("line", ["随附源文件: 否\n", "密级: 机密★1年\n"])
def test_nothing_travels_where_the_document_says_so_or_is_classified(
    tmp_path: Path, line: str
) -> None:
    product = tmp_path / "product.pdf"
    product.write_bytes(made(written(tmp_path, NOTICE + line)).content)
    with pytest.raises(ReadingFault, match="没有随带源文件"):
        take_out(product)


def test_a_classified_document_carries_its_source_when_it_says_so(tmp_path: Path) -> None:
    text = NOTICE + "密级: 机密★1年\n随附源文件: 是\n"
    assert kept_in(tmp_path, made(written(tmp_path, text)).content)[0].name == "通知.yaml"


def test_a_house_file_above_the_source_keeps_its_place_and_no_folder_its_name(
    tmp_path: Path,
) -> None:
    (tmp_path / "house.yaml").write_text("页码: 居中 # 处室自定\n", "utf-8")
    source = written(tmp_path / "某某专案", PLAIN + "本单位规定: ../house.yaml\n")
    files = kept_in(tmp_path, made(source).content)
    assert [file.name for file in files] == ["上级文件夹/通知.yaml", "house.yaml", record.NAME]
    assert files[1].content.decode() == "页码: 居中\n"
    assert not any("某某专案" in file.name for file in files)
    first, *_ = unpack(files, tmp_path / "out")
    assert validate(load(first)).house == (tmp_path / "out" / "house.yaml").resolve()


# --- comments --------------------------------------------------------------------------------

COMMENTED = """\
# 头
甲: 一 # 尾
乙: "# 不是" #是
丙:
  # 整行
  - 段#不是
  - |  # 块
    文字 # 不是
    # 也不是

  # 块后
  - >-
    折叠 # 不是
  - [子, 丑] # 流
  - {寅: 卯, # 中
     辰: 巳}
  - '引 # 号'
"""


def test_only_comments_are_taken_out(tmp_path: Path) -> None:
    path = written(tmp_path, COMMENTED)
    text = without_comments(read_file(path))
    assert yaml.safe_load(text) == yaml.safe_load(COMMENTED)
    assert [line for line in text.splitlines() if "#" in line] == [
        '乙: "# 不是"',
        "  - 段#不是",
        "    文字 # 不是",
        "    # 也不是",
        "    折叠 # 不是",
        "  - '引 # 号'",
    ]
    assert without_comments(read_file(written(tmp_path, text))) == text


@given(st.lists(st.sampled_from(["# c", " # c", "甲 # c", '"乙 # d"', "丙#丁", "", "'#'"])))
def test_the_meaning_never_changes(
    tmp_path_factory: pytest.TempPathFactory, ends: list[str]
) -> None:
    text = "".join(f"键{n}: {end}\n" for n, end in enumerate(ends)) or "甲: 乙\n"
    path = tmp_path_factory.mktemp("meaning") / "甲.yaml"
    path.write_text(text, "utf-8")
    assert yaml.safe_load(without_comments(read_file(path))) == yaml.safe_load(text)


# --- the record ------------------------------------------------------------------------------


def test_the_record_knows_versions_and_checksums_and_nothing_of_the_machine(product: Path) -> None:
    kept = json.loads(take_out(product)[-1].content)
    assert set(kept) == {"程序", "软件包", "程序库", "字体", "版式"}
    assert {"weasyprint", "pypdf", "pydyf", "jinja2"} <= set(kept["软件包"])
    assert {"pango", "harfbuzz", "fontconfig", "zlib"} <= set(kept["程序库"])
    for versions in (kept["软件包"], {**kept["程序库"], "处理器": "1"}):
        assert all(re.match(r"\d+", version) for version in versions.values())
    for name, digest in (*kept["字体"].items(), *kept["版式"].items()):
        assert re.fullmatch("[0-9a-f]{64}", digest)
        assert not Path(name).is_absolute()
    import getpass
    import socket

    text = json.dumps(kept, ensure_ascii=False)
    assert str(Path.home()) not in text
    assert socket.gethostname() not in text
    assert f'"{getpass.getuser()}"' not in text


def test_differences_are_told_by_kind_and_name() -> None:
    then = {"程序库": {"pango": "1.50.12", "zlib": "1.2"}, "字体": {"a.otf": "1" * 64}}
    now = {"程序库": {"pango": "1.52.0", "zlib": "1.2"}, "字体": {}}
    assert record.differences(then, then) == ()
    assert record.differences(then, now) == (
        "字体 a.otf：当时 11111111，现在 没有",
        "程序库 pango：当时 1.50.12，现在 1.52.0",
    )
    assert record.loads(b"[1") == record.loads(b"[]") == record.loads(b'{"a": 1}') == {}


# --- taking out ------------------------------------------------------------------------------


def test_names_lead_nowhere_but_down(tmp_path: Path) -> None:
    names = ("../../escape.yaml", "/etc/passwd", "a\\..\\..\\b", "..", "C:/x")
    files = [Attached(name, b"x", "", "", "") for name in names]
    for path in unpack(files, tmp_path / "out"):
        assert path.resolve().is_relative_to((tmp_path / "out").resolve())


def test_other_work_is_not_overwritten(tmp_path: Path, product: Path) -> None:
    files = take_out(product)
    unpack(files, tmp_path / "out")
    unpack(files, tmp_path / "out")  # the same again is no harm
    (tmp_path / "out" / "通知.yaml").write_text("改过", "utf-8")
    with pytest.raises(OutputFault, match="内容不同"):
        unpack(files, tmp_path / "out")
    assert (tmp_path / "out" / "通知.yaml").read_text("utf-8") == "改过"


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7\n", b"no pdf at all", b"%PDF-1.7\n%%EOF\n"])
def test_what_is_no_pdf_is_told(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "x.pdf"
    path.write_bytes(content)
    with pytest.raises(ReadingFault, match="不是完好的 PDF"):
        take_out(path)


def test_a_cut_or_locked_file_is_told(tmp_path: Path, product: Path) -> None:
    (tmp_path / "cut.pdf").write_bytes(notice()[: len(notice()) // 2])
    with pytest.raises(ReadingFault):
        take_out(tmp_path / "cut.pdf")
    locked = PdfWriter(clone_from=io.BytesIO(notice()))
    locked.encrypt("secret", algorithm="RC4-128")
    locked.write(tmp_path / "locked.pdf")
    with pytest.raises(ReadingFault):
        take_out(tmp_path / "locked.pdf")
    with pytest.raises(ReadingFault, match="找不到"):
        take_out(tmp_path / "none.pdf")


# --- building again --------------------------------------------------------------------------


def test_a_pdf_builds_itself_again_byte_for_byte(product: Path, tmp_path: Path) -> None:
    rebuilt = rebuild(product, tmp_path)
    assert rebuilt.same
    assert rebuilt.content == notice()
    assert rebuilt.differences == ()


def test_another_version_is_told(
    product: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(record, "_program", lambda: "0" * 64)
    rebuilt = rebuild(product, tmp_path)
    assert not rebuilt.same
    (difference,) = rebuilt.differences
    assert re.fullmatch("程序 代码：当时 [0-9a-f]{8}，现在 00000000", difference)


def test_the_commands_take_out_and_compare(
    product: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["source", str(product)]) == 0
    assert (tmp_path / "通知" / "通知.yaml").exists()
    assert main(["rebuild", str(product)]) == 0
    assert "一字节不差" in capsys.readouterr().out
    changed = notice().replace(b"%\xe2\xe3\xcf\xd3", b"%\xe2\xe3\xcf\xd4")
    product.write_bytes(changed)
    assert main(["rebuild", str(product), "-o", "again.pdf"]) == 1
    assert "被改动过" in capsys.readouterr().out
    assert (tmp_path / "again.pdf").read_bytes() == notice()
    assert main(["source", "none.pdf"]) == ReadingFault.exit_code
    assert "找不到" in capsys.readouterr().err


def test_nothing_of_the_folder_stands_in_the_bytes(tmp_path: Path) -> None:
    elsewhere = made(written(tmp_path / "elsewhere", NOTICE))
    assert elsewhere.content == notice()
    assert replace(elsewhere).record == elsewhere.record
