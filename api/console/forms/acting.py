"""Steps on the way to a filled-in form that go without scripts: looking something up, another row, the last mandate again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from api.console.forms import drafts
from api.console.forms.opened import Opened
from api.console.forms.typed import first, rows
from api.console.kinds import KINDS
from api.console.language import Language
from api.console.pages import Page
from api.console.showing import cell

CHOICES: Final = 12
LANGUAGES: Final[tuple[Language, ...]] = ("zh", "en")


async def act(page: Page, found: Opened, step: str) -> None:
    name, _, path = step.partition(":")
    match name:
        case "look":
            field = next((one for one in found.form["fields"] if one["name"] == path), None)
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


async def looked_up(page: Page, kind: str, words: str) -> list[dict[str, Any]]:
    """Things of a kind that have these words, each with what tells it from others of the same name."""
    columns = KINDS[kind].columns[:3]
    answer = await page.api.get(f"/v1/{kind}", q=words.strip(), limit=str(CHOICES), fields=",".join(columns))
    return [{"id": row["id"], "label": row["label"], "told": _told(row, answer)} for row in answer["rows"]]


def _told(row: Mapping[str, Any], answer: Mapping[str, Any]) -> dict[str, str]:
    """What else is known of it, in both languages."""
    rest = [column for column in answer["columns"][1:] if row[column["name"]] not in (None, [])]
    return {
        language: " · ".join(str(cell(row[column["name"]], column, answer["words"], language)) for column in rest)
        for language in LANGUAGES
    }
