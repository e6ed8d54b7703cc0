"""Notices in words, as far as whoever looks may see what they are about now: what is out of sight is left out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final

from api.notices.matters import MATTERS
from infra.notices.kept import EVENT, Kept
from projections.queries import history, reach
from projections.queries.history import Change, Part, Wanted
from projections.queries.things import Names, labels, named
from projections.queries.view import View

MOST_NAMED: Final = 5
"""Of many things whose terms end the page behind the link knows them all."""

WHY: Final = {
    "waits": ("等您办理", "waits for you"),
    "decided": ("您的申请", "your request"),
    "watched": ("您关注的", "you watch it"),
    "due": ("期限", "a term"),
    "told": ("通知", "notice"),
}


def told(view: View, notices: Sequence[Kept]) -> list[dict[str, Any]]:
    """Each as the API tells it, in their order; without those of which nothing is in sight."""
    positions = [one.position for one in notices if one.position is not None]
    found = history.changes(view, Wanted(positions=positions), Part()) if positions else []
    changes = {one.position: one for one in found}
    things = reach.seen(view, (id for one in notices for id in one.things))
    names = named(view, {*(one.row["asset"] for one in found), *things})
    telling = ((one, _told(one, changes, names, things)) for one in notices)
    return [_whole(one, words) for one, words in telling if words is not None]


def _told(one: Kept, changes: dict[int, Change], names: Names, things: Iterable[Any]) -> dict[str, Any] | None:
    if one.matter == EVENT:
        change = changes.get(one.position or 0)
        return None if change is None else _event(change, names)
    if one.matter not in MATTERS:
        return None  # of another version of the program
    shown = [id for id in one.things if id in things]
    if one.things and not shown:
        return None
    return _matter(one, [names[str(id)] for id in shown if str(id) in names], len(one.things) - len(shown))


def _event(change: Change, names: Names) -> dict[str, Any]:
    row = change.told(labels(names))
    asset = row["asset"]
    return {
        "zh": row["zh"],
        "en": row["en"],
        "link": f"/{asset['kind']}/{asset['id']}/history",
        "things": [asset],
        "actor": row["actor"],
        "unit": row["unit"],
        "happened": row["recorded_at"],
    }


def _matter(one: Kept, shown: Sequence[Any], hidden: int) -> dict[str, Any]:
    figures = one.figures | ({"count": one.figures.get("count", 0) - hidden} if shown else {})
    words = MATTERS[one.matter]
    only = shown[0] if len(shown) == 1 and figures.get("count") == 1 else None
    return {
        "zh": words.zh.format_map(figures),
        "en": words.en.format_map(figures),
        "link": one.link if only is None else f"/{only.kind}/{only.id}",
        "things": [{"id": each.id, "kind": each.kind, "label": each.label or ""} for each in shown[:MOST_NAMED]],
        "actor": None,
        "unit": None,
        "happened": one.made_at,
    }


def _whole(one: Kept, words: dict[str, Any]) -> dict[str, Any]:
    why_zh, why_en = WHY[one.why]
    return {
        "id": one.id,
        "why": {"key": one.why, "zh": why_zh, "en": why_en},
        "matter": one.matter,
        "position": one.position,
        "more": one.more,
        "made_at": one.made_at,
        "read_at": one.read_at,
        **words,
    }
