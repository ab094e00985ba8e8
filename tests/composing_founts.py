"""Founts for the composer's tests: a cell for everything Chinese, half a cell for a digit."""

from __future__ import annotations

from dataclasses import dataclass, field

from yinfa.composition import Line, Measure, Role, Run, Setting, Style

NARROW = {".": 0.278, ",": 0.278, ":": 0.278, "-": 0.333, " ": 0.333, "%": 0.833, "/": 0.5}


@dataclass(frozen=True)
class PlainFount:
    """Widths as in a 仿宋 face of the trade; *digit_em* is that of a digit."""

    digit_em: float = 0.5
    centred: str = "？"
    widths: dict[str, float] = field(default_factory=lambda: dict(NARROW))

    def advance(self, char: str) -> float:
        if char.isdigit() and char.isascii():
            return self.digit_em
        return self.widths.get(char, 0.5 if char.isascii() else 1.0)

    def ink_height(self, text: str) -> tuple[float, float]:
        return (0.1, 0.9)

    def ink(self, char: str) -> tuple[float, float]:
        return (0.3, 0.7) if char in self.centred else (0.15, 0.35)


FOUNTS = {role: PlainFount(0.555 if role is Role.KAITI else 0.5) for role in Role}
CELL_MM = 5.0


def measure(cells: float, first: float = 0, hang: float = 0) -> Measure:
    """A measure of so many cells."""
    return Measure(cells * CELL_MM, CELL_MM, first * CELL_MM, hang * CELL_MM)


def runs(text: str, role: Role = Role.FANGSONG) -> list[Run]:
    """*text* as one run."""
    return [Run(text, role, CELL_MM)]


def set_text(text: str, cells: float, style: Style = Style(), **indents: float) -> Setting:  # noqa: B008
    """*text* in its best setting."""
    from yinfa.composing.paragraph import set_paragraph

    setting = set_paragraph(runs(text), measure(cells, **indents), style, FOUNTS)
    assert setting is not None
    return setting


def texts(setting: Setting) -> list[str]:
    """The lines as text."""
    return [line.text for line in setting.lines]


def width_cells(line: Line) -> float:
    """How far a line reaches by its advances and gaps; a closing mark's blank half is not counted.

    Every character takes its width at the size of its stretch, and every gap that of the character
    before it.
    """
    width = line.indent_mm / CELL_MM
    for part in line.stretches:
        size = part.size_mm / CELL_MM
        for index in range(part.start, part.end):
            hangs = not line.text[index:].strip(" \u3000")
            advance = 0.0 if hangs else FOUNTS[part.role].advance(line.text[index])
            width += (advance + line.gaps[index]) * size
    return width
