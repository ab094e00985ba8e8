"""fonts/ holds what faces.toml says, sets every character that is promised, and may be shipped."""

from __future__ import annotations

import importlib.util
import tomllib
from io import BytesIO
from pathlib import Path
from types import ModuleType

import pdfplumber
import pytest
from fontTools.ttLib import TTFont

from yinfa import resources
from yinfa.composition import Role
from yinfa.faces import metrics, open_founts

FONTS = resources.fonts()
TABLE = tomllib.loads((FONTS / "faces.toml").read_text("utf-8"))
FACES = {entry["file"]: entry for entry in TABLE["face"]}
CUT = [entry for entry in TABLE["face"] if "cut" in entry]
RARE = "堃喆镕昇珺玥翀旻晞赟㎡𫚭≒﹉"  # none of them in Fandol


def build_faces() -> ModuleType:
    spec = importlib.util.spec_from_file_location("build_faces", FONTS / "build_faces.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_files_and_metrics_are_those_of_the_table() -> None:
    script = build_faces()
    assert list(script.differences(TABLE, script.here)) == []


def test_a_changed_byte_is_a_difference() -> None:
    script = build_faces()
    name = "FandolHei-Regular.otf"

    def spoiled(file: str) -> bytes:
        content: bytes = script.here(file)
        return content[:-1] + b"!" if file == name else content

    assert next(script.differences(TABLE, spoiled)).startswith(f"{name}: ")


def test_the_folder_stays_under_60_mb() -> None:
    assert sum(path.stat().st_size for path in FONTS.rglob("*") if path.is_file()) < 60e6


def test_the_standard_list_has_its_8105_characters_in_order() -> None:
    text = (Path(__file__).parent / "data" / "通用规范汉字表.txt").read_text("utf-8")
    chars = "".join(line for line in text.splitlines() if not line.startswith("#"))
    assert len(chars) == len(set(chars)) == 8105
    # the first and the last of levels one (3500), two (3000) and three (1605)
    assert [chars[i] for i in (0, 3499, 3500, 6499, 6500, 8104)] == list("一矗乂齉亍蠼")


@pytest.mark.parametrize("role", Role)
def test_every_role_sets_the_standard_list_and_all_of_gbk(role: Role) -> None:
    fount = open_founts()[role]
    promised = {chr(code) for code in build_faces().promised()}
    assert len(promised) == 22_162  # 21,886 of GBK and 276 more of 通用规范汉字表
    assert {char for char in promised if fount.face(char) is None} == set()


@pytest.mark.parametrize("file", FACES)
def test_kept_metrics_are_what_fonttools_reads(file: str) -> None:
    kept = (FONTS / FACES[file]["metrics"]).read_text("utf-8")
    read = metrics.read(BytesIO((FONTS / file).read_bytes()))
    assert read.dumps() == kept
    assert metrics.Metrics.loads(kept) == read


def test_metrics_agree_with_the_font_on_single_characters() -> None:
    kai = open_founts()[Role.KAITI].faces[0].metrics
    with TTFont(FONTS / "FandolKai-Regular.otf", lazy=True) as font:
        names, units = font.getBestCmap(), font["head"].unitsPerEm
        for char in "国，1Aé—":
            assert kai.covers(char)
            assert kai.advance(char) == font["hmtx"][names[ord(char)]][0] / units
    assert not kai.covers("堃")
    assert kai.has_halt
    assert (kai.ascent_em, kai.descent_em) == (0.88, 0.12)


@pytest.mark.parametrize("entry", CUT, ids=lambda entry: entry["file"])
def test_a_cut_face_bears_its_own_name_and_keeps_its_copyright(entry: dict[str, str]) -> None:
    with TTFont(FONTS / entry["file"], lazy=True) as font:
        names = {record.nameID: record.toUnicode() for record in font["name"].names}
        titles = [names[number] for number in (1, 3, 4, 6)]
        if "CFF " in font:
            compact = font["CFF "].cff
            titles += [*compact.fontNames, compact[0].FullName, compact[0].FamilyName]
    assert titles[0] == entry["family"]
    for reserved in ("LXGW", "霞鹜", "Noto", "Source"):
        assert not any(reserved in title for title in titles)
    assert names[0].startswith(("Copyright", "©"))


def test_no_family_is_the_name_within_another_file() -> None:
    names = {}
    for file in FACES:
        with TTFont(FONTS / file, lazy=True) as font:
            inner = {font["name"].getDebugName(number) for number in (1, 4, 16)} - {None}
            names[file] = {name.replace(" ", "").casefold() for name in inner}
    for file, entry in FACES.items():
        family = entry["family"].replace(" ", "").casefold()
        assert not any(family in names[other] for other in FACES if other != file)


@pytest.mark.parametrize("entry", CUT, ids=lambda entry: entry["file"])
def test_a_cut_face_does_not_repeat_what_is_before_it(entry: dict[str, str]) -> None:
    read = metrics.Metrics.loads((FONTS / entry["metrics"]).read_text("utf-8"))
    assert not any(read.covers(char) for char in "国务院关于2009年，。")


def test_every_face_has_its_licence_and_may_be_embedded() -> None:
    for entry in TABLE["face"]:
        assert (FONTS / entry["licence"]).is_file()
        assert metrics.Metrics.loads((FONTS / entry["metrics"]).read_bytes()).refusal == ""


def test_origins_name_a_package_with_its_checksum() -> None:
    packages = {entry["name"]: entry for entry in TABLE["package"]}
    named = {entry["package"] for entry in TABLE["face"] if "drawn" not in entry}
    assert named == set(packages)
    assert all(len(entry["sha256"]) == 64 for entry in packages.values())  # 256 bits in hex


def test_rare_characters_are_set_and_read_back_in_each_role(tmp_path: Path) -> None:
    from weasyprint import HTML

    founts = open_founts()
    text = f"张{RARE}2009年"
    faces = {face for fount in founts.values() for face in fount.faces}
    # The renderer may have been loaded without a style sheet of its own: this one says all.
    style = "html, body, p { display: block } head, style { display: none } p { margin: 0 } "
    style += "".join(
        f"@font-face {{ font-family: '{face.family}'; src: url({face.path.as_uri()}) }}"
        for face in faces
    )
    lines = "".join(
        f'<p style="font: 16pt {",".join(map(repr, fount.families))}; line-height: 40pt">{text}</p>'
        for fount in founts.values()
    )
    pdf = tmp_path / "rare.pdf"
    HTML(string=f"<style>{style}</style>{lines}").write_pdf(pdf)
    with pdfplumber.open(pdf) as document:
        chars = document.pages[0].chars
    assert "".join(char["text"] for char in chars) == text * len(founts)
    for number, fount in enumerate(founts.values()):
        for char in chars[number * len(text) : (number + 1) * len(text)]:
            face = fount.face(char["text"])
            assert face is not None
            assert char["fontname"].partition("+")[2] == face.family.replace(" ", "-")
