"""Delivery by mail against a real server: each answer has its meaning, nobody gets two."""

from __future__ import annotations

from pathlib import Path

import pytest
from delivery_samples import by_mail, issued, kept, sent
from post_office import running, script

from yinfa.issuing.delivery.journal import State


def test_everyone_gets_one_and_a_second_run_sends_nothing(tmp_path: Path) -> None:
    with running() as office:
        made = issued(tmp_path, by_mail(office.port, "a", "b", "c"))
        assert set(sent(made).states.values()) == {State.SENT}
        assert set(sent(made).states.values()) == {State.SENT}
        assert office.addresses == ["a", "b", "c"]
        assert office.connections == 1
    assert set(kept(tmp_path).values()) == {State.SENT}
