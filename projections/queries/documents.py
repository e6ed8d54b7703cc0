"""One document from the other side: which things the events changed that cite it, and its files; and all documents of one thing."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

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


_OF_THING = (
    "SELECT cited.value ->> 'number' AS number, count(*) AS events, min(h.position) AS first, max(h.position) AS last,"
    " coalesce(array_agg(DISTINCT cited.value ->> 'digest') FILTER (WHERE cited.value ? 'digest'"
    " AND cited.value ->> 'digest' IS NOT NULL), '{{}}') AS digests"
    " FROM {history} JOIN log.events e ON e.position = h.position"
    " CROSS JOIN LATERAL jsonb_array_elements(convert_from(e.mandate, 'UTF8')::jsonb -> 'documents') cited"
    " WHERE h.asset = %(id)s::uuid AND h.documents IS NOT NULL AND h.position <= %(position)s::bigint"
    " AND (%(until)s::timestamptz IS NULL OR h.effective <= %(until)s::timestamptz)"
    " GROUP BY 1 ORDER BY max(h.position) DESC, 1"
)
_PHOTOS = (
    "SELECT digest, position FROM {attachments} WHERE asset = %(id)s::uuid AND position <= %(position)s::bigint"
    " AND digest <> ALL(%(cited)s::text[]) ORDER BY position, digest"
)


def of_thing(view: View, id: UUID, until: datetime | None) -> list[dict[str, Any]]:
    """Each document that its events cite, with the files attached under that number; the latest cited first."""
    asked = {"id": id, "position": known_position(view), "until": until}
    return view.rows(_OF_THING.format(history=view.of("history", "h")), asked)


def photos(view: View, id: UUID, cited: list[str]) -> list[dict[str, Any]]:
    """The files that its events show besides those of documents, each with the position that names it first."""
    asked = {"id": id, "position": known_position(view), "cited": cited}
    return view.rows(_PHOTOS.format(attachments=view.of("attachments")), asked)
