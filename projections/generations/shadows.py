"""The shadow that is being built: one at a time, whoever asks for it."""

from __future__ import annotations

from projections.generations import catalogue
from projections.generations.catalogue import Generation
from projections.generations.connecting import MAKES_SHADOWS, Connection
from projections.generations.definition import Definition


def half_built_or_new(connection: Connection, definition: Definition) -> Generation:
    """The one that was broken off or that another is at, else a new one. Two who ask at once get the same."""
    with connection.transaction():
        connection.execute("SELECT pg_advisory_xact_lock(%s, %s)", MAKES_SHADOWS)
        ours = catalogue.find(connection, "role = 'shadow' AND digest = %s", definition.digest)
        half = [one for one in ours if one.state == "building"]
        if half:
            return half[-1]
        # One that was never swapped in is of no use beside a newer one.
        for earlier in ours:
            catalogue.drop(connection, earlier)
        return catalogue.make(connection, definition, goal=catalogue.head(connection))
