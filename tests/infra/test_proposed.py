"""What proposals propose is there while it is needed, and no longer; nobody changes it meanwhile."""

from __future__ import annotations

from uuid import UUID, uuid4

import psycopg
import pytest

from infra import proposed
from infra.cluster import Urls


def kept(urls: Urls, proposal: UUID, content: bytes = b"{}") -> bytes | None:
    with psycopg.connect(urls.application) as application:
        return proposed.read(application, proposal, proposed.digest_of(content))


def test_the_exact_bytes_are_kept_once(module_database: Urls) -> None:
    proposal = uuid4()
    with psycopg.connect(module_database.application) as application:
        assert [proposed.keep(application, proposal, b"{}") for _ in range(2)] == [True, False]
    assert kept(module_database, proposal) == b"{}"
    assert kept(module_database, uuid4()) is None


def test_a_correction_replaces_what_was_before_it(module_database: Urls) -> None:
    proposal = uuid4()
    with psycopg.connect(module_database.application) as application:
        for content in (b"{}", b"[]"):
            proposed.keep(application, proposal, content)
        proposed.remove_all_but(application, proposal, proposed.digest_of(b"[]"))
    assert (kept(module_database, proposal), kept(module_database, proposal, b"[]")) == (None, b"[]")


def test_what_never_became_a_proposal_is_swept_after_a_day(module_database: Urls) -> None:
    old, new = uuid4(), uuid4()
    with psycopg.connect(module_database.application) as application:
        for proposal in (old, new):
            proposed.keep(application, proposal, b"{}")
    with psycopg.connect(module_database.superuser) as superuser:
        superuser.execute("UPDATE desk.proposed SET kept_at = now() - interval '25 hours' WHERE proposal = %s", [old])
    with psycopg.connect(module_database.application) as application:
        proposed.sweep(application)
    assert (kept(module_database, old), kept(module_database, new)) == (None, b"{}")


def test_nobody_changes_what_is_being_decided_on(module_database: Urls) -> None:
    with (
        psycopg.connect(module_database.application) as application,
        pytest.raises(psycopg.errors.InsufficientPrivilege),
    ):
        application.execute("UPDATE desk.proposed SET content = ''")
