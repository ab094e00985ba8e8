"""What must be read on the pages of a document: its words with their numbers, in order of print."""

from __future__ import annotations

from collections.abc import Iterator

from yinfa.exporting.lines import BLANK_DATE, Kind, Line, document_lines
from yinfa.model import Document, texts
from yinfa.report import Place
from yinfa.rules.compare import ExpectedWords

ASIDE = frozenset(
    {
        Kind.COPY_NUMBER,
        Kind.CLASSIFICATION,
        Kind.URGENCY,
        Kind.MARK,
        Kind.NUMBER,
        Kind.SIGNATORY,
        Kind.FOOTNOTE,
        Kind.CAPTION,
        Kind.TABLE,
        Kind.TABLE_NOTE,
        Kind.FIGURE_CAPTION,
        Kind.COPIED_TO,
        Kind.PRINTED,
        Kind.SIGNATURE,
    }
)  # these do not stand one after another from top to bottom
BY_SPACE = frozenset({Kind.SIGNATORY, Kind.PRINTED})


def wanted(document: Document) -> tuple[ExpectedWords, ...]:
    """The runs of words that *document* asks for."""
    return tuple(
        found
        for line in document_lines(document)
        if line.kind is not Kind.FIGURE and not _is_printed(document, line)
        for found in _of(document, line)
    )


def _is_printed(document: Document, line: Line) -> bool:
    """Whether the words are on the paper already that the document is printed on."""
    return document.letterhead.preprinted and line.kind is Kind.MARK


def _of(document: Document, line: Line) -> Iterator[ExpectedWords]:
    flowing = line.kind not in ASIDE
    for words in line.words:
        place = _place(document, line, words)
        if line.kind is Kind.MARK and words.endswith(document.letterhead.mark_suffix):
            suffix = document.letterhead.mark_suffix
            yield ExpectedWords(words.removesuffix(suffix), place, flowing)
            yield ExpectedWords(suffix, place, flowing)
        elif line.kind in BY_SPACE:
            yield from (ExpectedWords(part, place, flowing) for part in words.split())
        elif line.kind is Kind.DATE and words == BLANK_DATE:
            yield from (ExpectedWords(part, place, flowing) for part in words.split("_") if part)
        elif line.kind is Kind.ADDRESSEES:
            yield ExpectedWords(words, place, flowing, f"主送：{words.removesuffix('：')}。")
        elif line.kind is Kind.ATTENDANCE:
            yield ExpectedWords(words, place, flowing, words.replace("，", "、"))
        else:
            yield ExpectedWords(words, place, flowing)


def _place(document: Document, line: Line, words: str) -> Place:
    """Where in the source the longest text stands that is among *words*, or the date."""
    within = (text for text in texts(document) if text.value and text.value in words)
    found = max(within, key=lambda text: len(text.value), default=None)
    if found:
        return found.place
    dates = {
        Kind.DATE: document.signature.date_place,
        Kind.PRINTED: document.imprint.printed_on_place,
    }
    return dates.get(line.kind) or Place(document.path)
