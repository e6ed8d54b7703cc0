"""Signing in elsewhere: OpenID Connect, the code flow with PKCE. Who somebody is, said by the provider that settings name.

Nothing is kept between going there and coming back: `Journey` is one random value in the person's own browser, and state,
nonce and verifier are made from it. So an answer is believed in the browser that asked, and nowhere else.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
import time
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlencode

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from infra.access import keyfile
from infra.access.openid_http import ProviderFailed, fetched, sent
from infra.settings import Settings

ALGORITHMS: Final = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"]
"""Of signatures that only the provider can make: no shared secrets, and never "none"."""

JOURNEY_SECONDS: Final = 600
LEEWAY_SECONDS: Final = 60
LONGEST_SUBJECT: Final = 255
_WELL_KNOWN: Final = "/.well-known/openid-configuration"


class Unproven(Exception):
    """What came back does not say who this is. The text is for the log, and never shown."""


@dataclass(frozen=True, slots=True)
class Identity:
    """Somebody, as this provider knows them. A subject is never given to anybody else; a name or address could be."""

    issuer: str
    subject: str


@dataclass(frozen=True, slots=True)
class Journey:
    """One way to the provider and back. `cookie` is what the browser keeps meanwhile."""

    cookie: str

    @classmethod
    def begin(cls) -> Journey:
        return cls(f"{int(time.time())}.{secrets.token_urlsafe(32)}")

    @property
    def is_under_way(self) -> bool:
        begun, _, rest = self.cookie.partition(".")
        return bool(rest) and begun.isdecimal() and 0 <= time.time() - int(begun[:12]) <= JOURNEY_SECONDS

    @property
    def state(self) -> str:
        return self._part("state")

    @property
    def nonce(self) -> str:
        return self._part("nonce")

    @property
    def verifier(self) -> str:
        return self._part("verifier")

    @property
    def challenge(self) -> str:
        return _text(hashlib.sha256(self.verifier.encode()).digest())

    def _part(self, name: str) -> str:
        return _text(hmac.digest(self.cookie.encode(), name.encode(), "sha256"))


class Provider:
    """The provider that settings name. Used by many threads; what it says of itself is asked once, its keys when needed."""

    def __init__(self, settings: Settings, callback: str) -> None:
        if settings.oidc_issuer is None or settings.oidc_client_id is None or settings.oidc_client_secret_file is None:
            raise ValueError("no provider in the settings")
        self.issuer = settings.oidc_issuer
        self._client = settings.oidc_client_id
        self._secret = keyfile.given_in(settings.oidc_client_secret_file)
        self._callback = callback
        self._said: dict[str, Any] | None = None

    def address(self, journey: Journey) -> str:
        """Where the browser goes."""
        asked = {
            "response_type": "code",
            "scope": "openid",
            "client_id": self._client,
            "redirect_uri": self._callback,
            "state": journey.state,
            "nonce": journey.nonce,
            "code_challenge": journey.challenge,
            "code_challenge_method": "S256",
        }
        endpoint = self._endpoint("authorization_endpoint")
        return f"{endpoint}{'&' if '?' in endpoint else '?'}{urlencode(asked)}"

    def identity(self, journey: Journey, *, code: str, state: str, issuer: str | None) -> Identity:
        """Who came back with this code."""
        if not journey.is_under_way or not hmac.compare_digest(journey.state, state):
            raise Unproven("not the browser that was sent there, or too late")
        # RFC 9207: a code of another provider is not shown to this one.
        if issuer is None and self._metadata().get("authorization_response_iss_parameter_supported") is True:
            raise Unproven("the answer does not say whose it is")
        if issuer not in (None, self.issuer):
            raise Unproven("an answer of another provider")
        return self._proven(self._redeemed(code, journey.verifier), journey.nonce)

    def _redeemed(self, code: str, verifier: str) -> str:
        told = {"grant_type": "authorization_code", "code": code, "redirect_uri": self._callback}
        answer = sent(
            self._endpoint("token_endpoint"),
            told | {"code_verifier": verifier},
            self._client,
            self._secret,
            in_body=self._takes_secret_in_body(),
        )
        token = answer.get("id_token")
        if not isinstance(token, str):
            raise Unproven("no identity token came with the code")
        return token

    def _takes_secret_in_body(self) -> bool:
        """Only where the provider says so and does not take the better way."""
        ways = self._metadata().get("token_endpoint_auth_methods_supported") or ["client_secret_basic"]
        return "client_secret_basic" not in ways

    def _proven(self, token: str, nonce: str) -> Identity:
        try:
            keys = KeySet.import_key_set({"keys": fetched(self._endpoint("jwks_uri"))["keys"]})
            claims = jwt.decode(token, keys, algorithms=ALGORITHMS).claims
            self._rules(nonce).validate(claims)
        except (JoseError, KeyError, TypeError, ValueError) as error:
            raise Unproven(f"{type(error).__name__}: {error}") from error
        self._require_for_us(claims)
        return Identity(self.issuer, claims["sub"])

    def _rules(self, nonce: str) -> jwt.JWTClaimsRegistry:
        return jwt.JWTClaimsRegistry(
            leeway=LEEWAY_SECONDS,
            iss={"essential": True, "value": self.issuer},
            aud={"essential": True, "value": self._client},
            nonce={"essential": True, "value": nonce},
            sub={"essential": True},
            exp={"essential": True},
            iat={"essential": True},
        )

    def _require_for_us(self, claims: dict[str, Any]) -> None:
        """What the rules of claims take from a list as well, but one value must say."""
        subject, audience = claims["sub"], claims["aud"]
        if not all(isinstance(claims[name], str) for name in ("iss", "sub", "nonce")):
            raise Unproven("a claim is no text")
        if not 0 < len(subject) <= LONGEST_SUBJECT:
            raise Unproven("no subject that could be somebody's")
        others = isinstance(audience, list) and len(audience) > 1
        if claims.get("azp", None if others else self._client) != self._client:
            raise Unproven("made for another client")

    def _endpoint(self, name: str) -> str:
        found = self._metadata().get(name)
        if not isinstance(found, str):
            raise ProviderFailed(f"{self.issuer} names no {name}")
        return found

    def _metadata(self) -> dict[str, Any]:
        if self._said is None:
            said = fetched(self.issuer.rstrip("/") + _WELL_KNOWN)
            if said.get("issuer") != self.issuer:
                raise ProviderFailed(f"{self.issuer} calls itself {said.get('issuer')!r}")
            self._said = said
        return self._said


def _text(value: bytes) -> str:
    return base64.urlsafe_b64encode(value).rstrip(b"=").decode()
