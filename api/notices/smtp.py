"""Handing a mail to the server that the settings name: encrypted unless they say otherwise, and never waiting for long."""

from __future__ import annotations

import smtplib
import ssl
from email.message import EmailMessage
from http import HTTPStatus
from typing import Final

from infra.access import keyfile
from infra.settings import Settings

SECONDS: Final = 20.0


class NotSent(Exception):
    """The server is away or says no; `for_good`: the same again would be refused again."""

    def __init__(self, said: str, *, for_good: bool = False) -> None:
        super().__init__(said)
        self.for_good = for_good


def send(settings: Settings, message: EmailMessage) -> None:
    """The server has taken it when this returns; else `NotSent`."""
    try:
        with _connected(settings) as server:
            if settings.smtp_user is not None and settings.smtp_password_file is not None:
                server.login(settings.smtp_user, keyfile.given_in(settings.smtp_password_file))
            server.send_message(message)
    except smtplib.SMTPRecipientsRefused as refused:
        codes = [code for code, _ in refused.recipients.values()]
        raise NotSent(
            str(refused.recipients), for_good=all(code >= HTTPStatus.INTERNAL_SERVER_ERROR for code in codes)
        ) from refused
    except (smtplib.SMTPException, OSError) as error:
        raise NotSent(f"{type(error).__name__}: {error}") from error


def _connected(settings: Settings) -> smtplib.SMTP:
    host, port = settings.smtp_host or "", settings.smtp_port
    if settings.smtp_security == "tls":
        return smtplib.SMTP_SSL(host, port, timeout=SECONDS, context=ssl.create_default_context())
    server = smtplib.SMTP(host, port, timeout=SECONDS)
    if settings.smtp_security == "starttls":
        try:
            server.starttls(context=ssl.create_default_context())
        except BaseException:
            server.close()
            raise
    return server
