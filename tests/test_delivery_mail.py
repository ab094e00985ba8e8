"""Delivery by mail against a real server: each answer has its meaning, nobody gets two."""

from __future__ import annotations

import datetime
import email
import email.utils
import re
import ssl
import urllib.parse
from email.header import decode_header, make_header
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
import trustme
from delivery_samples import by_mail, issued, kept, sent
from issuing_samples import HOSTILE, distribution
from post_office import DROP, PASSWORD, running, script

from yinfa.issuing.delivery import smtp
from yinfa.issuing.delivery.deliver import Pace
from yinfa.issuing.delivery.journal import State
from yinfa.issuing.distribution import read_distribution
from yinfa.report import Fault

LONG = "关于做好二〇二六年全市教育系统安全生产工作的通知" * 3


# --- what the server answers -----------------------------------------------------------------


def test_everyone_gets_one_and_a_second_run_sends_nothing(tmp_path: Path) -> None:
    with running() as office:
        made = issued(tmp_path, by_mail(office.port, "a", "b", "c"))
        assert set(sent(made).states.values()) == {State.SENT}
        assert set(sent(made).states.values()) == {State.SENT}
        assert office.addresses == ["a", "b", "c"]
        assert office.connections == 1
    assert set(kept(tmp_path).values()) == {State.SENT}


@pytest.mark.parametrize("step", ["RCPT", "received"])
def test_a_refusal_is_final(tmp_path: Path, step: str) -> None:
    """RCPT 550, or 554 to the mail itself: that recipient is not tried again, the others are."""
    with running(script(**{f"{step}_b": "550 no such user"})) as office:
        made = issued(tmp_path, by_mail(office.port, "a", "b", "c"))
        run = sent(made)
        assert run.states["b"] is State.FAILED
        assert run.why("b") == "550 no such user"
        office.play = script()
        assert sent(made).states["b"] is State.FAILED
        assert office.addresses == ["a", "c"]
        assert sent(made, resend=["b"]).states["b"] is State.SENT


@pytest.mark.parametrize("answer", ["451 later", "452 queue full", "450 greylisted"])
@pytest.mark.parametrize("step", ["RCPT", "DATA", "received"])
def test_what_is_put_off_is_tried_again(tmp_path: Path, step: str, answer: str) -> None:
    with running(script(**{f"{step}_b": [answer]})) as office:
        run = sent(issued(tmp_path, by_mail(office.port, "a", "b", "c")))
        assert set(run.states.values()) == {State.SENT}
        assert office.addresses == ["a", "c", "b"]


def test_what_is_put_off_for_long_stays_open(tmp_path: Path) -> None:
    """One further round in these tests; a later run tries again and sends nothing else."""
    with running(script(RCPT_b="451 later")) as office:
        made = issued(tmp_path, by_mail(office.port, "a", "b"))
        run = sent(made)
        assert run.states == {"a": State.SENT, "b": State.PLANNED}
        assert [each.name for each in run.told] == ["a", "b"]
        office.play = script()
        assert sent(made).states["b"] is State.SENT
        assert office.addresses == ["a", "b"]


@pytest.mark.parametrize("step", ["MAIL", "RCPT", "DATA", "received"])
def test_a_server_that_closes_is_called_again(tmp_path: Path, step: str) -> None:
    """421: the line is over, and the mail was not accepted."""
    with running(script(**{step: ["", "421 closing"]})) as office:
        run = sent(issued(tmp_path, by_mail(office.port, "a", "b", "c")))
        assert set(run.states.values()) == {State.SENT}
        assert sorted(office.addresses) == ["a", "b", "c"]
        assert office.connections == 2


@pytest.mark.parametrize("answer", ["421 closing", "451 later"])
def test_nothing_passes_for_sent_while_the_run_waits(tmp_path: Path, answer: str) -> None:
    """A crash in a wait must not leave in doubt what the server has plainly refused."""
    seen: list[dict[str, State]] = []
    pace = Pace((0,), (1,), lambda _: seen.append(kept(tmp_path)))
    with running(script(DATA=[answer])) as office:
        assert sent(issued(tmp_path, by_mail(office.port, "a")), pace).states == {"a": State.SENT}
    assert seen == [{"a": State.PLANNED}]


def test_a_full_queue_stops_the_run(tmp_path: Path) -> None:
    """452 to every sender: as many tries as waits and one, not one a recipient."""
    with running(script(MAIL="452 insufficient system storage")) as office:
        run = sent(issued(tmp_path, by_mail(office.port, *"abcdefgh")))
        assert set(run.states.values()) == {State.PLANNED}
        assert len(run.waits) == 2
        assert office.addresses == []


@pytest.mark.parametrize("step", ["connect", "EHLO", "MAIL", "RCPT", "DATA"])
def test_a_line_lost_before_the_mail_leaves_it_open(tmp_path: Path, step: str) -> None:
    with running(script(**{step: [DROP]})) as office:
        run = sent(issued(tmp_path, by_mail(office.port, "a", "b")))
        assert set(run.states.values()) == {State.SENT}
        assert office.addresses == ["a", "b"]
        assert office.connections == 2


@pytest.mark.parametrize(
    ("step", "received"), [("354", False), ("received", False), ("accepted", True)]
)
def test_a_line_lost_in_the_mail_leaves_it_unknown(
    tmp_path: Path, step: str, received: bool
) -> None:
    """Nobody can tell whether it was accepted: only those who are told to send it again."""
    with running(script(**{step: [DROP]})) as office:
        made = issued(tmp_path, by_mail(office.port, "a", "b"))
        assert sent(made).states == {"a": State.UNKNOWN, "b": State.SENT}
        assert sent(made).states["a"] is State.UNKNOWN
        assert office.addresses == ["a"] * received + ["b"]
        assert sent(made, resend_unknown=True).states["a"] is State.SENT
        assert office.addresses == ["a"] * received + ["b", "a"]
        identifiers = {mail["Message-ID"] for mail in office.mails()}
        assert len(identifiers) == 2  # a receiver can tell the second of a


def test_several_dead_lines_in_a_row_stop_the_run(tmp_path: Path) -> None:
    with running(script(connect=DROP)) as office:
        run = sent(issued(tmp_path, by_mail(office.port, *"abcdefgh")))
        assert office.connections == 3
        assert run.waits == [0, 0]
        assert set(run.states.values()) == {State.PLANNED}


def test_a_server_that_loses_every_mail_gets_only_a_few(tmp_path: Path) -> None:
    with running(script(_354=DROP)) as office:
        run = sent(issued(tmp_path, by_mail(office.port, *"abcdefgh")))
        assert list(run.states.values()).count(State.UNKNOWN) == 3
        assert office.connections == 3


def test_no_server_leaves_all_open(tmp_path: Path) -> None:
    with running() as office:
        port = office.port
    run = sent(issued(tmp_path, by_mail(port, "a", "b")))
    assert set(run.states.values()) == {State.PLANNED}
    assert run.why("a") == "服务器不接受连接"


def test_a_silent_server_is_not_waited_for_forever(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import socket

    monkeypatch.setattr(smtp, "OPENING_S", 0.05)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        run = sent(issued(tmp_path, by_mail(port, "a")))
    assert run.why("a") == "服务器没有回答"


def test_a_server_that_refuses_the_sender_stops_the_run(tmp_path: Path) -> None:
    """550 to MAIL says nothing of any recipient: none is marked as failed."""
    with running(script(MAIL="553 sender unknown")) as office:
        made = issued(tmp_path, by_mail(office.port, "a", "b"))
        with pytest.raises(Fault, match="553 sender unknown"):
            sent(made)
    assert set(kept(tmp_path).values()) == {State.PLANNED}


def test_what_a_server_says_cannot_play_with_the_terminal(tmp_path: Path) -> None:
    with running(script(RCPT="550 \x1b[2J\x07用户不存在")) as office:
        run = sent(issued(tmp_path, by_mail(office.port, "a")))
    assert run.why("a") == "550 [2J 用户不存在"


def test_a_mail_larger_than_the_server_takes_is_not_offered(tmp_path: Path) -> None:
    with running(size=3000) as office:
        made = issued(tmp_path, by_mail(office.port, "a"), b"%PDF-1.7" + b"x" * 3000)
        run = sent(made)
        assert run.states == {"a": State.PLANNED}
        assert re.fullmatch(r"邮件 0\.0 MB，服务器最多收 0\.0 MB", run.why("a"))
        assert run.waits == []
        assert office.addresses == []


def test_the_size_is_announced(tmp_path: Path) -> None:
    """A server without room says so at once: 552 to MAIL is final for that mail alone."""
    with running(script(MAIL=["552 too large"]), size=10**7) as office:
        run = sent(issued(tmp_path, by_mail(office.port, "a", "b")))
        assert run.states == {"a": State.FAILED, "b": State.SENT}
        assert office.helos == ["[127.0.0.1]"]  # not the name of the machine


# --- encryption and login --------------------------------------------------------------------


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


def certified(authority: trustme.CA, name: str) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(name).configure_cert(context)
    return context


def encrypted(folder: Path, port: int, authority: trustme.CA, how: str, more: str = "") -> str:
    authority.cert_pem.write_to_path(folder / "根证书.pem")
    mail = f"发件人: o@example.com, 服务器: 127.0.0.1, 端口: {port}, 加密: {how}{more}"
    return f"收件: [{{简称: a, 邮箱: a@example.com}}]\n邮件: {{{mail}, 证书文件: 根证书.pem}}\n"


@pytest.mark.parametrize("how", ["STARTTLS", "TLS"])
def test_a_certificate_of_the_office_is_trusted(
    tmp_path: Path, authority: trustme.CA, how: str
) -> None:
    context = certified(authority, "127.0.0.1")
    kind: dict[str, Any] = {{"STARTTLS": "starttls", "TLS": "tls"}[how]: context}
    with running(**kind) as office:
        made = issued(tmp_path, encrypted(tmp_path, office.port, authority, how))
        assert sent(made).states == {"a": State.SENT}


@pytest.mark.parametrize("how", ["STARTTLS", "TLS"])
@pytest.mark.parametrize("wrong", ["name", "authority", "system"])
def test_a_wrong_certificate_stops_the_run(
    tmp_path: Path, authority: trustme.CA, how: str, wrong: str
) -> None:
    issuer = trustme.CA() if wrong == "authority" else authority
    context = certified(issuer, "mail.example.org" if wrong == "name" else "127.0.0.1")
    kind: dict[str, Any] = {{"STARTTLS": "starttls", "TLS": "tls"}[how]: context}
    with running(**kind) as office:
        to = encrypted(tmp_path, office.port, authority, how)
        if wrong == "system":
            to = to.replace(", 证书文件: 根证书.pem", "")
        with pytest.raises(Fault, match="证书没有通过检查"):
            sent(issued(tmp_path, to))
        assert office.addresses == []
    assert kept(tmp_path) == {"a": State.PLANNED}


def test_a_server_without_encryption_gets_nothing(tmp_path: Path, authority: trustme.CA) -> None:
    with running() as office:
        to = encrypted(tmp_path, office.port, authority, "STARTTLS")
        with pytest.raises(Fault, match="不提供 STARTTLS"):
            sent(issued(tmp_path, to))
        assert office.addresses == []


def test_implicit_encryption_with_a_plain_server_says_what_to_check(
    tmp_path: Path, authority: trustme.CA
) -> None:
    with running() as office:
        run = sent(issued(tmp_path, encrypted(tmp_path, office.port, authority, "TLS")))
    assert "请核对端口和加密方式" in run.why("a")


def test_a_file_of_certificates_that_is_none_is_told(tmp_path: Path, authority: trustme.CA) -> None:
    with running() as office:
        made = issued(tmp_path, encrypted(tmp_path, office.port, authority, "TLS"))
        for content in ("no certificate", None):
            path = tmp_path / "根证书.pem"
            path.write_text(content) if content else path.unlink()
            with pytest.raises(Fault, match=r"根证书\.pem: 读不了证书文件"):
                sent(made)


@pytest.fixture
def guarded(tmp_path: Path, authority: trustme.CA, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder whose distribution logs in with a password file."""
    monkeypatch.delenv(smtp.PASSWORD, raising=False)
    (tmp_path / "口令").write_text(f"{PASSWORD}\n", "utf-8")
    (tmp_path / "口令").chmod(0o600)
    return tmp_path


def logging_in(folder: Path, authority: trustme.CA) -> tuple[str, ssl.SSLContext]:
    more = ", 用户名: office, 口令文件: 口令"
    return encrypted(folder, 1, authority, "STARTTLS", more), certified(authority, "127.0.0.1")


def test_the_password_of_a_file_logs_in(guarded: Path, authority: trustme.CA) -> None:
    to, context = logging_in(guarded, authority)
    with running(starttls=context, login=True) as office:
        made = issued(guarded, to.replace("端口: 1", f"端口: {office.port}"))
        assert sent(made).states == {"a": State.SENT}


def test_the_environment_comes_first(
    guarded: Path, authority: trustme.CA, monkeypatch: pytest.MonkeyPatch
) -> None:
    (guarded / "口令").write_text("wrong\n", "utf-8")
    monkeypatch.setenv(smtp.PASSWORD, PASSWORD)
    to, context = logging_in(guarded, authority)
    with running(starttls=context, login=True) as office:
        made = issued(guarded, to.replace("端口: 1", f"端口: {office.port}"))
        assert sent(made).states == {"a": State.SENT}


def test_a_wrong_password_stops_the_run_and_is_shown_nowhere(
    guarded: Path, authority: trustme.CA, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(smtp.PASSWORD, "a wrong one")
    to, context = logging_in(guarded, authority)
    with running(starttls=context, login=True) as office:
        made = issued(guarded, to.replace("端口: 1", f"端口: {office.port}"))
        with pytest.raises(Fault, match="不让“office”登录（535）") as caught:
            sent(made)
    assert "a wrong one" not in f"{caught.value}{caught.value.__cause__}"
    assert b"a wrong one" not in (guarded / "发送记录.sqlite").read_bytes()
    assert kept(guarded) == {"a": State.PLANNED}


@pytest.mark.parametrize(
    ("mode", "content", "told"),
    [
        (0o640, b"secret\n", "别人也能读"),
        (0o604, b"secret\n", "别人也能读"),
        (0o600, b"\nsecret", "第一行是空的"),
        (0o600, "口令\n".encode(), "中文或全角字符"),
        (0o600, None, "没有这个口令文件"),
    ],
)  # fmt: skip
def test_a_password_file_that_will_not_do_is_told_before_anything_is_sent(
    guarded: Path, authority: trustme.CA, mode: int, content: bytes | None, told: str
) -> None:
    path = guarded / "口令"
    path.chmod(mode)
    path.write_bytes(content) if content is not None else path.unlink()
    with pytest.raises(Fault, match=told):
        sent(issued(guarded, logging_in(guarded, authority)[0]))


def test_a_missing_password_is_told(guarded: Path, authority: trustme.CA) -> None:
    to = logging_in(guarded, authority)[0].replace(", 口令文件: 口令", "")
    with pytest.raises(Fault, match=f"环境变量 {smtp.PASSWORD}"):
        sent(issued(guarded, to))


# --- the mail itself -------------------------------------------------------------------------


def only_mail(folder: Path, to: str, **info: Any) -> tuple[EmailMessage, bytes]:
    with running() as office:
        made = issued(folder, to.replace("{port}", str(office.port)), **info)
        sent(made)
        (mail,) = office.mails()
        return mail, office.inbox[0][1]


def shown(raw: bytes, name: str) -> str:
    """The words before the address, as RFC 2047 has them."""
    header = email.message_from_bytes(raw)[name].rpartition("<")[0].strip()
    return email.utils.unquote(str(make_header(decode_header(header))))


def recipient(name: str, more: str = "", full: str = "") -> str:
    quoted = name.replace("'", "''")
    whole = f", 全称: '{full}'" if full else ""
    return (
        f"收件: [{{简称: '{quoted}', 邮箱: a@example.com{whole}}}]\n邮件:\n"
        "  发件人: o@example.com\n  服务器: 127.0.0.1\n"
        f"  端口: {{port}}\n  加密: 无\n{more}"
    )


def test_a_letter_names_its_recipient_and_document(tmp_path: Path) -> None:
    info = {"Author": "常州市教育局", "CreationDate": "D:20091225"}
    more = "  附言:\n    - '{{ 收件单位 }}：'\n    - '{{ 发文机关 }}{{ 成文日期 }}'\n"
    mail, _ = only_mail(tmp_path, recipient("甲", more, "甲区教育局"), **info)
    assert mail["Subject"] == "常教〔2009〕12号 关于做好工作的通知"
    assert mail["To"] == "甲区教育局 <a@example.com>"
    assert mail["From"] == "o@example.com"
    body = mail.get_body()
    assert body is not None
    assert body.get_content() == "甲区教育局：\r\n常州市教育局2009年12月25日\r\n"
    age = datetime.datetime.now(datetime.UTC) - email.utils.parsedate_to_datetime(mail["Date"])
    assert abs(age) < datetime.timedelta(minutes=5)


def test_every_copy_of_a_recipient_is_attached(tmp_path: Path) -> None:
    to = recipient("甲").replace("简称", "份号: [1-3], 简称")
    mail, _ = only_mail(tmp_path, to)
    names = [part.get_filename() for part in mail.iter_attachments()]
    assert names == [f"通知 00000{number}.pdf" for number in (1, 2, 3)]
    contents = [part.get_content() for part in mail.iter_attachments()]
    folder = tmp_path / "build"
    assert contents == [(folder / f"00000{n} 甲.pdf").read_bytes() for n in (1, 2, 3)]


@pytest.mark.parametrize("stem", [LONG[:60], "通知\U0001f600", "通知 'a' %20;b=c"])
def test_a_chinese_name_is_one_parameter(tmp_path: Path, stem: str) -> None:
    """filename*=utf-8''… and no filename*0*=: not every mail program puts pieces together."""
    with running() as office:
        sent(issued(tmp_path, by_mail(office.port, "a"), stem=stem))
        ((_, raw),) = office.inbox
        (mail,) = office.mails()
    (header,) = re.findall(rb"(?mi)^Content-Disposition: [^\r]*", raw)
    encoded = urllib.parse.quote(f"{stem}.pdf", safe="")
    assert header == f"Content-Disposition: attachment; filename*=utf-8''{encoded}".encode()
    assert len(header) <= 998
    (part,) = mail.iter_attachments()
    assert part.get_filename() == f"{stem}.pdf"


def test_headers_keep_to_the_standard(tmp_path: Path) -> None:
    """RFC 5322: short lines, ASCII, CR LF; RFC 2047: encoded words of 75 characters at most."""
    mail, raw = only_mail(tmp_path, recipient("甲", full=LONG), Title=LONG)
    assert mail["Subject"].endswith(LONG)
    assert raw.isascii()
    assert b"\n" not in raw.replace(b"\r\n", b"")
    assert max(map(len, raw.split(b"\r\n"))) <= 998
    assert all(len(word) <= 75 for word in re.findall(rb"=\?\S*\?=", raw))


@pytest.mark.parametrize("name", [*HOSTILE, "甲\U0001f600", 'x" <v@example.com>, "y'])
def test_hostile_names_reach_nobody_else(tmp_path: Path, name: str) -> None:
    evil = "\r\nBcc: victim@example.com\r\n\r\nx"
    mail, raw = only_mail(tmp_path, recipient(name), Title=f"标题{evil}", DocumentNumber=evil)
    assert [part.addr_spec for part in mail["To"].addresses] == ["a@example.com"]
    assert mail["Bcc"] is None
    assert shown(raw, "To") == name
    assert sorted(set(mail.keys())) == [
        "Content-Type", "Date", "From", "MIME-Version", "Message-ID", "Subject", "To",
    ]  # fmt: skip
    assert len(list(mail.iter_attachments())) == 1
    assert b"\r\nBcc" not in raw


def test_the_letter_cannot_end_the_mail(tmp_path: Path) -> None:
    """A line of one dot would end it: the text is encoded, and dots are doubled on the line."""
    more = "  附言: ['.', 'RCPT TO:<x@example.com>', '.']\n"
    mail, _ = only_mail(tmp_path, recipient("甲", more))
    body = mail.get_body()
    assert body is not None
    assert body.get_content() == ".\r\nRCPT TO:<x@example.com>\r\n.\r\n"


def test_dots_are_doubled_on_the_line(tmp_path: Path) -> None:
    content = b"Subject: x\r\n\r\n.\r\n..a\r\nRCPT TO:<x@example.com>\r\n.\r\nb\r\n"
    with running() as office:
        to = by_mail(office.port, "a")
        mail = read_distribution(distribution(tmp_path, to)).mail
        assert mail
        open_line = smtp.open_line(mail, "")
        assert open_line.hand_over("a@example.com", content, lambda: None).state is State.SENT
        open_line.close()
        assert office.inbox == [("a@example.com", content)]


def test_the_identifier_tells_document_and_address_and_no_clock(tmp_path: Path) -> None:
    def identifiers(folder: Path, content: bytes) -> list[str]:
        with running() as office:
            sent(issued(folder, by_mail(office.port, "a", "b"), content))
            return [mail["Message-ID"] for mail in office.mails()]

    one, again = (identifiers(tmp_path / place, b"%PDF one") for place in "xy")
    other = identifiers(tmp_path / "z", b"%PDF other")
    assert one == again
    assert len({*one, *other}) == 4
    assert all(re.fullmatch(r"<[0-9a-f]{40}@example\.com>", each) for each in one)


def test_a_copy_that_is_gone_is_told_and_not_marked(tmp_path: Path) -> None:
    with running() as office:
        made = issued(tmp_path, by_mail(office.port, "a"))
        made.copies[0].path.unlink()
        with pytest.raises(Fault, match="读不了这一份"):
            sent(made)
    assert kept(tmp_path) == {"a": State.PLANNED}
