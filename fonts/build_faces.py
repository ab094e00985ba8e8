"""Makes every file of fonts/ that faces.toml names, byte for byte, from the Debian packages.

    python fonts/build_faces.py            fetch the packages, cut, compare with the table
    python fonts/build_faces.py --verify   only compare the files that are here with the table

A face keeps just the characters that its roles still lack when they come to it, of the kind that it
is kept for (``keeps``) and without those that ``judged.toml`` found drawn as another: the chains in
the table decide, nothing else does.
"""

from __future__ import annotations

import hashlib
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterator
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

FONTS = Path(__file__).resolve().parent
ROOT = FONTS.parent
sys.path[:0] = [str(FONTS), str(ROOT)]

import drawing  # noqa: E402
from cutting import Original, lower, named, subset  # noqa: E402

from yinfa.faces import metrics  # noqa: E402

PACKAGES = ROOT / "build" / "debs"  # kept between runs: 250 MB
JUDGED = FONTS / "judged.toml"
STANDARD_LIST = ROOT / "tests" / "data" / "通用规范汉字表.txt"
HAN = ((0x3007, 0x3008), (0x3400, 0xA000), (0xF900, 0xFB00), (0x20000, 0x40000))
BLANK = 0x20  # in every face: a renderer takes one from the first even where a text has none
# Marks that belong to the Han of a face: they share its square and its brush; × stands for a Han.
MARKS = frozenset(
    map(ord, " \u00a0\u3000、。〃々·—…‘’“”〔〕〈〉《》「」『』〖〗【】！（），：；？×")
)

# Blocks of signs that office texts use beyond GBK; a face that has them gives them.
SIGNS = (
    (0x00A0, 0x0180),  # accented Latin, ² ³ ½
    (0x2010, 0x2028), (0x202F, 0x205F),  # dashes, quotes, ‰ ‱ and fixed spaces
    (0x20A0, 0x20C0),  # currencies
    (0x2100, 0x2300),  # letterlike, fractions, arrows, mathematics
    (0x2460, 0x2600),  # enclosed numbers, boxes, squares
    (0x2700, 0x27C0),  # ✓ ❶
    (0x2F00, 0x2FD6),  # radicals, which copied text has in place of Han
    (0x3000, 0x3040), (0x3200, 0x3400),  # brackets, ㊣ ㎡ ㏄
    (0xFE30, 0xFE50), (0xFF01, 0xFFE7),  # vertical and full-width forms
)  # fmt: skip


def main(words: list[str]) -> int:
    table = tomllib.loads((FONTS / "faces.toml").read_text("utf-8"))
    wrong = list(differences(table, here)) if words == ["--verify"] else build(table)
    for line in wrong:
        print(line, file=sys.stderr)
    if not wrong:
        total = sum(path.stat().st_size for path in FONTS.rglob("*") if path.is_file())
        print(f"fonts/: {len(table['face'])} faces agree with faces.toml, {total / 1e6:.1f} MB")
    return 1 if wrong else 0


def here(name: str) -> bytes:
    return (FONTS / name).read_bytes() if (FONTS / name).is_file() else b""


def build(table: dict[str, Any]) -> list[str]:
    """Writes the files, unless one of them is not what the table says: then its differences."""
    files: dict[str, bytes] = {}
    with tempfile.TemporaryDirectory() as folder:
        for package in table["package"]:
            subprocess.run(["dpkg-deb", "-x", fetch(package), folder], check=True)
        originals = {
            face["file"]: Original(Path(folder, face["origin"]), face.get("index", 0))
            for face in table["face"]
        }
        lacking = characters_to_cut(table, originals)
        for face in table["face"]:
            content = made(face, originals[face["file"]], lacking[face["file"]], Path(folder))
            files[face["file"]] = content
            files[face["metrics"]] = metrics.read(BytesIO(content)).dumps().encode()
    wrong = list(differences(table, files.__getitem__))
    for name, content in {} if wrong else files.items():
        (FONTS / name).parent.mkdir(exist_ok=True)
        (FONTS / name).write_bytes(content)
    return wrong


def made(face: dict[str, Any], original: Original, codes: set[int], folder: Path) -> bytes:
    """The file of *face*, with *codes* and what is drawn; the packages lie in *folder*."""
    drawn = face["keeps"] == "signs"
    font = subset(original, codes | {BLANK} | (drawing.spare_codes() if drawn else set()))
    lower(font, face["down"])
    if drawn:
        latin = dict(face["latin"])
        if "towards" in latin:
            latin["towards"] = Original(folder / latin["towards"], original.index)
        drawing.draw(font, drawing.Sketches(original, drawing.Latin(**latin)))
    return named(font, face["family"])


def differences(table: dict[str, Any], content_of: Any) -> Iterator[str]:
    for face in table["face"]:
        for name, wanted in (("file", "sha256"), ("metrics", "metrics_sha256")):
            content = content_of(face[name])
            found = hashlib.sha256(content).hexdigest()
            if found != face[wanted] or (name == "file" and len(content) != face["bytes"]):
                yield f"{face[name]}: faces.toml says {wanted} = {face[wanted]}"
                yield f"    it is {found}, {len(content)} bytes"


def fetch(package: dict[str, str]) -> Path:
    """The package file of this name, version and checksum, from the last run or the mirror."""
    name, version = package["name"], package["version"]
    PACKAGES.mkdir(parents=True, exist_ok=True)
    for attempt in ("kept", "fetched"):
        for path in PACKAGES.glob(f"{name}_*.deb"):
            if hashlib.sha256(path.read_bytes()).hexdigest() == package["sha256"]:
                return path
        if attempt == "kept":
            subprocess.run(["apt-get", "download", f"{name}={version}"], cwd=PACKAGES, check=True)
    sys.exit(f"{name} {version}: the package fetched has another SHA-256 than faces.toml says")


def characters_to_cut(table: dict[str, Any], originals: dict[str, Original]) -> dict[str, set[int]]:
    """For each face, what its roles still lack when they come to it, of what it is kept for."""
    covered = {name: original.coverage() for name, original in originals.items()}
    wrong = wrong_glyphs()
    kinds = {face["file"]: face["keeps"] for face in table["face"]}
    han = {code for code in covered[table["rarest"]] if is_han(code)}
    lacking: dict[str, set[int]] = {name: set() for name in originals}
    for role, names in table["role"].items():
        wanted = promised() | signs() | han
        for name in (*names, *table["supplement"][role]):
            kept = {code for code in wanted & covered[name] if keeps(kinds[name], code)}
            lacking[name] |= kept - wrong.get(name, set())
            wanted -= lacking[name]
        missing = wanted & (promised() | han)
        if missing:
            sys.exit(f"{role}: no face has {''.join(map(chr, sorted(missing)))}")
    return lacking


def keeps(kind: str, code: int) -> bool:
    """Whether a face that is kept for *kind* is asked for *code*."""
    if kind == "signs":
        return not is_han(code) and code not in MARKS
    if kind == "GB 2312 and Latin" and code < 0x7F:
        return True
    if kind.startswith("GB 2312"):
        return code in MARKS or (is_han(code) and code in gb_2312())
    if kind == "Han":
        return code in MARKS or is_han(code)
    return code in promised() or kind == "rare"


def wrong_glyphs() -> dict[str, set[int]]:
    """For each face, the characters that its original draws as another."""
    entries = tomllib.loads(JUDGED.read_text("utf-8"))["face"]
    return {entry["file"]: set(map(ord, entry.get("wrong", ()))) for entry in entries}


def is_han(code: int) -> bool:
    return any(start <= code < end for start, end in HAN)


@cache
def gb_2312() -> frozenset[int]:
    """The Han of GB 2312, and 〇, which it lacks and every one of our faces has."""
    pairs = (bytes([lead, trail]) for lead in range(0xB0, 0xF8) for trail in range(0xA1, 0xFF))
    return frozenset(ord(char) for pair in pairs for char in pair.decode("gb2312", "ignore")) | {
        ord("〇")
    }


@cache
def promised() -> frozenset[int]:
    """通用规范汉字表 and whatever the gbk codec decodes, control characters aside."""
    text = STANDARD_LIST.read_text("utf-8")
    codes = {ord(char) for line in text.splitlines() if line[:1] != "#" for char in line}
    pairs = (bytes([lead, trail]) for lead in range(0x81, 0xFF) for trail in range(0x40, 0xFF))
    for code in (*pairs, *(bytes([code]) for code in range(0x20, 0x7F))):
        codes |= set(map(ord, code.decode("gbk", "ignore")))
    return frozenset(code for code in codes if code > 0x7F or 0x20 <= code < 0x7F)


def signs() -> set[int]:
    return {code for start, end in SIGNS for code in range(start, end)}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
