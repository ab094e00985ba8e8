"""A table of a Word file as a grid, its merged cells as the source writes them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from xml.etree import ElementTree

from yinfa.importing.draft import ABOVE, LEFT, DraftLine, Grid, numbers
from yinfa.importing.marks import date_of
from yinfa.importing.word_numbers import W

LONGEST_CELL = 300
MOST_COLUMNS = 64
_IMPRINT = re.compile(r"抄\s*送\s*[：:]|印\s*发$|主\s*送\s*[：:]")


def children(parent: ElementTree.Element, name: str) -> Iterator[ElementTree.Element]:
    """The *name*s in *parent*, also within content controls."""
    for child in parent:
        if child.tag == f"{W}{name}":
            yield child
        elif child.tag in (f"{W}sdt", f"{W}sdtContent", f"{W}ins", f"{W}customXml"):
            yield from children(child, name)


def is_layout(cells: Sequence[Sequence[Sequence[DraftLine]]]) -> bool:
    """Whether a table of these *cells*, row by row, only lays its text out, as a signature does."""
    flat = [line for row in cells for cell in row for line in cell]
    longest = max(sum(len(line.text) for line in cell) for row in cells for cell in row)
    return (
        len(cells) == 1
        or max(map(len, cells)) == 1
        or not all(line.is_text and not line.notes for line in flat)
        or longest > LONGEST_CELL
        or is_imprint(cells)
        or (len(cells) <= 4 and len(flat) <= 6 and any(date_of(line.text) for line in flat))
    )


def is_imprint(cells: Sequence[Sequence[Sequence[DraftLine]]]) -> bool:
    """Whether a table is the 版记, 7.4, which many set as one."""
    lines = [line for row in cells for cell in row for line in cell]
    return len(cells) <= 4 and any(line.is_text and _IMPRINT.search(line.text) for line in lines)


def dissolved(cells: Sequence[Sequence[Sequence[DraftLine]]]) -> Iterator[DraftLine]:
    """The lines of a table that is none; those of a row of the 版记 as one."""
    imprint = is_imprint(cells)
    for row in cells:
        lines = [line for cell in row for line in cell]
        if imprint and len(lines) > 1 and all(line.is_text for line in lines):
            words = "\u3000".join(line.text for line in lines)
            yield replace(lines[0], text=words, numbers=numbers(lines))
        else:
            yield from lines


def grid_of(
    rows: Sequence[ElementTree.Element], texts: Sequence[Sequence[Sequence[DraftLine]]]
) -> tuple[Grid, bool]:
    """The grid of a table, and whether the file says which rows are its head."""
    full: list[list[str]] = []
    spans: dict[int, tuple[int, int]] = {}  # column: how wide the cell is that goes down, its row
    reach = [1] * len(rows)  # the row behind the cells that begin in each
    for number, (row, cells) in enumerate(zip(rows, texts, strict=True)):
        line: list[str] = [""] * _value(row, "trPr/gridBefore")
        for cell, lines in zip(children(row, "tc"), cells, strict=True):
            column, width = len(line), max(1, _value(cell, "tcPr/gridSpan"))
            words = " ".join(each.text for each in lines)
            down = cell.find(f"{W}tcPr/{W}vMerge")
            goes_on = down is not None and down.get(f"{W}val", "continue") != "restart"
            if goes_on and not words and spans.get(column, (0, 0))[0] == width:
                line += [ABOVE] * width
                start = spans[column][1]
                reach[start] = max(reach[start], number - start + 1)
            else:
                line += [words, *[LEFT] * (width - 1)]
                spans[column] = (width if down is not None else 0, number)
        full.append(line[:MOST_COLUMNS])
    columns = max(map(len, full))
    whole = [tuple(line + [""] * (columns - len(line))) for line in full]
    marked = 0
    while marked < len(rows) and rows[marked].find(f"{W}trPr/{W}tblHeader") is not None:
        marked += 1
    head = at = 0
    while at < max(1, marked, head):  # a head goes as far down as its cells do
        head = max(head, at + reach[at])
        at += 1
    head = min(max(head, marked), len(whole) - 1)
    return Grid(tuple(whole[:head]), tuple(whole[head:])), marked > 0


def _value(element: ElementTree.Element, path: str) -> int:
    """The number that a property of *element* says, within bounds; 0 for none."""
    found = element.find("/".join(f"{W}{name}" for name in path.split("/")))
    text = found.get(f"{W}val", "") if found is not None else ""
    return min(int(text), MOST_COLUMNS) if text.isdecimal() and len(text) < 9 else 0
