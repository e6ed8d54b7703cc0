"""What the first start makes: the three administrators, and where there is a demonstration somebody to look at it with."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import psycopg

from api.demo.loading import UNIT
from infra.access import accounts, first_start, grants, secrets, tokens
from infra.access.calling import Connection
from infra.access.console import console
from infra.access.first_start import Made
from infra.access.keyfile import factor_key, text_in
from infra.settings import Settings
from infra.terminal import say, say_lines

DEMONSTRATOR = "demo"


def make_administrators(settings: Settings) -> None:
    """At the first start: on this terminal, and nowhere else, stand their passwords."""
    # Made and looked at now: that others can read it is told here, and not when somebody signs in.
    factor_key(settings.var_dir)
    with psycopg.connect(settings.owner_url) as owner:
        made = first_start.make_administrators(owner)
    if made:
        _show(made)


def _show(made: Iterable[Made]) -> None:
    say(
        "首次启动：三位管理员的一次性口令，只显示这一次。请分别交给三个人。",
        "First start: one-time passwords of the three administrators, shown this once. Give them to three people.",
    )
    say_lines(f"{one.login:<12}{one.password:<26}{one.role.zh} · {one.role.en}" for one in made)
    say(
        "三个口令都修改之前，只能在本机访问：./dev accounts change-password sysadmin（其余两个同样）",
        "Until all three are changed only this machine is answered: ./dev accounts change-password sysadmin (and the others)",
    )


def demonstration_token(settings: Settings) -> Path | None:
    """Where the demonstration's token lies, made now if there has never been one; None when the file was taken away.

    The file comes first: after a crash between the two steps the next start finds the secret and stores its digest.
    """
    path = settings.var_dir / "token"
    with psycopg.connect(settings.owner_url) as owner:
        if accounts.named(owner, DEMONSTRATOR) is None:
            _make_demonstrator(owner, text_in(path, lambda: secrets.new(secrets.TOKEN)))
    return path if path.exists() else None


def _make_demonstrator(owner: Connection, secret: str) -> None:
    """A service account, so that there is no password to guess: whoever reads the file may do everything but administer."""
    with console(owner, "up") as proof:
        made = accounts.make(owner, proof, login=DEMONSTRATOR, name="演示账号", unit=UNIT, service=True)
        for grant in grants.everywhere():
            grants.give(owner, proof, made, grant)
        tokens.create(owner, proof, account=made, name="demonstration", secret=secret)
