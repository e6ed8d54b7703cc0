"""Many things at once: chosen on a list, then a command that all of them take, filled in once and done for all or for none."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from typing import Any, Final

from fastapi import Request
from fastapi.responses import Response

from api.console.kinds import KINDS, WITH_LIST, Kind
from api.console.lists.asked import asked
from api.console.lists.filters import fields_of, names_of
from api.console.lists.question import LONGEST, Question
from api.console.pages import Page, Pages
from api.console.signing import forms

MOST: Final = 200
"""As many as one form takes."""
LOOKED_INTO: Final = 12
"""Of so many it is asked what they take; the command itself decides about each."""
SHOWN: Final = 20

router = Pages()


def may_act(me: Mapping[str, Any], kind: Kind) -> bool:
    return any(key.startswith(f"{kind.of}.") for key in me["commands"])


def _choose(kind: Kind) -> Any:
    async def chosen(request: Request) -> Response:
        page, said = Page(request), await forms(request, LONGEST)
        await page.enter()
        question = Question.read(f"/{kind.name}", next(iter(said.get("question", ())), ""), names_of(kind.name))
        every = "all" in said
        wanted = _of_all(kind, question) if every else {"id": list(dict.fromkeys(said.get("id", ())))[:MOST]}
        things = [] if wanted.get("id") == [] else await _things(page, kind, wanted)
        return page.show(
            "lists/chosen.html",
            kind=KINDS[kind.of],
            listed=kind,
            question=question,
            things=things[:MOST],
            shown=SHOWN,
            most=MOST,
            too_many=len(things) > MOST,
            looked_into=LOOKED_INTO,
            actions=await _actions(page, kind, [one["id"] for one in things[:LOOKED_INTO]]),
        )

    return chosen


def _of_all(kind: Kind, question: Question) -> dict[str, Any]:
    return dict(asked(fields_of(kind.name), question))


async def _things(page: Page, kind: Kind, wanted: Mapping[str, Any]) -> Sequence[Mapping[str, Any]]:
    told = await page.look(f"/v1/{kind.name}", **wanted, fields=kind.columns[0], limit=str(MOST + 1))
    rows: Sequence[Mapping[str, Any]] = told["rows"]
    return rows


async def _actions(page: Page, kind: Kind, ids: Sequence[str]) -> list[Mapping[str, Any]]:
    """What every one of these takes, in the state that it is in."""
    told = await asyncio.gather(*(page.api.get(f"/v1/{kind.of}/{id}/actions") for id in ids))
    possible = [{one["command"] for one in answer["actions"] if one["plausible"]} for answer in told]
    common = set.intersection(*possible) if possible else set()
    return [one for one in told[0]["actions"] if one["command"] in common] if told else []


for _kind in WITH_LIST.values():
    router.add_api_route(
        f"/{_kind.name}/chosen", _choose(_kind), methods=["POST"], operation_id=f"page.{_kind.name}.chosen"
    )
