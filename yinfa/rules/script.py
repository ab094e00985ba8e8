"""The words of a document, from its reading order where there is one, else from what was printed.

A passage is a run of words that belong together: a paragraph, a title, a name, a cell. It knows
what it is a part of, so that a rule of prose leaves names, lists and tables alone.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from yinfa.inline import plain
from yinfa.model import Document, Table
from yinfa.parts import Part
from yinfa.reading_order import Element, ReadingOrder, Words
from yinfa.recognising.format import Format
from yinfa.recognising.paper import PrintedParagraph, Specimen, Spot, SpotKind
from yinfa.report import Place
from yinfa.rules.grid import stands_alone
from yinfa.rules.registry import Found

HAN = r"\u4e00-\u9fff"
NUMERAL = "\\d一二三四五六七八九十百千万亿几数两"
DATE = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日")

AROUND = 5  # characters that are shown before and after what is amiss
SOUGHT = 4  # characters that find a fault again in the file of the source
# Parts whose words stand each for itself: names in a list.
LISTED = frozenset(
    {Part.ADDRESSEES, Part.COPIED_TO, Part.ATTENDANCE, Part.SIGNATORY, Part.PRINTED, Part.BYLINE}
)
PROSE = frozenset({Part.PARAGRAPH, Part.RUN_IN, Part.ARTICLE, Part.ITEM, Part.FOOTNOTE})
# What is written in sentences or phrases, beside prose: no names, cells or lists.
WRITTEN = PROSE | {Part.TITLE, Part.HEADING, Part.CHAPTER, Part.NOTE}


@dataclass(frozen=True, slots=True)
class Passage:
    """A run of words, what it is a part of, and where it stands: in the source or on a page."""

    text: str
    part: Part = Part.PARAGRAPH
    places: tuple[tuple[int, Place], ...] = ()  # where in the text each text of the source begins
    lines: tuple[tuple[int, Spot], ...] = ()  # on a page: where in the text each line begins
    division: int = 0  # 0 the document itself, from 1 what it issues and its attachments

    def found(
        self, message: str, index: int = 0, wrong: str = "", right: str | None = None
    ) -> Found:
        """*message* about what stands at *index* of the text; *right* should stand for *wrong*."""
        spot = next((spot for start, spot in reversed(self.lines) if start <= index), None)
        if spot is not None:
            return Found(message, spot.page, spot.extent)
        start, place = next(
            ((start, place) for start, place in reversed(self.places) if start <= index), (0, None)
        )
        words = wrong or self.text[index : index + SOUGHT]
        earlier = self.text.count(words, start, index) if words else 0
        return Found(message, place=place, words=words, earlier=earlier, right=right)

    def around(self, start: int, end: int, right: str | None = None) -> str:
        """What stands about the characters from *start* to *end*, with *right* in their place."""
        middle = self.text[start:end] if right is None else right
        before = self.text[max(start - AROUND, 0) : start]
        return f"「{before}{middle}{self.text[end : end + AROUND]}」"

    def amiss(self, match: re.Match[str], why: str, right: str | None = None) -> Found:
        """That what *match* found is amiss, *why*, and how it reads when *right* stands there."""
        start, end = match.span()
        told = f"{self.around(start, end)}{why}"
        if right is not None:
            told += f"，应为{self.around(start, end, right)}"
        return self.found(told, start, match.group(), right)


@dataclass(frozen=True)
class Script:
    """What a document says, apart from how it is set."""

    passages: tuple[Passage, ...]
    form: Format = Format.NOTICE
    genre: str = ""  # 文种, where the source names it
    date: datetime.date | None = None
    printed_on: datetime.date | None = None
    document: Document | None = None
    tables: tuple[tuple[tuple[Passage, ...], ...], ...] = field(default=())  # rows of cells

    @cached_property
    def _by_part(self) -> dict[Part, tuple[Passage, ...]]:
        found: dict[Part, list[Passage]] = {}
        for passage in self.passages:
            found.setdefault(passage.part, []).append(passage)
        return {part: tuple(passages) for part, passages in found.items()}

    def of(self, *parts: Part, division: int | None = None) -> tuple[Passage, ...]:
        """The passages that are one of *parts*, of one division or of all."""
        return tuple(
            passage
            for part in parts
            for passage in self._by_part.get(part, ())
            if division is None or passage.division == division
        )

    def first(self, part: Part) -> Passage | None:
        """The first passage of the document itself that is *part*."""
        return next(iter(self.of(part, division=0)), None)

    @property
    def title(self) -> Passage | None:
        return self.first(Part.TITLE)


def each(
    script: Script,
    pattern: re.Pattern[str],
    why: str,
    but: re.Pattern[str] | None = None,
    parts: Container[Part] | None = None,
    right: Callable[[re.Match[str]], str] | None = None,
) -> Iterator[Found]:
    """A finding for each match of *pattern* that is not within one of *but*.

    ``{}`` in *why* is what matched; *right* says what should stand there instead.
    """
    for passage in script.passages:
        if parts is not None and passage.part not in parts:
            continue
        matches = list(pattern.finditer(passage.text))
        if not matches:
            continue
        spared = [match.span() for match in but.finditer(passage.text)] if but else []
        for match in matches:
            if any(start <= match.start() < end for start, end in spared):
                continue
            yield passage.amiss(match, why.format(match.group()), right(match) if right else None)


def script_of(order: ReadingOrder | None, paper: Specimen) -> Script:
    """The words of a document in its reading *order*, or of *paper* where that is not known."""
    return _written(order) if order is not None else _printed(paper)


# --- from the source ------------------------------------------------------------------------------


def _written(order: ReadingOrder) -> Script:
    document = order.document
    passages = [p for element in order.letterhead for p in _of(element, 0)]
    tables = []
    for number, division in enumerate(order.divisions):
        for element in division:
            passages += _of(element, number)
            if element.table is not None:
                tables.append(_cells(element.table, number))
                passages += (cell for row in tables[-1] for cell in row)
    passages += (p for element in order.imprint for p in _of(element, 0))
    return Script(
        tuple(passage for passage in passages if passage.text),
        Format(document.form.name),
        document.genre,
        document.signature.date,
        document.imprint.printed_on,
        document,
        tuple(tables),
    )


def _cells(table: Table, division: int) -> tuple[tuple[Passage, ...], ...]:
    """The rows of a table, the head's first."""
    return tuple(
        tuple(
            Passage(plain(cell.value), Part.TABLE, ((0, cell.place),), division=division)
            for cell in row
        )
        for row in (*table.header, *table.rows)
    )


def _of(element: Element, division: int) -> Iterator[Passage]:
    """The passages of an element; a heading and what runs on after it are two."""
    if element.part in LISTED:
        for words in element.words:
            yield Passage(words.text, element.part, ((0, words.place),), division=division)
        return
    if element.heading:
        part = element.part if element.part is Part.CHAPTER else Part.HEADING
        yield _passage(element.heading, part, division)
    if element.words:
        yield _passage(element.words, element.part, division)


def _passage(words: Sequence[Words], part: Part, division: int) -> Passage:
    """*words* as one passage, the marks of footnotes apart."""
    text = ""
    places: list[tuple[int, Place]] = []
    for one in words:
        if not one.note:
            if not places or places[-1][1] != one.place:
                places.append((len(text), one.place))
            text += one.text
    return Passage(text, part, tuple(places), division=division)


# --- from the page --------------------------------------------------------------------------------

PARTS = {
    SpotKind.NUMBER: Part.NUMBER,
    SpotKind.CLASSIFICATION: Part.CLASSIFICATION,
    SpotKind.COPY_NUMBER: Part.COPY_NUMBER,
    SpotKind.URGENCY: Part.URGENCY,
    SpotKind.MARK: Part.MARK,
    SpotKind.DATE: Part.DATE,
    SpotKind.LABEL: Part.LABEL,
    SpotKind.CAPTION: Part.CAPTION,
}
NUMBERED = re.compile(r"附件[:：]|\d{1,2}[.．]")


def _printed(paper: Specimen) -> Script:
    printed = next((s for s in paper.of(SpotKind.IMPRINT) if s.text.endswith("印发")), None)
    return Script(
        passages=tuple(_seen(paper)),
        form=paper.form,
        date=_date(paper.of(SpotKind.DATE, 0)),
        printed_on=_date((printed,)) if printed else None,
    )


def _seen(paper: Specimen) -> Iterator[Passage]:
    for kind, part in PARTS.items():
        yield from (_joined((spot,), part) for spot in paper.of(kind))
    for kind, part in ((SpotKind.TITLE, Part.TITLE), (SpotKind.BYLINE, Part.BYLINE)):
        sections: dict[int, list[Spot]] = {}
        for spot in paper.of(kind):
            sections.setdefault(spot.section, []).append(spot)
        for together in sections.values():
            yield _joined(together, part)
    yield from _names(paper.of(SpotKind.ADDRESSEE), Part.ADDRESSEES)
    for paragraph in paper.paragraphs:
        yield _joined(paragraph.spots, _part(paper, paragraph))
    for item in _items(paper.of(SpotKind.ATTACHMENT_LIST)):
        yield _joined(item, Part.ATTACHMENT_LIST)
    for kind, part in ((SpotKind.NOTE, Part.NOTE), (SpotKind.FOOTNOTE, Part.FOOTNOTE)):
        if lines := paper.of(kind):
            yield _joined(lines, part)
    for kind, part in ((SpotKind.TABLE, Part.TABLE), (SpotKind.SIGNER, Part.SIGNATURE)):
        for spot in paper.of(kind):
            for piece in spot.line.pieces:
                yield Passage(piece.bare, part, lines=((0, spot),), division=spot.section)
    yield from _names(paper.of(SpotKind.SIGNATORY), Part.SIGNATORY)
    yield from _imprint(paper)


def _part(paper: Specimen, paragraph: PrintedParagraph) -> Part:
    alone = paper.level(paragraph) and stands_alone(paragraph)
    return Part.HEADING if alone else Part.PARAGRAPH


def _joined(spots: Sequence[Spot], part: Part) -> Passage:
    """The lines as one passage; a space at a line's end in the file is none in the text."""
    text, lines = "", []
    for spot in spots:
        lines.append((len(text), spot))
        text += spot.line.text.strip()
    return Passage(text, part, lines=tuple(lines), division=spots[0].section)


def _items(spots: Iterable[Spot]) -> list[list[Spot]]:
    """The lines of an attachment list, name by name."""
    found: list[list[Spot]] = []
    for spot in spots:
        if not found or NUMBERED.match(spot.text):
            found.append([])
        found[-1].append(spot)
    return found


def _names(spots: Sequence[Spot], part: Part) -> Iterator[Passage]:
    """The names that the lines bear, apart."""
    if not spots:
        return
    text = "".join(spot.text for spot in spots)
    text = re.sub(r"^(抄送|主送|签发人)[:：]|[：:。]$", "", text)
    for name in re.split("[，、；,]", text):
        if name:
            yield Passage(name, part, lines=((0, spots[0]),))


def _imprint(paper: Specimen) -> Iterator[Passage]:
    copied: list[Spot] = []
    for spot in paper.of(SpotKind.IMPRINT):
        if spot.text.endswith("印发"):
            yield _joined((spot,), Part.PRINTED)
        elif copied or spot.text.startswith("抄送"):
            copied.append(spot)
        else:
            yield _joined((spot,), Part.PRINTED)
    yield from _names(copied, Part.COPIED_TO)


def _date(spots: Sequence[Spot]) -> datetime.date | None:
    for spot in spots:
        match = DATE.search(spot.text)
        if match:
            try:
                return datetime.date(*map(int, match.groups()))
            except ValueError:
                return None
    return None
