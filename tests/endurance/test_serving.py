"""The long run, for a few seconds: what the API acknowledged before everything was killed is there afterwards, once."""

from __future__ import annotations

import random

import pytest

from tests.endurance.serving import endure


@pytest.mark.slow
@pytest.mark.database
def test_what_the_api_acknowledged_survives_kill_9_of_everything() -> None:
    deaths, written, faults = endure(4, random.Random(7))  # noqa: S311 -- no secret hangs on it
    assert faults == []
    assert deaths
    assert written
