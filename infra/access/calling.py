"""One call of a function that the database keeps."""

from __future__ import annotations

from typing import Any, LiteralString

import psycopg
from psycopg.rows import TupleRow

from infra.access.refusals import told

Connection = psycopg.Connection[TupleRow]


def call(connection: Connection, function: LiteralString, *arguments: object) -> Any:
    """What the function returns. It, and its record, are there when the caller's transaction is committed."""
    marks = ", ".join(["%s"] * len(arguments))
    with told():
        row = connection.execute(f"SELECT access.{function}({marks})", arguments).fetchone()
    return None if row is None else row[0]
