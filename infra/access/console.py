"""The command line as one who asks: the owner of the machine, for the length of one transaction."""

from __future__ import annotations

import getpass
import secrets
from collections.abc import Iterator
from contextlib import contextmanager

from infra.access.calling import Connection


@contextmanager
def console(owner: Connection, by: str | None = None) -> Iterator[bytes]:
    """A proof that does everything, recorded as by the command line of this system user. Needs the owner's connection.

    Nobody else ever sees it: it is gone before the transaction is committed.
    """
    proof = secrets.token_bytes(32)
    with owner.transaction():
        owner.execute("INSERT INTO access.consoles (digest, by) VALUES (%s, %s)", [proof, by or getpass.getuser()])
        yield proof
        owner.execute("DELETE FROM access.consoles WHERE digest = %s", [proof])
