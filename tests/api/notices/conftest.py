"""Two counties, people in each, and a notifier that takes a step when a test says so."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from infra.cluster import Urls
from tests.api.conftest import settings_for
from tests.api.notices.desk import Desk, a_desk


@pytest.fixture(scope="module")
def desk(module_database: Urls, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with a_desk(module_database, settings_for(module_database, tmp_path_factory.mktemp("var"))) as made:
        yield made
