"""One document: which things the events changed that cite it, and which files were attached to it."""

from __future__ import annotations

from typing import Any

from projections.queries.history import known_position
from projections.queries.view import View

_CHANGED = (
    "SELECT asset, kind, count(*) AS events, min(position) AS first, max(position) AS last FROM {history}"
    " WHERE documents @> jsonb_build_array(%(number)s::text) AND position <= %(position)s::bigint"
    " GROUP BY asset, kind ORDER BY kind, asset LIMIT %(limit)s"
)


def changed(view: View, number: str, limit: int) -> list[dict[str, Any]]:
    """The things that were changed on this document, each with how many events say so."""
    return view.rows(
        _CHANGED.format(history=view.of("history")),
        {"number": number, "position": known_position(view), "limit": limit},
    )


_DIGESTS = (
    "SELECT DISTINCT cited.value ->> 'digest' AS digest FROM {history} JOIN log.events e ON e.position = h.position"
    " CROSS JOIN LATERAL jsonb_array_elements(convert_from(e.mandate, 'UTF8')::jsonb -> 'documents') cited"
    " WHERE h.documents @> jsonb_build_array(%(number)s::text) AND h.position <= %(position)s::bigint"
    " AND cited.value ->> 'number' = %(number)s::text AND cited.value ->> 'digest' IS NOT NULL ORDER BY 1"
)


def digests(view: View, number: str) -> list[str]:
    """Of all files that were ever attached under this number."""
    rows = view.rows(
        _DIGESTS.format(history=view.of("history", "h")), {"number": number, "position": known_position(view)}
    )
    return [row["digest"] for row in rows]
