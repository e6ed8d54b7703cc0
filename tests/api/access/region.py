"""A registry of two counties, seen by callers of every role."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from uuid import UUID

import httpx

from api.composition import Services
from domain.access.principal import Grant, Principal
from domain.access.roles import Role
from domain.catalogue import AGGREGATES
from infra.access import principals
from projections.queries.listed import LISTED
from tests import accounts
from tests.api.access.counties import County
from tests.api.seeing import Seeing
from tests.scenarios.bureau import Bureau

KINDS = [cls.kind for cls in AGGREGATES]
OF_NOW = frozenset({"position", "at", "known", "next", "timeStamp"})
"""What an answer says of itself: how far its view goes is the same for everybody, and says nothing of anything."""
_OF_NOW_IN_ADDRESSES = re.compile(r"\b(at|known|after)=[^&]*")

NOBODY = str(UUID(int=1))
TILES = {"640381": "8/203/98", "640323": "8/204/98", "640324": "8/205/98"}


@dataclass
class Region:
    """`mine`: the county of the callers; `other`: the one that they have no business in."""

    desk: Seeing
    services: Services
    mine: County
    stack: ExitStack
    other: County = field(default_factory=lambda: County("", "", 0))
    before: dict[tuple[Grant, str], Any] = field(default_factory=dict)
    """What somebody was answered when there was nothing but the callers' own county, by the address."""
    _clients: dict[tuple[Grant, ...], httpx.Client] = field(default_factory=dict)

    def catch_up(self) -> None:
        while self.desk.follower.step():
            pass

    def secret(self, *grants: Grant, **more: Any) -> str:
        login = "-".join(f"{grant.role}{grant.division or grant.unit or ''}" for grant in grants) or "nobody"
        return accounts.a_token(self.desk.urls.owner, login[:60], given=grants, **more)

    def client(self, *grants: Grant) -> httpx.Client:
        """Somebody with these roles."""
        if grants not in self._clients:
            headers = {"Authorization": f"Bearer {self.secret(*grants)}"}
            made = httpx.Client(base_url=self.desk.client.base_url, headers=headers, timeout=60)
            self._clients[grants] = self.stack.enter_context(made)
        return self._clients[grants]

    def bureau(self, *grants: Grant) -> Bureau:
        """The same, at work: the view shows them what was done so far."""
        self.catch_up()
        return Bureau(self.client(*grants), self.desk.bureau.paths)

    def principal(self, *grants: Grant) -> Principal:
        with self.services.pool.connection() as connection:
            found = principals.of_token(connection, self.secret(*grants))
        assert found is not None
        return found

    def of_division(self, role: Role) -> Grant:
        return Grant(role=role, division=self.mine.division)

    def of_unit(self, role: Role) -> Grant:
        return Grant(role=role, unit=UUID(self.mine.things["units"]))

    def look_before(self, *grants: Grant) -> None:
        self.catch_up()
        for grant in grants:
            for _, address in questions(self, self.mine, *FORMS):
                self.before[grant, address] = told(self.client(grant).get(address))

    @cached_property
    def described(self) -> dict[str, Any]:
        """The description of the API."""
        found: dict[str, Any] = self.desk.client.get("/v1/openapi.json").json()
        return found


def questions(region: Region, county: County, *forms: str) -> Iterator[tuple[str, str]]:
    """Every way of asking something about a county: the id of the operation, and the address."""
    for path, methods in region.described["paths"].items():
        operation = methods.get("get", {})
        if operation and operation["operationId"] not in UNASKED:
            yield from ((operation["operationId"], address) for address in _addresses(path, operation, county, forms))


def filters(region: Region, county: County) -> Iterator[tuple[str, str]]:
    """Every way of narrowing something down to what has to do with a county: the id of the operation, and the address."""
    for path, methods in region.described["paths"].items():
        operation = methods.get("get", {})
        if "{" not in path and operation and operation["operationId"] not in UNASKED:
            for one in operation.get("parameters", ()):
                value = _about(county, operation["operationId"].partition(".")[0], one)
                if value is not None:
                    asked = _query(path, county)
                    yield operation["operationId"], f"{path}{asked}{'&' if asked else '?'}{one['name']}={value}"


def _about(county: County, kind: str, parameter: dict[str, Any]) -> str | None:
    """What of a county can be asked for by this parameter, if anything."""
    name = parameter["name"]
    if name in ("division", "q"):
        return {"division": county.division, "q": county.name}[name]
    if '"uuid"' not in json.dumps(parameter["schema"]):
        return None
    column = LISTED.get(kind, {}).get(name)
    named = f"{name}s" if f"{name}s" in KINDS else kind if name == "id" else "units"
    return county.things.get((column.party if column is not None else None) or named, NOBODY)


def changes(region: Region, county: County) -> Iterator[tuple[str, str, str]]:
    """Every way of changing something: the id of the operation, the method and the address."""
    for path, methods in region.described["paths"].items():
        for method in sorted(methods.keys() & {"post", "put", "patch", "delete"}):
            yield from ((methods[method]["operationId"], method, address) for address in _paths(path, county))


FORMS = ("csv", "geojson")
UNASKED = frozenset({"health", "session.openid", "session.openid.callback", "files.download", "positions.osmand"}
                    | {"map.png", "map.pdf"})  # fmt: skip
"""What says nothing of anything that is registered; and files and pictures, which have tests of their own."""


def _addresses(path: str, operation: dict[str, Any], county: County, forms: Iterable[str]) -> Iterator[str]:
    said = {one["name"]: one["schema"] for one in operation.get("parameters", ()) if one["in"] == "query"}
    for address in _paths(path, county):
        asked = address + _query(path, county)
        yield asked
        for form in forms:
            if form in json.dumps(said.get("format")):
                yield f"{asked}{'&' if '?' in asked else '?'}format={form}"


def _paths(path: str, county: County) -> Iterator[str]:
    kind = path.split("/")[2] if path.count("/") > 1 else ""
    kinds = {"compare/assets": KINDS, "compare/units": ["units"]}.get("/".join(path.split("/")[2:4]), [kind])
    for each in kinds if "{id}" in path else [""]:
        whole = path.replace("{id}", county.things.get(each, NOBODY)).replace("{z}/{x}/{y}", TILES[county.division])
        position = county.positions.get(each, county.positions["buildings"])
        named = whole.replace("{key}", "units.rename").replace("{command}", "units.rename")
        yield OF_PAPERS.sub(lambda one: PAPERS[one[0]], named.replace("{position}", str(position)))


PAPERS = {"{line}": NOBODY, "{login}": "nobody", "{sort}": "draft", "{name}": "nothing", "{feature}": NOBODY,
          "{collection}": "buildings"}  # fmt: skip
"""What papers of one's own are called by: none of these is there. And a collection of features, which is."""
OF_PAPERS = re.compile("|".join(map(re.escape, PAPERS)))


_QUERIES = {
    **{f"/v1/{kind}": "?count=true&totals=true" for kind in KINDS},
    "/v1/search": "?q={0.name}",
    "/v1/documents": "?number={0.document}",
    "/v1/compare/area": "?division={0.division}&a.at=2015-06-01",
    "/v1/feed": "?limit=1000",
    "/v1/feed/stream": "?wait=0",
    "/v1/positions/stream": "?wait=0",
    "/v1/map/legend": "?layer=buildings&colour=title",
    "/v1/vehicles/{id}/track": "?from=2024-01-01&to=2024-01-02",
}


def _query(path: str, county: County) -> str:
    usual = "?a.at=2015-06-01" if path.startswith("/v1/compare") else ""
    return _QUERIES.get(path, usual).format(county)


def told(answer: httpx.Response) -> Any:
    """What an answer says, without what it says of itself."""
    if answer.headers.get("content-type", "").endswith("json"):
        return answer.status_code, _without(answer.json())
    return answer.status_code, answer.content


def _without(said: Any) -> Any:
    match said:
        case dict():
            return {name: _without(value) for name, value in said.items() if name not in OF_NOW}
        case list():
            return [_without(one) for one in said]
        case str():
            return _OF_NOW_IN_ADDRESSES.sub("", said)
        case _:
            return said


def words(answer: httpx.Response) -> str:
    """Everything that can be read in an answer; bytes of a tile too."""
    return re.sub(r"\\u([0-9a-f]{4})", lambda found: chr(int(found[1], 16)), answer.content.decode(errors="replace"))
