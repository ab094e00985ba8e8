"""Who gets a document: a distribution file becomes a Distribution, or all its faults at once."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice
from pathlib import Path

from yinfa import words
from yinfa.issuing.letters import Letter, read_letter
from yinfa.issuing.names import file_part
from yinfa.load import Mapping, Scalar, Sequence, Value, load
from yinfa.model import Text
from yinfa.report import Place
from yinfa.validating.reader import Fields, Reader, clip
from yinfa.words import Type

LARGEST_NUMBER = 999_999  # 7.2.1: six digits
MOST_SERVER = 253
LONGEST_ADDRESS = 254  # RFC 5321
NAMES = ("distribution.yaml", "分发.yaml")
SUBJECT = "{{ 发文字号 }} {{ 标题 }}"
LETTER = "{{ 收件单位 }}：\n\n现将《{{ 标题 }}》发给你单位，请查收。\n\n{{ 发文机关 }}"
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_HOST = re.compile(rf"{_LABEL}(?:\.{_LABEL})*", re.ASCII)
_LOCAL = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_ADDRESS = re.compile(rf"{_LOCAL}(?:\.{_LOCAL})*@{_LABEL}(?:\.{_LABEL})+", re.ASCII)
_NUMBERS = re.compile(r"(\d{1,6})(?:\s*[-—–~～至]+\s*(\d{1,6}))?", re.ASCII)
_SECRETS = ("口令", "密码", "授权码", "password", "passwd", "secret")


class CopyMark(StrEnum):
    """Where a copy shows its number and recipient beside the text."""

    MARGIN = "margin"
    DIAGONAL = "diagonal"  # across the page, under the text
    NONE = "none"


class Encryption(StrEnum):
    """How the line to a mail server is encrypted."""

    STARTTLS = "starttls"
    TLS = "tls"
    NONE = "none"


PORTS = {Encryption.STARTTLS: 587, Encryption.TLS: 465, Encryption.NONE: 25}


@dataclass(frozen=True, slots=True)
class Recipient:
    """Who gets copies: as many as *copies* on paper, with *numbers* one for each."""

    name: Text
    full_name: Text
    copies: int
    numbers: tuple[int, ...]
    email: str
    folder: Path | None
    marked: bool


@dataclass(frozen=True, slots=True)
class Mail:
    """How letters are sent; *subject* and *letter* are what they say."""

    sender: str
    server: str
    port: int
    encryption: Encryption
    ca_file: Path | None  # None: what the system trusts
    user: str
    password_file: Path | None
    subject: Letter
    letter: Letter


@dataclass(frozen=True, slots=True)
class Distribution:
    """The recipients a document goes to, in the order of the file."""

    path: Path
    recipients: tuple[Recipient, ...]
    mark: CopyMark | None  # None: where a number has no other place
    mail: Mail | None


def find_distribution(document: Path) -> Path:
    """The distribution file beside *document*; its usual name where there is none."""
    beside = [document.parent / name for name in NAMES]
    return next((path for path in beside if path.is_file()), beside[0])


def read_distribution(path: Path) -> Distribution:
    """What the distribution file *path* says, or a SourceFault with all its faults by place."""
    source = load(path)
    reader = Reader(source)
    fields = reader.fields(source.root, words.DISTRIBUTION)
    recipients = [_recipient(reader, value) for value in fields.items("recipients", Type.RECORDS)]
    _refuse_twice(reader, recipients)
    chosen = _chosen(fields, recipients)
    numbered = _numbered(fields, [each for each in recipients if each.name.value in chosen])
    mark = fields.choice("mark")
    mail = _mail(fields)
    for recipient in numbered:
        if recipient.email and mail is None:
            reader.wrong(
                recipient.name.place,
                f"“{clip(recipient.name.value)}”有邮箱，没有写怎样发邮件",
                f"请写上“{fields.shown('mail')}”一项：发件人、服务器",
            )
            break
    reader.settle()
    return Distribution(path, tuple(numbered), CopyMark(mark.value) if mark else None, mail)


# --- recipients ------------------------------------------------------------------------------


def _recipient(reader: Reader, value: Value) -> Recipient:
    fields = reader.fields(value, words.RECIPIENT)
    name = fields.text("name") or Text("", fields.place)
    numbers = _numbers(fields)
    copies = fields.integer("copies", 0)
    if numbers and copies and copies != len(numbers):
        fields.wrong(
            "copies",
            f"“{fields.shown('copies')}”是{copies}，“{fields.shown('numbers')}”有{len(numbers)}个",
            "一份一个号，两处应一致；写了份号的可以不写份数",
            "7.2.1",
        )
    folder = fields.text("folder")
    return Recipient(
        name,
        fields.text("full_name") or name,
        copies or len(numbers) or 1,
        numbers,
        _address(fields, "email"),
        Path(os.path.normpath(reader.folder / folder.value)) if folder else None,
        fields.yes("marked", default=True),
    )


def _numbers(fields: Fields) -> tuple[int, ...]:
    """The numbers of a recipient, each once; a range stands for all its numbers."""
    found: list[int] = []
    most = int(fields.kind.named("copies").most)
    for text in fields.texts("numbers"):
        match = _NUMBERS.fullmatch(text.value)
        first, last = (int(match[1]), int(match[2] or match[1])) if match else (0, 0)
        if not 1 <= first <= last:
            fields.reader.wrong(
                text.place,
                f"“{fields.shown('numbers')}”不能是“{clip(text.value)}”",
                "写一至六位数字，或从小到大的号段，如 1-3",
                "7.2.1",
            )
        elif len(found) + last + 1 - first > most:
            message = f"“{fields.shown('numbers')}”太多，一个单位最多 {most} 份"
            fields.reader.wrong(text.place, message, "请核对号段；确实要这么多的，分成几个单位写")
        elif again := set(found).intersection(range(first, last + 1)):
            message = f"“{fields.shown('numbers')}”里的 {min(again):06} 写了两次"
            fields.reader.wrong(text.place, message, "一个号只给一份，请删去一处", "7.2.1")
        else:
            found += range(first, last + 1)
    return tuple(found)


def _address(fields: Fields, name: str) -> str:
    """The e-mail address of *name*, or nothing."""
    text = fields.text(name)
    if text is None:
        return ""
    if not _ADDRESS.fullmatch(text.value) or len(text.value) > LONGEST_ADDRESS:
        fields.wrong(
            name,
            f"“{fields.shown(name)}”不是邮件地址：{clip(text.value, 40)}",
            "写成 office@example.com 的样子，只用半角字母、数字和符号，一个单位一个地址",
        )
        return ""
    return text.value


def _refuse_twice(reader: Reader, recipients: list[Recipient]) -> None:
    """Tell of whatever two recipients may not share."""
    taken: dict[tuple[str, object], Place] = {}

    def refuse(place: Place, what: str, key: object, shown: str, hint: str) -> None:
        first = taken.setdefault((what, key), place)
        if first is not place:
            message = f"{what}“{clip(shown, 40)}”与第{first.line}行的重复"
            reader.wrong(place, message, hint)

    for each in recipients:
        place, name = each.name.place, each.name.value
        if name:
            hint = "换一个简称；大小写、标点不同的也算重复，因为文件会同名"
            refuse(place, "简称", file_part(name).casefold(), name, hint)
        if each.email:
            refuse(place, "邮箱", each.email.casefold(), each.email, "一个地址只收一次")
        if each.folder:
            hint = "一个文件夹只收一次"
            refuse(place, "文件夹", each.folder, str(each.folder), hint)
        for number in each.numbers:
            refuse(place, "份号", number, f"{number:06}", "一个号只给一份")


def _chosen(fields: Fields, recipients: list[Recipient]) -> set[str]:
    """The names of those the document goes to: all, or those in the list and its groups."""
    known = {each.name.value for each in recipients}
    groups = _groups(fields, known)
    if "send_to" not in fields:
        return known
    chosen: set[str] = set()
    for text in fields.texts("send_to"):
        if text.value in groups:
            chosen |= groups[text.value]
        elif text.value in known:
            chosen.add(text.value)
        else:
            fields.reader.wrong(
                text.place,
                f"没有“{clip(text.value)}”这个组，也没有这个收件单位",
                "请写简称或组名，与“收件”“组”里的一字不差",
            )
    return chosen


def _groups(fields: Fields, known: set[str]) -> dict[str, set[str]]:
    value = fields.value("groups", Type.GROUPS)
    if value is None:
        return {}
    if not isinstance(value, Mapping):
        fields.wrong(
            "groups", f"“{fields.shown('groups')}”应是“组名: [简称]”", "如 各区: [甲区, 乙区]"
        )
        return {}
    groups: dict[str, set[str]] = {}
    for word, content in value.items:
        if word.value in groups or word.value in known:
            fields.reader.wrong(
                word.place, f"“{clip(word.value)}”用了两次", "组名不能重复，也不能与简称相同"
            )
        members = set()
        for text in fields.reader.texts(content, clip(word.value)):
            members.add(text.value)
            if text.value and text.value not in known:
                message = f"组“{clip(word.value)}”里的“{clip(text.value)}”不是收件单位"
                fields.reader.wrong(text.place, message, "请写“收件”里的简称，一字不差")
        groups[word.value] = members
    return groups


def _numbered(fields: Fields, recipients: list[Recipient]) -> list[Recipient]:
    """*recipients*, those without numbers numbered on from the first number where there is one."""
    first = fields.integer("first_number", 0)
    if not first:
        return recipients
    given = {number for each in recipients for number in each.numbers}
    free = (number for number in range(first, LARGEST_NUMBER + 1) if number not in given)
    found = []
    for each in recipients:
        numbers = each.numbers or tuple(islice(free, each.copies))
        if len(numbers) < each.copies:
            fields.wrong("first_number", f"份号不够用，最多到 {LARGEST_NUMBER}", "请从小一点的号起")
            break
        found.append(
            Recipient(
                each.name,
                each.full_name,
                each.copies,
                numbers,
                each.email,
                each.folder,
                each.marked,
            )
        )
    return found


# --- mail ------------------------------------------------------------------------------------


def _mail(fields: Fields) -> Mail | None:
    value = fields.value("mail", Type.SETTINGS)
    if value is None:
        return None
    _refuse_secrets(fields.reader, value)
    below = fields.reader.fields(value, words.MAIL)
    encryption = below.choice("encryption")
    how = Encryption(encryption.value) if encryption else Encryption.STARTTLS
    user = below.text("user")
    if user and how is Encryption.NONE:
        below.wrong("user", "不加密就不能登录：口令会被别人看到", "请用 STARTTLS 或 TLS")
    folder = fields.reader.folder
    password_file, ca_file = below.text("password_file"), below.text("ca_file")
    if ca_file and how is Encryption.NONE:
        below.wrong("ca_file", "不加密就用不着证书", "请用 STARTTLS 或 TLS，或删去这一项")
    return Mail(
        sender=_address(below, "sender"),
        server=_server(below),
        port=below.integer("port", PORTS[how]),
        encryption=how,
        ca_file=folder / ca_file.value if ca_file else None,
        user=str(user or ""),
        password_file=folder / password_file.value if password_file else None,
        subject=read_letter(below.reader, list(_lines(below, "subject")), SUBJECT),
        letter=read_letter(below.reader, list(_lines(below, "letter")), LETTER),
    )


def _refuse_secrets(reader: Reader, value: Value) -> None:
    """Tell of a password that stands in the file."""
    for word, _ in value.items if isinstance(value, Mapping) else ():
        if word.value.lower() in _SECRETS:
            reader.wrong(
                word.place,
                "口令不能写在这个文件里",
                "放在环境变量 YINFA_SMTP_PASSWORD，或用“口令文件”指明只有自己能读的文件",
            )


def _server(fields: Fields) -> str:
    text = fields.text("server")
    if text is None:
        return ""
    if not _HOST.fullmatch(text.value) or len(text.value) > MOST_SERVER:
        fields.wrong(
            "server",
            f"“{fields.shown('server')}”不是服务器名：{clip(text.value, 40)}",
            "只写名字或 IP 地址，如 smtp.example.com；端口另写一项",
        )
    return text.value


def _lines(fields: Fields, name: str) -> Iterator[Text]:
    """The lines of *name*, also empty ones, each with its place."""
    value = fields.value(name, Type.TEXT, Type.LINES)
    items: tuple[Value, ...] = ()
    if isinstance(value, Sequence):
        items = value.items
    elif isinstance(value, Scalar):
        first = value.place.line + (0 if value.plain else 1) * ("\n" in value.value)
        items = tuple(
            Scalar(line, Place(value.place.path, first + index, value.place.column), value.plain)
            for index, line in enumerate(value.value.rstrip("\n").split("\n"))
        )
    elif value is not None:
        fields.reader.text(value, fields.shown(name))
    for item in items:
        yield fields.reader.text(item, fields.shown(name), empty=True)
