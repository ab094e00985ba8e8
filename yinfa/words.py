"""The one table of the words a source is written in: keys and fixed words, Chinese and English.

Reading, error messages, skeletons and the JSON Schema all follow it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Type(StrEnum):
    """What may stand behind a key."""

    TEXT = "一段文字"
    LINES = "一段文字，或一行一项的列表"
    LIST = "列表，或一段文字"
    TITLE = "标题，可用“|”分行，也可写成一行一项的列表"
    CHOICE = "固定用词"
    YES_NO = "是或否"
    INTEGER = "整数"
    LENGTH = "以毫米为单位的数"
    LENGTHS = "以毫米为单位的数的列表"
    CHOICES = "固定用词的列表"
    SIZE = "字号或磅数"
    PITCH = "毫米数或磅数"
    DATE = "日期"
    PATH = "文件的路径"
    PICTURE = "图片的路径，或几项的组合"
    BODY = "正文：段落、标题、表格、图等的列表"
    ITEMS = "项的列表"
    RECORDS = "几项一组的列表"
    MATERIALS = "文件路径的列表，或几项一组的列表"
    ROWS = "行的列表，每行是单元格的列表"
    REASONS = "“编号: 理由”的组合"
    GROUPS = "“组名: [简称]”的组合"
    SETTINGS = "几项的组合"


@dataclass(frozen=True, slots=True)
class Word:
    """A fixed word: *value* is what code calls it, *chinese* what offices write."""

    value: str
    chinese: tuple[str, ...]
    meaning: str = ""

    @property
    def spellings(self) -> tuple[str, ...]:
        """Every way to write it."""
        return (*self.chinese, self.value)


@dataclass(frozen=True, slots=True)
class Key:
    """A key of a mapping; *forms* are the forms that have it, none meaning all."""

    name: str  # English, and what code calls it
    chinese: str
    type: Type
    meaning: str
    example: str = ""
    words: tuple[Word, ...] = ()
    forms: tuple[str, ...] = ()
    required: bool = False
    least: float = 0
    most: float = 0
    standard: str = ""  # what GB/T 9704 says, of a key in which an office may differ

    def shown(self, english: bool) -> str:
        """The key as the writer of the file would spell it."""
        return self.name if english else self.chinese


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of mapping: what it is called and the keys it may have."""

    name: str
    chinese: str
    keys: tuple[Key, ...]

    def key(self, word: str) -> Key | None:
        """The key that *word* spells, in either language."""
        return next((key for key in self.keys if word in (key.chinese, key.name)), None)

    def named(self, name: str) -> Key:
        """The key that code calls *name*."""
        return next(key for key in self.keys if key.name == name)


# --- fixed words -----------------------------------------------------------------------------

NOTICE_GENRES = (
    "通知", "决定", "公告", "通告", "意见", "通报", "报告", "请示", "批复", "议案", "决议", "公报",
    "公文",
)  # fmt: skip
UPWARD_GENRES = ("请示", "报告", "意见", "公文")  # 上行文, 7.2.6

FORMS = (
    Word("notice", NOTICE_GENRES, "公文的一般格式（第7章）"),
    Word("letter", ("函", "信函"), "信函格式（10.1）"),
    Word("order", ("令", "命令"), "命令（令）格式（10.2）"),
    Word("minutes", ("纪要",), "纪要格式（10.3）"),
    Word("attachment", ("附件",), "不与正文一起装订的附件（7.3.7）"),
    Word(
        "plain",
        ("材料", "总结", "汇报", "讲话稿", "方案", "计划"),
        "没有版头的材料，如工作总结、会议材料",
    ),
)
LETTERHEADS = (
    Word("printed", ("有",), "印出发文机关标志和红色分隔线"),
    Word("preprinted", ("套打",), "纸上已印好，只空出位置"),
    Word("none", ("无",), "没有版头"),
)
CLASSIFICATIONS = (
    Word("top_secret", ("绝密",)),
    Word("secret", ("机密",)),
    Word("confidential", ("秘密",)),
)
URGENCIES = (Word("extra_urgent", ("特急",)), Word("urgent", ("加急",)))
SIGNATURE_PLACES = (Word("end", ("文末",)), Word("under_title", ("题下",)))
SIGNINGS = (
    Word("seal", ("加盖印章",), "7.3.5.1"),
    Word("none", ("不加盖印章",), "7.3.5.2"),
    Word("stamp", ("签名章",), "7.3.5.3"),
)
FOLIOS = (Word("outside", ("外侧",)), Word("centre", ("居中",)), Word("none", ("无",)))
BINDINGS = (
    Word("simplex", ("单面",), "各页订口都在左边"),
    Word("duplex", ("双面",), "双数页订口在右边"),
)
DRAFT_STYLES = (Word("corner", ("右上",)), Word("diagonal", ("斜印",)))
ALIGNS = (
    Word("left", ("左",)),
    Word("centre", ("中",)),
    Word("right", ("右",)),
    Word("decimal", ("小数点",)),
)
COPY_MARKS = (
    Word("margin", ("页边",), "在每页下边写明份号和收件单位"),
    Word("diagonal", ("斜印",), "在每页文字下面用浅灰色斜印"),
    Word("none", ("无",)),
)
ENCRYPTIONS = (
    Word("starttls", ("STARTTLS",), "连上以后加密，端口默认587"),
    Word("tls", ("TLS",), "一开始就加密，端口默认465"),
    Word("none", ("无",), "不加密，端口默认25；不能带用户名"),
)
FOLIO_RUNS = (
    Word("through", ("通排",), "全书的页码连续"),
    Word("own", ("各自",), "每份材料的页码从1起"),
)
PUNCTUATION = (
    Word("squeeze", ("挤压",), "相邻标点共占一个半字"),
    Word("grid", ("占格",), "每个标点占一个字"),
)
ROLES = (
    Word("fangsong", ("仿宋",)),
    Word("kaiti", ("楷体",)),
    Word("heiti", ("黑体",)),
    Word("songti", ("宋体",)),
    Word("xiaobiaosong", ("小标宋",)),
)
YES_NO = (Word("true", ("是",)), Word("false", ("否",)), Word("yes", ()), Word("no", ()))
BLANK = Word("blank", ("空白",), "留空，由人手写")
DISTRIBUTED = Word("distributed", ("分发",), "空出份号的位置，分发时每份编号")

# --- keys ------------------------------------------------------------------------------------

_HEADED = ("notice", "letter", "order", "minutes")
_SIGNED = ("notice", "letter", "order", "plain")
_WITH_IMPRINT = ("notice", "letter", "order", "minutes")
_ISSUING = ("notice", "letter", "order")
_NO_ATTACHMENT = ("notice", "letter", "order", "minutes", "plain")

DOCUMENT = Kind(
    "document",
    "公文",
    (
        Key("form", "文种", Type.CHOICE, "公文的种类，决定格式", "通知", FORMS, required=True),
        Key("version", "版本", Type.INTEGER, "这套写法的版本，现在只有1", "1"),
        Key("title", "标题", Type.TITLE, "公文标题", "关于××××××的通知", required=True),
        Key(
            "attachment_number", "附件序号", Type.INTEGER, "单独成文的附件的顺序号", "2",
            forms=("attachment",), least=1, most=999,
        ),
        Key("issuer", "发文机关", Type.LIST, "发文机关全称或规范化简称，联合行文的写成列表", "×××"),
        Key(
            "issuer_mark", "发文机关标志", Type.LIST,
            "版头上的大字；不写时由发文机关和“文件”组成", "×××文件", forms=_HEADED,
        ),
        Key(
            "letterhead", "版头", Type.CHOICE, "版头印不印", "套打", LETTERHEADS, forms=_HEADED
        ),
        Key(
            "copy_number", "份号", Type.TEXT, "一至六位数字，由程序补零；写“分发”的在分发时编号",
            "000001", forms=_HEADED,
        ),
        Key(
            "classification", "密级", Type.TEXT, "绝密、机密或秘密，可带保密期限", "机密★1年",
            CLASSIFICATIONS, forms=_HEADED,
        ),
        Key(
            "classification_term", "保密期限", Type.TEXT, "如1年、6个月、长期", "1年", forms=_HEADED
        ),
        Key("urgency", "紧急程度", Type.CHOICE, "特急或加急", "特急", URGENCIES, forms=_HEADED),
        Key(
            "document_number", "发文字号", Type.TEXT, "机关代字、年份、顺序号", "×××〔2012〕10号",
            forms=("notice", "letter", "minutes", "attachment"),
        ),
        Key("order_number", "令号", Type.TEXT, "命令（令）的编号", "第1号", forms=("order",)),
        Key(
            "signatories", "签发人", Type.LIST, "上行文的签发人姓名", "×××", forms=("notice",)
        ),
        Key(
            "addressees", "主送", Type.LIST, "主送机关；列表用逗号连接，一段文字照原样印", "×××",
            forms=("notice", "letter", "plain"),
        ),
        Key("body", "正文", Type.BODY, "一段一项", "- ××××××。", required=True),
        Key(
            "attachment_list", "附件说明", Type.LIST, "附件的名称；附件写在本文件里的可以不写",
            "- ×××", forms=_NO_ATTACHMENT,
        ),
        Key(
            "attachments", "附件", Type.RECORDS, "随文装订的附件，一个附件一项",
            "- 标题: ×××\n  正文:\n    - ××××××。", forms=_NO_ATTACHMENT,
        ),
        Key(
            "issued", "印发件", Type.RECORDS, "本件所印发的办法、规定等，另面编排，不是附件",
            "- 标题: ×××办法\n  正文:\n    - ××××××。", forms=_ISSUING,
        ),
        Key(
            "signature", "署名", Type.LIST, "落款处的机关名称；不写时同发文机关", "×××",
            forms=_NO_ATTACHMENT,
        ),
        Key(
            "signature_place", "署名位置", Type.CHOICE, "署名和日期在文末还是题下", "题下",
            SIGNATURE_PLACES, forms=("plain",),
        ),
        Key(
            "date", "成文日期", Type.DATE, "年月日；稿子里写“空白”的留空手写", "2012年7月1日",
            forms=_NO_ATTACHMENT,
        ),
        Key("signing", "落款", Type.CHOICE, "怎样落款", "加盖印章", SIGNINGS, forms=_SIGNED),
        Key(
            "seal", "印章", Type.PICTURE, "本机关印章的图片，联合行文的按发文机关的顺序写成列表",
            "印章.png", forms=_SIGNED,
        ),
        Key(
            "signature_stamp", "签名章", Type.PICTURE,
            "签发人职务和签名章的图片，联合行文的写成列表",
            "\n  职务: 市长\n  图片: 签名章.png", forms=("notice", "letter", "order"),
        ),
        Key(
            "note", "附注", Type.TEXT, "如联系人和电话；圆括号由程序加", "此件公开发布",
            forms=_NO_ATTACHMENT,
        ),
        Key("copied_to", "抄送", Type.LIST, "抄送机关", "×××，×××", forms=_WITH_IMPRINT),
        Key(
            "printed_by", "印发机关", Type.TEXT, "送印的机关", "×××办公室",
            forms=("notice", "order", "minutes"),
        ),
        Key(
            "printed_on", "印发日期", Type.DATE, "送印的日期", "2012年7月1日",
            forms=("notice", "order", "minutes"),
        ),
        Key("attended", "出席", Type.LIST, "出席人员", "×××、×××", forms=("minutes",)),
        Key("excused", "请假", Type.LIST, "请假人员", "×××", forms=("minutes",)),
        Key("observers", "列席", Type.LIST, "列席人员", "×××", forms=("minutes",)),
        Key("first_page", "起始页码", Type.INTEGER, "第一页的页码", "1", least=1, most=9999),
        Key("folio", "页码", Type.CHOICE, "页码的位置", "外侧", FOLIOS),
        Key(
            "duplex", "双面", Type.YES_NO, "双面印刷，版记在双数页；有版记时默认是", "是", YES_NO,
            forms=_WITH_IMPRINT,
        ),
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
        Key("body", "正文", Type.BODY, "所印发文件的正文", "- ××××××。", required=True),
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
SECTION = Kind(
    "section",
    "标题",
    (
        Key("title", "标题", Type.TEXT, "标题，序号由程序编排", "提高认识", required=True),
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
        Key("body", "正文", Type.BODY, "这一章的内容", "- 条: ××××××。"),
    ),
)
PART = Kind(
    "part",
    "节",
    (
        Key("part", "节", Type.TEXT, "节名，“第×节”由程序编排", "一般规定", required=True),
        Key("body", "正文", Type.BODY, "这一节的内容", "- 条: ××××××。"),
    ),
)
ARTICLE = Kind(
    "article",
    "条",
    (
        Key(
            "article", "条", Type.LINES, "条文，几款写成列表，脚注处写[注1]", "××××××。",
            required=True,
        ),
        Key("items", "项", Type.ITEMS, "项的列表", "- ×××；"),
        Key(
            "footnotes", "脚注", Type.LIST, "这一条各款、项、目的脚注，按[注1]、[注2]的顺序",
            "- ×××。",
        ),
    ),
)
ITEM = Kind(
    "item",
    "项",
    (
        Key("item", "项", Type.TEXT, "一项的文字", "×××；", required=True),
        Key("subitems", "目", Type.LIST, "目的列表", "- ×××；"),
    ),
)
TABLE = Kind(
    "table",
    "表格",
    (
        Key("table", "表格", Type.TEXT, "表题，可以空着", "×××情况表"),
        Key("header", "表头", Type.ROWS, "表头的单元格；几行的写成列表的列表", "[序号, 姓名]"),
        Key("rows", "行", Type.ROWS, "表格的各行", "- [1, ×××]", required=True),
        Key("widths", "列宽", Type.LENGTHS, "各列的宽度", "[20, 136]", least=3, most=225),
        Key("align", "对齐", Type.CHOICES, "各列的对齐", "[中, 左]", ALIGNS),
        Key("landscape", "横排", Type.YES_NO, "表格横排", "是", YES_NO),
        Key("note", "注", Type.TEXT, "表下的注", "×××"),
        Key("source", "来源", Type.TEXT, "资料来源", "×××"),
    ),
)
FIGURE = Kind(
    "figure",
    "图",
    (
        Key("figure", "图", Type.PATH, "图片的路径", "图1.png", required=True),
        Key("caption", "图题", Type.TEXT, "图题", "×××示意图"),
        Key("alternative", "替代文字", Type.TEXT, "给看不见图的人的说明", "×××", required=True),
        Key("width", "宽", Type.LENGTH, "图的宽度", "120", least=5, most=156),
    ),
)

# The file of a house's own rules.
HOUSE = Kind(
    "house",
    "本单位规定",
    (
        Key(
            "head_margin", "天头", Type.LENGTH, "版心上边到纸边", "35", least=15, most=90,
            standard="37",
        ),
        Key(
            "binding_margin", "订口", Type.LENGTH, "版心左边到纸边", "27", least=10, most=60,
            standard="28",
        ),
        Key(
            "type_area", "版心", Type.LENGTHS, "版心的宽和高", "[156, 225]", least=120, most=260,
            standard="[156, 225]",
        ),
        Key("lines", "行数", Type.INTEGER, "每面行数", "20", least=14, most=40, standard="22"),
        Key(
            "cells", "每行字数", Type.INTEGER, "每行字数，字号随之而定", "26", least=15, most=60,
            standard="28",
        ),
        Key(
            "pitch", "行距", Type.PITCH, "不写时由行数撑满版心", "28.9磅", least=3, most=14.5,
            standard="10.447",
        ),
        Key(
            "text_size", "正文字号", Type.SIZE, "不写时由每行字数得出", "16磅", least=9, most=18,
            standard="三号",
        ),
        Key(
            "title_size", "标题字号", Type.SIZE, "公文标题和附件标题", "小二", least=12, most=36,
            standard="二号",
        ),
        Key(
            "small_size", "小字字号", Type.SIZE, "版记和页码", "小四", least=6, most=18,
            standard="四号",
        ),
        Key(
            "faces", "字体", Type.PATH, "本单位字体表；五种字体各用哪个字库，标准没有规定",
            "本单位字体.toml",
        ),
        Key("latin", "数字字体", Type.CHOICE, "数字和字母用哪种字体", "宋体", ROLES),
        Key(
            "folio", "页码", Type.CHOICE, "页码的位置；文件里写了的从文件", "居中", FOLIOS,
            standard="外侧",
        ),
        Key(
            "folio_dashes", "页码一字线", Type.YES_NO, "页码两边的一字线", "否", YES_NO,
            standard="是",
        ),
        Key(
            "punctuation", "标点", Type.CHOICE, "相邻标点共占一个半字，或各占一个字", "占格",
            PUNCTUATION,
        ),
        Key("latin_gap", "西文间距", Type.YES_NO, "汉字与数字、字母之间空四分之一字", "是", YES_NO),
        Key("red_rule", "红线粗细", Type.LENGTH, "红色分隔线的粗细", "0.7", least=0.1, most=2),
        Key("mark_height", "标志字高", Type.LENGTH, "发文机关标志的字高", "12", least=5, most=40),
    ),
)  # fmt: skip

NODES = (PARAGRAPH, SECTION, CHAPTER, PART, ARTICLE, TABLE, FIGURE)
# --- what a distribution is written in --------------------------------------------------------

DISTRIBUTION = Kind(
    "distribution",
    "分发",
    (
        Key(
            "recipients", "收件", Type.RECORDS, "收件单位，一个单位一项", "- 简称: ×××",
            required=True,
        ),
        Key("groups", "组", Type.GROUPS, "几个单位合成一组", "\n  各区: [×××, ×××]"),
        Key("send_to", "发给", Type.LIST, "简称或组名；不写则发给全部收件单位", "[各区]"),
        Key(
            "first_number", "起始份号", Type.INTEGER, "没有写份号的单位从这个号起依次编号", "1",
            least=1, most=999_999,
        ),
        Key(
            "mark", "标记", Type.CHOICE,
            "每页印不印份号和收件单位；不写时只在份号没有别处可印时印在页边", "页边", COPY_MARKS,
        ),
        Key("mail", "邮件", Type.SETTINGS, "用邮件发送时的设置", "\n  发件人: ×××"),
    ),
)
RECIPIENT = Kind(
    "recipient",
    "收件单位",
    (
        Key("name", "简称", Type.TEXT, "用作文件名和标记，不能重复", "市委办", required=True),
        Key("full_name", "全称", Type.TEXT, "写在登记表和邮件里", "中共××市委办公室"),
        Key("copies", "份数", Type.INTEGER, "纸质的份数，默认1", "2", least=1, most=9999),
        Key("numbers", "份号", Type.LIST, "号码或号段；有几个号码就有几份", "[1-3, 7]"),
        Key("email", "邮箱", Type.TEXT, "电子邮件地址", "office@example.com"),
        Key("folder", "文件夹", Type.PATH, "收件的文件夹，如网络共享", "共享/市委办"),
        Key("marked", "标记", Type.YES_NO, "写“否”的不印标记", "否", YES_NO),
    ),
)
MAIL = Kind(
    "mail",
    "邮件",
    (
        Key("sender", "发件人", Type.TEXT, "发件的邮箱", "office@example.com", required=True),
        Key("server", "服务器", Type.TEXT, "SMTP 服务器", "smtp.example.com", required=True),
        Key("port", "端口", Type.INTEGER, "不写时由加密方式决定", "587", least=1, most=65535),
        Key("encryption", "加密", Type.CHOICE, "默认 STARTTLS", "TLS", ENCRYPTIONS),
        Key(
            "ca_file", "证书文件", Type.PATH,
            "内部服务器的根证书（PEM）；不写则用系统信任的证书", "根证书.pem",
        ),
        Key("user", "用户名", Type.TEXT, "不写则不登录", "office"),
        Key(
            "password_file", "口令文件", Type.PATH,
            "第一行是口令的文件；不写则用环境变量 YINFA_SMTP_PASSWORD", "口令.txt",
        ),
        Key("subject", "主题", Type.TEXT, "邮件主题，可用{{ 标题 }}等", "'{{ 标题 }}'"),
        Key("letter", "附言", Type.LINES, "邮件正文，可用{{ 收件单位 }}等", "'{{ 收件单位 }}：'"),
    ),
)  # fmt: skip
ISSUING_KINDS = (DISTRIBUTION, RECIPIENT, MAIL)

# --- what a meeting bundle is written in -------------------------------------------------------

BUNDLE = Kind(
    "bundle",
    "汇编",
    (
        Key("meeting", "会议", Type.TITLE, "会议名称", "×××会议", required=True),
        Key("title", "标题", Type.TITLE, "封面上的书名；默认“会议材料汇编”", "会议材料汇编"),
        Key(
            "date", "日期", Type.TEXT, "会期；开几天的写成2012年7月9日至11日", "2012年7月9日",
            required=True,
        ),
        Key("place", "地点", Type.TEXT, "开会的地点", "×××会议中心", required=True),
        Key("host", "主办", Type.LIST, "主办单位，印在封面上", "×××"),
        Key(
            "marks", "标记", Type.TEXT, "各份材料的标记，序号由程序加；写“无”的不印",
            "会议材料之",
        ),
        Key(
            "folios", "页码", Type.CHOICE, "全书连续编页码，还是每份材料从1起；默认通排", "通排",
            FOLIO_RUNS,
        ),
        Key("dividers", "隔页", Type.YES_NO, "每份材料前加一张隔页；默认否", "是", YES_NO),
        Key("binding", "装订", Type.CHOICE, "双数页的订口在哪一边", "单面", BINDINGS),
        Key(
            "carry_source", "随附源文件", Type.YES_NO,
            "源文件附在PDF里；有密级或收有现成的PDF时总是否", "是", YES_NO,
        ),
        Key(
            "materials", "材料", Type.MATERIALS, "各份材料，按汇编里的顺序",
            "- 报告.yaml", required=True,
        ),
    ),
)
MATERIAL = Kind(
    "material",
    "材料",
    (
        Key(
            "file", "文件", Type.PATH, "源文件（YAML），或现成的PDF", "报告.yaml", required=True
        ),
        Key("title", "标题", Type.TEXT, "目录里的标题；默认为文件自己的", "×××的报告"),
        Key("mark", "标记", Type.TEXT, "这一份自己的标记；写“无”的不印", "会议参阅材料"),
    ),
)  # fmt: skip
BUNDLE_KINDS = (BUNDLE, MATERIAL)

KINDS = (DOCUMENT, ATTACHMENT, ISSUED, SEAL, STAMP, *NODES, ITEM)


def is_key(word: str) -> bool:
    """Whether *word* is a key of any kind of mapping."""
    return any(kind.key(word) for kind in (*KINDS, *ISSUING_KINDS, *BUNDLE_KINDS))
