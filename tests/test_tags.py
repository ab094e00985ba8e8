"""The structure tree of a finished PDF: what a screen reader meets, in what order."""

from pathlib import Path

import pytest
from archive import LONG, Tag, made, marked_texts, notice, reader, tree, written

from yinfa import pdf
from yinfa.composition import Block, Composition, Line, Page, Placed, Role, Stretch
from yinfa.finishing import tags
from yinfa.parts import Part
from yinfa.rendering import DrawnPages, operators
from yinfa.rendering.drawn import TagsDiffer
from yinfa.rendering.tags import drawn_elements


@pytest.fixture(scope="module")
def document() -> Tag:
    return tree(notice())


def tagged(document: Tag, tag: str) -> list[Tag]:
    return [element for element in document.walk() if element.tag == tag]


def test_every_block_is_read_as_what_it_is_in_the_order_of_the_source(document: Tag) -> None:
    assert (
        [(kid.tag, kid.whole()[:12]) for kid in document.kids]
        == [
            ("P", "特急"),
            ("P", "常州市教育局文件"),  # the red mark
            ("P", "常教〔2009〕12号"),
            ("H1", "关于做好GDP核算工作的"),
            ("P", "各辖市、区教育局："),
            ("P", "根据WTO规则，现将有关"),
            ("H2", "一、总体要求"),
            ("H3", "（一）提高认识。"),
            ("P", LONG[:12]),
            ("Note", "①\u00a0规则见世界贸易组织网"),
            ("H3", "（二）明确任务。"),
            ("P", "〇三年以来，按照GB/T"),
            ("Figure", ""),
            ("P", "流程示意图"),
            ("Table", "任务分工表序号任务单位1"),
            ("L", "附件：1.名单2.办法"),
            ("P", "常州市教育局"),
            ("P", "2009年12月25日"),
            ("P", "（此件公开发布）"),
            ("Figure", ""),  # the seal
            ("P", "附件1"),
            ("H1", "名单"),
            ("P", "甲、乙、丙。"),
            ("P", "附件2"),
            ("H1", "办法"),
            ("P", "共三条。"),
            ("P", "抄送：市委办公室。"),
            ("P", "常州市教育局办公室"),
            ("P", "2009年12月26日印"),
        ]
    )


def test_a_paragraph_over_a_page_end_is_one_element(document: Tag) -> None:
    (paragraph,) = [kid for kid in document.kids if kid.text.startswith(LONG)]
    assert paragraph.text == LONG * 20
    assert sorted(set(paragraph.pages)) == [0, 1]


def test_a_table_over_a_page_end_is_one_and_its_head_is_read_once(document: Tag) -> None:
    (table,) = tagged(document, "Table")
    assert [kid.tag for kid in table.kids] == ["Caption", "THead", "TBody"]
    _, head, body = table.kids
    assert [cell.text for cell in head.kids[0].kids] == ["序号", "任务", "单位"]
    assert [cell.raw["/A"]["/Scope"] for cell in head.kids[0].kids] == ["/Column"] * 3
    assert [row.whole() for row in body.kids] == [f"{n}任务{n}单位{n}" for n in range(1, 40)]
    pages = [cell.pages[0] for row in body.kids for cell in row.kids]
    assert len(set(pages)) > 1
    assert "序号任务单位" in marked_texts(reader(notice()), pages[-1])[-1]  # shown, not read


def test_figures_have_the_alternative_text_of_the_source_and_their_place(document: Tag) -> None:
    figure, seal = tagged(document, "Figure")
    assert figure.raw["/Alt"] == "从受理到办结的五个步骤"
    assert seal.raw["/Alt"]
    left, low, right, high = map(float, figure.raw["/A"]["/BBox"])
    assert (right - left, high - low) == pytest.approx((30 * 72 / 25.4,) * 2, abs=0.01)
    assert (left + right) / 2 == pytest.approx(106 * 72 / 25.4, abs=0.01)  # of the type area
    assert (seal.raw["/A"]["/BBox"][2] - seal.raw["/A"]["/BBox"][0]) == pytest.approx(
        42 * 72 / 25.4, abs=0.01
    )


def test_a_list_is_a_list_and_a_note_has_a_name_of_its_own(document: Tag) -> None:
    (items,) = tagged(document, "L")
    assert [[kid.tag for kid in item.kids] for item in items.kids] == [["LBody"]] * 2
    (note,) = tagged(document, "Note")
    assert note.raw["/ID"]


def test_all_text_is_either_read_or_an_artifact() -> None:
    read = reader(notice())
    for number in range(len(read.pages)):
        texts = marked_texts(read, number)
        assert -2 not in texts
        if number < 7:  # the imprint page shows no folio, 7.5
            assert texts[-1].endswith(f"— {number + 1} —")


def test_content_knows_the_element_it_belongs_to() -> None:
    read = reader(notice())
    root = read.trailer["/Root"]["/StructTreeRoot"]
    rows = root["/ParentTree"]["/Nums"]
    owners = {int(rows[at]): rows[at + 1] for at in range(0, len(rows), 2)}
    found = 0
    for element in tree(read).walk():
        kids = element.raw["/K"].get_object()
        for kid in kids if isinstance(kids, list) else [kids]:
            resolved = kid.get_object()
            if isinstance(resolved, int):
                page, number = element.raw["/Pg"], int(resolved)
            elif resolved.get("/Type") == "/MCR":
                page, number = resolved["/Pg"], int(resolved["/MCID"])
            else:
                continue
            owner = owners[page["/StructParents"]].get_object()[number]
            assert owner.get_object() is element.raw
            found += 1
    assert found == sum(len(element.pages) for element in tree(notice()).walk()) > 100


def test_levels_of_headings_skip_none(tmp_path: Path) -> None:
    text = "文种: 命令\n发文机关: ×××市人民政府\n令号: 第1号\n标题: 任免\n正文:\n"
    text += "  - 标题: 甲\n    正文: [一段。]\n签署人职务: 市长\n成文日期: 2012-07-01\n"
    text = "".join(line for line in text.splitlines(True) if "签署" not in line)
    levels = [kid.tag for kid in tree(made(written(tmp_path, text)).content).kids]
    assert [tag for tag in levels if tag.startswith("H")] == ["H1", "H2"]  # mark, then heading


def test_blocks_and_elements_that_do_not_pair_are_our_own_mistake(tmp_path: Path) -> None:
    text = "文种: 附件\n标题: 甲\n正文: [一段。]\n"
    writer = pdf.clone(made(written(tmp_path, text)).content)
    block = Placed(0, Block(Part.PARAGRAPH, ()))
    drawn = DrawnPages(writer, drawn_elements(writer), lambda _: None)
    tags.write_tags(drawn, Composition((Page(1, (block,) * 3),)))  # label, title, paragraph
    with pytest.raises(TagsDiffer):
        tags.write_tags(drawn, Composition((Page(1, (block,) * 2),)))


# --- Latin words -----------------------------------------------------------------------------


def test_latin_words_are_marked_as_such_and_nothing_moves() -> None:
    glyphs = {b"/F": {b"0001": "G", b"0002": "B", b"0003": "/", b"0004": " "}}
    shown = b"/F 12 Tf\n[<00090001>0<0002>-3<00030001000400090002>] TJ\n"
    assert operators.marking_latin(shown, glyphs) == (
        b"/F 12 Tf\n[<0009>] TJ\n"
        b"/Span <</Lang (en)>> BDC\n[<0001>0<0002>-3<00030001>] TJ\nEMC\n"
        b"[<00040009>] TJ\n"
        b"/Span <</Lang (en)>> BDC\n[<0002>] TJ\nEMC\n"
    )


def test_a_face_without_latin_letters_is_left_alone() -> None:
    shown = b"/F 12 Tf\n[<00090001>] TJ\n"
    assert operators.marking_latin(shown, {b"/F": {b"0003": "/"}}) == shown
    assert operators.marking_latin(shown, {}) == shown


def test_latin_words_of_the_notice_are_marked() -> None:
    read = reader(notice())
    drawn = b"".join(page.get_contents().get_data() for page in read.pages)
    assert drawn.count(b"/Span <</Lang (en)>> BDC") == 3  # GDP, WTO, GB/T


def test_words_that_left_the_page_are_not_lost_in_silence(tmp_path: Path) -> None:
    text = "文种: 附件\n标题: 甲\n正文: [一段。]\n"
    writer = pdf.clone(made(written(tmp_path, text)).content)
    line = Line("二〇一二年7月", (Stretch(0, 7, Role.FANGSONG, 5.0),), (0.0,) * 7, 0.0, full=False)
    block = Placed(0, Block(Part.PARAGRAPH, (line,)))
    page = Composition((Page(1, (block,) * 3),))
    elements = drawn_elements(writer)
    tags.write_tags(DrawnPages(writer, elements, lambda _: None, (18,)), page)
    with pytest.raises(TagsDiffer, match="1 characters"):
        tags.write_tags(DrawnPages(writer, elements, lambda _: None, (17,)), page)
