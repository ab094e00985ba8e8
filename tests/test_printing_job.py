"""What lp is told, by a false one that writes it down, and once by CUPS itself."""

from __future__ import annotations

import hashlib
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import mkdtemp

import pytest
from making import write
from printing_samples import A4, A5, add_field, numbered, saved
from pypdf import PdfReader

from yinfa.cli import main
from yinfa.reading import read

FALSE = {
    "lpstat": """case "$1" in
  -e) printf '%s\\n' $PRINTERS ;;
  -d) if [ -n "$DEFAULT" ]; then echo "system default destination: $DEFAULT"
      else echo "no system default destination"; fi ;;
esac
""",
    "lpoptions": """echo "$CAN" """,
    "lp": """sleep $SLOW
if [ -n "$BROKEN" ]; then echo "lp: $BROKEN" >&2; exit 1; fi
printf '%s\\n' "$@" > "$RECORD"
for file; do :; done
cp "$file" "$RECORD.pdf"
echo "request id is office-12 (1 file(s))"
""",
}
CAN = (
    "PageSize/Media Size: Custom.WIDTHxHEIGHT *A4 A3 Letter\n"
    "Duplex/2-Sided Printing: *None DuplexNoTumble DuplexTumble"
)


class Office:
    """A machine with one printer that keeps what it is told."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.folder = folder
        self.record = folder / "record"
        self._set = monkeypatch.setenv
        programs = folder / "bin"
        programs.mkdir()
        for name, script in FALSE.items():
            (programs / name).write_text(f"#!/bin/sh\n{script}", encoding="utf-8")
            (programs / name).chmod(0o755)
        monkeypatch.setenv("PATH", f"{programs}:{os.environ['PATH']}")
        self.has(
            RECORD=str(self.record), PRINTERS="office hall", DEFAULT="office", CAN=CAN, SLOW="0"
        )

    def has(self, **settings: str) -> None:
        for name, value in settings.items():
            self._set(name, value)

    def original(self, count: int = 5, size_mm: tuple[float, float] = A4) -> str:
        return str(saved(numbered(count, size_mm), self.folder / "材料.pdf"))

    @property
    def told(self) -> list[str]:
        """What lp was called with, but for the file."""
        return self.record.read_text(encoding="utf-8").split("\n")[:-2]

    @property
    def printed(self) -> PdfReader:
        return PdfReader(f"{self.record}.pdf")


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Office:
    return Office(tmp_path, monkeypatch)


Output = pytest.CaptureFixture[str]


def test_lp_is_told_exactly_what_the_file_is(office: Office, capsys: Output) -> None:
    assert main(["print", office.original(), "--copies", "30"]) == 0
    assert office.told == [
        "-d", "office", "-n", "30", "-t", "材料",
        "-o", "media=A4", "-o", "sides=two-sided-long-edge",
        "-o", "print-scaling=none", "-o", "collate=true",
    ]  # fmt: skip
    assert len(office.printed.pages) == 6
    said = capsys.readouterr().out
    assert "5 页，A4 纸，双面，长边翻转，3 张（5 面）；30 份共 90 张（150 面）" in said
    assert said.index("90 张") < said.index("任务号 office-12")


def test_a_booklet_is_printed_on_a3_over_the_short_edge(office: Office) -> None:
    assert main(["print", office.original(), "--booklet", "--printer", "hall"]) == 0
    assert office.told[1] == "hall"
    assert "media=A3" in office.told
    assert "sides=two-sided-short-edge" in office.told
    assert len(office.printed.pages) == 4


def test_a_dry_run_says_all_and_prints_nothing(office: Office, capsys: Output) -> None:
    assert main(["print", office.original(), "--simplex", "--dry-run"]) == 0
    said = capsys.readouterr().out
    assert "命令：lp -d office -n 1 -t '材料' -o media=A4 -o sides=one-sided" in said
    assert "没有打印" in said
    assert not office.record.exists()


def test_a_dry_run_needs_no_printer_and_says_what_is_missing(
    office: Office, monkeypatch: pytest.MonkeyPatch, capsys: Output
) -> None:
    original = office.original()
    monkeypatch.setenv("PATH", "/nonexistent")
    assert main(["print", original, "--dry-run"]) == 0
    said = capsys.readouterr().out
    assert "A4 纸" in said and "没有打印" in said and "没有打印命令 lp" in said
    assert main(["print", original]) == 2


def test_a_print_file_may_be_written_instead(office: Office, tmp_path: Path) -> None:
    output = tmp_path / "印厂.pdf"
    options = ["--cmyk", "--crop-marks", "-o", str(output)]
    assert main(["print", office.original(), *options]) == 0
    assert len(PdfReader(output).pages) == 6
    assert not office.record.exists()


def refused(office: Office, capsys: Output, *options: str) -> str:
    """What is said when nothing is printed."""
    assert main(["print", *options]) == 2
    assert not office.record.exists()
    said = capsys.readouterr().err
    assert "提示：" in said
    assert "Traceback" not in said
    return said


def test_a_printer_that_is_not_there(office: Office, capsys: Output) -> None:
    path = office.original()
    assert "没有叫“hal”的打印机" in refused(office, capsys, path, "--printer", "hal")
    office.has(DEFAULT="")
    said = refused(office, capsys, path)
    assert "没有设默认打印机" in said
    assert "office、hall" in said
    office.has(PRINTERS="")
    assert "没有找到打印机" in refused(office, capsys, path)


def test_a_machine_without_lp(
    office: Office, capsys: Output, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = office.original()
    monkeypatch.setenv("PATH", str(office.folder / "nowhere"))
    assert "没有打印命令 lp" in refused(office, capsys, path)


def test_what_the_printer_says_when_it_fails(office: Office, capsys: Output) -> None:
    office.has(BROKEN="The printer is not accepting jobs.")
    said = refused(office, capsys, office.original())
    assert "打印机没有接受任务：lp: The printer is not accepting jobs." in said
    assert "一张也没有印" in said


def test_a_printer_that_does_not_answer(
    office: Office, capsys: Output, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("yinfa.printing.job.ANSWER_SECONDS", 0.2)
    office.has(SLOW="2")
    said = refused(office, capsys, office.original())
    assert "没有回应" in said
    assert "先用 lpstat 看队列" in said


def test_a_full_disk_prints_nothing(
    office: Office, capsys: Output, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = office.original()
    monkeypatch.setattr("tempfile.tempdir", str(office.folder / "nowhere"))
    assert "临时文件夹不能用" in refused(office, capsys, path)


def test_the_job_is_called_by_a_title_that_cups_takes(office: Office) -> None:
    writer = numbered(2)
    writer.add_metadata({"/Title": "关于\x00印刷的\n通知" + "长" * 200})
    assert main(["print", str(saved(writer, office.folder / "o.pdf"))]) == 0
    title = office.told[office.told.index("-t") + 1]
    assert title.startswith("关于印刷的通知长")
    assert 190 < len(title.encode()) <= 200


def test_paper_the_printer_does_not_have(office: Office, capsys: Output) -> None:
    office.has(CAN="PageSize/Media Size: *A4 A5 Letter\nDuplex/2-Sided Printing: *None")
    said = refused(office, capsys, office.original(), "--booklet")
    assert "打印机 office 没有 A3 纸" in said
    assert "打印机 office 不能双面打印" in said
    assert main(["print", office.original(), "--simplex"]) == 0


def test_a_printer_that_says_nothing_of_itself_is_trusted(office: Office) -> None:
    office.has(CAN="")
    assert main(["print", office.original(4, A5), "--booklet"]) == 0
    assert "media=A4" in office.told


def test_bad_files_and_contradictions(office: Office, capsys: Output) -> None:
    signed = numbered(2)
    add_field(signed, "/Sig")
    path = str(saved(signed, office.folder / "signed.pdf"))
    assert "1 处数字签名" in refused(office, capsys, path)
    assert main(["print", path, "--force"]) == 0
    assert "没有签名的效力" in capsys.readouterr().out
    office.record.unlink()
    assert "带裁切线" in refused(office, capsys, office.original(), "--crop-marks")
    for options in (["--booklet", "--simplex"], ["--paper", "A3"], ["--copies", "0"]):
        with pytest.raises(SystemExit):
            main(["print", office.original(), *options])
    said = capsys.readouterr().err
    assert "--booklet 与 --simplex 不能同时使用" in said
    assert "--copies 应是 1 到 9999 的整数，写成了“0”" in said


def test_a_booklet_lands_beside_its_pdf(tmp_path: Path, capsys: Output) -> None:
    path = saved(numbered(6), tmp_path / "材料.pdf")
    before = path.read_bytes()
    assert main(["booklet", str(path), "--marks"]) == 0
    assert len(PdfReader(tmp_path / "材料（小册子）.pdf").pages) == 4
    assert "最后补 2 个空白页，共 8 页" in capsys.readouterr().out
    assert main(["booklet", str(path), "--sections", "1"]) == 0
    assert (tmp_path / "材料（胶装）.pdf").exists()
    assert main(["booklet", str(path), "--up", "4"]) == 0
    assert len(PdfReader(tmp_path / "材料（一面4页）.pdf").pages) == 2
    assert path.read_bytes() == before


@pytest.mark.parametrize("command", [["booklet"], ["print"], ["print", "--booklet"]])
def test_what_is_printed_is_never_written_over(
    tmp_path: Path, capsys: Output, command: list[str]
) -> None:
    path = saved(numbered(4), tmp_path / "材料.pdf")
    before = path.read_bytes()
    other_name = tmp_path / "link.pdf"
    other_name.symlink_to(path)
    for output in (path, other_name):
        assert main([*command, str(path), "-o", str(output)]) == 2
        assert "不能写在它上面" in capsys.readouterr().err
    assert path.read_bytes() == before


def test_a_source_is_built_and_its_archive_pdf_left_alone(
    office: Office, capsys: Output, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(office.folder)
    source = str(write(office.folder, ["正文。" * 300]).relative_to(office.folder))
    assert main(["print", source, "--dry-run"]) == 0
    (built,) = Path("build").glob("*.pdf")
    before = hashlib.sha256(built.read_bytes()).digest()
    assert main(["print", source, "--cmyk", "--mirror", "--copies", "2"]) == 0
    assert main(["booklet", source, "-o", "册.pdf"]) == 0
    assert hashlib.sha256(built.read_bytes()).digest() == before
    for output in (built, Path(source)):
        assert main(["booklet", source, "-o", str(output)]) == 2
        assert "不能写在它上面" in capsys.readouterr().err
    assert hashlib.sha256(built.read_bytes()).digest() == before


def test_how_far_it_is_shows_on_a_terminal_and_nowhere_else(
    tmp_path: Path, capsys: Output, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = str(saved(numbered(4), tmp_path / "材料.pdf"))
    assert main(["booklet", path]) == 0
    assert capsys.readouterr().err == ""
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    assert main(["booklet", path]) == 0
    shown = capsys.readouterr().err
    assert "正在拼版 ██████████░░░░░░░░░░ 2/4" in shown
    assert shown.endswith("\r\033[K")  # the line is left free


# --- CUPS ------------------------------------------------------------------------------------

SETTINGS = """\
Listen 127.0.0.1:{port}
PageLogFormat %p %{{media}} %{{sides}} %{{job-name}}
Browsing Off
DefaultAuthType None
WebInterface No
<Location />
  Order allow,deny
  Allow all
</Location>
<Policy default>
  <Limit All>
    Order allow,deny
    Allow all
  </Limit>
</Policy>
"""
FILES = """\
ServerRoot {root}
StateDir {root}/run
CacheDir {root}/cache
RequestRoot {root}/spool
TempDir {root}/spool/tmp
AccessLog {root}/access
ErrorLog {root}/errors
PageLog {root}/pages
FileDevice Yes
User lp
Group lp
SystemGroup root
"""
# A printer that takes PDF, prints on both sides and has A3: what drivers say of themselves.
DRIVER = """\
*PPD-Adobe: "4.3"
*FormatVersion: "4.3"
*FileVersion: "1.0"
*LanguageVersion: English
*LanguageEncoding: ISOLatin1
*PCFileName: "OFFICE.PPD"
*Manufacturer: "Office"
*Product: "(Office)"
*ModelName: "Office"
*ShortNickName: "Office"
*NickName: "Office"
*PSVersion: "(3010.000) 0"
*LanguageLevel: "3"
*ColorDevice: True
*cupsVersion: 2.3
*cupsFilter: "application/vnd.cups-pdf 0 -"
*OpenUI *PageSize/Media Size: PickOne
*DefaultPageSize: A4
*PageSize A4/A4: "<</PageSize[595 842]>>setpagedevice"
*PageSize A3/A3: "<</PageSize[842 1191]>>setpagedevice"
*CloseUI: *PageSize
*OpenUI *PageRegion/Media Size: PickOne
*DefaultPageRegion: A4
*PageRegion A4/A4: "<</PageSize[595 842]>>setpagedevice"
*PageRegion A3/A3: "<</PageSize[842 1191]>>setpagedevice"
*CloseUI: *PageRegion
*DefaultImageableArea: A4
*ImageableArea A4/A4: "12 12 583 830"
*ImageableArea A3/A3: "12 12 830 1179"
*DefaultPaperDimension: A4
*PaperDimension A4/A4: "595 842"
*PaperDimension A3/A3: "842 1191"
*OpenUI *Duplex/2-Sided Printing: PickOne
*DefaultDuplex: None
*Duplex None/Off: ""
*Duplex DuplexNoTumble/Long Edge: ""
*Duplex DuplexTumble/Short Edge: ""
*CloseUI: *Duplex
"""
# It lives as long as the pipe: however the tests end, the server and its folder end with them.
LIVING = """cupsd -f -c "$0/cupsd.conf" -s "$0/cups-files.conf" &
read -r _
kill $!
wait $!
rm -r "$0"
"""
WAIT_SECONDS = 20


@pytest.fixture
def cups(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A CUPS of our own on loopback, its one queue ending in a file; stopped with the test.

    It stands outside the folders of the tests, which its filters, another user's, may not enter.
    """
    root = Path(mkdtemp(prefix="yinfa-cups-"))
    root.chmod(0o755)
    for folder in ("run", "cache", "spool/tmp", "ppd"):
        (root / folder).mkdir(parents=True)
    printed = root / "printed"
    printed.touch(mode=0o666)
    if os.geteuid() == 0:
        subprocess.run(["chown", "-R", "lp:lp", root], check=True)
    printed.chmod(0o666)
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        port = asked.getsockname()[1]
    (root / "cupsd.conf").write_text(SETTINGS.format(port=port), encoding="utf-8")
    (root / "cups-files.conf").write_text(FILES.format(root=root), encoding="utf-8")
    monkeypatch.setenv("CUPS_SERVER", f"127.0.0.1:{port}")
    server = subprocess.Popen(["sh", "-c", LIVING, root], stdin=subprocess.PIPE)
    try:
        _until(lambda: _answers(port))
        (root / "office.ppd").write_text(DRIVER, encoding="ascii")
        queue = ["-p", "office", "-E", "-v", f"file://{printed}", "-P", f"{root}/office.ppd"]
        subprocess.run(["lpadmin", *queue], check=True, capture_output=True)
        subprocess.run(["lpadmin", "-d", "office"], check=True, capture_output=True)
        yield root
    finally:
        server.communicate(timeout=WAIT_SECONDS)


def _answers(port: int) -> bool:
    with socket.socket() as tried:
        return tried.connect_ex(("127.0.0.1", port)) == 0


def _until(true: Callable[[], bool]) -> None:
    end = time.monotonic() + WAIT_SECONDS
    while not true():
        assert time.monotonic() < end
        time.sleep(0.1)


@pytest.mark.judge
def test_cups_prints_the_file_as_it_is(cups: Path, tmp_path: Path, capsys: Output) -> None:
    path = saved(numbered(5), tmp_path / "材料.pdf")
    assert main(["print", str(path), "--booklet", "--copies", "2"]) == 0
    assert "已交给打印机，任务号 office-1" in capsys.readouterr().out
    _until(lambda: (cups / "printed").read_bytes().rstrip().endswith(b"%%EOF"))
    sheets = read(cups / "printed").sheets
    assert [sorted((round(s.width_mm), round(s.height_mm))) for s in sheets] == [[297, 420]] * 4
    type_mm = 24 * 25.4 / 72  # what the original is set in
    for sheet in sheets:
        assert all(abs(line.size_mm - type_mm) < 0.02 for line in sheet.turned_lines)
    assert sorted(line.bare for sheet in sheets for line in sheet.turned_lines) == [
        "p1", "p2", "p3", "p4p5",
    ]  # fmt: skip
    logged = "office A3 two-sided-short-edge 材料"  # paper, sides, and what the job is called
    _until(lambda: logged in (cups / "pages").read_text(encoding="utf-8"))
