"""What elements of an OFD may hold, for those that we write, in the order that they must have.

Each is told by its clause in GB/T 33190-2016, as the public reader and writer ofdrw 2.4
(Apache-2.0) documents it class by class; what is not there is not allowed here. A name ends with
``!`` where it must be there, with ``*`` where there may be several.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

NAMESPACE = "{http://www.ofdspec.org/2016}"
GRAPHIC = "ID! Boundary! CTM LineWidth Cap Join MiterLimit DashOffset DashPattern Alpha Visible"
BOX = re.compile(r"-?[\d.]+ -?[\d.]+ [\d.]+ [\d.]+")
FIGURES = re.compile(r"-?\d+(\.\d+)?(e-\d+)?( -?\d+(\.\d+)?(e-\d+)?)*")
WHOLE = re.compile(r"\d+")
DAY = re.compile(r"\d{4}-\d\d-\d\d")


@dataclass(frozen=True, slots=True)
class Allowed:
    """The attributes and children of an element, and the shape of its text."""

    clause: str
    attributes: str = ""
    children: str = ""
    text: re.Pattern[str] | None = None


ANY = re.compile(r".+", re.DOTALL)
FLAG = re.compile("true|false")
SHAPES = {
    "ID": WHOLE, "Font": WHOLE, "ResourceID": WHOLE, "PageID": WHOLE, "PageRef": WHOLE,
    "Boundary": BOX, "CTM": FIGURES, "DeltaX": FIGURES, "DeltaY": FIGURES, "X": FIGURES,
    "Y": FIGURES, "Size": FIGURES, "LineWidth": FIGURES, "DashPattern": FIGURES, "Fill": FLAG,
    "Stroke": FLAG, "Visible": FLAG, "Bold": FLAG, "Value": re.compile(r"\d+ \d+ \d+"),
    "Alpha": WHOLE, "Rule": re.compile("NonZero|Even-Odd"), "Format": re.compile(r"\w+"),
    "Cap": re.compile("Butt|Round|Square"), "Join": re.compile("Miter|Round|Bevel"),
    "Type": re.compile("Body|Image|XYZ"), "Event": re.compile("CLICK"),
}  # fmt: skip
KNOWN: Mapping[str, Allowed] = {
    "OFD": Allowed("7.4", "Version! DocType!", "DocBody!"),
    "DocBody": Allowed("7.4", "", "DocInfo! DocRoot!"),
    "DocInfo": Allowed(
        "7.4",
        "",
        "DocID! Title Author Subject Abstract CreationDate ModDate DocUsage Cover Keywords Creator "
        "CreatorVersion CustomDatas",
    ),
    "DocID": Allowed("7.4", text=re.compile("[0-9a-f]{32}")),
    "CreationDate": Allowed("7.4", text=DAY),
    "ModDate": Allowed("7.4", text=DAY),
    "DocUsage": Allowed("7.4", text=re.compile("Normal")),
    "Keywords": Allowed("7.4", "", "Keyword*"),
    "CustomDatas": Allowed("7.4", "", "CustomData*"),
    "CustomData": Allowed("7.4", "Name!", text=ANY),
    "Document": Allowed("7.5", "", "CommonData! Pages! Outlines CustomTags Attachments"),
    "CommonData": Allowed("7.5", "", "MaxUnitID! PageArea! PublicRes DocumentRes"),
    "MaxUnitID": Allowed("7.5", text=WHOLE),
    "PageArea": Allowed("7.5", "", "PhysicalBox!"),
    "PhysicalBox": Allowed("7.5", text=BOX),
    "Pages": Allowed("7.6", "", "Page*"),
    "Outlines": Allowed("7.8", "", "OutlineElem*"),
    "OutlineElem": Allowed("7.8", "Title! Count", "Actions OutlineElem*"),
    "Actions": Allowed("14.1", "", "Action*"),
    "Action": Allowed("14.1", "Event!", "Goto URI"),
    "URI": Allowed("14.3.3", "URI!"),
    "Goto": Allowed("14.3.1", "", "Dest!"),
    "Dest": Allowed("14.3.1", "Type! PageID! Left Top Zoom"),
    "Res": Allowed("7.9", "BaseLoc!", "Fonts MultiMedias"),
    "Fonts": Allowed("7.9", "", "Font*"),
    "Font": Allowed("11.1", "ID! FontName! FamilyName Bold", "FontFile"),
    "MultiMedias": Allowed("7.9", "", "MultiMedia*"),
    "MultiMedia": Allowed("7.9", "ID! Type! Format", "MediaFile!"),
    "Area": Allowed("7.7, 8.4", "", "PhysicalBox Path"),
    "Content": Allowed("7.7", "", "Layer*"),
    "Layer": Allowed("7.7", "Type ID!", "TextObject* PathObject* ImageObject*"),
    "TextObject": Allowed(
        "11.2",
        f"{GRAPHIC} Font! Size! Stroke Fill",
        "Actions Clips FillColor StrokeColor TextCode!",
    ),
    "TextCode": Allowed("11.3", "X! Y! DeltaX DeltaY", text=ANY),
    "PathObject": Allowed(
        "9.1", f"{GRAPHIC} Stroke Fill Rule", "Clips StrokeColor FillColor AbbreviatedData!"
    ),
    "Path": Allowed("8.4, 9.1", "Boundary! Stroke Fill Rule", "AbbreviatedData!"),
    "AbbreviatedData": Allowed("9.3", text=re.compile(r"[SMLQBAC0-9. -]+")),
    "FillColor": Allowed("8.3.2", "Value! Alpha"),
    "StrokeColor": Allowed("8.3.2", "Value! Alpha"),
    "Clips": Allowed("8.4", "", "Clip*"),
    "Clip": Allowed("8.4", "", "Area*"),
    "ImageObject": Allowed("10", f"{GRAPHIC} ResourceID!", "Clips"),
    "CustomTags": Allowed("16", "", "CustomTag*"),
    "CustomTag": Allowed("16", "TypeID!", "FileLoc!"),
    "ObjectRef": Allowed("16", "PageRef!", text=WHOLE),
    "Attachments": Allowed("20.1", "", "Attachment*"),
    "Attachment": Allowed("20.2", "ID! Name! Format CreationDate Size Usage", "FileLoc!"),
}
SAID = frozenset(
    {"Title", "Author", "Subject", "Keyword", "Creator", "CreatorVersion", "DocRoot", "PublicRes",
     "DocumentRes", "FontFile", "MediaFile", "FileLoc"}
)  # fmt: skip
NAMES_OF_FILES = frozenset({"CustomTags", "Attachments"})  # roots, and elements that name them
MIXED = frozenset({"Layer"})  # whose children come in the order of painting
WITH_NAMES_OF_THEIR_OWN = {"Attachment": {"ID": ANY, "CreationDate": DAY}, "Font": {"Font": ANY}}


def faults(root: ET.Element) -> Iterator[str]:
    """What of *root* and all below it is not as the standard has it."""
    for element in root.iter():
        if not isinstance(element.tag, str) or not element.tag.startswith(NAMESPACE):
            continue
        name = element.tag.removeprefix(NAMESPACE)
        if name in SAID or (name in NAMES_OF_FILES and not len(element) and element is not root):
            if not (element.text or "").strip():
                yield f"{name} says nothing"
            continue
        if name == "Page":
            yield from _page(element, outermost=element is root)
        elif name not in KNOWN:
            yield f"{name} is not known"
        else:
            yield from _against(element, name, KNOWN[name])


def _page(element: ET.Element, *, outermost: bool) -> Iterator[str]:
    """A page: of the page tree (7.6), or with its content (7.7)."""
    allowed = Allowed("7.7", "", "Area Content!") if outermost else Allowed("7.6", "ID! BaseLoc!")
    yield from _against(element, "Page", allowed)


def _against(element: ET.Element, name: str, allowed: Allowed) -> Iterator[str]:
    words = {word.rstrip("!"): word.endswith("!") for word in allowed.attributes.split()}
    for key, value in element.attrib.items():
        if key not in words:
            yield f"{name} has {key}"
        shape = WITH_NAMES_OF_THEIR_OWN.get(name, {}).get(key, SHAPES.get(key, ANY))
        if not shape.fullmatch(value):
            yield f"{name} has {key}={value!r}"
    for key, needed in words.items():
        if needed and key not in element.attrib:
            yield f"{name} lacks {key}"
    children = {word.rstrip("!*"): word for word in allowed.children.split()}
    found = [child.tag.removeprefix(NAMESPACE) for child in element]
    for child in found:
        if child not in children:
            yield f"{name} holds {child}"
    order = [list(children).index(child) for child in found if child in children]
    if name not in MIXED and order != sorted(order):
        yield f"{name} holds {' '.join(found)}"
    for child, word in children.items():
        count = found.count(child)
        if (word.endswith("!") and not count) or (not word.endswith("*") and count > 1):
            yield f"{name} holds {count} {child}"
    if allowed.text and not allowed.text.fullmatch(element.text or ""):
        yield f"{name} says {element.text!r}"
