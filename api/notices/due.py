"""Terms that end: looked at once a day, and told once before they end and once after, to those who are to do something about it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from api.notices.concerning import Look, People, Places, in_sight
from api.notices.matters import TERMS, Term
from domain.access.principal import ALL_SEEING, Principal
from infra.access.calling import Connection
from infra.notices import terms
from infra.notices.kept import Notice
from infra.notices.terms import Ending
from projections.queries.view import View

MOST_THINGS = 200
"""Of one notice: whoever has more that is due goes to the list."""

LOOKS_BACK = timedelta(days=60)
"""What ended long before is no news: it stands in lists."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    term: Term
    ended: bool
    endings: tuple[Ending, ...]

    @property
    def matter(self) -> str:
        return self.term.ended if self.ended else self.term.name

    @property
    def things(self) -> set[UUID]:
        return {one.thing for one in self.endings}


def due(view: View, today: date) -> Iterator[Due]:
    """What ends soon, and what ended lately, of everything there is."""
    for term in TERMS:
        horizon = today + timedelta(days=term.days)
        said = view.rows(_column_sql(view, term) if term.column else _facet_sql(view, term),
                         {"since": today - LOOKS_BACK, "until": horizon, "facet": term.facet})  # fmt: skip
        found = [Ending(row["asset"], row["day"]) for row in said]
        for ended in (False, True):
            endings = tuple(one for one in found if (one.ends < today) == ended)
            if endings:
                yield Due(term=term, ended=ended, endings=endings)


_DAY = "(({0}) AT TIME ZONE 'Asia/Shanghai')::date"
_BETWEEN = "{0} >= %(since)s::date AND {0} <= %(until)s::date"


def _column_sql(view: View, term: Term) -> str:
    day = _DAY.format(f"{term.column}::timestamptz") if term.column == "vacate_by" else term.column
    return (
        f"SELECT asset, {day} AS day FROM {view.of(term.kind)} WHERE {view.held()} AND {term.column} IS NOT NULL"  # noqa: S608 -- names of the code
        f" AND {_BETWEEN.format(day)}"
    )


def _facet_sql(view: View, term: Term) -> str:
    """The last version of the facet, of things that are still there: a newer one takes the place of one that ended."""
    gone = "'disposed', 'released'"
    status = "duty" if term.kind == "drivers" else "status"
    return (
        "SELECT asset, day FROM ("  # noqa: S608 -- names of the code
        f" SELECT asset, member, max({_DAY.format('ends')}) AS day FROM {view.of('timelines', 't', term.kind)}"
        "   WHERE facet = %(facet)s AND until IS NULL AND ends < 'infinity' GROUP BY asset, member) last"
        f" WHERE {_BETWEEN.format('day')} AND EXISTS (SELECT FROM {view.of('timelines', 's', term.kind)}"
        f"   WHERE s.asset = last.asset AND s.facet = '{status}' AND {view.held('s')} AND s.value #>> '{{}}' NOT IN ({gone}))"
    )


def look_at_terms(connection: Connection, look: Look, people: People, today: date) -> list[Notice]:
    """Notices of what was not told yet; that it was told is in the same transaction."""
    with look(ALL_SEEING) as view:
        found = list(due(view, today))
    places = Places.of(look, ((one.term.kind, thing) for one in found for thing in one.things))
    return [notice for one in found for notice in _told(connection, look, people, places, one)]


def _told(connection: Connection, look: Look, people: People, places: Places, one: Due) -> Iterator[Notice]:
    wanted = {who.account: _concern(places, people, who, one) for who in people.principals}
    shown = in_sight(look, people, {account: things for account, things in wanted.items() if things})
    for account, things in shown.items():
        new = terms.told(connection, account, one.matter, (end for end in one.endings if end.thing in things))
        if new:
            ids = list(dict.fromkeys(end.thing for end in new))
            yield Notice(account=account, why="due", matter=one.matter, things=ids[:MOST_THINGS],
                         link=f"/{one.term.kind}", figures={"count": len(ids)})  # fmt: skip


def _concern(places: Places, people: People, who: Principal, one: Due) -> set[UUID]:
    """Of the things whose term ends: those that somebody can do something about, and those that they watch."""
    sent: Iterable[UUID] = (thing for command in one.term.commands for thing in places.sent_by(who, command))
    watched = {watch.thing for watch in people.watches if watch.account == who.account and watch.topic is None}
    return one.things & {*sent, *(thing for thing in watched if thing is not None)}
