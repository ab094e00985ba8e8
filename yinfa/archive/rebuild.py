"""A PDF built again from what travels in it: the same bytes, or what is not the same."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path

from yinfa.archive import record
from yinfa.archive.carried import take_out, unpack
from yinfa.bundling.binding import make_bundle
from yinfa.bundling.bundle import read_bundle
from yinfa.faces.own import find_own_faces
from yinfa.load import load
from yinfa.recipe import make
from yinfa.validate import is_bundle, validate


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """A PDF and what its source gives today."""

    content: bytes
    same: bool
    differences: tuple[str, ...]  # of versions, faces and layouts, in words
    added: int = 0  # bytes of the PDF that follow the same content, as a signature does


def rebuild(path: Path, source_folder: Path) -> Rebuilt:
    """Build *path* again from the files in it.

    The office's own faces do not travel: their table is looked for beside the PDF, then in
    *source_folder*.
    """
    original = path.read_bytes() if path.is_file() else b""
    files = take_out(path)
    then = next((file.content for file in files if file.name == record.NAME), b"")
    faces = find_own_faces(path.parent, source_folder)
    with tempfile.TemporaryDirectory() as folder:
        path, *_ = unpack(files, Path(folder))
        source = load(path)
        if is_bundle(source):
            made = make_bundle(read_bundle(path), faces.parent if faces else None)
        else:
            made = make(validate(source), faces.parent if faces else Path(folder))
    found = record.differences(record.loads(then), made.record)
    added = len(original) - len(made.content) if original.startswith(made.content) else 0
    return Rebuilt(made.content, made.content == original, found, added)
