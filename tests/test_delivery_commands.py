"""`yinfa send` and `yinfa status` as people meet them."""

from __future__ import annotations

import io
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest
from delivery_samples import kept
from issuing_samples import distribution, placed
from post_office import DROP, PostOffice, running, script

from yinfa.cli import main
from yinfa.issuing.delivery import deliver, journal
from yinfa.issuing.delivery.journal import State
from yinfa.issuing.distribution import read_distribution

MANUAL = Path(__file__).parent.parent / "docs" / "使用手册.md"
LIST = """\
收件:
  - {{简称: 甲, 份号: [1-2], 邮箱: a@example.com}}
  - {{简称: 常州市武进区教育局, 份号: 3, 邮箱: b@example.com}}
  - {{简称: 丙, 份号: 12, 文件夹: 共享}}
  - {{简称: 丁, 份号: 13}}
邮件: {{发件人: o@example.com, 服务器: 127.0.0.1, 端口: {port}, 加密: 无}}
"""


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[PostOffice]:
    """An open post office, and a notice beside a list of four."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(deliver, "DEAD_LINES_S", ())
    with running() as found:
        placed(tmp_path)
        distribution(tmp_path, LIST.format(port=found.port))
        (tmp_path / "共享").mkdir()
        yield found


def answer(monkeypatch: pytest.MonkeyPatch, words: str) -> None:
    """Somebody at a terminal answers with these *words*."""
    terminal = io.StringIO(words)
    monkeypatch.setattr(terminal, "isatty", lambda: True)
    monkeypatch.setattr("sys.stdin", terminal)


def test_nothing_is_sent_unasked(
    office: PostOffice, tmp_path: Path, capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr("sys.stdin", io.StringIO("y\n"))
    assert main(["send", "通知.pdf"]) == 2
    assert "没有终端可以确认，没有发送\n    提示：确定要发，请加 --yes" in capsys.readouterr().err
    for words in ("", "x\n"):
        answer(monkeypatch, words)
        assert main(["send", "通知.pdf"]) == 2
        assert "没有确认，没有发送" in capsys.readouterr().err
    assert office.connections == 0
    assert list((tmp_path / "共享").iterdir()) == []


def test_what_will_be_done_is_said_and_then_done(
    office: PostOffice, tmp_path: Path, capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    answer(monkeypatch, "y\n")
    assert main(["send", "通知.pdf"]) == 0
    said = capsys.readouterr().out
    assert "《关于做好GDP核算工作的通知》（常教〔2009〕12号）：3 个单位" in said
    assert "    甲：邮件 a@example.com，通知 000001.pdf、通知 000002.pdf\n" in said
    assert "没有邮箱和文件夹，只发纸质的：丁" in said
    assert "提示：邮件不加密" in said
    assert "提示：这份公文标有密级，只能用涉密网里的邮件系统发" in said
    assert said.endswith("3 个单位：已发 3（发送记录.sqlite）\n")
    assert office.addresses == ["a", "b"]
    attached = [part.get_filename() for part in office.mails()[0].iter_attachments()]
    assert attached == ["通知 000001.pdf", "通知 000002.pdf"]
    copies = tmp_path / "build" / "分发" / "通知"
    delivered = tmp_path / "共享" / "通知 000012.pdf"
    assert delivered.read_bytes() == (copies / "000012 丙.pdf").read_bytes()
    assert main(["verify", str(copies)]) == 0


def test_a_trial_run_sends_nothing_and_remembers_nothing(
    office: PostOffice, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["send", "通知.pdf", "--dry-run"]) == 0
    assert "要发 3 个单位\n试运行，没有发送\n" in capsys.readouterr().out
    assert office.connections == 0
    assert not (tmp_path / journal.NAME).exists()
    assert list((tmp_path / "共享").iterdir()) == []


def test_the_status_tells_how_far_all_have_come(
    office: PostOffice, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["status", "通知.pdf"]) == 1
    assert "3 个单位：待发 3\n" in capsys.readouterr().out
    office.play = script(RCPT_a="550 no such user", accepted=[DROP])
    assert main(["send", "通知.pdf", "--yes"]) == 1
    capsys.readouterr()
    assert main(["status", "通知.pdf"]) == 1
    said = capsys.readouterr().out
    header, *rows = said.splitlines()
    assert header.split() == ["单位", "方式", "地址", "份号", "状态", "时间", "说明"]
    assert [row.split()[0:2] for row in rows[:3]] == [
        ["甲", "邮件"], ["常州市武进区教育局", "邮件"], ["丙", "文件夹"],
    ]  # fmt: skip
    for word, state in zip(("被拒收", "不明", "已发"), rows, strict=False):
        assert columns(state.partition(word)[0]) == columns(header.partition("状态")[0])
        assert word in state
    assert "550 no such user" in rows[0]
    assert "“不明”的可能收到了，也可能没有" in said
    assert said.endswith("3 个单位：已发 1，被拒收 1，不明 1\n")
    office.play = script()
    assert main(["send", "通知.pdf", "--yes", "--resend", "甲", "--resend-unknown"]) == 0
    assert main(["status", "通知.pdf"]) == 0


def columns(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def test_a_way_can_be_chosen(office: PostOffice, tmp_path: Path) -> None:
    assert main(["send", "通知.pdf", "--yes", "--via", "folder"]) == 0
    assert office.connections == 0
    assert kept(tmp_path) == {"丙": State.SENT}
    assert main(["send", "通知.pdf", "--yes", "--via", "mail"]) == 0
    assert office.addresses == ["a", "b"]
    assert main(["status", "通知.pdf"]) == 0


def test_what_is_asked_for_in_vain_is_told(
    office: PostOffice, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["send", "通知.pdf", "--yes"]) == 0
    capsys.readouterr()
    assert main(["send", "通知.pdf", "--yes", "--resend", "甲"]) == 0
    assert "    甲：已发的不再发\n" in capsys.readouterr().out


def test_a_changed_document_needs_revise(
    office: PostOffice, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["send", "通知.pdf", "--yes"]) == 0
    with (tmp_path / "通知.pdf").open("ab") as file:
        file.write(b"\n")
    copies = tmp_path / "build" / "分发" / "通知"
    before = {path: path.read_bytes() for path in copies.iterdir()}
    assert main(["send", "通知.pdf", "--yes"]) == 2
    assert "加 --revise" in capsys.readouterr().err
    assert {path: path.read_bytes() for path in copies.iterdir()} == before
    assert main(["status", "通知.pdf"]) == 0
    assert "现在的内容与发送时的不同" in capsys.readouterr().out
    assert main(["send", "通知.pdf", "--yes", "--revise"]) == 0
    assert office.addresses == ["a", "b"] * 2


def test_a_list_among_the_products_is_refused(
    office: PostOffice, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """`make clean` would remove the journal with it."""
    distribution(tmp_path / "build", (tmp_path / "distribution.yaml").read_text("utf-8"))
    assert main(["send", "通知.pdf", "--yes", "--to", "build/distribution.yaml"]) == 2
    assert "清理时发送记录会一起删掉" in capsys.readouterr().err
    assert office.connections == 0


def test_the_example_of_the_manual_is_sound(tmp_path: Path) -> None:
    (example,) = re.findall(r"```yaml\n(收件:.*?)```", MANUAL.read_text("utf-8"), re.DOTALL)
    found = read_distribution(distribution(tmp_path, example))
    assert [each.email or each.folder for each in found.recipients] == [
        "sw@example.com",
        Path("/mnt/档案馆/收文"),
    ]


@pytest.mark.parametrize("command", ["send", "status"])
def test_help_tells_the_exit_codes(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main([command, "--help"])
    assert "退出码：0 都已发出" in "".join(capsys.readouterr().out.split("\n"))
