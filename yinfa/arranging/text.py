"""The text of a document in reading order, 7.3.3: every number and every footnote is settled."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from yinfa.arranging.numbering import STOPS, chinese, level_mark, note_mark
from yinfa.model import Article, Chapter, Figure, Item, Node, Paragraph, Section, Table, Text
from yinfa.parts import Part
from yinfa.reading_order import SPACE, Element, Words

NOTE_GAP = "\u00a0"  # between the mark of a footnote and its words; never grows
_TABLE_LABEL = re.compile("(注|来源|资料来源|数据来源)[：:]")  # as a writer may type it himself
_CALL = re.compile(r"\[注(\d+)\]", re.ASCII)


@dataclass(slots=True)
class Counts:
    """What is counted through a document; it remembers, to count."""

    notes: int = 0
    articles: int = 0


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


def text_elements(body: tuple[Node, ...], counts: Counts) -> tuple[Element, ...]:
    """The elements of *body*: articles count from one, footnotes go on from *counts*."""
    counts.articles = 0
    return tuple(_nodes(body, _Depth(), counts))


def said(text: Text, notes_before: int = 0) -> tuple[Words, ...]:
    """The words of *text*, its calls as the marks of footnotes that go on from *notes_before*."""
    found = []
    for index, part in enumerate(_CALL.split(text.value)):
        if index % 2:
            number = notes_before + int(part)
            found.append(Words(note_mark(number), text.place, note=number))
        elif part:
            found.append(Words(part, text.place))
    return tuple(found)


def _nodes(nodes: Iterable[Node], depth: _Depth, counts: Counts) -> Iterator[Element]:
    numbers: Counter[str] = Counter()
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
            case Section():
                numbers["section"] += 1
                yield _heading(node, depth, numbers["section"], counts)
                yield from _nodes(node.body, depth.below_section(), counts)
            case Chapter():
                numbers[node.part] += 1
                yield _chapter(node, depth, numbers[node.part])
                yield from _nodes(node.body, depth.below_chapter(), counts)
            case Article():
                counts.articles += 1
                yield from _article(node, depth, counts)
            case Table():
                yield _table(node, depth)
            case Figure():
                yield _figure(node, depth)


def _heading(section: Section, depth: _Depth, number: int, counts: Counts) -> Element:
    """A heading with its mark; run in, it ends with a stop and its text goes on, 7.3.3."""
    ended = section.title.value.endswith(tuple(STOPS))
    element = Element(
        Part.RUN_IN if section.run_in else Part.HEADING,
        section.place,
        label=level_mark(depth.section, number),
        heading=(Words(section.title.value, section.title.place),),
        words=said(section.run_in, counts.notes) if section.run_in else (),
        stop="。" if section.run_in and not ended else "",
        level=depth.section,
        number=number,
        depth=depth.containers,
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
    )
    return replace(element, name=element.head)


def _article(article: Article, depth: _Depth, counts: Counts) -> Iterator[Element]:
    """第×条 before its first paragraph, then further 款, each 项 and its 目.

    A footnote belongs to what is the first to call it.
    """
    before, under = counts.notes, depth.containers + 1
    number = counts.articles
    elements = [
        Element(
            Part.PARAGRAPH if index else Part.ARTICLE,
            text.place if index else article.place,
            label="" if index else f"第{chinese(number)}条{SPACE}",
            words=said(text, before),
            number=0 if index else number,
            depth=under if index else depth.containers,
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
    for number, item in enumerate(items, 1):
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
            words=(Words(text.value, text.place),),
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
                    words=(Words(text.value[start:], text.place),),
                )
            )
    return Element(
        Part.TABLE,
        table.place,
        depth=depth.containers,
        above=_caption(table.caption, Part.CAPTION),
        below=tuple(below),
        table=table,
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
    return (Element(part, text.place, words=(Words(text.value, text.place),)),)
