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


def _folder(name: str) -> Path:
    package = Path(__file__).resolve().parent
    installed = package / "_resources" / name
    return installed if installed.is_dir() else package.parent / name
