"""Pictures that are not what they seem: told by name, and nothing is printed half."""

from __future__ import annotations

import io
import struct
import zlib
from itertools import pairwise
from pathlib import Path

import pytest
from making import write
from PIL import Image

from yinfa.cli import main
from yinfa.rendering import engine

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
SIZE = b' width="10" height="10">'


def png(width: int, height: int, rows: bytes, bits: int = 8, colour: int = 2) -> bytes:
    """A PNG of that size whose *rows* are whatever is given."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    header = struct.pack(">IIBBBBB", width, height, bits, colour, 0, 0, 0)
    body = chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body


def jpeg() -> bytes:
    target = io.BytesIO()
    Image.new("RGB", (50, 50), "red").save(target, "JPEG")
    return target.getvalue()


def laughs() -> bytes:
    """Entities that name each other ten times, nine deep."""
    names = "abcdefghi"
    inner = "".join(f'<!ENTITY {name} "{f"&{before};" * 10}">' for before, name in pairwise(names))
    doctype = f'<!DOCTYPE svg [<!ENTITY a "ha">{inner}]>'.encode()
    return doctype + SVG + SIZE + b"<text>&i;</text></svg>"


UNFIT = {
    "garbage.png": (png(10, 10, b"garbage"), "已损坏"),
    "short.png": (png(10, 10, zlib.compress(b"\0" * 5)), "已损坏"),
    "depth.png": (png(10, 10, zlib.compress(b"\0" * 310), bits=3), "已损坏"),
    "cut.jpg": (jpeg()[:300] + b"\xff\xd9", "已损坏"),
    # Few bytes, many pixels; the rows need not even be there.
    "bomb.png": (png(60_000, 60_000, zlib.compress(b""), 1, 0), "有 3600 百万像素"),
    "open.svg": (SVG + SIZE + b"<g", "画不出来"),
    "laughs.svg": (laughs(), "画不出来"),
    "outside.svg": (
        SVG + SIZE + b'<image xlink:href="file:///etc/passwd" width="9" height="9"/></svg>',
        "画不出来",
    ),
    "entity.svg": (
        b'<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
        + SVG + SIZE + b"<text>&x;</text></svg>",
        "画不出来",
    ),
    "itself.svg": (SVG + SIZE + b'<g id="a"><use xlink:href="#a"/></g></svg>', "画不出来"),
    "deep.svg": (SVG + SIZE + b"<g>" * 3000 + b"</g>" * 3000 + b"</svg>", "画不出来"),
}  # fmt: skip


@pytest.mark.parametrize("name", UNFIT)
def test_a_picture_that_cannot_be_drawn_is_told_by_name(
    tmp_path: Path, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    engine.weasyprint()  # with it Pillow takes what is cut short for whole
    content, said = UNFIT[name]
    (tmp_path / name).write_bytes(content)
    source = write(tmp_path, ["一段话。", {"图": name, "替代文字": "图", "宽": 30}])
    assert main(["build", str(source), "-o", str(tmp_path / "out.pdf")]) == 2
    told = capsys.readouterr().err
    assert said in told
    assert name in told
    assert "提示：" in told
    assert not (tmp_path / "out.pdf").exists()


def test_a_picture_that_cannot_be_drawn_is_told_by_name_in_a_bundle_too(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "open.svg").write_bytes(UNFIT["open.svg"][0])
    source = write(tmp_path, ["一段话。", {"图": "open.svg", "替代文字": "图", "宽": 30}])
    bundle = tmp_path / "bundle.yaml"
    bundle.write_text(
        f"会议: 例会\n日期: 2012年7月9日\n地点: 会议室\n材料: [{source.name}]\n", "utf-8"
    )
    assert main(["bundle", str(bundle), "-o", str(tmp_path / "out.pdf")]) == 2
    told = capsys.readouterr().err
    assert f"{source}:5:6: 图片画不出来：写法有错，或引用了别的文件：open.svg" in told
