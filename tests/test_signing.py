"""Signatures: what they add, what they leave alone, and who is refused."""

from __future__ import annotations

import base64
import io
import os
import subprocess
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import certificates
import pdfplumber
import pytest
from archive import notice, tree
from asn1crypto import keys, tsp, x509
from certificates import PASSPHRASE, issued, office, p12, root
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from PIL import Image, ImageChops
from pyhanko.sign.timestamps.dummy_client import DummyTimeStamper
from pyhanko_certvalidator.registry import SimpleCertificateStore
from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, NameObject, NumberObject
from securing_samples import JOINT, PICTURED, SEALED, UNSEALED, document, seal, signed

from tools import verapdf
from yinfa.cli import main
from yinfa.commands import parser
from yinfa.reading import read
from yinfa.report import Fault
from yinfa.securing import field
from yinfa.securing import original as originals
from yinfa.securing.credentials import load_credentials
from yinfa.securing.original import read_original
from yinfa.securing.sign import sign

MM = 25.4 / 72
CELL_MM = 156 / 28
PLAIN = "文种: 材料\n标题: 关于版面的说明\n正文: [一段话。]\n"
# A key on the curve of SM2.
SM2 = """\
-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqBHM9VAYItBG0wawIBAQQg7FftgRlhEN3VYaxk
uAZzAKJkCeG1aKk3UE9efgEv4zehRANCAARNfHpq78vYdvu6gl9xj6ZcBtd3XYqc
DbI1A8RG27mqwxI1roJCfBVeMEkYOWqCXGqsiObbPcIf7juYqN8gstLV
-----END PRIVATE KEY-----
"""


@pytest.fixture(autouse=True)
def known(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YINFA_PASSPHRASE", PASSPHRASE)


@pytest.fixture
def product(tmp_path: Path) -> Path:
    return document(tmp_path)


@pytest.fixture
def key(tmp_path: Path) -> Path:
    return p12(tmp_path, office())


def sealed(folder: Path, text: str = SEALED, *more: str, mode: str = "RGBA") -> Path:
    """The PDF of *text* signed by the command with a seal to be seen."""
    path = document(folder, text)
    by = ("--key", str(p12(folder, office())), "--seal", str(seal(folder, mode)))
    assert main(["sign", str(path), *by, *more]) == 0
    return path.with_name("通知（已签名）.pdf")


def told(capsys: pytest.CaptureFixture[str], *arguments: object) -> str:
    """What the command says when it refuses."""
    assert main(["sign", *map(str, arguments)]) == 2
    said = capsys.readouterr()
    assert not said.out
    assert "提示：" in said.err
    return said.err


# --- what a signature adds -------------------------------------------------------------------


def test_the_signed_pdf_begins_with_the_archive_byte_for_byte(product: Path) -> None:
    before = product.read_bytes()
    assert signed().startswith(before)
    assert product.read_bytes() == before


def test_it_is_a_pades_signature_over_the_whole_file() -> None:
    (found,) = fields(signed())
    assert found["/V"]["/SubFilter"] == "/ETSI.CAdES.detached"
    start, before, after, rest = found["/V"]["/ByteRange"]
    assert (start, after + rest) == (0, len(signed()))
    # Between the two ranges stands nothing but the signature itself, in hexadecimal.
    assert signed()[before] == ord("<")
    assert signed()[after - 1] == ord(">")


def test_what_the_document_says_of_itself_stays(product: Path) -> None:
    before, after = PdfReader(product), PdfReader(io.BytesIO(signed()))
    assert after.metadata == before.metadata
    streams: list[Any] = [reader.root_object["/Metadata"] for reader in (before, after)]
    packets = [stream.get_data() for stream in streams]
    assert packets[0] == packets[1]


def test_a_signature_out_of_sight_shows_nothing_and_is_tagged() -> None:
    (found,) = fields(signed())
    assert list(found["/Rect"]) == [0, 0, 0, 0]
    assert "/AP" not in found
    assert found["/TU"] == "数字签名：常州市教育局"
    root = PdfReader(io.BytesIO(signed())).root_object["/StructTreeRoot"]
    form = root["/K"][0]["/K"][-1]
    assert form["/S"] == "/Form"
    assert form["/K"]["/Obj"]["/T"] == "数字签名1"
    numbers = root["/ParentTree"]["/Nums"]
    assert numbers[numbers.index(found["/StructParent"]) + 1] == form


def test_the_tags_of_the_document_stay(product: Path) -> None:
    before = tree(product.read_bytes())
    after = PdfReader(io.BytesIO(signed())).root_object["/StructTreeRoot"]["/K"][0]["/K"]
    assert len(after) == len(before.kids) + 1


def fields(content: bytes) -> list[Any]:
    form: Any = PdfReader(io.BytesIO(content)).root_object["/AcroForm"]
    return [each.get_object() for each in form["/Fields"]]


def test_the_tab_key_follows_the_structure_where_there_is_a_signature(
    product: Path, key: Path
) -> None:
    writer = PdfWriter(clone_from=product)
    for page in writer.pages:
        page.pop("/Tabs", None)
    writer.write(product)
    assert main(["sign", str(product), "--key", str(key)]) == 0
    page = PdfReader(product.with_name("通知（已签名）.pdf")).pages[0]
    assert page["/Tabs"] == "/S"


@pytest.mark.judge
@pytest.mark.slow
@pytest.mark.parametrize("text", [SEALED, PLAIN], ids=["notice", "paper"])
@pytest.mark.parametrize("times", [1, 2])
def test_verapdf_finds_nothing_in_what_is_signed(tmp_path: Path, text: str, times: int) -> None:
    path = tmp_path / "signed.pdf"
    path.write_bytes(signed(text, times))
    assert verapdf.failures(path) == []


@pytest.mark.judge
@pytest.mark.slow
@pytest.mark.parametrize("mode", ["RGBA", "RGB"])
def test_verapdf_finds_nothing_in_what_is_sealed(tmp_path: Path, mode: str) -> None:
    path = sealed(tmp_path, mode=mode)
    assert verapdf.failures(path) == []
    again = ("--key", str(p12(tmp_path, certificates.other_office())))
    assert main(["sign", str(path), *again]) == 0
    assert verapdf.failures(tmp_path / "通知（已签名2）.pdf") == []


@pytest.mark.judge
@pytest.mark.slow
def test_verapdf_finds_nothing_in_a_signed_notice_with_everything(tmp_path: Path) -> None:
    path = tmp_path / "everything.pdf"
    path.write_bytes(notice())
    key = p12(tmp_path, office())
    at = ("--seal", str(seal(tmp_path)), "--at", "2,100,60")
    assert main(["sign", str(path), "--key", str(key), *at]) == 0
    assert verapdf.failures(tmp_path / "everything（已签名）.pdf") == []


@pytest.mark.judge
def test_verapdf_notices_a_seal_without_tags(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(field, "_open_tree", lambda root: None)
    found = verapdf.failures(sealed(tmp_path))
    assert any(failure.startswith("PDF/UA-1 7.18.4") for failure in found), found


@pytest.mark.judge
def test_qpdf_and_poppler_find_nothing_wrong(tmp_path: Path) -> None:
    path = tmp_path / "signed.pdf"
    path.write_bytes(signed(SEALED, 2))
    checked = subprocess.run(("qpdf", "--check", path), capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stdout + checked.stderr
    shown = subprocess.run(("pdfsig", path), capture_output=True, text=True, check=False).stdout
    assert shown.count("Signature is Valid") == 2
    assert shown.count("ETSI.CAdES.detached") == 2
    assert "Total document signed" in shown.split("Signature #2")[1]


# --- a second signature ----------------------------------------------------------------------


def test_a_second_signature_leaves_the_first_as_it_was() -> None:
    first, second = fields(signed(JOINT, 2))
    assert (first["/T"], second["/T"]) == ("数字签名1", "数字签名2")
    end = sum(first["/V"]["/ByteRange"][2:])
    assert signed(JOINT, 2)[:end].endswith(b"%%EOF\n")
    assert [field["/T"] for field in fields(signed(JOINT, 2)[:end])] == ["数字签名1"]
    assert sum(second["/V"]["/ByteRange"][2:]) == len(signed(JOINT, 2))


def test_a_seal_after_a_signature_is_refused(
    tmp_path: Path, key: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "signed.pdf"
    path.write_bytes(signed())
    said = told(capsys, path, "--key", key, "--seal", seal(tmp_path))
    assert "已有 1 处签名" in said


def test_the_second_output_has_a_name_of_its_own(
    product: Path, key: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["sign", str(product), "--key", str(key)]) == 0
    path = product.with_name("通知（已签名）.pdf")
    assert main(["sign", str(path), "--key", str(key)]) == 0
    assert "第 2 处签名，前面的仍然有效" in capsys.readouterr().out
    assert product.with_name("通知（已签名2）.pdf").exists()


# --- the seal on the page --------------------------------------------------------------------


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> Path:
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("YINFA_PASSPHRASE", PASSPHRASE)
        return sealed(tmp_path_factory.mktemp("seen"))


def seal_mm(path: Path) -> tuple[int, float, float, float, float]:
    """Page, left, top, right and bottom of the seal, from the upper left corner."""
    with pdfplumber.open(path) as pdf:
        for page in pdf.pages:
            for note in page.annots:
                if note["data"]["Subtype"].name == "Widget":
                    edges = (note["x0"], note["top"], note["x1"], note["bottom"])
                    return (page.page_number, *(edge * MM for edge in edges))
    raise LookupError("no seal")


def test_a_seal_is_42_mm_centred_on_the_date_and_covers_name_and_date(seen: Path) -> None:
    number, left, top, right, bottom = seal_mm(seen)
    sheet = read(seen).sheets[number - 1]
    lines = {line.text: line for line in sheet.lines}
    name, date = lines["常州市教育局"], lines["2009年12月25日"]
    assert right - left == pytest.approx(42, abs=0.01)
    assert bottom - top == pytest.approx(42, abs=0.01)
    assert (left + right) / 2 == pytest.approx(date.middle_mm, abs=0.1)
    assert top < name.em_top_mm < date.em_bottom_mm < bottom
    # 下压: the middle of name and date lies under the middle of the seal.
    assert (name.em_top_mm + date.em_bottom_mm) / 2 > (top + bottom) / 2


def test_a_seal_stands_within_one_line_below_the_text(seen: Path) -> None:
    number, _, top, _, _ = seal_mm(seen)
    sheet = read(seen).sheets[number - 1]
    text = max(line.em_bottom_mm for line in sheet.lines if line.em_bottom_mm < top + 1)
    assert 0.4 < top - text <= CELL_MM * 15 / 8


def test_the_page_itself_is_as_it_was(seen: Path) -> None:
    before = read(seen.with_name("通知.pdf")).sheets
    assert read(seen).sheets == before


def test_the_ink_lets_the_text_shine_through(tmp_path: Path) -> None:
    """A seal on white paper hides neither name nor date."""
    path = sealed(tmp_path, mode="RGB")
    assert dark(path) == pytest.approx(dark(tmp_path / "通知.pdf"), rel=0.02)


@pytest.mark.judge
@pytest.mark.parametrize("name", ["通知.pdf", "通知（已签名）.pdf"])
def test_two_viewers_show_text_and_seal_in_the_same_place(seen: Path, name: str) -> None:
    path = seen.with_name(name)
    drawn = subprocess.run(
        ("pdftoppm", "-r", "300", "-png", path), capture_output=True, check=True
    ).stdout
    pictures = (shown(path, 300 / 72), Image.open(io.BytesIO(drawn)).convert("RGB"))
    for ink in (black, red):
        one, other = (ink(picture).getbbox() for picture in pictures)
        # Viewers round to different pixels, and these are 0.085 mm.
        assert one == pytest.approx(other, abs=2), ink.__name__
    assert (red(pictures[0]).getbbox()[3] > 2000) == ("已签名" in name)  # the seal, below the text


def black(picture: Image.Image) -> Image.Image:
    return picture.convert("L").point(lambda value: 255 * (value < 100))


def red(picture: Image.Image) -> Image.Image:
    parts = picture.split()
    return ImageChops.multiply(
        parts[0].point(lambda value: 255 * (value > 150)),
        parts[1].point(lambda value: 255 * (value < 90)),
    )


def dark(path: Path) -> int:
    """How many pixels of the first page are black, as pdfium shows it to people."""
    return sum(shown(path, 2).convert("L").histogram()[:40])


def shown(path: Path, scale: float) -> Image.Image:
    """The first page as pdfium, and with it Chromium, shows it: with annotations and fields."""
    import pypdfium2

    pdf = pypdfium2.PdfDocument(path)
    pdf.init_forms()
    page = pdf[0]
    picture: Image.Image = page.render(scale=scale, may_draw_forms=True).to_pil().convert("RGB")
    page.close()
    pdf.close()
    return picture


def test_a_seal_stands_where_it_is_told_to(tmp_path: Path) -> None:
    path = sealed(tmp_path, PLAIN, "--at", "1,100.5,60", "--diameter", "38")
    assert seal_mm(path) == (1, *(pytest.approx(edge, abs=0.01) for edge in (100.5, 60, 138.5, 98)))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (JOINT, "联合行文要自己写明"),
        (UNSEALED, "不是盖印章的"),
        (PICTURED, "已印有印章"),
        (PLAIN, "找不到单独一个署名"),
    ],
    ids=["joint", "unsealed", "pictured", "paper"],
)
def test_a_seal_without_a_clear_place_is_refused(
    tmp_path: Path, key: Path, text: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    path = document(tmp_path, text)
    assert said in told(capsys, path, "--key", key, "--seal", seal(tmp_path))


@pytest.mark.parametrize(
    ("place", "said"), [("9,10,10", "没有第9页"), ("1,180,10", "印章超出"), ("1,0,290", "印章超出")]
)
def test_a_seal_off_the_page_is_refused(
    product: Path, key: Path, place: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert said in told(
        capsys, product, "--key", key, "--seal", seal(product.parent), "--at", place
    )


def test_a_turned_page_is_refused(
    product: Path, key: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    writer = PdfWriter(clone_from=product)
    writer.pages[0].rotate(90)
    writer.write(product)
    at = ("--seal", seal(product.parent), "--at", "1,10,10")
    assert "转过方向" in told(capsys, product, "--key", key, *at)


def test_a_page_without_a_size_is_told(
    product: Path, key: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    writer = PdfWriter(clone_from=product)
    writer.pages[0][NameObject("/CropBox")] = ArrayObject([NumberObject(1)])
    writer.write(product)
    at = ("--seal", seal(product.parent), "--at", "1,10,10")
    assert "读不出它的大小" in told(capsys, product, "--key", key, *at)


@pytest.mark.parametrize("content", [b"", b"GIF89a", b"\x89PNG\r\n\x1a\n", b"<svg/>"])
def test_what_is_no_picture_is_refused(
    product: Path, key: Path, content: bytes, capsys: pytest.CaptureFixture[str]
) -> None:
    picture = product.with_name("x.png")
    picture.write_bytes(content)
    assert "不是完好的 PNG" in told(capsys, product, "--key", key, "--seal", picture)


def test_a_picture_of_too_many_pixels_is_refused_unread(
    product: Path, key: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    picture = seal(product.parent)
    content = bytearray(picture.read_bytes())
    content[16:24] = (60_000).to_bytes(4, "big") * 2  # width and height of the header
    import zlib

    content[29:33] = zlib.crc32(content[12:29]).to_bytes(4, "big")
    picture.write_bytes(content)
    told(capsys, product, "--key", key, "--seal", picture)


def test_a_picture_of_too_many_bytes_is_refused_unread(
    product: Path, key: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    picture = seal(product.parent)
    with picture.open("r+b") as file:
        file.truncate(50_000_001)  # whole in its beginning, and with nothing but blanks behind
    assert "超过 50 MB" in told(capsys, product, "--key", key, "--seal", picture)


@pytest.mark.parametrize("wrong", ["3", "0x1,2,3", "1,2", "一,二,三", "1,-2,3"])
def test_a_place_is_three_numbers(product: Path, key: Path, wrong: str) -> None:
    with pytest.raises(SystemExit):
        main(["sign", str(product), "--key", str(key), "--seal", "x", f"--at={wrong}"])


@pytest.mark.parametrize(
    "more", [("--at", "1,2,3"), ("--diameter", "500"), ("--timestamp", "ftp://x")]
)
def test_contradictions_are_told(product: Path, key: Path, more: tuple[str, ...]) -> None:
    with pytest.raises(SystemExit):
        main(["sign", str(product), "--key", str(key), *more])


# --- who signs -------------------------------------------------------------------------------


def test_pem_files_sign_too(product: Path, tmp_path: Path) -> None:
    key, certificate = tmp_path / "key.pem", tmp_path / "cert.pem"
    key.write_bytes(office().key_pem(PASSPHRASE))
    certificate.write_bytes(office().pem() + root().pem())
    args = ["sign", str(product), "--key", str(key), "--cert", str(certificate)]
    assert main(args) == 0
    key.write_bytes(office().key_pem())  # not closed, then no passphrase is asked for
    assert main([*args, "-o", str(tmp_path / "x.pdf")]) == 0


def pem_of(der: bytes) -> bytes:
    body = base64.encodebytes(der)
    return b"-----BEGIN CERTIFICATE-----\n" + body + b"-----END CERTIFICATE-----\n"


def test_a_certificate_of_an_unknown_kind_may_stand_before_the_own(
    product: Path, tmp_path: Path
) -> None:
    p256, sm2 = bytes.fromhex("06082a8648ce3d030107"), bytes.fromhex("06082a811ccf5501822d")
    foreign = root().certificate.public_bytes(Encoding.DER)
    assert p256 in foreign
    key, certificate = tmp_path / "key.pem", tmp_path / "cert.pem"
    key.write_bytes(office().key_pem())
    certificate.write_bytes(pem_of(foreign.replace(p256, sm2)) + office().pem())
    assert main(["sign", str(product), "--key", str(key), "--cert", str(certificate)]) == 0


def test_a_certificate_whose_uses_cannot_be_read_is_told(
    product: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    whole = office().certificate.public_bytes(Encoding.DER)
    uses = bytes.fromhex("551d0f0101ff0404")
    assert uses + b"\x03" in whole  # a string of bits, for which a number stands below
    key = tmp_path / "key.pem"
    key.write_bytes(office().key_pem() + pem_of(whole.replace(uses + b"\x03", uses + b"\x02")))
    assert "读不出它的用途" in told(capsys, product, "--key", key)


def test_rsa_signs_too(product: Path, tmp_path: Path) -> None:
    identity = issued("市局", root(), rsa_bits=2048)
    assert main(["sign", str(product), "--key", str(p12(tmp_path, identity))]) == 0


@pytest.mark.parametrize(
    ("how", "said"),
    [
        ({"days": (-30, -1)}, "过期"),
        ({"days": (1, 30)}, "才有效"),
        ({"usage": ("key_encipherment",)}, "不是用来签名的"),
        ({"rsa_bits": 1024}, "只有 1024 位"),
    ],
    ids=["expired", "early", "encryption", "weak"],
)
def test_a_certificate_that_nobody_would_accept_is_refused(
    product: Path, tmp_path: Path, how: Any, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    key = p12(tmp_path, issued("市局", root(), **how))
    assert said in told(capsys, product, "--key", key)
    assert not product.with_name("通知（已签名）.pdf").exists()


def test_a_certificate_that_does_not_say_what_it_is_for_is_taken(
    product: Path, tmp_path: Path
) -> None:
    identity = issued("市局", root(), usage=None)
    assert main(["sign", str(product), "--key", str(p12(tmp_path, identity))]) == 0


def test_a_wrong_passphrase_is_told(
    product: Path, key: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for wrong in ("不对", ""):
        monkeypatch.setenv("YINFA_PASSPHRASE", wrong)
        assert "口令不对" in told(capsys, product, "--key", key)
    pem = key.with_suffix(".pem")
    pem.write_bytes(office().key_pem("x"))
    assert "口令不对" in told(capsys, product, "--key", pem, "--cert", pem)


def test_a_passphrase_that_is_no_text_is_told(
    product: Path, key: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("YINFA_PASSPHRASE", os.fsdecode(b"\xbf\xda\xc1\xee"))  # GBK
    said = told(capsys, product, "--key", key)
    assert "环境变量 YINFA_PASSPHRASE 不是 UTF-8 文本" in said
    assert "--passphrase-file" in said


def test_the_passphrase_comes_from_a_file(
    product: Path, key: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("YINFA_PASSPHRASE")
    secret = tmp_path / "口令"
    secret.write_text(PASSPHRASE + "\n", "utf-8")
    assert main(["sign", str(product), "--key", str(key), "--passphrase-file", str(secret)]) == 0


def test_a_passphrase_file_that_cannot_be_read_is_told(
    product: Path, key: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "没有这个口令文件" in told(
        capsys, product, "--key", key, "--passphrase-file", tmp_path / "none"
    )
    (tmp_path / "gbk").write_bytes("口令".encode("gbk"))
    assert "UTF-8" in told(capsys, product, "--key", key, "--passphrase-file", tmp_path / "gbk")
    assert "打不开" in told(capsys, product, "--key", key, "--passphrase-file", tmp_path)


def without_key() -> bytes:
    from cryptography.hazmat.primitives.serialization import pkcs12

    return pkcs12.serialize_key_and_certificates(
        b"x", None, office().certificate, None, NoEncryption()
    )


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (without_key, "没有私钥"),
        (lambda: b"", "不是证书或私钥文件"),
        (lambda: b"\x30\x82\x01", "损坏"),
        (lambda: office().pem(), "没有私钥"),
        (lambda: office().key_pem(), "没有可用的证书"),
        (lambda: office().key_pem() + root().pem(), "没有与私钥配对的证书"),
        (lambda: SM2.encode() + office().pem(), "国密 SM2"),
        (lambda: b"-----BEGIN PRIVATE KEY-----\nx\n-----END PRIVATE KEY-----\n", "损坏"),
    ],
    ids=["certificate", "empty", "cut", "pem", "key", "strange", "sm2", "garbage"],
)
def test_a_file_that_holds_no_identity_is_told(
    product: Path, tmp_path: Path, content: Any, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "identity"
    path.write_bytes(content())
    assert said in told(capsys, product, "--key", path)


def test_missing_files_and_pem_for_pkcs12_are_told(
    product: Path, key: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "没有这个文件" in told(capsys, product, "--key", tmp_path / "none.p12")
    assert "打不开" in told(capsys, product, "--key", tmp_path)
    assert "不是 PEM" in told(capsys, product, "--key", key, "--cert", key)
    assert "没有这个文件" in told(capsys, product, "--key", key, "--seal", tmp_path / "none.png")


# --- what is signed --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "0 字节"),
        ("文种: 材料\n".encode(), "不是 PDF"),
        (b"%PDF-1.7\n1 0 obj\n", "不完整"),
        (b"%PDF-1.7\nnothing\n%%EOF\n", "已损坏"),
    ],
)
def test_what_is_no_whole_pdf_is_refused(
    tmp_path: Path, key: Path, content: bytes, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "x.pdf"
    path.write_bytes(content)
    assert said in told(capsys, path, "--key", key)


def test_an_encrypted_pdf_is_refused(
    product: Path, key: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    writer = PdfWriter(clone_from=product)
    writer.encrypt("", owner_password="x", algorithm="AES-256")
    writer.write(product)
    assert "PDF 已加密" in told(capsys, product, "--key", key)


def test_a_pdf_of_another_program_can_be_signed(tmp_path: Path, key: Path) -> None:
    writer = PdfWriter()
    writer.add_blank_page(595, 842)
    writer.write(tmp_path / "other.pdf")
    assert main(["sign", str(tmp_path / "other.pdf"), "--key", str(key)]) == 0
    assert main(["verify", str(tmp_path / "other（已签名）.pdf")]) == 0


def test_a_pdf_whose_objects_are_amiss_is_told(
    product: Path, key: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    writer = PdfWriter(clone_from=product)
    writer.root_object[NameObject("/StructTreeRoot")][NameObject("/ParentTree")] = NumberObject(1)
    writer.write(product)
    assert "结构有毛病" in told(capsys, product, "--key", key)


def test_the_original_is_never_written_over(
    product: Path, key: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "不会改动它" in told(capsys, product, "--key", key, "-o", product)


def test_one_line_says_how_to_get_the_packages(
    product: Path, key: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(originals, "find_spec", lambda name: None)
    said = told(capsys, product, "--key", key)
    assert f"make sign DOC={product} KEY={key}" in said


def test_it_says_that_this_is_no_sm2_seal(
    product: Path, key: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["sign", str(product), "--key", str(key)]) == 0
    said = capsys.readouterr().out
    with pytest.raises(SystemExit):
        parser().parse_args(["sign", "--help"])
    help_text = "".join(capsys.readouterr().out.split())
    manual = Path(__file__).parent.parent / "docs" / "使用手册.md"
    for words in (said, help_text, manual.read_text("utf-8")):
        assert "GB/T38540" in words.replace(" ", "")
        assert "SM2" in words


# --- timestamps ------------------------------------------------------------------------------


class TimeServer(BaseHTTPRequestHandler):
    stamper: DummyTimeStamper
    kind = "application/timestamp-reply"

    def do_POST(self) -> None:
        length = int(self.headers["Content-Length"])
        asked = tsp.TimeStampReq.load(self.rfile.read(length))
        answer = self.stamper.request_tsa_response(asked).dump()
        self.send_response(200)
        self.send_header("Content-Type", self.kind)
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def time_server() -> Iterator[str]:
    """A server on loopback that confirms the time, its certificate from the root."""
    usage = ("digital_signature",)
    identity = issued("时间戳服务器", root(), usage=usage, rsa_bits=2048, stamps=True)
    der = identity.certificate.public_bytes(Encoding.DER)
    private = identity.key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    known = SimpleCertificateStore.from_certs(
        [x509.Certificate.load(root().certificate.public_bytes(Encoding.DER))]
    )
    TimeServer.stamper = DummyTimeStamper(
        x509.Certificate.load(der), keys.PrivateKeyInfo.load(private), known
    )
    server = HTTPServer(("127.0.0.1", 0), TimeServer)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    thread.join()
    server.server_close()


def test_a_timestamp_proves_the_time(
    product: Path, key: Path, time_server: str, capsys: pytest.CaptureFixture[str]
) -> None:
    trust = product.with_name("ca.pem")
    trust.write_bytes(root().pem())
    path = product.with_name("通知（已签名）.pdf")
    assert main(["sign", str(product), "--key", str(key), "--timestamp", time_server]) == 0
    assert main(["verify", str(path), "--trust", str(trust)]) == 0
    assert "（时间戳证明）" in capsys.readouterr().out
    assert main(["verify", str(path)]) == 0
    assert "出处没有核对" in capsys.readouterr().out


def test_a_time_server_that_does_not_answer_is_told_and_nothing_is_written(
    product: Path,
    key: Path,
    time_server: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(TimeServer, "kind", "text/html")
    wrong = time_server.replace("http:", "https:")
    for address in ("http://127.0.0.1:9/", wrong, time_server):
        said = told(capsys, product, "--key", key, "--timestamp", address)
        assert "没有从时间戳服务器" in said
    assert not product.with_name("通知（已签名）.pdf").exists()


# --- the rest of the program -----------------------------------------------------------------


def test_check_says_of_the_signed_what_it_says_of_the_archive(
    seen: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said = []
    for path in (seen.with_name("通知.pdf"), seen):
        main(["check", str(path), "--all"])
        said.append(capsys.readouterr().out.replace(str(path), ""))
    assert said[0] == said[1]


def test_rebuild_tells_that_something_was_added(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "signed.pdf"
    path.write_bytes(signed())
    assert main(["rebuild", str(path), "-o", "again.pdf"]) == 1
    said = capsys.readouterr().out
    assert "一字节不差，后来又加了" in said
    assert "yinfa verify" in said
    assert signed().startswith((tmp_path / "again.pdf").read_bytes())


def test_print_shows_the_seal_and_says_what_is_lost(
    seen: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    output = tmp_path / "print.pdf"
    assert main(["print", str(seen), "-o", str(output)]) == 2
    assert "1 处数字签名" in capsys.readouterr().err
    assert main(["print", str(seen), "--force", "-o", str(output)]) == 0
    (page, *_) = read(output).sheets
    (picture,) = page.pictures
    _, left, top, right, bottom = seal_mm(seen)
    shown = (picture.x0_mm, picture.y0_mm, picture.x1_mm, picture.y1_mm)
    assert shown == pytest.approx((left, top, right, bottom), abs=0.05)


def test_nothing_slow_is_imported_before_it_is_used() -> None:
    import sys

    program = (
        "import sys; from yinfa.commands import parser; parser(); import yinfa.batch.documents; "
        "print([name for name in ('pyhanko', 'asn1crypto', 'cryptography', 'PIL', 'pypdf') "
        "if name in sys.modules])"
    )
    done = subprocess.run(
        (sys.executable, "-c", program), capture_output=True, text=True, check=True
    )
    assert done.stdout == "[]\n"


def test_credentials_name_the_office(key: Path) -> None:
    credentials = load_credentials(key, None, PASSPHRASE)
    assert credentials.name == "常州市教育局"
    assert len(credentials.chain) == 1


def test_a_certified_pdf_that_allows_no_signature_is_refused(
    product: Path, key: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign import signers
    from pyhanko.sign.fields import MDPPerm

    signer = signers.SimpleSigner.load_pkcs12_data(
        key.read_bytes(), [], passphrase=PASSPHRASE.encode()
    )
    assert signer is not None
    metadata = signers.PdfSignatureMetadata(
        field_name="a", certify=True, docmdp_permissions=MDPPerm.NO_CHANGES
    )
    writer = IncrementalPdfFileWriter(io.BytesIO(product.read_bytes()))
    product.write_bytes(signers.sign_pdf(writer, metadata, signer).getvalue())
    assert "不许再加签名" in told(capsys, product, "--key", key)
    with pytest.raises(Fault):
        sign(read_original(product), load_credentials(key, None, PASSPHRASE))
