"""The journal: what it survives, what it refuses, and how it tells recipients apart."""

from __future__ import annotations

import fcntl
import os
import shutil
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from delivery_samples import INFO, by_folder, by_mail, issued, kept, sent, states
from post_office import PostOffice, running, script

from yinfa.issuing.delivery import journal
from yinfa.issuing.delivery.journal import LOCK, NAME, State, open_journal
from yinfa.issuing.delivery.plan import Via
from yinfa.report import Fault

ADDRESS = "邮箱: {}@example.com"


def refused(made: object, **wanted: object) -> str:
    with pytest.raises(Fault) as caught:
        sent(made, **wanted)  # type: ignore[arg-type]
    return str(caught.value)


# --- the same document, another content ------------------------------------------------------


def test_another_content_under_the_number_is_refused(tmp_path: Path) -> None:
    with running() as office:
        to = by_mail(office.port, "a", "b")
        sent(issued(tmp_path, to))
        changed = issued(tmp_path, to, b"%PDF changed")
        said = refused(changed)
        assert "“常教〔2009〕12号”已发给 2 个单位，现在的内容与那时不同" in said
        assert "--revise" in said
        assert set(sent(changed, revise=True).states.values()) == {State.SENT}
        assert set(sent(changed, revise=True).states.values()) == {State.SENT}
        assert office.addresses == ["a", "b"] * 2  # once more, not twice more
        assert "--revise" in refused(issued(tmp_path, to))  # the first content, again


def test_a_content_that_nobody_holds_may_change(tmp_path: Path) -> None:
    with running(script(RCPT="451 later")) as office:
        to = by_mail(office.port, "a")
        sent(issued(tmp_path, to))
        office.play = script()
        run = sent(issued(tmp_path, to, b"%PDF changed"))
        assert run.states == {"a": State.SENT}
        assert run.plan.remarks == ("内容与上次的不同；上次的没有发给任何单位",)


def test_a_revision_that_nobody_got_opens_no_way_to_send_twice(tmp_path: Path) -> None:
    with running() as office:
        to = by_mail(office.port, "a")
        sent(issued(tmp_path, to))
        office.play = script(RCPT="451 later")
        sent(issued(tmp_path, to, b"%PDF two"), revise=True)
        office.play = script()
        assert sent(issued(tmp_path, to)).told == []  # the first one is where it was
        assert "现在的内容与那时不同" in refused(issued(tmp_path, to, b"%PDF three"))
        assert office.addresses == ["a"]
        assert sent(issued(tmp_path, to, b"%PDF two")).states == {"a": State.SENT}  # as was asked
        assert "现在的内容与那时不同" in refused(issued(tmp_path, to))
        assert office.addresses == ["a", "a"]


@pytest.mark.parametrize("by", ["mail", "folder"])
def test_what_lies_in_the_place_of_a_copy_is_not_sent(tmp_path: Path, by: str) -> None:
    (tmp_path / "共享" / "a").mkdir(parents=True)
    with running() as office:
        made = issued(tmp_path, by_mail(office.port, "a") if by == "mail" else by_folder("a"))
        made.copies[0].path.write_bytes(b"%PDF of somebody else")
        if by == "mail":
            assert "做好以后被改动过" in refused(made)
        else:
            assert sent(made).deliveries[0].told == "这一份做好以后被改动过，没有发"
        assert office.addresses == []
    assert list((tmp_path / "共享" / "a").iterdir()) == []
    assert kept(tmp_path) == {"a": State.PLANNED}


@pytest.mark.parametrize(
    "info",
    [
        {"DocumentNumber": "常教〔2009〕13号"},
        {"Title": "附件2 名单"},  # an attachment bears the number of its document
        {"DocumentNumber": "", "Title": "别的材料"},
    ],
)
def test_another_document_is_another_matter(tmp_path: Path, info: dict[str, str]) -> None:
    with running() as office:
        to = by_mail(office.port, "a")
        sent(issued(tmp_path, to))
        assert sent(issued(tmp_path, to, b"%PDF other", **info)).states == {"a": State.SENT}
        assert office.addresses == ["a", "a"]


# --- the same recipients, another list -------------------------------------------------------


def listed(office: PostOffice, **addresses: str) -> str:
    to = by_mail(office.port, *addresses)
    for name, address in addresses.items():
        to = to.replace(ADDRESS.format(name), ADDRESS.format(address), 1)
    return to


@pytest.fixture
def after_one(tmp_path: Path) -> Iterator[tuple[Path, PostOffice]]:
    """A document sent to a and b; the list is changed afterwards."""
    with running() as office:
        sent(issued(tmp_path, by_mail(office.port, "a", "b")))
        yield tmp_path, office


def test_a_new_recipient_gets_it(after_one: tuple[Path, PostOffice]) -> None:
    folder, office = after_one
    sent(issued(folder, by_mail(office.port, "a", "b", "c")))
    assert office.addresses == ["a", "b", "c"]


def test_one_who_is_taken_off_the_list_stays_in_the_journal(
    after_one: tuple[Path, PostOffice],
) -> None:
    folder, office = after_one
    run = sent(issued(folder, by_mail(office.port, "b")))
    assert [(each.name, each.state) for each in run.plan.others] == [("a", State.SENT)]
    sent(issued(folder, by_mail(office.port, "a", "b")))
    assert office.addresses == ["a", "b"]


def test_a_renamed_recipient_gets_no_second(after_one: tuple[Path, PostOffice]) -> None:
    folder, office = after_one
    run = sent(issued(folder, listed(office, x="a", b="b")))
    assert run.states == {"x": State.SENT, "b": State.SENT}
    assert run.deliveries[0].remark == "当时叫“a”"
    assert office.addresses == ["a", "b"]


def test_a_changed_address_gets_one_only_when_told(after_one: tuple[Path, PostOffice]) -> None:
    folder, office = after_one
    made = issued(folder, listed(office, a="new", b="b"))
    run = sent(made)
    assert run.deliveries[0].remark.startswith("当时发到 a@example.com；要发到现在的地址")
    assert office.addresses == ["a", "b"]
    for _ in range(2):
        assert sent(made, resend=["a"]).states["a"] is State.SENT
        assert office.addresses == ["a", "b", "new"]


def test_exchanged_addresses_change_nothing(after_one: tuple[Path, PostOffice]) -> None:
    folder, office = after_one
    sent(issued(folder, listed(office, a="b", b="a")))
    assert office.addresses == ["a", "b"]


def test_capitals_make_no_other_address(after_one: tuple[Path, PostOffice]) -> None:
    folder, office = after_one
    sent(issued(folder, listed(office, x="A", y="B")))
    assert office.addresses == ["a", "b"]


def test_who_was_refused_gets_it_at_a_new_address(tmp_path: Path) -> None:
    with running(script(RCPT="550 no such user")) as office:
        sent(issued(tmp_path, by_mail(office.port, "a")))
        office.play = script()
        run = sent(issued(tmp_path, listed(office, a="new")))
        assert run.states == {"a": State.SENT}
        assert office.addresses == ["new"]


def test_what_was_sent_is_not_sent_again_even_when_named(
    after_one: tuple[Path, PostOffice],
) -> None:
    folder, office = after_one
    run = sent(issued(folder, by_mail(office.port, "a", "b")), resend=["a"], resend_unknown=True)
    assert run.deliveries[0].remark == "已发的不再发"
    assert office.addresses == ["a", "b"]


def test_a_name_to_resend_that_nobody_has_is_told(after_one: tuple[Path, PostOffice]) -> None:
    folder, office = after_one
    made = issued(folder, by_mail(office.port, "a", "b"))
    assert "没有这个收件单位：x、y" in refused(made, resend=["y", "a", "x"])


def test_mail_and_folder_are_one_delivery(tmp_path: Path) -> None:
    """Who has both gets it by mail, or by the way that is asked for, once."""
    (tmp_path / "共享" / "a").mkdir(parents=True)
    with running() as office:
        to = by_mail(office.port, "a").replace("简称: a", "简称: a, 文件夹: 共享/a")
        made = issued(tmp_path, to)
        sent(made, via=Via.FOLDER)
        assert sent(made).states == {"a": State.SENT}
        assert sent(made, via=Via.MAIL).states == {"a": State.SENT}
        assert office.addresses == []
    assert len(list((tmp_path / "共享" / "a").iterdir())) == 1


def test_a_way_leaves_the_others_open(tmp_path: Path) -> None:
    (tmp_path / "共享" / "b").mkdir(parents=True)
    with running() as office:
        to = by_mail(office.port, "a").replace(
            "邮件:", "  - {简称: b, 文件夹: 共享/b}\n  - {简称: c}\n邮件:"
        )
        run = sent(issued(tmp_path, to), via=Via.FOLDER)
        assert run.states == {"b": State.SENT}
        assert (run.plan.left_out, run.plan.paper) == (("a",), ("c",))
        assert sent(issued(tmp_path, to)).states == {"a": State.SENT, "b": State.SENT}


def test_other_numbers_are_told(tmp_path: Path) -> None:
    with running() as office:
        to = by_mail(office.port, "a")
        sent(issued(tmp_path, to))
        run = sent(issued(tmp_path, to.replace("简称", "份号: 7, 简称")))
        assert run.deliveries[0].remark == "当时发的是 通知.pdf"
        assert office.addresses == ["a"]


# --- the file --------------------------------------------------------------------------------


def test_it_stands_beside_the_distribution_and_outlives_the_products(tmp_path: Path) -> None:
    with running() as office:
        to = by_mail(office.port, "a")
        sent(issued(tmp_path, to))
        shutil.rmtree(tmp_path / "build")
        sent(issued(tmp_path, to))
        assert office.addresses == ["a"]
    assert (tmp_path / NAME).is_file()


def test_two_lists_in_a_folder_share_it(tmp_path: Path) -> None:
    with running() as office:
        sent(issued(tmp_path, by_mail(office.port, "a")))
        (tmp_path / "distribution.yaml").rename(tmp_path / "other.yaml")
        sent(issued(tmp_path, by_mail(office.port, "a", "b")))
        assert office.addresses == ["a", "b"]


@pytest.mark.parametrize("content", [b"", b"no data base", b"SQLite format 3\0" + b"\1" * 5000])
def test_a_damaged_journal_stops_the_run(tmp_path: Path, content: bytes) -> None:
    made = issued(tmp_path, by_folder("甲"))
    (tmp_path / NAME).write_bytes(content)
    assert f"{NAME}: 发送记录已损坏" in refused(made)
    assert (tmp_path / NAME).read_bytes() == content


@pytest.mark.parametrize("spoil", ["page", "state", "files", "table", "foreign"])
def test_a_journal_that_was_tampered_with_stops_the_run(tmp_path: Path, spoil: str) -> None:
    made = issued(tmp_path, by_folder("甲"))
    sent(made)
    path = tmp_path / NAME
    if spoil == "page":
        whole = bytearray(path.read_bytes())
        whole[4096:4196] = b"\xff" * 100
        path.write_bytes(whole)
    else:
        change = {
            "state": "PRAGMA ignore_check_constraints = 1; UPDATE deliveries SET state = 'maybe'",
            "files": "UPDATE deliveries SET files = '[{'",
            "table": "DROP TABLE deliveries",
            "foreign": "PRAGMA application_id = 7",
        }[spoil]
        connection = sqlite3.connect(path)
        connection.executescript(change)
        connection.close()
    assert "发送记录已损坏" in refused(made)


def test_a_journal_of_a_newer_program_stops_the_run(tmp_path: Path) -> None:
    made = issued(tmp_path, by_folder("甲"))
    sent(made)
    connection = sqlite3.connect(tmp_path / NAME)
    connection.execute(f"PRAGMA user_version = {journal.VERSION + 1}")
    connection.close()
    assert "更新的版本" in refused(made)


def test_a_journal_where_nothing_can_be_written_stops_the_run(tmp_path: Path) -> None:
    made = issued(tmp_path, by_folder("甲"))
    (tmp_path / LOCK).mkdir()
    assert "不能写发送记录" in refused(made)


def test_a_half_made_journal_is_made_anew(tmp_path: Path) -> None:
    """Made under another name: a crash while it is made leaves no empty one behind."""
    (tmp_path / f".{NAME}.part").write_bytes(b"half")
    made = issued(tmp_path, by_folder("甲"))
    assert sent(made).states == {"甲": State.PLANNED}
    assert not (tmp_path / f".{NAME}.part").exists()


def test_reading_makes_no_journal(tmp_path: Path) -> None:
    assert kept(tmp_path) == {}
    assert list(tmp_path.iterdir()) == []


def test_a_second_run_waits_and_finds_nothing_to_do(tmp_path: Path) -> None:
    """It says that it waits; once the first is done, nothing is open."""
    waiting = threading.Event()
    with running() as office:
        made = issued(tmp_path, by_mail(office.port, "a", "b"))

        def second() -> None:
            with open_journal(tmp_path, create=True, wait=waiting.set) as opened:
                found.update(states(opened))

        found: dict[str, State] = {}
        thread = threading.Thread(target=second)

        def play(step: str, _address: str) -> str:
            if step == "RCPT" and not waiting.is_set():
                thread.start()
                assert waiting.wait(10)
            return ""

        office.play = play
        sent(made)
        thread.join(10)
        assert found == {"a": State.SENT, "b": State.SENT}
        assert office.addresses == ["a", "b"]


def test_a_reader_does_not_wait_and_settles_nothing(tmp_path: Path) -> None:
    sent(issued(tmp_path, by_folder("甲")))
    with (tmp_path / LOCK).open("rb") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        with open_journal(tmp_path, create=False) as opened:
            assert not opened.locked
            assert states(opened) == {"甲": State.PLANNED}


def test_the_lock_dies_with_its_process(tmp_path: Path) -> None:
    hold = (
        "import fcntl, os, sys, time; handle = os.open(sys.argv[1], os.O_RDWR | os.O_CREAT);"
        "fcntl.flock(handle, fcntl.LOCK_EX); print(flush=True); time.sleep(60)"
    )
    words = (sys.executable, "-c", hold, str(tmp_path / LOCK))
    with subprocess.Popen(words, stdout=subprocess.PIPE) as holder:
        assert holder.stdout
        holder.stdout.readline()
        with open_journal(tmp_path, create=True, wait=holder.kill) as opened:
            assert opened.locked
        assert holder.wait() < 0


def test_times_and_answers_are_kept(tmp_path: Path) -> None:
    with running(script(RCPT="550 no such user")) as office:
        sent(issued(tmp_path, by_mail(office.port, "a")))
    with open_journal(tmp_path, create=False) as opened:
        (entry,) = opened.editions(INFO["/DocumentNumber"])[0].entries
    assert entry.told == "550 no such user"
    assert entry.changed.endswith("+00:00")
    assert entry.target == "mailto:a@example.com"


def test_the_journal_keeps_no_lock_for_others(tmp_path: Path) -> None:
    sent(issued(tmp_path, by_folder("甲")))
    handle = os.open(tmp_path / LOCK, os.O_RDWR)
    fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    os.close(handle)
