"""An encrypted derivative of a finished PDF: AES-256, to be opened with a password.

Encryption needs randomness for its keys, so two protected copies of one PDF differ. PDF/A forbids
encryption: the claim is taken out of the metadata, all else stays.
"""

from __future__ import annotations

import io
import re
import secrets
import unicodedata
from pathlib import Path
from typing import Any

from yinfa import pdf
from yinfa.pdf import dictionary, resolved
from yinfa.pdf.enclosures import UNREADABLE
from yinfa.pdf.objects import (
    DecodedStreamObject,
    NameObject,
    NumberObject,
    PdfWriter,
    UserAccessPermissions,
    add,
    permissions,
)
from yinfa.report import Finding, Place, SetupFault, unreadable
from yinfa.securing.original import PdfFile

ALGORITHM = "AES-256"
LONGEST_BYTES = 127  # of a password, ISO 32000-2 7.6.4.3.3
OWNER_BYTES = 32
# Whoever has the password reads, prints and copies, also by a screen reader, ISO 14289-1 7.16;
# nobody changes anything.
ALLOWED = (
    UserAccessPermissions.PRINT
    | UserAccessPermissions.PRINT_TO_REPRESENTATION
    | UserAccessPermissions.EXTRACT
    | UserAccessPermissions.EXTRACT_TEXT_AND_GRAPHICS
)
SHOWN = "LNPS"  # letters, numbers, punctuation, symbols
RESERVED = 0xFFFFF0C0  # bits that are set whatever is allowed, ISO 32000-2 table 22
# ISO 19005-3 6.6.4 fixes the prefix, so that a claim is found by it.
_CLAIM = re.compile(
    rb"""\s+(?:xmlns:pdfaid|pdfaid:\w+)\s*=\s*(?:"[^"]*"|'[^']*')"""
    rb"""|<pdfaid:(\w+)[^>]*>[^<]*</pdfaid:\1\s*>"""
)


class Unprepared(Exception):
    """A password has characters that no reader takes."""


def protect(original: PdfFile, password: str) -> bytes:
    """*original* encrypted with *password*; a fault where that would spoil a signature.

    A password that not every reader takes is a fault too.
    """
    if original.signatures:
        raise unreadable(
            original.path,
            f"PDF 带有 {original.signatures} 处数字签名，加密会使签名全部失效",
            "请给签名以前的 PDF 加密；已签名的 PDF 要保密的，请放进加密的压缩包再传送",
        )
    if not _is_fit(password):
        raise _unfit(original.path)
    try:
        return _encrypted(original.content, password)
    except Unprepared as error:
        raise _unfit(original.path) from error
    except UNREADABLE as error:
        hint = "请重新导出或重新传送这个 PDF"
        raise unreadable(original.path, "PDF 已损坏，不能加密", hint) from error


def _encrypted(content: bytes, password: str) -> bytes:
    writer = pdf.clone(content)
    _withdraw_claim(writer)
    _name_extension(writer.root_object)
    writer.strict = True  # a password that cannot be prepared as the standard has it is an error
    try:
        writer.encrypt(
            password,
            secrets.token_urlsafe(OWNER_BYTES),  # nobody knows it: nobody lifts the limits
            permissions_flag=UserAccessPermissions(ALLOWED | RESERVED),
            algorithm=ALGORITHM,
        )
    except ValueError as error:
        raise Unprepared from error
    _sign_permissions(writer)
    target = io.BytesIO()
    writer.write(target)
    return target.getvalue()


def _withdraw_claim(writer: PdfWriter) -> None:
    """The metadata no longer say that the file is PDF/A."""
    found = resolved(writer.root_object.get("/Metadata"))
    if found is None:
        return
    stream = DecodedStreamObject()
    stream.set_data(_CLAIM.sub(b"", found.get_data()))
    stream[NameObject("/Type")] = NameObject("/Metadata")
    stream[NameObject("/Subtype")] = NameObject("/XML")
    writer.root_object[NameObject("/Metadata")] = add(writer, stream)


def _sign_permissions(writer: PdfWriter) -> None:
    """The permissions are a signed number, as ISO 32000-1 has it; pypdf writes one too large."""
    permissions(writer)[NameObject("/P")] = NumberObject(int(ALLOWED | RESERVED) - (1 << 32))


def _name_extension(catalogue: Any) -> None:
    """Before PDF 2.0 this encryption is an extension, which the file names."""
    level = {
        "/BaseVersion": NameObject("/1.7"),
        "/ExtensionLevel": NumberObject(8),
    }
    known = dictionary(dict(resolved(catalogue.get("/Extensions")) or {}))
    known[NameObject("/ADBE")] = dictionary(level)
    catalogue[NameObject("/Extensions")] = known


def _is_fit(password: str) -> bool:
    """Whether *password* is short enough, and something is left of it once it is prepared.

    Readers prepare what is typed: of characters that look alike one is taken, and those that show
    nothing are left out.
    """
    ready = unicodedata.normalize("NFKC", password)
    shown = any(unicodedata.category(char)[0] in SHOWN for char in ready)
    return shown and ready.isprintable() and len(ready.encode()) <= LONGEST_BYTES


def _unfit(path: Path) -> SetupFault:
    message = "口令是空的、太长，或有些字符不是每个阅读器都认"
    hint = "请用常见的汉字、字母、数字和标点，不超过 127 字节（一个汉字占 3 字节）"
    return SetupFault((Finding(Place(path), message, hint),))
