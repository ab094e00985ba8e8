"""Words, numbers and marks that clerks miswrite: each is seen, with what should stand there."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_rules_text import script, spoken

from yinfa.house import obey
from yinfa.load import load
from yinfa.model import House
from yinfa.report import Severity
from yinfa.rules import RULES
from yinfa.rules.misprints import common_misprints, found_in, index_of, indexed
from yinfa.rules.script import Script
from yinfa.rules.wd_numbers import capital_value
from yinfa.validating.reader import Reader

# Sentences that a rule must see, and nobody else.
WRONG = {
    "PU-17": "近期的重点⼯作。|⻓江流域|共建⼀条路|⼈民群众|⽂件",
    "PU-18": (
        "煤炭、钢铁、等行业|检查人、和负责人|市直部门、及各县区|为期七、八周|三、四个人|苹果、梨、等。|五、六万元经费来自五、六家单位"
    ),
    "PU-19": (
        "1）明确责任。|（略）。一是、加强领导|一是，加强领导；二是，落实责任|第一、统一思想|首先、提高认识|a。其次、抓落实"
    ),
    "PU-20": "予以通报，|对工作不力的单位、|抓好落实；",
    "PU-21": "要求“抓好落实。”。|“放心，”，大家都说|他说：“好！”，然后走了",
    "PU-22": (
        "根据国办发[2012]10号文件|国办发（2012）10号|国办发【2012】10号|国办发〔2012〕第10号|苏政办发［2012］010号"
    ),
    "PU-23": "印发<检查方案>|关于«检查方案»的说明",
    "WD-07": "对情况进行进行督查|加强加强领导|必须必须做到",
    "WD-11": "貫徹執行上級決定|加強領導|這是一項工作",
    "WD-12": "二O一二年|二0一二年七月|二OO九年",
    "WD-13": (
        "费用10～12万元|覆盖率95%~100%|2024-2026年规划|1.5—2亿元|2012~2014年"
    ),
    "WD-14": "自2024.5.6起|2012/7/1前完成|截至2012．07．01",
    "WD-15": "2024年5月6日（星期二）|2012年7月1日，星期六|2024年5月6日（周三）上午",
    "WD-16": (
        "2024年6月28日至2024年5月6日|2012年7月3日—7月1日|2015—2012年|2024年6月28日（星期五）起，至2024年5月6日（星期一）"
    ),
    "WD-17": (
        "12000元（大写：壹万贰佰元整）|人民币壹万贰仟元整（¥12,100元）|5万元（大写：伍仟元整）|叁佰元伍角（小写：300元）"
    ),
    "WD-06": "重3000KG|长3KM|功率5KW|厚3MM",
    "WD-08": "问题象往年一样处理|超过20年以上的校舍|隐患减少了2倍|成本降低三倍",
}  # fmt: skip
SLIPS = [(text, rule) for rule, texts in WRONG.items() for text in texts.split("|")]


@pytest.mark.parametrize(("text", "rule"), SLIPS, ids=[text for text, _ in SLIPS])
def test_a_slip_is_seen(text: str, rule: str) -> None:
    assert spoken(script(text)) == {rule}


# What comes near and is right.
RIGHT = """
重点工作；长江；一条
煤炭、钢铁等行业；等高线、等级；免耕、等高耕作；团结互助、和衷共济；第七、八条；三、四年级；二、与有关单位
（1）明确责任；一是加强领导；第一，统一思想；首先，提高认识；第一、二、三产业；是一是二，要分清楚
“抓好落实。”他说，“好！”
国办发〔2012〕10号；中国人民银行令〔2020〕第2号；（2012）民申字第10号；国务院令第10号；公告〔2005〕第26号
a<b，c>d；X<5
研究研究再说；讨论讨论；各级各部门；工作作风；管理理念；单位位置；通知知晓；印发发文
乾隆年间；着力；后来；里程；几何；瞭望；於
二〇一二年；二○一二年；一二〇急救；30年
10万～12万元；95%～100%；5000～1万元；2024—2026年；GB/T 9704-2012；0519-81234567；2012-07
版本2.10.3；3.5.1节；192.168.1.1；1/2；2024年5月6日
2024年5月6日（星期一）；2012年7月1日，星期日；每周一；周三上午
2012年7月1日至3日；2012年12月28日至2013年1月3日；7月1日至8月1日；2012—2015年；2024年5月6日至6月28日
12000元（大写：壹万贰仟元整）；人民币壹万贰仟元整（¥12,000元）；5万元（大写：伍万元整）；叁佰元伍角整
3000kg；3km；5kW；3mm；KG牌；产量1.3万亿斤
对象一样；现象；象征；超过20年；20年以上；超过规定标准百分之五十以上；增长2倍；减少20%；减少到二分之一
""".strip().split("\n")


@pytest.mark.parametrize("text", RIGHT, ids=[text[:20] for text in RIGHT])
def test_right_prose_is_left_alone(text: str) -> None:
    assert spoken(script(*text.split("；"))) == set()


# --- the list -------------------------------------------------------------------------------------

ENTRIES = common_misprints()
INDEX = indexed(ENTRIES)


def test_the_list_names_every_word_once_and_never_corrects_a_word_to_itself() -> None:
    assert len({entry.wrong for entry in ENTRIES}) == len(ENTRIES)
    assert len(ENTRIES) >= 300
    assert all(entry.wrong != entry.right for entry in ENTRIES)


@pytest.mark.parametrize("entry", ENTRIES, ids=[entry.wrong for entry in ENTRIES])
def test_an_entry_is_seen_in_its_example_and_not_in_what_it_advises(entry: object) -> None:
    """And its excuses are listened to."""
    wrong, right = entry.wrong, entry.right  # type: ignore[attr-defined]
    example = entry.example or f"有关{wrong}"  # type: ignore[attr-defined]
    assert [one.wrong for _, one in found_in(example, INDEX)] == [wrong]
    assert not list(found_in(example.replace(wrong, right), INDEX))
    for before in entry.before:  # type: ignore[attr-defined]
        assert wrong not in [one.wrong for _, one in found_in(f"{before}{wrong}", INDEX)]
    for after in entry.after:  # type: ignore[attr-defined]
        assert wrong not in [one.wrong for _, one in found_in(f"{wrong}{after}", INDEX)]


def test_titles_of_others_are_quoted_as_they_are() -> None:
    assert not list(found_in("执行《境内外汇帐户管理规定》", INDEX))
    assert [one.right for _, one in found_in("开立外汇帐户", INDEX)] == ["账户"]


# The hundred best-known misprints of proofreaders' lists, as they are handed down.
_HUNDRED = """
按装 甘败下风 自抱自弃 针贬 泊来品 脉博 松驰 一愁莫展 穿流不息 精萃 重迭
渡假村 防碍 幅射 一幅对联 天翻地复 言简意骇 气慨 一股作气 悬梁刺骨 粗旷
食不裹腹 震憾 凑和 侯车室 迫不急待 既使 一如继往 草管人命 娇揉造作 挖墙角
一诺千斤 不径而走 峻工 不落巢臼 烩炙人口 打腊 死皮癞脸 兰天白云 鼎立相助
再接再励 老俩口 黄梁美梦 了望 水笼头 杀戳 痉孪 美仑美奂 罗唆 蛛丝蚂迹 萎糜不振
沉缅 名信片 默守成规 大姆指 沤心沥血 凭添 出奇不意 修茸 亲睐 磬竹难书 入场卷
声名雀起 发韧 搔痒病 欣尝 谈笑风声 人情事故 有持无恐 额首称庆 追朔 鬼鬼崇崇
金榜提名 走头无路 趋之若骛 迁徒 洁白无暇 九宵 渲泄 寒喧 弦律 膺品 不能自己的
尤如猛虎下山 竭泽而鱼 滥芋充数 世外桃园 脏款 蘸糖葫芦 醮水 蜇伏 装祯 饮鸠止渴
坐阵 旁证博引 灸手可热 九洲 床第之私 姿意妄为 编篡 做月子
"""
HUNDRED = _HUNDRED.split()
UNSEEN = {"了望", "九洲", "不能自己的", "蘸糖葫芦", "做月子"}  # right in other places


def test_the_hundred_best_known_misprints_are_seen() -> None:
    missed = {word for word in HUNDRED if not spoken(script(f"他们{word}。"))}
    assert missed <= UNSEEN
    assert len(HUNDRED) - len(missed) >= 95


# --- an office's own list -------------------------------------------------------------------------


def own_list(folder: Path, text: str) -> tuple[House, Reader]:
    (folder / "词表.yaml").write_text(text, "utf-8")
    (folder / "稿.yaml").write_text("标题: 稿\n", "utf-8")
    reader = Reader(load(folder / "稿.yaml"))
    return obey(reader, None)[1], reader


def test_an_office_adds_words_and_switches_words_off(tmp_path: Path) -> None:
    house, _ = own_list(
        tmp_path,
        "增加:\n  - 误: 座谈记要\n    正: 座谈纪要\n    分量: 提示\n    例: 印发座谈记要\n"
        "  - {误: 部份, 正: 部分, 分量: 错误, 前文: [甲]}\n停用: [帐户]\n",
    )
    entries = index_of(house)
    assert not list(found_in("开立帐户", entries))
    ((_, found),) = found_in("印发座谈记要", entries)
    assert found.severity is Severity.NOTE
    ((_, found),) = found_in("部份干部", entries)
    assert found.severity is Severity.ERROR
    assert not list(found_in("甲部份", entries))


def test_a_wrong_entry_is_told_at_its_line(tmp_path: Path) -> None:
    _, reader = own_list(
        tmp_path, "增加:\n  - {误: 部份, 正: 部份}\n  - {误: 甲乙, 正: 乙甲, 例: 没有这个词}\n"
    )
    told = {(f.place.line, f.message) for f in reader.findings if f.place.path.name == "词表.yaml"}
    assert told == {
        (2, "“部份”的误和正是同一个词"),
        (3, "例句里没有“甲乙”，或它的前文、后文说不算错"),
    }


# --- what is corrected ----------------------------------------------------------------------------


def corrected(text: str) -> str:
    """*text* with every sure correction carried out, from the last to the first."""
    said = script(text)
    fixes = [
        found
        for rule in RULES.values()
        if rule.family.name == "TEXT" and rule.identifier in WRONG
        for found in rule.judge(said)
        if found.right is not None
    ]
    for found in fixes:
        text = text.replace(found.words, found.right or "", 1) if found.words else text
    return text


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("对情况进行进行督查", "对情况进行督查"),
        ("近期的重点⼯作", "近期的重点工作"),
        ("貫徹執行", "贯彻执行"),
        ("二O一二年", "二〇一二年"),
        ("费用10～12万元", "费用10万～12万元"),
        ("国办发[2012]010号", "国办发〔2012〕10号"),
        ("自2024.05.06起", "自2024年5月6日起"),
        ("1）明确责任", "（1）明确责任"),
        ("2024年5月6日（星期二）", "2024年5月6日（星期一）"),
        ("重3000KG", "重3000kg"),
    ],
)
def test_the_finding_says_what_should_stand_there(text: str, right: str) -> None:
    def source(said: Script) -> str:
        return said.passages[-1].text

    found = [
        one
        for identifier in WRONG
        for one in RULES[identifier].judge(script(text))
        if one.right is not None
    ]
    assert len(found) == 1
    assert source(script(text)).replace(found[0].words or text, found[0].right or "") == right or (
        right in found[0].message
    )


@given(st.integers(1, 99_999_999))
def test_capital_numerals_are_read_as_they_are_written(value: int) -> None:
    digits, units, groups = "零壹贰叁肆伍陆柒捌玖", ["", "拾", "佰", "仟"], ["", "万"]
    words = ""
    for group in range(1, -1, -1):
        part = value // 10 ** (4 * group) % 10**4
        said = "".join(
            (digits[part // 10**p % 10] + units[p]) if part // 10**p % 10 else "零"
            for p in range(3, -1, -1)
        )
        while "零零" in said:
            said = said.replace("零零", "零")
        said = said.rstrip("零")
        words += said + groups[group] if said else ""
    assert capital_value(words.lstrip("零")) == value


@given(st.dates(datetime.date(1900, 1, 1), datetime.date(2100, 12, 31)))
def test_the_weekday_of_every_day_is_known(day: datetime.date) -> None:
    names = "一二三四五六日"
    text = f"{day.year}年{day.month}月{day.day}日（星期{names[day.weekday()]}）"
    assert "WD-15" not in spoken(script(text))
    wrong = text.replace(names[day.weekday()] + "）", names[day.weekday() - 1] + "）")
    assert "WD-15" in spoken(script(wrong))
