"""The index of the domain: every kind of aggregate, the events that begin its streams, and every command."""

from __future__ import annotations

from domain.approvals.events import ProposalSubmitted
from domain.approvals.proposal import Proposal
from domain.kernel.aggregate import Aggregate
from domain.kernel.commands import Command, commands_of
from domain.kernel.events import Event
from domain.organisations.events import PersonJoined, UnitEstablished
from domain.organisations.person import Person
from domain.organisations.unit import Unit
from domain.premises.building import Building
from domain.premises.compound import Compound
from domain.premises.events.building import BuildingRegistered
from domain.premises.events.compound import CompoundRegistered
from domain.premises.events.room import RoomRegistered
from domain.premises.room import Room
from domain.vehicles.driver import Driver
from domain.vehicles.driver_events import DriverEnrolled
from domain.vehicles.fence import Fence
from domain.vehicles.fence_events import FenceDrawn
from domain.vehicles.journey import Journey
from domain.vehicles.journey_events import JourneyRequested
from domain.vehicles.vehicle import Vehicle
from domain.vehicles.vehicle_events import VehicleRegistered
from domain.warehouse.item import Item
from domain.warehouse.item_events import ItemRegistered
from domain.warehouse.lot import Lot
from domain.warehouse.lot_events import LotMovedIn, LotReceived
from domain.warehouse.warehouse import Warehouse
from domain.warehouse.warehouse_events import WarehouseOpened

BIRTHS: dict[type[Event], type[Aggregate]] = {
    UnitEstablished: Unit,
    PersonJoined: Person,
    CompoundRegistered: Compound,
    BuildingRegistered: Building,
    RoomRegistered: Room,
    VehicleRegistered: Vehicle,
    DriverEnrolled: Driver,
    JourneyRequested: Journey,
    FenceDrawn: Fence,
    WarehouseOpened: Warehouse,
    ItemRegistered: Item,
    LotReceived: Lot,
    LotMovedIn: Lot,
    ProposalSubmitted: Proposal,
}
"""Which event begins a stream of which kind: how the registry knows what an id is."""

AGGREGATES: tuple[type[Aggregate], ...] = tuple(dict.fromkeys(BIRTHS.values()))

COMMANDS: dict[str, Command] = {command.key: command for command in commands_of(*AGGREGATES)}
