"""A finished PDF with a signature after it: PAdES, the bytes before it as they were.

The door of pyHanko, with ``field`` and ``signatures``. All that a signature adds stands in one
incremental update: the field, how it looks, the signature.
"""

from __future__ import annotations

import io
import logging
from pathlib import Path
from typing import Any

from asn1crypto import keys, x509
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import SigSeedSubFilter
from pyhanko.sign.general import SigningError
from pyhanko.sign.signers.pdf_cms import SimpleSigner
from pyhanko.sign.signers.pdf_signer import PdfSignatureMetadata, PdfSigner
from pyhanko.sign.timestamps import HTTPTimeStamper, TimestampRequestError
from pyhanko_certvalidator.registry import SimpleCertificateStore

from yinfa.report import Finding, Place, ReadingFault, SetupFault, unreadable
from yinfa.securing.credentials import Credentials
from yinfa.securing.field import Appearance, AsPrepared, add_field
from yinfa.securing.original import PdfFile

FIELD = "数字签名"
TIMEOUT_S = 20


def sign(
    original: PdfFile, credentials: Credentials, look: Appearance | None = None, timestamp: str = ""
) -> bytes:
    """*original* followed by a signature of *credentials*.

    With a *look* the signature shows on its page. *timestamp* is the address of a server that
    confirms the time.
    """
    logging.getLogger("pyhanko").setLevel(logging.CRITICAL)  # what matters becomes a fault
    if look and original.signatures:
        raise _seal_too_late(original)
    metadata = PdfSignatureMetadata(
        field_name=f"{FIELD}{original.signatures + 1}", subfilter=SigSeedSubFilter.PADES
    )
    description = f"{FIELD}：{credentials.name}"
    try:
        writer = _writer(original.content)
        add_field(writer, metadata.field_name, description, look, first=not original.signatures)
        signer = PdfSigner(
            metadata,
            _signer(credentials),
            timestamper=HTTPTimeStamper(timestamp, timeout=TIMEOUT_S) if timestamp else None,
            stamp_style=AsPrepared(),
        )
        signed: Any = signer.sign_pdf(writer, existing_fields_only=True)
    except TimestampRequestError as error:
        raise _no_timestamp(original.path, timestamp) from error
    except SigningError as error:
        message = "这份 PDF 不许再加签名（前面的签名规定了不得改动，或结构不合规范）"
        raise unreadable(original.path, message, "请向制作的人要可以加签的 PDF") from error
    except Exception as error:  # damage has many shapes
        hint = "请重新导出这个 PDF；用本程序排出的 PDF 可以签名"
        raise unreadable(original.path, "PDF 的内部结构有毛病，不能签名", hint) from error
    return bytes(signed.getvalue())


def _writer(content: bytes) -> Any:
    """A writer of updates that leaves what the document says of itself.

    pyHanko would write the metadata anew, with its own name in it and prefixes of its own.
    """
    writer: Any = IncrementalPdfFileWriter(io.BytesIO(content))
    writer._update_meta = lambda: None
    return writer


def _signer(credentials: Credentials) -> SimpleSigner:
    return SimpleSigner(
        signing_cert=x509.Certificate.load(credentials.certificate),
        signing_key=keys.PrivateKeyInfo.load(credentials.key),
        cert_registry=SimpleCertificateStore.from_certs(
            [x509.Certificate.load(der) for der in credentials.chain]
        ),
    )


def _seal_too_late(original: PdfFile) -> ReadingFault:
    return unreadable(
        original.path,
        f"PDF 已有 {original.signatures} 处签名，再加印章图样会使它们显示为“签名后有改动”",
        "不写 --seal，只加签名；联合行文各机关的印章图写在源文件的“印章”里，先排好再逐个签名",
    )


def _no_timestamp(path: Path, address: str) -> SetupFault:
    message = f"没有从时间戳服务器 {address} 取得时间戳"
    hint = "请核对地址和网络；不写 --timestamp 也能签名，只是时间以这台电脑的为准"
    return SetupFault((Finding(Place(path), message, hint),))
