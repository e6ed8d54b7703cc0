"""What every read asks in the same way: which view, at which moment, as known when; and how a view that cannot answer says so."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from typing import Annotated, Any, TypeAlias

import psycopg
from fastapi import Depends, Query
from pydantic import BeforeValidator, Field

from api import refusals
from api.composition import Services
from api.dependencies import Caller
from api.moments import KnownAt, Moment
from api.scalars import LARGEST_INTEGER, digits
from domain.kernel.errors import Refusal
from projections.generations.definition import shape_of_tables
from projections.queries import view as views
from projections.queries.remembered import Recall
from projections.queries.view import Asked, View

FAR_AHEAD = 20_000
"""More events than the log can grow by while a request waits."""

_CASE = "调查视图的名称；不写则为当前视图。 The name of a case; the live view when it is not given."
_AFTER = "等到视图包含日志的这一位置（最多数秒）。 Waits, some seconds at most, until the view shows this position."

Case: TypeAlias = Annotated[
    str, Field(min_length=1, max_length=100, pattern=r"^[^\x00-\x1f]+$"), Query(description=_CASE)
]
AfterPosition: TypeAlias = Annotated[
    int, Field(ge=0, le=LARGEST_INTEGER), BeforeValidator(digits), Query(description=_AFTER)
]


async def asked_view(
    caller: Caller,
    at: Annotated[Moment | None, Query()] = None,
    known: Annotated[KnownAt | None, Query()] = None,
    case: Case | None = None,
    after: AfterPosition | None = None,
) -> Asked:
    return Asked(sight=caller.sight, at=at, known=known, case=case, after=after)


Viewed = Annotated[Asked, Depends(asked_view)]
"""The four parameters of a read, and what its caller may see. `with looking(given, asked) as view:` opens what they ask for."""


@contextmanager
def looking(given: Services, asked: Asked) -> Iterator[View]:
    """The view asked for, for the length of a block, or a refusal."""
    try:
        with _opened(given, asked) as view:
            yield view
    except psycopg.ProgrammingError as error:
        # After an upgrade, until a view of this program's definition is built: the old one may lack what is asked.
        if views.shape(given.pool, asked.case) == shape_of_tables():
            raise
        raise refusals.ViewsBeingBuilt from error


@contextmanager
def _opened(given: Services, asked: Asked) -> Iterator[View]:
    if asked.after is not None:
        _require_near(given, asked.after)
    with ExitStack() as stack:
        try:
            view = stack.enter_context(views.opened(given.pool, _patiently(asked)))
        except views.ViewMissing as missing:
            raise _no_view(missing.case) from None
        except views.ViewBehind as behind:
            raise _behind(behind.after, behind.position) from None
        if asked.after is not None and view.position < asked.after:
            raise _behind(asked.after, view.position)
        yield view


def _require_near(given: Services, after: int) -> None:
    """Rule: nobody waits for what cannot come in time."""
    head = given.log.head()
    if after > head + FAR_AHEAD:
        raise refusals.PositionAhead(after=after, head=head)


def _patiently(asked: Asked) -> Asked:
    """What is asked, without the wait where waiting is vain: a case stays where it is."""
    return asked if asked.case is None else replace(asked, after=None)


def _no_view(case: str | None) -> Refusal:
    return refusals.ViewsBeingBuilt() if case is None else refusals.CaseUnknown(case=case)


def _behind(after: int, position: int) -> Refusal:
    return refusals.ViewBehind(after=after, position=position, behind=after - position)


def seen(view: View, asked: Asked) -> dict[str, Any]:
    """What an answer says of itself (`api/answers_reading.py`)."""
    return {"position": view.position, "at": view.at, "known": view.known, "case": asked.case}


def recalling(given: Services, view: View, asked: Asked) -> Recall:
    """What was counted a moment ago for whoever sees the same."""
    return Recall(given.memory, view, is_now=asked.at is None)
