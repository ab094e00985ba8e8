"""Regulation text on its way to pages: 章 and 节 centred, 条 run in, 项 and 目 under them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from yinfa.composing.notes import runs_with_calls, set_notes, take_called
from yinfa.composing.numbering import chinese
from yinfa.composing.pages import Flow, Note
from yinfa.composing.typesetter import INDENT_CELLS, Typesetter, refuse_long, settled
from yinfa.composition import Block, Part, Role, Run
from yinfa.model import Article, Chapter

CHAPTER_ROLES = {1: Role.HEITI, 2: Role.KAITI}  # 章 and, within one, 节
SPACE = "\u3000"  # between a number and what it numbers
INTRODUCES = "："  # ends the text that a list of 项 follows


def chapter_flow(chapter: Chapter, level: int, number: int, typesetter: Typesetter) -> Flow:
    """第×章 and its title, centred; *level* is how deep it stands among 章 and 节."""
    name = f"第{chinese(number)}{chapter.part}{SPACE}{chapter.title}"
    role = CHAPTER_ROLES.get(level, Role.KAITI)
    lines = typesetter.lines(typesetter.run(name, role))
    refuse_long(lines, chapter.title, f"{chapter.part}名")
    return Flow(Block(Part.CHAPTER, lines, level=level, name=name), keep=True, whole=True)


def article_flows(
    article: Article, number: int, before: int, typesetter: Typesetter
) -> Iterator[Flow]:
    """第×条 in 黑体 before its first paragraph; then further 款, each 项 and its 目.

    *before* footnotes were counted already.
    """
    notes = set_notes(article.notes, before, typesetter)

    def flow(words: str, *, introduces: bool, mark: str = "") -> Flow:
        runs = runs_with_calls(words, before, typesetter)
        own = take_called(runs, notes)
        if mark:
            runs.insert(0, typesetter.run(mark, Role.HEITI))
        return _paragraph(runs, typesetter, introduces=introduces, notes=own)

    last = len(article.paragraphs) - 1
    for index, text in enumerate(article.paragraphs):
        listed = index == last and bool(article.items) and str(text).endswith(INTRODUCES)
        mark = "" if index else f"第{chinese(number)}条{SPACE}"
        yield flow(str(text), introduces=listed, mark=mark)
    for place, item in enumerate(article.items, 1):
        yield flow(f"（{chinese(place)}）{item.text}", introduces=bool(item.items))
        for below, subitem in enumerate(item.items, 1):
            yield flow(f"{below}.{subitem.text}", introduces=False)


def _paragraph(
    runs: list[Run], typesetter: Typesetter, *, introduces: bool, notes: Mapping[str, Note]
) -> Flow:
    """Two cells in, like any other; what introduces a list does not stand alone above it."""
    reset = typesetter.paragraph(*runs, first_cells=INDENT_CELLS)
    lines = settled(reset).lines
    keep = introduces and len(lines) == 1
    return Flow(Block(Part.PARAGRAPH, lines), keep=keep, reset=reset, notes=notes)
