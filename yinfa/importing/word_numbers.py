"""The numbers that Word makes by itself, as the words it shows."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from xml.etree import ElementTree

from yinfa.arranging.numbering import CIRCLED_MAX, chinese

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
BULLET = "bullet"

_LEGAL_KINDS = ("chineselegalsimplified", "ideographlegaltraditional", "japaneselegal")
_FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")
_CHINESE = ("chinesecounting", "ideographdigital", "japanesecounting", "taiwanesecounting",
            "koreancounting", "japanesedigitaltenthousand")  # fmt: skip
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"),
    (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_STEMS, _BRANCHES = "甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥"
_LEGAL = str.maketrans("零一二三四五六七八九十百千", "零壹贰叁肆伍陆柒捌玖拾佰仟")


@dataclass(frozen=True, slots=True)
class _Level:
    kind: str
    text: str
    start: int
    legal: bool = False  # 正规形式编号: all its numbers in digits
    apart: bool = True  # a tab or a space follows
    restart: int = -1  # goes on unless a level above this one counts; -1: any


@dataclass(slots=True)
class Numbering:
    """The lists of a Word file, and how far each has been counted."""

    levels: dict[str, dict[int, _Level]] = field(default_factory=dict)  # by list
    lists: dict[str, str] = field(default_factory=dict)  # the list that a numId counts in
    restarts: dict[str, dict[int, int]] = field(default_factory=dict)
    counts: dict[str, dict[int, int]] = field(default_factory=dict)
    started: set[str] = field(default_factory=set)

    def next_number(self, number_id: str, level: int) -> tuple[str, str]:
        """The words before the next paragraph of a list, and their kind; nothing for no list."""
        name = self.lists.get(number_id, "")
        described = self.levels.get(name, {})
        if level not in described:
            return "", ""
        counts = self.counts.setdefault(name, {})
        if number_id not in self.started:
            self.started.add(number_id)
            for restarted, start in self.restarts.get(number_id, {}).items():
                counts[restarted] = start - 1
        counts[level] = counts.get(level, described[level].start - 1) + 1
        for deeper in [key for key in counts if key > level]:
            restart = described[deeper].restart if deeper in described else -1
            if restart < 0 or level < restart:
                del counts[deeper]
        own = described[level]
        if own.kind == BULLET:
            return "", BULLET
        shown = re.sub(
            r"%([1-9])",
            lambda match: self._shown(described, counts, int(match[1]) - 1, own.legal),
            own.text,
        )
        space = " " if own.apart and shown[-1:].isalnum() else ""
        return shown + space, own.kind

    def _shown(
        self, described: dict[int, _Level], counts: dict[int, int], level: int, legal: bool
    ) -> str:
        if level not in described:
            return ""
        kind = "decimal" if legal else described[level].kind
        return _written(counts.get(level, described[level].start), kind)


def read_numbering(data: bytes) -> Numbering:
    """The lists that the part word/numbering.xml describes."""
    numbering = Numbering()
    if not data:
        return numbering
    root = ElementTree.fromstring(data)
    linked: dict[str, str] = {}
    links: dict[str, str] = {}
    for described in root.iter(f"{W}abstractNum"):
        name = described.get(f"{W}abstractNumId", "")
        numbering.levels[name] = dict(_level(level) for level in described.iter(f"{W}lvl"))
        if link := _value(described, "styleLink"):
            linked[link] = name
        if link := _value(described, "numStyleLink"):
            links[name] = link
    for name, link in links.items():
        numbering.levels[name] = numbering.levels.get(linked.get(link, ""), {})
    for number in root.iter(f"{W}num"):
        number_id = number.get(f"{W}numId", "")
        numbering.lists[number_id] = _value(number, "abstractNumId")
        for override in number.iter(f"{W}lvlOverride"):
            start = _value(override, "startOverride")
            level = override.get(f"{W}ilvl", "")
            for own in override.iter(f"{W}lvl"):
                levels = dict([*numbering.levels.get(numbering.lists[number_id], {}).items(),
                               _level(own)])  # fmt: skip
                numbering.levels[f"{number_id}'"] = levels
                numbering.lists[number_id] = f"{number_id}'"
            if start.isdecimal() and level.isdecimal():
                numbering.restarts.setdefault(number_id, {})[int(level)] = int(start)
    return numbering


def _level(level: ElementTree.Element) -> tuple[int, _Level]:
    start = _value(level, "start")
    index = level.get(f"{W}ilvl", "0")
    kind = _value(level, "numFmt") or "decimal"
    text = _value(level, "lvlText")
    number = int(start) if start.isdecimal() and len(start) < 6 else 1
    legal = level.find(f"{W}isLgl")
    restart = _value(level, "lvlRestart")
    return int(index) if index.isdecimal() else 0, _Level(
        kind,
        text,
        number,
        legal is not None and legal.get(f"{W}val", "1") not in ("0", "false", "off"),
        _value(level, "suff") != "nothing",
        int(restart) if restart.isdecimal() and len(restart) < 3 else -1,
    )


def _value(element: ElementTree.Element, name: str) -> str:
    below = element.find(f"{W}{name}")
    return below.get(f"{W}val", "") if below is not None else ""


def _written(number: int, kind: str) -> str:
    """*number* as a list of *kind* writes it."""
    lower = kind.lower()
    if not 1 <= number <= 9999 or lower == "none":
        return "" if lower == "none" else str(number)
    if lower.startswith(_LEGAL_KINDS):
        return chinese(number).translate(_LEGAL)
    if lower == "ideographtraditional":
        return _STEMS[(number - 1) % 10]
    if lower == "ideographzodiac":
        return _BRANCHES[(number - 1) % 12]
    if lower.startswith(_CHINESE):
        return chinese(number)
    if lower == "decimalzero":
        return f"{number:02}"
    if lower.startswith("decimalfullwidth"):
        return str(number).translate(_FULL_WIDTH)
    if lower.startswith("decimalenclosedcircle") and number <= CIRCLED_MAX:
        return chr(ord("①") + number - 1)
    if lower in ("lowerletter", "upperletter"):
        letter = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
        return letter.upper() if lower == "upperletter" else letter
    if lower in ("lowerroman", "upperroman"):
        written = ""
        for value, sign in _ROMAN:
            count, number = divmod(number, value)
            written += sign * count
        return written.upper() if lower == "upperroman" else written
    return str(number)
