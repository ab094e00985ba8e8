"""The files of an OFD beside its pages: entry, document root, resources, outline, attachments."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from xml.sax.saxutils import escape

from yinfa.ofd.markup import (
    DECLARATION,
    NAMESPACE,
    attributes,
    element,
    number,
    numbers,
    root,
    said,
)
from yinfa.ofd.typefaces import Typeface
from yinfa.pdf.enclosures import Attached
from yinfa.reading.paint import Item, OutlineTarget, PageLink, Painted, PictureFile, TaggedContent

VERSION = "1.0"
DATE = re.compile(r"D:(\d{4})(\d{2})(\d{2})")
CUSTOM = {"DocumentNumber": "发文字号", "Classification": "密级和保密期限", "Urgency": "紧急程度"}
SUFFIXES = {"PNG": ".png", "JPEG": ".jpg"}
TAGS = "urn:yinfa:structure:1.0"
KIND = re.compile(r"[A-Za-z][A-Za-z0-9]*")
KILOBYTE = 1024


def entry(information: Mapping[str, str], identity: str) -> bytes:
    """OFD.xml: what the file says of itself, 7.4; *identity* has 32 hexadecimal digits."""
    keywords = [word.strip() for word in re.split("[,，、;；]", information.get("Keywords", ""))]
    creator, _, version = information.get("Creator", "").rpartition(" ")
    if not creator:
        creator, version = version, ""
    words = "".join(said("Keyword", word) for word in keywords)
    custom = "".join(
        element("CustomData", escape(information[key]), Name=name)
        for key, name in CUSTOM.items()
        if key in information
    )
    described = (
        said("DocID", identity),
        said("Title", information.get("Title", "")),
        said("Author", information.get("Author", "")),
        said("Subject", information.get("Subject", "")),
        said("CreationDate", _date(information.get("CreationDate", ""))),
        said("ModDate", _date(information.get("ModDate", ""))),
        said("DocUsage", "Normal"),
        element("Keywords", words) if words else "",
        said("Creator", creator),
        said("CreatorVersion", version),
        element("CustomDatas", custom) if custom else "",
    )
    body = element("DocInfo", "".join(described)) + said("DocRoot", "Doc_0/Document.xml")
    return root("OFD", element("DocBody", body), Version=VERSION, DocType="OFD")


def _date(text: str) -> str:
    """A date of PDF as XML Schema writes dates."""
    found = DATE.match(text)
    return "-".join(found.groups()) if found else ""


def document(
    pages: Sequence[Painted],
    page_ids: Sequence[int],
    outline: Sequence[OutlineTarget],
    greatest: int,
    *,
    attached: bool,
) -> bytes:
    """Document.xml: the root of the document, 7.5."""
    first = pages[0]
    area = element("PageArea", element(
        "PhysicalBox", numbers((0, 0, first.width_mm, first.height_mm))
    ))  # fmt: skip
    common = (
        said("MaxUnitID", str(greatest))
        + area
        + said("PublicRes", "PublicRes.xml")
        + said("DocumentRes", "DocumentRes.xml")
    )
    tree = "".join(
        element("Page", ID=own, BaseLoc=page_path(index)) for index, own in enumerate(page_ids)
    )
    parts = (
        element("CommonData", common),
        element("Pages", tree),
        element("Outlines", _entries(list(outline), page_ids)) if outline else "",
        said("CustomTags", "Tags/CustomTags.xml"),
        said("Attachments", "Attachs/Attachments.xml" if attached else ""),
    )
    return root("Document", "".join(parts))


def page_path(index: int) -> str:
    """Where the content of a page is, from the document's folder."""
    return f"Pages/Page_{index}/Content.xml"


def _entries(outline: Sequence[OutlineTarget], page_ids: Sequence[int]) -> str:
    """The entries of the outline, 7.8, those of a deeper level within the one before them."""
    written = []
    at = 0
    while at < len(outline):
        one, end = outline[at], at + 1
        while end < len(outline) and outline[end].level > one.level:
            end += 1
        below = outline[at + 1 : end]
        content = _goto(one, page_ids[one.page - 1]) if one.page else ""
        content += _entries(below, page_ids)
        count = len(below) or None
        written.append(element("OutlineElem", content, Title=one.title, Count=count))
        at = end
    return "".join(written)


def leads(link: PageLink, page_ids: Sequence[int]) -> str:
    """What a link does when it is chosen: it opens an address, 14.3.3, or a page."""
    if link.address:
        action = element("Action", element("URI", URI=link.address), Event="CLICK")
        return element("Actions", action)
    return _goto(link, page_ids[link.page - 1])


def _goto(entry: OutlineTarget | PageLink, page: int) -> str:
    """What an entry does when it is chosen, 14.3.1."""
    target = element(
        "Dest",
        Type="XYZ",
        PageID=page,
        Left=number(entry.left_mm),
        Top=number(entry.top_mm),
        Zoom="0",
    )
    action = element("Action", element("Goto", target), Event="CLICK")
    return element("Actions", action)


# --- resources -------------------------------------------------------------------------------


def font_resources(faces: Sequence[Typeface], ids: Sequence[int]) -> tuple[bytes, dict[str, bytes]]:
    """PublicRes.xml, 7.9, and the files that it names."""
    files: dict[str, bytes] = {}
    written = []
    for index, (face, own) in enumerate(zip(faces, ids, strict=True)):
        name = f"font_{index}.ttf"
        files[name] = face.content
        bold = "true" if face.bold else None
        file = said("FontFile", name)
        written.append(
            element("Font", file, ID=own, FontName=face.name, FamilyName=face.family, Bold=bold)
        )
    fonts = element("Fonts", "".join(written)) if written else ""
    return root("Res", fonts, BaseLoc="Res"), files


def media_resources(
    images: Sequence[PictureFile], ids: Sequence[int]
) -> tuple[bytes, dict[str, bytes]]:
    """DocumentRes.xml, 7.9, and the files that it names."""
    files: dict[str, bytes] = {}
    written = []
    for index, (image, own) in enumerate(zip(images, ids, strict=True)):
        name = f"image_{index}{SUFFIXES[image.kind]}"
        files[name] = image.content
        file = said("MediaFile", name)
        written.append(element("MultiMedia", file, ID=own, Type="Image", Format=image.kind))
    media = element("MultiMedias", "".join(written)) if written else ""
    return root("Res", media, BaseLoc="Res"), files


# --- what travels along ----------------------------------------------------------------------


def attachments(attached: Sequence[Attached], date: str) -> tuple[bytes, dict[str, bytes]]:
    """Attachments.xml, 20.1, and the files that it names; *date* is the document's own."""
    files: dict[str, bytes] = {}
    written = []
    for index, file in enumerate(attached, 1):
        suffix = PurePosixPath(file.name).suffix
        plain = suffix if re.fullmatch(r"\.[A-Za-z0-9]{1,8}", suffix) else ""
        name = f"attach_{index}{plain}"
        files[name] = file.content
        written.append(
            element(
                "Attachment",
                said("FileLoc", name),
                ID=str(index),
                Name=file.name,
                Format=plain.lstrip(".") or None,
                CreationDate=_date(date) or None,
                Size=number(len(file.content) / KILOBYTE),
                Usage=file.relationship or None,
            )
        )
    return root("Attachments", "".join(written)), files


def custom_tags() -> bytes:
    """CustomTags.xml, 16: where the tags of the document's structure are."""
    tag = element("CustomTag", said("FileLoc", "Structure.xml"), TypeID=TAGS)
    return root("CustomTags", tag)


@dataclass
class Tags:
    """What the objects of the pages are: it remembers them as they are written.

    The standard leaves the names of such tags to those who set them. These are those of
    ISO 32000 14.8.4 in a namespace of our own, with the labels of the pages before them and what
    is no content, such as folios, after.
    """

    page_ids: Sequence[int]
    labels: Sequence[str]
    marked: dict[tuple[int, int], list[int]] = field(default_factory=dict)
    artifacts: list[tuple[int, int]] = field(default_factory=list)

    def note(self, page: int, item: Item, own: int) -> None:
        """On *page*, from 1, *item* became the object *own*."""
        if item.artifact:
            self.artifacts.append((page, own))
        elif item.mark >= 0:
            self.marked.setdefault((page, item.mark), []).append(own)

    def structure(self, elements: Sequence[TaggedContent]) -> bytes:
        """The file of tags, 16: each element names its objects."""
        labels = "".join(
            f"<tag:Page{attributes(PageRef=own, Label=label)}/>"
            for own, label in zip(self.page_ids, self.labels, strict=True)
            if label
        )
        artifacts = "".join(self._reference(page, own) for page, own in self.artifacts)
        content = labels + "".join(map(self._element, elements))
        content += f"<tag:Artifact>{artifacts}</tag:Artifact>" if artifacts else ""
        head = f'<tag:Structure xmlns:tag="{TAGS}" xmlns:ofd="{NAMESPACE}">'
        return f"{DECLARATION}{head}{content}</tag:Structure>".encode()

    def _element(self, tagged: TaggedContent) -> str:
        kind = tagged.kind if KIND.fullmatch(tagged.kind) else "NonStruct"
        inner = "".join(map(self._element, tagged.within))
        for page, mark in tagged.marks:
            for own in self.marked.get((page, mark), ()):
                inner += self._reference(page, own)
        said_of_it = attributes(Alt=tagged.alternative or None)
        return f"<tag:{kind}{said_of_it}>{inner}</tag:{kind}>"

    def _reference(self, page: int, own: int) -> str:
        return element("ObjectRef", str(own), PageRef=self.page_ids[page - 1])
