"""A world in the log: whole, resumable, kept out of other people's data, and the registry goes on from it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from itertools import islice
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest

from api.composition import Services, opened
from api.world import loading
from api.world.loading import LogNotEmpty, load
from api.world.population import populated
from domain.catalogue import BIRTHS, COMMANDS
from domain.kernel.events import Event
from domain.kernel.mandate import Actor, Document, Mandate
from domain.kernel.saving import StillHeld, ValueTaken
from domain.organisations.events import PersonLeft, UnitAbolished
from domain.organisations.terms import Rank
from domain.premises.events.disposal import DisposalCompleted
from domain.premises.events.room import RoomRetired, RoomSplit
from domain.vehicles.booking_events import CameBack, Released, Reserved
from domain.vehicles.facets import OWNER
from domain.vehicles.terms import Body, Energy, Insurance, LicenceClass, Purpose, VehicleCategory
from domain.vehicles.vehicle import Vehicle
from domain.vehicles.vehicle_events import DisposalRequested, VehicleDisposed, VehicleRegistered
from domain.warehouse.leaving_events import ItemDisposedOf
from domain.warehouse.lot_events import LotClosed
from domain.work import Call
from infra.cluster import Urls
from tests.api.conftest import settings_for

EVENTS = 6_000
TODAY = datetime(2026, 11, 1, tzinfo=UTC)
LATER = TODAY + timedelta(hours=24)
ENDINGS = (
    UnitAbolished, PersonLeft, DisposalCompleted, RoomRetired, RoomSplit, VehicleDisposed, ItemDisposedOf, LotClosed,
)  # fmt: skip
COMMAND_OF_KIND: dict[str, tuple[str, dict[str, Any]]] = {
    "units": ("units.set-staff-establishment", {"rank": Rank.STAFF, "posts": 12}),
    "people": ("people.change-rank", {"rank": Rank.STAFF}),
    "compounds": ("compounds.rename", {"name": "新名院落"}),
    "buildings": ("buildings.revalue", {"value": Decimal("1000000.00")}),
    "rooms": ("rooms.measure", {"net_area": Decimal("20.00")}),
    "vehicles": ("vehicles.note-odometer", {"odometer": 9_000_000}),
    "drivers": ("drivers.renew-licence", {"licence": LicenceClass.C1, "valid_until": datetime(2032, 1, 1, tzinfo=UTC)}),
    "warehouses": ("warehouses.rename", {"name": "新名公物仓"}),
    "items": ("items.revalue", {"value": Decimal("10.00"), "note": "折旧"}),
    "lots": ("lots.count", {"found": Decimal(3)}),
}


@pytest.fixture(scope="module")
def told() -> dict[UUID, list[Event]]:
    found: dict[UUID, list[Event]] = {}
    for batch in populated(EVENTS, 1).batches():
        for event in batch.events:
            found.setdefault(event.originator_id, []).append(event)
    return found


@pytest.fixture(scope="module")
def services(module_database: Urls, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Services]:
    with opened(settings_for(module_database, tmp_path_factory.mktemp("world"))) as services:
        load(services, EVENTS, 1)
        yield services


def _mandate(at: int = 0, user: str = "li") -> Mandate:
    return Mandate(
        actor=Actor(user=user, unit="区机关事务管理局", role="premises-officer"),
        reason="年度调整",
        documents=(Document(number="宁管发〔2026〕1号"),),
        effective=TODAY + timedelta(hours=at),
        received=TODAY + timedelta(hours=at),
    )


def _execute(
    services: Services, command: str, id: UUID | None, arguments: dict[str, Any], *, at: int = 0, user: str = "li"
) -> None:
    call = Call(command=COMMANDS[command], id=id, arguments=arguments, mandate=_mandate(at, user))
    services.registry.execute(uuid4(), [call], request="asked")


def _living(told: dict[UUID, list[Event]], kind: str) -> list[UUID]:
    return [
        id
        for id, events in told.items()
        if BIRTHS[type(events[0])].kind == kind and not any(isinstance(event, ENDINGS) for event in events)
    ]


def _free(told: dict[UUID, list[Event]], kind: str) -> UUID:
    """One that is on no journey, and not about to be disposed of."""
    return next(
        id
        for id in _living(told, kind)
        if not any(isinstance(event, DisposalRequested) for event in told[id])
        and sum(isinstance(event, Reserved) for event in told[id])
        == sum(isinstance(event, CameBack | Released) for event in told[id])
    )


def test_every_event_is_at_its_position_in_the_order_it_was_told(services: Services, module_database: Urls) -> None:
    assert services.log.head() >= EVENTS
    with psycopg.connect(module_database.owner) as owner:
        rows = owner.execute(
            "SELECT position, originator_id, originator_version, topic FROM log.events WHERE position <= %s"
            " ORDER BY position",
            [EVENTS],
        ).fetchall()
    assert [row[0] for row in rows] == list(range(1, EVENTS + 1))
    assert [row[1:] for row in rows] == [
        (event.originator_id, event.originator_version, event.topic)
        for batch in populated(EVENTS, 1).batches()
        for event in batch.events
    ]


def test_stored_events_read_back_as_they_were_told(services: Services, told: dict[UUID, list[Event]]) -> None:
    """Names and phones included, which were sealed on the way."""
    for id in [*_living(told, "people")[:5], *list(told)[:50]]:
        stored = services.registry.recorder.select_events(id, lte=len(told[id]))
        assert [services.registry.mapper.to_domain_event(one) for one in stored] == told[id]


@pytest.mark.parametrize("kind", sorted(COMMAND_OF_KIND))
def test_the_registry_goes_on_commanding_what_was_told(
    services: Services, told: dict[UUID, list[Event]], kind: str
) -> None:
    command, arguments = COMMAND_OF_KIND[kind]
    living = _living(told, kind)[:6]
    assert living
    for id in living:
        _execute(services, command, id, arguments)


def test_a_journey_is_made_with_a_vehicle_and_a_driver_of_it(services: Services, told: dict[UUID, list[Event]]) -> None:
    unit, journey = _living(told, "units")[0], uuid4()
    vehicle, driver = (_free(told, kind) for kind in ("vehicles", "drivers"))
    lasting = datetime(2032, 1, 1, tzinfo=UTC)
    cover = {"insurance": Insurance.COMPULSORY, "policy": "PDZA1", "insurer": "某公司", "premium": Decimal(950)}
    _execute(services, "vehicles.insure", vehicle, {**cover, "until": lasting})
    _execute(services, "vehicles.inspect", vehicle, {"valid_until": lasting, "station": "一站", "cost": Decimal(100)})
    _execute(services, "drivers.renew-licence", driver, {"licence": LicenceClass.A1, "valid_until": lasting})
    planned = {"planned_from": LATER, "planned_until": LATER + timedelta(hours=9)}
    words = {"purpose_text": "调研", "destination": "中卫市", "outside_city": True, "passengers": 2}
    _execute(services, "journeys.request", journey, {"unit": unit, "purpose": Purpose.SURVEY, **words, **planned})
    _execute(services, "journeys.approve", journey, {}, at=1, user="wang")
    _execute(services, "journeys.dispatch", journey, {"vehicle": vehicle, "driver": driver}, at=2)
    _execute(services, "journeys.depart", journey, {"odometer": 9_000_001}, at=24)
    _execute(services, "journeys.come-back", journey, {"odometer": 9_000_300}, at=30)
    _execute(services, "journeys.close", journey, {"in_order": True}, at=31)


def test_what_is_held_and_claimed_in_it_counts(services: Services, told: dict[UUID, list[Event]]) -> None:
    id = _living(told, "vehicles")[0]
    born = told[id][0]
    assert isinstance(born, VehicleRegistered)
    car = services.registry.open(Vehicle, id)
    owner = car.finally_(OWNER)
    with pytest.raises(StillHeld):
        _execute(services, "units.abolish", owner, {})
    again = {
        "plate": born.plate, "vin": "1M8GDM9AXKP042788", "model": "轿车", "category": VehicleCategory.OTHER,
        "body": Body.CAR, "energy": Energy.PETROL, "price": Decimal(100000), "seats": 5, "owner": owner,
    }  # fmt: skip
    with pytest.raises(ValueTaken):
        _execute(services, "vehicles.register", uuid4(), again)


def test_an_interrupted_world_goes_on_where_it_stopped(
    database: Urls, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with opened(settings_for(database, tmp_path)) as services:
        monkeypatch.setattr(loading, "_from", lambda batches, _: islice(enumerate(batches), 2))
        load(services, 4_000, 7)
        begun = services.log.head()
        monkeypatch.undo()
        assert 0 < begun < 4_000
        assert load(services, 4_000, 7).written == 4_000 - begun
        assert services.log.head() == 4_000
        assert load(services, 4_000, 7).written == 0


def test_it_stays_out_of_a_log_that_is_not_its_own(services: Services) -> None:
    head = services.log.head()
    for events, seed in ((EVENTS, 2), (EVENTS + 1, 1)):
        with pytest.raises(LogNotEmpty) as refused:
            load(services, events, seed)
        assert str(head) in refused.value.message_zh
        assert "./dev reset" in refused.value.message_en
    assert services.log.head() == head
