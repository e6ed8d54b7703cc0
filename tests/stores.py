"""A log in a throwaway database, and the events, conditions and commands that tests hand to it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

import psycopg
from psycopg.rows import TupleRow
from psycopg_pool import ConnectionPool

from domain.catalogue import COMMANDS
from domain.kernel.events import Event
from domain.kernel.saving import Conditions, Decision
from domain.organisations.events import UnitEstablished, UnitRenamed
from domain.organisations.terms import Level, UnitKind
from domain.organisations.unit import NewUnit
from domain.registry import Answer, Registry
from domain.work import Call
from infra.database import application_conninfo
from infra.eventstore import EventStoreFactory, LogRecorder
from infra.eventstore.mapper import EventMapper
from infra.vault import Vault
from tests.domain.scenario import mandate

MANDATE = mandate("2026-03-01")
MANY = 1_000_000


@dataclass(frozen=True, slots=True)
class Store:
    """The log as one application process has it."""

    conninfo: str
    vault: Vault
    mapper: EventMapper
    recorder: LogRecorder
    registry: Registry

    def append(
        self,
        *events: Event,
        conditions: Conditions | None = None,
        command_id: UUID | None = None,
        request: str = "asked",
    ) -> list[int]:
        """Records one command's events under these conditions, without any aggregate having decided them."""
        mandates = {(event.originator_id, event.originator_version): MANDATE for event in events}
        decision = Decision(command_id or uuid4(), request, mandates, conditions or Conditions())
        stored = [self.mapper.to_stored_event(event) for event in events]
        return list(self.recorder.insert_events(stored, decision=decision))

    def execute(self, *calls: Call, command_id: UUID | None = None, request: str = "asked") -> Answer:
        return self.registry.execute(command_id or uuid4(), calls, request=request)


@contextmanager
def opened(application_url: str, *, size: int = 20, patience: float = 30) -> Iterator[Store]:
    """The log, opened as the application opens it; closed at the end whatever a test did to its connections."""
    conninfo = application_conninfo(application_url)
    made = ConnectionPool[psycopg.Connection[TupleRow]]
    with made(conninfo, min_size=1, max_size=size, timeout=patience, open=True) as pool:
        factory = EventStoreFactory(pool)
        vault = Vault(pool)
        try:
            yield Store(conninfo, vault, EventMapper(vault), factory.application_recorder(), Registry(factory))
        finally:
            factory.close()


def established(id: UUID | None = None, *, version: int = 1, name: str = "区资产科") -> UnitEstablished:
    return UnitEstablished(
        originator_id=id or uuid4(),
        originator_version=version,
        effective=MANDATE.effective,
        name=name,
        credit_code=None,
        unit_kind=UnitKind.GOVERNMENT,
        level=Level.COUNTY,
        division="640104",
        parent=None,
    )


def renamed(id: UUID, version: int, name: str = "区资产管理科") -> UnitRenamed:
    return UnitRenamed(originator_id=id, originator_version=version, effective=MANDATE.effective, name=name)


def a_unit(name: str = "区机关事务管理局", credit_code: str | None = None) -> NewUnit:
    return NewUnit(
        name=name, credit_code=credit_code, unit_kind=UnitKind.GOVERNMENT, level=Level.COUNTY, division="640104"
    )


def call(command: str, id: UUID | None = None, **arguments: Any) -> Call:
    """A call of a command of the catalogue; `on`, `corrects` and `expected_version` are about the call itself."""
    said = {key: arguments.pop(key) for key in ("corrects", "expected_version") if key in arguments}
    given = arguments.pop("on", MANDATE)
    return Call(command=COMMANDS[command], id=id, arguments=arguments, mandate=given, **said)


def establish(
    name: str = "区机关事务管理局", *, id: UUID | None = None, parent: UUID | None = None, **said: Any
) -> Call:
    return call("units.establish", id, unit=a_unit(name), parent=parent, **said)


def claiming(*values: tuple[str, str, UUID]) -> Conditions:
    return Conditions(claims=list(values))


def rows(url: str, statement: str, *parameters: Any) -> list[tuple[Any, ...]]:
    """What the database itself says."""
    with psycopg.connect(url) as connection:
        return connection.execute(statement.encode(), parameters or None).fetchall()


def run(url: str, *statements: str) -> None:
    """Changes a test database by hand, each statement in a transaction of its own."""
    with psycopg.connect(url, autocommit=True) as connection:
        for statement in statements:
            connection.execute(statement.encode())


def raw_append(connection: psycopg.Connection[TupleRow], *commands: Sequence[Any]) -> list[tuple[Any, ...]]:
    """Calls the function itself with several commands, each as (command id, conditions, [(id, version)])."""
    events = [event for _, _, listed in commands for event in listed]
    statement = (
        "SELECT outcome, first_position, detail FROM log.append("
        "%s::uuid[], %s::int[], %s::text[], %s::bytea[], %s::uuid[], %s::int[], %s::text[], %s::bytea[])"
    )
    return connection.execute(
        statement,
        [
            [command_id for command_id, _, _ in commands],
            [len(listed) for _, _, listed in commands],
            [conditions for _, conditions, _ in commands],
            [b"{}" for _ in events],
            [id for id, _ in events],
            [version for _, version in events],
            ["organisations.UnitRenamed" for _ in events],
            [b"{}" for _ in events],
        ],
    ).fetchall()
