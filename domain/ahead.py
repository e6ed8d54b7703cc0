"""A shelf that has read all that a batch names at once, instead of thing by thing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any
from uuid import UUID

from domain.kernel.aggregate import Aggregate
from domain.work import Call, Shelf


class Ahead:
    """`streams`: what is stored of each thing named, nothing where there is none. What was not named is asked of the shelf."""

    def __init__(
        self,
        shelf: Shelf,
        streams: Mapping[UUID, Sequence[Any]],
        fold: Callable[[type[Aggregate], UUID, Sequence[Any]], Aggregate],
    ) -> None:
        self._shelf, self._streams, self._fold = shelf, streams, fold

    def open(self, cls: type[Aggregate], id: UUID, version: int | None = None) -> Aggregate:
        if version is None and id in self._streams:
            return self._fold(cls, id, self._streams[id])
        return self._shelf.open(cls, id, version)

    def version_at(self, position: int, id: UUID) -> int:
        return self._shelf.version_at(position, id)

    def is_known(self, id: UUID) -> bool:
        return bool(self._streams[id]) if id in self._streams else self._shelf.is_known(id)


def named_by(calls: Iterable[Call]) -> Iterator[UUID]:
    """The things that calls name: their own, and those among their arguments."""
    for call in calls:
        for given in (call.id, *call.arguments.values()):
            yield from (one for one in (given if isinstance(given, tuple) else (given,)) if isinstance(one, UUID))
