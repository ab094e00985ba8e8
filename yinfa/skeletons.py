"""A commented source to begin with, for every form and for a bundle; a form's builds as it is."""

from __future__ import annotations

import os
from pathlib import Path

from yinfa import resources
from yinfa.forms import forms
from yinfa.publish import write_whole
from yinfa.report import Finding, Place, SourceFault
from yinfa.schema import file_name
from yinfa.words import BUNDLE as BUNDLE_KIND
from yinfa.words import DOCUMENT

BUNDLE = (BUNDLE_KIND.chinese, BUNDLE_KIND.name)
SCHEMA_FOLDERS = ("schemas", ".", ".yinfa")  # of a checkout, of an office, of our own


def form_words() -> tuple[str, ...]:
    """Every word that names a skeleton, the Chinese ones first."""
    chinese = (word for form in forms() for word in (*form.genres, *form.skeletons))
    return tuple(dict.fromkeys((*chinese, *(form.name for form in forms()))))


def new_source(word: str, path: Path) -> Path:
    """Write the skeleton of the form that *word* names to *path*, where nothing may stand yet."""
    if path.suffix not in (".yaml", ".yml"):
        raise _refused(path, "源文件的名字应以 .yaml 结尾", f"如 {path.stem}.yaml")
    if path.exists():
        raise _refused(path, "已有同名的文件，不覆盖它", "请另起名字")
    schema = file_name(BUNDLE_KIND.name if word in BUNDLE else DOCUMENT.name)
    text = skeleton(word)
    write_whole(path, (_schema_line(path, schema) + text).encode())
    return path


def skeleton(word: str) -> str:
    """The skeleton of the form that *word* names."""
    if word in BUNDLE:
        return (resources.layouts() / "skeletons" / "bundle.yaml").read_text("utf-8")
    form = next((form for form in forms() if word in (*form.spellings, *form.skeletons)), None)
    if form is None:
        known = "、".join((*form_words(), *BUNDLE))
        raise SourceFault((Finding(Place(Path(word)), "没有这种文种", f"可用的有：{known}"),))
    genre = form.genres[0] if word == form.name else word
    return form.skeleton(word).read_text("utf-8").replace("{genre}", genre)


def _schema_line(path: Path, schema: str) -> str:
    """The line by which editors find the *schema*.

    It names one in a folder above, or else a copy that is laid beside the file: the source travels,
    also in the PDF, and no path of this machine may stand in it.
    """
    folder = path.absolute().parent
    known = (
        above / kept / schema for above in (folder, *folder.parents) for kept in SCHEMA_FOLDERS
    )
    found = next(filter(Path.is_file, known), None)
    if found is None:
        found = folder / SCHEMA_FOLDERS[-1] / schema
        write_whole(found, resources.schemas().joinpath(schema).read_bytes())
    relative = Path(os.path.relpath(found, folder)).as_posix()
    return f"# yaml-language-server: $schema={relative}\n"


def _refused(path: Path, message: str, hint: str) -> SourceFault:
    return SourceFault((Finding(Place(path), message, hint),))
