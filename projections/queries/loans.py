"""What is lent out at a moment: by whom borrowed, since when, due when, and how long overdue."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from psycopg.rows import DictRow

from projections.queries.question import Question
from projections.queries.view import View


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """Which loans: those of some borrowers (with all units below them), owners or warehouses; those overdue, or all."""

    borrowers: Sequence[UUID] = ()
    subtree: bool = False
    owners: Sequence[UUID] = ()
    warehouses: Sequence[UUID] = ()
    due_from: date | None = None
    due_until: date | None = None
    """Of this day, too."""
    overdue: bool = False

    @property
    def parameters(self) -> dict[str, Any]:
        return {
            "borrowers": list(self.borrowers),
            "owners": list(self.owners),
            "warehouses": list(self.warehouses),
            "due_from": self.due_from,
            "due_until": self.due_until,
        }

    @property
    def conditions(self) -> str:
        borrower = "borrower IN (SELECT unit FROM below)" if self.subtree else "borrower = ANY(%(borrowers)s)"
        wanted = (
            (self.borrowers, borrower),
            (self.owners, "owner = ANY(%(owners)s)"),
            (self.warehouses, "warehouse = ANY(%(warehouses)s)"),
            (self.due_from, "due >= %(due_from)s::date"),
            (self.due_until, "due <= %(due_until)s::date"),
            (self.overdue, _OVERDUE),
        )
        return " AND ".join(["true", *(condition for given, condition in wanted if given)])


_TODAY = "(%(at)s::timestamptz AT TIME ZONE 'Asia/Shanghai')::date"
_OVERDUE = f"due < {_TODAY}"


def loans(view: View, chosen: Chosen, after: tuple[date | None, UUID] | None, limit: int | None) -> Question:
    """Those due first come first, those due on no day last; `after`: due day and id of the last one seen."""
    beyond, parameters = "", {}
    if after is not None:
        beyond = "AND (coalesce(due, 'infinity'), l.asset) > (coalesce(%(due)s::date, 'infinity'), %(asset)s::uuid)"
        parameters = {"due": after[0], "asset": after[1]}
    return Question(
        view,
        f"""{_with(view)}
        SELECT l.asset, l.asset_number, l.name, l.model, l.asset_class, l.grade, l.value, l.owner, l.borrower, l.custodian,
               l.warehouse, l.location, l.due, since.begins AS lent_since, CASE WHEN {_OVERDUE} THEN due + 1 END AS overdue_since,
               greatest({_TODAY} - due, 0) AS days_overdue
          FROM {view.of("loans", "l")}
          LEFT JOIN LATERAL (
               SELECT t.begins FROM {view.of("timelines", "t", "items")}
                WHERE t.asset = l.asset AND t.facet = 'item_status' AND {view.held("t")}) AS since ON true
         WHERE {view.held("l")} AND {chosen.conditions} {beyond}
         ORDER BY coalesce(due, 'infinity'), l.asset LIMIT %(limit)s""",  # noqa: S608 -- texts of the code
        {**chosen.parameters, **parameters, "limit": limit},
    )


def borrowers(view: View, chosen: Chosen) -> list[DictRow]:
    """What each unit has borrowed, those with most overdue first."""
    return view.rows(
        f"""{_with(view)}
        SELECT borrower, {_FIGURES} FROM {view.of("loans", "l")} WHERE {view.held("l")} AND {chosen.conditions}
         GROUP BY borrower ORDER BY overdue DESC, items DESC, borrower""",  # noqa: S608 -- texts of the code
        chosen.parameters,
    )


def totals(view: View, chosen: Chosen) -> DictRow:
    found = view.one(
        f"{_with(view)} SELECT {_FIGURES} FROM {view.of('loans', 'l')} WHERE {view.held('l')} AND {chosen.conditions}",  # noqa: S608 -- texts of the code
        chosen.parameters,
    )
    return found or {}


_FIGURES = (
    f"count(*) AS items, coalesce(sum(value), 0) AS value, count(*) FILTER (WHERE {_OVERDUE}) AS overdue,"
    f" min(due) FILTER (WHERE {_OVERDUE}) AS earliest_due"
)


def _with(view: View) -> str:
    return f"""
        WITH RECURSIVE standing AS (SELECT asset, parent FROM {view.of("units")} WHERE {view.held()}),
        below (unit) AS (
            SELECT unnest(%(borrowers)s::uuid[])
             UNION SELECT asset FROM below JOIN standing ON parent = unit)"""  # noqa: S608 -- the axes, as SQL of ours
