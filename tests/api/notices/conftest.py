"""Two counties, people in each, and a notifier that takes a step when a test says so."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack

import httpx
import pytest

from api.app import create_app
from api.composition import opened
from infra.cluster import Urls
from infra.notices import follower
from tests.api.access.counties import settled
from tests.api.access.region import Region
from tests.api.conftest import Office, a_token, serving, settings_for
from tests.api.notices.desk import Desk
from tests.api.seeing import seeing


@pytest.fixture(scope="module")
def desk(module_database: Urls, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    settings = settings_for(module_database, tmp_path_factory.mktemp("var"))
    authorization = {"Authorization": f"Bearer {a_token(module_database)}"}
    with ExitStack() as stack:
        address = stack.enter_context(serving(create_app(settings)))
        client = stack.enter_context(httpx.Client(base_url=address, headers=authorization, timeout=60))
        seeing_all = stack.enter_context(seeing(Office(client=client, urls=module_database)))
        services = stack.enter_context(opened(settings))
        region = Region(
            desk=seeing_all,
            services=services,
            mine=settled(seeing_all.bureau, "甲县", "640381", 10),
            other=settled(seeing_all.bureau, "乙县", "640323", 30),
            stack=stack,
        )
        region.catch_up()
        with services.pool.connection() as connection:
            follower.moved(connection, region.desk.bureau.head())
        yield Desk(region)
