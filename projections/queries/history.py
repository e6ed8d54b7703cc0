"""Every change of one thing, or of everything, in plain words; each with who decided it, why, and on which document."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from domain.kernel.events import Event
from projections.queries import telling
from projections.queries.view import View
from projections.queries.words.values import Names
from projections.records import record

_COLUMNS = (
    "position, asset, kind, topic, stated, recorded_at, effective, actor, unit, role, reason, changes, corrects,"
    " CASE WHEN overtaken <= %(position)s::bigint THEN overtaken END AS overtaken"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which changes: each that is given must hold. Ranges are from (included) to (not included)."""

    kinds: Sequence[str] = ()
    asset: UUID | None = None
    actor: str | None = None
    unit: str | None = None
    document: str | None = None
    topics: Sequence[str] = ()
    recorded_from: datetime | None = None
    recorded_to: datetime | None = None
    effective_from: datetime | None = None
    effective_to: datetime | None = None
    positions: Sequence[int] | None = None


_A_MOMENT_BEFORE = "log.position_at(%({0})s::timestamptz - interval '1 microsecond')"

_CONDITIONS = {
    "kinds": "kind = ANY(%(kinds)s::text[])",
    "asset": "asset = %(asset)s::uuid",
    "actor": "actor = %(actor)s::text",
    "unit": "unit = %(unit)s::text",
    "document": "documents @> jsonb_build_array(%(document)s::text)",
    "topics": "(topic = ANY(%(topics)s::text[]) OR stated = ANY(%(topics)s::text[]))",
    # Positions are in the order of their recording, and there is no index on the time.
    "recorded_from": f"position > {_A_MOMENT_BEFORE.format('recorded_from')}",
    "recorded_to": f"position <= {_A_MOMENT_BEFORE.format('recorded_to')}",
    "effective_from": "effective >= %(effective_from)s::timestamptz",
    "effective_to": "effective < %(effective_to)s::timestamptz",
    "positions": "position = ANY(%(positions)s::bigint[])",
}


@dataclass(frozen=True, slots=True)
class Change:
    """A row of the history, with the event itself and the documents of its mandate as they stand in the log."""

    row: dict[str, Any]
    said: Event | None
    documents: list[dict[str, Any]]

    @property
    def position(self) -> int:
        found: int = self.row["position"]
        return found

    def things(self) -> Iterator[Any]:
        """All things that it speaks of."""
        yield self.row["asset"]
        yield from telling.ids_of_changes(self.row["kind"], self.row["changes"])
        if self.said is not None:
            yield from telling.ids_of_fields(self.said)

    def told(self, names: Names) -> dict[str, Any]:
        row, kind = self.row, self.row["kind"]
        zh, en = telling.event_words(row["topic"], row["stated"])
        plain = {name: row[name] for name in _TOLD_AS_THEY_ARE}
        return plain | {
            "asset": {"id": row["asset"], "kind": kind, "label": names.get(str(row["asset"]), "")},
            "zh": zh,
            "en": en,
            "documents": self.documents,
            "changes": [telling.change(kind, told, names) for told in row["changes"] if self._is_news(told)],
            "details": [] if self.said is None else telling.fields(self.said, names),
        }

    def _is_news(self, told: list[Any]) -> bool:
        """What an event states again changes nothing; a correction may change only until when."""
        return self.row["corrects"] is not None or told[2] != told[3]


_TOLD_AS_THEY_ARE = (
    "position", "topic", "stated", "recorded_at", "effective", "actor", "unit", "role", "reason", "corrects", "overtaken",
)  # fmt: skip


def changes(view: View, wanted: Wanted, *, newest_first: bool, beyond: int | None, limit: int) -> list[Change]:
    """The changes up to what the view knows, in the order of the log; `beyond`: those that follow this position."""
    given = {field.name: getattr(wanted, field.name) for field in fields(wanted)}
    asked = [name for name, value in given.items() if value is not None and value != ()]
    conditions = ["position <= %(position)s::bigint", *(_CONDITIONS[name] for name in asked)]
    if beyond is not None:
        conditions.append(f"position {'<' if newest_first else '>'} %(beyond)s::bigint")
    rows = view.rows(
        f"SELECT {_COLUMNS} FROM history WHERE {' AND '.join(conditions)}"  # noqa: S608 -- constants of this file
        f" ORDER BY position {'DESC' if newest_first else 'ASC'} LIMIT %(limit)s",
        given | {"position": known_position(view), "beyond": beyond, "limit": limit},
    )
    return _with_log(view, rows)


def known_position(view: View) -> int:
    return view.position if view.known is None else view.known


class _Document(msgspec.Struct, frozen=True):
    number: str = ""
    digest: str | None = None


class _Mandate(msgspec.Struct, frozen=True):
    documents: tuple[_Document, ...] = ()


_mandate = msgspec.json.Decoder(_Mandate).decode

_LOG = (
    "SELECT position, originator_id, originator_version, topic, state, recorded_at, mandate FROM log.events"
    " WHERE position = ANY(%(positions)s::bigint[])"
)


def _with_log(view: View, rows: list[dict[str, Any]]) -> list[Change]:
    logged = {one["position"]: one for one in view.rows(_LOG, {"positions": [row["position"] for row in rows]})}
    return [_change(row, logged[row["position"]]) for row in rows]


def _change(row: dict[str, Any], logged: dict[str, Any]) -> Change:
    event = record(
        (
            logged["originator_id"],
            logged["originator_version"],
            logged["topic"],
            logged["state"],
            logged["position"],
            logged["recorded_at"],
            logged["mandate"],
        )
    ).event
    documents = [
        {"number": document.number, "digest": document.digest} for document in _mandate(logged["mandate"]).documents
    ]
    return Change(row, telling.said_by(event), documents)
