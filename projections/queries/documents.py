"""One document from the other side: which things the events changed that cite it, and its files; and all documents of one thing."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from projections.queries.history import known_position
from projections.queries.view import View

_TAKEN_EFFECT = "(%(until)s::timestamptz IS NULL OR h.effective <= %(until)s::timestamptz)"

_CHANGED = (
    "SELECT h.asset, h.kind, count(*) AS events, min(h.position) AS first, max(h.position) AS last FROM {history}"  # noqa: S608 -- constants
    f" WHERE h.documents @> jsonb_build_array(%(number)s::text) AND h.position <= %(position)s::bigint AND {_TAKEN_EFFECT}"
    " GROUP BY h.asset, h.kind ORDER BY h.kind, h.asset LIMIT %(limit)s"
)


def changed(view: View, number: str, limit: int, until: datetime | None = None) -> list[dict[str, Any]]:
    """The things that were changed on this document, each with how many events say so. `until`: that had taken effect by then."""
    return view.rows(
        _CHANGED.format(history=view.of("history", "h")),
        {"number": number, "position": known_position(view), "until": until, "limit": limit},
    )


_DIGESTS = (
    "SELECT DISTINCT cited.value ->> 'digest' AS digest FROM {history} JOIN log.events e ON e.position = h.position"  # noqa: S608 -- constants
    " CROSS JOIN LATERAL jsonb_array_elements(convert_from(e.mandate, 'UTF8')::jsonb -> 'documents') cited"
    " WHERE h.documents @> jsonb_build_array(%(number)s::text) AND h.position <= %(position)s::bigint"
    f" AND {_TAKEN_EFFECT}"
    " AND cited.value ->> 'number' = %(number)s::text AND cited.value ->> 'digest' IS NOT NULL ORDER BY 1"
)


def digests(view: View, number: str, until: datetime | None = None) -> list[str]:
    """Of all files that were attached under this number, or were by then."""
    asked = {"number": number, "position": known_position(view), "until": until}
    rows = view.rows(_DIGESTS.format(history=view.of("history", "h")), asked)
    return [row["digest"] for row in rows]


_OF_THING = (
    "SELECT cited.value ->> 'number' AS number, count(*) AS events, min(h.position) AS first, max(h.position) AS last,"  # noqa: S608 -- constants
    " coalesce(array_agg(DISTINCT cited.value ->> 'digest') FILTER (WHERE cited.value ? 'digest'"
    " AND cited.value ->> 'digest' IS NOT NULL), '{{}}') AS digests"
    " FROM {history} JOIN log.events e ON e.position = h.position"
    " CROSS JOIN LATERAL jsonb_array_elements(convert_from(e.mandate, 'UTF8')::jsonb -> 'documents') cited"
    " WHERE h.asset = %(id)s::uuid AND h.documents IS NOT NULL AND h.position <= %(position)s::bigint"
    f" AND {_TAKEN_EFFECT}"
    " GROUP BY 1 ORDER BY max(h.position) DESC, 1"
)
_PHOTOS = (
    "SELECT a.digest, a.position FROM {attachments} JOIN {history} ON h.position = a.position"  # noqa: S608 -- constants
    " WHERE a.asset = %(id)s::uuid AND a.position <= %(position)s::bigint"
    f" AND {_TAKEN_EFFECT} AND a.digest <> ALL(%(cited)s::text[]) ORDER BY a.position, a.digest"
)


def of_thing(view: View, id: UUID, until: datetime | None) -> list[dict[str, Any]]:
    """Each document that its events cite, with the files attached under that number; the latest cited first."""
    asked = {"id": id, "position": known_position(view), "until": until}
    return view.rows(_OF_THING.format(history=view.of("history", "h")), asked)


def photos(view: View, id: UUID, cited: list[str], until: datetime | None) -> list[dict[str, Any]]:
    """The files that its events show besides those of documents, each with the position that names it first."""
    asked = {"id": id, "position": known_position(view), "until": until, "cited": cited}
    return view.rows(_PHOTOS.format(attachments=view.of("attachments", "a"), history=view.of("history", "h")), asked)
