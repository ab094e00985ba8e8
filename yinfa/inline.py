"""The notation within a text: [注1], [粗：…], [上标：2], [链接：…|…], [换行]; [[ prints a bracket.

Nothing else is notation. What looks like it and is not, is a fault: it would be printed as typed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from enum import StrEnum

LINK, BREAK, CALL = "链接", "换行", "注"
ADDRESS = re.compile(r"(https?://|mailto:)[!-~]+", re.ASCII)

_OPENING = re.compile(r"\[([\u4e00-\u9fff]{1,4})[：:]")
_CALLING = re.compile(rf"\[{CALL}(\d{{1,4}})\]", re.ASCII)
_BREAKING = f"[{BREAK}]"
MOST_NESTED = 8
_TAKEN = re.compile(rf"\[(?=\[|{CALL}\d{{1,4}}\]|{BREAK}\]|[\u4e00-\u9fff]{{1,4}}[：:])", re.ASCII)
_TOKEN = re.compile(r"\[\[|\[|\]|[^\[\]]+")


class Emphasis(StrEnum):
    """What may be said of words within a text; the value is the word of the notation."""

    BOLD = "粗"
    UNDERLINE = "下划"
    STRIKE = "删"
    DOTTED = "着重"
    SUPERSCRIPT = "上标"
    SUBSCRIPT = "下标"


WORDS = (*(emphasis.value for emphasis in Emphasis), LINK)


@dataclass(frozen=True, slots=True)
class Span:
    """Words that are set alike; *start* is where in the text they are typed."""

    text: str
    start: int
    emphases: frozenset[Emphasis] = frozenset()
    link: str = ""
    note: int = 0  # calls the footnote of that number
    ends_line: bool = False


@dataclass(frozen=True, slots=True)
class InlineFault:
    """What is wrong at *start* of a text, and what to do."""

    start: int
    message: str
    hint: str


@dataclass
class _Bracket:
    """A bracket that waits for its end."""

    start: int
    word: str  # of the notation; empty for a bracket that is printed
    spans: list[Span] = field(default_factory=list)


def parse(text: str) -> tuple[tuple[Span, ...], tuple[InlineFault, ...]]:
    """The spans of *text*, and what is no notation though it looks like it."""
    if "[" not in text:
        return ((Span(text, 0),) if text else ()), ()
    stack = [_Bracket(0, "")]
    faults: list[InlineFault] = []
    at = 0
    while at < len(text):
        at = _step(text, at, stack, faults)
    for unclosed in stack[1:]:
        if unclosed.word:
            message = f"“[{unclosed.word}：”没有“]”"
            faults.append(InlineFault(unclosed.start, message, "请在要标的文字后面写上“]”"))
    spans = [span for each in stack for span in each.spans]
    return _joined(spans), tuple(faults)


def _step(text: str, at: int, stack: list[_Bracket], faults: list[InlineFault]) -> int:
    """Read what stands at *at*; where the next begins."""
    if text.startswith("[[", at):
        stack[-1].spans.append(Span("[", at))
        stack.append(_Bracket(at, ""))
        return at + 2
    if call := _CALLING.match(text, at):
        stack[-1].spans.append(Span("", at, note=int(call[1])))
        return call.end()
    if text.startswith(_BREAKING, at):
        stack[-1].spans.append(Span("", at, ends_line=True))
        return at + len(_BREAKING)
    if opening := _OPENING.match(text, at):
        if len(stack) > MOST_NESTED:
            hint = "请减少套用的标记"
            faults.append(InlineFault(at, f"标记套了{MOST_NESTED}层以上", hint))
        elif opening[1] in WORDS:
            stack.append(_Bracket(at, opening[1]))
            return opening.end()
        else:
            faults.append(_unknown(at, opening[1]))
    if text[at] == "]" and len(stack) > 1:
        closed = stack.pop()
        stack[-1].spans += _closed(closed, at, faults) if closed.word else closed.spans
        if not closed.word:
            stack[-1].spans.append(Span("]", at))
        return at + 1
    token = _TOKEN.match(text, at)
    words = token[0] if token else text[at]
    stack[-1].spans.append(Span(words, at))
    return at + len(words)


def _unknown(at: int, word: str) -> InlineFault:
    known = "、".join(f"[{each}：…]" for each in WORDS)
    return InlineFault(
        at, f"“[{word}：”不是标记", f"能用的有{known}；要印方括号，请写成“[[{word}：……]”"
    )


def _closed(opened: _Bracket, end: int, faults: list[InlineFault]) -> Iterator[Span]:
    """The spans within a notation that ends at *end*, as it says."""
    if not any(span.text or span.note for span in opened.spans):
        message = f"“[{opened.word}：]”里没有文字"
        faults.append(InlineFault(opened.start, message, "请写上文字，或删去"))
        return
    if opened.word != LINK:
        emphasis = Emphasis(opened.word)
        for span in opened.spans:
            yield replace(span, emphases=span.emphases | {emphasis})
        return
    *before, last = opened.spans
    words, bar, address = last.text.rpartition("|")
    address = address.strip()
    if not bar or not ADDRESS.fullmatch(address) or not (words or before):
        message = "链接写得不完整"
        hint = "请写成 [链接：文字|https://地址]，地址以 https://、http:// 或 mailto: 开头"
        faults.append(InlineFault(opened.start, message, hint))
        yield from opened.spans
        return
    for span in (*before, replace(last, text=words)):
        if span.text or span.note:
            yield replace(span, link=address)


def _joined(spans: list[Span]) -> tuple[Span, ...]:
    """*spans* without a seam where two are set alike."""
    found: list[Span] = []
    for span in spans:
        if not (span.text or span.note or span.ends_line):
            continue
        last = found[-1] if found else None
        plain = last is not None and not (last.note or last.ends_line or span.note)
        if last and plain and not span.ends_line and _alike(last, span):
            found[-1] = replace(last, text=last.text + span.text)
        else:
            found.append(span)
    return tuple(found)


def _alike(one: Span, other: Span) -> bool:
    return one.emphases == other.emphases and one.link == other.link


def plain(text: str) -> str:
    """The words of *text* alone, without notation and calls."""
    return "".join(span.text for span in parse(text)[0])


def typed(text: str, emphases: frozenset[Emphasis], link: str) -> str:
    """*text* in the notation that says so of it; a bracket that closes nothing stays outside."""
    if not (emphases or link):
        return escaped(text)
    if not _balanced(text):
        parts = filter(None, re.split(r"([\[\]])", text))
        return "".join(
            {"[": "[[", "]": "]"}.get(part) or typed(part, emphases, link) for part in parts
        )
    words = text.replace("[", "[[")
    for emphasis in Emphasis:
        if emphasis in emphases:
            words = f"[{emphasis}：{words}]"
    return f"[{LINK}：{words}|{link}]" if link else words


def _balanced(text: str) -> bool:
    """Whether every bracket that closes has one before it that opens."""
    depth = 0
    for char in text:
        depth += (char == "[") - (char == "]")
        if depth < 0:
            return False
    return depth == 0


def escaped(text: str) -> str:
    """*text* as it is typed so that no bracket in it is taken for notation."""
    return _TAKEN.sub("[[", text)
