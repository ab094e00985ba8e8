"""Issuer signature, date of issue, seals and note, 7.3.5 and 7.3.6."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from yinfa.composing.pages import Flow, Laid, Piece
from yinfa.composing.paragraph import set_paragraph
from yinfa.composing.typesetter import INDENT_CELLS, Typesetter
from yinfa.composition import Block, Line, Placed, PlacedPicture
from yinfa.measures import Measures, StampMeasures
from yinfa.model import Sealing, Signature, Stamp
from yinfa.parts import Part
from yinfa.reading_order import Division, Element, ReadingOrder, of
from yinfa.report import Finding, SourceFault

SEALED_INSET_CELLS = 4  # 7.3.5.1, 7.3.5.3: the date ends four cells from the right edge
UNSEALED_INSET_CELLS = 2  # 7.3.5.2
DATE_SHIFT_CELLS = 2  # 7.3.5.2: the date begins two cells right of the name
POST_GAP_CELLS = 2  # 7.3.5.3: between the signer's post and the stamp
NAME_GAP_CELLS = 1  # between names side by side, at least
BLANK_ABOVE_STAMP, BLANK_BELOW_STAMP = 2, 1  # 7.3.5.3
SEALS_A_ROW = 3
MOST_OF_NOTE = 10  # lines of 附注
TEXT_LINES = 2  # that stand on the page of the signature, 7.3.5.5


@dataclass(frozen=True, slots=True)
class Signed:
    """Names, date and pictures of a signature.

    Rows count from the first name's, and so do the millimetres, from the top of its type. *above*
    lines stay blank before the first row, and *below* lines are left on the page under the last,
    for a seal that reaches there. *posts* stand off the grid, the first type of each at its height.
    """

    lines: tuple[tuple[int, Part, Line], ...]
    pictures: tuple[PlacedPicture, ...] = ()
    above: int = 1
    below: int = 0
    rows: int = 0
    posts: tuple[tuple[float, tuple[Line, ...]], ...] = ()  # 7.3.5.3


def flow_signature(order: ReadingOrder, typesetter: Typesetter) -> Iterator[Flow]:
    """The whole signature, on one page with two lines of the text at least."""
    signature = order.document.signature
    closing = order.divisions[0].closing
    names, dates = of(closing, Part.SIGNATURE), of(closing, Part.DATE)
    if not (signature.issuers or dates):
        _refuse_seal_alone(signature)
    if not (names or dates):
        return
    match signature.sealing:
        case Sealing.SEAL:
            signed = _sealed(names, dates, signature, typesetter)
        case Sealing.STAMP:
            signed = _stamped(dates, signature, typesetter)
        case Sealing.NONE:
            signed = _unsealed(names, dates, typesetter)

    yield _flow(signed, (*names, *dates)[0], typesetter, noted=order.document.note is not None)


def flow_own_signature(division: Division, typesetter: Typesetter) -> Iterator[Flow]:
    """The signature of a text that the document passes on: names and date alone, 7.3.5.2."""
    names, dates = of(division.closing, Part.SIGNATURE), of(division.closing, Part.DATE)
    if names or dates:
        signed = _unsealed(names, dates, typesetter)
        yield _flow(signed, (*names, *dates)[0], typesetter, noted=False)


def _flow(signed: Signed, first: Element, typesetter: Typesetter, *, noted: bool) -> Flow:
    """*signed*, whose first element was written as *first*, kept with the note that is *noted*."""
    rows = signed.rows or len(signed.lines)
    if signed.above + rows + signed.below + TEXT_LINES > typesetter.measures.grid.lines:
        raise SourceFault((_too_high(first, rows),))

    def lay(piece: Piece) -> Laid:
        return _lay(signed, piece.row, typesetter.measures)

    return Flow(
        Block(Part.SIGNATURE, ()),
        above=signed.above,
        keep=noted,
        whole=True,
        takes=TEXT_LINES,
        heights=(rows,),
        below=signed.below,
        lay=lay,
    )


def _lay(signed: Signed, row: int, measures: Measures) -> Laid:
    """*signed* with its first row on grid line *row*."""
    placed = []
    for post_mm, post in signed.posts:
        top_mm = row * measures.grid.pitch_mm + post_mm
        placed.append(Placed(row, Block(Part.SIGNATURE, post), top_mm))
    for offset, part, line in signed.lines:
        placed.append(Placed(row + offset, Block(part, (line,))))
    pictures = (
        replace(
            picture,
            left_mm=measures.type_area.binding_mm + picture.left_mm,
            top_mm=measures.type_top_mm(row) + picture.top_mm,
        )
        for picture in signed.pictures
    )
    return Laid(tuple(placed), pictures=tuple(pictures))


def _refuse_seal_alone(signature: Signature) -> None:
    for seal in signature.seals:
        if seal.picture is not None:
            message, hint = "有印章，没有署名和成文日期", "印章盖在署名和成文日期上，请写上这两项"
            raise SourceFault((Finding(seal.picture.place, message, hint, clause="7.3.5.1"),))


def _too_high(first: Element, rows: int) -> Finding:
    return Finding(
        first.place,
        f"署名、印章和成文日期共占{rows}行，一面排不下",
        "请减少署名机关，或改小印章的直径",
        clause="7.3.5",
    )


def flow_note(note: Element, typesetter: Typesetter) -> Flow:
    """附注 in brackets, on the line after the date, 7.3.6."""
    lines = typesetter.lines(*typesetter.runs(note), first_cells=INDENT_CELLS)
    if len(lines) > MOST_OF_NOTE:
        message = f"附注有{len(lines)}行，应当和落款在一面上"
        raise SourceFault((Finding(note.place, message, "请把一部分移到正文里", clause="7.3.6"),))
    return Flow(Block(Part.NOTE, lines, place=note.place), whole=True)


# --- without seal, 7.3.5.2 --------------------------------------------------------------------


def _unsealed(
    signed: Sequence[Element], dated: Sequence[Element], typesetter: Typesetter
) -> Signed:
    """Names end two cells from the edge; the date begins two cells right of the last name.

    A date longer than the name ends there instead, and the name moves left of it.
    """
    names = [
        typesetter.flush_right(line, UNSEALED_INSET_CELLS)
        for name in signed
        for line in _lines(name.text, typesetter, UNSEALED_INSET_CELLS)
    ]
    dates = []
    for date in _date_lines(dated, typesetter):
        shift_mm = DATE_SHIFT_CELLS * typesetter.measures.cell_mm
        if names and typesetter.width_mm(date) <= typesetter.width_mm(names[-1]):
            dates.append(replace(date, indent_mm=names[-1].indent_mm + shift_mm))
            continue
        dates.append(typesetter.flush_right(date, UNSEALED_INSET_CELLS))
        if names:
            names[-1] = replace(names[-1], indent_mm=dates[0].indent_mm - shift_mm)
    return Signed(_numbered(names, dates))


def _lines(text: str, typesetter: Typesetter, inset_cells: float = 0) -> tuple[Line, ...]:
    """*text* in as few lines as fit between the left edge and *inset_cells* before the right."""
    if not text:
        return ()
    width_mm = (typesetter.measures.grid.cells - inset_cells) * typesetter.measures.cell_mm
    measure = replace(typesetter.measure(), width_mm=width_mm)
    setting = set_paragraph([typesetter.run(text)], measure, typesetter.style, typesetter.founts)
    return setting.lines if setting else ()


def _date_lines(dates: Sequence[Element], typesetter: Typesetter) -> tuple[Line, ...]:
    return tuple(line for date in dates for line in _lines(date.text, typesetter))


def _numbered(names: Sequence[Line], dates: Sequence[Line]) -> tuple[tuple[int, Part, Line], ...]:
    """Names and date, a line each, from row 0 on."""
    parts = [(Part.SIGNATURE, line) for line in names] + [(Part.DATE, line) for line in dates]
    return tuple((row, part, line) for row, (part, line) in enumerate(parts))


# --- with seals, 7.3.5.1 ----------------------------------------------------------------------


def _sealed(
    signed: Sequence[Element],
    dated: Sequence[Element],
    signature: Signature,
    typesetter: Typesetter,
) -> Signed:
    """Names under their seals, in rows of up to three; the date under the last of them."""
    pitch_mm = typesetter.measures.grid.pitch_mm
    names = [_name(name.text, typesetter) for name in signed]
    dates = _date_lines(dated, typesetter)
    measures = typesetter.measures.seal
    diameters = [seal.diameter_mm or measures.diameter_mm for seal in signature.seals]
    diameter_mm = max(diameters, default=measures.diameter_mm)
    rows = _middles(names, dates, diameter_mm, typesetter)
    depth = max(map(len, names), default=0)  # lines of a name
    covered = depth + len(dates)  # lines a seal covers
    step = max(math.ceil((diameter_mm + measures.apart_mm) / pitch_mm), depth + 1)
    lines: list[tuple[int, Part, Line]] = []
    centres: list[tuple[float, int]] = []  # middle of each seal, and the row it stands on
    left = iter(names)
    for index, middles in enumerate(rows):
        centres += [(middle, index * step) for middle in middles]
        row = [next(left) for _ in middles] if names else []
        for deep in range(depth):
            shown = [
                typesetter.centred(name[deep - depth], middle)
                for name, middle in zip(row, middles, strict=True)
                if depth - deep <= len(name)  # shorter ones stand on the last lines
            ]
            if shown:
                lines.append((index * step + deep, Part.SIGNATURE, _joined(shown, typesetter)))
    end = (len(rows) - 1) * step + depth
    middle_mm = rows[-1][-1]
    for date in dates:
        lines.append((end, Part.DATE, typesetter.centred(date, middle_mm)))
        end += 1
    return Signed(
        tuple(lines),
        tuple(_seals(signature, diameters, centres, covered, typesetter.measures)),
        above=_blank_above_seal(diameter_mm, covered, typesetter.measures),
        below=_rows_below(diameter_mm, covered, typesetter.measures),
        rows=end,
    )


def _name(text: str, typesetter: Typesetter) -> tuple[Line, ...]:
    """A name over which a seal is set: one too long for a line in lines of about one length."""
    lines = _lines(text, typesetter)
    return typesetter.balanced(typesetter.run(text)) if len(lines) > 1 else lines


def _middles(
    names: Sequence[tuple[Line, ...]],
    dates: Sequence[Line],
    diameter_mm: float,
    typesetter: Typesetter,
) -> list[list[float]]:
    """The middle of each name, row by row, from the left edge; of a date alone too.

    Names stand in columns where these need no further row, else as each row has room.
    """
    cell_mm = typesetter.measures.cell_mm
    date_mm = max(map(typesetter.width_mm, dates), default=0.0)
    by_date_mm = typesetter.measures.type_area.width_mm - SEALED_INSET_CELLS * cell_mm - date_mm / 2
    wide = [max(map(typesetter.width_mm, lines)) for lines in names] or [0.0]
    rows = _rows(wide, diameter_mm, typesetter.measures)
    equal = _rows([max(wide)] * len(wide), diameter_mm, typesetter.measures)
    if len(equal) > len(rows):
        return [
            _spaced(row, len(rows[0]), by_date_mm, diameter_mm, typesetter.measures) for row in rows
        ]
    columns = _spaced(equal[0], len(equal[0]), by_date_mm, diameter_mm, typesetter.measures)
    return [columns[len(columns) - len(row) :] for row in equal]


def _rows(wide: Sequence[float], diameter_mm: float, measures: Measures) -> list[list[float]]:
    """The widths of names in as few rows as hold them, three a row at most, none much fuller."""
    width_mm = measures.type_area.width_mm
    rows: list[list[float]] = []
    for most in range(SEALS_A_ROW, 0, -1):
        filled: list[list[float]] = []
        for width in wide:
            row = [*filled[-1], width] if filled and len(filled[-1]) < most else []
            if row and _row_mm(row, diameter_mm, measures) <= width_mm:
                filled[-1] = row
            else:
                filled.append([width])
        if not rows or len(filled) <= len(rows):
            rows = filled
    return rows


def _row_mm(row: Sequence[float], diameter_mm: float, measures: Measures) -> float:
    """From the left end to the right of names, or their seals, that stand close together."""
    ends = (max(diameter_mm, row[0]) + max(diameter_mm, row[-1])) / 2
    return ends + sum(_pitches(row, diameter_mm, measures))


def _pitches(row: Sequence[float], diameter_mm: float, measures: Measures) -> list[float]:
    """From middle to middle, so that neither names nor seals touch."""
    gap_mm = NAME_GAP_CELLS * measures.cell_mm
    apart_mm = measures.seal.apart_mm
    return [max(diameter_mm + apart_mm, (one + other) / 2 + gap_mm) for one, other in pairwise(row)]


def _spaced(
    row: Sequence[float],
    a_row: int,
    by_date_mm: float,
    diameter_mm: float,
    measures: Measures,
) -> list[float]:
    """The middles of names in a row, the last over the date four cells from the edge.

    Where that leaves the others no room, the row ends further right.
    """
    width_mm = measures.type_area.width_mm
    last_half_mm = max(diameter_mm, row[-1]) / 2
    needed_mm = _row_mm(row, diameter_mm, measures) - last_half_mm
    furthest_mm = width_mm - last_half_mm
    last_mm = min(by_date_mm, furthest_mm)
    if needed_mm > last_mm:
        last_mm = min(furthest_mm, max(needed_mm, width_mm - width_mm / (2 * a_row)))
    spare_mm = (last_mm - needed_mm) / max(1, len(row) - 1)
    middles = [last_mm]
    for least_mm in reversed(_pitches(row, diameter_mm, measures)):
        wide_mm = min(width_mm / a_row, least_mm + spare_mm)
        middles.append(middles[-1] - max(least_mm, wide_mm))
    return middles[::-1]


def _joined(placed: Sequence[Line], typesetter: Typesetter) -> Line:
    """Several short lines as one, each in its place."""
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


def _covered_mm(lines: int, measures: Measures) -> float:
    """From the top of the first to the middle of *lines* lines of type."""
    return ((lines - 1) * measures.grid.pitch_mm + measures.cell_mm) / 2


def _text_to_middle_mm(blank: int, covered: int, measures: Measures) -> float:
    """From the text's type down to the middle of the covered lines, *blank* lines between."""
    gap_mm = measures.grid.pitch_mm - measures.cell_mm
    return gap_mm + blank * measures.grid.pitch_mm + _covered_mm(covered, measures)


def _blank_above_seal(diameter_mm: float, covered: int, measures: Measures) -> int:
    """Blank lines between text and name so that the seal's top clears the text by under one 行."""
    seal = measures.seal
    reach_mm = seal.least_drop_mm + diameter_mm / 2 + seal.clear_mm
    blank = 1
    while _text_to_middle_mm(blank, covered, measures) < reach_mm:
        blank += 1
    return blank


def _drop_mm(diameter_mm: float, covered: int, measures: Measures) -> float:
    """How far the seal's middle stands above that of name and date: within one 行 of the text."""
    blank = _blank_above_seal(diameter_mm, covered, measures)
    top_mm = _text_to_middle_mm(blank, covered, measures) - diameter_mm / 2
    half_line_mm = measures.grid.pitch_mm / 2
    seal = measures.seal
    return min(seal.most_drop_mm, max(seal.least_drop_mm, top_mm - half_line_mm))


def _rows_below(diameter_mm: float, covered: int, measures: Measures) -> int:
    """Grid lines below the date that the seal reaches into."""
    to_end_mm = 2 * _covered_mm(covered, measures)
    middle_mm = _covered_mm(covered, measures) - _drop_mm(diameter_mm, covered, measures)
    reach_mm = middle_mm + diameter_mm / 2 - to_end_mm
    return max(0, math.ceil(reach_mm / measures.grid.pitch_mm))


def _seals(
    signature: Signature,
    diameters: Sequence[float],
    centres: Sequence[tuple[float, int]],
    covered: int,
    measures: Measures,
) -> Iterator[PlacedPicture]:
    """Each seal over its name; the lines it covers lie a little below its middle."""
    placed = zip(signature.seals, diameters, centres, strict=False)
    for index, (seal, diameter_mm, (middle_mm, row)) in enumerate(placed):
        if seal.picture is None:
            continue
        issuer = signature.issuers[index] if signature.issuers else ""
        top_mm = (
            row * measures.grid.pitch_mm
            + _covered_mm(covered, measures)
            - _drop_mm(max(diameters), covered, measures)
            - diameter_mm / 2
        )
        yield PlacedPicture(
            seal.picture.path,
            middle_mm - diameter_mm / 2,
            top_mm,
            diameter_mm,
            diameter_mm,
            f"{issuer}（印章）",
        )


# --- with a signature stamp, 7.3.5.3 ----------------------------------------------------------


def _stamped(dated: Sequence[Element], signature: Signature, typesetter: Typesetter) -> Signed:
    """Post and stamp on one height, the date below; two blank lines above, one between.

    Of several offices each has its own row, posts and stamps one under the other.
    """
    measures = typesetter.measures
    pitch_mm, cell_mm = measures.grid.pitch_mm, measures.cell_mm
    stamps = signature.stamps or (Stamp(None, None),)
    sizes = [_stamp_size(stamp, measures.stamp) for stamp in stamps]
    right_mm = measures.type_area.width_mm - SEALED_INSET_CELLS * cell_mm
    post_right_mm = right_mm - max(width for width, _ in sizes) - POST_GAP_CELLS * cell_mm
    posts = [_post(stamp, post_right_mm, typesetter) for stamp in stamps]
    heights_mm = [
        max(height_mm, _height_mm(post, typesetter.measures))
        for (_, height_mm), post in zip(sizes, posts, strict=True)
    ]
    height_mm = sum(heights_mm) + (len(stamps) - 1) * (pitch_mm - cell_mm)
    # The date stands on the grid; what that leaves over is shared by the blanks as they are.
    blanks_mm = (BLANK_ABOVE_STAMP + BLANK_BELOW_STAMP) * pitch_mm
    blank = math.ceil((height_mm + blanks_mm - (pitch_mm - cell_mm)) / pitch_mm)
    rest_mm = blank * pitch_mm + pitch_mm - cell_mm - height_mm
    above_mm = min(rest_mm * 2 / 3, BLANK_ABOVE_STAMP * pitch_mm + pitch_mm - cell_mm)
    top_mm = above_mm - (pitch_mm - cell_mm) - BLANK_ABOVE_STAMP * pitch_mm
    placed, pictures = [], []
    for stamp, (wide_mm, high_mm), post, row_mm in zip(
        stamps, sizes, posts, heights_mm, strict=True
    ):
        if post:
            placed.append((top_mm + (row_mm - _height_mm(post, typesetter.measures)) / 2, post))
        if stamp.picture:
            path, stamp_mm = stamp.picture.path, top_mm + (row_mm - high_mm) / 2
            left_mm = right_mm - wide_mm
            pictures.append(PlacedPicture(path, left_mm, stamp_mm, wide_mm, high_mm, "签名章"))
        top_mm += row_mm + pitch_mm - cell_mm
    lines = []
    for date in _date_lines(dated, typesetter):
        inset = typesetter.flush_right(date, SEALED_INSET_CELLS)
        lines.append((blank - BLANK_ABOVE_STAMP, Part.DATE, inset))
    return Signed(
        tuple(lines),
        tuple(pictures),
        above=BLANK_ABOVE_STAMP,
        rows=blank - BLANK_ABOVE_STAMP + 1,
        posts=tuple(placed),
    )


def _post(stamp: Stamp, right_mm: float, typesetter: Typesetter) -> tuple[Line, ...]:
    """The signer's post in lines that end at *right_mm*."""
    measures = typesetter.measures
    room_cells = (measures.type_area.width_mm - right_mm) / measures.cell_mm
    return tuple(
        replace(line, indent_mm=right_mm - typesetter.width_mm(line))
        for line in _lines(str(stamp.post or ""), typesetter, room_cells)
    )


def _height_mm(lines: Sequence[Line], measures: Measures) -> float:
    """From the top of the first to the foot of the last line's type."""
    return (len(lines) - 1) * measures.grid.pitch_mm + measures.cell_mm if lines else 0.0


def _stamp_size(stamp: Stamp, usual: StampMeasures) -> tuple[float, float]:
    if stamp.picture is None:
        return usual.width_mm, usual.height_mm
    width_mm = stamp.picture.width_mm or usual.width_mm
    return width_mm, width_mm / stamp.picture.ratio
