"""The words of the command line for deliveries: send and status."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING, Any

from yinfa.commands.issuing import add_matter, distribution, matter

if TYPE_CHECKING:
    from yinfa.issuing.delivery.plan import Delivery, DeliveryRequest, Plan

YES = ("y", "yes", "是", "好")


def add_to(commands: Any) -> None:
    """Add these commands."""
    _add_send(commands)
    _add_status(commands)


def _add_send(commands: Any) -> None:
    description = (
        "把各份发给收件单位：用邮件，或放进单位的文件夹。发过的记在 distribution.yaml 旁边的"
        "“发送记录.sqlite”里，再运行一次只发没有发出的，谁也不会收到两份。"
    )
    epilog = "退出码：0 都已发出；1 有没有发出的（见 yinfa status）；2 没有开始发，或中途停下。"
    command = commands.add_parser(
        "send", help="把各份发给收件单位", description=description, epilog=epilog
    )
    add_matter(command)
    via = "mail（邮件）或 folder（文件夹）；不写则有邮箱的用邮件，其余的用文件夹"
    command.add_argument("--via", choices=("mail", "folder"), metavar="方式", help=via)
    command.add_argument("--dry-run", action="store_true", help="做好各份，说明要发什么，不发送")
    command.add_argument("--yes", action="store_true", help="不再询问，直接发送")
    revise = "内容改过了，文号没有变：把新的一份发给各单位"
    command.add_argument("--revise", action="store_true", help=revise)
    resend = "重发给这个单位（“不明”“被拒收”的，或换了地址的）；可以写几次"
    command.add_argument("--resend", action="append", default=[], metavar="简称", help=resend)
    unknown = "重发给所有“不明”的单位；请先问过他们收到没有"
    command.add_argument("--resend-unknown", action="store_true", help=unknown)
    command.set_defaults(call=_send)


def _send(options: argparse.Namespace) -> int:
    from yinfa.batch.documents import PRODUCTS, SOURCES
    from yinfa.issuing.delivery import status
    from yinfa.issuing.delivery.deliver import deliver, recover, secret
    from yinfa.issuing.delivery.journal import open_journal, refused
    from yinfa.issuing.delivery.plan import begin, make_plan
    from yinfa.issuing.issue import issue, planned

    to = distribution(options)
    folder = to.path.parent
    if folder.resolve().is_relative_to(PRODUCTS.resolve()):
        hint = f"请把它放在 {SOURCES}/ 里的公文旁边，用 --to 指明"
        raise refused(to.path, f"名单在 {PRODUCTS}/ 里：清理时发送记录会一起删掉，就会重发", hint)
    with open_journal(folder, create=not options.dry_run, wait=_say_busy) as journal:
        recover(journal)
        original, output = matter(options)
        wanted = _wanted(options)
        # What may not be sent leaves the copies as they were.
        word = secret(make_plan(planned(original, to, output), to, journal, wanted))
        plan = make_plan(issue(original, to, output), to, journal, wanted)
        _print_plan(plan, wanted.resend)
        sys.stdout.flush()
        if options.dry_run:
            print("试运行，没有发送")
            return 0
        if plan.open and not options.yes:
            _ask(plan)
        plan = begin(plan, journal)
        try:
            deliveries = deliver(plan, journal, word, _tell, _tell_wait)
        except KeyboardInterrupt:
            print("\n发送中断：发到哪一步，请看 yinfa status", file=sys.stderr)
            raise
    print(f"{status.tally(deliveries)}（{journal.path}）")
    return 0 if all(each.state == "sent" for each in deliveries) else 1


def _wanted(options: argparse.Namespace) -> DeliveryRequest:
    from yinfa.issuing.delivery.plan import DeliveryRequest, Via

    via = Via(options.via) if options.via else None
    return DeliveryRequest(via, options.revise, frozenset(options.resend), options.resend_unknown)


def _say_busy() -> None:
    print("另一次发送还没有结束，等它结束……（按 Ctrl-C 不等）", file=sys.stderr)


def _print_plan(plan: Plan, asked: frozenset[str]) -> None:
    """What a run will do, and what it leaves alone of those it was *asked* to send again."""
    from yinfa.issuing.delivery import status
    from yinfa.issuing.delivery.plan import shown_target
    from yinfa.issuing.distribution import Encryption

    issued = plan.issued
    number = f"（{issued.number}）" if issued.number else ""
    print(f"《{issued.title}》{number}：{len(plan.deliveries)} 个单位")
    for each in plan.open:
        how = f"{status.VIAS[each.via]} {shown_target(each.target)}"
        files = "、".join(copy.delivered for copy in each.copies)
        what = "；".join(filter(None, (f"{how}，{files}", each.remark)))
        print(f"    {status.clipped(each.name)}：{what}")
    for each in plan.deliveries:
        if each.name in asked and each not in plan.open:
            print(f"    {status.clipped(each.name)}：{each.remark or status.STATES[each.state]}")
    for note in status.notes(plan):
        print(note)
    mail = plan.distribution.mail
    if any(each.via == "mail" for each in plan.open) and mail:
        if mail.encryption is Encryption.NONE:
            print("提示：邮件不加密，路上谁都能看")
        if issued.original.info.get("/Classification"):
            print("提示：这份公文标有密级，只能用涉密网里的邮件系统发")
    settled = [each for each in plan.deliveries if each.state != "planned"]
    rest = f"；其余 {status.tally(settled)}" if settled else ""
    print(f"要发 {len(plan.open)} 个单位{rest}")


def _ask(plan: Plan) -> None:
    """Go on only where a person says so; a DeliveryFault otherwise."""
    from yinfa.issuing.delivery.journal import refused

    path = plan.distribution.path
    if not sys.stdin.isatty():
        raise refused(path, "没有终端可以确认，没有发送", "确定要发，请加 --yes")
    print("发送吗？[y/N] ", end="", flush=True)
    if sys.stdin.readline().strip().lower() not in YES:
        raise refused(path, "没有确认，没有发送", "确定要发，回答 y")


def _tell(delivery: Delivery) -> None:
    from yinfa.issuing.delivery import status

    told = f"（{delivery.told}）" if delivery.told and delivery.state != "sent" else ""
    name = status.clipped(delivery.name)
    print(f"    {name}：{status.STATES[delivery.state]}{told}", flush=True)


def _tell_wait(seconds: float, why: str) -> None:
    print(f"    {why}；{seconds:g} 秒后再试", file=sys.stderr, flush=True)


def _add_status(commands: Any) -> None:
    description = "列出各单位的一份发到哪一步了。"
    epilog = "退出码：0 都已发出；1 有没有发出的；2 看不了。"
    command = commands.add_parser(
        "status", help="看各份发到哪一步", description=description, epilog=epilog
    )
    add_matter(command)
    command.set_defaults(call=_status)


def _status(options: argparse.Namespace) -> int:
    from yinfa.issuing.delivery import status
    from yinfa.issuing.delivery.deliver import recover
    from yinfa.issuing.delivery.journal import open_journal
    from yinfa.issuing.delivery.plan import as_it_stands
    from yinfa.issuing.issue import planned

    to = distribution(options)
    original, output = matter(options)
    issued = planned(original, to, output)
    with open_journal(to.path.parent, create=False) as journal:
        if journal.locked:
            recover(journal)
        plan = as_it_stands(issued, to, journal)
    print(status.table(plan))
    print(status.tally(plan.deliveries))
    return 0 if plan.done else 1
