"""Files beside the fields of a form: sent on as they come, so that what goes wrong after them need not send them again."""

from __future__ import annotations

from api.console.asking import Refused
from api.console.forms.faults import faults
from api.console.forms.opened import Opened
from api.console.forms.sent import Sent
from api.console.pages import Page


async def upload(page: Page, found: Opened, came: Sent, proof: str) -> None:
    """Each stands in its field by its digest then; what is wrong with one is told there."""
    for path, files in came.files.items():
        for file in files:
            headers = {"content-type": "application/octet-stream"}
            try:
                kept = await page.api.send("POST", "/v1/files", file.content, proof=proof, headers=headers)
            except Refused as refused:
                found.faults += faults({**refused.problem, "field": path}, {path})
            else:
                found.typed.setdefault(path, []).append(kept.body["digest"])
