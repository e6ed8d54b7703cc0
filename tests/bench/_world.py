"""The store under measurement, and events and commands of the kind that a bureau records all day."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qs, urlsplit
from uuid import UUID, uuid4

import msgspec
from eventsourcing.persistence import StoredEvent
from eventsourcing.postgres import PostgresApplicationRecorder, PostgresDatastore
from psycopg_pool import ConnectionPool

from domain.catalogue import COMMANDS
from domain.kernel.mandate import Actor, Document, Mandate
from domain.kernel.saving import Conditions, Decision
from domain.organisations.events import UnitEstablished
from domain.organisations.terms import Level, UnitKind
from domain.organisations.unit import NewUnit
from domain.registry import Registry
from domain.work import Call
from infra.database import Pool, application_conninfo
from infra.eventstore import EventStoreFactory
from tests.databases import Server, throwaway_cluster

NOW = datetime(2026, 11, 20, 8, tzinfo=UTC)
MANDATE = Mandate(
    actor=Actor(user="liwei", unit="640000-机关事务管理局", role="premises-officer"),
    reason="机构改革后统一登记",
    documents=(Document(number="宁机管发〔2026〕17号"),),
    effective=datetime(2026, 3, 1, tzinfo=UTC),
    received=NOW,
)
UNIT = NewUnit(
    name="宁夏回族自治区机关事务管理局资产管理处",
    credit_code="1144150000724047XL",
    unit_kind=UnitKind.GOVERNMENT,
    level=Level.PROVINCE,
    division="640000",
)


@dataclass(frozen=True, slots=True)
class Store:
    """A durable store of its own, as `./dev up` would start it."""

    server: Server
    pool: Pool
    factory: EventStoreFactory
    registry: Registry


@contextmanager
def durable_store() -> Iterator[Store]:
    with throwaway_cluster(durable=True) as server:
        conninfo = application_conninfo(server.urls.application)
        with ConnectionPool(conninfo, min_size=8, max_size=12, open=True) as pool:
            factory = EventStoreFactory(pool)
            yield Store(server, pool, factory, Registry(factory))


def a_call() -> Call:
    """A command that records one event."""
    return Call(command=COMMANDS["units.establish"], id=None, arguments={"unit": UNIT, "parent": None}, mandate=MANDATE)


def an_event() -> UnitEstablished:
    """The event that `a_call` records."""
    return UnitEstablished(
        originator_id=uuid4(),
        originator_version=1,
        effective=MANDATE.effective,
        name=UNIT.name,
        credit_code=UNIT.credit_code,
        unit_kind=UNIT.unit_kind,
        level=UNIT.level,
        division=UNIT.division,
        parent=None,
    )


def a_decision(events: list[UnitEstablished], conditions: Conditions | None = None) -> Decision:
    mandates = {(event.originator_id, event.originator_version): MANDATE for event in events}
    return Decision(uuid4(), "0" * 64, mandates, conditions or Conditions())


def stored(event: UnitEstablished) -> StoredEvent:
    return StoredEvent(event.originator_id, event.originator_version, event.topic, msgspec.json.encode(event))


def library_recorder(server: Server, clients: int) -> PostgresApplicationRecorder:
    """The library's own recorder, in the same database."""
    parts = urlsplit(server.urls.superuser)
    datastore = PostgresDatastore(
        dbname=parts.path.lstrip("/"),
        host=parse_qs(parts.query)["host"][0],
        port="5432",
        user=parts.username or "",
        password="",
        pool_size=clients,
        max_overflow=clients,
    )
    recorder = PostgresApplicationRecorder(datastore, events_table_name="library_events")
    recorder.create_table()
    return recorder


def mandate_bytes() -> bytes:
    state: dict[str, Any] = msgspec.to_builtins(MANDATE)
    return msgspec.json.encode({**state, "request": "0" * 64})


def new_id() -> UUID:
    return uuid4()
