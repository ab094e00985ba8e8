"""The house: what an office's own rules change, read from its file and applied to measures.

The file stands beside the documents or is named in them. Every point that differs from the
standard is kept as a deviation, so that nothing deviates silently.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, field, replace
from operator import attrgetter
from pathlib import Path

from yinfa.composition import Role, Style
from yinfa.faces.own import own_face_names
from yinfa.load import load
from yinfa.measures import MM_PER_PT, FormMeasures, Measures, changed, standard_measures
from yinfa.model import Deviation, FolioStyle, House
from yinfa.report import Fault, Finding, Place, SourceFault
from yinfa.validating.reader import Fields, Reader, clip
from yinfa.word_list import find_word_list, read_word_list
from yinfa.words import HOUSE, Word

OFD = "ofd"
NAMES = ("house.yaml", "本单位规定.yaml")
FORE_EDGE_MM = 5.0  # the least that is left of the paper beside the type area
FOOT_MM = 15.0  # and under it, for the folio
HAIR_MM = 0.05
# Three lines at the head end above the issuer mark, 7.2.1 to 7.2.4.
MOST_PITCH_MM = HOUSE.named("pitch").most

# 号 by their points; 三号 is the standard's cell.
_NAMED_PT = {
    "初号": 42.0, "小初": 36.0, "一号": 26.0, "小一": 24.0, "二号": 22.0, "小二": 18.0,
    "小三": 15.0, "四号": 14.0, "小四": 12.0, "五号": 10.5, "小五": 9.0,
}  # fmt: skip
_TEXT_SIZE = "三号"
_DIGITS = str.maketrans("123456", "一二三四五六")
_LENGTH = re.compile(r"(\d+(?:\.\d+)?)\s*(磅|pt|毫米|mm)?", re.ASCII)


def find_house(folder: Path) -> Path | None:
    """The rules that hold for the documents in *folder*; a SourceFault where two files say them."""
    found = [folder / name for name in NAMES if (folder / name).is_file()]
    if len(found) > 1:
        message = f"同一文件夹里有 {NAMES[0]} 和 {NAMES[1]}"
        raise SourceFault((Finding(Place(found[1]), message, "只留一个"),))
    return found[0] if found else None


def read_house(path: Path) -> House:
    """The house of the file *path*, or a SourceFault with all that is wrong with it."""
    reader = Reader(load(path), printed=False)
    fields = reader.fields(reader.source.root, HOUSE)
    house = _Reading(fields, standard_measures()).house()
    reader.settle()
    return replace(house, file=reader.source.file)


def obey(reader: Reader, path: Path | None) -> tuple[Path | None, House]:
    """The house of a document that names *path*, or of its folder; *reader* keeps its faults."""
    try:
        path = path or find_house(reader.folder)
        house = read_house(path) if path else House()
        if words := find_word_list(path, reader.folder):
            listed = read_word_list(words)
            house = replace(house, misprints=listed.added, misprints_off=listed.off)
        return path, house
    except Fault as fault:
        reader.findings += fault.findings
        return path, House()


def overruled(house: House, folio: FolioStyle) -> House:
    """*house* for a document with *folio*: what a document says itself goes before its house."""
    if house.folio in (None, folio):
        return house
    deviations = tuple(one for one in house.deviations if one.name != "folio")
    return replace(house, folio=None, deviations=deviations)


def files(folder: Path, house: Path | None) -> tuple[Path, ...]:
    """The files that decide on the house, also those that are absent today."""
    return (house,) if house else tuple(folder / name for name in NAMES)


# --- applied ---------------------------------------------------------------------------------


def house_measures(measures: Measures, house: House) -> Measures:
    """*measures* as the house has them."""
    return changed(measures, house.measures)


def house_form(form: FormMeasures, house: House, measures: Measures) -> FormMeasures:
    """The measures of a form as the house has them; a mark keeps its distance from the 天头."""
    if form.mark is not None:
        lower_mm = house_measures(measures, house).type_area.head_mm - measures.type_area.head_mm
        mark = form.mark
        if form.double_rule is None:  # a letter's mark is measured from the paper, 10.1
            mark = replace(mark, top_mm=mark.top_mm + lower_mm)
        if house.mark_mm:
            joint_mm = mark.joint_height_mm * house.mark_mm / mark.height_mm
            mark = replace(mark, height_mm=house.mark_mm, joint_height_mm=joint_mm)
        form = replace(form, mark=mark)
    if form.red_rule is not None and house.red_rule_mm:
        form = replace(form, red_rule=replace(form.red_rule, thickness_mm=house.red_rule_mm))
    return form


def house_style(house: House) -> Style:
    """How the house sets lines."""
    return Style(grid=house.grid, latin_gap=house.latin_gap, latin=house.latin)


def remark(path: Path | None, house: House) -> str:
    """One line that says in which points a document follows its house; empty where in none."""
    if path is None or not house.deviations:
        return ""
    return f"按本单位规定（{path.name}）：{'，'.join(map(str, house.deviations))}"


# --- read ------------------------------------------------------------------------------------


@dataclass
class _Reading:
    """Takes the points one by one, and remembers which differ from the standard."""

    fields: Fields
    standard: Measures
    deviations: list[Deviation] = field(default_factory=list)
    measures: dict[str, float] = field(default_factory=dict)

    def house(self) -> House:
        self._type_area()
        self._sizes()
        self._grid()
        folio = self._word("folio", "outside")
        latin = self._word("latin", "")
        faces = self._faces()
        return House(
            measures=self.measures,
            red_rule_mm=self._length("red_rule"),
            mark_mm=self._length("mark_height"),
            folio=FolioStyle(folio) if folio else None,
            dashes=self._yes("folio_dashes", standard=True),
            grid=self._word("punctuation", "squeeze") == "grid",
            latin_gap=self._yes("latin_gap", standard=False),
            latin=Role[latin.upper()] if latin else None,
            faces=faces,
            face_names=own_face_names(faces) if faces else {},
            ofd=any(word.value == OFD for word in self.fields.choices("formats")),
            deviations=tuple(self.deviations),
        )

    def _differs(self, name: str, ours: str, standard: str) -> None:
        if ours != standard:
            self.deviations.append(Deviation(name, HOUSE.named(name).chinese, ours, standard))

    def _set(self, name: str, measure: str, value: float, unit: str = " mm") -> None:
        standard = attrgetter(measure)(self.standard)
        self.measures[measure] = value
        self._differs(name, f"{round(value, 2):g}{unit}", f"{round(standard, 2):g}{unit}")

    def _length(self, name: str) -> float | None:
        """A length that the forms have each in their own way."""
        length_mm = self.fields.length_mm(name, 0.0)
        if length_mm:
            self._differs(name, f"{length_mm:g} mm", "")
        return length_mm or None

    def _word(self, name: str, standard: str) -> str:
        """The fixed word of *name*, or nothing where the house says nothing."""
        word = self.fields.choice(name)
        if word is None:
            return ""
        known = {one.value: one for one in HOUSE.named(name).words}
        self._differs(name, _shown(word), _shown(known[standard]) if standard else "")
        return word.value

    def _yes(self, name: str, *, standard: bool) -> bool:
        said = self.fields.yes(name, default=standard)
        self._differs(name, "是" if said else "否", "是" if standard else "否")
        return said

    def _faces(self) -> Path | None:
        """The table of the house's own faces."""
        text = self.fields.text("faces")
        if text is None:
            return None
        path = self.fields.reader.folder / text.value
        if not path.is_file():
            hint = "请核对文件名；路径从本单位规定所在的文件夹算起"
            self.fields.wrong("faces", f"“{self.fields.shown('faces')}”找不到文件", hint)
            return None
        self._differs("faces", path.name, "")
        return path

    # --- lengths that must agree ---

    def _type_area(self) -> None:
        fields, standard = self.fields, self.standard
        for name, measure in (
            ("head_margin", "type_area.head_mm"), ("binding_margin", "type_area.binding_mm"),
        ):  # fmt: skip
            if length_mm := fields.length_mm(name, 0.0):
                self._set(name, measure, length_mm)
        area = fields.lengths_mm("type_area")
        if area and len(area) != 2:
            fields.wrong(
                "type_area", f"“{fields.shown('type_area')}”应是宽和高两个数", "写成 [156, 225]"
            )
        elif area and all(area):
            self.measures |= {"type_area.width_mm": area[0], "type_area.height_mm": area[1]}
            usual = standard.type_area.width_mm, standard.type_area.height_mm
            ours, usually = (f"{width:g}×{height:g} mm" for width, height in (area, usual))
            self._differs("type_area", ours, usually)
        now = changed(standard, self.measures)
        across_mm = standard.paper.width_mm - FORE_EDGE_MM
        if now.type_area.right_mm > across_mm:
            self._too_large("binding_margin", "订口和版心宽", now.type_area.right_mm, across_mm)
        down_mm = standard.paper.height_mm - FOOT_MM
        if now.type_area.bottom_mm > down_mm:
            self._too_large("head_margin", "天头和版心高", now.type_area.bottom_mm, down_mm)

    def _too_large(self, name: str, what: str, sum_mm: float, most_mm: float) -> None:
        place = "type_area" if "type_area" in self.fields else name
        message = f"{what}共 {sum_mm:g} mm，纸上只放得下 {most_mm:g} mm"
        self.fields.wrong(place, message, "请减小其中一项")

    def _sizes(self) -> None:
        for name, measure in (("title_size", "sizes.title_pt"), ("small_size", "sizes.small_pt")):
            if size_pt := self._size_pt(name):
                self._set(name, measure, size_pt, " 磅")

    def _place(self, *names: str) -> str:
        """The first of *names* that the house says."""
        return next((name for name in names if name in self.fields), names[-1])

    def _grid(self) -> None:
        """Cells, lines and their pitch; what the house leaves open fills the type area."""
        fields = self.fields
        cells: float = fields.integer("cells", 0)
        lines = fields.integer("lines", 0)
        pitch_mm = self._pitch_mm()
        now = changed(self.standard, self.measures)
        if size_pt := self._size_pt("text_size"):
            if cells:
                message = f"“{fields.shown('cells')}”和“{fields.shown('text_size')}”只能写一项"
                fields.wrong("text_size", message, "字号由版心宽和每行字数得出")
            standard_pt = self.standard.cell_mm / MM_PER_PT
            self._differs("text_size", f"{round(size_pt, 2):g} 磅", f"{round(standard_pt, 2):g} 磅")
            self.measures["grid.cells"] = now.type_area.width_mm / (size_pt * MM_PER_PT)
        elif cells:
            self._set("cells", "grid.cells", cells, " 字")
        now = changed(self.standard, self.measures)
        if pitch_mm:
            self._set("pitch", "grid.pitch_mm", pitch_mm)
            lines = lines or math.floor((now.type_area.height_mm - now.cell_mm) / pitch_mm + 1.005)
        if lines:
            self._set("lines", "grid.lines", lines, " 行")
        if not pitch_mm and self.measures.keys() & {
            "grid.lines", "grid.cells", "type_area.height_mm", "type_area.width_mm",
        }:  # fmt: skip
            spare_mm = now.type_area.height_mm - now.cell_mm
            whole = (lines or now.grid.lines) - 1
            self.measures["grid.pitch_mm"] = math.floor(spare_mm / whole * 1000) / 1000
        self._match(changed(self.standard, self.measures))

    def _match(self, now: Measures) -> None:
        """Tell of lines that do not fit the type area, leave much of it, or would touch."""
        place = self._place("pitch", "lines", "text_size", "cells", "type_area")
        type_mm = (now.grid.lines - 1) * now.grid.pitch_mm + now.cell_mm
        area = f"版心高 {now.type_area.height_mm:g} mm"
        lines = f"{now.grid.lines} 行、行距 {now.grid.pitch_mm:g} mm 共高 {type_mm:.1f} mm"
        if type_mm > now.type_area.height_mm + HAIR_MM:
            hint = "请减少行数或行距；只写一项的，另一项由程序算"
            self.fields.wrong(place, f"{lines}，{area}，排不下", hint)
        elif type_mm + now.grid.pitch_mm < now.type_area.height_mm:
            hint = "请增加行数或行距；只写一项的，另一项由程序算"
            self.fields.wrong(place, f"{lines}，{area}，没有排满", hint)
        if now.grid.pitch_mm > MOST_PITCH_MM:
            message = f"行距 {now.grid.pitch_mm:g} mm 太大，版头的份号、密级、紧急程度会压住标志"
            hint = f"行距最大 {MOST_PITCH_MM} mm；请减小行距，或增加行数"
            self.fields.wrong(place, message, hint)
        text_pt = now.cell_mm / MM_PER_PT
        least_pt, most_pt = HOUSE.named("text_size").least, HOUSE.named("text_size").most
        if "text_size" not in self.fields and not least_pt <= text_pt <= most_pt:
            message = f"每行 {now.grid.cells:g} 字，字号是 {text_pt:.1f} 磅"
            hint = f"请改“每行字数”，使字号在 {least_pt:g} 到 {most_pt:g} 磅之间"
            self.fields.wrong(self._place("cells", "type_area"), message, hint)
        for size_mm, what, named in (
            (now.cell_mm, "正文", ("text_size", "cells", "pitch", "lines", "type_area")),
            (
                now.sizes.title_mm,
                "标题",
                ("title_size", "pitch", "lines", "text_size", "type_area"),
            ),
        ):
            if now.grid.pitch_mm < size_mm:
                message = f"行距 {now.grid.pitch_mm:g} mm，比{what}的字高 {size_mm:.1f} mm 还小"
                self.fields.wrong(self._place(*named), message, "请减少行数，或减小字号")
        if "small_size" in self.fields and now.sizes.small_mm > now.cell_mm + HAIR_MM:
            text_pt = now.cell_mm / MM_PER_PT
            message = f"小字 {now.sizes.small_pt:g} 磅，比正文 {text_pt:.4g} 磅还大"
            self.fields.wrong("small_size", message, "请减小“小字字号”，或加大“正文字号”")

    def _size_pt(self, name: str) -> float:
        """A size by its name or in points; 0 where the house says nothing."""
        text = self.fields.text(name)
        if text is None:
            return 0.0
        known = {**_NAMED_PT, _TEXT_SIZE: self.standard.cell_mm / MM_PER_PT}
        named_pt = known.get(text.value) or known.get(text.value.translate(_DIGITS))
        size_pt = named_pt or _points(text.value, "磅") or 0.0
        key = HOUSE.named(name)
        least_pt, most_pt = key.least, key.most
        if not least_pt <= size_pt <= most_pt:
            message = f"“{self.fields.shown(name)}”不能是“{clip(text.value)}”"
            span = f"{least_pt:g} 到 {most_pt:g} 磅之间"
            hint = f"写字号或磅数，如 {key.example}；在 {span}"
            self.fields.wrong(name, message, hint)
            return 0.0
        return size_pt

    def _pitch_mm(self) -> float:
        text = self.fields.text("pitch")
        if text is None:
            return 0.0
        pitch_mm = (_points(text.value, "毫米") or 0.0) * MM_PER_PT
        if not HOUSE.named("pitch").least <= pitch_mm <= 50.0:
            message = f"“{self.fields.shown('pitch')}”不能是“{clip(text.value)}”"
            self.fields.wrong("pitch", message, "写毫米数或磅数，如 10.2、28.9磅")
            return 0.0
        return round(pitch_mm, 4)


def _points(text: str, unit: str) -> float | None:
    """A length in points; a bare number counts in *unit*."""
    match = _LENGTH.fullmatch(text)
    if not match:
        return None
    number = float(match[1])
    return number / MM_PER_PT if (match[2] or unit) in ("毫米", "mm") else number


def _shown(word: Word) -> str:
    return word.chinese[0] if word.chinese else word.value
