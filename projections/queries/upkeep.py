"""What vehicles cost and did: the entries of one, and the summary of many by vehicle, unit, driver, purpose or time.

A cost counts to the unit that used the vehicle then. Only what a journey itself told (tolls, parking) is known to belong to its
driver, purpose and traveller; other costs have none of these.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from psycopg.rows import DictRow

from projections.queries.question import Question
from projections.queries.view import View

ZONE = "Asia/Shanghai"

DIMENSIONS: Final[dict[str, tuple[str, str, str]]] = {
    "vehicle": ("vehicle", "车辆", "Vehicle"),
    "unit": ("unit", "使用单位", "Using unit"),
    "traveller": ("traveller", "用车单位", "Unit that travels"),
    "driver": ("driver", "驾驶员", "Driver"),
    "purpose": ("purpose", "用途", "Purpose"),
    "year": ("to_char(happened AT TIME ZONE '" + ZONE + "', 'YYYY')", "年度", "Year"),
    "month": ("to_char(happened AT TIME ZONE '" + ZONE + "', 'YYYY-MM')", "月份", "Month"),
}
"""Name: SQL over the rows below, and the words for it."""

_COSTS = {
    "fuel": "entry IN ('fuel', 'charging')",
    "repairs": "entry = 'repair' OR entry LIKE 'service:%%'",
    "insurance": "entry = 'insurance'",
    "tolls_and_other": "entry IN ('toll', 'parking', 'washing', 'tax', 'rent', 'inspection', 'other')",
    "accident_losses": "entry = 'accident'",
    "disposal_income": "entry = 'disposal-income'",
}
_RUNNING = ("fuel", "repairs", "insurance", "tolls_and_other")
"""What a vehicle costs to run; a loss is no payment, and an income none either."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """From a moment until another, not included; None: from the beginning, until the moment of the view."""

    since: datetime | None = None
    until: datetime | None = None

    def sql(self, moment: str) -> str:
        return (
            f"(%(period_since)s::timestamptz IS NULL OR {moment} >= %(period_since)s)"
            f" AND {moment} < coalesce(%(period_until)s::timestamptz, %(at)s::timestamptz + interval '1 microsecond')"
        )

    @property
    def parameters(self) -> dict[str, Any]:
        return {"period_since": self.since, "period_until": self.until}


def entries(
    view: View, vehicle: UUID, period: Period, after: tuple[datetime, int, int] | None, limit: int | None
) -> Question:
    """The entries of one thing, oldest first; `after`: when, position and line of the last one seen."""
    beyond = "AND (happened, position, line) > (%(when)s, %(position)s, %(line)s)" if after else ""
    parameters = dict(zip(("when", "position", "line"), after, strict=True)) if after else {}
    return Question(
        view,
        f"SELECT position, line, stream, happened, entry, amount, quantity, odometer, note FROM {view.of('upkeep')}"  # noqa: S608 -- texts of the code
        f" WHERE asset = %(asset)s AND {view.known_sql()} AND {period.sql('happened')} {beyond}"
        " ORDER BY happened, position, line LIMIT %(limit)s",
        {"asset": vehicle, "limit": limit, **period.parameters, **parameters},
    )


def kinds(view: View, vehicle: UUID, period: Period) -> list[DictRow]:
    """What each kind of entry of one thing comes to."""
    return view.rows(
        f"SELECT entry, count(*) AS entries, sum(amount) AS amount, sum(quantity) AS quantity FROM {view.of('upkeep')}"  # noqa: S608 -- texts of the code
        f" WHERE asset = %(asset)s AND {view.known_sql()} AND {period.sql('happened')} GROUP BY entry ORDER BY entry",
        {"asset": vehicle, **period.parameters},
    )


def readings(view: View, vehicle: UUID, period: Period) -> DictRow | None:
    """The least and the greatest reading of a vehicle's odometer in a period, at the pump, the garage and the gate."""
    return view.one(
        f"""SELECT min(reading) AS first, max(reading) AS last FROM (
              SELECT odometer AS reading FROM {view.of("upkeep", "", "vehicles")}
               WHERE asset = %(asset)s AND {view.known_sql()} AND {period.sql("happened")}
               UNION ALL
              SELECT unnest(ARRAY[departed_at, returned_at]) FROM {view.of("trips", "t")}
               WHERE vehicle = %(asset)s AND {view.held("t")} AND {period.sql(_LEFT.format(trips=view.of("trips", "x"), known=view.known_sql("x")))}
            ) AS readings""",  # noqa: S608 -- texts of the code
        {"asset": vehicle, **period.parameters},
    )


_LEFT = "(SELECT min(x.begins) FROM {trips} WHERE x.asset = t.asset AND {known})"


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """Which vehicles: some, those of some units (with all below them if `subtree`), or all."""

    vehicles: Sequence[UUID] = ()
    units: Sequence[UUID] = ()
    subtree: bool = False

    @property
    def conditions(self) -> str:
        of_units = "unit IN (SELECT unit FROM below)" if self.subtree else "unit = ANY(%(units)s)"
        chosen = ["vehicle = ANY(%(vehicles)s)"] if self.vehicles else []
        return " AND ".join(["true", *chosen, *([of_units] if self.units else [])])

    @property
    def parameters(self) -> dict[str, Any]:
        return {"vehicles": list(self.vehicles), "units": list(self.units)}


def summary(view: View, by: Sequence[str], chosen: Chosen, period: Period) -> Question:
    """Trips, kilometres and costs of each group; with no dimension, the one row of all."""
    groups = [f"{DIMENSIONS[name][0]} AS {name}" for name in by]
    numbers = ", ".join(str(number) for number, _ in enumerate(by, 1))
    costs = [f"coalesce(sum(amount) FILTER (WHERE {where}), 0) AS {name}" for name, where in _COSTS.items()]
    running = " OR ".join(_COSTS[name] for name in _RUNNING)
    columns = [
        *groups,
        "count(*) FILTER (WHERE entry = 'trip') AS trips",
        "coalesce(sum(distance), 0)::bigint AS distance",
        "coalesce(sum(quantity) FILTER (WHERE entry = 'fuel'), 0) AS litres",
        "coalesce(sum(quantity) FILTER (WHERE entry = 'charging'), 0) AS kilowatt_hours",
        *costs,
        f"coalesce(sum(amount) FILTER (WHERE {running}), 0) AS total",
    ]
    grouped = f"GROUP BY {numbers} ORDER BY {numbers}" if by else ""
    return Question(
        view,
        f"{_rows(view)} SELECT {', '.join(columns)} FROM happenings WHERE {period.sql('happened')}"  # noqa: S608 -- texts of the code
        f" AND {chosen.conditions} {grouped}",
        {**period.parameters, **chosen.parameters},
    )


def _rows(view: View) -> str:
    """Trips and costs in one form. Who used a vehicle when: its versions joined where the unit is the same, a few for each."""
    ends = "ends" if view.known is None else "CASE WHEN cut > %(known)s::bigint THEN ended ELSE ends END"
    return f"""
        WITH RECURSIVE standing AS (SELECT asset, parent FROM {view.of("units")} WHERE {view.held()}),
        below (unit) AS (
            SELECT unnest(%(units)s::uuid[])
             UNION SELECT asset FROM below JOIN standing ON parent = unit),
        told AS (
            SELECT asset, using_unit, begins, {ends} AS ends,
                   using_unit IS DISTINCT FROM lag(using_unit) OVER of_one AS other
              FROM {view.of("vehicles")} WHERE {view.known_sql()} WINDOW of_one AS (PARTITION BY asset ORDER BY begins)),
        run AS (SELECT *, count(*) FILTER (WHERE other) OVER (PARTITION BY asset ORDER BY begins) AS number FROM told),
        used AS (
            SELECT asset, using_unit, min(begins) AS begins, max(ends) AS ends FROM run GROUP BY asset, using_unit, number),
        leaving AS (SELECT asset, min(begins) AS left_at FROM {view.of("trips", "x")} WHERE {view.known_sql("x")} GROUP BY asset),
        happened AS (
            SELECT t.vehicle, t.unit AS traveller, t.driver, t.purpose, l.left_at AS happened, 'trip' AS entry,
                   t.distance, NULL::numeric AS amount, NULL::numeric AS quantity
              FROM {view.of("trips", "t")} JOIN leaving AS l USING (asset) WHERE {view.held("t")}
             UNION ALL
            SELECT e.asset, j.unit, j.driver, j.purpose, e.happened, e.entry, NULL, e.amount, e.quantity
              FROM {view.of("upkeep", "e", "vehicles")} LEFT JOIN {view.of("journeys", "j")} ON j.asset = e.stream AND {view.held("j")}
             WHERE {view.known_sql("e")} AND e.asset IN (SELECT asset FROM used)),
        happenings AS (
            SELECT h.*, u.using_unit AS unit FROM happened AS h
              LEFT JOIN used AS u ON u.asset = h.vehicle AND u.begins <= h.happened AND u.ends > h.happened)"""  # noqa: S608 -- texts of the code


def per_distance(told: Mapping[str, Any], distance: int) -> dict[str, Any]:
    """Litres on 100 km, and what a kilometre costs; None where nothing was driven."""
    if not distance:
        return {"litres_per_100_km": None, "cost_per_km": None}
    return {
        "litres_per_100_km": round(told["litres"] * 100 / distance, 2),
        "cost_per_km": round(told["total"] / distance, 2),
    }
