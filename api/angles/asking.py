"""What all angles on a thing share: the thing itself, the names on a page, pages that go on, and the words of their parameters."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Any, TypeAlias
from urllib.parse import urlencode
from uuid import UUID

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response
from pydantic import AfterValidator, BeforeValidator, Field, WithJsonSchema
from pydantic_core import PydanticCustomError

from api import openapi
from api.angles.refusals import NotInCase, NotYetRecorded, NotYetShown, OfAnotherKind
from api.exports import types as exports_types
from api.faults import Fault, pointer
from api.refusals import ValueImpossible
from api.scalars import LARGEST_INTEGER, digits
from domain.catalogue import AGGREGATES
from domain.kernel.aggregate import Aggregate
from domain.kernel.errors import NotFound
from projections.queries import things
from projections.queries.history import known_position
from projections.queries.things import Names, Recorded, called
from projections.queries.view import Asked, View

MOST = 500
USUAL = 50

KINDS: dict[str, type[Aggregate]] = {cls.kind: cls for cls in AGGREGATES}


def one_of(*words: str) -> Any:
    """A word out of a list that the code makes, so that no `Literal` can be written for it."""

    def check(given: str) -> str:
        if given not in words:
            raise PydanticCustomError("literal_error", "{expected}", {"expected": ", ".join(words)})
        return given

    return Annotated[str, AfterValidator(check), WithJsonSchema({"type": "string", "enum": list(words)})]


_LIMIT = "最多几条；导出时不写则全部 · At most so many; exports without it hold all"
Limit: TypeAlias = Annotated[int, Field(ge=1, le=MOST, description=_LIMIT), BeforeValidator(digits), Query()]
PositionCursor: TypeAlias = Annotated[
    int,
    Field(ge=0, le=LARGEST_INTEGER, description="接着上一页：取自 next · Goes on from the page before: from next"),
    BeforeValidator(digits),
    Query(),
]
YesNo: Any = one_of("true", "false")
KindOfThing: Any = one_of(*KINDS)


def require_units(units: object, name: str) -> None:
    """Rule: a subtree is one of units that are named; alone it would silently mean nothing."""
    if not units:
        zh, en = f"请同时写明单位：{name}=<编号>。", f"Say of which unit: {name}=<id>."
        raise ValueImpossible([Fault(code="unit-missing", field=pointer(["query", f"{name}.subtree"]), zh=zh, en=en)])


def add_angle(router: APIRouter, cls: type[Aggregate], end: str, summary: str, endpoint: Any, model: Any) -> None:
    """One thing of a kind, looked at from an angle; on a page, or as a table."""
    router.add_api_route(
        f"/v1/{cls.kind}/{{id:uuid}}/{end}",
        endpoint,
        operation_id=f"{cls.kind}.{end}",
        summary=summary,
        tags=[openapi.tag_of(cls)],
        response_class=Response,
        **exports_types.reads(model, 404, 409),
    )


def subject(view: View, asked: Asked, cls: type[Aggregate], id: UUID) -> Recorded:
    """The thing asked about, or a refusal that says why there is nothing to show."""
    found = things.recorded(view, id)
    told: dict[str, Any] = {"zh": cls.zh, "en": cls.en, "id": id}
    if found is None:
        if not things.is_logged(view, id):
            raise NotFound(kind=cls.en, field="id", **told)
        raise NotYetShown(**told, position=view.position) if asked.case is None else NotInCase(**told, case=asked.case)
    if found.kind != cls.kind:
        actual = KINDS[found.kind]
        raise OfAnotherKind(**told, kind=found.kind, actual_zh=actual.zh, actual_en=actual.en)
    if found.position > known_position(view):
        recorded: dict[str, Any] = {"recorded": found.position, "recorded_at": found.recorded_at}
        raise NotYetRecorded(**told, known=view.known, **recorded)
    return found


def on_page(names: Names, ids: Iterable[Any]) -> list[dict[str, Any]]:
    """The things that a page speaks of, each once: what it is and what it is called."""
    found = {str(id) for id in ids if id is not None}
    return [thing(names, id) for id in sorted(found) if id in names]


def kind_words(kind: str) -> tuple[str, str]:
    """What a thing of this kind is called."""
    return KINDS[kind].zh, KINDS[kind].en.capitalize()


def thing(names: Names, id: Any) -> dict[str, Any]:
    """One thing as a page shows it: an id with its name."""
    named = names.get(str(id))
    return {"id": id, "kind": None if named is None else named.kind, "label": called(names, id)}


def going_on(request: Request, view: View, asked: Asked, cursor: object, *, of_all_time: bool = False) -> str:
    """The address of the next page, which shows the same moment as this one, as known at the same position.

    `of_all_time`: without a moment all there is was asked for, what is still to come too; then the next page has none either.
    """
    kept = [(name, text) for name, text in request.query_params.multi_items() if name not in _FIXED]
    fixed = [("known", f"#{known_position(view)}"), ("cursor", str(cursor))]
    if asked.at is not None:
        fixed = [("at", request.query_params["at"]), *fixed]
    elif not of_all_time:
        fixed = [("at", view.at.isoformat()), *fixed]
    return f"{request.url.path}?{urlencode([*kept, *fixed])}"


_FIXED = frozenset({"at", "known", "cursor", "after"})
