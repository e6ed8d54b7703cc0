"""A filled-in form put into a plan instead of being carried out."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any, Final
from uuid import UUID

from fastapi.responses import RedirectResponse, Response

from api.console import toasts
from api.console.asking import Refused
from api.console.pages import Page
from api.console.toasts import Toast

PLAN: Final = "plan"
"""The step of the form that does this."""

_CHOSEN_NONE: Final = {
    "status": 422,
    "code": "plan-not-chosen",
    "detail": "请选择要加入的方案。",
    "detail_en": "Choose the plan to add it to.",
}


async def plans(page: Page) -> list[dict[str, Any]]:
    """Those that the person writes lines of."""
    found = (await page.api.get("/v1/plans"))["plans"]
    return [one for one in found if one["state"] == "draft" and one["part"] != "reader"]


async def add(page: Page, plan: str, lines: list[dict[str, Any]], *, proof: str) -> Response:
    """Each line at the end of the plan, which is shown then. What says no reason takes the plan's mandate."""
    try:
        id = UUID(plan)
    except ValueError:
        raise Refused(HTTPStatus.UNPROCESSABLE_ENTITY, _CHOSEN_NONE) from None
    for line in lines:
        said = line if line.get("mandate", {}).get("reason") else {**line, "mandate": None}
        await page.api.send("POST", f"/v1/plans/{id}/lines", said, proof=proof)
    answer = RedirectResponse(f"/plans/{id}", HTTPStatus.SEE_OTHER)
    toasts.leave(answer, Toast("已加入方案，尚未办理。", "Added to the plan; nothing is carried out yet."))
    return answer
