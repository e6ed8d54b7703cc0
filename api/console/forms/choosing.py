"""What a picker offers while one types."""

from __future__ import annotations

from fastapi import Request
from fastapi.responses import Response

from api.console.forms.acting import looked_up
from api.console.forms.state import called
from api.console.kinds import KINDS
from api.console.pages import Page, Pages

router = Pages()


@router.get("/choose/{kind}", operation_id="page.choose")
async def choose(request: Request, kind: str) -> Response:
    """What was chosen stays, on top. `path`: the field of the form."""
    page = Page(request)
    await page.enter()
    given = request.query_params
    path = given.get("path", "")
    hits = await looked_up(page, kind, given.get(f"{path}@q", "")) if kind in KINDS else []
    names = await called(page, kind, given.getlist(path)) if hits or given.getlist(path) else {}
    chosen = [one for one in given.getlist(path) if one]
    return page.show(
        "forms/choices.html", path=path, kind=kind, many="many" in given, hits=hits, chosen=chosen, names=names
    )
