"""Rows into a generation: by COPY into one that is being filled, by key into one that follows the log."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import TypeAlias

import msgspec
import psycopg
from psycopg import sql
from psycopg.rows import TupleRow

from projections import assets, models
from projections.stream import Row, Rows
from projections.tables import ASSET, AXES, Table
from projections.values import INFINITY

Connection: TypeAlias = psycopg.Connection[TupleRow]

_encoder = msgspec.json.Encoder(enc_hook=str, decimal_format="string")
_ENDS, _UNTIL = ((ASSET, *AXES).index(column) for column in AXES if column.name in {"ends", "until"})
_COPY = sql.SQL("COPY {} ({}) FROM STDIN (FORMAT csv, ESCAPE E'\\\\', NULL 'null')")


def together(several: Iterable[Rows]) -> Rows:
    """The rows of several streams."""
    found: Rows = defaultdict(list)
    for rows in several:
        for name, values in rows.items():
            found[name] += values
    return found


def present_last(rows: Rows) -> Rows:
    """The same rows, those of things as they are now side by side: a list then finds them on a tenth of the pages."""
    for table in assets.MODEL.tables:
        rows.get(table.name, []).sort(key=_holds_now)
    return rows


def _holds_now(row: Row) -> bool:
    return row[_ENDS] == INFINITY and row[_UNTIL] is None


def lines(rows: Sequence[Row]) -> memoryview:
    """A JSON array is a line of CSV, if a backslash escapes a quote. Each begins on the bracket that ended the one before."""
    text, end, encode = bytearray(), 0, _encoder.encode_into
    for row in rows:
        encode(row, text, end)
        text[end] = _LINE_END
        end = len(text) - 1
    return memoryview(_ESCAPE.sub(_written_out, text) if _JSON_ONLY.search(text) else text)[1:-1]


_LINE_END = ord("\n")

# CSV knows two of JSON's escapes, the quote and the backslash; the others are written out.
_JSON_ONLY = re.compile(rb"\\[ntrbfu]")
_ESCAPE = re.compile(rb"\\(?:u([0-9a-f]{4})|.)")
_MEANT = {b"\\n": b"\n", b"\\t": b"\t", b"\\r": b"\r", b"\\b": b"\b", b"\\f": b"\f"}


def _written_out(escape: re.Match[bytes]) -> bytes:
    return chr(int(escape[1], 16)).encode() if escape[1] else _MEANT.get(escape[0], escape[0])


def copy_in(connection: Connection, schema: str, rows: Mapping[str, Sequence[Row]]) -> None:
    """Writes new rows; none with the same key is there."""
    for name, values in rows.items():
        if values:
            with connection.cursor().copy(_statement(_COPY, schema, models.table(name))) as copy:
                copy.write(lines(values))


def _statement(form: sql.SQL, schema: str, table: Table) -> sql.Composed:
    columns = sql.SQL(", ").join(sql.Identifier(column.name) for column in table.columns)
    return form.format(sql.Identifier(schema, table.name), columns)
