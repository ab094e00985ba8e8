"""Set the texts, measure what is printed, and print one table: ``python -m bench.quality``."""

from __future__ import annotations

import logging
import sys
import tempfile
import time
from pathlib import Path

from bench.quality.measure import Figures, measure, summary
from bench.quality.rivals import RIVALS
from bench.quality.texts import Sample, samples, write_source
from yinfa.load import load
from yinfa.recipe import build
from yinfa.validate import validate


def main() -> int:
    """The table on standard output; 1 where a demand on our own lines is not met."""
    logging.getLogger("pdfminer").setLevel(logging.ERROR)  # it grumbles about others' fonts
    columns: dict[str, Figures] = {}
    failures: list[str] = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        texts = samples()
        for sample in texts:
            columns[sample.name] = figures = _own(sample, folder)
            failures += [f"{sample.name}: {failure}" for failure in _failures(sample, figures)]
        for rival, make in RIVALS.items():
            product = make(texts[0], folder)
            if product is None:
                print(f"{rival}: not installed", file=sys.stderr)
            else:
                columns[rival] = measure(product, texts[0].paragraphs)
    _print(columns)
    for name, figures in columns.items():
        for line in figures.beyond if name not in RIVALS else ():
            print(f"- beyond, {name}: {line}")
    for failure in failures:
        print(f"- not met, {failure}")
    return 1 if failures else 0


def _own(sample: Sample, folder: Path) -> Figures:
    product = folder / f"{sample.name}.pdf"
    started = time.perf_counter()
    build(validate(load(write_source(sample, folder))), product)
    print(f"{sample.name}: built in {time.perf_counter() - started:.2f} s", file=sys.stderr)
    return measure(product, sample.paragraphs)


def _print(columns: dict[str, Figures]) -> None:
    tables = {name: summary(figures) for name, figures in columns.items()}
    print("| |", " | ".join(tables), "|")
    print("|---|", "|".join("---:" for _ in tables), "|", sep="")
    for row in next(iter(tables.values())):
        print(f"| {row} |", " | ".join(table[row] for table in tables.values()), "|")


def _failures(sample: Sample, figures: Figures) -> list[str]:
    """The demands that *figures* do not meet; a line that cannot be filled is named as beyond."""
    named = len(figures.beyond) + len(figures.short)
    demands = {
        "text lost": not figures.missing,
        "left edge": max(map(abs, figures.left_mm), default=0) <= 0.05,
        "right edge": sum(abs(off) > 0.15 for off in figures.right_mm) <= len(figures.short),
        "grid": max(figures.grid_mm, default=0) <= 0.05,
        "forbidden characters": not figures.bad_starts + figures.bad_ends,
        "numbers": not figures.split_numbers + figures.torn_units,
        "lone last": not figures.lone,
    }
    if sample.name == "real":
        demands |= {
            "lines beyond": named <= 2,
            "untouched": figures.untouched >= 0.6 * figures.full,
            "squeezed marks": figures.squeezed_lines <= 0.1 * figures.full,
        }
    return [name for name, met in demands.items() if not met]


if __name__ == "__main__":
    sys.exit(main())
