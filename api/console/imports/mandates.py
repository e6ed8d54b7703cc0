"""The reason and document of the last thing that somebody sent, offered again; kept on the desk where other forms keep theirs."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from typing import Final

from api.console.asking import Refused
from api.console.pages import Page

LAST: Final = "/v1/desk/mandate/last"
_REASON, _DOCUMENT = "mandate.reason", "mandate.documents.{}.number"


async def last(page: Page) -> dict[str, str]:
    """What to begin with; nothing where nothing was sent yet."""
    try:
        typed = (await page.api.get(LAST))["content"].get("typed", {})
    except Refused as refused:
        if refused.status != HTTPStatus.NOT_FOUND:
            raise
        typed = {}
    documents = [said for number in range(len(typed)) for said in typed.get(_DOCUMENT.format(number), [])]
    return {"reason": "".join(typed.get(_REASON, [])), "document": "；".join(documents)}


async def keep(page: Page, mandate: Mapping[str, object], numbers: list[str], proof: str) -> None:
    typed = {_REASON: [mandate["reason"]]}
    typed |= {_DOCUMENT.format(place): [number] for place, number in enumerate(numbers)}
    await page.api.send("PUT", LAST, {"typed": typed}, proof=proof)
