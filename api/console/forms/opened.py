"""A form as it stands: what it asks, about which things, what was typed so far, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

from api.console.choosing import called
from api.console.forms import drafts, recorded, state
from api.console.forms.faults import Fault, fields_by_path
from api.console.forms.state import Thing
from api.console.forms.telling import unit_of, value_told
from api.console.forms.typed import MANDATE, Fields, Typed, first, rows
from api.console.kinds import KINDS, Kind
from api.console.language import Language
from api.console.pages import Page
from api.console.showing import SHANGHAI


@dataclass(slots=True, kw_only=True)
class Opened:
    """One form, opened by one person."""

    form: Mapping[str, Any]
    about: list[Thing]
    corrects: int | None
    typed: Typed
    key: str = ""
    restored: str | None = None
    faults: list[Fault] = field(default_factory=list)
    found: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    now: dict[str, Typed] = field(default_factory=dict)
    changed: list[dict[str, Any]] = field(default_factory=list)
    between: list[dict[str, Any]] = field(default_factory=list)
    foretold: list[dict[str, Any]] = field(default_factory=list)
    suggested: list[dict[str, Any]] = field(default_factory=list)
    looks_on: bool = False
    """It comes again where one is at work on it: the first wrong field does not take the cursor."""

    @property
    def kind(self) -> Kind:
        return KINDS[self.form["kind"]]

    @property
    def ids(self) -> list[str]:
        return [thing.id for thing in self.about]

    @property
    def draft(self) -> str:
        return drafts.name_of(self.form["key"], self.ids, self.corrects)

    @property
    def all_fields(self) -> list[dict[str, Any]]:
        """Its own, and those of the mandate, as one reads and writes them."""
        return [*self.form["fields"], {**MANDATE, "fields": self.form["mandate"]}]

    @property
    def by_path(self) -> dict[str, dict[str, Any]]:
        return fields_by_path(self.all_fields, lambda path: rows(self.typed, path))

    # What templates ask ---------------------------------------------------------------------------------------------------

    @property
    def first_wrong(self) -> str:
        wrong = {fault.path for fault in self.faults}
        return "" if self.looks_on else next((path for path in self.by_path if path in wrong), "")

    def suggested_at(self, path: str) -> list[dict[str, Any]]:
        return [one for one in self.suggested if one["field"] == path]

    def faults_at(self, path: str) -> list[Fault]:
        return [fault for fault in self.faults if fault.path == path]

    def first(self, path: str) -> str:
        return first(self.typed, path)

    def chosen(self, path: str) -> list[str]:
        return [one for one in self.typed.get(path, ()) if one]

    def rows(self, field: Mapping[str, Any], path: str) -> int:
        """As many as were filled in, and as many as there must be; a row to begin with where nothing is listed yet."""
        return max(rows(self.typed, path), int(field["listed"][0]), 1 if field["required"] else 0)

    def choices(self, field: Mapping[str, Any], path: str) -> list[Mapping[str, Any]]:
        """With what was recorded before today's list, as it stands."""
        told, given = list(field["choices"]), self.first(path)
        known = not given or any(choice["value"] == given for choice in told)
        return told if known else [{"value": given, "zh": given, "en": given}, *told]

    def step(self, field: Mapping[str, Any]) -> str:
        return f"{Decimal(1).scaleb(-(field['places'] or 0)):f}"

    def measure(self, field: Mapping[str, Any], language: Language) -> str:
        return unit_of(field["reads"], language)

    def seeks(self, kind: str, language: Language) -> str:
        told = KINDS[kind]
        return f"输入字词查找{told.zh}" if language == "zh" else f"Type to find among {told.en.lower()}"

    def called(self, path: str, language: Language) -> str:
        """A field by its label, and those around it."""
        parts, fields = path.split("."), self.by_path
        around = (".".join(parts[: end + 1]) for end in range(len(parts)))
        return " · ".join(fields[one][language] for one in around if fields.get(one, {}).get(language))

    def told(self, field: Mapping[str, Any], typed: Typed, language: Language) -> str:
        """A value as people read it."""
        return value_told(field, typed, self.names, language)


async def opened(page: Page, key: str, ids: list[str], corrects: int | None) -> Opened:
    """The form as it is before anything was typed."""
    form = await page.api.get(f"/v1/commands/{key}/form")
    about = await state.things(page, form["kind"], ids)
    found = Opened(form=form, about=about, corrects=corrects, typed={})
    fields = form["fields"]
    found.typed = {
        **state.default_typed(fields),
        **({} if form["creates"] else state.offered(fields, about)),
        **state.version_typed(about),
        **{f"mandate.{name}": given for name, given in _now(found.all_fields).items()},
        **_asked(page, fields),
    }
    if corrects is not None and ids:
        found.typed |= await recorded.typed(page, form, ids[0], corrects)
    return found


def _now(_: Fields) -> Typed:
    """What is done is usually done now."""
    local = datetime.now(SHANGHAI)
    return {"effective": [f"{local:%Y-%m-%d}"]}


def _asked(page: Page, fields: Fields) -> Typed:
    """What the address of the form fills in: `?building=ID`."""
    given = page.request.query_params
    return {field["name"]: given.getlist(field["name"]) for field in fields if field["name"] in given}


async def name(page: Page, found: Opened) -> None:
    """Whatever the fields name is called by its name."""
    fields = found.by_path
    wanted = state.named(fields, found.typed)
    shown = [*found.now.values(), *(one[when] for one in found.changed for when in ("before", "now"))]
    for typed in shown:
        for kind, ids in state.named(fields, typed).items():
            wanted.setdefault(kind, set()).update(ids)
    for kind, ids in wanted.items():
        if kind in (page.me or {}).get("reads", ()):
            found.names |= await called(page, kind, sorted(ids))
