"""The build record: on what a PDF's bytes depend, beside its source.

It holds versions and checksums, no clock, no user, no path and no name of a machine. Where two
records are equal, the same source gives the same bytes.
"""

from __future__ import annotations

import ctypes
import hashlib
import json
import platform
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from yinfa import __version__
from yinfa.faces import Face
from yinfa.files import digest_of
from yinfa.forms import RECORD
from yinfa.report import one_line

NAME = "排版记录.json"
ABSENT = "没有"
PACKAGES = (
    "weasyprint",
    "pydyf",
    "tinycss2",
    "tinyhtml5",
    "cssselect2",
    "cffi",
    "fonttools",
    "pillow",
    "pypdf",
    "uharfbuzz",
    "jinja2",
    "pyyaml",
)
LIBRARIES = {
    "pango": ("libpango-1.0.so.0", "pango_version"),
    "harfbuzz": ("libharfbuzz.so.0", "hb_version_string"),
    "fontconfig": ("libfontconfig.so.1", "FcGetVersion"),
}

Record = Mapping[str, Mapping[str, str]]


def record(faces: Iterable[Face], layouts: Iterable[Path]) -> Record:
    """What this build depends on, by kind and name."""
    return {
        "程序": {"yinfa": __version__, "代码": _program()},
        "软件包": {name: _version(name) for name in PACKAGES},
        "程序库": {
            **dict(_libraries()),
            "zlib": zlib.ZLIB_RUNTIME_VERSION,
            "python": platform.python_version(),
            "处理器": platform.machine(),
        },
        "字体": {face.path.name: face.sha256 for face in faces},
        "版式": {_layout(path): _digest(path) for path in layouts},
    }


def makers(kept: Record) -> tuple[str, str]:
    """The program, and the packages that wrote the file, as metadata name them."""
    packages = kept["软件包"]
    wrote = ", ".join(f"{shown} {packages[shown.lower()]}" for shown in ("WeasyPrint", "pypdf"))
    return f"yinfa {kept['程序']['yinfa']}".removesuffix(f" {ABSENT}"), wrote


def dumps(kept: Record) -> bytes:
    """*kept* as it travels, the same for the same content."""
    return (json.dumps(kept, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def loads(content: bytes) -> Record:
    """The record in *content*; an empty one where that is none."""
    with suppress(ValueError, RecursionError):
        kept = json.loads(content)
        if isinstance(kept, dict) and all(map(_names_texts, kept.values())):
            return kept
    return {}


def _names_texts(part: object) -> bool:
    return isinstance(part, dict) and all(isinstance(text, str) for text in part.values())


def differences(then: Record, now: Record) -> tuple[str, ...]:
    """What differs between two records, in words: kind, name, then and now."""
    found: list[str] = []
    for kind in sorted({*then, *now}):
        old, new = then.get(kind, {}), now.get(kind, {})
        for name in sorted({*old, *new}):
            if old.get(name) != new.get(name):
                was, is_now = _shown(old.get(name)), _shown(new.get(name))
                told = f"{kind} {name}：当时 {was}，现在 {is_now}"
                found.append(one_line(told))
    return tuple(found)


def _shown(value: str | None) -> str:
    """A version whole, a checksum by its first eight digits."""
    if value is None:
        return ABSENT
    return value[:8] if len(value) == hashlib.sha256().digest_size * 2 else value


@cache
def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ABSENT


@cache
def _program() -> str:
    """A digest of the program's own code: a version number alone would not tell a change in it.

    What a wheel carries in ``_resources`` is told by itself, and no part of the code in a checkout.
    """
    folder = Path(__file__).parents[1]
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*.py"), key=lambda path: path.relative_to(folder).parts):
        if path.is_relative_to(folder / "_resources"):
            continue
        digest.update(path.relative_to(folder).as_posix().encode() + b"\n" + path.read_bytes())
    return digest.hexdigest()


@cache
def _libraries() -> tuple[tuple[str, str], ...]:
    return tuple(_library_versions())


def _library_versions() -> Iterator[tuple[str, str]]:
    """The versions of the libraries the renderer opens, from the libraries themselves."""
    for name, (file, function) in LIBRARIES.items():
        try:
            ask = getattr(ctypes.CDLL(file), function)
        except (OSError, AttributeError):
            yield name, ABSENT
            continue
        if name == "harfbuzz":
            ask.restype = ctypes.c_char_p
            yield name, ask().decode()
        else:
            number = ask()
            yield name, f"{number // 10000}.{number // 100 % 100}.{number % 100}"


def _layout(path: Path) -> str:
    """The name of a layout file: the record of a form goes by the form's name."""
    return f"{path.parent.name}{path.suffix}" if path.name == RECORD else path.name


@cache
def _digest(path: Path) -> str:
    return digest_of(path)
