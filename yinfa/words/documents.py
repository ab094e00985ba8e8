"""The keys of a document and of what stands in it."""

from __future__ import annotations

from dataclasses import replace

from yinfa.forms import forms
from yinfa.words.terms import (
    ALIGNS,
    BINDINGS,
    CLASSIFICATIONS,
    DRAFT_STYLES,
    FOLIOS,
    FORMS,
    LETTERHEADS,
    LEVELS,
    RULINGS,
    SIGNATURE_PLACES,
    SIGNINGS,
    URGENCIES,
    YES_NO,
    Key,
    Kind,
    Type,
)


def _of_forms(*keys: Key) -> tuple[Key, ...]:
    """*keys*, each with the forms that take it; one that no form names is every form's."""
    return tuple(
        replace(key, forms=tuple(form.name for form in forms() if key.name in form.keys))
        for key in keys
    )


RUNNING = Key(
    "running",
    "连续编号",
    Type.CHOICES,
    "哪几层的序号全文连续，不随上一层重新开始",
    "[二级]",
    LEVELS,
)
ORDINAL = Key(
    "ordinal", "序号", Type.ORDINAL, "照原文写序号，以后接着编；1.1、壹、等照样印出", "八"
)

DOCUMENT = Kind(
    "document",
    "公文",
    _of_forms(
        Key("form", "文种", Type.CHOICE, "公文的种类，决定格式", "通知", FORMS, required=True),
        Key("version", "版本", Type.INTEGER, "这套写法的版本，现在只有1", "1"),
        Key("title", "标题", Type.TITLE, "公文标题", "关于××××××的通知", required=True),
        Key(
            "attachment_number", "附件序号", Type.INTEGER, "单独成文的附件的顺序号", "2", least=1,
            most=999,
        ),
        Key("issuer", "发文机关", Type.LIST, "发文机关全称或规范化简称，联合行文的写成列表", "×××"),
        Key(
            "issuer_mark", "发文机关标志", Type.LIST, "版头上的大字；不写时由发文机关和“文件”组成",
            "×××文件",
        ),
        Key("letterhead", "版头", Type.CHOICE, "版头印不印", "套打", LETTERHEADS),
        Key(
            "copy_number", "份号", Type.TEXT, "一至六位数字，由程序补零；写“分发”的在分发时编号",
            "000001",
        ),
        Key(
            "classification", "密级", Type.TEXT, "绝密、机密或秘密，可带保密期限", "机密★1年",
            CLASSIFICATIONS,
        ),
        Key("classification_term", "保密期限", Type.TEXT, "如1年、6个月、长期", "1年"),
        Key("urgency", "紧急程度", Type.CHOICE, "特急或加急", "特急", URGENCIES),
        Key(
            "document_number", "发文字号", Type.TEXT, "机关代字、年份、顺序号；纪要也可写第几期",
            "×××〔2012〕10号",
        ),
        Key("order_number", "令号", Type.TEXT, "命令（令）的编号", "第1号"),
        Key("signatories", "签发人", Type.LIST, "上行文的签发人姓名", "×××"),
        Key("addressees", "主送", Type.LIST, "主送机关；列表用逗号连接，一段文字照原样印", "×××"),
        Key("body", "正文", Type.BODY, "一段一项", "- ××××××。", required=True),
        RUNNING,
        Key(
            "attachment_list", "附件说明", Type.LIST, "附件的名称；附件写在本文件里的可以不写",
            "- ×××",
        ),
        Key(
            "attachments", "附件", Type.RECORDS, "随文装订的附件，一个附件一项",
            "- 标题: ×××\n  正文:\n    - ××××××。",
        ),
        Key(
            "issued", "印发件", Type.RECORDS, "本件所印发、转发的文件，另面编排，不是附件",
            "- 标题: ×××办法\n  正文:\n    - ××××××。",
        ),
        Key("signature", "署名", Type.LIST, "落款处的机关名称；不写时同发文机关", "×××"),
        Key(
            "signature_place", "署名位置", Type.CHOICE, "署名和日期在文末还是题下", "题下",
            SIGNATURE_PLACES,
        ),
        Key("date", "成文日期", Type.DATE, "年月日；稿子里写“空白”的留空手写", "2012年7月1日"),
        Key("signing", "落款", Type.CHOICE, "怎样落款", "加盖印章", SIGNINGS),
        Key(
            "seal", "印章", Type.PICTURE, "本机关印章的图片，联合行文的按发文机关的顺序写成列表",
            "印章.png",
        ),
        Key(
            "signature_stamp", "签名章", Type.PICTURE,
            "签发人职务和签名章的图片，联合行文的写成列表", "\n  职务: 市长\n  图片: 签名章.png",
        ),
        Key("note", "附注", Type.TEXT, "如联系人和电话；圆括号由程序加", "此件公开发布"),
        Key("copied_to", "抄送", Type.LIST, "抄送机关", "×××，×××"),
        Key("printed_by", "印发机关", Type.TEXT, "送印的机关", "×××办公室"),
        Key("printed_on", "印发日期", Type.DATE, "送印的日期", "2012年7月1日"),
        Key("attended", "出席", Type.LIST, "出席人员", "×××、×××"),
        Key("excused", "请假", Type.LIST, "请假人员", "×××"),
        Key("observers", "列席", Type.LIST, "列席人员", "×××"),
        Key("first_page", "起始页码", Type.INTEGER, "第一页的页码", "1", least=1, most=9999),
        Key("folio", "页码", Type.CHOICE, "页码的位置", "外侧", FOLIOS),
        Key("duplex", "双面", Type.YES_NO, "双面印刷，版记在双数页；有版记时默认是", "是", YES_NO),
        Key("binding", "装订", Type.CHOICE, "双数页的订口在哪一边", "单面", BINDINGS),
        Key("draft", "稿别", Type.TEXT, "稿子的名称，定稿时删去", "征求意见稿"),
        Key("draft_style", "稿别样式", Type.CHOICE, "稿别印在哪里", "右上", DRAFT_STYLES),
        Key("keywords", "关键词", Type.LIST, "写进PDF的属性，不印出来", "教育、党建"),
        Key("waivers", "豁免", Type.REASONS, "不必遵守的规则和理由", "\n  TI-03: 标题有固定名称"),
        Key("house", "本单位规定", Type.PATH, "本单位规定的文件", "house.yaml"),
        Key(
            "carry_source", "随附源文件", Type.YES_NO, "源文件附在PDF里；有密级时默认否", "是",
            YES_NO,
        ),
    ),
)  # fmt: skip

ATTACHMENT = Kind(
    "attachment",
    "附件",
    (
        Key("title", "标题", Type.TITLE, "附件标题", "×××名单", required=True),
        Key("number", "序号", Type.INTEGER, "附件顺序号，可以不写", "1", least=1, most=999),
        Key("body", "正文", Type.BODY, "附件正文", "- ××××××。", required=True),
        RUNNING,
    ),
)
ISSUED = Kind(
    "issued",
    "印发件",
    (
        Key("title", "标题", Type.TITLE, "所印发文件的标题", "×××办法", required=True),
        Key(
            "title_note", "题注", Type.TEXT, "标题下的说明，如何时由谁通过；圆括号由程序加",
            "2012年7月1日×××会议通过",
        ),
        Key("addressees", "主送", Type.LIST, "所转发文件自己的主送机关", "×××"),
        Key("body", "正文", Type.BODY, "所印发文件的正文", "- ××××××。", required=True),
        RUNNING,
        Key("signature", "署名", Type.LIST, "所转发文件自己的落款", "×××"),
        Key("date", "成文日期", Type.DATE, "所转发文件自己的成文日期", "2012年6月1日"),
    ),
)  # fmt: skip
SEAL = Kind(
    "seal",
    "印章",
    (
        Key("picture", "图片", Type.PATH, "图片的路径；不写时只留位置", "印章.png"),
        Key("diameter", "直径", Type.LENGTH, "印章直径，默认42毫米", "42", least=10, most=120),
    ),
)
STAMP = Kind(
    "signature_stamp",
    "签名章",
    (
        Key("post", "职务", Type.TEXT, "签发人的职务", "市长"),
        Key("picture", "图片", Type.PATH, "图片的路径；不写时只留位置", "签名章.png"),
        Key("width", "宽", Type.LENGTH, "签名章的宽度", "40", least=5, most=100),
    ),
)

PARAGRAPH = Kind(
    "paragraph",
    "段落",
    (
        Key("paragraph", "段", Type.TEXT, "一段文字，脚注处写[注1]", "×××[注1]。", required=True),
        Key("footnotes", "脚注", Type.LIST, "脚注，按[注1]、[注2]的顺序", "- ×××。"),
    ),
)
NUMBERED = Kind(
    "numbered",
    "条目",
    (
        Key(
            "numbered", "条目", Type.TEXT, "带序号而不是标题的一段，全用仿宋；序号由程序编排",
            "会议时间：2012年7月1日上午9:00。", required=True,
        ),
        ORDINAL,
        Key("footnotes", "脚注", Type.LIST, "这一段的脚注，按[注1]、[注2]的顺序", "- ×××。"),
        Key("body", "正文", Type.BODY, "这一条目下的段落和下一层", "- ××××××。"),
    ),
)  # fmt: skip
SECTION = Kind(
    "section",
    "标题",
    (
        Key("title", "标题", Type.TEXT, "标题，序号由程序编排", "提高认识", required=True),
        ORDINAL,
        Key("run_in", "接排", Type.TEXT, "与标题同段的文字，脚注处写[注1]", "××××××。"),
        Key("footnotes", "脚注", Type.LIST, "接排文字的脚注，按[注1]、[注2]的顺序", "- ×××。"),
        Key("body", "正文", Type.BODY, "标题下的内容", "- ××××××。"),
    ),
)
CHAPTER = Kind(
    "chapter",
    "章",
    (
        Key("chapter", "章", Type.TEXT, "章名，“第×章”由程序编排", "总则", required=True),
        ORDINAL,
        Key("body", "正文", Type.BODY, "这一章的内容", "- 条: ××××××。"),
    ),
)
PART = Kind(
    "part",
    "节",
    (
        Key("part", "节", Type.TEXT, "节名，“第×节”由程序编排", "一般规定", required=True),
        ORDINAL,
        Key("body", "正文", Type.BODY, "这一节的内容", "- 条: ××××××。"),
    ),
)
ARTICLE = Kind(
    "article",
    "条",
    (
        Key(
            "article",
            "条",
            Type.LINES,
            "条文，几款写成列表，脚注处写[注1]",
            "××××××。",
            required=True,
        ),
        Key("items", "项", Type.ITEMS, "项的列表", "- ×××；"),
        ORDINAL,
        Key(
            "footnotes",
            "脚注",
            Type.LIST,
            "这一条各款、项、目的脚注，按[注1]、[注2]的顺序",
            "- ×××。",
        ),
    ),
)
ITEM = Kind(
    "item",
    "项",
    (
        Key("item", "项", Type.TEXT, "一项的文字", "×××；", required=True),
        ORDINAL,
        Key("subitems", "目", Type.LIST, "目的列表", "- ×××；"),
    ),
)
TABLE = Kind(
    "table",
    "表格",
    (
        Key("table", "表格", Type.TEXT, "表题，可以空着", "×××情况表"),
        Key("header", "表头", Type.ROWS, "表头的单元格；几行的写成列表的列表", "[序号, 姓名]"),
        Key(
            "rows",
            "行",
            Type.ROWS,
            "表格的各行；与左边合并的格写 ←，与上面合并的写 ↑",
            "- [1, ×××]",
            required=True,
        ),
        Key("widths", "列宽", Type.LENGTHS, "各列的宽度", "[20, 136]", least=3),
        Key("align", "对齐", Type.CHOICES, "各列的对齐", "[中, 左]", ALIGNS),
        Key("landscape", "横排", Type.YES_NO, "表格横排", "是", YES_NO),
        Key("note", "注", Type.TEXT, "表下的注", "×××"),
        Key("source", "来源", Type.TEXT, "资料来源", "×××"),
        Key("unit", "单位", Type.TEXT, "全表的计量单位，印在表的右上方", "万元"),
        Key("ruling", "框线", Type.CHOICE, "表格的框线", "三线", RULINGS),
    ),
)
FIGURE = Kind(
    "figure",
    "图",
    (
        Key("figure", "图", Type.PATH, "图片的路径", "图1.png", required=True),
        Key("caption", "图题", Type.TEXT, "图题", "×××示意图"),
        Key("alternative", "替代文字", Type.TEXT, "给看不见图的人的说明", "×××", required=True),
        Key("width", "宽", Type.LENGTH, "图的宽度", "120", least=5),
    ),
)

ROSTER = Kind(
    "roster",
    "名单",
    (
        Key(
            "roster", "名单", Type.ROSTER,
            "姓名的列表；要写职务的每人一行：[分工, 姓名, 职务]，分工同上的写 ''",
            "\n  - [组长, ×××, 局长]", required=True,
        ),
    ),
)  # fmt: skip

NODES = (PARAGRAPH, NUMBERED, SECTION, CHAPTER, PART, ARTICLE, TABLE, FIGURE, ROSTER)

KINDS = (DOCUMENT, ATTACHMENT, ISSUED, SEAL, STAMP, *NODES, ITEM)
