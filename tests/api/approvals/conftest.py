"""The counties in which proposals are decided, once a module."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.api.approvals.approving import Approving, approving
from tests.api.conftest import Office


@pytest.fixture(scope="module")
def place(office: Office) -> Iterator[Approving]:
    with approving(office) as made:
        yield made
