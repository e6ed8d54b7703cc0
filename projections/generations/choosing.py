"""Which streams an investigation of a unit, an asset or a document is about."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

import msgspec
from psycopg import sql

from infra.problems import Problem
from projections.generations import catalogue
from projections.generations.connecting import Connection


class NotUnderstood(Problem):
    zh = "看不懂 --only {text}：应为 unit:编号、asset:编号、document:文号，或编号（UUID）。"
    en = "Cannot read --only {text}: it is unit:ID, asset:ID, document:NUMBER, or an ID (a UUID)."


class NothingRecorded(Problem):
    zh = "到位置 {upto} 为止，日志中没有 {text}。"
    en = "Up to position {upto} the log knows nothing of {text}."


class NoLiveView(Problem):
    zh = "还没有现行世代，不知道单位 {id} 与哪些对象有关。请等它建成（./dev generations）。"
    en = "There is no live generation yet to say what the unit {id} had to do with. Wait until it is built (./dev generations)."


class LiveBehind(Problem):
    zh = "现行世代在位置 {position}，还没有到 {upto}。请稍后再试。"
    en = "The live generation is at position {position} and not yet at {upto}. Try again in a moment."


def chosen(connection: Connection, only: Iterable[str], upto: int) -> list[UUID]:
    """All streams that are asked for, in order, as the log knew them at a position."""
    found: set[UUID] = set()
    for text in only:
        kind, _, what = text.rpartition(":") if not text.startswith("document:") else text.partition(":")
        streams = _of(connection, kind, what, upto, text)
        if not streams:
            raise NothingRecorded(text=text, upto=upto)
        found |= streams
    return sorted(found)


def _of(connection: Connection, kind: str, what: str, upto: int, text: str) -> set[UUID]:
    match kind:
        case "unit":
            return _related(connection, _id(what, text), upto)
        case "asset" | "":
            return _recorded(connection, _id(what, text), upto)
        case "document":
            return _citing(connection, what, upto)
        case _:
            raise NotUnderstood(text=text)


def _id(what: str, text: str) -> UUID:
    try:
        return UUID(what)
    except ValueError:
        raise NotUnderstood(text=text) from None


def _recorded(connection: Connection, id: UUID, upto: int) -> set[UUID]:
    row = connection.execute(
        "SELECT 1 FROM log.events WHERE originator_id = %s AND position <= %s LIMIT 1", [id, upto]
    ).fetchone()
    return {id} if row else set()


def _related(connection: Connection, unit: UUID, upto: int) -> set[UUID]:
    """Every stream of which some facet ever named the unit: held, used, housed, moved under, lent to …"""
    live = catalogue.live(connection)
    if live is None or not live.is_ready:
        raise NoLiveView(id=unit)
    if live.position < upto:
        raise LiveBehind(position=live.position, upto=upto)
    statement = sql.SQL("SELECT DISTINCT asset FROM {} WHERE ref = %s AND since <= %s")
    table = sql.Identifier(live.schema, "timelines")
    rows = connection.execute(statement.format(table), [unit, upto]).fetchall()
    return {row[0] for row in rows} | _recorded(connection, unit, upto)


def _citing(connection: Connection, number: str, upto: int) -> set[UUID]:
    """Streams with an event whose mandate names the document. The bytes are looked through first: parsing takes longer."""
    rows = connection.execute(
        "SELECT DISTINCT originator_id FROM log.events WHERE position <= %s AND position(%s::bytea IN mandate) > 0"
        "   AND convert_from(mandate, 'UTF8')::jsonb -> 'documents' @> %s::jsonb",
        [upto, msgspec.json.encode(number), msgspec.json.encode([{"number": number}]).decode()],
    ).fetchall()
    return {row[0] for row in rows}
