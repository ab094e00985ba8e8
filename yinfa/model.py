"""The nouns of a document: what an office says, with no trace of how it is printed.

Every text knows the place it was written, so that whatever is found later can be told there.
Clauses are those of GB/T 9704-2012.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from yinfa.composition import Role
from yinfa.files import FileContent, KnownFile
from yinfa.forms import Form
from yinfa.report import Finding, Place, Severity


@dataclass(frozen=True, slots=True)
class Text:
    """Words as the source has them, white space folded; *place* is where they begin."""

    value: str
    place: Place

    def __str__(self) -> str:
        return self.value

    def __bool__(self) -> bool:
        return bool(self.value)


# --- the body, 7.3.3 -------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A natural paragraph; *notes* are its footnotes, called in the text as [注1], [注2] …"""

    text: Text
    notes: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True)
class Ordinal:
    """A number that the source gives itself; what follows counts on from it.

    *branch* is that of an article put in later, 第十条之一. A *mark* that is no number of the
    standard's, such as 1.1 or 壹、, is printed as it is typed, and nothing counts it.
    """

    value: int = 0
    branch: int = 0
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Numbered:
    """A numbered paragraph that is no heading, 条目: it stands in the text's face throughout.

    It is counted with the headings of its level; *body* is what belongs to it.
    """

    text: Text
    body: tuple[Node, ...]
    place: Place
    notes: tuple[Text, ...] = ()
    ordinal: Ordinal | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """A numbered heading with what stands under it; its number follows from where it stands.

    With *run_in* the heading is the first sentence of a paragraph and the text goes on in it;
    *notes* are the footnotes of that text.
    """

    title: Text
    run_in: Text | None
    body: tuple[Node, ...]
    place: Place
    notes: tuple[Text, ...] = ()
    ordinal: Ordinal | None = None


@dataclass(frozen=True, slots=True)
class Chapter:
    """第×章 or 第×节 of a regulation; *part* is 章 or 节."""

    part: str
    title: Text
    body: tuple[Node, ...]
    place: Place
    ordinal: Ordinal | None = None


@dataclass(frozen=True, slots=True)
class Article:
    """第×条 of a regulation: paragraphs (款), then items （一）, each with sub-items 1.

    *notes* are the footnotes that any of them call.
    """

    paragraphs: tuple[Text, ...]
    items: tuple[Item, ...]
    place: Place
    notes: tuple[Text, ...] = ()
    ordinal: Ordinal | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """（一） of an article, with its sub-items."""

    text: Text
    items: tuple[Item, ...] = ()
    ordinal: Ordinal | None = None


class Align(StrEnum):
    """How the cells of a table's column stand; DECIMAL aligns numbers on their point."""

    LEFT = "left"
    CENTRE = "centre"
    RIGHT = "right"
    DECIMAL = "decimal"


@dataclass(frozen=True, slots=True)
class Merge:
    """A cell of a table that takes several; its *row* counts those of the head too."""

    row: int
    column: int
    rows: int
    columns: int

    def positions(self) -> Iterator[tuple[int, int]]:
        """Row and column of all that it takes."""
        for row in range(self.row, self.row + self.rows):
            for column in range(self.column, self.column + self.columns):
                yield row, column


class Ruling(StrEnum):
    """The lines of a table: round every cell, or three."""

    GRID = "grid"
    THREE = "three"


@dataclass(frozen=True, slots=True)
class Table:
    """A table; every row has as many cells as there are columns.

    What belongs to a cell that takes several is empty.
    """

    caption: Text | None
    header: tuple[tuple[Text, ...], ...]
    rows: tuple[tuple[Text, ...], ...]
    widths_mm: tuple[float, ...]  # empty: found from the cells
    align: tuple[Align, ...]  # empty: found from the cells
    landscape: bool  # turned on the page, 8
    note: Text | None
    source: Text | None
    place: Place
    widths_place: Place | None = None
    merged: tuple[Merge, ...] = ()
    unit: Text | None = None  # above it at the right: 单位：万元
    ruling: Ruling = Ruling.GRID

    def typed_rows(self) -> Iterator[tuple[str, ...]]:
        """Its rows as a source has them, with ← and ↑ for what belongs to another cell."""
        signs = {
            at: "↑" if at[0] > merge.row else "←"
            for merge in self.merged
            for at in merge.positions()
            if at != (merge.row, merge.column)
        }
        for number, row in enumerate((*self.header, *self.rows)):
            yield tuple(signs.get((number, index), str(cell)) for index, cell in enumerate(row))


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture file inside the document's folder, with its size on paper where it is given."""

    path: Path
    place: Place
    width_mm: float = 0.0
    ratio: float = 1.0  # width over height
    natural_mm: float = 0.0  # its width by its own resolution


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture with caption; *alternative* says for those who cannot see it what it shows."""

    picture: Picture
    caption: Text | None
    alternative: Text
    place: Place
    width_place: Place | None = None


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody in a list of names: what for, who, and the post; the first and last may be empty."""

    task: Text
    name: Text
    post: Text


@dataclass(frozen=True, slots=True)
class Roster:
    """A list of names; *plain* names stand side by side, else each person has a line."""

    people: tuple[Person, ...]
    plain: bool
    place: Place


Node = Roster | Paragraph | Numbered | Section | Chapter | Article | Table | Figure


# --- the other elements ----------------------------------------------------------------------


class Sealing(StrEnum):
    """The three ways a document is signed, 7.3.5.1 to 7.3.5.3."""

    SEAL = "seal"
    NONE = "none"
    STAMP = "stamp"


@dataclass(frozen=True, slots=True)
class Seal:
    """The office's own seal, as a picture printed at its true size; without one nothing prints."""

    picture: Picture | None
    diameter_mm: float  # 0: as seals usually are


@dataclass(frozen=True, slots=True)
class Stamp:
    """A signer's post and signature stamp, the picture at its true size; either may be missing."""

    post: Text | None
    picture: Picture | None


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signs and when, 7.3.5: issuer signatures and date of issue.

    A *date* of None with *date_blank* leaves room to write it by hand in a draft.
    """

    issuers: tuple[Text, ...]
    date: datetime.date | None
    date_place: Place | None
    date_blank: bool
    sealing: Sealing
    seals: tuple[Seal, ...]  # in the order of the issuers; empty: nothing is printed
    stamps: tuple[Stamp, ...]  # likewise
    under_title: bool  # a paper without letterhead may show both under its title


@dataclass(frozen=True, slots=True)
class Letterhead:
    """What stands above the red rule, 7.2."""

    copy_number: Text | None
    classification: Text | None  # with its term, such as 机密★1年
    urgency: Text | None
    mark: tuple[Text, ...]  # issuer mark, without 文件
    mark_suffix: str  # 文件, or nothing
    number: Text | None  # document number
    signatories: tuple[Text, ...]
    preprinted: bool  # mark and red rule are on the paper already
    copy_number_room: bool = False  # its line stays free until the copies get their numbers


@dataclass(frozen=True, slots=True)
class Attendance:
    """出席, 请假 and 列席 of minutes, 10.3: label and names."""

    label: str
    names: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class Attachment:
    """An attachment bound with its document, 7.3.7; *number* is 0 when it is the only one."""

    number: int
    title: Text
    title_lines: tuple[Text, ...]  # where the source breaks the title itself
    body: tuple[Node, ...]
    place: Place
    running: frozenset[int] = frozenset()  # levels whose numbers run on throughout


@dataclass(frozen=True, slots=True)
class Issued:
    """A text that its notice issues or passes on: bound with it, but no attachment of it.

    *title_note* says under the title who passed it and when. What is passed on may have addressees
    and a signature of its own.
    """

    title: Text
    title_lines: tuple[Text, ...]  # where the source breaks the title itself
    title_note: Text | None
    body: tuple[Node, ...]
    place: Place
    running: frozenset[int] = frozenset()  # levels whose numbers run on throughout
    addressees: tuple[Text, ...] = ()
    issuers: tuple[Text, ...] = ()
    date: Text | None = None  # as it is printed


@dataclass(frozen=True, slots=True)
class Imprint:
    """版记, 7.4."""

    copied_to: tuple[Text, ...]
    printed_by: Text | None
    printed_on: datetime.date | None
    printed_on_place: Place | None

    def __bool__(self) -> bool:
        return bool(self.copied_to or self.printed_by or self.printed_on)


class FolioStyle(StrEnum):
    """Where the folio stands; the standard knows OUTSIDE only, 7.5."""

    OUTSIDE = "outside"
    CENTRE = "centre"
    NONE = "none"


class DraftStyle(StrEnum):
    """How a draft mark is shown."""

    CORNER = "corner"
    DIAGONAL = "diagonal"


@dataclass(frozen=True, slots=True)
class Output:
    """How this document is to be put out, beside what it says."""

    first_page: int = 1
    folio: FolioStyle = FolioStyle.OUTSIDE
    duplex: bool = False  # the imprint page is even
    mirrored: bool = False  # 28/26 mm margins change sides on even pages
    draft: str = ""  # 征求意见稿, 送审稿, 讨论稿
    draft_style: DraftStyle = DraftStyle.CORNER
    carry_source: bool = True  # the source travels in the PDF


@dataclass(frozen=True, slots=True)
class Deviation:
    """A point in which an office's own rules differ from the standard."""

    name: str  # of the key in the house's file, in English
    point: str  # the same in Chinese
    ours: str
    standard: str  # empty where the standard says nothing

    def __str__(self) -> str:
        usual = f"（标准为{self.standard}）" if self.standard else ""
        return f"{self.point}为{self.ours}{usual}"


@dataclass(frozen=True, slots=True)
class Misprint:
    """A word that is often miswritten.

    It is none right after one of *before*, or right before one of *after*; *example* holds it.
    """

    wrong: str
    right: str
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    severity: Severity = Severity.WARNING
    example: str = ""

    def stands_at(self, text: str, start: int) -> bool:
        """Whether what *text* has at *start*, the wrong word, is amiss there."""
        end = start + len(self.wrong)
        return not (text[:start].endswith(self.before) or text[end:].startswith(self.after))

    def stands_in(self, text: str) -> bool:
        """Whether the word is amiss anywhere in *text*."""
        start = text.find(self.wrong)
        while start >= 0:
            if self.stands_at(text, start):
                return True
            start = text.find(self.wrong, start + 1)
        return False


@dataclass(frozen=True, slots=True)
class House:
    """What an office's own rules change; without a file, nothing."""

    measures: Mapping[str, float] = field(default_factory=dict)  # table.key of measures.toml
    red_rule_mm: float | None = None
    mark_mm: float | None = None
    folio: FolioStyle | None = None
    dashes: bool = True  # beside the folio
    grid: bool = False  # every mark takes a whole cell
    latin_gap: bool = False
    latin: Role | None = None  # what sets digits and letters
    faces: Path | None = None  # the table of own faces
    face_names: Mapping[str, frozenset[Role]] = field(default_factory=dict)  # what they set
    ofd: bool = False  # beside every PDF
    deviations: tuple[Deviation, ...] = ()
    file: FileContent | None = field(default=None, compare=False)  # as it was read
    misprints: tuple[Misprint, ...] = ()  # beside those that everybody has
    misprints_off: frozenset[str] = frozenset()  # of those, the wrong words it does not mind


@dataclass(frozen=True, slots=True)
class Waiver:
    """A rule this document is excused from, and why."""

    rule: str
    reason: Text


@dataclass(frozen=True, slots=True)
class Document:
    """An official document, whole and valid."""

    path: Path
    form: Form
    genre: str  # the word of the source: 通知, 报告, 函 …
    title: Text
    title_lines: tuple[Text, ...]  # where the source breaks the title itself
    attachment_number: int  # form attachment: 附件2 -> 2; 0 for 附件
    letterhead: Letterhead
    addressees: tuple[Text, ...]
    body: tuple[Node, ...]
    attachment_list: tuple[Text, ...]  # 附件说明: names, in order
    attachments: tuple[Attachment, ...]
    signature: Signature
    note: Text | None
    attendance: tuple[Attendance, ...]
    imprint: Imprint
    output: Output
    keywords: tuple[str, ...] = ()
    waivers: tuple[Waiver, ...] = ()
    house: Path | None = None
    house_rules: House = House()
    pictures: tuple[KnownFile, ...] = ()  # each once
    file: FileContent | None = field(default=None, compare=False)  # its source as it was read
    issued: tuple[Issued, ...] = ()  # between the document and its attachments
    remarks: tuple[Finding, ...] = ()  # what the office should know, though it may want it so
    running: frozenset[int] = frozenset()  # levels whose numbers run on throughout

    @property
    def bodies(self) -> tuple[tuple[Node, ...], ...]:
        """Its text, and those of what it issues and attaches, in the order of print."""
        issued = (text.body for text in self.issued)
        return (self.body, *issued, *(attachment.body for attachment in self.attachments))

    @property
    def issuer(self) -> str:
        """The issuers, as the PDF's author."""
        return "、".join(map(str, self.signature.issuers or self.letterhead.mark))

    @property
    def marks_shown(self) -> tuple[Text, ...]:
        """The issuers of the mark that are printed: a letter shows its sponsor alone, 10.1."""
        marks = self.letterhead.mark
        return marks[:1] if self.form.letterhead.sponsor_alone else marks

    @property
    def prints_title(self) -> bool:
        """Whether the title is printed: an order under its mark has none, 10.2."""
        return self.form.prints_title or not self.letterhead.mark

    @property
    def label(self) -> str:
        """附件 and its number for an attachment bound on its own, 7.3.7; else nothing."""
        if not self.form.labelled:
            return ""
        prefix = str(self.letterhead.number or "")
        return f"{prefix}附件{self.attachment_number or ''}"
