"""A real mail server on loopback that does at every step of a delivery what a test wants."""

from __future__ import annotations

import asyncio
import contextlib
import ssl
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword

DROP = "drop"
PASSWORD = "long and secret"
# What happens in a delivery, in order; a play is asked at each.
STEPS = ("connect", "EHLO", "MAIL", "RCPT", "DATA", "354", "received", "accepted", "replied")

Play = Callable[[str, str], str]  # step and address; an answer, DROP, or nothing to go on as usual


def script(**answers: Sequence[str] | str) -> Play:
    """A play that gives these answers by step, one after the other; a single one every time.

    ``RCPT_b=["451 later"]`` is for the address that begins with b.
    """
    left = {key: iter(value) if not isinstance(value, str) else value
            for key, value in answers.items()}  # fmt: skip

    def play(step: str, address: str) -> str:
        for key in (f"{step}_{address.partition('@')[0]}", step, f"_{step}"):
            told = left.get(key)
            if told is not None:
                return told if isinstance(told, str) else next(told, "")
        return ""

    return play


@dataclass
class PostOffice:
    """What the server got, and how it behaves."""

    play: Play
    port: int = 0
    inbox: list[tuple[str, bytes]] = field(default_factory=list)  # accepted: address and mail
    connections: int = 0
    helos: list[str] = field(default_factory=list)

    @property
    def addresses(self) -> list[str]:
        return [address.partition("@")[0] for address, _ in self.inbox]

    def mails(self) -> list[EmailMessage]:
        return [message_from_bytes(mail, policy=policy.SMTP) for _, mail in self.inbox]


class _Server(SMTP):
    """Asks the play of its office before it goes on."""

    def __init__(self, office: PostOffice, **settings: Any) -> None:
        self.office = office
        self.recipient = ""
        self.envelope_done = False
        super().__init__(self, hostname="post.example.com", timeout=30, **settings)

    def connection_made(self, transport: Any) -> None:
        if self._original_transport is None:
            self.office.connections += 1
            if self.office.play("connect", "") == DROP:
                transport.abort()
        super().connection_made(transport)

    def ask(self, step: str) -> str:
        answer = self.office.play(step, self.recipient)
        if answer == DROP and isinstance(self.transport, asyncio.Transport):
            self.transport.abort()
            raise ConnectionResetError
        return answer

    async def push(self, status: Any) -> None:
        """Say *status* as old Chinese servers do."""
        await super().push(status.encode("gb18030") if isinstance(status, str) else status)
        if str(status).startswith("354"):
            self.ask("354")
        if self.envelope_done:
            self.envelope_done = False
            self.ask("replied")

    async def smtp_DATA(self, arg: str) -> None:
        if answer := self.ask("DATA"):
            await self.push(answer)
            return
        await super().smtp_DATA(arg)

    async def handle_exception(self, error: Exception) -> str:
        return f"500 {error!r}"

    async def handle_EHLO(
        self, _server: SMTP, session: Any, _envelope: Any, name: str, answers: list[str]
    ) -> list[str]:
        session.host_name = name
        self.office.helos.append(name)
        answer = self.ask("EHLO")
        return [answer] if answer else answers

    async def handle_MAIL(
        self, _server: SMTP, _session: Any, envelope: Any, address: str, _options: list[str]
    ) -> str:
        if answer := self.ask("MAIL"):
            return answer
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(
        self, _server: SMTP, _session: Any, envelope: Any, address: str, _options: list[str]
    ) -> str:
        self.recipient = address
        if answer := self.ask("RCPT"):
            return answer
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: SMTP, _session: Any, envelope: Any) -> str:
        if answer := self.ask("received"):
            return answer
        self.office.inbox += [(address, envelope.content) for address in envelope.rcpt_tos]
        answer = self.ask("accepted")
        self.envelope_done = True
        return answer or "250 queued"


def _login(_server: Any, _session: Any, _envelope: Any, _mechanism: str, data: Any) -> AuthResult:
    right = isinstance(data, LoginPassword) and data.password.decode() == PASSWORD
    return AuthResult(success=right, handled=False)


@contextlib.contextmanager
def running(
    play: Play | None = None,
    *,
    size: int = 0,
    starttls: ssl.SSLContext | None = None,
    tls: ssl.SSLContext | None = None,
    login: bool = False,
) -> Iterator[PostOffice]:
    """A post office that is open meanwhile."""
    office = PostOffice(play or script())
    loop = asyncio.new_event_loop()
    servers: list[_Server] = []

    def server() -> _Server:
        settings: dict[str, Any] = {"tls_context": starttls, "data_size_limit": size or 10**9}
        if login:
            settings |= {"auth_required": True, "authenticator": _login}
        servers.append(_Server(office, loop=loop, **settings))
        return servers[-1]

    listener = loop.run_until_complete(loop.create_server(server, "127.0.0.1", 0, ssl=tls))
    office.port = listener.sockets[0].getsockname()[1]
    thread = threading.Thread(target=loop.run_forever)
    thread.start()

    async def close() -> None:
        listener.close()
        for each in servers:
            if isinstance(each.transport, asyncio.Transport):
                each.transport.abort()
        await asyncio.sleep(0)
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)
        await listener.wait_closed()

    try:
        yield office
    finally:
        asyncio.run_coroutine_threadsafe(close(), loop).result(10)
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()
