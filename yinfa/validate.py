"""A Source becomes a Document, or all its faults at once."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

from yinfa import words
from yinfa.arranging.numbering import written_date
from yinfa.forms import Form, form_named, form_of
from yinfa.house import obey, overruled
from yinfa.load import Mapping, Scalar, Source, in_order
from yinfa.model import (
    Attachment,
    Attendance,
    Document,
    DraftStyle,
    FolioStyle,
    House,
    Imprint,
    Issued,
    Output,
    Text,
    Waiver,
)
from yinfa.report import Finding, SourceFault
from yinfa.validating.body import body, refuse_typed_number
from yinfa.validating.head import letterhead
from yinfa.validating.notation import refuse_notation
from yinfa.validating.ordinals import running
from yinfa.validating.reader import Fields, Reader, clip
from yinfa.validating.signing import signature
from yinfa.words import Type, Word

_ATTACHMENT_LABEL = r"附件\s*[0-9０-９一二三四五六七八九十]*\s*[：:]|附件\s*[0-9]+"
GENERAL = "notice"  # what a document is read as whose form is not known
_SEPARATORS = r"[、；;，,]"
_RULE = r"[A-Z]{2}-\d{2}"


def validate(source: Source) -> Document:
    """The document that *source* describes, or a SourceFault with all its faults by place."""
    if is_bundle(source):
        hint = f"请先运行 yinfa bundle {source.path}；打印、做小册子、分发，再用 build/ 里的 PDF"
        raise SourceFault((Finding(source.root.place, "这是会议材料汇编，不是公文", hint),))
    reader = Reader(source)
    known, genre = _form(reader, source.root)
    fields = reader.fields(source.root, words.DOCUMENT, known.name if known else "")
    form = known or form_named(GENERAL)
    _version(fields)
    title, title_lines = fields.title()
    _refuse_label(reader, title)
    attachments = _attachments(fields)
    house, house_rules = obey(reader, _house(fields))
    output = _output(fields, house_rules)
    document = Document(
        path=source.path,
        form=form,
        genre=genre,
        title=title,
        title_lines=title_lines,
        attachment_number=fields.integer("attachment_number", 0),
        letterhead=letterhead(fields, form, genre),
        addressees=_addressees(fields),
        body=body(fields),
        attachment_list=_attachment_list(fields, attachments),
        attachments=attachments,
        signature=signature(fields),
        note=_note(fields),
        attendance=_attendance(fields),
        imprint=_imprint(fields),
        output=output,
        keywords=_keywords(fields),
        waivers=_waivers(fields),
        house=house,
        house_rules=overruled(house_rules, output.folio),
        pictures=tuple(one.file for one in reader.pictures.values() if one.file),
        file=source.file,
        issued=_issued(fields),
        running=running(fields),
    )
    _refuse_issued_as_attachment(fields, document)
    refuse_notation(reader, document)
    reader.settle()
    _remark(fields, document)
    return replace(document, remarks=in_order(reader.remarks))


def _remark(fields: Fields, document: Document) -> None:
    """Tell of what the page will not show, or will lack, though nobody said so."""
    form, letterhead = document.form, document.letterhead
    mark = "".join(map(str, letterhead.mark))
    if not document.prints_title and not str(document.title).startswith(mark):
        fields.reader.remark(
            document.title.place,
            f"“{document.genre}”不印标题：“{clip(str(document.title))}”只作文件名和 PDF 的标题",
            f"印出来的是发文机关标志“{clip(mark)}”和令号；要印的话请写进正文",
            "10.2",
        )
    if "draft" in fields:
        return
    numbers = [name for name in ("document_number", "order_number") if name in form.keys]
    if numbers and mark and not letterhead.number and not form.serial_number:
        name = fields.shown(numbers[0])
        fields.reader.remark(fields.place, f"有版头，没有“{name}”", f"请写上“{name}”", "7.2.5")
    dated = document.signature.date or document.signature.date_blank
    if form.measures.mark and "signing" in form.keys and not dated:
        name = fields.shown("date")
        fields.reader.remark(fields.place, f"没有“{name}”", f"请写上“{name}”", "7.3.5.4")


def is_bundle(source: Source) -> bool:
    """Whether *source* says what a bundle says, and no document."""
    keys = {word.value for word, _ in source.root.items}
    materials, form = words.BUNDLE.named("materials"), words.DOCUMENT.named("form")
    spelt = {materials.chinese, materials.name}
    return bool(keys & spelt) and not keys & {form.chinese, form.name}


def _form(reader: Reader, root: Mapping) -> tuple[Form | None, str]:
    """The form and the word of the source for it; no form where that word is wrong or missing."""
    key = words.DOCUMENT.named("form")
    for word, value in root.items:
        if words.DOCUMENT.key(word.value) is key and isinstance(value, Scalar):
            genre = value.value.strip()
            if found := form_of(genre):
                return found, genre
            if genre:
                fields = Fields(reader, words.DOCUMENT, value.place)
                fields.entries["form"] = (word, value)
                fields.choice("form")
                return None, genre
    value_of = {words.DOCUMENT.key(word.value): value for word, value in root.items}
    if key in value_of:
        reader.text(value_of[key], key.shown(reader.english))
    return None, ""


def _version(fields: Fields) -> None:
    version = fields.integer("version", 1)
    if version != 1:
        fields.wrong(
            "version",
            f"“{fields.shown('version')}”是{version}，这个程序只懂版本1的写法",
            "请用较新的程序，或照使用手册改成版本1的写法，写“版本: 1”",
        )


def _refuse_label(reader: Reader, title: Text) -> None:
    """Tell of 附件2 typed before a title, and of a typed number."""
    refuse_typed_number(reader, title)
    if match := re.match(_ATTACHMENT_LABEL, title.value):
        reader.wrong(
            title.place, f"标题前写了“{match[0]}”", "附件的序号由程序印在上一行，请删去", "7.3.7"
        )


def _addressees(fields: Fields) -> tuple[Text, ...]:
    """主送机关, without the colon that the program sets."""
    texts = fields.texts("addressees")
    return tuple(Text(text.value.rstrip("：:").rstrip(), text.place) for text in texts)


def _attachments(fields: Fields) -> tuple[Attachment, ...]:
    """The attachments bound with the document, numbered when there are several."""
    values = list(fields.items("attachments", Type.RECORDS))
    found = []
    for number, value in enumerate(values, 1):
        below = fields.reader.fields(value, words.ATTACHMENT)
        title, lines = below.title()
        _refuse_label(fields.reader, title)
        given = below.integer("number", number)
        if given != number:
            below.wrong(
                "number",
                f"“{below.shown('number')}”是{given}，按顺序应是{number}",
                "附件从1起依次编号，不重不漏；可以不写，由程序编",
                "7.3.4",
            )
        shown = number if len(values) > 1 else 0
        found.append(Attachment(shown, title, lines, body(below), below.place, running(below)))
    return tuple(found)


def _attachment_list(fields: Fields, attachments: tuple[Attachment, ...]) -> tuple[Text, ...]:
    """附件说明: as given, else the titles of the attachments; both must agree."""
    names = fields.texts("attachment_list")
    for name in names:
        if name.value[-1] in "。；，、;,":
            fields.reader.wrong(
                name.place,
                f"附件名称后面有“{name.value[-1]}”",
                "附件名称后不加标点，请删去",
                "7.3.4",
            )
    titles = tuple(attachment.title for attachment in attachments)
    if not names or not titles:
        return names or titles
    if len(names) != len(titles):
        fields.wrong(
            "attachment_list",
            f"“{fields.shown('attachment_list')}”有{len(names)}个，附件有{len(titles)}个",
            "两处应一致；附件都在本文件里的，附件说明可以不写",
            "7.3.4",
        )
    for name, title in zip(names, titles, strict=False):
        if "".join(name.value.split()) != "".join(title.value.split()):
            fields.reader.wrong(
                name.place,
                f"附件说明“{clip(name.value)}”与第{title.place.line}行的附件标题"
                f"“{clip(title.value)}”不一致",
                "两处的名称和顺序应一致；附件都在本文件里的，附件说明可以不写",
                "7.3.7",
            )
    return names


def _issued(fields: Fields) -> tuple[Issued, ...]:
    """What the document issues, bound with it."""
    found = []
    for value in fields.items("issued", Type.RECORDS):
        below = fields.reader.fields(value, words.ISSUED)
        title, lines = below.title()
        _refuse_label(fields.reader, title)
        note = _bracketed(below.text("title_note"))
        day = below.date("date")
        date = Text(written_date(day.date), day.place) if day.date and day.place else None
        if day.blank:
            below.wrong("date", "所转发文件的成文日期不能空白", "请写上日期，或删去")
        found.append(
            Issued(
                title,
                lines,
                note,
                body(below),
                below.place,
                running(below),
                addressees=_addressees(below),
                issuers=below.texts("signature"),
                date=date,
            )
        )
    return tuple(found)


def _refuse_issued_as_attachment(fields: Fields, document: Document) -> None:
    """Tell of what is issued and listed as an attachment as well, 7.3.4."""
    titles = {"".join(issued.title.value.split()) for issued in document.issued}
    for name in document.attachment_list:
        if "".join(name.value.split()) in titles:
            shown = fields.shown("issued")
            fields.reader.wrong(
                name.place,
                f"“{clip(name.value)}”写在“{shown}”里，又列为附件",
                "所印发的文件不是附件，不列入附件说明，请删去一处",
                "7.3.4",
            )


def _note(fields: Fields) -> Text | None:
    """附注, 7.3.6."""
    return _bracketed(fields.text("note"))


def _bracketed(note: Text | None) -> Text | None:
    """*note* in its brackets."""
    if note is None or (note.value.startswith("（") and note.value.endswith("）")):
        return note
    words_inside = note.value
    if words_inside.startswith("(") and words_inside.endswith(")"):
        words_inside = words_inside[1:-1]
    return Text(f"（{words_inside}）", note.place)


def _attendance(fields: Fields) -> tuple[Attendance, ...]:
    """出席, 请假 and 列席, in the order of 10.3."""
    found = []
    for name in ("attended", "excused", "observers"):
        if names := fields.texts(name):
            found.append(Attendance(fields.kind.named(name).chinese, names))
    return tuple(found)


def _imprint(fields: Fields) -> Imprint:
    day = fields.date("printed_on")
    if day.blank:
        fields.wrong("printed_on", f"“{fields.shown('printed_on')}”不能空白", "请写上日期，或删去")
    return Imprint(fields.texts("copied_to"), fields.text("printed_by"), day.date, day.place)


def _output(fields: Fields, house: House) -> Output:
    """How the document is to be put out."""
    imprinted = any(name in fields for name in ("copied_to", "printed_by", "printed_on"))
    draft = fields.text("draft")
    style = fields.choice("draft_style")
    if style and not draft:
        fields.wrong(
            "draft_style",
            f"写了“{fields.shown('draft_style')}”，没有写“{fields.shown('draft')}”",
            f"请写上“{fields.shown('draft')}: 征求意见稿”，或删去这一项",
        )
    folio = fields.choice("folio")
    return Output(
        first_page=fields.integer("first_page", 1),
        folio=FolioStyle(folio.value) if folio else house.folio or FolioStyle.OUTSIDE,
        duplex=fields.yes("duplex", default=imprinted),
        mirrored=_is(fields.choice("binding"), "duplex"),
        draft=str(draft or ""),
        draft_style=DraftStyle(style.value) if style else DraftStyle.CORNER,
        carry_source=fields.yes("carry_source", default="classification" not in fields),
    )


def _is(word: Word | None, value: str) -> bool:
    return word is not None and word.value == value


def _keywords(fields: Fields) -> tuple[str, ...]:
    words_given = [
        part.strip()
        for text in fields.texts("keywords")
        for part in re.split(_SEPARATORS, text.value)
    ]
    return tuple(filter(None, words_given))


def _waivers(fields: Fields) -> tuple[Waiver, ...]:
    """The rules this document is excused from, each with its reason."""
    value = fields.value("waivers", Type.REASONS)
    if value is None:
        return ()
    if not isinstance(value, Mapping):
        fields.wrong(
            "waivers", f"“{fields.shown('waivers')}”应是“编号: 理由”", "如 TI-03: 标题有固定名称"
        )
        return ()
    found: dict[str, Waiver] = {}
    for word, content in value.items:
        if not re.fullmatch(_RULE, word.value):
            fields.reader.wrong(
                word.place,
                f"“{clip(word.value)}”不是规则编号",
                "编号见检查报告方括号里的，如 TI-03",
            )
        elif word.value in found:
            fields.reader.wrong(word.place, f"“{word.value}”写了两次", "请合成一项")
        else:
            found[word.value] = Waiver(word.value, fields.reader.text(content, word.value))
    return tuple(found.values())


def _house(fields: Fields) -> Path | None:
    """The file of the house's own rules; it may serve several folders."""
    text = fields.text("house")
    if text is None:
        return None
    try:
        path = (fields.reader.folder / text.value).resolve()
        if path.is_file():
            return path
    except (OSError, ValueError, RuntimeError):
        pass
    fields.wrong(
        "house",
        f"“{fields.shown('house')}”找不到文件：{clip(text.value, 40)}",
        "请核对文件名；路径从本文件所在的文件夹算起",
    )
    return None
