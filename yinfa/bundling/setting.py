"""What every page of a bundle is set with: one house, one set of faces, for all its documents."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from yinfa import house, resources
from yinfa.bundling.bundle import Bundle, Folios, Material
from yinfa.compose import compose
from yinfa.composing.typesetter import Typesetter
from yinfa.composition import Composition, Role
from yinfa.faces import Fount
from yinfa.faces.own import find_own_faces
from yinfa.measures import Measures, read_form, read_measures
from yinfa.model import Document, FolioStyle, House
from yinfa.recipe import MEASURES, form_path, founts_with
from yinfa.report import Finding, SourceFault


@dataclass(frozen=True, slots=True)
class BundleSetting:
    """The house of all documents, and what follows from it."""

    rules: House
    usual: Measures
    measures: Measures
    founts: Mapping[Role, Fount]

    @property
    def folio(self) -> FolioStyle:
        """Where folios stand: a bundle has some, whatever a document by itself has."""
        return self.rules.folio if self.rules.folio is FolioStyle.CENTRE else FolioStyle.OUTSIDE

    @property
    def typesetter(self) -> Typesetter:
        return Typesetter(self.measures, self.founts, house.house_style(self.rules))

    def compose(self, document: Document) -> Composition:
        """*document* in its own form."""
        form = house.house_form(read_form(form_path(document.form)), self.rules, self.usual)
        style = house.house_style(self.rules)
        return compose(document, self.founts, self.measures, form, style)


def settle(bundle: Bundle, faces_folder: Path | None) -> BundleSetting:
    """The setting of *bundle*; a SourceFault where its documents do not share one.

    The office's own faces are beside the documents, or in *faces_folder*.
    """
    usual = read_measures(resources.layouts() / MEASURES)
    first = next((each for each in bundle.materials if each.document), None)
    if first is None or first.document is None:
        faces = find_own_faces(faces_folder or bundle.path.parent, resources.fonts())
        return BundleSetting(House(), usual, usual, founts_with(faces))
    findings = tuple(_differing(bundle, first, first.document, faces_folder))
    if findings:
        raise SourceFault(findings)
    rules = first.document.house_rules
    founts = founts_with(_faces(first.document, faces_folder))
    return BundleSetting(rules, usual, house.house_measures(usual, rules), founts)


def _faces(document: Document, faces_folder: Path | None) -> Path | None:
    """The table of the office's own faces that *document* is set with."""
    folder = faces_folder or document.path.parent
    return document.house_rules.faces or find_own_faces(folder, resources.fonts())


def _differing(
    bundle: Bundle, first: Material, document: Document, faces_folder: Path | None
) -> Iterator[Finding]:
    """The documents that another house or other faces set."""
    hint = (
        "一本汇编只有一种版面：请让各份材料用同一个本单位规定和字体表，"
        "或者先把这一份单独排成 PDF，在这里写 PDF 的路径"
    )
    faces = _same_file(_faces(document, faces_folder))
    for each in bundle.materials:
        if each.document is None:
            continue
        if _one_house(each.document.house_rules) != _one_house(document.house_rules):
            ours = "、".join(map(str, each.document.house_rules.deviations)) or "照标准"
            theirs = "、".join(map(str, document.house_rules.deviations)) or "照标准"
            message = (
                f"“{each.path.name}”的本单位规定（{ours}）"
                f"与第{first.place.line}行的材料（{theirs}）不同"
            )
            yield Finding(each.place, message, hint)
        elif _same_file(_faces(each.document, faces_folder)) != faces:
            message = f"“{each.path.name}”的字体表与第{first.place.line}行的材料不同"
            yield Finding(each.place, message, hint)


def _one_house(rules: House) -> House:
    """What must be one for all, and nothing of the files that say it."""
    return replace(rules, faces=None, deviations=())


def _same_file(path: Path | None) -> Path | None:
    return path.resolve() if path else None


def in_bundle(document: Document, bundle: Bundle, setting: BundleSetting) -> Document:
    """*document* as the bundle puts it out: bound like all others, numbered as the bundle wants."""
    output = replace(document.output, first_page=1, duplex=True, mirrored=bundle.mirrored)
    if bundle.folios is Folios.THROUGH:
        output = replace(output, folio=setting.folio)
    letterhead = replace(document.letterhead, copy_number_room=False)
    return replace(document, output=output, letterhead=letterhead)
