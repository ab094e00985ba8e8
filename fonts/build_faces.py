"""Makes every file of fonts/ that faces.toml names, byte for byte, from the Debian packages.

    python fonts/build_faces.py            fetch the packages, cut, compare with the table
    python fonts/build_faces.py --verify   only compare the files that are here with the table

A face marked ``drawn`` is drawn by draw_boxes.py. One marked ``cut`` keeps just the characters its
roles still lack when they come to it: the chains in the table decide, nothing else does. Needs
``uharfbuzz`` in the version below, because another HarfBuzz may order the same glyphs differently.
"""

from __future__ import annotations

import hashlib
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

FONTS = Path(__file__).resolve().parent
ROOT = FONTS.parent
sys.path[:0] = [str(FONTS), str(ROOT)]

import draw_boxes  # noqa: E402

from yinfa.faces import metrics  # noqa: E402

PACKAGES = ROOT / "build" / "debs"  # kept between runs: 150 MB
STANDARD_LIST = ROOT / "tests" / "data" / "通用规范汉字表.txt"
UHARFBUZZ = "0.57.0"
REGULAR = 1 << 6  # OS/2 fsSelection
UNNEEDED_TABLES = ("GSUB", "GPOS", "GDEF", "BASE", "VORG", "vhea", "vmtx")  # layout, vertical

# Blocks of signs that office texts use beyond GBK; a face that has them gives them.
SIGNS = (
    (0x00A0, 0x0180),  # accented Latin, ² ³ ½
    (0x2010, 0x2028), (0x202F, 0x205F),  # dashes, quotes, ‰ ‱ and fixed spaces
    (0x2070, 0x2090), (0x20A0, 0x20C0),  # superscripts, currencies
    (0x2100, 0x2300),  # letterlike, fractions, arrows, mathematics
    (0x2460, 0x2600),  # enclosed numbers, boxes, squares
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
        originals: dict[str, Path] = {}
        for package in table["package"]:
            unpacked = Path(folder, package["name"])
            subprocess.run(["dpkg-deb", "-x", fetch(package), unpacked], check=True)
            originals |= {
                face["file"]: unpacked / face["origin"]
                for face in table["face"]
                if face.get("package") == package["name"]
            }
        lacking = characters_to_cut(table, originals)
        for face in table["face"]:
            content = made(face, originals, lacking)
            files[face["file"]] = content
            files[face["metrics"]] = metrics.read(BytesIO(content)).dumps().encode()
    wrong = list(differences(table, files.__getitem__))
    for name, content in {} if wrong else files.items():
        (FONTS / name).parent.mkdir(exist_ok=True)
        (FONTS / name).write_bytes(content)
    return wrong


def made(face: dict[str, Any], originals: dict[str, Path], lacking: dict[str, set[int]]) -> bytes:
    """The file of *face*: drawn, cut, or as its package has it."""
    name = face["file"]
    if "drawn" in face:
        return draw_boxes.drawn()
    if "cut" in face:
        return cut(face, originals[name], lacking[name])
    return originals[name].read_bytes()


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


def characters_to_cut(table: dict[str, Any], originals: dict[str, Path]) -> dict[str, set[int]]:
    """For each face, what its roles still lack when they come to it."""
    indices = {face["file"]: face.get("index", 0) for face in table["face"]}
    covered = {name: coverage(path, indices[name]) for name, path in originals.items()}
    lacking: dict[str, set[int]] = {name: set() for name in originals}
    for role, names in table["role"].items():
        wanted, asked = promised(), signs()
        for name in filter(originals.__contains__, names):
            lacking[name] |= (wanted | asked) & covered[name]
            wanted -= covered[name]
            asked -= covered[name]
        if wanted:
            sys.exit(f"{role}: no face has {''.join(map(chr, sorted(wanted)))}")
    return lacking


def promised() -> set[int]:
    """通用规范汉字表 and whatever the gbk codec decodes, control characters aside."""
    text = STANDARD_LIST.read_text("utf-8")
    codes = {ord(char) for line in text.splitlines() if line[:1] != "#" for char in line}
    pairs = (bytes([lead, trail]) for lead in range(0x81, 0xFF) for trail in range(0x40, 0xFF))
    for code in (*pairs, *(bytes([code]) for code in range(0x20, 0x7F))):
        codes |= set(map(ord, code.decode("gbk", "ignore")))
    return {code for code in codes if code > 0x7F or 0x20 <= code < 0x7F}


def signs() -> set[int]:
    return {code for start, end in SIGNS for code in range(start, end)}


def coverage(path: Path, index: int) -> set[int]:
    from fontTools.ttLib import TTFont

    with TTFont(path, fontNumber=index, lazy=True) as font:
        return set(font.getBestCmap())


def cut(face: dict[str, Any], path: Path, codes: set[int]) -> bytes:
    """The face with *codes* only, without hints and layout features, under its own name."""
    import uharfbuzz

    if uharfbuzz.__version__ != UHARFBUZZ:
        sys.exit(f"uharfbuzz {UHARFBUZZ} is needed, here is {uharfbuzz.__version__}")
    wanted = uharfbuzz.SubsetInput()
    wanted.unicode_set.set(codes)
    wanted.layout_feature_tag_set.clear()
    wanted.drop_table_tag_set.update(int.from_bytes(tag.encode()) for tag in UNNEEDED_TABLES)
    wanted.flags = uharfbuzz.SubsetFlags.NO_HINTING | uharfbuzz.SubsetFlags.NOTDEF_OUTLINE
    source = uharfbuzz.Face(uharfbuzz.Blob.from_file_path(str(path)), face.get("index", 0))
    return renamed(uharfbuzz.subset(source, wanted).blob.data, face["family"])


def renamed(content: bytes, family: str) -> bytes:
    """The font under *family*; copyright and version stay, the maker's names go."""
    from fontTools.ttLib import TTFont

    font = TTFont(BytesIO(content), recalcTimestamp=False, recalcBBoxes=False)
    post_script = family.replace(" ", "") + "-Regular"
    font["name"].names = [record for record in font["name"].names if record.nameID in (0, 5)]
    names = {1: family, 2: "Regular", 3: post_script, 4: family, 6: post_script}
    for name_id, text in names.items():
        font["name"].setName(text, name_id, 3, 1, 0x409)
    if "CFF " in font:
        compact = font["CFF "].cff
        compact.fontNames = [post_script]
        compact[0].FullName = compact[0].FamilyName = family
    font["OS/2"].usWeightClass = 400  # a role asks for its face by name, never by weight
    font["OS/2"].fsSelection = font["OS/2"].fsSelection & metrics.USE_TYPO_METRICS | REGULAR
    font["head"].macStyle = 0
    saved = BytesIO()
    font.save(saved, reorderTables=False)
    return saved.getvalue()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
