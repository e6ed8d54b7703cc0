"""A rebuild from beginning to end, in steps that a person may break off and take up again."""

from __future__ import annotations

import time

from infra.problems import Problem
from projections.generations import catalogue, shadows, swap
from projections.generations.build import EVERYONE, Crew, GenerationGone, Told, build
from projections.generations.catalogue import Generation
from projections.generations.connecting import connect
from projections.generations.definition import current
from projections.generations.verify import Verdict, verify

LOOK_SECONDS = 0.05
STANDS_STILL = 60.0
"""Seconds without a step: nobody keeps this generation."""


class NotKept(Problem):
    zh = "世代 {schema} 停在位置 {position}，没有进程推进它。若正在运行的是另一版本的程序，请重启它（./dev down、./dev up）。"
    en = (
        "The generation {schema} stays at position {position}: no process moves it on. If the program that is running is of "
        "another version, start it again (./dev down, ./dev up)."
    )


class NothingLive(Problem):
    zh = "还没有现行世代，无从比对。"
    en = "There is no live generation yet to compare with."


def rebuilt(url: str, *, told: Told, crew: Crew = EVERYONE) -> Generation:
    """A shadow of this program's definition, built and caught up; one that was broken off is taken up again."""
    with connect(url) as connection:
        shadow = shadows.half_built_or_new(connection, current())
    build(url, shadow.id, crew=crew, told=told)
    return caught_up(url, shadow.id)


def caught_up(url: str, id: int) -> Generation:
    """Waits until the follower has brought it to where the live view is.

    Where no view of this definition is live, the leader swaps it in by itself: then until it is that view.
    """
    place, since = -1, time.monotonic()
    with connect(url) as connection:
        while True:
            found, live = catalogue.get(connection, id), catalogue.live(connection)
            if found is None:
                raise GenerationGone(id=id)
            beside = live is not None and (live.digest, live.position) == (found.digest, found.position)
            if found.role == "live" or beside:
                return found
            if found.position != place:
                place, since = found.position, time.monotonic()
            if time.monotonic() - since > STANDS_STILL:
                raise NotKept(schema=found.schema, position=found.position)
            time.sleep(LOOK_SECONDS)


def verified(url: str, shadow: Generation) -> Verdict:
    """The live view compared with this one."""
    with connect(url) as connection:
        live = catalogue.live(connection)
    if live is None:
        raise NothingLive
    return verify(url, live.id, shadow.id)


def swapped(url: str, shadow: Generation) -> None:
    with connect(url) as connection:
        found = catalogue.get(connection, shadow.id)
        if found is not None and found.role == "live":
            return
        swap.swap(connection, shadow.id)
