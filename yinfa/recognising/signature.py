"""Who signed a paper, and how, 7.3.5: lines above a date of issue, and those under seals."""

from __future__ import annotations

from dataclasses import replace

from yinfa.model import Sealing
from yinfa.reading import TextLine
from yinfa.recognising import measures as m
from yinfa.recognising.faces import is_han, reddish
from yinfa.recognising.format import Format
from yinfa.recognising.heading import level_of
from yinfa.recognising.paper import Specimen, Spot, SpotKind
from yinfa.recognising.places import STEP, STOPS, Seals, hangs

SEAL_STEP = 5.5  # pitches from an issuer, over the room for a seal, to the next one's or the date
BLANK_DATE = "年月日"  # to be written by hand in a draft


def signature_of(paper: Specimen) -> tuple[tuple[Spot, ...], Spot] | None:
    """Signers and date of the paper itself; None where it bears no date."""
    dates = paper.of(SpotKind.DATE, 0)
    if not dates:
        return None
    date = dates[-1]
    return tuple(s for s in paper.of(SpotKind.SIGNER, 0) if s.page == date.page), date


def is_blank_date(date: Spot) -> bool:
    return "".join(date.text.split()) == BLANK_DATE


def _is_stamped(paper: Specimen, signers: tuple[Spot, ...], date: Spot) -> bool:
    """Whether a red picture, no seal, stands beside a post, 7.3.5.3."""
    seals = [extent for page, extent in paper.seals if page == date.page]
    red = [
        p
        for p in paper.sheet(date.page).pictures
        if p.colour is not None
        and reddish(p.colour)
        and (p.x0_mm, p.y0_mm, p.x1_mm, p.y1_mm) not in seals
    ]
    middles = [(s.line.em_top_mm + s.line.em_bottom_mm) / 2 for s in signers]
    return any(p.y0_mm < y < p.y1_mm for p in red for y in middles)


def names_of(line: TextLine) -> list[str]:
    """The names that stand side by side on *line*, half a cell apart or more."""
    found: list[str] = []
    right_mm = -1.0
    for char in line.inked():
        if not found or char.x_mm - right_mm > char.size_mm / 2:
            found.append("")
        found[-1] += char.char
        right_mm = char.right_mm
    return found


def sealing(paper: Specimen) -> Sealing:
    """How the paper is signed: as its document says, or as seal and places show."""
    if paper.document is not None:
        return paper.document.signature.sealing
    if paper.form is Format.ORDER:
        return Sealing.STAMP
    if paper.form is Format.MINUTES:
        return Sealing.NONE  # 10.3
    signature = signature_of(paper)
    if signature is None:
        return Sealing.SEAL
    signers, date = signature
    if not signers or any(page == date.page for page, _ in paper.seals):
        return Sealing.SEAL
    if _is_stamped(paper, signers, date):
        return Sealing.STAMP
    if any(len(names_of(signer.line)) > 1 for signer in signers):
        return Sealing.SEAL  # names side by side leave room for seals; without, 7.3.5.2, they stack
    sealed = abs(date.line.x1_mm - paper.due.sealed_date_right_mm) + abs(
        date.line.middle_mm - signers[-1].line.middle_mm
    )
    longer = date.line.width_mm > signers[-1].line.width_mm
    right = date.line.x1_mm if longer else signers[-1].line.x1_mm
    return Sealing.NONE if abs(right - paper.due.unsealed_right_mm) < sealed else Sealing.SEAL


def signed(spots: list[Spot], issuers: frozenset[str], seals: Seals, due: m.Figures) -> list[Spot]:
    """*spots* with the lines above a date of issue, and those under seals, known as signatures."""
    found = [
        replace(spot, kind=SpotKind.SIGNER, opens=False) if _under_seal(spot, seals) else spot
        for spot in spots
    ]
    for index, spot in enumerate(spots):
        if spot.kind is not SpotKind.DATE:
            continue
        below = spot
        for above in range(index - 1, -1, -1):
            signs = _signs(found[above], below, due) or _named(found[above], issuers)
            if not signs and not _in_row(found[above], below, due):
                break
            found[above] = replace(found[above], kind=SpotKind.SIGNER, opens=False)
            below = found[above]
    return _undated(found, issuers, due)


def _undated(found: list[Spot], issuers: frozenset[str], due: m.Figures) -> list[Spot]:
    """*found* with the names known that end a paper without a date of issue."""
    own = [index for index, spot in enumerate(found) if spot.section == 0]
    if any(found[index].kind in {SpotKind.DATE, SpotKind.SIGNER} for index in own):
        return found
    below: Spot | None = None
    for index in reversed(own):
        spot = found[index]
        if below is None and spot.kind in {SpotKind.NOTE, SpotKind.IMPRINT, SpotKind.FOOTNOTE}:
            continue
        named = _named(spot, issuers)
        far = spot.kind is SpotKind.TEXT and hangs(spot.line, 6, due) and _may_name(spot)
        if not (named or far):
            break
        if not named and below is not None and not _in_row(spot, below, due):
            break
        found[index] = below = replace(spot, kind=SpotKind.SIGNER, opens=False)
    return found


def _may_name(spot: Spot) -> bool:
    """Whether the line may be names: it has Han characters or ×, and no stop."""
    return not set(spot.text) & STOPS and any(map(_names, spot.text))


def _under_seal(spot: Spot, seals: Seals) -> bool:
    """Whether a seal is set on the line."""
    if spot.kind is not SpotKind.TEXT or spot.text[-1] in STOPS:
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
    if spot.kind is SpotKind.SIGNER:
        return True
    if spot.kind is not SpotKind.TEXT or spot.page != below.page:
        return False
    gap_mm = below.line.baseline_mm - spot.line.baseline_mm
    # A signature stamp takes room between post and date; a line so far in is no paragraph.
    step_mm = STEP * due.pitch_mm
    if gap_mm > step_mm and not (gap_mm < 2 * step_mm and hangs(spot.line, 6, due)):
        return False
    ends_text = spot.text[-1] in STOPS or level_of(spot.text) > 0
    return not ends_text and hangs(spot.line, 3.5, due) and any(map(_names, spot.text))


def _named(spot: Spot, issuers: frozenset[str]) -> bool:
    """Whether *spot*, above a signature line, is but names of *issuers*, however far above."""
    if spot.kind is not SpotKind.TEXT:
        return False
    if any(len(spot.text) > 1 and spot.text in name for name in issuers):
        return True  # a long name may take several lines
    rest = spot.text
    for name in sorted(issuers, key=len, reverse=True):
        rest = rest.replace(name, "")
    return not rest


def _in_row(spot: Spot, below: Spot, due: m.Figures) -> bool:
    """Whether *spot* is of the names of a joint issue, which stand apart in rows, 7.3.5.1.

    Their seals, whether printed or to be set by hand, keep the rows apart as well. No paragraph
    begins so far in, or has such gaps.
    """
    if spot.kind is not SpotKind.TEXT or spot.page != below.page:
        return False
    if below.line.baseline_mm - spot.line.baseline_mm > SEAL_STEP * due.pitch_mm:
        return False
    pieces = spot.line.pieces
    apart = len(pieces) > 1 or hangs(spot.line, 6, due)
    return apart and all(
        not set(piece.bare) & STOPS and any(map(_names, piece.bare)) for piece in pieces
    )


def _names(char: str) -> bool:
    """Whether a name may be written with *char*: × stands for a character left open."""
    return char == "×" or is_han(char)
