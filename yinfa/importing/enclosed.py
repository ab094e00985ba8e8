"""A text that a document issues or passes on: with addressees, signature and date of its own."""

from __future__ import annotations

from yinfa.importing.addressees import addressees, is_addressed
from yinfa.importing.draft import At, DraftLine, Notebook, placed
from yinfa.importing.ending import Ending, take_ending
from yinfa.importing.outline import EMPTY_BODY, body_of
from yinfa.importing.title import take_title, title_note

UNNAMED = "无标题"


def issued_text(
    lines: list[DraftLine], notebook: Notebook
) -> tuple[At, list[int | str], list[DraftLine]]:
    """The first text of *lines*, its lines in print order, and the lines that follow it."""
    title = take_title(lines)
    body = lines[title.taken :]
    words = title.at
    order: list[int | str] = [*words.lines]
    if not title.lines:
        words, order = At(UNNAMED), [UNNAMED]
        notebook.remark(body[0], f"没有认出它的标题，先写“{UNNAMED}”，请核对")
    tree: dict[str, At] = {"标题": words}
    if note := title_note(body):
        inside = note.text[1:-1].strip()
        notebook.change(note, note.text, f"（{inside}）")
        tree["题注"] = At(inside, note.numbers)
        order += note.numbers
        body = body[1:]
    if len(body) > 1 and is_addressed(body[0]):
        tree["主送"] = addressees(body[0], notebook)
        order += body[0].numbers
        body = body[1:]
    ending = _own_ending(body, notebook)
    tree |= body_of(ending.body, notebook)
    order += placed(ending.body) if ending.body else [EMPTY_BODY]
    for key, name in (("署名", "signature"), ("成文日期", "date")):
        if name in ending.parts:
            tree[key] = ending.parts[name]
            order += ending.parts[name].lines
    return At(tree, title.at.lines), order, ending.rest


def _own_ending(body: list[DraftLine], notebook: Notebook) -> Ending:
    """Signature and date of *body*, where it ends with them and with nothing else."""
    state = notebook.state()
    ending = take_ending(body, notebook) if body else Ending(body)
    if "date" in ending.parts and not ending.parts.keys() - {"date", "signature"}:
        return ending
    notebook.go_back(state)
    return Ending(body)
