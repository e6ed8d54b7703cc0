"""Views of a list under a name: kept, opened with, removed. A view is an address, so whoever gets the link sees the same of their own."""

from __future__ import annotations

from typing import Any

from fastapi import Request
from fastapi.responses import RedirectResponse, Response

from api.console.kinds import HISTORY, WITH_LIST, Kind
from api.console.lists import desk
from api.console.lists.desk import BY_ITSELF, Saved
from api.console.lists.filters import names_of
from api.console.lists.question import LONGEST, Question
from api.console.pages import Page, Pages
from api.console.signing import form

LONGEST_NAME = 60

router = Pages()


def _change(kind: Kind) -> Any:
    async def changed(request: Request) -> Response:
        page, said = Page(request), await form(request, LONGEST)
        proof, name = said.get("csrf", ""), " ".join(said.get("name", "").split())[:LONGEST_NAME]
        question = Question.read(f"/{kind.name}", said.get("question", ""), names_of(kind.name))
        if "drop" in said:
            await desk.drop(page, kind, said["drop"], proof)
            return _to(page, question, BY_ITSELF)
        if not name:
            return _to(page, question, BY_ITSELF)
        await desk.keep(page, kind, Saved(name, question, opens="opens" in said), proof)
        return _to(page, question, name)

    return changed


def _to(page: Page, question: Question, view: str) -> Response:
    return RedirectResponse(page.moment.link(question.path, {**question.given, "view": view}), 303)


for _kind in (*WITH_LIST.values(), HISTORY):
    router.add_api_route(
        f"/{_kind.name}/views", _change(_kind), methods=["POST"], operation_id=f"page.{_kind.name}.views"
    )
