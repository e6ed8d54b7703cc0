"""The endurance test of the views in small."""

from __future__ import annotations

import random

import pytest

from tests.endurance.views import endure


@pytest.mark.slow
def test_the_live_view_is_what_the_log_says_however_often_its_keeper_was_killed() -> None:
    deaths, verdict = endure(6, random.Random(1))  # noqa: S311 -- no secret hangs on it
    assert deaths
    assert verdict.is_same
    assert verdict.parked == []
    assert verdict.position > 20
