"""The chapters of the guide, in their order, and which one explains a page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from fastapi import Request

from api.console.kinds import KINDS


@dataclass(frozen=True, slots=True)
class Chapter:
    """`explains`: how the operation ids of its pages begin (`page.…` in `api/needs.py`). The longest beginning decides."""

    name: str
    zh: str
    en: str
    explains: tuple[str, ...]


_SIDES: Final = (
    *("facts", "contents", "holdings", "costs", "journeys", "loans", "timeline", "history", "relations", "documents"),
    *("place", "compare"),
)

CHAPTERS: Final = (
    Chapter("start", "登录和界面", "Signing in, and how pages look",
            ("sign-in", "sign-out", "password", "account", "design", "language", "appearance", "palette", "search", "guide", "static")),
    Chapter("home", "首页", "Home", ("home",)),
    Chapter("lists", "列表和筛选", "Lists and filters", (*KINDS, "loans")),
    Chapter("things", "一个对象的页面", "The page of a thing", tuple(f"{kind}.{side}" for kind in KINDS for side in _SIDES)),
    Chapter("recording", "办理和办理依据", "Recording a change, and its mandate", ("do", "choose")),
    Chapter("approvals", "审批和委托", "Approvals and deputies",
            ("inbox", "deputies", "proposals.content", "proposals.decide", "proposals.correct", "proposals.propose")),
    Chapter("plans", "方案", "Plans", ("plan", "plans")),
    Chapter("tables", "导入表格", "Bringing tables in", ("import", "imports")),
    Chapter("notices", "通知和关注", "Notices and watches", ("notices", "watch", "unwatch", "wishes")),
    Chapter("statistics", "统计", "Statistics", ("statistics",)),
    Chapter("map", "地图", "The map", ("map", "drawing", "drawings", "devices", "buildings.floors", "units.rooms-map")),
    Chapter("phone", "调度员用手机", "For dispatchers on the phone", ()),
    Chapter("investigating", "查过去：时间栏和调查", "The past: the time bar and investigations",
            ("moment", "cases", "history", "event", "document")),
    Chapter("administrators", "三员：账号、授权、审计", "For administrators",
            ("accounts", "grants", "units-to-give-in", "records", "system", "webhook", "webhooks")),
)  # fmt: skip
BY_NAME: Final[Mapping[str, Chapter]] = {one.name: one for one in CHAPTERS}

_BEGINNINGS: Final = sorted(
    ((f"page.{begins}", chapter) for chapter in CHAPTERS for begins in chapter.explains), key=lambda one: -len(one[0])
)


def chapter_of(operation: str) -> Chapter | None:
    """The one that explains this page; none where nobody wrote it yet."""
    return next((chapter for begins, chapter in _BEGINNINGS if f"{operation}.".startswith(f"{begins}.")), None)


def address(request: Request) -> str:
    """Where the guide explains what one looks at; its contents, where it does not."""
    found = chapter_of(getattr(request.scope.get("route"), "operation_id", None) or "")
    return f"/guide/{found.name}" if found else "/guide"
