"""An office's own faces: named in a small table by file or installed family, put before ours.

What the makers of such faces allow is respected. Opened only where an office
has a table.
"""

from __future__ import annotations

import hashlib
import os
import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

from yinfa.composition import Role
from yinfa.faces import metrics
from yinfa.faces.face import Face
from yinfa.report import FaceFault, Finding, Place, system_reason

NAME = "本单位字体.toml"
FONT_FILES = {".ttf", ".otf", ".ttc", ".otc"}
COLLECTION = b"ttcf"
# Chinese keys need quotes in TOML; people leave them out, and nothing else can be meant.
BARE_KEY = re.compile(r"(?m)(^\s*|[{,]\s*)([\u4e00-\u9fff]+)(?=\s*=)")
UNSAFE_IN_FAMILY = re.compile(r"""[,;"'\\\s]+""")  # in a style sheet or in a list of families
MEND_TABLE = '写法如：小标宋 = "方正小标宋简体"，或者：小标宋 = "字体/FZXBSJW.TTF"'


@dataclass(frozen=True, slots=True)
class NamedFace:
    """A face as the table asks for it: a file with the index of the face in it, or a family."""

    role: Role
    name: str
    index: int
    place: Place


def find_own_faces(*folders: Path) -> Path | None:
    """The first table of own faces in *folders*; None where the office has none."""
    return next((path for folder in folders if (path := folder / NAME).is_file()), None)


def own_face_names(table: Path) -> dict[str, frozenset[Role]]:
    """What each face of the table is to set, by the name that the PDF will have it under."""
    found: dict[str, frozenset[Role]] = {}
    for wanted in _wanted(table, lambda _: None):
        name = _family(wanted)
        found[name] = found.get(name, frozenset()) | {wanted.role}
    return found


def read_own_faces(table: Path, kept: Path) -> dict[Role, tuple[Face, ...]]:
    """The office's faces by role, in the order of the table; a FaceFault with all that is wrong.

    *kept* holds the metrics of each face, and the face itself where it came out of a collection:
    under the checksum of its file, so that the next run need not read the font.
    """
    findings: list[Finding] = []
    faces: dict[Role, tuple[Face, ...]] = {}
    for wanted in _wanted(table, findings.append):
        try:
            face = _face(wanted, table.parent, kept)
        except FaceFault as fault:
            findings += fault.findings
        else:
            faces[wanted.role] = (*faces.get(wanted.role, ()), face)
    if findings:
        raise FaceFault(tuple(findings))
    return faces


def _wanted(table: Path, tell: Callable[[Finding], None]) -> Iterator[NamedFace]:
    place = Place(table)
    try:
        text = table.read_text("utf-8-sig")
        entries = tomllib.loads(BARE_KEY.sub(r'\1"\2"', text))
    except OSError:
        return tell(Finding(place, "读不到本单位字体表", "检查文件名和读取权限"))
    except ValueError as error:
        found = re.search(r"line (\d+)", str(error))
        where = Place(table, int(found[1])) if found else place
        return tell(Finding(where, "本单位字体表写得不对", MEND_TABLE))
    words = {role.value: role for role in Role} | {role.name.lower(): role for role in Role}
    for key, value in entries.items():
        where = Place(table, _line(text, key))
        if key not in words:
            hint = "可写的有：" + "、".join(role.value for role in Role)
            tell(Finding(where, f"没有“{key}”这种字体", hint))
            continue
        for item in value if isinstance(value, list) else [value]:
            name, index = _named(item)
            if name:
                yield NamedFace(words[key], name, index, where)
            else:
                tell(Finding(where, f"“{key}”没有写明字体", MEND_TABLE))


def _line(text: str, key: str) -> int:
    rows = enumerate(text.splitlines(), 1)
    return next((number for number, row in rows if row.lstrip(" \t\"'").startswith(key)), 0)


def _named(item: Any) -> tuple[str, int]:
    """The name and index that an entry gives; an empty name where it gives none."""
    if isinstance(item, str):
        return item, 0
    if not isinstance(item, Mapping):
        return "", 0
    name = item.get("文件", item.get("file", ""))
    index = item.get("序号", item.get("index", 0))
    return (name, index) if isinstance(name, str) and isinstance(index, int) else ("", 0)


def _family(wanted: NamedFace) -> str:
    """What a face of the table is called: its file, or the installed family."""
    named = Path(wanted.name)
    family = named.stem if named.suffix.lower() in FONT_FILES else wanted.name
    return UNSAFE_IN_FAMILY.sub(" ", family)


def _face(wanted: NamedFace, folder: Path, kept: Path) -> Face:
    path, index = folder / wanted.name, wanted.index
    if path.suffix.lower() not in FONT_FILES:
        path, index = _installed(wanted)
    try:
        content = path.read_bytes()
    except OSError:
        hint = "检查路径；相对路径从字体表所在的文件夹算起"
        raise _fault(wanted, f"读不到字体文件 {path}", hint) from None
    checksum = hashlib.sha256(content).hexdigest()
    collected = content[:4] == COLLECTION
    stem = f"{checksum}-{index}" if collected else checksum
    measures = kept / f"{stem}.json"
    try:
        found = _kept_metrics(measures) or metrics.read(BytesIO(content), index)
    except Exception as error:  # whatever fontTools meets in a broken font
        message = f"{path} 不是完好的字体文件，或者里面没有序号为 {index} 的字体"
        raise _fault(wanted, message, "换一个完好的字体文件；序号从 0 数起") from error
    if found.refusal:
        message = f"不能用“{wanted.name}”：{found.refusal}"
        raise _fault(wanted, message, "换一个准许嵌入的字体")
    try:
        kept_metrics = found.dumps().encode()
        _keep(measures, kept_metrics)
        if collected:
            path = _taken_out(content, index, kept / f"{stem}.otf")
            checksum = hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError as error:
        message = f"写不了文件夹 {kept}（{system_reason(error)}）"
        raise _fault(wanted, message, "检查权限和磁盘空间") from error
    return Face(
        family=_family(wanted),
        path=path,
        sha256=checksum,
        metrics_path=measures,
        metrics_sha256=hashlib.sha256(kept_metrics).hexdigest(),
        own=True,
    )


def _installed(wanted: NamedFace) -> tuple[Path, int]:
    """File and index of the installed face of this very family."""
    import subprocess

    pattern = re.sub(r"([\\:,-])", r"\\\1", wanted.name)
    question = ["fc-match", "--format", "%{file}\n%{index}\n%{family}", pattern]
    try:
        answer = subprocess.run(question, capture_output=True, text=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError):
        hint = "写字体文件的路径，或者安装 fontconfig"
        raise _fault(wanted, f"查不了本机装的字体“{wanted.name}”", hint) from None
    # The nearest face is always offered; only one of this name will do.
    file, index, families = [*answer.split("\n", 2), "", "", ""][:3]
    if wanted.name.casefold() not in families.casefold().split(","):
        hint = "用 fc-list :lang=zh family 查看装了哪些字体，或者写字体文件的路径"
        raise _fault(wanted, f"本机没有装字体“{wanted.name}”", hint)
    return Path(file), int(index)


def _taken_out(collection: bytes, index: int, path: Path) -> Path:
    """The one face of a collection as a file: a style sheet cannot name a face within a file."""
    if not path.is_file():
        from fontTools.ttLib import TTFont

        single = BytesIO()
        with TTFont(BytesIO(collection), fontNumber=index, recalcTimestamp=False) as font:
            font.save(single)
        _keep(path, single.getvalue())
    return path


def _keep(path: Path, content: bytes) -> None:
    """Writes *path* whole or not at all; another run may be writing the same."""
    if not path.is_file() or path.read_bytes() != content:
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_suffix(f".{os.getpid()}")
        draft.write_bytes(content)
        draft.replace(path)


def _kept_metrics(path: Path) -> metrics.Metrics | None:
    try:
        return metrics.Metrics.loads(path.read_bytes())
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _fault(wanted: NamedFace, message: str, hint: str) -> FaceFault:
    return FaceFault((Finding(wanted.place, message, hint),))
