"""Files that somebody damaged or made up: each is taken or refused with words, and none crashes."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from functools import cache
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from generating.documents import Case, as_yaml, case, written
from generating.trial import Failure, Findings
from yinfa.arrange import arrange
from yinfa.check import check
from yinfa.exporting.text import as_text
from yinfa.exporting.word import as_word
from yinfa.importing.convert import import_file
from yinfa.issuing.copies import master, read_original
from yinfa.issuing.distribution import CopyMark
from yinfa.load import load
from yinfa.picturing import pictures
from yinfa.recipe import build
from yinfa.validate import validate

SAMPLES = 12  # documents that PDFs and exports are made of once a process
# What hands, editors and other programs put where it does not belong.
_WRONG = (
    "", " ", "\t", "\u3000", "-", "- ", ":", ": ", "：", "#", " #", "'", '"', "[", "]", "{", "}",
    "|", ">", "*", "&", "!", "%", "@", "`", "\\", "\x00", "\x07", "\u200b", "\ufeff", "\ud7ff",
    "𠮷", "﷽", "0", "-1", "1e999", "9" * 400, "是", "空白", "无", "甲" * 3000, "[注1]",
    "[注0]", "[注99999]",
    "标题: 甲", "正文:", "- 条: 甲", "? ", "<<: *a", "&a [*a]", "2012-02-30", "../../etc/passwd",
    "https://example.com/a.png", "\r\n", "\u2028", "null", "~", "{{ 1 }}", "<b>", "$(id)", "１２",
)  # fmt: skip


def attack(kind: str, seed: int) -> list[Failure]:
    """What goes wrong with the file of *kind* and *seed*; a fault with words is right."""
    random, found = Random(f"{kind} {seed}"), Findings([])
    with TemporaryDirectory(prefix="yinfa-fuzz-") as folder, found.taking(kind):
        ATTACKS[kind](random, seed, Path(folder))
    return found.failures


def _source(random: Random, seed: int, folder: Path) -> None:
    """A source with wrong words in it, loaded and validated."""
    path = written(Case(seed, {}), folder)
    text = spoilt_text(random, random.choice(_sources()))
    path.write_text(text, "utf-8", "surrogatepass")
    validate(load(path))


def _import(random: Random, seed: int, folder: Path) -> None:
    """An export with wrong words or bytes in it, imported."""
    suffix, content = random.choice(_exports())
    path = folder / f"甲{suffix}"
    if suffix == ".docx":
        content = spoilt_package(random, content)
    else:
        text = spoilt_text(random, content.decode())
        content = text.encode(random.choice(("utf-8", "utf-8", "gb18030", "utf-16")), "ignore")
    path.write_bytes(content if seed % 4 else spoilt(random, content))
    validate(load(import_file(path, tidy=random.random() < 0.3).path))


def _pdf(random: Random, _: int, folder: Path) -> None:
    """A damaged PDF, checked with pictures of what is wrong, and copied."""
    path = folder / "甲.pdf"
    path.write_bytes(spoilt(random, random.choice(_products())))
    if random.random() < 0.5:
        report = check(path)
        if random.random() < 0.1:
            list(pictures([report], folder / "图"))
    else:
        master(read_original(path), random.choice(tuple(CopyMark)))


ATTACKS: dict[str, Callable[[Random, int, Path], None]] = {
    "source": _source,
    "import": _import,
    "pdf": _pdf,
}


# --- what is attacked -------------------------------------------------------------------------


@cache
def _sources() -> list[str]:
    """Documents as YAML."""
    return [as_yaml(case(seed).source) for seed in range(10 * SAMPLES)]


@cache
def _exports() -> list[tuple[str, bytes]]:
    """Documents as text, as Markdown would be called, and as Word files."""
    found = []
    with TemporaryDirectory(prefix="yinfa-fuzz-") as folder:
        for seed in range(SAMPLES):
            order = arrange(validate(load(written(case(seed), Path(folder) / str(seed)))))
            text = as_text(order).encode()
            found += [(".txt", text), (".md", text), (".docx", as_word(order))]
    return found


@cache
def _products() -> list[bytes]:
    """Documents as PDF."""
    found = []
    with TemporaryDirectory(prefix="yinfa-fuzz-") as folder:
        for seed in range(1, SAMPLES):
            path = written(case(seed), Path(folder) / str(seed))
            found.append(build(validate(load(path)), path.with_suffix(".pdf")).product.read_bytes())
    return found


# --- how --------------------------------------------------------------------------------------


def spoilt_text(random: Random, text: str) -> str:
    """*text* with pieces lost, moved, doubled, and wrong words in between."""
    for _ in range(random.choices((1, 2, 4, 10), (50, 25, 15, 10))[0]):
        at, to = sorted(random.randrange(len(text) + 1) for _ in range(2))
        to = min(to, at + random.choice((0, 1, 1, 3, 20, 200)))
        with_what = random.choice(
            (random.choice(_WRONG), random.choice(_WRONG), "", text[at:to] * 2)
        )
        text = text[:at] + with_what + text[to:]
    return text


def spoilt(random: Random, content: bytes) -> bytes:
    """*content* with bytes flipped, lost, doubled or overwritten."""
    data = bytearray(content)
    for _ in range(random.choices((1, 3, 10, 60), (40, 30, 20, 10))[0]):
        at, size = random.randrange(len(data) or 1), random.choice((1, 1, 2, 8, 64, 1000))
        match random.randrange(5):
            case 0:
                data[at : at + 1] = bytes((random.randrange(256),))
            case 1:
                del data[at : at + size]
            case 2:
                data[at:at] = data[at : at + size]
            case 3:
                data[at : at + size] = bytes(size)
            case _:
                data[at : at + 1] = random.choice((b"9", b"-", b"(", b"<<", b"/", b"[", b"obj"))
    return bytes(data)


def spoilt_package(random: Random, content: bytes) -> bytes:
    """A Word file one part of which is spoilt, as XML that may still be well formed."""
    file = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as package,
        zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as spoils,
    ):
        names = package.namelist()
        target = random.choice((*names, "word/document.xml", "word/document.xml"))
        for name in names:
            data = package.read(name)
            if name == target:
                data = _spoilt_part(random, data)
            spoils.writestr(name, data)
    return file.getvalue()


def _spoilt_part(random: Random, data: bytes) -> bytes:
    match random.randrange(4):
        case 0:
            return spoilt(random, data)
        case 1:
            name = random.choice((b"gb2312", b"big5", b"utf-7", b"cp037", b"no-such", b"rot13"))
            return data.replace(b'"UTF-8"', b'"%b"' % name, 1)
        case 2:
            word = random.choice((b"w:p>", b"w:t>", b"w:tbl>", b"w:tr>", b"w:tc>", b"w:val"))
            return data.replace(word, random.choice((b"", b"w:x>", b"w:r>", b"w:ins>")), 1)
        case _:
            number = random.choice(
                (b'"-1"', b'"1e9"', b'"99999999999999999999"', b'""', "甲".encode())
            )
            at = data.find(b'w:val="', random.randrange(len(data) or 1))
            end = data.find(b'"', at + 7)
            return data[: at + 6] + number + data[end + 1 :] if at > 0 else b""
