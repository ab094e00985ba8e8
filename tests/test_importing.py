"""Text files become sources, and nothing of them is lost."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Any

import pytest

from yinfa.arrange import arrange
from yinfa.exporting.text import as_text
from yinfa.files import FileContent
from yinfa.importing.convert import LossFault, import_file
from yinfa.importing.proof import losses
from yinfa.load import load
from yinfa.model import Article, Chapter, Document, Section, Table
from yinfa.report import Fault, Place, SourceFault
from yinfa.validate import validate

DATA = Path(__file__).parent / "data"
TEXTS = sorted((DATA / "import").glob("*.txt"))
REAL = DATA / "attachment-2.txt"
SOURCE = Path(__file__).parent.parent / "source" / "附件2.yaml"


def words_of(noun: object) -> Any:
    """*noun* without places, pictures' folders and the path: what it says."""
    if isinstance(noun, Place | Path | FileContent):
        return None
    if isinstance(noun, tuple):
        return tuple(words_of(part) for part in noun)
    if dataclasses.is_dataclass(noun):
        parts = dataclasses.fields(noun)
        return {part.name: words_of(getattr(noun, part.name)) for part in parts}
    return noun


def read(path: Path) -> Document:
    return validate(load(path))


def squeezed(text: str) -> str:
    return "".join(text.split())


@pytest.fixture
def imported(tmp_path: Path) -> Any:
    """A call that imports words and gives the document, with what was remarked in ``remarks``."""

    def call(words: str | bytes, name: str = "来文.txt", **settings: Any) -> Document:
        path = tmp_path / name
        path.write_bytes(words if isinstance(words, bytes) else words.encode())
        product = tmp_path / "out" / "成果.yaml"
        product.unlink(missing_ok=True)
        result = import_file(path, product, **settings)
        call.remarks = [(remark.line, remark.message) for remark in result.remarks]  # type: ignore[attr-defined]
        call.tidied = result.tidied  # type: ignore[attr-defined]
        call.yaml = product.read_text("utf-8")  # type: ignore[attr-defined]
        return read(product)

    return call


# --- the real document -----------------------------------------------------------------------


def test_the_real_text_becomes_the_real_source(tmp_path: Path) -> None:
    result = import_file(REAL, tmp_path / "附件2.yaml")
    assert result.remarks == ()
    assert words_of(read(result.path)) == words_of(read(SOURCE))


def test_the_real_source_gives_back_the_real_text() -> None:
    text = as_text(arrange(read(SOURCE)))
    # 7.3.7 has no colon after the label; all else is the same.
    assert squeezed(text) == squeezed(REAL.read_text("utf-8")).replace("附件2：", "附件2", 1)


@pytest.mark.parametrize("path", [*TEXTS, REAL], ids=lambda path: path.stem)
def test_a_text_survives_import_export_import(path: Path, tmp_path: Path) -> None:
    first = import_file(path, tmp_path / "一.yaml")
    assert not any("没有认出结构" in remark.message for remark in first.remarks)
    document = read(first.path)
    text = tmp_path / "一.txt"
    text.write_text(as_text(arrange(document)), "utf-8")
    second = import_file(text, tmp_path / "二.yaml")
    assert words_of(read(second.path)) == words_of(document)
    assert as_text(arrange(read(second.path))) == text.read_text("utf-8")


# --- what is recognised ----------------------------------------------------------------------


def test_a_notice_with_everything(imported: Any) -> None:
    document = imported((DATA / "import" / "通知及附件.txt").read_bytes())
    head = document.letterhead
    assert (str(head.copy_number), str(head.classification), str(head.urgency)) == (
        "000012", "机密★1年", "特急",
    )  # fmt: skip
    assert [str(name) for name in head.mark] == ["×××××局"]
    assert head.mark_suffix == "文件"
    assert [str(name) for name in document.attachment_list] == ["排版检查表", "常见错误举例"]
    assert str(document.note) == "（联系人：×××，电话：××××××××）"
    table = document.attachments[0].body[0]
    assert isinstance(table, Table)
    assert str(table.caption) == "检查情况一览"
    assert [str(cell) for cell in table.rows[1]] == ["2", "字数", ""]
    assert str(document.imprint.printed_on) == "2012-07-02"
    assert imported.remarks == []


def test_levels_nest_and_their_numbers_are_dropped(imported: Any) -> None:
    document = imported("通知\n\n一、甲\n（一）乙。丙。\n1.丁\n（1）戊\n①己\n二、庚\n")
    first, second = document.body
    assert (first.title.value, second.title.value) == ("甲", "庚")
    deepest = first
    titles = []
    while deepest.body:
        deepest = deepest.body[0]
        titles.append(deepest.title.value)
    assert titles == ["乙。", "丁", "戊", "己"]
    assert first.body[0].run_in.value == "丙。"


def test_half_width_marks_of_numbers_are_understood(imported: Any) -> None:
    document = imported("通知\n\n一、甲\n(一)乙\n1、丙\n(1)丁\n")
    assert as_text(arrange(document)).split()[1:] == ["一、甲", "（一）乙", "1.丙", "（1）丁"]


def test_numbers_out_of_order_keep_the_order_of_the_file(imported: Any) -> None:
    document = imported("通知\n\n一、甲\n三、乙\n")
    assert [node.title.value for node in document.body] == ["甲", "乙"]
    assert as_text(arrange(document)).split()[1:] == ["一、甲", "三、乙"]
    assert imported.remarks == []


def test_a_level_that_is_skipped_stays_as_typed(imported: Any) -> None:
    document = imported("通知\n\n一、甲\n1.乙\n2.丙\n二、丁\n")
    assert [str(node.text) for node in document.body[0].body] == ["1.乙", "2.丙"]
    assert imported.remarks[0][0] == 4


def test_a_regulation_has_chapters_articles_and_items(imported: Any) -> None:
    document = imported((DATA / "import" / "规定.txt").read_bytes())
    first, second, last = document.body
    assert isinstance(first, Chapter) and isinstance(first.body[1], Article)
    items = first.body[1].items
    assert [str(item.text) for item in items] == ["确定版面，包括：", "选定字体；", "编排页码。"]
    assert [str(item.text) for item in items[0].items] == ["页边；", "行数和字数；"]
    assert [str(text) for text in first.body[2].paragraphs] == [
        "排版应当准确、清楚。", "排版人员应当核对原稿，不得改动文字。",
    ]  # fmt: skip
    assert [part.part for part in second.body] == ["节", "节"]
    assert str(last.title) == "附则"


def test_a_sentence_about_an_article_is_no_article(imported: Any) -> None:
    document = imported("说明\n\n第三条规定的工作已经完成。\n第一，要认真。\n")
    assert [str(node.text) for node in document.body] == [
        "第三条规定的工作已经完成。", "第一，要认真。",
    ]  # fmt: skip


def test_a_closing_paragraph_stands_under_no_heading(imported: Any) -> None:
    document = imported("通知\n\n一、甲\n乙。\n\n丙。\n")
    section, closing = document.body
    assert isinstance(section, Section)
    assert str(closing.text) == "丙。"


def test_wrong_brackets_of_a_number_are_told(imported: Any) -> None:
    document = imported("×××局文件\n×××[2012]第08号\n\n关于甲的通知\n\n乙。\n×××局\n2012年7月1日\n")
    assert str(document.letterhead.number) == "×××〔2012〕8号"
    assert any("发文字号" in message for _, message in imported.remarks)


def test_minutes_keep_the_number_the_office_gave_them(imported: Any) -> None:
    document = imported("×××局会议纪要\n第9期\n\n关于甲的会议纪要\n\n乙。\n")
    assert str(document.letterhead.number) == "第9期"
    assert document.genre == "纪要"


def test_signatories_stand_beside_the_number(imported: Any) -> None:
    document = imported((DATA / "import" / "请示.txt").read_bytes())
    assert [str(name) for name in document.letterhead.signatories] == ["×××"]
    assert str(document.signature.date) == "2012-07-15"
    assert [str(name) for name in document.attachment_list] == ["设备清单"]


def test_an_order_has_a_number_of_its_own(imported: Any) -> None:
    document = imported(
        "×××××令\n第3号\n\n《排版办法》已经通过，现予公布，自2012年8月1日起施行。\n\n"
        "局长　×××\n2012年7月1日\n"
    )
    assert document.genre == "令"
    assert str(document.letterhead.number) == "第3号"
    assert [str(line) for line in document.signature.issuers] == ["局长　×××"]


def test_lines_cut_by_mail_become_paragraphs(imported: Any) -> None:
    document = imported((DATA / "import" / "邮件.txt").read_bytes())
    assert len(document.body) == 3
    assert "现将有关安排说明如下" in str(document.body[0].text)


def test_a_label_with_number_and_title_on_one_line(imported: Any) -> None:
    document = imported("附件3：甲情况\n乙。\n")
    assert (document.label, str(document.title)) == ("附件3", "甲情况")


def test_an_attachment_list_that_does_not_match_is_kept(imported: Any) -> None:
    document = imported(
        "关于甲的通知\n\n各科室：\n乙。\n附件：丙表\n×××局\n2012年7月1日\n附件\n\n丁表\n\n戊。\n"
    )
    assert str(document.body[-1].text) == "附件：丙表"
    assert any("不一致" in message for _, message in imported.remarks)


def test_footnotes_and_blanks_stay(imported: Any) -> None:
    document = imported("说明\n\n甲[注1]填写____。\n[注1]乙。\n")
    assert str(document.body[0].text) == "甲[注1]填写____。"
    assert [str(note) for note in document.body[0].notes] == ["乙。"]


def test_markup_is_text(imported: Any) -> None:
    words = "<b>{{ 甲 }}</b> & '乙' # 丙: \"丁\""
    assert str(imported(f"说明\n\n{words}\n戊。\n").body[0].text) == words


@pytest.mark.parametrize(
    "words",
    ["- 甲", "-甲", "? 乙", "'丙", "标题：丁", "图: 戊", "[己]", "{庚}", "#辛", "*壬", "|", ">",
     "%", "@", "甲: 乙", "丙 #丁", "---", "...", "是", "null", "12:30", "图：x"],
)  # fmt: skip
def test_what_yaml_would_take_for_its_own_is_quoted(words: str, imported: Any) -> None:
    assert str(imported(f"说明\n\n甲乙。\n{words}\n").body[1].text) == words


def test_box_lines_make_a_table(imported: Any) -> None:
    document = imported("说明\n\n甲。\n┌──┬──┐\n│序号│名称│\n├──┼──┤\n│1│乙│\n└──┴──┘\n丙。\n")
    table = document.body[1]
    assert [[str(cell) for cell in row] for row in (*table.header, *table.rows)] == [
        ["序号", "名称"], ["1", "乙"],
    ]  # fmt: skip


# --- encodings and white space ----------------------------------------------------------------


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be"]
)
def test_encodings_are_told_apart(encoding: str, imported: Any) -> None:
    text = REAL.read_text("utf-8").replace("\n", "\r\n")
    assert (
        words_of(imported(text.encode(encoding)))["title"]["value"] == "2009年常州教育党建工作总结"
    )


def test_all_kinds_of_space_are_space(imported: Any) -> None:
    document = imported("\u3000\u3000通\u00a0知\u3000\n\n\t甲\u2003乙。\u200b\n丙。\n")
    assert [str(node.text) for node in document.body] == ["甲 乙。", "丙。"]
    assert imported.remarks == [(0, "删去看不见的字符1个（它们没有字形）")]


# --- tidying ----------------------------------------------------------------------------------


def test_nothing_is_changed_unasked(imported: Any) -> None:
    words = '近期,一些公文把"..."写错了２０１２年.'
    assert str(imported(f"关于甲的通知\n\n{words}\n乙。\n").body[0].text) == words


def test_tidying_lists_every_change(imported: Any) -> None:
    document = imported(
        '关于甲的通知\n\n近期,公文(含附件)把"..."写错,见２０１２ 年第 3 期.\n乙。\n', tidy=True
    )
    wanted = "近期，公文（含附件）把“……”写错，见2012年第3期。"
    assert str(document.body[0].text) == wanted
    assert len(imported.tidied) == 12
    assert {change.line for change in imported.tidied} == {3}


# --- the proof --------------------------------------------------------------------------------

LINES = {1: "甲乙", 2: "", 3: " 一、丙"}


def test_the_proof_holds_when_all_is_there() -> None:
    assert losses(LINES, [1, 3], [[(3, "一、", "二、")]], ["甲", "乙二、丙"]) == []


@pytest.mark.parametrize(
    ("order", "changes", "rebuilt"),
    [
        ([1, 3], [], ["甲乙", "一、"]),  # a character dropped at the end
        ([1, 3], [], ["甲", "一、丙"]),  # within
        ([1, 3], [], ["甲乙", "一、丙丁"]),  # one too many
        ([1], [], ["甲乙"]),  # a line forgotten
        ([1, 3, 1], [], ["甲乙一、丙甲乙"]),  # a line used twice
        ([1, 3], [[(1, "乙", "")]], ["甲一、丙"]),  # a letter claimed to be a number
        ([1, 3], [[(1, "丁", "")]], ["甲乙一、丙"]),  # what does not stand there
        ([3, 1], [], ["甲乙一、丙"]),  # another order
    ],
)
def test_the_proof_sees(order: list[int | str], changes: Any, rebuilt: list[str]) -> None:
    assert losses(LINES, order, changes, rebuilt)


def test_a_writer_that_drops_one_character_is_found_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from yinfa.importing import convert

    written = convert.yaml_text
    monkeypatch.setattr(
        convert, "yaml_text", lambda *given: written(*given).replace("唐盛昌", "唐盛", 1)
    )
    product = tmp_path / "附件2.yaml"
    with pytest.raises(LossFault) as caught:
        import_file(REAL, product)
    assert caught.value.findings[0].place.line == 8
    assert list(tmp_path.iterdir()) == []


# --- what cannot be imported --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("空.txt", b"", "空的"),
        ("白.txt", b"\xef\xbb\xbf \r\n\t\n", "空的"),
        ("全角空格.txt", "　　\n".encode(), "没有文字"),
        ("乱.txt", bytes(range(256)) * 20, "编码"),
        ("西文.txt", "café déjà vu naïve".encode("latin-1"), "编码"),
        ("旧.doc", b"\xd0\xcf\x11\xe0" + b"x" * 600, "旧格式"),
        ("文.pdf", b"%PDF-1.7\n", "PDF"),
        ("文.rtf", b"{\\rtf1 }", "RTF"),
        ("源.yaml", "文种: 通知\n标题: 甲\n正文:\n  - 乙\n".encode(), "已经是"),
        ("源.txt", "文种: 通知\n标题: 甲\n正文:\n  - 乙\n".encode(), "已经是"),
        ("半.txt", b"\xef\xbb\xbf\xe4\xb8", "UTF-8-SIG"),
        ("自造字.txt", "说明\n甲\ue000乙。\n".encode(), "自造字"),
        ("乱码.txt", "说明\n甲\ufffd乙。\n".encode(), "乱码"),
    ],
)
def test_what_is_no_text_is_refused(
    name: str, data: bytes, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "")  # no LibreOffice
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(SourceFault) as caught:
        import_file(path, tmp_path / "成果" / "甲.yaml")
    assert said in str(caught.value)
    assert caught.value.exit_code == 2
    assert caught.value.findings[0].hint


def test_a_file_that_is_there_is_not_overwritten(tmp_path: Path) -> None:
    path, product = tmp_path / "甲.txt", tmp_path / "甲.yaml"
    path.write_text("说明\n\n甲。\n", "utf-8")
    product.write_text("旧", "utf-8")
    with pytest.raises(Fault, match="已有同名的文件"):
        import_file(path)
    assert product.read_text("utf-8") == "旧"


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(Fault, match="找不到"):
        import_file(tmp_path / "无.txt")


@pytest.mark.parametrize(
    ("typed", "tidied"),
    [
        ("二.参加人员", "二、参加人员"),
        ("现将《支持企业 增强动能》印发，认真 执行。", "现将《支持企业 增强动能》印发，认真执行。"),
        ("请⼈⼤办公室⻓期管理⽂件。", "请人大办公室长期管理文件。"),
        ("省略号⋯⋯和…，甲乙丙丁戊己庚辛。", "省略号……和……，甲乙丙丁戊己庚辛。"),
    ],
    ids=["a number is left alone", "a blank in a title", "radicals", "other dots"],
)  # fmt: skip
def test_tidying_knows_what_is_meant(typed: str, tidied: str, imported: Any) -> None:
    document = imported(f"关于甲的通知\n\n{typed}\n乙。\n", tidy=True)
    assert tidied in as_text(arrange(document))


def test_tidying_says_what_kind_each_change_is(imported: Any) -> None:
    imported('关于甲的通知\n\n近期,公文(含附件)把"乙"写错,见２０１２ 年.\n乙。\n', tidy=True)
    assert {change.kind for change in imported.tidied} == {
        "半角标点", "直引号", "全角数字和字母", "多余的空格",
    }  # fmt: skip


# --- several files, foreign files, files without a title -----------------------------------------


def test_a_text_without_a_title_is_no_document_until_it_has_one(tmp_path: Path) -> None:
    path = tmp_path / "扫描件001.txt"
    path.write_text("近来有单位提出请示，经研究，答复如下。\n请遵照执行。\n", "utf-8")
    result = import_file(path)
    assert any("没有认出标题" in remark.message for remark in result.remarks)
    assert "扫描件001" not in result.path.read_text("utf-8").split("文种")[1]
    with pytest.raises(SourceFault, match="标题"):
        read(result.path)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"<html><body><p>\xe7\x94\xb2</p></body></html>", "HTML"),
        (b"\xef\xbb\xbf<!DOCTYPE html><title>a</title>", "HTML"),
        (b"MIME-Version: 1.0\nContent-Type: multipart/related\n\n<html>", "MHT"),
        (b'<?xml version="1.0"?><?mso-application progid="Word.Document"?><pkg:package/>', "XML"),
    ],
)
def test_what_only_calls_itself_word_is_told(data: bytes, said: str, tmp_path: Path) -> None:
    path = tmp_path / "来文.doc"
    path.write_bytes(data)
    with pytest.raises(SourceFault, match=said) as caught:
        import_file(path)
    assert "另存为 .docx" in caught.value.findings[0].hint


def test_libreoffice_converts_where_it_is_installed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import docx

    word = docx.Document()
    word.add_paragraph("说明")
    word.add_paragraph("甲。")
    word.save(str(tmp_path / "made.docx"))
    program = tmp_path / "bin" / "soffice"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nwhile [ "$1" != --outdir ]; do shift; done\n'
                       f'cp "{tmp_path}/made.docx" "$2/in.docx"\n', "utf-8")  # fmt: skip
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}:/usr/bin:/bin")
    path = tmp_path / "来文.rtf"
    path.write_bytes(b"{\\rtf1 }")
    result = import_file(path)
    assert str(read(result.path).title) == "说明"
    assert any("LibreOffice" in remark.message for remark in result.remarks)


def test_a_folder_is_imported_with_a_table_at_the_end(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from yinfa.cli import main

    (tmp_path / "甲.txt").write_text("关于甲的通知\n\n乙。\n丙。\n", "utf-8")
    (tmp_path / "~$丁.docx").write_bytes(b"x")
    (tmp_path / "丁.doc").write_bytes(b"<html>")
    assert main(["import", str(tmp_path)]) == 2
    shown = capsys.readouterr().out.splitlines()
    assert shown[-3:] == [
        "文件\t文种\t要看的地方",
        f"{tmp_path / '丁.doc'}\t没有导入\t是网页文件（HTML），不是 Word 文件",
        f"{tmp_path / '甲.txt'}\t通知\t无",
    ]


def test_import_tells_programs_all_it_knows(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    import json

    from yinfa.cli import main

    path = tmp_path / "甲.md"
    path.write_text("# 关于甲的通知\n\n**乙**丙。\n\n丁。\n", "utf-8")
    assert main(["import", str(path), "--format", "json"]) == 0
    (told,) = json.loads(capsys.readouterr().out)
    assert (told["form"], told["imported"]) == ("通知", True)
    assert told["ledger"] == [
        {"kind": "加粗", "count": 1, "done": "没有收入", "places": [{"place": 3, "words": "乙"}]}
    ]


def test_brackets_that_look_like_notation_are_printed_as_they_are(imported: Any) -> None:
    words = "[甲乙：丙]乙[[丁。"
    document = imported(f"关于甲的通知\n\n{words}\n戊。\n")
    assert arrange(document).divisions[0].body[0].text == words


def test_a_text_that_is_passed_on_keeps_its_own_parts(imported: Any) -> None:
    document = imported(
        "××办公室转发市教育局关于扩大招生请示的通知\n\n各区：\n现转发给你们，请认真执行。\n\n××办公室\n"
        "2024年3月5日\n\n关于扩大招生的请示\n\n市人民政府：\n为满足需要，拟扩大规模。\n以上请示妥否，请批示。\n\n"
        "市教育局\n2024年2月18日\n"
    )
    (passed,) = document.issued
    assert [str(name) for name in passed.addressees] == ["市人民政府"]
    assert [str(name) for name in passed.issuers] == ["市教育局"]
    assert str(passed.date) == "2024年2月18日"
