"""Building many sources: only what changed, one name a product, nothing half-written."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from yinfa import publish
from yinfa.batch.documents import Built, build_all
from yinfa.report import OutputFault, SourceFault

SMALL = "文种: 材料\n标题: {title}\n正文:\n  - {text}\n"


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder with two small documents under source/, and one in a folder below it."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "source" / "下级").mkdir(parents=True)
    for name, title in (("一", "甲"), ("二", "乙"), ("下级/三", "丙")):
        write(tmp_path / f"source/{name}.yaml", title)
    yield tmp_path


def write(path: Path, title: str, text: str = "正文一段。") -> None:
    path.write_text(SMALL.format(title=title, text=text), encoding="utf-8")


def run(*paths: str, output: Path | None = None) -> tuple[list[Built], list[str]]:
    told: list[Built] = []
    findings = build_all([Path(path) for path in paths], output, told.append)
    return told, [finding.message for finding in findings]


def rebuilt(told: list[Built]) -> set[str]:
    return {built.source.stem for built in told if built.seconds}


def test_only_what_changed_is_built_again(office: Path) -> None:
    told, _ = run()
    assert rebuilt(told) == {"一", "二", "三"}
    assert {str(built.product) for built in told} == {
        "build/甲.pdf",
        "build/乙.pdf",
        "build/下级/丙.pdf",
    }
    told, _ = run()
    assert rebuilt(told) == set()
    assert len(told) == 3
    write(office / "source/二.yaml", "乙", "正文另一段。")
    assert rebuilt(run()[0]) == {"二"}
    (office / "build/甲.pdf").unlink()
    assert rebuilt(run()[0]) == {"一"}
    os.utime(office / "source/一.yaml")  # touched, not changed
    assert rebuilt(run()[0]) == set()


def test_a_face_table_beside_the_documents_is_something_they_depend_on(office: Path) -> None:
    run("source/下级/三.yaml")
    table = office / "source/下级/本单位字体.toml"
    table.write_text('仿宋 = "没有.ttf"\n', encoding="utf-8")
    _, messages = run("source/下级/三.yaml")
    assert messages  # the table is read, and found wanting


def test_two_documents_of_one_name_are_refused_and_all_others_built(office: Path) -> None:
    write(office / "source/二.yaml", "甲")
    write(office / "source/四.yaml", "丁")
    (office / "source/五.yaml").write_text("文种: 材料\n正文: []\n", encoding="utf-8")
    told, messages = run()
    assert rebuilt(told) == {"三", "四"}
    assert not (office / "build/甲.pdf").exists()
    assert [message for message in messages if "同名" in message] == [
        "与 source/二.yaml 会生成同名的 甲.pdf"
    ]
    assert any("缺少“标题”" in message for message in messages)


def test_the_name_of_a_fresh_document_is_taken(office: Path) -> None:
    run()
    before = (office / "build/甲.pdf").read_bytes()
    write(office / "source/四.yaml", "甲", "正文另一段。")
    told, messages = run()
    assert rebuilt(told) == set()
    assert messages == ["与 source/一.yaml 会生成同名的 甲.pdf"]
    assert (office / "build/甲.pdf").read_bytes() == before


def test_a_document_named_alone_is_not_refused_for_what_lies_beside_it(office: Path) -> None:
    run()
    write(office / "source/四.yaml", "甲", "正文另一段。")
    told, messages = run("source/四.yaml")
    assert (rebuilt(told), messages) == ({"四"}, [])


def test_a_document_named_twice_is_built_once(office: Path) -> None:
    told, messages = run("source/一.yaml", str(office / "source/一.yaml"))
    assert (len(told), messages) == (1, [])


def test_one_output_for_several_sources_is_refused(office: Path) -> None:
    with pytest.raises(SourceFault, match="-o 只能用于一个文件"):
        run("source/一.yaml", "source/二.yaml", output=office / "x.pdf")
    assert not (office / "x.pdf").exists()


def test_a_faulty_source_does_not_keep_the_sound_ones(office: Path) -> None:
    (office / "source/一.yaml").write_text("文种: 材料\n正文: []\n", encoding="utf-8")
    told, messages = run()
    assert rebuilt(told) == {"二", "三"}
    assert messages


def test_names_that_a_file_system_refuses_are_replaced(office: Path) -> None:
    write(office / "source/一.yaml", '"关于“甲/乙”的通知: 一?"')
    told, _ = run("source/一.yaml")
    assert told[0].product.name == "关于“甲／乙”的通知： 一？.pdf"
    write(office / "source/一.yaml", "长" * 200)
    told, _ = run("source/一.yaml")
    assert len(told[0].product.name.encode()) <= 255


def test_the_earlier_pdf_stays_whole_when_writing_fails(
    office: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    product = run("source/一.yaml")[0][0].product
    before = product.read_bytes()

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(publish.os, "fsync", full)
    with pytest.raises(OutputFault, match="磁盘已满"):
        publish.write_whole(product, b"half")
    assert product.read_bytes() == before
    assert [path.name for path in product.parent.iterdir() if path.suffix == ".part"] == []


def test_an_interrupted_write_leaves_nothing_behind(
    office: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(_: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(publish.os, "fsync", interrupt)
    with pytest.raises(KeyboardInterrupt):
        publish.write_whole(office / "new.pdf", b"half")
    assert list(office.glob("*.pdf")) == []
    assert list(office.glob(".*")) == []


def test_a_device_is_never_replaced_by_a_file(office: Path) -> None:
    pipe = office / "pipe.pdf"
    os.mkfifo(pipe)
    with pytest.raises(OutputFault, match="那里是设备或管道"):
        publish.write_whole(pipe, b"half")
    assert pipe.is_fifo()
