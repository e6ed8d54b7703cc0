"""Arrays for the append function, in PostgreSQL's binary form.

psycopg can send lists by itself, but looks at every item to find a type, which costs more than the rest of an append. The
types are known here, so the bytes are put together directly.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from psycopg import Connection
from psycopg.adapt import Dumper
from psycopg.pq import Format

_HEADER = struct.Struct("!iiIii")
_LENGTH = struct.Struct("!i")
_INT = struct.Struct("!ii")

BYTEA, INT4, TEXT, UUID_ = 17, 23, 25, 2950


@dataclass(frozen=True, slots=True)
class _Array:
    """A one-dimensional array without nulls, ready to send."""

    data: bytes


class ByteaArray(_Array):
    __slots__ = ()


class TextArray(_Array):
    __slots__ = ()


class UuidArray(_Array):
    __slots__ = ()


class IntArray(_Array):
    __slots__ = ()


def bytea_array(items: Sequence[bytes]) -> ByteaArray:
    return ByteaArray(_joined(BYTEA, items))


def text_array(items: Sequence[str]) -> TextArray:
    return TextArray(_joined(TEXT, [item.encode() for item in items]))


def uuid_array(items: Sequence[UUID]) -> UuidArray:
    return UuidArray(_joined(UUID_, [item.bytes for item in items]))


def int_array(items: Sequence[int]) -> IntArray:
    return IntArray(_header(INT4, len(items)) + b"".join(_INT.pack(4, item) for item in items))


def register(connection: Connection[tuple[object, ...]]) -> None:
    """Teaches a connection to send these."""
    for dumper in (_ByteaArrayDumper, _TextArrayDumper, _UuidArrayDumper, _IntArrayDumper):
        connection.adapters.register_dumper(dumper.sends, dumper)


def _joined(oid: int, items: Sequence[bytes]) -> bytes:
    return _header(oid, len(items)) + b"".join(_LENGTH.pack(len(item)) + item for item in items)


def _header(oid: int, length: int) -> bytes:
    return _HEADER.pack(1, 0, oid, length, 1)


class _ArrayDumper(Dumper):
    format = Format.BINARY
    sends: type[_Array]

    def dump(self, obj: _Array) -> bytes:
        return obj.data


class _ByteaArrayDumper(_ArrayDumper):
    sends, oid = ByteaArray, 1001


class _TextArrayDumper(_ArrayDumper):
    sends, oid = TextArray, 1009


class _UuidArrayDumper(_ArrayDumper):
    sends, oid = UuidArray, 2951


class _IntArrayDumper(_ArrayDumper):
    sends, oid = IntArray, 1007
