"""What was sent to whom: a journal that outlives crashes, so that nothing is sent twice.

It stands beside the distribution file, never among products that may be removed. A state counts
once it is on the disk: every change is a transaction of its own, synced with its folder.
"""

from __future__ import annotations

import contextlib
import datetime
import fcntl
import json
import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from yinfa.publish import why_not_written
from yinfa.report import DeliveryFault, Fault, Finding, OutputFault, Place, unreadable

NAME = "发送记录.sqlite"
LOCK = ".发送记录.lock"
APPLICATION = 0x79696E66  # yinf
VERSION = 1
_SCHEMA = "\n".join(
    (
        "BEGIN;",
        "CREATE TABLE editions (id INTEGER PRIMARY KEY, document TEXT NOT NULL,",
        " number INTEGER NOT NULL, sha256 TEXT NOT NULL, begun TEXT NOT NULL,",
        " UNIQUE (document, number));",
        "CREATE TABLE deliveries (id INTEGER PRIMARY KEY,",
        " edition INTEGER NOT NULL REFERENCES editions, name TEXT NOT NULL, target TEXT NOT NULL,",
        " state TEXT NOT NULL CHECK",
        " (state IN ('planned', 'sending', 'sent', 'failed', 'unknown')),",
        " files TEXT NOT NULL, told TEXT NOT NULL, changed TEXT NOT NULL);",
        "CREATE INDEX of_edition ON deliveries (edition);",
        "CREATE INDEX of_target ON deliveries (target);",
        f"PRAGMA application_id = {APPLICATION};",
        f"PRAGMA user_version = {VERSION};",
        "COMMIT;",
    )
)
_REASONS = {
    "SQLITE_FULL": "磁盘已满",
    "SQLITE_READONLY": "没有写入权限",
    "SQLITE_CANTOPEN": "打不开",
    "SQLITE_IOERR": "磁盘出错",
    "SQLITE_BUSY": "另一个程序正用着它",
}
_DAMAGED = "从备份恢复它；没有备份的，先向各单位核实收到没有。删掉它再发送，各单位会收到第二份"


class State(StrEnum):
    """How far a delivery has come."""

    PLANNED = "planned"  # not accepted by anyone: open
    SENDING = "sending"  # may be accepted from now on
    SENT = "sent"
    FAILED = "failed"  # refused for good
    UNKNOWN = "unknown"  # accepted or not, nobody knows


@dataclass(frozen=True, slots=True)
class JournalEntry:
    """A delivery as the journal knows it; *files* are the checksums of what it hands over."""

    id: int
    name: str
    target: str
    state: State
    files: Mapping[str, str]
    told: str  # what the server or the system said
    changed: str  # ISO 8601, UTC


@dataclass(frozen=True, slots=True)
class Edition:
    """A document with one content; another content under the same number is another edition."""

    id: int
    document: str
    number: int  # 0: not begun
    sha256: str
    entries: tuple[JournalEntry, ...] = field(default=())


class Journal:
    """The journal of a folder; it remembers the open file, for as long as the lock is held."""

    def __init__(self, path: Path, connection: sqlite3.Connection, *, locked: bool) -> None:
        self.path = path
        self.locked = locked  # otherwise somebody else is sending right now
        self._connection = connection

    def editions(self, document: str) -> tuple[Edition, ...]:
        """Every edition of *document* that was ever begun, the newest first."""
        with _told(self.path):
            rows = self._connection.execute(
                "SELECT id, number, sha256 FROM editions WHERE document = ? ORDER BY number DESC",
                (document,),
            ).fetchall()
            return tuple(
                Edition(row, document, number, sha256, tuple(self._entries("edition = ?", row)))
                for row, number, sha256 in rows
            )

    def _entries(self, which: str, *values: int) -> Iterator[JournalEntry]:
        rows = self._connection.execute(
            "SELECT id, name, target, state, files, told, changed FROM deliveries"
            f" WHERE {which} ORDER BY id",
            values,
        )
        for number, name, target, state, files, told, changed in rows:
            yield JournalEntry(number, name, target, State(state), json.loads(files), told, changed)

    def handed_over(self, document: str, target: str) -> frozenset[str]:
        """Checksums of the files that *target* may hold of any edition of *document*."""
        with _told(self.path):
            rows = self._connection.execute(
                "SELECT files FROM deliveries JOIN editions ON edition = editions.id"
                " WHERE document = ? AND target = ?",
                (document, target),
            )
            return frozenset(sum for (files,) in rows for sum in json.loads(files).values())

    def begin(self, document: str, sha256: str) -> Edition:
        """A new edition of *document*."""
        with _told(self.path):
            (last,) = self._connection.execute(
                "SELECT COALESCE(MAX(number), 0) FROM editions WHERE document = ?", (document,)
            ).fetchone()
            cursor = self._connection.execute(
                "INSERT INTO editions (document, number, sha256, begun) VALUES (?, ?, ?, ?)",
                (document, last + 1, sha256, _now()),
            )
            return Edition(int(cursor.lastrowid or 0), document, last + 1, sha256)

    def plan(self, edition: Edition, wanted: Iterable[tuple[int, str, str]]) -> list[int]:
        """Deliveries by entry (0: a new one), name and target become planned; their entries."""
        numbers = []
        with _told(self.path):
            for number, name, target in wanted:
                if number:
                    self._connection.execute(
                        "UPDATE deliveries SET name = ?, target = ?, state = 'planned'"
                        " WHERE id = ?",
                        (name, target, number),
                    )
                    numbers.append(number)
                    continue
                cursor = self._connection.execute(
                    "INSERT INTO deliveries (edition, name, target, state, files, told, changed)"
                    " VALUES (?, ?, ?, 'planned', '{}', '', ?)",
                    (edition.id, name, target, _now()),
                )
                numbers.append(int(cursor.lastrowid or 0))
        return numbers

    def mark(
        self, entry: int, state: State, told: str = "", files: Mapping[str, str] | None = None
    ) -> None:
        """*entry* is in *state* from now on, also after a power cut."""
        with _told(self.path):
            values = (state.value, told, _now(), entry)
            if files is None:
                change = "UPDATE deliveries SET state = ?, told = ?, changed = ? WHERE id = ?"
                self._connection.execute(change, values)
            else:
                change = (
                    "UPDATE deliveries SET files = ?, state = ?, told = ?, changed = ? WHERE id = ?"
                )
                kept = json.dumps(dict(files), ensure_ascii=False)
                self._connection.execute(change, (kept, *values))

    def interrupted(self) -> tuple[JournalEntry, ...]:
        """The deliveries that a run began and did not live to end, of whatever document."""
        with _told(self.path):
            return tuple(self._entries("state = 'sending'"))

    @contextlib.contextmanager
    def together(self) -> Iterator[None]:
        """All changes that are made meanwhile count at once, or none."""
        with _told(self.path):
            self._connection.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._connection.rollback()
            raise
        with _told(self.path):
            self._connection.execute("COMMIT")


@contextlib.contextmanager
def open_journal(
    folder: Path, *, create: bool, wait: Callable[[], None] | None = None
) -> Iterator[Journal]:
    """The journal of *folder*, for nobody else meanwhile.

    Where somebody else has it, this tells *wait* and waits; without *wait* it is only read. One
    that does not exist is made, or without *create* stays imagined.
    """
    path = folder / NAME
    if not create and not path.exists():
        with contextlib.closing(sqlite3.connect(":memory:", isolation_level=None)) as imagined:
            imagined.executescript(_SCHEMA)
            yield Journal(path, imagined, locked=True)
        return
    with _lock(folder / LOCK, wait) as locked:
        if create and not path.exists():
            _make(path)
        with contextlib.closing(_connected(path)) as connection:
            yield Journal(path, connection, locked=locked)


@contextlib.contextmanager
def _lock(path: Path, wait: Callable[[], None] | None) -> Iterator[bool]:
    """Hold the lock at *path*; it dies with the process. Whether it could be had."""
    try:
        handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o666)
    except OSError as error:
        if wait is None:  # only to read
            yield False
            return
        raise _cannot_write(path, why_not_written(error)) from error
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if wait is None:
                yield False
                return
            wait()
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield True
    finally:
        os.close(handle)


def _make(path: Path) -> None:
    """An empty journal at *path*, whole or not at all: a half one would pass for a new one."""
    temporary = path.with_name(f".{path.name}.part")
    try:
        temporary.unlink(missing_ok=True)
        with contextlib.closing(sqlite3.connect(temporary, isolation_level=None)) as connection:
            connection.executescript(f"PRAGMA synchronous = EXTRA; {_SCHEMA}")
        temporary.replace(path)
        sync_folder(path.parent)
    except sqlite3.Error as error:
        raise _cannot_write(path, _REASONS.get(_kind(error), "数据库出错")) from error
    except OSError as error:
        raise _cannot_write(path, why_not_written(error)) from error


def sync_folder(folder: Path) -> None:
    """The names in *folder* are on the disk; some network shares cannot promise it."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(handle)
    except OSError as error:
        import errno

        if error.errno not in {errno.EINVAL, errno.ENOTSUP, errno.ENOSYS}:
            raise
    finally:
        os.close(handle)


def _connected(path: Path) -> sqlite3.Connection:
    """The journal at *path*, found sound."""
    with _told(path):
        # Otherwise a file that is gone by now would come to be, empty.
        uri = f"{path.absolute().as_uri()}?mode=rw"
        connection = sqlite3.connect(uri, uri=True, isolation_level=None, timeout=10)
        try:
            # A commit ends with the removal of the rollback journal: EXTRA syncs that as well, so
            # that no power cut can bring back what was before.
            connection.execute("PRAGMA synchronous = EXTRA")
            connection.execute("PRAGMA journal_mode = DELETE")
            (application,) = connection.execute("PRAGMA application_id").fetchone()
            (version,) = connection.execute("PRAGMA user_version").fetchone()
            if application == APPLICATION and version > VERSION:
                hint = "请用新版本的程序发送"
                raise unreadable(path, f"发送记录是更新的版本写的（{version}）", hint)
            (sound,) = connection.execute("PRAGMA quick_check(1)").fetchone()
            if (application, version, sound) != (APPLICATION, VERSION, "ok"):
                raise unreadable(path, "发送记录已损坏", _DAMAGED)
        except BaseException:
            connection.close()
            raise
        return connection


@contextlib.contextmanager
def _told(path: Path) -> Iterator[None]:
    """What the data base says, in our words."""
    try:
        yield
    except sqlite3.Error as error:
        raise _in_words(path, error) from error
    except ValueError as error:  # a state or files that make no sense
        raise unreadable(path, "发送记录已损坏", _DAMAGED) from error


def _in_words(path: Path, error: sqlite3.Error) -> Fault:
    if reason := _REASONS.get(_kind(error)):
        return _cannot_write(path, reason)
    return unreadable(path, "发送记录已损坏", _DAMAGED)


def _kind(error: sqlite3.Error) -> str:
    """SQLITE_IOERR of SQLITE_IOERR_WRITE and its like."""
    return "_".join(getattr(error, "sqlite_errorname", "").split("_")[:2])


def _cannot_write(path: Path, reason: str) -> OutputFault:
    hint = "记不下来就不能发送：否则下一次会重发。请腾出空间、改权限后再试"
    return OutputFault((Finding(Place(path), f"不能写发送记录：{reason}", hint),))


def refused(path: Path, message: str, hint: str) -> DeliveryFault:
    """The fault of a delivery that may not begin, told at *path*."""
    return DeliveryFault((Finding(Place(path), message, hint),))


def _now() -> str:
    return datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")
