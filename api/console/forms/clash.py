"""Somebody else was quicker: what it was when the form was opened, what it is now, and what was typed, side by side."""

from __future__ import annotations

from typing import Final

from api.console.asking import Refused
from api.console.forms import state
from api.console.forms.faults import Fault
from api.console.forms.opened import Opened
from api.console.forms.state import Thing, version_of, version_typed
from api.console.forms.typed import Typed
from api.console.pages import Page

CODE = "version-conflict"
MOST_BETWEEN = 20
_MEANWHILE: Final = (
    "这期间被别人改过。请看下面的对照，选定后再次办理。",
    "Somebody changed it meanwhile. Look below, choose, then carry it out again.",
)


async def side_by_side(page: Page, found: Opened, refused: Refused) -> None:
    """What this form is sent against next is what is seen now."""
    if refused.problem.get("code") != CODE:
        return
    for thing in found.about:
        began = version_of(found.typed, thing.id)
        if began is not None and thing.version is not None and began < thing.version:
            await _compare(page, found, thing, began)
    found.typed |= version_typed(found.about)
    found.faults = [Fault("", *_MEANWHILE)]


async def _compare(page: Page, found: Opened, thing: Thing, began: int) -> None:
    kind, fields = found.form["kind"], found.form["fields"]
    since = min((thing.version or began) - began, MOST_BETWEEN)
    told = await page.api.get(f"/v1/{kind}/{thing.id}/history", limit=str(since))
    found.between += told["events"]
    if len(found.about) > 1:
        return
    then = await page.api.get(f"/v1/{kind}/{thing.id}", version=str(began))
    before = state.present(fields, [Thing(id=thing.id, label=None, facets=state.facets(then))])
    now = state.present(fields, found.about)
    for field in fields:
        name = field["name"]
        if field["facet"] and before.get(name, {}) != now.get(name, {}):
            mine = {path: given for path, given in found.typed.items() if path.partition("@")[0] == name}
            found.changed.append(
                {"field": field, "before": before.get(name, {}), "now": now.get(name, {}), "mine": mine}
            )


def choose(found: Opened) -> None:
    """What was chosen of the two, taken over."""
    now = state.present(found.form["fields"], found.about)
    for field in found.form["fields"]:
        name = field["name"]
        if found.typed.pop(f"_pick.{name}", [""])[0] == "now":
            kept: Typed = {path: given for path, given in found.typed.items() if path.partition("@")[0] != name}
            found.typed = kept | now.get(name, {})
