"""The bureau of each story module: a running API on a database of its own."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest

from api.app import create_app
from infra.cluster import Urls
from tests.api.conftest import a_token, serving, settings_for
from tests.scenarios.bureau import Bureau


@pytest.fixture(scope="module")
def counter(module_database: Urls, tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    """The counter that the stories of a module come to: someone with a token at the API."""
    app = create_app(settings_for(module_database, tmp_path_factory.mktemp("var")))
    authorization = {"Authorization": f"Bearer {a_token(module_database, actor='马建国')}"}
    with serving(app) as address, httpx.Client(base_url=address, headers=authorization, timeout=60) as client:
        yield client


@pytest.fixture
def bureau(counter: httpx.Client) -> Bureau:
    """The bureau at the beginning of a story: others' stories may be in the registry, but it has done nothing yet."""
    entries = counter.get("/v1/commands").json()["commands"]
    return Bureau(counter, {entry["key"]: entry["path"] for entry in entries})


@pytest.fixture
def leader(bureau: Bureau, module_database: Urls) -> Iterator[Bureau]:
    """Another account of the same bureau: who decides on what somebody else asked for."""
    authorization = {"Authorization": f"Bearer {a_token(module_database, role='leader', actor='周立新')}"}
    with httpx.Client(base_url=bureau.client.base_url, headers=authorization, timeout=60) as client:
        yield Bureau(client, bureau.paths, bureau.done)
