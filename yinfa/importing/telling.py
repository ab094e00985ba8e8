"""What was imported, told: for people on the screen, and for programs as JSON."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from yinfa.importing.convert import SUFFIXES, Imported
from yinfa.report import Fault


def importable(paths: Sequence[Path]) -> list[Path]:
    """*paths*, and in place of a folder the files in it that may be imported, in order.

    Hidden files and what a word processor leaves beside an open file are none.
    """
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            found += sorted(
                file
                for file in path.rglob("*")
                if file.suffix.lower() in SUFFIXES
                and file.is_file()
                and not any(part.startswith((".", "~$")) for part in file.relative_to(path).parts)
            )
        else:
            found.append(path)
    return found


def told(imported: Imported) -> Iterator[str]:
    """Lines that say what became of a file: where to look first, then what changed."""
    proved = f"除略去的 {imported.left_out} 处外，一字不少" if imported.left_out else "一字不少"
    yield f"{imported.path}：原文 {imported.characters} 字，已核对，{proved}"
    for remark in imported.remarks:
        place = f"第{remark.line}{imported.unit}：" if remark.line else ""
        yield f"    {place}{remark.message}"
    for loss in imported.losses:
        yield f"    {loss.told(imported.unit)}"
    counts = Counter(change.kind for change in imported.tidied)
    if counts:
        listed = "、".join(f"{kind}{count}处" for kind, count in sorted(counts.items()))
        yield f"    整理文字：{listed}；逐条见 --format json"


def table(results: Sequence[tuple[Path, Imported | Fault]]) -> Iterator[str]:
    """A line a file: what it became, and how many places there are to look at."""
    yield "文件\t文种\t要看的地方"
    for path, result in results:
        if isinstance(result, Fault):
            yield f"{path}\t没有导入\t{result.findings[0].message if result.findings else result}"
        else:
            places = len(result.remarks) + sum(loss.count for loss in result.losses)
            yield f"{path}\t{result.genre}\t{places or '无'}"


def as_json(results: Sequence[tuple[Path, Imported | Fault]]) -> str:
    """All that is known of each file."""
    return json.dumps(
        [_mapping(path, result) for path, result in results], ensure_ascii=False, indent=2
    )


def _mapping(path: Path, result: Imported | Fault) -> dict[str, Any]:
    if isinstance(result, Fault):
        findings = [
            {"line": found.place.line, "message": found.message, "hint": found.hint}
            for found in result.findings
        ]
        return {"file": str(path), "imported": False, "faults": findings}
    return {
        "file": str(path),
        "imported": True,
        "source": str(result.path),
        "form": result.genre,
        "characters": result.characters,
        "left_out": result.left_out,
        "places_count": {"行": "lines", "段": "paragraphs"}[result.unit],
        "remarks": [{"place": one.line, "message": one.message} for one in result.remarks],
        "ledger": [
            {
                "kind": loss.kind,
                "count": loss.count,
                "done": loss.done,
                "places": [
                    {"place": place, "words": words}
                    for place, words in zip(loss.places, loss.words, strict=True)
                ],
            }
            for loss in result.losses
        ],
        "changes": [
            {"place": one.line, "kind": one.kind, "before": one.before, "after": one.after}
            for one in result.tidied
        ],
    }
