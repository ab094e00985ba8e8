"""Sheets folded in memory and read off: every page in its order, whatever their number."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from yinfa.printing.order import (
    Page,
    PrintSheet,
    many_up,
    padded,
    saddle,
    section_sizes,
    sections,
)


def folded(sheets: Iterable[PrintSheet]) -> list[Page]:
    """The pages of one section as a reader turns them.

    Each sheet is folded once, its front outside, and laid into the one before it. Turned over on
    its short edge, what stands at the left of the back lies behind what stands at the right of the
    front. A reader meets the right halves from the outer sheet inwards, then the left halves from
    the inner sheet outwards.
    """
    there: list[Page] = []
    back_again: list[Page] = []
    for sheet in sheets:
        (front_left, front_right), (back_left, back_right) = sheet.front, sheet.back
        there += [front_right, back_left]
        back_again = [back_right, front_left, *back_again]
    return [*there, *back_again]


def bound(sheets: Iterable[PrintSheet]) -> list[Page]:
    """The pages of sections gathered one behind the other: each begins with its outer sheet."""
    gathered: list[list[PrintSheet]] = []
    for sheet in sheets:
        if sheet.inner == 0:
            gathered.append([])
        gathered[-1].append(sheet)
    return [page for section in gathered for page in folded(section)]


COUNTS = range(1, 65)


@pytest.mark.parametrize("imprint", [False, True])
@pytest.mark.parametrize("count", COUNTS)
def test_a_folded_booklet_reads_in_order(count: int, imprint: bool) -> None:
    pages = padded(count, 4, imprint=imprint)
    sheets = saddle(pages)
    assert folded(sheets) == pages
    assert len(sheets) == -(-count // 4)
    assert [page for page in pages if page is not None] == list(range(count))


@pytest.mark.parametrize("most", [1, 2, 4, 5])
@pytest.mark.parametrize("count", COUNTS)
def test_gathered_sections_read_in_order(count: int, most: int) -> None:
    pages = padded(count, 4, imprint=True)
    sheets = sections(pages, most)
    assert bound(sheets) == pages
    assert max(sheet.inner for sheet in sheets) < most


@pytest.mark.parametrize("count", COUNTS)
def test_blanks_stand_before_the_imprint_page_and_never_after_it(count: int) -> None:
    pages = padded(count, 4, imprint=True)
    assert pages[-1] == count - 1
    assert pages[: count - 1] == list(range(count - 1))
    assert pages.count(None) == -count % 4
    assert padded(count, 4)[:count] == list(range(count))


def test_six_pages_stand_as_printers_know_them() -> None:
    outer, inner = saddle(padded(6, 4, imprint=True))  # 1 2 3 4 5 – – 6
    assert (outer.front, outer.back) == ((5, 0), (1, None))
    assert (inner.front, inner.back) == ((None, 2), (3, 4))
    assert (outer.inner, inner.inner) == (0, 1)


def test_sections_differ_by_one_sheet_at_most() -> None:
    assert section_sizes(13, 4) == [4, 3, 3, 3]  # 52 pages, no lone sheet at the end
    assert section_sizes(4, 4) == [4]
    assert section_sizes(5, 4) == [3, 2]


@pytest.mark.parametrize("places", [2, 4])
@pytest.mark.parametrize("count", COUNTS)
def test_reading_copies_go_on_from_side_to_side(count: int, places: int) -> None:
    sheets = many_up(count, places)
    read = [page for sheet in sheets for side in (sheet.front, sheet.back) for page in side]
    assert read[:count] == list(range(count))
    assert set(read[count:]) <= {None}
    assert len(sheets) == -(-count // (2 * places))
