"""The words of a document, from its source where there is one, else from what stands on paper."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass

from yinfa.model import Document, Text, texts
from yinfa.recognising.paper import Specimen, Spot, SpotKind
from yinfa.report import Place
from yinfa.rules.registry import Found

HAN = r"\u4e00-\u9fff"
NUMERAL = "\\d一二三四五六七八九十百千万亿几数两"

DATE = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日")

SOUGHT = 4  # characters that find a fault again in the file of the source


def each(
    script: Script, pattern: re.Pattern[str], words: str, but: re.Pattern[str] | None = None
) -> Iterator[Found]:
    """A finding for each match of *pattern* that is not within one of *but*.

    ``{}`` in *words* is what matched.
    """
    for passage in script.passages:
        spared = [match.span() for match in but.finditer(passage.text)] if but else []
        for match in pattern.finditer(passage.text):
            if any(start <= match.start() < end for start, end in spared):
                continue
            around = passage.text[max(match.start() - 5, 0) : match.end() + 5]
            yield passage.found(f"「{around}」{words.format(match.group())}", match.start())


@dataclass(frozen=True, slots=True)
class Passage:
    """A run of words, and where they stand: in the source or on a page."""

    text: str
    place: Place | None = None
    lines: tuple[tuple[int, Spot], ...] = ()  # on a page: where in the text each line begins

    def found(self, message: str, index: int = 0) -> Found:
        """*message* about what stands at *index* of the text."""
        spot = next((spot for start, spot in reversed(self.lines) if start <= index), None)
        if spot is None:
            words = self.text[index : index + SOUGHT]
            earlier = self.text.count(words, 0, index) if words else 0
            return Found(message, place=self.place, words=words, earlier=earlier)
        return Found(message, spot.page, spot.extent, place=self.place)


@dataclass(frozen=True, slots=True)
class Script:
    """What a document says, apart from how it is set."""

    passages: tuple[Passage, ...]
    title: Passage | None
    genre: str  # 文种, where the source names it
    addressees: tuple[Passage, ...]
    copied_to: tuple[Passage, ...]
    date: datetime.date | None
    printed_on: datetime.date | None
    printed: Passage | None


def script_of(document: Document | None, paper: Specimen) -> Script:
    """The words of *document*, or of *paper* where there is no document."""
    return _written(document) if document is not None else _printed(paper)


# --- from the source ------------------------------------------------------------------------------


def _written(document: Document) -> Script:
    parts = (
        document.title,
        document.body,
        document.attachment_list,
        document.issued,
        document.attachments,
        document.note,
        document.attendance,
    )
    imprint = document.imprint
    place = imprint.printed_on_place or document.title.place
    return Script(
        passages=tuple(_passage(text) for part in parts for text in texts(part)),
        title=_passage(document.title),
        genre=document.genre,
        addressees=tuple(map(_passage, document.addressees)),
        copied_to=tuple(map(_passage, imprint.copied_to)),
        date=document.signature.date,
        printed_on=imprint.printed_on,
        printed=Passage("", place) if imprint.printed_on else None,
    )


def _passage(text: Text) -> Passage:
    return Passage(text.value, text.place)


# --- from the page --------------------------------------------------------------------------------


def _printed(paper: Specimen) -> Script:
    titles = paper.of(SpotKind.TITLE, 0)
    printed = next((s for s in paper.of(SpotKind.IMPRINT) if s.text.endswith("印发")), None)
    return Script(
        passages=tuple(_running(paper)),
        title=_joined(titles) if titles else None,
        genre="",
        addressees=tuple(_names(paper.of(SpotKind.ADDRESSEE))),
        copied_to=tuple(_names(tuple(_copied(paper)))),
        date=_date(paper.of(SpotKind.DATE, 0)),
        printed_on=_date((printed,)) if printed else None,
        printed=_joined((printed,)) if printed else None,
    )


def _joined(spots: tuple[Spot, ...]) -> Passage:
    """The lines as one passage; a space at a line's end in the file is none in the text."""
    text, lines = "", []
    for spot in spots:
        lines.append((len(text), spot))
        text += spot.line.text.strip()
    return Passage(text, None, tuple(lines))


def _running(paper: Specimen) -> Iterator[Passage]:
    titles: dict[int, list[Spot]] = {}
    for spot in paper.of(SpotKind.TITLE):
        titles.setdefault(spot.section, []).append(spot)
    for spots in titles.values():
        yield _joined(tuple(spots))
    for paragraph in paper.paragraphs:
        yield _joined(paragraph.spots)
    for kind in (SpotKind.ATTACHMENT_LIST, SpotKind.NOTE):
        for spot in paper.of(kind):
            yield _joined((spot,))


def _names(spots: tuple[Spot, ...]) -> Iterator[Passage]:
    """The offices that the lines name, apart."""
    if not spots:
        return
    text = "".join(spot.text for spot in spots)
    text = re.sub(r"^(抄送|主送)[:：]|[：:。]$", "", text)
    for name in re.split("[，、；,]", text):
        if name:
            yield Passage(name, None, ((0, spots[0]),))


def _copied(paper: Specimen) -> Iterator[Spot]:
    copied = False
    for spot in paper.of(SpotKind.IMPRINT):
        if spot.text.endswith("印发"):
            return
        copied = copied or spot.text.startswith("抄送")
        if copied:
            yield spot


def _date(spots: tuple[Spot, ...]) -> datetime.date | None:
    for spot in spots:
        match = DATE.search(spot.text)
        if match:
            try:
                return datetime.date(*map(int, match.groups()))
            except ValueError:
                return None
    return None
