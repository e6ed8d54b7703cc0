"""The recorder: writes a decision with its conditions in one round trip, and reads the log."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any, NoReturn, cast
from uuid import UUID

import msgspec
from eventsourcing.persistence import ApplicationRecorder, Notification, StoredEvent, Subscription
from psycopg.rows import class_row

from domain.kernel.mandate import Mandate
from domain.kernel.saving import AlreadyAnswered, Conditions, Conflict, Decision, Line, StillHeld, ValueTaken
from infra.database import Pool
from infra.eventstore.rows import COLUMNS, RecordedEvent
from infra.eventstore.writer import Append, Writer


class LogRecorder(ApplicationRecorder):
    """The library's recorder over `log.append`. Positions are the library's notification ids."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool
        self._writer = Writer(pool)

    def close(self) -> None:
        self._writer.close()

    # Writing -----------------------------------------------------------------------------------------------------------

    def insert_events(self, stored_events: Sequence[StoredEvent], **kwargs: Any) -> Sequence[int]:
        """All of the decision's events with their mandates, or none; returns their positions."""
        decision: Decision = kwargs["decision"]
        outcome, first, detail = self._writer.append(_append(stored_events, decision))
        if outcome != "recorded":
            self._refuse(outcome, detail or {}, decision.command_id)
        return range(first, first + len(stored_events))

    def _refuse(self, outcome: str, detail: dict[str, Any], command_id: UUID) -> NoReturn:
        answered = self.first_answer(command_id) if outcome == "repeated" else None
        if answered is not None:
            raise answered
        match outcome:
            case "conflict":
                raise Conflict(**detail)
            case "taken":
                raise ValueTaken(**detail)
            case "held":
                raise StillHeld(**detail)
        raise AssertionError(f"log.append answered {outcome!r}, which nobody here knows")

    # Reading -----------------------------------------------------------------------------------------------------------

    def select_events(
        self,
        originator_id: UUID | str,
        *,
        gt: int | None = None,
        lte: int | None = None,
        desc: bool = False,
        limit: int | None = None,
    ) -> Sequence[StoredEvent]:
        statement = _STREAM_BACKWARDS if desc else _STREAM
        return [StoredEvent(*row) for row in self._rows(statement, originator_id, gt or 0, _top(lte), limit)]

    def streams(self, ids: Collection[UUID]) -> dict[UUID, list[StoredEvent]]:
        """Many streams at once, whole; an empty one for each that is not there."""
        found: dict[UUID, list[StoredEvent]] = {id: [] for id in ids}
        for row in self._rows(_STREAMS, list(found)):
            found[row[0]].append(StoredEvent(*row))
        return found

    def select_notifications(
        self,
        start: int | None,
        limit: int,
        stop: int | None = None,
        topics: Sequence[str] = (),
        *,
        inclusive_of_start: bool = True,
    ) -> Sequence[Notification]:
        after = (start or 0) - (1 if inclusive_of_start and start else 0)
        statement = (
            "SELECT originator_id, originator_version, topic, state, position FROM log.events"
            " WHERE position > %s AND position <= %s AND (cardinality(%s::text[]) = 0 OR topic = ANY(%s))"
            " ORDER BY position LIMIT %s"
        )
        rows = self._rows(statement, after, _LAST if stop is None else stop, list(topics), list(topics), limit)
        return [Notification(*row) for row in rows]

    def max_notification_id(self) -> int | None:
        return self.head() or None

    def subscribe(self, gt: int | None = None, topics: Sequence[str] = ()) -> Subscription[ApplicationRecorder]:
        raise NotImplementedError("follow the log by position with select_notifications; a wake-up is only a hint")

    def head(self) -> int:
        """The position of the last event; 0 when there is none."""
        return cast("int", self._rows("SELECT coalesce(max(position), 0) FROM log.events")[0][0])

    def event_at(self, position: int) -> RecordedEvent | None:
        return next(iter(self._recorded("position = %s", position, limit=1)), None)

    def events_of(self, aggregate_id: UUID, *, after: int = 0, limit: int | None = 100) -> list[RecordedEvent]:
        """The events of one stream, in order, after a version."""
        return self._recorded("originator_id = %s AND originator_version > %s", aggregate_id, after, limit=limit)

    def version_known(self, aggregate_id: UUID, position: int) -> int | None:
        """The version of a stream that was its last at a position of the log; None before its first."""
        statement = "SELECT max(originator_version) FROM log.events WHERE originator_id = %s AND position <= %s"
        return cast("int | None", self._rows(statement, aggregate_id, position)[0][0])

    def last_versions(self, aggregate_ids: Sequence[UUID]) -> dict[UUID, int]:
        """The version of each of these streams that is its last; those that have none are left out."""
        return dict(self._rows(_LAST_VERSIONS, list(aggregate_ids)))

    def last_position(self, aggregate_ids: Sequence[UUID]) -> int:
        """The position of the newest event of any of these streams; 0 when they have none."""
        return cast("int", self._rows(_LAST_OF, list(aggregate_ids))[0][0])

    def line_at(self, position: int) -> Line | None:
        event = self.event_at(position)
        return None if event is None else _line(event)

    def beginnings(self, ids: Collection[UUID]) -> dict[UUID, str]:
        """The topics with which these streams begin."""
        return dict(self._rows(_BEGINNINGS, list(ids)))

    def first_answer(self, command_id: UUID) -> AlreadyAnswered | None:
        events = self._recorded(
            "position BETWEEN (SELECT position FROM log.events WHERE command_id = %s AND line = 0)"
            " AND (SELECT position + lines - 1 FROM log.events WHERE command_id = %s AND line = 0)",
            command_id,
            command_id,
            limit=None,
        )
        if not events:
            return None
        request: str = msgspec.json.decode(events[0].mandate)["request"]
        return AlreadyAnswered(request, tuple(_line(event) for event in events))

    def _recorded(self, where: str, *parameters: Any, limit: int | None) -> list[RecordedEvent]:
        with self._pool.connection() as connection, connection.cursor(row_factory=class_row(RecordedEvent)) as cursor:
            # `where` is one of the constants above; values are always bound.
            statement = f"SELECT {COLUMNS} FROM log.events WHERE {where} ORDER BY position LIMIT %s"  # noqa: S608 -- see above
            return cursor.execute(statement.encode(), (*parameters, limit), binary=True).fetchall()

    def _rows(self, statement: str, *parameters: Any) -> list[tuple[Any, ...]]:
        with self._pool.connection() as connection:
            return connection.execute(statement.encode(), parameters, binary=True).fetchall()


_STREAM = (
    "SELECT originator_id, originator_version, topic, state FROM log.events"
    " WHERE originator_id = %s AND originator_version > %s AND originator_version <= %s"
    " ORDER BY originator_version LIMIT %s"
)
_BEGINNINGS = (
    "SELECT originator_id, topic FROM log.events WHERE originator_id = ANY(%s::uuid[]) AND originator_version = 1"
)
_STREAM_BACKWARDS = _STREAM.replace("ORDER BY originator_version", "ORDER BY originator_version DESC")

_STREAMS = (
    "SELECT e.originator_id, e.originator_version, e.topic, e.state FROM unnest(%s::uuid[]) s(id)"
    " JOIN log.events e ON e.originator_id = s.id ORDER BY e.originator_id, e.originator_version"
)

# One look into the index a stream, however long it is.
_LAST_OF = (
    "SELECT coalesce(max(e.position), 0) FROM unnest(%s::uuid[]) s(id) CROSS JOIN LATERAL ("
    "SELECT position FROM log.events WHERE originator_id = s.id ORDER BY originator_version DESC LIMIT 1) e"
)

_LAST_VERSIONS = (
    "SELECT s.id, e.version FROM unnest(%s::uuid[]) s(id) CROSS JOIN LATERAL ("
    "SELECT originator_version AS version FROM log.events WHERE originator_id = s.id ORDER BY originator_version DESC LIMIT 1) e"
)

_LAST = 2**63 - 1


def _top(version: int | None) -> int:
    return 2**31 - 1 if version is None else version


def _line(event: RecordedEvent) -> Line:
    return Line(event.position, event.originator_id, event.originator_version, event.topic)


def _append(events: Sequence[StoredEvent], decision: Decision) -> Append:
    encoded: dict[int, bytes] = {}
    ids = [cast("UUID", event.originator_id) for event in events]
    versions = [event.originator_version for event in events]
    said = [decision.mandates[place] for place in zip(ids, versions, strict=True)]
    return Append(
        command_id=decision.command_id,
        conditions=_conditions(decision.conditions),
        mandates=[_mandate(mandate, decision, encoded) for mandate in said],
        ids=ids,
        versions=versions,
        topics=[event.topic for event in events],
        states=[event.state for event in events],
    )


def _mandate(mandate: Mandate, decision: Decision, encoded: dict[int, bytes]) -> bytes:
    """The stored mandate: what it says, and the digest of the request that carried it. Encoded once a mandate."""
    found = encoded.get(id(mandate))
    if found is None:
        found = encoded[id(mandate)] = msgspec.json.encode(
            {**msgspec.to_builtins(mandate), "request": decision.request}
        )
    return found


def _conditions(conditions: Conditions) -> str:
    """As JSON for the database; empty when there is nothing to check or keep, which is the quick way."""
    said = {
        "read": [{"id": read, "version": version} for read, version in conditions.read],
        "claims": [{"scope": s, "value": v, "holder": h} for s, v, h in conditions.claims],
        "releases": [{"scope": s, "value": v, "holder": h} for s, v, h in conditions.releases],
        "holdings": [
            {"holder": h.holder, "held": h.held, "until": h.until or "infinity"}
            for h in conditions.holdings
            if not h.ended
        ],
        "ended": [{"holder": h.holder, "held": h.held} for h in conditions.holdings if h.ended],
        "emptied": [{"holder": holder, "moment": moment or "infinity"} for holder, moment in conditions.emptied],
        "erased": conditions.erased,
    }
    return msgspec.json.encode(said).decode() if any(said.values()) else ""
