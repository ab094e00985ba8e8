"""Compositions become one: every document on a right-hand page, after cover and contents."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from yinfa.bundling.bundle import Bundle, Folios, Material
from yinfa.composing.frontmatter import Cover, Entry, set_contents, set_cover, set_divider
from yinfa.composing.typesetter import Typesetter
from yinfa.composition import Composition, Page
from yinfa.parts import Part

COVER, INSIDE_COVER, CONTENTS, DIVIDER = "封面", "封二", "目录", "隔页"
HEADINGS = (Part.HEADING, Part.RUN_IN, Part.CHAPTER)


@dataclass(frozen=True, slots=True)
class BundleSection:
    """A material and its pages, which count from 1."""

    material: Material
    pages: tuple[Page, ...]


@dataclass(frozen=True, slots=True)
class Bookmark:
    """An entry of the outline; *page* is an index, *row* a grid line."""

    name: str
    page: int
    row: int = 0
    below: tuple[Bookmark, ...] = ()


@dataclass(frozen=True, slots=True)
class Joined:
    """The bundle with every page in its place; *starts* says on which each section begins."""

    composition: Composition
    sections: tuple[BundleSection, ...]
    starts: tuple[int, ...]  # indexes of pages
    bookmarks: tuple[Bookmark, ...]


def join(bundle: Bundle, sections: Sequence[BundleSection], typesetter: Typesetter) -> Joined:
    """The bundle of *sections*, numbered as it wants it."""
    body, starts = _body(bundle, sections, typesetter)
    front = _front(bundle, [body[start].number for start in starts], sections, typesetter)
    begun = tuple(len(front) + start for start in starts)
    contents = next(index for index, page in enumerate(front) if page.label.startswith(CONTENTS))
    marks = (_bookmark(section, start) for section, start in zip(sections, begun, strict=True))
    return Joined(
        Composition((*front, *body)),
        tuple(sections),
        begun,
        (Bookmark(CONTENTS, contents), *marks),
    )


def _body(
    bundle: Bundle, sections: Sequence[BundleSection], typesetter: Typesetter
) -> tuple[list[Page], list[int]]:
    """The pages after the contents, and where among them each section begins."""
    pages: list[Page] = []
    starts: list[int] = []
    number = 1
    for section in sections:
        if len(pages) % 2:  # a leaf has two sides
            pages.append(Page(number, (), folio=False))
            number += 1
        if bundle.dividers:
            placed = set_divider(_entry(section), typesetter)
            pages.append(Page(number, placed, folio=False, label=DIVIDER))
            pages.append(Page(number + 1, (), folio=False, label=DIVIDER))
            number += 2
        if bundle.folios is Folios.OWN:
            number = 1
        starts.append(len(pages))
        for index, page in enumerate(section.pages):
            pages.append(replace(page, number=number + index, begins=not index))
        number += len(section.pages)
    return pages, starts


def _front(
    bundle: Bundle,
    numbers: Sequence[int],
    sections: Sequence[BundleSection],
    typesetter: Typesetter,
) -> list[Page]:
    """Cover and contents, each from a right-hand page on, none with a folio."""
    cover = Cover(
        meeting=[str(line) for line in bundle.meeting_lines or (bundle.meeting,)],
        title=[str(line) for line in bundle.title_lines or (bundle.title,)],
        foot=[*map(str, bundle.hosts), bundle.days, str(bundle.place)],
        classification=bundle.classification,
        place=bundle.meeting.place,
    )
    entries = list(_entries(bundle, numbers, sections))
    contents = set_contents(entries, 3, typesetter)
    if len(contents) % 2:
        contents = (*contents, Page(3 + len(contents), (), folio=False))
    return [
        Page(1, set_cover(cover, typesetter), folio=False, label=COVER),
        Page(2, (), folio=False, label=INSIDE_COVER),
        *(replace(page, label=f"{CONTENTS}{index}") for index, page in enumerate(contents, 1)),
    ]


def _entries(
    bundle: Bundle, numbers: Sequence[int], sections: Sequence[BundleSection]
) -> Iterator[Entry]:
    """What the contents say of each section.

    Where every document counts from 1, a reader finds it by its mark, and learns how long it is.
    """
    for section, number in zip(sections, numbers, strict=True):
        own = bundle.folios is Folios.OWN
        yield _entry(section, f"{len(section.pages)}页" if own else str(number))


def _entry(section: BundleSection, number: str = "") -> Entry:
    material = section.material
    return Entry(material.mark, material.title, number, material.place)


def _bookmark(section: BundleSection, start: int) -> Bookmark:
    """A material, and below it its headings of the first level and its attachments."""
    material = section.material
    name = f"{material.mark} {material.title}".lstrip()
    return Bookmark(name, start, 0, tuple(_headings(section, start)))


def _headings(section: BundleSection, start: int) -> Iterator[Bookmark]:
    titles = 0
    for index, page in enumerate(section.pages, start):
        for placed in page.placed:
            block = placed.block
            if not block.first or not block.name:
                continue
            if block.part is Part.TITLE:
                titles += 1
                if titles > 1:
                    yield Bookmark(block.name, index, placed.row)
            elif block.part in HEADINGS and block.level == 1 and titles < 2:
                yield Bookmark(block.name, index, placed.row)
