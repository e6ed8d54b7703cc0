"""Names of what one may not look at lead nowhere: whoever sees a room is told the name of its owner, and may not open the owner."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Final, TypeAlias

from api.console.kinds import KINDS
from api.in_sight import MOST

Look: TypeAlias = Callable[..., Awaitable[Any]]
"""A read of the API, as whoever looks at the page and at its moment."""

_LEADS: Final = re.compile(
    rf' href="/(?P<kind>{"|".join(sorted(KINDS))})/(?P<id>[0-9a-f]{{8}}-[0-9a-f-]{{27}})(?![^"]*[?;]after=)(?:[/?#][^"]*)?"'
)
"""A link to a thing, or to something of it; but to what was just recorded, which is waited for, it leads in any case."""


_NAMELESS: Final = re.compile(r"(<a\b[^>]*>)\s*[0-9a-f]{8}-[0-9a-f-]{27}\s*(</a>)")
"""An id in the place of a name: the API tells no other to whoever may not know what a thing or a person is called."""


async def without_dead_ends(text: str, me: Mapping[str, Any], look: Look, *, nameless: str) -> str:
    """The page, in which a name that its reader cannot open is a name and no link, and an id is no name."""
    things = {found["id"]: found["kind"] for found in _LEADS.finditer(text)}
    opened = await _in_sight({id: kind for id, kind in things.items() if kind in me["reads"]}, me, look)
    text = _LEADS.sub(lambda found: found[0] if found["id"] in opened else "", text)
    return _NAMELESS.sub(rf"\1{nameless}\2", text)


async def _in_sight(things: Mapping[str, str], me: Mapping[str, Any], look: Look) -> set[str]:
    if all(grant["division"] is None and grant["unit"] is None for grant in me["grants"]):
        return set(things)
    ids, kinds = list(things), sorted(set(things.values()))
    parts = [ids[start : start + MOST] for start in range(0, len(ids), MOST)]
    return {id for part in parts for id in (await look("/v1/in-sight", id=part, kind=kinds))["ids"]}
