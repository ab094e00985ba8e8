"""Whatever OFD is handed in, it is read or refused in Chinese, with a cure."""

from __future__ import annotations

import random
import re
import zipfile
from functools import cache
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from making import publish, write
from ofd_samples import mutated, packed_again, unpacked
from pypdf import PdfWriter
from pypdf.generic import StreamObject

from yinfa.check import Report, check
from yinfa.ofd.convert import convert
from yinfa.reading import read
from yinfa.report import ReadingFault

CONTENT = "Doc_0/Pages/Page_0/Content.xml"
ENTITY = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;">]><a>&c;</a>'


@cache
def sound() -> bytes:
    """An OFD of one page."""
    with TemporaryDirectory() as folder:
        pdf = publish(write(Path(folder), ["一段正文，说明情况。"]))
        return convert(pdf)[0]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "文.ofd"


def judged(path: Path, content: bytes) -> Report | str:
    """The report of *content*, or the Chinese words that refuse it."""
    path.write_bytes(content)
    try:
        return check(path)
    except ReadingFault as fault:
        (finding,) = fault.findings
        assert re.search("[\u4e00-\u9fff]", finding.message)
        assert finding.hint
        return finding.message


def spoilt(name: str, content: bytes) -> bytes:
    """The sound file with another part *name*."""
    return packed_again(unpacked(sound()) | {name: content})


def test_a_sound_file_is_read(path: Path) -> None:
    assert isinstance(judged(path, sound()), Report)


def test_what_is_no_package_is_refused(path: Path) -> None:
    assert judged(path, b"") == "文件是空的（0 字节）"
    assert judged(path, b"%PDF-1.7") == "这不是 OFD 文件"
    assert judged(path, sound()[:2000]) == "OFD 不完整或已损坏，打不开"
    assert judged(path, packed_again({"a.txt": b"a"})) == ("这不是 OFD 文件：压缩包里没有 OFD.xml")


def test_a_part_that_unpacks_to_beyond_all_measure_is_refused(path: Path) -> None:
    bomb = b"<Page>" + b" " * 40_000_000 + b"</Page>"
    packed = spoilt(CONTENT, bomb)
    assert len(packed) < 200_000
    assert judged(path, packed) == f"OFD 里的 {CONTENT} 解开以后大得不合常理"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_are_refused_in_any_encoding(path: Path, encoding: str) -> None:
    told = judged(path, spoilt(CONTENT, ENTITY.decode().encode(encoding)))
    assert told == f"OFD 里的 {CONTENT} 含有不该有的实体声明"


def test_no_location_leads_out_of_the_package(path: Path, tmp_path: Path) -> None:
    (tmp_path / "外.xml").write_bytes(unpacked(sound())[CONTENT])
    root = unpacked(sound())["Doc_0/Document.xml"]
    for location in ("../../外.xml", str(tmp_path / "外.xml"), "/../../../外.xml"):
        elsewhere = root.replace(b"Pages/Page_0/Content.xml", location.encode())
        assert judged(path, spoilt("Doc_0/Document.xml", elsewhere)) == "OFD 的第 1 页不在里面"


def test_deep_nesting_is_refused(path: Path) -> None:
    deep = b"<a>" * 5000 + b"</a>" * 5000
    assert judged(path, spoilt(CONTENT, deep)) == f"OFD 里的 {CONTENT} 嵌套过深"


def test_a_composite_object_that_holds_itself_ends(path: Path) -> None:
    parts = unpacked(sound())
    unit = (
        b'<ofd:CompositeGraphicUnits><ofd:CompositeGraphicUnit ID="900" Width="9" Height="9">'
        b'<ofd:Content><ofd:CompositeObject ID="901" Boundary="0 0 9 9" ResourceID="900"/>'
        b"</ofd:Content></ofd:CompositeGraphicUnit></ofd:CompositeGraphicUnits></ofd:Res>"
    )
    res = "Doc_0/PublicRes.xml"
    use = b'<ofd:CompositeObject ID="902" Boundary="0 0 9 9" ResourceID="900"/></ofd:Layer>'
    parts[res] = parts[res].replace(b"</ofd:Res>", unit)
    parts[CONTENT] = parts[CONTENT].replace(b"</ofd:Layer>", use)
    assert isinstance(judged(path, packed_again(parts)), Report)


def test_an_encrypted_part_is_told(path: Path) -> None:
    content = bytearray(sound())
    with zipfile.ZipFile(BytesIO(sound())) as package:
        entry = package.getinfo("OFD.xml")
    directory = content.rindex(b"PK\1\2", 0, content.index(b"OFD.xml", content.index(b"PK\1\2")))
    for at in (entry.header_offset + 6, directory + 8):
        content[at] |= 1
    assert judged(path, bytes(content)) == "OFD 已加密，没有密码打不开"


def test_what_producers_mix_up_is_understood(path: Path) -> None:
    """Other capitals, a slash too many, another namespace, GBK, distances written short."""
    parts = unpacked(sound())
    parts["Doc_0/pages/PAGE_0/content.XML"] = parts.pop(CONTENT).replace(b"2016", b"")
    root = parts["Doc_0/Document.xml"].replace(b'"Pages/', b'"/Doc_0/Pages/')
    parts["Doc_0/Document.xml"] = root
    entry = parts["OFD.xml"].decode().replace("UTF-8", "GBK")
    parts["OFD.xml"] = entry.encode("gbk")
    report = judged(path, packed_again(parts))
    assert isinstance(report, Report)
    assert "一段正文" in read(path).sheets[0].text
    assert read(path).facts.title == "表格与图的编排"


def test_distances_written_short_are_the_same(path: Path) -> None:
    parts = unpacked(sound())
    plain = b"5.571 5.572 5.571"
    assert judged(path, sound())
    wanted = [char.x_mm for char in read(path).sheets[0].chars]
    written = re.sub(
        rb'DeltaX="([\d. ]+)"',
        lambda found: b'DeltaX="' + _short(found[1]) + b'"',
        parts[CONTENT],
    )
    assert written != parts[CONTENT], plain
    path.write_bytes(packed_again(parts | {CONTENT: written}))
    assert [char.x_mm for char in read(path).sheets[0].chars] == pytest.approx(wanted, abs=1e-9)


def _short(distances: bytes) -> bytes:
    """*distances* with each written as a repetition of one."""
    return b" ".join(b"g 1 " + word for word in distances.split())


@pytest.mark.parametrize("seed", range(40))
def test_a_damaged_file_is_read_or_refused(path: Path, seed: int) -> None:
    assert judged(path, mutated(sound(), seed))


@cache
def plain_pdf() -> bytes:
    with TemporaryDirectory() as folder:
        return publish(write(Path(folder), ["一段正文，说明情况。"])).read_bytes()


@pytest.mark.parametrize("seed", range(8))
def test_a_pdf_whose_faces_are_damaged_is_refused_or_drawn(tmp_path: Path, seed: int) -> None:
    writer = PdfWriter(clone_from=BytesIO(plain_pdf()))
    chance = random.Random(seed)
    for stream in writer._objects:
        if isinstance(stream, StreamObject) and stream.get("/Subtype") == "/CIDFontType0C":
            program = bytearray(stream.get_data())
            for _ in range(200):
                program[chance.randrange(len(program))] = chance.randrange(256)
            stream.set_data(bytes(program))
    writer.write(tmp_path / "坏.pdf")
    try:
        made, pages, _ = convert(tmp_path / "坏.pdf")
    except ReadingFault as fault:
        assert "已损坏" in str(fault)
    else:
        assert (pages, made[:2]) == (1, b"PK")
