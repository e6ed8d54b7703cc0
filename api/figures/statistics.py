"""Statistics: five subjects broken down by up to three dimensions, and the rows behind every figure."""

from __future__ import annotations

import inspect
from dataclasses import replace
from functools import partial
from typing import Annotated, Any, TypeAlias

from fastapi import Depends, Query, Request
from fastapi.responses import Response
from pydantic import StringConstraints

from api import openapi, scalars
from api.angles.asking import YesNo, on_page, one_of, require_units
from api.dependencies import Caller, Given
from api.executing import json_response
from api.exports import types as exports_types
from api.exports.asking import Formed
from api.exports.files import export
from api.figures.answers import FigureRows, Figures, FigureSubjects
from api.figures.asking import MOST_VALUES, PageCursor, PageLimit, Subtree
from api.figures.presenting import about, codes_told, dimensions_told, drill, groups, rows_told, things_named
from api.figures.tables import table_of_groups, table_of_rows
from api.lists.cursor import begun, going_on
from api.moments import Moment
from api.needs import NEEDS
from api.reading import Viewed, looking, seen
from api.routing import Routes
from domain.kernel.errors import Refusal
from projections.queries import statistics
from projections.queries.statistics import MOST_DIMENSIONS, Page, Which
from projections.queries.statistics_subjects import DIMENSIONS, SUBJECTS, Subject

_KEYS = 2  # of a row, beside the thing's id: its kind and its line
USUAL = 100

_IDLE = "只要从这时起或更早就闲置的 · Only what has lain idle since this moment at least"
IdleBefore: TypeAlias = Annotated[Moment | None, Query(description=_IDLE)]


class UnitTwice(Refusal):
    code = "unit-and-branch"
    zh = "不能同时按单位和单位（含下级）分组，请去掉一个。"
    en = "Figures cannot be broken down by unit and by branch at once. Leave one out."
    field = "query.by"


def routes() -> Routes:
    router = Routes(tags=["statistics"])
    router.add_api_route(
        "/v1/statistics",
        _subjects,
        operation_id="statistics.subjects",
        summary="可以统计什么 · What figures there are",
        response_class=Response,
        **openapi.reads(FigureSubjects),
    )
    for subject in SUBJECTS.values():
        path, words = f"/v1/statistics/{subject.name}", f"{subject.zh}统计"
        _add(router, path, _figures(subject), f"statistics.{subject.name}", f"{words} · Figures: {subject.en}", Figures)
        _add(router, f"{path}/rows", _rows(subject), f"statistics.{subject.name}.rows",
             f"{words}的明细 · The rows behind: {subject.en}", FigureRows)  # fmt: skip
    return router


def _subjects(caller: Caller) -> Response:
    """只列能看的。`dimensions` 中的名称可用于 by 与筛选。Those that the caller may ask; by its dimensions each is broken down."""
    kinds = {name: NEEDS[f"statistics.{name}"].kinds for name in SUBJECTS}
    may = [one for one in SUBJECTS.values() if any(caller.may_read(kind) for kind in kinds[one.name])]
    return json_response({"subjects": [{**about(one), "dimensions": dimensions_told(one)} for one in may]})


def _add(router: Routes, path: str, endpoint: Any, operation: str, summary: str, model: Any) -> None:
    router.add_api_route(
        path,
        endpoint,
        operation_id=operation,
        summary=summary,
        response_class=Response,
        **exports_types.reads(model, 404, 409),
    )


def _chosen(subject: Subject) -> Any:
    """A dependency whose signature, which FastAPI reads, is what may be chosen of this subject."""
    names = [name for name in subject.dimensions if name != "branch"]

    async def chosen(**given: Any) -> Which:
        return Which(
            subject=subject,
            values={name: given[name] for name in names if given[name]},
            none=frozenset(name for name in names if given[f"{name}__none"] == "true"),
            subtree=given.get("unit__subtree") == "true",
            idle_before=given.get("idle_before"),
        )

    parameters = [one for name in names for one in _about(name)]
    if "unit" in names:
        parameters.append(_parameter("unit__subtree", Subtree, "false"))
    if subject.tells_idle:
        parameters.append(_parameter("idle_before", IdleBefore, None))
    chosen.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]  # as FastAPI documents
    return chosen


def _about(name: str) -> list[inspect.Parameter]:
    dimension = DIMENSIONS[name]
    value: Any = scalars.ID if dimension.type == "uuid" else _Code
    words = f"{dimension.zh}，其中之一 · {dimension.en}: one of these"
    many = Annotated[list[value] | None, Query(max_length=MOST_VALUES, description=words)]
    none = Annotated[YesNo, Query(alias=f"{name}.none", description=f"无{dimension.zh}的 · Those without")]
    return [_parameter(name, many, None), _parameter(f"{name}__none", none, "false")]


_Code: Any = Annotated[str, StringConstraints(strict=True, pattern=r"^[A-Za-z0-9-]+$", max_length=40)]


def _parameter(name: str, annotation: Any, default: Any) -> inspect.Parameter:
    return inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=annotation)


def _by(subject: Subject) -> Any:
    one = f"({'|'.join(subject.dimensions)})"
    pattern = f"^{one}(,{one}){{0,{MOST_DIMENSIONS - 1}}}$"
    words = f"分组，逗号分开，最多 {MOST_DIMENSIONS} 项 · Broken down by up to {MOST_DIMENSIONS} of these, separated by commas"
    return Annotated[Annotated[str, StringConstraints(strict=True, pattern=pattern)] | None, Query(description=words)]


def _figures(subject: Subject) -> Any:
    def endpoint(given: Given, asked: Viewed, _: Caller, form: Formed, which: Which, by: str | None = None) -> Response:
        """没有 by 时只有合计。Only totals when `by` is not given; `unit` and `branch` go with `unit.subtree=true`."""
        dimensions = tuple(dict.fromkeys(by.split(","))) if by else ()
        if {"unit", "branch"} <= set(dimensions):
            raise UnitTwice
        if "branch" in dimensions:
            which = replace(which, subtree=True)
        elif which.subtree:
            require_units(which.values.get("unit"), "unit")
        if form.is_file:
            return export(looking(given, asked), form, partial(table_of_groups, asked, which, dimensions))
        with looking(given, asked) as view:
            totals, found = statistics.broken_down(view, which, dimensions)
            told = groups(view, asked, which, dimensions, found)
        figures = {"totals": totals, "drill": drill(view, asked, which, {}), "groups": told}
        return json_response({**seen(view, asked), **about(subject), "by": dimensions, **figures})

    endpoint.__annotations__ |= {"which": Annotated[Which, Depends(_chosen(subject))], "by": _by(subject)}
    return endpoint


def _rows(subject: Subject) -> Any:
    def endpoint(
        request: Request,
        given: Given,
        asked: Viewed,
        _: Caller,
        form: Formed,
        which: Which,
        measure: str | None = None,
        cursor: PageCursor = None,
        limit: PageLimit | None = None,
    ) -> Response:
        """`measure`：只要构成该数字的行，amount 为各行所计。Only rows of this measure; `amount` is what each adds to it."""
        if which.subtree:
            require_units(which.values.get("unit"), "unit")
        asked, page = begun(request, asked, cursor, _KEYS)
        after = None if page is None else (str(page.keys[0]), page.id, str(page.keys[1]))
        if form.is_file:
            return export(looking(given, asked), form, partial(table_of_rows, which, measure, Page(after, limit)))
        size = limit or USUAL
        with looking(given, asked) as view:
            found = statistics.rows(view, which, measure, Page(after, size + 1)).rows()
            rows, more = found[:size], len(found) > size
            names = things_named(view, rows)
            told = rows_told(view, which, rows)
        last = rows[-1] if more else None
        return json_response(
            {
                **seen(view, asked),
                "subject": subject.name,
                "measure": measure,
                "rows": told,
                "things": on_page(names, names),
                "words": codes_told(which.subject, rows),
                "next": going_on(request, view, (last["kind"], last["line"]), last["asset"]) if last else None,
            }
        )

    measures: Any = one_of(*subject.measures)
    wanted = {"which": Annotated[Which, Depends(_chosen(subject))], "measure": Annotated[measures | None, Query()]}
    endpoint.__annotations__ |= wanted
    return endpoint
