"""A generation without an event, its owner, and the application that looks at it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import psycopg
import pytest

from infra.cluster import Urls
from infra.database import application_conninfo
from projections import models
from projections.generations import ddl
from tests.projections.jurisdiction.worlds import SCHEMA


@pytest.fixture(scope="module")
def urls(module_database: Urls) -> Urls:
    with psycopg.connect(module_database.superuser) as connection:
        ddl.create(connection, SCHEMA)
        for table in models.tables():
            for statement in (*ddl.completing(table), *ddl.indexes(table).values()):
                connection.execute(statement.encode())
        ddl.open_to_readers(connection, SCHEMA)
    return module_database


@pytest.fixture(scope="module")
def owner(urls: Urls) -> Iterator[psycopg.Connection[Any]]:
    with psycopg.connect(urls.superuser, autocommit=True) as connection:
        yield connection


@pytest.fixture(scope="module")
def application(urls: Urls) -> Iterator[psycopg.Connection[Any]]:
    with psycopg.connect(application_conninfo(urls.application)) as connection:
        yield connection
