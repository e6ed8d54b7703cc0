"""The lines of a proposal that came back, as one form: what was sent stands in its fields, and lines are added below."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from api.console.forms.faults import Fault, faults, missing
from api.console.forms.opened import Opened
from api.console.forms.typed import MANDATE, Fields, Typed, first, typed_of, values
from api.console.kinds import KINDS
from api.console.pages import Page

THING: Final = "_thing"
"""The field of an added line in which one chooses what it is about."""
ADDED: Final = "_added"
"""Which lines were added: `4 items.request-disposal`."""
MOST: Final = 200

_PLACE: Final = re.compile(r"^/commands/([0-9]+)(?:/arguments)?(/.*)?$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """`told`: as the API tells of it; nothing where it was added. Its fields are named after its number."""

    number: int
    form: Mapping[str, Any]
    told: Mapping[str, Any] | None

    @property
    def fields(self) -> list[Mapping[str, Any]]:
        return [*([self._thing] if self.told is None and not self.form["creates"] else []), *self.form["fields"]]

    @property
    def group(self) -> dict[str, Any]:
        return {
            **MANDATE,
            "name": str(self.number),
            "fields": self.fields,
            "zh": self.form["zh"],
            "en": self.form["en"],
        }

    @property
    def given(self) -> Mapping[str, Any]:
        return self.told["as_given"]["arguments"] if self.told else {}

    @property
    def typed(self) -> Typed:
        return typed_of(self.form["fields"], self.given, f"{self.number}.")

    @property
    def _thing(self) -> dict[str, Any]:
        kind = KINDS[self.form["kind"]]
        words = {"zh": kind.zh, "en": kind.en, "hint": None, "kind": kind.name}
        return {
            **MANDATE,
            **words,
            "name": THING,
            "sort": "thing",
            "reads": None,
            "choices": [],
            "facet": None,
            "kept": False,
        }

    def is_dropped(self, typed: Typed) -> bool:
        return bool(first(typed, f"_drop.{self.number}"))

    def command(self, typed: Typed) -> dict[str, Any]:
        prefix = f"{self.number}."
        if self.told is None:
            thing = first(typed, prefix + THING)
            said = values(self.form["fields"], typed, prefix)
            return {"command": self.form["key"], "arguments": said, **({"id": thing} if thing else {})}
        said = _corrected(self.form["fields"], self.given, typed, prefix)
        return {**self.told["as_given"], "arguments": said}


def _corrected(fields: Fields, given: Mapping[str, Any], typed: Typed, prefix: str) -> dict[str, Any]:
    """What nobody touched stays exactly as it was sent, also where a field shows less of it."""
    was, named = typed_of(fields, given, prefix), {field["name"] for field in fields}
    found = {name: value for name, value in given.items() if name not in named}
    for field in fields:
        name = field["name"]
        if _under(typed, prefix + name) != _under(was, prefix + name):
            found |= values([field], typed, prefix)
        elif name in given:
            found[name] = given[name]
    return found


def _under(typed: Typed, path: str) -> dict[str, list[str]]:
    """What is filled in at a field and within it, besides what was only looked for."""
    held = {name: [one for one in texts if one] for name, texts in typed.items() if not name.endswith("@q")}
    return {name: texts for name, texts in held.items() if texts and re.match(rf"{re.escape(path)}($|[.@])", name)}


async def lines(page: Page, told: Mapping[str, Any], typed: Typed | None) -> list[Line]:
    """Those that were sent, then those that were added."""
    forms: dict[str, Mapping[str, Any]] = {}
    sent = [(line["line"], line["as_given"]["command"], line) for line in told["lines"]]
    wanted = [*sent, *((number, key, None) for number, key in added(typed or {}))]
    for _, key, _ in wanted:
        if key not in forms:
            forms[key] = await page.api.get(f"/v1/commands/{key}/form")
    return [Line(number=number, form=forms[key], told=line) for number, key, line in wanted]


def added(typed: Typed) -> Iterator[tuple[int, str]]:
    for text in typed.get(ADDED, ())[:MOST]:
        number, _, key = text.partition(" ")
        if number.isdecimal() and key:
            yield int(number), key


def begun(found: Iterable[Line]) -> Typed:
    """The fields as they were sent."""
    return {name: texts for line in found for name, texts in line.typed.items()}


def opened(found: Sequence[Line], typed: Typed) -> Opened:
    """All lines that stay as one form."""
    fields = [line.group for line in found if not line.is_dropped(typed)]
    form = {"key": "proposals.resubmit", "kind": "proposals", "fields": fields, "mandate": []}
    return Opened(form=form, about=[], corrects=None, typed=typed)


def marked(found: Iterable[Line], opened: Opened) -> list[Fault]:
    """What was marked when it was sent back, at its field; what is about a line as a whole, at the line."""
    paths = list(opened.by_path)
    return [
        Fault(_marked_at(paths, line.number, mark["field"]), *(f"{mark['what']} — {mark['by']}",) * 2)
        for line in found
        if line.told is not None and not line.is_dropped(opened.typed)
        for mark in line.told["marks"]
    ]


def _marked_at(paths: Iterable[str], number: int, field: str) -> str:
    """Marks name a field by its own name, whatever it stands within."""
    own = (path for path in paths if field and path.startswith(f"{number}.") and path.rpartition(".")[2] == field)
    return next(own, str(number))


def wrong(found: Sequence[Line], opened: Opened, problem: Mapping[str, Any]) -> list[Fault]:
    """What the API says, at the field of the line that it means: it counts the lines that were sent."""
    sent = [line.number for line in found if not line.is_dropped(opened.typed)]
    paths = opened.by_path

    def placed(field: str) -> str:
        place = _PLACE.match(field)
        if place is None or int(place[1]) >= len(sent):
            return field
        return f"/{sent[int(place[1])]}{'/' + THING if place[2] == '/id' else place[2] or ''}"

    errors = [{**one, "field": placed(one["field"])} for one in problem.get("errors", ())]
    told = faults({**problem, "errors": errors, "field": placed(problem.get("field", ""))}, paths)
    known = {fault.path for fault in told}
    return told + [one for one in missing(paths, opened.typed) if one.path not in known]
