"""A reader of vector tiles: protocol buffers, as far as vector tiles use them. What stands in each layer, without its geometry."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any


def fields(data: bytes) -> Iterator[tuple[int, Any]]:
    at = 0
    while at < len(data):
        key, at = varint(data, at)
        number, wire = key >> 3, key & 7
        if wire == 0:
            value, at = varint(data, at)
            yield number, value
        else:
            size, at = varint(data, at) if wire == 2 else ({1: 8, 5: 4}[wire], at)
            yield number, data[at : at + size]
            at += size


def varint(data: bytes, at: int) -> tuple[int, int]:
    value = shift = 0
    while True:
        value |= (data[at] & 0x7F) << shift
        at, shift = at + 1, shift + 7
        if data[at - 1] < 0x80:
            return value, at


@dataclass
class Layer:
    name: str = ""
    keys: list[str] = field(default_factory=list)
    values: list[Any] = field(default_factory=list)
    tags: list[list[int]] = field(default_factory=list)

    def features(self) -> list[dict[str, Any]]:
        return [
            {self.keys[key]: self.values[value] for key, value in zip(tags[::2], tags[1::2], strict=True)}
            for tags in self.tags
        ]


def layers(tile: bytes) -> dict[str, list[dict[str, Any]]]:
    found = {}
    for _, data in fields(tile):
        layer = Layer()
        for number, value in fields(data):
            match number:
                case 1:
                    layer.name = value.decode()
                case 2:
                    layer.tags.append(numbers(dict(fields(value)).get(2, b"")))
                case 3:
                    layer.keys.append(value.decode())
                case 4:
                    layer.values.append(scalar(*next(fields(value))))
                case _:
                    pass
        found[layer.name] = layer.features()
    return found


def scalar(number: int, value: Any) -> Any:
    return value.decode() if number == 1 else value


def numbers(packed: bytes) -> list[int]:
    found, at = [], 0
    while at < len(packed):
        value, at = varint(packed, at)
        found.append(value)
    return found
