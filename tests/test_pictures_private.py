"""Pictures travel without what is private, and a machine's own fonts never draw their words."""

from __future__ import annotations

import base64
import io
import zipfile
from pathlib import Path
from typing import Any

import pytest
from forms import SENTENCE
from hypothesis import given, settings
from hypothesis import strategies as st
from making import write
from PIL import Image, PngImagePlugin

from yinfa.archive.carried import take_out
from yinfa.arrange import arrange
from yinfa.check import check
from yinfa.exporting.word import as_word
from yinfa.load import load
from yinfa.pictures import bare
from yinfa.pictures.lettering import lettered
from yinfa.pictures.svg import unfit
from yinfa.reading import read
from yinfa.recipe import build
from yinfa.report import FaceFault, Severity, SourceFault
from yinfa.validate import validate

SECRET = "SECRET张三"
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20"{}>{}</svg>'
RECT = '<rect width="40" height="20"/>'


def photo(turns: int = 1, size: tuple[int, int] = (60, 40), **how: Any) -> bytes:
    """A JPEG as a camera makes it: Exif with maker and place, XMP, a comment, a small picture."""
    file = io.BytesIO()
    picture = Image.effect_noise(size, 80).convert("RGB")
    exif = Image.Exif()
    exif[0x0112], exif[0x010F], exif[0x013B] = turns, SECRET, SECRET
    exif.get_ifd(0x8825)[1] = "N"
    picture.save(file, "JPEG", exif=exif, comment=SECRET.encode(), dpi=(300, 300), **how)
    xmp = b"http://ns.adobe.com/xap/1.0/\0" + SECRET.encode()
    segment = b"\xff\xe1" + (len(xmp) + 2).to_bytes(2, "big") + xmp
    content = file.getvalue()
    return content[:2] + segment + content[2:] + b"trailing " + SECRET.encode()


def drawing_png() -> bytes:
    file = io.BytesIO()
    info = PngImagePlugin.PngInfo()
    info.add_text("Author", "SECRET")
    info.add_itxt("Comment", SECRET)
    Image.new("RGBA", (30, 20), (200, 0, 0, 99)).save(file, "PNG", pnginfo=info, dpi=(200, 200))
    return file.getvalue()


def drawing_svg() -> bytes:
    spaces = (
        ' xmlns:inkscape="http://www.inkscape.org/namespaces/inkscape"'
        f' inkscape:export-filename="/home/{SECRET}.png" data-by="{SECRET}"'
    )
    return SVG.format(
        spaces,
        f"<!-- {SECRET} --><title>{SECRET}</title><metadata>{SECRET}</metadata>"
        f"<style>/* {SECRET} */ rect {{ fill: red }}</style><inkscape:grid id='{SECRET}'/>{RECT}",
    ).encode()


PICTURES = {"照片.jpg": photo(), "图.png": drawing_png(), "图.svg": drawing_svg()}


def holds_secret(content: bytes) -> bool:
    texts = (SECRET.encode(), SECRET.encode("utf-16-le"), base64.b64encode(b"SECRET"), b"SECRET")
    return any(text in content for text in texts)


@pytest.mark.parametrize("name", PICTURES)
def test_nothing_private_is_left_and_once_is_enough(name: str) -> None:
    stripped = bare(PICTURES[name])
    assert b"SECRET" in PICTURES[name] and not holds_secret(stripped)
    assert bare(stripped) == stripped


def test_an_svg_is_written_alike_whatever_a_library_agrees_with_the_writer() -> None:
    from xml.etree import ElementTree

    link = ' xmlns:xlink="http://www.w3.org/1999/xlink"'
    svg = SVG.format(link, f'<use xlink:href="#a" xml:space="preserve"/>{RECT}').encode()
    before = bare(svg)
    ElementTree.register_namespace("svg", "http://www.w3.org/2000/svg")
    assert bare(svg) == before == bare(before)
    assert b"xlink:href" in before and b"<svg " in before


def pixels(content: bytes) -> Any:
    with Image.open(io.BytesIO(content)) as picture:
        return picture.mode, picture.size, picture.tobytes(), picture.info.get("dpi")


@pytest.mark.parametrize("progressive", [False, True])
@pytest.mark.parametrize("turns", [1, 3, 6, 8])
def test_a_photo_looks_as_it_did(turns: int, progressive: bool) -> None:
    content = photo(turns, (200, 160), progressive=progressive, quality=90)
    stripped = bare(content)
    assert pixels(stripped) == pixels(content)
    with Image.open(io.BytesIO(stripped)) as picture:
        assert dict(picture.getexif()) == ({0x0112: turns} if turns > 1 else {})


def test_a_png_looks_as_it_did() -> None:
    assert pixels(bare(drawing_png())) == pixels(drawing_png())


@settings(max_examples=100, deadline=None, derandomize=True)
@given(st.binary(max_size=200), st.sampled_from([b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"<svg"]))
def test_any_bytes_are_stripped_without_a_crash(content: bytes, start: bytes) -> None:
    bare(start + content)


def source(folder: Path) -> Path:
    for name, content in PICTURES.items():
        (folder / name).write_bytes(content)
    return write(
        folder, [SENTENCE, *({"图": name, "宽": 30, "替代文字": "图"} for name in PICTURES)]
    )


def test_pdf_attachments_and_word_file_hold_nothing_private(tmp_path: Path) -> None:
    document = validate(load(source(tmp_path)))
    product = build(document, tmp_path / "甲.pdf").product
    carried = {attached.name: attached.content for attached in take_out(product)}
    assert set(PICTURES) <= set(carried)
    assert not any(map(holds_secret, carried.values()))
    assert not holds_secret(product.read_bytes())
    with zipfile.ZipFile(io.BytesIO(as_word(arrange(document)))) as package:
        assert not any(holds_secret(package.read(name)) for name in package.namelist())


# --- words in drawings ------------------------------------------------------------------------


WORDS = '<text x="2" y="9" font-size="5" font-family="DejaVu Sans, {}">Hello 文字</text>'


def made(folder: Path, content: str) -> Path:
    (folder / "图.svg").write_text(content, "utf-8")
    path = write(folder, [SENTENCE, {"图": "图.svg", "宽": 60, "替代文字": "图"}])
    return build(validate(load(path)), path.with_suffix(".pdf")).product


def test_words_of_a_drawing_are_drawn_by_our_faces_as_outlines(tmp_path: Path) -> None:
    product = made(tmp_path, SVG.format("", WORDS.format("serif")))
    reading = read(product)
    fonts = {font.name.rpartition("+")[2] for font in reading.facts.fonts}
    assert all(name.startswith(("Fandol", "Yinfa")) for name in fonts)
    assert "Hello" not in "".join(line.text for line in reading.sheets[0].lines)
    report = check(product, validate(load(tmp_path / "source.yaml")))
    assert report.count(Severity.ERROR) == 0


def test_a_character_that_no_face_has_is_told_at_its_picture(tmp_path: Path) -> None:
    with pytest.raises(FaceFault) as caught:
        made(tmp_path, SVG.format("", "<text y='9'>ไ</text>"))
    (finding,) = caught.value.findings
    lines = (tmp_path / "source.yaml").read_text("utf-8").splitlines()
    assert "图.svg" in lines[finding.place.line - 1] and "U+0E44" in finding.message


def edges(svg: str) -> tuple[float, float]:
    """The left and right end of all outlines in *svg*."""
    from xml.etree import ElementTree

    from yinfa.faces import open_founts

    root = ElementTree.fromstring(lettered(svg.encode(), open_founts()).content)
    numbers = [
        float(number)
        for path in root.iter("{http://www.w3.org/2000/svg}path")
        for number in path.get("d", "")
        .translate(dict.fromkeys(map(ord, "MLQCZ"), " "))
        .split()[::2]
    ]
    return min(numbers), max(numbers)


@pytest.mark.parametrize(
    ("text", "left", "right"),
    [
        ('<text x="5" y="9" font-size="5">国国国</text>', 5, 20),
        ('<text x="20" y="9" font-size="5" text-anchor="middle">国国国</text>', 12.5, 27.5),
        ('<text x="30" y="9" font-size="5" text-anchor="end">国国国</text>', 15, 30),
        ('<text y="9" font-size="5" dx="4">国</text>', 4, 9),
        ('<text y="9" font-size="5">国<tspan x="30">国</tspan></text>', 0, 35),
        ('<text y="9" style="font-size:10px">国  \n 国</text>', 0, 22.5),
        ('<style>.a{font:10px x}</style><text class="a" y="9">国</text>', 0, 10),
        ('<g font-size="20"><text y="9" font-size="50%">国</text></g>', 0, 10),
        ('<text y="9" font-size="5" letter-spacing="2">国国</text>', 0, 12),
    ],
)
def test_words_stand_where_the_drawing_says(text: str, left: float, right: float) -> None:
    assert edges(SVG.format("", text)) == pytest.approx((left, right), abs=1.5)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("<style>@font-face{font-family:x;src:url(a.woff)}</style><text>甲</text>", "@font-face"),
        ("<foreignObject><p>甲</p></foreignObject>", "foreignObject"),
        ('<text><textPath href="#a">甲</textPath></text>', "textPath"),
        ('<filter id="a"><feGaussianBlur stdDeviation="3"/></filter>', "feGaussianBlur"),
        ("<g>" * 300 + "</g>" * 300, "层次太深"),
        ('<g id="a"><use href="#b"/></g><g id="b"><use href="#a"/></g>', "展开后太多"),
    ],
)
def test_what_would_be_left_out_of_a_drawing_is_told(
    tmp_path: Path, content: str, said: str
) -> None:
    with pytest.raises(SourceFault, match=said):
        made(tmp_path, SVG.format("", content))


def test_references_that_multiply_are_told_at_once() -> None:
    levels = "".join(
        f'<g id="g{n}">' + f'<use href="#g{n - 1}"/>' * 10 + "</g>" for n in range(1, 40)
    )
    told = unfit(SVG.format("", f'<g id="g0">{RECT}</g>{levels}').encode())
    assert told and "展开后太多" in told[0]
