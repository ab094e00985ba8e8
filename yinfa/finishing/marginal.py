"""SetWords printed on finished pages beside their text: artifacts, which nobody is read out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from yinfa import pdf
from yinfa.faces import Fount
from yinfa.pdf.objects import IndirectObject, PdfWriter

HEADER = "/Artifact <</Type /Pagination /Subtype /Header /Attached [/Top]>> BDC"
MIDDLE_EM = 0.38  # of a Han character, above the baseline


@dataclass(frozen=True, slots=True)
class SetWords:
    """SetWords, each piece of them with the face that sets it."""

    pieces: tuple[tuple[str, Path], ...]


def words(text: str, fount: Fount) -> SetWords:
    """*text* set from *fount*."""
    pieces = groupby(text, lambda char: fount.face(char) or fount.faces[0])
    return SetWords(tuple(("".join(chars), face.path) for face, chars in pieces))


class Marginal:
    """The faces of some words, embedded in a document once; it keeps the fonts drawings name."""

    def __init__(self, writer: PdfWriter, several: Iterable[SetWords], name: str) -> None:
        chars: dict[Path, str] = {}
        for one in several:
            for text, path in one.pieces:
                chars[path] = chars.get(path, "") + text
        self._faces = {path: pdf.embed(writer, path, text) for path, text in chars.items()}
        self._names = {path: f"/{name}{number}" for number, path in enumerate(chars)}

    @property
    def fonts(self) -> dict[str, IndirectObject]:
        return {self._names[path]: face.font for path, face in self._faces.items()}

    def width_em(self, shown: SetWords) -> float:
        return sum(self._faces[path].advances[c] for text, path in shown.pieces for c in text)

    def header(self, shown: SetWords, x_mm: float, middle_mm: float, size_mm: float) -> str:
        """Operators that print *shown* upright in the head margin.

        It begins at *x_mm*, its middle *middle_mm* above the paper's lower edge.
        """
        at = (1.0, 0.0, 0.0, 1.0, x_mm, middle_mm - MIDDLE_EM * size_mm)
        return "\n".join((HEADER, *self.operators(shown, at, size_mm, 0.0), "EMC\n"))

    def operators(
        self, shown: SetWords, at: Sequence[float], size_mm: float, grey: float
    ) -> Iterator[str]:
        """Operators that print *shown*, turned and placed by the text matrix *at*, in mm."""
        *turn, x_mm, y_mm = at
        place = [*turn, x_mm * pdf.PT_PER_MM, y_mm * pdf.PT_PER_MM]
        yield f"q BT {grey:g} g {' '.join(f'{number:.5f}' for number in place)} Tm"
        for text, path in shown.pieces:
            name, face = self._names[path], self._faces[path]
            yield f"{name} {size_mm * pdf.PT_PER_MM:.4f} Tf <{face.encoded(text)}> Tj"
        yield "ET Q"
