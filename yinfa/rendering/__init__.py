"""Composed pages, drawn: the one room that knows WeasyPrint, its HTML, its operators, its tags.

What it hands over knows none of that. Another engine would have a room like this one.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping
from pathlib import Path

from yinfa import pdf
from yinfa.composition import Composition, Role
from yinfa.faces import Fount, Survey
from yinfa.files import Contents
from yinfa.measures import Measures
from yinfa.rendering.drawn import DrawnElement, DrawnPages
from yinfa.rendering.html import Whole, layout_files, picture_url, render
from yinfa.rendering.operators import rework, shown_counts
from yinfa.rendering.outlines import strip_outlines
from yinfa.rendering.pages import Unfit, paginate
from yinfa.rendering.tags import drawn_elements
from yinfa.trail import Trail

__all__ = ["DrawnElement", "DrawnPages", "Undrawable", "Whole", "draw", "layout_files"]


class Undrawable(Exception):
    """Pictures that are what they seem, and yet cannot be drawn."""

    def __init__(self, paths: frozenset[Path]) -> None:
        super().__init__(paths)
        self.paths = paths


def draw(
    composition: Composition,
    founts: Mapping[Role, Fount],
    survey: Survey,
    measures: Measures,
    whole: Whole,
    contents: Contents,
    trail: Trail,
) -> DrawnPages:
    """The pages of *composition*, its pictures among *contents*; Undrawable tells of some of them.

    Only the faces that *survey* found its characters to need go into the file.
    """
    with trail.stage("render"):
        html = render(composition, founts, survey, measures, whole, contents)
    trail.keep("4-pages.html", html.text)
    try:
        with trail.stage("paginate"):
            printed = paginate(html)
    except Unfit as failed:
        paths = {path for path, file in contents.items() if picture_url(file) in failed.urls}
        raise Undrawable(frozenset(paths)) from failed
    trail.keep("5-drawn.pdf", printed)
    with trail.stage("read"):
        writer = pdf.clone(printed)
        strip_outlines(writer)
        elements = drawn_elements(writer)
    return DrawnPages(writer, elements, functools.partial(rework, writer), shown_counts(writer))
