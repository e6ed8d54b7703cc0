"""How the views are, in a few numbers: for `/healthz`, and for whoever is told that a view is being built."""

from __future__ import annotations

from typing import Any

import psycopg

from projections.generations.connecting import LEADS, is_held

_STATE = """
SELECT l.position, coalesce(l.state = 'ready', false),
       (SELECT count(*) FROM reading.parked p WHERE p.generation = l.id),
       (SELECT g.id FROM reading.generations g WHERE g.role = 'shadow' AND g.state = 'building' ORDER BY g.id DESC LIMIT 1)
  FROM (SELECT) one LEFT JOIN reading.generations l ON l.role = 'live'
"""
_DONE = """
SELECT coalesce(count(*) FILTER (WHERE done)::float / nullif(count(*), 0), 0)
  FROM reading.chunks WHERE generation = %s
"""


def health(connection: psycopg.Connection[Any], head: int) -> dict[str, Any]:
    """`head` is the position of the last event, read before: the view may be further by now, but is never told ahead."""
    position, is_ready, parked, builds = connection.execute(_STATE).fetchone() or (None, False, 0, None)
    leads = is_held(connection, *LEADS)
    done = connection.execute(_DONE, [builds]).fetchone() if builds is not None else None
    return {
        "state": _state(is_ready=is_ready, leads=leads, builds=builds is not None),
        "position": position,
        "lag": None if position is None else max(head - position, 0),
        "parked": parked,
        "leader": leads,
        "building": None if done is None else done[0],
    }


def _state(*, is_ready: bool, leads: bool, builds: bool) -> str:
    if is_ready:
        return "following" if leads else "standing-still"
    return "building" if builds else "missing"
