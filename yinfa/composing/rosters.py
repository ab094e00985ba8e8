"""Lists of names on their way to pages: short names spaced out, columns one under the other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from math import floor

from yinfa.composing.pages import Flow
from yinfa.composing.typesetter import INDENT_CELLS, Typesetter
from yinfa.composition import Block, Line
from yinfa.reading_order import SPACE, Element

NAME_CELLS = 3  # a name of two characters is spaced out to three


def flow_roster(people: Sequence[Element], typesetter: Typesetter) -> Iterator[Flow]:
    """*people*, one list: names alone side by side, else each person with a line."""
    if not people[0].number:
        yield _side_by_side(people[0], typesetter)
        return
    task_cells = max(len(one.label.rstrip("：")) for one in people)
    name_cells = max(NAME_CELLS, *(len(one.words[0].text) for one in people))
    for one in people:
        task = f"{_spread(one.label.rstrip('：'), task_cells)}：" if one.label else ""
        before = task.ljust(task_cells + (task_cells > 0), SPACE)
        name = spaced(one.words[0].text).ljust(name_cells, SPACE)
        post = "".join(words.text for words in one.words[1:])
        lines = _line(f"{before}{name}{SPACE if post else ''}", post, typesetter)
        yield Flow(Block(one.part, lines, place=one.place), whole=True)


def _line(before: str, post: str, typesetter: Typesetter) -> tuple[Line, ...]:
    label = typesetter.run(before if post else before.rstrip(SPACE))
    if not post:
        return typesetter.lines(label, first_cells=INDENT_CELLS)
    hang_cells = INDENT_CELLS + typesetter.width_cells(before)
    return typesetter.hung(
        [label], typesetter.run(post), first_cells=INDENT_CELLS, hang_cells=hang_cells
    )


def _side_by_side(people: Element, typesetter: Typesetter) -> Flow:
    """As many names a line as stand in columns of the longest; none is ever broken."""
    names = [spaced(words.text) for words in people.words]
    column = max(map(len, names)) + 1
    room = floor(typesetter.measures.grid.cells - INDENT_CELLS + 1)
    a_line = max(1, room // column)
    lines: list[Line] = []
    for start in range(0, len(names), a_line):
        shown = SPACE.join(name.ljust(column - 1, SPACE) for name in names[start : start + a_line])
        run = typesetter.run(shown.rstrip(SPACE))
        lines += typesetter.lines(run, first_cells=INDENT_CELLS, hang_cells=INDENT_CELLS)
    full = tuple(replace(line, relaxed=()) for line in lines)
    return Flow(Block(people.part, full, place=people.place))


def spaced(name: str) -> str:
    """A name of two characters takes the room of three."""
    return SPACE.join(name) if len(name) == NAME_CELLS - 1 else name


def _spread(task: str, cells: int) -> str:
    """*task* of two characters spread over three or four cells, as offices do; else as it is."""
    if len(task) == 2 and cells > 2:
        return task[0] + SPACE * (cells - 2) + task[1]
    return task.ljust(cells, SPACE)
