"""A PDF built again from what travels in it: the same bytes, or what is not the same."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from yinfa.archive import record
from yinfa.archive.carried import take_out, unpack
from yinfa.archive.seals import put_back, without_seals
from yinfa.bundling.binding import make_bundle
from yinfa.bundling.bundle import read_bundle
from yinfa.faces.own import find_own_faces
from yinfa.load import load
from yinfa.reading import Sheet, read
from yinfa.recipe import make
from yinfa.validate import is_bundle, validate


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """A PDF and what its source gives today."""

    content: bytes
    same: bool
    differences: tuple[str, ...]  # of versions, faces and layouts, in words
    added: int = 0  # bytes of the PDF that follow the same content, as a signature does
    missing: tuple[str, ...] = ()  # seals that nobody gave: all but them was compared


def rebuild(path: Path, source_folder: Path, seals: Iterable[Path] = ()) -> Rebuilt:
    """Build *path* again from the files in it, and from *seals*, which do not travel.

    Without them all else is compared. The office's own faces do not travel either: their table is
    looked for beside the PDF, then in *source_folder*.
    """
    original = path.read_bytes() if path.is_file() else b""
    files = take_out(path)
    then = record.loads(next((f.content for f in files if f.name == record.NAME), b""))
    stamped, missing = put_back(then, seals)
    faces = find_own_faces(path.parent, source_folder)
    with tempfile.TemporaryDirectory() as folder:
        source_path, *_ = unpack((*files, *stamped), Path(folder))
        source = load(source_path)
        if is_bundle(source):
            made = make_bundle(read_bundle(source_path), faces.parent if faces else None)
        else:
            made = make(validate(source), faces.parent if faces else Path(folder))
        found = record.differences(without_seals(then), made.record)
        if missing:
            again = Path(folder) / "again.pdf"
            again.write_bytes(made.content)
            same = _same_but_seals(path, again)
            return Rebuilt(made.content, same, found, missing=missing)
    added = len(original) - len(made.content) if original.startswith(made.content) else 0
    return Rebuilt(made.content, made.content == original, found, added)


def _same_but_seals(original: Path, again: Path) -> bool:
    """Whether two PDFs show the same but for seals, and carry the same files but for the record."""
    one, other = read(original), read(again)
    shown = [[_shown(sheet) for sheet in reading.sheets] for reading in (one, other)]
    carried = [
        [file for file in take_out(path) if file.name != record.NAME] for path in (original, again)
    ]
    drawn = all(
        not Counter(after.strokes) - Counter(before.strokes)
        for before, after in zip(one.sheets, other.sheets, strict=False)
    )
    return shown[0] == shown[1] and carried[0] == carried[1] and drawn


def _shown(sheet: Sheet) -> tuple[object, ...]:
    """The words of a page with their places and looks; a seal has none."""
    return sheet.width_mm, sheet.height_mm, sheet.label, sheet.lines, sheet.turned_lines
