"""Lines of a file become the parts of an official document: head, title, body, ending."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from yinfa.forms import Form, MadeOf, form_of
from yinfa.importing.addressees import addressed_at, addressees
from yinfa.importing.draft import (
    At,
    Draft,
    DraftLine,
    Notebook,
    Step,
    Tree,
    numbers,
    placed,
)
from yinfa.importing.enclosed import UNNAMED, issued_text
from yinfa.importing.ending import Ending, take_ending, take_imprint
from yinfa.importing.front import take_front
from yinfa.importing.labels import (
    LABEL,
    LABEL_AND_TITLE,
    Unit,
    has_label_and_title,
    is_label,
    split_units,
)
from yinfa.importing.marks import is_marked, value_of
from yinfa.importing.notation import literal
from yinfa.importing.outline import EMPTY_BODY, body_of
from yinfa.importing.title import (
    Title,
    genre_of,
    issuers_in,
    take_title,
    take_under_title,
)
from yinfa.importing.web import drop_chat_lines, drop_web_lines
from yinfa.words import DOCUMENT

MOST_DERIVED = 4  # names of a mark that the file does not have
MATERIAL, OFFICIAL = "材料", "公文"


def recognise(lines: list[DraftLine], stem: str, notebook: Notebook) -> Draft:
    """The draft of the document that *lines* are; *stem* names it where it has no title."""
    lines = drop_chat_lines(drop_web_lines(lines, notebook), notebook)
    if is_label(lines[0]) or has_label_and_title(lines[0]):
        return _attachment_alone(lines, stem, notebook)
    return _Assembly(lines, stem, notebook).draft()


def plain(lines: list[DraftLine], stem: str) -> Draft:
    """A draft that takes every line as a paragraph: it holds what nothing else can."""
    title = _named(stem)
    body: Tree = [At(literal(line.text, line.foreign), line.numbers) for line in lines]
    return Draft(
        {"文种": At(MATERIAL), "标题": At(title), "正文": At(body)},
        _once([title, *numbers(lines)]),
        titled=False,
    )


def _named(stem: str) -> str:
    """A title from the name of the file."""
    words = " ".join("".join(char for char in stem if char.isprintable()).split())
    return UNNAMED if not words or is_marked(words) or words.startswith("附件") else words


# --- an attachment on its own ----------------------------------------------------------------


def _attachment_alone(lines: list[DraftLine], stem: str, notebook: Notebook) -> Draft:
    """附件2 and its title, with nothing above."""
    keys: dict[str, At] = {"文种": At("附件")}
    number, title, body = _label_and_title(lines[0], lines[1:], notebook, keep_number=True)
    order: list[int | str] = list(lines[0].numbers)
    if number:
        keys["附件序号"] = At(str(number), lines[0].numbers)
    if title.lines:
        keys["标题"] = title.at
        order += [n for n in title.at.lines if n not in order]
    else:
        keys["标题"] = At(_named(stem))
        order.append(_named(stem))
        notebook.remark(lines[0], "没有认出附件的标题，请在“标题”后面写上，写了才能排版")
    keys |= body_of(body, notebook)
    order += placed(body) if body else [EMPTY_BODY]
    for line in body:
        if is_label(line):
            notebook.remark(line, "文件里还有一个附件，照原样留在正文里；一个附件请存一个文件")
    return Draft(keys, _once(order), bool(title.lines))


def _label_and_title(
    label: DraftLine, below: list[DraftLine], notebook: Notebook, keep_number: bool
) -> tuple[int, Title, list[DraftLine]]:
    """The number of *label*, the title on its line or below, and the lines of the text."""
    match = LABEL.fullmatch(label.text) or LABEL_AND_TITLE.match(label.text)
    assert match is not None
    number = value_of(match[1]) if match[1] else 0
    if keep_number:
        notebook.change(label, match[0], f"附件{number or ''}")
    if rest := label.text[match.end() :].strip():
        alone = replace(label, text=rest)
        return number, Title([alone]), below
    title = take_title(below)
    return number, title, below[title.taken :]


# --- a whole document ------------------------------------------------------------------------


class _Assembly:
    """Puts a document together from its parts, in the order of print."""

    def __init__(self, lines: list[DraftLine], stem: str, notebook: Notebook) -> None:
        self.notebook = notebook
        self.stem = stem
        self.keys: dict[str, At] = {}
        self.titled = True
        main, self.units = split_units(lines)
        front = take_front(main, notebook)
        self.head, self.title, below = front.head, front.title, front.below
        self.genre = self._genre()
        self.under: dict[str, At] = {}
        taken = 0
        if "signature_place" in self.form.keys:
            self.under, taken = take_under_title(below, notebook)
        below = below[taken:]
        at = addressed_at(below) if "addressees" in self.form.keys else None
        self.addressed = None if at is None else below[at]
        self.between = [] if at is None else below[:at]
        self.ending: Ending = take_ending(below if at is None else below[at + 1 :], notebook)
        self.issued: list[DraftLine] = []
        if "issued" in self.form.keys:
            self.issued = self.ending.rest
        elif self.ending.rest:
            self.units.insert(0, Unit(None, self.ending.rest))
        self.body = [*self.head.others, *self.between, *self.ending.body]

    @property
    def form(self) -> Form:
        form = form_of(self.genre)
        assert form is not None  # a genre is taken from the forms
        return form

    def draft(self) -> Draft:
        """The keys as a person would order them, and where each line of the file went."""
        self._late_imprint()
        imprinted = {"copied_to", "printed_on"} & self.ending.parts.keys()
        if imprinted and "copied_to" not in self.form.keys:
            self.genre = OFFICIAL
        if "signatories" in self.head.parts and self.genre not in self.form.upward:
            self.notebook.remark(
                self.head.parts["signatories"].lines[0],
                f"有签发人，“{self.genre}”却不是上行文，文种先写成“{OFFICIAL}”，请核对",
            )
            self.genre = OFFICIAL
        self._refuse_parts()
        attachments = self._attachments()
        issued = self._issued()
        self.keys["文种"] = At(self.genre)
        added_title = self._put_title()
        added_mark = self._put_issuer()
        for name in _HEAD_PARTS:
            if name in self.head.parts:
                self._put(name, self.head.parts[name])
        self._put_addressees()
        self.keys |= body_of(self.body, self.notebook)
        self._put_ending()
        if issued:
            self._put("issued", At([at for at, _ in issued]))
        if attachments:
            self._put("attachments", At([at for at, _ in attachments]))
        order = self._order(added_title, added_mark)
        for _, below in issued:
            order += below
        for _, below in attachments:
            order += below
        order += self._lines("copied_to", "printed_by", "printed_on")
        return Draft(self.keys, _once(order), self.titled)

    def _put(self, name: str, at: At) -> None:
        self.keys[DOCUMENT.named(name).chinese] = at

    def _lines(self, *names: str) -> list[int | str]:
        """The lines of the file on which the parts *names* stand."""
        found: list[int | str] = []
        for name in names:
            at = self.head.parts.get(name) or self.ending.parts.get(name)
            found += at.lines if at else ()
        if "copied_to" in names and "copied_to" in self.ending.parts:
            line = self.ending.typed["copied_to"][-1]
            if not line.text.endswith("。"):
                found.insert(len(self.ending.parts["copied_to"].lines), "。")
        return found

    # --- what kind of document ------------------------------------------------------------

    def _genre(self) -> str:
        mark = self.head.mark[-1] if self.head.mark else ""
        if "order_number" in self.head.parts:
            return "命令" if mark.endswith("命令") else "令"
        if mark.endswith("纪要"):
            return "纪要"
        lines = (genre_of(line.text) for line in self.title.lines)
        genre = genre_of(self.title.words) or next(filter(None, lines), "")
        official = bool(self.head.parts)
        form = form_of(genre)
        alone = form is not None and "issuer_mark" not in form.keys
        if form is None or not form.prints_title or (alone and official):
            return OFFICIAL if official else MATERIAL
        return genre

    def _refuse_parts(self) -> None:
        """Parts below the text that this kind of document has not stay in the text."""
        back: list[DraftLine] = []
        for name in ("date", "signature") if self.under else ():  # both stand under the title
            if self.ending.parts.pop(name, None):
                back += self.ending.typed[name]
        for name in list(self.ending.parts):
            forms = DOCUMENT.named(name).forms
            if forms and self.form.name not in forms:
                back += self.ending.typed[name]
                del self.ending.parts[name]
        self._back_to_text(_unique(back))

    def _back_to_text(self, lines: Sequence[DraftLine]) -> None:
        """Keep *lines* as paragraphs at the end of the text, as they were typed."""
        taken = set(numbers(lines))
        changes = self.notebook.changes[Step.STRUCTURE]
        changes[:] = [change for change in changes if change.line not in taken]
        self.body += sorted(lines, key=lambda line: line.number)
        for line in lines:
            self.notebook.remark(line, "这一行没有合适的位置，照原样放在正文末尾，请核对")

    # --- the parts ------------------------------------------------------------------------

    def _put_title(self) -> list[int | str]:
        """Put the title; what is printed though the file does not have it."""
        if self.title.lines:
            self._put("title", self.title.at)
            return []
        if not self.form.prints_title and self.head.mark:
            self._put("title", At("".join(self.head.mark)))
            return []
        name = _named(self.stem)
        self._put("title", At(name))
        self.notebook.remark(0, "没有认出标题，请在“标题”后面写上，写了才能排版")
        self.titled = False
        return [name]

    def _put_issuer(self) -> list[int | str]:
        """Put issuers and mark; the mark that is printed though the file does not have it."""
        signature = self.ending.parts.pop("signature", None) or self.under.get("signature")
        signers = _names(signature.tree) if signature else []
        self.signed: list[int | str] = list(signature.lines) if signature else []
        mark = [*self.head.mark]
        numbered = "document_number" in self.head.parts
        form = self.form.letterhead
        if form.made_of is not MadeOf.ISSUERS:
            if signature:
                self._put("signature", signature)
            if mark:
                self._put("issuer_mark", _listed(mark, self.head.parts["issuer_mark"].lines))
            elif form.required and form.made_of is None:
                self._put("letterhead", At("无"))
            return []
        if signature:
            self._put("issuer", signature)
        elif numbered or "date" in self.ending.parts:
            signers = issuers_in(self.title.words)
            if signers:
                self._put("issuer", At(_one_or_many(signers)))
                self.signed = list(signers)
                self.notebook.remark(0, f"没有署名，发文机关“{'、'.join(signers)}”取自标题，请核对")
        suffix = form.suffix if numbered else ""
        usual = [*signers[:-1], signers[-1] + suffix] if signers else []
        if mark and mark != usual:
            self._put("issuer_mark", _listed(mark, self.head.parts["issuer_mark"].lines))
        if mark or (form.numbered and not numbered):
            return []
        if not signers:
            if form.required and not numbered:
                self._put("letterhead", At("无"))
                return []
            self.notebook.remark(0, "没有认出发文机关，请写上“发文机关”，否则印不出版头")
            if form.required:
                self.genre = OFFICIAL
                self.keys["文种"] = At(OFFICIAL)
            return []
        if len(usual) > MOST_DERIVED:  # 7.2.4 lets the sponsor's name stand alone
            usual = [signers[0] + suffix]
            self._put("issuer_mark", At(usual[0]))
        source = "署名" if signature else "标题"
        self.notebook.remark(0, f"版头的发文机关标志“{'、'.join(usual)}”取自{source}")
        return list(usual)

    def _put_addressees(self) -> None:
        line = self.addressed
        if line is None:
            return
        self._put("addressees", addressees(line, self.notebook))

    def _put_ending(self) -> None:
        if self.ending.names and not self.units:
            self._put("attachment_list", self.ending.parts["attachment_list"])
        if self.under:
            self._put("signature_place", At("题下"))
            self._put("date", self.under["date"])
        for name in ("date", "note", "attended", "excused", "observers", "copied_to",
                     "printed_by", "printed_on"):  # fmt: skip
            if name in self.ending.parts and not (name == "date" and self.under):
                self._put(name, self.ending.parts[name])

    def _order(self, title: list[int | str], mark: list[int | str]) -> list[int | str]:
        """The lines of all but the attachments and the imprint, in the order of print."""
        order = [*self._lines("copy_number", "classification", "urgency", "issuer_mark"), *mark]
        order += [*self._lines("document_number", "order_number", "signatories"), *title]
        order += self.title.at.lines
        if self.under:
            order += [*self.signed, *self.under["date"].lines]
        order += self.addressed.numbers if self.addressed else ()
        order += placed(self.body) if self.body else [EMPTY_BODY]
        order += self.listed
        if not self.under:
            order += [*self.signed, *self._lines("date")]
        return [*order, *self._lines("note", "attended", "excused", "observers")]

    # --- attachments ------------------------------------------------------------------------

    def _late_imprint(self) -> None:
        """版记 stands after the last attachment in print, and in many files."""
        last = self.units[-1].lines if self.units else self.issued
        if last and "printed_on" not in self.ending.parts:
            take_imprint(last, self.ending, self.notebook)

    def _issued(self) -> list[tuple[At, list[int | str]]]:
        """What the document issues or passes on, each text with its lines in print order."""
        found = []
        lines = self.issued
        while lines:
            self.notebook.remark(lines[0], "日期之后的另一篇文字收作“印发件”，请核对")
            at, order, lines = issued_text(lines, self.notebook)
            found.append((at, order))
        return found

    def _attachments(self) -> list[tuple[At, list[int | str]]]:
        """Each attachment, and its lines in the order of print; settles 附件说明 with them."""
        self.listed: list[int | str] = self._lines("attachment_list")
        found, titles = [], []
        for number, unit in enumerate(self.units, 1):
            at, below, title = self._attachment(unit, number)
            found.append((at, below))
            titles.append(title)
        if not self.units:
            return []
        if [_bare(name) for name in self.ending.names] == [_bare(title) for title in titles]:
            return found
        if self.ending.names:
            self.notebook.remark(
                self.ending.typed["attachment_list"][0],
                "附件说明与后面附件的标题不一致，两处都留着，请核对后删去一处",
            )
            del self.ending.parts["attachment_list"]
            self._back_to_text(self.ending.typed["attachment_list"])
        else:
            self.notebook.remark(0, "文件里没有附件说明，印出来的附件说明由附件标题组成")
        marks = [f"{number}." if len(titles) > 1 else "" for number in range(1, len(titles) + 1)]
        self.listed = ["附件：", *(mark + title for mark, title in zip(marks, titles, strict=True))]
        return found

    def _attachment(self, unit: Unit, number: int) -> tuple[At, list[int | str], str]:
        """One attachment: its part of the source, its lines in the order of print, its title."""
        printed = f"附件{number if len(self.units) > 1 else ''}"
        order: list[int | str] = []
        if unit.label is None:
            title = take_title(unit.lines)
            body = unit.lines[title.taken :]
            order.append(printed)
            self.notebook.remark(
                unit.lines[0], f"日期之后的另一篇文字收作附件，印出来有“{printed}”，请核对"
            )
        else:
            typed = unit.label.text
            given, title, body = _label_and_title(unit.label, unit.lines, self.notebook, False)
            label = (
                typed[: len(typed) - len(title.words)]
                if title.lines[:1] and (title.lines[0].numbers == unit.label.numbers)
                else typed
            )
            self.notebook.change(unit.label, label, printed)
            if given and given != number:
                self.notebook.remark(
                    unit.label, f"附件的序号是{given}，按先后印成“{printed}”，请核对"
                )
            order += unit.label.numbers
        words = title.words
        tree: dict[str, At] = {"标题": title.at}
        if not title.lines:
            listed = self.ending.names[number - 1 : number]
            words = listed[0] if listed else UNNAMED
            tree = {"标题": At(words)}
            order.append(words)
            self.notebook.remark(
                unit.label or unit.lines[0], f"没有认出附件的标题，先写“{words}”，请核对"
            )
        tree |= body_of(body, self.notebook)
        order += [n for n in title.at.lines if n not in order]
        order += placed(body) if body else [EMPTY_BODY]
        return (
            At(tree, (*(unit.label.numbers if unit.label else ()), *title.at.lines)),
            order,
            words,
        )


_HEAD_PARTS = (
    "copy_number", "classification", "urgency", "document_number", "order_number", "signatories",
)  # fmt: skip


def _names(tree: Tree) -> list[str]:
    return [str(at.tree) for at in tree] if isinstance(tree, list) else [str(tree)]


def _one_or_many(names: Sequence[str]) -> Tree:
    return names[0] if len(names) == 1 else [At(name) for name in names]


def _listed(names: Sequence[str], lines: tuple[int, ...]) -> At:
    return At(_one_or_many(names), lines)


def _bare(words: str) -> str:
    return "".join(words.split())


def _once(order: Iterable[int | str]) -> list[int | str]:
    """*order* with every line of the file once: several parts may stand on one."""
    seen: set[int] = set()
    kept: list[int | str] = []
    for entry in order:
        if isinstance(entry, str) or entry not in seen:
            kept.append(entry)
        if isinstance(entry, int):
            seen.add(entry)
    return kept


def _unique(lines: Iterable[DraftLine]) -> list[DraftLine]:
    return list({line.number: line for line in lines}.values())
