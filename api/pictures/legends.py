"""The legend of a picture: what its colours mean, and how many there are in view, as the filters leave them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from api.angles.asking import KINDS
from api.pictures.asked import Lines
from api.pictures.painting import FENCES, painted
from api.tiles.telling import told
from domain.premises.room import Room
from domain.vehicles.fence import Fence
from domain.vehicles.terms import FenceStatus
from domain.warehouse.item import Item
from maps.pictures.inks import edge, ink
from maps.pictures.terms import Entry
from projections.queries import legend
from projections.queries.colours import COLOURS
from projections.queries.filters import Asks, Filter
from projections.queries.legend import Counted
from projections.queries.lists import Wanted
from projections.queries.view import View

MOST_VALUES: Final = 12
"""Of one kind; what is less frequent is told together."""
FAINT: Final = frozenset({"fences"})
"""What lies over others."""
POINTS: Final = frozenset({"vehicles", "warehouses", "items"})


def entries(view: View, lines: Lines, kinds: Sequence[str]) -> list[Entry]:
    found: list[Entry] = []
    for kind in kinds:
        found += _of_fences(view, lines) if kind == Fence.kind else _of_kind(view, lines, kind)
    if any(one.name == Item.kind for one in lines.overlays):
        found += _of_kind(view, lines, Item.kind)
    return found


def _of_kind(view: View, lines: Lines, kind: str) -> Iterator[Entry]:
    """One line of all of them; or, coloured, a heading and a line a value."""
    by, cls = lines.colours.get(kind), KINDS[kind]
    counted = Counted(wanted=_wanted(lines, kind), colour=by, box=lines.box)
    seen = [row for row in legend.counts(view, counted) if row["in_view"]]
    many, word = sum(row["in_view"] for row in seen), lines.say(cls.zh, cls.en.capitalize())
    if by is None and many:
        name = "warehouses" if kind == Item.kind else kind
        yield Entry(ink(name), word, many, is_point=kind in POINTS, is_faint=kind in FAINT, edge=edge(name))
    elif by is not None and many:
        said = COLOURS[kind][by]
        yield Entry("", lines.say(f"{word}：{said.zh}", f"{word}: {said.en}"), many)
        for one in told(view, counted, seen[:MOST_VALUES]):
            colour = ink(painted(kind, by, one["value"]))
            yield Entry(colour, lines.say(one["zh"], one["en"]), one["in_view"], is_point=kind in POINTS)
        rest = sum(row["in_view"] for row in seen[MOST_VALUES:])
        yield from [Entry("", lines.say("其余", "Others"), rest)] if rest else []


def _of_fences(view: View, lines: Lines) -> Iterator[Entry]:
    """By what they are for; those that are not in force all alike, whatever they are for."""
    found: list[Entry] = []
    for status, by in ((FenceStatus.IN_FORCE, "purpose"), (FenceStatus.DORMANT, "status")):
        wanted = _wanted(lines, Fence.kind)
        wanted = replace(wanted, filters=(*wanted.filters, Filter("status", Asks.ANY, [status])))
        counted = Counted(wanted=wanted, colour=by, box=lines.box)
        seen = [row for row in legend.counts(view, counted) if row["in_view"]]
        for one in told(view, counted, seen):
            colour = ink(FENCES.get(one["value"], "soft"))
            found.append(Entry(colour, lines.say(one["zh"], one["en"]), one["in_view"], is_faint=True))
    if found:
        word = lines.say(Fence.zh, Fence.en.capitalize())
        yield from (Entry("", word, sum(one.many for one in found)), *found)


def _wanted(lines: Lines, kind: str) -> Wanted:
    """Of rooms those of the floor that is drawn; of what is filtered what is left of it."""
    wanted = lines.wanted if lines.wanted is not None and lines.wanted.kind == kind else Wanted(kind)
    if kind != Room.kind or lines.storey is None:
        return wanted
    floor = Filter("floor", Asks.ANY, [lines.storey])
    return replace(wanted, filters=(*wanted.filters, floor))
