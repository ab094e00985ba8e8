"""The keys of the files beside documents: a house's own rules, a distribution, a bundle."""

from __future__ import annotations

from yinfa.words.terms import (
    BINDINGS,
    COPY_MARKS,
    ENCRYPTIONS,
    FOLIO_RUNS,
    FOLIOS,
    FORMATS,
    PUNCTUATION,
    ROLES,
    WEIGHTS,
    YES_NO,
    Key,
    Kind,
    Type,
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
        Key(
            "formats", "版式", Type.CHOICES, "生成哪些版式文件；默认只有pdf，写上ofd的另出OFD",
            "[pdf, ofd]", FORMATS,
        ),
    ),
)  # fmt: skip

# --- an office's own list of words ------------------------------------------------------------

WORD_LIST = Kind(
    "word_list",
    "词表",
    (
        Key("add", "增加", Type.RECORDS, "检查时要指出的词，一个词一项", "- 误: ××"),
        Key("off", "停用", Type.LIST, "不再指出的词，写它的“误”", "[部份]"),
    ),
)
MISPRINT = Kind(
    "misprint",
    "词条",
    (
        Key("wrong", "误", Type.TEXT, "写错的词", "座谈记要", required=True),
        Key("right", "正", Type.TEXT, "应写的词", "座谈纪要", required=True),
        Key("before", "前文", Type.LIST, "紧接在前面时不算错的字", "[登]"),
        Key("after", "后文", Type.LIST, "紧接在后面时不算错的字", "[求]"),
        Key("weight", "分量", Type.CHOICE, "错误、警告或提示；默认警告", "提示", WEIGHTS),
        Key("example", "例", Type.TEXT, "有这个错词的一句话，用来核对词条", "印发座谈记要"),
    ),
)
WORD_LIST_KINDS = (WORD_LIST, MISPRINT)

# --- what a distribution is written in --------------------------------------------------------

DISTRIBUTION = Kind(
    "distribution",
    "分发",
    (
        Key(
            "recipients",
            "收件",
            Type.RECORDS,
            "收件单位，一个单位一项",
            "- 简称: ×××",
            required=True,
        ),
        Key("groups", "组", Type.GROUPS, "几个单位合成一组", "\n  各区: [×××, ×××]"),
        Key("send_to", "发给", Type.LIST, "简称或组名；不写则发给全部收件单位", "[各区]"),
        Key(
            "first_number",
            "起始份号",
            Type.INTEGER,
            "没有写份号的单位从这个号起依次编号",
            "1",
            least=1,
            most=999_999,
        ),
        Key(
            "mark",
            "标记",
            Type.CHOICE,
            "每页印不印份号和收件单位；不写时只在份号没有别处可印时印在页边",
            "页边",
            COPY_MARKS,
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
            "date",
            "日期",
            Type.TEXT,
            "会期；开几天的写成2012年7月9日至11日",
            "2012年7月9日",
            required=True,
        ),
        Key("place", "地点", Type.TEXT, "开会的地点", "×××会议中心", required=True),
        Key("host", "主办", Type.LIST, "主办单位，印在封面上", "×××"),
        Key(
            "marks",
            "标记",
            Type.TEXT,
            "各份材料的标记，序号由程序加；写“无”的不印",
            "会议材料之",
        ),
        Key(
            "folios",
            "页码",
            Type.CHOICE,
            "全书连续编页码，还是每份材料从1起；默认通排",
            "通排",
            FOLIO_RUNS,
        ),
        Key("dividers", "隔页", Type.YES_NO, "每份材料前加一张隔页；默认否", "是", YES_NO),
        Key("binding", "装订", Type.CHOICE, "双数页的订口在哪一边", "单面", BINDINGS),
        Key(
            "carry_source",
            "随附源文件",
            Type.YES_NO,
            "源文件附在PDF里；有密级或收有现成的PDF时总是否",
            "是",
            YES_NO,
        ),
        Key(
            "materials",
            "材料",
            Type.MATERIALS,
            "各份材料，按汇编里的顺序",
            "- 报告.yaml",
            required=True,
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
