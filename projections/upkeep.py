"""What things cost and how they were looked after: an entry for every payment, refuelling, service, repair and accident.

Entries are not facts: two refuellings on one day stand side by side. A corrected or withdrawn one is known no longer.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
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
from projections.stream import Part, Row, Step, Stream
from projections.tables import ASSET, Column, Model, Table


class Entry(Struct):
    kind: str
    amount: Decimal
    quantity: Decimal | None = None
    odometer: int | None = None
    note: str = ""
    asset: UUID | None = None
    """Where the cost belongs to another thing than the one whose stream tells of it: a journey's to its vehicle."""


def entries_of(event: Event, vehicle_of_journey: UUID | None) -> Sequence[Entry]:
    return _COSTING[type(event)](event, vehicle_of_journey) if type(event) in _COSTING else ()


def _journey(event: JourneyClosed, of: UUID | None) -> list[Entry]:
    return [Entry(cost.kind, cost.amount, None, None, cost.note, of) for cost in event.costs]


_COSTING: dict[type[Event], Callable[[Any, UUID | None], list[Entry]]] = {
    vehicle.VehicleRefuelled: lambda e, _: [Entry("fuel", e.cost, e.litres, e.odometer, e.card)],
    vehicle.VehicleCharged: lambda e, _: [Entry("charging", e.cost, e.kilowatt_hours, e.odometer)],
    vehicle.VehicleServiced: lambda e, _: [Entry(f"service:{e.service}", e.cost, None, e.odometer, e.by)],
    vehicle.RepairDone: lambda e, _: [Entry("repair", e.cost, None, e.odometer, e.slip)],
    vehicle.VehicleInsured: lambda e, _: [Entry("insurance", e.premium, None, None, e.policy)],
    vehicle.VehicleInspected: lambda e, _: [Entry("inspection", e.cost, None, None, e.station)],
    vehicle.CostPaid: lambda e, _: [Entry(e.cost_kind, e.cost, None, None, e.note)],
    vehicle.AccidentHappened: lambda e, _: [Entry("accident", e.loss, None, None, e.place_name)],
    VehicleDisposed: lambda e, _: [Entry("disposal-income", -e.income)],
    JourneyClosed: _journey,
    MajorRepairAccepted: lambda e, _: [Entry("major-repair", e.cost)],
    DailyRepairDone: lambda e, _: [Entry("daily-repair", e.cost, note=e.work)],
    ItemRepaired: lambda e, _: [Entry("repair", e.cost, note=e.work)],
}
"""Which events cost something, and what: most cost nothing, and are passed over at once."""


class _Entered(Struct):
    row: list[Any]
    touched: int


_UNTIL = -1
"""Where the row holds the position from which the entry is known no longer: the last column."""


class UpkeepRows(Part):
    __slots__ = ("entered",)
    table = "upkeep"

    def __init__(self) -> None:
        self.entered: dict[int, list[_Entered]] = {}

    def take(self, step: Step, stream: Stream) -> None:
        position, stated = step.record.position, step.stated
        if step.corrects:
            for entry in self.entered.get(step.corrects, ()):
                entry.row[_UNTIL] = entry.touched = position
        if type(stated) in _COSTING and stated is not None:
            rows = [_row(step, stream, line, entry) for line, entry in enumerate(_entries(stated, stream))]
            self.entered[position] = [_Entered(row, position) for row in rows]

    def rows(self, stream: Stream, after: int) -> list[Row]:  # noqa: ARG002 -- the part's signature
        return [entry.row for entries in self.entered.values() for entry in entries if entry.touched > after]


def _entries(event: Event, stream: Stream) -> Sequence[Entry]:
    return entries_of(event, _vehicle(stream, event) if isinstance(event, JourneyClosed) else None)


def _vehicle(stream: Stream, event: JourneyClosed) -> UUID | None:
    timeline = stream.lines.get(VEHICLE.name, {}).get("")
    fact = None if timeline is None else timeline.fact_at(event.effective)
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
