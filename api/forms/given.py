"""What is filled in so far, for formulas: each value if it is there and can be read, and each thing if the caller sees it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any, TypeVar
from uuid import UUID

from pydantic_core import PydanticCustomError

from api.composition import Services
from api.moments import moment
from api.sighted import shown
from domain.access.principal import Principal
from domain.kernel.aggregate import Aggregate
from domain.kernel.errors import NotFound
from domain.kernel.facts import Facet
from projections.queries.view import Asked

A = TypeVar("A", bound=Aggregate)
T = TypeVar("T", bound=StrEnum)


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """Of one form. Nothing in it can be trusted to be as the command will want it."""

    services: Services
    caller: Principal
    id: UUID | None
    arguments: Mapping[str, Any]
    effective: str | None

    @property
    def moment(self) -> datetime:
        """When it is to take effect."""
        return _moment(self.effective) or datetime.now(UTC)

    def text(self, path: str) -> str | None:
        found: Any = self.arguments
        for name in path.split("."):
            found = found.get(name) if isinstance(found, Mapping) else None
        return found if isinstance(found, str) and found else None

    def number(self, path: str) -> Decimal | None:
        found: Any = self.arguments
        for name in path.split("."):
            found = found.get(name) if isinstance(found, Mapping) else None
        if isinstance(found, bool) or not isinstance(found, str | int):
            return None
        try:
            value = Decimal(found)
        except InvalidOperation:
            return None
        return value if value.is_finite() and abs(value) < Decimal(10) ** 15 else None

    def term(self, path: str, terms: type[T]) -> T | None:
        text = self.text(path)
        return next((one for one in terms if one.value == text), None)

    def day(self, path: str) -> date | None:
        try:
            return date.fromisoformat((self.text(path) or "")[:10])
        except ValueError:
            return None

    def subject(self, cls: type[A]) -> A | None:
        """What the command is about."""
        return self._open(cls, self.id)

    def thing(self, path: str, cls: type[A]) -> A | None:
        return self.named(self.text(path), cls)

    def named(self, id: object, cls: type[A]) -> A | None:
        try:
            return self._open(cls, UUID(str(id)))
        except ValueError:
            return None

    def now(self, aggregate: Aggregate | None, facet: Facet[Any]) -> Any:
        return None if aggregate is None else aggregate.at(facet, self.moment)

    def _open(self, cls: type[A], id: UUID | None) -> A | None:
        """Only what this caller is shown."""
        if id is None or not self.caller.may_read(cls.kind):
            return None
        try:
            shown(self.services, Asked(sight=self.caller.sight), cls, id)
            found = self.services.registry.open(cls, id)
        except NotFound:
            return None
        return found if isinstance(found, cls) else None


def _moment(text: str | None) -> datetime | None:
    try:
        return None if text is None else moment(text)
    except PydanticCustomError:
        return None
