"""One delivery over the network: to where the operator allowed, not further, and never waiting for long."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from http import HTTPStatus
from typing import Final

import urllib3
from urllib3.exceptions import HTTPError

TIMEOUT = 10.0
LONGEST_RETRY_AFTER: Final = 3600

# Nothing that two parsers could read differently: no name or password, no backslash, no fragment.
_URL: Final = re.compile(
    r"(?P<origin>https?://(?:[a-z0-9.-]+|\[[0-9a-f:]+\])(?::[0-9]{1,5})?)(?:/[A-Za-z0-9._~/%!$&'()*+,;=:@-]*(?:\?[A-Za-z0-9._~/%!$&'()*+,;=:@?-]*)?)?"
)
_PORTS: Final = {"https": ":443", "http": ":80"}
_POOL: Final = urllib3.PoolManager(retries=False, maxsize=4, headers={"User-Agent": "zhangtu-webhooks"})
"""Connects when it is first used; certificates are checked."""


def origin_of(url: str) -> str | None:
    """Scheme, name and port, without the port that the scheme means anyway; None where it is no address that we would send to."""
    found = _URL.fullmatch(url)
    if found is None:
        return None
    origin = found["origin"]
    return origin.removesuffix(_PORTS[origin.partition(":")[0]])


def is_allowed(url: str, origins: Collection[str]) -> bool:
    """Rule: nothing is sent but to the origins that the settings name."""
    origin = origin_of(url)
    return origin is not None and origin in {origin_of(one) for one in origins}


@dataclass(frozen=True, slots=True)
class Answer:
    """`status` None: the receiver did not answer. Of what it said nothing is kept but this."""

    status: int | None
    error: str | None = None
    retry_after: int | None = None

    @property
    def is_taken(self) -> bool:
        return self.status is not None and HTTPStatus.OK <= self.status < HTTPStatus.MULTIPLE_CHOICES


def post(url: str, body: bytes, headers: dict[str, str]) -> Answer:
    """A redirect is an answer like any other: nothing is sent where it leads."""
    try:
        answer = _POOL.request(
            "POST", url, body=body, headers=headers, redirect=False, preload_content=False, timeout=TIMEOUT
        )
    except HTTPError as error:
        return Answer(None, f"{type(error).__name__}: {error}"[:300])
    # Whatever it says is not read: it could be endless, and it is nobody's business here.
    answer.close()
    answer.release_conn()
    if HTTPStatus.OK <= answer.status < HTTPStatus.MULTIPLE_CHOICES:
        return Answer(answer.status)
    return Answer(answer.status, f"HTTP {answer.status}", _seconds(answer.headers.get("retry-after")))


def _seconds(text: str | None) -> int | None:
    return min(int(text), LONGEST_RETRY_AFTER) if text is not None and re.fullmatch(r"[0-9]{1,9}", text) else None
