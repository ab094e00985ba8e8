"""What the finished PDF says of itself, in the Info dictionary and in XMP alike.

PDF/A wants the schema of every property declared; those of PDF/UA and of official documents are
not predefined. The packet stays uncompressed, so that an archive can read it as text.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape

from yinfa.model import Document
from yinfa.pdf.objects import (
    DecodedStreamObject,
    NameObject,
    PdfWriter,
    add,
)

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
PDFUA = "http://www.aiim.org/pdfua/ns/id/"
OFFICIAL = "urn:yinfa:official-document:1.0/"
CLASSIFICATION = "/Classification"
KEYS = {  # of Info: property of XMP, what it is
    "/DocumentNumber": ("number", "发文字号"),
    CLASSIFICATION: ("classification", "密级和保密期限"),
    "/Urgency": ("urgency", "紧急程度"),
}


@dataclass(frozen=True, slots=True)
class About:
    """What is said of a document; empty where the document says nothing."""

    title: str
    issuer: str
    keywords: str
    date: datetime.date | None
    number: str
    classification: str
    urgency: str
    conforms: bool = True  # to PDF/A-3a and PDF/UA-1

    @property
    def pdf_date(self) -> str:
        """The date of issue as PDF writes dates."""
        return f"D:{self.date:%Y%m%d}" if self.date else ""


def about(document: Document) -> About:
    """What *document* says of itself."""
    letterhead = document.letterhead
    return About(
        title=" ".join(filter(None, (document.label, str(document.title)))),
        issuer=document.issuer,
        keywords=", ".join(document.keywords),
        date=document.signature.date,
        number=str(letterhead.number or ""),
        classification=str(letterhead.classification or ""),
        urgency=str(letterhead.urgency or ""),
    )


def describe(writer: PdfWriter, about: About, creator: str, producer: str) -> None:
    """Write Info and the XMP packet; both say the same, and by which standards the file keeps."""
    said = {
        "/Title": about.title,
        "/Author": about.issuer,
        "/Keywords": about.keywords,
        "/Creator": creator,
        "/Producer": producer,
        "/CreationDate": about.pdf_date,
        "/ModDate": about.pdf_date,
        "/DocumentNumber": about.number,
        CLASSIFICATION: about.classification,
        "/Urgency": about.urgency,
    }
    info = {key: text for key, text in said.items() if text}
    writer.metadata = info
    packet = (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>\n'
        f'<x:xmpmeta xmlns:x="adobe:ns:meta/">\n<rdf:RDF xmlns:rdf="{RDF}">\n'
        f"{_packet(info, about)}\n</rdf:RDF>\n</x:xmpmeta>\n"
        '<?xpacket end="r"?>'
    )
    stream = DecodedStreamObject()
    stream.set_data(packet.encode())
    stream[NameObject("/Type")] = NameObject("/Metadata")
    stream[NameObject("/Subtype")] = NameObject("/XML")
    writer.root_object[NameObject("/Metadata")] = add(writer, stream)


def _packet(info: dict[str, str], about: About) -> str:
    official = {KEYS[key][0]: text for key, text in info.items() if key in KEYS}
    lines = [
        *(_claims(bool(official)) if about.conforms else ()),
        '<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"'
        ' xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"'
        f' xmlns:official="{OFFICIAL}">',
        *_properties(info, about.date),
        *(_text(f"official:{name}", text) for name, text in official.items()),
        "</rdf:Description>",
    ]
    return "\n".join(lines)


def _claims(official: bool) -> Iterator[str]:
    """The standards that the file keeps to, and the schemas that they want declared."""
    yield (
        '<rdf:Description rdf:about="" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"'
        ' pdfaid:part="3" pdfaid:conformance="A"/>'
    )
    yield f'<rdf:Description rdf:about="" xmlns:pdfuaid="{PDFUA}" pdfuaid:part="1"/>'
    yield from _schemas(official)


def _properties(info: dict[str, str], date: datetime.date | None) -> Iterator[str]:
    """Dublin Core, PDF and basic properties for what Info says."""
    yield (
        '<dc:title><rdf:Alt><rdf:li xml:lang="x-default">'
        f"{escape(info['/Title'], quote=False)}</rdf:li></rdf:Alt></dc:title>"
    )
    if author := info.get("/Author"):
        inner = _text("rdf:li", author)
        yield f"<dc:creator><rdf:Seq>{inner}</rdf:Seq></dc:creator>"
    if number := info.get("/DocumentNumber"):
        yield _text("dc:identifier", number)
    yield "<dc:language><rdf:Bag><rdf:li>zh-CN</rdf:li></rdf:Bag></dc:language>"
    yield "<dc:format>application/pdf</dc:format>"
    names = {
        "/Keywords": "pdf:Keywords",
        "/Producer": "pdf:Producer",
        "/Creator": "xmp:CreatorTool",
    }
    for key, name in names.items():
        if text := info.get(key):
            yield _text(name, text)
    if date:
        yield _text("xmp:CreateDate", date.isoformat())
        yield _text("xmp:ModifyDate", date.isoformat())


def _text(name: str, text: str) -> str:
    return f"<{name}>{escape(text, quote=False)}</{name}>"


# --- the schemas that PDF/A does not know ----------------------------------------------------


def _schemas(official: bool) -> Iterator[str]:
    """The declarations of what the packet uses."""
    yield (
        '<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"'
        ' xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"'
        ' xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">'
    )
    yield "<pdfaExtension:schemas><rdf:Bag>"
    part = _property("part", "Integer", "internal", "Part of ISO 14289 the file keeps to")
    yield _schema("PDF/UA identification", PDFUA, "pdfuaid", part)
    if official:
        properties = (_property(name, "Text", "external", what) for name, what in KEYS.values())
        yield _schema("党政机关公文", OFFICIAL, "official", "".join(properties))
    yield "</rdf:Bag></pdfaExtension:schemas>\n</rdf:Description>"


def _schema(name: str, namespace: str, prefix: str, properties: str) -> str:
    return (
        '<rdf:li rdf:parseType="Resource">'
        f"<pdfaSchema:schema>{name}</pdfaSchema:schema>"
        f"<pdfaSchema:namespaceURI>{namespace}</pdfaSchema:namespaceURI>"
        f"<pdfaSchema:prefix>{prefix}</pdfaSchema:prefix>"
        f"<pdfaSchema:property><rdf:Seq>{properties}</rdf:Seq></pdfaSchema:property></rdf:li>"
    )


def _property(name: str, kind: str, category: str, description: str) -> str:
    return (
        '<rdf:li rdf:parseType="Resource">'
        f"<pdfaProperty:name>{name}</pdfaProperty:name>"
        f"<pdfaProperty:valueType>{kind}</pdfaProperty:valueType>"
        f"<pdfaProperty:category>{category}</pdfaProperty:category>"
        f"<pdfaProperty:description>{description}</pdfaProperty:description></rdf:li>"
    )
