"""The demonstration's boundaries, where there are none: invented, and said to be."""

from __future__ import annotations

import psycopg

from infra import boundaries
from infra.settings import Settings
from maps.bases import invented


def invent(settings: Settings) -> None:
    with psycopg.connect(settings.owner_url) as connection:
        if not boundaries.are_there(connection):
            shapes = invented.boundaries()
            boundaries.replace(
                connection, invented.COLLECTION, shapes, system="EPSG:4490", source="–", is_invented=True
            )
