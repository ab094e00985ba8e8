"""A delivery into a folder: every file appears whole, in one moment, and what happened shows later.

Before anything counts, all files lie complete and synced beside their places under hidden names.
Then the journal says `sending`, then they get their names. So after a crash the folder itself
tells what was handed over: a hidden file was not, a named one was.
"""

from __future__ import annotations

import errno
import hashlib
import os
import stat
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

from yinfa.issuing.delivery.journal import State, sync_folder
from yinfa.issuing.delivery.plan import DeliveryOutcome
from yinfa.issuing.issue import CHANGED, Copy
from yinfa.publish import why_not_written

PIECE_BYTES = 1 << 20


@dataclass(frozen=True, slots=True)
class HiddenFiles:
    """Files that lie complete in *folder* under hidden names: checksums by their names to be."""

    folder: Path
    files: Mapping[str, str]


class _ChangedError(Exception):
    """What lies among the copies is not what was made."""


class _OccupiedError(Exception):
    """Something else bears the name of a file that is to be delivered."""


def lay(
    folder: Path, copies: Collection[Copy], replaceable: Collection[str]
) -> HiddenFiles | DeliveryOutcome:
    """*copies* hidden in *folder*, or why not; a share may not be connected: it must exist.

    A file with one of the checksums *replaceable* was delivered by us and may be replaced; any
    other is left alone.
    """
    hidden: list[Path] = []
    files: dict[str, str] = {}
    try:
        for copy in copies:
            hidden.append(folder / hidden_name(copy.delivered))
            files[copy.delivered] = _lay(copy.path, hidden[-1])
            if files[copy.delivered] != copy.sha256:
                raise _ChangedError
        for name, digest in files.items():
            _refuse_occupied(folder / name, {digest, *replaceable})
        sync_folder(folder)
        return HiddenFiles(folder, files)
    except _OccupiedError as error:
        told = f"那里已有内容不同的“{error}”，没有动它"
    except _ChangedError:
        told = CHANGED
    except OSError as error:
        told = _reason(error)
    _remove(hidden)
    return DeliveryOutcome(State.PLANNED, told, again=False)


def hand_over(laid: HiddenFiles) -> DeliveryOutcome:
    """What becomes of files that are *laid*: they get their names."""
    try:
        for name in laid.files:
            (laid.folder / hidden_name(name)).replace(laid.folder / name)
        sync_folder(laid.folder)
    except OSError as error:
        return DeliveryOutcome(settled(laid.folder, laid.files), _reason(error), again=False)
    return DeliveryOutcome(State.SENT, "")


def hidden_name(name: str) -> str:
    """The name of a file that is not delivered yet: always the same, so that none is left over."""
    return f".{hashlib.sha256(name.encode()).hexdigest()[:16]}.part"


def settled(folder: Path, files: Mapping[str, str]) -> State:
    """What a delivery of *files* that was cut short has come to, as *folder* shows it."""
    hidden = [os.path.lexists(folder / hidden_name(name)) for name in files]
    there = [_digest(folder / name) == digest for name, digest in files.items()]
    if all(there) and not any(hidden):
        return State.SENT
    if all(one or other for one, other in zip(hidden, there, strict=True)):
        return State.PLANNED  # what is missing lies hidden: nobody has it
    return State.UNKNOWN


def _lay(source: Path, hidden: Path) -> str:
    """A copy of *source* as *hidden*, on the disk; its checksum."""
    hidden.unlink(missing_ok=True)
    digest = hashlib.sha256()
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
    with source.open("rb") as content, os.fdopen(os.open(hidden, flags, 0o666), "wb") as file:
        while piece := content.read(PIECE_BYTES):
            digest.update(piece)
            file.write(piece)
        file.flush()
        os.fsync(file.fileno())
    return digest.hexdigest()


def _refuse_occupied(path: Path, known: Collection[str]) -> None:
    if os.path.lexists(path) and _digest(path) not in known:
        raise _OccupiedError(path.name)


def _digest(path: Path) -> str:
    """The checksum of a plain file; nothing for anything else."""
    try:
        handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError:
        return ""
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        return ""
    with os.fdopen(handle, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _remove(paths: Collection[Path]) -> None:
    for path in paths:
        try:
            path.unlink(missing_ok=True)
        except OSError:
            return  # the folder is out of reach; the next run replaces what is left


def _reason(error: OSError) -> str:
    if error.errno in {errno.ENOENT, errno.ENOTDIR}:
        return "没有这个文件夹：共享没有连上，或路径写错了"
    return why_not_written(error)
