"""Every change of one thing, or of everything, in plain words; each with who decided it, why, and on which document."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from domain.kernel.events import Event
from projections.queries import masking, search, telling
from projections.queries.bound import Bound
from projections.queries.finding import KINDS
from projections.queries.matching import like, normal_sql
from projections.queries.question import Question
from projections.queries.telling import Beyond
from projections.queries.view import View
from projections.queries.words.values import Names
from projections.records import COLUMNS, record

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
    roles: Sequence[str] = ()
    document: str | None = None
    topics: Sequence[str] = ()
    recorded_from: datetime | None = None
    recorded_to: datetime | None = None
    effective_from: datetime | None = None
    effective_to: datetime | None = None
    positions: Sequence[int] | None = None
    words: Sequence[str] = ()
    """All of them in the reason, or in what the thing is or ever was called."""


_A_MOMENT_BEFORE = "log.position_at(%({0})s::timestamptz - interval '1 microsecond')"

_CONDITIONS = {
    "kinds": "kind = ANY(%(kinds)s::text[])",
    "asset": "asset = %(asset)s::uuid",
    "actor": "actor = %(actor)s::text",
    "unit": "unit = %(unit)s::text",
    "roles": "role = ANY(%(roles)s::text[])",
    "document": "documents @> jsonb_build_array(%(document)s::text)",
    "topics": "(topic = ANY(%(topics)s::text[]) OR stated = ANY(%(topics)s::text[]))",
    # Positions are in the order of their recording, and there is no index on the time.
    "recorded_from": f"position > {_A_MOMENT_BEFORE.format('recorded_from')}",
    "recorded_to": f"position <= {_A_MOMENT_BEFORE.format('recorded_to')}",
    "effective_from": "effective >= %(effective_from)s::timestamptz",
    "effective_to": "effective < %(effective_to)s::timestamptz",
    "until": "effective <= %(until)s::timestamptz",
    "positions": "position = ANY(%(positions)s::bigint[])",
}


@dataclass(frozen=True, slots=True)
class Change:
    """A row of the history; from the log, what it said, what the event said that it corrects, and its documents."""

    row: dict[str, Any]
    said: Event | None
    instead_of: Event | None
    beyond: Beyond
    documents: list[dict[str, Any]]

    @property
    def position(self) -> int:
        found: int = self.row["position"]
        return found

    def things(self) -> Iterator[Any]:
        """All things that it speaks of."""
        yield self.row["asset"]
        yield from telling.ids_of_changes(self.row["kind"], self.row["changes"])
        yield from telling.ids_of_fields(self.beyond, self.instead_of)

    def told(self, names: Names) -> dict[str, Any]:
        row, kind = self.row, self.row["kind"]
        zh, en = telling.event_words(row["topic"], row["stated"])
        plain = {name: row[name] for name in _TOLD_AS_THEY_ARE}
        return plain | {
            "asset": {"id": row["asset"], "kind": kind, "label": names.get(str(row["asset"]), "")},
            "zh": zh,
            "en": en,
            "documents": self.documents,
            "changes": [telling.change(kind, told, names) for told in row["changes"] if told[2] != told[3]],
            "details": self.details(names),
        }

    def details(self, names: Names) -> list[dict[str, Any]]:
        """What was said beyond the facts."""
        return [] if self.said is None else telling.fields(self.said, self.beyond, names, self.instead_of)


_TOLD_AS_THEY_ARE = (
    "position", "topic", "stated", "recorded_at", "effective", "actor", "unit", "role", "reason", "corrects", "overtaken",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """Which part of the changes: from either end of the log, after a position, so many at most."""

    newest_first: bool = True
    beyond: int | None = None
    limit: int | None = None


def changes(view: View, wanted: Wanted, part: Part, until: datetime | None = None) -> list[Change]:
    """The changes up to what the view knows, in the order of the log. `until`: those that had taken effect by then."""
    return with_log(view, question(view, wanted, part, until).rows())


def question(view: View, wanted: Wanted, part: Part, until: datetime | None = None) -> Question:
    """The rows of changes; `with_log` makes changes of them."""
    given = {field.name: getattr(wanted, field.name) for field in fields(wanted) if field.name in _CONDITIONS} | {
        "until": until
    }
    asked = [name for name, value in given.items() if value is not None and value != ()]
    bound = Bound()
    conditions = [
        "position <= %(position)s::bigint",
        *(_CONDITIONS[name] for name in asked),
        *_worded(view, wanted, bound),
    ]
    if part.beyond is not None:
        conditions.append(f"position {'<' if part.newest_first else '>'} %(beyond)s::bigint")
    return Question(
        view,
        f"SELECT {_COLUMNS} FROM {view.of('history', '', *wanted.kinds)} WHERE {' AND '.join(conditions)}"  # noqa: S608 -- constants of this file
        f" ORDER BY position {'DESC' if part.newest_first else 'ASC'} LIMIT %(limit)s",
        given | bound.values | {"position": known_position(view), "beyond": part.beyond, "limit": part.limit},
    )


def _worded(view: View, wanted: Wanted, bound: Bound) -> Iterator[str]:
    """What is hidden is not found by its names: one of them may be that of the place where it stands."""
    if not wanted.words:
        return
    called = search.ever_had(view, wanted.kinds or KINDS, list(wanted.words), bound)
    if not view.sight.masked.everything:
        called += f" AND NOT EXISTS (SELECT FROM {view.schema}.hidden h WHERE h.asset = s.asset)"
    likes = bound([like(word) for word in wanted.words], "text[]")
    yield f"({normal_sql('reason', bound)} LIKE ALL ({likes}) OR asset IN ({called}))"


def known_position(view: View) -> int:
    return view.position if view.known is None else view.known


class _Document(msgspec.Struct, frozen=True):
    number: str = ""
    digest: str | None = None


class _Mandate(msgspec.Struct, frozen=True):
    documents: tuple[_Document, ...] = ()


_mandate = msgspec.json.Decoder(_Mandate).decode

_LOG = f"SELECT {COLUMNS} FROM log.events WHERE position = ANY(%(positions)s::bigint[])"  # noqa: S608 -- a constant


def with_log(view: View, rows: Sequence[dict[str, Any]]) -> list[Change]:
    """Rows of the history with what the log says of them."""
    wanted = {row["position"] for row in rows} | {row["corrects"] for row in rows if row["corrects"] is not None}
    hidden = masking.hidden(view, (row["asset"] for row in rows))
    logged = {one["position"]: _shown(one, hidden) for one in view.rows(_LOG, {"positions": sorted(wanted)})}
    for row in rows:
        if row["asset"] in hidden:
            row["changes"] = [masking.change(told) for told in row["changes"]]
    said = {position: _said(one) for position, one in logged.items()}
    return [_change(row, said, _documents(logged[row["position"]])) for row in rows]


def _shown(logged: dict[str, Any], hidden: Collection[UUID]) -> dict[str, Any]:
    """A row of the log, without the places of what is hidden."""
    if logged["originator_id"] not in hidden:
        return logged
    return logged | {"state": masking.without_places(logged["topic"], logged["state"])}


def _change(row: dict[str, Any], said: dict[int, Event | None], documents: list[dict[str, Any]]) -> Change:
    event, instead_of = said[row["position"]], said.get(row["corrects"])
    beyond = [] if event is None else telling.beyond_facts(event, instead_of)
    return Change(row, event, instead_of, beyond, documents)


def _said(logged: dict[str, Any]) -> Event | None:
    return telling.said_by(record(tuple(logged.values())).event)


def _documents(logged: dict[str, Any]) -> list[dict[str, Any]]:
    """As they stand in the mandate: with the digests of the attached files."""
    return [{"number": one.number, "digest": one.digest} for one in _mandate(logged["mandate"]).documents]
