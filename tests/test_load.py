"""Loading: every value knows its place, and whatever is no source is refused in Chinese."""

import time
from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from yinfa import load as loading
from yinfa.load import Mapping, Scalar, Sequence, load
from yinfa.model import Paragraph
from yinfa.report import Fault, SourceFault
from yinfa.validate import validate

HEAD = "文种: 通知\n标题: 关于测试的通知\n"
QUICK = settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def write(folder: Path, content: str | bytes) -> Path:
    path = folder / "稿.yaml"
    path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
    return path


def told(folder: Path, content: str | bytes) -> list[tuple[int, int, str]]:
    """Line, column and message of everything that loading *content* tells."""
    with pytest.raises(SourceFault) as caught:
        load(write(folder, content))
    findings = caught.value.findings
    assert all(finding.hint for finding in findings), "a fault without cure"
    return [(f.place.line, f.place.column, f.message) for f in findings]


def value(folder: Path, content: str) -> str:
    """The value of the one key 键 of *content*."""
    found = load(write(folder, content)).root.items[0][1]
    assert isinstance(found, Scalar)
    return found.value


# --- places ----------------------------------------------------------------------------------


def test_every_value_knows_its_line_and_column_from_one(tmp_path: Path) -> None:
    source = load(write(tmp_path, "标题: 甲\n正文:\n  - 乙\n  - 标题: 丙\n"))
    (_, title), (body_key, body) = source.root.items
    assert (title.place.line, title.place.column) == (1, 5)
    assert (body_key.place.line, body_key.place.column) == (2, 1)
    assert isinstance(body, Sequence)
    assert [(item.place.line, item.place.column) for item in body.items] == [(3, 5), (4, 5)]
    assert isinstance(body.items[1], Mapping)
    assert body.place.path == source.path


def test_values_are_taken_as_written(tmp_path: Path) -> None:
    content = "a: 09\nb: 12:30\nc: no\nd: 2009-12-31\ne: ~\nf: 1_000\ng: <b>{{ x }}</b>\n"
    values = [v.value for _, v in load(write(tmp_path, content)).root.items]
    assert values == ["09", "12:30", "no", "2009-12-31", "~", "1_000", "<b>{{ x }}</b>"]


def test_a_byte_order_mark_and_crlf_are_accepted(tmp_path: Path) -> None:
    source = load(write(tmp_path, "\ufeff标题: 甲\r\n文种: 函\r\n".encode()))
    assert [(k.value, v.value, k.place.line) for k, v in source.root.items] == [
        ("标题", "甲", 1),
        ("文种", "函", 2),
    ]


# --- folded lines ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("键: 中文\n  中文", "中文中文"),
        ("键: 中文，\n  “中文", "中文，“中文"),
        ("键: two\n  words", "two words"),
        ("键: 中文 中文", "中文 中文"),
        ("键: 在\n  2009年", "在2009年"),
        ("键: 共1000\n  人，占100%\n  的", "共1000人，占100%的"),
        ("键: 'two\n  words'", "two words"),
        ("键: '中文\n  中文'", "中文中文"),
        ('键: "中文\n  中\\u6587\n  two"', "中文中文 two"),
        ("键: >\n  中文\n  中文\n  two\n  words\n", "中文中文two words\n"),
        ("键: |\n  中文\n  中文\n", "中文\n中文\n"),
        ("键: >2\n  中文\n", "中文\n"),
        ("键: 中文　\n  中文", "中文　中文"),
    ],
)
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_a_folded_line_gives_no_space_beside_chinese(
    tmp_path: Path, written: str, read: str, line_end: str
) -> None:
    assert value(tmp_path, written.replace("\n", line_end)) == read


# --- what is refused -------------------------------------------------------------------------

COMPLAINTS = [
    ("", (1, 1), "文件是空的"),
    (" \n\n", (1, 1), "文件是空的"),
    ("# 注释\n", (1, 1), "文件里没有内容"),
    ("只有一句话", (1, 1), "“键: 值”"),
    ("- 甲\n- 乙\n", (1, 1), "“键: 值”"),
    ("标题：甲", (1, 3), "冒号是全角的“：”"),
    ("标题:甲", (1, 3), "冒号后面没有空格"),
    ("文种: 函\n标题：甲\n正文: 乙\n", (2, 3), "冒号是全角的“：”"),
    ("文种: 函\n标题:甲\n正文: 乙\n", (2, 3), "冒号后面没有空格"),
    ("文种: 函\n标题\n正文: 乙\n", (2, 1), "缺少冒号"),
    ("标题: 甲: 乙\n", (1, 6), "这里不该有“: ”"),
    ("标题: %甲\n", (1, 5), "不能以“%”开头"),
    ("标题: @甲\n", (1, 5), "不能以“@”开头"),
    ("标题: `甲\n", (1, 5), "不能以“`”开头"),
    ("标题: *甲\n", (1, 6), "“*”开头"),
    ("标题: &甲 乙\n", (1, 6), "“&”开头"),
    ("标题: !甲 乙\n", (1, 6), "“!”开头"),
    ("标题: '甲\n", (1, 5), "引号没有配对"),
    ('标题: "甲\n正文: 乙\n', (1, 5), "引号没有配对"),
    ('标题: "甲"乙\n', (1, 8), "引号后面还有内容"),
    ("标题: 'it's'\n", (1, 9), "引号后面还有内容"),
    ("标题: [2009]1号\n", (1, 11), "括号后面还有内容"),
    ("标题: {甲\n", (2, 1), "括号没有配对"),
    ('标题: "\\q"\n', (1, 6), "反斜杠"),
    ("标题: - 甲\n", (1, 5), "列表不能写在键的同一行"),
    ("标题: > 3\n", (1, 7), "应当换行"),
    ("标题: ]\n", (1, 5), "不能以“]”开头"),
    ("\t标题: 甲\n", (1, 1), "制表符"),
    ("正文:\n\t- 甲\n", (2, 1), "制表符"),
    ("正文:\n  - 甲\n - 乙\n", (3, 2), "缩进不对"),
    ("文种:\n  标题: 甲\n 正文: 乙\n", (3, 2), "缩进不对"),
    ("- 标题: 甲\n接排: 乙\n", (2, 1), "缩进不对"),
]


@pytest.mark.parametrize(("content", "place", "words"), COMPLAINTS)
def test_broken_yaml_is_explained_at_its_place(
    tmp_path: Path, content: str, place: tuple[int, int], words: str
) -> None:
    ((line, column, message),) = told(tmp_path, content)
    assert (line, column) == place
    assert words in message


def test_every_line_indented_with_a_tab_is_told_at_once(tmp_path: Path) -> None:
    assert [line for line, _, _ in told(tmp_path, "正文:\n\t- 甲\n  - 乙\n\t- 丙\n")] == [2, 4]


@pytest.mark.parametrize(
    ("data", "place", "words"),
    [
        ("标题: 关于测试的通知".encode("gb18030"), (1, 1), "第 1 个字节是 0xB1"),
        ("文种: 函\n标题: 甲".encode() + b"\xff", (2, 6), "第 24 个字节是 0xFF"),
        ("标题: 甲".encode("utf-16"), (1, 1), "UTF-16"),
        (b"\0\1\2", (0, 0), "不是文本文件"),
        (b"%PDF-1.7\n\xe2\xe3\xcf\xd3", (2, 1), "不是 UTF-8"),
    ],
)
def test_other_encodings_are_named_with_the_byte(
    tmp_path: Path, data: bytes, place: tuple[int, int], words: str
) -> None:
    ((line, column, message),) = told(tmp_path, data)
    assert (line, column) == place
    assert words in message


def test_gb18030_is_recognised_in_the_hint(tmp_path: Path) -> None:
    with pytest.raises(SourceFault) as caught:
        load(write(tmp_path, "标题: 关于测试的通知".encode("gb18030")))
    assert "GB18030" in caught.value.findings[0].hint


def test_all_control_characters_are_told_with_what_else_is_wrong(tmp_path: Path) -> None:
    source = load(write(tmp_path, "标题: 甲\x07乙\u2028\n正文: &a [丙]\n"))
    assert [(f.place.line, f.place.column) for f in source.findings] == [(1, 6), (1, 8), (2, 5)]
    assert "U+0007" in source.findings[0].message


def test_anchors_aliases_tags_and_merge_keys_are_refused(tmp_path: Path) -> None:
    source = load(write(tmp_path, "a: &x 甲\nb: *x\nc: !!str 乙\n<<: 丙\n? [丁]\n: 戊\n"))
    assert [finding.place.line for finding in source.findings] == [1, 2, 3, 4, 5]
    with pytest.raises(SourceFault):
        validate(source)


def test_a_second_document_in_the_file_is_refused(tmp_path: Path) -> None:
    source = load(write(tmp_path, "标题: 甲\n---\n标题: 乙\n"))
    assert [finding.place.line for finding in source.findings] == [2]


def test_a_bomb_of_aliases_costs_nothing(tmp_path: Path) -> None:
    rows = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    rows += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 12)]  # 9 ** 12
    path = write(tmp_path, "\n".join(rows))
    start = time.process_time()
    with pytest.raises(SourceFault):
        validate(load(path))
    assert time.process_time() - start < 1


@pytest.mark.parametrize("opening", ["[", "{a: ", "- ", "? "])
def test_endless_nesting_is_refused_at_once(tmp_path: Path, opening: str) -> None:
    path = write(tmp_path, opening * 50_000)
    start = time.process_time()
    with pytest.raises(SourceFault, match="嵌套超过"):
        load(path)
    assert time.process_time() - start < 1


def test_a_file_that_is_not_there_or_no_file_or_too_large(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(SourceFault, match="找不到"):
        load(tmp_path / "无.yaml")
    with pytest.raises(SourceFault, match="不是文件"):
        load(tmp_path)
    with pytest.raises(SourceFault, match="读不了"):
        load(Path("a\0b"))
    path = write(tmp_path, HEAD)
    monkeypatch.setattr(loading, "LARGEST_BYTES", path.stat().st_size - 1)
    with pytest.raises(SourceFault, match="文件太大"):
        load(path)


def test_a_flood_of_faults_is_cut_short(tmp_path: Path) -> None:
    source = load(write(tmp_path, "标题: " + "\x07" * 5000))
    with pytest.raises(SourceFault) as caught:
        validate(source)
    assert len(caught.value.findings) == loading.MOST_FINDINGS + 1


# --- any file --------------------------------------------------------------------------------

YAML_LIKE = st.lists(
    st.sampled_from(
        ["文种: 通知\n", "标题: 甲", "正文:\n", "  - ", "\n", ": ", "标题", "[", "]", "{", "}", "'",
         '"', "|\n", ">\n", "&a ", "*a", "!x ", "%", "@", "# ", "\t", "---\n", "...\n", "\\u", "　",
         "附件:\n  - ", "    正文: ", "行: ", "表格: ", "脚注: ", "[注1]", "成文日期: ", "2009年",
         "0", "\u2028", "\x85", "\r", "\U0010ffff", "\ud7ff", "？", "印章: ", "..", "/", "\0"]
    ),
    max_size=25,
).map("".join)  # fmt: skip


@QUICK
@given(st.one_of(st.text(max_size=200), YAML_LIKE))
@example("正文: [{表格: , 行: [[]]}]")
@example('印章: {图片: "\\0"}\n本单位规定: "\\0"')
def test_any_text_gives_a_document_or_a_fault(tmp_path: Path, text: str) -> None:
    for content in (text, HEAD + "正文:\n  - 甲\n" + text):
        try:
            validate(load(write(tmp_path, content.encode("utf-8", "surrogatepass"))))
        except Fault as fault:
            assert fault.findings
            assert str(fault)


@QUICK
@given(st.binary(max_size=200))
def test_any_bytes_give_a_fault(tmp_path: Path, data: bytes) -> None:
    with pytest.raises(Fault):
        validate(load(write(tmp_path, data)))


PARAGRAPHS = st.text(
    st.one_of(
        st.characters(categories=["L", "M", "N", "P", "S"], exclude_characters="\ufffd"),
        st.sampled_from("，。：“”（）《》、；#:-[]{}*&!|>%@'\"\\ 　中文国的a1"),
    ),
    min_size=1,
    max_size=80,
).map(lambda text: text.strip(" \u3000"))  # fmt: skip


@QUICK
@given(PARAGRAPHS.filter(lambda text: text and "[注" not in text))
def test_any_paragraph_survives_loading(tmp_path: Path, text: str) -> None:
    dumped = yaml.safe_dump([text], allow_unicode=True, width=10**6, default_style="'")
    document = validate(load(write(tmp_path, f"{HEAD}正文:\n{dumped}")))
    (paragraph,) = document.body
    assert isinstance(paragraph, Paragraph)
    assert paragraph.text.value == text


def test_a_comment_behind_a_text_is_told_since_it_would_not_be_printed(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    source = "文种: 材料 # 文种后的注释无妨\n标题: 甲\n正文:\n  - 第一段 #乙\n"
    path.write_text(source, encoding="utf-8")
    with pytest.raises(SourceFault) as fault:
        validate(load(path))
    (finding,) = fault.value.findings
    assert (finding.place.line, finding.place.column) == (4, 9)
    assert "“#”起的字不会排进去" in finding.message


# --- dashes without the blank that makes an item of a list -------------------------------------

TIGHT = [
    ("  -甲\n  -乙\n  - 丙\n", [(4, 3), (5, 3)]),
    ("  -甲\n", [(4, 3)]),
    ("  - 甲\n  -乙\n  - 丙\n  -丁\n", [(5, 3), (7, 3)]),
    ("  - 标题: 甲\n    正文:\n      -乙\n      -丙\n  - 丁\n", [(6, 7), (7, 7)]),
    ("  -标题: 甲\n    正文: 乙\n", [(4, 3)]),
    ("  -标题: 甲\n   正文: 乙\n  -标题: 丙\n   正文: 丁\n", [(4, 3), (6, 3)]),
    ("  - 甲\n  -标题: 乙\n    正文: 丙\n", [(5, 3)]),
    ("  - -甲\n", [(4, 5)]),
    ("  -Word 稿\n  -PDF 稿\n", [(4, 3), (5, 3)]),
]


@pytest.mark.parametrize(("body", "places"), TIGHT)
def test_a_dash_without_a_blank_is_told_at_its_line(
    tmp_path: Path, body: str, places: list[tuple[int, int]]
) -> None:
    with pytest.raises(SourceFault) as fault:
        validate(load(write(tmp_path, f"{HEAD}正文:\n{body}")))
    told = [(f.place.line, f.place.column, f.message) for f in fault.value.findings]
    assert told == [(*place, "“-”后面缺少空格") for place in places]


def test_an_item_that_continues_the_text_above_is_told(tmp_path: Path) -> None:
    with pytest.raises(SourceFault) as fault:
        validate(load(write(tmp_path, f"{HEAD}正文:\n  - 甲\n    - 乙\n")))
    (finding,) = fault.value.findings
    assert (finding.place.line, finding.place.column) == (5, 5)
    assert "没有另起一项" in finding.message


@pytest.mark.parametrize(
    "text",
    ["-5℃", "最低\n    -5℃", "——甲", "'-甲'", '"甲\n    -乙"', "|-\n    -甲", "甲-乙", "--甲", "-"],
)
def test_a_dash_that_is_meant_stays(tmp_path: Path, text: str) -> None:
    assert not load(write(tmp_path, f"{HEAD}正文:\n  - {text}\n")).findings
