"""Which files somebody may read, and so may cite: those that they sent, and those of what they see."""

from __future__ import annotations

from dataclasses import dataclass

from api.composition import Services
from api.reading import looking
from domain.access.principal import Principal
from domain.access.rights import Right
from infra.access import uploads
from projections.queries import attachments
from projections.queries.view import Asked


@dataclass(frozen=True, slots=True)
class Readable:
    """The files of one caller: any other is as if it were not there, or citing it would tell that it is, and open it."""

    given: Services
    principal: Principal

    def has(self, digest: str) -> bool:
        return self.given.blobs.has(digest) and (self._is_own(digest) or self._is_in_sight(digest))

    def get(self, digest: str) -> bytes | None:
        return self.given.blobs.get(digest) if self.has(digest) else None

    def _is_own(self, digest: str) -> bool:
        with self.given.pool.connection() as connection:
            return uploads.is_by(connection, self.principal.account, digest)

    def _is_in_sight(self, digest: str) -> bool:
        reader = self.principal.under({Right.FILES})
        if reader is None or reader.sight.everything:
            return reader is not None
        with looking(self.given, Asked(sight=reader.sight)) as view:
            return attachments.is_in_sight(view, digest)
