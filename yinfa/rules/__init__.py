"""The requirements of GB/T 9704-2012 and its companions, each one small function.

Importing this package registers all rules; `RULES` has them by their IDs. Rules know what stands
on paper and what the document says, never how a layout puts it there.
"""

from yinfa.rules import (
    attachments,
    body,
    closing,
    files,
    imprint,
    letterhead,
    marks,
    outline,
    sides,
    type,
    words,
)
from yinfa.rules.recognising import recognise
from yinfa.rules.registry import RULES, Family, Found, NotApplicable, NotMeasurable, Rule

__all__ = [
    "RULES",
    "Family",
    "Found",
    "NotApplicable",
    "NotMeasurable",
    "Rule",
    "attachments",
    "body",
    "closing",
    "files",
    "imprint",
    "letterhead",
    "marks",
    "outline",
    "recognise",
    "sides",
    "type",
    "words",
]
