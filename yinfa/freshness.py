"""What a PDF was built from, and whether all of that is still the same.

The index stands beside the products, in JSON. A file counts as unchanged when its size and times
are those of the index, or else when its content is.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from yinfa.files import FileStamp, KnownFile, digest_of, stamp_of
from yinfa.report import Tally

DISTRIBUTION = ".dist-info"
INDEX = ".yinfa.json"
VERSION = 3
BUNDLE = "bundle"  # as the program of a bundle, which is made anew each time


@dataclass(frozen=True, slots=True)
class ProductEntry:
    """One product: where it is, its pages, and every file it depended on."""

    product: str
    pages: int
    tally: Tally | None  # of the checker; None where it has not been asked
    program: str
    files: Mapping[str, tuple[FileStamp | None, str]] = field(default_factory=dict)  # None: absent


@dataclass
class ProductIndex:
    """The products of a folder; it remembers, because a build changes it entry by entry."""

    path: Path
    entries: dict[str, ProductEntry] = field(default_factory=dict)

    def fresh(self, source: Path, product: Path | None, program: str) -> ProductEntry | None:
        """The entry of *source* if its product stands and nothing it came from has changed."""
        entry = self.entries.get(_key(source))
        if entry is None or entry.program != program:
            return None
        if product is not None and Path(entry.product) != absolute(product):
            return None
        same = all(_unchanged(Path(name), *known) for name, known in entry.files.items())
        return entry if same else None

    def has(self, source: Path, suffix: str) -> bool:
        """Whether a file of this kind was made beside the product of *source*."""
        entry = self.entries.get(_key(source))
        return entry is not None and str(Path(entry.product).with_suffix(suffix)) in entry.files

    def note(
        self, source: Path, entry: ProductEntry, files: Iterable[Path], known: Iterable[KnownFile]
    ) -> None:
        """Remember *entry*, built from *source* and *files*; *known* is what was read of them."""
        read = {str(absolute(one.path)): (one.stamp, one.sha256) for one in known}
        wanted = {str(absolute(path)) for path in (source, Path(entry.product), *files)}
        stamps = {
            path: read.get(path) or _as_it_is(Path(path)) for path in sorted({*wanted, *read})
        }
        self.entries[_key(source)] = replace(
            entry, product=str(absolute(Path(entry.product))), files=stamps
        )

    def bundles(self) -> Iterator[tuple[Path, Path]]:
        """The bundles that still have a source, and their products that stand."""
        return self._standing(bundles=True)

    def documents(self) -> Iterator[tuple[Path, Path]]:
        """The documents that still have a source, and their products that stand."""
        return self._standing(bundles=False)

    def _standing(self, *, bundles: bool) -> Iterator[tuple[Path, Path]]:
        for source, entry in self.entries.items():
            if (entry.program == BUNDLE) is bundles:
                paths = Path(os.path.relpath(source)), Path(os.path.relpath(entry.product))
                if all(path.exists() for path in paths):
                    yield paths

    def dumps(self) -> bytes:
        """The index as it is kept."""
        rows = {
            key: [entry.product, entry.pages, entry.tally, entry.program, entry.files]
            for key, entry in sorted(self.entries.items())
        }
        return json.dumps({"version": VERSION, "entries": rows}, ensure_ascii=False).encode()


def read_index(folder: Path) -> ProductIndex:
    """The index of *folder*; an empty one when there is none or it cannot be read."""
    path = folder / INDEX
    try:
        kept = json.loads(path.read_bytes())
        if kept["version"] != VERSION:
            return ProductIndex(path)
        entries = {
            key: ProductEntry(product, pages, tally and Tally(*tally), program, _from_json(files))
            for key, (product, pages, tally, program, files) in kept["entries"].items()
        }
    except (OSError, ValueError, KeyError, TypeError):
        return ProductIndex(path)
    return ProductIndex(path, entries)


def _from_json(files: Mapping[str, tuple[Any, str]]) -> dict[str, tuple[FileStamp | None, str]]:
    return {name: (stamp and (*stamp,), digest) for name, (stamp, digest) in files.items()}


def program_digest(packages: Iterable[str]) -> str:
    """A digest of the program itself and of the *packages* it rests on.

    The names of what pip installed tell the versions, in a fiftieth of the time that asking
    importlib.metadata takes.
    """
    digest = hashlib.sha256()
    for package in packages:
        spec = find_spec(package)
        site = Path(spec.origin).parent.parent if spec and spec.origin else Path()
        kept = sorted(path.name for path in site.glob(f"*{DISTRIBUTION}"))
        digest.update("\n".join(kept).encode())
    for folder, folders, names in os.walk(Path(__file__).parent):
        folders[:] = sorted(set(folders) - {"__pycache__", "_resources"})
        for name in sorted(names):
            if name.endswith(".py"):
                status = os.stat(Path(folder, name))  # noqa: PTH116 - one call a file
                digest.update(f"{name} {status.st_size} {status.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def absolute(path: Path) -> Path:
    """*path* from the root."""
    return Path(os.path.abspath(path))  # noqa: PTH100 - a link stays the link it is


def _key(source: Path) -> str:
    return str(absolute(source))


def _stamp(path: Path) -> FileStamp | None:
    try:
        return stamp_of(path.stat())
    except OSError:
        return None


def _as_it_is(path: Path) -> tuple[FileStamp | None, str]:
    stamp = _stamp(path)
    return stamp, digest_of(path) if stamp else ""


def _unchanged(path: Path, stamp: FileStamp | None, digest: str) -> bool:
    now = _stamp(path)
    if now == stamp:
        return True
    same_size = now is not None and stamp is not None and now[0] == stamp[0]
    return same_size and digest_of(path) == digest
