"""The numbers that Word makes by itself, as the words it shows."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from xml.etree import ElementTree

from yinfa.arranging.numbering import CIRCLED_MAX, chinese

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
BULLET = "bullet"

_CHINESE = ("chinesecounting", "ideographdigital", "japanesecounting", "taiwanesecounting",
            "chineselegalsimplified", "ideographtraditional", "koreancounting")  # fmt: skip
_ROMAN = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))


@dataclass(frozen=True, slots=True)
class _Level:
    kind: str
    text: str
    start: int


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
            del counts[deeper]
        if described[level].kind == BULLET:
            return "", BULLET
        shown = re.sub(
            r"%([1-9])",
            lambda match: self._shown(described, counts, int(match[1]) - 1),
            described[level].text,
        )
        return shown, described[level].kind

    def _shown(self, described: dict[int, _Level], counts: dict[int, int], level: int) -> str:
        if level not in described:
            return ""
        return _written(counts.get(level, described[level].start), described[level].kind)


def read_numbering(data: bytes) -> Numbering:
    """The lists that the part word/numbering.xml describes."""
    numbering = Numbering()
    if not data:
        return numbering
    root = ElementTree.fromstring(data)
    for described in root.iter(f"{W}abstractNum"):
        name = described.get(f"{W}abstractNumId", "")
        levels = (_level(level) for level in described.iter(f"{W}lvl"))
        numbering.levels[name] = dict(levels)
    for number in root.iter(f"{W}num"):
        number_id = number.get(f"{W}numId", "")
        numbering.lists[number_id] = _value(number, "abstractNumId")
        for override in number.iter(f"{W}lvlOverride"):
            start = _value(override, "startOverride")
            level = override.get(f"{W}ilvl", "")
            if start.isdecimal() and level.isdecimal():
                numbering.restarts.setdefault(number_id, {})[int(level)] = int(start)
    return numbering


def _level(level: ElementTree.Element) -> tuple[int, _Level]:
    start = _value(level, "start")
    index = level.get(f"{W}ilvl", "0")
    kind = _value(level, "numFmt") or "decimal"
    text = _value(level, "lvlText")
    number = int(start) if start.isdecimal() else 1
    return int(index) if index.isdecimal() else 0, _Level(kind, text, number)


def _value(element: ElementTree.Element, name: str) -> str:
    below = element.find(f"{W}{name}")
    return below.get(f"{W}val", "") if below is not None else ""


def _written(number: int, kind: str) -> str:
    """*number* as a list of *kind* writes it."""
    lower = kind.lower()
    if not 1 <= number <= 9999 or lower == "none":
        return "" if lower == "none" else str(number)
    if lower.startswith(_CHINESE):
        return chinese(number)
    if lower.startswith("decimalenclosedcircle") and number <= CIRCLED_MAX:
        return chr(ord("①") + number - 1)
    if lower in ("lowerletter", "upperletter"):
        letter = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
        return letter.upper() if lower == "upperletter" else letter
    if lower in ("lowerroman", "upperroman") and number < 40:
        written = ""
        for value, sign in _ROMAN:
            count, number = divmod(number, value)
            written += sign * count
        return written.upper() if lower == "upperroman" else written
    return str(number)
