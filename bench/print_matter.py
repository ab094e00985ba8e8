"""What the booklets of the benchmark are made of: a long paper of ours, and scanned pages."""

from __future__ import annotations

import io
import random
import subprocess
import sys
from pathlib import Path

from PIL import Image
from pypdf import PdfReader, PdfWriter
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject, NumberObject

PAGES = 200
A4_PT = (595.276, 841.89)
SCAN = (1240, 1754)  # pixels of an A4 page at 150 dpi
SCANS = 10  # that differ; each is put in as often as it takes, every time as a picture of its own
SEED = 9704


def long_paper(source: Path, product: Path) -> None:
    """The paper that *source* comes to, which has to be as long as the scanned book."""
    command = (sys.executable, "-m", "yinfa.cli", "build", source, "-o", product)
    subprocess.run(command, check=True, capture_output=True)
    assert len(PdfReader(product).pages) == PAGES


def scanned_book(product: Path) -> None:
    """Pages that each hold a scan, as a copying machine writes them."""
    chance = random.Random(SEED)
    scans = [_scan(chance) for _ in range(SCANS)]
    writer = PdfWriter()
    for number in range(PAGES):
        page = writer.add_blank_page(*A4_PT)
        names = {"Scan": writer._add_object(_stream(scans[number % SCANS], **_LOOKS))}
        page[NameObject("/Resources")] = _dictionary(XObject=_dictionary(**names))
        drawn = _stream(b"q 595.276 0 0 841.89 0 0 cm /Scan Do Q 0 0 0 rg 280 30 36 8 re f")
        page[NameObject("/Contents")] = writer._add_object(drawn)
    writer.write(product)


_LOOKS = {
    "Subtype": NameObject("/Image"),
    "Width": NumberObject(SCAN[0]),
    "Height": NumberObject(SCAN[1]),
    "ColorSpace": NameObject("/DeviceRGB"),
    "BitsPerComponent": NumberObject(8),
    "Filter": NameObject("/DCTDecode"),
}


def _scan(chance: random.Random) -> bytes:
    """Noise, which no method packs much smaller than a scan."""
    coarse = SCAN[0] // 8, SCAN[1] // 8
    noise = Image.frombytes("RGB", coarse, chance.randbytes(coarse[0] * coarse[1] * 3))
    packed = io.BytesIO()
    noise.resize(SCAN, Image.Resampling.BICUBIC).save(packed, "JPEG", quality=80)
    return packed.getvalue()


def _stream(data: bytes, **items: object) -> DecodedStreamObject:
    stream = DecodedStreamObject()
    stream.set_data(data)
    stream.update(_dictionary(**items))
    return stream


def _dictionary(**items: object) -> DictionaryObject:
    return DictionaryObject({NameObject(f"/{key}"): value for key, value in items.items()})
