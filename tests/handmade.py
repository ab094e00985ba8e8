"""A right PDF laid by hand: text placed by the standard's numbers, none of our layouts.

The figures are worked out here once more from GB/T 9704-2012: the cell is 156/28 mm, the pitch a
cell and 7/8 of it, line 1 has its em box's top 37 mm below the paper's edge.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import groupby
from pathlib import Path

import pydyf
from fontTools import subset
from fontTools.ttLib import TTFont

FONTS = Path(__file__).parent.parent / "fonts"
DRAWN_BY = ("FandolSong-Regular.otf", "YinfaSerif-Signs.otf")  # whatever face is asked for
FACES = {
    "仿宋": "FandolFang-Regular",
    "楷体": "FandolKai-Regular",
    "黑体": "FandolHei-Regular",
    "宋体": "FandolSong-Regular",
    "小标宋": "FandolSong-Bold",
}
WIDE_DIGIT = 555  # thousandths of an em, in 楷体 as FandolKai has it
PT = 72 / 25.4
CELL = 156 / 28
PITCH = CELL * 15 / 8
LEFT, RIGHT, HEAD = 28.0, 184.0, 37.0
MIDDLE = 106.0
TWO, FOUR = 22 / PT, 14 / PT
DASH = 0.302  # how far above the baseline Fandol Song draws the middle of its dash, in em
BLACK, RED = (0.0, 0.0, 0.0), (1.0, 0.0, 0.0)
Ink = tuple[float, float, float]


def baseline(line: float) -> float:
    """The baseline of line *line* (from 1) of the type area."""
    return HEAD + (line - 1) * PITCH + 0.88 * CELL


@dataclass(frozen=True)
class Words:
    """Text at a place, each character in a cell of its own width."""

    text: str
    x: float
    y: float
    face: str = "仿宋"
    size: float = CELL
    ink: Ink = BLACK


@dataclass(frozen=True)
class Bar:
    """A level line by its ends, the height of its middle, and its thickness."""

    x0: float
    x1: float
    y: float
    thickness: float
    ink: Ink = BLACK


@dataclass
class Leaf:
    """One page, drawn upon piece by piece."""

    words: list[Words] = field(default_factory=list)
    bars: list[Bar] = field(default_factory=list)

    def centred(self, text: str, y: float, face: str, size: float, ink: Ink = BLACK) -> None:
        self.words.append(Words(text, MIDDLE - width(text, size) / 2, y, face, size, ink))

    def ending(
        self, text: str, x1: float, y: float, face: str = "仿宋", size: float = CELL
    ) -> None:
        self.words.append(Words(text, x1 - width(text, size), y, face, size))

    def folio(self, number: int) -> None:
        text = f"—{number}—"
        y = 269 + DASH * FOUR
        if number % 2:
            self.ending(text, RIGHT - FOUR, y, "宋体", FOUR)
        else:
            self.words.append(Words(text, LEFT + FOUR, y, "宋体", FOUR))


@cache
def _widths() -> dict[str, tuple[str, float]]:
    """The file that draws a character, and its width in em."""
    found: dict[str, tuple[str, float]] = {}
    for file in DRAWN_BY:
        with TTFont(FONTS / file, lazy=True) as font:
            units, advances = font["head"].unitsPerEm, font["hmtx"]
            for code, name in font.getBestCmap().items():
                found.setdefault(chr(code), (file, advances[name][0] / units))
    return found


def width(text: str, size: float) -> float:
    """The width of *text* set solid."""
    return sum(_widths()[char][1] for char in text) * size


def _pieces(words: Words) -> Iterator[Words]:
    """*words* parted where another file draws them."""
    x = words.x
    for _, chars in groupby(words.text, lambda char: _widths()[char][0]):
        text = "".join(chars)
        yield replace(words, text=text, x=x)
        x += width(text, words.size)


def running(text: str, first: int, indent: int = 2) -> list[Words]:
    """Text of Han characters and closing marks in lines of 28 cells, from line *first*."""
    lines = [text[: 28 - indent]]
    rest = text[28 - indent :]
    lines += [rest[i : i + 28] for i in range(0, len(rest), 28)]
    return [
        Words(line, LEFT + (indent * CELL if index == 0 else 0), baseline(first + index))
        for index, line in enumerate(lines)
        if line
    ]


def lay(leaves: Sequence[Leaf], path: Path, title: str) -> Path:
    """Writes *leaves* as a PDF with embedded, readable fonts."""
    pdf = pydyf.PDF()
    everything = [piece for leaf in leaves for words in leaf.words for piece in _pieces(words)]
    chars: dict[tuple[str, str], set[str]] = {}
    for piece in everything:
        chars.setdefault((piece.face, _widths()[piece.text[0]][0]), set()).update(piece.text)
    fonts, codes = {}, {}
    for use in sorted(chars):
        fonts[use], codes[use] = _embed(pdf, *use, sorted(chars[use]))
    resources = pydyf.Dictionary(
        {
            "Font": pydyf.Dictionary(
                {f"F{index}": font.reference for index, font in enumerate(fonts.values())}
            )
        }
    )
    pdf.add_object(resources)
    keys = {use: f"F{index}" for index, use in enumerate(fonts)}
    for leaf in leaves:
        stream = pydyf.Stream()
        for bar in leaf.bars:
            stream.set_color_rgb(*bar.ink)
            stream.rectangle(
                bar.x0 * PT,
                (297 - bar.y - bar.thickness / 2) * PT,
                (bar.x1 - bar.x0) * PT,
                bar.thickness * PT,
            )
            stream.fill()
        for words in leaf.words:
            for piece in _pieces(words):
                use = piece.face, _widths()[piece.text[0]][0]
                _show(stream, piece, keys[use], codes[use])
        pdf.add_object(stream)
        page = pydyf.Dictionary(
            {
                "Type": "/Page",
                "Parent": pdf.pages.reference,
                "Contents": stream.reference,
                "MediaBox": pydyf.Array([0, 0, 210 * PT, 297 * PT]),
                "Resources": resources.reference,
            }
        )
        pdf.add_page(page)
    pdf.info["Title"] = pydyf.String(title)
    pdf.catalog["Lang"] = pydyf.String("zh-CN")
    with path.open("wb") as file:
        pdf.write(file)
    return path


def _show(stream: pydyf.Stream, words: Words, key: str, codes: dict[str, int]) -> None:
    stream.begin_text()
    stream.set_color_rgb(*words.ink)
    stream.set_font_size(key, words.size * PT)
    stream.set_text_matrix(1, 0, 0, 1, words.x * PT, (297 - words.y) * PT)
    shown = "".join(f"{codes[char]:04x}" for char in words.text)
    stream.stream.append(f"<{shown}> Tj".encode())
    stream.end_text()


@dataclass(frozen=True)
class Cut:
    """A face cut to some characters: its CFF data, glyph numbers and widths in 1/1000 em."""

    data: bytes
    codes: dict[str, int]
    widths: dict[str, float]


@cache
def _usual() -> frozenset[str]:
    """The characters of these tests: faces are cut once for all of them, which takes the time."""
    here = Path(__file__)
    files = [here, *here.parent.glob("test_r*.py")]
    return frozenset("".join(file.read_text("utf-8") for file in files))


@cache
def _cut(face: str, drawn_by: str, chars: frozenset[str]) -> Cut:
    options = subset.Options(layout_features=[], notdef_outline=True, name_IDs=[1, 4, 6])
    font = TTFont(FONTS / drawn_by)
    compact = font["CFF "].cff
    compact.fontNames = [FACES[face]]
    compact[0].FullName = compact[0].FamilyName = FACES[face]
    cutter = subset.Subsetter(options)
    cutter.populate(text="".join(sorted(chars)))
    cutter.subset(font)
    top = compact.topDictIndex[0]
    names, units = font.getBestCmap(), font["head"].unitsPerEm
    order = {name: index for index, name in enumerate(top.charset)}
    codes, widths = {}, {}
    for code, name in names.items():
        codes[chr(code)] = int(name[3:]) if hasattr(top, "ROS") else order[name]
        widths[chr(code)] = font["hmtx"][name][0] * 1000 / units
        if face == "楷体" and chr(code).isdigit():
            widths[chr(code)] = WIDE_DIGIT
    data = io.BytesIO()
    compact.compile(data, font)
    return Cut(data.getvalue(), codes, widths)


def _embed(
    pdf: pydyf.PDF, face: str, drawn_by: str, chars: Iterable[str]
) -> tuple[pydyf.Dictionary, dict[str, int]]:
    """The face cut to *chars* and more, as a composite font; the codes are glyph numbers."""
    cut = _cut(face, drawn_by, _usual() | frozenset(chars))
    codes = {char: cut.codes[char] for char in chars}
    file = pydyf.Stream([cut.data], pydyf.Dictionary({"Subtype": "/CIDFontType0C"}), compress=True)
    pdf.add_object(file)
    name = f"{'ABCDEF'[DRAWN_BY.index(drawn_by)] * 6}+{FACES[face]}"
    descriptor = pydyf.Dictionary(
        {
            "Type": "/FontDescriptor",
            "FontName": f"/{name}",
            "Flags": 4,
            "FontBBox": pydyf.Array([0, -120, 1000, 880]),
            "ItalicAngle": 0,
            "Ascent": 880,
            "Descent": -120,
            "CapHeight": 700,
            "StemV": 80,
            "FontFile3": file.reference,
        }
    )
    pdf.add_object(descriptor)
    widths = pydyf.Array()
    for char, code in sorted(cut.codes.items(), key=lambda item: item[1]):
        widths += [code, pydyf.Array([cut.widths[char]])]
    descendant = pydyf.Dictionary(
        {
            "Type": "/Font",
            "Subtype": "/CIDFontType0",
            "BaseFont": f"/{name}",
            "CIDSystemInfo": pydyf.Dictionary(
                {
                    "Registry": pydyf.String("Adobe"),
                    "Ordering": pydyf.String("Identity"),
                    "Supplement": 0,
                }
            ),
            "FontDescriptor": descriptor.reference,
            "DW": 1000,
            "W": widths,
        }
    )
    pdf.add_object(descendant)
    # At most a hundred pairs in one block, as the format asks.
    pairs = [f"<{code:04x}> <{ord(char):04x}>" for char, code in cut.codes.items()]
    blocks = [pairs[start : start + 100] for start in range(0, len(pairs), 100)]
    cmap = pydyf.Stream(
        [
            b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def "
            b"/CMapType 2 def 1 begincodespacerange <0000> <ffff> endcodespacerange",
            *(
                f"{len(block)} beginbfchar\n{chr(10).join(block)}\nendbfchar".encode()
                for block in blocks
            ),
            b"endcmap end end",
        ]
    )
    pdf.add_object(cmap)
    composite = pydyf.Dictionary(
        {
            "Type": "/Font",
            "Subtype": "/Type0",
            "BaseFont": f"/{name}",
            "Encoding": "/Identity-H",
            "DescendantFonts": pydyf.Array([descendant.reference]),
            "ToUnicode": cmap.reference,
        }
    )
    pdf.add_object(composite)
    return composite, codes


# --- a notice of two sides, with all parts --------------------------------------------------------

SENTENCE = "各单位要认真贯彻落实会议精神加强组织领导明确工作责任完善工作机制确保各项任务落到实处"
TITLE = "关于进一步做好安全生产工作的通知"


def notice() -> list[Leaf]:
    """A notice with letterhead, two levels, attachment list, signature, note and imprint."""
    first, second = Leaf(), Leaf()
    number_foot = baseline(8) + 0.12 * CELL
    mark = 18.0
    # The ink of a Han character of this face begins about 0.06 em below the em box's top.
    first.words.append(Words("000012", LEFT, baseline(1)))
    first.words.append(Words("机密★1年", LEFT, baseline(2), "黑体"))
    first.words.append(Words("特急", LEFT, baseline(3), "黑体"))
    first.centred("常州市教育局文件", 72 + 0.85 * mark * 0.97, "小标宋", mark * 0.97, RED)
    first.centred("常教发〔2012〕10号", baseline(8), "仿宋", CELL)
    first.bars.append(Bar(LEFT, RIGHT, number_foot + 4, 0.35, RED))
    title_line = 11
    first.centred(TITLE, baseline(title_line), "小标宋", TWO)
    first.words.append(Words("各辖市教育局，各直属单位：", LEFT, baseline(13)))
    first.words += running(SENTENCE * 2 + "。", 14)
    line = 14 + len(running(SENTENCE * 2 + "。", 14))
    first.words.append(Words("一、总体要求", LEFT + 2 * CELL, baseline(line), "黑体"))
    first.words += running(SENTENCE * 2 + "。", line + 1)
    first.words += running(SENTENCE[:40] + "。", line + 5)[: 22 - line - 4]
    second.words += running(SENTENCE * 2 + "。", 1)
    second.words.append(Words("二、工作措施", LEFT + 2 * CELL, baseline(5), "黑体"))
    heading = "（一）落实责任。"
    second.words.append(Words(heading, LEFT + 2 * CELL, baseline(6), "楷体"))
    second.words.append(
        Words(SENTENCE[: 26 - len(heading)], LEFT + (2 + len(heading)) * CELL, baseline(6))
    )
    second.words.append(Words(SENTENCE[18:40] + "。", LEFT, baseline(7)))
    second.words.append(Words("附件：", LEFT + 2 * CELL, baseline(9)))
    second.words.append(Words("1.任务分解表", LEFT + 5 * CELL, baseline(9)))
    second.words.append(Words("2.联系人名单", LEFT + 5 * CELL, baseline(10)))
    second.ending("常州市教育委员会办公室", RIGHT - 2 * CELL, baseline(12))
    name_left = RIGHT - 13 * CELL
    second.words.append(Words("2012年7月1日", name_left + 2 * CELL, baseline(13)))
    second.words.append(Words("（联系人：张三，电话：12345678）", LEFT + 2 * CELL, baseline(14)))
    for y, thickness in ((241.5, 0.35), (251.7, 0.25), (262 - 0.175, 0.35)):
        second.bars.append(Bar(LEFT, RIGHT, y, thickness))
    second.words.append(Words("抄送：市委办公室，市政府办公室。", LEFT + FOUR, 248.6, "仿宋", FOUR))
    second.words.append(Words("常州市教育局办公室", LEFT + FOUR, 258.8, "仿宋", FOUR))
    second.ending("2012年7月2日印发", RIGHT - FOUR, 258.8, "仿宋", FOUR)
    first.folio(1)
    second.folio(2)
    return [first, second]


# --- an attachment of three sides, delivered on its own -------------------------------------------


def attachment() -> list[Leaf]:
    """An attachment: label, title on line 3, text from line 5 over full sides of 22 lines."""
    leaves = [Leaf(), Leaf(), Leaf()]
    leaves[0].words.append(Words("附件2", LEFT, baseline(1), "黑体"))
    leaves[0].centred("年度工作总结", baseline(3), "小标宋", TWO)
    lines = [words for _ in range(9) for words in running(SENTENCE * 4 + "。", 1)]
    for index, words in enumerate(lines[:50]):
        page, line = divmod(index + 4, 22)
        leaves[page].words.append(Words(words.text, words.x, baseline(line + 1)))
    for number, leaf in enumerate(leaves, 1):
        leaf.folio(number)
    return leaves
