"""The things that a form is about, as they are now: what the form offers again, and against which version it is sent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from api.console.choosing import called
from api.console.forms.typed import Fields, Typed, first, typed_of
from api.console.pages import Page

MOST: Final = 200
"""How many things one form is about at most."""
VERSIONED: Final = 20
"""Up to so many, each is sent against the version that was looked at."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Thing:
    id: str
    label: str | None
    version: int | None = None
    facets: Mapping[str, Any]


async def things(page: Page, kind: str, ids: list[str]) -> list[Thing]:
    """In the order in which they were asked for; what is not there, or not to be seen, refuses the page."""
    if not ids:
        return []
    labels = await called(page, kind, ids)
    states = [await page.api.get(f"/v1/{kind}/{id}") for id in ids] if len(ids) <= VERSIONED else [{} for _ in ids]
    for id in ids:
        if id not in labels:  # the state says in words why not
            await page.api.get(f"/v1/{kind}/{id}")
    return [
        Thing(id=id, label=labels.get(id), version=state.get("version"), facets=facets(state))
        for id, state in zip(ids, states, strict=True)
    ]


def facets(state: Mapping[str, Any]) -> dict[str, Any]:
    """What holds now, by the name of the facet; what is masked, or has many values, is not there."""
    held = {one["name"]: one["value"] for one in state.get("facets", ()) if not one["member"]}
    told = {**{name: value for name, value in state.get("details", {}).items() if isinstance(value, str)}, **held}
    return {name: value for name, value in told.items() if value is not None and not _is_masked(value)}


def _is_masked(value: Any) -> bool:
    return isinstance(value, dict) and "raw" not in value


def offered(fields: Fields, about: list[Thing]) -> Typed:
    """What stays as it is where nothing else is said; of many things only what all of them have in common."""
    if not about:
        return {}
    fields = [field for field in fields if field["kept"] and field["listed"] is None]
    each = [
        typed_of(fields, {f["name"]: thing.facets.get(f["facet"]) for f in fields}) for thing in about if thing.facets
    ]
    return (
        {name: given for name, given in each[0].items() if all(one.get(name) == given for one in each)} if each else {}
    )


def present(fields: Fields, about: list[Thing]) -> dict[str, Typed]:
    """What each field's facet is now, of a single thing."""
    if len(about) != 1:
        return {}
    told = {field["name"]: about[0].facets.get(field["facet"]) for field in fields if field["facet"]}
    return {
        field["name"]: typed_of([field], {field["name"]: told[field["name"]]})
        for field in fields
        if told.get(field["name"]) is not None
    }


def named(fields: Mapping[str, Mapping[str, Any]], typed: Typed) -> dict[str, set[str]]:
    """The things that the fields, by their paths, name; by kind."""
    found: dict[str, set[str]] = {}
    for path, field in fields.items():
        if field["sort"] == "thing":
            found.setdefault(field["kind"], set()).update(one for one in typed.get(path, ()) if one)
    return found


def default_typed(fields: Fields, prefix: str = "") -> Typed:
    """What the command takes when nothing is said, said."""
    found: Typed = {}
    for field in fields:
        if field["sort"] == "group" and field["listed"] is None:
            found |= default_typed(field["fields"], f"{prefix}{field['name']}.")
        elif field["default"] not in (None, "", False):
            found |= typed_of([field], {field["name"]: field["default"]}, prefix)
    return found


def version_typed(about: list[Thing]) -> Typed:
    """The versions that were looked at, carried along in the form."""
    return {f"_version.{thing.id}": [str(thing.version)] for thing in about if thing.version is not None}


def version_of(typed: Typed, id: str) -> int | None:
    text = first(typed, f"_version.{id}")
    return int(text) if text.isdecimal() else None
