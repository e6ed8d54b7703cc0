"""What stands in a query where a table's name would: the table, or the part of it that is in sight."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from domain.access.policy import KINDS
from domain.access.principal import Sight
from projections import models
from projections.guards import ADDED_UP, FACETS_OF_PLACE, WHERE_IT_IS
from projections.jurisdiction import DIRECTORY, TIES
from projections.places import SHOWN
from projections.statistics import SHARED

MASKED: Final = ("已遮蔽", "masked")
MASKED_WORDS: Final = " ".join(MASKED)
"""What is shown in the place of where a secret-work vehicle is or goes."""

_KINDS_IN: Final[dict[str, Sequence[str]]] = {
    **{kind: (kind,) for kind in TIES},
    "map": tuple(SHOWN),
    "cells": tuple(SHOWN),
    ADDED_UP: tuple(SHOWN),
    "trips": ("journeys",),
    "loans": ("items",),
    "shares": tuple(SHARED),
}
"""By table or view: the kinds of things in it, where it has not some of every kind."""

_MASKED: Final = {"vehicles": "parking_name", "journeys": "destination", "upkeep": "note"}
"""The columns that tell of places, by table."""

_TELLS_OF_PLACE: Final = {"upkeep": "s.entry = 'accident'"}
"""Where not every value of the column does."""


def seen(schema: str, sight: Sight, table: str, alias: str, kinds: Sequence[str]) -> str:
    name = f"{schema}.{table}"
    conditions = [*_mine(schema, sight, table, kinds or _KINDS_IN.get(table, ())), *_shown(schema, sight, table)]
    columns = _columns(schema, sight, table)
    if not conditions and columns == "s.*":
        return f"{name} {alias or table}"
    where = f" WHERE {' AND '.join(conditions)}" if conditions else ""
    return f"(SELECT {columns} FROM {name} s{where}) {alias or table}"  # noqa: S608 -- names of the code


def wholly(sight: Sight, kind: str) -> bool:
    """Whether all of a kind may be counted without a look at each."""
    return sight.of(kind).everything and (kind != "vehicles" or sight.masked.everything)


def called(schema: str, sight: Sight, kind: str, alias: str) -> str:
    if kind in DIRECTORY and not sight.of(kind).everything:
        return f"{schema}.directory_{kind} {alias}"
    return seen(schema, sight, kind, alias, ())


def _mine(schema: str, sight: Sight, table: str, kinds: Sequence[str]) -> list[str]:
    """No condition, or one: that the thing is in sight. Kinds of which nothing is in sight need no looking into."""
    if table == ADDED_UP:
        whole = [kind for kind in kinds if wholly(sight, kind)]
        return [] if len(whole) == len(kinds) else [f"s.kind = ANY ('{{{','.join(whole)}}}')"]
    if all(sight.of(kind).everything for kind in kinds or KINDS):
        return []
    some = [f"SELECT unnest({schema}.seen_{kind}())" for kind in kinds or sorted(KINDS) if sight.of(kind)]
    return [f"s.asset IN ({' UNION ALL '.join(some)})" if some else "false"]


def _shown(schema: str, sight: Sight, table: str) -> list[str]:
    if sight.masked.everything:
        return []
    hidden = _hidden(schema)
    if table in WHERE_IT_IS:
        return [f"(s.kind <> 'vehicles' OR NOT {hidden})"]
    return [f"(s.facet <> ALL ('{{{','.join(FACETS_OF_PLACE)}}}') OR NOT {hidden})"] if table == "timelines" else []


def _columns(schema: str, sight: Sight, table: str) -> str:
    masked = _MASKED.get(table)
    if masked is None or sight.masked.everything:
        return "s.*"
    own = [f"s.{column.name}" for column in models.table(table).columns if column.name != masked]
    tells = _TELLS_OF_PLACE.get(table, f"s.{masked} IS NOT NULL")
    said = f"CASE WHEN {tells} AND {_hidden(schema)} THEN '{MASKED_WORDS}' ELSE s.{masked} END AS {masked}"
    return ", ".join([*own, said])


def _hidden(schema: str) -> str:
    return f"s.asset IN (SELECT unnest({schema}.hidden()))"
