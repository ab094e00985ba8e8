"""What is installed is what was locked, and a wheel is whole away from the checkout."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from yinfa import __version__
from yinfa.recipe import Publication

ROOT = Path(__file__).resolve().parent.parent
LOCKS = sorted((ROOT / "requirements").glob("*.lock"))
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
ASKED = {"core": PROJECT["dependencies"]} | PROJECT["optional-dependencies"]


def pins(lock: Path) -> dict[str, str]:
    return dict(re.findall(r"^([\w.-]+)==([^\s;]+)", lock.read_text("utf-8"), re.MULTILINE))


def test_every_group_of_packages_has_its_lock() -> None:
    assert [lock.stem for lock in LOCKS] == sorted(ASKED)


@pytest.mark.parametrize("group", sorted(ASKED))
def test_lock_holds_what_the_project_asks_for(group: str) -> None:
    locked = pins(ROOT / "requirements" / f"{group}.lock")
    for words in (*PROJECT["dependencies"], *ASKED[group]):
        asked = Requirement(words)
        assert asked.specifier.contains(locked[asked.name]), words


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.stem)
def test_all_locks_agree_on_a_version(lock: Path) -> None:
    core = pins(ROOT / "requirements" / "core.lock")
    assert {name: core[name] for name in pins(lock) if name in core}.items() <= pins(lock).items()


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.stem)
def test_lock_has_a_hash_for_every_package_and_no_address(lock: Path) -> None:
    text = lock.read_text("utf-8")
    assert "://" not in text
    for entry in re.split(r"\n(?=\S)", text.strip()):
        assert "--hash=sha256:" in entry, entry.splitlines()[0]


def test_make_alone_lists_every_target_in_chinese() -> None:
    made = subprocess.run(
        ("make", "-C", ROOT, "--no-print-directory"), capture_output=True, text=True, check=True
    )
    listed = re.findall(r"^  make (\w+) +[^\x00-\x7f]", made.stdout, re.MULTILINE)
    phony = re.search(r"^\.PHONY: (.*)$", makefile(), re.MULTILINE)
    assert phony is not None
    assert listed == phony[1].split()


def test_what_contributors_are_told_of_is_there() -> None:
    told = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    paths = re.findall(r"`((?:layouts|packaging|tests|tools|yinfa)/[\w./-]*)`", told)
    assert len(paths) > 20
    assert [path for path in paths if not (ROOT / path).exists()] == []
    targets = set(re.findall(r"(?:`|&& |^    )make ([a-z]+)", told, re.MULTILINE))
    assert targets <= set(re.findall(r"^([a-z]+):", makefile(), re.MULTILINE))


def makefile() -> str:
    return (ROOT / "Makefile").read_text("utf-8")


def test_a_release_carries_the_libraries_that_the_set_up_asks_for() -> None:
    asked, carried = (
        set(re.findall(r"lib[\w.-]+\.so\.\d+", (ROOT / name).read_text("utf-8")))
        for name in ("tools/setup.sh", "packaging/yinfa.spec")
    )
    assert asked == carried and len(asked) == 6


def test_the_program_has_one_version() -> None:
    assert PROJECT["dynamic"] == ["version"]
    assert re.fullmatch(r"\d+\.\d+\.\d+", __version__)


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, made from the checkout and unpacked as pip would."""
    folder = tmp_path_factory.mktemp("wheel")
    make = (sys.executable, "-m", "pip", "wheel", "--no-deps", "--no-build-isolation", "--no-index")
    subprocess.run((*make, "-q", "-w", folder, ROOT), check=True, capture_output=True)
    (wheel,) = folder.glob("yinfa-*.whl")
    with zipfile.ZipFile(wheel) as packed:
        packed.extractall(folder / "site")
    return folder / "site"


@pytest.mark.slow
def test_wheel_carries_every_layout_face_and_schema(installed: Path) -> None:
    for folder in ("layouts", "fonts", "schemas"):
        committed = git_files(folder)
        assert committed
        for name in committed:
            packed = installed / "yinfa" / "_resources" / name
            assert packed.read_bytes() == (ROOT / name).read_bytes(), name


@pytest.mark.slow
def test_wheel_does_its_work_away_from_the_checkout(
    installed: Path, report: Publication, tmp_path: Path
) -> None:
    def yinfa(*words: str) -> None:
        # -S keeps the checkout's own installation out; the packages come by path.
        site = next(path for path in sys.path if path.endswith("site-packages"))
        program = "import sys; from yinfa.cli import main; sys.exit(main(sys.argv[1:]))"
        done = subprocess.run(
            (sys.executable, "-S", "-c", program, *words),
            cwd=tmp_path,
            env=os.environ | {"PYTHONPATH": f"{installed}{os.pathsep}{site}"},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr

    source = tmp_path / "附件2.yaml"
    source.write_bytes((ROOT / "source" / "附件2.yaml").read_bytes())
    yinfa("build", source.name, "-o", "out.pdf")
    assert (tmp_path / "out.pdf").read_bytes() == report.product.read_bytes()
    yinfa("new", "通知", "通知.yaml")
    assert "$schema=.yinfa/yinfa.schema.json\n" in (tmp_path / "通知.yaml").read_text("utf-8")
    schema = (tmp_path / ".yinfa" / "yinfa.schema.json").read_bytes()
    assert schema == (ROOT / "schemas" / "yinfa.schema.json").read_bytes()
    yinfa("check", "通知.yaml")


def git_files(folder: str) -> list[str]:
    listed = subprocess.run(
        ("git", "ls-files", "-z", folder), cwd=ROOT, capture_output=True, text=True, check=True
    )
    return [name for name in listed.stdout.split("\0") if name]
