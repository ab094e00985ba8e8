"""Zip files of copies: the same bytes for the same files, their names readable everywhere."""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Mapping
from pathlib import Path

from yinfa.publish import writing_whole

SUFFIX = ".zip"
_DATE = (1980, 1, 1, 0, 0, 0)  # the first that a zip file knows
_MODE = 0o100644


def write_zip(path: Path, files: Mapping[str, Path]) -> None:
    """A zip file at *path* with *files*, each under its name there.

    PDFs are compressed already, so they are stored: what a zlib makes of them would vary.
    """
    with writing_whole(path) as target, zipfile.ZipFile(target, "w") as bundle:
        for name, source in sorted(files.items()):
            entry = zipfile.ZipInfo(name, _DATE)  # a name beyond ASCII is marked as UTF-8
            entry.create_system = 3  # Unix, so that the mode counts
            entry.external_attr = _MODE << 16
            entry.file_size = source.stat().st_size
            with source.open("rb") as content, bundle.open(entry, "w") as out:
                shutil.copyfileobj(content, out)
