"""A Markdown file becomes lines: its headings, lists and tables. The door of markdown-it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from yinfa.importing.draft import DraftLine, DraftPicture, Grid, Notebook, Step
from yinfa.importing.markdown_marks import (
    JOINED,
    LINE_END,
    NEXT,
    CleanText,
    clean,
    is_picture,
    without_emphasis,
)
from yinfa.importing.marks import cells, is_marked

# Marks that say how words stand, not what they say; the proof passes over them.
MARKS = "#*_`~|>[]()!\\<-+=:"

_BULLET = "-*+"
_CALL = re.compile(r"\[\^([^\]\n]{1,40})\]")
_SIGNS = re.compile(r"^#{1,6}\s|^\s*```", re.MULTILINE)
_STRONG = re.compile(r"\*\*[^*\n]+\*\*")
SHORTEST_CUT = 20  # full-width characters of a line that may have been cut at a width
_SENTENCE_ENDS = "。！？：；"
_LITERAL = str.maketrans("*_", "\ue100\ue101")  # what is escaped is no mark
_BACK = str.maketrans("\ue100\ue101", "*_")


def reads_as_markdown(text: str) -> bool:
    """Whether a plain text is written in Markdown, as language models write it."""
    return len(_SIGNS.findall(text)) + len(_STRONG.findall(text)) >= 2


def markdown_lines(text: str, folder: Path, notebook: Notebook) -> list[DraftLine]:
    """The lines of the Markdown *text*, its pictures in *folder*; what is left out is told."""
    from markdown_it import MarkdownIt

    whole = text.replace("\r\n", "\n").replace("\r", "\n").removeprefix("\ufeff")
    cleaned = clean(whole, folder, notebook)
    parser = MarkdownIt("commonmark", {"html": False, "maxNesting": 40}).enable("table")
    parser.disable(["emphasis", "text_join", "reference"])
    parser.normalizeLink = lambda url: url  # type: ignore[method-assign]
    tokens = parser.parse("\n".join(cleaned.lines))
    walk = _Tokens(tokens, cleaned, folder, notebook)
    lines = list(walk.lines())
    told = {number for line in lines for number in line.numbers} | walk.passed
    for number, line in enumerate(cleaned.lines, 1):
        words = line.strip()
        if number not in told and words.strip(MARKS + " "):
            lines.append(DraftLine((number,), words))
            notebook.remark(number, "这一行 Markdown 的写法没有用上，照原样留下，请核对")
    for label, (numbers, said) in cleaned.notes.items():
        if label not in walk.called:
            lines.append(DraftLine(numbers, f"[^{label}]: {said}"))
            notebook.remark(numbers[0], "正文里没有引用这条脚注，照原样留下，请核对")
    if cleaned.title:
        number, title = cleaned.title
        lines.append(DraftLine((number,), title, title=True))
    return _levelled(sorted(lines, key=lambda line: line.number))


def _levelled(lines: list[DraftLine]) -> list[DraftLine]:
    """Headings by levels from 1; one alone on the highest, and first, is the title."""
    headings = [line for line in lines if line.level]
    if not headings:
        return lines
    highest = min(line.level for line in headings)
    first = headings[0]
    alone = first.level == highest and sum(line.level == highest for line in headings) == 1
    alone = alone and not any(line.title for line in lines)
    shift = highest if alone else highest - 1
    return [
        replace(line, level=max(0, line.level - shift), title=alone and line is first)
        if line.level
        else line
        for line in lines
    ]


class _Tokens:
    """Walks the tokens of a file with the lists that are open."""

    def __init__(
        self, tokens: list[Any], cleaned: CleanText, folder: Path, notebook: Notebook
    ) -> None:
        self.tokens = tokens
        self.cleaned = cleaned
        self.folder = folder
        self.notebook = notebook
        self.prefix = ""  # the number of an item before its first words
        self.prefixed = 0  # the line it stands on
        self.called: set[str] = set()
        self.passed: set[int] = set()  # lines whose words are all told

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
                bullet = token.markup in _BULLET
                self.prefix += "" if bullet else f"{token.info}{token.markup}"
                self.prefixed = token.map[0] + 1
                if bullet:
                    self.notebook.lose("项目符号", "没有收入：公文用序号分层次", token.map[0] + 1)
            elif token.type == "list_item_close" and self.prefix:
                yield DraftLine((self.prefixed,), self.prefix)  # a number without words
                self.prefix = ""
            elif token.type == "hr":
                self.notebook.lose("分隔线", "已略去", token.map[0] + 1)
            elif token.type == "blockquote_open":
                self.notebook.lose("引用", "收作普通的段落", token.map[0] + 1)
            elif token.type == "inline":
                yield from self._words(token, level)
            elif token.type in ("fence", "code_block"):
                yield from _code(token)
            at += 1

    def _words(self, token: Any, level: int) -> Iterator[DraftLine]:
        first, last = token.map
        numbers = tuple(range(first + 1, last + 1))
        picture = self._picture(token, numbers)
        if picture:
            yield picture
            return
        prefix, self.prefix = self.prefix, ""
        said = self._said(token, first + 1)
        text, notes, noted = self._with_notes(said, first, last) if not level else (said, (), ())
        self.passed.update(numbers)
        parts = list(_parts(prefix + text, first + 1))
        for index, (own, part) in enumerate(parts):
            ends = index == len(parts) - 1
            tail = (*range(own[-1] + 1, last + 1), *noted) if ends else ()
            yield DraftLine((*own, *tail), part, level=level, notes=notes if ends else ())

    def _with_notes(
        self, text: str, first: int, last: int
    ) -> tuple[str, tuple[str, ...], tuple[int, ...]]:
        """*text* with its footnotes called as the source calls them, their words and lines."""
        notes: list[str] = []
        lines: list[int] = []

        def call(match: re.Match[str]) -> str:
            label = match[1]
            if label not in self.cleaned.notes or label in self.called:
                return match[0]
            self.called.add(label)
            numbers, words = self.cleaned.notes[label]
            notes.append(words)
            lines.extend(numbers)
            mark = f"[注{len(notes)}]"
            rows = self.cleaned.lines[first:last]
            row = next((n for n, row in enumerate(rows, first + 1) if match[0] in row), first + 1)
            self.notebook.change(row, match[0], mark, Step.NOTES)
            self.notebook.change(numbers[0], f"{match[0]}:", mark, Step.NOTES)
            return mark

        return _CALL.sub(call, text), tuple(notes), tuple(lines)

    def _picture(self, token: Any, numbers: tuple[int, ...]) -> DraftLine | None:
        """A paragraph that is a picture lying where it says."""
        children = [child for child in token.children or () if child.content or child.type]
        if len(children) != 1 or children[0].type != "image" or len(numbers) != 1:
            return None
        path, described = str(children[0].attrGet("src") or ""), children[0].content
        if not is_picture(path, described, self.folder):
            return None
        return DraftLine(numbers, "", picture=DraftPicture(path, described, typed=True))

    def _table(self, start: int) -> tuple[DraftLine, int]:
        rows: list[list[str]] = []
        heads, at = 0, start
        while self.tokens[at].type != "table_close":
            token = self.tokens[at]
            if token.type == "tr_open":
                rows.append([])
            elif token.type == "inline":
                rows[-1].append(" ".join(_flat(self._said(token, token.map[0] + 1)).split()))
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

    def _said(self, token: Any, number: int) -> str:
        """The words of an inline token without its emphasis, links with their address."""
        pieces: list[str] = []
        address = ""
        children = token.children or []
        for index, child in enumerate(children):
            if child.type == "text":
                pieces.append(child.content)
            elif child.type in ("text_special", "code_inline"):
                pieces.append(child.content.translate(_LITERAL))
            elif child.type == "softbreak":
                following = children[index + 1].content if index + 1 < len(children) else ""
                pieces.append(_between(pieces[-1] if pieces else "", following))
            elif child.type == "hardbreak":
                pieces.append(NEXT)
            elif child.type == "link_open":
                address = str(child.attrGet("href") or "")
            elif child.type == "link_close":
                if address and "".join(pieces[-1:]) != address:
                    pieces.append(f"({address})".translate(_LITERAL))
            elif child.type == "image":
                pieces.append(f"![{child.content}]({child.attrGet('src') or ''})")
        text, marked = without_emphasis("".join(pieces))
        for kind, words in marked:
            self.notebook.lose(kind, "没有收入", number, _flat(words.translate(_BACK)))
        return text.translate(_BACK).replace(LINE_END, "\n")


def _between(before: str, after: str) -> str:
    """What a line end within a paragraph says: the next paragraph, a blank, or nothing."""
    bare = before.rstrip("*_ ")
    goes_on = bare.endswith(("，", "、"))
    ends = bare.endswith(tuple(_SENTENCE_ENDS)) or (cells(bare) < SHORTEST_CUT and not goes_on)
    if (ends and not bare.isascii()) or is_marked(after.lstrip("*_ ")):
        return NEXT
    return JOINED if re.search("[\u2e80-\u9fff\uff00-\uffef“”]$", bare) else f" {JOINED}"


def _flat(text: str) -> str:
    return text.replace(NEXT, "\n").replace(JOINED, "")


def _parts(text: str, number: int) -> Iterator[tuple[tuple[int, ...], str]]:
    """The lines that *text* says, each with the lines of the file it stands on from *number*."""
    for written in text.split(NEXT):
        numbers = tuple(range(number, number + written.count(JOINED) + 1))
        number = numbers[-1] + 1
        for part in written.replace(JOINED, "").split("\n"):
            if part.strip():
                yield numbers, part.strip()


def _code(token: Any) -> Iterator[DraftLine]:
    """The lines of a block that is taken as it stands."""
    first = token.map[0] + (2 if token.type == "fence" else 1)
    if token.type == "fence" and token.info.strip():
        yield DraftLine((first - 1,), token.info.strip())
    for number, line in enumerate(token.content.split("\n"), first):
        if line.strip():
            yield DraftLine((number,), line.strip())
