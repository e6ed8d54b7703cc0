"""What a device sends: a line a position. Each is checked by itself, so that one that is wrong costs none of the others."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any, Final, Literal, TypeAlias

import msgspec
from annotated_types import Len
from pydantic import Field, ValidationError

from api import scalars
from api.faults import Fault, faults_of
from api.moments import FIRST_YEAR, LAST_YEAR, Moment
from api.refusals import RequestInvalid
from api.schemas import Strictly
from domain.kernel.datums import CoordinateSystem

MOST_LINES: Final = 20_000
FASTEST: Final = 2_000.0

SystemName: Any = Annotated[
    Literal[tuple(system.value for system in CoordinateSystem)], Field(description="声明的坐标系 · Declared system")
]
Kilometres: TypeAlias = Annotated[float, Field(strict=True, ge=0, le=FASTEST, allow_inf_nan=False)]
Degrees: TypeAlias = Annotated[float, Field(strict=True, ge=0, le=360, allow_inf_nan=False)]
Metres: TypeAlias = Annotated[float, Field(strict=True, ge=-10_000, le=100_000, allow_inf_nan=False)]
Plate: Any = scalars.text([Len(1, 20)])


class PositionLine(Strictly):
    """`vehicle` or `plate` says which; `at` is the device's clock; `x` is longitude or easting; `speed` in km/h; the rest in metres."""

    vehicle: scalars.ID | None = None
    plate: Plate | None = None
    at: Moment
    x: scalars.NUMBER
    y: scalars.NUMBER
    system: SystemName | None = None
    speed: Kilometres | None = None
    heading: Degrees | None = None
    altitude: Metres | None = None
    accuracy: Metres | None = None


class PositionsSent(Strictly):
    """`system`: of all lines that do not say another. Lines are checked one by one (PositionLine); the report names those that are wrong."""

    system: SystemName
    positions: Annotated[tuple[dict[str, Any], ...], Field(min_length=1, max_length=MOST_LINES)]


class Line(msgspec.Struct, gc=False, forbid_unknown_fields=True, kw_only=True):
    """The same as `PositionLine`, read many times as fast. What this does not take is looked at again by that one, in words."""

    at: Annotated[datetime, msgspec.Meta(tz=True)]
    x: float
    y: float
    vehicle: str | None = None
    plate: str | None = None
    system: CoordinateSystem | None = None
    speed: Annotated[float, msgspec.Meta(ge=0, le=FASTEST)] | None = None
    heading: Annotated[float, msgspec.Meta(ge=0, le=360)] | None = None
    altitude: Annotated[float, msgspec.Meta(ge=-10_000, le=100_000)] | None = None
    accuracy: Annotated[float, msgspec.Meta(ge=-10_000, le=100_000)] | None = None


class _Sent(msgspec.Struct, forbid_unknown_fields=True):
    system: CoordinateSystem
    positions: list[Line]


class _Raw(msgspec.Struct, forbid_unknown_fields=True):
    system: CoordinateSystem
    positions: list[msgspec.Raw]


@dataclass(frozen=True, slots=True)
class Lines:
    """What was sent: lines that are right in form, each with its number, and what is wrong with the others."""

    system: CoordinateSystem
    right: Sequence[tuple[int, Line]]
    wrong: Sequence[tuple[int, Fault]]
    received: int


_whole = msgspec.json.Decoder(_Sent).decode
_in_parts = msgspec.json.Decoder(_Raw).decode
_one = msgspec.json.Decoder(Line).decode


def lines_of(raw: bytes) -> Lines | None:
    """The lines of a batch; None where it is no batch at all."""
    try:
        sent = _whole(raw)
    except (msgspec.DecodeError, RecursionError):
        return _one_by_one(raw)
    if all(FIRST_YEAR <= line.at.year <= LAST_YEAR for line in sent.positions):
        return _bounded(Lines(sent.system, list(enumerate(sent.positions, 1)), (), len(sent.positions)))
    return _one_by_one(raw)


def _one_by_one(raw: bytes) -> Lines | None:
    try:
        sent = _in_parts(raw)
    except (msgspec.DecodeError, RecursionError):
        return None
    return gathered(sent.system, [_read(bytes(one)) for one in sent.positions])


def gathered(system: CoordinateSystem, read: Iterable[Line | Sequence[Fault]]) -> Lines:
    right: list[tuple[int, Line]] = []
    wrong: list[tuple[int, Fault]] = []
    number = 0
    for number, one in enumerate(read, 1):
        if isinstance(one, Line):
            right.append((number, one))
        else:
            wrong += [(number, fault) for fault in one]
    return _bounded(Lines(system, right, wrong, number))


def _bounded(lines: Lines) -> Lines:
    """Rule: a batch is read whole, so it has an end."""
    if not 0 < lines.received <= MOST_LINES:
        fault = Fault(code="positions-count", field="/positions", zh=f"应有 1 至 {MOST_LINES} 条位置，请分批上报。",
                      en=f"There must be 1 to {MOST_LINES} positions; send more in parts.")  # fmt: skip
        raise RequestInvalid([fault])
    return lines


def _read(raw: bytes) -> Line | Sequence[Fault]:
    try:
        line = _one(raw)
    except (msgspec.DecodeError, RecursionError):
        return checked(raw)
    return line if FIRST_YEAR <= line.at.year <= LAST_YEAR else checked(raw)


def checked(raw: bytes | Mapping[str, Any]) -> Line | Sequence[Fault]:
    """The slow way, which says what is wrong in both languages."""
    text = raw if isinstance(raw, bytes) else msgspec.json.encode(raw)
    try:
        line = PositionLine.model_validate_json(text, strict=True)
    except ValidationError as error:
        return faults_of(error)
    return Line(
        at=line.at, x=line.x, y=line.y, vehicle=None if line.vehicle is None else str(line.vehicle), plate=line.plate,
        system=None if line.system is None else CoordinateSystem(line.system),
        speed=line.speed, heading=line.heading, altitude=line.altitude, accuracy=line.accuracy,
    )  # fmt: skip
