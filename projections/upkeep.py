"""What things cost and how they were looked after: an entry for every payment, refuelling, service, repair and accident.

Entries are not facts: two refuellings on one day stand side by side. A corrected or withdrawn one is known no longer.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any
from uuid import UUID

from msgspec import Struct

from domain.kernel.aggregate import Aggregate
from domain.kernel.events import Event
from domain.premises.events.upkeep import DailyRepairDone, MajorRepairAccepted
from domain.vehicles import upkeep_events as vehicle
from domain.vehicles.facets import VEHICLE
from domain.vehicles.journey_events import JourneyClosed
from domain.vehicles.vehicle_events import VehicleDisposed
from domain.warehouse.item_events import ItemRepaired
from projections.stream import Row, Step, Stream
from projections.tables import ASSET, Column, Model, Table


class Entry(Struct):
    kind: str
    amount: Decimal
    quantity: Decimal | None = None
    odometer: int | None = None
    note: str = ""
    asset: UUID | None = None
    """Where the cost belongs to another thing than the one whose stream tells of it: a journey's to its vehicle."""


def entries_of(  # noqa: C901, PLR0912 -- one case a kind of event: a table
    event: Event, vehicle_of_journey: UUID | None
) -> Iterator[Entry]:
    match event:
        case vehicle.VehicleRefuelled():
            yield Entry("fuel", event.cost, event.litres, event.odometer, event.card)
        case vehicle.VehicleCharged():
            yield Entry("charging", event.cost, event.kilowatt_hours, event.odometer)
        case vehicle.VehicleServiced():
            yield Entry(f"service:{event.service}", event.cost, None, event.odometer, event.by)
        case vehicle.RepairDone():
            yield Entry("repair", event.cost, None, event.odometer, event.slip)
        case vehicle.VehicleInsured():
            yield Entry("insurance", event.premium, None, None, event.policy)
        case vehicle.VehicleInspected():
            yield Entry("inspection", event.cost, None, None, event.station)
        case vehicle.CostPaid():
            yield Entry(event.cost_kind, event.cost, None, None, event.note)
        case vehicle.AccidentHappened():
            yield Entry("accident", event.loss, None, None, event.place_name)
        case JourneyClosed():
            for cost in event.costs:
                yield Entry(cost.kind, cost.amount, None, None, cost.note, vehicle_of_journey)
        case MajorRepairAccepted():
            yield Entry("major-repair", event.cost)
        case DailyRepairDone():
            yield Entry("daily-repair", event.cost, note=event.work)
        case ItemRepaired():
            yield Entry("repair", event.cost, note=event.work)
        case VehicleDisposed():
            yield Entry("disposal-income", -event.income)
        case _:
            return


class _Entered(Struct):
    row: list[Any]
    touched: int


_UNTIL = -1
"""Where the row holds the position from which the entry is known no longer: the last column."""


@dataclass(slots=True)
class UpkeepRows:
    entered: dict[int, list[_Entered]] = field(default_factory=dict)

    def take(self, step: Step, stream: Stream) -> None:
        position = step.record.position
        for entry in self.entered.get(step.corrects or 0, ()):
            entry.row[_UNTIL] = entry.touched = position
        if step.stated is not None:
            rows = [_row(step, stream, line, entry) for line, entry in enumerate(_entries(step.stated, stream))]
            if rows:
                self.entered[position] = [_Entered(row, position) for row in rows]

    def rows(self, stream: Stream, after: int) -> Iterator[Row]:  # noqa: ARG002 -- the protocol's signature
        for entries in self.entered.values():
            for entry in entries:
                if entry.touched > after:
                    yield "upkeep", entry.row


def _entries(event: Event, stream: Stream) -> Iterator[Entry]:
    return entries_of(event, _vehicle(stream, event) if isinstance(event, JourneyClosed) else None)


def _vehicle(stream: Stream, event: JourneyClosed) -> UUID | None:
    timeline = stream.lines.get(VEHICLE.name, {}).get("")
    fact = None if timeline is None else timeline.at(event.effective)
    return None if fact is None else fact.value


def _row(step: Step, stream: Stream, line: int, entry: Entry) -> list[Any]:
    position = step.record.position
    asset = entry.asset or stream.id
    when = None if step.stated is None else step.stated.effective
    told = [entry.kind, entry.amount, entry.quantity, entry.odometer, entry.note]
    return [asset, position, line, stream.id, when, *told, position, None]


def _part(_: type[Aggregate]) -> UpkeepRows:
    return UpkeepRows()


MODEL = Model(
    "upkeep",
    (
        Table(
            "upkeep",
            (
                ASSET,
                Column("position", "bigint NOT NULL", "位置", "Position"),
                Column("line", "integer NOT NULL", "行", "Line"),
                Column("stream", "uuid NOT NULL", "登记于", "Recorded of"),
                Column("happened", "timestamptz NOT NULL", "发生时间", "When"),
                Column("entry", "text NOT NULL", "费用种类", "Kind of cost"),
                Column("amount", "numeric NOT NULL", "金额", "Amount"),
                Column("quantity", "numeric", "数量", "Quantity"),
                Column("odometer", "bigint", "里程表读数", "Odometer"),
                Column("note", "text NOT NULL", "摘要", "Note"),
                Column("since", "bigint NOT NULL", "登记位置", "Known from"),
                Column("until", "bigint", "更正于", "Known until"),
            ),
            key=("position", "line"),
            indexes=("(asset, happened)", "(happened) WHERE until IS NULL"),
        ),
    ),
    part=_part,
)
