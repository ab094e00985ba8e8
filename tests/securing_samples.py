"""Documents to sign and protect. Signed ones are built once."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import certificates
from issuing_samples import built
from PIL import Image, ImageDraw

from yinfa.securing.credentials import load_credentials
from yinfa.securing.original import read_original
from yinfa.securing.sign import sign

SEALED = """\
文种: 通知
发文机关: 常州市教育局
发文字号: 常教〔2009〕12号
标题: 关于做好学校安全工作的通知
主送: 各辖市、区教育局
正文: [各单位要切实加强组织领导，细化工作措施，落实工作责任，确保各项任务按时完成。]
成文日期: 2009-12-25
落款: 加盖印章
"""
JOINT = SEALED.replace("常州市教育局", "[常州市教育局, 常州市财政局]").replace(
    "常教〔2009〕12号", "常教〔2009〕12号\n发文机关标志: 常州市教育局文件"
)
UNSEALED = SEALED.replace("加盖印章", "不加盖印章")
PICTURED = SEALED.replace("落款: 加盖印章", "印章: 图.png")


def document(folder: Path, text: str = SEALED, name: str = "通知.pdf") -> Path:
    """The built PDF of *text* in *folder*."""
    path = folder / name
    path.write_bytes(built(text))
    return path


def seal(folder: Path, mode: str = "RGBA") -> Path:
    """A round seal, its picture 3 to 3."""
    picture = Image.new(mode, (300, 300), (255, 255, 255, 0) if mode == "RGBA" else "white")
    ImageDraw.Draw(picture).ellipse((6, 6, 293, 293), outline=(220, 0, 0), width=12)
    path = folder / f"印章.{'png' if mode == 'RGBA' else 'jpg'}"
    picture.save(path)
    return path


@cache
def signed(text: str = SEALED, times: int = 1) -> bytes:
    """The PDF of *text* with as many signatures out of sight, by one office and then the other."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        path = document(folder, text)
        for office in (certificates.office(), certificates.other_office())[:times]:
            key = certificates.p12(folder, office)
            credentials = load_credentials(key, None, certificates.PASSPHRASE)
            path.write_bytes(sign(read_original(path), credentials))
        return path.read_bytes()
