"""Layouts and faces are found, what faces cover is known, and what is amiss is said plainly."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.ttLib import TTCollection, TTFont

from yinfa import resources
from yinfa.composition import Role
from yinfa.faces import (
    Fount,
    metrics,
    open_founts,
    survey_faces,
    uncovered_finding,
    verify_faces,
)
from yinfa.faces import own as own_faces
from yinfa.faces.face import _metrics as kept_metrics
from yinfa.report import FaceFault, Place

UNITS = 1000
FOUNTS = open_founts()


def face_file(
    path: Path, chars: str, digit: int = 500, permission: int = 0, ascent: int = 880
) -> Path:
    """A font of empty glyphs at *path*: a whole em wide, digits as given."""
    builder = FontBuilder(UNITS, isTTF=True)
    names = [f"u{ord(char):04X}" for char in chars]
    builder.setupGlyphOrder([".notdef", *names])
    builder.setupCharacterMap({ord(char): name for char, name in zip(chars, names, strict=True)})
    builder.setupGlyf({name: _empty() for name in [".notdef", *names]})
    widths = {n: (digit if c.isdigit() else UNITS, 0) for c, n in zip(chars, names, strict=True)}
    builder.setupHorizontalMetrics({".notdef": (UNITS, 0)} | widths)
    builder.setupHorizontalHeader(ascent=ascent, descent=-120)
    builder.setupNameTable({"familyName": path.stem, "styleName": "Regular"})
    builder.setupOS2(fsType=permission)
    builder.setupPost()
    builder.save(path)
    return path


def _empty() -> object:
    from fontTools.ttLib.tables._g_l_y_f import Glyph

    return Glyph()


def own(tmp_path: Path, line: str) -> dict[Role, Fount]:
    table = tmp_path / own_faces.NAME
    table.write_text(line, "utf-8")
    return open_founts(table, tmp_path / "kept")


def fault_of(tmp_path: Path, line: str) -> str:
    with pytest.raises(FaceFault) as caught:
        own(tmp_path, line)
    return str(caught.value)


# --- where things are


def test_a_checkout_keeps_layouts_and_faces_beside_the_package() -> None:
    root = Path(resources.__file__).parents[1]
    assert (resources.layouts(), resources.fonts()) == (root / "layouts", root / "fonts")


def test_a_wheel_keeps_them_within_the_package(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "yinfa" / "_resources" / "fonts").mkdir(parents=True)
    monkeypatch.setattr(resources, "__file__", str(tmp_path / "yinfa" / "resources.py"))
    assert resources.fonts() == tmp_path / "yinfa" / "_resources" / "fonts"


def test_opening_founts_imports_nothing_slow() -> None:
    code = (
        "import sys; from yinfa.faces import open_founts; from yinfa.composition import Role;"
        "open_founts()[Role.KAITI].advance('堃');"
        "print([n for n in ('fontTools', 'weasyprint', 'yaml', 'subprocess') if n in sys.modules])"
    )
    assert subprocess.check_output([sys.executable, "-c", code], text=True).strip() == "[]"


# --- what they cover


def test_a_character_is_set_by_the_first_face_that_has_it() -> None:
    names = {
        char: face.path.name for char in "国9堃㐂≒" if (face := FOUNTS[Role.FANGSONG].face(char))
    }
    assert names == {
        "国": "FandolFang-Regular.otf",
        "9": "YinfaSerif-Signs.otf",
        "堃": "YinfaSerif-Supplement.otf",
        "㐂": "YinfaSerif-Rare.otf",
        "≒": "YinfaKai-Supplement.ttf",
    }
    assert FOUNTS[Role.FANGSONG].face("\U0010fffd") is None


def test_widths_are_those_of_the_face_that_sets_the_character() -> None:
    kai = FOUNTS[Role.KAITI]
    assert [kai.advance(char) for char in "国，堃1"] == [1, 1, 1, 0.5]
    assert kai.advance("\U0010fffd") == 1  # a place is kept for what will be reported


def test_metrics_of_a_fallback_are_read_only_when_a_character_needs_it() -> None:
    kept_metrics.cache_clear()
    fount = open_founts()[Role.SONGTI]
    fount.advance("国")
    assert kept_metrics.cache_info().currsize == 1
    fount.advance("堃")  # not among the signs either
    assert kept_metrics.cache_info().currsize == 3


def test_ink_tells_a_mark_in_the_corner_from_one_in_the_middle() -> None:
    left, right = FOUNTS[Role.FANGSONG].ink("，")
    assert 0 < left < right < 0.5
    left, right = FOUNTS[Role.FANGSONG].ink("？")
    assert 0.4 < (left + right) / 2 < 0.6
    assert FOUNTS[Role.KAITI].ink("1") == (0, 0.5)  # not a mark: as wide as it sets


def test_a_survey_names_just_the_faces_that_a_text_needs() -> None:
    found = survey_faces({Role.FANGSONG: ["赵堃\n", "喆堃1"], Role.HEITI: ["一、"]}, FOUNTS)
    assert [face.path.name for face in found.used] == [
        "FandolFang-Regular.otf",
        "YinfaSerif-Supplement.otf",
        "YinfaSerif-Signs.otf",
        "YinfaHeiti-Regular.otf",
    ]
    assert [(fallback.role, fallback.chars) for fallback in found.fallbacks] == [
        (Role.FANGSONG, "堃喆")  # of the digit, drawn for the role, nothing is told
    ]
    assert found.uncovered == {}
    assert found.uneven == frozenset()


def test_what_an_own_face_lacks_is_told_and_where_it_makes_lines_uneven(tmp_path: Path) -> None:
    face_file(tmp_path / "a.ttf", "国", ascent=900)
    founts = own(tmp_path, '"黑体" = "a.ttf"')
    found = survey_faces({Role.HEITI: ["国1党"]}, founts)
    assert [str(fallback) for fallback in found.fallbacks] == [
        "黑体缺“1”，改用 Yinfa Heiti Signs",
        "黑体缺“党”，改用 Yinfa Heiti",
    ]
    assert found.uneven == frozenset("1党")


def test_a_character_that_no_face_has_is_named_with_code_point_and_place() -> None:
    char = "\U00030000"
    assert survey_faces({Role.KAITI: f"工{char}作{char}"}, FOUNTS).uncovered == {Role.KAITI: char}
    text = str(uncovered_finding(char, Role.KAITI, Place(Path("a.yaml"), 7, 3)))
    assert text.startswith(f"a.yaml:7:3: 没有字体能排楷体的“{char}”（U+30000）")


# --- what is amiss with the shipped faces


@pytest.fixture
def shipped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small fonts/ with one face in every role."""
    folder = tmp_path / "fonts"
    folder.mkdir()
    face = face_file(folder / "one.ttf", "国")
    (folder / "one.json").write_bytes(b"{}")
    roles = "".join(f'"{role}" = ["one.ttf"]\n' for role in Role)
    roles += "[supplement]\n"
    (folder / "faces.toml").write_text(
        f'[role]\n{roles}[[face]]\nfile = "one.ttf"\nfamily = "One"\nsha256 = "0"\n'
        f'bytes = {face.stat().st_size}\nmetrics = "one.json"\nmetrics_sha256 = "0"\n',
        "utf-8",
    )
    monkeypatch.setattr(resources, "fonts", lambda: folder)
    return folder


def test_a_missing_face_is_named_with_its_cure(shipped: Path) -> None:
    (shipped / "one.ttf").unlink()
    with pytest.raises(FaceFault, match=r"one\.ttf: 缺少字体文件\n.*make fonts"):
        open_founts()


def test_a_face_cut_short_is_damaged(shipped: Path) -> None:
    with (shipped / "one.ttf").open("r+b") as file:
        file.truncate(100)
    with pytest.raises(FaceFault, match=r"one\.ttf: 字体文件已损坏"):
        open_founts()


def test_a_changed_byte_is_found_before_the_face_is_used(shipped: Path) -> None:
    (face,) = open_founts()[Role.HEITI].faces
    with pytest.raises(FaceFault, match=r"one\.ttf: 字体文件已损坏（校验和不符）"):
        verify_faces([face])
    verify_faces(FOUNTS[Role.HEITI].faces[:1])


def test_a_damaged_width_table_is_a_fault(shipped: Path) -> None:
    with pytest.raises(FaceFault, match=r"one\.json: 字体的字宽表已损坏"):
        open_founts()[Role.HEITI].advance("国")


def test_a_broken_table_of_faces_is_a_fault(shipped: Path) -> None:
    (shipped / "faces.toml").write_text("[role", "utf-8")
    with pytest.raises(FaceFault, match=r"faces\.toml: 读不懂字体总表"):
        open_founts()


# --- an office's own faces


def test_an_own_face_comes_first_and_ours_set_what_it_lacks(tmp_path: Path) -> None:
    face_file(tmp_path / "Office Kai.ttf", "国1234567890", digit=510)
    founts = own(tmp_path, '楷体 = "Office Kai.ttf"')
    kai = founts[Role.KAITI]
    assert kai.families[0] == "Office Kai"
    first = kai.face("国")
    assert first is not None and first.own
    assert kai.face("党") == FOUNTS[Role.KAITI].faces[0]
    assert kai.advance("1") == 0.51
    assert founts[Role.HEITI] == FOUNTS[Role.HEITI]
    verify_faces([first])


def test_a_role_may_name_several_faces_and_english_words(tmp_path: Path) -> None:
    face_file(tmp_path / "a.ttf", "国")
    face_file(tmp_path / "b.ttf", "国堃")
    founts = own(tmp_path, 'fangsong = ["a.ttf", { file = "b.ttf" }]')
    assert founts[Role.FANGSONG].families[:3] == ("a", "b", "Fandol Fangsong")


def test_what_was_read_is_kept_for_the_next_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    face_file(tmp_path / "a.ttf", "国")
    own(tmp_path, '"黑体" = "a.ttf"')

    def refuse(*_: object) -> None:
        raise AssertionError("the font was read again")

    monkeypatch.setattr(metrics, "read", refuse)
    own(tmp_path, '"黑体" = "a.ttf"')


@pytest.mark.parametrize(
    ("permission", "words"),
    [(0x002, "禁止嵌入"), (0x100, "禁止只嵌入用到的字"), (0x200, "只许嵌入点阵")],
)
def test_a_forbidden_face_is_refused(tmp_path: Path, permission: int, words: str) -> None:
    face_file(tmp_path / "a.ttf", "国", permission=permission)
    assert words in fault_of(tmp_path, '小标宋 = "a.ttf"')


@pytest.mark.parametrize("permission", [0x000, 0x004, 0x008, 0x00A])
def test_a_face_that_may_be_embedded_for_reading_is_used(tmp_path: Path, permission: int) -> None:
    face_file(tmp_path / "a.ttf", "国", permission=permission)
    assert own(tmp_path, '小标宋 = "a.ttf"')[Role.XIAOBIAOSONG].families[0] == "a"


def test_a_face_is_taken_out_of_its_collection(tmp_path: Path) -> None:
    collection = TTCollection()
    for name, chars in (("a", "国"), ("b", "党")):
        collection.fonts.append(TTFont(face_file(tmp_path / f"{name}.ttf", chars)))
    collection.save(tmp_path / "two.ttc")
    fount = own(tmp_path, '宋体 = { 文件 = "two.ttc", 序号 = 1 }')[Role.SONGTI]
    assert (fount.faces[0].covers("党"), fount.faces[0].covers("国")) == (True, False)
    with TTFont(fount.faces[0].path) as taken:
        assert set(taken.getBestCmap()) == {ord("党")}
    verify_faces(fount.faces[:1])
    assert "序号为 5" in fault_of(tmp_path, '宋体 = { 文件 = "two.ttc", 序号 = 5 }')


def test_an_installed_family_is_found_by_its_name_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    face = face_file(tmp_path / "a.ttf", "国")
    fake = tmp_path / "fc-match"
    fake.write_text(f"#!/bin/sh\nprintf '{face}\\n0\\n方正小标宋简体,FZXiaoBiaoSong'\n", "utf-8")
    fake.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    fount = own(tmp_path, '小标宋 = "方正小标宋简体"')[Role.XIAOBIAOSONG]
    assert (fount.families[0], fount.faces[0].path) == ("方正小标宋简体", face)
    assert "本机没有装字体“仿宋_GB2312”" in fault_of(tmp_path, '仿宋 = "仿宋_GB2312"')


def test_without_fontconfig_a_file_must_be_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert "写字体文件的路径" in fault_of(tmp_path, '仿宋 = "仿宋_GB2312"')


def test_all_faults_of_a_table_are_told_at_once_with_their_lines(tmp_path: Path) -> None:
    (tmp_path / "bad.ttf").write_bytes(b"no font")
    told = fault_of(tmp_path, '楷书 = "a.ttf"\n仿宋 = "无.ttf"\n\n黑体 = 3\n"宋体" = "bad.ttf"\n')
    table = tmp_path / own_faces.NAME
    for line, words in (
        (1, "没有“楷书”这种字体"),
        (2, "读不到字体文件"),
        (4, "“黑体”没有写明字体"),
        (5, "不是完好的字体文件"),
    ):
        assert f"{table}:{line}: " in told
        assert words in told


def test_a_table_that_is_no_toml_is_a_fault_with_its_line(tmp_path: Path) -> None:
    assert f"{own_faces.NAME}:2: 本单位字体表写得不对" in fault_of(tmp_path, "\n楷体 = 方正楷体\n")


def test_the_table_is_looked_for_where_one_says_and_the_example_reads(tmp_path: Path) -> None:
    assert own_faces.find_own_faces(tmp_path) is None
    (tmp_path / own_faces.NAME).touch()
    assert own_faces.find_own_faces(tmp_path / "none", tmp_path) == tmp_path / own_faces.NAME
    example = (resources.fonts() / "本单位字体.example.toml").read_text("utf-8")
    told = fault_of(tmp_path, example.replace("# 黑体", "黑体").replace("# 宋体", "宋体"))
    assert "写得不对" not in told  # its faces may be absent here; its words are right
    assert "没有写明" not in told
