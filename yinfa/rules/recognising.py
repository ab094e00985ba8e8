"""Sheets into a Paper: every line recognised from what stands where.

The document itself may be missing, and the page may be wrong in the very thing that would tell a
part. So each part is known by more than one sign (its words, its place, its size, its colour), and
a sign that a rule judges is never the only one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from yinfa.model import Document, Form
from yinfa.reading import Sheet, Stroke, TextLine
from yinfa.rules import measures as m
from yinfa.rules.binding import bound_at_the_left
from yinfa.rules.faces import is_han, is_red, main_look
from yinfa.rules.heading import level_of
from yinfa.rules.paper import Kind, Paper, Spot
from yinfa.rules.registry import Extent
from yinfa.rules.zones import ImprintZone, imprint_zone, seals_of, side_zones
from yinfa.words import MINUTES_NUMBER

DIGITS = "0-9０-９〇○零一二三四五六七八九十"
DATE = re.compile(
    rf"[（(]?[{DIGITS}]{{2,4}}年[{DIGITS}]{{1,3}}月([{DIGITS}]{{1,3}}日)?[）)]?|年月日"
)
NUMBER = re.compile(r"\S{1,20}[〔\[［(（【]\s*\d{2,4}\s*[〕\]］)）】]\s*第?\s*\d+\s*号")
MINUTES = re.compile(MINUTES_NUMBER)
ORDER_NUMBER = re.compile(rf"第[{DIGITS}]+号")
LABEL = re.compile(r"(\S{2,24}号)?附件[0-9０-９一二三四五六七八九十]*[:：.．、]?")
LIST = re.compile(r"附件\s*[:：]")
ATTENDANCE = re.compile(r"(出席|请假|列席|缺席)[:：]")
COPY_NUMBER = re.compile(r"\d{1,8}")
CLASSIFICATION = re.compile(r"绝密|机密|秘密")
URGENCY = re.compile(r"特急|加急|急件|平急|特提")
ANNOUNCES = re.compile(r"(如下|以下|下列\S{0,6})[:：]$")

STOPS = frozenset("。：；，、！？")
Seals = tuple[tuple[int, Extent], ...]
CENTRED_MM = 4.0  # further off the middle, a line was never meant to be centred
ADDRESSEE_LINES = 8  # more would push the text off side 1, 7.3.2
HEAD_DEPTH_MM = 150.0  # a letterhead ends above this, even with many signatories
SEAL_STEP = 5.5  # pitches from an issuer, over the room for a seal, to the next one's or the date
STEP = 1.6  # pitches; further apart than this, lines have a blank line between them


def recognise(
    sheets: Sequence[Sheet],
    document: Document | None = None,
    form: Form | None = None,
    due: m.Figures = m.STANDARD,
) -> Paper:
    """The paper that *sheets* show, to be held against *due*; what is known is not guessed."""
    sheets = bound_at_the_left(sheets, due)
    red_rules = _red_rules(sheets[0], due)
    head = _letterhead(sheets[0], red_rules, due)
    found_form = form or (document.form if document else _form(sheets, head, red_rules))
    if found_form is Form.LETTER:
        head = _letter_head(sheets[0], head, red_rules, due)
    imprint = imprint_zone(sheets, due)
    taken = {id(char) for spot in head for char in spot.line.chars}
    spots = list(head)
    seals = tuple(_seals(sheets))
    issuers = _issuers(document, head)
    spots += _Walk(sheets, found_form, taken, imprint, issuers, seals, due).spots()
    blank = tuple(
        sheet.number
        for sheet in sheets
        if not sheet.body_lines and not sheet.pictures and not sheet.turned_lines
    )
    return Paper(
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


def _issuers(document: Document | None, head: Sequence[Spot]) -> frozenset[str]:
    """The names of the offices that issue: those of *document*, else those in the mark."""
    if document is not None:
        return frozenset("".join(str(name).split()) for name in document.signature.issuers)
    marks = (spot.text.removesuffix("文件") for spot in head if spot.kind is Kind.MARK)
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


# --- the letterhead -------------------------------------------------------------------------------


def _red_rules(sheet: Sheet, due: m.Figures) -> tuple[Stroke, ...]:
    """The long red level lines of side 1, from the top; a black one counts if the mark is red."""
    long = [s for s in sheet.strokes if s.horizontal and s.length_mm > due.long_mm]
    return tuple(sorted((s for s in long if is_red(s.colour)), key=lambda s: s.y0_mm))


def _is_mark(line: TextLine, due: m.Figures) -> bool:
    """Whether *line* is large enough for a mark: red and large, or larger than any title."""
    look = main_look(line.chars)
    if look is None or line.baseline_mm > HEAD_DEPTH_MM:
        return False
    return line.size_mm > (due.larger_mm if is_red(look.colour) else due.largest_mm)


def _letterhead(sheet: Sheet, red_rules: tuple[Stroke, ...], due: m.Figures) -> list[Spot]:
    """What stands above the red rule; nothing where there is neither mark nor rule."""
    lines = sheet.body_lines
    marks = [line for line in lines if _is_mark(line, due)]
    upper = [s for s in red_rules if s.y0_mm < HEAD_DEPTH_MM + 40]
    patterns = [NUMBER, ORDER_NUMBER]
    if marks and marks[-1].bare.endswith("纪要"):
        patterns.append(MINUTES)  # 10.3; elsewhere 第9期 may be anything
    numbers = [
        line
        for line in lines
        if line.baseline_mm < HEAD_DEPTH_MM + 30
        and any(pattern.fullmatch(p.bare) for p in line.pieces for pattern in patterns)
    ]
    if not marks and not upper and not numbers:
        return []
    foot_mm = max([line.em_bottom_mm for line in (*marks, *numbers)] + [s.y0_mm for s in upper[:1]])
    spots = []
    for line in lines:
        if line.baseline_mm > foot_mm + 0.5:
            continue
        for piece in line.pieces:
            spots.append(Spot(_head_kind(piece, marks), 1, piece))
    return spots


def _head_kind(piece: TextLine, marks: list[TextLine]) -> Kind:
    text = piece.bare
    if any(pattern.fullmatch(text) for pattern in (NUMBER, ORDER_NUMBER, MINUTES)):
        return Kind.NUMBER
    if any(piece.baseline_mm == mark.baseline_mm for mark in marks):
        return Kind.MARK
    if COPY_NUMBER.fullmatch(text):
        return Kind.COPY_NUMBER
    if CLASSIFICATION.match(text):
        return Kind.CLASSIFICATION
    if URGENCY.match(text):
        return Kind.URGENCY
    if NUMBER.search(text) or any(map(str.isdigit, text)):
        return Kind.NUMBER  # written wrongly, but nothing else there has digits
    return Kind.SIGNATORY if marks and piece.baseline_mm > marks[-1].baseline_mm else Kind.MARK


def _letter_head(
    sheet: Sheet, head: list[Spot], red_rules: tuple[Stroke, ...], due: m.Figures
) -> list[Spot]:
    """The letter's mark, and what stands below the double rule beside the document number."""
    marks = [spot for spot in head if spot.kind is Kind.MARK]
    known = {id(spot.line.chars[0]) for spot in marks}
    top_mm = max([s.line.em_bottom_mm for s in marks] + [s.y0_mm for s in red_rules[:2]])
    beneath = []
    for line in sheet.body_lines:
        if not top_mm - 2 < line.baseline_mm < top_mm + 3.6 * due.pitch_mm:
            continue
        for piece in line.pieces:
            kind = _head_kind(piece, [])
            if id(piece.chars[0]) not in known and kind is not Kind.MARK:
                beneath.append(Spot(kind, 1, piece))
    return marks + beneath


def _form(sheets: Sequence[Sheet], head: list[Spot], red_rules: tuple[Stroke, ...]) -> Form:
    """The form that side 1 shows."""
    mark = "".join(spot.text for spot in head if spot.kind is Kind.MARK)
    if not head:
        lines = sheets[0].body_lines
        labelled = bool(lines) and LABEL.fullmatch(lines[0].bare)
        return Form.ATTACHMENT if labelled else Form.PLAIN
    if re.search(r"令(（.*）)?$", mark) and not red_rules:
        return Form.ORDER
    if mark.endswith("纪要"):
        return Form.MINUTES
    low = [s for s in red_rules if s.y0_mm > 250]
    wide = [s for s in red_rules if s.length_mm > 163]
    return Form.LETTER if low or len(wide) > 1 else Form.NOTICE


# --- everything below the letterhead --------------------------------------------------------------


@dataclass
class _Walk:
    """Goes through the lines in reading order and remembers what came before."""

    sheets: Sequence[Sheet]
    form: Form
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
        state = Kind.TEXT if self.form is Form.ORDER else Kind.TITLE
        for index, (zone, page, line) in enumerate(lines):
            if zone is not None:
                found.append(Spot(zone, page, line, self._section))
            elif self._is_label(found, page, line):
                self._section += any(spot.kind is not Kind.IMPRINT for spot in found)
                found.append(Spot(Kind.LABEL, page, line, self._section))
                state = Kind.TITLE
            elif self._is_issued(found, page, line):
                self._section += 1
                found.append(Spot(Kind.TITLE, page, line, self._section))
                state = Kind.TITLE
            else:
                rest = [line for _, _, line in lines[index + 1 : index + 1 + ADDRESSEE_LINES]]
                state = self._kind(state, found, page, line, rest)
                found.append(Spot(state, page, line, self._section))
        return _paragraphed(_signed(found, self.issuers, self.seals, self.due), self.due)

    def _lines(self) -> Iterator[tuple[Kind | None, int, TextLine]]:
        for sheet in self.sheets:
            zones = side_zones(sheet, self.imprint, self.due)
            lines = [line for line in sheet.body_lines if id(line.chars[0]) not in self.taken]
            for line in lines[_heads(lines, self.due) :]:
                yield zones.kind(line), sheet.number, line

    def _is_label(self, found: list[Spot], page: int, line: TextLine) -> bool:
        if not LABEL.fullmatch(line.bare) or _hangs(line, 4, self.due):
            return False
        first = not any(spot.page == page for spot in found)
        return first or not LIST.match(line.bare)

    def _is_issued(self, found: list[Spot], page: int, line: TextLine) -> bool:
        """Whether *line* begins what the document issues: a title at the top of a further page."""
        if not found or found[-1].page == page or found[-1].kind is Kind.TITLE:
            return False
        large = line.size_mm > self.due.larger_mm
        return large and abs(line.middle_mm - self.due.middle_mm) < CENTRED_MM

    def _may_address(self, state: Kind, found: list[Spot]) -> bool:
        """Whether addressees may stand here: right under the title, or after more of them."""
        if self._section or self.form in {Form.ORDER, Form.ATTACHMENT}:
            return False
        if state is Kind.ADDRESSEE:
            return not found[-1].text.endswith(("：", ":"))
        return state in {Kind.TITLE, Kind.BYLINE}

    def _kind(
        self, state: Kind, found: list[Spot], page: int, line: TextLine, rest: list[TextLine]
    ) -> Kind:
        due = self.due
        untitled = (
            bool(found)
            and found[-1].kind in {Kind.LABEL, Kind.BYLINE}
            and not any(spot.kind is Kind.TITLE and spot.section == self._section for spot in found)
        )
        if state is Kind.TITLE or untitled:
            if _title_like(line, found, page, self._section, due):
                return Kind.TITLE
            if _byline_like(line, found, due) or (untitled and _titles(rest, due)):
                return Kind.BYLINE
        if state is Kind.BYLINE and _byline_like(line, found, due):
            return Kind.BYLINE
        if self._may_address(state, found) and _addresses(line, rest, due):
            return Kind.ADDRESSEE
        if ATTENDANCE.match(line.bare):
            return Kind.ATTENDANCE
        if LIST.match(line.bare) and not _hangs(line, 5, due):
            return Kind.ATTACHMENT_LIST
        listing = state in {Kind.ATTENDANCE, Kind.ATTACHMENT_LIST}
        if listing and found and _goes_on(found[-1], page, line, due):
            return state
        if _dated(line, found[-1] if found else None, due):
            return Kind.DATE
        if found and found[-1].kind is Kind.DATE and line.bare[:1] in "（(":
            return Kind.NOTE
        if state is Kind.NOTE and not line.bare.startswith("附件"):
            return Kind.NOTE
        return Kind.TEXT


def _heads(lines: Sequence[TextLine], due: m.Figures) -> int:
    """How many of *lines* are a running head: above the type area, and apart from the text."""
    for index, (line, below) in enumerate(pairwise(lines)):
        middle = (line.em_top_mm + line.em_bottom_mm) / 2
        if middle < due.top_mm and below.baseline_mm - line.baseline_mm > STEP * due.pitch_mm:
            return index + 1
    return 0


def _title_like(line: TextLine, found: list[Spot], page: int, section: int, due: m.Figures) -> bool:
    """Whether *line* is of the title: large, or centred and short right under what precedes it."""
    titles = [spot for spot in found if spot.kind is Kind.TITLE and spot.section == section]
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
    if not found or found[-1].kind not in {Kind.TITLE, Kind.BYLINE}:
        return False
    gap_mm = line.baseline_mm - found[-1].line.baseline_mm
    return _centred(line, due) and gap_mm < STEP * due.pitch_mm and level_of(line.bare) == 0


def _centred(line: TextLine, due: m.Figures) -> bool:
    """Whether the line stands in the middle, clear of the indent at which paragraphs begin."""
    return abs(line.middle_mm - due.middle_mm) < CENTRED_MM and _hangs(line, 3, due)


def _addresses(line: TextLine, rest: Sequence[TextLine], due: m.Figures) -> bool:
    """Whether *line*, before *rest*, names addressees: flush left, up to a colon, no sentence."""
    names = ""
    for following in (line, *rest[:ADDRESSEE_LINES]):
        names += following.bare
        if following.bare.endswith(("：", ":")):
            break
        if _hangs(following, 1, due) or following.x1_mm < due.right_mm - 14:
            return False  # not a full line: the names do not go on
    else:
        return False
    return "。" not in names and not ANNOUNCES.search(names) and not level_of(names)


def _hangs(line: TextLine, cells: float, due: m.Figures) -> bool:
    return line.x0_mm > due.left_mm + cells * due.cell_mm


def _goes_on(last: Spot, page: int, line: TextLine, due: m.Figures) -> bool:
    """Whether *line* continues the list, of attachments or of names, that *last* is a line of."""
    if page == last.page and line.baseline_mm - last.line.baseline_mm > STEP * due.pitch_mm:
        return False
    if page != last.page and line.em_top_mm > due.top_mm + due.cell_mm:
        return False
    return _hangs(line, 3, due) and not _dated(line, None, due)


def _dated(line: TextLine, above: Spot | None, due: m.Figures) -> bool:
    """Whether *line* is a date of issue: a date alone, no end of a sentence above it."""
    if not DATE.fullmatch(line.bare):
        return False
    ended = above is not None and above.line.x1_mm < due.right_mm - 2 * due.cell_mm
    return _hangs(line, 5, due) or (ended and _hangs(line, 0.5, due))


# --- second pass: who signed, and where paragraphs begin ------------------------------------------


def _paragraphed(spots: list[Spot], due: m.Figures) -> list[Spot]:
    """*spots* with the lines of the text marked that open a paragraph."""
    found: list[Spot] = []
    before: Spot | None = None
    for spot in spots:
        if spot.kind in {Kind.FOOTNOTE, Kind.CAPTION, Kind.TABLE}:
            found.append(spot)
            if spot.kind is not Kind.FOOTNOTE:
                before = None
            continue
        parts = {Kind.TEXT, Kind.NOTE, Kind.ATTACHMENT_LIST}
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
    if before.line.x1_mm < due.right_mm - 1.6 * due.cell_mm:
        return True
    indent_mm = spot.line.x0_mm - due.left_mm
    if spot.kind is not Kind.TEXT:
        return indent_mm < due.indent_mm + due.cell_mm
    indented = abs(indent_mm - due.indent_mm) < abs(indent_mm)
    return indented and before.line.bare[-1:] not in "，、"


def _signed(spots: list[Spot], issuers: frozenset[str], seals: Seals, due: m.Figures) -> list[Spot]:
    """*spots* with the lines above a date of issue, and those under seals, known as signatures."""
    found = [
        replace(spot, kind=Kind.SIGNER, opens=False) if _under_seal(spot, seals) else spot
        for spot in spots
    ]
    for index, spot in enumerate(spots):
        if spot.kind is not Kind.DATE:
            continue
        below = spot
        for above in range(index - 1, -1, -1):
            signs = _signs(found[above], below, due) or _named(found[above], issuers)
            if not signs and not _in_row(found[above], below, due):
                break
            found[above] = replace(found[above], kind=Kind.SIGNER, opens=False)
            below = found[above]
    return found


def _under_seal(spot: Spot, seals: Seals) -> bool:
    """Whether a seal is set on the line."""
    if spot.kind is not Kind.TEXT or spot.text[-1] in STOPS:
        return False
    y = (spot.line.em_top_mm + spot.line.em_bottom_mm) / 2
    return any(
        page == spot.page
        and top < y < bottom
        and left < spot.line.x1_mm
        and spot.line.x0_mm < right
        for page, (left, top, right, bottom) in seals
    )


def _signs(spot: Spot, below: Spot, due: m.Figures) -> bool:
    """Whether *spot*, above a signature line, is one as well."""
    if spot.kind is Kind.SIGNER:
        return True
    if spot.kind is not Kind.TEXT or spot.page != below.page:
        return False
    gap_mm = below.line.baseline_mm - spot.line.baseline_mm
    # A signature stamp takes room between post and date; a line so far in is no paragraph.
    step_mm = STEP * due.pitch_mm
    if gap_mm > step_mm and not (gap_mm < 2 * step_mm and _hangs(spot.line, 6, due)):
        return False
    ends_text = spot.text[-1] in STOPS or level_of(spot.text) > 0
    return not ends_text and _hangs(spot.line, 3.5, due) and any(map(_names, spot.text))


def _named(spot: Spot, issuers: frozenset[str]) -> bool:
    """Whether *spot*, above a signature line, is but names of *issuers*, however far above."""
    return spot.kind is Kind.TEXT and all(piece.bare in issuers for piece in spot.line.pieces)


def _in_row(spot: Spot, below: Spot, due: m.Figures) -> bool:
    """Whether *spot* is of the names of a joint issue, which stand apart in rows, 7.3.5.1.

    Their seals, whether printed or to be set by hand, keep the rows apart as well. No paragraph
    begins so far in, or has such gaps.
    """
    if spot.kind is not Kind.TEXT or spot.page != below.page:
        return False
    if below.line.baseline_mm - spot.line.baseline_mm > SEAL_STEP * due.pitch_mm:
        return False
    pieces = spot.line.pieces
    apart = len(pieces) > 1 or _hangs(spot.line, 6, due)
    return apart and all(
        all(map(_names, piece.bare)) and any(map(is_han, piece.bare)) for piece in pieces
    )


def _names(char: str) -> bool:
    """Whether a name may be written with *char*: × stands for a character left open."""
    return char == "×" or is_han(char)
