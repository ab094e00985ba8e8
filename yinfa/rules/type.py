"""FT: faces and sizes (clauses 5.2.2, 7.3.3 and the elements' own)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence, Set

from yinfa.composition import Role
from yinfa.model import Form
from yinfa.reading import Char, Look, TextLine
from yinfa.report import Severity
from yinfa.rules import measures as m
from yinfa.rules.faces import is_han, role_of, says_nothing, stands_in, supplements
from yinfa.rules.outline import HEADING_FACES
from yinfa.rules.paper import Kind, Paper, Paragraph, Spot
from yinfa.rules.registry import Family, Found, NotApplicable, NotMeasurable, rule
from yinfa.rules.wording import at, points, quoted

REGULATION = re.compile(r"第[一二三四五六七八九十百零〇]+[编章节条]")
STRAY = 0.1  # below this share of a passage, a wrong face is a slip, not the passage's face
TEXT_KINDS = (Kind.TEXT, Kind.ADDRESSEE, Kind.ATTACHMENT_LIST, Kind.SIGNER, Kind.DATE, Kind.NOTE)
Piece = tuple[Spot, tuple[Char, ...]]


def head_and_tail(paragraph: Paragraph) -> tuple[list[Piece], list[Piece]]:
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


def set_in(paper: Paper, look: Look, roles: Set[Role]) -> bool:
    """Whether *look* is one of *roles*, by its name or by the table of its office's own faces."""
    return role_of(look) in roles or not roles.isdisjoint(paper.due.faces.get(look.font, ()))


def wrong_face(
    paper: Paper,
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


def _han(piece: Piece) -> Piece:
    """The Han characters of *piece*: the face of a passage is theirs."""
    return piece[0], tuple(char for char in piece[1] if is_han(char.char))


def _plain_pieces(paper: Paper) -> list[tuple[list[Piece], Role | None]]:
    """The passages of 仿宋; after a heading, with the heading's face, which is FT-06's matter."""
    passages: list[tuple[list[Piece], Role | None]] = []
    for paragraph in paper.paragraphs:
        head, tail = head_and_tail(paragraph)
        level = paper.level(paragraph)
        # 第×章, 第×节 and the words 第×条 have faces of their own by usage; level 3 is FT-05's.
        if not REGULATION.match(paragraph.text) and level < 3:
            plain = tail if level in HEADING_FACES else head + tail
            passages.append((plain, HEADING_FACES.get(level)))
    for kind in (Kind.ADDRESSEE, Kind.ATTACHMENT_LIST, Kind.SIGNER, Kind.DATE, Kind.NOTE):
        passages.append((lines_of(paper.of(kind)), None))
    return passages


@rule(
    "FT-01",
    clause="5.2.2",
    severity=Severity.ERROR,
    family=Family.PAGE,
    title="正文字体",
    measured="正文（一、二级标题除外）和其他三号要素的字体名",
    right="仿宋",
    wrong="正文用宋体",
    hint="house.yaml 的“字体”里指定仿宋；Word 里选仿宋_GB2312",
)
def text_face(paper: Paper) -> Iterator[Found]:
    """Text is set in 仿宋 where no other face is asked for (5.2.2)."""
    passages = _plain_pieces(paper)
    found = (
        one
        for pieces, excused in passages
        for one in wrong_face(paper, pieces, Role.FANGSONG, excused)
    )
    yield from certain(found, (_han(piece) for pieces, _ in passages for piece in pieces))


@rule(
    "FT-02",
    clause="5.2.2",
    severity=Severity.ERROR,
    family=Family.PAGE,
    title="正文字号",
    measured="正文、主送机关、附件说明、署名、日期、附注的字号",
    right="三号（15.7～16.05 磅）",
    wrong="小三号 15 磅",
    hint="由 house.yaml 的“正文字号”或“每行字数”定；Word 里设为三号",
)
def text_size(paper: Paper) -> Iterator[Found]:
    """Text is of size 3号 where no other is asked for (5.2.2)."""
    spots = [spot for spot in paper.spots if spot.kind in TEXT_KINDS]
    if not spots:
        raise NotApplicable("没有正文")
    yield from wrong_size(spots, paper.due.text_size)


def _heading_heads(paper: Paper, levels: set[int]) -> list[list[Piece]]:
    heads = [
        head_and_tail(paragraph)[0]
        for paragraph in paper.paragraphs
        if paper.level(paragraph) in levels
    ]
    if not heads:
        raise NotApplicable("没有这一层标题")
    return heads


def _in_face(paper: Paper, passages: Sequence[Sequence[Piece]], role: Role) -> Iterator[Found]:
    """What in *passages* is not set in *role*."""
    found = (one for pieces in passages for one in wrong_face(paper, pieces, role))
    return certain(found, (_han(piece) for pieces in passages for piece in pieces))


@rule(
    "FT-03",
    clause="7.3.3",
    severity=Severity.ERROR,
    family=Family.PAGE,
    title="一级标题字体",
    measured="“一、”起到句号或段末的字体名",
    right="三号黑体",
    wrong="一级标题用仿宋加粗",
    hint="源文件里写成“标题”，字体由程序定；Word 里用黑体，不加粗",
)
def level_1_face(paper: Paper) -> Iterator[Found]:
    """Headings of level 1 are set in 黑体 (7.3.3)."""
    return _in_face(paper, _heading_heads(paper, {1}), Role.HEITI)


@rule(
    "FT-04",
    clause="7.3.3",
    severity=Severity.ERROR,
    family=Family.PAGE,
    title="二级标题字体",
    measured="“（一）”起到第一个句号或段末的字体名",
    right="三号楷体",
    wrong="二级标题用黑体",
    hint="源文件里写成“标题”，字体由程序定；Word 里用楷体，不加粗",
)
def level_2_face(paper: Paper) -> Iterator[Found]:
    """Headings of level 2 are set in 楷体 (7.3.3)."""
    return _in_face(paper, _heading_heads(paper, {2}), Role.KAITI)


@rule(
    "FT-05",
    clause="7.3.3",
    severity=Severity.ERROR,
    family=Family.PAGE,
    title="三、四级标题字体",
    measured="“1.”“（1）”开头的段落的字体名",
    right="三号仿宋",
    wrong="三级标题用黑体",
    hint="源文件里写成“标题”，字体由程序定；Word 里用仿宋，不加粗",
)
def level_3_face(paper: Paper) -> Iterator[Found]:
    """Headings of levels 3 and 4 are set in 仿宋 (7.3.3)."""
    _heading_heads(paper, {3, 4})
    below = [lines_of(p.spots) for p in paper.paragraphs if paper.level(p) in {3, 4}]
    return _in_face(paper, below, Role.FANGSONG)


@rule(
    "FT-06",
    clause="7.3.3",
    severity=Severity.WARNING,
    family=Family.PAGE,
    title="标题接排的正文字体",
    measured="一、二级标题与正文同段时，第一个句号以后的字体名",
    right="标题句楷体，句号以后仿宋",
    wrong="整段都是楷体",
    hint="标题句之后的文字改回仿宋",
)
def run_in_face(paper: Paper) -> Iterator[Found]:
    """Text that runs on after a heading sentence is in 仿宋 (usage)."""
    tails = [
        (HEADING_FACES[paper.level(p)], head_and_tail(p)[1])
        for p in paper.paragraphs
        if paper.level(p) in HEADING_FACES
    ]
    if not any(tail for _, tail in tails):
        raise NotApplicable("没有接排的标题")
    kept = [
        [
            (spot, tuple(char for char in chars if role_of(char.look) is face))
            for spot, chars in tail
        ]
        for face, tail in tails
    ]
    found = (one for pieces in kept for one in wrong_face(paper, pieces, Role.FANGSONG))
    yield from certain(found, (_han(piece) for _, tail in tails for piece in tail))


@rule(
    "FT-07",
    clause="7.3.1",
    severity=Severity.ERROR,
    family=Family.PAGE,
    title="标题字体字号",
    measured="标题各行的字体名和字号（附件标题按惯例只作警告）",
    right="二号小标宋（21～22.05 磅）",
    wrong="标题用三号黑体",
    hint="由 house.yaml 的“标题字号”和“字体”定；Word 里用二号小标宋",
)
def title_face(paper: Paper) -> Iterator[Found]:
    """The title is set in 小标宋 of size 2号 (7.3.1)."""
    titles = paper.of(Kind.TITLE)
    if not titles:
        raise NotApplicable("没有标题")
    yield from certain(_wrong_titles(paper, titles), map(_han, lines_of(titles)))


def _wrong_titles(paper: Paper, titles: Sequence[Spot]) -> Iterator[Found]:
    for spot in titles:
        attached = spot.section or paper.form is Form.ATTACHMENT
        weight = Severity.WARNING if attached else None
        for found in wrong_size([spot], paper.due.title_size):
            yield at(spot, found.message, weight)
        for found in wrong_face(paper, lines_of([spot]), Role.XIAOBIAOSONG):
            yield at(spot, found.message, weight or found.severity)


@rule(
    "FT-08",
    clause="7.3.7",
    severity=Severity.ERROR,
    family=Family.PAGE,
    title="“附件”二字字体字号",
    measured="附件页首行“附件”及顺序号的字体名和字号",
    right="三号黑体",
    wrong="“附件1”用仿宋",
    hint="“附件”及顺序号用三号黑体",
)
def label_face(paper: Paper) -> Iterator[Found]:
    """附件 and its number on the attachment's first line are 黑体 of size 3号 (7.3.7)."""
    labels = paper.of(Kind.LABEL)
    if not labels:
        raise NotApplicable("没有附件页")
    pieces = [(s, s.line.chars[s.line.text.find("附件") :]) for s in labels]
    found = [
        *(
            one
            for piece in pieces
            for one in wrong_face(paper, [piece], Role.HEITI, judged=str.isalnum)
        ),
        *wrong_size(labels, paper.due.text_size),
    ]
    yield from certain(found, pieces)


def folios(paper: Paper) -> list[tuple[int, TextLine]]:
    return [(sheet.number, sheet.folio) for sheet in paper.sheets if sheet.folio is not None]


@rule(
    "FT-09",
    clause="7.5",
    severity=Severity.ERROR,
    family=Family.PAGE,
    title="页码字体字号",
    measured="页码的字体名、字号和数字",
    right="四号半角宋体阿拉伯数字（13.7～14.05 磅）",
    wrong="页码用五号 Times New Roman",
    hint="字号由 house.yaml 的“小字字号”定；Word 里用四号宋体",
)
def folio_face(paper: Paper) -> Iterator[Found]:
    """Page numbers are half-width Arabic digits of 宋体, size 4号 (7.5)."""
    lines = folios(paper)
    if not lines:
        raise NotApplicable("没有页码")
    found = (one for page, line in lines for one in _wrong_folio(paper, page, line))
    told = list(found)
    unknown = {
        char.look.font or "（无名）"
        for _, line in lines
        for char in line.chars
        if char.char.isdigit() and says_nothing(char.look)
    }
    if unknown and not told:
        raise NotMeasurable(f"字体名 {'、'.join(sorted(unknown))} 看不出是什么字体")
    yield from told


def _wrong_folio(paper: Paper, page: int, line: TextLine) -> Iterator[Found]:
    extent = (line.x0_mm, line.em_top_mm, line.x1_mm, line.em_bottom_mm)
    digits = [char for char in line.chars if char.char.isdigit()]
    if any(not char.char.isascii() for char in digits):
        yield Found("页码用了全角数字，应为半角", page, extent)
    sizes = {char.look.size_mm for char in digits}
    due = paper.due.small_size
    if any(not m.within(m.pt(size), due.span_pt) for size in sizes):
        yield Found(f"页码为 {points(max(sizes))}，应为{due.name}", page, extent)
    others = [
        char.look.font
        for char in digits
        if not set_in(paper, char.look, {Role.SONGTI}) and not says_nothing(char.look)
    ]
    if others:
        yield Found(f"页码字体是 {others[0]}，应为宋体", page, extent)


@rule(
    "FT-10",
    clause="7.4",
    severity=Severity.ERROR,
    family=Family.PAGE,
    title="版记字体字号",
    measured="版记各行的字体名和字号",
    right="四号仿宋（13.7～14.05 磅）",
    wrong="版记用三号仿宋",
    hint="字号由 house.yaml 的“小字字号”定；Word 里用四号仿宋",
)
def imprint_face(paper: Paper) -> Iterator[Found]:
    """The imprint is set in 仿宋 of size 4号 (7.4.2, 7.4.3)."""
    spots = paper.of(Kind.IMPRINT)
    if not spots:
        raise NotApplicable("没有版记")
    pieces = lines_of(spots)
    found = [*wrong_size(spots, paper.due.small_size), *wrong_face(paper, pieces, Role.FANGSONG)]
    yield from certain(found, map(_han, pieces))


@rule(
    "FT-11",
    clause="5.2.2",
    severity=Severity.WARNING,
    family=Family.PAGE,
    title="不用人工加粗、倾斜",
    measured="文字的绘制方式、倾斜、字体粗体标记，同一处重复绘制",
    right="用黑体、楷体区分层次，不加粗",
    wrong="三级标题仿宋加粗",
    hint="去掉“加粗”“倾斜”；层次用字体区分",
)
def no_fake_bold(paper: Paper) -> Iterator[Found]:
    """Nothing in the text is emboldened or slanted (the standard asks for no bold)."""
    yield from certain(_emboldened(paper), lines_of(paper.spots))


def _emboldened(paper: Paper) -> Iterator[Found]:
    plain = {Kind.TITLE, Kind.MARK}
    for spot in paper.spots:
        looks = {char.look for char in spot.line.inked()}
        if any(look.render_mode == 2 for look in looks):
            yield at(spot, f"{quoted(spot.text)}描边加粗")
        elif any(abs(look.slant) > 0.05 for look in looks):
            yield at(spot, f"{quoted(spot.text)}是倾斜的")
        elif spot.kind not in plain and any(
            look.bold and role_of(look) is not Role.HEITI for look in looks
        ):
            yield at(spot, f"{quoted(spot.text)}用了粗体字")
    for sheet in paper.sheets:
        for text in sheet.overprinted:
            yield Found(f"{quoted(text)}在同一处印了两遍", sheet.number)


@rule(
    "FT-13",
    clause="GB/T 15835",
    severity=Severity.WARNING,
    family=Family.PAGE,
    title="数字宽半个字",
    measured="正文中 0～9 的字宽与字号之比",
    right="0.5 ± 0.02",
    wrong="数字宽 0.56 个字，行内网格错开",
    hint="换用数字为半角的字体，写在 house.yaml 的“数字字体”或“字体”下",
)
def digit_width(paper: Paper) -> Iterator[Found]:
    """Arabic digits take half a character (GB/T 15835)."""
    digits = [
        (spot, char)
        for spot in paper.spots
        if spot.kind in TEXT_KINDS
        for char in spot.line.chars
        if char.char.isascii() and char.char.isdigit()
    ]
    if not digits:
        raise NotApplicable("正文没有数字")
    due = paper.due
    told: set[str] = set()
    for spot, char in digits:
        ratio = char.advance_mm / char.size_mm
        chosen = char.look.font in due.faces or due.latin in {role_of(char.look)} - {None}
        if abs(ratio - 0.5) > 0.02 and not chosen and char.look.font not in told:
            told.add(char.look.font)
            yield at(spot, f"{char.look.font} 的数字宽 {ratio:.2f} 个字，应为半个字")


@rule(
    "FT-14",
    clause="5.2.2",
    severity=Severity.WARNING,
    family=Family.PAGE,
    title="只用规定的字体",
    measured="全部文字的字体名",
    right="仿宋、楷体、黑体、宋体、小标宋",
    wrong="夹有幼圆、Calibri",
    hint="删去其他字体；粘贴时只保留文本",
)
def known_families(paper: Paper) -> Iterator[Found]:
    """No face is used but the five that the standard names (5.2.2)."""
    lines = [(spot.page, spot.line, spot.extent) for spot in paper.spots]
    lines += [
        (page, line, (line.x0_mm, line.em_top_mm, line.x1_mm, line.em_bottom_mm))
        for page, line in folios(paper)
    ]
    told: set[str] = set()
    found = []
    unknown: set[str] = set()
    for page, line, extent in lines:
        for char in line.inked():
            look = char.look
            known = role_of(look) is not None or look.font in paper.due.faces
            if known or stands_in(look) or look.font in told:
                continue
            if says_nothing(look):
                unknown.add(look.font or "（无名）")
                continue
            told.add(look.font)
            found.append(Found(f"{quoted(line.bare)}一行用了 {look.font}", page, extent))
    if unknown and not found:
        raise NotMeasurable(f"字体名 {'、'.join(sorted(unknown))} 看不出是什么字体")
    yield from found
