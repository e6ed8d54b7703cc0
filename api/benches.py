"""The verb `bench`: benches live beside the tests and print their own progress and JSON lines."""

from __future__ import annotations

import argparse
import importlib
import importlib.util
import itertools
import pkgutil

from infra.problems import Problem
from infra.settings import Settings

BENCHES = "tests.bench"


class BenchUnknown(Problem):
    zh = "没有 bench {what}。可用的有：{known}"
    en = "There is no bench {what}. There are: {known}"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("arguments", nargs=argparse.REMAINDER, metavar="NAME …", help="append, import …")


def run(_settings: Settings, asked: argparse.Namespace) -> int:
    """Names, then options for all of them."""
    names = list(itertools.takewhile(lambda argument: not argument.startswith("-"), asked.arguments))
    rest = asked.arguments[len(names) :]
    known = _known()
    for name in names or [""]:
        if name not in known:
            raise BenchUnknown(what=name, known=", ".join(known) or "–")
    codes = [importlib.import_module(f"{BENCHES}.{name}").main(rest) or 0 for name in names]
    return max(codes)


def _known() -> list[str]:
    package = importlib.util.find_spec(BENCHES)
    folders = package.submodule_search_locations or [] if package else []
    return sorted(module.name for module in pkgutil.iter_modules(folders) if not module.name.startswith("_"))
