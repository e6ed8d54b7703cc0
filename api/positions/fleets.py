"""Which vehicle a device means: by id or plate, among those of which whoever reports may report."""

from __future__ import annotations

import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from api.composition import Services
from api.reading import looking
from domain.access.principal import EVERYWHERE, Reach, Sight
from domain.kernel.codes import PlateInvalid, plate
from projections.queries.view import Asked

FRESH_SECONDS: Final = 60.0
"""How long a vehicle that was handed on may go on being reported by whoever had it."""
SOON_SECONDS: Final = 2.0
"""How long nobody looks again for a name that was not found."""


@dataclass(frozen=True, slots=True)
class Fleet:
    """Ids by id and by plate."""

    ids: Mapping[str, str]
    looked: float

    def find(self, name: str) -> str | None:
        found = self.ids.get(name)
        if found is not None:
            return found
        try:
            return self.ids.get(plate(name))
        except PlateInvalid:
            return None


class Fleets:
    """Remembered by reach: of devices there are thousands, of reaches few. Used by many threads."""

    def __init__(self, given: Services) -> None:
        self._given = given
        self._known: dict[Reach, Fleet] = {}
        self._lock = threading.Lock()

    def of(self, reach: Reach, *, missing: bool = False) -> Fleet:
        """`missing`: somebody asked for a name that is not in it."""
        with self._lock:
            found = self._known.get(reach)
            age = time.monotonic() - found.looked if found is not None else FRESH_SECONDS
            if found is None or age >= (SOON_SECONDS if missing else FRESH_SECONDS):
                found = self._known[reach] = Fleet(_named(self._given, reach), time.monotonic())
            return found


def _named(given: Services, reach: Reach) -> dict[str, str]:
    sight = Sight(kinds={"vehicles": reach}, masked=EVERYWHERE)
    with looking(given, Asked(sight=sight)) as view:
        rows = view.rows(
            f"SELECT v.asset::text AS id, v.plate FROM {view.of('vehicles', 'v')} WHERE {view.held('v')}"  # noqa: S608 -- names of the code
        )
    return {row["id"]: row["id"] for row in rows} | {row["plate"]: row["id"] for row in rows if row["plate"]}
