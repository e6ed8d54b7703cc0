"""Mails of notices, against a server that really takes them: in the reader's language, tried again, and never of what is out of sight."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from datetime import date
from itertools import count
from typing import Any

import psycopg
import pytest

from api.notices import smtp
from api.notices.mailing import Mailing
from domain.access.roles import Role
from infra.access import accounts, grants
from infra.access.console import console
from infra.notices import mails, wishes
from infra.notices.wishes import Mail, Wish
from infra.settings import Settings
from tests.api.notices.desk import Desk, in_county, watch
from tests.mail_server import MailServer, mail_server
from tests.stores import rows, run

_NEW = count()
ORIGIN = "https://zhangtu.example"


@pytest.fixture
def server(desk: Desk) -> Iterator[MailServer]:
    run(desk.region.desk.urls.owner, "DELETE FROM notices.mails; DELETE FROM notices.watches")
    with mail_server() as made:
        yield made


def settings(desk: Desk, server: MailServer, **more: Any) -> Settings:
    given = {
        "smtp_host": "127.0.0.1",
        "smtp_port": server.port,
        "smtp_security": "none",
        "smtp_from": "zhangtu@bureau.example",
    }
    return desk.region.services.settings.model_copy(update={**given, "public_url": ORIGIN, **more})


def send(desk: Desk, server: MailServer, **more: Any) -> int:
    """Everything that may be sent now; how many mails that was."""
    mailing = Mailing(desk.region.services.pool, settings(desk, server, **more))
    return sum(1 for _ in iter(mailing.step, 0))


def a_reader(desk: Desk, mail: Mail = "at-once", language: Any = "zh", role: Role = Role.AUDITOR) -> str:
    """Their login; they watch their county's branch."""
    login = f"reader{next(_NEW)}"
    watch(desk.someone(login, in_county(role, desk.mine)), thing=desk.mine.named["branch"])
    with psycopg.connect(desk.region.desk.urls.owner) as owner:
        wishes.keep(owner, desk.account(login), Wish(language=language, mail=mail, address=f"{login}@bureau.example"))
    return login


def queue(desk: Desk) -> list[tuple[Any, ...]]:
    return rows(desk.region.desk.urls.owner, "SELECT attempts, error, sent_at, given_up_at FROM notices.mails")


def sooner(desk: Desk) -> None:
    run(desk.region.desk.urls.owner, "UPDATE notices.mails SET next_at = clock_timestamp()")


@pytest.mark.parametrize(
    ("language", "subject", "ending"), [("zh", "您关注的", "要停止"), ("en", "you watch it", "To stop it")]
)
def test_a_mail_says_what_why_and_how_to_stop_it(
    desk: Desk, server: MailServer, language: str, subject: str, ending: str
) -> None:
    login = a_reader(desk, language=language)
    desk.rename(desk.mine, f"信{language}")
    desk.notify()
    assert send(desk, server) == 1
    [mail] = server.mails
    assert (mail["To"], mail["Content-Language"], mail["Auto-Submitted"]) == (
        f"{login}@bureau.example",
        language,
        "auto-generated",
    )
    assert subject in mail["Subject"]
    assert "甲县" not in mail["Subject"]
    assert mail["List-Unsubscribe"] == f"<{ORIGIN}/account/notices>"
    for part in ("plain", "html"):
        body = mail.get_body((part,))
        assert body is not None
        text = body.get_content()
        assert ending in text
        assert "甲县" in text
        assert f"{ORIGIN}/notices/" in text
        assert f"{ORIGIN}/account/notices" in text


def test_what_a_server_will_not_take_now_is_tried_again_later_and_is_the_same_mail(
    desk: Desk, server: MailServer
) -> None:
    a_reader(desk)
    desk.rename(desk.mine, "信二")
    desk.notify()
    server.answers = ["451 later"]
    assert send(desk, server) == 1
    assert send(desk, server) == 0  # not at once
    [(attempts, error, sent, given_up)] = queue(desk)
    assert (attempts, sent, given_up) == (1, None, None)
    assert "451" in error
    sooner(desk)
    assert send(desk, server) == 1
    [(id,)] = rows(desk.region.desk.urls.owner, "SELECT id FROM notices.mails")
    assert [mail["Message-ID"] for mail in server.mails] == [f"<{id}@bureau.example>"]


def test_after_days_it_is_given_up_and_health_tells(desk: Desk, server: MailServer) -> None:
    a_reader(desk)
    desk.rename(desk.mine, "信三")
    desk.notify()
    run(desk.region.desk.urls.owner, "UPDATE notices.mails SET made_at = made_at - interval '4 days'")
    assert send(desk, server, smtp_port=1) == 1  # nobody listens there
    [(_, error, _, given_up)] = queue(desk)
    assert given_up is not None
    assert "refused" in error.lower()
    told = desk.region.desk.client.get("/healthz").json()["notices"]
    assert told["mails"] == {"waiting": 0, "given_up": 1}


def test_an_address_that_there_is_not_is_given_up_at_once(desk: Desk, server: MailServer) -> None:
    server.refuses = {a_reader(desk)}
    desk.rename(desk.mine, "信四")
    desk.notify()
    send(desk, server)
    [(_, error, _, given_up)] = queue(desk)
    assert given_up is not None
    assert "nobody of this name" in error


def test_nothing_goes_out_unencrypted_unless_the_settings_say_so(desk: Desk, server: MailServer) -> None:
    a_reader(desk)
    desk.rename(desk.mine, "信五")
    desk.notify()
    send(desk, server, smtp_security="starttls")
    assert server.mails == []
    [(_, error, sent, _)] = queue(desk)
    assert sent is None
    assert "STARTTLS" in error


def test_whoever_may_see_it_no_longer_gets_no_mail_of_it(desk: Desk, server: MailServer) -> None:
    login, closed, mute = a_reader(desk), a_reader(desk), a_reader(desk)
    desk.rename(desk.mine, "信六")
    desk.notify()
    with psycopg.connect(desk.region.desk.urls.owner) as owner, console(owner, "tests") as proof:
        for grant in grants.of(owner, desk.account(login)):
            grants.take(owner, proof, grant.id)
        accounts.disable(owner, proof, desk.account(closed))
        wishes.keep(owner, desk.account(mute), Wish())
    assert send(desk, server) == 3
    assert server.mails == []
    assert queue(desk) == []


def test_what_was_read_meanwhile_is_not_sent(desk: Desk, server: MailServer) -> None:
    login = a_reader(desk)
    desk.rename(desk.mine, "信七")
    desk.notify()
    assert desk.someone(login).post("/v1/notices/read", json={"up_to": 2**40}).json() == {"unread": 0}
    send(desk, server)
    assert server.mails == []


def test_names_of_people_do_not_leave_by_mail(desk: Desk, server: MailServer) -> None:
    login = a_reader(desk)
    watch(desk.someone(login), thing=desk.mine.things["people"])
    desk.region.desk.bureau.does(
        "people.change-rank", desk.mine.things["people"], rank="division-chief", effective="2026-01-05"
    )
    desk.notify()
    send(desk, server)
    assert "一名人员" in server.mails[-1].get_body(("plain",)).get_content()  # type: ignore[union-attr]  # a mail of ours has both
    assert "马明" not in server.mails[-1].as_string()


def test_a_daily_mail_has_what_is_unread_once(desk: Desk, server: MailServer) -> None:
    a_reader(desk, "daily", "en")
    for name in ("甲", "乙"):
        desk.rename(desk.mine, f"汇总{name}")
    desk.notify()
    assert send(desk, server) == 0
    with psycopg.connect(desk.region.desk.urls.owner) as owner:
        mails.queue_digests(owner, date(2031, 1, 1))
        mails.queue_digests(owner, date(2031, 1, 1))
        mails.queue_digests(owner, date(2031, 1, 2))
    assert send(desk, server) == 1
    [mail] = server.mails
    assert mail["Subject"] == "Zhangtu: 2 notices"
    body = mail.get_body(("plain",))
    assert body is not None
    assert "once a day" in body.get_content()


def test_a_mail_that_somebody_is_sending_is_not_sent_by_another(desk: Desk, server: MailServer) -> None:
    a_reader(desk)
    desk.rename(desk.mine, "信八")
    desk.notify()
    with desk.region.services.pool.connection() as connection:
        assert mails.due(connection) is not None
        assert send(desk, server) == 0
    assert send(desk, server) == 1
    assert len(server.mails) == 1


def test_a_server_that_says_nothing_is_not_waited_for_for_ever(
    desk: Desk, server: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(smtp, "SECONDS", 0.2)
    a_reader(desk)
    desk.rename(desk.mine, "信九")
    desk.notify()
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        send(desk, server, smtp_port=silent.getsockname()[1])
    [(attempts, error, _, _)] = queue(desk)
    assert attempts == 1
    assert "timed out" in error or "Timeout" in error
