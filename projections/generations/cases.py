"""Investigations: generations that stop at what was known at a moment, of everything or of a few streams; kept until dropped."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import psycopg

from infra.problems import Problem
from projections.generations import catalogue
from projections.generations.build import Crew, Told, build
from projections.generations.catalogue import Generation
from projections.generations.choosing import chosen
from projections.generations.connecting import COUNTS_CASES, Connection, connect
from projections.generations.definition import current

GENTLY = Crew(workers=1, nice=10)
"""One process, after all others: the live view does not wait for an investigation."""


class TooManyCases(Problem):
    zh = (
        "已有 {count} 个调查，最多 {most} 个。请先删除一个（./dev investigate --drop 名称），或调高 ZHANGTU_CASES_MAX。"
    )
    en = "There are {count} investigations; at most {most} are kept. Drop one (./dev investigate --drop NAME) or raise ZHANGTU_CASES_MAX."


class CaseExists(Problem):
    zh = "已有名为 {name} 的调查。请换一个名称，或先删除它：./dev investigate --drop {name}"
    en = (
        "There is an investigation {name} already. Take another name, or drop it first: ./dev investigate --drop {name}"
    )


class NotYetRecorded(Problem):
    zh = "日志只到位置 {head}，还没有 {position}。"
    en = "The log goes to position {head}; there is no {position} yet."


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseAsked:
    """What an investigation shall hold. `known`: a moment, or a position; `only`: see `choosing`."""

    name: str
    known: datetime | int
    at: datetime | None = None
    only: tuple[str, ...] = ()


def cases(connection: Connection) -> list[Generation]:
    return catalogue.find(connection, "role = 'case'")


def recorded(connection: Connection, positions: Sequence[int]) -> dict[int, datetime]:
    """When these positions of the log were recorded."""
    statement = "SELECT position, recorded_at FROM log.events WHERE position = ANY(%s)"
    return dict(connection.execute(statement, [list(positions)]).fetchall())


def investigated(
    url: str, asked: CaseAsked, *, most: int, told: Told = lambda _: None, crew: Crew = GENTLY
) -> Generation:
    """The case, built; one that was broken off is taken up again when the same is asked."""
    with connect(url) as connection:
        goal = _goal(connection, asked.known)
        only = chosen(connection, asked.only, goal) if asked.only else None
        case = catalogue.case(connection, asked.name)
        if case is None:
            case = _made(connection, asked, goal, only, most)
        elif case.state == "ready" or (case.goal, case.at, case.only_streams) != (goal, asked.at, only):
            raise CaseExists(name=asked.name)
    return build(url, case.id, crew=crew, told=told)


def _made(connection: Connection, asked: CaseAsked, goal: int, only: list[UUID] | None, most: int) -> Generation:
    with connection.transaction():
        # Two who ask at once are counted one after the other.
        connection.execute("SELECT pg_advisory_xact_lock(%s, %s)", COUNTS_CASES)
        count = len(cases(connection))
        if count >= most:
            raise TooManyCases(count=count, most=most)
        try:
            return catalogue.make(
                connection, current(), role="case", goal=goal, name=asked.name, at=asked.at, only=only
            )
        except psycopg.errors.UniqueViolation:
            raise CaseExists(name=asked.name) from None


def _goal(connection: Connection, known: datetime | int) -> int:
    if isinstance(known, int):
        head = catalogue.head(connection)
        if known > head:
            raise NotYetRecorded(head=head, position=known)
        return known
    row = connection.execute("SELECT log.position_at(%s)", [known]).fetchone()
    return int(row[0]) if row else 0
