"""The command line: what `./dev` hands over to, and `zhangtu` where the package is installed."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pkgutil import resolve_name
from typing import Final

from infra.loading import loading
from infra.problems import Problem
from infra.settings import load_settings
from infra.terminal import say_problem


@dataclass(frozen=True, slots=True)
class Verb:
    """What a verb does in words, and where it is done. Its module is loaded when it is asked for: most of what the others
    need would be loaded in vain, and takes longer than what was asked.

    `run` takes the settings and the arguments; `arguments` tells a parser which there are.
    """

    text: str
    run: str
    arguments: str | None = None


VERBS: Final = {
    "up": Verb(
        "启动并服务，Ctrl-C 停止 / start and serve, Ctrl-C stops",
        "api.lifecycle.verbs:up",
        "api.lifecycle.verbs:up_arguments",
    ),
    "down": Verb("停止 / stop", "api.lifecycle.verbs:down"),
    "status": Verb("是否在运行 / is it running", "api.lifecycle.verbs:status"),
    "reset": Verb("删除全部数据 / delete all data", "api.lifecycle.verbs:reset", "api.lifecycle.verbs:reset_arguments"),
    "demo": Verb("装入演示数据 / load the demonstration", "api.lifecycle.verbs:demo"),
    "drive": Verb(
        "让演示车辆动起来，Ctrl-C 停止 / let the demonstration's vehicles drive, Ctrl-C stops",
        "api.positions.driving:run",
        "api.positions.driving:add_arguments",
    ),
    "boundaries": Verb(
        "导入地图界线（SHP、GeoJSON、GeoPackage） / import the boundaries beneath the map",
        "api.bases.verb:run",
        "api.bases.verb:add_arguments",
    ),
    "world": Verb(
        "生成任意规模的模拟数据（测量用） / generate a world of any size, to measure with",
        "api.world.verb:run",
        "api.world.verb:add_arguments",
    ),
    "bench": Verb("性能测量 / measure speed", "api.benches:run", "api.benches:add_arguments"),
    "accounts": Verb(
        "账号、授权、令牌和访问记录 / accounts, roles, tokens and the records of access",
        "api.access.verbs.accounts:listed",
        "api.access.verbs.asking:add_actions",
    ),
    "rebuild": Verb(
        "从日志重建读模型 / build the read models anew from the log",
        "api.generations.verbs:rebuild",
        "api.generations.verbs:rebuild_arguments",
    ),
    "investigate": Verb(
        "停在某一刻所知的世代 / a generation that stops at what was known",
        "api.generations.verbs:investigate",
        "api.generations.verbs:investigate_arguments",
    ),
    "generations": Verb(
        "各世代 / the generations", "api.generations.verbs:listed", "api.generations.verbs:add_actions"
    ),
}


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; a Problem is told plainly, without a traceback."""
    given = sys.argv[1:] if argv is None else argv
    arguments = _parser(given[0] if given else "").parse_args(given)
    try:
        code: int = arguments.run(load_settings(), arguments)
    except Problem as problem:
        say_problem(problem)
        return 1
    except KeyboardInterrupt:
        return 130
    return code


def _parser(asked: str) -> argparse.ArgumentParser:
    """Of all verbs it knows the names; of the one that is asked for, the arguments."""
    parser = argparse.ArgumentParser(
        prog="zhangtu", description="账图：公共资产登记 / registry of public assets", allow_abbrev=False
    )
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="命令/command")
    for name, verb in VERBS.items():
        one = verbs.add_parser(name, help=verb.text, description=verb.text)
        if name == asked:
            _told(verb, one)
    return parser


def _told(verb: Verb, parser: argparse.ArgumentParser) -> None:
    with loading():
        parser.set_defaults(run=resolve_name(verb.run))
        if verb.arguments is not None:
            resolve_name(verb.arguments)(parser)


if __name__ == "__main__":
    sys.exit(main())
