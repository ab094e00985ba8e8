"""Documents made at random are valid, the same for the same seed, and keep the laws."""

from __future__ import annotations

from pathlib import Path

import pytest
from generating import case, written
from generating.documents import Case
from generating.shrinking import shrunk
from generating.trial import trial

from yinfa.forms import forms
from yinfa.load import load
from yinfa.validate import validate


def test_documents_of_all_forms_are_valid(tmp_path: Path) -> None:
    found = {validate(load(written(case(seed), tmp_path / str(seed)))).form for seed in range(60)}
    assert found == set(forms())


def test_a_seed_gives_the_same_document() -> None:
    assert case(7) == case(7)
    assert case(7) != case(8)


def test_what_fails_is_made_as_small_as_it_can_be() -> None:
    source = {"文种": "通知", "标题": "甲", "正文": ["乙" * 40, "丙丁戊", "己"], "附注": "庚"}
    smallest = shrunk(Case(0, source), lambda one: "丙" in str(one.source["正文"]))
    assert smallest.source == {"文种": "通知", "标题": "甲", "正文": ["丙丁戊"]}


@pytest.mark.parametrize("seed", range(1, 7))
def test_a_document_is_set_with_all_its_words(seed: int) -> None:
    assert trial(case(seed), frozenset({"build", "text"})) == []
