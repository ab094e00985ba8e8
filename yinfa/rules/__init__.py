"""The requirements of GB/T 9704-2012 and its companions, each one small function.

Importing this package registers all rules; `RULES` has them by their IDs. Every rule stands in the
module that bears its prefix. Rules know what stands on paper and what the document says, never how
a layout puts it there.
"""

from yinfa.rules import (
    an,
    at,
    bd,
    bj,
    cm,
    el_parts,
    el_references,
    ft,
    hd,
    lt,
    mn,
    pg,
    pg_ink,
    pn,
    pu_page,
    pu_text,
    sg,
    tb,
    ti,
    tx,
    wd_elements,
    wd_numbers,
    wd_words,
)
from yinfa.rules.registry import RULES, Family, Found, NotApplicable, NotMeasurable, Requirement

__all__ = [
    "RULES",
    "Family",
    "Found",
    "NotApplicable",
    "NotMeasurable",
    "Requirement",
    "an",
    "at",
    "bd",
    "bj",
    "cm",
    "el_parts",
    "el_references",
    "ft",
    "hd",
    "lt",
    "mn",
    "pg",
    "pg_ink",
    "pn",
    "pu_page",
    "pu_text",
    "sg",
    "tb",
    "ti",
    "tx",
    "wd_elements",
    "wd_numbers",
    "wd_words",
]
