"""What was recorded by the event that is to be corrected, as it stands in the form."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from api.console.forms.typed import MANDATE, Typed, typed_of
from api.console.pages import Page


async def typed(page: Page, form: Mapping[str, Any], id: str, position: int) -> Typed:
    """As the API tells it; the documents and the day are those of the event, the reason is that of the correction."""
    told = await page.api.get(f"/v1/{form['kind']}/{id}/records/{position}")
    return typed_of(
        [*form["fields"], {**MANDATE, "fields": form["mandate"]}], {**told["arguments"], "mandate": told["mandate"]}
    )
