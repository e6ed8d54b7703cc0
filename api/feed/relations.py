"""Which streams have to do with a unit or lie in a division, and since which position: what the feed joins events with.

Each is a CTE of (asset, since), and needs that of the `STREAMS` of a window of the log. All streams of a window are looked up
together: most of them name the same few units.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from projections.queries.view import View

# The view stopped before a parked event, so nobody can say what it relates to: rather told once too often than lost.
_PARKED = """SELECT p.stream, p.position FROM streams s JOIN reading.parked p ON p.stream = s.asset
          JOIN reading.generations g ON g.id = p.generation AND g.schema = %(schema)s"""

STREAMS = """streams AS MATERIALIZED (
    SELECT DISTINCT originator_id AS asset FROM log.events WHERE position > %(after)s AND position <= %(upto)s)"""

# Something that is in sight at all is in sight from its beginning; what the view cannot say is not told.
_IN_SIGHT = """in_sight AS MATERIALIZED (
    SELECT DISTINCT t.asset, 0::bigint AS since FROM streams s JOIN {seen} ON t.asset = s.asset)"""

_OF_UNIT = f"""of_unit AS MATERIALIZED (
    SELECT asset, min(since) AS since FROM (
        SELECT %(unit)s::uuid AS asset, 0::bigint AS since
        UNION ALL SELECT h.asset, h.since FROM streams s JOIN {{holdings}} ON h.asset = s.asset WHERE h.holder = %(unit)s
        UNION ALL {_PARKED}) found
     GROUP BY asset)"""  # noqa: S608 -- constants of ours; values are bound

# Where something is: by its own division, or that of the unit, building or warehouse that it belongs to; who or what belongs to
# a person is where that person's unit is.
_IN_DIVISION = f"""named AS MATERIALIZED (
    SELECT s.asset, h.holder, min(h.since) AS since
      FROM streams s CROSS JOIN LATERAL (SELECT holder, since FROM {{holdings}} WHERE asset = s.asset OFFSET 0) h
     GROUP BY s.asset, h.holder),
holders AS MATERIALIZED (SELECT DISTINCT holder FROM named),
members AS MATERIALIZED (
    SELECT n.holder AS person, h.holder AS unit, min(h.since) AS since
      FROM holders n CROSS JOIN LATERAL (
           SELECT holder, since FROM {{holdings}} WHERE asset = n.holder AND role = 'member_of' OFFSET 0) h
     GROUP BY n.holder, h.holder),
placed AS MATERIALIZED (
    SELECT p.asset, min(t.since) AS since
      FROM (SELECT asset FROM streams UNION SELECT holder FROM holders UNION SELECT unit FROM members) p
     CROSS JOIN LATERAL (SELECT since FROM {{timelines}} WHERE asset = p.asset AND facet = 'division'
                            AND value #>> '{{{{}}}}' LIKE %(division)s OFFSET 0) t
     GROUP BY p.asset),
in_division AS MATERIALIZED (
    SELECT asset, min(since) AS since FROM (
        SELECT asset, since FROM placed
        UNION ALL SELECT n.asset, greatest(n.since, p.since) FROM named n JOIN placed p ON p.asset = n.holder
        UNION ALL SELECT n.asset, greatest(n.since, m.since, p.since)
                    FROM named n JOIN members m ON m.person = n.holder JOIN placed p ON p.asset = m.unit
        UNION ALL {_PARKED}) found
     GROUP BY asset)"""  # noqa: S608 -- constants of ours; values are bound

RELATIONS: Final[dict[str, Callable[[View], str]]] = {
    "of_unit": lambda view: _OF_UNIT.format(holdings=view.of("holdings", "h")),
    "in_division": lambda view: _IN_DIVISION.format(
        holdings=view.of("holdings", "h"), timelines=view.of("timelines", "t")
    ),
    "in_sight": lambda view: _IN_SIGHT.format(seen=view.of("history", "t")),
}
"""By name: the relation as a view shows it."""
