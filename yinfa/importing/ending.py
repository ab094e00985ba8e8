"""What stands below the text: 附件说明, signature and date, 附注, 版记, 7.3.4 to 7.4."""

from __future__ import annotations

import datetime
import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from yinfa.arranging.numbering import written_date
from yinfa.importing.draft import At, DraftLine, Notebook, Tree
from yinfa.importing.marks import date_of, is_marked
from yinfa.importing.title import ORGANISATION, is_title_like, packed
from yinfa.reading_order import SPACE

MOST_SIGNATURES = 60
LONGEST_SIGNATURE = 40
_NOT_IN_SIGNATURE = re.compile("[，。；！？,;!?]")
_POST_AND_NAME = re.compile(
    r"(?P<post>\S{0,30}?(?:[长任]|总理|主席|书记|总统|代表|专员|总监|总裁|会长|董事长|总经理))"
    r"[：:]?(?P<name>[\u3400-\u9fff×·]{2,6})"
)
_SEALED = re.compile(r"[（(]\s*(?:公\s*章|盖\s*章|印\s*章|章|印|签\s*章|公章或签字)\s*[）)]$")
_TAIL_DATE = re.compile(
    r"(?P<name>\S.{1,60}?)\s*(?P<date>(?:\d{4}|[一二][〇○ＯOО零０一二三四五六七八九]{3})\s*年[^年]{2,8}日)"
)

_LIST = re.compile(r"附\s*件\s*[：:]\s*")
_LISTED = re.compile(r"(\d{1,3})\s*[.．、]\s*(?=\S)", re.ASCII)
_FILE_NAME = re.compile(r"\.(?:docx?|xlsx?|pptx?|pdf|wps|et|txt|zip|rar|ofd)$", re.IGNORECASE)
_NAME_END = "。；，、;,"
# Elements of the edition of 1999: keywords, and to whom else copies went.
_OLD_PART = re.compile(
    r"主\s*题\s*词\s*[：:]|(?:内\s*部\s*)?(?:分|发)\s*送\s*[：:]|[（(]?共印\s*\d+\s*份"
)
_CONTACT = re.compile(r"联\s*系\s*人\s*[：:]\s*\S")
_NOTE = re.compile("[（(].+[）)]")
_COPIED = re.compile(r"抄\s*送\s*[：:]\s*(?=\S)")
_PRINTED = re.compile(
    r"(?P<by>[^，。；：]{0,40}?)\s*(?P<date>\d{4}\s*年.{2,12}日|[〇○零一二]{4}年.{2,12}日)\s*印\s*发"
)
_ATTENDANCE = (
    ("attended", re.compile(r"出\s*席\s*[：:]\s*(?=\S)")),
    ("excused", re.compile(r"请\s*假\s*[：:]\s*(?=\S)")),
    ("observers", re.compile(r"列\s*席\s*[：:]\s*(?=\S)")),
)


@dataclass(slots=True)
class Ending:
    """The parts found, by the names of the source; *body* is above them, *rest* below."""

    body: list[DraftLine]
    parts: dict[str, At] = field(default_factory=dict)
    rest: list[DraftLine] = field(default_factory=list)
    typed: dict[str, list[DraftLine]] = field(default_factory=dict)  # the lines of each part
    names: list[str] = field(default_factory=list)  # 附件说明


def take_ending(lines: Sequence[DraftLine], notebook: Notebook) -> Ending:
    """*lines* of a document below its title, parted into text and what follows it."""
    ending = Ending(list(lines))
    at = _date_at(ending.body)
    if at is None:
        ending.body = _with_tail_date(ending.body, notebook)
        at = _date_at(ending.body)
    if at is not None:
        after, ending.body = ending.body[at + 1 :], ending.body[: at + 1]
        _date(ending.body.pop(), ending, notebook)
        _signature(ending, notebook)
        ending.rest = _after(after, ending, notebook)
    else:
        take_imprint(ending.body, ending, notebook)
    _attachment_list(ending, notebook)
    return ending


def _date_at(lines: Sequence[DraftLine]) -> int | None:
    """Where the date of issue stands: alone, below some text, with nothing below but parts."""
    dates = [
        index
        for index, line in enumerate(lines)
        if index and line.is_text and date_of(line.text) is not None
    ]
    others = [index for index, line in enumerate(lines) if dates and not _is_part(line)]
    for date in dates:
        first = bisect_right(others, date)
        below = others[first : first + 2]
        if not below or (len(below) > 1 and is_title_like(lines[below[0]])):
            return date
    return None


def _is_part(line: DraftLine) -> bool:
    return line.is_text and bool(
        _NOTE.fullmatch(line.text)
        or _COPIED.match(line.text)
        or _PRINTED.fullmatch(line.text)
        or _LIST.match(line.text)
        or _LISTED.match(line.text)
        or _OLD_PART.match(line.text)
        or _CONTACT.match(line.text)
        or any(pattern.match(line.text) for _, pattern in _ATTENDANCE)
    )


def _keep(ending: Ending, name: str, tree: Tree, lines: Sequence[DraftLine]) -> None:
    ending.parts[name] = At(tree, tuple(n for line in lines for n in line.numbers))
    ending.typed[name] = list(lines)


def _date(line: DraftLine, ending: Ending, notebook: Notebook) -> None:
    day = date_of(line.text)
    assert day is not None
    written = written_date(datetime.date(*day))
    if "".join(line.text.split()) != written:
        notebook.change(line, line.text, written)
        notebook.remark(line, f"日期“{line.text}”按规定写成“{written}”")
    _keep(ending, "date", written, [line])


def _with_tail_date(lines: list[DraftLine], notebook: Notebook) -> list[DraftLine]:
    """*lines* with a date behind the issuer's name on a line of its own."""
    for index in range(len(lines) - 1, 0, -1):
        line = lines[index]
        if not (_is_part(line) or index == len(lines) - 1):
            others = [below for below in lines[index + 1 :] if not _is_part(below)]
            if others and not is_title_like(others[0]):
                return lines
        match = _TAIL_DATE.fullmatch(line.text) if line.is_text else None
        if match is None or len(line.numbers) > 1 or date_of(match["date"]) is None:
            continue
        name = replace(line, text=match["name"].strip())
        if _signs(name, first=True) and ORGANISATION.search("".join(name.text.split())):
            return [*lines[:index], *notebook.cut(line, match.start("date")), *lines[index + 1 :]]
    return lines


def _signature(ending: Ending, notebook: Notebook) -> None:
    """The names right above the date."""
    lines: list[DraftLine] = []
    names: list[str] = []
    while len(ending.body) > 1 and len(lines) < MOST_SIGNATURES:
        line = ending.body[-1]
        if _SEALED.fullmatch(line.text):
            notebook.leave_out(ending.body.pop(), "印章用“印章”写")
            continue
        sealed = _SEALED.search(line.text)
        if sealed and len(line.numbers) == 1 and _signs(line, first=not lines):
            line, note = notebook.cut(line, sealed.start())
            notebook.leave_out(note, "印章用“印章”写")
            ending.body[-1] = line
        if not _signs(line, first=not lines):
            break
        lines.insert(0, ending.body.pop())
        names[:0] = signers(line.text)
    if lines:
        _keep(ending, "signature", _one_or_many(names), lines)
    if len(ending.body) > 1 and _LIST.fullmatch(ending.body[-1].text):
        notebook.leave_out(ending.body.pop(), "后面没有附件的名称")


def signers(text: str) -> list[str]:
    """The names on one line: one spaced out, several side by side, or a post and a name.

    >>> signers("国务院　中央军委"), signers("商 务 部　公 安 部"), signers("市　长　　王某某")
    (['国务院', '中央军委'], ['商务部', '公安部'], ['市长　王某某'])
    """
    words = text.split()
    whole = "".join(words)
    signed = _POST_AND_NAME.fullmatch(whole)
    if signed and _ends_word(words, signed.end("post")) and not ORGANISATION.search(whole):
        at = signed.end("post")
        return [f"{whole[:at]}{SPACE}{whole[at:]}"] if whole[at] not in "：:" else [whole]
    wide = re.split("[ \u3000]{2,}|\u3000", text.strip())
    spaced = len(wide) > 1 and any(" " in part for part in wide)  # within names, too
    words = ["".join(part.split()) for part in wide] if spaced else _unspaced(words)
    masked = all(word.strip("×") == "" for word in words) and "  " not in text.replace(SPACE, " ")
    if all(len(word) > 1 and ORGANISATION.search(word) for word in words) and not masked:
        return words
    return [packed(text)] if len(words) > 2 else ["".join(words) if _short(words) else text]


def _unspaced(words: Sequence[str]) -> list[str]:
    """*words*, each row of single characters as the one name that is spaced out."""
    found: list[str] = []
    single = False
    for word in words:
        if single and len(word) == 1:
            found[-1] += word
        else:
            found.append(word)
        single = len(word) == 1
    return found


def _ends_word(words: Sequence[str], at: int) -> bool:
    """Whether a word ends *at* characters from the beginning of *words*."""
    ends = 0
    for word in words:
        ends += len(word)
        if ends >= at:
            return ends == at or "：" in word or ":" in word
    return False


def _short(words: Sequence[str]) -> bool:
    return any(len(word) == 1 for word in words)


def _signs(line: DraftLine, first: bool) -> bool:
    """Whether *line* can be a name above the date."""
    text = line.text
    if not line.is_text or line.notes or len(text) > LONGEST_SIGNATURE or is_marked(text):
        return False
    if _NOT_IN_SIGNATURE.search(text) or _LIST.match(text) or line.level:
        return False
    whole = "".join(text.split())
    if "：" in text or ":" in text:
        return bool(_POST_AND_NAME.fullmatch(whole))
    named = ORGANISATION.search(_SEALED.sub("", whole)) or _POST_AND_NAME.fullmatch(whole)
    return first or line.indent > 8 or bool(named)


def _one_or_many(names: list[str]) -> Tree:
    return names[0] if len(names) == 1 else [At(name) for name in names]


def _after(lines: list[DraftLine], ending: Ending, notebook: Notebook) -> list[DraftLine]:
    """Take the parts below the date; what is left belongs to other texts."""
    left: list[DraftLine] = []
    lines = [part for line in lines for part in _old_parts(line, notebook)]
    for index, line in enumerate(lines):
        if line.is_text and not left and _OLD_PART.match(line.text):
            notebook.leave_out(line, "是1999年版的要素，现在没有")
            continue
        noted = line.is_text and not left and "note" not in ending.parts
        if noted and _NOTE.fullmatch(line.text):
            _note(line, ending, notebook)
        elif noted and _CONTACT.match(line.text):
            whole = _NOTE.fullmatch(line.text)
            said = re.sub(r"\s{2,}", "，", line.text[1:-1] if whole else line.text)
            notebook.change(line, line.text, f"（{said}）")
            _keep(ending, "note", said, [line])
        elif not (line.is_text and _imprinted(line, ending, notebook)):
            left.append(line)
            if not _is_part(line):
                return left + lines[index + 1 :]
    ending.body += left
    return []


def _old_parts(line: DraftLine, notebook: Notebook) -> list[DraftLine]:
    """*line*, with 抄送 that follows keywords on one line as a line of its own."""
    copied = re.search(r"抄\s*送\s*[：:]", line.text)
    keywords = line.is_text and line.text.startswith("主题词")
    if not copied or not keywords or len(line.numbers) > 1:
        return [line]
    return notebook.cut(line, copied.start())


def _note(line: DraftLine, ending: Ending, notebook: Notebook) -> None:
    """附注; the program sets its brackets, 7.3.6."""
    inside = line.text[1:-1].strip()
    if (line.text[0], line.text[-1]) == ("（", "）") and ("（" in inside or "）" in inside):
        inside = line.text
    else:
        notebook.change(line, line.text, f"（{inside}）")
    _keep(ending, "note", inside, [line])


def take_imprint(lines: list[DraftLine], ending: Ending, notebook: Notebook) -> None:
    """Take 抄送, 印发 and a meeting's names from the end of *lines*."""
    while len(lines) > 1 and lines[-1].is_text and _imprinted(lines[-1], ending, notebook):
        lines.pop()


def _imprinted(line: DraftLine, ending: Ending, notebook: Notebook) -> bool:
    """Take *line* as 抄送, 印发 or the names of a meeting."""
    copied = _COPIED.match(line.text)
    if copied and "copied_to" not in ending.parts:
        notebook.change(line, copied[0], "抄送：")
        _keep(ending, "copied_to", line.text[copied.end() :].rstrip("。"), [line])
        return True
    printed = _PRINTED.fullmatch(line.text)
    if printed and "printed_on" not in ending.parts:
        day = date_of(printed["date"])
        if day:
            written = written_date(datetime.date(*day))
            notebook.change(line, printed["date"], written)
            if printed["by"]:
                _keep(ending, "printed_by", printed["by"], [line])
            _keep(ending, "printed_on", written, [line])
            return True
    for name, pattern in _ATTENDANCE:
        match = pattern.match(line.text)
        if match and name not in ending.parts:
            notebook.change(line, match[0], "".join(match[0].split()).replace(":", "："))
            _keep(ending, name, line.text[match.end() :], [line])
            return True
    return False


def _without_suffix(line: DraftLine, notebook: Notebook) -> DraftLine:
    """*line* without the .doc of a file that a web page lets one fetch."""
    suffix = _FILE_NAME.search(line.text)
    if suffix is None or len(line.numbers) > 1 or not line.text[: suffix.start()].strip():
        return line
    name, ending = notebook.cut(line, suffix.start())
    notebook.leave_out(ending, "是文件名的后缀，不是附件的名称")
    return name


def _attachment_list(ending: Ending, notebook: Notebook) -> None:
    """附件说明 at the end of the text, where its names are numbered as the program does."""
    body = ending.body
    start = len(body)
    while start and body[start - 1].is_text and _LISTED.match(body[start - 1].text):
        start -= 1
    if not start or not body[start - 1].is_text or len(body) < 2:
        return
    label = _LIST.match(body[start - 1].text)
    if label is None or start - 1 == 0:
        return
    lines = body[start - 1 :]
    texts = [line.text for line in lines]
    texts[0] = texts[0][label.end() :]
    marks = [_LISTED.match(text) for text in texts]
    alone = not texts[0]
    wanted = range(1, len(texts) + (0 if alone else 1))
    numbered = [int(mark[1]) for mark in marks if mark]
    single = len(texts) == 1 and texts[0] and not marks[0]
    if not single and numbered != list(wanted):
        return
    if any(len(line.numbers) > 1 for line in lines) or (not single and len(numbered) == 0):
        return
    lines = [_without_suffix(line, notebook) for line in lines]
    texts = [line.text for line in lines]
    texts[0] = texts[0][label.end() :]
    notebook.change(lines[0], label[0], "附件：")
    for line, text, mark in zip(lines, texts, marks, strict=True):
        if not text:
            continue
        name = text[mark.end() :] if mark else text
        clean = name.rstrip(_NAME_END).rstrip()
        if not clean:
            return
        number = f"{mark[1]}." if mark and len(numbered) > 1 else ""
        notebook.change(line, mark[0] if mark else "", number)
        notebook.change(line, name, clean)
        ending.names.append(clean)
    del body[start - 1 :]
    _keep(ending, "attachment_list", [At(name) for name in ending.names], lines)
