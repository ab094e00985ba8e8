"""What goes wrong in the program itself is told in Chinese, and its report holds no content."""

from __future__ import annotations

import errno
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from yinfa import cli
from yinfa.report import system_reason

SECRET = "机密的内容"


@pytest.fixture
def failing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Any:
    """A run, in a folder of its own, of a command that fails with the error that is given."""

    def run(error: BaseException) -> int:
        def call(_: object) -> int:
            raise error

        monkeypatch.chdir(tmp_path)
        monkeypatch.setattr("yinfa.commands.building._build", call)
        return cli.main(["build", "甲.yaml"])

    return run


def test_an_error_of_the_program_is_one_line_and_a_file_that_tells_nothing_of_the_document(
    failing: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    try:
        int(SECRET)
    except ValueError as cause:
        error = KeyError(f"{SECRET}/home/张三/甲.yaml")
        error.__cause__ = cause
    assert failing(error) == 3
    said = capsys.readouterr().err
    assert "Traceback" not in said and SECRET not in said and "KeyError" in said
    (kept,) = tmp_path.iterdir()
    assert kept.name in said
    text = kept.read_text("utf-8")
    assert "builtins.ValueError" in text and "yinfa/cli.py:" in text
    assert SECRET not in text and "张三" not in text and str(tmp_path) not in text
    assert str(Path(cli.__file__).parent.parent) not in text


def test_the_same_error_is_kept_once(failing: Any, tmp_path: Path) -> None:
    for _ in range(2):
        assert failing(ZeroDivisionError()) == 3
    assert len(list(tmp_path.iterdir())) == 1


def test_a_report_that_cannot_be_written_is_told(
    failing: Any, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "")

    monkeypatch.setattr(Path, "write_text", full)
    assert failing(ZeroDivisionError()) == 3
    assert "腾出磁盘空间" in capsys.readouterr().err


def test_too_little_memory_is_told_and_nothing_written(
    failing: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert failing(MemoryError()) == 3
    assert "内存不够" in capsys.readouterr().err
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("word", ["biuld", "chekc", "expotr"])
def test_a_command_written_wrongly_is_guessed(
    word: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        cli.main([word])
    right = {"biuld": "build", "chekc": "check", "expotr": "export"}[word]
    assert f"是不是“{right}”？" in capsys.readouterr().err


@pytest.mark.parametrize("number", sorted(errno.errorcode))
def test_what_the_system_says_is_said_in_chinese(number: int) -> None:
    assert not system_reason(OSError(number, "No such thing")).isascii()


def ran(*arguments: str, encoding: str = "utf-8", output: Any = subprocess.PIPE) -> Any:
    return subprocess.run(
        (sys.executable, "-m", "yinfa.cli", *arguments),
        stdout=output,
        stderr=subprocess.PIPE,
        check=False,
        env={"PYTHONIOENCODING": encoding, "PATH": "/usr/bin"},
    )


@pytest.mark.parametrize(("encoding", "shown"), [("ascii", "utf-8"), ("gbk", "gbk")])
def test_any_terminal_is_spoken_to(encoding: str, shown: str) -> None:
    done = ran("check", "--explain", "PN-02", encoding=encoding)
    assert done.returncode == 0
    assert "页码写法" in done.stdout.decode(shown) and not done.stderr


def test_a_full_disk_under_the_output_is_told() -> None:
    with Path("/dev/full").open("wb") as full:
        done = ran("check", "--explain", "PN-02", output=full)
    assert done.returncode == 2
    assert "磁盘已满" in done.stderr.decode() and "Traceback" not in done.stderr.decode()


def test_a_file_name_that_is_no_text_is_told(tmp_path: Path) -> None:
    name = str(tmp_path / "x") + "\udcff.yaml"
    done = ran("build", name)
    assert done.returncode == 2
    assert "找不到这个文件" in done.stderr.decode() and "Traceback" not in done.stderr.decode()


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (OSError(errno.ENOSPC, "No space left on device", "/tmp/x"), "磁盘已满"),
        (OSError(errno.EMFILE, "Too many open files"), "打开的文件太多"),
        (
            FileNotFoundError(errno.ENOENT, "No usable temporary directory found in []"),
            "临时文件夹",
        ),
    ],
)
def test_what_the_machine_lacks_is_no_error_of_the_program(
    failing: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str], error: OSError, said: str
) -> None:
    assert failing(error) == 3
    told = capsys.readouterr().err
    assert said in told and "程序自己" not in told
    assert not list(tmp_path.iterdir())
