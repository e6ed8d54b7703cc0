"""One thing at the moment that a page looks at: its row, its last change, where it is."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from api.console.kinds import Kind
from api.console.pages import Page

PARENTS: Final[Mapping[str, str]] = {
    "rooms": "building",
    "buildings": "compound",
    "people": "unit",
    "units": "parent",
    "items": "warehouse",
    "lots": "warehouse",
}
"""By kind: the column that says what a thing of it is in or under."""
_DEEPEST: Final = 6
"""So many steps up at most: nobody reads more, and units could stand under each other by mistake."""


@dataclass(frozen=True, slots=True)
class Thing:
    """`row` is empty where nothing held at the moment; `last` is the last change that had taken effect, if there is one.

    `fixed`: the moment, position and case that were looked at, named: now will not be now in the next question.
    """

    page: Page
    kind: Kind
    id: UUID
    label: str
    row: Mapping[str, Any]
    columns: Sequence[Mapping[str, Any]]
    words: Mapping[str, Any]
    fixed: Mapping[str, str]
    last: Mapping[str, Any] | None
    above: Sequence[Mapping[str, Any]]

    @property
    def path(self) -> str:
        return f"/{self.kind.name}/{self.id}"

    @property
    def api(self) -> str:
        return f"/v1{self.path}"

    async def look(self, side: str, **parameters: Any) -> Any:
        return await self.page.look(f"{self.api}/{side}", **parameters)

    def asked(self, *names: str) -> dict[str, str]:
        """These parameters of the page's address; empty where they are not given."""
        return {name: self.page.request.query_params.get(name, "") for name in names}


async def opened(page: Page, kind: Kind, id: UUID) -> Thing:
    """What is not there, or not yet known, or not for this person, the API says in words."""
    listed, last = await asyncio.gather(
        page.look(f"/v1/{kind.name}", id=str(id), limit="1"), page.look(f"/v1/{kind.name}/{id}/history", limit="1")
    )
    row = listed["rows"][0] if listed["rows"] else {}
    change = last["events"][0] if last["events"] else None
    label = row.get("label") or (change or await _first_change(page, kind, id))["asset"]["label"]
    return Thing(
        page=page,
        kind=kind,
        id=id,
        label=label if label != str(id) else "",
        row=row,
        columns=listed["columns"],
        words=listed["words"],
        fixed=_fixed(page, listed),
        last=change,
        above=await _above(page, kind.name, row),
    )


def _fixed(page: Page, listed: Mapping[str, Any]) -> dict[str, str]:
    return {**page.moment.asked, "at": listed["at"], "known": page.moment.known or f"#{listed['position']}"}


async def _first_change(page: Page, kind: Kind, id: UUID) -> Mapping[str, Any]:
    """Of a thing that began later than the moment looked at."""
    kept = {name: value for name, value in page.moment.asked.items() if name != "at"}
    answer = await page.api.get(f"/v1/{kind.name}/{id}/history", order="oldest", limit="1", **kept)
    found: Mapping[str, Any] = answer["events"][0]
    return found


async def _above(page: Page, kind: str, row: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """What it is in or under, from the outermost on."""
    found: list[Mapping[str, Any]] = []
    while kind in PARENTS and len(found) < _DEEPEST:
        ref = row.get(PARENTS[kind])
        if ref is None:
            break
        kind = {"building": "buildings", "compound": "compounds", "warehouse": "warehouses"}.get(PARENTS[kind], "units")
        found.insert(0, {**ref, "kind": kind})
        row = await _row_above(page, kind, ref["id"])
    return found


async def _row_above(page: Page, kind: str, id: str) -> Mapping[str, Any]:
    if kind not in PARENTS or page.me is None or kind not in page.me["reads"]:
        return {}
    listed = await page.look(f"/v1/{kind}", id=id, fields=PARENTS[kind], limit="1")
    return listed["rows"][0] if listed["rows"] else {}
