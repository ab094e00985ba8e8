"""A path into a Reading of an OFD, or a fault that says why it cannot be read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from pathlib import Path

from yinfa.reading.drawing import once
from yinfa.reading.facts import Facts, FontFact, OutlineEntry
from yinfa.reading.ofd.package import AGAIN, Element, OfdPackage, opened_package
from yinfa.reading.ofd.resources import OfdResources, add_resources
from yinfa.reading.ofd.values import box, child, children, local, words
from yinfa.reading.ofd.walking import OfdPage, whole
from yinfa.reading.opening import Reading
from yinfa.reading.sheets import Sheet
from yinfa.reading.text import lines

ENTRY = "OFD.xml"
A4_MM = (0.0, 0.0, 210.0, 297.0)
MOST_PAGES = 5000
DEEPEST = 32  # levels of outline and tags
OWN_TAGS = "urn:yinfa:structure:1.0"
BEHIND = ("Background",)


@dataclass(frozen=True)
class OfdReading(Reading):
    """An OFD that has been read: its sheets and what it says of itself."""

    told: Facts
    signatures: int  # electronic ones that it says it has, 18

    @cached_property
    def facts(self) -> Facts:
        return self.told

    @cached_property
    def figure_pages(self) -> frozenset[int]:
        return frozenset()


@dataclass(frozen=True, slots=True)
class _Tagged:
    """What our own tags tell of pages and objects."""

    labels: dict[str, str]
    artifacts: frozenset[str]
    found: bool


@dataclass(frozen=True, slots=True)
class _Opened:
    """The parts of a document."""

    package: OfdPackage
    root_name: str
    root: Element
    resources: OfdResources
    tags: _Tagged
    information: Element | None
    signatures: int


def read_ofd(path: Path) -> OfdReading:
    """The OFD at *path* as sheets; a ReadingFault where that cannot be had."""
    path = Path(path)
    with opened_package(path) as package:
        opened = _opened(package)
        pages = list(islice(children(child(opened.root, "Pages"), "Page"), MOST_PAGES + 1))
        if not pages:
            package.fault("OFD 里一页也没有", "请检查导出这个 OFD 的步骤")
        if len(pages) > MOST_PAGES:
            package.fault(f"OFD 超过 {MOST_PAGES} 页，多得不合常理", "请向来源核对")
        templates = {
            one.get("ID", ""): package.find(opened.root_name, one.get("BaseLoc", ""))
            for one in children(child(opened.root, "CommonData"), "TemplatePage")
        }
        notes = dict(_annotations(opened))
        sheets = tuple(
            _sheet(opened, page, number, templates, notes) for number, page in enumerate(pages, 1)
        )
        told = _facts(opened, [page.get("ID", "") for page in pages])
    return OfdReading(path, sheets, told, opened.signatures)


def _opened(package: OfdPackage) -> _Opened:
    entry_name = package.find("", ENTRY)
    if entry_name is None:
        package.fault("这不是 OFD 文件：压缩包里没有 OFD.xml", "请核对文件")
    entry = package.parse(entry_name)
    body = child(entry, "DocBody")
    root_name = package.find(entry_name, words(body, "DocRoot"))
    if root_name is None:
        package.fault("OFD 里没有文档（DocRoot 所指的文件不在）", AGAIN)
    root = package.parse(root_name)
    resources = OfdResources()
    common = child(root, "CommonData")
    for one in children(common, "PublicRes", "DocumentRes"):
        name = package.find(root_name, one.text or "")
        if name:
            add_resources(package, name, resources)
    tags = _tags(package, package.find(root_name, words(root, "CustomTags")))
    signed = package.find(entry_name, words(body, "Signatures"))
    signatures = len(list(children(package.parse(signed), "Signature"))) if signed else 0
    return _Opened(package, root_name, root, resources, tags, child(body, "DocInfo"), signatures)


def _tags(package: OfdPackage, name: str | None) -> _Tagged:
    """What our own tags tell, where the document has them."""
    nothing = _Tagged({}, frozenset(), False)
    if name is None:
        return nothing
    for one in children(package.parse(name), "CustomTag"):
        file = package.find(name, words(one, "FileLoc"))
        if one.get("TypeID") == OWN_TAGS and file:
            root = package.parse(file)
            labels = {
                page.get("PageRef", ""): page.get("Label", "") for page in children(root, "Page")
            }
            artifacts = frozenset(
                (reference.text or "").strip()
                for group in children(root, "Artifact")
                for reference in children(group, "ObjectRef")
            )
            return _Tagged(labels, artifacts, True)
    return nothing


def _annotations(opened: _Opened) -> Iterator[tuple[str, str]]:
    """By the page: the file of its annotations, which may print as seals do, 15."""
    package = opened.package
    name = package.find(opened.root_name, words(opened.root, "Annotations"))
    if name is None:
        return
    for one in children(package.parse(name), "Page"):
        file = package.find(name, words(one, "FileLoc"))
        if file:
            yield one.get("PageID", ""), file


def _sheet(
    opened: _Opened,
    listed: Element,
    number: int,
    templates: dict[str, str | None],
    notes: dict[str, str],
) -> Sheet:
    package = opened.package
    name = package.find(opened.root_name, listed.get("BaseLoc", ""))
    if name is None:
        package.fault(f"OFD 的第 {number} 页不在里面", AGAIN)
    root = package.parse(name)
    for one in children(root, "PageRes"):
        resource = package.find(name, one.text or "")
        if resource:
            add_resources(package, resource, opened.resources)
    x, y, width_mm, height_mm = _area(root) or _area(child(opened.root, "CommonData")) or A4_MM
    page = OfdPage(package, opened.resources, opened.tags.artifacts)
    used = list(children(root, "Template"))
    for template in (one for one in used if one.get("ZOrder", "Background") in BEHIND):
        _template(page, templates.get(template.get("TemplateID", "")), (x, y))
    whole(page, root, (x, y))
    for template in (one for one in used if one.get("ZOrder", "Background") not in BEHIND):
        _template(page, templates.get(template.get("TemplateID", "")), (x, y))
    own = listed.get("ID", "")
    if own in notes:
        _annotated(page, package.parse(notes[own]), (x, y))
    upright, turned, doubled = lines(page.chars, width_mm, height_mm)
    content = tuple(char for char in page.chars if not char.look.artifact)
    return Sheet(
        number=number,
        width_mm=width_mm,
        height_mm=height_mm,
        rotation=0,
        lines=upright,
        turned_lines=turned,
        strokes=once(page.marks.strokes),
        boxes=tuple(page.marks.boxes),
        pictures=tuple(page.marks.pictures),
        text="".join(char.char for char in content),
        chars=content,
        overprinted=doubled,
        unreadable=sum(char.char == "\ufffd" for char in page.chars),
        label=opened.tags.labels.get(own, ""),
    )


def _area(element: Element | None) -> tuple[float, float, float, float] | None:
    """The physical box of a page, where it has a size."""
    for name in ("Area", "PageArea"):
        found = box(words(child(element, name), "PhysicalBox"))
        if found and found[2] > 0 and found[3] > 0:
            return found
    return None


def _template(page: OfdPage, name: str | None, corner: tuple[float, float]) -> None:
    if name:
        whole(page, page.package.parse(name), corner)


def _annotated(page: OfdPage, root: Element, corner: tuple[float, float]) -> None:
    """What the annotations of a page look like."""
    for note in children(root, "Annot"):
        for shown in children(note, "Appearance"):
            if note.get("Visible") == "false":
                continue
            x, y, _, _ = box(shown.get("Boundary")) or (0.0, 0.0, 0.0, 0.0)
            page.walk(shown, (1.0, 0.0, 0.0, 1.0, x - corner[0], y - corner[1]), None)


# --- what the file says of itself -------------------------------------------------------------


def _facts(opened: _Opened, page_ids: list[str]) -> Facts:
    numbers = {own: number for number, own in enumerate(page_ids, 1)}
    fonts = sorted(opened.resources.fonts.values(), key=lambda font: font.name)
    labels = opened.tags.labels
    return Facts(
        title=words(opened.information, "Title"),
        author=words(opened.information, "Author"),
        language=None,
        producer=words(opened.information, "Creator"),
        tagged=True if opened.tags.found else None,
        encrypted=False,
        page_labels=tuple(labels.get(own, "") for own in page_ids) if labels else (),
        outline=tuple(_outline(child(opened.root, "Outlines"), numbers, 1)),
        fonts=tuple(FontFact(one.name, "OFD", one.embedded, False, True) for one in fonts),
    )


def _outline(parent: Element | None, numbers: dict[str, int], level: int) -> Iterator[OutlineEntry]:
    for one in children(parent, "OutlineElem"):
        actions = child(one, "Actions")
        inside = actions.iter() if actions is not None else ()
        target = next((found for found in inside if local(found) == "Dest"), None)
        page = numbers.get(target.get("PageID", ""), 0) if target is not None else 0
        yield OutlineEntry(one.get("Title", "").strip(), level, page)
        if level < DEEPEST:
            yield from _outline(one, numbers, level + 1)
