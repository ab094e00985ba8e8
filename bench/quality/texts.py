"""The texts that are measured, and the sources they are built from."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

BENCH = Path(__file__).resolve().parent.parent
REAL = BENCH.parent / "tests" / "data" / "attachment-2.txt"
_LEVEL_1 = re.compile("[一二三四五六七八九十]+、")
_LEVEL_2 = re.compile("（[一二三四五六七八九十]+）")


@dataclass(frozen=True, slots=True)
class Sample:
    """One text: its title, and its paragraphs in order with their level marks."""

    name: str
    title: str
    paragraphs: tuple[str, ...]


def samples() -> tuple[Sample, ...]:
    """The real document first, then the texts of other kinds."""
    names = ("regulation", "numbers", "quotes", "short", "long")
    return (
        _sample("real", REAL, skip=1),
        *(_sample(name, BENCH / "texts" / f"{name}.txt") for name in names),
    )


def _sample(name: str, path: Path, skip: int = 0) -> Sample:
    lines = [line for line in path.read_text("utf-8").splitlines() if line.strip()]
    return Sample(name, lines[skip], tuple(lines[skip + 1 :]))


def split_heading(paragraph: str) -> tuple[int, int]:
    """The level of the heading *paragraph* begins with, and where the heading ends."""
    if _LEVEL_1.match(paragraph):
        return 1, len(paragraph)
    stop = paragraph.find("。") + 1
    if _LEVEL_2.match(paragraph) and 0 < stop < len(paragraph):
        return 2, stop
    return 0, 0


def write_source(sample: Sample, folder: Path) -> Path:
    """A source that builds *sample*."""
    body: list[Any] = []
    inner = body
    for paragraph in sample.paragraphs:
        level, end = split_heading(paragraph)
        if level == 0:
            inner.append(paragraph)
            continue
        mark = (_LEVEL_1 if level == 1 else _LEVEL_2).match(paragraph)
        assert mark is not None
        section: dict[str, Any] = {"标题": paragraph[mark.end() : end]}
        if level == 1:
            inner = section["正文"] = []
            body.append(section)
        else:
            inner.append(section | {"接排": paragraph[end:]})
    source = {"文种": "附件", "附件序号": 2, "标题": sample.title, "正文": body}
    path = folder / f"{sample.name}.yaml"
    path.write_text(yaml.safe_dump(source, allow_unicode=True, sort_keys=False, width=10**6))
    return path
