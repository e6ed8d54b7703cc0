"""The command line: what `./dev` hands over to, and `zhangtu` where the package is installed."""

from __future__ import annotations

import argparse
import importlib
import importlib.util
import itertools
import pkgutil
import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, TypeAlias

from api.access.verbs import asking as accounts
from api.bases import verb as boundaries
from api.generations import verbs as generations_verbs
from api.lifecycle import verbs as lifecycle
from api.lifecycle.database import borrowed_database
from api.positions import driving
from api.world import verb as world
from infra.problems import Problem
from infra.settings import Settings, load_settings
from infra.terminal import say_problem

if TYPE_CHECKING:
    _Verbs: TypeAlias = argparse._SubParsersAction[argparse.ArgumentParser]  # noqa: SLF001  argparse exports no name for it

Run: TypeAlias = Callable[[Settings, argparse.Namespace], int]

BENCHES = "tests.bench"


class NotThere(Problem):
    zh = "没有 {what}。可用的有：{known}"
    en = "There is no {what}. There are: {known}"


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; a Problem is told plainly, without a traceback."""
    arguments = _parser().parse_args(argv)
    try:
        code: int = arguments.run(load_settings(), arguments)
    except Problem as problem:
        say_problem(problem)
        return 1
    except KeyboardInterrupt:
        return 130
    return code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="zhangtu", description="账图：公共资产登记 / registry of public assets")
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="命令/command")
    up = _verb(
        verbs,
        "up",
        "启动并服务，Ctrl-C 停止 / start and serve, Ctrl-C stops",
        lambda s, a: lifecycle.up(s, empty=a.empty),
    )
    up.add_argument("--empty", action="store_true", help="不装入演示数据 / without the demonstration")
    _verb(verbs, "down", "停止 / stop", lambda s, _: lifecycle.down(s))
    _verb(verbs, "status", "是否在运行 / is it running", lambda s, _: lifecycle.status(s))
    reset = _verb(verbs, "reset", "删除全部数据 / delete all data", lambda s, a: lifecycle.reset(s, confirmed=a.yes))
    reset.add_argument("--yes", action="store_true", help="不再询问 / do not ask")
    _verb(verbs, "demo", "装入演示数据 / load the demonstration", lambda s, _: _demo(s))
    driving.add_arguments(_verb(verbs, "drive", driving.SUMMARY, driving.run))
    lines = _verb(verbs, "boundaries", boundaries.SUMMARY, boundaries.run)
    boundaries.add_arguments(lines)
    world.add_arguments(_verb(verbs, "world", world.SUMMARY, world.run))
    bench = _verb(verbs, "bench", "性能测量 / measure speed", lambda _, a: _bench(a.arguments))
    bench.add_argument("arguments", nargs=argparse.REMAINDER, metavar="NAME …", help="append, import …")
    accounts.add_actions(_verb(verbs, "accounts", accounts.ACCOUNTS, accounts.DEFAULT))
    _generation_verbs(verbs)
    return parser


def _verb(verbs: _Verbs, name: str, text: str, run: Run) -> argparse.ArgumentParser:
    parser = verbs.add_parser(name, help=text, description=text)
    parser.set_defaults(run=run)
    return parser


def _generation_verbs(verbs: _Verbs) -> None:
    given = generations_verbs
    given.rebuild_arguments(_verb(verbs, "rebuild", given.REBUILD, given.rebuild))
    given.investigate_arguments(_verb(verbs, "investigate", given.INVESTIGATE, given.investigate))
    actions = _verb(verbs, "generations", given.GENERATIONS, given.listed).add_subparsers(metavar="动作/action")
    for name, (text, run) in given.ACTIONS.items():
        action = _verb(actions, name, text, run)
        if name == "drop":
            action.add_argument(
                "name", metavar="NAME", help="调查的名称，或世代如 g3 / an investigation, or a generation such as g3"
            )


def _demo(settings: Settings) -> int:
    with borrowed_database(settings, "demo") as ready:
        if not lifecycle.demonstrate(ready):
            raise NotThere(what="演示数据 / demonstration", known="–")
    return 0


def _bench(arguments: list[str]) -> int:
    """Names, then options for all of them. Benches live beside the tests and print their own progress and JSON lines."""
    names = list(itertools.takewhile(lambda argument: not argument.startswith("-"), arguments))
    rest = arguments[len(names) :]
    known = _known_benches()
    for name in names or [""]:
        if name not in known:
            raise NotThere(what=f"bench {name}", known=", ".join(known) or "–")
    codes = [importlib.import_module(f"{BENCHES}.{name}").main(rest) or 0 for name in names]
    return max(codes)


def _known_benches() -> list[str]:
    package = importlib.util.find_spec(BENCHES)
    folders = package.submodule_search_locations or [] if package else []
    return sorted(module.name for module in pkgutil.iter_modules(folders) if not module.name.startswith("_"))


if __name__ == "__main__":
    sys.exit(main())
