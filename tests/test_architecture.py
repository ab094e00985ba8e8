"""The rooms import one way, and each foreign library has its door."""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "yinfa"
NOUNS = {
    "files", "inline", "model", "parts", "reading_order", "composition", "measures", "report",
    "words", "forms", "resources", "walking",
}  # fmt: skip
LAYOUTS = {"measures", "forms", "resources"}
BINDERS = {"bundling", "commands", "batch"}
STAGES = {
    "load", "validate", "layout", "arrange", "compose", "rendering", "finish", "press",
    "publish", "recipe",
}  # fmt: skip


@cache
def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def imports(path: Path) -> Iterator[str]:
    """Every module that *path* imports, also within functions."""
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            if node.module == "yinfa":
                yield from (f"yinfa.{alias.name}" for alias in node.names)


def rooms(path: Path) -> set[str]:
    """The rooms of ours that *path* imports."""
    return {name.split(".")[1] for name in imports(path) if name.startswith("yinfa.")}


def modules(room: str) -> list[Path]:
    folder = PACKAGE / room
    return sorted(folder.rglob("*.py")) if folder.is_dir() else [PACKAGE / f"{room}.py"]


@pytest.mark.parametrize("room", sorted(NOUNS))
def test_nouns_rest_on_nouns_alone(room: str) -> None:
    for path in modules(room):
        assert rooms(path) <= NOUNS


def test_rules_know_neither_layouts_nor_stages_nor_the_composer() -> None:
    for path in [*modules("rules"), *modules("recognising")]:
        assert not rooms(path) & (STAGES | LAYOUTS | {"composing", "faces"}), path


def test_what_a_page_shows_is_recognised_before_any_rule_judges_it() -> None:
    for path in modules("recognising"):
        assert "rules" not in rooms(path), path


def test_the_composer_knows_neither_html_nor_pdf() -> None:
    for path in [*modules("compose"), *modules("composing")]:
        assert not rooms(path) & {"rendering", "finish", "pdf"}, path


def test_only_those_who_make_things_know_bundling() -> None:
    for path in PACKAGE.rglob("*.py"):
        if "bundling" in rooms(path):
            assert path.relative_to(PACKAGE).parts[0] in BINDERS, path


def test_reading_shares_nothing_with_writing() -> None:
    for path in modules("reading"):
        assert rooms(path) <= {"reading", "report"}, path


@pytest.mark.parametrize(
    ("library", "doors"),
    [
        ("weasyprint", {"rendering"}),
        ("cffi", {"rendering"}),
        ("jinja2", {"rendering", "issuing"}),
        ("yaml", {"load", "yaml_faults", "importing"}),
        ("fontTools", {"faces", "ofd", "reading"}),
        ("pypdfium2", {"reading", "picturing"}),
        ("smtplib", {"issuing"}),
        ("sqlite3", {"issuing"}),
        ("pypdf", {"pdf", "reading"}),
        ("uharfbuzz", {"pdf", "faces"}),
        ("argparse", {"commands"}),
        ("pyhanko", {"securing"}),
        ("cryptography", {"securing"}),
    ],
)
def test_a_foreign_library_has_its_doors(library: str, doors: set[str]) -> None:
    found = {
        path.relative_to(PACKAGE).parts[0].removesuffix(".py")
        for path in PACKAGE.rglob("*.py")
        if any(name.split(".")[0] == library for name in imports(path))
    }
    assert found <= doors


def test_rooms_import_each_other_in_no_circle() -> None:
    above: defaultdict[str, set[str]] = defaultdict(set)
    for path in PACKAGE.rglob("*.py"):
        room = path.relative_to(PACKAGE).parts[0].removesuffix(".py")
        above[room] |= rooms(path) - {room}
    TopologicalSorter(above).prepare()  # which tells of a circle, and of what stands in it


def test_every_room_stands_in_the_architecture() -> None:
    told = (PACKAGE.parent / "ARCHITECTURE.md").read_text(encoding="utf-8")
    own = {path.stem for path in PACKAGE.iterdir() if not path.name.startswith(("_", "."))}
    assert {room for room in own if f"`{room}`" not in told and f"`{room}/`" not in told} == set()


def test_one_noun_names_one_thing() -> None:
    named: defaultdict[str, list[str]] = defaultdict(list)
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(parsed(path)):
            if isinstance(node, ast.ClassDef):
                named[node.name].append(str(path.relative_to(PACKAGE)))
    twice = {name: paths for name, paths in named.items() if len(paths) > 1}
    assert not twice


def test_only_the_press_sends_pages_to_the_renderer() -> None:
    results = {"drawn", "operators", "engine"}  # what it hands over, and its being loaded early
    for path in PACKAGE.rglob("*.py"):
        room = path.relative_to(PACKAGE).parts[0]
        if room in ("rendering", "press.py"):
            continue
        for node in ast.walk(parsed(path)):
            if isinstance(node, ast.ImportFrom) and node.module == "yinfa.rendering":
                assert not {"draw", "Undrawable"} & {alias.name for alias in node.names}, path
        assert {name for name in imports(path) if name.startswith("yinfa.rendering.")} <= {
            f"yinfa.rendering.{name}" for name in results
        }, path


def test_private_names_of_others_are_behind_one_door_each() -> None:
    found = set()
    for path in PACKAGE.rglob("*.py"):
        tree = list(ast.walk(parsed(path)))
        own = {node.name for node in tree if isinstance(node, ast.FunctionDef)} | {"_replace"}
        for node in tree:
            if isinstance(node, ast.Attribute) and ast.unparse(node.value) not in ("self", "cls"):
                private = node.attr.startswith("_") and not node.attr.startswith("__")
                if private and node.attr not in own:
                    found.add(str(path.relative_to(PACKAGE)))
    assert found == {"pdf/objects.py", "reading/objects.py", "securing/sign.py"}


def test_only_the_command_line_prints() -> None:
    for path in PACKAGE.rglob("*.py"):
        calls = {
            node.func.id
            for node in ast.walk(parsed(path))
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
        }
        if path.relative_to(PACKAGE).parts[0] not in {"cli.py", "commands"}:
            assert "print" not in calls, path
