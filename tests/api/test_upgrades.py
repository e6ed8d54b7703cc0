"""After an upgrade a view of an older definition may lack what this program asks: whoever asks is told to wait, not of a fault."""

from __future__ import annotations

from collections.abc import Iterator
from http import HTTPStatus

import psycopg
import pytest

from domain.access.principal import Grant
from domain.access.roles import Role
from tests.accounts import a_token
from tests.api.conftest import Office
from tests.api.feeding import caught_up, following


@pytest.fixture
def county(office: Office) -> Iterator[dict[str, str]]:
    """Somebody of one county asks, and what they look through is not there."""
    with following(office.urls):
        office.establish()
        caught_up(office.urls)
    token = a_token(office.urls.owner, "county", given=[Grant(role=Role.AUDITOR, division="640104")])
    with psycopg.connect(office.urls.superuser) as connection:
        [(schema,)] = connection.execute("SELECT schema FROM reading.generations WHERE role = 'live'").fetchall()
        for window in ("few_units", "many_units"):
            connection.execute(f'ALTER VIEW {schema}.{window} RENAME TO "{window}_of_old"'.encode())
    yield {"Authorization": f"Bearer {token}"}
    with psycopg.connect(office.urls.superuser) as connection:
        for window in ("few_units", "many_units"):
            connection.execute(f'ALTER VIEW {schema}.{window}_of_old RENAME TO "{window}"'.encode())


@pytest.mark.parametrize(
    ("shape", "expected"), [("another", HTTPStatus.SERVICE_UNAVAILABLE), ("", HTTPStatus.INTERNAL_SERVER_ERROR)]
)
def test_what_an_older_view_lacks_is_being_built(
    office: Office, county: dict[str, str], shape: str, expected: HTTPStatus
) -> None:
    with psycopg.connect(office.urls.superuser) as connection:
        [(own,)] = connection.execute("SELECT shape FROM reading.generations WHERE role = 'live'").fetchall()
        connection.execute("UPDATE reading.generations SET shape = %s", [shape or own])
    answer = office.get("/v1/units", **county)
    with psycopg.connect(office.urls.superuser) as connection:
        connection.execute("UPDATE reading.generations SET shape = %s", [own])
    assert answer.status_code == expected
    if expected == HTTPStatus.SERVICE_UNAVAILABLE:
        assert answer.json()["code"] == "views-being-built"
        assert answer.headers["retry-after"]
