"""What the elements of a document are: one list for reading order, composition and exports."""

from __future__ import annotations

from enum import StrEnum


class Part(StrEnum):
    """What an element is in the document; the layouts print each in their own way."""

    COPY_NUMBER = "copy-number"  # 份号, 7.2.1
    NUMBER_ROOM = "number-room"  # its place, where each copy gets its own
    CLASSIFICATION = "classification"  # 密级和保密期限, 7.2.2
    URGENCY = "urgency"  # 紧急程度, 7.2.3
    MARK = "mark"  # 发文机关标志, 7.2.4
    NUMBER = "number"  # 发文字号, 7.2.5
    SIGNATORY = "signatory"  # 签发人, 7.2.6
    LABEL = "label"  # 附件 and its number, 7.3.7
    TITLE = "title"  # 标题, 7.3.1
    BYLINE = "byline"  # issuer, date or note under the title
    ADDRESSEES = "addressees"  # 主送机关, 7.3.2
    CHAPTER = "chapter"  # 第×章, 第×节 of a regulation
    HEADING = "heading"  # a level heading that stands alone, 7.3.3
    RUN_IN = "run-in"  # a level heading and the text that goes on in its paragraph
    PARAGRAPH = "paragraph"  # 正文, 7.3.3
    ARTICLE = "article"  # 第×条 with its first paragraph
    ITEM = "item"  # （一） of an article, 1. under it
    ATTACHMENT_LIST = "attachment-list"  # 附件说明, 7.3.4
    SIGNATURE = "signature"  # 发文机关署名, 7.3.5
    DATE = "date"  # 成文日期, 7.3.5.4
    NOTE = "note"  # 附注, 7.3.6
    ATTENDANCE = "attendance"  # 出席, 请假, 列席, 10.3
    COPIED_TO = "copied-to"  # 抄送机关, 7.4.2
    PRINTED = "printed"  # 印发机关和印发日期, 7.4.3
    ROSTER = "roster"  # a person of a list of names, or a line of them
    CAPTION = "caption"  # over a table
    TABLE_UNIT = "table-unit"  # over it, at its right
    TABLE = "table"
    TABLE_NOTE = "table-note"  # note and source under a table
    FIGURE = "figure"
    FIGURE_CAPTION = "figure-caption"  # under a figure
    FOOTNOTE = "footnote"
    CONTENTS = "contents"  # an entry of the contents of a bundle
    CONTENTS_NUMBER = "contents-number"  # what stands at its right end
    LEADER = "leader"  # the dots between both
    DIVIDER = "divider"  # on a leaf before a document of a bundle


BODY_PARTS = frozenset(
    {
        Part.PARAGRAPH,
        Part.RUN_IN,
        Part.HEADING,
        Part.CHAPTER,
        Part.ARTICLE,
        Part.ITEM,
        Part.ROSTER,
        Part.TABLE,
        Part.FIGURE,
    }
)  # 正文, 7.3.3
