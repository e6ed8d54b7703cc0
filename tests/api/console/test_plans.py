"""Plans as pages: what a form has of what was said."""

from __future__ import annotations

import pytest

from api.console.plans.pages import _typed


@pytest.mark.parametrize("said", ["2026-03-01", "2026-03-01T00:00:00+08:00", "2026-02-28T16:00:00Z"])
def test_the_day_of_a_plan_is_the_day_in_beijing_however_it_was_sent(said: str) -> None:
    plan = {"title": "搬迁", "note": "", "mandate": {"reason": "腾退", "effective": said}}
    assert _typed(plan)["effective"] == "2026-03-01"
