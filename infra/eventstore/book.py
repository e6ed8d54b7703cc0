"""The log's book, read: who has which unique value, who holds what, who has ended, and whose key is destroyed."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from domain.demands import Held
from domain.kernel.aggregate import Claim
from infra.database import Pool

_HOLDERS = "SELECT c.scope, c.value, c.holder FROM unnest(%s::text[], %s::text[]) n(scope, value) JOIN log.claims c USING (scope, value)"
_HELD = "SELECT holder, held, nullif(until, 'infinity') FROM log.holdings WHERE holder = ANY(%s::uuid[])"
_ENDINGS = "SELECT holder, nullif(moment, 'infinity') FROM log.endings WHERE holder = ANY(%s::uuid[])"
_ERASED = "SELECT subject FROM vault.person_keys WHERE subject = ANY(%s::uuid[]) AND key IS NULL"


class LogBook:
    """`domain.demands.Book` over the tables that `log.append` keeps. Says how things are, and holds nothing back meanwhile."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    def holders_of(self, claims: Collection[Claim]) -> Mapping[Claim, UUID]:
        rows = self._rows(_HOLDERS, [scope for scope, _ in claims], [value for _, value in claims])
        return {(scope, value): holder for scope, value, holder in rows}

    def held_by(self, holders: Collection[UUID]) -> Held:
        return {(holder, held): until for holder, held, until in self._rows(_HELD, list(holders))}

    def endings_of(self, holders: Collection[UUID]) -> Mapping[UUID, datetime | None]:
        return dict(self._rows(_ENDINGS, list(holders)))

    def erased(self, people: Collection[UUID]) -> Collection[UUID]:
        return [subject for (subject,) in self._rows(_ERASED, list(people))]

    def _rows(self, statement: str, *parameters: Any) -> list[Any]:
        with self._pool.connection() as connection:
            return connection.execute(statement.encode(), parameters).fetchall()
