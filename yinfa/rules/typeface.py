"""What a passage is set in, and whether it is what it should be."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence, Set

from yinfa.composition import Role
from yinfa.reading import Char, Look
from yinfa.recognising import measures as m
from yinfa.recognising.faces import is_han, role_of, says_nothing, stands_in, supplements
from yinfa.recognising.paper import PrintedParagraph, Specimen, Spot, SpotKind
from yinfa.report import Severity
from yinfa.rules.registry import Found, NotMeasurable
from yinfa.rules.wording import at, points, quoted

WHOLE = 0.8  # of the Han characters, that make a face the face of the text
STRAY = 0.1  # below this share of a passage, a wrong face is a slip, not the passage's face
Piece = tuple[Spot, tuple[Char, ...]]


def head_and_tail(paragraph: PrintedParagraph) -> tuple[list[Piece], list[Piece]]:
    """The characters of a paragraph up to and including its first 。, and those after it."""
    head: list[Piece] = []
    tail: list[Piece] = []
    ended = False
    for spot in paragraph.spots:
        chars = spot.line.chars
        cut = next((i + 1 for i, c in enumerate(chars) if c.char == "。"), None)
        if ended:
            tail.append((spot, chars))
        elif cut is None:
            head.append((spot, chars))
        else:
            ended = True
            head.append((spot, chars[:cut]))
            if chars[cut:]:
                tail.append((spot, chars[cut:]))
    return head, tail


def set_in(paper: Specimen, look: Look, roles: Set[Role]) -> bool:
    """Whether *look* is one of *roles*, by its name or by the table of its office's own faces."""
    return role_of(look) in roles or not roles.isdisjoint(paper.due.faces.get(look.font, ()))


def wrong_face(
    paper: Specimen,
    pieces: Sequence[Piece],
    role: Role,
    excused: Role | None = None,
    judged: Callable[[str], bool] = is_han,
) -> Iterator[Found]:
    """What in *pieces* is set neither in *role* nor in *excused*, told once for a passage.

    Only characters that are *judged* count. Fonts that tell nothing of themselves are left to
    ``certain``.
    """
    chars = [(s, c) for s, some in pieces for c in some if judged(c.char)]
    allowed = {role, excused or role}
    right = sum(set_in(paper, char.look, allowed) for _, char in chars)
    others = [
        (spot, char)
        for spot, char in chars
        if not set_in(paper, char.look, allowed)
        and not says_nothing(char.look)
        and not supplements(char.look)
    ]
    standing_in = [entry for entry in others if stands_in(entry[1].look)]
    # A large face may lend a character or two; one that sets most of a passage is its face.
    wrong = others if len(standing_in) > right else [e for e in others if e not in standing_in]
    if not wrong:
        return
    spot, char = wrong[0]
    found = Counter(role_of(char.look) for _, char in wrong).most_common(1)[0][0]
    text = "".join(char.char for _, char in wrong)
    weight = Severity.WARNING if len(wrong) / len(chars) < STRAY else None
    name = f"{found}（{char.look.font}）" if found else f"字体 {char.look.font}"
    yield at(spot, f"{quoted(text)}用了{name}，应为{role}", weight)


def certain(found: Iterable[Found], pieces: Iterable[Piece]) -> Iterator[Found]:
    """*found*; NotMeasurable where nothing was, but fonts among *pieces* do not tell their face."""
    told = list(found)
    if not told:
        chars = (char for _, some in pieces for char in some if not char.char.isspace())
        unknown = sorted({c.look.font for c in chars if says_nothing(c.look)})
        if unknown:
            names = "、".join(name or "（无名）" for name in unknown)
            raise NotMeasurable(f"字体名 {names} 看不出是什么字体，文件里嵌入的字体也没有说明")
    yield from told


def wrong_size(spots: Sequence[Spot], due: m.Size) -> Iterator[Found]:
    for spot in spots:
        for size in sorted({c.look.size_mm for c in spot.line.inked() if is_han(c.char)}):
            if not m.within(m.pt(size), due.span_pt):
                yield at(spot, f"{quoted(spot.text)}为 {points(size)}，应为{due.name}")
                break


def lines_of(spots: Sequence[Spot]) -> list[Piece]:
    return [(spot, spot.line.chars) for spot in spots]


def han_of(piece: Piece) -> Piece:
    """The Han characters of *piece*: the face of a passage is theirs."""
    return piece[0], tuple(char for char in piece[1] if is_han(char.char))


def strange_face(paper: Specimen) -> str:
    """The face in which nearly all of the text is set, where that is not 仿宋; else nothing."""
    looks = Counter(
        char.look
        for spot in paper.of(SpotKind.TEXT)
        for char in spot.line.chars
        if is_han(char.char)
    )
    names: Counter[str] = Counter()
    for look, count in looks.items():
        if not set_in(paper, look, {Role.FANGSONG}) and not says_nothing(look):
            names[f"{role_of(look) or '字体'}（{look.font}）"] += count
    name, count = names.most_common(1)[0] if names else ("", 0)
    return name if count > WHOLE * looks.total() else ""
