"""Steps on the way to a filled-in form that go without scripts: looking something up, another row, the last mandate again."""

from __future__ import annotations

from api.console.choosing import looked_up
from api.console.forms import drafts
from api.console.forms.opened import Opened
from api.console.forms.typed import first, rows
from api.console.pages import Page


async def act(page: Page, found: Opened, step: str) -> None:
    name, _, path = step.partition(":")
    match name:
        case "look":
            field = found.by_path.get(path)
            if field is not None and field["sort"] == "thing":
                found.found[path] = await looked_up(page, field["kind"], first(found.typed, f"{path}@q"))
        case "more":
            found.typed[f"{path}.{rows(found.typed, path)}."] = [""]
        case "less":
            found.typed = {name: given for name, given in found.typed.items() if not name.startswith(f"{path}.")}
        case "take":
            into, _, value = path.partition("=")
            found.typed[into] = [value]
        case "mandate":
            kept = {name: given for name, given in found.typed.items() if not _is_told_again(name)}
            found.typed = {**kept, **await drafts.last_mandate(page)}


def _is_told_again(name: str) -> bool:
    return name.startswith(("mandate.reason", "mandate.documents."))
