"""One drawing at work: its files read, its floors laid together, placed, and compared with the building's rooms of today."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from threading import Lock
from typing import Any, Final
from uuid import UUID

import msgspec

from api.bodies import validated
from api.composition import Services
from api.drawings import refusals
from api.drawings.bodies import Choices
from api.drawings.placed import placed
from api.files.readable import Readable
from api.refusals import FileUnknown
from domain.access.principal import Principal
from domain.kernel.datums import CoordinateSystem
from domain.kernel.errors import Refusal
from infra.blobs import Blobs
from infra.drawings import Drawing
from maps.drawings.deciding import key_of, options
from maps.drawings.ground import Known
from maps.drawings.laid import Laid, laid
from maps.drawings.matching import Difference, Kept, differences
from maps.drawings.opening import read_apart
from maps.drawings.placing import Placing, flat
from maps.drawings.reading import Asked, DwgGiven, Read, TooMuchDrawn, Unreadable
from projections.queries import contents, floors
from projections.queries.things import called, named
from projections.queries.view import View

_ONE_AT_A_TIME: Final = Lock()
_ERRORS: Final[Mapping[type[Exception], type[Refusal]]] = {
    Unreadable: refusals.DrawingUnreadable,
    DwgGiven: refusals.DrawingIsDwg,
    TooMuchDrawn: refusals.DrawingTooLarge,
}


@dataclass(frozen=True, slots=True)
class Work:
    """`unplaced`: why it has no place, where somebody asked for one."""

    kept: Drawing
    choices: Choices
    files: Sequence[Read]
    laid: Sequence[Laid]
    placing: Placing | None
    unplaced: Refusal | None
    ground: Sequence[Known]
    differences: Sequence[Difference]

    def options(self, one: Difference) -> list[str]:
        return options(one, placed=self.placing is not None)

    def decision(self, one: Difference) -> str:
        """As chosen, where that is possible still; else the suggestion."""
        ways = self.options(one)
        chosen = self.choices.decisions.get(key_of(one))
        return chosen if chosen in ways else ways[0]


def choices_of(kept: Drawing) -> Choices:
    return validated(Choices, msgspec.json.encode(kept.choices))


def worked(kept: Drawing, given: Services, caller: Principal, view: View) -> Work:
    choices = choices_of(kept)
    files = [_read(one, choices, given, caller) for one in kept.files]
    told, base = laid(files, choices.floors, choices.shifts)
    rows = contents.rooms(view, [kept.building]).rows()
    shapes = floors.outlines(view, "rooms", [row["asset"] for row in rows])
    rooms = [_room(row, row["asset"] in shapes) for row in rows]
    placing, unplaced = _placed(choices, files, told, base, rooms, shapes)
    known = rooms if placing is None else [_known(room, shapes, placing.system) for room in rooms]
    drawn = [one for storey in told if storey.floor is not None for one in storey.drawn(placing)]
    around = _around(view, kept.building)
    return Work(kept, choices, files, told, placing, unplaced, around, differences(drawn, known))


def _around(view: View, building: UUID) -> list[Known]:
    """The compound, its buildings, and the one that is drawn on top of them."""
    compound, others = floors.beside(view, building)
    ids = [*(one for one in others if one != building), building]
    names = named(view, [*ids, compound] if compound else ids)
    shapes = floors.outlines(view, "buildings", ids)
    yard = floors.outlines(view, "compounds", [compound] if compound else [])
    known = [Known(called(names, id), shape) for id, shape in yard.items()]
    return known + [Known(called(names, id), shapes[id], id == building) for id in ids if id in shapes]


def _placed(choices: Choices, *known: Any) -> tuple[Placing | None, Refusal | None]:
    try:
        return placed(choices.placing, *known), None
    except Refusal as refusal:
        return None, refusal


def _read(file: Mapping[str, str], choices: Choices, given: Services, caller: Principal) -> Read:
    if not Readable(given, caller).has(file["file"]):
        raise FileUnknown(digest=file["file"])
    asked = Asked(choices.metres, choices.split, None if choices.layers is None else frozenset(choices.layers))
    try:
        return _read_once(given.blobs, file["file"], asked)
    except (Unreadable, DwgGiven, TooMuchDrawn) as error:
        raise _ERRORS[type(error)](name=file["name"]) from None


@lru_cache(maxsize=12)
def _read_once(blobs: Blobs, digest: str, asked: Asked) -> Read:
    """A file is its digest: what was read of it stays true. One at a time, as each may take much of the machine."""
    with _ONE_AT_A_TIME:
        return read_apart(blobs.get(digest) or b"", asked)


def _room(row: Mapping[str, Any], has_outline: bool) -> Kept:
    return Kept(row["asset"], row["floor"] or 0, row["number"] or "", row["net_area"], None, has_outline)


def _known(room: Kept, shapes: Mapping[UUID, Any], system: CoordinateSystem) -> Kept:
    shape = shapes.get(room.id)
    there = None if shape is None or shape.geom_type != "Polygon" else flat(shape, system)
    return replace(room, shape=there)
