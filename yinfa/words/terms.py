"""What keys and fixed words are, and the fixed words themselves."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from yinfa.forms import forms


class Type(StrEnum):
    """What may stand behind a key."""

    TEXT = "一段文字"
    LINES = "一段文字，或一行一项的列表"
    LIST = "列表，或一段文字"
    TITLE = "标题，可用“|”分行，也可写成一行一项的列表"
    CHOICE = "固定用词"
    YES_NO = "是或否"
    INTEGER = "整数"
    ORDINAL = "数，或照样印的序号"
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
    ROSTER = "姓名的列表，或每人一行的列表"
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

_SERIAL = "(?:[1-9][0-9]*|×+|[一二三四五六七八九十百]+)"
# The numbers of minutes, whose form 10.3 leaves to the office, beside that of 7.2.5.
MINUTES_NUMBER = (
    f"(?:〔(?:[0-9]{{4}}|×{{4}})〕第?|(?:(?:[0-9]{{4}}|×{{4}})年)?第){_SERIAL}[期号次]"
    f"(?:（总第{_SERIAL}[期号次]）)?"
)
FORMS = tuple(Word(form.name, form.genres, form.meaning) for form in forms())
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
WEIGHTS = (
    Word("error", ("错误",)),
    Word("warning", ("警告",)),
    Word("note", ("提示",)),
)
ALIGNS = (
    Word("left", ("左",)),
    Word("centre", ("中",)),
    Word("right", ("右",)),
    Word("decimal", ("小数点",)),
)
RULINGS = (
    Word("grid", ("全框",), "每格都有框线"),
    Word("three", ("三线",), "表头上下和表尾三条线"),
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
LEVELS = (
    Word("1", ("一级",), "一、"),
    Word("2", ("二级",), "（一）"),
    Word("3", ("三级",), "1."),
    Word("4", ("四级",), "（1）"),
)
YES_NO = (Word("true", ("是",)), Word("false", ("否",)), Word("yes", ()), Word("no", ()))
FORMATS = (Word("pdf", ("PDF",)), Word("ofd", ("OFD",)))
BLANK = Word("blank", ("空白",), "留空，由人手写")
DISTRIBUTED = Word("distributed", ("分发",), "空出份号的位置，分发时每份编号")
