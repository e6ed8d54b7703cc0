"""canaille, an identity server that people run, as a process of its own: the other side of signing in elsewhere.

`python -m tests.identity_server PORT CALLBACK` serves until it is ended. It knows one client and two people.
"""

from __future__ import annotations

import json
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, make_server

import httpx
from joserfc.jwk import RSAKey

CLIENT = "zhangtu"
SECRET = "client-secret-of-the-tests"
PASSWORD = "correct horse battery staple"
PEOPLE = ("li", "wang")


@dataclass(frozen=True, slots=True)
class IdentityServer:
    """`key` is its own: what it would never sign can be signed with it, to see that nobody believes it."""

    issuer: str
    key: RSAKey

    def sign_in(self, address: str, name: str) -> httpx.URL:
        """A person at their browser, sent to this address; where they are sent at the end."""
        with httpx.Client(timeout=60) as browser:
            answer = browser.get(address)
            while not str(answer.headers.get("location", "")).startswith("http://127.0.0.1"):
                if answer.is_redirect:
                    answer = browser.get(answer.url.join(answer.headers["location"]))
                elif 'name="password"' in answer.text:
                    answer = browser.post(answer.url, data={"password": PASSWORD})
                elif re.search('id="login"', answer.text):
                    answer = browser.post(answer.url, data={"login": name})
                else:
                    raise AssertionError(answer.text)
            return httpx.URL(answer.headers["location"])


@contextmanager
def identity_server(callback: str) -> Iterator[IdentityServer]:
    """Running for the length of a block; people come back from it to `callback`."""
    port = _free_port()
    key = RSAKey.generate_key(2048)
    key.ensure_kid()
    # It would insist on https, for which tests have no names.
    environment = os.environ | {
        "AUTHLIB_INSECURE_TRANSPORT": "1",
        "IDENTITY_KEY": json.dumps(key.as_dict(private=True)),
    }
    arguments = [sys.executable, "-W", "ignore", "-m", "tests.identity_server", str(port), callback]
    process = subprocess.Popen(arguments, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _await_port(process, port)
        yield IdentityServer(f"http://localhost:{port}", key)
    finally:
        process.terminate()
        process.wait(10)


def _free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


def _await_port(process: subprocess.Popen[bytes], port: int) -> None:
    deadline = time.monotonic() + 60
    while process.poll() is None and time.monotonic() < deadline:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise RuntimeError("the identity server did not start")


def main(port: int, callback: str) -> None:
    # Loaded in the process of its own only: it is a large program.
    from canaille import create_app  # noqa: PLC0415 -- see above

    app = create_app(config=_configuration(port))
    with app.app_context():
        _make_people_and_client(callback)
    make_server("localhost", port, app, handler_class=_Quiet).serve_forever()


def _configuration(port: int) -> dict[str, Any]:
    return {
        "SECRET_KEY": "of the tests",
        "SERVER_NAME": f"localhost:{port}",
        "PREFERRED_URL_SCHEME": "http",
        "WTF_CSRF_ENABLED": False,  # its forms are filled in by a program
        "CANAILLE": {"DATABASE": "memory", "JAVASCRIPT": False, "ACL": {"DEFAULT": {"PERMISSIONS": ["use_oidc"]}}},
        "CANAILLE_OIDC": {"ACTIVE_JWKS": [json.loads(os.environ["IDENTITY_KEY"])]},
    }


def _make_people_and_client(callback: str) -> None:
    from canaille.app import models  # noqa: PLC0415 -- as in main
    from canaille.backends import Backend  # noqa: PLC0415 -- as in main

    for name in PEOPLE:
        Backend.instance.save(
            models.User(
                user_name=name, formatted_name=name, family_name=name, emails=[f"{name}@example.com"], password=PASSWORD
            )
        )
    client = models.Client(
        client_id=CLIENT, client_secret=SECRET, client_name=CLIENT, client_uri="http://127.0.0.1",
        redirect_uris=[callback], grant_types=["authorization_code"], response_types=["code"], scope=["openid"],
        token_endpoint_auth_method="client_secret_basic",
    )  # fmt: skip
    Backend.instance.save(client)
    Backend.instance.update(client, audience=[client])
    Backend.instance.save(client)


class _Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:
        pass


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2])
