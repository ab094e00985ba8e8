"""A reading order becomes a Composition: line ends and page ends, everything settled."""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from yinfa.composing.body import first_above, flow_body
from yinfa.composing.drawing import drawn
from yinfa.composing.imprint import close, set_imprint
from yinfa.composing.letterhead import Head, set_head
from yinfa.composing.notes import called, place_notes, reserved
from yinfa.composing.pages import Flow, Laid, Piece, deal
from yinfa.composing.room import refuse_wide
from yinfa.composing.signing import flow_note, flow_own_signature, flow_signature
from yinfa.composing.tables import flow_landscape, landscape_first, turned
from yinfa.composing.title import INSIDE_WORD, set_title
from yinfa.composing.typesetter import INDENT_CELLS, Typesetter, refuse_long
from yinfa.composition import (
    Block,
    Composition,
    Founts,
    Line,
    Measure,
    Page,
    Placed,
    Role,
    Setting,
    Style,
)
from yinfa.measures import FormMeasures, Measures
from yinfa.model import FolioStyle
from yinfa.parts import BODY_PARTS, Part
from yinfa.reading_order import LIST_LABEL, Division, Element, ReadingOrder, of
from yinfa.report import Finding, SourceFault

JOINT_SIZES = (1.0, 0.8, 0.65)  # of the names in a joint mark, so that side 1 shows text
USUAL = Style()
TITLE_BLANK_LINES = 2  # above a title with nothing over it: it stands on the third line
BYLINE_CELLS = 20  # of a line under a title
HANG_CELLS = 5  # 7.3.4, 10.3: two cells of indent and three of label


def compose(
    order: ReadingOrder,
    founts: Founts,
    measures: Measures,
    form: FormMeasures,
    style: Style = USUAL,
) -> Composition:
    """Settle the place of every character of *order*."""
    refuse_wide(order, measures)
    typesetter = Typesetter(measures, founts, style)
    pages, moved = _first_showing_text(order, form, typesetter)
    _refuse_signature_alone(order, pages)
    if imprint := set_imprint(order, moved, typesetter):
        output = order.document.output
        pages = close(
            pages,
            imprint,
            typesetter.measures,
            # A letter has its copied-to on its last side, odd or even, 10.1.
            duplex=output.duplex and order.document.form.ruled_imprint,
            folios=output.folio is not FolioStyle.NONE,
        )
    foot_mm = measures.type_area.bottom_mm
    placed = tuple(drawn(place_notes(page, foot_mm, measures), typesetter) for page in pages)
    _refuse_unplaced(order, placed)
    return Composition(placed)


def _refuse_unplaced(order: ReadingOrder, pages: Sequence[Page]) -> None:
    """Tell of a footnote or picture that stands on no page, whatever the reason."""
    blocks = [placed.block for page in pages for placed in page.placed if placed.block.first]
    there = Counter(block.name for block in blocks if block.part is Part.FOOTNOTE)
    there.update(str(block.picture.path) for block in blocks if block.picture)
    for element in order:
        if element.part is Part.FOOTNOTE:
            what, wanted = "脚注", element.label.rstrip()
        elif element.figure is not None:
            what, wanted = "图", str(element.figure.picture.path)
        else:
            continue
        there[wanted] -= 1
        if there[wanted] < 0:
            message = f"这个{what}没有排上，没有写出文件"
            raise SourceFault((Finding(element.place, message, "这是程序的错误，请报告"),))


def _first_showing_text(
    order: ReadingOrder, form: FormMeasures, typesetter: Typesetter
) -> tuple[list[Page], tuple[Element, ...]]:
    """The pages of *order*, side 1 with text on it, and the addressees that gave way for it.

    Before they move to the imprint, 7.3.2, the names of a joint mark are set smaller.
    """
    addressees = of(order.divisions[0].heads, Part.ADDRESSEES)
    sizes = JOINT_SIZES if len(of(order.letterhead, Part.MARK)) > 1 else JOINT_SIZES[:1]
    found: tuple[list[Page], tuple[Element, ...]] = ([], ())
    for moved in dict.fromkeys(((), addressees)):
        for joint in sizes:
            head = set_head(order, form, typesetter, joint=joint)
            found = (_pages(order, head, moved, typesetter), moved)
            if _shows_text(found[0][0]):
                return found
    raise SourceFault((_no_room(order),))


def _no_room(order: ReadingOrder) -> Finding:
    body = order.divisions[0].body
    first = next((element for element in body if not _stands_over(element)), None)
    if first is not None and first.part in (Part.TABLE, Part.FIGURE):
        what = "图" if first.figure else "表格"
        if first.table and first.table.landscape:
            what = "横排表格"
        return Finding(
            first.place,
            f"正文从{what}开始，{what}在首页排不下，首页没有正文",
            "请在它前面写一段文字",
            clause="7.3.3",
        )
    return Finding(
        order.document.title.place,
        "首页排不下正文：版头、标题和主送机关占满了一面",
        "请缩短标题；联合行文的发文机关标志可以只写主办机关",
        clause="7.3.3",
    )


def _stands_over(element: Element) -> bool:
    """Whether *element* is a heading alone, which goes where the text under it goes."""
    return element.part in (Part.CHAPTER, Part.HEADING)


def _shows_text(page: Page) -> bool:
    return any(placed.block.part in BODY_PARTS for placed in page.placed)


def _refuse_signature_alone(order: ReadingOrder, pages: Sequence[Page]) -> None:
    """Tell of a signature on a side without text, which nothing can be moved to, 7.3.5.5."""
    for page in pages:
        parts = {placed.block.part for placed in page.placed}
        signed = parts & {Part.SIGNATURE, Part.DATE}
        if signed and not parts & {*BODY_PARTS, Part.ATTACHMENT_LIST}:
            finding = Finding(
                order.divisions[0].body[-1].place,
                "正文到这里占满一面，署名和成文日期所在的一面没有正文",
                "请在后面写一段文字；是横排表格或整面的图的，也可以移到附件里",
                clause="7.3.5.5",
            )
            raise SourceFault((finding,))


def _pages(
    order: ReadingOrder, head: Head, moved: tuple[Element, ...], typesetter: Typesetter
) -> list[Page]:
    """The document and its attachments on numbered pages, without the imprint."""
    measures, output = typesetter.measures, order.document.output
    flows, pieces = deal(
        list(_flow(order, moved, typesetter)),
        measures.grid.lines,
        head.row,
        functools.partial(reserved, measures=measures),
    )
    shown = output.folio is not FolioStyle.NONE
    pages = []
    for number, page in enumerate(pieces, output.first_page):
        notes = called(flows, page, measures)
        noted = reserved(sum(len(block.lines) for block in notes), measures)
        laid = [_place(flows[piece.index], replace(piece, noted=noted)) for piece in page]
        pages.append(replace(_page(number, laid, shown), notes=notes))
    first = pages[0]
    pages[0] = replace(
        first,
        placed=(*head.placed, *first.placed),
        rules=(*head.rules, *first.rules),
        folio=shown and order.document.form.folio_on_first,
    )
    return pages


def _flow(
    order: ReadingOrder, moved: tuple[Element, ...], typesetter: Typesetter
) -> Iterator[Flow]:
    """The document in reading order, without the addressees that were *moved*."""
    division, *others = order.divisions
    heads = tuple(element for element in division.heads if element not in moved)
    body = division.body
    if of(order.letterhead, Part.MARK) or of(heads, Part.ADDRESSEES):
        yield from _heads(heads, typesetter)
    else:
        flows, body = _headed(heads, body, typesetter)
        yield from flows
    titled = bool(heads) and heads[-1].part is not Part.ADDRESSEES
    yield from first_above(flow_body(body, typesetter), int(titled))
    yield from _closing(order, division, typesetter)
    for division in others:
        flows, body = _headed(division.heads, division.body, typesetter)
        yield replace(flows[0], new_page=True)
        yield from flows[1:]
        addressed = division.heads[-1].part is Part.ADDRESSEES
        yield from first_above(flow_body(body, typesetter), int(not addressed))
        yield from flow_own_signature(division, typesetter)


def _closing(order: ReadingOrder, division: Division, typesetter: Typesetter) -> Iterator[Flow]:
    """What follows the text: 附件说明, attendance, signature and note."""
    signed = list(flow_signature(order, typesetter))
    listed = of(division.closing, Part.ATTACHMENT_LIST)
    yield from _bound(list(_attachment_list(listed, typesetter)), signed, typesetter.measures)
    attendance = of(division.closing, Part.ATTENDANCE)
    yield from first_above(_attendance(attendance, typesetter), 1)
    yield from signed
    for note in of(division.closing, Part.NOTE):
        yield flow_note(note, typesetter)


def _headed(
    heads: Sequence[Element], body: tuple[Element, ...], typesetter: Typesetter
) -> tuple[list[Flow], tuple[Element, ...]]:
    """*heads* as they are set, and the elements of *body* that come after.

    A landscape table that comes first takes them with it: all are turned, 8.
    """
    table = landscape_first(body)
    if table is None:
        return list(_heads(heads, typesetter)), body
    above = list(_heads(heads, turned(typesetter)))
    return list(flow_landscape(table, typesetter, above)), body[1:]


def _heads(heads: Sequence[Element], typesetter: Typesetter) -> Iterator[Flow]:
    """What stands above a text; a title with nothing over it stands on the third line."""
    labelled = False
    for element in heads:
        match element.part:
            case Part.LABEL:
                yield _label(element, typesetter)
                labelled = True
            case Part.TITLE:
                yield _title(element, typesetter, above=1 if labelled else TITLE_BLANK_LINES)
            case Part.BYLINE:
                yield _centred_line(element, typesetter)
            case _:
                yield _addressees(element, typesetter)


def _label(element: Element, typesetter: Typesetter) -> Flow:
    """附件 and its number on the first line, flush left, 7.3.7."""
    lines = typesetter.lines(*typesetter.runs(element, Role.HEITI))
    return Flow(Block(Part.LABEL, lines, place=element.place), keep=True, whole=True)


def _title(element: Element, typesetter: Typesetter, *, above: int) -> Flow:
    """The title, one line of it a grid line."""
    broken = any(words.ends_line for words in element.words)
    words = [words.text for words in element.words] if broken else element.text
    size_mm = typesetter.measures.sizes.title_mm
    setting = set_title(words, typesetter.measure(), typesetter.founts, size_mm=size_mm)
    if broken:
        _refuse_wide(element, setting, typesetter)
    refuse_long(setting.lines, element, "标题")
    block = Block(Part.TITLE, setting.lines, name=element.name, place=element.place)
    return Flow(block, above=above, keep=True, whole=True)


def _refuse_wide(title: Element, setting: Setting, typesetter: Typesetter) -> None:
    """Tell of each line that the source breaks itself and that is wider than the type area."""
    widest_mm = typesetter.measures.type_area.width_mm
    findings = tuple(
        Finding(
            words.place,
            f"标题的第{number}行宽 {width_mm:.0f} mm，一行只有 {widest_mm:g} mm：“{words.text}”",
            "请在这一行里再加“|”，或删去“|”由程序分行",
            clause="7.3.1",
        )
        for number, (words, line) in enumerate(zip(title.words, setting.lines, strict=False), 1)
        if (width_mm := typesetter.width_mm(line)) > widest_mm + 1e-6
    )
    if findings:
        raise SourceFault(findings)


def _centred_line(element: Element, typesetter: Typesetter) -> Flow:
    """What stands under a title, in lines no longer than the title's; they end with words."""
    lines = typesetter.balanced(typesetter.run(element.text, Role.KAITI), BYLINE_CELLS)
    refuse_long(lines, element, "题下的说明")
    cell_mm, founts = typesetter.measures.cell_mm, typesetter.founts
    if len(lines) > 1:
        measure = Measure(BYLINE_CELLS * cell_mm, cell_mm)
        words = set_title(element.text, measure, founts, size_mm=cell_mm, role=Role.KAITI)
        if len(words.lines) == len(lines) and words.cost < INSIDE_WORD:
            lines = tuple(map(typesetter.centred, words.lines))
    return Flow(Block(Part.BYLINE, lines, place=element.place), keep=True, whole=True)


def _addressees(element: Element, typesetter: Typesetter) -> Flow:
    """Flush left, a blank line below the title, a colon after the last, 7.3.2."""
    lines = typesetter.lines(*typesetter.runs(element))
    return Flow(Block(Part.ADDRESSEES, lines, place=element.place), above=1, keep=True)


def _bound(listed: list[Flow], signed: list[Flow], measures: Measures) -> list[Flow]:
    """*listed*, kept with *signed*, so that text stands on the page of both, 7.3.5.5.

    A list that has no room on one page with them goes its own way.
    """
    together = (*listed, *signed)
    lines = sum(flow.above + flow.taken(0, len(flow.parts)) + flow.below for flow in together)
    lines += max((flow.takes for flow in signed), default=0)
    if not signed or lines > measures.grid.lines:
        return listed
    return [replace(flow, keep=True, whole=True) for flow in listed]


def _attachment_list(listed: Sequence[Element], typesetter: Typesetter) -> Iterator[Flow]:
    """附件说明: a blank line below the text, numbers in one column, names hanging, 7.3.4."""
    for element in listed:
        first = element is listed[0]
        mark = element.label.removeprefix(LIST_LABEL)
        hang = HANG_CELLS + typesetter.width_cells(mark)
        lines = _hung(element, INDENT_CELLS if first else HANG_CELLS, hang, typesetter)
        block = Block(Part.ATTACHMENT_LIST, lines, place=element.place)
        yield Flow(block, above=int(first))


def _attendance(attendance: Sequence[Element], typesetter: Typesetter) -> Iterator[Flow]:
    """出席, 请假 and 列席: labels in 黑体, names hanging after the colon, 10.3."""
    for element in attendance:
        lines = _hung(element, INDENT_CELLS, HANG_CELLS, typesetter, Role.HEITI)
        yield Flow(Block(Part.ATTENDANCE, lines, place=element.place))


def _hung(
    element: Element,
    first_cells: float,
    hang_cells: float,
    typesetter: Typesetter,
    label: Role = Role.FANGSONG,
) -> tuple[Line, ...]:
    """The words of *element* under one another, its label before the first line of them."""
    before = typesetter.run(element.label, label)
    words = typesetter.runs(replace(element, label=""))
    return typesetter.hung([before], *words, first_cells=first_cells, hang_cells=hang_cells)


def _page(number: int, laid: Sequence[Laid], shown: bool) -> Page:
    """What is laid on page *number*, in reading order."""
    return Page(
        number,
        tuple(placed for part in laid for placed in part.placed),
        shown,
        tuple(rule for part in laid for rule in part.rules),
        tuple(picture for part in laid for picture in part.pictures),
    )


def _place(flow: Flow, piece: Piece) -> Laid:
    """The lines of *flow* that *piece* puts on a page, or what it lays there itself."""
    if flow.lay:
        return flow.lay(piece)
    block = flow.block
    passed = sum(len(line.text) for line in block.lines[: piece.start])
    part = replace(
        block,
        content=block.lines[piece.start : piece.end],
        head=max(0, block.head - passed),
        first=piece.start == 0,
        last=piece.end == len(flow.parts),
    )
    return Laid((Placed(piece.row, part),))
