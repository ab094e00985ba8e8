"""A face and a fount: font files, what they are called, what they cover and how wide they set.

Coverage and widths come from the kept metrics; a face's file is opened for the ink of letters only.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from yinfa.composition import Role
from yinfa.faces.metrics import Metrics
from yinfa.report import FaceFault, Finding, Place

Outline = tuple[tuple[str, tuple[tuple[float, float], ...]], ...]

MEND_FONTS = "运行 make fonts 重新生成字体；安装版请重新安装"


@dataclass(frozen=True, slots=True)
class Face:
    """One font file, what it is called in a style sheet and what it covers."""

    family: str
    path: Path
    sha256: str
    metrics_path: Path
    metrics_sha256: str
    own: bool = False  # the office's own, not shipped

    @property
    def metrics(self) -> Metrics:
        return _metrics(self.metrics_path, self.metrics_sha256)

    def covers(self, char: str) -> bool:
        return self.metrics.covers(char)

    def advance(self, char: str) -> float:
        """Width of *char* in em; meaningful for a covered character only."""
        return self.metrics.advance(char)

    def outline(self, char: str) -> Outline:
        """What *char* prints: commands of a path with their points, in em up from the baseline."""
        font = _outlines(self.path)
        pen = _Pen(font.face.upem)
        font.draw_glyph_with_pen(font.get_nominal_glyph(ord(char)) or 0, pen)
        return tuple(pen.commands)

    @property
    def line_box_em(self) -> tuple[float, float]:
        """How far above and under its baseline the face wants a line to reach."""
        return self.metrics.ascent_em, self.metrics.descent_em

    def ink(self, char: str) -> tuple[float, float]:
        """Left and right edge of what *char* prints, in em; its whole width where not measured."""
        return self.metrics.ink.get(char, (0.0, self.advance(char)))


@dataclass(frozen=True, slots=True)
class Fount:
    """The faces that set one role, asked in order."""

    role: Role
    faces: tuple[Face, ...]
    supplements: frozenset[Face] = frozenset()  # those of other hands: what they set is told
    # A text asks for the same few hundred characters tens of thousands of times.
    _found: dict[str, Face | None] = field(default_factory=dict, repr=False, compare=False)
    _widths: dict[str, float] = field(default_factory=dict, repr=False, compare=False)

    def face(self, char: str) -> Face | None:
        """The first face that has *char*; None where none has."""
        try:
            return self._found[char]
        except KeyError:
            found = next((face for face in self.faces if face.covers(char)), None)
            return self._found.setdefault(char, found)

    def advance(self, char: str) -> float:
        """Width of *char* in em; a whole em where no face has it."""
        try:
            return self._widths[char]
        except KeyError:
            face = self.face(char)
            return self._widths.setdefault(char, face.advance(char) if face else 1.0)

    def ink(self, char: str) -> tuple[float, float]:
        """Left and right edge of what *char* prints, in em from the start of its advance."""
        face = self.face(char)
        return face.ink(char) if face else (0.0, 1.0)

    def ink_height(self, text: str) -> tuple[float, float]:
        """Upper and lower edge of the ink of *text*, in em down from a line box of one em."""
        metrics = self.faces[0].metrics
        baseline_em = 0.5 + (metrics.ascent_em - metrics.descent_em) / 2
        edges = [_ink_above_baseline(self.face(char) or self.faces[0], char) for char in text]
        return (
            baseline_em - max(upper for upper, _ in edges),
            baseline_em - min(lower for _, lower in edges),
        )

    @property
    def families(self) -> tuple[str, ...]:
        """The families in order, as a style sheet names them."""
        return tuple(face.family for face in self.faces)


def _ink_above_baseline(face: Face, char: str) -> tuple[float, float]:
    """Upper and lower edge of the ink of *char*, in em above the baseline."""
    font = _outlines(face.path)
    extents = font.get_glyph_extents(font.get_nominal_glyph(ord(char)) or 0)
    if extents is None:
        raise FaceFault((face_finding(face.path, f"字体里没有“{char}”的轮廓"),))
    upem = font.face.upem
    return extents.y_bearing / upem, (extents.y_bearing + extents.height) / upem


class _Pen:
    """Takes down what a glyph is drawn with, as the commands of a path."""

    def __init__(self, upem: int) -> None:
        self._upem = upem
        self.commands: list[tuple[str, tuple[tuple[float, float], ...]]] = []

    def _draw(self, command: str, *points: tuple[float, float]) -> None:
        em = tuple((x / self._upem, y / self._upem) for x, y in points)
        self.commands.append((command, em))

    def moveTo(self, point: tuple[float, float]) -> None:
        self._draw("M", point)

    def lineTo(self, point: tuple[float, float]) -> None:
        self._draw("L", point)

    def qCurveTo(self, *points: tuple[float, float]) -> None:
        self._draw("Q", *points)

    def curveTo(self, *points: tuple[float, float]) -> None:
        self._draw("C", *points)

    def closePath(self) -> None:
        self._draw("Z")


@cache
def _outlines(path: Path) -> Any:
    import uharfbuzz as hb

    return hb.Font(hb.Face(hb.Blob.from_file_path(path)))


@cache
def _metrics(path: Path, sha256: str) -> Metrics:
    content = path.read_bytes()
    if hashlib.sha256(content).hexdigest() != sha256:
        raise FaceFault((face_finding(path, "字体的字宽表已损坏"),))
    return Metrics.loads(content)


def face_finding(path: Path, message: str) -> Finding:
    """What is wrong with the font file *path*, and how its owner mends it."""
    return Finding(Place(path), message, MEND_FONTS)
