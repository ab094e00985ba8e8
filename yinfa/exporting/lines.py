"""A Document becomes its lines of words, numbered as they are printed, from first to last."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

from yinfa.composing.numbering import chinese, heading, level_mark, written_date
from yinfa.model import (
    Article,
    Chapter,
    Document,
    Figure,
    Form,
    Item,
    Node,
    Paragraph,
    Sealing,
    Section,
    Signature,
    Table,
    Text,
)

SPACE = "\u3000"
BLANK_DATE = "____年__月__日"


class Kind(StrEnum):
    """What a line is."""

    COPY_NUMBER = "copy_number"
    CLASSIFICATION = "classification"
    URGENCY = "urgency"
    MARK = "mark"
    NUMBER = "number"
    SIGNATORY = "signatory"
    LABEL = "label"
    TITLE = "title"
    UNDER_TITLE = "under_title"
    ADDRESSEES = "addressees"
    PARAGRAPH = "paragraph"
    HEADING = "heading"
    CHAPTER = "chapter"
    PART = "part"
    ARTICLE = "article"
    ITEM = "item"
    FOOTNOTE = "footnote"
    CAPTION = "caption"
    TABLE = "table"
    TABLE_NOTE = "table_note"
    FIGURE = "figure"
    FIGURE_CAPTION = "figure_caption"
    ATTACHMENT_LIST = "attachment_list"
    SIGNATURE = "signature"
    DATE = "date"
    NOTE = "note"
    ATTENDANCE = "attendance"
    COPIED_TO = "copied_to"
    PRINTED = "printed"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of words; its first *head* characters are number and heading.

    *level* is that of a heading or item. *left* counts the open headings, chapters and articles
    that a paragraph does not belong to any more, *outside* says that it belongs to none.
    """

    kind: Kind
    text: str
    head: int = 0
    level: int = 0
    left: int = 0
    outside: bool = False
    table: Table | None = None
    figure: Figure | None = None
    new_page: bool = False

    @property
    def words(self) -> Iterator[str]:
        """All the words of the line, those of a table cell by cell."""
        if self.table is None:
            yield self.text
            return
        for row in (*self.table.header, *self.table.rows):
            yield from map(str, row)


def document_lines(document: Document) -> Iterator[Line]:
    """Every line of *document* in the order of print."""
    yield from _head(document)
    if not _is_mark(document):
        yield from _title(document.title, document.title_lines)
    if document.signature.under_title:
        yield from _under_title(document.signature)
    if document.addressees:
        yield Line(Kind.ADDRESSEES, "，".join(map(str, document.addressees)) + "：")
    folder = document.path.parent.resolve()
    yield from body_lines(document.body, folder)
    yield from _attachment_list(document.attachment_list)
    for attendance in document.attendance:
        names = "，".join(map(str, attendance.names))
        yield Line(Kind.ATTENDANCE, f"{attendance.label}：{names}", len(attendance.label) + 1)
    if not document.signature.under_title:
        yield from _signature(document.signature)
    if document.note:
        yield Line(Kind.NOTE, str(document.note))
    for issued in document.issued:
        yield from _on_own_page(_title(issued.title, issued.title_lines))
        if issued.title_note:
            yield Line(Kind.UNDER_TITLE, str(issued.title_note))
        yield from body_lines(issued.body, folder)
    for attachment in document.attachments:
        yield Line(Kind.LABEL, f"附件{attachment.number or ''}", new_page=True)
        yield from _title(attachment.title, attachment.title_lines)
        yield from body_lines(attachment.body, folder)
    yield from _imprint(document)


def _head(document: Document) -> Iterator[Line]:
    """What stands above the title, 7.2."""
    head = document.letterhead
    for kind, text in (
        (Kind.COPY_NUMBER, head.copy_number),
        (Kind.CLASSIFICATION, head.classification),
        (Kind.URGENCY, head.urgency),
    ):
        if text:
            yield Line(kind, str(text))
    # A letter shows its sponsor's name alone, 10.1.
    marks = head.mark[:1] if document.form is Form.LETTER else head.mark
    for number, name in enumerate(marks, 1):
        suffix = head.mark_suffix if number == len(marks) else ""
        yield Line(Kind.MARK, f"{name}{suffix}")
    if head.number and document.form is not Form.ATTACHMENT:
        yield Line(Kind.NUMBER, str(head.number))
    if head.signatories:
        yield Line(Kind.SIGNATORY, "签发人：" + SPACE.join(map(str, head.signatories)))
    if document.label:
        yield Line(Kind.LABEL, document.label)


def _is_mark(document: Document) -> bool:
    """Whether the title of an order is but its mark, which stands there already, 10.2."""
    mark = "".join(map(str, document.letterhead.mark))
    return document.form is Form.ORDER and str(document.title) == mark


def _title(title: Text, title_lines: tuple[Text, ...]) -> Iterator[Line]:
    for line in title_lines or (title,):
        yield Line(Kind.TITLE, str(line))


def _on_own_page(lines: Iterable[Line]) -> Iterator[Line]:
    for number, line in enumerate(lines):
        yield replace(line, new_page=number == 0)


def _under_title(signature: Signature) -> Iterator[Line]:
    for issuer in signature.issuers:
        yield Line(Kind.UNDER_TITLE, str(issuer))
    if date := _date(signature):
        yield Line(Kind.UNDER_TITLE, f"（{date}）")


def _date(signature: Signature) -> str:
    if signature.date:
        return written_date(signature.date)
    return BLANK_DATE if signature.date_blank else ""


def _attachment_list(names: tuple[Text, ...]) -> Iterator[Line]:
    """附件说明: numbered where there are several, 7.3.4."""
    for number, name in enumerate(names, 1):
        label = "附件：" if number == 1 else ""
        mark = f"{number}." if len(names) > 1 else ""
        yield Line(Kind.ATTACHMENT_LIST, f"{label}{mark}{name}", len(label))


def _signature(signature: Signature) -> Iterator[Line]:
    """Names and date; the signer's post before a signature stamp, 7.3.5."""
    if signature.sealing is not Sealing.STAMP:
        for issuer in signature.issuers:
            yield Line(Kind.SIGNATURE, str(issuer))
    for stamp in signature.stamps:
        if stamp.post:
            yield Line(Kind.SIGNATURE, str(stamp.post))
    if date := _date(signature):
        yield Line(Kind.DATE, date)


def _imprint(document: Document) -> Iterator[Line]:
    """版记, 7.4."""
    imprint = document.imprint
    if imprint.copied_to:
        names = "，".join(map(str, imprint.copied_to)).rstrip("。")
        yield Line(Kind.COPIED_TO, f"抄送：{names}。")
    printed_on = f"{written_date(imprint.printed_on)}印发" if imprint.printed_on else ""
    if imprint.printed_by or printed_on:
        parts = filter(None, (str(imprint.printed_by or ""), printed_on))
        yield Line(Kind.PRINTED, (SPACE * 2).join(parts))


# --- the body --------------------------------------------------------------------------------


@dataclass(slots=True)
class _Running:
    """What goes through a whole body: the numbers of chapters and articles."""

    folder: Path
    chapter: int = 0
    part: int = 0
    article: int = 0


def body_lines(body: tuple[Node, ...], folder: Path) -> Iterator[Line]:
    """The lines of a body, each paragraph knowing which headings above it are closed.

    Pictures are named as they lie below *folder*.
    """
    return _nodes(body, 1, 0, _Running(folder))


def _nodes(nodes: Iterable[Node], level: int, depth: int, numbers: _Running) -> Iterator[Line]:
    """The lines of *nodes*, whose sections stand on *level*, *depth* containers deep."""
    section, open_depth = 0, depth
    for node in nodes:
        left = open_depth - depth
        match node:
            case Paragraph():
                yield from _paragraph(node, left, depth)
            case Section():
                section += 1
                yield _heading(node, level, section)
                yield from _footnotes(node.notes)
                yield from _nodes(node.body, level + 1, depth + 1, numbers)
            case Chapter():
                yield _chapter(node, numbers)
                yield from _nodes(node.body, level, depth + 1, numbers)
            case Article():
                numbers.article += 1
                yield from _article(node, numbers.article)
            case Table():
                yield from _table(node, left, depth)
            case Figure():
                yield from _figure(node, left, depth, numbers.folder)
        open_depth = depth + _height(node)


def _height(node: Node) -> int:
    """How many containers are open after *node*."""
    match node:
        case Section() | Chapter():
            return 1 + (_height(node.body[-1]) if node.body else 0)
        case Article():
            return 1
        case _:
            return 0


def _paragraph(paragraph: Paragraph, left: int, depth: int) -> Iterator[Line]:
    yield Line(Kind.PARAGRAPH, str(paragraph.text), left=left, outside=depth == 0)
    yield from _footnotes(paragraph.notes)


def _footnotes(notes: Iterable[Text]) -> Iterator[Line]:
    for number, note in enumerate(notes, 1):
        yield Line(Kind.FOOTNOTE, f"[注{number}]{note}")


def _heading(section: Section, level: int, number: int) -> Line:
    """A heading with its number; one that is run in ends with a mark, 7.3.3."""
    run_in = str(section.run_in or "")
    head = heading(level, number, str(section.title), run_in=bool(run_in))
    return Line(Kind.HEADING, head + run_in, len(head), level)


def _chapter(chapter: Chapter, numbers: _Running) -> Line:
    if chapter.part == "章":
        numbers.chapter, numbers.part = numbers.chapter + 1, 0
        number, kind = numbers.chapter, Kind.CHAPTER
    else:
        numbers.part += 1
        number, kind = numbers.part, Kind.PART
    return Line(kind, f"第{chinese(number)}{chapter.part}{SPACE}{chapter.title}")


def _article(article: Article, number: int) -> Iterator[Line]:
    mark = f"第{chinese(number)}条"
    for index, text in enumerate(article.paragraphs):
        if index == 0:
            yield Line(Kind.ARTICLE, f"{mark}{SPACE}{text}", len(mark))
        else:
            yield Line(Kind.PARAGRAPH, str(text))
    yield from _items(article.items, 2)
    yield from _footnotes(article.notes)


def _items(items: tuple[Item, ...], level: int) -> Iterator[Line]:
    """（一） of an article, and 1. under it."""
    for number, item in enumerate(items, 1):
        yield Line(Kind.ITEM, level_mark(level, number) + str(item.text), level=level)
        yield from _items(item.items, level + 1)


def _table(table: Table, left: int, depth: int) -> Iterator[Line]:
    lines = []
    if table.caption:
        lines.append(Line(Kind.CAPTION, str(table.caption)))
    lines.append(Line(Kind.TABLE, "", table=table))
    if table.note:
        lines.append(Line(Kind.TABLE_NOTE, f"注：{table.note}"))
    if table.source:
        lines.append(Line(Kind.TABLE_NOTE, f"来源：{table.source}"))
    yield from _placed(lines, left, depth)


def _figure(figure: Figure, left: int, depth: int, folder: Path) -> Iterator[Line]:
    path = figure.picture.path.resolve()
    shown = path.relative_to(folder).as_posix() if path.is_relative_to(folder) else path.name
    lines = [Line(Kind.FIGURE, f"![{figure.alternative}]({shown})", figure=figure)]
    if figure.caption:
        lines.append(Line(Kind.FIGURE_CAPTION, str(figure.caption)))
    yield from _placed(lines, left, depth)


def _placed(lines: list[Line], left: int, depth: int) -> Iterator[Line]:
    """*lines* of one node, the first of them knowing what is closed before it."""
    first = replace(lines[0], left=left, outside=depth == 0)
    return itertools.chain((first,), lines[1:])
