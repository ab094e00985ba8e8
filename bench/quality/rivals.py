"""What other tools make of the real document: same faces, same page, their own best settings.

Each function returns the finished PDF, or None where its tool is not installed.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from html import escape
from pathlib import Path

from bench.quality.texts import Sample, split_heading

FONTS = Path(__file__).resolve().parents[2] / "fonts"
TEXT, HEADINGS = "Fandol Fangsong", {1: "Yinfa Heiti", 2: "Yinfa Kaiti"}
FILES = {
    "Fandol Fangsong": "FandolFang-Regular.otf",
    "Yinfa Heiti": "YinfaHeiti-Regular.otf",
    "Yinfa Kaiti": "YinfaKaiti-Regular.ttf",
}
SECONDS = 180


def _parts(paragraph: str) -> Iterator[tuple[str, str]]:
    """The parts of a paragraph with the family that sets each."""
    level, end = split_heading(paragraph)
    if level:
        yield HEADINGS[level], paragraph[:end]
    if end < len(paragraph):
        yield TEXT, paragraph[end:]


def typst(sample: Sample, folder: Path) -> Path | None:
    """Typst, justified, Han-Latin spacing off."""
    try:
        from typst import compile as set_by_typst
    except ImportError:
        return None
    blocks = "\n\n".join(
        "".join(f'#text(font: "{family}", {_quoted(text)})' for family, text in _parts(paragraph))
        for paragraph in sample.paragraphs
    )
    source = folder / "typst.typ"
    source.write_text(
        '#set page(paper: "a4", margin: (top: 37mm, bottom: 34.9mm, left: 28mm, right: 26mm))\n'
        '#set text(size: 5.5714mm, lang: "zh", region: "cn", cjk-latin-spacing: none,\n'
        "  top-edge: 0.88em, bottom-edge: -0.12em)\n"
        "#set par(justify: true, first-line-indent: (amount: 2em, all: true),\n"
        "  leading: 10.447mm - 5.5714mm, spacing: 10.447mm - 5.5714mm)\n\n" + blocks,
        "utf-8",
    )
    product = folder / "typst.pdf"
    product.write_bytes(set_by_typst(source, font_paths=[FONTS], ignore_system_fonts=True))
    return product


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def libreoffice(sample: Sample, folder: Path) -> Path | None:
    """LibreOffice Writer, justified, with its own punctuation squeeze and line-end rules."""
    command = shutil.which("soffice")
    if command is None:
        return None
    paragraphs = "".join(
        '<text:p text:style-name="P">'
        + "".join(
            f'<text:span text:style-name="{family[6:9]}">{escape(text)}</text:span>'
            for family, text in _parts(paragraph)
        )
        + "</text:p>"
        for paragraph in sample.paragraphs
    )
    styles = "".join(
        f'<style:style style:name="{family[6:9]}" style:family="text"><style:text-properties'
        f' style:font-name="{family}" style:font-name-asian="{family}"/></style:style>'
        for family in FILES
    )
    faces = "".join(
        f'<style:font-face style:name="{family}" svg:font-family="{family}"/>' for family in FILES
    )
    source = folder / "libreoffice.fodt"
    source.write_text(
        '<?xml version="1.0" encoding="UTF-8"?><office:document'
        ' xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
        ' xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"'
        ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
        ' xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"'
        ' xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0"'
        ' office:version="1.2" office:mimetype="application/vnd.oasis.opendocument.text">'
        f"<office:font-face-decls>{faces}</office:font-face-decls>"
        '<office:automatic-styles><style:style style:name="P" style:family="paragraph">'
        '<style:paragraph-properties fo:text-align="justify" fo:text-indent="11.143mm"'
        ' fo:line-height="10.447mm" style:text-autospace="none" style:line-break="strict"'
        ' style:punctuation-wrap="simple" fo:orphans="0" fo:widows="0"/>'
        '<style:text-properties fo:font-size="15.79pt" style:font-size-asian="15.79pt"'
        ' fo:language="zh" fo:country="CN" style:language-asian="zh" style:country-asian="CN"/>'
        f'</style:style>{styles}<style:page-layout style:name="L">'
        '<style:page-layout-properties fo:page-width="210mm" fo:page-height="297mm"'
        ' fo:margin-top="34.58mm" fo:margin-bottom="32.58mm" fo:margin-left="28mm"'
        ' fo:margin-right="26mm"/></style:page-layout></office:automatic-styles>'
        '<office:master-styles><style:master-page style:name="Standard"'
        ' style:page-layout-name="L"/></office:master-styles>'
        f"<office:body><office:text>{paragraphs}</office:text></office:body></office:document>",
        "utf-8",
    )
    settings = folder / "fonts.conf"
    settings.write_text(
        f"<?xml version='1.0'?><fontconfig><dir>{FONTS}</dir>"
        f"<cachedir>{folder / 'fontcache'}</cachedir></fontconfig>",
        "utf-8",
    )
    arguments = ["--headless", f"-env:UserInstallation={(folder / 'office').as_uri()}"]
    return _run(
        [command, *arguments, "--convert-to", "pdf", "--outdir", str(folder), str(source)],
        folder / "libreoffice.pdf",
        {"FONTCONFIG_FILE": str(settings)},
    )


def chromium(sample: Sample, folder: Path) -> Path | None:
    """Chromium, justified, strict line breaking, marks trimmed as CSS Text 4 does."""
    command = shutil.which("chromium") or shutil.which("chromium-browser")
    if command is None:
        return None
    faces = "".join(
        f'@font-face{{font-family:"{family}";src:url({(FONTS / file).as_uri()})}}'
        for family, file in FILES.items()
    )
    paragraphs = "".join(
        "<p>"
        + "".join(
            f"<span style=\"font-family:'{family}'\">{escape(text)}</span>"
            for family, text in _parts(paragraph)
        )
        for paragraph in sample.paragraphs
    )
    source = folder / "chromium.html"
    source.write_text(
        f'<!DOCTYPE html><html lang="zh-CN"><meta charset="utf-8"><style>{faces}'
        "@page{size:210mm 297mm;margin:34.58mm 26mm 32.58mm 28mm}body{margin:0}"
        "p{margin:0;font-size:5.5714mm;line-height:10.447mm;text-indent:2em;text-align:justify;"
        "text-justify:inter-character;line-break:strict;text-spacing-trim:normal;"
        f"text-autospace:no-autospace;orphans:1;widows:1}}</style>{paragraphs}",
        "utf-8",
    )
    product = folder / "chromium.pdf"
    options = ["--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer"]
    profile = f"--user-data-dir={folder / 'chromium'}"
    return _run(
        [command, *options, profile, f"--print-to-pdf={product}", source.as_uri()], product, {}
    )


def _run(command: list[str], product: Path, environment: dict[str, str]) -> Path | None:
    product.unlink(missing_ok=True)
    subprocess.run(
        command,
        env=os.environ | environment,
        timeout=SECONDS,
        check=False,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    return product if product.exists() else None


RIVALS: dict[str, Callable[[Sample, Path], Path | None]] = {
    "Typst": typst,
    "LibreOffice": libreoffice,
    "Chromium": chromium,
}
