"""Proposals: each level is told when it is its turn, and whoever proposed what became of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import psycopg
import pytest

from api.composition import opened
from api.notices.following import Following
from domain.access.principal import Grant
from domain.access.roles import Role
from infra.access import deputies, secrets
from tests import accounts
from tests.api.approvals.approving import OTHER, Approving, approving, of_unit
from tests.api.conftest import Office, settings_for


@pytest.fixture
def place(office: Office, tmp_path: Path) -> Iterator[Approving]:
    with approving(office) as made, opened(settings_for(office.urls, tmp_path)) as given:
        made.catch_up()
        following = Following(given.pool)
        follow = made.catch_up

        def catch_up() -> None:
            follow()
            while following.step():
                pass

        made.catch_up = catch_up  # type: ignore[method-assign]  # whoever looks is told first
        yield made


def told(place: Approving, login: str) -> list[tuple[str, str]]:
    """Why, and what: the latest first."""
    return [(one["why"]["key"], one["en"]) for one in place.sees(login, "/v1/notices")["notices"]]


def test_each_level_is_told_in_its_turn_and_the_submitter_of_the_end(place: Approving) -> None:
    clerk = place.has("clerk", of_unit(Role.UNIT_CLERK, place.unit))
    chief = place.has("chief", of_unit(Role.APPROVER, place.unit))
    head = place.has("head", of_unit(Role.APPROVER, place.county), of_unit(Role.PREMISES_OFFICER, place.county))
    place.has("stranger", Grant(role=Role.APPROVER, division=OTHER))
    proposal = place.proposes(clerk, "逐级", place.unit, place.county)
    assert [why for why, _ in told(place, "chief")] == ["waits"]
    assert told(place, "head") == told(place, "clerk") == told(place, "stranger") == []
    place.decides(chief, "approve", proposal, place.unit)
    assert [why for why, _ in told(place, "head")] == ["waits"]
    place.decides(head, "send-back", proposal, place.county)
    assert [why for why, _ in told(place, "clerk")] == ["decided"]
    assert told(place, "stranger") == []


def test_whoever_stands_in_is_told_and_led_to_it(place: Approving) -> None:
    """Also where it lies outside of their own jurisdiction: what they may see of it, the page behind the link asks."""
    clerk = place.has("clerk2", of_unit(Role.UNIT_CLERK, place.unit))
    chief = place.has("chief2", of_unit(Role.APPROVER, place.unit))
    for login in ("stand-in", "receiver"):
        place.has(login, of_unit(Role.APPROVER, place.elsewhere))
    chinese_today = datetime.now(ZoneInfo("Asia/Shanghai")).date()
    proof = secrets.digest(accounts.a_session(place.desk.urls.owner, "chief2"))
    with psycopg.connect(place.desk.urls.owner) as connection:
        deputies.make(connection, proof, deputy="stand-in", from_day=chinese_today, until_day=chinese_today)
    proposal = place.proposes(clerk, "代办", place.unit)
    assert [what for _, what in told(place, "stand-in")] == ["A proposal waits for you to decide in another's place"]
    assert told(place, "receiver") == []
    place.decides(chief, "hand-on", proposal, place.unit, to="receiver")
    [notice] = place.sees("receiver", "/v1/notices")["notices"]
    assert (notice["en"], notice["link"]) == ("A proposal was handed on to you", f"/proposals/{proposal.id}")
