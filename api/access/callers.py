"""Who is at the door: a program with a token, or a person with a session; nothing in a body can say otherwise."""

from __future__ import annotations

import base64
import binascii
import time
from collections import OrderedDict
from dataclasses import dataclass
from threading import Lock

from fastapi import Request
from starlette.concurrency import run_in_threadpool

from api.access import cookies, csrf
from api.limits import Limits, place
from api.need import TOKEN_PARAMETER
from api.needs import NEEDS
from api.refusals import BasicNeeded, TokenNeeded
from domain.access.principal import Principal
from infra.access import principals, secrets
from infra.access.principals import Session
from infra.database import Pool
from infra.settings import Settings

REMEMBERED_SECONDS = 5.0
"""How long a revoked token or an ended session may go on working; asking for every request would cost more than the rest."""

MAP_PROGRAMS = "/ogc"
"""Where a browser's own sign-in is taken as well. Nothing is changed there: such a sign-in would be sent along from anywhere."""

MOST_REMEMBERED = 1000
LONGEST_SECRET = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Entrant:
    """Whoever was let in. A session's secret proves to the database who changes something about access; a token's does not."""

    principal: Principal
    session: Session | None = None
    secret: str

    @property
    def must_change(self) -> bool:
        return self.session is not None and self.session.must_change


@dataclass(frozen=True, slots=True, kw_only=True)
class _Shown:
    """What a request shows at the door; `login`: whose token it says it is, where it says so."""

    secret: str
    is_session: bool = False
    login: str = ""


class Doorkeeper:
    """Looks secrets up, and remembers those it let in for a few seconds. Used by many threads."""

    def __init__(self, pool: Pool, settings: Settings) -> None:
        self._pool = pool
        self._settings = settings
        self._known: OrderedDict[bytes, tuple[float, Entrant]] = OrderedDict()
        self._lock = Lock()
        self._callers = Limits(settings.requests_per_minute)
        self._attempts = Limits(settings.attempts_per_minute)

    async def admit(self, request: Request) -> Entrant:
        """Whose token or session this request carries, or a refusal that does not say what was wrong with it.

        Whoever is remembered is let in at once: only who must be looked up takes a thread.
        """
        try:
            shown = self._shown(request)
            found = self._remembered(shown)
            if found is None:
                found = await run_in_threadpool(self._looked_up, shown)
            self._check(request, shown, found)
        except TokenNeeded:
            self.count_attempt(request)
            if _takes_basic(request):
                raise BasicNeeded from None
            raise
        self._callers.take((found.principal.account, found.principal.via))
        return found

    def known(self, request: Request) -> Entrant:
        """The same, not counted: of whoever was let in with this request before, and goes on listening."""
        shown = self._shown(request)
        found = self._remembered(shown) or self._looked_up(shown)
        self._check(request, shown, found)
        return found

    def count_attempt(self, request: Request) -> None:
        """Rule: from one place secrets and passwords are not tried without end."""
        self._attempts.take(_place(request))

    def count_stranger(self, request: Request) -> None:
        """Rule: nor is what anybody may ask asked without end."""
        self._callers.take(_place(request))

    def forget(self, secret: str) -> None:
        """At once, not in a few seconds: whoever signs out here is out here."""
        with self._lock:
            self._known.pop(secrets.digest(secret), None)

    def _shown(self, request: Request) -> _Shown:
        shown = self._said(request)
        if not shown.secret.isascii() or not 0 < len(shown.secret) <= LONGEST_SECRET:
            raise TokenNeeded
        return shown

    def _said(self, request: Request) -> _Shown:
        authorization = request.headers.get("authorization") or _in_address(request)
        if authorization is None:
            return _Shown(secret=cookies.session_secret(request, self._settings), is_session=True)
        if _takes_basic(request) and authorization.lower().startswith("basic "):
            # A token as map programs send it: as the password of its account's login, or alone.
            login, secret = _basic(authorization)
            return _Shown(secret=secret, login=login)
        return _Shown(secret=_bearer(authorization))

    def _check(self, request: Request, shown: _Shown, found: Entrant) -> None:
        """One that was remembered as the other kind is neither."""
        if (found.session is not None) != shown.is_session or shown.login not in ("", found.principal.login):
            raise TokenNeeded
        if shown.is_session:
            csrf.require(request, shown.secret, self._settings)

    def _remembered(self, shown: _Shown) -> Entrant | None:
        key = secrets.digest(shown.secret)
        with self._lock:
            until, found = self._known.get(key, (0.0, None))
            return found if time.monotonic() < until else None

    def _looked_up(self, shown: _Shown) -> Entrant:
        with self._pool.connection() as connection:
            if shown.is_session:
                principal, session = principals.of_session(connection, shown.secret) or (None, None)
            else:
                principal, session = principals.of_token(connection, shown.secret), None
        if principal is None:
            raise TokenNeeded
        found = Entrant(principal=principal, session=session, secret=shown.secret)
        with self._lock:
            self._known[secrets.digest(shown.secret)] = (time.monotonic() + REMEMBERED_SECONDS, found)
            while len(self._known) > MOST_REMEMBERED:
                self._known.popitem(last=False)
        return found


def _place(request: Request) -> str:
    return place(None if request.client is None else request.client.host)


def _in_address(request: Request) -> str | None:
    """Trackers send no header of ours; where they report, the token may stand in the address."""
    need = NEEDS.get(getattr(request.scope.get("route"), "operation_id", ""))
    token = request.query_params.get(TOKEN_PARAMETER) if need is not None and need.foreign else None
    return None if token is None else f"Bearer {token}"


def _bearer(authorization: str) -> str:
    scheme, _, secret = authorization.partition(" ")
    return secret.strip() if scheme.lower() == "bearer" else ""


def _takes_basic(request: Request) -> bool:
    path = request.url.path
    return path == MAP_PROGRAMS or path.startswith(f"{MAP_PROGRAMS}/")


def _basic(authorization: str) -> tuple[str, str]:
    """Login and token. A token that stands alone may stand in either place."""
    try:
        user, _, password = base64.b64decode(authorization[6:].strip(), validate=True).decode().partition(":")
    except (binascii.Error, UnicodeError):
        return "", ""
    return (user, password) if password else ("", user)
