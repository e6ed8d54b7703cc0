"""Whether a file belongs to something in sight."""

from __future__ import annotations

from projections.queries.view import View


def is_in_sight(view: View, digest: str) -> bool:
    """Whether anything that the caller sees was ever changed on this file, or is shown on it."""
    statement = f"SELECT 1 FROM {view.of('attachments')} WHERE digest = %(digest)s LIMIT 1"  # noqa: S608 -- names of the code
    return view.one(statement, {"digest": digest}) is not None
