"""The words of the command line for sources: import, export, new, schema, source and rebuild."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any


def add_to(commands: Any) -> None:
    """Add these commands."""
    _add_import(commands)
    _add_export(commands)
    _add_new(commands)
    _add_schema(commands)
    _add_source(commands)
    _add_rebuild(commands)


def _add_import(commands: Any) -> None:
    description = "把文本、Word、Markdown 文件转换成 YAML 源文件；略去什么、改了什么，一一说明。"
    command = commands.add_parser("import", help="把现有文件转换成源文件", description=description)
    files = "要转换的文件，可以是几个；文件夹则是里面所有能转换的"
    command.add_argument("files", type=Path, nargs="+", metavar="文件", help=files)
    output = "源文件放在哪里，几个文件的写文件夹；不写则放在原文件旁边"
    command.add_argument("-o", "--output", type=Path, metavar="文件.yaml", help=output)
    tidy = "改正半角标点、直引号、全角数字、多余的空格等，分类列出"
    command.add_argument("--tidy", action="store_true", help=tidy)
    shape = "text 是给人看的，json 给别的程序用"
    command.add_argument(
        "--format", choices=("text", "json"), default="text", metavar="样式", help=shape
    )
    command.set_defaults(call=_import)


def _import(options: argparse.Namespace) -> int:
    from yinfa.importing.convert import SUFFIX, Imported, import_file
    from yinfa.importing.telling import as_json, importable, table, told
    from yinfa.report import Fault

    paths = importable(options.files)
    alone = len(options.files) == 1 and paths == options.files
    results: list[tuple[Path, Imported | Fault]] = []
    for path in paths:
        product = options.output
        if product and not alone:
            product = product / path.with_suffix(SUFFIX).name
        try:
            results.append((path, import_file(path, product, tidy=options.tidy)))
        except Fault as fault:
            if alone and options.format == "text":
                raise
            results.append((path, fault))
    if options.format == "json":
        print(as_json(results))
    else:
        for _, result in results:
            lines = [str(result)] if isinstance(result, Fault) else told(result)
            print(*lines, sep="\n")
        if not alone:
            print(*table(results), sep="\n")
    codes = [result.exit_code for _, result in results if isinstance(result, Fault)]
    return max(codes, default=0)


def _add_export(commands: Any) -> None:
    description = "把源文件导出成带序号的纯文本（.txt），或可以接着编辑的 Word 文件（.docx）。"
    command = commands.add_parser("export", help="导出文本或 Word 文件", description=description)
    command.add_argument("file", type=Path, metavar="文件.yaml", help="要导出的源文件")
    output = "导出的文件，后缀是 .txt 或 .docx；不写则是源文件旁边的 .txt"
    command.add_argument("-o", "--output", type=Path, metavar="文件", help=output)
    command.set_defaults(call=_export)


def _export(options: argparse.Namespace) -> int:
    from yinfa.exporting.convert import export_file

    print(export_file(options.file, options.output))
    return 0


def _add_new(commands: Any) -> None:
    description = "写出一份带说明的源文件，照着改就能用；照原样也能排版。"
    command = commands.add_parser("new", help="新建一份源文件", description=description)
    forms = "通知、请示、批复、公告、公报、函、令、纪要、联合行文、转发、总结、议程、办法等，或汇编"
    command.add_argument("form", metavar="文种", help=forms)
    command.add_argument("file", type=Path, metavar="文件.yaml", help="新文件的名字")
    command.set_defaults(call=_new)


def _new(options: argparse.Namespace) -> int:
    from yinfa.skeletons import BUNDLE, new_source

    path = new_source(options.form, options.file)
    command = "bundle" if options.form in BUNDLE else "build"
    print(f"{path}：已写好，改完后运行 yinfa {command} {path}")
    return 0


def _add_schema(commands: Any) -> None:
    description = "打印 JSON Schema，编辑器用它补全和检查公文和别的文件。"
    command = commands.add_parser("schema", help="打印 JSON Schema", description=description)
    kinds = ("document", "house", "distribution", "bundle")
    told = "document 公文、house 本单位规定、distribution 分发、bundle 汇编；不写则是公文"
    command.add_argument(
        "kind", nargs="?", choices=kinds, default="document", metavar="种类", help=told
    )
    command.set_defaults(call=_schema)


def _schema(options: argparse.Namespace) -> int:
    from yinfa.schema import schema_text

    print(schema_text(options.kind), end="")
    return 0


def _add_source(commands: Any) -> None:
    description = "把 PDF 里随带的源文件、图片和排版记录取出来。"
    command = commands.add_parser("source", help="从 PDF 取出源文件", description=description)
    command.add_argument("file", type=Path, metavar="文件.pdf", help="本程序排出的 PDF")
    folder = "放在哪个文件夹；不写则放在当前文件夹里与 PDF 同名的文件夹"
    command.add_argument("-o", "--output", type=Path, metavar="文件夹", help=folder)
    command.set_defaults(call=_source)


def _source(options: argparse.Namespace) -> int:
    from yinfa.archive import record
    from yinfa.archive.carried import take_out, unpack
    from yinfa.archive.seals import names

    files = take_out(options.file)
    for path in unpack(files, options.output or Path(options.file.stem)):
        print(path)
    kept = next((file.content for file in files if file.name == record.NAME), b"")
    if seals := names(record.loads(kept)):
        print(f"    印章和签名章的图片不随文件带出，请另外放进去：{'、'.join(seals)}")
    return 0


def _add_rebuild(commands: Any) -> None:
    description = "用 PDF 里随带的源文件重新排一遍，看与原来的 PDF 是否一字节不差。"
    command = commands.add_parser("rebuild", help="用随带的源文件重排", description=description)
    command.add_argument("file", type=Path, metavar="文件.pdf", help="本程序排出的 PDF")
    output = "重排的 PDF 放在哪里；不写则只比较"
    command.add_argument("-o", "--output", type=Path, metavar="文件.pdf", help=output)
    seals = "印章、签名章的图片：它们不随文件带出，写了才连它们一起核对"
    command.add_argument(
        "--印章",
        "--seal",
        dest="seals",
        type=Path,
        nargs="+",
        default=[],
        metavar="图片",
        help=seals,
    )
    command.set_defaults(call=_rebuild)


def _rebuild(options: argparse.Namespace) -> int:
    from yinfa.batch.documents import SOURCES
    from yinfa.batch.rebuild import rebuild
    from yinfa.publish import write_whole

    rebuilt = rebuild(options.file, SOURCES, options.seals)
    if options.output:
        write_whole(options.output, rebuilt.content)
    if rebuilt.same and rebuilt.missing:
        print(f"{options.file}：除印章以外，各页的文字、线条和随带的文件都与它相同")
        print(f"    印章没有核对，要连它一起核对，请写 --印章 {' '.join(rebuilt.missing)}")
        return 0
    if rebuilt.same:
        print(f"{options.file}：重排的结果一字节不差")
        return 0
    if rebuilt.added:
        print(f"{options.file}：排好时的内容一字节不差，后来又加了 {rebuilt.added} 字节")
        print("    加的是数字签名的，用 yinfa verify 核对")
        return 1
    print(f"{options.file}：重排的结果与它不同")
    for difference in rebuilt.differences:
        print(f"    {difference}")
    if not rebuilt.differences:
        print("    软件、字体、版式都和当时一样：这份 PDF 在排好以后被改动过")
    return 1
