"""Fills a generation from the log with every core, from wherever an earlier builder got to."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TypeAlias

from infra.problems import Problem
from projections.generations import catalogue, children, chunks
from projections.generations.catalogue import Generation
from projections.generations.connecting import BUILDS, TRANSIENT, Connection, connect, is_held, locked
from projections.generations.filling import fill_all
from projections.generations.finishing import finish

WORKER = "projections.generations.worker"
MOST_WORKERS = 4
FEW_EVENTS = 5_000
"""So few are folded here sooner than another process has started."""

LOOK_SECONDS = 0.1
PATIENCE = 3
"""How often workers may die without any chunk getting done in between."""


class BuildFailed(Problem):
    zh = "世代 {schema} 无法建成：{reason}"
    en = "The generation {schema} could not be built: {reason}"


class GenerationGone(Problem):
    zh = "世代 {id} 已不存在。"
    en = "The generation {id} is gone."


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far a build has got. `step`: filling, finishing or ready."""

    generation: Generation
    step: str
    events: int
    total: int
    seconds: float
    before: int = 0
    """Events that an earlier builder had done."""

    @property
    def rate(self) -> float:
        return (self.events - self.before) / self.seconds if self.seconds else 0.0

    @property
    def seconds_left(self) -> float | None:
        return (self.total - self.events) / self.rate if self.rate else None


Told: TypeAlias = Callable[[Progress], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Crew:
    """Who builds: how many processes, and how gently."""

    workers: int = min(os.cpu_count() or 1, MOST_WORKERS)
    nice: int = 0


EVERYONE = Crew()


def build(url: str, id: int, *, crew: Crew = EVERYONE, told: Told = lambda _: None) -> Generation:
    """Until the generation is ready. If another process is at it, waits for that one, and takes over when it dies."""
    with connect(url) as connection:
        while (generation := _there(connection, id)).state == "building":
            with locked(connection, BUILDS, id) as ours:
                if ours:
                    _build(url, connection, generation, crew, told)
                    continue
            told(_progress(connection, generation, "filling", time.monotonic(), 0))
            time.sleep(LOOK_SECONDS)
    if generation.state == "failed":
        raise BuildFailed(schema=generation.schema, reason=generation.error)
    return generation


def is_being_built(connection: Connection, id: int) -> bool:
    return is_held(connection, BUILDS, id)


def _there(connection: Connection, id: int) -> Generation:
    generation = catalogue.get(connection, id)
    if generation is None:
        raise GenerationGone(id=id)
    return generation


def _build(url: str, connection: Connection, generation: Generation, crew: Crew, told: Told) -> None:
    try:
        chunks.split(connection, generation)
        if generation.goal <= FEW_EVENTS:
            fill_all(connection, generation)
        else:
            _fill(url, connection, generation, crew, told)
        finish(url, generation, crew.workers)
        catalogue.mark_ready(connection, generation)
    except TRANSIENT:
        raise  # it stays half-built, and whoever comes next goes on
    except Exception as error:
        catalogue.mark_failed(connection, generation.id, f"{type(error).__name__}: {error}")
        raise


def _fill(url: str, connection: Connection, generation: Generation, crew: Crew, told: Told) -> None:
    began, before = time.monotonic(), chunks.state(connection, generation)[2]
    deaths, last = 0, -1
    with _working(url, generation, crew) as workers:
        while any(process.poll() != 0 for process in workers):
            done = chunks.state(connection, generation)[0]
            deaths, last = (deaths if done == last else 0), done
            deaths += _replace_the_dead(url, generation, crew, workers)
            if deaths > PATIENCE:
                raise BuildFailed(schema=generation.schema, reason="workers keep dying")
            told(_progress(connection, generation, "filling", began, before))
            time.sleep(LOOK_SECONDS)
    told(_progress(connection, generation, "finishing", began, before))


def _replace_the_dead(url: str, generation: Generation, crew: Crew, workers: list[subprocess.Popen[bytes]]) -> int:
    """How many had died. The chunk of a dead one was rolled back; its successor finds it undone."""
    dead = [place for place, process in enumerate(workers) if process.poll() not in (None, 0)]
    for place in dead:
        children.end(workers[place])
        workers[place] = _worker(url, generation, crew)
    return len(dead)


@contextmanager
def _working(url: str, generation: Generation, crew: Crew) -> Iterator[list[subprocess.Popen[bytes]]]:
    workers: list[subprocess.Popen[bytes]] = []
    try:
        for _ in range(crew.workers):
            workers.append(_worker(url, generation, crew))  # noqa: PERF401 -- one by one, so that those that started are ended
        yield workers
    finally:
        for process in workers:
            children.end(process)


def _worker(url: str, generation: Generation, crew: Crew) -> subprocess.Popen[bytes]:
    return children.start(WORKER, [str(generation.id), "--nice", str(crew.nice)], url)


def _progress(connection: Connection, generation: Generation, step: str, began: float, before: int) -> Progress:
    return Progress(
        generation=generation,
        step=step,
        events=chunks.state(connection, generation)[2],
        total=generation.goal,
        seconds=time.monotonic() - began,
        before=before,
    )
