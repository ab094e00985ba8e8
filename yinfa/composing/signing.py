"""Issuer signature, date of issue, seals and note, 7.3.5 and 7.3.6."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace

from yinfa.composing.numbering import written_date
from yinfa.composing.pages import Flow
from yinfa.composing.typesetter import INDENT_CELLS, Typesetter
from yinfa.composition import Block, Line, Page, Part, Placed, PlacedPicture
from yinfa.model import Document, Seal, Sealing, Signature

SEALED_INSET_CELLS = 4  # 7.3.5.1, 7.3.5.3: the date ends four cells from the right edge
UNSEALED_INSET_CELLS = 2  # 7.3.5.2
DATE_SHIFT_CELLS = 2  # 7.3.5.2: the date begins two cells right of the name
POST_GAP_CELLS = 2  # 7.3.5.3: between the signer's post and the stamp
STAMP_BLANK_LINES = 2
SEALS_A_ROW = 3
DEFAULT_DIAMETER_MM = 42.0
SEAL_CLEARANCE_MM = 0.5  # between seals, and between seal and text
SEAL_DROP_MM = (1.0, 4.0)  # how far the middle of name and date lies under the seal's, 7.3.5.1
BLANK_DATE = "　　　　年　　月　　日"
DEFAULT_STAMP_MM = (40.0, 20.0)


def flow_signature(document: Document, typesetter: Typesetter) -> Iterator[Flow]:
    """Names and date, with the blank lines that stand above them, each bound to the next."""
    signature = document.signature
    if signature.under_title or not (signature.issuers or signature.date or signature.date_blank):
        return
    match signature.sealing:
        case Sealing.SEAL:
            flows = _sealed(signature, typesetter)
        case Sealing.STAMP:
            flows = _stamped(signature, typesetter)
        case Sealing.NONE:
            flows = _unsealed(signature, typesetter)
    for index, flow in enumerate(flows):
        last = index == len(flows) - 1 and not document.note
        yield replace(flow, keep=not last, whole=True, takes=2 if index == 0 else 0)


def flow_note(document: Document, typesetter: Typesetter) -> Iterator[Flow]:
    """附注 in brackets, on the line after the date, 7.3.6."""
    if document.note:
        run = typesetter.run(str(document.note))
        lines = typesetter.lines(run, first_cells=INDENT_CELLS)
        yield Flow(Block(Part.NOTE, lines), whole=True)


def date_text(signature: Signature) -> str:
    """The date of issue as it is printed; blanks where it is to be written by hand."""
    if signature.date:
        return written_date(signature.date)
    return BLANK_DATE if signature.date_blank else ""


def _line(text: str, typesetter: Typesetter) -> Line:
    return typesetter.lines(typesetter.run(text))[0]


def _flow(part: Part, line: Line, above: int = 0) -> Flow:
    return Flow(Block(part, (line,)), above=above)


def _unsealed(signature: Signature, typesetter: Typesetter) -> list[Flow]:
    """Names end two cells from the edge; the date begins two cells right of the last name.

    A date longer than the name ends there instead, and the name moves left of it.
    """
    names = [_line(str(name), typesetter) for name in signature.issuers]
    placed = [typesetter.flush_right(name, UNSEALED_INSET_CELLS) for name in names]
    flows = [_flow(Part.SIGNATURE, name, int(index == 0)) for index, name in enumerate(placed)]
    if not (text := date_text(signature)):
        return flows
    date = _line(text, typesetter)
    shift_mm = DATE_SHIFT_CELLS * typesetter.measures.cell_mm
    if names and typesetter.width_mm(date) <= typesetter.width_mm(names[-1]):
        date = replace(date, indent_mm=placed[-1].indent_mm + shift_mm)
    else:
        date = typesetter.flush_right(date, UNSEALED_INSET_CELLS)
        if names:
            name = replace(placed[-1], indent_mm=date.indent_mm - shift_mm)
            flows[-1] = _flow(Part.SIGNATURE, name, flows[-1].above)
    return [*flows, _flow(Part.DATE, date, int(not flows))]


# --- with seals, 7.3.5.1 ----------------------------------------------------------------------


def _sealed(signature: Signature, typesetter: Typesetter) -> list[Flow]:
    """Names under their seals, in rows of three; the date under the last of them."""
    text = date_text(signature)
    date = typesetter.flush_right(_line(text or BLANK_DATE, typesetter), SEALED_INSET_CELLS)
    names = [_line(str(name), typesetter) for name in signature.issuers]
    diameter_mm = _diameter_mm(signature)
    above = blank_lines_above_seal(diameter_mm, typesetter)
    flows: list[Flow] = []
    if len(names) <= 1:
        for name in names:
            centred, date = _centred_on_date(name, date, typesetter)
            flows.append(_flow(Part.SIGNATURE, centred, above))
    else:
        rows = _rows_of_names(names, typesetter)
        pitch = math.ceil((diameter_mm + SEAL_CLEARANCE_MM) / typesetter.measures.grid_pitch_mm)
        for index, row in enumerate(rows):
            flows.append(Flow(Block(Part.SIGNATURE, (row,)), above=pitch - 1 if index else above))
        middle_mm = _middles_mm(names, typesetter)[-1]
        date = typesetter.centred(date, middle_mm)
    if text:
        flows.append(_flow(Part.DATE, date, 0 if flows else above))
    return flows


def _diameter_mm(signature: Signature) -> float:
    return max((seal.diameter_mm for seal in signature.seals), default=DEFAULT_DIAMETER_MM)


def blank_lines_above_seal(diameter_mm: float, typesetter: Typesetter) -> int:
    """Blank lines between text and name so that the seal's top clears the text by under one 行."""
    measures = typesetter.measures
    gap_mm = measures.grid_pitch_mm - measures.cell_mm
    middle_mm = (measures.grid_pitch_mm + measures.cell_mm) / 2
    for blank in range(1, measures.grid_lines):
        text_to_middle_mm = gap_mm + blank * measures.grid_pitch_mm + middle_mm
        if text_to_middle_mm - SEAL_DROP_MM[0] - diameter_mm / 2 >= SEAL_CLEARANCE_MM:
            return blank
    return measures.grid_lines


def _centred_on_date(name: Line, date: Line, typesetter: Typesetter) -> tuple[Line, Line]:
    """The name centred on the date; both move left where it would pass the right edge."""
    width_mm = typesetter.measures.type_area_width_mm
    half_mm = typesetter.width_mm(name) / 2
    middle_mm = date.indent_mm + typesetter.width_mm(date) / 2
    middle_mm = min(middle_mm, width_mm - half_mm)
    return typesetter.centred(name, middle_mm), typesetter.centred(date, middle_mm)


def _middles_mm(names: list[Line], typesetter: Typesetter) -> list[float]:
    """The middle of each name from the left edge: rows of up to three, filled in order."""
    column_mm = typesetter.measures.type_area_width_mm / SEALS_A_ROW
    if len(names) < SEALS_A_ROW:
        column_mm = typesetter.measures.type_area_width_mm / len(names)
    return [column_mm * (index % SEALS_A_ROW + 0.5) for index in range(len(names))]


def _rows_of_names(names: list[Line], typesetter: Typesetter) -> list[Line]:
    """One line a row, its names spaced so that each stands under its seal."""
    middles = _middles_mm(names, typesetter)
    rows = []
    for start in range(0, len(names), SEALS_A_ROW):
        part = names[start : start + SEALS_A_ROW]
        rows.append(_joined(part, middles[start : start + SEALS_A_ROW], typesetter))
    return rows


def _joined(names: list[Line], middles_mm: list[float], typesetter: Typesetter) -> Line:
    """Several short lines as one, each with its middle where it should be."""
    placed = [
        typesetter.centred(name, middle) for name, middle in zip(names, middles_mm, strict=True)
    ]
    text, gaps = "", []
    for index, name in enumerate(placed):
        own = list(name.gaps)
        if index + 1 < len(placed):
            end_mm = name.indent_mm + typesetter.width_mm(name)
            own[-1] = (placed[index + 1].indent_mm - end_mm) / typesetter.measures.cell_mm
        text += name.text
        gaps += own
    stretch = replace(placed[0].stretches[0], end=len(text))
    return Line(text, (stretch,), tuple(gaps), placed[0].indent_mm, full=False)


def place_seals(page: Page, signature: Signature, typesetter: Typesetter) -> Page:
    """*page* with the pictures of the seals over the names and date that stand on it."""
    names = [placed for placed in page.placed if placed.block.part is Part.SIGNATURE]
    dates = [placed for placed in page.placed if placed.block.part is Part.DATE]
    pictures: tuple[PlacedPicture, ...] = ()
    if signature.sealing is Sealing.SEAL and names:
        pictures = tuple(_seals(signature, names, typesetter))
    elif signature.sealing is Sealing.STAMP and names and signature.stamp:
        pictures = tuple(_stamp(signature.stamp, names[0], typesetter))
    return replace(page, pictures=page.pictures + pictures) if dates or names else page


def _seals(
    signature: Signature, names: list[Placed], typesetter: Typesetter
) -> Iterator[PlacedPicture]:
    measures = typesetter.measures
    count = len(signature.issuers)
    if count <= 1:
        line = names[0].block.lines[0]
        middles_mm = [line.indent_mm + typesetter.width_mm(line) / 2]
    else:
        middles_mm = _middles_mm(
            [_line(str(name), typesetter) for name in signature.issuers], typesetter
        )
    for index, seal in enumerate(signature.seals):
        if seal.picture is None:
            continue
        placed = names[min(index // SEALS_A_ROW, len(names) - 1)]
        between_mm = (
            measures.type_top_mm(placed.row) + (measures.grid_pitch_mm + measures.cell_mm) / 2
        )
        centre_mm = between_mm - _drop_mm(seal.diameter_mm, typesetter)
        left_mm = measures.type_area_binding_mm + middles_mm[index] - seal.diameter_mm / 2
        yield PlacedPicture(
            seal.picture.path,
            left_mm,
            centre_mm - seal.diameter_mm / 2,
            seal.diameter_mm,
            seal.diameter_mm,
            f"{signature.issuers[index]}（印章）",
        )


def _drop_mm(diameter_mm: float, typesetter: Typesetter) -> float:
    """How far the seal's middle stands above that of name and date: within one 行 of the text."""
    measures = typesetter.measures
    blank = blank_lines_above_seal(diameter_mm, typesetter)
    gap_mm = measures.grid_pitch_mm - measures.cell_mm
    middle_mm = (measures.grid_pitch_mm + measures.cell_mm) / 2
    top_mm = gap_mm + blank * measures.grid_pitch_mm + middle_mm - diameter_mm / 2
    return min(SEAL_DROP_MM[1], max(SEAL_DROP_MM[0], top_mm - measures.grid_pitch_mm / 2))


# --- with a signature stamp, 7.3.5.3 ----------------------------------------------------------


def _stamped(signature: Signature, typesetter: Typesetter) -> list[Flow]:
    """Post, stamp and date: two blank lines above, one between stamp and date."""
    measures = typesetter.measures
    width_mm, height_mm = _stamp_size(signature.stamp)
    lines = math.ceil((height_mm - measures.cell_mm) / measures.grid_pitch_mm / 2) * 2 + 1
    before = (lines - 1) // 2
    flows = []
    post = str(signature.post or "")
    left_mm = measures.type_area_width_mm - SEALED_INSET_CELLS * measures.cell_mm - width_mm
    if post:
        line = _line(post, typesetter)
        indent_mm = left_mm - POST_GAP_CELLS * measures.cell_mm - typesetter.width_mm(line)
        flows.append(
            _flow(Part.SIGNATURE, replace(line, indent_mm=indent_mm), STAMP_BLANK_LINES + before)
        )
    if text := date_text(signature):
        date = typesetter.flush_right(_line(text, typesetter), SEALED_INSET_CELLS)
        flows.append(_flow(Part.DATE, date, before + 1 if flows else STAMP_BLANK_LINES + lines + 1))
    return flows


def _stamp_size(stamp: Seal | None) -> tuple[float, float]:
    if stamp is None or stamp.picture is None:
        return DEFAULT_STAMP_MM
    width_mm = stamp.picture.width_mm or DEFAULT_STAMP_MM[0]
    return width_mm, width_mm / (stamp.picture.ratio or 2.0)


def _stamp(stamp: Seal, post: Placed, typesetter: Typesetter) -> Iterator[PlacedPicture]:
    if stamp.picture is None:
        return
    measures = typesetter.measures
    width_mm, height_mm = _stamp_size(stamp)
    right_mm = measures.right_mm - SEALED_INSET_CELLS * measures.cell_mm
    middle_mm = measures.type_top_mm(post.row) + measures.cell_mm / 2
    yield PlacedPicture(
        stamp.picture.path,
        right_mm - width_mm,
        middle_mm - height_mm / 2,
        width_mm,
        height_mm,
        "签名章",
    )
