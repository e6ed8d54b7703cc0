"""What formulas suggest beside the fields, as the API reckons it from what is typed so far."""

from __future__ import annotations

from api.console.asking import Refused
from api.console.forms.opened import Opened
from api.console.forms.typed import values
from api.console.pages import Page


async def reckon(page: Page, found: Opened, proof: str) -> None:
    """A suggestion that cannot be had is no reason not to show the form."""
    said = values(found.all_fields, found.typed)
    body = {
        "id": found.ids[0] if len(found.ids) == 1 else None,
        "arguments": {field["name"]: said[field["name"]] for field in found.form["fields"] if field["name"] in said},
        "effective": said["mandate"].get("effective"),
    }
    try:
        answer = await page.api.send("POST", f"/v1/commands/{found.form['key']}/suggestions", body, proof=proof)
    except Refused:
        return
    found.suggested = answer.body["suggestions"]
