"""A Comparison as a list for people, and as JSON for programs."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from yinfa.comparing.blocks import ComparedBlock, VersionBlock
from yinfa.comparing.versions import Comparison
from yinfa.comparing.words import WordChange, Wording
from yinfa.report import one_line

CONTEXT = 12  # characters kept beside a change
MARKS = {WordChange.GONE: "【删：{}】", WordChange.COME: "【增：{}】"}


def as_list(comparison: Comparison) -> str:
    """One entry for each changed paragraph or row, with what stands round the change."""
    found = comparison.changes
    if not found:
        return f"{comparison.old} 与 {comparison.new}：文字相同"
    lines = [f"{comparison.old} → {comparison.new}：{len(found)} 处改动"]
    for number, block in enumerate(found, 1):
        lines.append(f"{number}. {_kind(block)}{_where(block, comparison)}")
        lines += (f"    {text}" for text in _cells(block))
    return "\n".join(lines)


def _kind(block: ComparedBlock) -> str:
    unit = "一行" if len(block.cells) > 1 else "一段"
    if block.old is None:
        return f"{'移来' if block.moved else '增'}{unit}"
    if block.new is None:
        return f"{'移走' if block.moved else '删'}{unit}"
    return f"改{unit}"


def _where(block: ComparedBlock, comparison: Comparison) -> str:
    """The lines of the sources, where these are what was given."""
    old, new = _line(block.old, comparison.old), _line(block.new, comparison.new)
    lines = [f"旧稿第{old}行" if old else "", f"新稿第{new}行" if new else ""]
    said = "，".join(filter(None, lines))
    return f"（{said}）" if said else ""


def _line(block: VersionBlock | None, path: Path) -> int:
    """Where *block* is written in the source *path*; 0 where it is of no such file."""
    return block.place.line if block is not None and block.place.path == path else 0


def _cells(block: ComparedBlock) -> Iterator[str]:
    for column, cell in enumerate(block.cells, 1):
        if all(word.change is WordChange.KEPT for word in cell):
            continue
        head = f"第{column}格：" if len(block.cells) > 1 else ""
        yield head + "".join(_shown(cell))


def _shown(cell: tuple[Wording, ...]) -> Iterator[str]:
    for index, word in enumerate(cell):
        text = one_line(word.text)
        if word.change is not WordChange.KEPT:
            yield MARKS[word.change].format(text)
            continue
        first, last = index == 0, index == len(cell) - 1
        if first and len(text) > CONTEXT:
            yield f"……{text[-CONTEXT:]}"
        elif last and len(text) > CONTEXT:
            yield f"{text[:CONTEXT]}……"
        elif len(text) > 2 * CONTEXT:
            yield f"{text[:CONTEXT]}……{text[-CONTEXT:]}"
        else:
            yield text


def as_json(comparison: Comparison) -> str:
    """Every block in order, changed or not, so that both versions can be had from it.

    A line is null where the version has no such block, and 0 where its file has no lines.
    """
    rows = [_row(block, comparison) for block in comparison.blocks]
    told = {
        "old": comparison.old.name,
        "new": comparison.new.name,
        "changes": len(comparison.changes),
        "blocks": rows,
    }
    return json.dumps(told, ensure_ascii=False, indent=1)


def _row(block: ComparedBlock, comparison: Comparison) -> dict[str, Any]:
    parts = [one.part for one in (block.new, block.old) if one is not None]
    return {
        "part": str(parts[0]),
        "old_line": _line(block.old, comparison.old) if block.old else None,
        "new_line": _line(block.new, comparison.new) if block.new else None,
        "changed": block.changed,
        "moved": block.moved,
        "cells": [[[word.change.name.lower(), word.text] for word in cell] for cell in block.cells],
    }
