"""Every committed file, or part of one, that is made from the code: written anew, or compared.

python -m tools.generated            writes what is stale
python -m tools.generated --check    names what is stale, and fails if anything is
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from tools.rule_cases import known_cases
from yinfa import words
from yinfa.forms import Form, forms
from yinfa.schema import SCHEMAS, file_name, schema_text
from yinfa.verdict import rules_table
from yinfa.words import Key, Kind, Type

ROOT = Path(__file__).resolve().parent.parent
MANUAL = Path("docs", "使用手册.md")
GENRES = "| 文种 | 格式 |"  # and that of the forms
KEYS = "| 键 | 英文 |"  # how a table of the keys of a kind begins in the manual
HOUSE_HEADING = "本单位规定"
UNITS = {Type.LENGTH: " mm", Type.LENGTHS: " mm", Type.PITCH: " mm", Type.SIZE: " 磅"}
COUNTED = {"lines": " 行", "cells": " 字"}


def generated() -> dict[Path, str]:
    """What must stand in each file, by its path in the checkout."""
    manual = (ROOT / MANUAL).read_text("utf-8")
    return {
        Path("docs", "rules.md"): rules_table(known_cases()),
        MANUAL: with_tables(manual),
        **{Path("schemas", file_name(kind)): schema_text(kind) for kind in SCHEMAS},
    }


def stale() -> dict[Path, str]:
    """What of that does not stand there."""
    return {
        path: text
        for path, text in generated().items()
        if not (ROOT / path).is_file() or (ROOT / path).read_text("utf-8") != text
    }


# --- the tables of keys in the manual --------------------------------------------------------


def with_tables(manual: str) -> str:
    """*manual* with its tables of keys as the vocabulary has them; the heading names the kind."""
    return "\n".join(_with_tables(manual.split("\n")))


def _with_tables(lines: list[str]) -> Iterator[str]:
    kinds = {kind.chinese: kind for kind in _kinds()}
    heading, inside, fenced = "", False, False
    for line in lines:
        fenced ^= line.startswith("```")
        if line.startswith("#") and not fenced:
            heading = line.lstrip("# ").rpartition("、")[2]
        inside = line.startswith("|") and (inside or line.startswith((KEYS, GENRES)))
        if not inside:
            yield line
        elif line.startswith(GENRES):
            yield from _forms()
        elif line.startswith(KEYS):
            yield from _table(kinds[heading], [cell.strip() for cell in line.split("|")[1:-1]])


def _forms() -> Iterator[str]:
    """The words that choose a form."""
    yield f"{GENRES} 说明 |"
    yield "|---|---|---|"
    for form in forms():
        yield _row([" ".join(form.genres), form.chinese, form.meaning])


def _short(form: Form) -> str:
    return form.chinese.removesuffix("格式")


def _kinds() -> Iterator[Kind]:
    yield from (*words.KINDS, *words.ISSUING_KINDS, *words.BUNDLE_KINDS)
    yield Kind(words.HOUSE.name, HOUSE_HEADING, words.HOUSE.keys)


def _table(kind: Kind, columns: list[str]) -> Iterator[str]:
    yield _row(columns)
    yield "|" + "---|" * len(columns)
    for key in kind.keys:
        cells = _cells(key, choices_named="范围" not in columns)
        yield _row([cells[column].replace("|", "&#124;") for column in columns])


def _cells(key: Key, *, choices_named: bool) -> dict[str, str]:
    """What a table may say of *key*, by column."""
    choices = " ".join(word.chinese[0] for word in key.words if word.chinese)
    unit = UNITS.get(key.type, COUNTED.get(key.name, ""))
    measured = unit if key.standard[:1].isdigit() or key.standard[:1] == "[" else ""
    return {
        "键": f"**{key.chinese}**" if key.required else key.chinese,
        "英文": f"`{key.name}`",
        "写什么": _wanted(key, choices if choices_named else ""),
        "标准": f"{key.standard}{measured}" if key.standard else "没有规定",
        "范围": f"{key.least:g}～{key.most:g}{unit}" if key.most else choices or "—",
        "说明": key.meaning,
        "用于": "、".join(_short(form) for form in forms() if form.name in key.forms) or "全部",
    }


def _wanted(key: Key, choices: str) -> str:
    """What to write behind *key*."""
    if key.name == "form":
        return "见上表"
    return choices if choices and key.type != Type.YES_NO else str(key.type)


def _row(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"


def main(arguments: list[str]) -> int:
    """Write what is stale; with ``--check`` name it, and 1 if there is any."""
    found = stale()
    if arguments == ["--check"]:
        for path in found:
            print(f"{path} 过时了，请运行 make generated", file=sys.stderr)
        return int(bool(found))
    for path, text in found.items():
        (ROOT / path).write_text(text, "utf-8")
        print(path)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
