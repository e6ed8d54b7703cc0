"""Which commands make sense about a thing in the state that it is in: a guess that spares useless forms; the command itself decides."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import cache
from typing import Any, Final, TypeAlias

from api.forms.records import commands_by_topic
from domain.kernel.aggregate import Aggregate
from domain.kernel.facts import Facet
from domain.warehouse.states import TAKEN
from domain.warehouse.terms import ItemStatus

Held: TypeAlias = Callable[[str], frozenset[Any]]
"""The values that a facet has now, of all its members."""
Rule: TypeAlias = Callable[[Held], bool]


def _is(facet: str, *values: str) -> Rule:
    return lambda held: bool(held(facet) & set(values))


def _is_not(facet: str, *values: str) -> Rule:
    return lambda held: not held(facet) & set(values)


def _has(facet: str) -> Rule:
    return lambda held: bool(held(facet) - {False})


def _lacks(facet: str) -> Rule:
    return lambda held: not held(facet) - {False}


ALIVE: Final[Mapping[str, Rule]] = {
    "units": _is("unit_status", "active"),
    "compounds": _is("compound_status", "open"),
    "buildings": _is("building_status", "standing"),
    "rooms": _is("room_status", "in-service"),
    "vehicles": _is_not("status", "disposed"),
    "drivers": _is_not("duty", "released"),
    "fences": _is_not("fence_status", "retired"),
    "warehouses": _is("warehouse_status", "open"),
    "lots": _is("lot_status", "open"),
}
"""What has ended is not changed any more, only corrected."""

RULES: Final[Mapping[str, Rule]] = {
    "people.change-rank": _has("member_of"),
    "people.change-staff-type": _has("member_of"),
    "people.leave": _has("member_of"),
    "buildings.sign-use-agreement": _has("allocated_to"),
    "buildings.issue-use-certificate": _has("allocated_to"),
    "buildings.hand-back": _has("allocated_to"),
    "buildings.dispute-title": _is_not("title", "disputed"),
    "buildings.settle-title-dispute": _is("title", "disputed"),
    "buildings.open-disposal": _is_not("disposal", "opened", "approved"),
    "buildings.approve-disposal": _is("disposal", "opened"),
    "buildings.complete-disposal": _is("disposal", "approved"),
    "buildings.abandon-disposal": _is("disposal", "opened", "approved"),
    "buildings.start-major-repair": _is_not("repair", "under-way"),
    "buildings.accept-major-repair": _is("repair", "under-way"),
    "rooms.release": _has("using_unit"),
    "rooms.move-out": _has("occupant"),
    "vehicles.request-disposal": _is_not("status", "disposal-requested", "disposal-approved"),
    "vehicles.approve-disposal": _is("status", "disposal-requested"),
    "vehicles.refuse-disposal": _is("status", "disposal-requested"),
    "vehicles.dispose": _is("status", "disposal-approved"),
    "vehicles.judge-repair": _is("repair", "requested"),
    "vehicles.approve-repair": _is("repair", "judged"),
    "vehicles.refuse-repair": _is("repair", "requested", "judged"),
    "vehicles.finish-repair": _is("repair", "approved"),
    "vehicles.issue-fuel-card": _lacks("fuel_card"),
    "vehicles.return-fuel-card": _has("fuel_card"),
    "vehicles.refuel": _has("fuel_card"),
    "vehicles.seal": _lacks("sealed"),
    "vehicles.unseal": _has("sealed"),
    "vehicles.recall": _has("posted_to"),
    "drivers.suspend": _is("duty", "on-duty"),
    "drivers.reinstate": _is("duty", "suspended"),
    "journeys.approve": _is("status", "requested"),
    "journeys.refuse": _is("status", "requested"),
    "journeys.dispatch": _is("status", "approved"),
    "journeys.swap-vehicle": _is("status", "dispatched"),
    "journeys.depart": _is("status", "dispatched"),
    "journeys.come-back": _is("status", "departed"),
    "journeys.close": _is("status", "returned"),
    "journeys.cancel": _is("status", "requested", "approved", "dispatched"),
    "fences.lift": _is("fence_status", "in-force"),
    "items.put-to-use": _has("idle"),
    "items.end-publication": _has("published_for"),
}
"""Steps of a process, each by what has to hold before it."""


@cache
def steps_of_items() -> Mapping[str, frozenset[ItemStatus]]:
    """The states that a command about an item is sent in, as its own table of steps has them."""
    by_topic = commands_by_topic()
    return {
        by_topic[event.topic].key: frozenset(step.from_) for event, step in TAKEN.items() if event.topic in by_topic
    }


def held_now(aggregate: Aggregate, now: datetime) -> Held:
    found: dict[str, set[Any]] = {}
    for name, member in aggregate.facets():
        value = aggregate.at(Facet[Any](name), now, member)
        if value is not None and isinstance(value, str | bool | int):
            found.setdefault(name, set()).add(value)
        elif value is not None:
            found.setdefault(name, set()).add(str(value))
    return lambda facet: frozenset(found.get(facet, ()))


def is_plausible(command: str, held: Held) -> bool:
    kind = command.partition(".")[0]
    states = steps_of_items().get(command)
    return (
        ALIVE.get(kind, _always)(held)
        and RULES.get(command, _always)(held)
        and (not states or bool(held("item_status") & states))
    )


def is_step(command: str) -> bool:
    """Whether it is a step of a process, which comes up in some states only."""
    states = steps_of_items().get(command)
    return command in RULES or (states is not None and len(states) == 1)


def _always(_: Held) -> bool:
    return True
