"""What a face covers and how wide it sets: read from a font once, kept as a small JSON file.

The reader is fontTools, which takes longer to import than a document takes to break into lines,
so a build reads the kept file and never the font.
"""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any, BinaryIO, Self

VERSION = 1
USE_TYPO_METRICS = 1 << 7  # OS/2 fsSelection
RESTRICTED, NO_SUBSETTING, BITMAP_ONLY = 0x002, 0x100, 0x200  # OS/2 fsType
INKED = (
    "、。，．：；！？"  # marks that one face puts in a corner of the cell and another in its middle
)
LEVELS = 0x00F  # the bits of fsType of which one grants or refuses embedding


@dataclass(frozen=True, slots=True)
class Metrics:
    """The measures of one face in em; a character is an em wide unless ``narrow`` says otherwise.

    ``bounds`` are the code points where coverage begins and ends, in turn: [start, end, start, …).
    ``descent_em`` is the depth under the baseline, positive.
    """

    ascent_em: float
    descent_em: float
    has_halt: bool  # the feature that gives a full-width mark half its cell
    permission: int  # OS/2 fsType
    bounds: Sequence[int]
    narrow: dict[str, float]
    ink: dict[str, tuple[float, float]]  # left and right edge of what the marks of INKED print

    def covers(self, char: str) -> bool:
        return bisect_right(self.bounds, ord(char)) % 2 == 1

    def advance(self, char: str) -> float:
        """Width of *char* in em; meaningful for a covered character only."""
        return self.narrow.get(char, 1.0)

    @property
    def refusal(self) -> str:
        """Why the face's maker forbids what we do with it, in Chinese; empty where he does not."""
        if self.permission & LEVELS == RESTRICTED:
            return "字体厂商禁止嵌入文件"
        if self.permission & NO_SUBSETTING:
            return "字体厂商禁止只嵌入用到的字"
        if self.permission & BITMAP_ONLY:
            return "字体厂商只许嵌入点阵"
        return ""

    def dumps(self) -> str:
        """The metrics as JSON, one width a line so that a change can be read."""
        widths: dict[float, list[int]] = {}
        for char, advance in self.narrow.items():
            widths.setdefault(advance, []).append(ord(char))
        fields = {
            "version": VERSION,
            "ascent_em": self.ascent_em,
            "descent_em": self.descent_em,
            "has_halt": self.has_halt,
            "permission": self.permission,
            "narrow": {str(width): bounds(widths[width]) for width in sorted(widths)},
            "ink": self.ink,
            "bounds": list(self.bounds),
        }
        dense = (f" {_dense(key)}: {_dense(value)}" for key, value in fields.items())
        return "{\n" + ",\n".join(dense) + "\n}\n"

    @classmethod
    def loads(cls, text: str | bytes) -> Self:
        """The metrics that ``dumps`` wrote; ValueError or KeyError on anything else."""
        fields = json.loads(text)
        if fields.pop("version") != VERSION:
            raise ValueError("metrics of another version")
        fields["narrow"] = {
            chr(code): float(width)
            for width, ends in fields["narrow"].items()
            for code in _codes(ends)
        }
        fields["ink"] = {char: (left, right) for char, (left, right) in fields["ink"].items()}
        return cls(**fields)


def bounds(codes: Iterable[int]) -> list[int]:
    """Where runs of *codes* start and end: [1, 2, 3, 7] -> [1, 4, 7, 8]."""
    ends: list[int] = []
    for code in sorted(codes):
        if ends and ends[-1] == code:
            ends[-1] += 1
        else:
            ends += [code, code + 1]
    return ends


def read(file: BinaryIO, index: int = 0) -> Metrics:
    """The metrics of an open font file, as HarfBuzz (and so Pango) would take them."""
    from fontTools.ttLib import TTFont

    with TTFont(file, fontNumber=index, lazy=True) as font:
        units = font["head"].unitsPerEm
        names = font.getBestCmap()
        advances = font["hmtx"].metrics
        ascent, descent = _extents(font)
        return Metrics(
            ascent_em=round(ascent / units, 4),
            descent_em=round(descent / units, 4),
            has_halt=_has_halt(font),
            permission=font["OS/2"].fsType,
            bounds=bounds(names),
            narrow={
                chr(code): round(advances[name][0] / units, 4)
                for code, name in names.items()
                if advances[name][0] != units
            },
            ink=dict(_ink(font, names, units)),
        )


def _extents(font: Any) -> tuple[int, int]:
    """Ascent and depth in units; some faces write the depth with the wrong sign."""
    header, os2 = font["hhea"], font["OS/2"]
    if os2.fsSelection & USE_TYPO_METRICS or not (header.ascent or header.descent):
        return abs(os2.sTypoAscender), abs(os2.sTypoDescender)
    return abs(header.ascent), abs(header.descent)


def _ink(
    font: Any, names: Mapping[int, str], units: int
) -> Iterator[tuple[str, tuple[float, float]]]:
    from fontTools.pens.boundsPen import BoundsPen

    glyphs = font.getGlyphSet()
    for char in INKED:
        pen = BoundsPen(glyphs)
        if name := names.get(ord(char)):
            glyphs[name].draw(pen)
        if pen.bounds:
            left, _, right, _ = pen.bounds
            yield char, (round(left / units, 3), round(right / units, 3))


def _has_halt(font: Any) -> bool:
    table = font["GPOS"].table if "GPOS" in font else None
    features = table.FeatureList.FeatureRecord if table and table.FeatureList else ()
    return any(record.FeatureTag == "halt" for record in features)


def _codes(ends: Sequence[int]) -> Iterable[int]:
    return chain.from_iterable(
        range(start, end) for start, end in zip(ends[::2], ends[1::2], strict=True)
    )


def _dense(value: object) -> str:
    if isinstance(value, dict):
        lines = (f"  {_dense(key)}: {_dense(item)}" for key, item in value.items())
        return "{\n" + ",\n".join(lines) + "\n }"
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
