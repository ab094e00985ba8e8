"""What a bundle has beside its documents: cover, contents, and the leaves between documents."""

from __future__ import annotations

import functools
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from yinfa.composing.pages import Flow, Laid, Piece, deal
from yinfa.composing.title import fill_lines, set_title
from yinfa.composing.typesetter import Typesetter
from yinfa.composition import Block, Line, Measure, Page, Placed, Role, Stretch
from yinfa.measures import MM_PER_PT
from yinfa.parts import Part
from yinfa.report import Finding, Place, SourceFault

CONTENTS = "目　录"
DOT, GAP = "·", "　"
DOT_CELLS = 0.5  # from dot to dot
HAIR = 1e-6
MEETING_LINES = 1.5  # from line to line of the meeting's name, in grid lines
BOOK_LINES = 2.0
BLANK_LINES = 2  # between the name of the meeting and the title of the cover
LEAST_LEADER = 2  # cells of dots after the longest line of a title
GAP_CELLS = 0.5  # between leader and number, and at least between title and leader
WIDEST_MARK_CELLS = 9.0  # a wider one is not set in a column of its own
LEAST_TITLE_CELLS = 12.0  # nor is any where titles would be narrower
HANG_CELLS = 2
HEAD_LINES = 2  # the contents' title and the blank line under it


@dataclass(frozen=True, slots=True)
class Cover:
    """The words of a cover; names of one text or of the lines that the source gives them."""

    meeting: Sequence[str]
    title: Sequence[str]
    foot: Sequence[str]  # who holds it, when and where
    classification: str
    place: Place  # where it was written


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the contents: a document's mark, its title, and where it is found."""

    mark: str
    title: str
    number: str
    place: Place  # where the document is named


# --- the cover -------------------------------------------------------------------------------


def set_cover(cover: Cover, typesetter: Typesetter) -> tuple[Placed, ...]:
    """The name of the meeting and the title of the book above, who, when and where at the foot."""
    measures = typesetter.measures
    row = int(measures.grid.lines * measures.bundle.cover_share)
    meeting = _display(cover.meeting, measures.bundle.meeting_pt, MEETING_LINES, typesetter)
    book = _display(cover.title, measures.bundle.book_pt, BOOK_LINES, typesetter)
    placed = [Placed(row, meeting), Placed(row + meeting.rows + BLANK_LINES, book)]
    foot = [block for text in cover.foot for block in _centred(text, typesetter)]
    foot_row = measures.grid.lines - measures.bundle.foot_lines - len(foot)
    smallest_mm = min(block.lines[0].stretches[0].size_mm for block in (meeting, book))
    if placed[-1].row + book.rows >= foot_row or smallest_mm < measures.cell_mm:
        message = "封面排不下：会议名称、书名或主办单位太长"
        hint = "请缩短会议名称，用“|”把它分成几行，或减少主办单位"
        raise SourceFault((Finding(cover.place, message, hint),))
    placed += [Placed(foot_row + index, block) for index, block in enumerate(foot)]
    if cover.classification:
        lines = typesetter.lines(typesetter.run(cover.classification, Role.HEITI))
        placed.insert(0, Placed(0, Block(Part.CLASSIFICATION, lines)))  # 7.2.2
    return tuple(placed)


def _display(
    words: Sequence[str],
    size_pt: float,
    lines: float,
    typesetter: Typesetter,
    part: Part = Part.TITLE,
) -> Block:
    """*words* in large 小标宋, lines so many grid *lines* apart; together they take whole ones.

    Lines too wide, which the writer settled, are set smaller.
    """
    text = words if len(words) > 1 else words[0]
    measure, size_mm = typesetter.measure(), size_pt * MM_PER_PT
    setting = set_title(text, measure, typesetter.founts, size_mm=size_mm)
    widest_mm = max(map(typesetter.width_mm, setting.lines))
    if widest_mm > measure.width_mm:
        size_mm *= measure.width_mm / widest_mm
        setting = set_title(text, measure, typesetter.founts, size_mm=size_mm - HAIR)
    count = len(setting.lines)
    taken = math.ceil(count * lines)
    pitch_mm = taken / count * typesetter.measures.grid.pitch_mm if lines > 1 else 0.0
    return Block(part, setting.lines, pitch_mm=pitch_mm, taken=taken)


def _centred(text: str, typesetter: Typesetter) -> Iterator[Block]:
    """Each line of *text* by itself in the middle."""
    for line in typesetter.lines(typesetter.run(text, Role.KAITI)):
        yield Block(Part.BYLINE, (typesetter.centred(replace(line, full=False)),))


# --- a leaf before a document ----------------------------------------------------------------


def set_divider(entry: Entry, typesetter: Typesetter) -> tuple[Placed, ...]:
    """The mark of a document, large, and its title below."""
    mark, measures = entry.mark, typesetter.measures
    row = int(measures.grid.lines * measures.bundle.divider_share)
    placed = []
    if mark:
        block = _display([mark], measures.bundle.meeting_pt, BOOK_LINES, typesetter, Part.DIVIDER)
        placed.append(Placed(row, block))
        row += block.rows + 1
    size_pt = measures.sizes.title_pt
    title = _display([entry.title], size_pt, 1.0, typesetter, Part.DIVIDER)
    if row + title.rows > measures.grid.lines:
        raise SourceFault((_too_long(entry),))
    return (*placed, Placed(row, title))


def _too_long(entry: Entry) -> Finding:
    hint = "请在这份材料的“标题”里写一个短些的，只用在目录和隔页上"
    return Finding(entry.place, f"标题有 {len(entry.title)} 个字，目录或隔页上排不下", hint)


# --- the contents ----------------------------------------------------------------------------


def set_contents(
    entries: Sequence[Entry], first_page: int, typesetter: Typesetter
) -> tuple[Page, ...]:
    """The contents on pages numbered from *first_page*, an entry never parted."""
    columns = _columns(entries, typesetter)
    head = _display([CONTENTS], typesetter.measures.sizes.title_pt, 1.0, typesetter)
    flows = [Flow(head, keep=True, whole=True)]
    for index, entry in enumerate(entries):
        block = Block(Part.CONTENTS, _entry_lines(entry, columns, typesetter))
        if len(block.lines) > typesetter.measures.grid.lines - HEAD_LINES:
            raise SourceFault((_too_long(entry),))
        lay = functools.partial(_lay, entry, block, columns, typesetter)
        flows.append(Flow(block, above=int(not index), whole=True, lay=lay))
    _, pages = deal(flows, typesetter.measures.grid.lines)
    return tuple(
        Page(
            number,
            tuple(placed for piece in pieces for placed in _laid(flows[piece.index], piece)),
            folio=False,
        )
        for number, pieces in enumerate(pages, first_page)
    )


def _laid(flow: Flow, piece: Piece) -> tuple[Placed, ...]:
    return flow.lay(piece).placed if flow.lay else (Placed(piece.row, flow.block),)


@dataclass(frozen=True, slots=True)
class _Columns:
    """The columns of the contents, in cells from the left edge."""

    titles: float  # where titles begin that have a mark before them; 0 where marks are too wide
    title_end: float
    leader_end: float  # where all leaders end


def _columns(entries: Sequence[Entry], typesetter: Typesetter) -> _Columns:
    numbers = max(typesetter.width_cells(entry.number) for entry in entries)
    marks = max(typesetter.width_cells(entry.mark) for entry in entries)
    leader_end = typesetter.measures.grid.cells - numbers - GAP_CELLS
    title_end = leader_end - LEAST_LEADER - GAP_CELLS
    widest = min(WIDEST_MARK_CELLS, title_end - LEAST_TITLE_CELLS - 1)
    return _Columns(
        titles=marks + 1 if 0 < marks <= widest else 0.0,
        title_end=title_end,
        leader_end=leader_end,
    )


def _entry_lines(entry: Entry, columns: _Columns, typesetter: Typesetter) -> tuple[Line, ...]:
    """Mark and title, lines of the title under one another.

    A mark too wide for its column stands on a line of its own.
    """
    cell_mm = typesetter.measures.cell_mm
    labelled = bool(entry.mark and columns.titles)
    hang_mm = (columns.titles if labelled else HANG_CELLS) * cell_mm
    measure = Measure(columns.title_end * cell_mm - hang_mm, cell_mm)
    filled = fill_lines(entry.title, measure, typesetter.founts, Role.FANGSONG)
    first, *others = (replace(line, indent_mm=hang_mm) for line in filled)
    if labelled:
        return (_labelled(first, entry.mark, columns.titles, typesetter), *others)
    if entry.mark:
        mark = typesetter.lines(typesetter.run(entry.mark, Role.HEITI))
        return (*mark, first, *others)
    return (replace(first, indent_mm=0.0), *others)


def _labelled(line: Line, mark: str, cells: float, typesetter: Typesetter) -> Line:
    """*line* with *mark* at the left edge, in the *cells* before it."""
    count = len(mark) + len(GAP)
    moved = (
        replace(part, start=part.start + count, end=part.end + count) for part in line.stretches
    )
    left = cells - typesetter.width_cells(mark + GAP)
    return replace(
        line,
        text=mark + GAP + line.text,
        stretches=(Stretch(0, count, Role.HEITI, typesetter.measures.cell_mm), *moved),
        gaps=(*(0.0,) * (count - 1), left, *line.gaps),
        indent_mm=0.0,
    )


def _lay(
    entry: Entry, block: Block, columns: _Columns, typesetter: Typesetter, piece: Piece
) -> Laid:
    """The entry with its leader and its number, both on its last line."""
    measures = typesetter.measures
    last = block.lines[-1]
    row = piece.row + len(block.lines) - 1
    end = (last.indent_mm + typesetter.width_mm(last)) / measures.cell_mm
    dots = int((columns.leader_end - end - GAP_CELLS) / DOT_CELLS + HAIR)
    room = typesetter.width_cells(DOT) - DOT_CELLS  # the dot stands in the middle of its own
    leader = columns.leader_end - dots * DOT_CELLS - room / 2
    number = measures.grid.cells - typesetter.width_cells(entry.number)

    def stands(part: Part, text: str, cells: float, gap: float = 0.0) -> Placed:
        stretch = Stretch(0, len(text), Role.FANGSONG, measures.cell_mm)
        line = Line(text, (stretch,), (gap,) * len(text), 0.0, full=False)
        top_mm = row * measures.grid.pitch_mm
        return Placed(row, Block(part, (line,)), top_mm, cells * measures.cell_mm)

    return Laid(
        (
            Placed(piece.row, block),
            stands(Part.LEADER, DOT * dots, leader, -room),
            stands(Part.CONTENTS_NUMBER, entry.number, number),
        )
    )
