"""Whom a signature names: the office's certificate and its private key, from files.

The door of ``cryptography``. A fault tells what is wrong with file, passphrase or certificate.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from yinfa.report import ReadingFault, system_reason, unreadable

LARGEST_BYTES = 1_000_000  # of a key or certificate file
SHORTEST_RSA_BITS = 2048
PEM = b"-----BEGIN "
SEQUENCE = b"\x30"  # how every PKCS#12 file begins, in ASN.1
SM2_CURVE = "1.2.156.10197.1.301"


@dataclass(frozen=True, slots=True)
class Credentials:
    """A private key, its certificate, and those that lead from it to a root, all as DER."""

    key: bytes
    certificate: bytes
    chain: tuple[bytes, ...]
    name: str  # of the office, as the certificate says


def needs_passphrase(path: Path) -> bool:
    """Whether the key at *path* is closed with a passphrase, or may be."""
    from cryptography.hazmat.primitives.serialization import pkcs12

    content = _read(path)
    if PEM in content:
        return b"ENCRYPTED" in content
    try:
        pkcs12.load_key_and_certificates(content, None)
    except Exception:  # whatever is amiss is told when it is opened
        return content.startswith(SEQUENCE)
    return False


def load_credentials(key: Path, certificate: Path | None, passphrase: str) -> Credentials:
    """The key in the file *key*, PKCS#12 or PEM, with its certificate; fit to sign with today."""
    from cryptography.hazmat.primitives.serialization import (
        Encoding,
        NoEncryption,
        PrivateFormat,
    )

    content = _read(key)
    secret = passphrase.encode() or None
    if PEM in content:
        private, found = _from_pem(key, content, certificate, secret)
    elif certificate is not None:
        hint = "PKCS#12 文件里已有证书，不必再写 --cert"
        raise unreadable(key, "这不是 PEM 格式的私钥", hint)
    else:
        private, found = _from_pkcs12(key, content, secret)
    own = next((each for each in found if _matches(private, each)), None)
    where = certificate or key
    if own is None:
        raise unreadable(where, "里面没有与私钥配对的证书", "请向发证机构要配对的证书和私钥")
    _refuse_unfit(where, own)
    der = private.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    chain = tuple(each.public_bytes(Encoding.DER) for each in found if each is not own)
    return Credentials(der, own.public_bytes(Encoding.DER), chain, subject_of(own))


def _read(path: Path) -> bytes:
    try:
        if path.is_file() and path.stat().st_size > LARGEST_BYTES:
            raise unreadable(path, "文件太大，不是证书或私钥", "请核对文件名")
        return path.read_bytes()
    except FileNotFoundError:
        hint = "请核对文件名；证书文件的后缀一般是 .p12、.pfx 或 .pem"
        raise unreadable(path, "没有这个文件", hint) from None
    except OSError as error:
        reason = f"文件打不开（{system_reason(error)}）"
        raise unreadable(path, reason, "请检查文件名和读取权限") from None


def _from_pkcs12(path: Path, content: bytes, secret: bytes | None) -> tuple[Any, list[Any]]:
    from cryptography.hazmat.primitives.serialization import pkcs12

    if not content.startswith(SEQUENCE):
        hint = "请给出 PKCS#12（.p12、.pfx）文件，或 PEM 格式的私钥"
        raise unreadable(path, "这不是证书或私钥文件", hint)
    try:
        private, own, others = pkcs12.load_key_and_certificates(content, secret)
    except Exception as error:  # the library's words differ by version and by damage
        raise _unopened(path, error) from error
    if private is None:
        hint = "请导出带私钥的证书（导出时选“包括私钥”）"
        raise unreadable(path, "文件里只有证书，没有私钥", hint)
    return private, [each for each in (own, *others) if each is not None]


def _from_pem(
    path: Path, content: bytes, certificate: Path | None, secret: bytes | None
) -> tuple[Any, list[Any]]:
    from cryptography import x509
    from cryptography.hazmat.primitives.serialization import load_pem_private_key

    if b"PRIVATE KEY-----" not in content:
        raise unreadable(path, "文件里没有私钥", "请用 --key 给出私钥，用 --cert 给出证书")
    closed = b"ENCRYPTED" in content
    try:
        private = load_pem_private_key(content, secret if closed else None)
    except Exception as error:
        raise _unopened(path, error) from error
    source = _read(certificate) if certificate else content
    try:
        return private, list(x509.load_pem_x509_certificates(source))
    except ValueError:
        message = "文件里没有可用的证书"
        hint = "请用 --cert 给出 PEM 格式的证书（-----BEGIN CERTIFICATE----- 开头）"
        raise unreadable(certificate or path, message, hint) from None


def _unopened(path: Path, error: Exception) -> ReadingFault:
    from cryptography.exceptions import UnsupportedAlgorithm

    words = str(error).lower()
    if isinstance(error, UnsupportedAlgorithm) or "curve" in words or SM2_CURVE in words:
        hint = "请用 RSA 或 ECDSA 的证书；国密（SM2）证书须用经认证的电子印章系统"
        return unreadable(path, "这种密钥不能用来签名（可能是国密 SM2）", hint)
    if "password" in words or "decrypt" in words or "encrypted" in words:
        hint = "请核对口令；口令区分大小写，前后的空格也算"
        return unreadable(path, "口令不对，打不开私钥", hint)
    return unreadable(path, "证书或私钥文件已损坏", "请向发证机构重新导出")


def _matches(private: Any, certificate: Any) -> bool:
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

    form = Encoding.DER, PublicFormat.SubjectPublicKeyInfo
    try:
        mine = private.public_key().public_bytes(*form)
        return bool(mine == certificate.public_key().public_bytes(*form))
    except (ValueError, UnsupportedAlgorithm):  # a key of a kind that the library does not know
        return False


def _refuse_unfit(path: Path, certificate: Any) -> None:
    """A fault where nobody would accept a signature by *certificate*."""
    from cryptography.hazmat.primitives.asymmetric import rsa

    now = datetime.datetime.now(datetime.UTC)
    if now > certificate.not_valid_after_utc:
        when = shown_day(certificate.not_valid_after_utc)
        raise unreadable(path, f"证书已于{when}过期", "请向发证机构更新证书")
    if now < certificate.not_valid_before_utc:
        when = shown_day(certificate.not_valid_before_utc)
        raise unreadable(path, f"证书自{when}起才有效", "请核对这台电脑的日期，或等到那一天")
    try:
        for_signing = _is_for_signing(certificate)
    except ValueError as error:  # extensions are read when they are asked for
        raise unreadable(path, "证书已损坏，读不出它的用途", "请向发证机构重新导出") from error
    if not for_signing:
        message = "证书不是用来签名的：用途里没有“数字签名”或“不可否认”"
        raise unreadable(path, message, "请向发证机构要签名证书（加密证书不能签名）")
    public = certificate.public_key()
    if isinstance(public, rsa.RSAPublicKey) and public.key_size < SHORTEST_RSA_BITS:
        message = f"密钥只有 {public.key_size} 位，签名容易被伪造"
        raise unreadable(path, message, f"请换至少 {SHORTEST_RSA_BITS} 位的 RSA 证书")


def _is_for_signing(certificate: Any) -> bool:
    """Whether the certificate is meant for signing, or does not say what it is meant for."""
    from cryptography import x509

    try:
        usage = certificate.extensions.get_extension_for_class(x509.KeyUsage).value
    except x509.ExtensionNotFound:
        return True
    return bool(usage.digital_signature or usage.content_commitment)


def subject_of(certificate: Any) -> str:
    """The name of whom *certificate* is for."""
    from cryptography.x509.oid import NameOID

    for kind in (NameOID.COMMON_NAME, NameOID.ORGANIZATION_NAME):
        for attribute in certificate.subject.get_attributes_for_oid(kind):
            return str(attribute.value)
    return str(certificate.subject.rfc4514_string())


def shown_day(moment: datetime.datetime) -> str:
    """The day of *moment* on this machine's calendar, as Chinese writes it."""
    try:
        local = moment.astimezone()
    except (ValueError, OverflowError):  # the first or the last day that can be written
        local = moment
    return f"{local.year}年{local.month}月{local.day}日"
