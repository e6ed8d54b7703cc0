"""Who is at the door: a token speaks for one person, unit and role; nothing in a body can say otherwise."""

from __future__ import annotations

import time
from collections import OrderedDict
from threading import Lock

from api.refusals import RoleMayOnlyRead, TokenNeeded
from domain.kernel.mandate import Actor
from infra import tokens
from infra.database import Pool
from infra.tokens import Token

REMEMBERED_SECONDS = 5.0
"""How long a revoked token may go on working; a database look-up for every request would cost more than the rest."""

MOST_REMEMBERED = 1000
READERS = frozenset({"reader", "auditor"})
LONGEST_SECRET = 200


class Doorkeeper:
    """Looks tokens up, and remembers those it let in for a few seconds. Used by many threads."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool
        self._known: OrderedDict[bytes, tuple[float, Token]] = OrderedDict()
        self._lock = Lock()

    def admit(self, authorization: str | None) -> Token:
        """The token of this `Authorization` header, or a refusal that does not say what was wrong with it."""
        scheme, _, secret = (authorization or "").partition(" ")
        secret = secret.strip()
        if scheme.lower() != "bearer" or not secret.isascii() or not 0 < len(secret) <= LONGEST_SECRET:
            raise TokenNeeded
        key = tokens.digest(secret)
        return self._remembered(key) or self._looked_up(key, secret)

    def _remembered(self, key: bytes) -> Token | None:
        with self._lock:
            until, token = self._known.get(key, (0.0, None))
            return token if time.monotonic() < until else None

    def _looked_up(self, key: bytes, secret: str) -> Token:
        with self._pool.connection() as connection:
            token = tokens.look_up(connection, secret)
        if token is None:
            raise TokenNeeded
        with self._lock:
            self._known[key] = (time.monotonic() + REMEMBERED_SECONDS, token)
            while len(self._known) > MOST_REMEMBERED:
                self._known.popitem(last=False)
        return token


def actor(token: Token) -> Actor:
    return Actor(user=token.actor, unit=token.unit, role=token.role)


def require_writer(token: Token) -> None:
    """Rule: who only reads changes nothing."""
    if token.role in READERS:
        raise RoleMayOnlyRead(role=token.role)
