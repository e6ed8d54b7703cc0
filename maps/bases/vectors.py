"""Vector tiles read: their layers, and in each what is drawn, in whole numbers of the tile's own extent."""

from __future__ import annotations

import struct
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Literal, TypeAlias

from maps.bases.pmtiles import varints

Form: TypeAlias = Literal["?", "point", "line", "area"]
_FORMS: Final[tuple[Form, ...]] = ("?", "point", "line", "area")
_MOVE, _CLOSE = 1, 7
_VARINT, _EIGHT, _SIZED, _FOUR = 0, 1, 2, 5


class TileBroken(Exception):
    """These bytes are no vector tile."""


@dataclass(frozen=True, slots=True)
class Feature:
    """`parts`: points, lines or rings; a ring is not said to return to its beginning."""

    form: Form
    said: Mapping[str, Any]
    parts: Sequence[Sequence[tuple[int, int]]]


@dataclass(slots=True)
class Layer:
    name: str = ""
    extent: int = 4096
    features: list[Feature] = field(default_factory=list)


def layers(tile: bytes, wanted: Collection[str]) -> list[Layer]:
    """The others are not looked into."""
    try:
        return [_layer(value) for number, value in _fields(tile) if number == 3 and _name(value) in wanted]  # noqa: PLR2004 -- as the format numbers it
    except (IndexError, ValueError, TypeError, struct.error) as error:
        raise TileBroken(type(error).__name__) from None


def _fields(content: bytes) -> Iterator[tuple[int, Any]]:
    """Protocol buffers, as far as vector tiles use them."""
    at = 0
    while at < len(content):
        key, at = _varint(content, at)
        kind = key & 7
        if kind == _VARINT:
            value, at = _varint(content, at)
            yield key >> 3, value
            continue
        size = {_EIGHT: 8, _FOUR: 4}.get(kind, 0)
        if kind == _SIZED:
            size, at = _varint(content, at)
        elif not size:
            raise ValueError(kind)
        yield key >> 3, content[at : at + size]
        at += size


def _varint(content: bytes, at: int) -> tuple[int, int]:
    value = shift = 0
    while True:
        byte = content[at]
        value |= (byte & 0x7F) << shift
        at, shift = at + 1, shift + 7
        if byte < 0x80:  # noqa: PLR2004 -- the bit that says that more follows
            return value, at


def _name(layer: bytes) -> str:
    return next((str(value, "utf-8") for number, value in _fields(layer) if number == 1), "")


def _layer(content: bytes) -> Layer:
    found, keys, values, features = Layer(), [], [], []
    for number, value in _fields(content):
        match number:
            case 1:
                found.name = str(value, "utf-8")
            case 2:
                features.append(value)
            case 3:
                keys.append(str(value, "utf-8"))
            case 4:
                values.append(_scalar(*next(_fields(value))))
            case 5:
                found.extent = max(int(value), 1)
            case _:
                pass
    found.features = [_feature(one, keys, values) for one in features]
    return found


def _scalar(number: int, value: Any) -> Any:
    match number:
        case 1:
            return str(value, "utf-8")
        case 2 | 3:
            return struct.unpack("<f" if number == 2 else "<d", value)[0]  # noqa: PLR2004 -- as the format numbers it
        case 6:
            return _signed(value)
        case _:
            return value


def _feature(content: bytes, keys: Sequence[str], values: Sequence[Any]) -> Feature:
    told = dict(_fields(content))
    tags = varints(told.get(2, b""))
    said = {keys[key]: values[value] for key, value in zip(tags[::2], tags[1::2], strict=True)}
    form: Form = _FORMS[told.get(3, 0)]
    return Feature(form, said, _parts(varints(told.get(4, b""))))


def _parts(commands: Sequence[int]) -> list[list[tuple[int, int]]]:
    parts: list[list[tuple[int, int]]] = []
    at = x = y = 0
    while at < len(commands):
        command, many = commands[at] & 7, commands[at] >> 3
        at += 1
        if command == _CLOSE:
            continue
        for _ in range(many):
            x, y = x + _signed(commands[at]), y + _signed(commands[at + 1])
            at += 2
            if command == _MOVE:
                parts.append([])
            parts[-1].append((x, y))
    return parts


def _signed(number: int) -> int:
    return number >> 1 ^ -(number & 1)
