"""The demonstration goes into an empty registry, once, and obeys every rule."""

from __future__ import annotations

from itertools import islice
from pathlib import Path
from uuid import uuid4

from api.composition import opened
from api.demo import loading as demo
from api.demo.story import story
from api.moments import moment
from domain.catalogue import COMMANDS
from domain.kernel.mandate import Actor, Mandate
from domain.organisations.terms import Level, UnitKind
from domain.organisations.unit import NewUnit
from domain.work import Call
from infra.cluster import Urls
from tests.api.conftest import settings_for

ATTACHED = {one for step in story() for one in step.arguments.get("photos", ())}


def test_it_loads_once(database: Urls, tmp_path: Path) -> None:
    settings = settings_for(database, tmp_path)
    demo.load(settings)
    with opened(settings) as services:
        head = services.log.head()
    demo.load(settings)
    with opened(settings) as services:
        assert services.log.head() == head >= len(list(story()))
        for digest in ATTACHED:
            assert services.blobs.has(digest)


def test_it_goes_on_where_it_was_interrupted(database: Urls, tmp_path: Path) -> None:
    settings = settings_for(database, tmp_path)
    with opened(settings) as services:
        demo.tell(services, islice(enumerate(story()), 20))
        begun = services.log.head()
    demo.load(settings)
    with opened(settings) as services:
        assert services.log.head() > begun


def test_it_stays_out_of_a_registry_with_data_of_its_own(database: Urls, tmp_path: Path) -> None:
    settings = settings_for(database, tmp_path)
    unit = NewUnit(name="县财政局", unit_kind=UnitKind.GOVERNMENT, level=Level.COUNTY, division="640104")
    mandate = Mandate(
        actor=Actor(user="li", unit="局", role="clerk"), reason="设立", effective=moment("2020-01-01"),
        received=moment("2024-01-01"),
    )  # fmt: skip
    with opened(settings) as services:
        call = Call(
            command=COMMANDS["units.establish"], id=None, arguments={"unit": unit, "parent": None}, mandate=mandate
        )
        services.registry.execute(uuid4(), [call], request="")
    demo.load(settings)
    with opened(settings) as services:
        assert services.log.head() == 1
