"""Certificates and keys that the tests make for themselves, and files of them."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    pkcs12,
)
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

OFFICE, OTHER_OFFICE, ROOT = "常州市教育局", "常州市财政局", "测试根证书"
PASSPHRASE = "印章 口令"
DAY = datetime.timedelta(days=1)


@dataclass(frozen=True)
class Identity:
    """A key and its certificate."""

    key: Any
    certificate: x509.Certificate

    def pem(self) -> bytes:
        return self.certificate.public_bytes(Encoding.PEM)

    def key_pem(self, passphrase: str = "") -> bytes:
        closed = BestAvailableEncryption(passphrase.encode()) if passphrase else NoEncryption()
        return self.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, closed)


def issued(
    name: str,
    by: Identity | None = None,
    *,
    days: tuple[float, float] = (-1, 300),
    usage: tuple[str, ...] | None = ("digital_signature", "content_commitment"),
    rsa_bits: int = 0,
    stamps: bool = False,
) -> Identity:
    """A certificate for *name*, valid from and to so many *days* from now; by itself or by *by*."""
    key: Any = ec.generate_private_key(ec.SECP256R1())
    if rsa_bits:
        key = rsa.generate_private_key(65537, rsa_bits)
    now = datetime.datetime.now(datetime.UTC).replace(microsecond=0)
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(by.certificate.subject if by else subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now + days[0] * DAY)
        .not_valid_after(now + days[1] * DAY)
        .add_extension(x509.BasicConstraints(ca=by is None, path_length=None), critical=True)
    )
    if usage is not None:
        builder = builder.add_extension(_usage(usage), critical=True)
    if stamps:
        purpose = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING])
        builder = builder.add_extension(purpose, critical=True)
    return Identity(key, builder.sign(by.key if by else key, hashes.SHA256()))


def _usage(wanted: tuple[str, ...]) -> x509.KeyUsage:
    kinds = (
        "digital_signature", "content_commitment", "key_encipherment", "data_encipherment",
        "key_agreement", "key_cert_sign", "crl_sign", "encipher_only", "decipher_only",
    )  # fmt: skip
    return x509.KeyUsage(**{kind: kind in wanted for kind in kinds})


@cache
def root() -> Identity:
    return issued(ROOT, usage=("key_cert_sign", "crl_sign"))


@cache
def office() -> Identity:
    return issued(OFFICE, root())


@cache
def other_office() -> Identity:
    return issued(OTHER_OFFICE, root())


def p12(folder: Path, identity: Identity, passphrase: str = PASSPHRASE) -> Path:
    """The PKCS#12 file of *identity*, with the root's certificate."""
    path = folder / f"{identity.certificate.serial_number}.p12"
    closed = BestAvailableEncryption(passphrase.encode()) if passphrase else NoEncryption()
    content = pkcs12.serialize_key_and_certificates(
        "印章".encode(), identity.key, identity.certificate, [root().certificate], closed
    )
    path.write_bytes(content)
    return path
