"""A Document as a Word file: real styles, the standard's page and grid, faces by office names."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

from yinfa.exporting.lines import MARKED, ExportLine, export_lines
from yinfa.exporting.word_page import WordPage, word_page
from yinfa.exporting.word_styles import (
    CLOSING,
    STYLE_OF,
    footers,
    head_style,
    indents,
    section,
    settings,
    styles_xml,
)
from yinfa.inline import CALL, Emphasis, escaped, parse
from yinfa.model import Figure, Merge, Table
from yinfa.parts import Part
from yinfa.pictures import bare
from yinfa.reading_order import ReadingOrder

RESTART = ' w:val="restart"'
LOOKS = {
    Emphasis.BOLD: "<w:b/>",
    Emphasis.STRIKE: "<w:strike/>",
    Emphasis.UNDERLINE: '<w:u w:val="single"/>',
    Emphasis.SUPERSCRIPT: '<w:vertAlign w:val="superscript"/>',
    Emphasis.SUBSCRIPT: '<w:vertAlign w:val="subscript"/>',
    Emphasis.DOTTED: '<w:em w:val="underDot"/>',
}  # in the order that the format wants
EMU_A_MM = 36_000
MADE = (2012, 7, 1, 0, 0, 0)  # one time for all parts: the same document gives the same bytes

_NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"'
)
_HEADER = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_PART = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_EMBEDDABLE = {".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg"}


@dataclass(slots=True)
class WordMedia:
    """The pictures that go into the file, by the relation that names them."""

    files: dict[str, Path] = field(default_factory=dict)

    def relation(self, path: Path) -> str:
        name = f"rIdPicture{len(self.files) + 1}"
        self.files[name] = path
        return name


def as_word(order: ReadingOrder) -> bytes:
    """The bytes of a .docx with the whole of *order*."""
    page, media = word_page(order.document), WordMedia()
    before: Part | None = None
    body: list[str] = []
    for line in export_lines(order):
        body += _blocks(line, before, page, media)
        before = line.part
    return word_file(body, page, media)


def word_file(body: Iterable[str], page: WordPage, media: WordMedia) -> bytes:
    """The bytes of a .docx with the paragraphs and tables *body*."""
    odd, even = footers(page)
    parts = {
        "[Content_Types].xml": _content_types(media),
        "_rels/.rels": _relations({"rId1": ("officeDocument", "word/document.xml")}),
        "word/document.xml": (
            f"{_HEADER}<w:document {_NAMESPACES}><w:body>{''.join(body)}"
            f"{section(page)}</w:body></w:document>"
        ),
        "word/styles.xml": _HEADER + styles_xml(page),
        "word/settings.xml": _HEADER + settings(page),
        "word/footer1.xml": _HEADER + odd,
        "word/footer2.xml": _HEADER + even,
        "word/_rels/document.xml.rels": _relations(
            {
                "rIdStyles": ("styles", "styles.xml"),
                "rIdSettings": ("settings", "settings.xml"),
                "rIdOdd": ("footer", "footer1.xml"),
                "rIdEven": ("footer", "footer2.xml"),
                **{
                    name: ("image", f"media/{name}{path.suffix.lower()}")
                    for name, path in media.files.items()
                },
            }
        ),
    }
    pictures = {
        f"word/media/{name}{path.suffix.lower()}": bare(path.read_bytes())
        for name, path in media.files.items()
    }
    return _packed({**{name: text.encode() for name, text in parts.items()}, **pictures})


def _packed(parts: dict[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(zipfile.ZipInfo(name, MADE), data, zipfile.ZIP_DEFLATED)
    return packed.getvalue()


# --- lines -----------------------------------------------------------------------------------


def _blocks(
    line: ExportLine, before: Part | None, page: WordPage, media: WordMedia
) -> Iterator[str]:
    """The paragraphs of *line*, with the blank ones that stand above it."""
    if line.element.table is not None:
        yield _table(line.element.table, page)
        return
    yield from [_paragraph("", "Normal")] * blank_above(line.part, before)
    drawn = figure_run(line, page, media)
    if drawn:
        yield f'<w:p><w:pPr><w:pStyle w:val="Figure"/></w:pPr>{drawn}</w:p>'
        return
    yield _paragraph(_runs(line), *style_of(line, page))


def figure_run(line: ExportLine, page: WordPage, media: WordMedia) -> str:
    """The picture that *line* is; nothing where it is none, or none that Word takes."""
    figure = line.element.figure
    if figure is None or figure.picture.path.suffix.lower() not in _EMBEDDABLE:
        return ""
    return f"<w:r>{_drawing(figure, page, media)}</w:r>"


def style_of(line: ExportLine, page: WordPage) -> tuple[str, str]:
    """The name of the style of a line of words, and what its paragraph has beside that."""
    style = STYLE_OF.get(line.part, "Normal")
    if line.part is Part.CHAPTER and line.element.level > 1:
        style = "Part"
    if line.part is Part.HEADING:
        style = f"Level{line.element.level}"
    if line.part is Part.PARAGRAPH and line.left and line.outside:
        style = CLOSING
    more = "<w:pageBreakBefore/>" if line.new_page else ""
    if line.part is Part.ATTACHMENT_LIST and line.element.number > 1:
        more = indents(page, 500, 0, 0)  # 7.3.4: under the first number
    return style, more


def blank_above(kind: Part, before: Part | None) -> int:
    """Blank lines above a line: those of 7.3.1, 7.3.2, 7.3.4 and 7.3.5.2."""
    if before is None or kind is before:
        return 0
    if kind is Part.TITLE:
        return 1 if before is Part.LABEL else 2
    apart = (Part.ADDRESSEES, Part.ATTACHMENT_LIST, Part.SIGNATURE, Part.ATTENDANCE, Part.COPIED_TO)
    return 1 if kind in apart or before in (Part.TITLE, Part.BYLINE) else 0


def _runs(line: ExportLine) -> str:
    """The words of *line*, a heading that is run in in its own face, marked words as marked."""
    style = head_style(line)
    said = line.text if line.part in MARKED else escaped(line.text)
    if not style or not 0 < line.head < len(line.text):
        return _marked(said)
    return _marked(line.text[: line.head], style) + _marked(line.text[line.head :])


def _marked(text: str, style: str = "") -> str:
    """*text* as its notation says; a call of a footnote stays as it is typed."""
    runs = []
    for span in parse(text)[0]:
        if span.ends_line:
            runs.append("<w:r><w:br/></w:r>")
            continue
        looks = "".join(look for each, look in LOOKS.items() if each in span.emphases)
        run = _run(f"[{CALL}{span.note}]" if span.note else span.text, style, looks)
        if span.link:
            field = quoteattr(f'HYPERLINK "{span.link}"')
            run = f"<w:fldSimple w:instr={field}>{run}</w:fldSimple>"
        runs.append(run)
    return "".join(runs)


def _run(text: str, style: str = "", looks: str = "") -> str:
    named = f'<w:rStyle w:val="{style}"/>' if style else ""
    said = f"<w:rPr>{named}{looks}</w:rPr>" if named or looks else ""
    return f'<w:r>{said}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def _paragraph(runs: str, style: str, more: str = "") -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{more}</w:pPr>{runs}</w:p>'


def _table(table: Table, page: WordPage) -> str:
    """A table as wide as the type area, its header on every page."""
    rows = [*table.header, *table.rows]
    columns = len(rows[0])
    wanted_mm = table.widths_mm or (1.0,) * columns
    widths = [round(width / sum(wanted_mm) * page.width_twips) for width in wanted_mm]
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    merges = {at: merge for merge in table.merged for at in merge.positions()}
    written = []
    for number, row in enumerate(rows):
        header = "<w:trPr><w:tblHeader/></w:trPr>" if number < len(table.header) else ""
        cells = []
        for column, cell in enumerate(row):
            merge = merges.get((number, column), Merge(number, column, 1, 1))
            if column > merge.column:
                continue
            tall = f"<w:vMerge{RESTART * (number == merge.row)}/>" if merge.rows > 1 else ""
            wide = f'<w:gridSpan w:val="{merge.columns}"/>' if merge.columns > 1 else ""
            width = sum(widths[column : column + merge.columns])
            cells.append(
                f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{wide}{tall}</w:tcPr>'
                f"{_paragraph(_marked(str(cell)), 'TableText')}</w:tc>"
            )
        written.append(f"<w:tr>{header}{''.join(cells)}</w:tr>")
    return (
        '<w:tbl><w:tblPr><w:tblStyle w:val="Ruled"/>'
        f'<w:tblW w:w="{page.width_twips}" w:type="dxa"/></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{''.join(written)}</w:tbl>"
    )


def _drawing(figure: Figure, page: WordPage, media: WordMedia) -> str:
    """A picture in the line, with its words for those who cannot see it."""
    relation = media.relation(figure.picture.path)
    measures = page.measures
    usual_mm = figure.picture.width_mm or measures.word.picture_mm
    width_mm = min(usual_mm, measures.type_area.width_mm)
    width = round(width_mm * EMU_A_MM)
    height = round(width / (figure.picture.ratio or 1.0))
    number = len(media.files)
    described = quoteattr(str(figure.alternative))
    return (
        '<w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent cx="{width}" cy="{height}"/>'
        f'<wp:docPr id="{number}" name="图{number}" descr={described}/>'
        '<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture">'
        f'<pic:pic><pic:nvPicPr><pic:cNvPr id="{number}" name="图{number}"/><pic:cNvPicPr/>'
        f'</pic:nvPicPr><pic:blipFill><a:blip r:embed="{relation}"/><a:stretch><a:fillRect/>'
        '</a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/>'
        f'<a:ext cx="{width}" cy="{height}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/>'
        "</a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing>"
    )


# --- what holds the parts together -------------------------------------------------------------


def _relations(targets: dict[str, tuple[str, str]]) -> str:
    entries = "".join(
        f'<Relationship Id="{name}" Type="{_OFFICE}/{kind}" Target={quoteattr(target)}/>'
        for name, (kind, target) in targets.items()
    )
    return f'{_HEADER}<Relationships xmlns="{_PACKAGE}/relationships">{entries}</Relationships>'


def _content_types(media: WordMedia) -> str:
    kinds = {path.suffix.lower().lstrip(".") for path in media.files.values()}
    defaults = "".join(
        f'<Default Extension="{kind}" ContentType="{_EMBEDDABLE["." + kind]}"/>'
        for kind in sorted(kinds)
    )
    overrides = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{_PART}.{kind}+xml"/>'
        for name, kind in (
            ("document", "document.main"), ("styles", "styles"), ("settings", "settings"),
            ("footer1", "footer"), ("footer2", "footer"),
        )
    )  # fmt: skip
    return (
        f'{_HEADER}<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{defaults}{overrides}</Types>'
    )
