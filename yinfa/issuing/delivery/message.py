"""A delivery becomes a mail: a letter and the copies, their Chinese names readable everywhere."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from email import policy
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import EmailPolicy
from email.utils import format_datetime, localtime

from yinfa.issuing.delivery.plan import Delivery, Plan
from yinfa.issuing.distribution import Mail
from yinfa.issuing.issue import CHANGED, Copy, Issue
from yinfa.issuing.register import shown_numbers
from yinfa.report import system_reason, unreadable

LONGEST_LINE = 998  # RFC 5322, 2.1.1
_DATE = re.compile(r"D:(\d{4})(\d\d)(\d\d)", re.ASCII)  # a day and no time is the date of issue
_LETTER = policy.SMTP.clone(max_line_length=76)  # an encoded word is no longer: RFC 2047, 2
_ATTACHED = policy.SMTP.clone(max_line_length=LONGEST_LINE)


class _Readable(EmailPolicy):
    """The name of an attachment in one parameter of RFC 2231, however long, as Outlook wants it.

    Every other header is folded as usual.
    """

    def fold_binary(self, name: str, value: str) -> bytes:
        long = name.lower() == "content-disposition"
        return (_ATTACHED if long else _LETTER).fold_binary(name, value)


READABLE = _Readable(linesep="\r\n")


@dataclass(frozen=True, slots=True)
class Mailing:
    """A mail as it goes over the line, and the checksums of what is attached, by name."""

    content: bytes
    files: Mapping[str, str]


def mailing(plan: Plan, delivery: Delivery, mail: Mail) -> Mailing:
    """The mail of *delivery*: one letter, all copies attached in order."""
    values = fields(plan.issued, delivery)
    recipient = delivery.recipient
    letter = EmailMessage(READABLE)
    letter["From"] = Address(addr_spec=mail.sender)
    letter["To"] = Address(_one_line(recipient.full_name.value), addr_spec=recipient.email)
    letter["Subject"] = _one_line(mail.subject.filled(values)) or _one_line(plan.issued.title)
    letter["Date"] = format_datetime(localtime())
    letter["Message-ID"] = message_id(plan, delivery, mail)
    letter.set_content(_plain(mail.letter.filled(values)) + "\n", cte="base64")
    files = {}
    for copy in delivery.copies:
        content = _content(copy)
        files[copy.delivered] = copy.sha256
        letter.add_attachment(
            content, maintype="application", subtype="pdf", filename=copy.delivered
        )
    return Mailing(letter.as_bytes(), files)


def _content(copy: Copy) -> bytes:
    """What was made for this delivery: something else may have come in its place meanwhile."""
    try:
        content = copy.path.read_bytes()
    except OSError as error:
        hint = "各份被移走了；再运行一次，会重新做好"
        raise unreadable(copy.path, f"读不了这一份：{system_reason(error)}", hint) from error
    if hashlib.sha256(content).hexdigest() != copy.sha256:
        raise unreadable(copy.path, CHANGED, "再运行一次，会重新做好")
    return content


def fields(issued: Issue, delivery: Delivery) -> dict[str, str]:
    """What the letter to a recipient can name."""
    info = issued.original.info
    date = _DATE.fullmatch(info.get("/CreationDate", ""))
    return {
        "标题": issued.title,
        "发文字号": issued.number,
        "发文机关": info.get("/Author", ""),
        "密级": info.get("/Classification", ""),
        "紧急程度": info.get("/Urgency", ""),
        "成文日期": f"{int(date[1])}年{int(date[2])}月{int(date[3])}日" if date else "",
        "收件单位": delivery.recipient.full_name.value,
        "简称": delivery.name,
        "份号": shown_numbers([copy.number for copy in delivery.copies if copy.number]),
        "页数": str(issued.original.pages),
    }


def message_id(plan: Plan, delivery: Delivery, mail: Mail) -> str:
    """The same for the same edition and address, so that a receiver can tell a second one."""
    said = (plan.edition.document, str(plan.edition.number), plan.issued.digest, delivery.target)
    digest = hashlib.sha256("\0".join(said).encode()).hexdigest()
    return f"<{digest[:40]}@{mail.sender.rpartition('@')[2]}>"


def _one_line(text: str) -> str:
    """*text* for a header: in one line, no character of it unseen."""
    return "".join(char for char in " ".join(text.split()) if _shown(char))


def _plain(text: str) -> str:
    """*text* for a letter: lines, and no other control characters."""
    return "".join(char for char in text if char == "\n" or _shown(char))


def _shown(char: str) -> bool:
    return unicodedata.category(char) not in {"Cc", "Cf", "Cs", "Zl", "Zp"}
