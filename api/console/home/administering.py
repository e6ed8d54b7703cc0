"""The first page of whoever administers: what waits for them, and the doors to their work."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from api.console.administration.accounts import HERE as ACCOUNTS
from api.console.kinds import menu
from api.console.pages import Page

_ABOUT: Final[Mapping[str, tuple[str, str]]] = {
    "/administration/accounts": ("谁能进来，是什么角色，在哪里", "Who may come in, in which roles, and where"),
    "/administration/records": ("谁登录、被拒、改了权限、看了受监督的内容", "Who came in, was refused, changed rights, saw what is watched over"),
    "/administration/system": ("账册、读模型、通知和邮件是否跟得上", "Whether the log, the views, notices and mails keep up"),
    "/webhooks": ("给其他系统的推送是否送到", "Whether what is sent to other systems gets there"),
}  # fmt: skip

_WAITS: Final = {
    "grants": (
        ("resting", "个账号待您确认本人", "Accounts that wait for you to confirm who came in"),
        ("none", "个账号还没有角色", "Accounts without a role"),
    ),
    "accounts": (("locked", "个账号因口令输错而锁定", "Accounts that are locked after wrong passwords"),),
}
"""By a right: which accounts wait for whoever has it. Reading the records is recorded, so the first page does not."""


async def shown(page: Page, me: Mapping[str, Any]) -> dict[str, Any]:
    doors = [(*one, *_ABOUT[one[0]]) for group in menu(me) for one in group.more if one[0] in _ABOUT]
    wanted = [one for right in me["rights"] for one in _WAITS.get(right, ())]
    counts = (await page.api.get("/v1/access/accounts", limit="1"))["counts"] if wanted else {}
    waits = [
        {
            "rows": f"{ACCOUNTS}?state={state}",
            "zh": zh,
            "en": en,
            "icon": "person",
            "count": counts[state],
        }
        for state, zh, en in wanted
    ]
    return {"doors": doors, "waits": [one for one in waits if one["count"]]}
