"""The text of a document, 7.3.3, on its way to pages: what stands together, and in which face."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice, takewhile

from yinfa.composing.figures import flow_figure
from yinfa.composing.notes import set_notes
from yinfa.composing.pages import Flow
from yinfa.composing.rosters import flow_roster
from yinfa.composing.tables import flow_table
from yinfa.composing.typesetter import INDENT_CELLS, Typesetter, refuse_long, settled
from yinfa.composition import Block, Role
from yinfa.parts import Part
from yinfa.reading_order import Element

# What is set in a face of its own, by level; deeper levels keep the text's.
HEADING_ROLES = {1: Role.HEITI, 2: Role.KAITI}  # 7.3.3
CHAPTER_ROLES = {1: Role.HEITI}  # 章; 节 stands in 楷体
HEADINGS = frozenset({Part.HEADING, Part.RUN_IN, Part.CHAPTER})
PICTURED = frozenset({Part.TABLE, Part.FIGURE})
INTRODUCES = "："  # ends the text that a list of 项 follows


def flow_body(body: Sequence[Element], typesetter: Typesetter) -> Iterator[Flow]:
    """*body* in reading order."""
    for index, element in enumerate(body):
        before = body[index - 1] if index else None
        after = body[index + 1] if index + 1 < len(body) else None
        flows = _flow(before, element, after, typesetter)
        if element.part is Part.ROSTER:
            if element.number > 1:
                continue  # set with the first of its list
            others = takewhile(lambda one: one.number > 1, islice(body, index + 1, None))
            flows = flow_roster([element, *others], typesetter)
        # A table or figure has as much air under it as above.
        yield from first_above(flows, int(before is not None and before.part in PICTURED))


def _flow(
    before: Element | None, element: Element, after: Element | None, typesetter: Typesetter
) -> Iterator[Flow]:
    """*element* between its neighbours."""
    match element.part:
        case Part.TABLE:
            yield from flow_table(element, typesetter)
        case Part.FIGURE:
            yield from flow_figure(element, typesetter)
        case Part.CHAPTER:
            # A 节 that opens its 章 stands right under it; any other heading has air above.
            opens = element.level > 1 and before is not None and before.depth < element.depth
            yield replace(_chapter(element, typesetter), above=0 if opens else 1)
        case Part.HEADING:
            yield _heading(element, typesetter, over=_stands_over(element, after))
        case Part.ARTICLE | Part.ITEM | Part.PARAGRAPH | Part.RUN_IN:
            yield _paragraph(element, typesetter, keep=_introduces(element, after))
        case _:
            raise AssertionError(f"{element.part} is no part of a text")


def first_above(flows: Iterator[Flow], above: int) -> Iterator[Flow]:
    """*flows* with at least *above* empty lines before the first."""
    for index, flow in enumerate(flows):
        yield replace(flow, above=max(flow.above, above)) if index == 0 else flow


def _stands_over(heading: Element, after: Element | None) -> bool:
    """Whether something stands under *heading*, or it introduces what comes after."""
    if after is None or after.depth < heading.depth:
        return False
    return after.depth > heading.depth or after.part not in HEADINGS


def _introduces(element: Element, after: Element | None) -> bool:
    """Whether *element* is what the list of 项 or 目 after it belongs to."""
    if after is None or after.part is not Part.ITEM:
        return False
    if element.part is Part.ITEM:
        return after.level > element.level
    return element.text.endswith(INTRODUCES)


def _paragraph(element: Element, typesetter: Typesetter, *, keep: bool) -> Flow:
    """A paragraph, two cells in, after its number and heading; what introduces a list is kept.

    More than one line of it need not be: a line of it goes with the list in any case.
    """
    head = _head_role(element)
    reset = typesetter.paragraph(*typesetter.runs(element, head), first_cells=INDENT_CELLS)
    lines = settled(reset).lines
    run_in = element.part is Part.RUN_IN
    block = Block(
        element.part,
        lines,
        level=element.level if run_in else 0,
        head=len(element.head) if run_in else 0,
        name=element.name,
        place=element.place,
    )
    notes = set_notes(element.notes, typesetter)
    return Flow(block, keep=keep and len(lines) == 1, reset=reset, notes=notes)


def _head_role(element: Element) -> Role:
    """The face of number and heading."""
    if element.part is Part.ARTICLE:
        return Role.HEITI
    if element.part is Part.RUN_IN:
        return HEADING_ROLES.get(element.level, Role.FANGSONG)
    return Role.FANGSONG


def _heading(element: Element, typesetter: Typesetter, *, over: bool) -> Flow:
    """A heading that stands alone; one *over* nothing ends a page as well as any text."""
    role = HEADING_ROLES.get(element.level, Role.FANGSONG)
    runs = typesetter.runs(element, role)
    reset = typesetter.paragraph(*runs, first_cells=INDENT_CELLS)
    lines = settled(reset).lines
    block = Block(Part.HEADING, lines, level=element.level, name=element.name, place=element.place)
    refuse_long(block.lines, element, "标题")
    return Flow(block, keep=over, whole=over, reset=reset)


def _chapter(element: Element, typesetter: Typesetter) -> Flow:
    """第×章 or 第×节 and its title, centred."""
    role = CHAPTER_ROLES.get(element.level, Role.KAITI)
    lines = typesetter.lines(*typesetter.runs(element, role))
    refuse_long(lines, element, "章节名")
    block = Block(Part.CHAPTER, lines, level=element.level, name=element.name, place=element.place)
    return Flow(block, keep=True, whole=True)
