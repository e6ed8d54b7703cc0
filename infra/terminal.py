"""What the person at the console reads: one line Chinese, the same in English, progress and problems alike."""

from __future__ import annotations

import sys
from collections.abc import Iterable

from infra.problems import Problem


def say(zh: str, en: str) -> None:
    """Progress goes to stderr, so that stdout stays for answers that a script may read."""
    print(f"账图 · {zh}\n     · {en}", file=sys.stderr, flush=True)


def say_lines(lines: Iterable[str]) -> None:
    """What belongs to the sentence before, a line each."""
    for line in lines:
        print(f"       {line}", file=sys.stderr, flush=True)


def say_problem(problem: Problem) -> None:
    print(f"✗ {problem.message_zh}\n✗ {problem.message_en}", file=sys.stderr, flush=True)
