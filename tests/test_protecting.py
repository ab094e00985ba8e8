"""Protected copies: opened by the password alone, what they lose is said, the archive is whole."""

from __future__ import annotations

import getpass
import io
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from pypdf import PasswordType, PdfReader, PdfWriter
from securing_samples import document, signed

from tools import verapdf
from yinfa.cli import main
from yinfa.report import Fault
from yinfa.securing import original as originals
from yinfa.securing.original import read_original
from yinfa.securing.protect import protect

PASSWORD = "常教 2009 安全"


@pytest.fixture
def product(tmp_path: Path) -> Path:
    return document(tmp_path)


@pytest.fixture
def known(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YINFA_PASSWORD", PASSWORD)


def protected(path: Path) -> PdfReader:
    return PdfReader(io.BytesIO(protect(read_original(path), PASSWORD)))


# --- what comes out --------------------------------------------------------------------------


def test_the_password_opens_it_and_nothing_else_does(product: Path) -> None:
    reader = protected(product)
    assert reader.decrypt("") is PasswordType.NOT_DECRYPTED
    assert reader.decrypt("常教 2009 安 全") is PasswordType.NOT_DECRYPTED
    assert reader.decrypt(PASSWORD) is PasswordType.USER_PASSWORD
    texts = [page.extract_text() for page in reader.pages]
    assert texts == [page.extract_text() for page in PdfReader(product).pages]


def test_it_is_aes_256_and_may_be_printed_and_copied_but_not_changed(product: Path) -> None:
    reader = protected(product)
    encryption = reader.trailer["/Encrypt"]
    assert (encryption["/V"], encryption["/R"]) == (5, 6)
    assert encryption["/CF"]["/StdCF"]["/CFM"] == "/AESV3"
    assert -(1 << 31) <= encryption["/P"] < 0
    allowed = {bit for bit in range(1, 13) if encryption["/P"] >> (bit - 1) & 1}
    # ISO 32000-2 table 22: 3 and 12 print, 5 and 10 copy; 4, 6, 9, 11 change, note, fill, assemble.
    assert {3, 5, 10, 12} <= allowed
    assert not {4, 6, 9, 11} & allowed


def packet(reader: PdfReader) -> bytes:
    """The metadata of the file."""
    stream: Any = reader.root_object["/Metadata"]
    return bytes(stream.get_data())


def test_it_claims_pdf_ua_still_and_pdf_a_no_more(product: Path) -> None:
    reader = protected(product)
    reader.decrypt(PASSWORD)
    said, before = packet(reader).decode(), packet(PdfReader(product)).decode()
    assert "pdfaid:part" in before
    assert "pdfaid" not in said
    assert 'pdfuaid:part="1"' in said
    assert "常教〔2009〕12号" in said
    assert reader.metadata == PdfReader(product).metadata


def test_a_claim_as_elements_is_taken_out_too(product: Path) -> None:
    writer = PdfWriter(clone_from=product)
    stream: Any = writer.root_object["/Metadata"]
    stream.set_data(
        b"<a><pdfaid:part>2</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance></a>"
    )
    writer.write(product)
    reader = protected(product)
    reader.decrypt(PASSWORD)
    assert packet(reader) == b"<a></a>"


def test_two_copies_differ_and_the_archive_stays(product: Path, tmp_path: Path) -> None:
    before = product.read_bytes()
    original = read_original(product)
    assert protect(original, PASSWORD) != protect(original, PASSWORD)
    assert product.read_bytes() == before


@pytest.mark.judge
def test_verapdf_finds_pdf_ua_kept_and_pdf_a_lost_by_encryption_alone(
    product: Path, known: None
) -> None:
    assert main(["protect", str(product)]) == 0
    failed = verapdf.failures(product.with_name("通知（加密）.pdf"), PASSWORD)
    assert {failure.split(":")[0] for failure in failed} == {
        "PDF/A-3a 6.1.3-2",  # no Encrypt in the trailer
        "PDF/A-3a 6.6.4-1",  # the claim, which is gone
    }


def test_the_file_names_the_extension_that_its_encryption_is(product: Path) -> None:
    reader = protected(product)
    reader.decrypt(PASSWORD)
    adobe = reader.root_object["/Extensions"]["/ADBE"]
    assert (adobe["/BaseVersion"], adobe["/ExtensionLevel"]) == ("/1.7", 8)


# --- the command -----------------------------------------------------------------------------


def test_the_command_says_what_it_made(
    product: Path, known: None, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["protect", str(product)]) == 0
    said = capsys.readouterr().out
    assert "通知（加密）.pdf" in said
    assert "不再是 PDF/A" in said
    assert "AES-256" in said
    assert PASSWORD not in said
    assert PdfReader(product.with_name("通知（加密）.pdf"), password=PASSWORD).pages


def test_a_short_password_is_told(
    product: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("YINFA_PASSWORD", "12345")
    assert main(["protect", str(product)]) == 0
    assert "只有 5 个字符" in capsys.readouterr().out


def test_the_password_comes_from_the_first_line_of_a_file(product: Path, tmp_path: Path) -> None:
    secret = tmp_path / "口令.txt"
    secret.write_bytes(f"\ufeff{PASSWORD}\r\n第二行".encode())
    output = tmp_path / "out" / "x.pdf"
    args = ["protect", str(product), "--password-file", str(secret), "-o", str(output)]
    assert main(args) == 0
    assert PdfReader(output).decrypt(PASSWORD)


def test_the_password_is_typed_twice_where_it_is_not_given(
    product: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True, raising=False)
    typed = iter([PASSWORD, PASSWORD, PASSWORD, "别的"])
    monkeypatch.setattr(getpass, "getpass", lambda prompt: next(typed))
    assert main(["protect", str(product)]) == 0
    assert main(["protect", str(product)]) == 2
    assert "两遍口令不一样" in capsys.readouterr().err


def test_nowhere_to_ask_for_the_password_is_told(
    product: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys.stdin, "isatty", lambda: False, raising=False)
    assert main(["protect", str(product)]) == 2
    assert "YINFA_PASSWORD" in capsys.readouterr().err
    assert list(product.parent.iterdir()) == [product]


def test_the_end_of_input_instead_of_a_password_is_told(
    product: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def ended(prompt: str) -> str:
        raise EOFError

    monkeypatch.setattr(sys.stdin, "isatty", lambda: True, raising=False)
    monkeypatch.setattr(getpass, "getpass", ended)
    assert main(["protect", str(product)]) == 2
    assert "没有给出打开口令" in capsys.readouterr().err


def test_a_password_that_is_no_text_is_told(
    product: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("YINFA_PASSWORD", "12345678\udcbf")
    assert main(["protect", str(product)]) == 2
    assert "不是 UTF-8 文本" in capsys.readouterr().err


def test_a_password_has_no_place_on_the_command_line(product: Path) -> None:
    with pytest.raises(SystemExit):
        main(["protect", str(product), "--password", "x"])


@pytest.mark.parametrize("password", ["", "汉" * 43, "a\nb", "\t", " ", "\ufe0f", "\ue000", "😀"])
def test_a_password_that_no_reader_takes_is_refused(
    product: Path,
    password: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("YINFA_PASSWORD", password)
    assert main(["protect", str(product)]) == 2
    assert "127 字节" in capsys.readouterr().err


def test_full_width_digits_are_the_digits(product: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YINFA_PASSWORD", "１２３４５６７８常")
    assert main(["protect", str(product)]) == 0
    assert PdfReader(product.with_name("通知（加密）.pdf")).decrypt("12345678常")


def test_a_password_of_42_characters_is_not_too_long(product: Path) -> None:
    assert protect(read_original(product), "汉" * 42)


# --- what is refused -------------------------------------------------------------------------


def refused(path: Path) -> str:
    with pytest.raises(Fault) as caught:
        protect(read_original(path), PASSWORD)
    assert caught.value.exit_code == 2
    return str(caught.value)


def test_a_signed_pdf_is_refused_and_the_loss_is_said(tmp_path: Path) -> None:
    path = tmp_path / "signed.pdf"
    path.write_bytes(signed())
    assert "1 处数字签名，加密会使签名全部失效" in refused(path)


def test_an_encrypted_pdf_is_refused(product: Path, tmp_path: Path) -> None:
    path = tmp_path / "locked.pdf"
    path.write_bytes(protect(read_original(product), PASSWORD))
    assert "PDF 已加密" in refused(path)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "0 字节"),
        (b"title: x\n", "不是 PDF"),
        (b"%PDF-1.7\n1 0 obj\n", "不完整"),
        (b"%PDF-1.7\nnothing\n%%EOF\n", "已损坏"),
    ],
)
def test_what_is_no_whole_pdf_is_refused(tmp_path: Path, content: bytes, said: str) -> None:
    path = tmp_path / "x.pdf"
    path.write_bytes(content)
    assert said in refused(path)


def test_a_cut_pdf_a_missing_one_and_a_folder_are_refused(product: Path, tmp_path: Path) -> None:
    content = product.read_bytes()
    product.write_bytes(content[: len(content) // 2])
    assert "不完整" in refused(product)
    assert "没有这个文件" in refused(tmp_path / "none.pdf")
    assert "文件夹" in refused(tmp_path)


def test_the_original_is_never_written_over(
    product: Path, known: None, capsys: pytest.CaptureFixture[str]
) -> None:
    before = product.read_bytes()
    link = product.with_name("link.pdf")
    link.symlink_to(product)
    for output in (product, link):
        assert main(["protect", str(product), "-o", str(output)]) == 2
        assert "不会改动它" in capsys.readouterr().err
    assert product.read_bytes() == before


def test_nothing_is_left_where_it_cannot_be_written(
    product: Path, known: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "taken").write_text("x")
    assert main(["protect", str(product), "-o", str(tmp_path / "taken" / "x.pdf")]) == 2
    assert "不能写入" in capsys.readouterr().err
    assert sorted(path.name for path in tmp_path.iterdir()) == ["taken", "通知.pdf"]


def test_without_the_packages_a_protected_copy_is_told_as_encrypted_and_not_as_damaged(
    product: Path, tmp_path: Path
) -> None:
    path = tmp_path / "locked.pdf"
    path.write_bytes(protect(read_original(product), PASSWORD))
    (tmp_path / "distribution.yaml").write_text("收件: [{简称: 甲}]\n", "utf-8")
    program = (
        "import sys; sys.modules['cryptography'] = sys.modules['Crypto'] = None\n"
        "from yinfa.cli import main\n"
        "print([main([*words.split(), sys.argv[1]]) for words in "
        "('check', 'verify', 'booklet', 'copies', 'source', 'protect')])"
    )
    done = subprocess.run(
        (sys.executable, "-c", program, path), capture_output=True, text=True, check=True
    )
    assert done.stdout == f"{[2] * 6}\n"
    assert done.stderr.count("加密") >= 6
    assert "PDF 已损坏" not in done.stderr


def test_one_line_says_how_to_get_the_packages(
    product: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(originals, "find_spec", lambda name: None)
    assert main(["protect", str(product)]) == 2
    said = capsys.readouterr().err
    assert "没有安装" in said
    assert "make protect DOC=" in said
