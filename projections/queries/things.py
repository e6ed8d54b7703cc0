"""What is there at all: which kind of thing an id is, since when the log knows it, and what it is called."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeAlias
from uuid import UUID

from projections.queries.beside import beside, on_side
from projections.queries.names import names as names_of_people
from projections.queries.view import Asked, View, ViewMissing


@dataclass(frozen=True, slots=True)
class Recorded:
    """A thing as the log knows it: its kind, and the event that its stream begins with."""

    id: UUID
    kind: str
    position: int
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class Named:
    """What a thing is called at a moment; `person`: whose name it bears, where that is what it is called by."""

    id: UUID
    kind: str
    label: str | None
    person: UUID | None = None


Names: TypeAlias = Mapping[str, Named]
"""By id, as text."""


def recorded(view: View, id: UUID) -> Recorded | None:
    """The thing with this id, whether or not it was known at the position asked about."""
    row = view.one(
        f"SELECT asset AS id, kind, position, recorded_at FROM {view.of('history')} WHERE asset = %(id)s"  # noqa: S608 -- names of the code
        " ORDER BY position LIMIT 1",
        {"id": id},
    )
    return None if row is None else Recorded(**row)


def is_logged(view: View, id: UUID) -> bool:
    """Whether the log knows of such a thing, though the view does not.

    Who does not see everything is told so of what came after the view only, and in a case of what they see in the live one.
    """
    if view.sight.everything:
        return bool(view.rows("SELECT 1 FROM log.events WHERE originator_id = %(id)s LIMIT 1", {"id": id}))
    live = _live_beside(view)
    if live is not None and live.schema != view.schema:
        with on_side(live):
            return recorded(live, id) is not None
    return bool(view.rows(_BEGUN_SINCE, {"id": id, "position": view.position}))


_BEGUN_SINCE = (
    "SELECT 1 FROM log.events WHERE originator_id = %(id)s AND originator_version = 1 AND position > %(position)s"
)


# A room that has ended is in no building any more: it is called after the one that it was in.
_LAST_BUILDING = (
    "(SELECT x.building FROM {rooms} WHERE x.asset = r.asset AND ({known_x}) AND x.building IS NOT NULL"
    " ORDER BY x.begins DESC LIMIT 1)"
)
_BUILDING = (
    f"(SELECT b.name FROM {{buildings}} WHERE b.asset = coalesce(r.building, {_LAST_BUILDING}) AND ({{known_b}})"  # noqa: S608 -- constants
    " ORDER BY b.begins <= %(at)s::timestamptz DESC, CASE WHEN b.begins <= %(at)s::timestamptz THEN b.begins END DESC,"
    " b.begins LIMIT 1)"
)

_LABELS: dict[str, tuple[str, str]] = {
    "units": ("r.name", "NULL::uuid"),
    "people": ("NULL", "r.asset"),
    "compounds": ("r.name", "NULL::uuid"),
    "buildings": ("r.name", "NULL::uuid"),
    "rooms": (f"concat_ws(' ', {_BUILDING}, r.number)", "NULL::uuid"),
    "vehicles": ("coalesce(r.plate, r.vin)", "NULL::uuid"),
    "drivers": ("NULL", "r.person"),
    "journeys": ("r.destination", "NULL::uuid"),
    "fences": ("r.name", "NULL::uuid"),
    "warehouses": ("r.name", "NULL::uuid"),
    "items": ("concat_ws(' ', r.name, r.asset_number)", "NULL::uuid"),
    "lots": ("concat_ws(' ', r.name, r.batch)", "NULL::uuid"),
    "proposals": ("r.title", "NULL::uuid"),
}
"""By kind: the expression that names a row, and the person after whom it is called."""


def named(view: View, ids: Iterable[Any]) -> Names:
    """What these are called at the moment; what had ended by then, or had not begun, by what it was or will be called.

    A case of a few streams does not have all that they name: the rest is called as in the live view.
    """
    wanted = sorted({id if isinstance(id, UUID) else UUID(id) for id in ids if id is not None})
    found = _named(view, wanted)
    missing = [id for id in wanted if str(id) not in found]
    if not missing:
        return found
    live = _live_beside(view)
    if live is None or live.schema == view.schema:
        return found
    with on_side(live):
        return {**found, **_named(live, missing)}


def _live_beside(view: View) -> View | None:
    """At the same moment, as known at the position of the case."""
    known = view.position if view.known is None else view.known
    try:
        return beside(view, Asked(sight=view.sight, at=view.at, known=known))
    except ViewMissing:
        return None


def _named(view: View, wanted: Sequence[UUID]) -> dict[str, Named]:
    by_kind: dict[str, list[UUID]] = {}
    for id, kind in _kinds(view, wanted).items():
        by_kind.setdefault(kind, []).append(id)
    # One statement a kind, always the same: the server keeps its plan, which takes longer to make than to carry out.
    rows = [row for kind, ids in by_kind.items() for row in view.rows(_named_sql(view, kind), {"ids": ids})]
    people = names_of_people(view, [row["person"] for row in rows if row["person"] is not None])
    return {str(row["id"]): Named(**row | {"label": people.get(row["person"], row["label"])}) for row in rows}


def called(names: Names, id: Any) -> str:
    """The name, or the id where nobody knows one."""
    named = names.get(str(id))
    return (named.label if named is not None else None) or str(id)


def labels(names: Names) -> dict[str, str]:
    return {id: called(names, id) for id in names}


_KINDS = (
    "SELECT i.id, h.kind FROM unnest(%(ids)s::uuid[]) i(id)"
    " CROSS JOIN LATERAL (SELECT kind FROM {told} WHERE asset = i.id ORDER BY position LIMIT 1) h"
)


def _kinds(view: View, wanted: Sequence[UUID]) -> dict[UUID, str]:
    """Of which kind these are: of units and places everybody is told, of other things those who see them."""
    found: dict[UUID, str] = {}
    for told in (view.of("history"),) if view.sight.everything else ("directory", view.of("history")):
        missing = [id for id in wanted if id not in found]
        rows = view.rows(_KINDS.format(told=told), {"ids": missing}) if missing else []
        found |= {row["id"]: row["kind"] for row in rows}
    return found


def _named_sql(view: View, kind: str) -> str:
    label, person = _LABELS[kind]
    label = label.format(
        buildings=view.called("buildings", "b"), known_b=view.known_sql("b"),
        rooms=view.called("rooms", "x"), known_x=view.known_sql("x"),
    )  # fmt: skip
    # Of the versions that are known, the last that had begun; else the first that will. Names and kinds are the code's own.
    return (
        f"SELECT i.id, '{kind}' AS kind, n.label, n.person FROM unnest(%(ids)s::uuid[]) i(id)"  # noqa: S608 -- see above
        f" CROSS JOIN LATERAL (SELECT {label} AS label, {person} AS person FROM {view.called(kind, 'r')} WHERE r.asset = i.id"
        f" AND ({view.known_sql('r')}) ORDER BY r.begins <= %(at)s::timestamptz DESC,"
        " CASE WHEN r.begins <= %(at)s::timestamptz THEN r.begins END DESC, r.begins LIMIT 1) n"
    )
