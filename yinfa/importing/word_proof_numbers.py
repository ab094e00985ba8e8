"""Styles and numbers of a Word file as the proof reads them, apart from the reader's own way."""

from __future__ import annotations

from collections.abc import Mapping
from xml.etree import ElementTree

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DEEPEST = 20
_DIGITS = "零一二三四五六七八九"
_ROMAN = (
    ("M", 1000), ("CM", 900), ("D", 500), ("CD", 400), ("C", 100), ("XC", 90), ("L", 50),
    ("XL", 40), ("X", 10), ("IX", 9), ("V", 5), ("IV", 4), ("I", 1),
)  # fmt: skip


class Styles:
    """What the styles say of runs and lists, each with those it is based on."""

    def __init__(self, data: bytes) -> None:
        self._runs: dict[str, dict[str, str]] = {}
        self._lists: dict[str, dict[str, str]] = {}
        self._based: dict[str, str] = {}
        self._first = ""
        self._usual: dict[str, str] = {}
        if not data:
            return
        root = ElementTree.fromstring(data)
        self._usual = _run_says(root.find(f"{_W}docDefaults/{_W}rPrDefault/{_W}rPr"))
        for style in root.iter(f"{_W}style"):
            name = style.get(f"{_W}styleId", "")
            self._runs[name] = _run_says(style.find(f"{_W}rPr"))
            listed = style.find(f"{_W}pPr/{_W}numPr")
            self._lists[name] = {
                child.tag.removeprefix(_W): child.get(f"{_W}val", "") for child in listed or ()
            }
            self._based[name] = _val(style, "basedOn")
            kind, usual = style.get(f"{_W}type"), style.get(f"{_W}default")
            if kind == "paragraph" and usual == "1" and not self._first:
                self._first = name

    def look(self, paragraph: str, run: Mapping[str, str]) -> dict[str, str]:
        """What is said of a *run* in a paragraph of a style, the nearest word last."""
        said = dict(self._usual)
        for style in (paragraph or self._first, run.get("rStyle", "")):
            for name in self._line(style):
                said.update(self._runs[name])
        return {**said, **run}

    def listed(self, paragraph: str, own: Mapping[str, str]) -> dict[str, str]:
        """The list that a paragraph is in: its own over that of its style."""
        said: dict[str, str] = {}
        for name in self._line(paragraph):
            said.update(self._lists[name])
        return {**said, **own}

    def _line(self, name: str) -> list[str]:
        """*name* and what it is based on, the first of them first."""
        line: list[str] = []
        while name in self._runs and len(line) < _DEEPEST:
            line.insert(0, name)
            name = self._based[name]
        return line


def _run_says(properties: ElementTree.Element | None) -> dict[str, str]:
    said: dict[str, str] = {}
    for child in properties if properties is not None else ():
        short = child.tag.removeprefix(_W)
        if short == "rFonts":
            if (face := child.get(f"{_W}ascii")) is not None:
                said["face"] = face
        else:
            said[short] = child.get(f"{_W}val", "")
    return said


def _val(element: ElementTree.Element, name: str) -> str:
    child = element.find(f"{_W}{name}")
    return child.get(f"{_W}val", "") if child is not None else ""


class NumberOf:
    """Counts the paragraphs of lists, one after the other, and says the number of each."""

    def __init__(self, data: bytes, styles: Styles) -> None:
        self._styles = styles
        self._shapes: dict[str, dict[int, ElementTree.Element]] = {}
        self._list_of: dict[str, str] = {}
        self._starts: dict[str, dict[int, int]] = {}
        self._counts: dict[str, dict[int, int]] = {}
        self._begun: set[str] = set()
        root = ElementTree.fromstring(data) if data else ElementTree.Element("none")
        shared: dict[str, str] = {}
        for shape in root.iter(f"{_W}abstractNum"):
            name = shape.get(f"{_W}abstractNumId", "")
            self._shapes[name] = _levels(shape)
            if link := _val(shape, "styleLink"):
                shared[link] = name
        for shape in root.iter(f"{_W}abstractNum"):
            if link := _val(shape, "numStyleLink"):
                name = shape.get(f"{_W}abstractNumId", "")
                self._shapes[name] = self._shapes.get(shared.get(link, ""), {})
        for entry in root.iter(f"{_W}num"):
            self._entry(entry)

    def _entry(self, entry: ElementTree.Element) -> None:
        number_id = entry.get(f"{_W}numId", "")
        self._list_of[number_id] = _val(entry, "abstractNumId")
        for override in entry.iter(f"{_W}lvlOverride"):
            own = _levels(override)
            if own:
                base = self._shapes.get(self._list_of[number_id], {})
                self._list_of[number_id] = f"{number_id}*"
                self._shapes[f"{number_id}*"] = {**base, **own}
            start, level = _val(override, "startOverride"), override.get(f"{_W}ilvl", "")
            if start.isdecimal() and level.isdecimal():
                self._starts.setdefault(number_id, {})[int(level)] = int(start)

    def __call__(self, style: str, own: Mapping[str, str]) -> str:
        """The number that is shown before the next paragraph; nothing outside lists."""
        said = self._styles.listed(style, own)
        number_id, depth = said.get("numId", ""), said.get("ilvl", "0")
        level = int(depth) if depth.isdecimal() and len(depth) < 9 else 0
        name = self._list_of.get(number_id, "")
        shape = self._shapes.get(name, {})
        if number_id in ("", "0") or level not in shape:
            return ""
        counts = self._counts.setdefault(name, {})
        if number_id not in self._begun:
            self._begun.add(number_id)
            for deep, first in self._starts.get(number_id, {}).items():
                counts[deep] = first - 1
        counts[level] = counts.get(level, _start(shape[level]) - 1) + 1
        for deep in list(counts):
            after = _val(shape[deep], "lvlRestart") if deep in shape else ""
            keeps = after.isdecimal() and len(after) < 3 and level >= int(after)
            if deep > level and not keeps:
                del counts[deep]
        return self._shown(shape, counts, level)

    def _shown(
        self, shape: dict[int, ElementTree.Element], counts: dict[int, int], level: int
    ) -> str:
        own = shape[level]
        if _val(own, "numFmt") == "bullet":
            return ""
        legal = own.find(f"{_W}isLgl")
        digits = legal is not None and legal.get(f"{_W}val", "1") not in ("0", "false", "off")
        text = _val(own, "lvlText")
        for deep in range(8, -1, -1):
            if f"%{deep + 1}" in text:
                kind = "decimal" if digits else _val(shape[deep], "numFmt") if deep in shape else ""
                number = counts.get(deep, _start(shape[deep]) if deep in shape else 0)
                said = _in_kind(number, kind or "decimal") if deep in shape else ""
                text = text.replace(f"%{deep + 1}", said)
        return text


def _levels(parent: ElementTree.Element) -> dict[int, ElementTree.Element]:
    found = {}
    for level in parent.iter(f"{_W}lvl"):
        depth = level.get(f"{_W}ilvl", "0")
        found[int(depth) if depth.isdecimal() else 0] = level
    return found


def _start(level: ElementTree.Element) -> int:
    start = _val(level, "start")
    return int(start) if start.isdecimal() and len(start) < 6 else 1


def _in_kind(number: int, kind: str) -> str:
    """*number* as a list of *kind* says it."""
    kind = kind.lower()
    if kind == "none":
        return ""
    if not 1 <= number <= 9999:
        return str(number)
    if kind.startswith(("chineselegal", "ideographlegal", "japaneselegal")):
        table = dict(zip("零一二三四五六七八九十百千", "零壹贰叁肆伍陆柒捌玖拾佰仟", strict=True))
        return "".join(table[char] for char in _han(number))
    if kind == "ideographtraditional":
        return "甲乙丙丁戊己庚辛壬癸"[(number - 1) % 10]
    if kind == "ideographzodiac":
        return "子丑寅卯辰巳午未申酉戌亥"[(number - 1) % 12]
    if "counting" in kind or kind.startswith(("ideographdigital", "japanesedigital")):
        return _han(number)
    if kind == "decimalzero":
        return str(number).zfill(2)
    if kind.startswith("decimalfullwidth"):
        return "".join(chr(ord(char) + 0xFEE0) for char in str(number))
    if kind.startswith("decimalenclosedcircle") and number <= 20:
        return chr(0x245F + number)
    if kind.endswith("letter"):
        letter = chr(0x40 + (number - 1) % 26 + 1) * ((number + 25) // 26)
        return letter if kind.startswith("upper") else letter.lower()
    if kind.endswith("roman"):
        said = ""
        for sign, value in _ROMAN:
            said += sign * (number // value)
            number %= value
        return said if kind.startswith("upper") else said.lower()
    return str(number)


def _han(number: int) -> str:
    said, gap = "", False
    for unit, value in (("千", 1000), ("百", 100), ("十", 10), ("", 1)):
        digit = number // value % 10
        if digit:
            said += ("零" if gap and said else "") + _DIGITS[digit] + unit
            gap = False
        else:
            gap = True
    return said[1:] if said.startswith("一十") else said
