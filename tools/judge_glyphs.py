"""Whether every Han glyph that we ship is its character: it must look most like itself elsewhere.

python -m tools.judge_glyphs                 compares, and names what nobody has judged
python -m tools.judge_glyphs --sheets FOLDER draws all suspects there as well, to be looked at

Each glyph of a face is compared with all Han glyphs of another maker's or another style's face
(``against`` in fonts/judged.toml). One whose nearest is another character is a suspect: a person
looks at it, and enters it as right, with the reason, or as wrong; then build_faces.py leaves it
out. Takes some twenty minutes; the suite only holds the list to the checksums of the faces.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias, TypeVar
from unicodedata import normalize

import numpy as np
from fontTools.ttLib import TTFont
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

ROOT = Path(__file__).resolve().parent.parent
FONTS = ROOT / "fonts"
sys.path.insert(0, str(FONTS))

import build_faces  # noqa: E402

Floats: TypeAlias = NDArray[np.float32]
Item = TypeVar("Item")

DRAWN = 96  # pixels of an em
SIDE, MARGIN = 64, 4  # of the square that the ink of a glyph is stretched to
STRETCH = 0.5  # how much of the gap between its two sides is closed
DIRECTIONS, CELLS = 8, 8  # what is counted: edges by direction, in 8 by 8 cells that overlap
REACH = 9.0  # pixels from a cell's middle to where an edge no longer counts
RIDGE = 0.05  # keeps differences between two styles that are small by chance from counting much
BATCH = 1000


@dataclass(frozen=True, slots=True)
class Face:
    path: Path
    index: int
    codes: tuple[int, ...]

    def font(self, size: int) -> Any:
        return ImageFont.truetype(str(self.path), size, index=self.index)


@dataclass(frozen=True, slots=True)
class Suspect:
    """A character whose glyph looks more like another's than like its own, and by how much."""

    char: str
    nearest: str
    margin: float


def opened(path: Path, index: int = 0) -> Face:
    with TTFont(path, fontNumber=index, lazy=True) as font:
        return Face(path, index, tuple(sorted(filter(build_faces.is_han, font.getBestCmap()))))


# --- looking -----------------------------------------------------------------------------------


def features(face: Face) -> Floats:
    """A row for each character: how much edge of each direction lies in each cell of its square."""
    font = face.font(DRAWN)
    rows = [
        _edges(np.stack([_square(font, code) for code in codes]))
        for codes in _parts(face.codes, BATCH)
    ]
    return np.concatenate(rows)


def _square(font: Any, code: int) -> Floats:
    mask = font.getmask(chr(code), "L")
    width, height = mask.size
    square: Floats = np.zeros((SIDE, SIDE), np.float32)
    if width and height:
        ink = Image.frombytes("L", (width, height), bytes(mask))
        room = SIDE - 2 * MARGIN
        sides = [side * room / max(width, height) for side in (width, height)]
        across, down = (max(4, round(side + STRETCH * (room - side))) for side in sides)
        left, top = (SIDE - across) // 2, (SIDE - down) // 2
        pixels = np.asarray(ink.resize((across, down), Image.Resampling.BILINEAR))
        square[top : top + down, left : left + across] = pixels / 255
    return square


def _edges(squares: Floats) -> Floats:
    slope_y, slope_x = np.gradient(squares, axis=(1, 2))
    strength = np.hypot(slope_x, slope_y)
    turn = np.mod(np.arctan2(slope_y, slope_x) / (2 * np.pi), 1) * DIRECTIONS
    sector = np.floor(turn).astype(int) % DIRECTIONS
    beyond = turn - np.floor(turn)
    planes = np.stack(
        [
            np.where(sector == direction, strength * (1 - beyond), 0)
            + np.where((sector + 1) % DIRECTIONS == direction, strength * beyond, 0)
            for direction in range(DIRECTIONS)
        ],
        axis=1,
    ).astype(np.float32)
    middles = (np.arange(CELLS) + 0.5) * SIDE / CELLS - 0.5
    pull = np.clip(1 - np.abs(middles[:, None] - np.arange(SIDE)) / REACH, 0, None)
    pooled = np.sqrt(pull.astype(np.float32) @ planes @ pull.T.astype(np.float32))
    return _unit(pooled.reshape(len(squares), -1))


def _parts(items: Sequence[Item], count: int) -> Iterator[Sequence[Item]]:
    return (items[start : start + count] for start in range(0, len(items), count))


def _unit(rows: Floats) -> Floats:
    return np.asarray(rows / (np.linalg.norm(rows, axis=1, keepdims=True) + 1e-9), np.float32)


# --- judging -----------------------------------------------------------------------------------


def suspects(face: Face, other: Face, seen: Floats) -> tuple[list[Suspect], str]:
    """The suspects of *face*, the most striking first, and the characters *other* lacks.

    *seen* is what `features` makes of *other*. Where the two styles differ in all characters
    alike, the difference counts for little: it says nothing of a single one.
    """
    own = features(face)
    place = {code: row for row, code in enumerate(other.codes)}
    shared = [row for row, code in enumerate(face.codes) if code in place]
    own = own - own[shared].mean(axis=0)
    seen = seen - seen[[place[face.codes[row]] for row in shared]].mean(axis=0)
    apart = own[shared] - seen[[place[face.codes[row]] for row in shared]]
    spread = np.cov(apart, rowvar=False)
    values, vectors = np.linalg.eigh(spread)
    weights = vectors / np.sqrt(values + RIDGE * values.max())
    own, seen = (_unit((rows @ weights).astype(np.float32)) for rows in (own, seen))
    found = []
    for rows in _parts(shared, BATCH):
        likeness = own[list(rows)] @ seen.T
        for row, like in zip(rows, likeness, strict=True):
            char, nearest = chr(face.codes[row]), chr(other.codes[int(like.argmax())])
            if normalize("NFKC", nearest) != normalize("NFKC", char):  # else one character twice
                margin = float(like.max() - like[place[ord(char)]])
                found.append(Suspect(char, nearest, margin))
    absent = "".join(chr(code) for code in face.codes if code not in place)
    return sorted(found, key=lambda suspect: -suspect.margin), absent


def sheet(face: Face, other: Face, found: Sequence[Suspect]) -> Image.Image:
    """Each suspect in its face, in the other, and the nearest in the other."""
    size, columns = 36, 14
    pitch_x, pitch_y = 3 * size + 24, size + 18
    rows = -(-len(found) // columns)
    image = Image.new("L", (columns * pitch_x, rows * pitch_y), 255)
    draw = ImageDraw.Draw(image)
    label, ours, theirs = ImageFont.load_default(), face.font(size), other.font(size)
    for number, suspect in enumerate(found):
        x, y = number % columns * pitch_x, number // columns * pitch_y
        draw.text((x, y), f"{ord(suspect.char):04X} {suspect.margin:.2f}", 110, label)
        for step, (font, char) in enumerate(
            ((ours, suspect.char), (theirs, suspect.char), (theirs, suspect.nearest))
        ):
            draw.text((x + step * (size + 3), y + 12 + 0.85 * size), char, 0, font, anchor="ls")
    return image


def main(words: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sheets", type=Path, help="where to draw the suspects")
    parser.add_argument("--only", default="", help="a part of the names of the faces to judge")
    options = parser.parse_args(words)
    unknown = 0
    with tempfile.TemporaryDirectory() as folder:
        unpack(Path(folder))
        for entry, face, other, seen in _pairs(Path(folder), options.only):
            found, absent = suspects(face, other, seen)
            known = {char for group in entry.get("right", ()) for char in group["chars"]}
            news = [suspect for suspect in found if suspect.char not in known]
            unseen = "".join(sorted(set(absent) - known))
            unknown += len(news) + len(unseen)
            print(f"{entry['file']}: {len(face.codes)} glyphs, {len(found)} suspects")
            print("  not judged:", " ".join(f"{s.char}→{s.nearest}" for s in news))
            print(f"  not in the face compared with: {unseen}", flush=True)
            if options.sheets:
                options.sheets.mkdir(parents=True, exist_ok=True)
                for number, part in enumerate(_parts(found, 14 * 18)):
                    name = f"{Path(entry['file']).stem}-{number}.png"
                    sheet(face, other, part).save(options.sheets / name)
    return 1 if unknown else 0


def unpack(folder: Path) -> None:
    """The packages that faces.toml names, into *folder*."""
    for package in tomllib.loads((FONTS / "faces.toml").read_text("utf-8"))["package"]:
        subprocess.run(["dpkg-deb", "-x", build_faces.fetch(package), folder], check=True)


def _pairs(folder: Path, only: str) -> Iterator[tuple[dict[str, Any], Face, Face, Floats]]:
    """Each judged face with the one it is compared with; pairs with the same one in a row."""
    entries = tomllib.loads(build_faces.JUDGED.read_text("utf-8"))["face"]
    last: tuple[str, Face, Floats] | None = None
    chosen = [entry for entry in entries if only in entry["file"] and "against" in entry]
    for entry in sorted(chosen, key=lambda entry: str(entry["against"])):
        if last is None or last[0] != entry["against"]:
            other = opened(folder / entry["against"], entry.get("index", 0))
            last = entry["against"], other, features(other)
        yield entry, opened(FONTS / entry["file"]), last[1], last[2]


if __name__ == "__main__":
    sys.exit(main())
