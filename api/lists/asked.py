"""What is asked of a list, put together from its parameters."""

from __future__ import annotations

import inspect
from collections.abc import Awaitable, Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from api.angles.asking import require_units
from api.faults import Fault, pointer
from api.lists.parameters import DEFAULT_ORDER, NARROWING, Parameter, about, of_every_list
from api.refusals import RequestInvalid
from projections.queries.filters import Asks, Filter
from projections.queries.listed import LISTS, Listed
from projections.queries.lists import Order, Wanted


@dataclass(frozen=True, slots=True, kw_only=True)
class ListAsked:
    """What is asked of a list."""

    wanted: Wanted
    fields: tuple[str, ...]
    limit: int | None
    cursor: str | None
    count: bool
    totals: bool


def parameters_of(kind: str) -> Callable[..., Awaitable[ListAsked]]:
    """A dependency whose signature, which FastAPI reads, is what may be asked of this kind."""
    own = [one for column in LISTS[kind].values() for one in about(column)]

    async def asked(**given: Any) -> ListAsked:
        order = order_of(kind, _given(given["sort"], DEFAULT_ORDER[kind]))
        return ListAsked(
            wanted=replace(narrowed(kind, own, given), order=order),
            fields=_columns(kind, _given(given["fields"], ",".join(LISTS[kind])), "fields"),
            limit=given["limit"],
            cursor=given["cursor"],
            count=given["count"] == "true",
            totals=given["totals"] == "true",
        )

    parameters = (*NARROWING, *of_every_list(kind), *own)
    asked.__signature__ = inspect.Signature([one.declared() for one in parameters])  # type: ignore[attr-defined]  # where inspect looks first
    return asked


def filters_of(kind: str) -> Callable[..., Awaitable[Wanted | None]]:
    """A dependency like that of a list, for what shows its things in another way; None where nothing is left out."""
    own = [one for column in LISTS[kind].values() for one in about(column)]

    async def asked(**given: Any) -> Wanted | None:
        wanted = narrowed(kind, own, given)
        return None if wanted == Wanted(kind) else wanted

    asked.__signature__ = inspect.Signature([one.declared() for one in (*NARROWING, *own)])  # type: ignore[attr-defined]  # likewise
    return asked


def narrowed(kind: str, own: Iterable[Parameter], given: dict[str, Any]) -> Wanted:
    return Wanted(
        kind,
        filters=tuple(_filters(kind, own, given)),
        ids=tuple(given["id"] or ()),
        divisions=tuple(given["division"] or ()),
        words=given["q"] or "",
    )


def _given(text: str | None, usual: str) -> str:
    """An empty text is none that was left out: it names a column without a name, and is refused as such."""
    return usual if text is None else text


def _filters(kind: str, parameters: Iterable[Parameter], given: dict[str, Any]) -> Iterator[Filter]:
    for one in parameters:
        value = given[one.name]
        if value is None:
            continue
        match one.test:
            case Asks.ANY:
                is_under = given.get(f"{one.name}__subtree") == "true"
                yield Filter(one.column, Asks.UNDER if is_under else Asks.ANY, _plain(LISTS[kind][one.column], value))
            case Asks.UNDER:
                require_units(given[one.column], one.column)
            case Asks.NONE:
                yield Filter(one.column, Asks.NONE, value == "true")
            case Asks.LEAST | Asks.MOST | Asks.HAS:
                yield Filter(one.column, one.test, value)


def _plain(column: Listed, values: list[Any]) -> list[Any]:
    return [value == "true" for value in values] if column.scalar == "boolean" else values


def order_of(kind: str, text: str) -> tuple[Order, ...]:
    """As `-net_area,number` says it; a column that is named again adds nothing."""
    signs: dict[str, bool] = {}
    for part in text.split(","):
        signs.setdefault(part.removeprefix("-"), part.startswith("-"))
    _columns(kind, ",".join(signs), "sort")
    return tuple(Order(name, descending) for name, descending in signs.items())


def _columns(kind: str, text: str, parameter: str) -> tuple[str, ...]:
    names = tuple(dict.fromkeys(text.split(",")))
    unknown = [name for name in names if name not in LISTS[kind]]
    if unknown:
        raise RequestInvalid([_unknown(kind, parameter, unknown)])
    return names


def _unknown(kind: str, parameter: str, names: Sequence[str]) -> Fault:
    said, there = ", ".join(names), ", ".join(LISTS[kind])
    return Fault(
        code="column-unknown",
        field=pointer(["query", parameter]),
        zh=f"没有“{said}”这一列。可用的列：{there}。",
        en=f"There is no column “{said}”. There are: {there}.",
    )
