"""The days on which positions are kept: made before they come, and gone when they have been kept long enough."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Final

from infra.database import Pool
from infra.positions import keeping
from infra.settings import Settings

SECONDS: Final = 600.0
"""How often they are looked after."""


def keep_days(pool: Pool, settings: Settings) -> int:
    """0: there is nothing more to do until the next time."""
    now = datetime.now(UTC)
    with pool.connection() as connection:
        keeping.make_days(connection, keeping.days_ahead(now))
    if settings.positions_days is not None:
        with pool.connection() as connection:
            keeping.forget(connection, keeping.day_of(now) - timedelta(days=settings.positions_days))
    return 0
