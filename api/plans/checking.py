"""A plan checked: each line decided as it would be, what contradicts, and what it would make of the units concerned."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

import msgspec
from fastapi.responses import Response

from api import openapi
from api.access.asking import Entered
from api.batches.lines import on_line
from api.batches.rehearsing import verdicts_of
from api.batches.schema import Batch
from api.composition import Services
from api.dependencies import Given
from api.errors import problem_of
from api.executing import json_response, notice_told
from api.plans import conflicts
from api.plans.answers import PlanChecked
from api.plans.batch import Judged, asked_as, batch_of
from api.plans.sight import Seen, seen_by, viewed
from api.routing import Routes
from domain.access.principal import Principal
from domain.kernel.errors import Refusal
from domain.rehearsal import Verdict
from infra.plans import lines as kept
from infra.plans import store
from infra.plans.lines import Line
from infra.plans.store import Plan
from projections.queries import effects
from projections.queries.effects import Effect
from projections.queries.foretelling import Foretelling
from projections.queries.standing import concerned, standing
from projections.queries.things import labels, named
from projections.queries.view import View

router = Routes(tags=["plans"])


@router.get("/v1/plans/{id:uuid}/check", operation_id="plans.check", summary="核对方案 · Check a plan", response_class=Response,
            **openapi.reads(PlanChecked, 403, 404, 409))  # fmt: skip
def check(id: UUID, given: Given, entered: Entered) -> Response:
    """逐行能否办理、相互矛盾和已被改动之处，以及各单位到方案之日的前后变化。什么也不写入。

    Whether each line could be carried out, what contradicts or was overtaken, and what becomes of the units on the plan's day.
    Nothing is written.
    """
    with given.pool.connection() as connection:
        plan, lines = store.find(connection, entered.principal.account, id), kept.of(connection, id)
    nothing = {
        "version": plan.version,
        "accepted": 0,
        "refused": 0,
        "results": [],
        "effects": _effects_told([], {}, None),
    }
    return json_response(checked(given, entered.principal, plan, lines) if lines else nothing)


@dataclass(frozen=True, slots=True)
class _Foretold:
    """What the accepted lines would change, in words by line, and what that makes of units."""

    events: list[list[dict[str, Any]]]
    effects: dict[str, Any]


def checked(given: Services, caller: Principal, plan: Plan, lines: Sequence[Line]) -> dict[str, Any]:
    asked, seen = asked_as(caller, plan, lines), seen_by(given, caller, lines)
    batch = batch_of(asked, given)
    judged = Judged(batch, lines, asked, given, seen)
    verdicts = verdicts_of(given, caller, asked.command_id, list(judged.rehearsed()), together=True)
    foretold = _foretold(given, caller, verdicts, seen, day_of(batch))
    clashes = conflicts.found(lines, foretold.events, _last(given, lines, seen))
    results = [
        {
            "line": line.id,
            "number": index + 1,
            "problem": _problem(verdict.refusal, batch, index),
            "not_yours": _problem(judged.not_theirs.get(index), batch, index),
            "conflicts": clashes.get(index, []) if seen.shows(line) else [],
            "notices": [notice_told(notice) for notice in verdict.notices],
            "events": foretold.events[index],
        }
        for index, (line, verdict) in enumerate(zip(lines, verdicts, strict=True))
    ]
    refused = sum(verdict.refusal is not None for verdict in verdicts)
    counts = {"version": plan.version, "accepted": len(lines) - refused, "refused": refused}
    return {**counts, "results": results, "effects": foretold.effects}


def day_of(batch: Batch) -> datetime:
    """The last day of which the plan says anything: on it all has taken effect."""
    mandates: list[Any] = [batch.mandate, *(line.mandate for line in batch.commands)]
    day: datetime = max(one.effective for one in mandates if one is not None)
    return day


def _problem(refusal: Refusal | None, batch: Batch, index: int) -> dict[str, Any] | None:
    if refusal is None:
        return None
    refusal, prefix = on_line(refusal, batch, index)
    return problem_of(refusal, index + 1, prefix)


def _last(given: Services, lines: Sequence[Line], seen: Seen) -> dict[UUID, int]:
    """The versions that things have now, of lines that the caller sees."""
    about = {
        UUID(line.said["id"]) for line in lines if line.said.get("id") and line.seen is not None and seen.shows(line)
    }
    return given.log.last_versions(list(about))


def _foretold(given: Services, caller: Principal, verdicts: Sequence[Verdict], seen: Seen, day: datetime) -> _Foretold:
    events = [event for verdict in verdicts for event in verdict.events]
    ids = {event.originator_id for event in events}
    with viewed(given, caller, ids, at=max(day, datetime.now(UTC))) as view:
        foretelling = Foretelling(view, events)
        was = standing(foretelling.things(), view.at)
        found = [foretelling.foretold(verdict.events) for verdict in verdicts]
        will = standing(foretelling.things(), view.at)
        units = effects.effects(view, concerned(was, will), was, will)
        names = (
            _names(view, [one for line in found for one in line], units) | foretelling.new_names() | dict(seen.names)
        )
        told = [[msgspec.to_builtins(one.told(names), enc_hook=str) for one in line] for line in found]
        return _Foretold(told, _effects_told(units, names, view.at))


def _names(view: View, changes: Sequence[Any], units: Sequence[Effect]) -> dict[str, str]:
    things = {str(id) for one in changes for id in one.things()} | {str(one.unit) for one in units}
    return labels(named(view, things))


def _effects_told(units: Sequence[Effect], names: Mapping[str, str], day: datetime | None) -> dict[str, Any]:
    return {
        "day": day,
        "figures": [{"name": name, "zh": zh, "en": en} for name, (zh, en) in effects.FIGURES.items()],
        "units": [_effect(one, names) for one in units if one.differs],
    }


def _effect(one: Effect, names: Mapping[str, str]) -> dict[str, Any]:
    return {
        "unit": {"id": one.unit, "kind": "units", "label": names.get(str(one.unit), str(one.unit))},
        "figures": {name: _change(one.before[name], one.after[name]) for name in effects.FIGURES},
        "offices": [
            {"rank": rank, "zh": rank.zh, "en": rank.en, **_change(Decimal(was), Decimal(will))}
            for rank, was, will in one.offices
        ],
    }


def _change(before: Decimal | None, after: Decimal | None) -> dict[str, str | None]:
    difference = None if before is None or after is None else after - before
    return {"before": _plain(before), "after": _plain(after), "difference": _plain(difference)}


def _plain(value: Decimal | None) -> str | None:
    return None if value is None else f"{value:f}"
