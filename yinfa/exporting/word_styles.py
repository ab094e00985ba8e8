"""The styles of a Word file: the standard's faces and sizes under the names that offices use."""

from __future__ import annotations

from dataclasses import dataclass

from yinfa.exporting.lines import ExportLine
from yinfa.parts import Part

TWIPS_A_MM = 1440 / 25.4
PITCH_TWIPS = 579  # 28.95 pt: 22 lines on 225 mm, as Word counts
CELL_TIGHTER = -849  # 1/4096 pt: 28 characters of 16 pt on 156 mm, 5.2.3

FANGSONG, HEITI, KAITI = "仿宋_GB2312", "黑体", "楷体_GB2312"
XIAOBIAOSONG, SONGTI = "方正小标宋简体", "宋体"
CLOSING = "Closing"  # a paragraph that stands under no heading any more
_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


@dataclass(frozen=True, slots=True)
class _Style:
    """A paragraph style; sizes in half points, indents in hundredths of a character."""

    key: str
    name: str
    face: str = FANGSONG
    half_points: int = 32  # 3号
    align: str = "both"
    first: int = 0
    left: int = 0
    right: int = 0
    outline: int | None = None
    red: bool = False
    keep: bool = False


_STYLES = (
    _Style("Corner", "份号密级紧急程度", HEITI, align="left"),
    _Style("Mark", "发文机关标志", XIAOBIAOSONG, 72, "center", red=True),
    _Style("Number", "发文字号", align="center"),
    _Style("Signatory", "签发人", align="right", right=100),
    _Style("DocumentTitle", "公文标题", XIAOBIAOSONG, 44, "center", keep=True),
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
    _Style("TableCaption", "表题", HEITI, 28, "center", keep=True),
    _Style("TableText", "表格文字", half_points=24, align="center"),
    _Style("TableNote", "表注", half_points=24, align="left"),
    _Style("Figure", "图", align="center"),
    _Style("FigureCaption", "图题", half_points=28, align="center"),
    _Style("Footnote", "注释", half_points=24, first=200),
    _Style("Imprint", "版记", half_points=28, align="left", left=100, right=100),
    _Style("Folio", "页码", SONGTI, 28, "left"),
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


def styles_xml() -> str:
    """The part word/styles.xml, without its declaration."""
    normal = _paragraph_style(_Style("Normal", "Normal", first=200), default=True)
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
        '<w:sz w:val="32"/><w:szCs w:val="32"/><w:lang w:val="en-US" w:eastAsia="zh-CN"/>'
        f"</w:rPr></w:rPrDefault></w:docDefaults>{normal}"
        f"{''.join(map(_paragraph_style, _STYLES))}{characters}"
        '<w:style w:type="table" w:customStyle="1" w:styleId="Ruled"><w:name w:val="表格框线"/>'
        f"<w:tblPr><w:tblBorders>{edges}</w:tblBorders></w:tblPr></w:style></w:styles>"
    )


def _face(face: str) -> str:
    return f'<w:rFonts w:ascii="{face}" w:hAnsi="{face}" w:eastAsia="{face}" w:cs="{face}"/>'


def _paragraph_style(style: _Style, default: bool = False) -> str:
    kept = "<w:keepNext/>" if style.keep else ""
    outline = f'<w:outlineLvl w:val="{style.outline}"/>' if style.outline is not None else ""
    red = '<w:color w:val="FF0000"/>' if style.red else ""
    # A mark and a title need more than the pitch of the text.
    rule = "exact" if style.half_points <= 32 else "atLeast"
    based = "" if default else '<w:basedOn w:val="Normal"/>'
    kind = 'w:default="1"' if default else 'w:customStyle="1"'
    return (
        f'<w:style w:type="paragraph" {kind} w:styleId="{style.key}">'
        f'<w:name w:val="{style.name}"/>{based}<w:qFormat/><w:pPr>{kept}<w:widowControl/>'
        f'<w:spacing w:before="0" w:after="0" w:line="{PITCH_TWIPS}" w:lineRule="{rule}"/>'
        f'<w:ind w:leftChars="{style.left}" w:left="{style.left * 3}" '
        f'w:rightChars="{style.right}" w:right="{style.right * 3}" '
        f'w:firstLineChars="{style.first}" w:firstLine="{style.first * 3}"/>'
        f'<w:jc w:val="{style.align}"/>{outline}</w:pPr>'
        f'<w:rPr>{_face(style.face)}{red}<w:sz w:val="{style.half_points}"/>'
        f'<w:szCs w:val="{style.half_points}"/></w:rPr></w:style>'
    )


def section(first_page: int) -> str:
    """Page, margins, grid and folios: 5.1, 5.2 and 7.5."""
    top, right, bottom, left = (round(mm * TWIPS_A_MM) for mm in (37, 26, 35, 28))
    footer = round((35 - 7 - 5) * TWIPS_A_MM)
    return (
        '<w:sectPr><w:footerReference w:type="default" r:id="rIdOdd"/>'
        '<w:footerReference w:type="even" r:id="rIdEven"/>'
        '<w:pgSz w:w="11906" w:h="16838"/>'
        f'<w:pgMar w:top="{top}" w:right="{right}" w:bottom="{bottom}" w:left="{left}" '
        f'w:header="850" w:footer="{footer}" w:gutter="0"/>'
        f'<w:pgNumType w:start="{first_page}"/>'
        f'<w:docGrid w:type="linesAndChars" w:linePitch="{PITCH_TWIPS}" '
        f'w:charSpace="{CELL_TIGHTER}"/></w:sectPr>'
    )


def _footer(align: str) -> str:
    """— 1 — at the outer side, one character in, 7.5."""
    return (
        f'<w:ftr {_W}><w:p><w:pPr><w:pStyle w:val="Folio"/>'
        '<w:ind w:leftChars="100" w:left="280" w:rightChars="100" w:right="280" '
        'w:firstLineChars="0" w:firstLine="0"/>'
        f'<w:jc w:val="{align}"/></w:pPr><w:r><w:t xml:space="preserve">— </w:t></w:r>'
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        '<w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>1</w:t></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
        '<w:r><w:t xml:space="preserve"> —</w:t></w:r></w:p></w:ftr>'
    )


FOOTER_ODD, FOOTER_EVEN = _footer("right"), _footer("left")
SETTINGS = f'<w:settings {_W}><w:evenAndOddHeaders/><w:defaultTabStop w:val="640"/></w:settings>'
