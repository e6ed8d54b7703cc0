"""One document: which things the events changed that cite it, and which files were attached to it."""

from __future__ import annotations

from typing import Any

from projections.queries.history import Change, known_position
from projections.queries.view import View

_CHANGED = (
    "SELECT asset, kind, count(*) AS events, min(position) AS first, max(position) AS last FROM history"
    " WHERE documents @> jsonb_build_array(%(number)s::text) AND position <= %(position)s::bigint"
    " GROUP BY asset, kind ORDER BY kind, asset LIMIT %(limit)s"
)


def changed(view: View, number: str, limit: int) -> list[dict[str, Any]]:
    """The things that were changed on this document, each with how many events say so."""
    return view.rows(_CHANGED, {"number": number, "position": known_position(view), "limit": limit})


def digests(number: str, events: list[Change]) -> list[str]:
    """Of the files that were attached under this number."""
    cited = {one["digest"] for event in events for one in event.documents if one["number"] == number}
    return sorted(digest for digest in cited if digest is not None)
