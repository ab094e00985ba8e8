"""The text of a document in reading order, 7.3.3: every number and every footnote is settled."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar

from yinfa.arranging.numbering import STOPS, chinese, level_mark, note_mark
from yinfa.inline import parse, plain
from yinfa.model import (
    Article,
    Chapter,
    Figure,
    Item,
    Node,
    Numbered,
    Ordinal,
    Paragraph,
    Roster,
    Section,
    Table,
    Text,
)
from yinfa.parts import Part
from yinfa.reading_order import SPACE, Element, Words

NOTE_GAP = "\u00a0"  # between the mark of a footnote and its words; never grows
_TABLE_LABEL = re.compile("(注|来源|资料来源|数据来源)[：:]")  # as a writer may type it himself
_UNIT_LABEL = re.compile("(计量)?单位[：:]")
MARK_ENDS = "、.．）)，；：,;:"  # end a mark that stands close to what follows


@dataclass(slots=True)
class Counts:
    """What is counted through a document; it remembers, to count."""

    notes: int = 0
    articles: int = 0
    running: Counter[int] = field(default_factory=Counter)  # of levels that run on, by level
    run_on: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class _Depth:
    """Where in a text a node stands."""

    section: int = 1  # level of the headings here
    chapter: int = 1  # level of 章 and 节 here
    containers: int = 0  # it stands under

    def below_section(self) -> _Depth:
        return replace(self, section=self.section + 1, containers=self.containers + 1)

    def below_chapter(self) -> _Depth:
        return replace(self, chapter=self.chapter + 1, containers=self.containers + 1)


def text_elements(
    body: tuple[Node, ...], counts: Counts, running: frozenset[int] = frozenset()
) -> tuple[Element, ...]:
    """The elements of *body*: articles count from one, footnotes go on from *counts*.

    The numbers of the levels *running* do not begin anew under each heading.
    """
    counts.articles = 0
    counts.running.clear()
    counts.run_on = running
    return tuple(_nodes(body, _Depth(), counts))


def said(text: Text, notes_before: int = 0) -> tuple[Words, ...]:
    """The words of *text* as its notation says; footnotes go on from *notes_before*."""
    found = []
    for span in parse(text.value)[0]:
        number = span.note and notes_before + span.note
        words = note_mark(number) if number else span.text
        found.append(Words(words, text.place, number, span.ends_line, span.emphases, span.link))
    return tuple(found)


def _nodes(nodes: Iterable[Node], depth: _Depth, counts: Counts) -> Iterator[Element]:
    numbers: Counter[int] = Counter()
    chapters: Counter[str] = Counter()
    for node in nodes:
        match node:
            case Paragraph():
                yield _noted(
                    Element(
                        Part.PARAGRAPH,
                        node.text.place,
                        words=said(node.text, counts.notes),
                        depth=depth.containers,
                    ),
                    node.notes,
                    counts,
                )
            case Section() | Numbered():
                counted = counts.running if depth.section in counts.run_on else numbers
                number = _counted(counted, depth.section, node.ordinal)
                if isinstance(node, Section):
                    yield _heading(node, depth, number, counts)
                else:
                    yield _numbered(node, depth, number, counts)
                yield from _nodes(node.body, depth.below_section(), counts)
            case Chapter():
                yield _chapter(node, depth, _counted(chapters, node.part, node.ordinal))
                yield from _nodes(node.body, depth.below_chapter(), counts)
            case Article():
                counts.articles = node.ordinal.value if node.ordinal else counts.articles + 1
                yield from _article(node, depth, counts)
            case Table():
                yield _table(node, depth)
            case Figure():
                yield _figure(node, depth)
            case Roster():
                yield from _roster(node, depth)


_Key = TypeVar("_Key")


def _counted(counted: Counter[_Key], key: _Key, ordinal: Ordinal | None) -> int:
    """The number of the next of *key*: the one after the last, or its own."""
    if ordinal is None:
        counted[key] += 1
    elif not ordinal.mark:
        counted[key] = ordinal.value
    return counted[key]


def _mark(level: int, number: int, ordinal: Ordinal | None) -> str:
    """What stands before a heading or item: its number, or the mark that the source gives it."""
    if ordinal is None or not ordinal.mark:
        return level_mark(level, number)
    mark = ordinal.mark
    return mark if mark.endswith(tuple(MARK_ENDS)) else mark + SPACE


def _numbered(numbered: Numbered, depth: _Depth, number: int, counts: Counts) -> Element:
    """条目: a paragraph with a number."""
    element = Element(
        Part.ITEM,
        numbered.place,
        label=_mark(depth.section, number, numbered.ordinal),
        words=said(numbered.text, counts.notes),
        level=depth.section,
        number=number,
        depth=depth.containers,
        opens=True,
    )
    return _noted(element, numbered.notes, counts)


def _heading(section: Section, depth: _Depth, number: int, counts: Counts) -> Element:
    """A heading with its mark; run in, it ends with a stop and its text goes on, 7.3.3."""
    ended = plain(section.title.value).endswith(tuple(STOPS))
    element = Element(
        Part.RUN_IN if section.run_in else Part.HEADING,
        section.place,
        label=_mark(depth.section, number, section.ordinal),
        heading=said(section.title),
        words=said(section.run_in, counts.notes) if section.run_in else (),
        stop="。" if section.run_in and not ended else "",
        level=depth.section,
        number=number,
        depth=depth.containers,
        opens=True,
    )
    return _noted(replace(element, name=element.head), section.notes, counts)


def _chapter(chapter: Chapter, depth: _Depth, number: int) -> Element:
    """第×章 or 第×节 and its title; both begin anew under whatever they stand."""
    element = Element(
        Part.CHAPTER,
        chapter.place,
        label=f"第{chinese(number)}{chapter.part}{SPACE}",
        heading=(Words(chapter.title.value, chapter.title.place),),
        level=depth.chapter,
        number=number,
        depth=depth.containers,
        opens=True,
    )
    return replace(element, name=element.head)


def _article(article: Article, depth: _Depth, counts: Counts) -> Iterator[Element]:
    """第×条 before its first paragraph, then further 款, each 项 and its 目.

    A footnote belongs to what is the first to call it.
    """
    before, under = counts.notes, depth.containers + 1
    number = counts.articles
    branch = article.ordinal.branch if article.ordinal else 0
    mark = f"第{chinese(number)}条{f'之{chinese(branch)}' if branch else ''}{SPACE}"
    elements = [
        Element(
            Part.PARAGRAPH if index else Part.ARTICLE,
            text.place if index else article.place,
            label="" if index else mark,
            words=said(text, before),
            number=0 if index else number,
            depth=under if index else depth.containers,
            opens=not index,
        )
        for index, text in enumerate(article.paragraphs)
    ]
    elements += _items(article.items, 2, under, before)
    notes = _footnotes(article.notes, before)
    counts.notes += len(notes)
    placed: set[int] = set()
    for element in elements:
        own = dict.fromkeys(words.note for words in element.words if words.note)
        first = [number for number in own if number not in placed]
        placed.update(first)
        yield replace(element, notes=tuple(notes[number - before - 1] for number in first))


def _items(items: tuple[Item, ...], level: int, depth: int, before: int) -> Iterator[Element]:
    counted: Counter[int] = Counter()
    for item in items:
        number = _counted(counted, level, item.ordinal)
        yield Element(
            Part.ITEM,
            item.text.place,
            label=level_mark(level, number),
            words=said(item.text, before),
            level=level,
            number=number,
            depth=depth,
        )
        yield from _items(item.items, level + 1, depth, before)


def _noted(element: Element, notes: Sequence[Text], counts: Counts) -> Element:
    found = _footnotes(notes, counts.notes)
    counts.notes += len(found)
    return replace(element, notes=found)


def _footnotes(notes: Sequence[Text], before: int) -> tuple[Element, ...]:
    return tuple(
        Element(
            Part.FOOTNOTE,
            text.place,
            label=note_mark(number) + NOTE_GAP,
            words=said(text),
            number=number,
        )
        for number, text in enumerate(notes, before + 1)
    )


def _table(table: Table, depth: _Depth) -> Element:
    below = []
    for label, text in (("注：", table.note), ("资料来源：", table.source)):
        if text:
            typed = _TABLE_LABEL.match(text.value)
            start = typed.end() if typed else 0
            below.append(
                Element(
                    Part.TABLE_NOTE,
                    text.place,
                    label=typed[0] if typed else label,
                    words=said(replace(text, value=text.value[start:])),
                )
            )
    return Element(
        Part.TABLE,
        table.place,
        depth=depth.containers,
        above=(*_caption(table.caption, Part.CAPTION), *_unit(table.unit)),
        below=tuple(below),
        table=table,
    )


def _unit(text: Text | None) -> tuple[Element, ...]:
    """What a table counts in, with its label."""
    if not text:
        return ()
    typed = _UNIT_LABEL.match(text.value)
    start = typed.end() if typed else 0
    words = said(replace(text, value=text.value[start:]))
    label = typed[0] if typed else "单位："
    return (Element(Part.TABLE_UNIT, text.place, label=label, words=words),)


def _roster(roster: Roster, depth: _Depth) -> Iterator[Element]:
    """A line for each person; names alone are one list."""
    if roster.plain:
        words = tuple(Words(one.name.value, one.name.place) for one in roster.people)
        yield Element(
            Part.ROSTER, roster.place, words=words, separator=SPACE, depth=depth.containers
        )
        return
    for number, one in enumerate(roster.people):
        texts = (text for text in (one.name, one.post) if text)
        yield Element(
            Part.ROSTER,
            roster.place if number == 0 else one.name.place,
            label=f"{one.task}：" if one.task else "",
            words=tuple(Words(text.value, text.place) for text in texts),
            separator=SPACE,
            number=number + 1,
            depth=depth.containers,
        )


def _figure(figure: Figure, depth: _Depth) -> Element:
    return Element(
        Part.FIGURE,
        figure.place,
        depth=depth.containers,
        below=_caption(figure.caption, Part.FIGURE_CAPTION),
        figure=figure,
    )


def _caption(text: Text | None, part: Part) -> tuple[Element, ...]:
    if not text:
        return ()
    return (Element(part, text.place, words=said(text)),)
