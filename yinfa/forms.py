"""The forms: what kinds of document there are, and what is asked of each.

A form is one record, read from ``layouts/forms/<form>/form.toml``; the texts with which an office
begins a document of it stand beside that file.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

from yinfa.measures import FormMeasures, form_measures
from yinfa.resources import layouts

RECORD = "form.toml"
SKELETON = "skeleton"


class MadeOf(StrEnum):
    """From what a mark is made that the source does not give."""

    ISSUERS = "issuers"
    SPONSOR = "sponsor"  # the first of them


@dataclass(frozen=True, slots=True)
class LetterheadForm:
    """How the issuer mark of a form comes about, 7.2.4, 10.1 to 10.3."""

    required: bool = False  # a document has a mark, or says that it has no letterhead
    made_of: MadeOf | None = None  # None: the source has to give it
    numbered: bool = False  # it is made for a document with a number only
    suffix: str = ""  # 文件, after the issuers
    endings: tuple[str, ...] = ()  # the mark has one of them at its end; the first is usual
    sponsor_alone: bool = False  # of several issuers, 10.1
    example: str = ""
    clause: str = ""

    def ending(self, genre: str) -> str:
        """What follows the issuer in the mark of a document of *genre*."""
        usual = self.endings[0] if self.endings else ""
        return genre if genre in self.endings else usual


@dataclass(frozen=True, slots=True, repr=False)
class Form:
    """One of the formats of clauses 7 to 10, or one without letterhead."""

    name: str  # in English, the name of its folder
    chinese: str  # as reports call it
    meaning: str
    rank: int  # among the forms, where people see them all
    genres: tuple[str, ...]  # 文种, the usual one first
    keys: frozenset[str]  # that a source may have, beside those of every form
    path: Path  # of the record
    upward: tuple[str, ...] = ()  # genres that may name signatories, 7.2.6
    prints_title: bool = True  # an order is named by its mark and number, 10.2
    labelled: bool = False  # 附件 and its number stand above the title, 7.3.7
    signed: bool = True
    folio_on_first: bool = True  # 10.1
    ruled_imprint: bool = True  # rules, and who printed it and when, 7.4, 10.1
    serial_number: bool = False  # 第9期 is a number too, 10.3
    letterhead: LetterheadForm = field(default_factory=LetterheadForm)
    measures: FormMeasures = field(default_factory=FormMeasures)
    skeletons: Mapping[str, str] = field(default_factory=dict, hash=False)  # by word

    def __repr__(self) -> str:
        return f"Form({self.name!r})"

    @property
    def spellings(self) -> tuple[str, ...]:
        """Every word by which a source may choose it."""
        return (*self.genres, self.name)

    def skeleton(self, word: str) -> Path:
        """The source to begin with that *word* names."""
        return self.path.with_name(f"{self.skeletons.get(word, SKELETON)}.yaml")


@cache
def forms() -> tuple[Form, ...]:
    """Every form, in the order in which people see them."""
    found = (_read(path) for path in (layouts() / "forms").glob(f"*/{RECORD}"))
    return tuple(sorted(found, key=lambda form: form.rank))


def form_named(name: str) -> Form:
    """The form that code and English sources call *name*."""
    return next(form for form in forms() if form.name == name)


def form_of(word: str) -> Form | None:
    """The form that a source chooses with *word*, or none."""
    return next((form for form in forms() if word in form.spellings), None)


def _read(path: Path) -> Form:
    """The form of the record at *path*."""
    table: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
    head: dict[str, Any] = table.pop("letterhead", {})
    made_of = MadeOf(head.pop("made_of")) if "made_of" in head else None
    endings = tuple(head.pop("endings", ()))
    return Form(
        name=path.parent.name,
        chinese=table.pop("name"),
        genres=tuple(table.pop("genres")),
        keys=frozenset(table.pop("keys")),
        path=path,
        upward=tuple(table.pop("upward", ())),
        letterhead=LetterheadForm(made_of=made_of, endings=endings, **head),
        measures=form_measures(table.pop("measures", {})),
        **table,
    )
