"""The text of a document, 7.3.3, on its way to pages: paragraphs and numbered headings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from yinfa.composing.numbering import level_mark
from yinfa.composing.pages import Flow
from yinfa.composing.regulation import article_flows, chapter_flow
from yinfa.composing.typesetter import INDENT_CELLS, Typesetter, settled
from yinfa.composition import Block, Part, Role
from yinfa.model import Article, Chapter, Node, Paragraph, Section

LEVEL_ROLES = {1: Role.HEITI, 2: Role.KAITI}  # 7.3.3; deeper levels keep the text's face


@dataclass
class _Depth:
    """Where in a text a node stands; it remembers, because 条 are counted through all chapters."""

    section: int = 1  # level of the sections here
    chapter: int = 1  # level of 章 and 节 here
    articles: list[int] = field(default_factory=lambda: [0])

    def below_section(self) -> _Depth:
        return replace(self, section=self.section + 1)

    def below_chapter(self) -> _Depth:
        return replace(self, chapter=self.chapter + 1)


def flow_body(body: tuple[Node, ...], typesetter: Typesetter) -> Iterator[Flow]:
    """*body* in reading order, numbered from the first level on."""
    return _flow(body, _Depth(), typesetter)


def _flow(body: tuple[Node, ...], depth: _Depth, typesetter: Typesetter) -> Iterator[Flow]:
    numbers: Counter[str] = Counter()
    for node in body:
        match node:
            case Paragraph():
                yield _paragraph(node, typesetter)
            case Section():
                numbers["section"] += 1
                yield _heading(node, depth.section, numbers["section"], typesetter)
                yield from _flow(node.body, depth.below_section(), typesetter)
            case Chapter():
                numbers[node.part] += 1
                heading = chapter_flow(node, depth.chapter, numbers[node.part], typesetter)
                # A 节 that opens its 章 stands right under it; any other heading has air above.
                opens = depth.chapter > 1 and node is body[0]
                yield replace(heading, above=0 if opens else 1)
                yield from _flow(node.body, depth.below_chapter(), typesetter)
            case Article():
                depth.articles[0] += 1
                yield from article_flows(node, depth.articles[0], typesetter)


def first_above(flows: Iterator[Flow], above: int) -> Iterator[Flow]:
    """*flows* with at least *above* empty lines before the first."""
    for index, flow in enumerate(flows):
        yield replace(flow, above=max(flow.above, above)) if index == 0 else flow


def _paragraph(paragraph: Paragraph, typesetter: Typesetter) -> Flow:
    reset = typesetter.paragraph(typesetter.run(str(paragraph.text)), first_cells=INDENT_CELLS)
    return Flow(Block(Part.PARAGRAPH, settled(reset).lines), reset=reset)


def _heading(section: Section, level: int, number: int, typesetter: Typesetter) -> Flow:
    """A heading with its mark; run in, it begins the paragraph that goes on after it."""
    name = level_mark(level, number) + str(section.title)
    runs = [typesetter.run(name, LEVEL_ROLES.get(level, Role.FANGSONG))]
    if section.run_in:
        runs.append(typesetter.run(str(section.run_in)))
    reset = typesetter.paragraph(*runs, first_cells=INDENT_CELLS)
    part, head = (Part.RUN_IN, len(name)) if section.run_in else (Part.HEADING, 0)
    block = Block(part, settled(reset).lines, level=level, head=head, name=name)
    return Flow(block, keep=not section.run_in, whole=not section.run_in, reset=reset)
