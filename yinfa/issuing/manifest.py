"""What was made, with checksums, so that anyone can tell later whether it is still that."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path, PurePosixPath

from yinfa.files import digest_of
from yinfa.publish import write_whole
from yinfa.report import Finding, Place, ReadingFault, system_reason, unreadable

NAME = "manifest.json"
VERSION = 1
SUMS = {"sha256": "SHA256SUMS", "sm3": "SM3SUMS"}
ALGORITHMS = tuple(name for name in SUMS if name in hashlib.algorithms_available)
MOST_BYTES = 100_000_000  # of a manifest


@dataclass(frozen=True, slots=True)
class MadeFile:
    """A file that was made: what it is, and for whom."""

    name: str
    recipient: str = ""
    number: str = ""
    pages: int = 0


@dataclass(frozen=True, slots=True)
class Subject:
    """The document the files are made from."""

    number: str
    title: str
    pages: int
    sha256: str


def write_manifest(folder: Path, subject: Subject, made: Sequence[MadeFile]) -> None:
    """Write manifest.json for the files *made* in *folder*, and their sums for other tools."""
    files = []
    for each in made:
        path = folder / each.name
        sums = {algorithm: digest_of(path, algorithm) for algorithm in ALGORITHMS}
        files.append({**asdict(each), "bytes": path.stat().st_size, **sums})
    kept = {"version": VERSION, "document": asdict(subject), "files": files}
    content = (json.dumps(kept, ensure_ascii=False, indent=1) + "\n").encode()
    write_whole(folder / NAME, content)
    for algorithm in ALGORITHMS:
        lines = [f"{file[algorithm]}  {file['name']}\n" for file in files]
        lines.append(f"{hashlib.new(algorithm, content).hexdigest()}  {NAME}\n")
        write_whole(folder / SUMS[algorithm], "".join(lines).encode())


def made_before(folder: Path) -> tuple[str, ...]:
    """The names of files that an earlier manifest of *folder* lists; none where it is no good."""
    try:
        return tuple(name for name, _ in _listed(folder))
    except ReadingFault:
        return ()


def verify(folder: Path) -> tuple[Finding, ...]:
    """What is missing, changed or extra in *folder*; nothing where all is as it was made."""
    listed = list(_listed(folder))
    findings: list[Finding] = []
    for name, sums in listed:
        path = folder / name
        if not path.is_file():
            findings.append(Finding(Place(path), "缺少这个文件", "请向分发的人补要"))
            continue
        for algorithm, wanted in sums.items():
            if digest_of(path, algorithm) != wanted:
                message = f"内容与分发时不同（{algorithm.upper()} 不符）"
                findings.append(Finding(Place(path), message, "请向分发的人重要一份"))
                break
    known = {name for name, _ in listed} | {NAME, *SUMS.values()}
    findings += _sums_differ(folder, dict(listed))
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if not path.is_dir() and name not in known:
            findings.append(Finding(Place(path), "清单里没有这个文件", "不是分发时的文件，请移走"))
    return tuple(findings)


def _sums_differ(folder: Path, listed: Mapping[str, Mapping[str, str]]) -> Iterator[Finding]:
    """Where the files of sums and the manifest say different things."""
    for algorithm, sums_name in SUMS.items():
        path = folder / sums_name
        if not path.is_file():
            if algorithm == "sha256":
                yield Finding(Place(path), "缺少这个文件", "请向分发的人补要")
            continue
        if algorithm not in ALGORITHMS:
            continue
        wanted = {name: sums[algorithm] for name, sums in listed.items() if algorithm in sums}
        wanted[NAME] = digest_of(folder / NAME, algorithm)
        lines = path.read_bytes().decode(errors="replace").splitlines()
        found = {name: value for value, _, name in (line.partition("  ") for line in lines)}
        if found != wanted:
            yield Finding(Place(path), f"与 {NAME} 对不上", "两者之一被改动过，请向分发的人重要")


def _listed(folder: Path) -> Iterator[tuple[str, Mapping[str, str]]]:
    """Each file of the manifest with its sums; a ReadingFault where it is missing or no good."""
    path = folder / NAME
    try:
        if path.stat().st_size > MOST_BYTES:
            raise ValueError("too large")
        kept = json.loads(path.read_bytes())
        if kept["version"] != VERSION:
            raise ValueError("another version")
        for file in kept["files"]:
            name = str(file["name"])
            if _leads_out(name):
                raise ValueError(name)
            yield name, {one: str(file[one]) for one in ALGORITHMS if one in file}
    except OSError as error:
        gone = isinstance(error, FileNotFoundError | NotADirectoryError)
        message = "没有清单" if gone else f"读不了清单：{system_reason(error)}"
        raise unreadable(path, message, "请写分发时的文件夹，里面有 manifest.json") from error
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise unreadable(path, "清单已损坏", "请向分发的人重要一份") from error


def _leads_out(name: str) -> bool:
    path = PurePosixPath(name)
    return not name or path.is_absolute() or ".." in path.parts or "\\" in name or "\0" in name


def remove(folder: Path, names: Iterable[str]) -> None:
    """Take files of *names* out of *folder*; what is gone already is fine.

    What a link leads to outside it is not ours, whatever the manifest says.
    """
    whole = folder.resolve()
    for name in names:
        path = folder / name
        if path.parent.resolve().is_relative_to(whole):
            path.unlink(missing_ok=True)
