"""PDFs made to do harm by the files in them: nothing leaves the folder, nothing fills memory."""

from __future__ import annotations

import io
import json
import random
import resource
from pathlib import Path
from typing import Any

import pytest
from archive import notice
from pypdf import PdfWriter
from pypdf.generic import ArrayObject, NameObject, NumberObject

from yinfa.archive import record
from yinfa.archive.carried import take_out, unpack
from yinfa.batch.rebuild import rebuild
from yinfa.cli import main
from yinfa.pdf import enclosures
from yinfa.pdf.enclosures import Attached
from yinfa.report import Fault, OutputFault, ReadingFault, one_line

YAML = "文种: 材料\n标题: 关于版面的说明\n正文: [一段话。]\n".encode()
MEGABYTE = 1_000_000


def carrying(folder: Path, *files: tuple[str, bytes]) -> Path:
    """A PDF that carries *files* by these names, each said to be a source."""
    writer = PdfWriter()
    writer.add_blank_page(595, 842)
    attached = [
        Attached(name, content, "application/yaml", "Source", "") for name, content in files
    ]
    enclosures.attach(writer, attached, "")
    for found in writer._objects:
        if isinstance(found, dict) and found.get("/Type") == "/EmbeddedFile":
            writer._objects[writer._objects.index(found)] = found.flate_encode()
    path = folder / "hostile.pdf"
    writer.write(path)
    return path


@pytest.mark.parametrize(
    "name",
    [
        "../../escape.yaml", "/etc/passwd", "a\\..\\..\\b", "..", "./..//..", "C:/x", "\0",
        "\x1b[2J", "a/\n/b", ". .", "～/x", "甲\u202etxt.exe", " ", "...", "a" * 400,
        "a/" * 3000 + "b",
    ],
)  # fmt: skip
def test_names_lead_nowhere_but_down(tmp_path: Path, name: str) -> None:
    path = carrying(tmp_path, (name, YAML))
    out = tmp_path / "work" / "out"
    try:
        (written,) = unpack(take_out(path), out)
    except OutputFault as fault:
        assert "不能写入文件" in str(fault)
        return
    assert written.resolve().is_relative_to(out.resolve())
    assert written.resolve() != out.resolve()
    assert written.read_bytes() == YAML
    assert str(written) == one_line(str(written))
    assert set(tmp_path.iterdir()) == {path, tmp_path / "work"}


def test_a_full_width_space_in_a_name_is_kept(tmp_path: Path) -> None:
    (written,) = unpack(take_out(carrying(tmp_path, ("附件　一.yaml", YAML))), tmp_path / "out")
    assert written.name == "附件　一.yaml"


def test_two_files_of_one_name_are_told(tmp_path: Path) -> None:
    files = [Attached("a.yaml", content, "", "", "") for content in (b"1", b"2")]
    with pytest.raises(OutputFault, match="同名而内容不同"):
        unpack(files, tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_links_out_of_the_folder_are_not_followed(tmp_path: Path) -> None:
    elsewhere, out = tmp_path / "elsewhere", tmp_path / "out"
    elsewhere.mkdir()
    out.mkdir()
    (out / "sub").symlink_to(elsewhere)
    path = carrying(tmp_path, ("sub/a.yaml", YAML))
    with pytest.raises(OutputFault, match="链接"):
        unpack(take_out(path), out)
    assert list(elsewhere.iterdir()) == []


def test_a_link_in_the_place_of_a_file_is_replaced_or_told_and_not_written_through(
    tmp_path: Path,
) -> None:
    out, secret = tmp_path / "out", tmp_path / "secret"
    out.mkdir()
    secret.write_text("mine")
    path = carrying(tmp_path, ("a.yaml", YAML))
    (out / "a.yaml").symlink_to(secret)
    with pytest.raises(OutputFault, match="内容不同"):
        unpack(take_out(path), out)
    assert secret.read_text() == "mine"
    (out / "a.yaml").unlink()
    (out / "a.yaml").symlink_to(tmp_path / "nothing")
    unpack(take_out(path), out)
    assert not (tmp_path / "nothing").exists()
    assert (out / "a.yaml").read_bytes() == YAML


def test_one_stream_that_unpacks_to_too_much_is_refused(tmp_path: Path) -> None:
    path = carrying(tmp_path, ("a.yaml", bytes(100 * MEGABYTE)))
    assert path.stat().st_size < MEGABYTE
    with pytest.raises(ReadingFault):
        take_out(path)


def test_one_stream_named_again_and_again_does_not_fill_the_memory(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = carrying(tmp_path, ("a.yaml", bytes(60 * MEGABYTE)))
    writer = PdfWriter(clone_from=path)
    again: Any = writer.root_object["/AF"]
    writer.root_object[NameObject("/AF")] = ArrayObject(
        [again[0].indirect_reference or again[0]] * 999
    )
    writer.write(path)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert main(["source", str(path), "-o", str(tmp_path / "out")]) == 2
    assert "超过 300 MB" in capsys.readouterr().err
    grown_kb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    assert grown_kb < 1_000_000
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    "content",
    [
        b"[" * 200_000, b'{"a":' * 200_000, b"[]", b"\xff", '{"字体": {"a": 5}}'.encode(),
        '{"字体": {"a": null}}'.encode(), b'{"a": {"b": ["c"]}}',
    ],
    ids=["deep list", "deep object", "list", "bytes", "number", "null", "nested"],
)  # fmt: skip
def test_a_record_of_another_shape_is_none(tmp_path: Path, content: bytes) -> None:
    assert record.loads(content) == {}
    path = carrying(tmp_path, ("a.yaml", YAML), (record.NAME, content))
    assert not rebuild(path, tmp_path).same


def test_a_record_cannot_write_on_the_terminal(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    kept = json.dumps({"字体": {"a\x1b[2J.otf": "\r\x1b]0;x\x07"}}).encode()
    path = carrying(tmp_path, ("a.yaml", YAML), (record.NAME, kept))
    assert main(["rebuild", str(path)]) == 1
    said = capsys.readouterr().out
    assert "a[2J.otf" in said
    assert said.replace("\n", "").isprintable()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\xfe",
        b"a: &a [*a]\n",
        b"- " * 5000,
        "标题: x\n本单位规定: /etc/passwd\n".encode(),
    ],
)
def test_a_source_that_cannot_be_built_is_a_fault_of_the_source(
    tmp_path: Path, content: bytes
) -> None:
    with pytest.raises(Fault):
        rebuild(carrying(tmp_path, ("a.yaml", content)), tmp_path)


@pytest.mark.parametrize("key", ["/EF", "/F", "/UF", "/Desc", "/AFRelationship"])
@pytest.mark.parametrize("value", [NumberObject(5), ArrayObject(), None])
def test_specifications_of_another_shape_are_told(tmp_path: Path, key: str, value: Any) -> None:
    path = carrying(tmp_path, ("a.yaml", YAML))
    writer = PdfWriter(clone_from=path)
    attached: Any = writer.root_object["/AF"]
    (specification,) = attached
    if value is None:
        del specification.get_object()[key]
    else:
        specification.get_object()[NameObject(key)] = value
    writer.write(path)
    try:
        unpack(take_out(path), tmp_path / "out")
    except Fault as fault:
        assert fault.exit_code == 2


def test_damage_anywhere_ends_in_a_fault_or_in_files(tmp_path: Path) -> None:
    """Damaged copies; the same each time."""
    writer, target = PdfWriter(clone_from=io.BytesIO(notice())), io.BytesIO()
    writer.write(target)  # objects stand open here, where damage can reach them
    dice = random.Random(9704)
    tokens = (b"/AF", b"/EF", b"/F ", b"/UF", b"/Filter", b"/Length", b"0 R", b"<<", b"[", b"/Root")
    for content in (notice(), target.getvalue()) * 20:
        damaged = bytearray(content)
        for _ in range(dice.choice((1, 3, 9))):
            at = damaged.find(dice.choice(tokens), dice.randrange(len(damaged)))
            at = dice.randrange(len(damaged)) if at < 0 else at
            damaged[at : at + dice.randrange(4)] = dice.choice(
                (b"null", b"99999999999", b"[]", b"/X", b"-1", b"1 0 R", b"", b"\xff")
            )
        path = tmp_path / "damaged.pdf"
        path.write_bytes(damaged)
        try:
            assert take_out(path)
        except Fault as fault:
            assert fault.exit_code == 2
