"""A Markdown file becomes lines: its headings, lists and tables. The door of markdown-it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from yinfa.importing.draft import DraftLine, Grid, Notebook

# Marks that say how words stand, not what they say; the proof passes over them.
MARKS = "#*_`~|>[]()!\\<-+=:"

_BULLET = "-*+"


def markdown_lines(text: str, notebook: Notebook) -> list[DraftLine]:
    """The lines of the Markdown *text*; what no mark explains is there as it was typed."""
    from markdown_it import MarkdownIt

    raw = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    raw[0] = raw[0].removeprefix("\ufeff")
    parser = MarkdownIt("commonmark", {"html": False, "maxNesting": 40}).enable("table")
    parser.normalizeLink = lambda url: url  # type: ignore[method-assign]
    tokens = parser.parse("\n".join(raw))
    lines = list(_Tokens(tokens).lines())
    told = {number for line in lines for number in line.numbers}
    for number, line in enumerate(raw, 1):
        words = line.strip()
        if number not in told and words.strip(MARKS + " "):
            lines.append(DraftLine((number,), words))
            notebook.remark(number, "这一行 Markdown 的写法没有用上，照原样留下，请核对")
    return _levelled(sorted(lines, key=lambda line: line.number))


def _levelled(lines: list[DraftLine]) -> list[DraftLine]:
    """Headings by levels from 1; one alone on the highest, and first, is the title."""
    headings = [line for line in lines if line.level]
    if not headings:
        return lines
    highest = min(line.level for line in headings)
    first = headings[0]
    alone = first.level == highest and sum(line.level == highest for line in headings) == 1
    shift = highest if alone else highest - 1
    return [
        replace(line, level=max(0, line.level - shift), title=alone and line is first)
        if line.level
        else line
        for line in lines
    ]


class _Tokens:
    """Walks the tokens of a file with the lists that are open."""

    def __init__(self, tokens: list[Any]) -> None:
        self.tokens = tokens
        self.prefix = ""

    def lines(self) -> Iterator[DraftLine]:
        level = at = 0
        while at < len(self.tokens):
            token = self.tokens[at]
            if token.type == "table_open":
                line, at = self._table(at)
                yield line
            elif token.type == "heading_open":
                level = int(token.tag[1:])
            elif token.type == "heading_close":
                level = 0
            elif token.type == "list_item_open":
                self.prefix = "" if token.markup in _BULLET else f"{token.info}{token.markup}"
            elif token.type == "inline":
                yield from self._words(token, level)
            elif token.type in ("fence", "code_block"):
                yield from _code(token)
            at += 1

    def _words(self, token: Any, level: int) -> Iterator[DraftLine]:
        numbers = tuple(range(token.map[0] + 1, token.map[1] + 1))
        prefix, self.prefix = self.prefix, ""
        parts = [part.strip() for part in (prefix + _said(token)).split("\n")]
        for part in filter(None, parts):
            yield DraftLine(numbers, part, level=level)

    def _table(self, start: int) -> tuple[DraftLine, int]:
        rows: list[list[str]] = []
        heads, at = 0, start
        while self.tokens[at].type != "table_close":
            token = self.tokens[at]
            if token.type == "tr_open":
                rows.append([])
            elif token.type == "inline":
                rows[-1].append(" ".join(_said(token).split()))
            elif token.type == "thead_close":
                heads = len(rows)
            at += 1
        first, last = self.tokens[start].map
        columns = max(map(len, rows))
        full = [tuple(row + [""] * (columns - len(row))) for row in rows]
        if heads == len(full):
            full.append(("",) * columns)
        numbers = tuple(range(first + 1, last + 1))
        return DraftLine(numbers, "", grid=Grid(tuple(full[:heads]), tuple(full[heads:]))), at


def _said(token: Any) -> str:
    """The words of an inline token, links with their address."""
    pieces: list[str] = []
    address = ""
    for child in token.children or ():
        if child.type in ("text", "code_inline"):
            pieces.append(child.content)
        elif child.type == "softbreak":
            pieces.append("" if _is_wide(pieces) else " ")
        elif child.type == "hardbreak":
            pieces.append("\n")
        elif child.type == "link_open":
            address = str(child.attrGet("href") or "")
        elif child.type == "link_close":
            if address and "".join(pieces[-1:]) != address:
                pieces.append(f"({address})")
        elif child.type == "image":
            pieces.append(f"![{child.content}]({child.attrGet('src') or ''})")
    return "".join(pieces)


def _is_wide(pieces: list[str]) -> bool:
    return bool(pieces) and bool(re.search("[\u2e80-\u9fff\uff00-\uffef“”]$", pieces[-1]))


def _code(token: Any) -> Iterator[DraftLine]:
    """The lines of a block that is taken as it stands."""
    first = token.map[0] + (2 if token.type == "fence" else 1)
    if token.type == "fence" and token.info.strip():
        yield DraftLine((first - 1,), token.info.strip())
    for number, line in enumerate(token.content.split("\n"), first):
        if line.strip():
            yield DraftLine((number,), line.strip())
