"""Each text rule sees its slip, and leaves right prose alone."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yinfa.parts import Part
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
    parts = (
        *(Passage(name, Part.ADDRESSEES) for name in to),
        Passage(title, Part.TITLE),
        *map(Passage, texts),
        *(Passage(name, Part.COPIED_TO) for name in copied),
        *((Passage("×××办公室", Part.PRINTED),) if printed else ()),
    )
    return Script(parts, genre=genre, date=date, printed_on=printed)


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


# What each rule must see, sentence by sentence.
WRONG = {
    "PU-04": (
        "各县、区...等单位。|认真学习。。|三个方面--组织、制度、作风|这是根本—也是关键。|等等....|还有……...|"
        "认真学习，，抓好落实。|抓好落实，。|如下：：|学习、，落实|为了发展—这是大局—就要稳定|要求是—坚持"
    ),
    "PU-05": (
        '认真学习,抓好落实。|有关单位(含企业)参加。|开展"三严三实"教育。|通知如下:|是否同意?|加油!|甲;乙|'
        "世界卫生组织(WHO)|学习, 落实|电话:0519-81234567|抓好落实.|工作.学习|'十二五'规划|"
        "增长5%,其中|注意:2012年完成|张三(男)，1970年生|“放心”,“安心”"
    ),
    "PU-06": (
        "落实“三严三实要求。|落实三严三实”要求。|开展‘三严三实’教育。|开展“三严“三实”教育”。|（一项工作。|"
        "《关于〈办法的通知》|《办法》》|“《办法”》|【通知|一项）工作|〈办法〉|”三严三实“|（〔2012〕10号|"
        "《关于印发《办法》的通知》"
    ),
    "PU-14": (
        "截至 2012年底。|认真 学习。|2012 年|第 3 页|市 财政局|完成 5 项|学习　贯彻|通知 如下：|"
        "会 议|文章 内容|各市、 县|增长13.5% ，高于全省 2.1个百分点"
    ),
    "PU-15": "执行《民法典》、《刑法》。|“放心”、“安心”工程|《甲》、《乙》、《丙》",
    "PU-16": "２０１２年|ＷＰＳ|５％|第１项|Ａ类|全年完成１２项",
    "WD-01": (
        "2011年2月29日召开。|2月30日召开。|2012年13月1日召开。|4月31日|2012年6月31日至7月2日|2012年0月3日|"
        "2012年13月份|9月31日前|2100年2月29日|12月32日|2012年11月31日（星期六）"
    ),
    "WD-05": "增长5～8%。|5-8%|5—8.5%|5至8%|3.5～4.5%|10—20%|占30至40%",
    "WD-06": (
        "配发大米10斤。|宽3公分。|55英寸|100马力|三华里|5公升|两担米|2英里|10市斤|十里地|几斤|20多斤|亩产千斤粮"
    ),
    "WD-07": (
        "取得的的成绩。|完成了了任务|和和有关单位|在在会议上|是是重点|与与有关部门|及及其他|为为加强|将将于|"
        "被被评为先进"
    ),
    "WD-08": (
        "截止目前，完成八成。|截止2012年底|截止6月底|截止到今年6月|涉及到三个部门。|大约30人左右参加。|再接再励|"
        "约有30人左右|近50家上下|约5万元左右|布署工作。|既使有困难，也要完成|必需加强领导|做为重点|其它单位|"
        "一如继往|按步就班|付诸于行动|凯旋归来|目前现状|名符其实|明查暗访|按装设备|渡假村"
    ),
    "WD-09": "09年底完成。|12年6月|98年底|12年度|08年以来|05年，完成|06年的|截至09年6月底",
    "WD-10": "2009年和二〇一〇年|二○○九年、2010年|一九七八年以来，到2012年",
}
SLIPS = [(text, rule) for rule, texts in WRONG.items() for text in texts.split("|")]


@pytest.mark.parametrize(("text", "rule"), SLIPS, ids=[text for text, _ in SLIPS])
def test_a_slip_is_seen(text: str, rule: str) -> None:
    assert spoken(script(text)) == {rule}


# Right prose that comes near to what a rule looks for; it must pass all rules.
RIGHT = {
    "PU-04": """
党的十八大以来，“五位一体”总体布局统筹推进……
要做到三个坚持——坚持党的领导、坚持依法行政、坚持群众路线。
北京—上海高速铁路；沪—宁—杭产业带；2009—2012年；1—6月
中国——东盟博览会在南宁举行。
网址为https://www.example.gov.cn/a--b/index.html。
同志们！“这件事办得怎么样？！”他问。
执行GB/T 9704—2012、GB 3100—1993和ISO 9001:2015。
电话：0519—81234567；传真：0519-8123 4568
“人民对美好生活的向往，就是我们的奋斗目标。”
“……我们一定要做好！”
（1）明确责任。
3.2.1节；第3.2.1条；见3.2.1
长三角—珠三角；甲—乙双方
全市12个县（市、区）——不含开发区——均已完成。
苏教2012—18—C号
5—10℃；3—5天；第3—8条
A—B—C；COVID-19；4G-LTE
“双随机、一公开”……“放管服”……
图4—3；表2—1
省—市—县三级联动""",
    "PU-05": """
比例尺为1:500，男女比例为1:3，比分为3:2，会议定于8:30召开。
The quick brown fox is an English sentence, isn't it?
Microsoft Office、WPS Office和Adobe Acrobat DC都能打开。
邮箱为bgs@example.com；网址为http://example.com/?id=3&n=2
a)组织；b)宣传。
K123+500处；7×24小时；3×5米；1+1>2；a=b；C#
No.12；Vol. 3；p. 5；Q & A；R&D经费
1,234户、5,600人，共12,345.67万元
设备型号：iPhone 6s (64GB)、HP LaserJet P1007
9:00—11:30；14:30—17:00
ISO 9001:2015；HTTP/1.1；f(x)=2x
(EU) 2016/679；(a)；(1)
屏幕长5"，厚3'
苏D·12345；320400197001011234
GB/T 15834—2011；DB32/T 1234—2008
IP地址192.168.1.1，端口8080
Windows 7 (64-bit)；Office (x86)
T+0；A股；B超；X光；3D
U.S.A.；e.g. 100%；Dr. Smith
1.加强组织领导。""",
    "PU-06": """
会议指出：“‘三严三实’是党员干部修身之本、为政之道、成事之要。”
《关于印发〈×××管理办法〉的通知》（×××〔2012〕10号）
分为：1）组织领导；2）宣传发动；a）检查；b）验收
分三步走：1）组织领导。
它是O’Brien’s、isn’t一类的英文写法。
用时3’20”，打破纪录。
（一）主要目标；（二）主要任务。
“三严三实”专题教育、“两学一做”学习教育
【例1】《办法》〔2012〕10号
“学习《关于〈办法〉的通知》（2012年）”
（见《×××》第3条〔含附件〕）
《××“十二五”规划》
“一网通办、一件事一次办”“跨省通办”
“一带一路”（“丝绸之路经济带”和“21世纪海上丝绸之路”）
他说：“《孟子》说：‘得道多助，失道寡助。’”
（××市）×××局
《〈条例〉释义》
“1+3”；“3·15”；“12·4”国家宪法日
第一组（张三、李四）、第二组（王五）
“不忘初心、牢记使命”主题教育""",
    "PU-14": """
联系人：张三 0519—81234567
联系电话：0519-8123 4567，手机：138 0000 0000。
第十二条　本办法自2012年7月1日起施行。
第三章　监督管理
张　三、李四、王　伟（请假）
合　计
单　位
出席：张　三、王五
Microsoft Office 2010和WPS 2012
发票No 12345678；GB/T 9704—2012；ISBN 978-7-000-00000-0
12 345.67元；1 000 000
HP LaserJet P1007打印机
A类 B类
第一节　一般规定
联系人：李　四，电话：0519—81234567
主　任
7 × 24小时
Adobe Acrobat DC 2015
Vol. 3, No. 2
王　五（组长）""",
    "PU-15": """
执行《民法典》《行政处罚法》的有关规定。
“放心”“安心”工程
《×××条例》、×××办法和“×××”规划
《甲》（×发〔2012〕1号）、《乙》（×发〔2012〕2号）
“A、B”两类
《红楼梦》和《三国演义》
“四风”问题、“八项规定”精神
甲、乙、丙
“一带一路”倡议、“三农”工作
《办法》（试行）、《细则》（暂行）
《A、B》；“甲、乙”“丙、丁”
“两学一做”，“三严三实”
《民法典》及《刑法》
“放心”及“安心”
市一中、市二中
第1、2、3项
《甲》第3条、《乙》第4条
“甲”型、“乙”型
（一）、（二）项
A、B、C三类""",
    "PU-16": """
2012年7月1日
13.5%；5%～8%
1．加强领导
A类、B类
No.12
3＋2；5－3；7×24；＝
℃、㎡、％、‰
①组织；②宣传
Ⅰ类、Ⅱ级
（1）明确责任
二〇一二年
5G、AI、4K
第12号
K123+500
“1+3”
5～10
0519—81234567
GB/T 9704
9:30
1:500""",
    "WD-01": """
2012年2月29日，市政府召开常务会议。
2000年2月29日；1月31日；12月31日；4月30日
2月29日（闰年）
2012年12月；2012年1月份；1—12月
7月1日至31日
2012年7月
第2012号；2月份；12月底
13月龄；18月
2012—2013年
3个月30日内
6月30日前
2012年9月30日24时
11月30日；9月30日
每月31日；每年12月31日
10月1日；1月1日
2月28日
12月至次年2月
2012年度
5月31日
8月31日和7月31日""",
    "WD-05": """
增长5%～8%；5%～8%；95%—98%
5—8个百分点；3～5倍；2-3名
100%、98%和95%
由12.3%提高到15.6%
3%至5%；10%到15%
下降0.5个百分点
第3至5项占20%
1—6月增长8%
2009—2012年增长50%
3.5%以上
5～10℃；18～60周岁
9∶1；1:3
10‰～15‰
0.5%～1%
3—5天完成90%
5%左右
12%，其中工业8%
5项至8项占10%
7%+3%
60%—70%、80%—90%""",
    "WD-06": """
承包耕地3.5亩，占地500亩，林地30公顷，单产450公斤。
里程12公里；里弄3个；邻里50户；二里岗；五里街道；三里屯；八里桥
承担3项；负担减轻；三担当；敢于担当、5担当作为
半斤八两；千斤顶3台；斤斤计较
开足马力；百尺竿头；得寸进尺
体积5升；重10吨；长3厘米；100平方米
十公分母；公分
10千瓦；35℃；1.5兆帕
120平方公里；80公里/小时
5升、10毫升
10海里；3节
300米；5千米；0.5毫米
50公斤；20千克；3克
担任3项职务
1角2分；3元5角
十里河；七里山塘；万里长城
几里外；三公里
2立方米；3000立方
一担当作为
5尺以下""",
    "WD-07": """
的的确确解决了群众急难愁盼问题，不在是是非非上纠缠，让群众高高兴兴办事。
加强对对口支援工作的领导，以及及时、全面的培训，使与与会者有关的政策得到了了解和支持。
和和气气，和和美美，平平安安，扎扎实实，实实在在，方方面面，点点滴滴，层层落实，人人参与，个个过关
天天检查，处处留心，时时提醒，件件有着落，事事有回音，家家户户，年年岁岁，世世代代
形形色色，林林总总，条条块块，星星之火，娓娓道来，欣欣向荣，源源不断，面面俱到，头头是道
斤斤计较，津津乐道，循循善诱，谆谆教导，兢兢业业，孜孜不倦，勤勤恳恳，堂堂正正
完成了了不起的工作；了了心愿；不了了之；作出了了断
为为民服务的宗旨，作为为民办实事的举措。
现将将军街改造情况报告如下；将将要退休的人员纳入范围。
在在建项目中开展检查；正在在线运行；实现在在岗职工中全覆盖
被被告单位；被被执行人
目的的确定；目的的士
做到责任与岗位一一对应，措施渐渐落到实处。
涉及及格率的考核；以及及早谋划
促和和平发展；和和谐社会
是是非分明的事；凡是是非问题
参与与会代表的座谈
慢慢、常常、往往、仅仅、刚刚、渐渐地
为为何、为何人服务作出说明
即将将来安排好""",
    "WD-08": """
截至目前，涉及的单位共12家；截止日期为7月31日，报名截止2012年7月31日。
涉及到期债务的，按合同办理；涉及到位资金3亿元
近年来，左右岸治理同步推进；近几年，各地上下联动、左右协调。
在节约用水上下功夫；在节约集约用地上下功夫
约30人参加；30人左右参加；会期大约3天。
既使群众得到实惠，又使企业增强活力。
必需品供应充足；生活必需要有保障；所必需要的条件
做为民服务的事
公布署名文章；发布署名处
其他人员；其它（各）项目
部署工作；按部就班；一如既往；再接再厉
公约规定左右两侧；条约三章左右互证
名副其实；墨守成规；直截了当；鼎力相助
按装置型号分类
应截止受理；截止时间
目前的情况；现状调查
付诸实施；付诸行动
松弛；弛缓
度假村；渡口
凯旋；归来""",
    "WD-09": """
用10年初步建成；用15年初期投入
60年来；20年后；12年制义务教育；50年不变；15年以上
2009年底；1998年6月；2012年度
09级学员；08奥运；00后；“85后”
95岁；30年代；20世纪90年代
10年期国债；5年内；3—5年末期
1999年，2008年以来
任期5年；为期3年；满10年的
第12年；前30年；近20年
2012年
10年内；10年左右；10年一遇
100年底蕴；30年底子
工作30年，奉献一生
3.5年底线
5年6个月
改革开放30多年
1912年
二〇〇九年
12个年度
50年度过""",
    "WD-10": """
二〇〇九年、二〇一〇年
2009年、2010年
一二三产业；一九路
十二五期间，2012年
三〇一医院，2012年
二〇一二年七月一日
2012年；农历二〇一二
一千九百年
二十世纪九十年代
第一二〇号，2012年
1978年以来
五四运动；2012年
一九七八年至二〇一二年
1949年10月1日
二〇〇〇年
2008年北京奥运会
三年行动计划（2012—2014年）
一、二、三年级；2012年
二十一世纪
七一、八一；2012年""",
}
PROSE = [(text, rule) for rule, texts in RIGHT.items() for text in texts.strip().split("\n")]


@pytest.mark.parametrize(("text", "rule"), PROSE, ids=[text[:30] for text, _ in PROSE])
def test_right_prose_is_left_alone(text: str, rule: str) -> None:
    assert spoken(script(text)) == set()


def test_each_rule_is_tried_on_twenty_right_passages() -> None:
    counts = {rule: len(texts.strip().split("\n")) for rule, texts in RIGHT.items()}
    assert counts == dict.fromkeys(WRONG, 20)


HAN = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=1, max_size=9)
# Characters that stand in no list of particles, units or slips.
PLAIN = st.text(st.sampled_from("春秋冬夏东西南北山水风云花草树木"), min_size=1, max_size=9)
PAIR = {"“": "”", "‘": "’", "《": "》", "〈": "〉", "（": "）"}


@st.composite
def nested(draw: st.DrawFn, outer: str = "", depth: int = 3) -> str:
    """Prose in which every mark is paired, and single ones stand in double ones."""
    parts = [draw(PLAIN)]
    for _ in range(draw(st.integers(0, 2)) if depth else 0):
        openers = {"“": "‘（《", "‘": "（《", "《": "〈（", "〈": "（"}.get(outer, "“《（")
        opener = draw(st.sampled_from([mark for mark in openers if mark != outer]))
        if opener == "《" and outer in {"‘", "（"}:
            opener = "（" if outer != "（" else "“"
        parts += [opener, draw(nested(opener, depth - 1)), PAIR[opener], draw(PLAIN)]
    return "".join(parts)


@given(nested())
def test_paired_marks_are_right_and_one_less_is_wrong(text: str) -> None:
    assert "PU-06" not in spoken(script(text))
    for index, char in enumerate(text):
        if char in {*PAIR, *PAIR.values()}:
            assert "PU-06" in spoken(script(text[:index] + text[index + 1 :]))


@given(PLAIN, st.sampled_from(",;:?!("), PLAIN)
def test_a_half_width_mark_after_han_is_always_seen(before: str, mark: str, after: str) -> None:
    assert "PU-05" in spoken(script(f"{before}{mark}{after}"))
    full = dict(zip(",;:?!(", "，；：？！（", strict=True))[mark]
    assert "PU-05" not in spoken(script(f"{before}{full}{after}"))


@given(HAN, st.integers(1, 4), HAN)
def test_a_space_between_han_is_always_seen(before: str, count: int, after: str) -> None:
    assert "PU-14" in spoken(script(f"{before}{' ' * count}{after}"))
    assert "PU-14" not in spoken(script(before + after))


@given(st.dates(datetime.date(1900, 1, 1), datetime.date(2100, 12, 31)), st.integers(32, 99))
def test_every_day_of_the_calendar_exists_and_no_other(day: datetime.date, more: int) -> None:
    assert spoken(script(f"{day.year}年{day.month}月{day.day}日")) == set()
    assert spoken(script(f"{day.year}年{day.month}月{more}日")) == {"WD-01"}
    assert spoken(script(f"{day.year}年{more}月{day.day}日")) == {"WD-01"}


@given(st.text(max_size=200))
def test_no_text_is_too_odd_for_the_rules(text: str) -> None:
    spoken(script(text, title=text, to=(text,), copied=(text,)))


def test_a_quotation_of_several_paragraphs_closes_in_the_last() -> None:
    assert spoken(script("“第一段。", "“第二段。", "“第三段。”", "其他。")) == set()
    assert spoken(script("“第一段。", "第二段。”")) == {"PU-06"}
    assert spoken(script("“第一段。", "“第二段。", "其他。")) == {"PU-06"}


def test_the_printing_date_is_not_before_the_date_of_issue() -> None:
    day = DAY(2012, 7, 1)
    assert spoken(script(date=day, printed=DAY(2012, 7, 2))) == set()
    assert spoken(script(date=day, printed=day)) == set()
    assert spoken(script(date=day, printed=DAY(2012, 6, 30))) == {"WD-02"}


def test_the_title_names_the_kind_of_document() -> None:
    assert spoken(script(title="关于做好防汛工作", genre="通知")) == {"WD-03"}
    assert spoken(script(title="关于做好防汛工作的报告", genre="通知")) == {"WD-03"}
    assert spoken(script(title="关于做好防汛工作的通知（试行）", genre="通知")) == set()


WRONG_TITLES = {
    ("关于增加编制的请示报告", "请示"), ("关于增加编制的请示报告", "报告"),
    ("关于增加编制的请示", "报告"),
    ("关于做好防汛工作的意见", "通知"), ("防汛工作情况汇报", "报告"), ("关于同意设立的函", "批复"),
}  # fmt: skip
RIGHT_TITLES = {
    ("关于印发《×××办法》的通知", "通知"),
    ("关于转发×××的通知（代拟稿）", "通知"),
    ("关于×××的复函", "函"),
    ("×××市人民政府关于×××的决定", "决定"),
    ("关于×××情况的报告", "报告"),
    ("关于×××的请示", "请示"),
    ("关于×××的批复", "批复"),
    ("×××通告", "通告"),
    ("×××公告", "公告"),
    ("关于×××的议案", "议案"),
    ("关于×××的通报", "通报"),
    ("关于×××的意见（试行）", "意见"),
    ("关于×××的决议", "决议"),
    ("×××会议公报", "公报"),
    ("关于×××的通知", "公文"),
    ("任免通知", "通知"),
    ("关于商请×××的函", "信函"),
    ("关于×××的通知（征求意见稿）", "通知"),
    ("关于“×××”的通知", "通知"),
    ("关于×××（第2号）的通知", "通知"),
}  # fmt: skip


@pytest.mark.parametrize(("title", "genre"), sorted(WRONG_TITLES))
def test_a_title_with_the_wrong_kind_of_document_is_seen(title: str, genre: str) -> None:
    assert spoken(script(title=title, genre=genre)) == {"WD-03"}


@pytest.mark.parametrize(("title", "genre"), sorted(RIGHT_TITLES))
def test_a_title_with_its_kind_of_document_is_right(title: str, genre: str) -> None:
    assert spoken(script(title=title, genre=genre)) == set()


@given(st.dates(), st.dates())
def test_any_earlier_or_much_later_printing_date_is_seen(
    dated: datetime.date, printed: datetime.date
) -> None:
    wrong = printed < dated or (printed - dated).days > 366
    assert spoken(script(date=dated, printed=printed)) == ({"WD-02"} if wrong else set())


def test_no_office_is_addressed_and_copied_to() -> None:
    assert spoken(script(to=("市财政局", "市教育局"), copied=("市教育局",))) == {"WD-04"}
    assert spoken(script(to=("市财政局",), copied=("市教育局",))) == set()
    assert spoken(script(to=("市财政局", "市财政局"))) == {"WD-04"}
    assert spoken(script(copied=("市教育局", "市教育局"))) == {"WD-04"}


# Their examples are no sentences of a text.
OF_DOCUMENTS = {rule for rule in TEXT_RULES if rule.startswith("EL")}
OF_DOCUMENTS |= {"WD-02", "WD-03", "WD-04", "WD-18"}


@pytest.mark.parametrize("identifier", sorted(set(TEXT_RULES) - OF_DOCUMENTS))
def test_the_examples_that_people_are_shown_are_true(identifier: str) -> None:
    rule = RULES[identifier]
    assert identifier in spoken(script(f"今年，{rule.wrong}"))
    assert identifier not in spoken(script(f"今年，{rule.right}"))
