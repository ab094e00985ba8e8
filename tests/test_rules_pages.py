"""Each page rule is seen to notice: a right PDF is spoilt in one way, and just its rules speak.

The right PDFs are laid by hand from the standard's numbers. The IDs that must come back were
written down from the standard before the checker was asked.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from handmade import (
    BLACK,
    CELL,
    LEFT,
    RIGHT,
    TITLE,
    TWO,
    Bar,
    Leaf,
    Words,
    attachment,
    baseline,
    lay,
    notice,
)
from spoil import Spoiling, spoiling

from yinfa.check import check
from yinfa.recognising.format import Format
from yinfa.report import Severity

UNTAGGED = {"TX-02"}  # a PDF laid by hand has no tags, and is told so in a note


@pytest.fixture(scope="module")
def right(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("right")
    return {
        "notice": lay(notice(), folder / "通知.pdf", TITLE),
        "attachment": lay(attachment(), folder / "附件.pdf", "年度工作总结"),
    }


def failed(path: Path) -> set[str]:
    return set(check(path).failed) - UNTAGGED


def test_hand_laid_right_pages_are_clean(right: dict[str, Path]) -> None:
    assert failed(right["notice"]) == set()
    assert failed(right["attachment"]) == set()


def test_the_form_is_seen_from_the_page(right: dict[str, Path]) -> None:
    assert check(right["notice"]).form is Format.NOTICE
    assert check(right["attachment"]).form is Format.ATTACHMENT


def _move_the_list(spoiler: Spoiling) -> None:
    for words in ("附件：", "1.任务"):
        spoiler.move(2, words, 2)


WRAPPED = "完善工作机制确保各项任务落到实处各单位"
Spoil = Callable[[Spoiling], None]
NOTICE: dict[str, tuple[Spoil, set[str]]] = {
    "copy number moved 2 mm": (lambda s: s.move(1, "000012", 2), {"HD-01"}),
    "classification moved 2 mm": (lambda s: s.move(1, "机密", 2), {"HD-02"}),
    "urgency moved 2 mm": (lambda s: s.move(1, "特急", 2), {"HD-03"}),
    "mark 2 mm lower": (lambda s: s.move(1, "教育局文件", dy_mm=2), {"HD-04", "HD-08"}),
    "mark 2 mm to the right": (lambda s: s.move(1, "教育局文件", 2), {"HD-05"}),
    "mark black": (lambda s: s.recolour(1, "教育局文件", (0, 0, 0)), {"HD-06"}),
    "number in the wrong order": (
        lambda s: s.retype(1, "〔2012〕", "常教发2012号〔10〕"),
        {"HD-07"},
    ),
    "number 2 mm higher": (lambda s: s.move(1, "〔2012〕", dy_mm=-2), {"HD-08", "HD-11"}),
    "number 2 mm to the right": (lambda s: s.move(1, "〔2012〕", 2), {"HD-09"}),
    "red rule shortened": (lambda s: s.stretch_bar(1, 119.7, across=0.95), {"HD-11"}),
    "red rule 2 mm lower": (lambda s: s.move_bar(1, 119.7, dy_mm=2), {"HD-11", "TI-01"}),
    "red rule taken out": (lambda s: s.remove_bar(1, 119.7), {"HD-11"}),
    "title one half line higher": (lambda s: s.move(1, "安全生产", dy_mm=-6), {"TI-01", "BD-01"}),
    "title 2 mm to the right": (lambda s: s.move(1, "安全生产", 2), {"TI-02"}),
    "title smaller": (lambda s: s.resize(1, "安全生产", 0.8, 0.5), {"FT-07"}),
    "title blue": (lambda s: s.recolour(1, "安全生产", (0, 0, 200)), {"PG-14"}),
    "addressees moved 2 mm": (lambda s: s.move(1, "各辖市", 2), {"BD-01"}),
    "addressees printed twice": (lambda s: s.double(1, "各辖市"), {"FT-11"}),
    "paragraph's first line moved 2 mm": (
        lambda s: s.move(2, "各单位要认真贯彻落实会议精神加强组织领导明确工作责任", -2),
        {"BD-03", "PG-05", "BD-11"},
    ),
    "wrapped line moved 2 mm": (lambda s: s.move(2, WRAPPED, -2), {"BD-04", "PG-05", "BD-11"}),
    "a line 2 mm lower": (lambda s: s.move(2, WRAPPED, dy_mm=2), {"PG-11", "PG-12"}),
    "a heading taken out": (lambda s: s.remove(2, "二、工作"), {"BD-05"}),
    "outlined to look bold": (lambda s: s.outline(2, WRAPPED), {"FT-11"}),
    "slanted": (lambda s: s.slant(2, WRAPPED), {"FT-11"}),
    "attachment's number moved 2 mm": (lambda s: s.move(2, "1.任务", 2), {"AN-03"}),
    "attachment list moved 2 mm": (
        _move_the_list,
        {"AN-01", "AN-03"},
    ),
    "issuer moved 2 mm": (lambda s: s.move(2, "教育委员会", 2), {"SG-05"}),
    "date moved 2 mm": (lambda s: s.move(2, "2012年7月1日", 2), {"SG-05"}),
    "date with zeros": (lambda s: s.retype(2, "2012年7月1日", "2012年07月01日"), {"SG-06"}),
    "note moved 2 mm": (lambda s: s.move(2, "联系人：", 2), {"SG-09"}),
    "imprint rule shortened": (lambda s: s.stretch_bar(2, 251.7, across=0.9), {"BJ-01"}),
    "imprint rule twice as thick": (lambda s: s.stretch_bar(2, 251.7, down=2), {"BJ-01"}),
    "inner rule taken out": (lambda s: s.remove_bar(2, 251.7), {"BJ-06"}),
    "last rule 2 mm higher": (lambda s: s.move_bar(2, 261.8, dy_mm=-2), {"BJ-02"}),
    "copied-to moved 2 mm": (lambda s: s.move(2, "抄送", 2), {"BJ-04"}),
    "printing date moved 2 mm": (lambda s: s.move(2, "2日印发", -2), {"BJ-05"}),
    "imprint larger": (lambda s: s.resize(2, "抄送", 1.125), {"FT-10"}),
    "page number taken out": (lambda s: s.remove(2, "—"), {"PN-01"}),
    "page number on the other side": (lambda s: s.move(2, "—", 130.7), {"PN-04"}),
    "page number centred": (lambda s: s.move(2, "—", 65), {"PN-04"}),
    "page number 2 mm lower": (lambda s: s.move(2, "—", dy_mm=2), {"PN-03"}),
    "page number red": (lambda s: s.recolour(2, "—", (255, 0, 0)), {"PG-14"}),
    "page number repeated": (lambda s: s.retype(2, "—2—", "—1—"), {"PN-07", "PN-04"}),
    "page number smaller": (lambda s: s.resize(2, "—", 0.75, 0), {"FT-09"}),
    "a sheet of another size": (lambda s: s.paper(2, 216, 297), {"PG-01", "PG-02"}),
    "a page lying on its side": (lambda s: s.turn(2), {"PG-02"}),
    "all of a page 2 mm higher": (lambda s: s.move_all(2, dy_mm=-2), {"PG-03", "BJ-02", "PN-03"}),
    "the last page taken out": (lambda s: s.drop(2), set()),
}


@pytest.mark.parametrize("name", NOTICE)
def test_a_spoilt_notice_fails_just_its_rules(
    right: dict[str, Path], tmp_path: Path, name: str
) -> None:
    spoil, expected = NOTICE[name]
    with spoiling(right["notice"], tmp_path / "坏.pdf") as spoiler:
        spoil(spoiler)
    assert failed(tmp_path / "坏.pdf") == expected


ATTACHMENT: dict[str, tuple[Spoil, set[str]]] = {
    "label moved 2 mm": (lambda s: s.move(1, "附件2", 2), {"AT-03"}),
    "label a line lower": (lambda s: s.move(1, "附件2", dy_mm=10.447), {"PG-03", "AT-03"}),
    "title a line higher": (lambda s: s.move(1, "年度工作", dy_mm=-10.447), {"AT-04"}),
    "title 2 mm to the right": (lambda s: s.move(1, "年度工作", 2), {"AT-05"}),
    "all of a page 3 mm lower": (lambda s: s.move_all(2, dy_mm=3), {"PG-03", "PG-06", "PN-03"}),
    "text 3 mm to the right": (
        lambda s: s.move_all(2, dx_mm=3),
        {"PG-04", "PG-05", "BD-03", "BD-04", "PN-04"},
    ),
    "page number of the second page repeated": (lambda s: s.retype(3, "—3—", "—1—"), {"PN-07"}),
}


@pytest.mark.parametrize("name", ATTACHMENT)
def test_a_spoilt_attachment_fails_just_its_rules(
    right: dict[str, Path], tmp_path: Path, name: str
) -> None:
    spoil, expected = ATTACHMENT[name]
    with spoiling(right["attachment"], tmp_path / "坏.pdf") as spoiler:
        spoil(spoiler)
    assert failed(tmp_path / "坏.pdf") == expected


# --- what is easier laid wrong than spoilt: faces, words, counts ----------------------------------


def changed(leaves: list[Leaf], said: str, **changes: object) -> list[Leaf]:
    """*leaves* with the text that says *said* laid otherwise."""
    count = 0
    for leaf in leaves:
        for index, words in enumerate(leaf.words):
            if said in words.text:
                leaf.words[index] = replace(words, **changes)  # type: ignore[arg-type]
                count += 1
    assert count, said
    return leaves


def without(leaves: list[Leaf], said: str) -> list[Leaf]:
    for leaf in leaves:
        leaf.words = [words for words in leaf.words if said not in words.text]
    return leaves


def laid(leaves: list[Leaf], folder: Path) -> set[str]:
    return failed(lay(leaves, folder / "坏.pdf", TITLE))


@pytest.mark.parametrize(
    ("said", "face", "expected"),
    [
        (WRAPPED, "宋体", {"FT-01"}),
        ("一、总体要求", "仿宋", {"FT-03"}),
        ("一、总体要求", "楷体", {"FT-03"}),
        ("（一）落实责任。", "黑体", {"FT-04"}),
        (TITLE, "黑体", {"FT-07"}),
        ("各辖市教育局", "黑体", {"FT-01"}),
        ("机密", "仿宋", {"HD-02"}),
        ("特急", "仿宋", {"HD-03"}),
        ("抄送", "宋体", {"FT-10"}),
        ("—1—", "仿宋", {"FT-09"}),
        ("常州市教育局文件", "黑体", {"HD-06"}),
    ],
)
def test_a_wrong_face_is_seen(tmp_path: Path, said: str, face: str, expected: set[str]) -> None:
    assert laid(changed(notice(), said, face=face), tmp_path) - {"PN-02", "PN-03"} == expected


@pytest.mark.parametrize(
    ("said", "text", "expected"),
    [
        ("000012", "00012", {"HD-01"}),
        ("机密★1年", "机密1年", {"HD-02"}),
        ("特急", "急件", {"HD-03"}),
        ("常教发", "常教发〔2012〕09号", {"HD-07"}),
        ("常教发", "常教发[2012]10号", {"HD-07", "HD-09"}),  # shorter, so no longer centred
        ("常教发", "常教发〔12〕10号", {"HD-07", "HD-09"}),
        ("各辖市教育局", "各辖市教育局，各直属单位:", {"BD-01"}),
        ("一、总体要求", "一、总体要求。", {"BD-09"}),
        ("一、总体要求", "一.总体要求", {"BD-08"}),
        ("一、总体要求", "三、总体要求", {"BD-07"}),
        ("1.任务分解表", "1.任务分解表；", {"AN-02"}),
        ("2.联系人名单", "3.联系人名单", {"AN-03"}),
        ("附件：", "附件:", {"AN-01"}),
        ("联系人：张三", "（联系人：张三）（此页无正文）", {"SG-08"}),
        ("抄送", "抄送：市委办公室，市政府办公室", {"BJ-04"}),
        ("—1—", "-1-", {"PN-02", "PN-04"}),  # narrower, so no longer one character in
    ],
)
def test_wrong_words_are_seen(tmp_path: Path, said: str, text: str, expected: set[str]) -> None:
    assert laid(changed(notice(), said, text=text), tmp_path) == expected


def test_a_page_without_text_for_its_signature_is_seen(tmp_path: Path) -> None:
    first, second = notice()
    second.words = [
        words
        for words in second.words
        if words.y > baseline(8.5) and "附件" not in words.text and "." not in words.text
    ]
    assert laid([first, second], tmp_path) >= {"SG-07"}


def test_one_line_of_text_at_the_signature_is_told_as_a_wish_of_the_program(tmp_path: Path) -> None:
    first, second = notice()
    second.words = [words for words in second.words if not baseline(1.5) < words.y < baseline(11)]
    report = check(lay([first, second], tmp_path / "一行.pdf", TITLE))
    (found,) = [finding for finding in report.findings if finding.rule == "SG-07"]
    assert found.severity is Severity.WARNING
    assert "标准只要求有正文" in found.message


def test_an_imprint_on_an_odd_last_page_is_told(tmp_path: Path) -> None:
    first, second = notice()
    second.words = [words for words in second.words if "—" not in words.text]
    second.folio(3)
    middle = Leaf([Words(words.text, words.x, words.y) for words in attachment()[1].words[:-1]])
    middle.folio(2)
    assert "BJ-03" in laid([first, middle, second], tmp_path)


def test_a_line_too_many_is_seen(tmp_path: Path) -> None:
    """24 lines at 28 points, as word processors set them."""
    leaves = [Leaf(), Leaf()]
    text = [words.text for words in attachment()[1].words[:-1]] * 3
    for index, line in enumerate(text[:40]):
        page, row = divmod(index, 24)
        leaves[page].words.append(
            Words(line[:28].replace("。", "要").ljust(28, "要"), LEFT, baseline(1) + row * 9.4)
        )
    leaves[0].folio(1)
    leaves[1].folio(2)
    assert laid(leaves, tmp_path) >= {"PG-08", "PG-10"}


def test_type_set_solid_at_16_points_gives_27_characters(tmp_path: Path) -> None:
    size = 16 * 25.4 / 72
    leaf = Leaf(
        [
            Words(
                "各单位要认真贯彻落实会议精神加强组织领导明确工作责任完善"[:27],
                LEFT,
                baseline(n),
                size=size,
            )
            for n in range(1, 20)
        ]
    )
    leaf.folio(1)
    assert laid([leaf], tmp_path) >= {"PG-09", "PG-05"}


def test_what_stands_outside_the_type_area_is_seen(tmp_path: Path) -> None:
    leaves = attachment()
    leaves[1].words.append(Words("内部资料", LEFT, 20))
    assert laid(leaves, tmp_path) == {"PG-07"}


LINE = "各单位要认真贯彻落实会议精神加强组织领导明确工作责任完善"


def paragraph(*lines: str) -> list[Leaf]:
    """A page with one paragraph in just these lines."""
    leaf = Leaf([Words(lines[0], LEFT + 2 * CELL, baseline(1))])
    leaf.words += [Words(line, LEFT, baseline(n)) for n, line in enumerate(lines[1:], 2)]
    leaf.folio(1)
    return [leaf]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ((LINE[:26], LINE, "实处落到。"), set()),
        ((LINE[:26], "，" + LINE[:27], "实处落到。"), {"PU-01"}),
        ((LINE[:25] + "《", LINE, "实处落到。"), {"PU-02", "PU-06"}),
        ((LINE[:25] + "—", "—" + LINE[:27], "实处落到。"), {"PU-03"}),
        ((LINE[:24] + "2012", "34" + LINE[:27], "实处落到。"), {"PU-07"}),
        ((LINE[:24] + "2012", "年" + LINE[:27], "实处落到。"), {"PU-08"}),
        ((LINE[:26], LINE, "责。"), {"PU-11"}),
    ],
)
def test_line_starts_and_ends(tmp_path: Path, lines: tuple[str, ...], expected: set[str]) -> None:
    marks = {rule for rule in laid(paragraph(*lines), tmp_path) if rule.startswith("PU")}
    assert marks == expected


def test_both_pieces_of_a_number_on_two_lines_are_told_whole(tmp_path: Path) -> None:
    leaves = paragraph(LINE[:25] + "3", "200元" + LINE[:26], "实处落到。")
    report = check(lay(leaves, tmp_path / "坏.pdf", TITLE))
    (found,) = [finding for finding in report.findings if finding.rule == "PU-07"]
    assert found.message == "数字“3”与“200”拆在两行"
    assert "用本程序排" not in found.hint


def test_a_lone_line_on_the_next_page_is_seen(tmp_path: Path) -> None:
    leaves = attachment()[1:]
    assert "PU-12" not in laid(leaves, tmp_path)
    first = Leaf([Words(LINE, LEFT, baseline(n)) for n in range(2, 23)])
    first.words.insert(0, Words(LINE[:26], LEFT + 2 * CELL, baseline(1)))
    second = Leaf([Words("任务落到实处。", LEFT, baseline(1))])
    first.folio(1)
    second.folio(2)
    assert "PU-12" in laid([first, second], tmp_path)


def titled(*lines: str) -> list[Leaf]:
    """A paper without letterhead under a title of these lines."""
    leaf = Leaf()
    for number, line in enumerate(lines, 1):
        leaf.centred(line, baseline(number), "小标宋", TWO)
    for number in range(len(lines) + 2, len(lines) + 8):
        leaf.words.append(Words(LINE, LEFT, baseline(number)))
    leaf.words[len(lines)] = Words(LINE[:26], LEFT + 2 * CELL, baseline(len(lines) + 2))
    leaf.folio(1)
    return [leaf]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (("关于安全生产工作", "情况的报告"), set()),
        (("关于安全", "生产工作情况", "的报告"), {"TI-04"}),
        (("关于安全生产", "工作情况报告"), {"TI-03"}),
        (("关于进一步加强安全", "生产工作", "情况总结的综合报告"), {"TI-03"}),
        (("关于安全生产工作", "情况的报告。"), {"TI-04"}),
        (("关于", "安全生产", "工作有关的情况", "报告"), {"TI-05"}),
    ],
)
def test_the_shape_of_a_title(tmp_path: Path, lines: tuple[str, ...], expected: set[str]) -> None:
    found = {rule for rule in laid(titled(*lines), tmp_path) if rule.startswith("TI")}
    assert found == expected


def test_a_black_rule_and_a_red_one_are_told_apart(tmp_path: Path) -> None:
    leaves = notice()
    leaves[0].bars = [Bar(LEFT, RIGHT, leaves[0].bars[0].y, 0.35, BLACK)]
    assert "HD-11" in laid(leaves, tmp_path)
