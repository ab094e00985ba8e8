"""Copies that look like PDFs to nobody but a sender, and runs that deliver them."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from issuing_samples import distribution

from yinfa.issuing.copies import Original
from yinfa.issuing.delivery.deliver import Pace, deliver, recover, secret
from yinfa.issuing.delivery.journal import Journal, State, open_journal
from yinfa.issuing.delivery.plan import Delivery, DeliveryRequest, Plan, Via, begin, make_plan
from yinfa.issuing.distribution import read_distribution
from yinfa.issuing.issue import Issue, planned

INFO = {"/Title": "关于做好工作的通知", "/DocumentNumber": "常教〔2009〕12号"}
MAIL = "邮件: {{发件人: office@example.com, 服务器: 127.0.0.1, 端口: {port}, 加密: 无}}\n"
SOON = Pace((0, 0), (0,), lambda _: None)


def by_mail(port: int, *names: str, **more: str) -> str:
    """A distribution by mail to *names*, with more lines for some."""
    lines = (f"  - {{简称: {name}, 邮箱: {name}@example.com}}\n" for name in names)
    return f"收件:\n{''.join(lines)}{MAIL.format(port=port)}{''.join(more.values())}"


def by_folder(*names: str) -> str:
    lines = (f"  - {{简称: {name}, 文件夹: 共享/{name}}}\n" for name in names)
    return f"收件:\n{''.join(lines)}"


def issued(
    folder: Path, to: str, content: bytes = b"%PDF-1.7 one", stem: str = "通知", **info: str
) -> Issue:
    """Copies by the distribution *to*, its copies standing below *folder*."""
    whom = read_distribution(distribution(folder, to))
    known = {**INFO, **{f"/{key}": value for key, value in info.items()}}
    path = folder / f"{stem}.pdf"
    path.write_bytes(content)
    original = Original(path, content, 1, known, has_letterhead=False, left_mm=28, room=None)
    made = planned(original, whom, folder / "build")
    (folder / "build").mkdir(exist_ok=True)
    copies = []
    for copy in made.copies:
        written = content + copy.path.name.encode()
        copy.path.write_bytes(written)
        copies.append(replace(copy, sha256=hashlib.sha256(written).hexdigest()))
    return replace(made, copies=tuple(copies))


@dataclass
class Run:
    """What a run told, and what it came to."""

    plan: Plan
    told: list[Delivery] = field(default_factory=list)
    waits: list[float] = field(default_factory=list)
    deliveries: tuple[Delivery, ...] = ()

    @property
    def states(self) -> dict[str, State]:
        return {each.name: each.state for each in self.deliveries}

    def why(self, name: str) -> str:
        return next(each.told for each in self.deliveries if each.name == name)


def sent(made: Issue, pace: Pace = SOON, via: Via | None = None, **wanted: Any) -> Run:
    """A whole run of `yinfa send` over copies that are *made*."""
    path = made.original.path.parent / "distribution.yaml"
    to = read_distribution(path)
    names = frozenset(wanted.pop("resend", ()))
    with open_journal(path.parent, create=True, wait=lambda: None) as journal:
        recover(journal)
        plan = make_plan(made, to, journal, DeliveryRequest(via, resend=names, **wanted))
        word = secret(plan)
        run = Run(begin(plan, journal))
        run.deliveries = deliver(
            run.plan, journal, word, run.told.append, lambda s, _: run.waits.append(s), pace
        )
    return run


def kept(folder: Path, document: str = INFO["/DocumentNumber"]) -> dict[str, State]:
    """What the journal in *folder* says, without settling anything."""
    with open_journal(folder, create=False) as journal:
        return states(journal, document)


def states(journal: Journal, document: str = INFO["/DocumentNumber"]) -> dict[str, State]:
    newest = journal.editions(document)[:1]
    return {entry.name: entry.state for edition in newest for entry in edition.entries}
