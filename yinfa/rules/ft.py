"""FT: faces and sizes (clauses 5.2.2, 7.3.3 and the elements' own)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from yinfa.composition import Role
from yinfa.reading import Reading, TextLine
from yinfa.recognising import measures as m
from yinfa.recognising.faces import is_han, role_of, says_nothing, stands_in
from yinfa.recognising.format import Format
from yinfa.recognising.heading import HEADING_FACES, Standing, level_of
from yinfa.recognising.paper import PrintedParagraph, Specimen, Spot, SpotKind
from yinfa.report import Severity
from yinfa.rules.registry import Family, Found, NotApplicable, NotMeasurable, Yardstick, rule
from yinfa.rules.tx import facts_of
from yinfa.rules.typeface import (
    Piece,
    certain,
    han_of,
    head_and_tail,
    lines_of,
    set_in,
    wrong_face,
    wrong_size,
)
from yinfa.rules.wording import at, points, quoted

REGULATION = re.compile(r"第[一二三四五六七八九十百零〇]+[编章节条]")
TEXT_KINDS = (
    SpotKind.TEXT,
    SpotKind.ADDRESSEE,
    SpotKind.ATTACHMENT_LIST,
    SpotKind.SIGNER,
    SpotKind.DATE,
    SpotKind.NOTE,
)


@rule(
    "FT-12",
    clause="GB/T 33476.2 5",
    severity=Severity.ERROR,
    family=Family.FILE,
    title="字体嵌入",
    measured="各字体是否嵌入、有无 Unicode 对照表，有无读不出的字",
    right="全部字体嵌入，文字可以复制",
    wrong="仿宋_GB2312 没有嵌入",
    hint="导出 PDF 时勾选“嵌入字体”；不要用“打印成图片”",
    without_words=True,
)
def fonts_embedded(reading: Reading, *_: object) -> Iterator[Found]:
    """Every font is embedded and its characters can be read (GB/T 33476.2 5)."""
    fonts = facts_of(reading).fonts
    if not fonts:
        raise NotMeasurable("文件里没有字体（可能是扫描件）")
    for font in fonts:
        name = font.name or "（无名）"
        if not font.embedded:
            yield Found(f"字体 {name} 没有嵌入")
        if not font.to_unicode:
            yield Found(f"字体 {name} 没有 Unicode 对照表，文字不能复制和检索")
    for sheet in reading.sheets:
        if sheet.unreadable:
            yield Found(f"有 {sheet.unreadable} 个字读不出是什么字", sheet.number)


def _plain_pieces(paper: Specimen) -> list[tuple[list[Piece], Role | None]]:
    """The passages of 仿宋, each with the face that is excused in it.

    After a heading that is the heading's face, which is FT-06's matter; where a page leaves open
    whether a numbered paragraph is a heading, it may be set as one.
    """
    passages: list[tuple[list[Piece], Role | None]] = []
    for paragraph in paper.paragraphs:
        # 第×章, 第×节 and the words 第×条 have faces of their own by usage; level 3 is FT-05's.
        if REGULATION.match(paragraph.text) or paper.level(paragraph) > 2:
            continue
        head, tail = head_and_tail(paragraph)
        headed = paper.standing(paragraph) in {Standing.HEADING, Standing.RUN_IN}
        excused = HEADING_FACES.get(level_of(paragraph.text))
        passages.append((tail if headed else head + tail, excused))
    for kind in (
        SpotKind.ADDRESSEE,
        SpotKind.ATTACHMENT_LIST,
        SpotKind.SIGNER,
        SpotKind.DATE,
        SpotKind.NOTE,
    ):
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
    measures_by=Yardstick.FACES,
)
def text_face(paper: Specimen) -> Iterator[Found]:
    """Text is set in 仿宋 where no other face is asked for (5.2.2)."""
    passages = _plain_pieces(paper)
    found = (
        one
        for pieces, excused in passages
        for one in wrong_face(paper, pieces, Role.FANGSONG, excused)
    )
    yield from certain(found, (han_of(piece) for pieces, _ in passages for piece in pieces))


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
    measures_by=Yardstick.CELLS,
)
def text_size(paper: Specimen) -> Iterator[Found]:
    """Text is of size 3号 where no other is asked for (5.2.2)."""
    spots = [spot for spot in paper.spots if spot.kind in TEXT_KINDS]
    if not spots:
        raise NotApplicable("没有正文")
    yield from wrong_size(spots, paper.due.text_size)


def _headings(paper: Specimen, level: int, role: Role) -> list[list[Piece]]:
    """The headings of *level*: those that stand alone, and those that text runs on after.

    A numbered paragraph that is 仿宋 throughout may as well be an item: the page leaves that open.
    """
    found = []
    for paragraph in paper.paragraphs:
        standing = paper.standing(paragraph)
        if paper.level(paragraph) != level or standing is Standing.ITEM:
            continue
        plain = standing is not Standing.HEADING and _is_plain(paper, paragraph)
        if standing is not None and not plain:
            found.append(head_and_tail(paragraph)[0])
    if not found:
        raise NotApplicable(f"没有要用{role}的标题")
    return found


def _is_plain(paper: Specimen, paragraph: PrintedParagraph) -> bool:
    """Whether all Han characters of *paragraph* are 仿宋."""
    chars = (char for spot in paragraph.spots for char in spot.line.chars if is_han(char.char))
    return all(set_in(paper, char.look, {Role.FANGSONG}) for char in chars)


def _in_face(paper: Specimen, passages: Sequence[Sequence[Piece]], role: Role) -> Iterator[Found]:
    """What in *passages* is not set in *role*."""
    found = (one for pieces in passages for one in wrong_face(paper, pieces, role))
    return certain(found, (han_of(piece) for pieces in passages for piece in pieces))


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
    measures_by=Yardstick.FACES,
)
def level_1_face(paper: Specimen) -> Iterator[Found]:
    """Headings of level 1 are set in 黑体 (7.3.3)."""
    return _in_face(paper, _headings(paper, 1, Role.HEITI), Role.HEITI)


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
    measures_by=Yardstick.FACES,
)
def level_2_face(paper: Specimen) -> Iterator[Found]:
    """Headings of level 2 are set in 楷体 (7.3.3)."""
    return _in_face(paper, _headings(paper, 2, Role.KAITI), Role.KAITI)


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
    measures_by=Yardstick.FACES,
)
def level_3_face(paper: Specimen) -> Iterator[Found]:
    """Headings of levels 3 and 4 are set in 仿宋 (7.3.3)."""
    below = [lines_of(p.spots) for p in paper.paragraphs if paper.level(p) in {3, 4}]
    if not below:
        raise NotApplicable("没有三、四级标题")
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
    measures_by=Yardstick.FACES,
)
def run_in_face(paper: Specimen) -> Iterator[Found]:
    """Text that runs on after a heading sentence is in 仿宋 (usage)."""
    tails = [
        (HEADING_FACES[paper.level(p)], head_and_tail(p)[1])
        for p in paper.paragraphs
        if paper.level(p) in HEADING_FACES and paper.standing(p) is Standing.RUN_IN
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
    yield from certain(found, (han_of(piece) for _, tail in tails for piece in tail))


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
    measures_by=Yardstick.FACES | Yardstick.TITLE_SIZE,
)
def title_face(paper: Specimen) -> Iterator[Found]:
    """The title is set in 小标宋 of size 2号 (7.3.1)."""
    titles = paper.of(SpotKind.TITLE)
    if not titles:
        raise NotApplicable("没有标题")
    yield from certain(_wrong_titles(paper, titles), map(han_of, lines_of(titles)))


def _wrong_titles(paper: Specimen, titles: Sequence[Spot]) -> Iterator[Found]:
    for spot in titles:
        attached = spot.section or paper.form is Format.ATTACHMENT
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
    measures_by=Yardstick.CELLS | Yardstick.FACES,
)
def label_face(paper: Specimen) -> Iterator[Found]:
    """附件 and its number on the attachment's first line are 黑体 of size 3号 (7.3.7)."""
    labels = paper.of(SpotKind.LABEL)
    if not labels:
        raise NotApplicable("没有附件页")
    pieces = [(s, s.line.chars[s.line.text.find("附件") :]) for s in labels]
    found = [
        *(one for piece in pieces for one in wrong_face(paper, [piece], Role.HEITI)),
        *wrong_size(labels, paper.due.text_size),
    ]
    yield from certain(found, pieces)


def folios(paper: Specimen) -> list[tuple[int, TextLine]]:
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
    measures_by=Yardstick.FACES | Yardstick.SMALL_SIZE,
)
def folio_face(paper: Specimen) -> Iterator[Found]:
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


def _wrong_folio(paper: Specimen, page: int, line: TextLine) -> Iterator[Found]:
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
    measures_by=Yardstick.FACES | Yardstick.SMALL_SIZE,
)
def imprint_face(paper: Specimen) -> Iterator[Found]:
    """The imprint is set in 仿宋 of size 4号 (7.4.2, 7.4.3)."""
    spots = paper.of(SpotKind.IMPRINT)
    if not spots:
        raise NotApplicable("没有版记")
    pieces = lines_of(spots)
    found = [*wrong_size(spots, paper.due.small_size), *wrong_face(paper, pieces, Role.FANGSONG)]
    yield from certain(found, map(han_of, pieces))


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
def no_fake_bold(paper: Specimen) -> Iterator[Found]:
    """Nothing in the text is emboldened or slanted (the standard asks for no bold)."""
    yield from certain(_emboldened(paper), lines_of(paper.spots))


def _emboldened(paper: Specimen) -> Iterator[Found]:
    plain = {SpotKind.TITLE, SpotKind.MARK}
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
    measures_by=Yardstick.DIGITS,
)
def digit_width(paper: Specimen) -> Iterator[Found]:
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
    measures_by=Yardstick.FACES,
)
def known_families(paper: Specimen) -> Iterator[Found]:
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
