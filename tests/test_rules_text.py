"""Each text rule sees its slip, and leaves right prose alone."""

from __future__ import annotations

import datetime

import pytest

from yinfa.rules import RULES, Family, NotApplicable
from yinfa.rules.script import Passage, Script

TEXT_RULES = sorted(key for key, rule in RULES.items() if rule.family is Family.TEXT)
DAY = datetime.date


def script(
    *texts: str,
    title: str = "关于做好防汛工作的通知",
    genre: str = "通知",
    to: tuple[str, ...] = ("各县区",),
    copied: tuple[str, ...] = (),
    date: datetime.date | None = None,
    printed: datetime.date | None = None,
) -> Script:
    return Script(
        passages=tuple(map(Passage, texts)),
        title=Passage(title),
        genre=genre,
        addressees=tuple(map(Passage, to)),
        copied_to=tuple(map(Passage, copied)),
        date=date,
        printed_on=printed,
        printed=Passage("") if printed else None,
    )


def spoken(said: Script) -> set[str]:
    """The text rules that find something in *said*."""
    found = set()
    for identifier in TEXT_RULES:
        try:
            if list(RULES[identifier].judge(said)):
                found.add(identifier)
        except NotApplicable:
            continue
    return found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("各县、区...等单位。", {"PU-04"}),
        ("认真学习。。", {"PU-04"}),
        ("三个方面--组织、制度、作风", {"PU-04"}),
        ("这是根本—也是关键。", {"PU-04"}),
        ("认真学习,抓好落实。", {"PU-05"}),
        ("有关单位(含企业)参加。", {"PU-05"}),
        ('开展"三严三实"教育。', {"PU-05"}),
        ("落实“三严三实要求。", {"PU-06"}),
        ("落实三严三实”要求。", {"PU-06"}),
        ("开展‘三严三实’教育。", {"PU-06"}),
        ("开展“三严“三实”教育”。", {"PU-06"}),
        ("（一项工作。", {"PU-06"}),
        ("截至 2012年底。", {"PU-14"}),
        ("认真 学习。", {"PU-14"}),
        ("执行《民法典》、《刑法》。", {"PU-15"}),
        ("“放心”、“安心”工程", {"PU-15"}),
        ("２０１２年", {"PU-16"}),
        ("2011年2月29日召开。", {"WD-01"}),
        ("2月30日召开。", {"WD-01"}),
        ("2012年13月1日召开。", {"WD-01"}),
        ("增长5～8%。", {"WD-05"}),
        ("配发大米10斤。", {"WD-06"}),
        ("宽3公分。", {"WD-06"}),
        ("取得的的成绩。", {"WD-07"}),
        ("截止目前，完成八成。", {"WD-08"}),
        ("涉及到三个部门。", {"WD-08"}),
        ("大约30人左右参加。", {"WD-08"}),
        ("布署工作。", {"WD-08"}),
        ("09年底完成。", {"WD-09"}),
        ("2009年和二〇一〇年", {"WD-10"}),
    ],
)
def test_a_slip_is_seen(text: str, expected: set[str]) -> None:
    assert spoken(script(text)) == expected


RIGHT = [
    "为深入贯彻落实党的十七届四中全会精神，现就有关事项通知如下：",
    "2012年2月29日，市政府召开第10次常务会议，研究“十二五”规划实施工作。",
    "执行《中华人民共和国民法典》《中华人民共和国行政处罚法》的有关规定。",
    "会议指出：“‘三严三实’是党员干部修身之本、为政之道、成事之要。”",
    "全年完成投资45.6亿元，同比增长5%～8%，惠及1,234户、约5,600人。",
    "联系人：张三（办公室），电话：0519—12345678，电子邮箱：a.b@example.com。",
    "要做到三个坚持——坚持党的领导、坚持依法行政、坚持群众路线……",
    "承包耕地3.5亩，建筑面积120平方米，日供水2万吨，气温35℃以下。",
    "截至目前，涉及的单位共12家，其中A类3家、B类9家，合格率为98.5%。",
    "全国人民代表大会常务委员会关于修改《中华人民共和国预算法》的决定（草案）",
    "加强对对口支援工作的领导，以及及时、全面的培训，使与与会者有关的政策得到了了解和支持。",
    "1·15专项行动中，查处案件15件，涉案金额1.2亿元，比上年下降20.3%。",
]


@pytest.mark.parametrize("text", RIGHT)
def test_right_prose_is_left_alone(text: str) -> None:
    assert spoken(script(text)) == set()


def test_the_printing_date_is_not_before_the_date_of_issue() -> None:
    day = DAY(2012, 7, 1)
    assert spoken(script(date=day, printed=DAY(2012, 7, 2))) == set()
    assert spoken(script(date=day, printed=day)) == set()
    assert spoken(script(date=day, printed=DAY(2012, 6, 30))) == {"WD-02"}


def test_the_title_names_the_kind_of_document() -> None:
    assert spoken(script(title="关于做好防汛工作", genre="通知")) == {"WD-03"}
    assert spoken(script(title="关于做好防汛工作的报告", genre="通知")) == {"WD-03"}
    assert spoken(script(title="关于做好防汛工作的通知（试行）", genre="通知")) == set()


def test_no_office_is_addressed_and_copied_to() -> None:
    assert spoken(script(to=("市财政局", "市教育局"), copied=("市教育局",))) == {"WD-04"}
    assert spoken(script(to=("市财政局",), copied=("市教育局",))) == set()


def test_every_text_rule_is_seen_to_speak() -> None:
    spoken_for = {
        rule for mark in test_a_slip_is_seen.pytestmark for _, rules in mark.args[1]
        for rule in rules
    }
    assert spoken_for | {"WD-02", "WD-03", "WD-04"} == set(TEXT_RULES)
