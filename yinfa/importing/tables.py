"""Tables that are typed with strokes, box lines or tabs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from yinfa.importing.draft import ABOVE, LEFT, DraftLine, Grid, Notebook, Step, numbers
from yinfa.importing.marks import is_marked

_PIPED = re.compile(r"\|.*\|")
_PIPE_RULER = re.compile(r"\|?(?:\s*:?-+:?\s*\|)+(?:\s*:?-+:?\s*)?")
_BOXED = re.compile("[│┃║].*[│┃║]")
_BOX_RULER = re.compile(r"[┌┬┐├┼┤└┴┘─━┏┳┓┣╋┫┗┻┛╔╦╗╠╬╣╚╩╝═╒╤╕╞╪╡╘╧╛│┃║\s]+")
_STROKES = re.compile("[│┃║]")
LONGEST_HEAD = 20  # of a cell of the header, and of a section's
LONGEST_CELL = 60  # of a table between tabs; longer ones are paragraphs
_FIRST = tuple("|│┃║┌┏╔╒")
_ESCAPED = "\\|"


def find_tables(lines: list[DraftLine], notebook: Notebook) -> list[DraftLine]:
    """*lines* with each typed table as one line that has its grid."""
    if not any("\t" in line.text or line.text.startswith(_FIRST) for line in lines):
        return lines
    return list(_find(lines, notebook))


def _find(lines: list[DraftLine], notebook: Notebook) -> Iterator[DraftLine]:
    at = 0
    while at < len(lines):
        for belongs, take in (
            (_is_piped, _piped), (_is_boxed, _boxed), (_is_tabbed, _tabbed),
        ):  # fmt: skip
            end = at
            while end < len(lines) and not (end > at and lines[end].blank):
                if not belongs(lines[end]):
                    section = belongs is _is_tabbed and end > at and _heads_section(lines, end)
                    if not section:
                        break
                end += 1
            grid = take(lines[at:end], notebook) if end - at > 1 else None
            if grid:
                group = lines[at:end]
                yield replace(group[0], numbers=numbers(group), text="", grid=grid)
                at = end
                break
        else:
            yield lines[at]
            at += 1


def _is_piped(line: DraftLine) -> bool:
    return bool(_PIPED.fullmatch(line.text))


def _is_boxed(line: DraftLine) -> bool:
    return bool(_BOXED.fullmatch(line.text) or _BOX_RULER.fullmatch(line.text))


def _is_tabbed(line: DraftLine) -> bool:
    return "\t" in line.text


def _heads_section(lines: Sequence[DraftLine], at: int) -> bool:
    """Whether the line *at* stands alone between lines with tabs, as a section of the table."""
    line = lines[at]
    return (
        0 < at < len(lines) - 1
        and line.is_text
        and not (line.blank or lines[at + 1].blank)
        and len(line.text) <= LONGEST_HEAD
        and line.text[-1] not in "。；，：:"
        and _is_tabbed(lines[at - 1])
        and _is_tabbed(lines[at + 1])
    )


def _piped(lines: Sequence[DraftLine], notebook: Notebook) -> Grid | None:
    """| a | b | with a ruler under the header, where there is one."""
    rulers = [index for index, line in enumerate(lines) if _PIPE_RULER.fullmatch(line.text)]
    rows = [_cells(line.text) for line in lines]
    body = [row for index, row in enumerate(rows) if index not in rulers]
    if len({len(row) for row in body}) != 1 or len(rulers) > 1 or not body[0]:
        return None
    head = rulers[0] if rulers else 0
    if rulers and head == len(lines) - 1:
        return None
    for index, line in enumerate(lines):
        if index in rulers:
            notebook.change(line, line.text, "", Step.TABLE)
            continue
        for stroke in re.findall(r"\\\||\|", line.text):
            notebook.change(line, stroke, "|" if stroke == _ESCAPED else "", Step.TABLE)
    return Grid(tuple(body[:head]), tuple(body[head:]))


def _cells(text: str) -> tuple[str, ...]:
    held = text.replace(_ESCAPED, "\0")[1:-1]
    return tuple(cell.strip().replace("\0", "|") for cell in held.split("|"))


def _is_ruler(line: DraftLine) -> bool:
    return any(char in line.text for char in "─━═") and bool(_BOX_RULER.fullmatch(line.text))


def _boxed(lines: Sequence[DraftLine], notebook: Notebook) -> Grid | None:
    """Rows between box lines; the first is the header when a line parts it from the others."""
    groups: list[list[tuple[str, ...]]] = [[]]
    for line in lines:
        if _is_ruler(line):
            groups.append([])
        else:
            cells = _STROKES.split(line.text)[1:-1]
            groups[-1].append(tuple(cell.strip() for cell in cells))
    groups = [group for group in groups if group]
    if not groups or len({len(row) for group in groups for row in group}) != 1:
        return None
    for line in lines:
        if _is_ruler(line):
            notebook.change(line, line.text, "", Step.TABLE)
        else:
            for stroke in _STROKES.findall(line.text):
                notebook.change(line, stroke, "", Step.TABLE)
    if len(groups) == 1:
        return Grid((), tuple(groups[0]))
    return Grid(tuple(groups[0]), tuple(row for group in groups[1:] for row in group))


def _tabbed(lines: Sequence[DraftLine], notebook: Notebook) -> Grid | None:
    """Cells between tabs, as a spreadsheet copies them; lines of one cell head a section."""
    rows = [tuple(cell.strip() for cell in line.text.split("\t")) for line in lines]
    columns = max(map(len, rows))
    if len(rows[0]) < 2:
        return None
    heads = _merged_head(rows, columns)
    body = rows[len(heads) or 1 :]
    if any(1 < len(row) < columns - 1 for row in body) or (
        len(rows[0]) < columns - 1 and not heads
    ):
        return None
    widest = max(len(cell) for cell in rows[0])
    sure = columns > 2 and widest <= LONGEST_HEAD and not rows[0][0].endswith(tuple("。；，"))
    cells = [cell for row in rows for cell in row]
    if not sure and any(len(cell) > LONGEST_CELL or cell.endswith("。") for cell in cells):
        return None
    if not sure and any(is_marked(row[0]) for row in rows):  # a number and a tab before a paragraph
        return None
    full = [_full(row, columns) for row in body]
    if not full:
        return None
    heads = heads or (_full(rows[0], columns),)
    notebook.remark(lines[0], "用制表符隔开的几行当作表格，第一行当作表头，请核对")
    return Grid(heads, tuple(full))


def _full(row: tuple[str, ...], columns: int) -> tuple[str, ...]:
    """*row* with a cell for each column; one cell alone takes them all."""
    if len(row) == 1:
        return (*row, *(LEFT,) * (columns - 1))
    return row + ("",) * (columns - len(row))


def _merged_head(rows: Sequence[tuple[str, ...]], columns: int) -> tuple[tuple[str, ...], ...]:
    """A head of two rows, the last cell of the first over all cells of the second.

    A spreadsheet copies of merged cells the first alone: three cells and three for five columns.
    """
    if len(rows) < 3 or len(rows[0]) - 1 + len(rows[1]) != columns or len(rows[0]) >= columns:
        return ()
    above, alone = rows[0], len(rows[0]) - 1
    return (
        (*above, *(LEFT,) * (len(rows[1]) - 1)),
        (*(ABOVE,) * alone, *rows[1]),
    )
