"""What there is to choose from while somebody types a name: in the field of a form, and in a filter of a list."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from fastapi import Request
from fastapi.responses import Response

from api.console.asking import Refused
from api.console.kinds import KINDS
from api.console.language import Language
from api.console.pages import Page, Pages
from api.console.showing import cell

CHOICES: Final = 12
LONGEST: Final = 200
AT_ONCE: Final = 100
LANGUAGES: Final[tuple[Language, ...]] = ("zh", "en")

router = Pages()


@router.get("/choose/{kind}", operation_id="page.choose")
async def choose(request: Request, kind: str) -> Response:
    """A piece of a page. `path`: the field, whose words are under its name and `@q`. What was chosen stays, on top."""
    page = Page(request)
    await page.enter()
    given = request.query_params
    path = given.get("path", "")
    chosen = [one for one in given.getlist(path) if one]
    hits = await looked_up(page, kind, given.get(f"{path}@q", ""))
    names = await names_where_seen(page, kind, chosen)
    return page.show("choices_found.html", path=path, many="many" in given, hits=hits, chosen=chosen, names=names)


async def looked_up(page: Page, kind: str, words: str) -> list[dict[str, Any]]:
    """Things of a kind that have these words, each with what tells it from others of the same name.

    Of what one may not read there is nothing to choose.
    """
    if kind not in KINDS:
        return []
    wanted: dict[str, Any] = {"q": words.strip()[:LONGEST], "limit": str(CHOICES)}
    try:
        answer = await page.look(f"/v1/{kind}", **wanted, fields=",".join(KINDS[kind].columns[:3]))
    except Refused:
        return []
    return [{"id": row["id"], "label": row["label"], "told": _told(row, answer)} for row in answer["rows"]]


def _told(row: Mapping[str, Any], answer: Mapping[str, Any]) -> dict[str, str]:
    """What else is known of it, in both languages."""
    rest = [column for column in answer["columns"][1:] if row[column["name"]] not in (None, [])]
    return {
        language: " · ".join(str(cell(row[column["name"]], column, answer["words"], language)) for column in rest)
        for language in LANGUAGES
    }


async def called(page: Page, kind: str, ids: Iterable[str], *, after: str | None = None) -> dict[str, str]:
    """The names of things of one kind, by their ids. `after`: once the view shows this position."""
    wanted = [id for id in dict.fromkeys(ids) if id]
    found: dict[str, str] = {}
    for start in range(0, len(wanted), AT_ONCE):
        some = wanted[start : start + AT_ONCE]
        answer = await page.look(f"/v1/{kind}", id=some, fields=KINDS[kind].columns[0], limit=str(AT_ONCE), after=after)
        found |= {row["id"]: row["label"] or "" for row in answer["rows"]}
    return found


async def names_where_seen(page: Page, kind: str, ids: Iterable[str]) -> dict[str, str]:
    """The same; what may not be read, or is not there, keeps its id."""
    try:
        return await called(page, kind, ids) if kind in KINDS else {}
    except Refused:
        return {}
