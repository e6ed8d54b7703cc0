"""Drivers: people with a licence, renewed in time; suspended for a while now and then."""

from __future__ import annotations

from datetime import datetime, timedelta

from api.world.directory import KnownDriver
from api.world.world import START, Life, World
from domain.vehicles import driver_events as happened
from domain.vehicles.terms import LicenceClass

_CLASSES = (LicenceClass.C1, LicenceClass.C1, LicenceClass.B1, LicenceClass.A1)


def drivers(world: World, count: int) -> None:
    for _ in range(count):
        world.begin(_driver(world), world.between(START + timedelta(days=35), START + timedelta(days=60)))


def _driver(world: World) -> Life:
    yield world.now
    person = world.pick(world.directory.people) if world.directory.people else None
    if person is None or person in world.directory.driving:
        return
    world.directory.driving.add(person)
    stream, licence, until = world.stream("driver"), world.pick(_CLASSES), world.in_days(700, 3000)
    event = happened.DriverEnrolled(**stream.next(world.now), person=person, licence=licence, valid_until=until)
    world.tell(event, "聘用驾驶员", "dispatcher")
    world.claim("driver", str(person), stream)
    known = KnownDriver(stream)
    world.directory.drivers.append(known)
    while True:
        yield min(world.in_days(250, 900), until - timedelta(days=60))
        if until - world.now < timedelta(days=100):
            until = _renewed(world, known, licence)
        elif not known.busy and world.chance(0.5):
            known.busy = True
            back = world.in_days(5, 40)
            suspended = happened.DriverSuspended(**stream.next(world.now), until=back)
            world.tell(suspended, "体检未通过，停岗", "dispatcher")
            yield back
            known.busy = False


def _renewed(world: World, known: KnownDriver, licence: LicenceClass) -> datetime:
    until = world.in_days(2190, 3650)
    renewed = happened.LicenceRenewed(**known.stream.next(world.now), licence=licence, valid_until=until)
    world.tell(renewed, "换领驾驶证", "dispatcher")
    return until
