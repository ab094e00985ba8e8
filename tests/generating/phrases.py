"""Words of official prose, put together at random; they break no rule of the text."""

from __future__ import annotations

from random import Random

WHO = (
    "各级各部门", "全市教育系统", "各有关单位", "基层党组织", "广大党员干部", "市直机关",
    "各县区", "各街道办事处", "有关主管部门", "各中小学校", "行业协会", "执法人员",
    "项目实施单位", "承办单位",
)  # fmt: skip
HOW = (
    "认真", "切实", "全面", "深入", "扎实", "及时", "统筹", "稳妥", "进一步", "有计划地",
    "分期分批", "按照规定程序", "坚持问题导向", "结合实际",
)  # fmt: skip
DO = (
    "贯彻落实", "组织开展", "检查", "完善", "推进", "健全", "制定", "公布", "汇总", "审核",
    "落实", "研究解决", "督促整改", "建立健全", "规范管理",
)  # fmt: skip
WHAT = (
    "安全生产责任制", "学习实践活动", "公共服务设施", "年度工作计划", "防汛应急预案",
    "档案管理制度", "群众反映的突出问题", "教师队伍建设", "食品安全监管措施", "重点建设项目",
    "政务公开目录", "校园周边环境", "矛盾纠纷排查机制", "经费使用办法", "考核评价体系",
    "公文版式",
)  # fmt: skip
TAILS = (
    "成效明显",
    "取得阶段性成果",
    "情况总体良好",
    "仍有不少差距",
    "各项指标全部达标",
    "群众比较满意",
    "有关问题正在整改",
    "责任到岗到人",
)
TOPICS = (
    "防汛抗旱", "安全生产", "校园食品安全", "政务公开", "档案移交", "公文处理", "节能减排",
    "教师培训", "职业教育", "城乡环境整治", "森林防火", "电子政务", "干部教育", "信访",
    "财政预算执行", "道路交通",
)  # fmt: skip
PLACES = ("×××市", "江城市", "东湖区", "×××省", "×××县", "南岭市", "清河县")
TRADES = (
    "教育局", "财政局", "公安局", "水利局", "档案局", "卫生健康委员会", "发展和改革委员会",
    "住房和城乡建设局", "人力资源和社会保障局", "市场监督管理局", "人民政府", "人民政府办公室",
    "自然资源和规划局", "退役军人事务局", "应急管理局", "教育发展投资（集团）有限公司",
)  # fmt: skip
SURNAMES = "王李张刘陈杨黄赵周吴徐孙马朱胡郭何高林罗欧阳"
GIVEN = (
    "伟", "敏", "建国", "志强", "小红", "丽", "文静", "明", "春燕", "国庆", "海涛", "思远",
)  # fmt: skip
POSTS = ("市长", "局长", "主任", "县长", "厅长", "区长")


class Writer:
    """Writes phrases by the throws of one random."""

    def __init__(self, random: Random) -> None:
        self.random = random

    def odds(self, share: float) -> bool:
        """Whether something happens that does in *share* of the cases."""
        return self.random.random() < share

    def clause(self) -> str:
        pick = self.random.choice
        return (
            (pick(WHO) if self.odds(0.6) else "")
            + (pick(HOW) if self.odds(0.7) else "")
            + pick(DO)
            + pick(WHAT)
        )

    def fact(self) -> str:
        """A clause with digits, Latin letters or marks in it."""
        random = self.random
        number, year = random.randint(1, 9999), random.randint(1998, 2024)
        month, day = random.randint(1, 12), random.randint(1, 28)
        return random.choice(
            (
                f"共完成{number}项任务",
                f"投入资金{number}.{random.randint(1, 9)}万元",
                f"比上年增长{random.randint(1, 99)}.{random.randint(1, 9)}%",
                f"增幅为{random.randint(2, 8)}%～{random.randint(9, 40)}%",
                f"截至{year}年{month}月底",
                f"自{year}年{month}月{day}日起",
                f"根据《{random.choice(TOPICS)}工作条例》的有关规定",
                f"按照“{random.choice(HOW[:8])}{random.choice(DO[:9])}”的要求",
                f"《关于加强{random.choice(TOPICS)}工作的意见》"
                f"（×政发〔{year}〕{number % 200 + 1}号）已经印发",
                f"{random.choice(WHAT)}（见附表）由{random.choice(WHO)}负责",
                f"主要任务有三项：{random.choice(DO)}、{random.choice(DO)}和{random.choice(DO)}",
                f"重点工程——{random.choice(WHAT)}按期完成",
                "文本采用A4纸双面印制",
                f"参照GB/T {number}的要求",
                f"网址为www.example.gov.cn/{random.choice(('a', 'list', 'news'))}/{number}",
                f"上午{random.randint(8, 11)}:{random.randint(10, 59)}集中",
                "包括教室、宿舍、食堂、操场……",
            )
        )

    def sentence(self, clauses: int) -> str:
        """A sentence of so many *clauses*, with its stop."""
        parts = [self.clause()]
        for _ in range(clauses - 1):
            parts.append(self.fact() if self.odds(0.3) else self.clause())
        if clauses > 1 and self.odds(0.4):
            parts.append(self.random.choice(TAILS))
        comma = "；" if self.odds(0.1) else "，"
        text = comma.join(parts)
        return text + ("" if text.endswith("……") else "。")

    def paragraph(self, least: int, most: int) -> str:
        """Sentences of *least* to *most* clauses in all."""
        left, text = self.random.randint(least, most), ""
        while left > 0:
            clauses = self.random.randint(1, min(left, 5))
            text += self.sentence(clauses)
            left -= clauses
        return text

    def heading(self) -> str:
        pick = self.random.choice
        first = pick(DO) + pick(WHAT)
        if self.odds(0.25):
            first += "，" + pick(HOW) + pick(DO) + pick(WHAT)
        return first

    def topic(self, longer: bool) -> str:
        """What a title is about."""
        pick = self.random.choice
        text = pick(("做好", "加强", "开展", "进一步推进", "印发", "同意", "报送"))
        text += pick(TOPICS) + "工作"
        if longer:
            text += f"和{pick(DO)}{pick(WHAT)}"
            if self.odds(0.5):
                text += pick(("有关事项", "若干问题", "实施方案", "情况"))
        return text

    def office(self, longer: bool = False) -> str:
        pick = self.random.choice
        name = pick(PLACES) + pick(TRADES)
        if longer:
            name += pick(("办公室", "工作领导小组办公室", "事业单位人事管理处"))
        return name

    def offices(self, count: int, longer: bool = False) -> list[str]:
        """So many names, each once."""
        names: dict[str, None] = {}
        while len(names) < count:
            names[self.office(longer and self.odds(0.5))] = None
        return list(names)

    def person(self) -> str:
        return self.random.choice(SURNAMES) + self.random.choice(GIVEN)

    def people(self, count: int) -> list[str]:
        """So many persons, each once."""
        names: dict[str, None] = {}
        while len(names) < count:
            names[self.person()] = None
        return list(names)

    def cell(self) -> str:
        random = self.random
        return random.choice(
            (
                "",
                str(random.randint(1, 99999)),
                f"{random.randint(1, 999)}.{random.randint(10, 99)}",
                random.choice(TAILS),
                random.choice(WHAT),
                random.choice(TRADES),
                self.person(),
                f"{random.randint(1, 100)}%",
            )
        )
