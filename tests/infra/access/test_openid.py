"""Signing in elsewhere, at a real identity server: it is believed where it says all that it must, and nowhere else."""

from __future__ import annotations

import hmac
import json
import time
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from joserfc import jwt
from joserfc.jwk import RSAKey

from infra.access.keyfile import SecretUnreadable
from infra.access.openid import Identity, Journey, Provider, Unproven
from infra.access.openid_http import ProviderFailed
from infra.settings import Settings
from tests.identity_server import CLIENT, SECRET, IdentityServer, identity_server

CALLBACK = "http://127.0.0.1:9/v1/session/openid/callback"
LONG_AGO, FAR_AHEAD = 1_000_000_000, 4_102_444_800  # written out: every process must see the same tests


@pytest.fixture(scope="module")
def server() -> Iterator[IdentityServer]:
    with identity_server(CALLBACK) as found:
        yield found


@pytest.fixture(scope="module")
def provider(server: IdentityServer, tmp_path_factory: pytest.TempPathFactory) -> Provider:
    return a_provider(server.issuer, tmp_path_factory.mktemp("secret"))


def a_provider(issuer: str, folder: Path) -> Provider:
    file = folder / "client"
    file.write_text(SECRET + "\n")
    address = "http://127.0.0.1:9"
    settings = Settings(
        public_url=address, oidc_issuer=issuer, oidc_client_id=CLIENT, oidc_client_secret_file=file, var_dir=folder
    )
    return Provider(settings, CALLBACK)


def came_back(provider: Provider, server: IdentityServer, journey: Journey, name: str = "li") -> dict[str, str | None]:
    """What the person brings back."""
    said = server.sign_in(provider.address(journey), name).params
    return {"code": said["code"], "state": said["state"], "issuer": said.get("iss")}


def identity(provider: Provider, journey: Journey, brought: dict[str, Any]) -> Identity:
    return provider.identity(journey, **brought)


def test_a_person_who_signs_in_there_is_known_here(provider: Provider, server: IdentityServer) -> None:
    journey = Journey.begin()
    assert identity(provider, journey, came_back(provider, server, journey)) == Identity(server.issuer, "li")


def test_a_code_opens_once(provider: Provider, server: IdentityServer) -> None:
    journey = Journey.begin()
    brought = came_back(provider, server, journey)
    identity(provider, journey, brought)
    with pytest.raises(ProviderFailed):
        identity(provider, journey, brought)


def test_an_answer_in_another_browser_is_not_believed(provider: Provider, server: IdentityServer) -> None:
    brought = came_back(provider, server, Journey.begin())
    with pytest.raises(Unproven):
        identity(provider, Journey.begin(), brought)


def test_a_code_that_somebody_else_fetched_is_worth_nothing(provider: Provider, server: IdentityServer) -> None:
    """PKCE: whoever steals a code and begins a journey of their own has not the verifier that goes with the code."""
    stolen = came_back(provider, server, Journey.begin())
    journey = Journey.begin()
    with pytest.raises(ProviderFailed):
        identity(provider, journey, stolen | {"state": journey.state})


def test_who_stays_away_too_long_begins_again(provider: Provider, server: IdentityServer) -> None:
    journey = Journey(f"{int(time.time()) - 700}.{'x' * 43}")
    with pytest.raises(Unproven):
        identity(provider, journey, came_back(provider, server, journey))


@pytest.mark.parametrize("issuer", [None, "https://elsewhere.example"])
def test_an_answer_that_is_not_this_providers_is_not_taken_to_it(
    provider: Provider, server: IdentityServer, issuer: str | None
) -> None:
    journey = Journey.begin()
    with pytest.raises(Unproven):
        identity(provider, journey, came_back(provider, server, journey) | {"issuer": issuer})


def claims(server: IdentityServer, **other: Any) -> dict[str, Any]:
    now = int(time.time())
    made = {"iss": server.issuer, "sub": "li", "aud": CLIENT, "nonce": "n", "iat": now, "exp": now + 60} | other
    return {name: value for name, value in made.items() if value is not None}


def signed(server: IdentityServer, **other: Any) -> str:
    return jwt.encode({"alg": "RS256", "kid": server.key.kid}, claims(server, **other), server.key)


def test_the_rules_take_what_is_right(provider: Provider, server: IdentityServer) -> None:
    assert provider._proven(signed(server), "n").subject == "li"
    assert provider._proven(signed(server, aud=[CLIENT, "another"], azp=CLIENT), "n").subject == "li"


@pytest.mark.parametrize(
    "wrong",
    [
        {"iss": "https://elsewhere.example"},
        {"iss": None},
        {"aud": "another"},
        {"aud": ["another"]},
        {"aud": [CLIENT, "another"]},
        {"azp": "another"},
        {"nonce": "of another journey"},
        {"nonce": ["n"]},
        {"nonce": None},
        {"exp": LONG_AGO},
        {"exp": None},
        {"iat": FAR_AHEAD},
        {"sub": ""},
        {"sub": ["li"]},
        {"sub": "x" * 256},
        {"sub": None},
    ],
    ids=str,
)
def test_a_token_that_says_too_little_or_something_else_is_not_believed(
    provider: Provider, server: IdentityServer, wrong: dict[str, Any]
) -> None:
    with pytest.raises(Unproven):
        provider._proven(signed(server, **wrong), "n")


def part(said: dict[str, Any]) -> str:
    return urlsafe_b64encode(json.dumps(said).encode()).rstrip(b"=").decode()


def unsigned(server: IdentityServer) -> str:
    return f"{part({'alg': 'none'})}.{part(claims(server))}."


def signed_by_a_stranger(server: IdentityServer) -> str:
    return jwt.encode({"alg": "RS256", "kid": server.key.kid}, claims(server), RSAKey.generate_key(2048))


def signed_with_what_everybody_knows(server: IdentityServer) -> str:
    """The public key as the secret of another kind of signature."""
    said = f"{part({'alg': 'HS256', 'kid': server.key.kid})}.{part(claims(server))}"
    made = hmac.digest(server.key.as_pem(private=False), said.encode(), "sha256")
    return f"{said}.{urlsafe_b64encode(made).rstrip(b'=').decode()}"


def altered(server: IdentityServer) -> str:
    head, _, signature = signed(server).split(".")
    return f"{head}.{part(claims(server, sub='wang'))}.{signature}"


@pytest.mark.parametrize(
    "forge", [unsigned, signed_by_a_stranger, signed_with_what_everybody_knows, altered, lambda _: "no token"]
)
def test_a_token_that_the_provider_did_not_sign_is_not_believed(
    provider: Provider, server: IdentityServer, forge: Any
) -> None:
    with pytest.raises(Unproven):
        provider._proven(forge(server), "n")


@pytest.mark.parametrize(
    "issuer", ["http://id.example", "ftp://localhost", "http://localhost:9", "https://localhost:9/nothing"]
)
def test_a_provider_that_is_away_or_not_encrypted_is_an_error_and_no_sign_in(issuer: str, tmp_path: Path) -> None:
    with pytest.raises(ProviderFailed):
        a_provider(issuer, tmp_path).address(Journey.begin())


def test_a_provider_that_calls_itself_otherwise_is_not_believed(server: IdentityServer, tmp_path: Path) -> None:
    other = server.issuer.replace("localhost", "127.0.0.1")
    assert httpx.get(server.issuer).status_code < 500
    with pytest.raises(ProviderFailed):
        a_provider(other, tmp_path).address(Journey.begin())


def test_a_secret_of_the_client_that_cannot_be_read_is_told_plainly(tmp_path: Path) -> None:
    settings = Settings(
        public_url="http://127.0.0.1:9", oidc_issuer="https://id.example", oidc_client_id=CLIENT,
        oidc_client_secret_file=tmp_path / "nothing", var_dir=tmp_path,
    )  # fmt: skip
    with pytest.raises(SecretUnreadable, match="nothing"):
        Provider(settings, CALLBACK)
