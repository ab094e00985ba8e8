"""Where layouts, faces and schemas are: at the top of a checkout, or inside an installed wheel."""

from __future__ import annotations

from pathlib import Path


def layouts() -> Path:
    """The folder of the layouts."""
    return _folder("layouts")


def fonts() -> Path:
    """The folder of the faces that come with the program."""
    return _folder("fonts")


def schemas() -> Path:
    """The folder of the JSON Schemas by which editors complete and check."""
    return _folder("schemas")


def declarations() -> Path:
    """Where a release carries compiled declarations; elsewhere there is nothing."""
    return _package() / "_resources" / "declarations"


def form_names() -> tuple[str, ...]:
    """What code and English sources call the forms, without reading what is asked of them."""
    return tuple(sorted(path.parent.name for path in (layouts() / "forms").glob("*/form.toml")))


def _folder(name: str) -> Path:
    installed = _package() / "_resources" / name
    return installed if installed.is_dir() else _package().parent / name


def _package() -> Path:
    return Path(__file__).resolve().parent
