"""版记, 7.4: at the foot of the last page, its last rule on the lower edge of the type area."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from yinfa.composing.notes import height_mm as notes_mm
from yinfa.composing.notes import place_notes
from yinfa.composing.paragraph import set_paragraph
from yinfa.composing.typesetter import Typesetter, labelled
from yinfa.composition import (
    Block,
    Ink,
    Line,
    Measure,
    Page,
    Placed,
    PrintedRule,
    Role,
    Run,
)
from yinfa.measures import ImprintMeasures, Measures
from yinfa.model import Imprint
from yinfa.parts import Part
from yinfa.reading_order import LIST_ENDS, Element, ReadingOrder, of
from yinfa.report import Finding, SourceFault

INSET_CELLS = 1  # 7.4.2: one character of its own size on both sides
SEAL_CLEAR_MM = 1.0  # between a seal and the imprint
TO, END = "主送：", "。"  # of addressees that had no room on side 1, 7.3.2


@dataclass(frozen=True, slots=True)
class ImprintBlock:
    """Lines of the imprint, the first on line *row* of its part."""

    row: int
    block: Block


ImprintPart = tuple[ImprintBlock, ...]


@dataclass(frozen=True, slots=True)
class SetImprint:
    """The imprint's lines by part, from above; a thin rule stands between two parts."""

    parts: tuple[ImprintPart, ...]
    pitch_mm: float
    rules: ImprintMeasures | None  # a letter's has none, 10.1

    @property
    def height_mm(self) -> float:
        """From the first rule's upper edge to the last rule's lower edge."""
        lines = sum(_rows(part) for part in self.parts)
        if self.rules is None:
            return lines * self.pitch_mm
        inner = len(self.parts) - 1
        rules_mm = 2 * self.rules.outer_rule_mm + inner * self.rules.inner_rule_mm
        return lines * self.pitch_mm + rules_mm

    def __bool__(self) -> bool:
        return bool(self.parts)


def _rows(part: ImprintPart) -> int:
    return max((element.row + len(element.block.lines) for element in part), default=0)


def set_imprint(
    order: ReadingOrder, moved: tuple[Element, ...], typesetter: Typesetter
) -> SetImprint:
    """The imprint of *order*; *moved* are the addressees that had no room on side 1, 7.3.2.

    A letter's has neither rules nor 印发, 10.1.
    """
    parts = []
    # 主送 and 抄送 have no rule between them, 7.4.2.
    names = (
        *(_as_copied(element) for element in moved),
        *of(order.imprint, Part.COPIED_TO),
    )
    copies: list[ImprintBlock] = []
    for element in names:
        copies.append(ImprintBlock(_rows(tuple(copies)), _names(element, typesetter)))
    if copies:
        parts.append(tuple(copies))
    for element in of(order.imprint, Part.PRINTED):
        parts.append(tuple(_printed(element, order.document.imprint, typesetter)))
    # 行 is the character's height and 7/8 of 3号, whatever its own size, 3.2.
    measures = typesetter.measures
    pitch_mm = measures.sizes.small_mm + measures.gap_mm
    rules = measures.imprint if order.document.form.ruled_imprint else None
    found = SetImprint(tuple(parts), pitch_mm, rules)
    if found.height_mm > measures.type_area.height_mm:
        raise SourceFault((_too_long(found, names),))
    return found


def _as_copied(addressees: Element) -> Element:
    """*addressees* as the imprint names them."""
    words = tuple(replace(name, text=name.text.rstrip(LIST_ENDS)) for name in addressees.words)
    return replace(addressees, label=TO, words=words, stop=END)


def _too_long(imprint: SetImprint, names: Sequence[Element]) -> Finding:
    lines = sum(_rows(part) for part in imprint.parts)
    return Finding(
        names[0].place,
        f"版记共{lines}行，一面排不下，版记不能分到两面",
        "请把抄送机关并成统称，如“各辖市、区人民政府”",
        clause="7.4",
    )


def _names(element: Element, typesetter: Typesetter) -> Block:
    """Names after their label, lines under the first name, a full stop after the last, 7.4.2."""
    hang_cells = INSET_CELLS + len(element.label)
    words = replace(element, label="").text
    first, *others = _small_lines(words, typesetter, left_cells=hang_cells)
    (before,) = _small_lines(element.label, typesetter)
    lines = (labelled(before, first, before.indent_mm), *others)
    return Block(element.part, lines, place=element.place)


def _printed(element: Element, imprint: Imprint, typesetter: Typesetter) -> Iterator[ImprintBlock]:
    """Who printed it at the left, when at the right of its last line, 7.4.3."""
    em = typesetter.measures.sizes.small_mm
    who = element.words[:1] if imprint.printed_by else ()
    when = element.words[len(who) :]
    dates = [line for words in when for line in _small_lines(words.text, typesetter)]
    date_cells = typesetter.width_mm(dates[0]) / em + INSET_CELLS if dates else 0.0
    row = 0
    for words in who:
        lines = _small_lines(words.text, typesetter, right_cells=INSET_CELLS + date_cells)
        yield ImprintBlock(0, Block(Part.PRINTED, lines, place=words.place))
        row = len(lines) - 1
    for date in dates:
        right_mm = typesetter.measures.type_area.width_mm - INSET_CELLS * em
        placed = replace(date, indent_mm=right_mm - typesetter.width_mm(date))
        yield ImprintBlock(row, Block(Part.PRINTED, (placed,), place=when[0].place))


def _small_lines(
    text: str,
    typesetter: Typesetter,
    *,
    left_cells: float = INSET_CELLS,
    right_cells: float = INSET_CELLS,
) -> tuple[Line, ...]:
    """*text* in 4号, as many of its characters in at either side."""
    em = typesetter.measures.sizes.small_mm
    measure = Measure(
        typesetter.measures.type_area.width_mm - right_cells * em,
        em,
        first_indent_mm=left_cells * em,
        hanging_indent_mm=left_cells * em,
    )
    run = Run(text, Role.FANGSONG, em)
    setting = set_paragraph([run], measure, typesetter.style, typesetter.founts)
    if setting is None:
        raise AssertionError("a paragraph has a best setting")
    return setting.lines


# --- on the page ------------------------------------------------------------------------------


def fits_under(page: Page, imprint: SetImprint, measures: Measures) -> bool:
    """Whether text and seals of *page* leave the imprint its room."""
    top_mm = measures.type_area.bottom_mm - imprint.height_mm
    used_mm = max(
        (
            measures.type_bottom_mm(placed.row + placed.block.rows - 1)
            for placed in page.placed
            if placed.block.part is not Part.MARK
        ),
        default=0.0,
    )
    used_mm += notes_mm(sum(len(block.lines) for block in page.notes), measures)
    sealed_mm = max((seal.top_mm + seal.height_mm for seal in page.pictures), default=0.0)
    return max(used_mm + measures.imprint.clear_mm, sealed_mm + SEAL_CLEAR_MM) <= top_mm


def with_imprint(page: Page, imprint: SetImprint, measures: Measures) -> Page:
    """*page* with the imprint at its foot."""
    left_mm, width_mm = measures.type_area.binding_mm, measures.type_area.width_mm
    top_mm = measures.type_area.bottom_mm - imprint.height_mm
    page = place_notes(page, top_mm - measures.imprint.clear_mm, measures)
    placed: list[Placed] = []
    rules: list[PrintedRule] = []
    row = math.floor((top_mm - measures.head_mm) / measures.grid.pitch_mm)

    def rule(thickness_mm: float) -> None:
        nonlocal top_mm
        if thickness_mm:
            rules.append(PrintedRule(left_mm, top_mm, width_mm, thickness_mm, Ink.BLACK))
            top_mm += thickness_mm

    outer_mm = imprint.rules.outer_rule_mm if imprint.rules else 0.0
    inner_mm = imprint.rules.inner_rule_mm if imprint.rules else 0.0
    for index, part in enumerate(imprint.parts):
        rule(inner_mm if index else outer_mm)
        placed += [
            Placed(
                row,
                replace(element.block, pitch_mm=imprint.pitch_mm),
                top_mm + element.row * imprint.pitch_mm - measures.head_mm,
            )
            for element in part
        ]
        top_mm += _rows(part) * imprint.pitch_mm
    rule(outer_mm)
    return replace(page, placed=(*page.placed, *placed), rules=(*page.rules, *rules))


def close(
    pages: list[Page], imprint: SetImprint, measures: Measures, *, duplex: bool, folios: bool
) -> list[Page]:
    """*pages* with the imprint on the last; with *duplex* on an even one.

    A side put after them has a folio where there are *folios*. A blank page put before the imprint
    carries none, nor does the imprint page after it, 7.5.
    """
    last = pages[-1]
    even = last.number % 2 == 0
    if fits_under(last, imprint, measures) and (even or not duplex):
        return [*pages[:-1], with_imprint(last, imprint, measures)]
    if even and duplex:
        blank = Page(last.number + 1, (), folio=False)
        alone = Page(last.number + 2, (), folio=False)
        return [*pages, blank, with_imprint(alone, imprint, measures)]
    alone = Page(last.number + 1, (), folio=folios)
    return [*pages, with_imprint(alone, imprint, measures)]
