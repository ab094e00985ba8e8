"""A Document becomes its reading order: all words of print, numbered, from first to last."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from yinfa.arranging.numbering import written_date
from yinfa.arranging.text import Counts, said, text_elements
from yinfa.model import (
    Attachment,
    Attendance,
    Document,
    Issued,
    Sealing,
    Signature,
    Stamp,
    Text,
)
from yinfa.parts import Part
from yinfa.reading_order import LIST_ENDS, LIST_LABEL, SPACE, Division, Element, ReadingOrder, Words
from yinfa.report import Place

BLANK_DATE = "　　　　年　　月　　日"  # to be written by hand


def arrange(document: Document) -> ReadingOrder:
    """Every element of *document* in order of print; footnotes count through all of it."""
    counts = Counts()
    divisions = [
        Division(
            tuple(_heads(document)),
            text_elements(document.body, counts, document.running),
            tuple(_closing(document)),
        )
    ]
    for issued in document.issued:
        body = text_elements(issued.body, counts, issued.running)
        closing = [_single(Part.SIGNATURE, issuer) for issuer in issued.issuers]
        closing += [_single(Part.DATE, date) for date in filter(None, (issued.date,))]
        divisions.append(Division(tuple(_issued_heads(issued)), body, tuple(closing)))
    for attachment in document.attachments:
        body = text_elements(attachment.body, counts, attachment.running)
        divisions.append(Division(_attachment_heads(attachment), body))
    return ReadingOrder(
        document,
        tuple(_letterhead(document)),
        tuple(divisions),
        tuple(_imprint(document)),
    )


def names(*texts: Text) -> tuple[Words, ...]:
    """Each of *texts* as words of its own."""
    return tuple(Words(text.value, text.place) for text in texts)


# --- the letterhead, 7.2 ----------------------------------------------------------------------


def _letterhead(document: Document) -> Iterator[Element]:
    head = document.letterhead
    # A letter's mark stands above its rule, and all else under it, 10.1.
    marked_first = document.form.measures.double_rule is not None
    if marked_first:
        yield from _mark(document)
    for part, text in (
        (Part.COPY_NUMBER, head.copy_number),
        (Part.CLASSIFICATION, head.classification),
        (Part.URGENCY, head.urgency),
    ):
        if text:
            yield _single(part, text)
    if not marked_first:
        yield from _mark(document)
    if head.number and not document.label:
        yield _single(Part.NUMBER, head.number)
    if head.signatories:
        yield Element(
            Part.SIGNATORY,
            head.signatories[0].place,
            label="签发人：",
            words=names(*head.signatories),
            separator=SPACE,
        )


def _mark(document: Document) -> Iterator[Element]:
    """A name a line, 文件 with the last."""
    head, marks = document.letterhead, document.marks_shown
    for name in marks:
        stop = head.mark_suffix if name is marks[-1] else ""
        yield replace(_single(Part.MARK, name), stop=stop, preprinted=head.preprinted)


def _single(part: Part, text: Text) -> Element:
    return Element(part, text.place, words=names(text))


# --- what stands above a text -----------------------------------------------------------------


def _heads(document: Document) -> Iterator[Element]:
    """Label, title, what stands under it, and addressees."""
    if document.label:
        yield Element(Part.LABEL, document.title.place, label=document.label)
    if document.prints_title:
        yield _title(document.title, document.title_lines, document.label)
    if document.signature.under_title:
        yield from _byline(document.signature, document.title.place)
    yield from _addressees(document.addressees)


def _addressees(addressees: Sequence[Text]) -> Iterator[Element]:
    """主送机关, 7.3.2."""
    if addressees:
        yield Element(
            Part.ADDRESSEES,
            addressees[0].place,
            words=names(*addressees),
            separator="，",
            stop="：",
        )


def _title(title: Text, title_lines: Sequence[Text], label: str = "") -> Element:
    """The title, in the lines that the source breaks it into; bookmarks show its *label* too."""
    lines = [replace(words, ends_line=True) for words in names(*title_lines)] or [*names(title)]
    lines[-1] = replace(lines[-1], ends_line=False)
    name = f"{label} {title}".lstrip()
    return Element(Part.TITLE, title.place, words=tuple(lines), name=name)


def _byline(signature: Signature, title: Place) -> Iterator[Element]:
    """Who reports and when, under the title of a paper without letterhead."""
    if signature.issuers:
        place = signature.issuers[0].place
        yield Element(Part.BYLINE, place, words=names(*signature.issuers), separator=" ")
    if date := date_words(signature):
        place = signature.date_place or title
        yield Element(Part.BYLINE, place, label="（", words=(Words(date, place),), stop="）")


def _issued_heads(issued: Issued) -> Iterator[Element]:
    yield _title(issued.title, issued.title_lines)
    if issued.title_note:
        yield _single(Part.BYLINE, issued.title_note)
    yield from _addressees(issued.addressees)


def _attachment_heads(attachment: Attachment) -> tuple[Element, ...]:
    """附件 and its number, then the title, 7.3.7."""
    label = f"附件{attachment.number or ''}"
    return (
        Element(Part.LABEL, attachment.place, label=label),
        _title(attachment.title, attachment.title_lines, label),
    )


# --- what follows the text --------------------------------------------------------------------


def _closing(document: Document) -> Iterator[Element]:
    yield from _attachment_list(document.attachment_list)
    yield from map(_attendance, document.attendance)
    if not document.signature.under_title and document.form.signed:
        yield from _signature(document.signature, document.title.place)
    if document.note:
        yield Element(Part.NOTE, document.note.place, words=said(document.note))


def _attachment_list(listed: Sequence[Text]) -> Iterator[Element]:
    """附件说明: numbered where there are several, 7.3.4."""
    for number, text in enumerate(listed, 1):
        mark = f"{number}." if len(listed) > 1 else ""
        label = LIST_LABEL if number == 1 else ""
        element = _single(Part.ATTACHMENT_LIST, text)
        yield replace(element, label=label + mark, number=number)


def _attendance(attendance: Attendance) -> Element:
    """出席, 请假 or 列席 and the names, 10.3."""
    return Element(
        Part.ATTENDANCE,
        attendance.names[0].place,
        label=f"{attendance.label}：",
        words=names(*attendance.names),
        separator="、",
    )


def _signature(signature: Signature, title: Place) -> Iterator[Element]:
    """Names and date; with a signature stamp the signers' posts instead of names, 7.3.5."""
    if signature.sealing is Sealing.STAMP and (signature.issuers or date_words(signature)):
        # A stamp without a post says nothing, yet is an element.
        for stamp in signature.stamps or (Stamp(None, None),):
            place = stamp.post.place if stamp.post else title
            yield Element(Part.SIGNATURE, place, words=names(*filter(None, (stamp.post,))))
    elif signature.sealing is not Sealing.STAMP:
        for issuer in signature.issuers:
            yield _single(Part.SIGNATURE, issuer)
    if date := date_words(signature):
        place = signature.date_place or title
        yield Element(Part.DATE, place, words=(Words(date, place),))


def date_words(signature: Signature) -> str:
    """The date of issue as it is printed; blanks where it is to be written by hand."""
    if signature.date:
        return written_date(signature.date)
    return BLANK_DATE if signature.date_blank else ""


# --- the imprint, 7.4 -------------------------------------------------------------------------


def _imprint(document: Document) -> Iterator[Element]:
    imprint = document.imprint
    if imprint.copied_to:
        yield Element(
            Part.COPIED_TO,
            imprint.copied_to[0].place,
            label="抄送：",
            words=tuple(
                replace(words, text=words.text.rstrip(LIST_ENDS))
                for words in names(*imprint.copied_to)
            ),
            separator="，",
            stop="。",
        )
    if document.form.ruled_imprint and (printed := tuple(_printed(document))):
        yield Element(Part.PRINTED, printed[0].place, words=printed, separator=SPACE * 2)


def _printed(document: Document) -> Iterator[Words]:
    """Who printed it, and when, 7.4.3."""
    imprint = document.imprint
    if imprint.printed_by:
        yield from names(imprint.printed_by)
    if imprint.printed_on:
        place = imprint.printed_on_place or document.title.place
        yield Words(f"{written_date(imprint.printed_on)}印发", place)
