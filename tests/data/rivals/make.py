"""Makes the PDFs of this folder anew: ``python tests/data/rivals/make.py [FOLDER]``.

It wants LibreOffice, XeLaTeX with ctex, the typst wheel, python-docx and the Liberation faces. The
PDFs in the folder were made once and are kept; README.md names the versions.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from word import TEXT as TEXT_OF_NOTICE
from word import attachment, notice

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[2]
FONTS = ROOT / "fonts"
TEXT = ROOT / "tests" / "data" / "attachment-2.txt"
FIRST = re.compile(r"[一二三四五六七八九十]+、")
SECOND = re.compile(r"（[一二三四五六七八九十]+）")


def main() -> int:
    product = Path(sys.argv[1]) if sys.argv[1:] else HERE
    product.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _typst(folder, "attachment", paragraphs(), product / "typst.pdf")
        _typst(folder, "notice", TEXT_OF_NOTICE, product / "typst-notice.pdf")
        _xelatex(folder, product / "xelatex.pdf")
        _export(folder / "export.docx")
        attachment(paragraphs()).save(str(folder / "attachment.docx"))
        notice().save(str(folder / "notice.docx"))
        for stem in ("export", "attachment", "notice"):
            _libreoffice(folder, folder / f"{stem}.docx", product / f"libreoffice-{stem}.pdf")
    return 0


def paragraphs() -> list[str]:
    """The paragraphs of the real text under its title, as far as its third part."""
    lines = [line.strip() for line in TEXT.read_text("utf-8").splitlines()]
    written = [line for line in lines if line][2:]
    return written[: next(i for i, line in enumerate(written) if line.startswith("三、"))]


def parts(text: str) -> Iterator[tuple[int, str]]:
    """The parts of a paragraph with the level of heading that each is, 0 for text."""
    if FIRST.match(text):
        yield 1, text
    elif SECOND.match(text):
        title, _, rest = text.partition("。")
        yield 2, title + "。"
        if rest:
            yield 0, rest
    else:
        yield 0, text


def _export(product: Path) -> None:
    """What ``yinfa export`` makes of the same paragraphs of the document's source."""
    source = product.with_suffix(".yaml")
    text = (ROOT / "source" / "附件2.yaml").read_text("utf-8")
    source.write_text(text[: text.index("  - 标题: 坚持以德塑教")], "utf-8")
    _run([sys.executable, "-m", "yinfa.cli", "export", str(source), "-o", str(product)], ROOT)


def _typst(folder: Path, stem: str, written: Sequence[str], product: Path) -> None:
    import typst

    shutil.copy(HERE / f"{stem}.typ", folder)
    blocks = []
    for text in written:
        (level, head), *rest = parts(text)
        if level == 1:
            blocks.append(f'#text(font: "FandolHei")[{head}]')
        elif level == 2:
            tail = "".join(part for _, part in rest)
            blocks.append(f'#text(font: "FandolKai")[{head}]{tail}')
        else:
            blocks.append(head)
    (folder / "text.typ").write_text("\n\n".join(blocks), "utf-8")
    product.write_bytes(
        typst.compile(folder / f"{stem}.typ", font_paths=[FONTS], ignore_system_fonts=True)
    )


def _xelatex(folder: Path, product: Path) -> None:
    shutil.copy(HERE / "attachment.tex", folder)
    faces = {0: "{}", 1: "{{\\heiti{{}}{}}}", 2: "{{\\kaishu{{}}{}}}"}
    texts = ("".join(faces[level].format(part) for level, part in parts(p)) for p in paragraphs())
    (folder / "text.tex").write_text("\n\n".join(texts).replace("%", "\\%"), "utf-8")
    for _ in range(2):
        _run(["xelatex", "-interaction=batchmode", "attachment.tex"], folder)
    shutil.copy(folder / "attachment.pdf", product)


def _libreoffice(folder: Path, source: Path, product: Path) -> None:
    """As ``soffice --convert-to pdf`` prints it, the usual faces replaced by free ones."""
    settings = folder / "fonts.conf"
    words = (HERE / "fonts.conf").read_text("utf-8")
    words = words.replace("FONTS", str(FONTS)).replace("CACHE", str(folder / "cache"))
    settings.write_text(words, "utf-8")
    profile = f"-env:UserInstallation={(folder / 'office').as_uri()}"
    _run(
        ["soffice", "--headless", profile, "--convert-to", "pdf", str(source)],
        folder,
        {"FONTCONFIG_FILE": str(settings)},
    )
    shutil.copy(source.with_suffix(".pdf"), product)


def _run(command: list[str], folder: Path, environment: dict[str, str] | None = None) -> None:
    subprocess.run(
        command,
        cwd=folder,
        check=True,
        stdout=subprocess.DEVNULL,
        env=os.environ | {"SOURCE_DATE_EPOCH": "1700000000"} | (environment or {}),
    )


if __name__ == "__main__":
    sys.exit(main())
