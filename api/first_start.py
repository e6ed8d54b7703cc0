"""What the first start makes: the three administrators, and where there is a demonstration somebody to look at it with."""

from __future__ import annotations

import os
from pathlib import Path

import psycopg

from api.demo import UNIT
from infra.access import accounts, grants, secrets, tokens
from infra.access.calling import Connection
from infra.access.console import console
from infra.settings import Settings

DEMONSTRATOR = "demo"


def demonstration_token(settings: Settings) -> Path | None:
    """Where the demonstration's token lies, made now if there has never been one; None when the file was taken away.

    The file comes first: after a crash between the two steps the next start finds the secret and stores its digest.
    """
    path = settings.var_dir / "token"
    with psycopg.connect(settings.owner_url) as owner:
        if accounts.named(owner, DEMONSTRATOR) is None:
            _make_demonstrator(owner, _secret_in(path))
    return path if path.exists() else None


def _make_demonstrator(owner: Connection, secret: str) -> None:
    """A service account, so that there is no password to guess: whoever reads the file may do everything but administer."""
    with console(owner, "up") as proof:
        made = accounts.make(owner, proof, login=DEMONSTRATOR, name="演示账号", unit=UNIT, service=True)
        for grant in grants.everywhere():
            grants.give(owner, proof, made, grant)
        tokens.create(owner, proof, account=made, name="demonstration", secret=secret)


def _secret_in(path: Path) -> str:
    if path.exists() and path.stat().st_mode & 0o077 == 0:
        return path.read_text().strip()
    secret = secrets.new(secrets.TOKEN)
    fresh = path.with_suffix(".new")
    fresh.unlink(missing_ok=True)
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(secret + "\n")
        file.flush()
        os.fsync(file.fileno())
    fresh.rename(path)
    return secret
