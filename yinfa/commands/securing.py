"""The words of the command line for protecting and signing, and for signatures in verify."""

from __future__ import annotations

import argparse
import datetime
import os
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from yinfa.report import Fault, Finding, Place, SetupFault, system_reason, unreadable

if TYPE_CHECKING:
    from yinfa.securing.field import Appearance
    from yinfa.securing.original import PdfFile
    from yinfa.securing.signatures import ElectronicSignature

PASSWORD = "YINFA_PASSWORD"
PASSPHRASE = "YINFA_PASSPHRASE"
DIAMETER_MM = 42.0  # of a seal, where nothing else is said
PROTECTED, SIGNED = "加密", "已签名"
SHORT = 8  # characters of a password that may be guessed
LONGEST_SECRET_BYTES = 10_000  # of a file that holds one
NO_SM2 = (
    "这是 PAdES 数字签名，不是 GB/T 38540 规定的国密（SM2）电子印章：证明文件出自持证书的单位、"
    "签后未改；规定要用电子印章的，须用经认证的电子印章系统另行加盖"
)


def add_to(commands: Any) -> None:
    """Add these commands."""
    _add_protect(commands)
    _add_sign(commands)


# --- protect ---------------------------------------------------------------------------------


def _add_protect(commands: Any) -> None:
    description = (
        "做一份加密的 PDF（AES-256）：凭口令打开，可以阅读、打印、复制文字，不能修改。"
        "加密以后不再是 PDF/A，只供传送；归档用原来的 PDF，它不会改动。"
    )
    command = commands.add_parser("protect", help="加密 PDF", description=description)
    command.add_argument("file", type=Path, metavar="文件.pdf", help="要加密的 PDF")
    output = "写到哪里；不写则放在 PDF 旁边，名字后加“（加密）”"
    command.add_argument("-o", "--output", type=Path, metavar="文件.pdf", help=output)
    password = f"第一行是口令的文件；不写则用环境变量 {PASSWORD}，再不然当场输入"
    name = "--password-file"
    command.add_argument(name, type=Path, dest="secret_file", metavar="文件", help=password)
    command.set_defaults(call=_protect)


def _protect(options: argparse.Namespace) -> int:
    from yinfa.publish import write_whole
    from yinfa.securing.original import need_packages, read_original

    original = read_original(options.file)
    need_packages(options.file, f"protect DOC={options.file}")
    from yinfa.securing.protect import protect

    output = _output(options, original, PROTECTED)
    password = _secret(options, "打开口令", PASSWORD, twice=True)
    write_whole(output, protect(original, password))
    print(f"{output}：已加密（AES-256），凭口令打开，可以打印和复制文字，不能修改")
    if len(password) < SHORT:
        print(f"    口令只有 {len(password)} 个字符，容易被猜出，请用 {SHORT} 个以上")
    print("    它不再是 PDF/A，不能用来归档；归档请用原来的 PDF。口令请另行告知收件人")
    return 0


# --- sign ------------------------------------------------------------------------------------


def _add_sign(commands: Any) -> None:
    description = f"用本单位的证书给 PDF 加数字签名，放在最后一步做；原来的文件不改动。{NO_SM2}。"
    command = commands.add_parser("sign", help="加数字签名", description=description)
    command.add_argument("file", type=Path, metavar="文件.pdf", help="要签名的 PDF")
    key = "证书和私钥：PKCS#12 文件（.p12、.pfx），或 PEM 格式的私钥"
    command.add_argument("--key", type=Path, required=True, metavar="证书.p12", help=key)
    certificate = "私钥是 PEM 格式时，证书（和上级证书）所在的 PEM 文件"
    command.add_argument("--cert", type=Path, metavar="证书.pem", help=certificate)
    secret = f"第一行是私钥口令的文件；不写则用环境变量 {PASSPHRASE}，再不然当场输入"
    name = "--passphrase-file"
    command.add_argument(name, type=Path, dest="secret_file", metavar="文件", help=secret)
    output = "写到哪里；不写则放在 PDF 旁边，名字后加“（已签名）”"
    command.add_argument("-o", "--output", type=Path, metavar="文件.pdf", help=output)
    seal = "本单位印章的图片（PNG、JPEG），端正居中下压署名和成文日期；不写则签名不显示在页面上"
    command.add_argument("--seal", type=Path, metavar="图片", help=seal)
    place = "印章盖在哪里：页码,左,上（离页面左上角的毫米数）；不写则由程序找署名和成文日期"
    command.add_argument("--at", type=_corner, metavar="页,左,上", help=place)
    across = f"印章的直径，默认 {DIAMETER_MM:g} 毫米"
    name = "--diameter"
    command.add_argument(name, type=_diameter, default=DIAMETER_MM, metavar="毫米", help=across)
    stamp = "时间戳服务器的网址（RFC 3161），由它证明签名的时间；不写则不连网络"
    command.add_argument("--timestamp", type=_address, metavar="网址", help=stamp)
    command.set_defaults(call=_sign, error=command.error)


def _corner(word: str) -> tuple[int, float, float]:
    found = re.fullmatch(r"(\d{1,4})[,，](\d{1,3}(?:\.\d+)?)[,，](\d{1,3}(?:\.\d+)?)", word, re.A)
    if not found:
        raise argparse.ArgumentTypeError(f"应是“页,左,上”，如 3,110,150，写成了“{word}”")
    return int(found[1]), float(found[2]), float(found[3])


def _diameter(word: str) -> float:
    if not re.fullmatch(r"\d{1,3}(\.\d+)?", word, re.A) or not 10 <= float(word) <= 100:
        raise argparse.ArgumentTypeError(f"应在 10 到 100 毫米之间，写成了“{word}”")
    return float(word)


def _address(word: str) -> str:
    if not re.fullmatch(r"https?://[^\s/]+(/\S*)?", word):
        raise argparse.ArgumentTypeError(f"应是 http:// 或 https:// 开头的网址，写成了“{word}”")
    return word


def _sign(options: argparse.Namespace) -> int:
    from yinfa.publish import write_whole
    from yinfa.securing.original import need_packages, read_original

    if options.at and not options.seal:
        options.error("--at 只与 --seal 同用")
    original = read_original(options.file)
    need_packages(options.file, f"sign DOC={options.file} KEY={options.key}")
    from yinfa.securing.credentials import load_credentials, needs_passphrase
    from yinfa.securing.sign import sign

    output = _output(options, original, SIGNED)
    look = _look(options, original) if options.seal else None
    passphrase = ""
    if needs_passphrase(options.key):
        passphrase = _secret(options, "私钥口令", PASSPHRASE)
    credentials = load_credentials(options.key, options.cert, passphrase)
    write_whole(output, sign(original, credentials, look, options.timestamp or ""))
    where = f"，印章图样在第{look.page + 1}页" if look else ""
    print(f"{output}：已由“{credentials.name}”签名{where}")
    if original.signatures:
        print(f"    这是第 {original.signatures + 1} 处签名，前面的仍然有效")
    print(f"    {NO_SM2}")
    return 0


def _look(options: argparse.Namespace, original: PdfFile) -> Appearance:
    """The seal, and where it stands."""
    from yinfa.securing.field import Appearance
    from yinfa.securing.seal import Corner, box_on_page, find_corner, read_picture

    picture = read_picture(options.seal)
    width_mm = options.diameter
    height_mm = width_mm * picture.height / picture.width
    found = Corner(*options.at) if options.at else None
    corner = found or find_corner(options.file, width_mm, height_mm)
    box = box_on_page(original, corner, width_mm, height_mm)
    return Appearance(picture, corner.page - 1, box)


# --- verify ----------------------------------------------------------------------------------


def add_trust(command: Any) -> None:
    """What ``verify`` is given to judge signatures by."""
    trust = "信任的根证书（PEM），据此核对签名人的证书；不写则不核对"
    command.add_argument("--trust", type=Path, metavar="根证书.pem", help=trust)


def verify_signatures(path: Path, trust: Path | None) -> int:
    """Tell what holds of the signatures of *path*: 0 all, 1 not all, 2 nothing can be said."""
    from yinfa.securing.original import need_packages, read_original

    original = read_original(path)
    if not original.signatures:
        raise unreadable(path, "这份 PDF 没有数字签名", "请核对是不是签过名的那一份")
    need_packages(path, "sign")
    from yinfa.securing.signatures import Content, read_roots, signatures

    found = signatures(original, read_roots(trust) if trust else None)
    print(f"{path}：{len(found)} 处签名")
    for number, signature in enumerate(found, 1):
        print(f"    {number}. {signature.name}，{_when(signature)}")
        print(f"       {signature.content}")
        if signature.issuer:
            print(f"       {_trusted(signature, judged=trust is not None)}")
    if any(signature.broken for signature in found):
        return 1
    return 2 if any(signature.content is Content.UNKNOWN for signature in found) else 0


def _when(signature: ElectronicSignature) -> str:
    if signature.stamped:
        proof = "时间戳证明" if signature.proven else "时间戳所记，出处没有核对"
        return f"{_shown(signature.stamped)}（{proof}）"
    if signature.claimed:
        return f"{_shown(signature.claimed)}（签名人的电脑所记）"
    return "没有记时间"


def _shown(moment: datetime.datetime) -> str:
    """*moment* by this machine's clock; any moment may be written in a signature."""
    try:
        return f"{moment.astimezone():%Y-%m-%d %H:%M}"
    except (ValueError, OverflowError, OSError):  # before or after what a calendar can show
        return "所记的时间无法显示"


def _trusted(signature: ElectronicSignature, *, judged: bool) -> str:
    until = f"，有效期至 {signature.valid_until:%Y-%m-%d}" if signature.valid_until else ""
    certificate = f"证书由“{signature.issuer}”签发{until}"
    if not judged:
        return f"{certificate}；没有给出根证书（--trust），签名人是不是本人没有核对"
    return f"{certificate}；{f'不可信：{signature.distrust}' if signature.distrust else '可信'}"


# --- what both are given ---------------------------------------------------------------------


def _output(options: argparse.Namespace, original: PdfFile, what: str) -> Path:
    """Where the derivative goes: never over the original."""
    path: Path = options.file
    stem = re.sub(rf"（{what}\d*）$", "", path.stem)
    count = original.signatures + 1 if original.signatures else ""
    output: Path = options.output or path.with_name(f"{stem}（{what}{count}）.pdf")
    if output.exists() and output.samefile(path):
        raise _unset(output, "就是原来的文件，不会改动它", "请用 -o 写另一个文件名")
    return output


def _secret(options: argparse.Namespace, what: str, variable: str, *, twice: bool = False) -> str:
    """A secret from a file, from the environment, or typed without being shown."""
    if options.secret_file:
        return _first_line(options.secret_file)
    option = "--password-file" if twice else "--passphrase-file"
    if variable in os.environ:
        hint = f"请把终端改为 UTF-8 再设，或用 {option} 指定 UTF-8 文件"
        return _sound(options.file, os.environ[variable], f"环境变量 {variable} ", hint)
    none_given = f"没有给出{what}", f"请设环境变量 {variable}，或用 {option} 指定文件"
    if not sys.stdin.isatty():
        raise _unset(options.file, *none_given)
    import getpass

    try:
        typed = getpass.getpass(f"{what}：")
        if twice and getpass.getpass(f"再输入一遍{what}：") != typed:
            raise _unset(options.file, "两遍口令不一样", "请再运行一次")
    except EOFError:  # the end of input instead of a line
        raise _unset(options.file, *none_given) from None
    return _sound(options.file, typed, "输入的口令", "请把终端改为 UTF-8 再输入")


def _sound(path: Path, secret: str, what: str, hint: str) -> str:
    """*secret*, or a fault where bytes in it are no text: nothing could be locked with them."""
    try:
        secret.encode()
    except UnicodeEncodeError:
        raise _unset(path, f"{what}不是 UTF-8 文本", hint) from None
    return secret


def _first_line(path: Path) -> str:
    try:
        with path.open("rb") as file:
            content = file.read(LONGEST_SECRET_BYTES)
        return content.decode("utf-8-sig").partition("\n")[0].removesuffix("\r")
    except FileNotFoundError:
        raise unreadable(path, "没有这个口令文件", "请核对文件名") from None
    except OSError as error:
        raise unreadable(
            path, f"口令文件打不开（{system_reason(error)}）", "请检查读取权限"
        ) from None
    except UnicodeDecodeError:
        raise unreadable(path, "口令文件不是 UTF-8 文本", "请用 UTF-8 另存") from None


def _unset(path: Path, message: str, hint: str) -> Fault:
    return SetupFault((Finding(Place(path), message, hint),))
