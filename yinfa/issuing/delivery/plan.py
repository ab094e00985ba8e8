"""Who gets what, and who has it already: copies and journal become a plan; nothing is sent yet.

A recipient is known by address or folder first, then by name: renamed departments, exchanged
addresses and changed lists never make a second delivery unless someone asks for it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import groupby
from pathlib import Path
from urllib.parse import unquote

from yinfa.freshness import absolute
from yinfa.issuing.delivery.journal import Edition, Journal, JournalEntry, State, refused
from yinfa.issuing.distribution import Distribution, Recipient
from yinfa.issuing.issue import Copy, Issue

_LABEL = re.compile(r"附件\d*(?=\s)")
_MAILTO = "mailto:"
_WEIGHTS = (State.PLANNED, State.FAILED, State.UNKNOWN, State.SENDING, State.SENT)
_LEFT = (State.SENDING, State.SENT, State.UNKNOWN)  # somebody may hold it


class Via(StrEnum):
    """How a delivery goes."""

    MAIL = "mail"
    FOLDER = "folder"


@dataclass(frozen=True, slots=True)
class DeliveryRequest:
    """What is asked of a run: *via* None is mail where there is an address, else the folder."""

    via: Via | None = None
    revise: bool = False  # a new content under an old number goes to everyone
    resend: frozenset[str] = frozenset()  # names of recipients that get it whatever was before
    resend_unknown: bool = False


@dataclass(frozen=True, slots=True)
class Delivery:
    """The copies of one recipient, and how far they have come."""

    recipient: Recipient
    via: Via
    target: str
    copies: tuple[Copy, ...]
    state: State = State.PLANNED
    entry: int = 0  # in the journal; 0: none yet
    told: str = ""
    changed: str = ""
    remark: str = ""

    @property
    def name(self) -> str:
        return self.recipient.name.value


@dataclass(frozen=True, slots=True)
class DeliveryOutcome:
    """What became of a delivery.

    *general* is trouble that the next one would meet as well; *again*: what is open may go well
    within minutes.
    """

    state: State
    told: str
    general: bool = False
    again: bool = True


@dataclass(frozen=True, slots=True)
class Plan:
    """The deliveries of an edition in the order of the file."""

    issued: Issue
    distribution: Distribution
    edition: Edition
    deliveries: tuple[Delivery, ...]
    left_out: tuple[str, ...]  # names of those that this run does not concern
    paper: tuple[str, ...]  # names of those that get paper only
    others: tuple[JournalEntry, ...]  # in the journal and not in the file
    remarks: tuple[str, ...]

    @property
    def open(self) -> tuple[Delivery, ...]:
        return tuple(each for each in self.deliveries if each.state is State.PLANNED)

    @property
    def done(self) -> bool:
        return all(each.state is State.SENT for each in self.deliveries)


def document_key(issued: Issue) -> str:
    """What a document is known by: number and label, or the title where it has no number.

    An attachment that is issued by itself bears the number of its document.
    """
    if not issued.number:
        return issued.title
    label = _LABEL.match(issued.title)
    return f"{issued.number} {label[0]}" if label else issued.number


def address(recipient: Recipient, via: Via) -> str:
    """The address or folder of *recipient* as the journal has it; nothing where there is none."""
    if via is Via.MAIL:
        return f"{_MAILTO}{recipient.email.casefold()}" if recipient.email else ""
    return absolute(recipient.folder).as_uri() if recipient.folder else ""


def make_plan(
    issued: Issue, distribution: Distribution, journal: Journal, wanted: DeliveryRequest
) -> Plan:
    """What a run with *wanted* has to do; a DeliveryFault where it may not begin."""
    editions = journal.editions(document_key(issued))
    edition, remarks = _edition(issued, editions, journal.path, wanted)
    _refuse_unknown_names(distribution, wanted)
    return _plan(issued, distribution, edition, wanted, remarks)


def as_it_stands(issued: Issue, distribution: Distribution, journal: Journal) -> Plan:
    """How far the last edition has come, whatever the content is now."""
    key = document_key(issued)
    edition = next(iter(journal.editions(key)), Edition(0, key, 0, ""))
    changed = edition.number and edition.sha256 != issued.digest
    remarks = ("现在的内容与发送时的不同",) * bool(changed)
    return _plan(issued, distribution, edition, DeliveryRequest(), remarks)


def _plan(
    issued: Issue,
    distribution: Distribution,
    edition: Edition,
    wanted: DeliveryRequest,
    remarks: tuple[str, ...],
) -> Plan:
    copies = {
        name: tuple(group)
        for name, group in groupby(issued.copies, lambda copy: copy.recipient.name.value)
    }
    matched = _matched(distribution.recipients, edition.entries)
    deliveries: list[Delivery] = []
    left_out: list[str] = []
    paper: list[str] = []
    for recipient in distribution.recipients:
        name = recipient.name.value
        via = _via(recipient, wanted.via)
        if via is None:
            (left_out if recipient.email or recipient.folder else paper).append(name)
            continue
        fresh = Delivery(recipient, via, address(recipient, via), copies[name])
        deliveries.append(_standing(fresh, matched.get(name), wanted))
    known = {entry.id for entry in matched.values()}
    others = tuple(
        entry for entry in edition.entries if entry.id not in known and entry.state in _LEFT
    )
    return Plan(
        issued,
        distribution,
        edition,
        tuple(deliveries),
        tuple(left_out),
        tuple(paper),
        others,
        remarks,
    )


def _edition(
    issued: Issue, editions: Sequence[Edition], path: Path, wanted: DeliveryRequest
) -> tuple[Edition, tuple[str, ...]]:
    """The edition that *issued* belongs to, of all *editions*, the newest first.

    One that is not begun has the number 0. It goes on with the newest edition, or with the newest
    that anybody may hold; any other content needs to be asked for.
    """
    document = document_key(issued)
    fresh = Edition(0, document, 0, issued.digest)
    held = next((edition for edition in editions if _holders(edition)), None)
    for edition in filter(None, (*editions[:1], held)):
        if edition.sha256 == issued.digest:
            return edition, ()
    if held is None:
        return fresh, ("内容与上次的不同；上次的没有发给任何单位",) * bool(editions)
    holders = len(_holders(held))
    if wanted.revise:
        return fresh, (f"内容与上次的不同，重新发给各单位；上次的已发给 {holders} 个单位",)
    raise refused(
        issued.original.path,
        f"“{document}”已发给 {holders} 个单位，现在的内容与那时不同（{path}）",
        "接着发原来那份的，请用当时的 PDF；发更正后的，加 --revise，各单位都会收到新的一份",
    )


def _holders(edition: Edition) -> set[str]:
    """The names of those that may hold *edition*."""
    return {entry.name for entry in edition.entries if entry.state in _LEFT}


def _refuse_unknown_names(distribution: Distribution, wanted: DeliveryRequest) -> None:
    known = {recipient.name.value for recipient in distribution.recipients}
    hint = "--resend 后面写简称，一字不差"
    if unknown := sorted(wanted.resend - known):
        names = "、".join(name[:20] for name in unknown)
        raise refused(distribution.path, f"没有这个收件单位：{names}", hint)


def _via(recipient: Recipient, wanted: Via | None) -> Via | None:
    """How a delivery to *recipient* goes; None where it does not."""
    ways = [via for via in (Via.MAIL, Via.FOLDER) if address(recipient, via)]
    return next((via for via in ways if wanted in (None, via)), None)


def _matched(
    recipients: Sequence[Recipient], entries: Sequence[JournalEntry]
) -> dict[str, JournalEntry]:
    """The entry of each recipient by name: first by where it goes, then by its name.

    Of several entries the one counts by which most may have been received.
    """
    weighed = sorted(entries, key=lambda entry: _WEIGHTS.index(entry.state))
    by_target = {entry.target: entry for entry in weighed}
    found: dict[str, JournalEntry] = {}
    for recipient in recipients:
        own = [by_target[target] for target in _targets(recipient) if target in by_target]
        if own:
            found[recipient.name.value] = max(own, key=weighed.index)
    taken = {entry.id for entry in found.values()}
    by_name = {entry.name: entry for entry in weighed if entry.id not in taken}
    return {
        name: by_name[name] for each in recipients if (name := each.name.value) in by_name
    } | found


def _targets(recipient: Recipient) -> set[str]:
    """Wherever *recipient* can be reached."""
    return {target for via in Via if (target := address(recipient, via))}


def _standing(fresh: Delivery, entry: JournalEntry | None, wanted: DeliveryRequest) -> Delivery:
    """*fresh* as the journal's *entry* has it."""
    if entry is None:
        return fresh
    asked = fresh.name in wanted.resend
    again = replace(fresh, entry=entry.id, told=entry.told, changed=entry.changed)
    if entry.state is State.PLANNED:
        return again
    if entry.state is State.FAILED:
        mended = asked or entry.target != fresh.target
        return again if mended else replace(again, state=State.FAILED)
    was = shown_target(entry.target)
    elsewhere = entry.target not in _targets(fresh.recipient)
    if asked and elsewhere and entry.state is State.SENT:
        return replace(fresh, remark=f"已发到 {was}，另发一份")
    if entry.state is State.UNKNOWN and (asked or wanted.resend_unknown):
        if entry.target == fresh.target:
            return again
        return replace(fresh, remark=f"发到 {was} 的那份不知收到没有")
    remark = ""
    if elsewhere:
        remark = f"当时发到 {was}；要发到现在的地址，用 --resend {fresh.name}"
    elif entry.name != fresh.name:
        remark = f"当时叫“{entry.name}”"
    elif entry.files and set(entry.files) != {copy.delivered for copy in fresh.copies}:
        remark = f"当时发的是 {'、'.join(entry.files)}"
    elif asked:
        remark = "已发的不再发"
    via = via_of(entry.target)
    return replace(again, via=via, target=entry.target, state=entry.state, remark=remark)


def via_of(target: str) -> Via:
    """How a delivery to *target* goes."""
    return Via.MAIL if target.startswith(_MAILTO) else Via.FOLDER


def shown_target(target: str) -> str:
    """An address or a folder as people write it."""
    if target.startswith(_MAILTO):
        return target.removeprefix(_MAILTO)
    return unquote(target.removeprefix("file://"))


def begin(plan: Plan, journal: Journal) -> Plan:
    """*plan* with every open delivery in the *journal*."""
    edition = plan.edition
    with journal.together():
        if edition.number == 0:
            edition = journal.begin(edition.document, plan.issued.digest)
        wanted = [(each.entry, each.name, each.target) for each in plan.open]
        entries = iter(journal.plan(edition, wanted))
    deliveries = tuple(
        replace(each, entry=next(entries)) if each.state is State.PLANNED else each
        for each in plan.deliveries
    )
    return replace(plan, edition=edition, deliveries=deliveries)
