"""Two counties in one registry, and callers of every role in the one who look at the other."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import httpx
import pytest

from api.app import create_app
from api.composition import opened
from infra.cluster import Urls
from tests.api.access.counties import settled
from tests.api.access.region import Region
from tests.api.conftest import Office, a_token, serving, settings_for
from tests.api.seeing import seeing


@pytest.fixture(scope="module")
def region(module_database: Urls, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Region]:
    with two_counties(module_database, tmp_path_factory.mktemp("var")) as found:
        yield found


@contextmanager
def two_counties(urls: Urls, folder: Path, meanwhile: Callable[[Region], None] = lambda _: None) -> Iterator[Region]:
    """`meanwhile`: what is done when there is only the callers' own."""
    settings = settings_for(urls, folder)
    authorization = {"Authorization": f"Bearer {a_token(urls)}"}
    with ExitStack() as stack:
        address = stack.enter_context(serving(create_app(settings)))
        client = stack.enter_context(httpx.Client(base_url=address, headers=authorization, timeout=60))
        desk = stack.enter_context(seeing(Office(client=client, urls=urls)))
        services = stack.enter_context(opened(settings))
        mine = settled(desk.bureau, "甲县", "640381", 10)
        found = Region(desk=desk, services=services, mine=mine, stack=stack)
        meanwhile(found)
        found.other = settled(desk.bureau, "乙县", "640323", 30)
        found.catch_up()
        yield found
