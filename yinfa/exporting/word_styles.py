"""The styles of a Word file: the standard's faces and sizes under the names that offices use."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from operator import attrgetter

from yinfa.exporting.lines import ExportLine
from yinfa.exporting.word_page import WordPage
from yinfa.model import FolioStyle
from yinfa.parts import Part

FANGSONG, HEITI, KAITI = "仿宋_GB2312", "黑体", "楷体_GB2312"
XIAOBIAOSONG, SONGTI = "方正小标宋简体", "宋体"
CLOSING = "Closing"  # a paragraph that stands under no heading any more
_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


class _Size(Enum):
    """The sizes of a page."""

    TEXT = attrgetter("text_size")
    TITLE = attrgetter("title_size")
    SMALL = attrgetter("small_size")
    CAPTION = attrgetter("caption_size")
    NOTE = attrgetter("note_size")
    MARK = attrgetter("mark_size")


@dataclass(frozen=True, slots=True)
class _Style:
    """A paragraph style; indents in hundredths of a character."""

    key: str
    name: str
    face: str = FANGSONG
    size: _Size = _Size.TEXT
    align: str = "both"
    first: int = 0
    left: int = 0
    right: int = 0
    outline: int | None = None
    red: bool = False
    keep: bool = False


_STYLES = (
    _Style("Corner", "份号密级紧急程度", HEITI, align="left"),
    _Style("Mark", "发文机关标志", XIAOBIAOSONG, _Size.MARK, "center", red=True),
    _Style("Number", "发文字号", align="center"),
    _Style("Signatory", "签发人", align="right", right=100),
    _Style("DocumentTitle", "公文标题", XIAOBIAOSONG, _Size.TITLE, "center", keep=True),
    _Style("UnderTitle", "题下署名", KAITI, align="center"),
    _Style("Addressees", "主送机关", align="left"),
    _Style("Level1", "一级标题", HEITI, first=200, outline=0, keep=True),
    _Style("Level2", "二级标题", KAITI, first=200, outline=1, keep=True),
    _Style("Level3", "三级标题", first=200, outline=2, keep=True),
    _Style("Level4", "四级标题", first=200, outline=3, keep=True),
    _Style("Level5", "五级标题", first=200, outline=4, keep=True),
    _Style("Chapter", "章", HEITI, align="center", outline=0, keep=True),
    _Style("Part", "节", KAITI, align="center", outline=1, keep=True),
    _Style(CLOSING, "结尾段", first=200),
    _Style("AttachmentLabel", "附件标识", HEITI, align="left", keep=True),
    _Style("AttachmentList", "附件说明", align="left", left=200),
    _Style("Signature", "署名", align="right", right=200),
    _Style("Date", "成文日期", align="right", right=400),
    _Style("Note", "附注", first=200),
    _Style("TableCaption", "表题", HEITI, _Size.CAPTION, "center", keep=True),
    _Style("TableText", "表格文字", size=_Size.NOTE, align="center"),
    _Style("TableNote", "表注", size=_Size.NOTE, align="left"),
    _Style("TableUnit", "表格单位", size=_Size.NOTE, align="right", keep=True),
    _Style("Figure", "图", align="center"),
    _Style("FigureCaption", "图题", size=_Size.CAPTION, align="center"),
    _Style("Footnote", "注释", size=_Size.NOTE, first=200),
    _Style("Imprint", "版记", size=_Size.SMALL, align="left", left=100, right=100),
    _Style("Folio", "页码", SONGTI, _Size.SMALL, "left"),
)
STYLE_OF = {
    Part.COPY_NUMBER: "Corner",
    Part.CLASSIFICATION: "Corner",
    Part.URGENCY: "Corner",
    Part.MARK: "Mark",
    Part.NUMBER: "Number",
    Part.SIGNATORY: "Signatory",
    Part.LABEL: "AttachmentLabel",
    Part.TITLE: "DocumentTitle",
    Part.BYLINE: "UnderTitle",
    Part.ADDRESSEES: "Addressees",
    Part.CHAPTER: "Chapter",
    Part.FOOTNOTE: "Footnote",
    Part.CAPTION: "TableCaption",
    Part.TABLE_NOTE: "TableNote",
    Part.TABLE_UNIT: "TableUnit",
    Part.FIGURE: "Figure",
    Part.FIGURE_CAPTION: "FigureCaption",
    Part.ATTACHMENT_LIST: "AttachmentList",
    Part.SIGNATURE: "Signature",
    Part.DATE: "Date",
    Part.NOTE: "Note",
    Part.COPIED_TO: "Imprint",
    Part.PRINTED: "Imprint",
}
_RUN_FACES = {"HeadHeiti": HEITI, "HeadKaiti": KAITI, "HeadFangsong": FANGSONG}


def head_style(line: ExportLine) -> str:
    """The character style of a heading, or a number, that text goes on after."""
    if line.part in (Part.ARTICLE, Part.ATTENDANCE):
        return "HeadHeiti"
    if line.part is Part.RUN_IN:
        return {1: "HeadHeiti", 2: "HeadKaiti"}.get(line.element.level, "HeadFangsong")
    return ""


def styles_xml(page: WordPage) -> str:
    """The part word/styles.xml, without its declaration."""
    normal = _paragraph_style(_Style("Normal", "Normal", first=200), page, default=True)
    characters = "".join(
        f'<w:style w:type="character" w:customStyle="1" w:styleId="{key}">'
        f'<w:name w:val="{key}"/><w:qFormat/><w:rPr>{_face(face)}</w:rPr></w:style>'
        for key, face in _RUN_FACES.items()
    )
    edges = "".join(
        f'<w:{edge} w:val="single" w:sz="4" w:space="0" w:color="auto"/>'
        for edge in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    return (
        f"<w:styles {_W}><w:docDefaults><w:rPrDefault><w:rPr>{_face(FANGSONG)}"
        f'{_sized(_Size.TEXT, page)}<w:lang w:val="en-US" w:eastAsia="zh-CN"/>'
        f"</w:rPr></w:rPrDefault></w:docDefaults>{normal}"
        f"{''.join(_paragraph_style(style, page) for style in _STYLES)}{characters}"
        '<w:style w:type="table" w:customStyle="1" w:styleId="Ruled"><w:name w:val="表格框线"/>'
        f"<w:tblPr><w:tblBorders>{edges}</w:tblBorders></w:tblPr></w:style></w:styles>"
    )


def _face(face: str) -> str:
    return f'<w:rFonts w:ascii="{face}" w:hAnsi="{face}" w:eastAsia="{face}" w:cs="{face}"/>'


def _sized(size: _Size, page: WordPage) -> str:
    """A size, and what its characters have less for a line of the text to hold its cells."""
    half_points = size.value(page)
    tighter = page.tighter_twips if size is _Size.TEXT else 0
    return (
        f'<w:spacing w:val="{tighter}"/>'
        f'<w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/>'
    )


def indents(page: WordPage, left: int, right: int, first: int) -> str:
    """Indents in hundredths of a character of the text."""
    return "<w:ind " + " ".join(
        f'w:{side}Chars="{hundredths}" w:{side}="{hundredths * page.character_twips // 100}"'
        for side, hundredths in (("left", left), ("right", right), ("firstLine", first))
    ) + "/>"  # fmt: skip


def _paragraph_style(style: _Style, page: WordPage, default: bool = False) -> str:
    kept = "<w:keepNext/>" if style.keep else ""
    outline = f'<w:outlineLvl w:val="{style.outline}"/>' if style.outline is not None else ""
    red = '<w:color w:val="FF0000"/>' if style.red else ""
    # A mark and a title need more than the pitch of the text.
    rule = "atLeast" if style.size in (_Size.MARK, _Size.TITLE) else "exact"
    based = "" if default else '<w:basedOn w:val="Normal"/>'
    kind = 'w:default="1"' if default else 'w:customStyle="1"'
    return (
        f'<w:style w:type="paragraph" {kind} w:styleId="{style.key}">'
        f'<w:name w:val="{style.name}"/>{based}<w:qFormat/><w:pPr>{kept}<w:widowControl/>'
        f'<w:spacing w:before="0" w:after="0" w:line="{page.pitch_twips}" w:lineRule="{rule}"/>'
        f"{indents(page, style.left, style.right, style.first)}"
        f'<w:jc w:val="{style.align}"/>{outline}</w:pPr>'
        f"<w:rPr>{_face(style.face)}{red}{_sized(style.size, page)}</w:rPr></w:style>"
    )


def section(page: WordPage) -> str:
    """Page, margins, grid and folios: 5.1, 5.2 and 7.5, or as the house has them."""
    measures = page.measures
    paper, area = measures.paper, measures.type_area
    foot_mm = paper.height_mm - area.bottom_mm
    top, right, bottom, left = map(
        page.twips, (area.head_mm, measures.fore_edge_mm, foot_mm, area.binding_mm)
    )
    footer = page.twips(foot_mm - measures.folio.drop_mm - measures.sizes.small_mm)
    return (
        '<w:sectPr><w:footerReference w:type="default" r:id="rIdOdd"/>'
        '<w:footerReference w:type="even" r:id="rIdEven"/>'
        f'<w:pgSz w:w="{page.twips(paper.width_mm)}" w:h="{page.twips(paper.height_mm)}"/>'
        f'<w:pgMar w:top="{top}" w:right="{right}" w:bottom="{bottom}" w:left="{left}" '
        f'w:header="{page.twips(measures.word.header_mm)}" w:footer="{footer}" w:gutter="0"/>'
        f'<w:pgNumType w:start="{page.first_page}"/>'
        f'<w:docGrid w:type="lines" w:linePitch="{page.pitch_twips}"/></w:sectPr>'
    )


def footers(page: WordPage) -> tuple[str, str]:
    """Those of odd and even pages: — 1 — at the outer side, one character in, 7.5."""
    centred = page.folio is FolioStyle.CENTRE
    sides = ("center", "center") if centred else ("right", "left")
    odd, even = (_footer(page, side) for side in sides)
    return odd, even


def _footer(page: WordPage, align: str) -> str:
    inset = f'w:leftChars="100" w:left="{page.small_size * 10}"'
    inset += f' w:rightChars="100" w:right="{page.small_size * 10}"'
    return (
        f'<w:ftr {_W}><w:p><w:pPr><w:pStyle w:val="Folio"/>'
        f'<w:ind {inset} w:firstLineChars="0" w:firstLine="0"/>'
        f'<w:jc w:val="{align}"/></w:pPr>{_folio(page)}</w:p></w:ftr>'
    )


def _folio(page: WordPage) -> str:
    """The number of the page between its dashes, or nothing where pages have none."""
    if page.folio is FolioStyle.NONE:
        return ""
    before, after = ("— ", " —") if page.dashes else ("", "")
    return (
        f'<w:r><w:t xml:space="preserve">{before}</w:t></w:r>'
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        '<w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>1</w:t></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
        f'<w:r><w:t xml:space="preserve">{after}</w:t></w:r>'
    )


def settings(page: WordPage) -> str:
    """The part word/settings.xml: folios change sides, margins may; a tab takes two characters."""
    return (
        f"<w:settings {_W}>{'<w:mirrorMargins/>' if page.mirrored else ''}<w:evenAndOddHeaders/>"
        f'<w:defaultTabStop w:val="{2 * page.character_twips}"/></w:settings>'
    )
