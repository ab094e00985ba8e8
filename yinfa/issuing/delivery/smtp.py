"""The line to a mail server: opened safely, and each mail handed over with a plain answer.

What the server cannot have accepted stays open; once it has been told to take the mail, only its
own words decide. The door of smtplib, all of whose exceptions are OSErrors.
"""

from __future__ import annotations

import contextlib
import os
import smtplib
import socket
import ssl
import stat
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

from yinfa.issuing.delivery.journal import State, refused
from yinfa.issuing.delivery.plan import DeliveryOutcome
from yinfa.issuing.distribution import Encryption, Mail
from yinfa.report import DeliveryFault, system_reason

PASSWORD = "YINFA_SMTP_PASSWORD"
CALLING = "[127.0.0.1]"  # what we say we are: neither the name of the machine nor its user
OPENING_S = 30
ANSWER_S = 300  # RFC 5321, 4.5.3.2
ACCEPTING_S = 600
LONGEST_PASSWORD = 1024
LONGEST_SHOWN = 200
TOO_LARGE = 552
WITHOUT_LOGIN = (530, 535, 538)


class DeadLineError(Exception):
    """The line could not be opened, or is gone; what was to be sent has not been accepted."""


def password(mail: Mail, distribution: Path) -> str:
    """The password for the server, from the environment or a file that only its owner reads."""
    if not mail.user:
        return ""
    found = os.environ.get(PASSWORD, "")
    if not found and mail.password_file:
        found = _from_file(mail.password_file)
    if not found:
        hint = f"放在环境变量 {PASSWORD}，或用“口令文件”指明只有自己能读的文件"
        raise refused(distribution, f"没有“{mail.user}”的口令", hint)
    if not found.isascii():
        raise refused(distribution, "口令里有中文或全角字符，邮件服务器不认", "请核对口令")
    return found


def _from_file(path: Path) -> str:
    try:
        with path.open("rb") as file:
            status = os.fstat(file.fileno())
            if stat.S_IMODE(status.st_mode) & 0o077 or status.st_uid not in {os.geteuid(), 0}:
                hint = f"请运行：chmod 600 {path}"
                raise refused(path, "口令文件别人也能读", hint)
            first = file.readline(LONGEST_PASSWORD)
    except OSError as error:
        gone = isinstance(error, FileNotFoundError)
        message = "没有这个口令文件" if gone else "读不了口令文件"
        raise refused(path, message, "请核对“口令文件”的路径和权限") from error
    if not (found := first.decode(errors="replace").strip()):
        raise refused(path, "口令文件的第一行是空的", "第一行写口令")
    return found


class MailLine:
    """An open line; it remembers the server, so that many mails go over it."""

    def __init__(self, server: smtplib.SMTP, mail: Mail) -> None:
        self._server = server
        self._mail = mail
        features = server.esmtp_features
        size = features.get("size", "").partition(" ")[0]
        self.largest = int(size) if size.isascii() and size.isdigit() else 0  # 0: not said
        self.alive = True
        self._timeout(ANSWER_S)

    def hand_over(
        self, address: str, content: bytes, before: Callable[[], None]
    ) -> DeliveryOutcome:
        """What became of the mail *content* to *address*.

        *before* is called once the server takes the address, just before it is given the mail.
        """
        if self.largest and len(content) > self.largest:
            told = f"邮件 {_megabytes(len(content))}，服务器最多收 {_megabytes(self.largest)}"
            return DeliveryOutcome(State.PLANNED, told, again=False)
        try:
            outcome = self._offer(address, len(content))
        except OSError as error:
            self._drop()
            raise DeadLineError(_reason(error)) from error
        if outcome is None:
            before()
            outcome = self._give(content)
        if outcome.state is not State.SENT and self.alive:
            self._reset()
        return outcome

    def _offer(self, address: str, size: int) -> DeliveryOutcome | None:
        """None where the server takes sender and address."""
        options = [f"SIZE={size}"] if "size" in self._server.esmtp_features else []
        code, words = self._server.mail(self._mail.sender, options)
        if code // 100 == 5 and code != TOO_LARGE:
            self._blame(code, words)
        if code // 100 != 2:
            return self._refusal(code, words, general=code != TOO_LARGE)
        code, words = self._server.rcpt(address)
        if code in WITHOUT_LOGIN:
            self._blame(code, words)
        return None if code // 100 == 2 else self._refusal(code, words)

    def _blame(self, code: int, words: bytes) -> NoReturn:
        """Stop: it is the sender whom the server refuses, not a recipient."""
        self.close()
        hint = "请核对“发件人”和“用户名”，或问邮件服务器的管理员"
        raise _fault(self._mail, f"服务器不让“{self._mail.sender}”发信：{_said(code, words)}", hint)

    def _refusal(self, code: int, words: bytes, *, general: bool = False) -> DeliveryOutcome:
        """What a refusal means: 5xx is final, anything else may go well another time."""
        if code == 421 or code // 100 not in {4, 5}:
            self._drop()
        state = State.FAILED if code // 100 == 5 else State.PLANNED
        return DeliveryOutcome(state, _said(code, words), general or not self.alive)

    def _give(self, content: bytes) -> DeliveryOutcome:
        """The answer to the mail itself; no answer leaves it unknown whether it was accepted."""
        asked = False
        try:
            code, words = self._server.docmd("DATA")
            if code != 354:
                return self._refusal(code, words)
            asked = True
            self._timeout(ACCEPTING_S)
            self._server.send(content.replace(b"\r\n.", b"\r\n..") + b".\r\n")
            code, words = self._server.getreply()
            self._timeout(ANSWER_S)
        except OSError as error:
            self._drop()
            state = State.UNKNOWN if asked else State.PLANNED
            return DeliveryOutcome(state, _reason(error), general=True)
        except BaseException:
            self._drop()  # a farewell would be taken for text
            raise
        if code // 100 == 2:
            return DeliveryOutcome(State.SENT, _said(code, words))
        if code // 100 not in {4, 5}:
            self._drop()
            return DeliveryOutcome(State.UNKNOWN, _said(code, words), general=True)
        return self._refusal(code, words)

    def _timeout(self, seconds: float) -> None:
        if self._server.sock:
            self._server.sock.settimeout(seconds)

    def _reset(self) -> None:
        try:
            self._server.rset()
        except OSError:
            self._drop()

    def _drop(self) -> None:
        self.alive = False
        self._server.close()

    def close(self) -> None:
        """Take leave of the server."""
        with contextlib.suppress(OSError):
            if self.alive:
                self._timeout(OPENING_S)
                self._server.quit()
        self._drop()


def open_line(mail: Mail, secret: str) -> MailLine:
    """A line to the server of *mail*, encrypted and logged in as it says.

    A DeadLineError may pass; a DeliveryFault is for people to mend.
    """
    try:
        server = _connected(mail)
    except ssl.SSLCertVerificationError as error:
        hint = "请核对服务器名；内部服务器用自己的证书的，把根证书写在“证书文件”里"
        message = f"服务器的证书没有通过检查：{error.verify_message}"
        raise _fault(mail, message, hint) from error
    except OSError as error:
        raise DeadLineError(_reason(error)) from error
    try:
        if mail.user:
            _log_in(server, mail, secret)
        return MailLine(server, mail)
    except OSError as error:
        server.close()
        raise DeadLineError(_reason(error)) from error
    except DeliveryFault:
        server.close()
        raise


def _connected(mail: Mail) -> smtplib.SMTP:
    """A greeted server, the line to it encrypted."""
    where = (mail.server, mail.port, CALLING)
    context = None if mail.encryption is Encryption.NONE else _context(mail)
    server: smtplib.SMTP
    if mail.encryption is Encryption.TLS:
        server = smtplib.SMTP_SSL(*where, timeout=OPENING_S, context=context)
    else:
        server = smtplib.SMTP(*where, timeout=OPENING_S)
    try:
        server.ehlo_or_helo_if_needed()
        if mail.encryption is Encryption.STARTTLS:
            if not server.has_extn("starttls"):
                hint = "请问管理员用哪个端口；整条连线都加密的（465 端口），写“加密: TLS”"
                raise _fault(mail, "服务器不提供 STARTTLS 加密，没有发送", hint)
            code, words = server.starttls(context=context)
            if code != 220:
                raise smtplib.SMTPResponseException(code, words)
            server.ehlo()
    except BaseException:
        server.close()
        raise
    return server


def _context(mail: Mail) -> ssl.SSLContext:
    """What certificates are held to: those the system trusts, or the office's own root alone."""
    try:
        return ssl.create_default_context(cafile=mail.ca_file)
    except OSError as error:  # ssl.SSLError among them
        path = mail.ca_file or Path(mail.server)
        unfit = isinstance(error, ssl.SSLError)
        reason = "里面没有能用的证书" if unfit else system_reason(error)
        hint = "证书文件应是 PEM 格式（以 -----BEGIN CERTIFICATE----- 开头）"
        raise refused(path, f"读不了证书文件：{reason}", hint) from error


def _log_in(server: smtplib.SMTP, mail: Mail, secret: str) -> None:
    """What a server answers to a password is not shown: it may hold the password."""
    hint = "请核对用户名和口令；有些邮箱要用授权码，不用登录口令"
    try:
        server.login(mail.user, secret)
    except smtplib.SMTPAuthenticationError as error:
        if error.smtp_code // 100 == 4:
            raise DeadLineError(f"服务器暂时不能登录（{error.smtp_code}）") from None
        raise _fault(mail, f"服务器不让“{mail.user}”登录（{error.smtp_code}）", hint) from None
    except smtplib.SMTPServerDisconnected:
        raise
    except (smtplib.SMTPException, ValueError):
        raise _fault(mail, "服务器没有我们会用的登录方式", "请问邮件服务器的管理员") from None


def _fault(mail: Mail, message: str, hint: str) -> DeliveryFault:
    return refused(Path(f"{mail.server}:{mail.port}"), message, hint)


def _said(code: int, words: bytes) -> str:
    """An answer of the server, fit for a terminal."""
    try:
        text = words.decode()
    except UnicodeDecodeError:
        text = words.decode("gb18030", errors="replace")
    return f"{code} {_clean(text)}".strip()


def _clean(text: str) -> str:
    shown = "".join(char if unicodedata.category(char)[0] != "C" else " " for char in text)
    return " ".join(shown.split())[:LONGEST_SHOWN]


def _reason(error: Exception) -> str:
    """Why a line is dead."""
    if isinstance(error, smtplib.SMTPResponseException):
        words = error.smtp_error
        return _said(error.smtp_code, words if isinstance(words, bytes) else words.encode())
    if isinstance(error, TimeoutError) or isinstance(error.__context__, TimeoutError):
        return "服务器没有回答"
    if isinstance(error, smtplib.SMTPServerDisconnected):
        return "服务器断开了连接"
    if isinstance(error, socket.gaierror):
        return "找不到这个名字的服务器"
    if isinstance(error, ConnectionRefusedError):
        return "服务器不接受连接"
    if isinstance(error, ssl.SSLError):
        return f"加密没有谈成（{error.reason}）：请核对端口和加密方式"
    if isinstance(error, OSError):
        return f"连接断了：{system_reason(error)}"
    return _clean(str(error))


def _megabytes(size: int) -> str:
    return f"{size / 1_000_000:.1f} MB"
