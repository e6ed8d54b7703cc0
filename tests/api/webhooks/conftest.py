"""Two counties, receivers that webhooks may be sent to, and somebody who answers for service accounts."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from infra.cluster import Urls
from tests.api.conftest import settings_for
from tests.api.notices.desk import Desk, a_desk
from tests.api.webhooks.holding import Holder, a_holder
from tests.api.webhooks.receiving import Receiver, receiving

MANY = 3


@pytest.fixture(scope="module")
def all_receivers() -> Iterator[list[Receiver]]:
    with ExitStack() as stack:
        yield [stack.enter_context(receiving()) for _ in range(MANY)]


@pytest.fixture
def receivers(all_receivers: list[Receiver]) -> list[Receiver]:
    for one in all_receivers:
        one.begin_anew()
    return all_receivers


@pytest.fixture
def receiver(receivers: list[Receiver]) -> Receiver:
    return receivers[0]


@pytest.fixture(scope="module")
def desk(
    module_database: Urls, tmp_path_factory: pytest.TempPathFactory, all_receivers: list[Receiver]
) -> Iterator[Desk]:
    settings = settings_for(module_database, tmp_path_factory.mktemp("var"))
    allowed = settings.model_copy(update={"webhook_origins": tuple(one.origin for one in all_receivers)})
    with a_desk(module_database, allowed) as made:
        yield made


@pytest.fixture(scope="module")
def holder(desk: Desk) -> Iterator[Holder]:
    with a_holder(desk) as made:
        yield made
