"""What the standard asks for and no program can see: for a person to look at."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ByHand:
    """One requirement that a person judges, and how."""

    clause: str
    requirement: str
    look: str


BY_HAND = (
    ByHand("5.1", "用纸 60～80 g/m²，白度、耐折度、不透明度、pH 值合格", "看纸的包装和检验单"),
    ByHand("6.1", "版面干净无底灰，字迹清楚无断划，尺寸标准，版心不斜", "看印出的第一份"),
    ByHand("6.2", "双面印刷，页码套正，墨色均匀；红色油墨 Y80 M80，黑色油墨 BL100", "对光看正反面"),
    ByHand("6.3", "左侧装订，不掉页，订位牢固，裁切误差不过 2 mm", "翻一遍装好的一份"),
    ByHand("7.2.1", "涉密公文编份号，份号与登记一致", "与登记表核对"),
    ByHand("7.2.2", "密级和保密期限与定密一致", "与定密审批单核对"),
    ByHand("7.2.4", "发文机关用全称或规范化简称；联合行文主办机关在前", "与机构名录核对"),
    ByHand("7.2.5", "发文字号的机关代字正确，顺序号不重不漏", "与发文登记簿核对"),
    ByHand("7.3.1", "标题准确概括内容，分行词意完整", "念一遍每一行"),
    ByHand("7.3.2", "主送机关用全称、规范化简称或同类型机关统称，没有错送漏送", "与发文稿核对"),
    ByHand("7.3.5.4", "成文日期是会议通过或负责人签发的日期，联合行文为最后签发的", "与签发稿核对"),
    ByHand("7.3.5", "印章端正、清晰，与署名的机关相同", "看盖好的一份"),
    ByHand("7.3.7", "附件的内容完整，与正文所说的一致", "逐个附件核对"),
    ByHand("9", "数字、人名、地名、引文准确；外文、专名、计量单位用法正确", "与原始材料核对"),
)  # fmt: skip
