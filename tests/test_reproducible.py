"""The same source gives the same bytes wherever it is built, whenever, and by whom."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from archive import NOTICE, written

ROOT = Path(__file__).resolve().parents[1]
SOMEONE_ELSE = ("unshare", "--user", "--map-user=1234", "--map-group=1234")

HERE = {"TZ": "Asia/Shanghai", "PYTHONHASHSEED": "1", "LC_ALL": "C.UTF-8", "USER": "zhang"}
ELSEWHERE = {
    "TZ": "America/New_York",
    "PYTHONHASHSEED": "2",
    "LC_ALL": "C",
    "LANG": "de_DE.UTF-8",
    "USER": "li",
    "SOURCE_DATE_EPOCH": "1",
}


def built(folder: Path, variables: dict[str, str], *user: str) -> bytes:
    """The notice built in *folder* by a process of its own."""
    source = written(folder, NOTICE)
    product = folder / "out.pdf"
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(folder),
        "PYTHONPATH": str(ROOT),
        "PYTHONDONTWRITEBYTECODE": "1",
        **variables,
    }
    subprocess.run(
        (*user, sys.executable, "-m", "yinfa.cli", "build", source.name, "-o", product.name),
        cwd=folder,
        env=environment,
        check=True,
        capture_output=True,
    )
    return product.read_bytes()


@pytest.mark.slow
def test_folder_zone_seed_locale_and_user_leave_no_trace(tmp_path: Path) -> None:
    one = built(tmp_path / "甲", HERE)
    time.sleep(1.1)  # another second on every clock
    another = built(tmp_path / "elsewhere" / "deep down", ELSEWHERE, *_someone_else())
    assert one == another


def _someone_else() -> tuple[str, ...]:
    """How to run as another user where the machine has name spaces for that."""
    try:
        asked = subprocess.run((*SOMEONE_ELSE, "id", "-u"), capture_output=True, check=False)
    except FileNotFoundError:
        return ()
    return SOMEONE_ELSE if asked.stdout == b"1234\n" else ()
