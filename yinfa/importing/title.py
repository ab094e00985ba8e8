"""The title, what may stand under it, and the kind of document it names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from yinfa.arranging.numbering import written_date
from yinfa.forms import forms
from yinfa.importing.draft import At, DraftLine, Notebook, Tree
from yinfa.importing.marks import cells, date_of, is_marked

LONGEST_LINE = 60
WIDEST = 20  # cells of 2号 on a line of a title
LONGEST_NAMED = 160  # of a line that says 关于…的通知: there may be many issuers
MOST_LINES = 6
MOST_NAMES = 3
LONGEST_NAME = 30

ORGANISATION = re.compile(
    "(?:[局厅部委院署府会处室科组队所站社团校司行厂办军馆库庭联盟]|中心|公司|集团|大学|小学|中学|"
    "党组|支部|×+)$"
)
_NOT_AT_END = "。；;，,：:、！!"
_LABEL = re.compile(r"附件\s*[0-9０-９一二三四五六七八九十]*\s*[：:]|附件\s*[0-9]+")
_BRACKETED = re.compile("[（(].*[）)]")
_TITLE_NOTE = re.compile("（[^（）。]+）|\\([^()。]+\\)")
_TAIL = re.compile(r"[（(][^（）()]*[）)]$")
_KINDS = re.compile(
    "(?:办法|规定|细则|条例|章程|制度|规则|规程|准则|守则|公约|要点|名单|目录|清单|标准|导则|指南|指引|"
    "纲要|规划|预案|措施|安排|解释|职责|说明|提纲|议程|日程|倡议书|复函|答复|公示|讲话|发言|致辞|表)$"
)
_GENRES = sorted(
    (word for form in forms() for word in form.genres if not form.labelled),
    key=len, reverse=True,
)  # fmt: skip


@dataclass(slots=True)
class Title:
    """The lines of a title, and the words and date under it."""

    lines: list[DraftLine] = field(default_factory=list)
    taken: int = 0

    @property
    def words(self) -> str:
        return "".join(line.text for line in self.lines)

    @property
    def at(self) -> At:
        """The title as the source has it: with its own line ends where each line has room."""
        fits = all(cells(line.text) <= WIDEST for line in self.lines)
        tree: Tree = "\n".join(line.text for line in self.lines) if fits else self.words
        return At(tree, tuple(n for line in self.lines for n in line.numbers))


def take_title(lines: Sequence[DraftLine]) -> Title:
    """The title that *lines* begin with; without lines where they begin with none."""
    title = Title()
    for index, line in enumerate(lines[:MOST_LINES]):
        if not is_title_like(line) or (index and not _goes_on(title, line, lines[index + 1 :])):
            break
        title.lines.append(replace(line, text=packed(line.text)))
        title.taken += 1
    if title.taken == len(lines):
        return Title()
    return title


def names_text(words: str) -> bool:
    """Whether *words* say what a text is about and what kind of text it is: 关于…的通知."""
    return "关于" in words and is_whole(words)


def issuers_in(title: str) -> list[str]:
    """The issuers that *title* names before 关于; none where it names none.

    >>> issuers_in("××市教育局、××市财政局关于下达经费的通知"), issuers_in("关于放假的通知")
    (['××市教育局', '××市财政局'], [])
    """
    before, found, _ = title.partition("关于")
    names = [name for name in re.split("[、\\s]+", before) if name]
    return names if found and all(ORGANISATION.search(name) for name in names) else []


def packed(text: str) -> str:
    """*text* without the spaces between characters that are spaced out.

    >>> packed("几 个 问 题 的 通 知"), packed("甲 乙局")
    ('几个问题的通知', '甲 乙局')
    """
    words = text.split()
    spaced = len(words) > 2 and all(len(word) == 1 for word in words[:-1])
    return "".join(words) if spaced else " ".join(words)


def is_title_like(line: DraftLine) -> bool:
    """Whether *line* can be one of a title's lines."""
    text = line.text
    return (
        line.is_text
        and not line.notes
        and len(text) <= (LONGEST_NAMED if names_text(text) else LONGEST_LINE)
        and text[-1] not in _NOT_AT_END
        and "。" not in text
        and "[注" not in text
        and not is_marked(text)
        and not _LABEL.match(text)
        and date_of(text) is None
    )


def _goes_on(title: Title, line: DraftLine, following: Sequence[DraftLine]) -> bool:
    """Whether *line* belongs to the title whose earlier lines are there."""
    before = title.lines[-1]
    if line.title:
        return True
    if before.title or not following:
        return False
    if line.blank:  # only what makes the title whole stands apart from its beginning
        return "关于" in title.words and not is_whole(title.words) and is_whole(line.text)
    if _BRACKETED.fullmatch(line.text):
        return date_of(line.text[1:-1]) is None and len(line.text) <= 12
    if is_whole(title.words):
        return False
    if before.indent != line.indent and line.indent in (2, 4) and before.indent in (0, 2, 4):
        return False
    return len(line.text) <= 40


def is_whole(words: str) -> bool:
    """Whether *words* end with the name of a kind of text, as whole titles do."""
    bare = _TAIL.sub("", "".join(words.split()))
    return bare.endswith(tuple(_GENRES)) or bool(_KINDS.search(bare))


def genre_of(title: str) -> str:
    """The kind of document that *title* ends with, as sources write it; nothing for none."""
    bare = _TAIL.sub("", title)
    if bare.endswith("讲话"):
        return "讲话稿"
    return next((genre for genre in _GENRES if bare.endswith(genre)), "")


def take_under_title(lines: Sequence[DraftLine], notebook: Notebook) -> tuple[dict[str, At], int]:
    """Names and date under a title, by the names of the source, and how many lines they take."""
    for index, line in enumerate(lines[: MOST_NAMES + 1]):
        if not line.is_text:
            break
        bracketed = _BRACKETED.fullmatch(line.text)
        day = date_of(line.text[1:-1].strip() if bracketed else line.text)
        if day:
            import datetime

            written = written_date(datetime.date(*day))
            notebook.change(line, line.text, f"（{written}）")
            found = {"date": At(written, line.numbers)}
            if names := [At(name.text, name.numbers) for name in lines[:index]]:
                tree: Tree = list(names) if len(names) > 1 else names[0].tree
                found["signature"] = At(tree, tuple(n for name in names for n in name.lines))
            return found, index + 1
        if len(line.text) > LONGEST_NAME or line.text[-1] in _NOT_AT_END or is_marked(line.text):
            break
    return {}, 0


def title_note(lines: Sequence[DraftLine]) -> DraftLine | None:
    """The line in brackets that *lines*, those under a title, begin with."""
    first = lines[0] if len(lines) > 1 else None
    if first is None or not first.is_text or first.notes or is_marked(first.text):
        return None
    return first if _TITLE_NOTE.fullmatch(first.text) else None


_HISTORY = re.compile(
    r"[（(]?\s*(?:\d{4}|[一二][〇○OО零一二三四五六七八九]{3})\s*年[^。；]{2,80}"
    r"(?:通过|施行|公布|发布|修订|修正|批准|印发|会议|日)\s*[）)]?"
)


def stands_between(line: DraftLine) -> bool:
    """Whether *line* may stand between title and addressees: dates, who passed it, brackets."""
    text = line.text
    if not line.is_text or line.notes or is_marked(text) or "。" in text:
        return False
    return bool(_HISTORY.fullmatch(text) or _BRACKETED.fullmatch(text) or date_of(text))
