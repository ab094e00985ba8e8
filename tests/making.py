"""A source written out in a test, built, and read back by the reader that is not our writer."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml
from pypdf import PdfReader

from yinfa.load import load
from yinfa.reading import Reading, read
from yinfa.recipe import build
from yinfa.validate import validate

Element = dict[str, Any]


def made(folder: Path, body: list[Any], **keys: object) -> Reading:
    """A plain paper with *body*, and what other *keys* it has, as it is printed."""
    return read(publish(write(folder, body, **keys)))


def write(folder: Path, body: list[Any], **keys: object) -> Path:
    """The source of a plain paper with *body*."""
    path = folder / "source.yaml"
    words = {"文种": "材料", "标题": "表格与图的编排", **keys, "正文": body}
    path.write_text(yaml.safe_dump(words, allow_unicode=True, sort_keys=False), encoding="utf-8")
    return path


def publish(path: Path) -> Path:
    """The PDF of the source *path*, beside it."""
    return build(validate(load(path)), path.with_suffix(".pdf")).product


def elements(path: Path) -> list[Element]:
    """Every element of the structure tree, in reading order."""
    root: Any = PdfReader(path).root_object["/StructTreeRoot"]
    return list(_walk(root["/K"]))


def below(element: Element, tag: str) -> list[Element]:
    """The elements under *element* that are a *tag*."""
    return [found for found in _walk(element.get("/K")) if found["/S"] == tag]


def _walk(kids: Any) -> Iterator[Element]:
    for kid in kids if isinstance(kids, list) else [kids]:
        found = kid.get_object() if hasattr(kid, "get_object") else kid
        if isinstance(found, dict) and "/S" in found:
            yield found
            yield from _walk(found.get("/K"))
