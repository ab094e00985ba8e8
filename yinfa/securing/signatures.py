"""Who has signed a PDF, and what holds of each signature."""

from __future__ import annotations

import datetime
import io
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from asn1crypto import x509
from cryptography.exceptions import UnsupportedAlgorithm
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.ades.report import AdESIndeterminate
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.fields import enumerate_sig_fields
from pyhanko.sign.validation import (
    EmbeddedPdfSignature,
    KeyUsageConstraints,
    SignatureCoverageLevel,
    validate_pdf_signature,
    validate_pdf_timestamp,
)
from pyhanko_certvalidator import ValidationContext

from yinfa.report import one_line, system_reason, unreadable
from yinfa.securing.original import PdfFile

# What a signature may be written as; the formats of Chinese seals are others.
FORMATS = {"/adbe.pkcs7.detached", "/ETSI.CAdES.detached", "/ETSI.RFC3161"}
KEY_USAGE = KeyUsageConstraints(key_usage={"digital_signature", "non_repudiation"})
EXPIRED_SINCE = "证书现已过期，又没有可信的时间戳证明签名在过期以前"
DISTRUST = {
    AdESIndeterminate.NO_CERTIFICATE_CHAIN_FOUND: "不是由给出的根证书签发的",
    AdESIndeterminate.OUT_OF_BOUNDS_NO_POE: EXPIRED_SINCE,
    AdESIndeterminate.OUT_OF_BOUNDS_NOT_REVOKED: EXPIRED_SINCE,
    AdESIndeterminate.EXPIRED: "签名时证书已过期",
    AdESIndeterminate.NOT_YET_VALID: "签名时证书还没有生效",
    AdESIndeterminate.CHAIN_CONSTRAINTS_FAILURE: "证书不是用来签名的",
    AdESIndeterminate.SIG_CONSTRAINTS_FAILURE: "证书不是用来签名的",
}
OTHER_DISTRUST = "证书没有通过核对"
NAMELESS = "（不明）"


class Content(StrEnum):
    """What has become of what was signed."""

    WHOLE = "完好：签名覆盖整个文件，此后没有改动"
    FOLLOWED = "完好：此后只有增补（如别的签名），签名时的内容没有改动"
    CHANGED = "已改动：签名以后文件被改动过"
    BROKEN = "无效：签过的内容或签名本身被改动过"
    UNKNOWN = "不能核对：不是 PAdES 或 PKCS#7 签名，可能是国密（SM2）电子印章"


@dataclass(frozen=True, slots=True)
class ElectronicSignature:
    """One signature, or timestamp: by whom, when, and what holds of it."""

    name: str
    content: Content
    issuer: str = ""
    claimed: datetime.datetime | None = None  # by the signer's own clock
    stamped: datetime.datetime | None = None  # by a timestamp that is intact
    proven: bool = False  # that timestamp is by somebody trusted
    valid_until: datetime.datetime | None = None  # the certificate
    distrust: str = ""  # why the certificate is not trusted, where that was judged

    @property
    def broken(self) -> bool:
        return self.content in {Content.CHANGED, Content.BROKEN} or bool(self.distrust)


def read_roots(path: Path) -> tuple[bytes, ...]:
    """The certificates in the file *path*, PEM or DER, as DER; a fault where there are none."""
    from cryptography.hazmat.primitives.serialization import Encoding
    from cryptography.x509 import load_der_x509_certificate, load_pem_x509_certificates

    try:
        content = path.read_bytes()
    except FileNotFoundError:
        raise unreadable(path, "没有这个文件", "请核对根证书的文件名") from None
    except OSError as error:
        raise unreadable(path, f"文件打不开（{system_reason(error)}）", "请检查读取权限") from None
    try:
        if b"-----BEGIN" in content:
            found = load_pem_x509_certificates(content)
        else:
            found = [load_der_x509_certificate(content)]
    except ValueError as error:
        hint = "请给出 PEM 格式的根证书（-----BEGIN CERTIFICATE----- 开头）"
        raise unreadable(path, "文件里没有可用的证书", hint) from error
    return tuple(each.public_bytes(Encoding.DER) for each in found)


def signatures(original: PdfFile, roots: Sequence[bytes] | None) -> tuple[ElectronicSignature, ...]:
    """The signatures of *original*, the earliest first; trust is judged by *roots* where given."""
    for name in ("pyhanko", "pyhanko_certvalidator"):
        logging.getLogger(name).setLevel(logging.CRITICAL)  # what matters is told
    try:
        reader = PdfFileReader(io.BytesIO(original.content), strict=False)
        fields = list(enumerate_sig_fields(reader, filled_status=True))
        if len(fields) < original.signatures:
            raise ValueError("two readers, two numbers of signatures")
    except Exception as error:  # damage has many shapes
        hint = "请向签名的人重要一份"
        raise unreadable(original.path, "签名的结构已损坏，读不出来", hint) from error
    judged = [_judged(reader, field, name, roots) for name, _, field in fields]
    return tuple(signature for _, signature in sorted(judged, key=lambda pair: pair[0]))


def _judged(
    reader: Any, field: Any, title: str, roots: Sequence[bytes] | None
) -> tuple[int, ElectronicSignature]:
    """What holds of one signature, and its revision; one that cannot even be read is broken."""
    revision, name = reader.xrefs.total_revisions, NAMELESS
    try:
        if field.get_object()["/V"]["/SubFilter"] not in FORMATS:
            return revision, ElectronicSignature(name, Content.UNKNOWN)
        embedded = EmbeddedPdfSignature(reader, field, title)
        revision, name = embedded.signed_revision, _name(embedded.signer_cert.subject)
        return revision, _judgement(embedded, roots)
    except (NotImplementedError, UnsupportedAlgorithm):
        return revision, ElectronicSignature(name, Content.UNKNOWN)
    except Exception:  # damage has many shapes
        return revision, ElectronicSignature(name, Content.BROKEN)


def _judgement(embedded: Any, roots: Sequence[bytes] | None) -> ElectronicSignature:
    context = ValidationContext(
        trust_roots=[x509.Certificate.load(root) for root in roots or ()], allow_fetching=False
    )
    certificate = embedded.signer_cert
    if embedded.sig_object_type == "/DocTimeStamp":
        status: Any = validate_pdf_timestamp(embedded, context)
        stamp = status
    else:
        status = validate_pdf_signature(embedded, context, key_usage_settings=KEY_USAGE)
        stamp = status.timestamp_validity
    stands = bool(stamp and stamp.intact and stamp.valid)
    distrust = ""
    if roots is not None and not status.trusted:
        distrust = DISTRUST.get(status.trust_problem_indic, OTHER_DISTRUST)
    return ElectronicSignature(
        _name(certificate.subject),
        _content(status),
        _name(certificate.issuer),
        embedded.self_reported_timestamp,
        stamp.timestamp if stands else None,
        stands and stamp.trusted,
        certificate.not_valid_after,
        distrust,
    )


def _content(status: Any) -> Content:
    if not (status.intact and status.valid):
        return Content.BROKEN
    if status.coverage is SignatureCoverageLevel.ENTIRE_FILE:
        return Content.WHOLE
    followed = status.docmdp_ok and status.modification_level in {
        ModificationLevel.NONE,
        ModificationLevel.LTA_UPDATES,
        ModificationLevel.FORM_FILLING,
    }
    return Content.FOLLOWED if followed else Content.CHANGED


def _name(subject: Any) -> str:
    """The name in *subject*, on one line."""
    words = subject.native
    found = words.get("common_name") or words.get("organization_name") or subject.human_friendly
    shown = "、".join(found) if isinstance(found, list) else str(found)
    return one_line(shown)
