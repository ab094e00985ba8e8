"""Picture files: inside the document's folder, whole, and of a known format."""

from __future__ import annotations

import io
import re
from math import isfinite
from pathlib import Path

from yinfa.files import TooLong, read_file
from yinfa.load import Mapping, Value
from yinfa.model import Picture, Seal, Stamp, Text
from yinfa.report import system_reason
from yinfa.validating.reader import Fields, NamedPicture, Reader, clip
from yinfa.words import SEAL, STAMP, Type

SQUARE_WITHIN = 0.02
LARGEST_BYTES = 50_000_000
LARGEST_PIXELS = 80_000_000  # what unpacks to more is taken for an attack by Pillow

_PNG = b"\x89PNG\r\n\x1a\n"
_JPEG = b"\xff\xd8\xff"
_FOUR_COLOURS = 4  # components of a JPEG that has no place in PDF/A with an RGB intent
_GREY_OF_16_BITS = b"\x10\x00"  # depth and kind of a PNG that the renderer cannot print
_SVG_ROOT = r"<svg\b[^>]*>"
_SVG_SIZE = r"\b(width|height)\s*=\s*[\"']\s*([\d.]+)(?:[a-z]*)\s*[\"']"
_SVG_BOX = r"\bviewBox\s*=\s*[\"'][\s,]*[-\d.e]+[\s,]+[-\d.e]+[\s,]+([\d.e]+)[\s,]+([\d.e]+)"
_PER_MM = 96 / 25.4  # pixels of a picture that names no resolution, as in CSS
_UPRIGHT = 4  # the greatest orientation that keeps the sides
_REMOTE = r"[A-Za-z][A-Za-z0-9+.-]+:"


def picture(fields: Fields, name: str, width_mm: float = 0.0) -> Picture | None:
    """The picture whose path stands under *name*."""
    text = fields.text(name)
    return _picture(fields.reader, text, fields.shown(name), width_mm) if text else None


def missing(fields: Fields) -> Picture:
    """A picture that stands in until the faults are told."""
    return Picture(fields.reader.source.path, fields.place)


def seals(fields: Fields, name: str) -> tuple[Seal, ...]:
    """The seals under *name*, in the order of the issuers."""
    values = fields.items(name, Type.PICTURE)
    return tuple(_seal(fields.reader, item, fields.shown(name)) for item in values)


def _seal(reader: Reader, value: Value, what: str) -> Seal:
    if not isinstance(value, Mapping):
        text = reader.text(value, what)
        found = _picture(reader, text, what, square=True) if text else None
        return Seal(found, 0.0)
    fields = reader.fields(value, SEAL)
    path = fields.text("picture")
    found = None
    if path:
        found = _picture(reader, path, fields.shown("picture"), square=True)
    return Seal(found, fields.length_mm("diameter", 0.0))


def stamps(fields: Fields, name: str) -> tuple[Stamp, ...]:
    """The signature stamps under *name*, in the order of the issuers."""
    values = fields.items(name, Type.PICTURE)
    return tuple(_stamp(fields.reader, item, fields.shown(name)) for item in values)


def _stamp(reader: Reader, value: Value, what: str) -> Stamp:
    if not isinstance(value, Mapping):
        text = reader.text(value, what)
        return Stamp(None, _picture(reader, text, what) if text else None)
    fields = reader.fields(value, STAMP)
    width_mm = fields.length_mm("width", 0.0)
    return Stamp(fields.text("post"), picture(fields, "picture", width_mm))


def _picture(
    reader: Reader, text: Text, what: str, width_mm: float = 0.0, square: bool = False
) -> Picture | None:
    """The picture at the path *text*, or None when it cannot be used, which is told."""
    path = inside(reader, text, what)
    if path is None:
        return None
    found = reader.pictures.get(path) or reader.pictures.setdefault(path, _read(path))
    if found.message:
        reader.wrong(text.place, f"“{what}”{found.message}", found.hint)
        return None
    if square and abs(found.width - found.height) > SQUARE_WITHIN * max(found.width, found.height):
        reader.wrong(
            text.place,
            f"“{what}”的图片不是正方形：{found.width:g}×{found.height:g}",
            "请把图片裁成正方形，印章居中，四边贴近印章边缘",
            "7.3.5.1",
        )
    return Picture(path, text.place, width_mm, found.width / found.height, found.natural_mm)


def inside(reader: Reader, text: Text, what: str) -> Path | None:
    """The file at the path *text* in the document's folder, or None, which is told."""
    if re.match(_REMOTE, text.value):
        reader.wrong(
            text.place,
            f"“{what}”应是文件夹里的文件，不能是网址：{clip(text.value, 40)}",
            "请把图片存到本文件所在的文件夹，写它的文件名",
        )
        return None
    try:
        folder = reader.folder.resolve()
        path = (folder / text.value).resolve()
        if not path.is_relative_to(folder):
            reader.wrong(
                text.place,
                f"“{what}”在本文件的文件夹之外：{clip(text.value, 40)}",
                "请把图片复制到本文件所在的文件夹或其下，写相对路径",
            )
            return None
        if path.is_file():
            return path
    except (OSError, ValueError, RuntimeError):
        pass
    reader.wrong(
        text.place,
        f"“{what}”找不到文件：{clip(text.value, 40)}",
        "请核对文件名；路径从本文件所在的文件夹算起",
    )
    return None


def _read(path: Path) -> NamedPicture:
    """The picture *path*, or what is wrong with it."""
    try:
        file = read_file(path, LARGEST_BYTES)
    except TooLong:
        return _unfit(f"的图片太大，超过 {LARGEST_BYTES / 1e6:.0f} MB", "请缩小")
    except OSError as error:
        return _unfit(f"的图片读不了：{system_reason(error)}", "请检查文件的权限")
    data = file.content
    readers = (
        (_PNG, _png_size, _png_per_mm),
        (_JPEG, _jpeg_size, _jpeg_per_mm),
    )
    for signature, size, resolution in readers:
        if data.startswith(signature):
            found, per_mm, raster = size(data), resolution(data), True
            break
    else:
        head = data[:100_000].decode("utf-8", "replace")
        root = re.search(_SVG_ROOT, head)
        if root is None:
            hint = "请用看图软件另存为 PNG；只改后缀名没有用"
            return _unfit(f"不是 PNG、JPEG 或 SVG 图片：{path.name}", hint)
        from yinfa.pictures.svg import unfit  # few documents have pictures

        found, per_mm, raster = _svg_size(root[0]), _PER_MM, False
        if found and (told := unfit(data)):
            return _unfit(f"的图片{told[0]}：{path.name}", told[1])
    if found and raster and found[0] * found[1] > LARGEST_PIXELS:
        millions = f"{found[0] * found[1] / 1e6:.0f} 百万像素"
        hint = "请缩小；印满 A4 的图片，35 百万像素足够清晰"
        return _unfit(f"的图片太大，有 {millions}：{path.name}", hint)
    whole = found and min(found) > 0 and isfinite(sum(found))
    if not found or not whole or (raster and not _decodes(data)):
        return _unfit(f"的图片已损坏：{path.name}", "请重新导出或复制这张图片")
    if message := _unprintable(data):
        return _unfit(f"的图片{message}：{path.name}", "请用看图软件另存一份合适的")
    width, height = found
    return NamedPicture(file.known, width, height, width / (per_mm or _PER_MM))


def _unfit(message: str, hint: str) -> NamedPicture:
    return NamedPicture(None, message=message, hint=hint)


def _unprintable(data: bytes) -> str:
    """Why a whole picture cannot be printed all the same; nothing where it can."""
    if data.startswith(_PNG) and data[24:26] == _GREY_OF_16_BITS:
        return "是 16 位的灰度图，要 8 位的"
    if data.startswith(_JPEG) and data[_jpeg_frame(data) + 9] == _FOUR_COLOURS:
        return "是印刷用的四色（CMYK）图，要 RGB 的"
    return ""


def _decodes(data: bytes) -> bool:
    """Whether every pixel is there."""
    from PIL import Image, ImageFile

    lenient = ImageFile.LOAD_TRUNCATED_IMAGES  # the renderer takes a picture cut short for whole
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    try:
        with Image.open(io.BytesIO(data), formats=("PNG", "JPEG")) as picture:
            picture.load()
    except (OSError, ValueError, SyntaxError, EOFError):
        return False
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = lenient
    return True


def _png_size(data: bytes) -> tuple[float, float] | None:
    """Size of a PNG that has its first and its last chunk."""
    if data[12:16] != b"IHDR" or b"IEND" not in data[-32:]:
        return None
    return int.from_bytes(data[16:20], "big"), int.from_bytes(data[20:24], "big")


def _png_per_mm(data: bytes) -> float:
    """Pixels a millimetre as a PNG says; 0 where it does not."""
    at = data.find(b"pHYs", 0, data.find(b"IDAT"))
    return int.from_bytes(data[at + 4 : at + 8], "big") / 1000 if at > 0 and data[at + 12] else 0.0


def _jpeg_per_mm(data: bytes) -> float:
    """Pixels a millimetre as a JFIF header says; 0 where it does not."""
    at = data.find(b"JFIF\0", 0, 64)
    unit_mm = {1: 25.4, 2: 10.0}.get(data[at + 7]) if at > 0 else None
    return int.from_bytes(data[at + 8 : at + 10], "big") / unit_mm if unit_mm else 0.0


def _jpeg_size(data: bytes) -> tuple[float, float] | None:
    """Size of a JPEG, from the first frame header, when its end is there."""
    at = _jpeg_frame(data)
    if not at or b"\xff\xd9" not in data[-1024:]:
        return None
    height = int.from_bytes(data[at + 5 : at + 7], "big")
    width = int.from_bytes(data[at + 7 : at + 9], "big")
    return (height, width) if _lies_on_its_side(data[:at]) else (width, height)


def _jpeg_frame(data: bytes) -> int:
    """Where the first frame header of a JPEG stands; 0 where there is none."""
    at = 2
    while at + 9 < len(data) and data[at] == 0xFF:
        marker = data[at + 1]
        if marker == 0xFF:
            at += 1
        elif 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            return at
        else:
            at += 2 + int.from_bytes(data[at + 2 : at + 4], "big")
    return 0


def _lies_on_its_side(head: bytes) -> bool:
    """Whether a camera was held upright: Exif's tag of orientation says 5 to 8."""
    start = head.find(b"Exif\0\0")
    from yinfa.pictures.exif import orientation

    return start >= 0 and orientation(head[start:]) > _UPRIGHT


def _svg_size(root: str) -> tuple[float, float] | None:
    """Size of an SVG from its root element; the view box counts first."""
    try:
        if box := re.search(_SVG_BOX, root):
            return float(box[1]), float(box[2])
        sizes = {name: float(length) for name, length in re.findall(_SVG_SIZE, root)}
        return sizes["width"], sizes["height"]
    except (KeyError, ValueError):
        return None
