"""Delivery into folders: whole files, nothing overwritten that is not ours, nothing in the dark."""

from __future__ import annotations

import contextlib
import os
import resource
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from delivery_samples import by_folder, issued, kept, sent

from yinfa.issuing.delivery import folders, journal
from yinfa.issuing.delivery.journal import Journal, State
from yinfa.issuing.issue import Issue
from yinfa.report import Fault


def shared(folder: Path, *names: str) -> Path:
    for name in names:
        (folder / "共享" / name).mkdir(parents=True)
    return folder


def contents(folder: Path) -> dict[str, bytes]:
    """Every file in the departments' folders."""
    return {
        path.relative_to(folder / "共享").as_posix(): path.read_bytes()
        for path in sorted(folder.glob("共享/*/*"))
    }


def test_everyone_gets_each_copy_once(tmp_path: Path) -> None:
    shared(tmp_path, "甲", "乙")
    to = by_folder("甲", "乙").replace("简称: 甲", "份号: [1-2], 简称: 甲")
    made = issued(tmp_path, to)
    assert set(sent(made).states.values()) == {State.SENT}
    assert contents(tmp_path) == {
        "甲/通知 000001.pdf": b"%PDF-1.7 one" + "000001 甲.pdf".encode(),
        "甲/通知 000002.pdf": b"%PDF-1.7 one" + "000002 甲.pdf".encode(),
        "乙/通知.pdf": b"%PDF-1.7 one" + "乙.pdf".encode(),
    }
    for path in tmp_path.glob("共享/*/*"):
        path.unlink()  # taken out of the folder by its owner
    assert sent(made).told == []
    assert contents(tmp_path) == {}


def test_a_share_that_is_not_connected_is_not_made_up(tmp_path: Path) -> None:
    run = sent(issued(shared(tmp_path, "甲"), by_folder("甲", "乙")))
    assert run.states == {"甲": State.SENT, "乙": State.PLANNED}
    assert run.why("乙").startswith("没有这个文件夹")
    assert not (tmp_path / "共享" / "乙").exists()


def test_a_folder_below_a_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "共享").mkdir()
    (tmp_path / "共享" / "甲").write_bytes(b"a file")
    assert sent(issued(tmp_path, by_folder("甲"))).why("甲").startswith("没有这个文件夹")


@pytest.mark.parametrize("kind", ["file", "link", "folder", "pipe"])
def test_what_is_not_ours_is_left_alone(tmp_path: Path, kind: str) -> None:
    shared(tmp_path, "甲")
    path, outside = tmp_path / "共享" / "甲" / "通知.pdf", tmp_path / "outside.pdf"
    outside.write_bytes(b"precious")
    made = issued(tmp_path, by_folder("甲"))
    if kind == "file":
        path.write_bytes(b"theirs")
    elif kind == "link":
        path.symlink_to(outside)
    elif kind == "folder":
        path.mkdir()
    else:
        os.mkfifo(path)
    before = path.lstat()
    run = sent(made)
    assert run.states == {"甲": State.PLANNED}
    assert run.why("甲") == "那里已有内容不同的“通知.pdf”，没有动它"
    assert path.lstat().st_ino == before.st_ino
    assert outside.read_bytes() == b"precious"
    assert [each.name for each in path.parent.iterdir()] == ["通知.pdf"]


def test_a_link_in_the_way_of_a_hidden_file_leads_nowhere(tmp_path: Path) -> None:
    shared(tmp_path, "甲")
    outside = tmp_path / "outside.pdf"
    outside.write_bytes(b"precious")
    (tmp_path / "共享" / "甲" / folders.hidden_name("通知.pdf")).symlink_to(outside)
    assert sent(issued(tmp_path, by_folder("甲"))).states == {"甲": State.SENT}
    assert outside.read_bytes() == b"precious"
    assert not (tmp_path / "共享" / "甲" / "通知.pdf").is_symlink()


def test_a_revised_copy_takes_the_place_of_ours(tmp_path: Path) -> None:
    shared(tmp_path, "甲")
    sent(issued(tmp_path, by_folder("甲"), b"%PDF one"))
    assert sent(issued(tmp_path, by_folder("甲"), b"%PDF two"), revise=True).states == {
        "甲": State.SENT
    }
    assert contents(tmp_path) == {"甲/通知.pdf": b"%PDF two" + "甲.pdf".encode()}


# --- the order that a power cut asks for -----------------------------------------------------


def test_files_are_synced_before_they_count_and_named_before_they_are_sent(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shared(tmp_path, "甲")
    made = issued(tmp_path, by_folder("甲"))
    called: list[str] = []

    def record(owner: object, name: str, say: object) -> None:
        real = getattr(owner, name)

        def recorded(*words: object, **named: object) -> object:
            called.append(say(*words))  # type: ignore[operator]
            return real(*words, **named)

        monkeypatch.setattr(owner, name, recorded)

    def synced(handle: int) -> str:
        path = Path(f"/proc/self/fd/{handle}").readlink()
        return "sync folder" if path.is_dir() else f"sync {path.suffix}"

    record(os, "fsync", synced)
    record(Path, "replace", lambda _path, target: f"name {target.suffix}")
    record(Journal, "mark", lambda _self, _entry, state, *_: f"mark {state}")
    sent(made)
    assert called[-6:] == [
        "sync .part",
        "sync folder",
        "mark sending",
        "name .pdf",
        "sync folder",
        "mark sent",
    ]


def test_the_journal_syncs_each_entry_and_its_folder(tmp_path: Path) -> None:
    """EXTRA: a commit ends with the removal of a file, and that is synced too."""
    with journal.open_journal(tmp_path, create=True, wait=lambda: None) as opened:
        asked = opened._connection.execute
        assert asked("PRAGMA synchronous").fetchone() == (3,)
        assert asked("PRAGMA journal_mode").fetchone() == ("delete",)


# --- disks -----------------------------------------------------------------------------------


@pytest.fixture
def no_room() -> Iterator[None]:
    """No file of this process grows beyond 100 kB meanwhile, as on a disk that is full."""
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, limits[1]))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    signal.signal(signal.SIGXFSZ, handler)


@pytest.fixture
def large(tmp_path: Path) -> Issue:
    """A copy of 200 kB for 甲, a small one for 乙."""
    made = issued(shared(tmp_path, "甲", "乙"), by_folder("甲", "乙"))
    made.copies[0].path.write_bytes(b"%PDF" * 50_000)
    return made


def test_no_room_for_a_file_leaves_it_open_and_nothing_behind(
    tmp_path: Path, large: Issue, no_room: None
) -> None:
    run = sent(large)
    assert run.states == {"甲": State.PLANNED, "乙": State.SENT}
    assert run.why("甲") == "文件超过了系统许可的大小"
    assert list(contents(tmp_path)) == ["乙/通知.pdf"]


def test_a_read_only_system_folder_is_told(tmp_path: Path) -> None:
    """Nobody may make files in /proc, root no more than others."""
    run = sent(issued(tmp_path, by_folder("甲").replace("共享/甲", "/proc/self")))
    assert run.states == {"甲": State.PLANNED}


@pytest.fixture
def full_disk(tmp_path: Path) -> Iterator[Path]:
    """A folder on a disk of its own with hardly any room."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ("mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", str(disk))
    subprocess.run(mount, check=True)
    yield disk
    subprocess.run(("umount", str(disk)), check=True)


@pytest.mark.judge
def test_a_full_disk_leaves_it_open(full_disk: Path, tmp_path: Path) -> None:
    (full_disk / "甲").mkdir()
    to = by_folder("甲").replace("共享/甲", str(full_disk / "甲"))
    run = sent(issued(tmp_path, to, b"%PDF" * 100_000))
    assert (run.states, run.why("甲")) == ({"甲": State.PLANNED}, "磁盘已满")
    assert list((full_disk / "甲").iterdir()) == []


@pytest.mark.judge
def test_a_disk_without_room_for_the_journal_sends_nothing(full_disk: Path) -> None:
    made = issued(shared(full_disk, "甲"), by_folder("甲"))
    with (full_disk / "filler").open("wb", buffering=0) as file, contextlib.suppress(OSError):
        while file.write(b"x" * 4096):
            pass
    with pytest.raises(Fault, match="不能写"):
        sent(made)
    assert contents(full_disk) == {}


@pytest.mark.judge
def test_a_read_only_disk_is_told(full_disk: Path, tmp_path: Path) -> None:
    (full_disk / "甲").mkdir()
    made = issued(full_disk, by_folder("甲").replace("共享/甲", str(full_disk / "甲")))
    away = issued(tmp_path, by_folder("甲").replace("共享/甲", str(full_disk / "甲")))
    subprocess.run(("mount", "-o", "remount,ro", str(full_disk)), check=True)
    assert sent(away).why("甲") == "磁盘是只读的"
    with pytest.raises(Fault, match="不能写发送记录"):
        sent(made)
    assert kept(full_disk) == {}
