"""The legend of a picture: what its colours mean, and how many there are in view, as the filters leave them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from api.angles.asking import KINDS
from api.pictures.asked import Lines
from api.pictures.painting import FENCES, painted
from api.tiles.telling import told
from domain.premises.room import Room
from domain.vehicles.fence import Fence
from domain.warehouse.item import Item
from maps.pictures.inks import edge, ink
from maps.pictures.sheet import Entry
from projections.queries import legend
from projections.queries.colours import COLOURS
from projections.queries.filters import Asks, Filter
from projections.queries.legend import Counted
from projections.queries.lists import Wanted
from projections.queries.view import View

MOST_VALUES: Final = 12
"""Of one kind; what is less frequent is told together."""
FAINT: Final = frozenset({"compounds", "fences"})
"""What others lie in."""
POINTS: Final = frozenset({"vehicles", "warehouses", "items"})


def entries(view: View, lines: Lines, kinds: Sequence[str]) -> list[Entry]:
    found: list[Entry] = []
    for kind in kinds:
        found += _of_kind(view, lines, kind)
    if any(one.name == Item.kind for one in lines.overlays):
        found += _of_kind(view, lines, Item.kind)
    return found


def _of_kind(view: View, lines: Lines, kind: str) -> Iterator[Entry]:
    """One line of all of them; or, coloured, a heading and a line a value."""
    by = "purpose" if kind == Fence.kind else lines.colours.get(kind)
    counted = Counted(wanted=_wanted(lines, kind), colour=by, box=lines.box)
    rows = legend.counts(view, counted)
    many, cls = sum(row["in_view"] for row in rows), KINDS[kind]
    if not many:
        return
    word, is_point = lines.say(cls.zh, cls.en.capitalize()), kind in POINTS
    if by is None:
        name = "warehouses" if kind == Item.kind else kind
        yield Entry(ink(name), word, many, is_point=is_point, is_faint=kind in FAINT, edge=edge(name))
        return
    zh_by = COLOURS[kind][by]
    yield Entry("", lines.say(f"{word}：{zh_by.zh}", f"{word}: {zh_by.en}"), many)
    seen = [row for row in rows if row["in_view"]]
    for one in told(view, counted, seen[:MOST_VALUES]):
        colour = ink(FENCES.get(one["value"], "soft") if kind == Fence.kind else painted(kind, by, one["value"]))
        yield Entry(colour, lines.say(one["zh"], one["en"]), one["in_view"], is_point=is_point, is_faint=kind in FAINT)
    rest = sum(row["in_view"] for row in seen[MOST_VALUES:])
    if rest:
        yield Entry("", lines.say("其余", "Others"), rest)


def _wanted(lines: Lines, kind: str) -> Wanted:
    """Of rooms those of the floor that is drawn; of what is filtered what is left of it."""
    wanted = lines.wanted if lines.wanted is not None and lines.wanted.kind == kind else Wanted(kind)
    if kind != Room.kind or lines.storey is None:
        return wanted
    floor = Filter("floor", Asks.ANY, [lines.storey])
    return Wanted(kind, (*wanted.filters, floor), wanted.ids, wanted.divisions, wanted.words)
