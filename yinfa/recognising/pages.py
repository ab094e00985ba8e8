"""Sheets into a Specimen: every line recognised from what stands where.

The document itself may be missing, and the page may be wrong in the very thing that would tell a
part. So each part is known by more than one sign (its words, its place, its size, its colour), and
a sign that a rule judges is never the only one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from yinfa.model import Document
from yinfa.reading import Box, DrawnPicture, Sheet, Stroke, TextLine
from yinfa.recognising import measures as m
from yinfa.recognising.binding import bound_at_the_left
from yinfa.recognising.format import Format
from yinfa.recognising.head import (
    DIGITS,
    LABEL,
    form_of,
    letter_head,
    letterhead,
    red_rules_of,
)
from yinfa.recognising.heading import CHAPTER, level_of
from yinfa.recognising.paper import Extent, Specimen, Spot, SpotKind
from yinfa.recognising.places import STEP, Seals, hangs
from yinfa.recognising.signature import signed
from yinfa.recognising.zones import ImprintZone, imprint_zone, seals_of, side_zones

DATE = re.compile(
    rf"[（(]?[{DIGITS}]{{2,4}}年[{DIGITS}]{{1,3}}月([{DIGITS}]{{1,3}}日)?[）)]?|年月日"
)
LIST = re.compile(r"附件\s*[:：]")
ATTENDANCE = re.compile(r"(出席|请假|列席|缺席)[:：]")
ANNOUNCES = re.compile(r"(如下|以下|下列\S{0,6})[:：]$")

CENTRED_MM = 4.0  # further off the middle, a line was never meant to be centred
ENDS = frozenset("。：；！？”）…")  # of paragraphs
OFFICE = re.compile("[局府校委部厅室院会处社司位门所站心市县区镇乡]$")
NOTE = re.compile(r"[（(]|联系人|联系电话|电话[：:]|此件")  # with its brackets or without
ADDRESSEE_LINES = 8  # more would push the text off side 1, 7.3.2


def recognise(
    sheets: Sequence[Sheet],
    document: Document | None = None,
    form: Format | None = None,
    due: m.Figures = m.STANDARD,
) -> Specimen:
    """The paper that *sheets* show, to be held against *due*; what is known is not guessed."""
    sheets = bound_at_the_left(sheets, due, document.output if document else None)
    red_rules = red_rules_of(sheets[0], due)
    head = letterhead(sheets[0], red_rules, due)
    known = Format(document.form.name) if document else None
    found_form = form or known or form_of(sheets, head, red_rules, due)
    if found_form is Format.LETTER:
        head = letter_head(sheets[0], head, red_rules, due)
    imprint = imprint_zone(sheets, due)
    taken = {id(char) for spot in head for char in spot.line.chars}
    spots = list(head)
    seals = tuple(_seals(sheets))
    issuers = _issuers(document, head)
    spots += _Walk(sheets, found_form, taken, imprint, issuers, seals, due).spots()
    blank = tuple(
        sheet.number
        for sheet in sheets
        if not sheet.body_lines and not sheet.turned_lines and not _is_drawn_on(sheet)
    )
    return Specimen(
        sheets=sheets,
        form=found_form,
        spots=tuple(spots),
        document=document,
        due=due,
        red_rules=red_rules,
        imprint_page=imprint.page,
        imprint_rules=imprint.rules,
        seals=seals,
        blank_pages=blank,
        wordless=_wordless(sheets) if document is None else (),
    )


def _is_drawn_on(sheet: Sheet) -> bool:
    """Whether *sheet* has a picture, a table or any other drawing."""
    drawn: tuple[Box | DrawnPicture | Stroke, ...]
    drawn = (*sheet.pictures, *sheet.boxes, *sheet.strokes)
    return any(not one.artifact for one in drawn)


def _issuers(document: Document | None, head: Sequence[Spot]) -> frozenset[str]:
    """The names of the offices that issue: those of *document*, else those in the mark."""
    if document is not None:
        return frozenset("".join(str(name).split()) for name in document.signature.issuers)
    marks = (spot.text.removesuffix("文件") for spot in head if spot.kind is SpotKind.MARK)
    return frozenset(filter(None, marks))


def _wordless(sheets: Sequence[Sheet]) -> tuple[tuple[int, str], ...]:
    """The pages without a word to measure, and why; all of them where the file has none at all."""
    found = [(sheet.number, sheet.wordless) for sheet in sheets if sheet.wordless]
    if any(sheet.lines or sheet.turned_lines or sheet.wordless for sheet in sheets):
        return tuple(found)
    return tuple((sheet.number, "没有文字") for sheet in sheets)


def _seals(sheets: Sequence[Sheet]) -> Iterator[tuple[int, Extent]]:
    for sheet in sheets:
        for extent in seals_of(sheet):
            yield sheet.number, extent


# --- everything below the letterhead --------------------------------------------------------------


@dataclass
class _Walk:
    """Goes through the lines in reading order and remembers what came before."""

    sheets: Sequence[Sheet]
    form: Format
    taken: set[int]
    imprint: ImprintZone
    issuers: frozenset[str]
    seals: Seals
    due: m.Figures

    def spots(self) -> list[Spot]:
        lines = list(self._lines())
        self._section = 0
        found: list[Spot] = []
        # An order has no title; nor is a large line below its mark one.
        state = SpotKind.TEXT if self.form is Format.ORDER else SpotKind.TITLE
        for index, (zone, page, line) in enumerate(lines):
            if zone is not None:
                found.append(Spot(zone, page, line, self._section))
            elif self._is_label(found, page, line):
                self._section += any(spot.kind is not SpotKind.IMPRINT for spot in found)
                found.append(Spot(SpotKind.LABEL, page, line, self._section))
                state = SpotKind.TITLE
            elif self._is_issued(found, page, line):
                self._section += 1
                found.append(Spot(SpotKind.TITLE, page, line, self._section))
                state = SpotKind.TITLE
            else:
                rest = [line for _, _, line in lines[index + 1 : index + 1 + ADDRESSEE_LINES]]
                state = self._kind(state, found, page, line, rest)
                found.append(Spot(state, page, line, self._section))
        return _paragraphed(signed(found, self.issuers, self.seals, self.due), self.due)

    def _lines(self) -> Iterator[tuple[SpotKind | None, int, TextLine]]:
        for sheet in self.sheets:
            zones = side_zones(sheet, self.imprint, self.due)
            lines = [line for line in sheet.body_lines if id(line.chars[0]) not in self.taken]
            for line in lines[_heads(lines, self.due) :]:
                yield zones.kind(line), sheet.number, line

    def _is_label(self, found: list[Spot], page: int, line: TextLine) -> bool:
        if not LABEL.fullmatch(line.bare) or hangs(line, 4, self.due):
            return False
        first = not any(spot.page == page for spot in found)
        return first or not LIST.match(line.bare)

    def _is_issued(self, found: list[Spot], page: int, line: TextLine) -> bool:
        """Whether *line* begins what the document issues: a title at the top of a further page."""
        if not found or found[-1].page == page or found[-1].kind is SpotKind.TITLE:
            return False
        large = line.size_mm > self.due.larger_mm
        return large and abs(line.middle_mm - self.due.middle_mm) < CENTRED_MM

    def _may_address(self, state: SpotKind, found: list[Spot]) -> bool:
        """Whether addressees may stand here: right under the title, or after more of them."""
        if self._section or self.form in {Format.ORDER, Format.ATTACHMENT}:
            return False
        if state is SpotKind.ADDRESSEE:
            return not found[-1].text.endswith(("：", ":"))
        return state in {SpotKind.TITLE, SpotKind.BYLINE}

    def _kind(
        self, state: SpotKind, found: list[Spot], page: int, line: TextLine, rest: list[TextLine]
    ) -> SpotKind:
        due = self.due
        untitled = (
            bool(found)
            and found[-1].kind in {SpotKind.LABEL, SpotKind.BYLINE}
            and not any(
                spot.kind is SpotKind.TITLE and spot.section == self._section for spot in found
            )
        )
        if state is SpotKind.TITLE or untitled:
            if _title_like(line, found, page, self._section, due):
                return SpotKind.TITLE
            if _byline_like(line, found, due) or (untitled and _titles(rest, due)):
                return SpotKind.BYLINE
        if state is SpotKind.BYLINE and _byline_like(line, found, due):
            return SpotKind.BYLINE
        if self._may_address(state, found) and _addresses(line, rest, due):
            return SpotKind.ADDRESSEE
        if ATTENDANCE.match(line.bare):
            return SpotKind.ATTENDANCE
        if LIST.match(line.bare) and not hangs(line, 5, due):
            return SpotKind.ATTACHMENT_LIST
        listing = state in {SpotKind.ATTENDANCE, SpotKind.ATTACHMENT_LIST}
        if listing and found and _goes_on(found[-1], page, line, due):
            return state
        if _dated(line, found[-1] if found else None, due):
            if line.bare[:1] in "（(" and not any(s.kind is SpotKind.TEXT for s in found):
                return SpotKind.BYLINE  # the day of issue under the title
            return SpotKind.DATE
        if found and found[-1].kind is SpotKind.DATE and NOTE.match(line.bare):
            return SpotKind.NOTE
        if state is SpotKind.NOTE and not line.bare.startswith("附件"):
            return SpotKind.NOTE
        return SpotKind.TEXT


def _heads(lines: Sequence[TextLine], due: m.Figures) -> int:
    """How many of *lines* are a running head: above the type area, and apart from the text."""
    for index, (line, below) in enumerate(pairwise(lines)):
        middle = (line.em_top_mm + line.em_bottom_mm) / 2
        if middle < due.top_mm and below.baseline_mm - line.baseline_mm > STEP * due.pitch_mm:
            return index + 1
    return 0


def _title_like(line: TextLine, found: list[Spot], page: int, section: int, due: m.Figures) -> bool:
    """Whether *line* is of the title: large, or centred and short right under what precedes it."""
    titles = [spot for spot in found if spot.kind is SpotKind.TITLE and spot.section == section]
    if titles and titles[-1].page != page:
        return False
    gap_mm = line.baseline_mm - titles[-1].line.baseline_mm if titles else 0.0
    if gap_mm > 1.75 * due.pitch_mm:
        return False
    if line.size_mm > due.larger_mm:
        return True
    return not titles and _centred(line, due) and level_of(line.bare) == 0


def _titles(rest: Sequence[TextLine], due: m.Figures) -> bool:
    """Whether a large centred line soon follows: the title, before which nothing should stand."""
    return any(
        line.size_mm > due.larger_mm and abs(line.middle_mm - due.middle_mm) < CENTRED_MM
        for line in rest[:3]
    )


def _byline_like(line: TextLine, found: list[Spot], due: m.Figures) -> bool:
    """Centred lines of text size right under a title: who wrote it, and when."""
    if not found or found[-1].kind not in {SpotKind.TITLE, SpotKind.BYLINE}:
        return False
    gap_mm = line.baseline_mm - found[-1].line.baseline_mm
    return _centred(line, due) and gap_mm < STEP * due.pitch_mm and level_of(line.bare) == 0


def _centred(line: TextLine, due: m.Figures) -> bool:
    """Whether the line stands in the middle, clear of the indent at which paragraphs begin."""
    return abs(line.middle_mm - due.middle_mm) < CENTRED_MM and hangs(line, 3, due)


def _addresses(line: TextLine, rest: Sequence[TextLine], due: m.Figures) -> bool:
    """Whether *line*, before *rest*, names addressees: flush left, up to a colon, no sentence."""
    names = ""
    for following in (line, *rest[:ADDRESSEE_LINES]):
        names += following.bare
        if following.bare.endswith(("：", ":")):
            break
        if following.bare.endswith("。") and not hangs(following, 1, due):
            return all(OFFICE.search(name) for name in re.split("[，、；。]", names) if name)
        if hangs(following, 1, due) or following.x1_mm < due.right_mm - 14:
            return False  # not a full line: the names do not go on
    else:
        return False
    return "。" not in names and not ANNOUNCES.search(names) and not level_of(names)


def _goes_on(last: Spot, page: int, line: TextLine, due: m.Figures) -> bool:
    """Whether *line* continues the list, of attachments or of names, that *last* is a line of."""
    if page == last.page and line.baseline_mm - last.line.baseline_mm > STEP * due.pitch_mm:
        return False
    if page != last.page and line.em_top_mm > due.top_mm + due.cell_mm:
        return False
    return hangs(line, 3, due) and not _dated(line, None, due)


def _dated(line: TextLine, above: Spot | None, due: m.Figures) -> bool:
    """Whether *line* is a date of issue: a date alone, no end of a sentence above it."""
    if not DATE.fullmatch(line.bare):
        return False
    ended = above is not None and above.line.x1_mm < due.right_mm - 2 * due.cell_mm
    return hangs(line, 5, due) or (ended and hangs(line, 0.5, due))


# --- second pass: who signed, and where paragraphs begin ------------------------------------------


def _paragraphed(spots: list[Spot], due: m.Figures) -> list[Spot]:
    """*spots* with the lines of the text marked that open a paragraph."""
    found: list[Spot] = []
    before: Spot | None = None
    for spot in spots:
        if spot.kind in {SpotKind.FOOTNOTE, SpotKind.CAPTION, SpotKind.TABLE}:
            found.append(spot)
            if spot.kind is not SpotKind.FOOTNOTE:
                before = None
            continue
        parts = {SpotKind.TEXT, SpotKind.NOTE, SpotKind.ATTACHMENT_LIST}
        before = replace(spot, opens=_opens(before, spot, due)) if spot.kind in parts else spot
        found.append(before)
    return found


def _opens(before: Spot | None, spot: Spot, due: m.Figures) -> bool:
    """Whether *spot* opens a paragraph, judged by both the line above and its own indent."""
    if before is None or before.kind is not spot.kind or before.section != spot.section:
        return True
    same_page = before.page == spot.page
    if same_page and spot.line.baseline_mm - before.line.baseline_mm > STEP * due.pitch_mm:
        return True
    indent_mm = spot.line.x0_mm - due.left_mm
    if CHAPTER.match(before.text) and abs(spot.line.middle_mm - due.middle_mm) < 1:
        return False  # the heading of a chapter goes on, in the middle as it began
    if before.line.x1_mm < due.right_mm - 1.6 * due.cell_mm:
        # A line is left short before what cannot be parted, an address or a date.
        flush = abs(indent_mm) < due.cell_mm / 2 and not hangs(before.line, 3, due)
        return not flush or before.text[-1] in ENDS or level_of(before.text) > 0
    if spot.kind is not SpotKind.TEXT:
        return indent_mm < due.indent_mm + due.cell_mm
    indented = abs(indent_mm - due.indent_mm) < abs(indent_mm)
    return indented and before.line.bare[-1:] not in "，、"
