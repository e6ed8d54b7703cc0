"""Nothing typed is lost: what stands in a form is kept on the desk until it is sent or thrown away."""

from __future__ import annotations

import hashlib
from typing import Any

from api.console.asking import Refused
from api.console.forms.typed import Typed
from api.console.pages import Page

LAST = "/v1/desk/mandate/last"


def name_of(key: str, ids: list[str], corrects: int | None) -> str:
    """One draft for each form that one can have open: of a command, about these things."""
    about = ids[0] if len(ids) == 1 else hashlib.sha256(",".join(ids).encode()).hexdigest()[:16] if ids else ""
    return ":".join(part for part in (key, about, "" if corrects is None else str(corrects)) if part)


def _at(name: str) -> str:
    return f"/v1/desk/draft/{name}"


async def find(page: Page, name: str) -> dict[str, Any] | None:
    """The draft, with when it was kept."""
    return await _paper(page, _at(name))


async def keep(page: Page, name: str, typed: Typed, told: dict[str, str], proof: str) -> Any:
    content = {"typed": {field: given for field, given in typed.items() if any(given)}, **told}
    return (await page.api.send("PUT", _at(name), content, proof=proof)).body


async def drop(page: Page, name: str, proof: str) -> None:
    await page.api.send("DELETE", _at(name), None, proof=proof)


async def last_mandate(page: Page) -> Typed:
    """What the last form gave as its reason and documents."""
    found = await _paper(page, LAST)
    return {} if found is None else dict(found["content"]["typed"])


async def keep_mandate(page: Page, typed: Typed, proof: str) -> None:
    """Not when it takes effect: that is another day the next time."""
    told = {name: given for name, given in typed.items() if name.startswith(("mandate.reason", "mandate.documents."))}
    await page.api.send("PUT", LAST, {"typed": told}, proof=proof)


async def _paper(page: Page, address: str) -> dict[str, Any] | None:
    try:
        found: dict[str, Any] = await page.api.get(address)
    except Refused as refused:
        if refused.status != 404:  # noqa: PLR2004 -- none was kept
            raise
        return None
    return found
