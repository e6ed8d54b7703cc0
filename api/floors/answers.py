"""What floor plans answer, for the documentation and for clients made from it."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from api.angles.answers import Decimals, RoomTold, ThingNamed
from api.answers import Answered
from api.answers_reading import Seen

Path = Annotated[str, Field(description="An SVG path in metres of the sheet")]


class LabelLine(Answered):
    role: Literal["number", "unit", "people"]
    text: str
    x: float
    y: float
    size: Annotated[float, Field(description="Of the writing, in metres of the sheet")]


class WrongWith(Answered):
    name: str
    zh: str
    en: str


class RoomDrawn(RoomTold):
    """A room on the sheet."""

    people: int
    findings: list[WrongWith]
    tone: Annotated[str, Field(description="Its colour, by the name that the legend has")]
    schematic: Annotated[bool, Field(description="It has no outline; where it stands says nothing")]
    lit: Annotated[bool, Field(description="It is used by the unit that was asked for")]
    path: Path
    label: list[LabelLine]


class LegendEntry(Answered):
    key: str
    tone: str
    zh: str
    en: str
    rooms: int
    people: int
    net_area: Decimals


class PlanSheet(Answered):
    box: Annotated[list[float], Field(description="x, y, width and height in metres; y grows downward")]
    north: Annotated[float, Field(description="Where north is: degrees clockwise from up")]
    bar: Annotated[int, Field(description="Metres of the scale bar; 0 where nothing is to scale")]
    footprint: Path
    grid_from: Annotated[float | None, Field(description="Rooms below this line are not at their places")]


class FloorOfPlan(Answered):
    floor: int
    rooms: int
    people: int
    net_area: Decimals
    drawn: Annotated[int, Field(description="Rooms that have an outline")]
    lit: Annotated[int, Field(description="Rooms of the unit that was asked for")]


class PartOfFloor(Answered):
    """Some rooms that lie together; of a floor that has more than can be read at once."""

    part: int
    first: Annotated[str | None, Field(description="The lowest number of a room in it")]
    last: Annotated[str | None, Field(description="The highest")]
    rooms: int
    people: int
    net_area: Decimals
    lit: Annotated[int, Field(description="Rooms of the unit that was asked for")]
    box: Annotated[list[float], Field(description="x, y, width and height in metres of the sheet")]


class Painted(Answered):
    """All rooms of one colour."""

    tone: str
    schematic: bool
    lit: bool
    path: Path


class FloorPlan(Seen):
    """One floor of a building, drawn."""

    building: ThingNamed
    unit: ThingNamed | None
    colour: str
    floor: int | None
    floors: list[FloorOfPlan]
    legend: list[LegendEntry]
    part: Annotated[int | None, Field(description="The part that is drawn, where it is not all of the floor")]
    parts: Annotated[list[PartOfFloor], Field(description="Of a floor of very many rooms, where a part is asked for")]
    whole: Annotated[list[Painted], Field(description="Instead of rooms: the colours of a floor of very many (part=0)")]
    rooms: list[RoomDrawn]
    sheet: PlanSheet


class RoomOfMap(Answered):
    id: str
    number: str | None
    lit: bool
    path: Path


class FloorOfMap(FloorOfPlan):
    lit_area: Decimals
    lit_people: int
    sheet: PlanSheet
    list: list[RoomOfMap]


class BuildingOfMap(Answered):
    building: ThingNamed
    floors: list[FloorOfMap]


class RoomsMap(Seen):
    """The rooms of a unit on the floors of all the buildings that it is in."""

    unit: ThingNamed
    rooms: int
    people: int
    net_area: Decimals
    left: Annotated[int, Field(description="So many buildings are not shown")]
    buildings: list[BuildingOfMap]


FLOORS: tuple[type[Answered], ...] = (FloorPlan, RoomsMap)
