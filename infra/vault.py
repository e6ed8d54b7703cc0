"""Personal data: each person's fields are sealed with a key of their own before they reach the log.

Destroying the key erases the person from every copy of the log and leaves every stored byte, and so every proof, as it was.
"""

from __future__ import annotations

import base64
import os
from collections.abc import Iterable
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from domain.kernel.saving import KeyDestroyed
from infra.database import Pool

ERASED = "（已抹除）"
"""What a sealed field reads as when its key is gone."""

_NONCE = 12


class Vault:
    """Seals and opens fields. The seal is bound to the person and the field: moved elsewhere it does not open."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    def seal(self, subject: UUID, field: str, text: str) -> dict[str, str]:
        key = self._key(subject) or self._new_key(subject)
        nonce = os.urandom(_NONCE)
        sealed = nonce + AESGCM(key).encrypt(nonce, text.encode(), _bound(subject, field))
        return {"sealed": base64.b64encode(sealed).decode()}

    def unseal(self, subject: UUID, field: str, sealed: dict[str, str]) -> str:
        key = self._key(subject)
        if key is None:
            return ERASED
        try:
            data = base64.b64decode(sealed["sealed"], validate=True)
            return AESGCM(key).decrypt(data[:_NONCE], data[_NONCE:], _bound(subject, field)).decode()
        except (InvalidTag, ValueError, TypeError, KeyError) as error:
            raise SealBroken(f"the seal of {field} of {subject} does not open") from error

    def for_many(self, subjects: Iterable[UUID], *, make: bool) -> Vault:
        """The same for the length of one command: the keys of all its people are read at once, and made where there are none."""
        batch = BatchVault(self._pool)
        wanted = list(dict.fromkeys(subjects))
        if make:
            batch.make_keys(wanted)
        else:
            batch.read_keys(wanted)
        return batch

    def _key(self, subject: UUID) -> bytes | None:
        # Not cached: a key that another process destroyed must not go on opening fields here.
        with self._pool.connection() as connection:
            row = connection.execute("SELECT key FROM vault.person_keys WHERE subject = %s", [subject]).fetchone()
        return None if row is None else row[0]

    def _new_key(self, subject: UUID) -> bytes:
        """Two who make a key at once get the same one; a destroyed key is never made anew."""
        with self._pool.connection() as connection:
            connection.execute(
                "INSERT INTO vault.person_keys (subject, key) VALUES (%s, %s) ON CONFLICT DO NOTHING",
                [subject, AESGCM.generate_key(256)],
            )
        key = self._key(subject)
        if key is None:
            raise KeyDestroyed(id=subject)
        return key


class BatchVault(Vault):
    """Seals for many new people at once: their keys are made and read in one statement each, and kept until the next batch."""

    def __init__(self, pool: Pool) -> None:
        super().__init__(pool)
        self._keys: dict[UUID, bytes] = {}

    def make_keys(self, subjects: Iterable[UUID]) -> None:
        """As `seal` makes them one by one: a key that is there stays, a destroyed one is never made anew."""
        wanted = list(dict.fromkeys(subjects))
        self._keys = {}
        if not wanted:
            return
        with self._pool.connection() as connection:
            connection.execute(
                "INSERT INTO vault.person_keys (subject, key) SELECT * FROM unnest(%s::uuid[], %s::bytea[])"
                " ON CONFLICT DO NOTHING",
                [wanted, [AESGCM.generate_key(256) for _ in wanted]],
            )
        self.read_keys(wanted)

    def read_keys(self, subjects: list[UUID]) -> None:
        with self._pool.connection() as connection:
            rows = connection.execute(
                "SELECT subject, key FROM vault.person_keys WHERE subject = ANY(%s) AND key IS NOT NULL", [subjects]
            ).fetchall()
        self._keys = dict(rows)

    def _key(self, subject: UUID) -> bytes | None:
        return self._keys.get(subject) or super()._key(subject)


class SealBroken(Exception):
    """A sealed field is not what was sealed for this person and field: it was moved, altered, or never sealed."""


def _bound(subject: UUID, field: str) -> bytes:
    return f"{subject}:{field}".encode()
