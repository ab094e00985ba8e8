"""A plan is carried out: what is open is handed over, once, and the journal knows at every step."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path

from yinfa.issuing.delivery import folders
from yinfa.issuing.delivery.journal import Journal, State
from yinfa.issuing.delivery.message import mailing
from yinfa.issuing.delivery.plan import Delivery, DeliveryOutcome, Plan, Via, shown_target, via_of
from yinfa.issuing.delivery.smtp import DeadLineError, MailLine, open_line, password
from yinfa.issuing.distribution import Mail

DEAD_LINES_S = (2, 10, 30)  # waits after one dead line, two, three in a row; then it stops
TOGETHER = 50  # folders
ROUNDS_S = (30, 120)  # waits before another try of what the server put off


@dataclass(frozen=True, slots=True)
class Pace:
    """How long a run waits for better times, and how: seconds before each further try."""

    dead_lines: Sequence[float]
    rounds: Sequence[float]
    sleep: Callable[[float], None] = time.sleep


Tell = Callable[[Delivery], None]
TellWait = Callable[[float, str], None]
Note = Callable[[Delivery, DeliveryOutcome], None]


def recover(journal: Journal) -> None:
    """Settle what an earlier run began and did not live to end.

    A folder shows what happened in it; of a mail nobody knows, so it is not sent again unasked.
    """
    for entry in journal.interrupted():
        state = State.UNKNOWN
        if via_of(entry.target) is Via.FOLDER:
            state = folders.settled(Path(shown_target(entry.target)), entry.files)
        journal.mark(entry.id, state, "" if state is State.SENT else "发送时中断")


def secret(plan: Plan) -> str:
    """The password that *plan* needs; a DeliveryFault where there is none."""
    mail = plan.distribution.mail
    by_mail = any(each.via is Via.MAIL for each in plan.open)
    return password(mail, plan.distribution.path) if mail and by_mail else ""


def deliver(
    plan: Plan,
    journal: Journal,
    word: str,
    tell: Tell,
    tell_wait: TellWait = lambda _seconds, _why: None,
    pace: Pace | None = None,
) -> tuple[Delivery, ...]:
    """Every delivery that was open, as it stands now; each is told as soon as that is known.

    *plan* is in the *journal*, and *word* is the password for the mail server.
    """
    told: dict[int, Delivery] = {}

    def note(delivery: Delivery, outcome: DeliveryOutcome) -> None:
        journal.mark(delivery.entry, outcome.state, outcome.told)
        told[delivery.entry] = replace(delivery, state=outcome.state, told=outcome.told)
        if outcome.state is not State.PLANNED:
            tell(told[delivery.entry])

    by_folder = [each for each in plan.open if each.via is Via.FOLDER]
    by_mail = [each for each in plan.open if each.via is Via.MAIL]
    for start in range(0, len(by_folder), TOGETHER):
        _to_folders(plan, by_folder[start : start + TOGETHER], journal, note)
    if by_mail and plan.distribution.mail:
        patient = pace or Pace(DEAD_LINES_S, ROUNDS_S)
        post = _Post(plan, plan.distribution.mail, word, journal, patient, tell_wait)
        with contextlib.closing(post):
            post.send(by_mail, note)
    for delivery in plan.open:
        last = told.get(delivery.entry, delivery)
        if last.state is State.PLANNED:
            tell(last)
    return tuple(told.get(each.entry, each) for each in plan.deliveries)


def _to_folders(plan: Plan, deliveries: Sequence[Delivery], journal: Journal, note: Note) -> None:
    """Deliver into several folders with two entries in the journal, which cost most of the time.

    A crash in between leaves nothing in doubt: each folder shows what happened in it.
    """
    laid: dict[int, folders.HiddenFiles] = {}
    outcomes: dict[int, DeliveryOutcome] = {}
    for each in deliveries:
        replaceable = journal.handed_over(plan.edition.document, each.target)
        what = folders.lay(Path(shown_target(each.target)), each.copies, replaceable)
        if isinstance(what, DeliveryOutcome):
            outcomes[each.entry] = what
        else:
            laid[each.entry] = what
    with journal.together():
        for entry, ready in laid.items():
            journal.mark(entry, State.SENDING, files=ready.files)
    outcomes |= {entry: folders.hand_over(ready) for entry, ready in laid.items()}
    with journal.together():
        for each in deliveries:
            note(each, outcomes[each.entry])


class _Post:
    """Sends mails over one line, opening another when it dies; it remembers the line."""

    def __init__(
        self,
        plan: Plan,
        mail: Mail,
        word: str,
        journal: Journal,
        pace: Pace,
        tell_wait: TellWait,
    ) -> None:
        self._plan = plan
        self._mail = mail
        self._word = word
        self._journal = journal
        self._pace = pace
        self._tell_wait = tell_wait
        self._line: MailLine | None = None
        self._troubles = 0  # in a row
        self._trouble = ""  # the last

    def send(self, deliveries: Sequence[Delivery], note: Note) -> None:
        """Send *deliveries*; what the server puts off is tried again after a while, not forever."""
        left = list(deliveries)
        for wait_s in chain((0.0,), self._pace.rounds):
            if wait_s:
                self._wait(wait_s, f"{len(left)} 个单位的邮件服务器说稍后再试")
            put_off = []
            for delivery, outcome in self._round(left):
                note(delivery, outcome)
                if outcome.state is State.PLANNED and outcome.again:
                    put_off.append(delivery)
            if not (left := put_off) or self._gave_up:
                return

    @property
    def _gave_up(self) -> bool:
        return self._troubles > len(self._pace.dead_lines)

    def _round(self, deliveries: Sequence[Delivery]) -> Iterator[tuple[Delivery, DeliveryOutcome]]:
        """Each delivery with what became of it; the rest is left out once the server is dead."""
        for delivery in deliveries:
            outcome = self._tried(delivery)
            if outcome is None:
                return
            yield delivery, outcome

    def _tried(self, delivery: Delivery) -> DeliveryOutcome | None:
        """What became of *delivery*; None where no server is left to try."""
        outcome = None
        while not self._gave_up:
            if self._troubles:
                self._wait(self._pace.dead_lines[self._troubles - 1], self._trouble)
            outcome = self._one(delivery)
            self._troubles = self._troubles + 1 if outcome.general else 0
            self._trouble = outcome.told
            if not outcome.general or outcome.state is not State.PLANNED:
                break
        return outcome

    def _one(self, delivery: Delivery) -> DeliveryOutcome:
        """What became of *delivery* at one try."""
        letter = mailing(self._plan, delivery, self._mail)

        def before() -> None:
            self._journal.mark(delivery.entry, State.SENDING, files=letter.files)

        try:
            if self._line is None or not self._line.alive:
                self._line = open_line(self._mail, self._word)
            outcome = self._line.hand_over(delivery.recipient.email, letter.content, before)
        except DeadLineError as error:
            outcome = DeliveryOutcome(State.PLANNED, str(error), general=True)
        if outcome.state is State.PLANNED:  # not to be taken for sent while we wait
            self._journal.mark(delivery.entry, outcome.state, outcome.told)
        return outcome

    def _wait(self, seconds: float, why: str) -> None:
        self._tell_wait(seconds, why)
        self._pace.sleep(seconds)

    def close(self) -> None:
        """Take leave of the server."""
        if self._line is not None and self._line.alive:
            self._line.close()
