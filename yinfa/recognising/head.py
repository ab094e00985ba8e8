"""The letterhead of side 1, and the form that it tells."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile

from yinfa.reading import Sheet, Stroke, TextLine
from yinfa.recognising import measures as m
from yinfa.recognising.faces import is_red, main_look
from yinfa.recognising.format import Format
from yinfa.recognising.paper import Spot, SpotKind
from yinfa.words import MINUTES_NUMBER

DIGITS = "0-9０-９〇○零一二三四五六七八九十"
NUMBER = re.compile(r"\S{1,20}[〔\[［(（【]\s*\d{2,4}\s*[〕\]］)）】]\s*第?\s*\d+\s*号")
MINUTES = re.compile(MINUTES_NUMBER)
ORDER_NUMBER = re.compile(rf"[（(]?(?:〔\d{{4}}〕)?第[{DIGITS}]+号[）)]?")
LABEL = re.compile(r"(\S{2,24}号)?附件[0-9０-９一二三四五六七八九十]*[:：.．、]?")
COPY_NUMBER = re.compile(r"\d{1,8}")
CLASSIFICATION = re.compile(r"绝密|机密|秘密")
URGENCY = re.compile(r"特急|加急|急件|平急|特提")
BULLETIN = re.compile("公报(?:（.*）)?$")
ENTITLED_MM = 6.0  # larger type than this is a title's or a mark's
HEAD_DEPTH_MM = 150.0  # a letterhead ends above this, even with many signatories


# --- the letterhead -------------------------------------------------------------------------------


def red_rules_of(sheet: Sheet, due: m.Figures) -> tuple[Stroke, ...]:
    """The long red level lines of side 1, from the top; a black one counts if the mark is red."""
    long = [s for s in sheet.strokes if s.horizontal and s.length_mm > due.long_mm]
    return tuple(sorted((s for s in long if is_red(s.colour)), key=lambda s: s.y0_mm))


def _is_mark(line: TextLine, due: m.Figures) -> bool:
    """Whether *line* is large enough for a mark: red and large, or larger than any title."""
    look = main_look(line.chars)
    if look is None or line.baseline_mm > HEAD_DEPTH_MM:
        return False
    return line.size_mm > (due.larger_mm if is_red(look.colour) else due.largest_mm)


def letterhead(sheet: Sheet, red_rules: tuple[Stroke, ...], due: m.Figures) -> list[Spot]:
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
        return [Spot(_head_kind(line, []), 1, line) for line in takewhile(_is_label, lines)]
    foot_mm = max([line.em_bottom_mm for line in (*marks, *numbers)] + [s.y0_mm for s in upper[:1]])
    spots = []
    for line in lines:
        below = line.baseline_mm > foot_mm + 0.5
        if below and not (_is_label(line) and line.baseline_mm < HEAD_DEPTH_MM):
            continue
        for piece in line.pieces:
            spots.append(Spot(_head_kind(piece, marks), 1, piece))
    return spots


def _is_label(line: TextLine) -> bool:
    """Whether *line* is 密级 or 紧急程度 alone, where there is no mark below it."""
    text = line.bare
    return bool(CLASSIFICATION.match(text) or URGENCY.fullmatch(text)) and len(text) < 10


def _head_kind(piece: TextLine, marks: list[TextLine]) -> SpotKind:
    text = piece.bare
    if any(pattern.fullmatch(text) for pattern in (NUMBER, ORDER_NUMBER, MINUTES)):
        return SpotKind.NUMBER
    if any(piece.baseline_mm == mark.baseline_mm for mark in marks):
        return SpotKind.MARK
    if COPY_NUMBER.fullmatch(text):
        return SpotKind.COPY_NUMBER
    if CLASSIFICATION.match(text) or "★" in text:
        return SpotKind.CLASSIFICATION
    if URGENCY.match(text):
        return SpotKind.URGENCY
    if text.startswith("签发人"):
        return SpotKind.SIGNATORY
    if NUMBER.search(text) or any(map(str.isdigit, text)):
        return SpotKind.NUMBER  # written wrongly, but nothing else there has digits
    below = bool(marks) and piece.baseline_mm > marks[-1].baseline_mm
    # Without a mark, which the paper bears already, names go on in the right half.
    aside = not marks and piece.x0_mm > m.PAPER_WIDTH_MM / 2
    return SpotKind.SIGNATORY if below or aside else SpotKind.MARK


def letter_head(
    sheet: Sheet, head: list[Spot], red_rules: tuple[Stroke, ...], due: m.Figures
) -> list[Spot]:
    """The letter's mark, and what stands below the double rule beside the document number."""
    marks = [spot for spot in head if spot.kind is SpotKind.MARK]
    if not marks and not red_rules:  # printed on the paper already
        return head
    known = {id(spot.line.chars[0]) for spot in marks}
    top_mm = max([s.line.em_bottom_mm for s in marks] + [s.y0_mm for s in red_rules[:2]])
    beneath = []
    for line in sheet.body_lines:
        if not top_mm - 2 < line.baseline_mm < top_mm + 3.6 * due.pitch_mm:
            continue
        for piece in line.pieces:
            kind = _head_kind(piece, [])
            if id(piece.chars[0]) not in known and kind is not SpotKind.MARK:
                beneath.append(Spot(kind, 1, piece))
    return marks + beneath


def form_of(
    sheets: Sequence[Sheet], head: list[Spot], red_rules: tuple[Stroke, ...], due: m.Figures
) -> Format:
    """The form that side 1 shows."""
    mark = "".join(spot.text for spot in head if spot.kind is SpotKind.MARK)
    if not head:
        lines = sheets[0].body_lines
        labelled = bool(lines) and LABEL.fullmatch(lines[0].bare)
        return Format.ATTACHMENT if labelled else Format.PLAIN
    if re.search(r"令(（.*）)?$", mark) and not red_rules:
        return Format.ORDER
    if mark.endswith("纪要"):
        return Format.MINUTES
    numbers = [spot.line for spot in head if spot.kind is SpotKind.NUMBER]
    if not mark and any(line.x1_mm > due.right_mm - 1 for line in numbers):
        return Format.LETTER  # its letterhead is on the paper already, 10.1
    low = [s for s in red_rules if s.y0_mm > 250]
    wide = [s for s in red_rules if s.length_mm > 163]
    if low or len(wide) > 1:
        return Format.LETTER
    entitled = (line.bare for line in sheets[0].body_lines if line.size_mm > ENTITLED_MM)
    return Format.BULLETIN if any(map(BULLETIN.search, entitled)) else Format.NOTICE
