"""Tools that spoil a real PDF in one way, so that a rule can be seen to notice.

They work on the page objects of the finished file, whoever made it: text is found by what it says,
a drawn line by its place.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import groupby
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
from pypdfium2 import raw

PT = 72 / 25.4
PAGE_MM = 297.0


class Spoiling:
    """An open PDF whose page objects can be changed; pages are numbered from 1."""

    def __init__(self, path: Path) -> None:
        self.document = pdfium.PdfDocument(path)
        self.pages: dict[int, Any] = {}

    def page(self, number: int) -> Any:
        if number not in self.pages:
            self.pages[number] = self.document[number - 1]
        return self.pages[number]

    def save(self, path: Path) -> Path:
        for page in self.pages.values():
            raw.FPDFPage_GenerateContent(page)
        self.document.save(path)
        return path

    # --- finding ---------------------------------------------------------------------------------

    def texts(self, number: int, words: str) -> list[Any]:
        """The text objects of a page that contain *words*."""
        return [item for phrase in self.phrases(number, words) for item in phrase]

    def phrases(self, number: int, words: str) -> list[list[Any]]:
        """Neighbouring text objects that say *words*: one, or with the face of its signs more."""
        page = self.page(number)
        text_page = raw.FPDFText_LoadPage(page)
        phrases: list[list[Any]] = []
        said: list[str] = []
        for item in _objects(page, raw.FPDF_PAGEOBJ_TEXT):
            text = _said(item, text_page)
            if phrases and _goes_on(phrases[-1][-1], item):
                phrases[-1].append(item)
                said[-1] += text
            else:
                phrases.append([item])
                said.append(text)
        raw.FPDFText_ClosePage(text_page)
        found = [phrase for phrase, text in zip(phrases, said, strict=True) if words in text]
        assert found, f"page {number} does not say {words}"
        return found

    def bars(self, number: int, y_mm: float) -> list[Any]:
        """The drawn shapes of a page at the height *y_mm*."""
        found = [
            item
            for item in _objects(self.page(number), raw.FPDF_PAGEOBJ_PATH)
            if abs(PAGE_MM - sum(_bounds(item)[1::2]) / 2 / PT - y_mm) < 0.5
        ]
        assert found, f"page {number} has nothing drawn at {y_mm} mm"
        return found

    # --- spoiling --------------------------------------------------------------------------------

    def move(self, number: int, words: str, dx_mm: float = 0, dy_mm: float = 0) -> None:
        for item in self.texts(number, words):
            raw.FPDFPageObj_Transform(item, 1, 0, 0, 1, dx_mm * PT, -dy_mm * PT)

    def move_all(self, number: int, dx_mm: float = 0, dy_mm: float = 0) -> None:
        for item in list(_objects(self.page(number))):
            raw.FPDFPageObj_Transform(item, 1, 0, 0, 1, dx_mm * PT, -dy_mm * PT)

    def recolour(self, number: int, words: str, colour: tuple[int, int, int]) -> None:
        for item in self.texts(number, words):
            raw.FPDFPageObj_SetFillColor(item, *colour, 255)

    def resize(self, number: int, words: str, factor: float, about: float = 0.0) -> None:
        """Scales text about the point that lies *about* of its width from its left end."""
        for phrase in self.phrases(number, words):
            x0, x1 = _bounds(phrase[0])[0], _bounds(phrase[-1])[2]
            for item in phrase:
                x, y = x0 + about * (x1 - x0), _matrix(item).f
                raw.FPDFPageObj_Transform(
                    item, factor, 0, 0, factor, x * (1 - factor), y * (1 - factor)
                )

    def remove(self, number: int, words: str) -> None:
        for item in self.texts(number, words):
            raw.FPDFPage_RemoveObject(self.page(number), item)

    def outline(self, number: int, words: str) -> None:
        """Draws text filled and stroked, as word processors make it bold."""
        for item in self.texts(number, words):
            raw.FPDFTextObj_SetTextRenderMode(item, raw.FPDF_TEXTRENDERMODE_FILL_STROKE)

    def slant(self, number: int, words: str) -> None:
        for item in self.texts(number, words):
            y = _matrix(item).f
            raw.FPDFPageObj_Transform(item, 1, 0, 0.2, 1, -0.2 * y, 0)

    def retype(self, number: int, old: str, new: str, like: str = "", dx_mm: float = 0) -> None:
        """Sets *new* in place of the text that says *old*, in the font of *like*."""
        phrase = self.phrases(number, old)[0]
        model = self.texts(number, like)[0] if like else phrase[0]
        self._set(number, new, phrase[0], model, dx_mm)
        for item in phrase:
            raw.FPDFPage_RemoveObject(self.page(number), item)

    def write(self, number: int, words: str, like: str, dx_mm: float = 0, dy_mm: float = 0) -> None:
        """Adds *words*, set as the text that says *like* and so far from it."""
        item = self.texts(number, like)[0]
        self._set(number, words, item, item, dx_mm, dy_mm)

    def _set(
        self, number: int, words: str, at: Any, model: Any, dx_mm: float = 0, dy_mm: float = 0
    ) -> None:
        """Sets *words* in the font of *model*, its signs in the page's face for them."""
        signs = [item for item in _objects(self.page(number), raw.FPDF_PAGEOBJ_TEXT) if _sign(item)]
        size_mm = _size(at) * _matrix(at).a / PT
        nearest = min(signs, key=lambda item: abs(_matrix(item).f - _matrix(at).f), default=model)
        for is_sign, chars in groupby(words, _is_sign):
            piece = "".join(chars)
            self._put(number, piece, at, nearest if is_sign else model, dx_mm, dy_mm)
            dx_mm += sum(0.5 if char.isascii() else 1 for char in piece) * size_mm

    def _put(
        self, number: int, words: str, at: Any, model: Any, dx_mm: float, dy_mm: float
    ) -> None:
        font = raw.FPDFTextObj_GetFont(model)
        fresh = raw.FPDFPageObj_CreateTextObj(self.document, font, _size(at))
        units = (words + "\0").encode("utf-16-le")
        buffer = (ctypes.c_ushort * (len(units) // 2)).from_buffer_copy(units)
        assert raw.FPDFText_SetText(fresh, buffer)
        matrix = _matrix(at)
        matrix.e += dx_mm * PT
        matrix.f -= dy_mm * PT
        raw.FPDFPageObj_SetMatrix(fresh, ctypes.byref(matrix))
        colour = [ctypes.c_uint() for _ in range(4)]
        raw.FPDFPageObj_GetFillColor(at, *map(ctypes.byref, colour))
        raw.FPDFPageObj_SetFillColor(fresh, *(part.value for part in colour))
        raw.FPDFPage_InsertObject(self.page(number), fresh)

    def double(self, number: int, words: str) -> None:
        """Prints text once more on the same place."""
        text_page = raw.FPDFText_LoadPage(self.page(number))
        said = [(item, _said(item, text_page)) for item in self.phrases(number, words)[0]]
        raw.FPDFText_ClosePage(text_page)
        for item, text in said:
            self._put(number, text, item, item, 0, 0)

    def said(self, number: int, words: str) -> str:
        """All that the first text object with *words* says."""
        text_page = raw.FPDFText_LoadPage(self.page(number))
        text = _said(self.texts(number, words)[0], text_page)
        raw.FPDFText_ClosePage(text_page)
        return text

    def stretch_bar(self, number: int, y_mm: float, across: float = 1, down: float = 1) -> None:
        """Scales a drawn line about its left end and its middle height."""
        for item in self.bars(number, y_mm):
            x0, bottom, _, top = _bounds(item)
            y = (bottom + top) / 2
            raw.FPDFPageObj_Transform(item, across, 0, 0, down, x0 * (1 - across), y * (1 - down))

    def move_bar(self, number: int, y_mm: float, dx_mm: float = 0, dy_mm: float = 0) -> None:
        for item in self.bars(number, y_mm):
            raw.FPDFPageObj_Transform(item, 1, 0, 0, 1, dx_mm * PT, -dy_mm * PT)

    def remove_bar(self, number: int, y_mm: float) -> None:
        for item in self.bars(number, y_mm):
            raw.FPDFPage_RemoveObject(self.page(number), item)

    def move_seals(self, number: int, dx_mm: float = 0, dy_mm: float = 0) -> None:
        """Moves what stands on a page as a picture or a form: the seals."""
        kinds = (raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_FORM)
        found = [item for kind in kinds for item in _objects(self.page(number), kind)]
        assert found, f"page {number} has no picture"
        for item in found:
            raw.FPDFPageObj_Transform(item, 1, 0, 0, 1, dx_mm * PT, -dy_mm * PT)

    def paper(self, number: int, width_mm: float, height_mm: float) -> None:
        """Changes the sheet, the text keeping its distance from the upper edge."""
        foot = (PAGE_MM - height_mm) * PT
        raw.FPDFPage_SetMediaBox(self.page(number), 0, foot, width_mm * PT, PAGE_MM * PT)

    def turn(self, number: int) -> None:
        raw.FPDFPage_SetRotation(self.page(number), 1)

    def drop(self, number: int) -> None:
        self.pages.pop(number, None)
        raw.FPDFPage_Delete(self.document, number - 1)


@contextmanager
def spoiling(path: Path, spoilt: Path) -> Iterator[Spoiling]:
    """*path* opened to be spoilt, and written to *spoilt* at the end."""
    spoiler = Spoiling(path)
    yield spoiler
    spoiler.save(spoilt)
    spoiler.document.close()


def _objects(page: Any, kind: int | None = None) -> Iterator[Any]:
    for index in range(raw.FPDFPage_CountObjects(page)):
        item = raw.FPDFPage_GetObject(page, index)
        if kind is None or raw.FPDFPageObj_GetType(item) == kind:
            yield item


def _said(item: Any, text_page: Any) -> str:
    length = raw.FPDFTextObj_GetText(item, text_page, None, 0)
    buffer = (ctypes.c_ushort * max(length, 1))()
    raw.FPDFTextObj_GetText(item, text_page, buffer, length)
    return bytes(buffer).decode("utf-16-le").rstrip("\0")


def _goes_on(item: Any, following: Any) -> bool:
    """Whether two neighbours are one phrase, parted by the face of its signs alone."""
    gap = _bounds(following)[0] - _bounds(item)[2]
    level = abs(_matrix(item).f - _matrix(following).f) < 0.1
    return level and _sign(item) != _sign(following) and -_size(item) < gap < _size(item)


def _sign(item: Any) -> bool:
    """Whether a text object is set in a face of digits, letters and signs."""
    name = ctypes.create_string_buffer(200)
    raw.FPDFFont_GetBaseFontName(raw.FPDFTextObj_GetFont(item), name, 200)
    return b"Signs" in name.value


def _is_sign(char: str) -> bool:
    return char.isascii() or char in "×★"


def _bounds(item: Any) -> tuple[float, float, float, float]:
    edges = [ctypes.c_float() for _ in range(4)]
    raw.FPDFPageObj_GetBounds(item, *map(ctypes.byref, edges))
    left, bottom, right, top = (edge.value for edge in edges)
    return left, bottom, right, top


def _matrix(item: Any) -> Any:
    matrix = raw.FS_MATRIX()
    raw.FPDFPageObj_GetMatrix(item, ctypes.byref(matrix))
    return matrix


def _size(item: Any) -> float:
    size = ctypes.c_float()
    raw.FPDFTextObj_GetFontSize(item, ctypes.byref(size))
    return size.value
