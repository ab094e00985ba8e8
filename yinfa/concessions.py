"""What the composer had to give up, told in the words of the writer, where it was written."""

from __future__ import annotations

from collections.abc import Iterator

from yinfa.composition import Composition, Relaxation, Relaxed
from yinfa.parts import BODY_PARTS, Part
from yinfa.report import Finding, Severity

SHOWN = 24  # characters of a run
# These are set to the full measure; what is balanced or ragged by design is not.
TOLD = BODY_PARTS | {Part.ADDRESSEES, Part.ATTACHMENT_LIST, Part.NOTE, Part.FOOTNOTE}
MESSAGES = {
    Relaxed.SPREAD: "{run}不能拆到两行，它前面的一行字距较大",
    Relaxed.SHORT: "{run}不能拆到两行，它前面的一行没有排满",
    Relaxed.ADDRESS: "{run}只在“/”“.”等后面断开，有一行没有排满",
    Relaxed.UNIT: "{run}一行排不下，数字和单位分在了两行",
    Relaxed.WORD: "{run}一行排不下，拆到了两行",
    Relaxed.MARK: "{run}处没有合适的断行，标点排到了行首或行尾",
    Relaxed.PAIR: "{run}一行排不下，成对的标点分在了两行",
    Relaxed.OVERFULL: "{run}超出了版心",
}
HINT = "可以改写这一句，或者移动它在句子里的位置；不改也可以"


def concessions(composition: Composition) -> Iterator[Finding]:
    """A note for each run of words that left the composer no choice, each once."""
    told = set()
    for block in composition.blocks():
        if block.part not in TOLD or block.place is None:
            continue
        for line in block.lines:
            for relaxation in line.relaxed:
                finding = Finding(block.place, _said(relaxation), HINT, Severity.NOTE)
                if finding not in told:
                    told.add(finding)
                    yield finding


def _said(relaxation: Relaxation) -> str:
    text = relaxation.text
    run = text if len(text) <= SHOWN else text[: SHOWN - 1] + "…"
    return MESSAGES[relaxation.rule].format(run=f"“{run}”")
