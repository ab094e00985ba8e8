"""Verifying: what is whole, what was changed, who is trusted; the exit status says it too."""

from __future__ import annotations

import io
import re
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from certificates import OFFICE, ROOT, issued, p12, root
from printing_samples import dictionary
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import signers
from pyhanko.sign.fields import MDPPerm
from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, NameObject, TextStringObject
from securing_samples import SEALED, document, signed

from yinfa.cli import main
from yinfa.report import Fault
from yinfa.securing import original as originals
from yinfa.securing import signatures as judging
from yinfa.securing.credentials import load_credentials
from yinfa.securing.original import read_original
from yinfa.securing.sign import sign
from yinfa.securing.signatures import Content, ElectronicSignature, read_roots, signatures


@pytest.fixture
def trust(tmp_path: Path) -> Path:
    path = tmp_path / "ca.pem"
    path.write_bytes(root().pem())
    return path


def placed(folder: Path, content: bytes) -> Path:
    path = folder / "已签名.pdf"
    path.write_bytes(content)
    return path


def judged(
    folder: Path, content: bytes, *, trust: Path | None = None
) -> tuple[ElectronicSignature, ...]:
    roots = read_roots(trust) if trust else None
    return signatures(read_original(placed(folder, content)), roots)


def contents(folder: Path, content: bytes) -> list[Content]:
    return [each.content for each in judged(folder, content)]


# --- whole -----------------------------------------------------------------------------------


def test_a_signature_over_the_whole_file_is_told_with_name_time_and_issuer(tmp_path: Path) -> None:
    (found,) = judged(tmp_path, signed())
    assert found.content is Content.WHOLE
    assert (found.name, found.issuer) == (OFFICE, ROOT)
    assert found.claimed is not None
    assert found.stamped is None
    assert not found.broken


def test_of_two_signatures_the_first_is_followed_by_the_other_alone(tmp_path: Path) -> None:
    assert contents(tmp_path, signed(SEALED, 2)) == [Content.FOLLOWED, Content.WHOLE]


def test_what_was_signed_comes_back_from_what_was_signed_twice(tmp_path: Path) -> None:
    content = signed(SEALED, 2)
    end = content.index(b"%%EOF", content.index(b"/ByteRange")) + len(b"%%EOF\n")
    assert contents(tmp_path, content[:end]) == [Content.WHOLE]


def test_the_command_tells_it_all_and_that_nobody_was_judged(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = placed(tmp_path, signed(SEALED, 2))
    assert main(["verify", str(path)]) == 0
    said = capsys.readouterr().out
    assert f"{path}：2 处签名" in said
    assert re.search(rf"1\. {OFFICE}，20\d\d-\d\d-\d\d \d\d:\d\d（签名人的电脑所记）", said)
    assert said.count("完好") == 2
    assert "没有给出根证书（--trust），签名人是不是本人没有核对" in said


@pytest.mark.parametrize(
    ("year", "zone"), [("99991231235959Z", "Asia/Shanghai"), ("00010101000000Z", "Etc/GMT+8")]
)
def test_a_time_beyond_every_calendar_is_told_as_such(
    tmp_path: Path,
    year: str,
    zone: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("TZ", zone)
    time.tzset()
    try:
        found = re.search(rb"/M \(D[^)]*\)", signed())
        assert found
        told = f"/M (D:{year})".encode().ljust(len(found[0]))
        path = placed(tmp_path, signed().replace(found[0], told))
        main(["verify", str(path)])
    finally:
        monkeypatch.undo()
        time.tzset()
    assert "所记的时间无法显示（签名人的电脑所记）" in capsys.readouterr().out


# --- changed ---------------------------------------------------------------------------------


def test_a_changed_byte_breaks_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    content = bytearray(signed())
    content[content.index(b"stream\n") + 40] ^= 1
    assert contents(tmp_path, bytes(content)) == [Content.BROKEN]
    assert main(["verify", str(tmp_path / "已签名.pdf")]) == 1
    assert "无效：签过的内容" in capsys.readouterr().out


def test_pages_changed_by_an_update_are_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    writer = PdfWriter(io.BytesIO(signed()), incremental=True)
    writer.pages[0].rotate(90)
    target = io.BytesIO()
    writer.write(target)
    assert target.getvalue().startswith(signed())
    assert contents(tmp_path, target.getvalue()) == [Content.CHANGED]
    assert main(["verify", str(tmp_path / "已签名.pdf")]) == 1
    assert "签名以后文件被改动过" in capsys.readouterr().out


def test_bytes_after_the_end_are_told_as_an_addition(tmp_path: Path) -> None:
    start = signed()[signed().rindex(b"startxref") :]
    assert contents(tmp_path, signed() + b"% note\n" + start) == [Content.FOLLOWED]


def test_a_page_put_behind_is_told(tmp_path: Path) -> None:
    writer = PdfWriter(io.BytesIO(signed()), incremental=True)
    writer.add_blank_page(595, 842)
    target = io.BytesIO()
    writer.write(target)
    assert contents(tmp_path, target.getvalue()) == [Content.CHANGED]


def test_a_file_written_anew_is_broken(tmp_path: Path) -> None:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(signed())))
    target = io.BytesIO()
    writer.write(target)
    assert contents(tmp_path, target.getvalue()) == [Content.BROKEN]


def test_garbage_in_place_of_a_signature_is_broken(tmp_path: Path) -> None:
    content = signed()
    start = content.index(b"/Contents <") + len(b"/Contents <")
    for garbage in (b"00" * 200, b"3082ffff" * 50, b"zz" * 200):
        spoilt = content[:start] + garbage + content[start + len(garbage) :]
        assert contents(tmp_path, spoilt) == [Content.BROKEN]


@pytest.mark.parametrize(
    "ranges",
    [b"[0 10 20 30]", b"[0 0 0 0]", b"[-5 99999999999 1 2]", b"[1 2]", b"(x)"],
)
def test_ranges_that_cover_something_else_are_not_whole(tmp_path: Path, ranges: bytes) -> None:
    content = signed()
    found = re.search(rb"/ByteRange \[[^\]]*\]\s*", content)
    assert found is not None
    wanted = b"/ByteRange " + ranges
    spoilt = content.replace(found[0], wanted.ljust(len(found[0])))
    (only,) = judged(tmp_path, spoilt)
    assert only.content in {Content.BROKEN, Content.CHANGED}
    assert only.broken


def test_a_signature_after_one_that_forbids_all_is_a_change(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another program may sign what is closed; that is told."""
    key = p12(tmp_path, issued(OFFICE, root()))
    signer = signers.SimpleSigner.load_pkcs12_data(key.read_bytes(), [], "印章 口令".encode())
    assert signer is not None
    monkeypatch.setattr(signers.PdfSigner, "_enforce_certification_constraints", lambda *_: None)
    content = document(tmp_path).read_bytes()
    for name in ("a", "b"):
        metadata = signers.PdfSignatureMetadata(
            field_name=name, certify=name == "a", docmdp_permissions=MDPPerm.NO_CHANGES
        )
        writer = IncrementalPdfFileWriter(io.BytesIO(content))
        content = signers.sign_pdf(writer, metadata, signer).getvalue()
    assert contents(tmp_path, content) == [Content.CHANGED, Content.WHOLE]


def test_signatures_below_other_fields_are_found(tmp_path: Path) -> None:
    kid = dictionary(T=TextStringObject("b"), FT=NameObject("/Sig"), V=dictionary())
    path = with_fields(
        tmp_path,
        lambda writer: writer._add_object(
            dictionary(T=TextStringObject("a"), Kids=ArrayObject([writer._add_object(kid)]))
        ),
    )
    assert read_original(path).signatures == 1


def test_a_signature_that_one_reader_sees_and_the_other_does_not_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = with_fields(
        tmp_path,
        lambda writer: dictionary(T=TextStringObject("a"), FT=NameObject("/Sig"), V=dictionary()),
    )
    assert main(["verify", str(path)]) == 2
    assert "读不出来" in capsys.readouterr().err


def with_fields(folder: Path, field: Callable[[PdfWriter], Any]) -> Path:
    """A PDF whose form has one *field*."""
    writer = PdfWriter(clone_from=document(folder))
    form = dictionary(Fields=ArrayObject([field(writer)]))
    writer.root_object[NameObject("/AcroForm")] = form
    path = folder / "form.pdf"
    writer.write(path)
    return path


# --- trusted ---------------------------------------------------------------------------------


def test_who_comes_from_the_root_is_trusted(
    tmp_path: Path, trust: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = placed(tmp_path, signed())
    assert main(["verify", str(path), "--trust", str(trust)]) == 0
    assert f"证书由“{ROOT}”签发" in (said := capsys.readouterr().out)
    assert said.rstrip().endswith("；可信")


def test_who_comes_from_elsewhere_is_not(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = tmp_path / "other.pem"
    other.write_bytes(issued("别的根证书", usage=("key_cert_sign",)).pem())
    path = placed(tmp_path, signed())
    assert main(["verify", str(path), "--trust", str(other)]) == 1
    said = capsys.readouterr().out
    assert "不可信：不是由给出的根证书签发的" in said
    assert "完好" in said


def test_a_certificate_of_the_same_names_by_another_key_is_not_trusted(
    tmp_path: Path, trust: Path
) -> None:
    forged = issued(OFFICE, issued(ROOT, usage=("key_cert_sign",)))
    key = p12(tmp_path, forged)
    path = document(tmp_path)
    content = sign(read_original(path), load_credentials(key, None, "印章 口令"))
    (found,) = judged(tmp_path, content, trust=trust)
    assert (found.name, found.issuer) == (OFFICE, ROOT)
    assert found.broken
    assert found.distrust


@pytest.mark.parametrize(
    ("usage", "distrust"),
    [("digital_signature", ""), ("content_commitment", ""), ("key_agreement", "不是用来签名的")],
)
def test_a_certificate_is_for_signing_by_either_of_two_uses(
    tmp_path: Path, trust: Path, usage: str, distrust: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from yinfa.securing import credentials

    monkeypatch.setattr(credentials, "_refuse_unfit", lambda path, certificate: None)
    identity = issued(OFFICE, root(), usage=(usage,))
    known = load_credentials(p12(tmp_path, identity), None, "印章 口令")
    content = sign(read_original(document(tmp_path)), known)
    (found,) = judged(tmp_path, content, trust=trust)
    assert distrust in found.distrust
    assert bool(distrust) == found.broken


def test_a_certificate_that_has_expired_since_is_told(
    tmp_path: Path, trust: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from yinfa.securing import credentials

    old = issued(OFFICE, root(), days=(-1, -0.5))  # half a day ago
    monkeypatch.setattr(credentials, "_refuse_unfit", lambda path, certificate: None)
    known = load_credentials(p12(tmp_path, old), None, "印章 口令")
    content = sign(read_original(document(tmp_path)), known)
    (found,) = judged(tmp_path, content, trust=trust)
    assert "过期" in found.distrust
    assert not judged(tmp_path, content)[0].broken  # nobody asked whether it is trusted


@pytest.mark.parametrize("content", [b"", b"x", b"-----BEGIN CERTIFICATE-----\nx\n"])
def test_a_root_that_is_none_is_told(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "ca"
    path.write_bytes(content)
    with pytest.raises(Fault, match="没有可用的证书"):
        read_roots(path)
    with pytest.raises(Fault, match="没有这个文件"):
        read_roots(tmp_path / "none")


# --- what cannot be verified -----------------------------------------------------------------


def test_a_pdf_without_signatures_is_no_success(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["verify", str(document(tmp_path))]) == 2
    assert "没有数字签名" in capsys.readouterr().err


def test_a_seal_of_another_format_is_not_taken_for_broken(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    content = signed().replace(b"/ETSI.CAdES.detached", b"/GM.sm2seal        ".ljust(20))
    assert contents(tmp_path, content) == [Content.UNKNOWN]
    assert main(["verify", str(tmp_path / "已签名.pdf")]) == 2
    assert "国密（SM2）电子印章" in capsys.readouterr().out


@pytest.mark.parametrize("name", ["none.pdf", "folder.pdf"])
def test_what_is_not_there_is_told(
    tmp_path: Path, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "folder.pdf").mkdir()
    assert main(["verify", str(tmp_path / name)]) == 2
    assert "提示" in capsys.readouterr().err


def test_one_line_says_how_to_get_the_packages(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(originals, "find_spec", lambda name: None)
    assert main(["verify", str(placed(tmp_path, signed()))]) == 2
    assert "没有安装" in capsys.readouterr().err


def test_a_name_that_would_write_on_the_terminal_is_shown_on_one_line(tmp_path: Path) -> None:
    known = load_credentials(p12(tmp_path, issued("甲\n\x1b[2J乙", root())), None, "印章 口令")
    content = sign(read_original(document(tmp_path)), known)
    (found,) = judged(tmp_path, content)
    assert found.name == "甲[2J乙"


def test_nothing_is_fetched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[bool] = []
    context = judging.ValidationContext

    def watched(**settings: Any) -> object:
        asked.append(bool(settings["allow_fetching"]))
        return context(**settings)

    monkeypatch.setattr(judging, "ValidationContext", watched)
    judged(tmp_path, signed())
    assert asked == [False]
