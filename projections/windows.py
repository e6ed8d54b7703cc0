"""Through what the application looks at a generation: views of what its transaction declared that it may see, and no table.

Every table and every view of a read model has three windows. `few_…` and `many_…` show the things that belong to the scopes of
whoever looks: the one begins with those things, the other looks whether each row is of such a thing. `whole_…` shows everything
of the kinds of which all is in sight, with nothing to look up for any row. All leave out where secret work goes. They read with
the rights of whoever made them, and are no security barrier: PostgreSQL would not use indexes on geometry, words and ranges
behind one. See ADR 0022.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from domain.access.policy import KINDS
from projections import models
from projections.belongings import MODEL as BELONGINGS
from projections.belongings import TIES
from projections.jurisdiction import HIDDEN_JOURNEY, HIDDEN_VEHICLE, MASKED, belonging_to
from projections.places import SHOWN
from projections.statistics import KINDS as COUNTED
from projections.statistics import OF_THINGS, SHARED
from projections.tables import Table, View

FEW, MANY, WHOLE = "few", "many", "whole"

ADDED_UP: Final = "pyramid"
"""Here nothing tells one thing from another: a kind is shown to those who see all of it, and to nobody else."""

SAYS_KIND: Final = frozenset({"history", "search", "map", "cells", ADDED_UP})
"""Tables in which a column says of which kind the thing is."""

KINDS_IN: Final[dict[str, tuple[str, ...]]] = {
    **{kind: (kind,) for kind in TIES},
    **dict.fromkeys(("map", "cells", ADDED_UP), tuple(SHOWN)),
    "trips": ("journeys",),
    "loans": ("items",),
    "shares": tuple(SHARED),
    **{f"figures_{kind}": (OF_THINGS.get(kind, kind),) for kind in COUNTED},
}
"""By table or view: the kinds of things in it, where it has not some of every kind."""

WHERE_IT_IS: Final = ("map", "cells", ADDED_UP)
FACETS_OF_PLACE: Final = ("parking", "parking_name", "destination")

MASKED_IN: Final = ("已遮蔽", "masked")
MASKED_WORDS: Final = " ".join(MASKED_IN)
"""What is shown in the place of where a secret-work vehicle is or goes."""

_ALL_SHOWN: Final = f"(SELECT access.whole('{MASKED}'))"
_HIDDEN_ONE: Final = HIDDEN_VEHICLE.format("s")
_WENT: Final = HIDDEN_JOURNEY.format("s")
_MASKED_COLUMNS: Final = {
    "vehicles": ("parking_name", "s.parking_name IS NOT NULL", _HIDDEN_ONE),
    "journeys": ("destination", "s.destination IS NOT NULL", _WENT),
    "upkeep": ("note", "s.entry = 'accident'", _HIDDEN_ONE),
}
"""The columns that tell of places, by table; where they do; and where that is hidden from who may not see all places."""

_WHOLE_KINDS: Final = "(SELECT access.declared('whole'))::text[]"


def views() -> Iterator[View]:
    # Of a view the query itself: a view of a view would ask for the rights of whoever looks.
    shown = {table.name: table.name for table in models.tables() if table.name != BELONGINGS.name}
    for name, rows in (shown | {view.name: f"({view.select})" for view in models.views()}).items():
        if name != ADDED_UP:
            yield _window(FEW, name, rows, _gathered(name))
            yield _window(MANY, name, rows, _looked_at(name))
        yield _window(WHOLE, name, rows, _is_whole(name))


def closing(table: Table, application: str, everything: str) -> Iterator[str]:
    """Row-level security: of the table itself the application sees no row, though it may take on the role that sees all of them."""
    name = f'"{table.name}"'
    yield f"ALTER TABLE {name} ENABLE ROW LEVEL SECURITY"
    yield f"CREATE POLICY readers ON {name} FOR SELECT TO {everything} USING (true)"
    yield f"CREATE POLICY through_windows ON {name} AS RESTRICTIVE FOR SELECT TO {application} USING (false)"


def _window(prefix: str, name: str, rows: str, condition: str) -> View:
    where = " AND ".join([condition, *_places(name)])
    return View(f"{prefix}_{name}", f"SELECT {_columns(name)} FROM {rows} s WHERE {where}")  # noqa: S608 -- names of the code


def _gathered(name: str) -> str:
    kinds = KINDS_IN.get(name, ())
    of_one_kind = f" WHERE g.kind = '{kinds[0]}'" if len(kinds) == 1 else ""
    return f"s.asset IN (SELECT g.asset FROM gathered g{of_one_kind})"  # noqa: S608 -- names of the code


def _looked_at(name: str) -> str:
    kinds = KINDS_IN.get(name, ())
    in_sight = belonging_to(kinds[0], kinds[0]) if len(kinds) == 1 else "SELECT i.asset FROM in_sight i"
    return f"s.asset IN ({in_sight})"


def _is_whole(name: str) -> str:
    if name in SAYS_KIND:
        return f"s.kind = ANY ({_WHOLE_KINDS})"
    kinds = KINDS_IN.get(name, tuple(sorted(KINDS)))
    return f"(SELECT access.declared('whole')::text[] @> '{{{','.join(kinds)}}}')"


def _places(name: str) -> Iterator[str]:
    """What must be true besides, where the rows themselves tell of places."""
    if name == ADDED_UP:
        yield f"({_ALL_SHOWN} OR s.kind <> 'vehicles')"
    elif name in WHERE_IT_IS:
        yield f"({_ALL_SHOWN} OR s.kind <> 'vehicles' OR NOT {_HIDDEN_ONE})"
    elif name == "timelines":
        of_place = f"s.facet = ANY ('{{{','.join(FACETS_OF_PLACE)}}}')"
        yield f"({_ALL_SHOWN} OR NOT ({of_place} AND ({_HIDDEN_ONE} OR {_WENT})))"


def _columns(name: str) -> str:
    if name not in _MASKED_COLUMNS:
        return "s.*"
    masked, tells, hidden = _MASKED_COLUMNS[name]
    shown = f"CASE WHEN NOT {_ALL_SHOWN} AND {tells} AND {hidden} THEN '{MASKED_WORDS}' ELSE s.{masked} END AS {masked}"
    return ", ".join(shown if column.name == masked else f"s.{column.name}" for column in models.table(name).columns)
