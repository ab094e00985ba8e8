"""What is read of one source, and all that is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from yinfa.files import KnownFile
from yinfa.load import Mapping, Scalar, Sequence, Source, Value, in_order
from yinfa.model import Text
from yinfa.report import Finding, Place, Severity, SourceFault
from yinfa.validating import characters, dates
from yinfa.validating.labels import typed_label
from yinfa.validating.markup import markup
from yinfa.words import BLANK, FORMS, KINDS, Key, Kind, Type, Word, is_key

# White space at the ends of a text says nothing; what is no white space is told of.
_EDGES = " \t\r\n\u00a0\u2002\u2003\u2009\u3000"

MOST_SHOWN = 12
LONGEST_TEXT = 200  # lines
MOST_TYPED = 40  # characters of what is cited

_LENGTH = re.compile(r"(\d+(?:\.\d+)?)\s*(?:mm|毫米)?")
_INTEGER = re.compile(r"\d{1,9}")
_LINE_END = re.compile(r"[\n|]")  # of a title
_YES = ("是", "true", "yes", "True", "Yes", "TRUE", "YES")
_NO = ("否", "false", "no", "False", "No", "FALSE", "NO")


def shape(value: Value) -> str:
    """What *value* is, for people."""
    if isinstance(value, Mapping):
        return "“键: 值”的组合"
    if isinstance(value, Sequence):
        return "列表"
    return "一段文字" if value.value.strip() else "空的"


@dataclass(frozen=True, slots=True)
class NamedPicture:
    """A picture file, read once however often it is named: its size, or what is wrong with it."""

    file: KnownFile | None  # None where it cannot be printed
    width: float = 0.0  # in its own units
    height: float = 0.0
    natural_mm: float = 0.0  # its width by its own resolution
    message: str = ""  # to follow on the key that names it
    hint: str = ""


class Reader:
    """Reads values and remembers what is wrong with them, so that all is told at once.

    Where its texts are *printed*, what stands behind a # is told of: it may be meant as text.
    """

    def __init__(self, source: Source, *, printed: bool = True) -> None:
        self.source = source
        self.printed = printed
        self.folder = source.path.parent
        self.findings: list[Finding] = list(source.findings)
        self.remarks: list[Finding] = []
        self.pictures: dict[Path, NamedPicture] = {}
        known = [key.value for key, _ in source.root.items if is_key(key.value)]
        self.english = sum(word.isascii() for word in known) * 2 > len(known)

    def wrong(self, place: Place, message: str, hint: str = "", clause: str = "") -> None:
        """Remember that *message* is true of *place*."""
        self.findings.append(Finding(place, message, hint, clause=clause))

    def remark(self, place: Place, message: str, hint: str = "", clause: str = "") -> None:
        """Remember what the office should know of *place*, though it may be as it wants it."""
        self.remarks.append(Finding(place, message, hint, Severity.WARNING, clause=clause))

    def word(self, kind: Kind, name: str) -> str:
        """The key *name* of *kind* in the language of the file."""
        return kind.named(name).shown(self.english)

    def settle(self) -> None:
        """Raise what was found, sorted by place, or nothing."""
        if self.findings:
            raise SourceFault(in_order(self.findings))

    def fields(self, value: Value, kind: Kind, form: str = "") -> Fields:
        """The values of a mapping of *kind*, each under the name that code uses."""
        fields = Fields(self, kind, value.place)
        if not isinstance(value, Mapping):
            self.wrong(
                value.place,
                f"“{kind.chinese}”应写成“键: 值”的组合，这里是{shape(value)}",
                "一行写一项",
            )
            return fields
        meant: set[str] = set()
        for word, content in value.items:
            key = kind.key(word.value)
            if key is None:
                meant.add(self._unknown(word, kind))
            elif key.name in fields.entries:
                first = fields.entries[key.name][0].place
                self.wrong(
                    word.place,
                    f"“{word.value}”写了两次，第一次在第{first.line}行",
                    "请合成一项，或删去一项",
                )
            elif form and key.forms and form not in key.forms:
                self._elsewhere(word, key, form)
            else:
                fields.entries[key.name] = (word, content)
        for key in kind.keys:
            if key.required and key.name not in {*fields.entries, *meant}:
                self._missing(value.place, key)
        return fields

    def _missing(self, place: Place, key: Key) -> None:
        """Tell of a key that must be there."""
        shown = key.shown(self.english)
        hint = f"请写上，如“{shown}: {key.example}”"
        if key.example.startswith("- "):
            hint = f"请写上“{shown}:”，下一行起每行一项，如“  {key.example}”"
        self.wrong(place, f"缺少“{shown}”", hint)

    def _unknown(self, word: Scalar, kind: Kind) -> str:
        """Tell of a key that nobody knows; give the name of the known one that is nearest."""
        english = bool(word.value) and word.value.isascii()
        known = [key.shown(english) for key in kind.keys]
        near = nearest(word.value, known)
        others = [other for other in KINDS if other is not kind and other.key(word.value)]
        if near:
            hint = f"是不是“{near}”？"
        elif others:
            names = "、".join(dict.fromkeys(f"“{other.chinese}”" for other in others))
            hint = f"这个键只用在{names}里，请检查缩进"
        else:
            shown = [key.shown(self.english) for key in kind.keys[:MOST_SHOWN]]
            hint = f"可用的有：{'、'.join(shown)}{'等，见使用手册' * (len(known) > MOST_SHOWN)}"
        self.wrong(word.place, f"“{kind.chinese}”里没有“{clip(word.value)}”这个键", hint)
        key = kind.key(near)
        return key.name if key else ""

    def _elsewhere(self, word: Scalar, key: Key, form: str) -> None:
        """Tell of a key that belongs to other forms."""
        has = "、".join(
            item.value if self.english else item.chinese[0]
            for item in FORMS
            if item.value in key.forms
        )
        this = next(item for item in FORMS if item.value == form)
        name = this.value if self.english else this.chinese[0]
        self.wrong(
            word.place,
            f"“{name}”一类的文种不用“{word.value}”",
            f"用它的文种：{has}等；不需要的请删去",
        )

    def text(self, value: Value, what: str, empty: bool = False) -> Text:
        """The words of *value*, stripped; *what* says in messages what it is."""
        if not isinstance(value, Scalar):
            self.wrong(value.place, f"“{what}”应是一段文字，这里是{shape(value)}", _unquoted(value))
            return Text("", value.place)
        words = value.value.strip(_EDGES)
        if not words and not empty:
            self.wrong(
                value.place,
                f"“{what}”是空的",
                "请写上内容；内容以“#”开头的，给整段加上单引号",
            )
        if value.comment and self.printed:
            self.wrong(
                value.comment,
                f"“{what}”从“#”起的字不会排进去：空格加“#”在 YAML 里是注释",
                "要排这些字，请给整段加上单引号；真是注释，请另起一行写",
            )
        for char, message, hint in characters.faults(words):
            self.wrong(self.find(value.place, char), f"“{what}”中有{message}", hint)
        if self.printed:
            self._remark_look(value, words, what)
        return Text(words, value.place)

    def _remark_look(self, value: Scalar, words: str, what: str) -> None:
        """Tell of what is not what it looks like: characters, and the markup of others."""
        for char, message, hint in characters.look_alikes(words):
            self.remark(self.find(value.place, char), f"“{what}”中有{message}", hint)
        for typed, language, cure in markup(words):
            self.remark(
                self.find(value.place, typed),
                f"“{what}”中的“{clip(typed, MOST_TYPED)}”像 {language} 的写法，会照原样印出来",
                f"{cure}；就是要印这些字的，不必改",
            )

    def find(self, place: Place, sought: str) -> Place:
        """Where *sought* stands in the file, looking from *place* on."""
        first, column = place.line, place.column - 1
        for line, words in enumerate(self.source.lines[first - 1 : first + LONGEST_TEXT], first):
            found = words.find(sought, column)
            if found >= 0:
                return Place(place.path, line, found + 1)
            column = 0
        return place

    def texts(self, value: Value, what: str) -> tuple[Text, ...]:
        """The texts of a list, or the one text that stands for a list of one."""
        if isinstance(value, Sequence):
            if not value.items:
                self.wrong(value.place, f"“{what}”是空的", "请写上内容，或删去这一项")
            return tuple(self.text(item, what) for item in value.items)
        return (self.text(value, what),)


def nearest(word: str, known: list[str]) -> str:
    """The one of *known* that *word* most likely means, or nothing."""
    from difflib import get_close_matches  # only needed in trouble

    return next(iter(get_close_matches(word[:40], known, 1, 0.5)), "")


def clip(words: str, most: int = 20) -> str:
    """*words*, or their beginning when they are long."""
    words = " ".join(words.split())
    return words if len(words) <= most else words[:most] + "……"


def _unquoted(value: Value) -> str:
    """How a text came to be no text."""
    if isinstance(value, Mapping) and value.items:
        return "正文里的“: ”（半角冒号加空格）请改成全角“：”，或给整段加上单引号"
    return "“[”“{”或“- ”开头的文字，请给整段加上单引号"


@dataclass
class Fields:
    """The values of one mapping, taken out one by one under the names of the table of words."""

    reader: Reader
    kind: Kind
    place: Place

    def __post_init__(self) -> None:
        self.entries: dict[str, tuple[Scalar, Value]] = {}

    def __contains__(self, name: str) -> bool:
        return name in self.entries

    def shown(self, name: str) -> str:
        """The key *name* as this file spells it."""
        if name in self.entries:
            return self.entries[name][0].value
        return self.kind.named(name).shown(self.reader.english)

    def key_place(self, name: str) -> Place:
        """Where the key *name* stands, or the mapping when it is not there."""
        return self.entries[name][0].place if name in self.entries else self.place

    def value_place(self, name: str) -> Place | None:
        """Where the value of *name* begins, if it is there."""
        return self.entries[name][1].place if name in self.entries else None

    def wrong(self, name: str, message: str, hint: str = "", clause: str = "") -> None:
        """Remember that *message* is true of the value of *name*."""
        self.reader.wrong(self.value_place(name) or self.place, message, hint, clause)

    def value(self, name: str, *types: Type) -> Value | None:
        """The value of *name*, which the table of words declares to be one of *types*."""
        assert self.kind.named(name).type in types, name
        return self.entries[name][1] if name in self.entries else None

    def text(self, name: str, empty: bool = False) -> Text | None:
        """The text of *name*."""
        value = self.value(name, Type.TEXT, Type.PATH, Type.SIZE, Type.PITCH)
        if value is None:
            return None
        text = self.reader.text(value, self.shown(name), empty)
        self._refuse_label(name, text)
        return text or None

    def texts(self, name: str) -> tuple[Text, ...]:
        """The texts of *name*, one or many."""
        value = self.value(name, Type.LIST, Type.LINES)
        if value is None:
            return ()
        found = tuple(filter(None, self.reader.texts(value, self.shown(name))))
        for text in found:
            self._refuse_label(name, text)
        return found

    def _refuse_label(self, name: str, text: Text) -> None:
        """Tell of a label before *text* that is printed anyway."""
        if label := typed_label(self.kind, self.kind.named(name), text.value):
            self.reader.wrong(
                text.place,
                f"“{self.shown(name)}”里又写了“{label}”",
                "只写内容：标签和序号由程序编排，请删去，否则会印两次",
            )

    def title(self, name: str = "title") -> tuple[Text, tuple[Text, ...]]:
        """A title as one text, and its lines where the source breaks it."""
        value = self.value(name, Type.TITLE)
        if value is None:
            return Text("", self.place), ()
        items = value.items if isinstance(value, Sequence) else (value,)
        parts = tuple(part for item in items for part in _lines(item))
        texts = self.reader.texts(Sequence(parts, value.place), self.shown(name))
        lines = tuple(filter(None, texts))
        if not lines:
            return Text("", value.place), ()
        whole = Text(_joined(lines), lines[0].place)
        return whole, lines if len(lines) > 1 else ()

    def choice(self, name: str) -> Word | None:
        """The fixed word of *name*."""
        value = self.value(name, Type.CHOICE)
        if value is None:
            return None
        return self.fixed(name, value)

    def fixed(self, name: str, value: Value) -> Word | None:
        """The fixed word that *value* spells."""
        words = self.kind.named(name).words
        text = self.reader.text(value, self.shown(name))
        found = next((word for word in words if text.value in word.spellings), None)
        if found is None and text:
            english = text.value.isascii()
            known = [s for word in words for s in ((word.value,) if english else word.chinese)]
            near = nearest(text.value, known)
            hint = f"是不是“{near}”？" if near else f"可用的有：{'、'.join(known)}"
            self.reader.wrong(text.place, f"“{self.shown(name)}”不能是“{clip(text.value)}”", hint)
        return found

    def choices(self, name: str) -> tuple[Word, ...]:
        """The fixed words of a list."""
        value = self.value(name, Type.CHOICES)
        if value is None:
            return ()
        items = value.items if isinstance(value, Sequence) else (value,)
        found = (self.fixed(name, item) for item in items)
        return tuple(word for word in found if word)

    def yes(self, name: str, default: bool) -> bool:
        """Whether *name* says yes."""
        value = self.value(name, Type.YES_NO)
        if value is None:
            return default
        text = self.reader.text(value, self.shown(name))
        if text and text.value not in _YES + _NO:
            words = "true 或 false" if self.reader.english else "是或否"
            self.wrong(name, f"“{self.shown(name)}”不能是“{clip(text.value)}”", f"请写{words}")
            return default
        return text.value in _YES if text else default

    def integer(self, name: str, default: int) -> int:
        """The whole number of *name*."""
        value = self.value(name, Type.INTEGER)
        if value is None:
            return default
        text = self.reader.text(value, self.shown(name))
        if not text:
            return default
        if not text.value.isascii() or not _INTEGER.fullmatch(text.value):
            self.wrong(
                name,
                f"“{self.shown(name)}”应是整数，这里是“{clip(text.value)}”",
                "只写半角阿拉伯数字，如 1",
            )
            return default
        number = int(text.value)
        return number if self._within(name, number, text.place, "") else default

    def length_mm(self, name: str, default: float) -> float:
        """The length of *name*."""
        value = self.value(name, Type.LENGTH)
        return default if value is None else self._length_mm(name, value) or default

    def lengths_mm(self, name: str) -> tuple[float, ...]:
        """The lengths of a list."""
        value = self.value(name, Type.LENGTHS)
        if value is None:
            return ()
        if not isinstance(value, Sequence):
            example = self.kind.named(name).example
            self.wrong(name, f"“{self.shown(name)}”应是几个数的列表", f"写成 {example} 的样子")
            return ()
        return tuple(self._length_mm(name, item) for item in value.items)

    def _length_mm(self, name: str, value: Value) -> float:
        text = self.reader.text(value, self.shown(name))
        match = _LENGTH.fullmatch(text.value)
        if not match or not match[1].isascii():
            if text:
                self.reader.wrong(
                    text.place,
                    f"“{self.shown(name)}”应是以毫米为单位的数，这里是“{clip(text.value)}”",
                    f"只写数字，如 {self.kind.named(name).example.strip('[]').split(',')[0]}",
                )
            return 0.0
        length = float(match[1])
        return length if self._within(name, length, text.place, " mm") else 0.0

    def _within(self, name: str, number: float, place: Place, unit: str) -> bool:
        key = self.kind.named(name)
        if number < key.least or (key.most and number > key.most):
            span = f"在 {key.least:g} 到 {key.most:g}{unit} 之间"
            self.reader.wrong(
                place,
                f"“{self.shown(name)}”是 {number:g}{unit}，"
                f"应{span if key.most else f'不小于 {key.least:g}{unit}'}",
                "请改成这个范围里的数",
            )
            return False
        return True

    def date(self, name: str) -> dates.Day:
        """The day of *name*; the word 空白 gives a blank one."""
        value = self.value(name, Type.DATE)
        if value is None:
            return dates.Day()
        text = self.reader.text(value, self.shown(name))
        if text.value in BLANK.spellings:
            return dates.Day(place=text.place, blank=True)
        date, message, hint = dates.read(text.value)
        if text and message:
            self.wrong(name, f"“{self.shown(name)}”{message}", hint, "7.3.5.4")
        elif (arabic := dates.in_arabic(text.value)) != text.value:
            said = f"“{self.shown(name)}”写的是汉字，印成“{arabic}”"
            self.reader.remark(text.place, said, "成文日期用阿拉伯数字，可以照改", "7.3.5.4")
        return dates.Day(date, text.place)

    def items(self, name: str, *types: Type) -> Iterator[Value]:
        """The values of a list; one value that is no list stands for a list of one."""
        value = self.value(name, *types)
        if isinstance(value, Sequence):
            if not value.items:
                self.wrong(name, f"“{self.shown(name)}”是空的", "请写上内容，或删去这一项")
            yield from value.items
        elif value is not None:
            yield value


def _lines(value: Value) -> Iterator[Value]:
    """The lines of a title that the source breaks itself."""
    if not isinstance(value, Scalar):
        yield value
        return
    *lines, last = [line for line in _LINE_END.split(value.value) if line.strip()] or [""]
    for line in lines:
        yield replace(value, value=line, comment=None)
    yield replace(value, value=last)


def _joined(lines: tuple[Text, ...]) -> str:
    """Lines of a title as one: Latin words keep their distance."""
    whole = lines[0].value
    for line in lines[1:]:
        space = " " if whole[-1].isascii() and line.value[0].isascii() else ""
        whole += space + line.value
    return whole
