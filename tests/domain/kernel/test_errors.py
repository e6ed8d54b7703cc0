"""What a refusal says of moments: the day that the user meant, not the day it was in Greenwich."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from domain.kernel.errors import Refusal


class Told(Refusal):
    code = "told"
    zh = "{at}"
    en = "{at}"


@pytest.mark.parametrize(
    ("at", "shown"),
    [
        ("2024-09-30T16:00:00+00:00", "2024-10-01 00:00"),
        (datetime(2024, 9, 30, 16, 0, 5, 7, tzinfo=UTC), "2024-10-01 00:00:05"),
        (["2024-09-30T16:00:00+00:00", "305室"], "2024-10-01 00:00, 305室"),
        ("2024-09-30", "2024-09-30"),
        ("2024-99-30T16:00:00+00:00", "2024-99-30T16:00:00+00:00"),
        ("9999-12-31T23:00:00+00:00", "9999-12-31T23:00:00+00:00"),
    ],
)
def test_moments_are_told_in_the_time_of_beijing(at: object, shown: str) -> None:
    refusal = Told(at=at)
    assert (refusal.message_zh, refusal.message_en, refusal.data) == (shown, shown, {"at": at})
