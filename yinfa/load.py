"""A YAML file becomes a Source: every value knows its file, line and column. The door of yaml.

Only the events of YAML are read. Nothing is guessed from a value's looks (09 stays 09), and what
an office document never needs (anchors, aliases, tags, several documents) is refused, so a file
of aliases within aliases costs nothing.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import Any

from yinfa.files import FileContent, TooLong, read_file
from yinfa.report import Finding, Place, SourceFault, system_reason

LARGEST_BYTES = 20_000_000
MOST_FINDINGS = 100
DEEPEST = 64  # levels of nesting; a document of five heading levels needs about fourteen

# What YAML refuses, and the marks that it would take for the end of a line.
_FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\U0010ffff]"
)
# YAML folds a line end to a space; beside a full-width character there must be none. This sign at
# such a line end survives YAML and is then taken out together with that space.
_FOLD = "\U0010ffff"
_WIDE = (
    (0x2E80, 0x312F), (0x3190, 0xA4CF), (0xF900, 0xFAFF), (0xFE30, 0xFE4F), (0xFF00, 0xFF60),
    (0xFFE0, 0xFFE6), (0x20000, 0x3FFFF),
)  # fmt: skip
_WIDE_MARKS = "‘’“”—…"


@dataclass(frozen=True, slots=True)
class Scalar:
    """A word or text of the source, as written; *plain* when it stands without quotes.

    *comment* is where a comment follows on the line it ends on: in a text that sign was meant.
    """

    value: str
    place: Place
    plain: bool = True
    comment: Place | None = None


@dataclass(frozen=True, slots=True)
class Sequence:
    """A list of the source."""

    items: tuple[Value, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Mapping:
    """Keys with their values, in the order of the source; a key may still stand there twice."""

    items: tuple[tuple[Scalar, Value], ...]
    place: Place


Value = Scalar | Sequence | Mapping


@dataclass(frozen=True, slots=True)
class Source:
    """A file of keys and values; *findings* are the faults that did not keep it from being read.

    Whoever reads a source adds what else is wrong with it and raises all of it together.
    """

    path: Path
    root: Mapping
    lines: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()
    file: FileContent | None = None  # None where it is no file's


def load(path: Path) -> Source:
    """What the YAML file *path* says, or a SourceFault with all that keeps it from being read."""
    file = _read(path)
    text, findings = _clean(path, _decode(path, file.content))
    composer = _Composer(path, findings)
    root = composer.compose(text)
    if isinstance(root, Mapping) and root.items:
        return Source(path, root, tuple(re.split("\r\n|\r|\n", text)), tuple(findings), file)
    if not findings:
        findings += _not_a_mapping(path, text, root)
    raise SourceFault(in_order(findings))


def in_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """*findings* by place, each once, and no more of them than anyone reads."""
    told = sorted(dict.fromkeys(findings), key=lambda finding: finding.place)
    if len(told) > MOST_FINDINGS:
        more = Finding(
            told[MOST_FINDINGS].place, f"另有 {len(told) - MOST_FINDINGS} 处", "请先改前面的"
        )
        told[MOST_FINDINGS:] = [more]
    return tuple(told)


def without_comments(file: FileContent) -> str:
    """The text of the YAML *file*, saying the same without what people noted beside it."""
    import yaml

    text, _ = _clean(file.path, _decode(file.path, file.content))
    pieces: list[str] = []
    at = 0
    parser: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    for event in yaml.parse(text, Loader=parser):
        assert event.start_mark
        assert event.end_mark
        start, end = event.start_mark.index, event.end_mark.index
        if isinstance(event, yaml.ScalarEvent) and start < end:
            scalar = text[start:end]
            if event.style in ("|", ">"):
                scalar = re.sub(r"^([|>][^\s#]*)[ \t]+#.*", r"\1", scalar)
            pieces += [_between(text[at:start], at == 0 or text[at - 1] == "\n"), scalar]
            at = end
    pieces.append(_between(text[at:], at == 0 or text[at - 1] == "\n"))
    return "".join(pieces)


def _between(text: str, line_begins: bool) -> str:
    """What stands between two scalars, without comments and the lines that hold nothing else."""
    kept: list[str] = []
    for number, line in enumerate(text.splitlines(keepends=True)):
        before, sign, comment = line.partition("#")
        if not sign:
            kept.append(line)
        elif before.strip() or not (line_begins or number):
            kept.append(before.rstrip() + comment[len(comment.rstrip("\r\n")) :])
    return "".join(kept)


# --- from the disk to characters -------------------------------------------------------------


def _read(path: Path) -> FileContent:
    """The file *path*, not more than a document may have."""
    try:
        if path.exists() and not path.is_file():
            raise _fault(path, "不是文件", "请给出一个 .yaml 文件")
        return read_file(path, LARGEST_BYTES)
    except TooLong as error:
        raise _fault(
            path,
            f"文件太大：{error.size / 1e6:.1f} MB，最多 {LARGEST_BYTES / 1e6:.0f} MB",
            "请拆成几个文件；图片另存为文件，在这里写它的路径",
        ) from None
    except FileNotFoundError:
        raise _fault(path, "找不到这个文件", "请核对文件名和所在文件夹") from None
    except PermissionError:
        raise _fault(path, "没有读这个文件的权限", "请检查文件的权限") from None
    except (OSError, ValueError) as error:
        reason = system_reason(error) if isinstance(error, OSError) else "文件名里有不能用的字符"
        raise _fault(path, f"读不了这个文件：{reason}", "请核对文件名和磁盘") from None


def _decode(path: Path, data: bytes) -> str:
    """The text of *data*, without byte order mark."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise _fault(path, "文件是 UTF-16 编码，应为 UTF-8", "请用编辑器另存为 UTF-8 编码", 1, 1)
    if b"\0" in data:
        raise _fault(
            path, "不是文本文件", "请给出 .yaml 文件；Word、WPS 文件请先用 yinfa import 转换"
        )
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        start = error.start + (3 if data.startswith(b"\xef\xbb\xbf") else 0)
        line = data.count(b"\n", 0, start) + 1
        head = data[data.rfind(b"\n", 0, start) + 1 : start]
        column = len(head.decode("utf-8-sig", "replace")) + 1
        message = f"不是 UTF-8 编码：第 {start + 1} 个字节是 0x{data[start]:02X}"
        hint = "文件可能已损坏；请用编辑器打开，另存为 UTF-8 编码"
        if _looks_like_gb18030(data):
            hint = "文件像是 GB18030（GBK、ANSI）编码；请用编辑器打开，另存为 UTF-8 编码"
        raise _fault(path, message, hint, line, column) from None


def _looks_like_gb18030(data: bytes) -> bool:
    """Whether GB18030 reads *data* as mostly Chinese."""
    try:
        wide = [char for char in data[:100_000].decode("gb18030", "strict") if char > "\x7f"]
    except UnicodeDecodeError as error:
        return len(data) > 100_000 and error.start > 99_990  # cut within a character
    han = sum("\u4e00" <= char <= "\u9fff" or "\u3000" <= char <= "\u303f" for char in wide)
    return han * 2 > len(wide)


def _clean(path: Path, text: str) -> tuple[str, list[Finding]]:
    """*text* with blanks for the characters that YAML refuses, and a finding for each of them."""
    findings: list[Finding] = []
    if not _FORBIDDEN.search(text):
        return text, findings
    starts = [0, *(match.end() for match in re.finditer(r"\r\n|\r|\n", text))]
    for match in islice(_FORBIDDEN.finditer(text), MOST_FINDINGS + 1):
        line = bisect_right(starts, match.start())
        place = Place(path, line, match.start() - starts[line - 1] + 1)
        findings.append(
            Finding(
                place,
                f"文件中有控制字符 U+{ord(match[0]):04X}",
                "这个字符看不见，多半是从别处粘贴时带来的；请把光标移到此处删去",
            )
        )
    return _FORBIDDEN.sub(" ", text), findings


def _is_wide(char: str) -> bool:
    """Whether *char* takes a whole cell, so that no space belongs beside it."""
    code = ord(char)
    return code > 0x2000 and (
        char in _WIDE_MARKS or any(low <= code <= high for low, high in _WIDE)
    )


def _mark_folds(text: str) -> str:
    """*text* with a sign at each line end that must not become a space."""
    lines = text.split("\n")
    for number, following in enumerate(lines[1:]):
        before, after = lines[number].rstrip(" \t\r"), following.lstrip(" \t\r")
        # After anything but a letter or digit the line end may be one of YAML's own.
        if (before and after) and (
            _is_wide(before[-1])
            or (
                _is_wide(after[0])
                and (before[-1].isalnum() or before[-1] == "%")
                and before[-2:-1] not in tuple("|>+-")
            )
        ):
            lines[number] = before + _FOLD
    return "\n".join(lines)


# --- from characters to values ---------------------------------------------------------------


class _Composer:
    """Puts values together from the events of YAML, and remembers the open ones on the way."""

    def __init__(self, path: Path, findings: list[Finding]) -> None:
        self.path = path
        self.findings = findings
        self.open: list[tuple[list[Value], Place, bool]] = []
        self.root: Value | None = None
        self.lines: list[str] = []
        self.read = 0  # lines that YAML has taken
        self.tight: set[Place] = set()  # dashes without the blank that makes an item

    def compose(self, text: str) -> Value | None:
        """The value of the whole *text*; None where there is none or YAML cannot read it."""
        import yaml

        parser: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
        handlers: dict[type, Any] = {
            yaml.ScalarEvent: self._scalar,
            yaml.SequenceStartEvent: self._start,
            yaml.MappingStartEvent: self._start,
            yaml.SequenceEndEvent: self._end,
            yaml.MappingEndEvent: self._end,
            yaml.AliasEvent: self._alias,
            yaml.DocumentStartEvent: self._document,
        }
        documents = 0
        try:
            marked = _mark_folds(text)
            self.lines = marked.split("\n")
            for event in yaml.parse(marked, Loader=parser):
                handler = handlers.get(type(event))
                if handler is None:
                    continue
                documents += isinstance(event, yaml.DocumentStartEvent)
                if documents > 1:
                    self._wrong(
                        event,
                        "一个文件里有不止一份 YAML 文档（又有一行“---”）",
                        "一份公文写一个文件；附件写在“附件”下",
                    )
                    break
                if len(self.open) > DEEPEST:
                    self._wrong(event, f"嵌套超过 {DEEPEST} 层", "请检查缩进和括号")
                    return None
                handler(event)
        except yaml.MarkedYAMLError as error:
            from yinfa.yaml_faults import explain

            first = min((place.line - 1 for place in self.tight), default=self.read)
            self.findings += explain(self.path, text, error, first)
            return None
        except yaml.YAMLError as error:
            at = getattr(error, "position", None)
            where = f"第 {at} 个字节附近" if isinstance(at, int) else "里面"
            message = f"YAML 读不了这个文件：{where}有不能用的字符"
            self.findings.append(Finding(Place(self.path), message, "请检查文件内容"))
            return None
        return self.root

    def _place(self, event: Any) -> Place:
        return Place(self.path, event.start_mark.line + 1, event.start_mark.column + 1)

    def _wrong(self, event: Any, message: str, hint: str) -> None:
        self.findings.append(Finding(self._place(event), message, hint))

    def _put(self, value: Value) -> None:
        if self.open:
            self.open[-1][0].append(value)
        else:
            self.root = value

    def _refuse_marks(self, event: Any) -> None:
        """Tell of the anchor and the tag of *event*."""
        if event.anchor is not None:
            self._wrong(
                event,
                f"不支持 YAML 的锚点“&{event.anchor}”",
                "是正文的，请给整段加上单引号；要重复的内容请照写一遍",
            )
        if event.tag is not None and event.tag != "!":
            self._wrong(
                event,
                f"不支持 YAML 的类型标记“{event.tag}”",
                "是正文的，请给整段加上单引号；不是的，请删去",
            )

    def _document(self, event: Any) -> None:
        """The beginning of the document says nothing."""

    def _scalar(self, event: Any) -> None:
        self._refuse_marks(event)
        value = event.value
        if _FOLD in value:
            value = value.replace(_FOLD + " ", "").replace(_FOLD, "")
        if not event.style:
            self._refuse_dashes(event)
        self.read = event.end_mark.line + (1 if event.end_mark.column else 0)
        self._put(Scalar(value, self._place(event), not event.style, self._comment(event)))

    def _refuse_dashes(self, event: Any) -> None:
        """Tell of the lines of *event* that were meant to open an item of a list."""
        start, end = event.start_mark, event.end_mark
        if start.line == end.line and not event.value.startswith("-"):
            return
        from yinfa.yaml_faults import dashes  # only needed in trouble, or for texts of many lines

        found = dashes(self.path, self.lines, start, end)
        self.findings += found
        self.tight.update(finding.place for finding in found)

    def _comment(self, event: Any) -> Place | None:
        """Where YAML cuts the line on which *event* ends, taking the rest for a comment."""
        end = event.end_mark
        rest = self.lines[end.line][end.column :] if end.line < len(self.lines) else ""
        if event.style or not re.match(r"[ \t]+#", rest):
            return None
        return Place(self.path, end.line + 1, end.column + rest.index("#") + 1)

    def _start(self, event: Any) -> None:
        self._refuse_marks(event)
        is_mapping = "Mapping" in type(event).__name__
        self.open.append(([], self._place(event), is_mapping))

    def _end(self, event: Any) -> None:
        values, place, is_mapping = self.open.pop()
        if is_mapping:
            pairs = tuple(self._pairs(values))
            meant = any(key.place in self.tight for key, _ in pairs)
            self._put(self._as_meant(pairs, place) if meant else Mapping(pairs, place))
        else:
            self._put(Sequence(tuple(values), place))

    def _pairs(self, values: list[Value]) -> Iterable[tuple[Scalar, Value]]:
        for key, value in zip(values[::2], values[1::2], strict=True):
            if not isinstance(key, Scalar):
                self.findings.append(
                    Finding(key.place, "键不是一个词", "“{ } [ ] ?”是 YAML 的符号，正文请加单引号")
                )
            elif key.value == "<<" and key.plain:
                self.findings.append(
                    Finding(key.place, "不支持 YAML 的合并键“<<”", "请把内容照写一遍")
                )
            else:
                yield key, value

    def _as_meant(self, pairs: Iterable[tuple[Scalar, Value]], place: Place) -> Value:
        """The list that *pairs* are when their dashes have a blank, so that all else is told."""
        items: list[list[tuple[Scalar, Value]]] = []
        for key, value in pairs:
            opens = key.place in self.tight
            if opens or not items:
                items.append([])
            meant = replace(key, value=key.value.removeprefix("-")) if opens else key
            items[-1].append((meant, value))
        return Sequence(tuple(Mapping(tuple(item), item[0][0].place) for item in items), place)

    def _alias(self, event: Any) -> None:
        self._wrong(
            event,
            f"不支持 YAML 的别名“*{event.anchor}”",
            "星号开头的正文请给整段加上单引号；要重复的内容请照写一遍",
        )
        self._put(Scalar("", self._place(event)))


# --- what is said of a file as a whole -------------------------------------------------------


def _not_a_mapping(path: Path, text: str, root: Value | None) -> list[Finding]:
    """Why *root* is no document: nothing there, or not keys with values."""
    from yinfa.yaml_faults import tight_keys  # only needed in trouble

    if root is None or not text.strip() or (isinstance(root, Mapping) and not root.items):
        hint = "至少写上一项“键: 值”；公文要有“文种”“标题”和“正文”"
        message = "文件是空的" if not text.strip() else "文件里没有内容，只有注释或空行"
        return [Finding(Place(path, 1, 1), message, hint)]
    if tight := tight_keys(path, text):
        return tight
    hint = "每行写一项，如“标题: 关于……的通知”；冒号用半角，后面空一格"
    return [Finding(root.place, "文件的内容应是一项一项的“键: 值”", hint)]


def _fault(path: Path, message: str, hint: str, line: int = 0, column: int = 0) -> SourceFault:
    """A fault of one finding at *line* and *column* of *path*."""
    return SourceFault((Finding(Place(path, line, column), message, hint),))
