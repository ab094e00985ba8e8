"""The file of a bundle: what it may say, and all that can be wrong with it, told at once."""

from __future__ import annotations

from pathlib import Path

import pytest
from bundle_samples import HEAD, NOTICE, paper
from jsonschema import Draft7Validator
from printing_samples import A3, numbered, saved
from test_schema import as_editor

from yinfa.bundling.binding import bind
from yinfa.bundling.bundle import Folios, read_bundle
from yinfa.bundling.secrecy import highest
from yinfa.cli import main
from yinfa.load import load
from yinfa.model import Document
from yinfa.report import Fault, SourceFault
from yinfa.schema import bundle_schema
from yinfa.skeletons import skeleton
from yinfa.validate import validate

ROOT = Path(__file__).parent.parent


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A folder with two papers."""
    for name in ("甲", "乙"):
        (tmp_path / f"{name}.yaml").write_text(paper(name, 1), "utf-8")
    return tmp_path


def written(place: Path, text: str, name: str = "bundle.yaml") -> Path:
    path = place / name
    path.write_text(text, "utf-8")
    return path


def faults(path: Path) -> list[tuple[str, int, str]]:
    with pytest.raises(SourceFault) as caught:
        read_bundle(path)
    return [(f.place.path.name, f.place.line, f.message) for f in caught.value.findings]


def test_a_bundle_says_the_meeting_and_its_materials(place: Path) -> None:
    bundle = read_bundle(
        written(place, HEAD + "材料:\n  - 甲.yaml\n  - {文件: 乙.yaml, 标题: 丙, 标记: 参阅材料}\n")
    )
    assert [each.title for each in bundle.materials] == ["甲", "丙"]
    assert [each.mark for each in bundle.materials] == ["会议材料之一", "参阅材料"]
    assert (str(bundle.title), bundle.days) == ("会议材料汇编", "2012年7月9日")
    assert bundle.folios is Folios.THROUGH
    assert not bundle.dividers


def test_english_is_as_good_as_chinese(place: Path) -> None:
    bundle = read_bundle(
        written(
            place,
            "meeting: 会\ndate: 2012-7-9\nplace: 某地\nhost: 某办\nfolios: own\ndividers: yes\n"
            "marks: 材料\nbinding: duplex\ncarry_source: no\n"
            "materials:\n  - 甲.yaml\n  - file: 乙.yaml\n    title: 丙\n    mark: none\n",
        )
    )
    assert [(each.title, each.mark) for each in bundle.materials] == [("甲", "材料一"), ("丙", "")]
    assert (bundle.folios, bundle.dividers, bundle.mirrored) == (Folios.OWN, True, True)
    assert not bundle.carries


def test_a_mark_of_its_own_is_not_counted(place: Path) -> None:
    (place / "丙.yaml").write_text(paper("丙", 1), "utf-8")
    text = HEAD + "材料:\n  - 甲.yaml\n  - {文件: 乙.yaml, 标记: 无}\n  - 丙.yaml\n"
    marks = [each.mark for each in read_bundle(written(place, text)).materials]
    assert marks == ["会议材料之一", "", "会议材料之二"]


@pytest.mark.parametrize(
    ("days", "shown"),
    [
        ("2012年7月9日", "2012年7月9日"),
        ("2012-07-09", "2012年7月9日"),
        ("2012年7月9日至11日", "2012年7月9日至11日"),
        ("2012年7月30日—8月2日", "2012年7月30日至8月2日"),
        ("2012年12月30日至2013年1月5日", "2012年12月30日至2013年1月5日"),
    ],
)
def test_days_of_a_meeting(place: Path, days: str, shown: str) -> None:
    path = written(place, HEAD.replace("2012-07-09", days) + "材料: [甲.yaml]\n")
    assert read_bundle(path).days == shown


@pytest.mark.parametrize(
    "days",
    [
        "去年",
        "2012年7月",
        "2012年7月9日至月底",
        "2012年13月1日",
        "2012年7月9日至99日",
        "2012年7月9日至2013年11日",  # of which month?
        "2012年12月30日至2013年2月29日",
    ],
)
def test_days_that_are_none(place: Path, days: str) -> None:
    path = written(place, HEAD.replace("2012-07-09", days) + "材料: [甲.yaml]\n")
    ((_, line, message),) = faults(path)
    assert line == 2
    assert "日期" in message


@pytest.mark.parametrize(
    "days",
    ["7月9日至7月1日", "7月9日至9日", "7月9日至8日", "12月30日至1月5日", "7月9日至2011年7月11日"],
)
def test_a_meeting_ends_after_the_day_on_which_it_begins(place: Path, days: str) -> None:
    path = written(place, HEAD.replace("2012-07-09", f"2012年{days}") + "材料: [甲.yaml]\n")
    ((_, line, message),) = faults(path)
    assert line == 2
    assert "不在开始的2012年" in message


def test_all_faults_are_told_at_once_each_with_its_line(place: Path) -> None:
    (place / "错.yaml").write_text("文种: 通知\n标题: 甲\n", "utf-8")
    saved(numbered(2, A3), place / "大.pdf")
    sound = saved(numbered(1), place / "好.pdf").read_bytes()
    (place / "断.pdf").write_bytes(sound[: len(sound) // 2])
    secret = numbered(1)
    secret.encrypt("口令")
    saved(secret, place / "密.pdf")
    (place / "假.pdf").write_bytes(b"PK")
    (place / "文件夹.yaml").mkdir()
    path = written(
        place,
        "会议: 会\n日期: 前天\n地方: 某地\n页码: 通\n隔页: 也许\n材料:\n  - 甲.yaml\n"
        "  - 没有.yaml\n  - /etc/hosts\n  - ../../../../../远.yaml\n  - 甲.yaml\n  - 甲.docx\n"
        "  - bundle.yaml\n  - [甲.yaml]\n  - 大.pdf\n  - 断.pdf\n  - 密.pdf\n  - 假.pdf\n"
        "  - 文件夹.yaml\n  - {文件: 乙.yaml, 标记: 一二三四五六七八九十一二三四五六七}\n"
        "  - {标题: 丙}\n  - 错.yaml\n  - https://example.com/甲.yaml\n",
    )
    told = faults(path)
    expected = {
        ("bundle.yaml", 2): "不是日期",
        ("bundle.yaml", 3): "没有“地方”这个键",
        ("bundle.yaml", 4): "“页码”不能是“通”",
        ("bundle.yaml", 5): "“隔页”不能是",
        ("bundle.yaml", 8): "找不到文件",
        ("bundle.yaml", 9): "不是相对路径",
        ("bundle.yaml", 10): "往上 4 级以外",
        ("bundle.yaml", 11): "与第7行的重复",
        ("bundle.yaml", 12): "不是 YAML 文件，也不是 PDF",
        ("bundle.yaml", 13): "也是汇编",
        ("bundle.yaml", 14): "应是一段文字",
        ("bundle.yaml", 15): "大.pdf：第1页是 297 × 420 毫米，比 A4 大",
        ("bundle.yaml", 16): "断.pdf：PDF 不完整",
        ("bundle.yaml", 17): "密.pdf：PDF 已加密",
        ("bundle.yaml", 18): "假.pdf：这不是 PDF 文件",
        ("bundle.yaml", 19): "找不到文件",
        ("bundle.yaml", 20): "最多 16 个",
        ("bundle.yaml", 21): "缺少“文件”",
        ("bundle.yaml", 23): "不是相对路径",
        ("错.yaml", 1): "缺少“正文”",
    }
    for (name, line), words in expected.items():
        assert any(f[:2] == (name, line) and words in f[2] for f in told), (name, line, told)
    assert {f[:2] for f in told} == set(expected)


def test_what_is_missing_is_asked_for(tmp_path: Path) -> None:
    messages = [message for _, _, message in faults(written(tmp_path, "标题: 汇编\n材料: []\n"))]
    assert messages == ["缺少“会议”", "缺少“日期”", "缺少“地点”", "“材料”是空的"]


def test_documents_numbered_from_1_need_marks(place: Path) -> None:
    text = HEAD + "页码: 各自\n标记: 无\n材料:\n  - 甲.yaml\n  - 乙.yaml\n"
    ((_, line, message),) = faults(written(place, text))
    assert line == 4
    assert "第7、8行的材料没有标记" in message


def test_one_bundle_has_one_house(place: Path) -> None:
    other = place / "别处"
    other.mkdir()
    (other / "house.yaml").write_text("天头: 40\n", "utf-8")
    (other / "丙.yaml").write_text(paper("丙", 1), "utf-8")
    path = written(place, HEAD + "材料:\n  - 甲.yaml\n  - 别处/丙.yaml\n")
    with pytest.raises(Fault) as caught:
        bind(read_bundle(path), place / "汇编.pdf")
    (finding,) = caught.value.findings
    assert finding.place.line == 6
    assert "丙.yaml" in finding.message
    assert "天头" in finding.message
    assert "排成 PDF" in finding.hint
    assert not (place / "汇编.pdf").exists()


def test_nothing_is_written_of_a_faulty_bundle(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = written(place, HEAD + "材料: [没有.yaml]\n")
    before = set(place.rglob("*"))
    assert main(["bundle", str(path), "-o", str(place / "out.pdf")]) == 2
    assert set(place.rglob("*")) == before
    assert f"{path}:4:6: 找不到文件：没有.yaml" in capsys.readouterr().err


def test_a_cover_that_cannot_hold_its_words_is_refused(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    hosts = "、".join(f"×××市×××局{n}" for n in range(9))
    text = HEAD + f"主办: [{hosts.replace('、', ', ')}]\n标题: 甲|乙|丙|丁|戊\n材料: [甲.yaml]\n"
    assert main(["bundle", str(written(place, text)), "-o", str(place / "out.pdf")]) == 2
    assert "封面排不下" in capsys.readouterr().err


@pytest.mark.parametrize("dividers", ["是", "否"])
def test_a_title_that_no_page_holds_is_refused(
    place: Path, dividers: str, capsys: pytest.CaptureFixture[str]
) -> None:
    text = HEAD + f"隔页: {dividers}\n材料:\n  - {{文件: 甲.yaml, 标题: {'很长的标题' * 80}}}\n"
    assert main(["bundle", str(written(place, text)), "-o", str(place / "out.pdf")]) == 2
    assert "bundle.yaml:6:10: 标题有 400 个字，目录或隔页上排不下" in capsys.readouterr().err


def test_a_series_of_marks_leaves_room_for_its_numerals(place: Path) -> None:
    text = HEAD + "标记: 一二三四五六七八九十一二三\n材料: [甲.yaml]\n"
    ((_, line, message),) = faults(written(place, text))
    assert line == 4
    assert "有 13 个字，最多 12 个" in message


def test_without_a_file_all_bundles_below_source_are_made(
    place: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    source = place / "source"
    for name, meeting in (("一/bundle.yaml", "甲会"), ("二/汇编.yaml", "乙会")):
        folder = source / name.split("/")[0]
        folder.mkdir(parents=True)
        (folder / "材料.yaml").write_text(paper(meeting, 1), "utf-8")
        (source / name).write_text(
            HEAD.replace("×××市公文处理工作会议", meeting) + "材料: [材料.yaml]\n", "utf-8"
        )
    monkeypatch.chdir(place)
    assert main(["bundle"]) == 0
    told = capsys.readouterr()
    assert "\r" not in told.err  # a pipe is no terminal
    products = sorted(path.relative_to(place) for path in place.rglob("*.pdf"))
    assert [str(path) for path in products] == [
        "build/一/甲会 会议材料汇编.pdf",
        "build/二/乙会 会议材料汇编.pdf",
    ]
    assert main(["build"]) == 0  # and no bundle is taken for a document
    assert "汇编" not in capsys.readouterr().out


def test_a_bundle_is_checked_as_a_document_is(
    place: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    written(place, HEAD + "材料: [甲.yaml, 乙.yaml]\n")
    monkeypatch.chdir(place)
    assert main(["check", "bundle.yaml"]) == 0
    assert "汇编，查了 2 份材料" in capsys.readouterr().out


def test_two_bundles_never_take_one_name(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    one = written(place, HEAD + "材料: [甲.yaml]\n", "bundle.yaml")
    two = written(place, HEAD + "材料: [乙.yaml]\n", "汇编.yaml")
    assert main(["bundle", str(one), str(two)]) == 2
    assert "会生成同名的" in capsys.readouterr().err
    assert main(["bundle", str(one), str(two), "-o", "out.pdf"]) == 2
    assert "-o 只能用于一本汇编" in capsys.readouterr().err


def test_a_bundle_and_a_document_never_take_one_name(
    place: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(place)
    bundle = written(place, HEAD.replace("×××市公文处理工作会议", "会") + "材料: [甲.yaml]\n")
    (place / "丙.yaml").write_text(paper("会 会议材料汇编", 1), "utf-8")
    product = place / "build" / "会 会议材料汇编.pdf"
    for first, second in (("bundle", "build"), ("build", "bundle")):
        files = {"bundle": bundle.name, "build": "丙.yaml"}
        assert main([first, files[first]]) == 0
        before = product.read_bytes()
        capsys.readouterr()
        assert main([second, files[second]]) == 2
        assert f"与 {files[first]} 会生成同名的 {product.name}" in capsys.readouterr().err
        assert product.read_bytes() == before
        product.unlink()


def test_what_is_wrong_with_a_later_bundle_is_told_before_the_first_is_made(
    place: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(place)
    (place / "别处").mkdir()
    (place / "别处" / "house.yaml").write_text("天头: 40\n", "utf-8")
    (place / "别处" / "丙.yaml").write_text(paper("丙", 1), "utf-8")
    one = written(place, HEAD + "材料: [甲.yaml]\n")
    two = written(place, HEAD + "标题: 二\n材料: [乙.yaml, 别处/丙.yaml]\n", "二.yaml")
    three = written(place, HEAD + "标题: 三\n材料: [没有.yaml]\n", "三.yaml")
    assert main(["bundle", one.name, two.name, three.name]) == 2
    told = capsys.readouterr().err
    assert "丙.yaml”的本单位规定" in told
    assert "找不到文件：没有.yaml" in told
    assert not (place / "build").exists()


def test_a_folder_without_bundles_says_where_they_go(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["bundle"]) == 2
    assert "没有找到汇编" in capsys.readouterr().err


def test_a_bundle_taken_for_a_document_is_told_apart(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = written(place, HEAD + "材料: [甲.yaml]\n")
    assert main(["build", str(path), "-o", str(place / "out.pdf")]) == 2
    told = capsys.readouterr().err
    assert "这是会议材料汇编，不是公文" in told
    assert "yinfa bundle" in told


# --- secrecy ---------------------------------------------------------------------------------


def classified(folder: Path, *marks: str) -> list[Document]:
    found = []
    for number, mark in enumerate(marks):
        path = folder / f"{number}.yaml"
        secret = f"密级: {mark}\n份号: 1\n" if mark else ""
        path.write_text(NOTICE + secret, "utf-8")
        found.append(validate(load(path)))
    return found


@pytest.mark.parametrize(
    ("marks", "wanted"),
    [
        ((), ""),
        (("",), ""),
        (("秘密", "机密", ""), "机密"),
        (("机密★1年", "秘密★3年"), "机密★3年"),
        (("机密★6个月", "机密★100日"), "机密★6个月"),
        (("绝密★1年", "秘密★长期"), "绝密★长期"),
        (("绝密★1年", "机密"), "绝密★20年"),  # a grade alone means its usual term
    ],
)
def test_the_highest_grade_and_the_longest_term(
    tmp_path: Path, marks: tuple[str, ...], wanted: str
) -> None:
    documents = classified(tmp_path, *marks)
    assert highest(str(each.letterhead.classification or "") for each in documents) == wanted


# --- for editors -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        HEAD,  # no materials
        HEAD + "材料: [甲.yaml]\n页码: 通\n",
        HEAD + "材料: [甲.yaml]\n标提: 汇编\n",
        HEAD + "材料: [{标题: 甲}]\n",
        HEAD + "材料: [甲.yaml]\n隔页: 也许\n",
    ],
)
def test_what_the_reader_refuses_the_schema_refuses(place: Path, text: str) -> None:
    assert faults(written(place, text))
    assert list(Draft7Validator(bundle_schema()).iter_errors(as_editor(text)))


@pytest.mark.parametrize("word", ["汇编", "bundle"])
def test_the_skeleton_wants_nothing_but_its_materials(place: Path, word: str) -> None:
    text = skeleton(word)
    assert list(Draft7Validator(bundle_schema()).iter_errors(as_editor(text))) == []
    messages = [message for _, _, message in faults(written(place, text))]
    assert messages == [f"找不到文件：材料{n}" for n in ("一.yaml", "二.pdf", "三.yaml")]


def test_yinfa_new_names_the_command_that_goes_on(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["new", "汇编", str(tmp_path / "bundle.yaml")]) == 0
    assert "yinfa bundle" in capsys.readouterr().out


def test_the_sample_is_sound() -> None:
    path = ROOT / "source" / "examples" / "汇编" / "bundle.yaml"
    assert len(read_bundle(path).materials) == 4
    sample = as_editor(path.read_text("utf-8"))
    assert list(Draft7Validator(bundle_schema()).iter_errors(sample)) == []
