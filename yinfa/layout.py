"""What a document is set with: its house, and the measures, faces and style that follow from it."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from yinfa import house, resources
from yinfa.compose import compose
from yinfa.composition import Composition, Role, Style
from yinfa.faces import Fount, open_founts
from yinfa.faces.own import NAME as OWN_FACES
from yinfa.faces.own import find_own_faces
from yinfa.forms import Form
from yinfa.measures import MEASURES, FormMeasures, Measures, standard_measures
from yinfa.model import House
from yinfa.reading_order import ReadingOrder
from yinfa.rendering import layout_files


@dataclass(frozen=True, slots=True)
class Layout:
    """One setting of everything that is printed together."""

    house: Path | None  # the file of *rules*
    rules: House
    usual: Measures  # of the standard
    measures: Measures  # as the house has them
    founts: Mapping[Role, Fount]
    folders: tuple[Path, ...]  # where own faces were looked for

    @property
    def style(self) -> Style:
        """How lines are set."""
        return house.house_style(self.rules)

    @property
    def remark(self) -> str:
        """In which points the house is followed; empty where in none."""
        return house.remark(self.house, self.rules)

    def form(self, form: Form) -> FormMeasures:
        """The measures of *form* as the house has them."""
        return house.house_form(form.measures, self.rules, self.usual)

    def compose(self, order: ReadingOrder) -> Composition:
        """A document in its own form."""
        form = self.form(order.document.form)
        return compose(order, self.founts, self.measures, form, self.style)

    def files(self, forms: frozenset[Form]) -> tuple[Path, ...]:
        """The layouts that a print of documents of *forms* depends on."""
        return (*layout_files(), _measures_path(), *sorted(form.path for form in forms))

    def face_tables(self) -> tuple[Path, ...]:
        """The tables that decide on faces, also those that are absent today."""
        fonts = resources.fonts()
        tables = (fonts / "faces.toml", *(folder / OWN_FACES for folder in (fonts, *self.folders)))
        return (*tables, self.rules.faces) if self.rules.faces else tables


def layout_of(path: Path | None, rules: House, *folders: Path) -> Layout:
    """The layout of the house *rules*, whose file is *path*.

    Own faces are those of the house, else of the first of *folders* that has a table of them.
    """
    usual = standard_measures()
    founts = founts_with(own_faces(rules, *folders))
    return Layout(path, rules, usual, house.house_measures(usual, rules), founts, folders)


def own_faces(rules: House, *folders: Path) -> Path | None:
    """The table of own faces that *rules* name, or that one of *folders* has."""
    return rules.faces or find_own_faces(*folders, resources.fonts())


@functools.cache
def founts_with(table: Path | None) -> dict[Role, Fount]:
    """The founts, an office's own faces first; open for a run: their widths are learnt once."""
    return open_founts(table)


def _measures_path() -> Path:
    return resources.layouts() / MEASURES
