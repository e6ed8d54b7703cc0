"""Generations as the person at the console reads them."""

from __future__ import annotations

import sys
from collections.abc import Iterator

from infra.terminal import say
from projections.generations import catalogue, parking
from projections.generations.catalogue import Generation
from projections.generations.connecting import Connection
from projections.generations.differences import Difference
from projections.generations.verify import Verdict

HEADINGS = (
    "世代/schema",
    "角色/role",
    "状态/state",
    "名称/name",
    "位置/position",
    "落后/lag",
    "字节/bytes",
    "定义/digest",
    "搁置/parked",
)
KINDS = {
    "value": "值不同/value",
    "missing": "现行缺行/row missing in live",
    "surplus": "现行多行/surplus row in live",
    "doubled": "行重复/row doubled",
}


def summary_told(connection: Connection) -> Iterator[tuple[str, ...]]:
    yield HEADINGS
    for generation in catalogue.find(connection):
        yield one_line(connection, generation)


def one_line(connection: Connection, generation: Generation) -> tuple[str, ...]:
    goal = generation.goal if generation.role == "case" else catalogue.head(connection)
    return (
        generation.schema,
        generation.role,
        generation.state,
        generation.name or "–",
        str(generation.position),
        str(max(goal - generation.position, 0)),
        str(catalogue.size(connection, generation)),
        generation.digest[:12],
        str(len(parking.of(connection, generation))),
    )


def differences_told(verdict: Verdict) -> None:
    """To stdout, one line each, so that a script may read them; the verdict itself to stderr."""
    for difference in verdict.differences:
        print(*_line(difference), sep="\t")
    sys.stdout.flush()
    for one in verdict.parked:
        say(
            f"g{one.generation} 中对象 {one.stream} 搁置于位置 {one.position}（{one.topic}）：{one.error}",
            f"In g{one.generation} the stream {one.stream} is parked at position {one.position} ({one.topic}): {one.error}",
        )
    live, shadow, at = verdict.live.schema, verdict.shadow.schema, verdict.position
    if verdict.is_same:
        say(f"{live} 与 {shadow} 在位置 {at} 完全一致。", f"{live} and {shadow} are the same at position {at}.")
    else:
        say(
            f"{live} 与 {shadow} 在位置 {at} 有 {verdict.count} 处不同，列出 {len(verdict.differences)} 处。",
            f"{live} and {shadow} differ in {verdict.count} places at position {at}; {len(verdict.differences)} are listed.",
        )


def _line(one: Difference) -> tuple[str, ...]:
    key = ",".join(f"{name}={value}" for name, value in one.key.items())
    event = "–" if one.position is None else f"#{one.position} {one.topic}"
    values = () if one.kind in ("missing", "surplus") else (f"live={one.live}", f"rebuilt={one.shadow}")
    return (one.table, key, one.column or "–", KINDS.get(one.kind, one.kind), *values, event)
