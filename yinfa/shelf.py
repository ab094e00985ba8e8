"""Where layouts and faces are, in a checkout or an installed wheel, and what the faces cover.

``fonts/faces.toml`` says which faces set a role, in order; an office's own faces come before them.
A face's file is opened by nobody here: coverage and widths come from the kept metrics.
"""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from yinfa.composition import Role
from yinfa.metrics import Metrics
from yinfa.report import FaceFault, Finding, Place

MEND_FONTS = "运行 make fonts 重新生成字体；安装版请重新安装"


def layouts() -> Path:
    """The folder of the layouts."""
    return _shelf("layouts")


def fonts() -> Path:
    """The folder of the faces that come with the program."""
    return _shelf("fonts")


def _shelf(name: str) -> Path:
    package = Path(__file__).resolve().parent
    installed = package / "_shelf" / name
    return installed if installed.is_dir() else package.parent / name


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

    def ink(self, char: str) -> tuple[float, float]:
        """Left and right edge of what *char* prints, in em; its whole width where not measured."""
        return self.metrics.ink.get(char, (0.0, self.advance(char)))


@dataclass(frozen=True, slots=True)
class Fount:
    """The faces that set one role, asked in order."""

    role: Role
    faces: tuple[Face, ...]
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
        raise FaceFault((_finding(face.path, f"字体里没有“{char}”的轮廓"),))
    upem = font.face.upem
    return extents.y_bearing / upem, (extents.y_bearing + extents.height) / upem


@cache
def _outlines(path: Path) -> Any:
    import uharfbuzz as hb

    return hb.Font(hb.Face(hb.Blob.from_file_path(path)))


@dataclass(frozen=True, slots=True)
class Fallback:
    """Characters of a role that its first face lacks and this one sets."""

    role: Role
    face: Face
    chars: str

    def __str__(self) -> str:
        return f"{self.role}缺“{self.chars}”，改用 {self.face.family}"


@dataclass(frozen=True, slots=True)
class Survey:
    """What a text needs from the shelf: these files and no others."""

    used: tuple[Face, ...]
    fallbacks: tuple[Fallback, ...]
    uncovered: Mapping[Role, str]  # characters that no face has


def open_founts(
    own_faces: Path | None = None, kept: Path = Path("build/faces")
) -> dict[Role, Fount]:
    """A fount for every role; the office's table *own_faces* puts faces at the head of a role.

    Raises FaceFault with every fault of the two tables. *kept* is the folder where what was read
    from the office's own faces is kept for the next run.
    """
    shipped = _shipped_faces()
    own: Mapping[Role, tuple[Face, ...]] = {}
    if own_faces is not None:
        from yinfa.ownfaces import read_own_faces

        own = read_own_faces(own_faces.absolute(), kept.absolute())
    return {role: Fount(role, (*own.get(role, ()), *faces)) for role, faces in shipped.items()}


def survey(texts: Mapping[Role, Iterable[str]], founts: Mapping[Role, Fount]) -> Survey:
    """Which faces set the characters of *texts*, which fell back, and which none has.

    Characters come in the order of their first use, so that the same text gives the same survey.
    Line ends are no characters.
    """
    chars_of: dict[tuple[Role, Face], str] = {}
    uncovered: dict[Role, str] = {}
    for role, text in texts.items():
        for char in dict.fromkeys(char for part in text for char in part if char != "\n"):
            face = founts[role].face(char)
            if face is None:
                uncovered[role] = uncovered.get(role, "") + char
            else:
                chars_of[role, face] = chars_of.get((role, face), "") + char
    return Survey(
        used=tuple(dict.fromkeys(face for _, face in chars_of)),
        fallbacks=tuple(
            Fallback(role, face, chars)
            for (role, face), chars in chars_of.items()
            if face != founts[role].faces[0]
        ),
        uncovered=uncovered,
    )


def uncovered_finding(char: str, role: Role, place: Place) -> Finding:
    """What to say of a character that no face of *role* has, where it stands in the source."""
    return Finding(
        place,
        f"没有字体能排{role}的“{char}”（U+{ord(char):04X}）",
        "换一个字，或者在本单位字体表（本单位字体.toml）里给这种字体指定一个有这个字的字体文件",
    )


def verify(faces: Iterable[Face]) -> None:
    """Nothing when every file is, byte for byte, the one it should be; else a FaceFault."""
    findings = []
    for face in faces:
        try:
            status = face.path.stat()
            right = _checksum(face.path, status.st_size, status.st_mtime_ns) == face.sha256
        except OSError:
            findings.append(_finding(face.path, "读不到字体文件"))
        else:
            if not right:
                findings.append(_finding(face.path, "字体文件已损坏（校验和不符）"))
    if findings:
        raise FaceFault(tuple(findings))


@cache
def _checksum(path: Path, _size: int, _mtime_ns: int) -> str:
    """Once a run: many documents are set in the same faces."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _shipped_faces() -> dict[Role, tuple[Face, ...]]:
    """The faces of the table by role; a FaceFault for each file that is absent or of another size.

    Size tells a file that was cut short or replaced, at no cost; ``verify`` tells the rest.
    """
    folder = fonts()
    table = _table(folder / "faces.toml")
    findings = []
    faces = {}
    for entry in table["face"]:
        path = folder / entry["file"]
        if not path.is_file():
            findings.append(_finding(path, "缺少字体文件"))
        elif path.stat().st_size != entry["bytes"]:
            findings.append(_finding(path, "字体文件已损坏（大小不符）"))
        metrics_path = folder / entry["metrics"]
        if not metrics_path.is_file():
            findings.append(_finding(metrics_path, "缺少字体的字宽表"))
        faces[entry["file"]] = Face(
            entry["family"], path, entry["sha256"], metrics_path, entry["metrics_sha256"]
        )
    if findings:
        raise FaceFault(tuple(findings))
    return {
        Role(role): tuple(faces[name] for name in names) for role, names in table["role"].items()
    }


def _table(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise FaceFault((_finding(path, "读不懂字体总表"),)) from error


@cache
def _metrics(path: Path, sha256: str) -> Metrics:
    content = path.read_bytes()
    if hashlib.sha256(content).hexdigest() != sha256:
        raise FaceFault((_finding(path, "字体的字宽表已损坏"),))
    return Metrics.loads(content)


def _finding(path: Path, message: str) -> Finding:
    return Finding(Place(path), message, MEND_FONTS)
