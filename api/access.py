"""Who is at the door: a token speaks for one account; nothing in a body can say otherwise."""

from __future__ import annotations

import time
from collections import OrderedDict
from threading import Lock

from api.refusals import RoleMayOnlyRead, TokenNeeded
from domain.access.policy import commands_of
from domain.access.principal import Principal
from domain.kernel.mandate import Actor
from infra.access import principals, secrets
from infra.database import Pool

REMEMBERED_SECONDS = 5.0
"""How long a revoked token may go on working; a database look-up for every request would cost more than the rest."""

MOST_REMEMBERED = 1000
LONGEST_SECRET = 200


class Doorkeeper:
    """Looks tokens up, and remembers those it let in for a few seconds. Used by many threads."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool
        self._known: OrderedDict[bytes, tuple[float, Principal]] = OrderedDict()
        self._lock = Lock()

    def admit(self, authorization: str | None) -> Principal:
        """Whom this `Authorization` header lets in, or a refusal that does not say what was wrong with it."""
        scheme, _, secret = (authorization or "").partition(" ")
        secret = secret.strip()
        if scheme.lower() != "bearer" or not secret.isascii() or not 0 < len(secret) <= LONGEST_SECRET:
            raise TokenNeeded
        key = secrets.digest(secret)
        return self._remembered(key) or self._looked_up(key, secret)

    def _remembered(self, key: bytes) -> Principal | None:
        with self._lock:
            until, known = self._known.get(key, (0.0, None))
            return known if time.monotonic() < until else None

    def _looked_up(self, key: bytes, secret: str) -> Principal:
        with self._pool.connection() as connection:
            found = principals.of_token(connection, secret)
        if found is None:
            raise TokenNeeded
        with self._lock:
            self._known[key] = (time.monotonic() + REMEMBERED_SECONDS, found)
            while len(self._known) > MOST_REMEMBERED:
                self._known.popitem(last=False)
        return found


def actor(principal: Principal) -> Actor:
    role = principal.grants[0].role if principal.grants else ""
    return Actor(user=principal.login, unit=principal.unit, role=role)


def require_writer(principal: Principal) -> None:
    """Rule: who only reads changes nothing."""
    if not any(commands_of(grant.role) for grant in principal.grants):
        raise RoleMayOnlyRead(role=", ".join(grant.role for grant in principal.grants))
