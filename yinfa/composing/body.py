"""The text of a document, 7.3.3, on its way to pages: paragraphs and numbered headings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import zip_longest

from yinfa.composing.figures import flow_figure
from yinfa.composing.notes import runs_with_calls, set_notes
from yinfa.composing.numbering import heading
from yinfa.composing.pages import Flow
from yinfa.composing.regulation import article_flows, chapter_flow
from yinfa.composing.tables import flow_table
from yinfa.composing.typesetter import INDENT_CELLS, Typesetter, refuse_long, settled
from yinfa.composition import Block, Part, Role
from yinfa.model import Article, Chapter, Figure, Node, Paragraph, Section, Table

LEVEL_ROLES = {1: Role.HEITI, 2: Role.KAITI}  # 7.3.3; deeper levels keep the text's face


@dataclass(slots=True)
class _Counted:
    """What is counted through a whole text, whatever it stands under; it remembers, to count."""

    articles: int = 0
    notes: int = 0


@dataclass(frozen=True, slots=True)
class _Depth:
    """Where in a text a node stands."""

    counted: _Counted
    section: int = 1  # level of the sections here
    chapter: int = 1  # level of 章 and 节 here

    def below_section(self) -> _Depth:
        return replace(self, section=self.section + 1)

    def below_chapter(self) -> _Depth:
        return replace(self, chapter=self.chapter + 1)


def flow_body(body: tuple[Node, ...], typesetter: Typesetter) -> Iterator[Flow]:
    """*body* in reading order, numbered from the first level on."""
    return _flow(body, _Depth(_Counted()), typesetter)


def _flow(body: tuple[Node, ...], depth: _Depth, typesetter: Typesetter) -> Iterator[Flow]:
    numbers: Counter[str] = Counter()
    above = 0
    for node, following in zip_longest(body, body[1:]):
        flows = _flow_node(node, following, body, numbers, depth, typesetter)
        yield from first_above(flows, above)
        above = int(_ends_in_figure(node))  # that has as much air under it as above


def _ends_in_figure(node: Node) -> bool:
    """Whether the last that *node* shows is a table or a figure."""
    if isinstance(node, Section | Chapter) and node.body:
        return _ends_in_figure(node.body[-1])
    return isinstance(node, Table | Figure)


def _flow_node(
    node: Node,
    following: Node | None,
    body: tuple[Node, ...],
    numbers: Counter[str],
    depth: _Depth,
    typesetter: Typesetter,
) -> Iterator[Flow]:
    """*node*, one of *body* with *following* after it; *numbers* counts what stands there."""
    match node:
        case Paragraph():
            yield _paragraph(node, depth.counted.notes, typesetter)
            depth.counted.notes += len(node.notes)
        case Section():
            numbers["section"] += 1
            over = bool(node.body) or not isinstance(following, Section | Chapter | None)
            yield _heading(node, depth, numbers["section"], typesetter, over=over)
            depth.counted.notes += len(node.notes)
            yield from _flow(node.body, depth.below_section(), typesetter)
        case Chapter():
            numbers[node.part] += 1
            heading = chapter_flow(node, depth.chapter, numbers[node.part], typesetter)
            # A 节 that opens its 章 stands right under it; any other heading has air above.
            opens = depth.chapter > 1 and node is body[0]
            yield replace(heading, above=0 if opens else 1)
            yield from _flow(node.body, depth.below_chapter(), typesetter)
        case Article():
            counted = depth.counted
            counted.articles += 1
            yield from article_flows(node, counted.articles, counted.notes, typesetter)
            counted.notes += len(node.notes)
        case Table():
            yield from flow_table(node, typesetter)
        case Figure():
            yield from flow_figure(node, typesetter)


def first_above(flows: Iterator[Flow], above: int) -> Iterator[Flow]:
    """*flows* with at least *above* empty lines before the first."""
    for index, flow in enumerate(flows):
        yield replace(flow, above=max(flow.above, above)) if index == 0 else flow


def _paragraph(paragraph: Paragraph, before: int, typesetter: Typesetter) -> Flow:
    """A paragraph and the footnotes it calls; *before* were counted already."""
    runs = runs_with_calls(str(paragraph.text), before, typesetter)
    reset = typesetter.paragraph(*runs, first_cells=INDENT_CELLS)
    block = Block(Part.PARAGRAPH, settled(reset).lines)
    return Flow(block, reset=reset, notes=set_notes(paragraph.notes, before, typesetter))


def _heading(
    section: Section, depth: _Depth, number: int, typesetter: Typesetter, *, over: bool
) -> Flow:
    """A heading with its mark; run in, it begins the paragraph that goes on after it.

    One that stands *over* nothing ends a page as well as any text.
    """
    level, before = depth.section, depth.counted.notes
    name = heading(level, number, str(section.title), run_in=section.run_in is not None)
    runs = [typesetter.run(name, LEVEL_ROLES.get(level, Role.FANGSONG))]
    if section.run_in:
        runs += runs_with_calls(str(section.run_in), before, typesetter)
    reset = typesetter.paragraph(*runs, first_cells=INDENT_CELLS)
    part, head = (Part.RUN_IN, len(name)) if section.run_in else (Part.HEADING, 0)
    block = Block(part, settled(reset).lines, level=level, head=head, name=name)
    alone = not section.run_in
    if alone:
        refuse_long(block.lines, section.title, "标题")
    notes = set_notes(section.notes, before, typesetter)
    kept = alone and over
    return Flow(block, keep=kept, whole=kept, reset=reset, notes=notes)
