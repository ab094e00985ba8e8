"""What a run that died left behind is taken away by the next, and nothing else is."""

from __future__ import annotations

import fcntl
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

from yinfa import publish
from yinfa.issuing import manifest
from yinfa.publish import write_whole, writing_whole
from yinfa.workspace import LOCK, PREFIX, workspace


@pytest.fixture(autouse=True)
def another_run() -> None:
    """Each test is a run of its own."""
    publish._clear.cache_clear()


def test_a_half_written_file_of_a_dead_run_is_taken_away(tmp_path: Path) -> None:
    (tmp_path / ".yinfa-abc.part").write_bytes(b"half")
    (tmp_path / "甲.part").write_bytes(b"somebody else's")
    (tmp_path / ".b.part").write_bytes(b"somebody else's")
    write_whole(tmp_path / "甲.pdf", b"whole")
    assert {path.name for path in tmp_path.iterdir()} == {"甲.pdf", "甲.part", ".b.part"}


def test_a_file_that_is_being_written_is_left_alone(tmp_path: Path) -> None:
    with writing_whole(tmp_path / "甲.pdf") as file:
        file.write(b"one")
        publish._clear.cache_clear()
        write_whole(tmp_path / "乙.pdf", b"two")
        file.write(b" whole")
    assert (tmp_path / "甲.pdf").read_bytes() == b"one whole"
    assert len(list(tmp_path.iterdir())) == 2


def test_a_link_that_looks_left_behind_leads_nowhere(tmp_path: Path) -> None:
    outside = tmp_path / "外.pdf"
    outside.write_bytes(b"whole")
    folder = tmp_path / "夹"
    folder.mkdir()
    (folder / ".yinfa-x.part").symlink_to(outside)
    write_whole(folder / "甲.pdf", b"whole")
    assert outside.read_bytes() == b"whole"


def test_temporary_files_stand_in_the_folder_of_the_run_and_go_with_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with workspace():
        folder = Path(tempfile.mkdtemp())
        assert folder.parent.parent == tmp_path
    assert tempfile.gettempdir() == str(tmp_path)
    assert not list(tmp_path.iterdir())


def test_folders_of_dead_runs_go_and_those_of_living_ones_stay(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    for name in ("dead", "alive", "beginning"):
        (tmp_path / f"{PREFIX}{name}").mkdir()
        (tmp_path / f"{PREFIX}{name}" / "font.otf").write_bytes(b"26 MB")
    (tmp_path / "another").mkdir()
    (tmp_path / f"{PREFIX}dead" / LOCK).touch()
    with (tmp_path / f"{PREFIX}alive" / LOCK).open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with workspace():
            pass
    left = {path.name for path in tmp_path.iterdir()}
    assert left == {f"{PREFIX}alive", f"{PREFIX}beginning", "another"}


def test_a_killed_run_leaves_what_the_next_takes_away(tmp_path: Path) -> None:
    program = (
        "import sys, time; from yinfa.workspace import workspace\n"
        "with workspace():\n    print(1, flush=True); time.sleep(60)"
    )
    environment = {**os.environ, "TMPDIR": str(tmp_path)}
    with subprocess.Popen(
        (sys.executable, "-c", program), env=environment, stdout=subprocess.PIPE
    ) as run:
        assert run.stdout and run.stdout.readline()
        run.send_signal(signal.SIGKILL)
    assert len(list(tmp_path.iterdir())) == 1
    done = "from yinfa.workspace import workspace\nwith workspace(): pass"
    subprocess.run((sys.executable, "-c", done), env=environment, check=True)
    assert not list(tmp_path.iterdir())


def test_without_room_for_temporary_files_a_run_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", "/nonexistent")
    with workspace():
        assert tempfile.gettempdir() == "/nonexistent"


def test_a_manifest_takes_away_nothing_outside_its_folder(tmp_path: Path) -> None:
    outside = tmp_path / "外"
    outside.mkdir()
    (outside / "甲.pdf").write_bytes(b"whole")
    folder = tmp_path / "分发"
    folder.mkdir()
    (folder / "链").symlink_to(outside)
    (folder / "甲.pdf").write_bytes(b"old")
    files = [{"name": name, "sha256": "0" * 64} for name in ("链/甲.pdf", "甲.pdf")]
    (folder / manifest.NAME).write_text(
        json.dumps({"version": manifest.VERSION, "files": files}), "utf-8"
    )
    manifest.remove(folder, manifest.made_before(folder))
    assert (outside / "甲.pdf").exists()
    assert not (folder / "甲.pdf").exists()


def test_a_worker_dies_with_its_parent(tmp_path: Path) -> None:
    program = (
        "import multiprocessing, time\n"
        "from yinfa.batch.documents import _leave_signals\n"
        "pool = multiprocessing.get_context('fork').Pool(2, _leave_signals)\n"
        "print(*(one.pid for one in pool._pool), flush=True)\n"
        "time.sleep(60)"
    )
    with subprocess.Popen(
        (sys.executable, "-c", program), stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as run:
        assert run.stdout and run.stderr
        workers = [int(word) for word in run.stdout.readline().split()]
        time.sleep(0.3)
        run.kill()
        assert run.stderr.read() == b""
    deadline = time.monotonic() + 5
    while any(Path(f"/proc/{pid}/cmdline").exists() and alive(pid) for pid in workers):
        assert time.monotonic() < deadline
        time.sleep(0.05)


def alive(pid: int) -> bool:
    """Whether a process runs; one that nobody has waited for does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False
