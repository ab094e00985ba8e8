"""What flows is dealt to pages so that none ends badly."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from yinfa.composing.pages import Flow, Piece, Reset, deal
from yinfa.composition import Block, Line, Setting
from yinfa.parts import Part

LINES = 22
Shape = tuple[str, int]  # what it is, and how many lines it has


def lines(count: int) -> tuple[Line, ...]:
    return tuple(Line("字", (), (), 0.0, full=True) for _ in range(count))


def elastic(count: int) -> Reset:
    """A paragraph that can be set a line shorter or longer."""

    def reset(looser: int) -> Setting | None:
        return Setting(lines(count + looser), 10.0 * abs(looser)) if count + looser else None

    return reset


def flow(shape: Shape, *, stretches: bool = False) -> Flow:
    kind, count = shape
    if kind == "heading":
        return Flow(Block(Part.HEADING, lines(count)), keep=True, whole=True)
    reset = elastic(count) if stretches and count > 2 else None
    return Flow(Block(Part.PARAGRAPH, lines(count)), reset=reset)


paragraphs = st.tuples(st.just("paragraph"), st.integers(1, 15))
headings = st.tuples(st.just("heading"), st.integers(1, 2))
documents = st.lists(st.one_of(paragraphs, paragraphs, headings), min_size=1, max_size=40).map(
    lambda shapes: [*shapes, ("paragraph", 3)]
)
heads = st.integers(0, 15)


def check_order(dealt: Sequence[Flow], pages: Sequence[Sequence[Piece]], head: int) -> None:
    """Every part once, in order, each page within its lines and none over another."""
    parts = [(p.index, part) for page in pages for p in page for part in range(p.start, p.end)]
    assert parts == [(i, part) for i, each in enumerate(dealt) for part in range(len(each.parts))]
    for number, page in enumerate(pages):
        used = head if number == 0 else 0
        for piece in page:
            assert piece.row >= used
            used = piece.row + piece.end - piece.start
        assert used <= LINES


@settings(max_examples=150, deadline=None)
@given(documents, heads, st.booleans())
def test_no_page_ends_with_a_heading_or_a_lone_line(
    shapes: list[Shape], head: int, stretches: bool
) -> None:
    dealt, pages = deal([flow(shape, stretches=stretches) for shape in shapes], LINES, head)
    check_order(dealt, pages, head)
    for number, page in enumerate(pages[:-1]):
        last = page[-1]
        held = all(dealt[piece.index].keep for piece in page)  # nothing else stands on it
        assert held or not dealt[last.index].keep
        total = len(dealt[last.index].parts)
        begins = pages[number + 1][0]
        if last.end < total:
            assert begins.index == last.index
        if last.end < total and total != 3:  # one of three lines may stand alone, 5.2.3
            assert last.end - last.start > 1 or last.start > 0
            assert total - last.end > 1


@settings(max_examples=150, deadline=None)
@given(st.lists(paragraphs, min_size=1, max_size=40), heads)
def test_running_text_leaves_a_page_full_or_two_lines_short_at_most(
    shapes: list[Shape], head: int
) -> None:
    _, pages = deal([flow(shape) for shape in shapes], LINES, head)
    for page in pages[:-1]:
        last = page[-1]
        assert last.row + last.end - last.start >= LINES - 2  # a paragraph of 3 is never split


@settings(max_examples=100, deadline=None)
@given(
    st.lists(st.tuples(st.just("paragraph"), st.integers(4, 9)), min_size=12, max_size=30), heads
)
def test_paragraphs_that_can_give_way_leave_every_page_full(shapes: list[Shape], head: int) -> None:
    _, pages = deal([flow(shape, stretches=True) for shape in shapes], LINES, head)
    for page in pages[:-1]:
        last = page[-1]
        assert last.row + last.end - last.start >= LINES - 1


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.tuples(st.just("paragraph"), st.integers(1, 12)), min_size=1, max_size=30),
    st.integers(0, 12),
    st.integers(1, 6),
    st.integers(0, 2),
)
def test_the_signature_takes_two_lines_of_text_with_it(
    shapes: list[Shape], head: int, height: int, below: int
) -> None:
    signature = Flow(
        Block(Part.SIGNATURE, lines(1)),
        above=2,
        whole=True,
        takes=2,
        below=below,
        heights=(height,),
    )
    dealt, pages = deal([*map(flow, shapes), signature], LINES, head)
    last = pages[-1]
    assert last[-1].row + height + below <= LINES
    text = sum(piece.end - piece.start for piece in last[:-1])
    before = [piece for page in pages for piece in page][:-1]
    total = sum(piece.end - piece.start for piece in before)
    assert text >= 2 or total < 4
    first = last[0]
    parted = len(dealt[first.index].parts)
    if first.start and total > 3 and parted != 3:  # and none of them alone
        assert first.end - first.start > 1 and first.start > 1


def signature(height: int) -> Flow:
    block = Block(Part.SIGNATURE, lines(1))
    return Flow(block, above=1, whole=True, takes=2, heights=(height,))


@pytest.mark.parametrize("over", [1, 2])
def test_paragraphs_set_tighter_spare_the_signature_a_page_of_its_own(over: int) -> None:
    # 17 lines of text, one blank and the signature: 22 and *over*.
    shapes = [("paragraph", 6), ("paragraph", 6), ("paragraph", 5)]
    ends = signature(LINES - 17 - 1 + over)
    dealt, pages = deal([*(flow(shape, stretches=True) for shape in shapes), ends], LINES)
    assert len(pages) == 1
    check_order(dealt, pages, 0)
    assert sum(len(each.parts) for each in dealt[:-1]) == 17 - over
    rigid, two = deal([*map(flow, shapes), ends], LINES)
    assert len(two) == 2
    check_order(rigid, two, 0)


def test_a_heading_that_goes_to_the_signature_counts_among_the_lines_it_takes() -> None:
    # Heading and line go with it; more would not have room there and stand on a page of its own.
    heading = Flow(Block(Part.HEADING, lines(2)), keep=True, whole=True)
    text = [Flow(Block(Part.PARAGRAPH, lines(count))) for count in (6, 5, 4)]
    last = Flow(Block(Part.PARAGRAPH, lines(1)))
    _, pages = deal([*text, heading, last, signature(17)], LINES)
    assert [page[-1].index for page in pages] == [2, 5]


def test_a_signature_far_over_its_page_sets_no_paragraph_tighter() -> None:
    shapes = [("paragraph", 6)] * 3
    dealt, pages = deal([*(flow(s, stretches=True) for s in shapes), signature(7)], LINES)
    assert len(pages) == 2
    assert [len(each.parts) for each in dealt[:2]] == [6, 6]


def test_a_list_too_long_to_go_with_the_signature_goes_on_before_it() -> None:
    listed = [Flow(Block(Part.ATTACHMENT_LIST, lines(2)), above=int(not n)) for n in range(10)]
    dealt, pages = deal([flow(("paragraph", 4)), *listed, signature(3)], LINES)
    check_order(dealt, pages, 0)
    assert len(pages) == 2
    assert pages[0][-1].row + 2 >= LINES - 1
    text = sum(piece.end - piece.start for piece in pages[1][:-1])
    assert text >= 2


def test_what_is_higher_than_its_page_is_laid_once() -> None:
    whole = Flow(Block(Part.TABLE, ()), whole=True, heights=(float(LINES),))
    _, pages = deal([whole, flow(("paragraph", 3))], LINES, 2)
    assert [[piece.index for piece in page] for page in pages] == [[0], [1]]


def test_an_attachment_begins_a_page_however_much_is_left() -> None:
    attachment = Flow(Block(Part.LABEL, lines(1)), keep=True, whole=True, new_page=True)
    _, pages = deal([flow(("paragraph", 3)), attachment, flow(("paragraph", 3))], LINES)
    assert [[piece.index for piece in page] for page in pages] == [[0], [1, 2]]


@pytest.mark.parametrize(("free", "shown"), [(2, 2), (1, 1)])
def test_a_paragraph_of_three_lines_is_parted_before_a_page_stays_short(
    free: int, shown: int
) -> None:
    """22 lines a page come before lone lines, 5.2.3; nothing here can be set anew."""
    shapes = [("paragraph", LINES - free), ("paragraph", 3), ("paragraph", 4)]
    _, pages = deal([flow(shape) for shape in shapes], LINES)
    last = pages[0][-1]
    assert (last.index, last.end) == (1, shown)
    assert pages[1][0].start == shown


def test_a_paragraph_of_four_lines_is_never_parted_after_the_first() -> None:
    shapes = [("paragraph", LINES - 1), ("paragraph", 4)]
    _, pages = deal([flow(shape) for shape in shapes], LINES)
    assert [piece.index for piece in pages[0]] == [0]
