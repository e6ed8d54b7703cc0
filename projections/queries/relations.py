"""What a thing points at, at a moment; what points at it is what it holds or is mentioned by (`holdings`)."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from projections.queries.holdings import ends
from projections.queries.view import View


def points_at(view: View, id: UUID) -> list[dict[str, Any]]:
    """Every other thing that the thing names, in which role, since and until when."""
    return view.rows(
        f"SELECT h.role, h.member, h.holder, h.begins, {ends(view, 'h')} AS ends, h.stated FROM {view.of('holdings', 'h')}"  # noqa: S608 -- constants
        f" WHERE h.asset = %(id)s::uuid AND {view.held('h')} ORDER BY h.role, h.member",
        {"id": id},
    )
