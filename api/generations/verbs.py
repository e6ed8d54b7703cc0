"""The verbs `rebuild`, `generations` and `investigate`: generations from the command line, while `up` runs and while it does not."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping
from datetime import datetime
from types import MappingProxyType
from typing import TypeAlias

from pydantic_core import PydanticCustomError

from api import moments
from api.generations.told import differences_told, one_line, summary_told
from api.lifecycle.database import borrowed_database
from infra.problems import Problem
from infra.settings import Settings
from infra.terminal import say
from projections.generations import catalogue, parking, rebuilding, swap
from projections.generations.cases import CaseAsked, cases, investigated
from projections.generations.connecting import Connection, connect
from projections.generations.definition import current
from projections.generations.runner import running
from projections.generations.telling import Teller

Run: TypeAlias = Callable[[Settings, argparse.Namespace], int]


class GenerationUnknown(Problem):
    zh = "没有名为 {name} 的世代或调查。查看：./dev generations"
    en = "There is no generation or investigation {name}. See them: ./dev generations"


class LiveStays(Problem):
    zh = "{name} 是现行世代，不能删除。"
    en = "{name} is the live generation and cannot be dropped."


class KnownMissing(Problem):
    zh = "请写明 --known（日期、时刻或 #位置）和 --name，或用 --list、--drop 名称。"
    en = "Say --known (a date, a moment or #position) and --name; or --list, or --drop NAME."


# rebuild -------------------------------------------------------------------------------------------------------------


def rebuild_arguments(parser: argparse.ArgumentParser) -> None:
    parser.description = (
        "在旁边重建全部读模型；写入照常。中断后再运行，从中断处继续。"
        " Builds all read models beside the live ones while writes go on; interrupted, run it again and it goes on."
    )
    parser.add_argument(
        "--verify", action="store_true", help="与现行逐行比对，有差异则返回 1 / compare row by row; 1 when they differ"
    )
    parser.add_argument(
        "--swap", action="store_true", help="切换为现行（有差异则不切换） / make it live, unless they differ"
    )


def rebuild(settings: Settings, arguments: argparse.Namespace) -> int:
    with borrowed_database(settings, "rebuild") as ready, running(ready.owner_url):
        shadow = rebuilding.rebuilt(ready.owner_url, told=Teller())
        say(
            f"世代 {shadow.schema} 已建成，位置 {shadow.position}。",
            f"The generation {shadow.schema} is built, at position {shadow.position}.",
        )
        if arguments.verify and shadow.role != "live":
            verdict = rebuilding.verified(ready.owner_url, shadow)
            differences_told(verdict)
            if not verdict.is_same:
                return 1
        if arguments.swap and shadow.role != "live":
            rebuilding.swapped(ready.owner_url, shadow)
            say(f"世代 {shadow.schema} 现为现行。", f"The generation {shadow.schema} is live now.")
    return 0


# generations ---------------------------------------------------------------------------------------------------------


def listed(settings: Settings, _arguments: argparse.Namespace) -> int:
    with borrowed_database(settings, "generations") as ready, connect(ready.owner_url) as connection:
        for line in summary_told(connection):
            print(*line, sep="\t")
    return 0


def _back(settings: Settings, _arguments: argparse.Namespace) -> int:
    with borrowed_database(settings, "generations") as ready, running(ready.owner_url):
        with connect(ready.owner_url) as connection:
            former = swap.bring_back(connection, current())
        rebuilding.caught_up(ready.owner_url, former.id)
        rebuilding.swapped(ready.owner_url, former)
    say(f"世代 {former.schema} 又为现行。", f"The generation {former.schema} is live again.")
    return 0


def _drop(settings: Settings, arguments: argparse.Namespace) -> int:
    with borrowed_database(settings, "generations") as ready, connect(ready.owner_url) as connection:
        drop_named(connection, arguments.name)
    return 0


def drop_named(connection: Connection, name: str) -> None:
    found = catalogue.case(connection, name) or next(iter(catalogue.find(connection, "schema = %s", name)), None)
    if found is None:
        raise GenerationUnknown(name=name)
    if found.role == "live":
        raise LiveStays(name=name)
    catalogue.drop(connection, found)
    say(f"已删除 {name}。", f"Dropped {name}.")


def _resume(settings: Settings, _arguments: argparse.Namespace) -> int:
    """1 when something still waits."""
    left = 0
    with borrowed_database(settings, "generations") as ready, connect(ready.owner_url) as connection:
        for id in sorted({one.generation for one in parking.everything(connection)}):
            went_on, waiting = parking.resume(connection, id)
            left += waiting
            say(f"g{id}：恢复 {went_on} 个，仍搁置 {waiting} 个。", f"g{id}: {went_on} go on, {waiting} still wait.")
        for one in parking.everything(connection):
            print(f"g{one.generation}", one.stream, f"#{one.position}", one.topic, one.error, sep="\t")
    return 1 if left else 0


ACTIONS: Mapping[str, tuple[str, Run]] = MappingProxyType(
    {
        "list": ("列出 / list them", listed),
        "back": ("退回前一世代 / return to the former generation", _back),
        "drop": ("删除一个世代或调查 / drop a generation or an investigation", _drop),
        "resume": ("重试搁置的对象 / try again what was parked", _resume),
    }
)


def add_actions(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(metavar="动作/action")
    for name, (text, run) in ACTIONS.items():
        action = actions.add_parser(name, help=text, description=text)
        action.set_defaults(run=run)
        if name == "drop":
            action.add_argument(
                "name", metavar="NAME", help="调查的名称，或世代如 g3 / an investigation, or a generation such as g3"
            )


# investigate ---------------------------------------------------------------------------------------------------------


def investigate_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--name", metavar="NAME", help="名称，查询时写 case=NAME / its name; reads say case=NAME")
    parser.add_argument(
        "--known", type=_known, help="当时已知：日期、时刻或 #位置 / as known then: a date, a moment or #position"
    )
    parser.add_argument("--at", type=_moment, help="默认的查看时刻 / the moment that reads are about by default")
    parser.add_argument(
        "--only",
        nargs="+",
        default=[],
        metavar="WHAT",
        help="只含这些：unit:编号、asset:编号、document:文号 / only these: unit:ID, asset:ID, document:NUMBER",
    )
    parser.add_argument("--list", action="store_true", help="列出 / list them")
    parser.add_argument("--drop", metavar="NAME", help="删除 / drop one")


def investigate(settings: Settings, arguments: argparse.Namespace) -> int:
    with borrowed_database(settings, "investigate") as ready:
        if arguments.list or arguments.drop:
            with connect(ready.owner_url) as connection:
                if arguments.drop:
                    drop_named(connection, arguments.drop)
                for case in cases(connection) if arguments.list else ():
                    print(*one_line(connection, case), sep="\t")
            return 0
        if arguments.known is None or not arguments.name:
            raise KnownMissing
        asked = CaseAsked(name=arguments.name, known=arguments.known, at=arguments.at, only=tuple(arguments.only))
        made = investigated(ready.owner_url, asked, most=settings.cases_max, told=Teller())
    say(
        f"调查 {made.name} 已建成：位置 {made.position} 时所知。查询时写 case={made.name}",
        f"The investigation {made.name} is ready: as known at position {made.position}. Reads say case={made.name}",
    )
    return 0


def _known(text: str) -> datetime | int:
    try:
        return moments.known(text)
    except PydanticCustomError:
        raise argparse.ArgumentTypeError("2026-03-01 | 2026-03-01T09:00:00+08:00 | #12345") from None


def _moment(text: str) -> datetime:
    try:
        return moments.moment(text)
    except PydanticCustomError:
        raise argparse.ArgumentTypeError("2026-03-01 | 2026-03-01T09:00:00+08:00") from None
