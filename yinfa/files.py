"""Files as they were read: what is printed, carried and remembered is what was read then."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from yinfa.report import Finding, Place, SourceFault, system_reason

FileStamp = tuple[int, int, int]  # size, mtime_ns, ctime_ns


@dataclass(frozen=True, slots=True)
class KnownFile:
    """What a file was when it was read: enough to tell whether it is still that."""

    path: Path
    stamp: FileStamp = field(compare=False)
    sha256: str

    def again(self) -> FileContent:
        """The file with its content; a SourceFault where that is no longer what was read."""
        try:
            file = read_file(self.path)
        except OSError as error:
            raise self._fault(f"读不了这个文件：{system_reason(error)}") from error
        if file.known != self:
            raise self._fault("这个文件在排版的时候被改动了")
        return file

    def _fault(self, message: str) -> SourceFault:
        return SourceFault((Finding(Place(self.path), message, "请再排一次"),))


@dataclass(frozen=True, slots=True)
class FileContent:
    """A file and what was in it."""

    known: KnownFile
    content: bytes = field(repr=False)

    @property
    def path(self) -> Path:
        return self.known.path


Contents = Mapping[Path, FileContent]


class TooLong(Exception):
    """A file is longer than it may be: *size* in bytes."""

    def __init__(self, size: int) -> None:
        super().__init__(size)
        self.size = size


def read_file(path: Path, most: int | None = None) -> FileContent:
    """The file at *path*, read once; OSError where it cannot be, TooLong above *most* bytes."""
    with path.open("rb") as file:
        status = os.fstat(file.fileno())  # before the reading: what changes then is told later
        if most is not None and status.st_size > most:
            raise TooLong(status.st_size)
        content = file.read()
    digest = hashlib.sha256(content).hexdigest()
    return FileContent(KnownFile(path, stamp_of(status), digest), content)


def stamp_of(status: os.stat_result) -> FileStamp:
    """What of *status* changes when a file does."""
    return status.st_size, status.st_mtime_ns, status.st_ctime_ns


def digest_of(path: Path, algorithm: str = "sha256") -> str:
    """The checksum of a file, read piece by piece."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, algorithm).hexdigest()
