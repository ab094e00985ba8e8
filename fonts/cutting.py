"""Cuts one face: the characters wanted, set where its line wants them, under a name of its own."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Set
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

import uharfbuzz
from fontTools.misc.psCharStrings import encodeFixed, encodeIntT2
from fontTools.ttLib import TTFont

UHARFBUZZ = "0.57.0"
THOUSAND = 1000
USUAL_WIDTH = 1000  # of a glyph whose program does not say another
ASCENT, DESCENT = 880, 120  # thousandths; one line box for all faces, whatever their makers wrote
CHANGED = "Cut, moved and renamed for yinfa, November 2026, by fonts/build_faces.py of its sources"
VMOVETO, ENDCHAR, RMOVETO, HMOVETO = 4, 14, 21, 22  # operators of Type 2 charstrings
SHORT, FIRST_OPERAND = 28, 32  # what an operand may begin with
FIXED = 1 << 16  # an operand of four bytes counts these parts of a unit
REGULAR = 1 << 6  # OS/2 fsSelection
USE_TYPO_METRICS = 1 << 7
UNNEEDED_TABLES = ("GSUB", "GPOS", "GDEF", "BASE", "VORG", "vhea", "vmtx")  # layout, vertical


@dataclass(frozen=True, slots=True)
class Original:
    """A font as its package has it, or one of a collection."""

    path: Path
    index: int = 0

    def opened(self) -> Any:
        return TTFont(self.path, fontNumber=self.index, lazy=True)

    def coverage(self) -> set[int]:
        with self.opened() as font:
            return set(font.getBestCmap())


def subset(original: Original, codes: Set[int]) -> Any:
    """The font with *codes* only, without hints, layout features and subroutines."""
    if uharfbuzz.__version__ != UHARFBUZZ:
        sys.exit(f"uharfbuzz {UHARFBUZZ} is needed, here is {uharfbuzz.__version__}")
    wanted = uharfbuzz.SubsetInput()
    wanted.unicode_set.set(codes)
    wanted.layout_feature_tag_set.clear()
    wanted.drop_table_tag_set.update(int.from_bytes(tag.encode()) for tag in UNNEEDED_TABLES)
    flags = uharfbuzz.SubsetFlags
    wanted.flags = flags.NO_HINTING | flags.NOTDEF_OUTLINE | flags.DESUBROUTINIZE
    blob = uharfbuzz.Blob.from_file_path(str(original.path))
    content = uharfbuzz.subset(uharfbuzz.Face(blob, original.index), wanted).blob.data
    return TTFont(BytesIO(content), recalcTimestamp=False, recalcBBoxes=False)


def lower(font: Any, thousandths: int) -> None:
    """Every glyph of *font* moved down."""
    by = round(thousandths * font["head"].unitsPerEm / THOUSAND)
    if "CFF " in font:
        _lower_strings(font, by)
    elif by:
        _lower_contours(font["glyf"], by)


def _lower_strings(font: Any, by: int) -> None:
    """Only the first move of a glyph is absolute; without hints it is its first operator.

    The originals have private dictionaries by script, which say what a glyph's width counts from.
    One is enough, and some readers do not find the right one of several.
    """
    compact = font["CFF "].cff[0]
    del compact.FDArray.items[1:]
    private = compact.FDArray[0].Private
    private.nominalWidthX, private.defaultWidthX = 0, USUAL_WIDTH
    compact.FDSelect.gidArray = [0] * len(compact.FDSelect.gidArray)
    compact.FDSelect.format = 3
    index = compact.CharStrings.charStringsIndex
    for number, name in enumerate(font.getGlyphOrder()):
        width, _ = font["hmtx"][name]
        string = index[number]
        string.private = private
        string.bytecode = _moved(string.bytecode, by, width)


def _moved(code: bytes, by: int, width: int) -> bytes:
    """A glyph's program, its outline moved down and its width written out unless it is usual."""
    *starts, operator = _tokens(code)
    start = b"" if width == USUAL_WIDTH else encodeIntT2(width)
    kind, rest = code[operator], code[operator + 1 :]
    moves = [_operand(code, at)[0] for at in starts[-2:]]
    across, down = 0.0, 0.0
    if kind == RMOVETO:
        across, down = moves
    elif kind == HMOVETO:
        across = moves[-1]
    elif kind == VMOVETO:
        down = moves[-1]
    elif kind == ENDCHAR:
        return start + code[operator:]
    else:
        raise ValueError(f"a glyph begins with operator {kind}")
    return start + _encoded(across) + _encoded(down - by) + bytes([RMOVETO]) + rest


def _tokens(code: bytes) -> Iterator[int]:
    """Where the operands before the first operator of a glyph begin, and the operator."""
    at = 0
    while code[at] == SHORT or code[at] >= FIRST_OPERAND:
        yield at
        _, at = _operand(code, at)
    yield at


def _operand(code: bytes, at: int) -> tuple[float, int]:
    """A number of a glyph's program, and where what follows begins."""
    first = code[at]
    if first == SHORT:
        return int.from_bytes(code[at + 1 : at + 3], "big", signed=True), at + 3
    if first < 247:
        return first - 139, at + 1
    if first < 251:
        return (first - 247) * 256 + code[at + 1] + 108, at + 2
    if first < 255:
        return -(first - 251) * 256 - code[at + 1] - 108, at + 2
    return int.from_bytes(code[at + 1 : at + 5], "big", signed=True) / FIXED, at + 5


def _encoded(number: float) -> bytes:
    return bytes(encodeIntT2(int(number)) if number == int(number) else encodeFixed(number))


def _lower_contours(glyphs: Any, by: int) -> None:
    """Parts of a composite glyph move as glyphs of their own, so a composite's offsets stay."""
    for name in glyphs.keys():  # noqa: SIM118
        glyph = glyphs[name]
        if glyph.isComposite():
            if any(hasattr(part, "transform") for part in glyph.components):
                raise ValueError(f"glyph {name} has a part drawn larger or smaller")
        elif glyph.numberOfContours:
            glyph.coordinates.translate((0, -by))
        if glyph.numberOfContours:
            glyph.yMin -= by
            glyph.yMax -= by


def named(font: Any, family: str) -> bytes:
    """The font file under *family*; copyright, licence and version stay, the maker's names go."""
    post_script = family.replace(" ", "") + "-Regular"
    font["name"].names = [record for record in font["name"].names if record.nameID in (0, 5, 13)]
    names = {1: family, 2: "Regular", 3: post_script, 4: family, 6: post_script, 10: CHANGED}
    for name_id, text in names.items():
        font["name"].setName(text, name_id, 3, 1, 0x409)
    if "CFF " in font:
        compact = font["CFF "].cff
        compact.fontNames = [post_script]
        compact[0].FullName = compact[0].FamilyName = family
    _set_extents(font)
    font["OS/2"].usWeightClass = 400  # a role asks for its face by name, never by weight
    font["OS/2"].fsSelection = font["OS/2"].fsSelection & USE_TYPO_METRICS | REGULAR
    font["head"].macStyle = 0
    saved = BytesIO()
    font.save(saved, reorderTables=False)
    return saved.getvalue()


def _set_extents(font: Any) -> None:
    units = font["head"].unitsPerEm
    ascent, descent = round(ASCENT * units / THOUSAND), round(DESCENT * units / THOUSAND)
    font["hhea"].ascent, font["hhea"].descent, font["hhea"].lineGap = ascent, -descent, 0
    table = font["OS/2"]
    table.sTypoAscender, table.sTypoDescender, table.sTypoLineGap = ascent, -descent, 0
    table.usWinAscent, table.usWinDescent = ascent, descent
