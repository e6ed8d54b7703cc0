"""Boundaries as they are kept: a whole collection at a time, which only the owner of the database brings or takes away."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeAlias

import psycopg
import shapely
from psycopg.rows import TupleRow

Connection: TypeAlias = psycopg.Connection[TupleRow]


def replace(
    connection: Connection,
    collection: str,
    shapes: Iterable[tuple[str, shapely.Geometry]],
    *,
    system: str,
    source: str,
    is_invented: bool = False,
) -> int:
    """In the place of what the collection held before; how many there are now."""
    remove(connection, collection)
    rows = [
        (
            collection,
            name,
            system,
            source,
            is_invented,
            shapely.to_wkb(shapely.set_srid(shape, 4490), hex=True, include_srid=True),
        )
        for name, shape in shapes
    ]
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO ground.boundaries (collection, name, system, source, is_invented, shape)"
            " VALUES (%s, %s, %s, %s, %s, %s::public.geometry)",
            rows,
        )
    return len(rows)


def remove(connection: Connection, collection: str) -> int:
    return connection.execute("DELETE FROM ground.boundaries WHERE collection = %s", [collection]).rowcount


def are_there(connection: Connection) -> bool:
    return connection.execute("SELECT 1 FROM ground.boundaries LIMIT 1").fetchone() is not None
