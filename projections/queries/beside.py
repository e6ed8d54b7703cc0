"""Another view beside one that is open: on the same connection, in the same snapshot.

A table of either may be named with its schema; what reads one of them alone puts that one's schema on the search path first.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from psycopg.pq import TransactionStatus

from projections.queries.own_scopes import State, told
from projections.queries.sight import declare
from projections.queries.view import IS_ASKED_FOR, JURISDICTION_OF, Asked, View, ViewMissing

_OTHER = (
    f"SELECT schema, position, at, xmin::text AS version, {JURISDICTION_OF} AS last_day FROM reading.generations g"  # noqa: S608 -- a constant
    f" WHERE {IS_ASKED_FOR}"
)
_POSITION_AT = "SELECT log.position_at(%(moment)s::timestamptz) AS position"


def beside(first: View, asked: Asked) -> View:
    """Another view in the same snapshot, by the same caller."""
    found = first.one(_OTHER, {"case": asked.case})
    if found is None:
        raise ViewMissing(asked.case)
    known = asked.known
    if isinstance(known, datetime):
        known = first.rows(_POSITION_AT, {"moment": known})[0]["position"]
    if known is not None and known >= found["position"]:
        known = None
    now = datetime.now(UTC)
    state = State(schema=found["schema"], version=found["version"], moment=found["last_day"] or now)
    declare(first.connection, state.schema, state.moment, asked.sight)
    few = told(first.connection, state, asked.sight)
    moment = asked.at or found["at"] or now
    return View(first.connection, found["schema"], found["position"], moment, known, asked.sight, few)


@contextmanager
def on_side(view: View) -> Iterator[View]:
    """For the length of a block, tables without a schema are this view's."""
    path = view.rows("SELECT current_setting('search_path') AS path")[0]["path"]
    _look_in(view, f"{view.schema},public")
    try:
        yield view
    finally:
        # After an error of the database there is nothing more to look at.
        if view.connection.info.transaction_status is TransactionStatus.INTRANS:
            _look_in(view, path)


def _look_in(view: View, path: str) -> None:
    view.connection.execute("SELECT set_config('search_path', %s, true)", [path])
