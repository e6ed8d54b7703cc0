"""Which columns a list shows, in which order, and by which its rows are sorted: chosen on the page, said in the address."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from fastapi import Request
from fastapi.responses import RedirectResponse, Response

from api.console.kinds import HISTORY, WITH_LIST, Kind
from api.console.lists.desk import BY_ITSELF, Kept
from api.console.lists.filters import names_of
from api.console.lists.own_columns import AT_FIRST, OWN, OwnColumn
from api.console.lists.question import LONGEST, Question
from api.console.pages import Page, Pages
from api.console.signing import forms
from api.lists.parameters import DEFAULT_ORDER
from projections.queries.listed import LISTS, Listed

KEYS: Final = 3
"""By how many columns rows can be sorted on the page; the address takes more."""
CHOOSING: Final = "columns"

router = Pages()


def known(kind: Kind) -> Mapping[str, Listed | OwnColumn]:
    """All that there are to choose from."""
    return OWN.get(kind.name) or LISTS[kind.name]


def at_first(kind: Kind) -> list[str]:
    return list(AT_FIRST.get(kind.name) or kind.columns)


def shown(kind: Kind, question: Question, kept: Kept) -> list[str]:
    """The columns: those of the address, or as they were left, or as everybody begins. What does not exist is left out."""
    for said in (question.one("fields"), kept.fields):
        names = [name for name in said.split(",") if name in known(kind)]
        if names:
            return names
    return at_first(kind)


def choosing(request: Request, kind: Kind, names: Sequence[str], order: str = "") -> dict[str, Any]:
    """All columns to choose from: those that are shown, in their order, then the others; and the keys of the order, where there is one."""
    others = [name for name in known(kind) if name not in names]
    keys = [(key.removeprefix("-"), key.startswith("-")) for key in order.split(",")]
    return {
        "open": CHOOSING in request.query_params,
        "columns": [(known(kind)[name], name in names) for name in (*names, *others)],
        "keys": [*keys, *[("", False)] * KEYS][:KEYS] if order else [],
    }


def order(kind: Kind, question: Question, kept: Kept) -> str:
    for said in (question.one("sort"), kept.sort):
        if said and all(one.removeprefix("-") in LISTS[kind.name] for one in said.split(",")):
            return said
    return DEFAULT_ORDER[kind.name]


@dataclass(frozen=True, slots=True)
class Sorting:
    """How one column is sorted by, and the orders that a click makes of it: by it alone, or by it as well."""

    place: int
    """1 is the first; 0 is not at all."""
    descending: bool
    alone: str
    also: str


def sorting(name: str, order: str) -> Sorting:
    keys = order.split(",")
    signs = {key.removeprefix("-"): key.startswith("-") for key in keys}
    place = list(signs).index(name) + 1 if name in signs else 0
    descending = signs.get(name, False)
    turned = name if descending or not place else f"-{name}"
    also = [turned if key.removeprefix("-") == name else key for key in keys] if place else [*keys, name]
    return Sorting(place, descending, turned if place == 1 else name, ",".join(also))


def moved(names: Sequence[str], name: str, by: int) -> list[str]:
    """The columns with this one a place further up or down."""
    if name not in names:
        return list(names)
    left = [one for one in names if one != name]
    place = max(0, names.index(name) + by)
    return [*left[:place], name, *left[place:]]


def _choose(kind: Kind) -> Any:
    async def chosen(request: Request) -> Response:
        page, said = Page(request), await forms(request, LONGEST)
        question = Question.read(f"/{kind.name}", _one(said, "question"), names_of(kind.name))
        if _one(said, "anew"):
            await _forget(page, kind, _one(said, "csrf"))
            return _back(page, question.but({"fields": None, "sort": None}))
        names = _columns(kind, said)
        fields, sort = ",".join(names), ",".join(_keys(kind, said))
        await _keep(page, kind, {"fields": fields, "sort": sort}, _one(said, "csrf"))
        return _back(page, question.but({"fields": fields, "sort": sort}), open=bool({"up", "down"} & said.keys()))

    return chosen


def _one(said: Mapping[str, Sequence[str]], name: str) -> str:
    return next(iter(said.get(name, ())), "")


def _columns(kind: Kind, said: Mapping[str, Sequence[str]]) -> list[str]:
    """Those that are ticked, in the order of the form; where none is, all as at first."""
    names = [name for name in dict.fromkeys(said.get("show", ())) if name in known(kind)] or at_first(kind)
    for way, by in (("up", -1), ("down", 1)):
        if way in said:
            names = moved(names, _one(said, way), by)
    return names


def _keys(kind: Kind, said: Mapping[str, Sequence[str]]) -> Iterable[str]:
    wanted = [(_one(said, f"by{number}"), _one(said, f"way{number}")) for number in range(1, KEYS + 1)]
    signed = {name: f"{way and '-'}{name}" for name, way in reversed(wanted) if name in LISTS.get(kind.name, ())}
    return reversed(signed.values())


async def _keep(page: Page, kind: Kind, content: Mapping[str, str], proof: str) -> None:
    await page.api.send("PUT", f"/v1/desk/columns/{kind.name}", content, proof=proof)


async def _forget(page: Page, kind: Kind, proof: str) -> None:
    await page.api.send("DELETE", f"/v1/desk/columns/{kind.name}", None, proof=proof)


def _back(page: Page, question: Question, *, open: bool = False) -> Response:
    more = {CHOOSING: "open"} if open else {}
    given = {"view": BY_ITSELF, **question.given} if not question.filters else question.given
    return RedirectResponse(page.moment.link(question.path, {**given, **more}), 303)


for _kind in (*WITH_LIST.values(), HISTORY):
    router.add_api_route(
        f"/{_kind.name}/columns", _choose(_kind), methods=["POST"], operation_id=f"page.{_kind.name}.columns"
    )
