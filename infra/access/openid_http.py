"""Talking to an identity provider: encrypted, short, and to no other place than it names."""

from __future__ import annotations

import json
from http import HTTPStatus
from typing import Any, Final
from urllib.parse import quote_plus, urlsplit

import urllib3
from urllib3.exceptions import HTTPError

SECONDS: Final = 5.0
LARGEST: Final = 1024 * 1024
_LOOPBACK: Final = frozenset({"localhost", "127.0.0.1", "::1"})
_POOL: Final = urllib3.PoolManager(
    timeout=urllib3.Timeout(total=SECONDS), retries=False, maxsize=4, headers={"Accept": "application/json"}
)
"""Connects when it is first used."""


class ProviderFailed(Exception):
    """The provider is away, or what it answers is not what the standard says. The text is for the log."""


def fetched(address: str) -> dict[str, Any]:
    return _answer("GET", address)


def sent(address: str, form: dict[str, str], client: str, secret: str, *, in_body: bool) -> dict[str, Any]:
    """The form with the client's own credentials, in the header (RFC 6749, 2.3.1) or, where it must be, in the body."""
    if in_body:
        return _answer(
            "POST", address, fields=form | {"client_id": client, "client_secret": secret}, encode_multipart=False
        )
    header = urllib3.make_headers(basic_auth=f"{quote_plus(client)}:{quote_plus(secret)}")
    return _answer("POST", address, fields=form, encode_multipart=False, headers=header)


def _answer(method: str, address: str, **said: Any) -> dict[str, Any]:
    _require_private(address)
    try:
        answer = _POOL.request(method, address, redirect=False, preload_content=False, **said)
        try:
            body = answer.read(LARGEST + 1)
        finally:
            answer.release_conn()
    except HTTPError as error:
        raise ProviderFailed(f"{address}: {error}") from error
    if answer.status != HTTPStatus.OK or len(body) > LARGEST:
        raise ProviderFailed(f"{address}: status {answer.status}, {len(body)} bytes")
    return _object(address, body)


def _object(address: str, body: bytes) -> dict[str, Any]:
    try:
        found = json.loads(body)
    except ValueError as error:
        raise ProviderFailed(f"{address}: {error}") from error
    if not isinstance(found, dict):
        raise ProviderFailed(f"{address}: no JSON object")
    return found


def _require_private(address: str) -> None:
    """Rule: what proves who somebody is goes over encrypted connections, or does not leave this machine."""
    parts = urlsplit(address)
    if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in _LOOPBACK):
        raise ProviderFailed(f"{address} is not encrypted")
