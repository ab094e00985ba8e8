"""fonts/ holds what faces.toml says, sets each promised character as itself, and may be shipped."""

from __future__ import annotations

import importlib.util
import re
import sys
import tomllib
import unicodedata
from collections import Counter, defaultdict
from functools import cache
from io import BytesIO
from pathlib import Path
from types import ModuleType

import pdfplumber
import pytest
from fontTools.pens.boundsPen import BoundsPen
from fontTools.ttLib import TTFont
from PIL import Image, ImageChops, ImageDraw, ImageFont, ImageStat

from yinfa import resources
from yinfa.composition import Role
from yinfa.faces import metrics, open_founts

FONTS = resources.fonts()
FOUNTS = open_founts()
TABLE = tomllib.loads((FONTS / "faces.toml").read_text("utf-8"))
FACES = {entry["file"]: entry for entry in TABLE["face"]}
JUDGED = {
    entry["file"]: entry
    for entry in tomllib.loads((FONTS / "judged.toml").read_text("utf-8"))["face"]
}
RARE = "堃喆镕昇珺玥翀旻晞赟㎡𫚭≒﹉㐂𠮷㸃㵲"  # none of them in GB 2312
# What the faces of Fandol drew as another character: what it drew is the second.
DRAWN_AS_ANOTHER = [
    "鬱郁",
    "幹干",
    "醜丑",
    "餘余",
    "準准",
    "衹只",
    "捨舍",
    "鬆松",
    "癥症",
    "鹼碱",
    "臟髒",
    "滷卤",
    "壘纍",
    "騁秤",
    "稱懲",
    "懲誠",
    "誠騁",
    "￥$",
    "～~",
]
# Unicode has them twice, and type designers draw them once.
DRAWN_ALIKE = set(
    map(
        frozenset,
        [
            "㖈䎛",
            "㘽㦳",
            "㫚曶",
            "㬵胶",
            "㬺幐",
            "㬻䐠",
            "㮣槩",
            "㶷𤈎",
            "墫壿",
            "瑨𤨁",
            "郞郎",
            "﨣𧺯",
            "𠦄卉",
            "𣏌杞",
            "𧃰䕫",
            "𩿎𩿗",
        ],
    )
)


@cache
def build_faces() -> ModuleType:
    sys.path.insert(0, str(FONTS))
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
    name = "FandolFang-Regular.otf"

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
    fount = FOUNTS[role]
    promised = {chr(code) for code in build_faces().promised()}
    assert len(promised) == 22_162  # 21,886 of GBK and 276 more of 通用规范汉字表
    assert {char for char in promised if fount.face(char) is None} == set()


@pytest.mark.parametrize("role", Role)
def test_every_role_sets_every_han_character_of_noto_serif(role: Role) -> None:
    fount = FOUNTS[role]
    han = {char for file in FACES for char in characters(file) if build_faces().is_han(ord(char))}
    assert len(han) == 30_226  # of Noto Serif CJK SC
    assert {char for char in han if fount.face(char) is None} == set()


@pytest.mark.parametrize("role", Role)
def test_only_the_rarest_characters_are_set_by_a_serif_that_roles_share(role: Role) -> None:
    fount = FOUNTS[role]
    rare = {char for char in characters("YinfaSerif-Rare.otf") if char != " "}
    assert rare.isdisjoint(map(chr, build_faces().promised()))
    for char in rare:
        face = fount.face(char)
        assert face is not None
        if face.path.name == "YinfaSerif-Rare.otf":
            assert face in fount.supplements  # so a build tells of it


# --- each glyph is its character


def characters(file: str) -> set[str]:
    return set(map(chr, codes(file)))


@cache
def codes(file: str) -> dict[int, str]:
    with TTFont(FONTS / file, lazy=True) as font:
        return dict(font.getBestCmap())


@cache
def type_of(file: str, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(FONTS / file, size)


def picture(role: Role, char: str, size: int = 100) -> Image.Image:
    """*char* as the role's fount sets it, in white on a square of two em."""
    face = FOUNTS[role].face(char)
    assert face is not None
    image = Image.new("L", (2 * size, 2 * size))
    place = (size // 2, size * 3 // 2)
    ImageDraw.Draw(image).text(place, char, 255, type_of(face.path.name, size), anchor="ls")
    return image


def outlines(file: str) -> dict[bytes, list[str]]:
    """The Han characters of a face by the bytes that draw them."""
    found: dict[bytes, list[str]] = defaultdict(list)
    with TTFont(FONTS / file, lazy=True) as font:
        names = {code: name for code, name in codes(file).items() if build_faces().is_han(code)}
        if "CFF " in font:
            strings = font["CFF "].cff[0].CharStrings
            for code, name in names.items():
                index = strings.charStringsIndex[strings.charStrings[name]]
                found[index.bytecode].append(chr(code))
        else:
            places, drawn = font["loca"], font.reader["glyf"]
            for code, name in names.items():
                glyph = font.getGlyphID(name)
                found[drawn[places[glyph] : places[glyph + 1]]].append(chr(code))
    return found


@pytest.mark.parametrize("file", FACES)
def test_no_two_characters_are_drawn_by_one_outline_and_none_is_blank(file: str) -> None:
    found = outlines(file)
    assert all(len(outline) > 6 for outline in found)  # a blank one has a width and an end
    same = {frozenset(unicodedata.normalize("NFKC", char) for char in c) for c in found.values()}
    assert {chars for chars in same if len(chars) > 1} <= DRAWN_ALIKE


@pytest.mark.parametrize("role", Role)
def test_no_character_is_drawn_as_the_one_it_was_taken_for(role: Role) -> None:
    for char, other in map(tuple, DRAWN_AS_ANOTHER):
        ours, theirs = picture(role, char), picture(role, other)
        assert ImageStat.Stat(ImageChops.difference(ours, theirs)).sum[0] > 0.2 * (
            ImageStat.Stat(ours).sum[0] + ImageStat.Stat(theirs).sum[0]
        ), f"{char} looks like {other}"


def test_every_face_was_judged_glyph_by_glyph_as_it_is_here() -> None:
    with_han = {file for file in FACES if any(map(build_faces().is_han, codes(file)))}
    assert set(JUDGED) == with_han
    for file, entry in JUDGED.items():
        assert entry["sha256"] == FACES[file]["sha256"], f"judge {file}: tools/judge_glyphs.py"
        assert characters(file).isdisjoint(entry.get("wrong", ""))
        assert ("against" in entry) != (entry.get("by") in JUDGED)
        assert all(group["reason"] and group["chars"] for group in entry.get("right", ()))


# --- weight and place


def test_digits_and_han_of_a_role_are_of_one_weight() -> None:
    """Ink per em of the digits within a tenth of that of the Han, as often as a text has each."""
    source = Path(__file__).parents[1] / "source" / "附件2.yaml"
    text = Counter(re.findall("[\u4e00-\u9fff]", source.read_text("utf-8")))
    for role, fount in FOUNTS.items():
        han = sum(count * _ink_per_em(role, char) for char, count in text.items()) / text.total()
        digits = sum(_ink_per_em(role, digit) for digit in "0123456789") / 10
        assert 0.9 * han < digits < 1.1 * han, role
        assert all(abs(fount.advance(digit) - 0.5) <= 0.02 for digit in "0123456789"), role


def _ink_per_em(role: Role, char: str, size: int = 60) -> float:
    ink = ImageStat.Stat(picture(role, char, size)).sum[0] / 255
    return ink / (size * size * FOUNTS[role].advance(char))


@pytest.mark.parametrize("file", FACES)
def test_the_ink_of_every_face_stands_at_one_height(file: str) -> None:
    """Its middle 0.3 em above the baseline, within 0.06 mm at the size of text."""
    han = [code for code in codes(file) if build_faces().is_han(code)][::29]
    if not han:
        return  # signs stand as they were moved with the Han of their original
    with TTFont(FONTS / file, lazy=True) as font:
        glyphs, units = font.getGlyphSet(), font["head"].unitsPerEm
        middles = []
        for code in han:
            pen = BoundsPen(glyphs)
            glyphs[codes(file)[code]].draw(pen)
            middles.append((pen.bounds[1] + pen.bounds[3]) / 2 / units)
    assert abs(sum(middles) / len(middles) - 0.304) < 0.01


@pytest.mark.parametrize("role", Role)
def test_figures_boxes_and_ticks_are_there_in_each_role(role: Role) -> None:
    fount = FOUNTS[role]
    for char in "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎✓☐☑☒□":
        face = fount.face(char)
        assert face is not None, char
        assert face not in fount.supplements, char
    assert fount.advance("⁻") == fount.advance("⁵") == 0.3  # 0.6 of half an em
    _, lower = fount.ink_height("⁻")
    low_upper, _ = fount.ink_height("₋")
    assert lower < low_upper  # raised above what is lowered
    assert picture(role, "☐").getbbox() == picture(role, "□").getbbox()
    assert picture(role, "☑").getbbox() == picture(role, "□").getbbox()


# --- what may be shipped, and as what


@pytest.mark.parametrize("file", FACES)
def test_kept_metrics_are_what_fonttools_reads(file: str) -> None:
    kept = (FONTS / FACES[file]["metrics"]).read_text("utf-8")
    read = metrics.read(BytesIO((FONTS / file).read_bytes()))
    assert read.dumps() == kept
    assert metrics.Metrics.loads(kept) == read


def test_metrics_agree_with_the_font_on_single_characters() -> None:
    kai = FOUNTS[Role.KAITI].faces[0].metrics
    with TTFont(FONTS / "YinfaKaiti-Regular.ttf", lazy=True) as font:
        names, units = font.getBestCmap(), font["head"].unitsPerEm
        for char in "国， —":
            assert kai.covers(char)
            assert kai.advance(char) == font["hmtx"][names[ord(char)]][0] / units
    assert not kai.covers("堃")
    assert (kai.ascent_em, kai.descent_em) == (0.8799, 0.1201)  # 901 and 123 of 1024


@pytest.mark.parametrize("entry", TABLE["face"], ids=lambda entry: entry["file"])
def test_a_cut_face_bears_its_own_name_and_keeps_its_copyright(entry: dict[str, str]) -> None:
    with TTFont(FONTS / entry["file"], lazy=True) as font:
        names = {record.nameID: record.toUnicode() for record in font["name"].names}
        titles = [names[number] for number in (1, 3, 4, 6)]
        if "CFF " in font:
            compact = font["CFF "].cff
            titles += [*compact.fontNames, compact[0].FullName, compact[0].FamilyName]
    assert titles[0] == entry["family"]
    for reserved in ("LXGW", "霞鹜", "Noto", "Source", "AR PL"):
        assert not any(reserved in title for title in titles)
    assert re.search(r"Copyright|©", names[0])
    assert "Cut, moved and renamed" in names[10]  # as the licences of Fandol and Arphic ask


def test_no_family_is_the_name_within_another_file() -> None:
    names = {}
    for file in FACES:
        with TTFont(FONTS / file, lazy=True) as font:
            inner = {font["name"].getDebugName(number) for number in (1, 4, 16)} - {None}
            names[file] = {name.replace(" ", "").casefold() for name in inner}
    for file, entry in FACES.items():
        family = entry["family"].replace(" ", "").casefold()
        assert not any(family in names[other] for other in FACES if other != file)


@pytest.mark.parametrize("role", Role)
def test_a_face_does_not_repeat_what_the_roles_faces_before_it_have(role: Role) -> None:
    fount = FOUNTS[role]
    before: set[str] = {" "}  # in every face: a renderer takes one from the first it meets
    shared = [face for each in FOUNTS.values() for face in each.faces]
    for face in fount.faces:
        mine = characters(face.path.name)
        if shared.count(face) == 1:
            assert before.isdisjoint(mine - {" "}), face.family
        before |= mine


def test_every_face_has_its_licence_and_may_be_embedded() -> None:
    for entry in TABLE["face"]:
        assert (FONTS / entry["licence"]).is_file()
        assert metrics.Metrics.loads((FONTS / entry["metrics"]).read_bytes()).refusal == ""


def test_origins_name_a_package_with_its_checksum() -> None:
    packages = {entry["name"]: entry for entry in TABLE["package"]}
    named = {entry["package"] for entry in TABLE["face"]}
    assert named == set(packages)
    assert all(len(entry["sha256"]) == 64 for entry in packages.values())  # 256 bits in hex


def test_rare_characters_are_set_and_read_back_in_each_role(tmp_path: Path) -> None:
    from weasyprint import HTML

    founts = FOUNTS
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
