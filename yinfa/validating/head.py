"""What stands above the red rule, 7.2."""

from __future__ import annotations

import re

from yinfa.forms import Form, LetterheadForm, MadeOf
from yinfa.model import Letterhead, Text
from yinfa.validating.reader import Fields, clip
from yinfa.words import CLASSIFICATIONS, DISTRIBUTED, MINUTES_NUMBER

COPY_NUMBER_DIGITS = 6  # 7.2.1

_NUMBER = r"([^\s\[\]()【】〔〕（）［］]+)〔(\d{4}|×{4})〕([1-9]\d*|×+)号"
_LOOSE_NUMBER = (
    r"(?P<agency>.+?)\s*[\[(【〔（［{〖]\s*(?P<year>\d{4}|×{4})\s*[\])】〕）］}〗]"
    r"\s*(?:第\s*)?0*(?P<serial>[1-9]\d*|×+)\s*号?"
)
_BRACKETS = r"[\[(【（［{〖].*[\])】）］}〗]"
_YEAR = r"〔([^〕]*)〕"
_TERM = r"(?:[1-9]\d*(?:年|个月|月|日|天)|长期)"
_ONLY_WITH_MARK = (
    "issuer_mark", "copy_number", "classification", "urgency", "document_number", "order_number",
    "signatories",
)  # fmt: skip


def letterhead(fields: Fields, form: Form, genre: str) -> Letterhead:
    """The letterhead of *fields*; without a mark the document has none."""
    kind = fields.choice("letterhead")
    mark, suffix = _mark(fields, form.letterhead, genre)
    if kind and kind.value == "none":
        mark = ()
        for name in _ONLY_WITH_MARK:
            if name in fields:
                fields.wrong(
                    name,
                    f"没有版头的公文不印“{fields.shown(name)}”",
                    f"请删去这一项，或把“{fields.shown('letterhead')}”改成“有”",
                )
    elif form.letterhead.required and not mark:
        _require_mark(fields, form.letterhead)
    elif not mark:
        _tell_of_no_mark(fields, form, asked=kind is not None)
    number = _number(fields, form)
    copy_number, room = _copy_number(fields)
    order_number = fields.text("order_number")
    return Letterhead(
        copy_number=copy_number,
        classification=_classification(fields),
        urgency=_urgency(fields),
        mark=mark,
        mark_suffix=suffix if mark else "",
        number=order_number or number,
        signatories=_signatories(fields, form, genre),
        preprinted=kind is not None and kind.value == "preprinted",
        copy_number_room=room,
    )


def _require_mark(fields: Fields, form: LetterheadForm) -> None:
    name, letterhead = fields.shown("issuer_mark"), fields.shown("letterhead")
    none = "none" if fields.reader.english else "无"
    fields.reader.wrong(
        fields.place,
        f"缺少“{name}”",
        f"请写上，如“{name}: {form.example}”，或写“{letterhead}: {none}”",
    )


def _tell_of_no_mark(fields: Fields, form: Form, *, asked: bool) -> None:
    """Tell of a letterhead that is wanted, or may be, and cannot be printed."""
    names = ["document_number"] if form.letterhead.numbered else []
    lacking = [fields.shown(name) for name in (*names, "issuer") if name not in fields]
    letterhead, none = fields.shown("letterhead"), "none" if fields.reader.english else "无"
    said = "”和“".join(lacking)
    hint = f"请写上“{said}”；不要版头的写“{letterhead}: {none}”"
    if asked:
        message = f"没有“{said}”，印不出版头"
        fields.wrong("letterhead", message, hint, "7.2")
    elif form.letterhead.made_of and "issuer" in fields and "draft" not in fields:
        fields.reader.remark(fields.place, f"没有“{said}”，不印版头", hint, "7.2.5")


def _mark(fields: Fields, form: LetterheadForm, genre: str) -> tuple[tuple[Text, ...], str]:
    """The issuer mark: as given, else from the issuers; and 文件 where it ends so."""
    given = fields.texts("issuer_mark")
    if given:
        return _given_mark(fields, form, given)
    issuers = fields.texts("issuer")
    if form.made_of is None or (form.numbered and "document_number" not in fields):
        return (), ""
    if form.made_of is MadeOf.SPONSOR:
        issuers = issuers[:1]
    ending = form.ending(genre)
    return tuple(Text(text.value + ending, text.place) for text in issuers), form.suffix


def _given_mark(
    fields: Fields, form: LetterheadForm, given: tuple[Text, ...]
) -> tuple[tuple[Text, ...], str]:
    for text in given:
        if form.endings and not text.value.endswith(form.endings):
            fields.reader.wrong(
                text.place,
                f"“{fields.shown('issuer_mark')}”应以“{form.endings[0]}”结尾",
                f"请写成“{clip(text.value)}{form.endings[0]}”",
                form.clause,
            )
    if not form.suffix:
        return given, ""
    suffix = ""
    names = []
    for text in given:
        name = text.value
        if name.endswith(form.suffix) and name != form.suffix:
            name, suffix = name.removesuffix(form.suffix).rstrip(), form.suffix
        elif name == form.suffix:
            suffix = form.suffix
            continue
        names.append(Text(name, text.place))
    return tuple(names), suffix


def _copy_number(fields: Fields) -> tuple[Text | None, bool]:
    """份号, six digits, 7.2.1; or whether its line stays free until the copies are numbered."""
    text = fields.text("copy_number")
    if text is None:
        return None, False
    if text.value in DISTRIBUTED.spellings:
        return None, True
    digits = text.value
    if not (digits.isascii() and digits.isdigit() and len(digits) <= COPY_NUMBER_DIGITS):
        fields.wrong(
            "copy_number",
            f"“{fields.shown('copy_number')}”应是一至六位数字，这里是“{clip(digits)}”",
            "如 000001；由 yinfa copies 给每份编号的，写“分发”",
            "7.2.1",
        )
    return Text(digits.zfill(COPY_NUMBER_DIGITS), text.place), False


def _classification(fields: Fields) -> Text | None:
    """密级 and 保密期限 as they are printed, 7.2.2."""
    text, term = fields.text("classification"), fields.text("classification_term")
    if text is None:
        if term:
            fields.wrong(
                "classification_term",
                f"写了“{fields.shown('classification_term')}”，没有写“{fields.shown('classification')}”",
                "请写上密级，或删去这一项",
                "7.2.2",
            )
        return None
    level, star, given = text.value.partition("★")
    word = next((word for word in CLASSIFICATIONS if level.strip() in word.spellings), None)
    if word is None:
        fields.wrong(
            "classification",
            f"“{fields.shown('classification')}”不能是“{clip(text.value)}”",
            "可用的有：绝密、机密、秘密；可带保密期限，如 机密★1年",
            "7.2.2",
        )
        return text
    if star and term:
        fields.wrong(
            "classification_term", "保密期限写了两处", "“★”后面已有保密期限，请删去一处", "7.2.2"
        )
    wanted = given.strip() if star else str(term or "")
    if (star or term) and not re.fullmatch(_TERM, wanted, re.ASCII):
        fields.wrong(
            "classification" if star else "classification_term",
            f"保密期限不能是“{clip(wanted)}”",
            "写成 1年、6个月、10日 或 长期，用半角阿拉伯数字",
            "7.2.2",
        )
    return Text(word.chinese[0] + (f"★{wanted}" if wanted else ""), text.place)


def _urgency(fields: Fields) -> Text | None:
    word = fields.choice("urgency")
    if word is None:
        return None
    return Text(word.chinese[0], fields.key_place("urgency"))


def _number(fields: Fields, form: Form) -> Text | None:
    """发文字号: 机关代字〔年份〕顺序号, 7.2.5; of minutes also 第9期 and the like, 10.3."""
    text = fields.text("document_number")
    if text is None or re.fullmatch(_NUMBER, text.value, re.ASCII):
        return text
    if form.serial_number and re.fullmatch(MINUTES_NUMBER, text.value):
        return text
    name, words = fields.shown("document_number"), text.value
    loose = re.fullmatch(_LOOSE_NUMBER, words, re.ASCII)
    hint = "写成 机关代字〔四位年份〕顺序号，如 ×××〔2012〕10号"
    if loose:
        hint = f"请写成“{loose['agency'].strip()}〔{loose['year']}〕{loose['serial']}号”"
    if form.serial_number:
        hint += "；纪要也可写成 第9期、2012年第9期、〔2012〕9号"
    year = re.search(_YEAR, words)
    if re.search(_BRACKETS, words):
        message = "的年份应放在六角括号“〔〕”里"
    elif year and not re.fullmatch(r"\d{4}|×{4}", year[1], re.ASCII):
        message = f"的年份应是四位数字，这里是“〔{clip(year[1])}〕”"
    elif not year:
        message = "缺少用“〔〕”括起来的年份"
    elif "第" in words[year.end() :]:
        message = "的顺序号前不加“第”"
    elif words[year.end() :].startswith("0"):
        message = "的顺序号不编虚位，1不编为01"
    elif not words.endswith("号"):
        message = "的顺序号后面缺少“号”"
    else:
        message = "不合“机关代字〔年份〕顺序号”的写法"
    fields.wrong("document_number", f"“{name}”{message}：“{clip(words, 30)}”", hint, "7.2.5")
    return text


def _signatories(fields: Fields, form: Form, genre: str) -> tuple[Text, ...]:
    """签发人 of an upward document, not more than there are issuers, 7.2.6."""
    names = fields.texts("signatories")
    if not names:
        return names
    shown = fields.shown("signatories")
    if genre not in (*form.upward, form.name):
        fields.wrong(
            "signatories",
            f"“{clip(genre)}”不是上行文，不标“{shown}”",
            f"标签发人的是{'、'.join(form.upward[:3])}；不需要的请删去",
            "7.2.6",
        )
    issuers = len(fields.texts("issuer")) or len(fields.texts("issuer_mark"))
    if len(names) > max(issuers, 0):
        fields.wrong(
            "signatories",
            f"有{len(names)}个签发人，只有{issuers}个发文机关",
            f"一个机关一个签发人；联合行文的请在“{fields.shown('issuer')}”下写全各机关",
            "7.2.6",
        )
    return names
