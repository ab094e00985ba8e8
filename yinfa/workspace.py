"""A run's own folder for temporary files, and the folders of runs that died taken away."""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

PREFIX = "yinfa-run-"
LOCK = "lock"
TRIES = 5


@contextlib.contextmanager
def workspace() -> Iterator[None]:
    """Within it all temporary files, also those of libraries, stand in a folder of this run's.

    A lock held for as long as the run lives tells it from one that was killed. Where there is no
    room for temporary files the run goes on without: not every command needs any.
    """
    own = next(filter(None, (_begun() for _ in range(TRIES))), None)
    if own is None:
        yield
        return
    folder, lock = own
    before = tempfile.tempdir
    try:
        _clear(folder)
        tempfile.tempdir = str(folder)
        yield
    finally:
        tempfile.tempdir = before
        shutil.rmtree(folder, ignore_errors=True)
        os.close(lock)


def _begun() -> tuple[Path, int] | None:
    """A new folder with its lock held; None where there is none, or another run took it away.

    Between making the lock and holding it, a run that clears may take this one for dead.
    """
    try:
        folder = Path(tempfile.mkdtemp(prefix=PREFIX))
        lock = os.open(folder / LOCK, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError:
        return None
    if take(lock) and (folder / LOCK).exists():
        return folder, lock
    os.close(lock)
    shutil.rmtree(folder, ignore_errors=True)
    return None


def take(handle: int) -> bool:
    """Whether the open file *handle* could be locked: nobody that lives holds it."""
    try:
        import fcntl
    except ImportError:  # a system without such locks
        return False
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _clear(own: Path) -> None:
    """Take away the folders of this user's runs that died; one without a lock may be beginning."""
    for folder in own.parent.glob(f"{PREFIX}*"):
        if folder == own:
            continue
        with contextlib.suppress(OSError):
            if folder.is_symlink() or folder.stat().st_uid != os.getuid():
                continue
            handle = os.open(folder / LOCK, os.O_RDWR | os.O_CLOEXEC)
            try:
                if take(handle):
                    shutil.rmtree(folder, ignore_errors=True)
            finally:
                os.close(handle)
