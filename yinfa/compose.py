"""A Document becomes a Composition: numbers, line ends, page ends, everything settled."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from yinfa.composing.body import first_above, flow_body
from yinfa.composing.imprint import close, set_imprint
from yinfa.composing.letterhead import Head, set_head
from yinfa.composing.notes import called, place_notes, reserved
from yinfa.composing.pages import BODY_PARTS, Flow, Laid, Piece, deal
from yinfa.composing.signing import date_text, flow_note, flow_signature
from yinfa.composing.tables import flow_landscape, landscape_first, turned
from yinfa.composing.title import INSIDE_WORD, set_title
from yinfa.composing.typesetter import INDENT_CELLS, Typesetter, refuse_long
from yinfa.composition import (
    Block,
    Composition,
    Founts,
    Measure,
    Page,
    Part,
    Placed,
    Role,
    Setting,
    Style,
)
from yinfa.measures import FormMeasures, Measures
from yinfa.model import (
    Attachment,
    Attendance,
    Chapter,
    Document,
    Figure,
    FolioStyle,
    Form,
    Issued,
    Node,
    Paragraph,
    Section,
    Table,
    Text,
    walk,
)
from yinfa.report import Finding, SourceFault

ATTACHMENT_LIST_LABEL = "附件："
JOINT_SIZES = (1.0, 0.8, 0.65)  # of the names in a joint mark, so that side 1 shows text
USUAL = Style()
TITLE_BLANK_LINES = 2  # above a title with nothing over it: it stands on the third line
BYLINE_CELLS = 20  # of a line under a title
HANG_CELLS = 5  # 7.3.4, 10.3: two cells of indent and three of label


def compose(
    document: Document,
    founts: Founts,
    measures: Measures,
    form: FormMeasures,
    style: Style = USUAL,
) -> Composition:
    """Settle every character of *document*."""
    typesetter = Typesetter(measures, founts, style)
    pages, moved = _first_showing_text(document, form, typesetter)
    _refuse_signature_alone(document, pages)
    if imprint := set_imprint(document, moved, typesetter):
        pages = close(pages, imprint, typesetter, duplex=document.output.duplex)
    return Composition(
        tuple(place_notes(page, measures.type_area.bottom_mm, measures) for page in pages)
    )


def _first_showing_text(
    document: Document, form: FormMeasures, typesetter: Typesetter
) -> tuple[list[Page], tuple[Text, ...]]:
    """The pages of *document*, side 1 with text on it, and the addressees that gave way for it.

    Before they move to the imprint, 7.3.2, the names of a joint mark are set smaller.
    """
    sizes = JOINT_SIZES if len(document.letterhead.mark) > 1 else JOINT_SIZES[:1]
    found: tuple[list[Page], tuple[Text, ...]] = ([], ())
    for moved in dict.fromkeys(((), document.addressees)):
        for joint in sizes:
            head = set_head(document, form, typesetter, joint=joint)
            addressees = () if moved else document.addressees
            found = (_pages(document, head, addressees, typesetter), moved)
            if _shows_text(found[0][0]):
                return found
    raise SourceFault((_no_room(document),))


def _no_room(document: Document) -> Finding:
    first = next((node for node in walk(document.body) if not _stands_over(node)), None)
    if isinstance(first, Table | Figure):
        what = "图" if isinstance(first, Figure) else "横排表格" if first.landscape else "表格"
        return Finding(
            first.place,
            f"正文从{what}开始，{what}在首页排不下，首页没有正文",
            "请在它前面写一段文字",
            clause="7.3.3",
        )
    return Finding(
        document.title.place,
        "首页排不下正文：版头、标题和主送机关占满了一面",
        "请缩短标题；联合行文的发文机关标志可以只写主办机关",
        clause="7.3.3",
    )


def _stands_over(node: Node) -> bool:
    """Whether *node* is a heading alone, which goes where the text under it goes."""
    return isinstance(node, Chapter) or (isinstance(node, Section) and not node.run_in)


def _shows_text(page: Page) -> bool:
    return any(placed.block.part in BODY_PARTS for placed in page.placed)


def _refuse_signature_alone(document: Document, pages: Sequence[Page]) -> None:
    """Tell of a signature on a side without text, which nothing can be moved to, 7.3.5.5."""
    for page in pages:
        parts = {placed.block.part for placed in page.placed}
        signed = parts & {Part.SIGNATURE, Part.DATE}
        if signed and not parts & {*BODY_PARTS, Part.ATTACHMENT_LIST}:
            *_, last = walk(document.body)
            finding = Finding(
                last.text.place if isinstance(last, Paragraph) else last.place,
                "正文到这里占满一面，署名和成文日期所在的一面没有正文",
                "请在后面写一段文字；是横排表格或整面的图的，也可以移到附件里",
                clause="7.3.5.5",
            )
            raise SourceFault((finding,))


def _pages(
    document: Document, head: Head, addressees: tuple[Text, ...], typesetter: Typesetter
) -> list[Page]:
    """The document and its attachments on numbered pages, without the imprint."""
    measures = typesetter.measures
    flows, pieces = deal(
        list(_flow(document, addressees, typesetter)),
        measures.grid.lines,
        head.row,
        functools.partial(reserved, measures=measures),
    )
    shown = document.output.folio is not FolioStyle.NONE
    pages = [
        replace(
            _page(number, [_place(flows[piece.index], piece) for piece in page], shown),
            notes=called(flows, page, measures),
        )
        for number, page in enumerate(pieces, document.output.first_page)
    ]
    first = pages[0]
    pages[0] = replace(
        first,
        placed=(*head.placed, *first.placed),
        rules=(*head.rules, *first.rules),
        folio=shown and document.form is not Form.LETTER,  # 10.1
    )
    return pages


def _flow(
    document: Document, addressees: tuple[Text, ...], typesetter: Typesetter
) -> Iterator[Flow]:
    """The document in reading order."""
    titled = True
    body = document.body
    if document.label:
        heads, body = _under_label(document, document.label, typesetter)
        yield from heads
    elif document.form is Form.ORDER and document.letterhead.mark:
        titled = False  # an order is named by its mark and number, 10.2
    elif document.letterhead.mark or addressees:
        yield from _titled(document, typesetter)
    else:
        heads, body = _headed(functools.partial(_titled, document), body, typesetter)
        yield from heads
    if addressees:
        yield _addressees(addressees, typesetter)
        titled = False
    yield from first_above(flow_body(body, typesetter), int(titled))
    signed = list(flow_signature(document, typesetter))
    listed = list(_attachment_list(document.attachment_list, typesetter))
    yield from _bound(listed, signed, typesetter)
    yield from first_above(_attendance(document.attendance, typesetter), 1)
    if document.form is not Form.ATTACHMENT:
        yield from signed
    yield from flow_note(document, typesetter)
    for issued in document.issued:
        yield from _own_page(*_under_title(issued, typesetter), typesetter)
    for attachment in document.attachments:
        label = f"附件{attachment.number or ''}"
        yield from _own_page(*_under_label(attachment, label, typesetter), typesetter)


def _titled(document: Document, typesetter: Typesetter) -> Iterator[Flow]:
    """The title, and what stands under it."""
    yield _title(document.title, document.title_lines, typesetter, above=TITLE_BLANK_LINES)
    if document.signature.under_title:
        yield from _byline(document, typesetter)


def _own_page(
    heads: Sequence[Flow], body: tuple[Node, ...], typesetter: Typesetter
) -> Iterator[Flow]:
    """A text that begins a page with *heads*."""
    yield replace(heads[0], new_page=True)
    yield from heads[1:]
    yield from first_above(flow_body(body, typesetter), 1)


def _under_label(
    attachment: Document | Attachment, label: str, typesetter: Typesetter
) -> tuple[Sequence[Flow], tuple[Node, ...]]:
    """The head of an attachment, 7.3.7, and the nodes of its body that come after."""

    def heads(setter: Typesetter) -> Iterator[Flow]:
        yield _label(label, setter)
        yield _title(attachment.title, attachment.title_lines, setter, above=1, label=label)

    return _headed(heads, attachment.body, typesetter)


def _under_title(issued: Issued, typesetter: Typesetter) -> tuple[Sequence[Flow], tuple[Node, ...]]:
    """The title of what is issued, on the third line as an attachment's, and its body."""

    def heads(setter: Typesetter) -> Iterator[Flow]:
        yield _title(issued.title, issued.title_lines, setter, above=TITLE_BLANK_LINES)
        if issued.title_note:
            yield _centred_line(issued.title_note, setter)

    return _headed(heads, issued.body, typesetter)


def _headed(
    heads: Callable[[Typesetter], Iterable[Flow]], body: tuple[Node, ...], typesetter: Typesetter
) -> tuple[Sequence[Flow], tuple[Node, ...]]:
    """*heads* as they are set, and the nodes of *body* that come after.

    A landscape table that comes first takes them with it: all are turned, 8.
    """
    table = landscape_first(body)
    if table is None:
        return list(heads(typesetter)), body
    above = list(heads(turned(typesetter)))
    return list(flow_landscape(table, typesetter, above)), body[1:]


def _label(label: str, typesetter: Typesetter) -> Flow:
    """附件 and its number on the first line, flush left, 7.3.7."""
    lines = typesetter.lines(typesetter.run(label, Role.HEITI))
    return Flow(Block(Part.LABEL, lines), keep=True, whole=True)


def _title(
    title: Text,
    title_lines: tuple[Text, ...],
    typesetter: Typesetter,
    *,
    above: int = 0,
    label: str = "",
) -> Flow:
    """The title, one line of it a grid line; bookmarks show it behind its *label*."""
    words = [str(line) for line in title_lines] or str(title)
    size_mm = typesetter.measures.sizes.title_mm
    setting = set_title(words, typesetter.measure(), typesetter.founts, size_mm=size_mm)
    _refuse_wide(title_lines, setting, typesetter)
    refuse_long(setting.lines, title, "标题")
    block = Block(Part.TITLE, setting.lines, name=f"{label} {title}".lstrip())
    return Flow(block, above=above, keep=True, whole=True)


def _refuse_wide(title_lines: Sequence[Text], setting: Setting, typesetter: Typesetter) -> None:
    """Tell of each line that the source breaks itself and that is wider than the type area."""
    widest_mm = typesetter.measures.type_area.width_mm
    findings = tuple(
        Finding(
            text.place,
            f"标题的第{number}行宽 {width_mm:.0f} mm，一行只有 {widest_mm:g} mm：“{text}”",
            "请在这一行里再加“|”，或删去“|”由程序分行",
            clause="7.3.1",
        )
        for number, (text, line) in enumerate(zip(title_lines, setting.lines, strict=False), 1)
        if (width_mm := typesetter.width_mm(line)) > widest_mm + 1e-6
    )
    if findings:
        raise SourceFault(findings)


def _byline(document: Document, typesetter: Typesetter) -> Iterator[Flow]:
    """Who reports and when, centred under the title of a paper without letterhead."""
    signature = document.signature
    if signature.issuers:
        names = " ".join(map(str, signature.issuers))
        yield _centred_line(Text(names, signature.issuers[0].place), typesetter)
    if date := date_text(signature):
        place = signature.date_place or document.title.place
        yield _centred_line(Text(f"（{date}）", place), typesetter)


def _centred_line(text: Text, typesetter: Typesetter) -> Flow:
    """What stands under a title, in lines no longer than the title's; they end with words."""
    lines = typesetter.balanced(typesetter.run(str(text), Role.KAITI), BYLINE_CELLS)
    refuse_long(lines, text, "题下的说明")
    cell_mm, founts = typesetter.measures.cell_mm, typesetter.founts
    if len(lines) > 1:
        measure = Measure(BYLINE_CELLS * cell_mm, cell_mm)
        words = set_title(str(text), measure, founts, size_mm=cell_mm, role=Role.KAITI)
        if len(words.lines) == len(lines) and words.cost < INSIDE_WORD:
            lines = tuple(map(typesetter.centred, words.lines))
    return Flow(Block(Part.BYLINE, lines), keep=True, whole=True)


def _addressees(addressees: tuple[Text, ...], typesetter: Typesetter) -> Flow:
    """Flush left, a blank line below the title, a colon after the last, 7.3.2."""
    text = "，".join(map(str, addressees)) + "："
    lines = typesetter.lines(typesetter.run(text))
    return Flow(Block(Part.ADDRESSEES, lines), above=1, keep=True)


def _bound(listed: list[Flow], signed: list[Flow], typesetter: Typesetter) -> list[Flow]:
    """*listed*, kept with *signed*, so that text stands on the page of both, 7.3.5.5.

    A list that has no room on one page with them goes its own way.
    """
    together = (*listed, *signed)
    lines = sum(flow.above + flow.taken(0, len(flow.parts)) + flow.below for flow in together)
    lines += max((flow.takes for flow in signed), default=0)
    if not signed or lines > typesetter.measures.grid.lines:
        return listed
    return [replace(flow, keep=True, whole=True) for flow in listed]


def _attachment_list(names: tuple[Text, ...], typesetter: Typesetter) -> Iterator[Flow]:
    """附件说明: a blank line below the text, numbers in one column, names hanging, 7.3.4."""
    for number, name in enumerate(names, 1):
        mark = f"{number}." if len(names) > 1 else ""
        label = ATTACHMENT_LIST_LABEL if number == 1 else ""
        hang = HANG_CELLS + typesetter.width_cells(mark)
        first = INDENT_CELLS if label else HANG_CELLS
        run = typesetter.run(str(name))
        before = typesetter.run(label + mark)
        lines = typesetter.hung([before], run, first_cells=first, hang_cells=hang)
        yield Flow(Block(Part.ATTACHMENT_LIST, lines), above=int(number == 1))


def _attendance(attendance: tuple[Attendance, ...], typesetter: Typesetter) -> Iterator[Flow]:
    """出席, 请假 and 列席: labels in 黑体, names hanging after the colon, 10.3."""
    for entry in attendance:
        label = [typesetter.run(f"{entry.label}：", Role.HEITI)]
        run = typesetter.run("、".join(map(str, entry.names)))
        lines = typesetter.hung(label, run, first_cells=INDENT_CELLS, hang_cells=HANG_CELLS)
        yield Flow(Block(Part.ATTENDANCE, lines))


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
        lines=block.lines[piece.start : piece.end],
        head=max(0, block.head - passed),
        first=piece.start == 0,
        last=piece.end == len(flow.parts),
    )
    return Laid((Placed(piece.row, part),))
