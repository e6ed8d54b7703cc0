"""Accounts by their logins, as one types them: there may be more of them than anybody wants to choose from."""

from __future__ import annotations

from collections.abc import Iterable
from http import HTTPStatus
from typing import Any, Final
from uuid import UUID

from fastapi import Request
from fastapi.responses import Response

from api.console.asking import Refused
from api.console.pages import Page, Pages

_ASKED: Final = ("holder", "account", "subject")
"""The fields that ask for an account."""
_OFFERED: Final = "12"

router = Pages()


@router.get("/administration/logins", operation_id="page.accounts.logins")
async def offered(request: Request) -> Response:
    """Logins to choose from while one types: a piece of a page. Whoever answers for a service account is a person."""
    page, given = Page(request), request.query_params
    words = next((given[name] for name in _ASKED if given.get(name, "").strip()), "").strip()
    people = "true" if "holder" in given else None
    found = await page.api.get(
        "/v1/access/accounts", q=words, people=people, state="active" if people else None, limit=_OFFERED
    )
    return page.show("administration/logins.html", accounts=found["accounts"])


async def id_of(page: Page, said: str) -> str | None:
    """The id of what is typed as a login, or is an id already; nothing where nothing is typed."""
    if not (words := said.strip()):
        return None
    try:
        return str(UUID(words))
    except ValueError:
        found = (await page.api.get("/v1/access/accounts", q=words))["accounts"]
    named = [one["id"] for one in found if one["login"] == words.casefold()]
    if not named:
        raise Refused(HTTPStatus.UNPROCESSABLE_ENTITY, _NO_SUCH)
    return str(named[0])


async def logins(page: Page, ids: Iterable[str | None]) -> dict[str, str]:
    """What the accounts with these ids come in as."""
    wanted: Any = sorted({one for one in ids if one})
    found = (await page.api.get("/v1/access/accounts", id=wanted, limit="500"))["accounts"] if wanted else []
    return {one["id"]: one["login"] for one in found}


_NO_SUCH: Final = {
    "status": 422,
    "detail": "没有这个登录名的账号，请从提示中选一个。",
    "detail_en": "No account has exactly this login; choose one of those that are offered.",
}
