"""Faces and founts: which font files set a role, what they cover, and that they are whole.

``fonts/faces.toml`` says which faces set a role, in order; an office's own faces come before them.
A face's file is opened by nobody here: coverage and widths come from the kept metrics.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from yinfa import resources
from yinfa.composition import Role
from yinfa.faces.face import Face, Fount, face_finding
from yinfa.files import FileStamp, KnownFile, digest_of, stamp_of
from yinfa.report import FaceFault, Finding, Place

__all__ = [
    "Face", "Fallback", "Fount", "Survey", "open_founts", "survey_faces", "uncovered_finding",
    "verify_faces",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Fallback:
    """Characters of a role that a supplement sets, in another hand than the rest."""

    role: Role
    face: Face
    chars: str

    def __str__(self) -> str:
        return f"{self.role}缺“{self.chars}”，改用 {self.face.family}"


@dataclass(frozen=True, slots=True)
class Survey:
    """What a text needs of faces: these files and no others."""

    used: tuple[Face, ...]
    fallbacks: tuple[Fallback, ...]
    uncovered: Mapping[Role, str]  # characters that no face has
    lent: frozenset[str] = frozenset()  # those of another face than the first of their role
    uneven: frozenset[str] = frozenset()  # and of these, those of a face with another line box


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
        from yinfa.faces.own import read_own_faces

        own = read_own_faces(own_faces.absolute(), kept.absolute())
    return {
        role: Fount(
            role,
            (*own.get(role, ()), *designed, *supplements),
            supplements=frozenset((*designed, *supplements) if role in own else supplements),
        )
        for role, (designed, supplements) in shipped.items()
    }


def survey_faces(texts: Mapping[Role, Iterable[str]], founts: Mapping[Role, Fount]) -> Survey:
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
            if face in founts[role].supplements
        ),
        uncovered=uncovered,
        lent=frozenset(
            char
            for (role, face), chars in chars_of.items()
            if face != founts[role].faces[0]
            for char in chars
        ),
        uneven=frozenset(
            char
            for (role, face), chars in chars_of.items()
            if face.line_box_em != founts[role].faces[0].line_box_em
            for char in chars
        ),
    )


def uncovered_finding(char: str, role: Role, place: Place) -> Finding:
    """What to say of a character that no face of *role* has, where it stands in the source."""
    return Finding(
        place,
        f"没有字体能排{role}的“{char}”（U+{ord(char):04X}）",
        "换一个字，或者在本单位字体表（本单位字体.toml）里给这种字体指定一个有这个字的字体文件",
    )


def verify_faces(faces: Iterable[Face]) -> tuple[KnownFile, ...]:
    """The files, each byte for byte the one it should be; else a FaceFault."""
    known, findings = [], []
    for face in faces:
        try:
            stamp = stamp_of(face.path.stat())
            right = _checksum(face.path, stamp) == face.sha256
        except OSError:
            findings.append(face_finding(face.path, "读不到字体文件"))
        else:
            known.append(KnownFile(face.path, stamp, face.sha256))
            if not right:
                findings.append(face_finding(face.path, "字体文件已损坏（校验和不符）"))
    if findings:
        raise FaceFault(tuple(findings))
    return tuple(known)


@cache
def _checksum(path: Path, _stamp: FileStamp) -> str:
    """Once a run: many documents are set in the same faces."""
    return digest_of(path)


def _shipped_faces() -> dict[Role, tuple[tuple[Face, ...], tuple[Face, ...]]]:
    """The faces of the table by role: those made for it, and supplements.

    A FaceFault tells of each file that is absent or of another size.

    Size tells a file that was cut short or replaced, at no cost; ``verify_faces`` tells the rest.
    """
    folder = resources.fonts()
    table = _table(folder / "faces.toml")
    findings = []
    faces = {}
    for entry in table["face"]:
        path = folder / entry["file"]
        if not path.is_file():
            findings.append(face_finding(path, "缺少字体文件"))
        elif path.stat().st_size != entry["bytes"]:
            findings.append(face_finding(path, "字体文件已损坏（大小不符）"))
        metrics_path = folder / entry["metrics"]
        if not metrics_path.is_file():
            findings.append(face_finding(metrics_path, "缺少字体的字宽表"))
        faces[entry["file"]] = Face(
            entry["family"], path, entry["sha256"], metrics_path, entry["metrics_sha256"]
        )
    if findings:
        raise FaceFault(tuple(findings))
    designed, supplements = (
        {role: tuple(faces[name] for name in names) for role, names in table[part].items()}
        for part in ("role", "supplement")
    )
    return {Role(role): (chosen, supplements.get(role, ())) for role, chosen in designed.items()}


def _table(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise FaceFault((face_finding(path, "读不懂字体总表"),)) from error
