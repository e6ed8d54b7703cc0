"""The one place where a filled-in form leaves: as lines of a batch, all or nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from api.console.forms.state import version_of
from api.console.forms.typed import MANDATE, Typed, values
from api.console.pages import Page


@dataclass(frozen=True, slots=True)
class Way:
    """One button under the form, and what it does with the lines: told whether it may, it answers as a batch does."""

    act: str
    zh: str
    en: str


WAYS: Final = (Way("", "办理", "Carry out"), Way("check", "先核对", "Check first"), Way("propose", "呈批", "Propose"))


def ways(me: Mapping[str, Any]) -> tuple[Way, ...]:
    """Proposing is for who may."""
    return tuple(way for way in WAYS if way.act != "propose" or "proposals.submit" in me["commands"])


def lines(form: Mapping[str, Any], ids: list[str], typed: Typed, corrects: int | None) -> list[dict[str, Any]]:
    """One line for each thing, as `api/batches/schema.py` has it; one for what is made new."""
    arguments = values(form["fields"], typed)
    mandate = values([{**MANDATE, "fields": form["mandate"]}], typed)
    return [
        {
            "command": form["key"],
            "arguments": arguments,
            **mandate,
            **({"id": id} if id else {}),
            **({"corrects": corrects} if corrects is not None else {}),
            **({} if version_of(typed, id) is None else {"expected_version": version_of(typed, id)}),
        }
        for id in ids or [""]
    ]


async def check(page: Page, told: list[dict[str, Any]], *, key: str, proof: str) -> Any:
    """What would come of it, line by line; nothing is written."""
    body = {"mode": "all-or-nothing", "commands": told}
    answer = await page.api.send("POST", "/v1/batches/check", body, proof=proof, headers={"idempotency-key": key})
    return answer.body["results"]


async def carry_out(page: Page, told: list[dict[str, Any]], *, key: str, proof: str) -> Any:
    """`key` is made when the form is opened: sent twice, it is done once."""
    body = {"mode": "all-or-nothing", "commands": told}
    answer = await page.api.send("POST", "/v1/batches", body, proof=proof, headers={"idempotency-key": key})
    return answer.body
