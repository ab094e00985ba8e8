"""A sender that is killed at any moment: in all runs together nobody gets two, nobody is forgotten.

What is marked sent was received; what was received is marked sent or unknown, and not sent again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
import sender
from delivery_samples import by_folder, by_mail, kept
from issuing_samples import distribution
from post_office import STEPS, PostOffice, running
from sender import Senders

from yinfa.issuing.delivery.journal import State

NAMES = ("a", "b")


@pytest.fixture(scope="module")
def senders() -> Iterator[Senders]:
    with sender.senders() as found:
        yield found


@pytest.mark.parametrize("nth", [1, 2])
@pytest.mark.parametrize("step", STEPS)
def test_killed_while_the_server_is_at_a_step(
    tmp_path: Path, senders: Senders, step: str, nth: int
) -> None:
    seen = 0

    def play(now: str, _address: str) -> str:
        nonlocal seen
        seen += now == step
        if now == step and seen == nth:
            senders.kill()
        return ""

    with running(play) as office:
        distribution(tmp_path, by_mail(office.port, *NAMES))
        ended = senders.run(tmp_path)
        assert ended == sender.KILLED or (step in {"connect", "EHLO"} and nth == 2)
        assert_once(tmp_path, office, senders)
        held = Counter(office.addresses)
    unsure = [name for name, state in kept(tmp_path).items() if state is State.UNKNOWN]
    assert len(unsure) <= (step not in {"connect", "EHLO", "MAIL", "RCPT"})
    assert all(held[name] == 1 for name in NAMES if name not in unsure)


@pytest.mark.parametrize("number", range(1, 7))  # made, planned, then two entries for each
@pytest.mark.parametrize("when", ["before", "after"])
def test_killed_around_an_entry_in_the_journal(
    tmp_path: Path, senders: Senders, when: str, number: int
) -> None:
    with running() as office:
        distribution(tmp_path, by_mail(office.port, *NAMES))
        assert senders.run(tmp_path, f"{when} {number}") == sender.KILLED
        assert_once(tmp_path, office, senders)


def test_the_journal_says_so_before_the_server_is_given_the_mail(
    tmp_path: Path, senders: Senders
) -> None:
    """Whoever reads the journal when DATA comes finds `sending`, and `sent` for the one before."""
    seen: list[dict[str, State]] = []

    def play(step: str, _address: str) -> str:
        if step == "DATA":
            seen.append(kept(tmp_path))
        return ""

    with running(play) as office:
        distribution(tmp_path, by_mail(office.port, *NAMES))
        assert senders.run(tmp_path) == 0
    assert seen == [
        {"a": State.SENDING, "b": State.PLANNED},
        {"a": State.SENT, "b": State.SENDING},
    ]


def assert_once(folder: Path, office: PostOffice, senders: Senders) -> None:
    """Two more runs: they send what is open, and nothing twice."""
    assert senders.run(folder) == 0
    held = Counter(office.addresses)
    assert senders.run(folder) == 0
    assert Counter(office.addresses) == held
    assert set(held.values()) <= {1}
    found = kept(folder)
    assert set(found) == set(NAMES)
    for name, state in found.items():
        assert state in {State.SENT, State.UNKNOWN}
        assert held[name] or state is State.UNKNOWN


@pytest.mark.parametrize("number", range(1, 11))  # as above, and the names of two files
@pytest.mark.parametrize("when", ["before", "after"])
def test_a_folder_tells_what_happened(
    tmp_path: Path, senders: Senders, when: str, number: int
) -> None:
    """Of folders nothing stays unknown: each has its file, once, and nothing else."""
    distribution(tmp_path, by_folder(*NAMES))
    for name in NAMES:
        (tmp_path / "共享" / name).mkdir(parents=True)
    assert senders.run(tmp_path, f"{when} {number}") == sender.KILLED
    times = {path: path.stat().st_mtime_ns for path in tmp_path.glob("共享/*/*.pdf")}
    assert senders.run(tmp_path) == 0
    assert set(kept(tmp_path).values()) == {State.SENT}
    assert sorted(path.name for path in tmp_path.glob("共享/*/*")) == ["通知.pdf"] * 2
    assert (
        times.items()
        <= {path: path.stat().st_mtime_ns for path in tmp_path.glob("共享/*/*.pdf")}.items()
    )


def test_a_file_that_was_taken_meanwhile_is_unknown(tmp_path: Path, senders: Senders) -> None:
    """Named, then the crash, then taken by its owner: it may have been that or never there."""
    distribution(tmp_path, by_folder("a"))
    (tmp_path / "共享" / "a").mkdir(parents=True)
    assert senders.run(tmp_path, "after 5") == sender.KILLED  # made, planned, marked, named
    (tmp_path / "共享" / "a" / "通知.pdf").unlink()
    assert senders.run(tmp_path) == 0
    assert kept(tmp_path) == {"a": State.UNKNOWN}
    assert list((tmp_path / "共享" / "a").iterdir()) == []
