"""The source's notation within a text, [粗：…] and the like: read where it is ours, else escaped.

A text that this program has exported has it; what only looks like it is printed as it stands.
"""

from __future__ import annotations

import re
from dataclasses import replace

from yinfa.importing.draft import DraftLine, Grid, Notebook
from yinfa.inline import parse, typed

_IN_NOTATION = ("加粗", "下划线", "着重号", "上标", "下标")
_LOOKS_ALIKE = re.compile("\\[(?=\\[|换行\\]|[\u4e00-\u9fff]{1,4}[：:])")


def is_ours(text: str) -> bool:
    """Whether *text* is in the notation, just as an export writes it.

    >>> is_ours("要[粗：重]视"), is_ours("见[附表：一]"), is_ours("甲[[乙")
    (True, False, False)
    """
    if not _LOOKS_ALIKE.search(text):
        return True
    spans, faults = parse(text)
    if faults:
        return False
    written = "".join(
        f"[注{span.note}]"
        if span.note
        else "[换行]"
        if span.ends_line
        else typed(span.text, span.emphases, span.link)
        for span in spans
    )
    return written == text


def literal(text: str, foreign: bool = False) -> str:
    """*text* as the source has it: with its notation where it is ours, else escaped."""
    return text if not foreign and is_ours(text) else _LOOKS_ALIKE.sub("[[", text)


def spoken(text: str) -> str:
    """The words that a text of the source says, with the calls of its footnotes."""
    spans, _ = parse(text)
    return "".join(f"[注{span.note}]" if span.note else span.text for span in spans)


def literal_line(line: DraftLine) -> DraftLine:
    """*line* so that the source prints its brackets as they are."""
    if line.grid is not None:
        head, rows = (
            tuple(tuple(literal(cell, line.foreign) for cell in row) for row in part)
            for part in (line.grid.header, line.grid.rows)
        )
        return replace(line, grid=Grid(head, rows))
    return replace(line, text=literal(line.text, line.foreign)) if "[" in line.text else line


def kept_words(line: DraftLine, typed: str, notebook: Notebook) -> str:
    """The words of a paragraph behind the number *typed*, in the notation where it has any.

    What the notation has no word for is told.
    """
    kept = bool(line.marked) and line.marked.startswith(typed)
    tell_looks(line, notebook, kept)
    return (line.marked if kept else line.text)[len(typed) :]


def tell_looks(line: DraftLine, notebook: Notebook, kept: bool = False) -> None:
    """Tell of the looks of *line* that its node has not."""
    for kind, said in line.looks:
        if not kept or kind not in _IN_NOTATION:
            notebook.lose(kind, "没有收入", line.number, said)
