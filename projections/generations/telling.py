"""How far a build is, for the person at the console: done, rate, time left."""

from __future__ import annotations

import time
from dataclasses import dataclass

from infra.terminal import say
from projections.generations.build import Progress

EVERY_SECONDS = 2.0
SHORT = 90


@dataclass(slots=True)
class Teller:
    """Says something every few seconds, and when another step begins."""

    every: float = EVERY_SECONDS
    _step: tuple[int, str] = (0, "")
    _at: float = 0.0

    def __call__(self, progress: Progress) -> None:
        step = (progress.generation.id, progress.step)
        if step != self._step or time.monotonic() >= self._at:
            self._step, self._at = step, time.monotonic() + self.every
            say(*told(progress))


def told(progress: Progress) -> tuple[str, str]:
    schema = progress.generation.schema
    if progress.step == "finishing":
        return f"{schema}：正在建立索引……", f"{schema}: making the indexes …"
    percent = 100 * progress.events // max(progress.total, 1)
    done = f"{progress.events:,} / {progress.total:,}（{percent} %）"
    rate, left = f"{progress.rate:,.0f}", progress.seconds_left
    zh = f"{schema}：已折叠 {done}，每秒 {rate} 条，" + ("还需时间未知" if left is None else f"约需 {_zh(left)}")
    en = f"{schema}: folded {done.replace('（', ' (').replace('）', ')')}, {rate} events/s, "
    return zh, en + ("time left unknown" if left is None else f"about {_en(left)} left")


def _zh(seconds: float) -> str:
    return f"{seconds:.0f} 秒" if seconds < SHORT else f"{seconds / 60:.0f} 分钟"


def _en(seconds: float) -> str:
    return f"{seconds:.0f} s" if seconds < SHORT else f"{seconds / 60:.0f} min"
