"""`zhangtu accounts …`: what the owner of the machine does, told in both languages and recorded as theirs."""

from __future__ import annotations

import io
import re
import time
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest

from api import cli
from infra.access import factors, keyfile, passwords, secrets, totp
from infra.cluster import Urls
from tests.accounts import a_session, an_account

GOOD, BETTER = "贺兰山下果园成 塞北江南", "quiet river under seven bridges"

DOCS = Path(__file__).parents[3] / "docs"

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("var")


@pytest.fixture
def run(
    module_database: Urls, folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Run:
    """One command: its code, what it answered, and what it said."""
    monkeypatch.setenv("ZHANGTU_DATABASE_URL", module_database.application)
    monkeypatch.setenv("ZHANGTU_OWNER_DATABASE_URL", module_database.owner)
    monkeypatch.setenv("ZHANGTU_VAR_DIR", str(folder))
    monkeypatch.setattr(passwords, "COST", "m=64,t=1,p=1")

    def command(*arguments: str, typed: str = "") -> tuple[int, str, str]:
        monkeypatch.setattr("sys.stdin", io.StringIO(typed))
        code = cli.main(["accounts", *arguments])
        said = capsys.readouterr()
        return code, said.out, said.err

    return command


def make(run: Run, login: str) -> str:
    """The one-time password."""
    code, out, _ = run("create", login, "--name", login, "--unit", "县财政局")
    assert code == 0
    return out.strip()


def test_a_person_begins_with_a_password_that_is_shown_once_and_changes_it_here(run: Run) -> None:
    password = make(run, "ma")
    assert password not in run("list")[1] + run("records")[1]
    code, _, said = run("change-password", "ma", typed=f"{password}\n{GOOD}\n{GOOD}\n")
    assert (code, "口令已修改" in said, "The password is changed" in said) == (0, True, True)
    assert run("change-password", "ma", typed=f"{password}\n{BETTER}\n{BETTER}\n")[0] == 1
    assert run("change-password", "ma", typed=f"{GOOD}\n{BETTER}\n{BETTER}\n")[0] == 0


@pytest.mark.parametrize("typed", ["{old}\na\nb\n", "{old}\nshort\nshort\n", "\n\n\n", "wrong\n\n\n"])
def test_a_password_that_was_not_changed_is_told_plainly(run: Run, typed: str) -> None:
    login = f"u{len(typed)}"
    password = make(run, login)
    code, _, said = run("change-password", login, typed=typed.format(old=password))
    assert (code, said.count("✗")) == (1, 2)
    assert run("change-password", login, typed=f"{password}\n{GOOD}\n{GOOD}\n")[0] == 0


def test_whoever_has_a_second_factor_is_asked_for_a_code_as_well(run: Run, module_database: Urls, folder: Path) -> None:
    password, key, step = make(run, "zhao"), keyfile.factor_key(folder), int(time.time()) // totp.SECONDS
    run("change-password", "zhao", typed=f"{password}\n{GOOD}\n{GOOD}\n")
    proof = secrets.digest(a_session(module_database.owner, "zhao"))
    with psycopg.connect(module_database.application, autocommit=True) as application:
        account = an_account(module_database.owner, "zhao")
        secret = factors.begin(application, proof, account=account, key=key)
        factors.confirm(application, proof, account=account, key=key, code=totp.code(secret, step))
    assert run("change-password", "zhao", typed=f"{GOOD}\n{totp.code(secret, step)}\n{BETTER}\n{BETTER}\n")[0] == 1
    code = totp.code(secret, step + 1)
    assert run("change-password", "zhao", typed=f"{GOOD}\n{code}\n{BETTER}\n{BETTER}\n")[0] == 0


def test_roles_are_given_and_taken_and_rules_are_told(run: Run) -> None:
    make(run, "wang")
    place = ("wang", "unit-clerk", "--division", "640381")
    assert run("grant", *place)[0] == 0
    assert "unit-clerk @ 640381" in run("list")[1]
    code, _, said = run("grant", "wang", "system-administrator", "--everywhere")
    assert (code, "三员分立" in said, "An administrator has one role" in said) == (1, True, True)
    assert run("revoke", *place)[0] == 0
    assert run("revoke", *place)[0] == 1


def test_a_token_is_narrowed_to_what_there_is_and_ends_when_revoked(run: Run) -> None:
    assert run("create", "oa", "--name", "OA", "--unit", "u", "--service")[1] == ""
    code, _, said = run("token", "create", "oa", "--name", "x", "--kinds", "unicorns")
    assert (code, "unicorns" in said) == (1, True)
    assert run("token", "create", "oa", "--name", "报表", "--kinds", "units", "--days", "366")[1].startswith("zt_")
    (line,) = (line for line in run("token", "list")[1].splitlines() if "报表" in line)
    assert run("token", "revoke", line.split("\t")[0])[0] == 0
    assert run("token", "revoke", line.split("\t")[0])[0] == 1


def test_whatever_is_done_here_is_recorded_as_the_command_lines_and_so_is_reading_it(run: Run) -> None:
    make(run, "li")
    for action in ("disable", "enable", "unlock", "sign-out", "confirm", "reset-password", "remove-second-factor"):
        code = run(action, "li")[0]
        assert code == (0 if action != "confirm" else 1)  # the one-time password is not changed yet
    assert run("records")[0] == 0
    lines = run("records", "--limit", "8")[1].splitlines()
    assert [line.split("\t")[2] for line in lines] == [
        "used", "second-factor-removed", "password-given", "sessions-ended", "account-unlocked", "account-enabled",
        "account-disabled", "password-given",
    ]  # fmt: skip
    assert all("(command line)" in line for line in lines)


def test_nobody_and_nonsense_are_told_in_both_languages(run: Run) -> None:
    for arguments in (("disable", "nobody"), ("disable", "a b"), ("token", "revoke", "x")):
        code, _, said = run(*arguments)
        assert (code, said.count("✗"), "Traceback" in said) == (1, 2, False)


@pytest.mark.parametrize("document", ["access.md", "access.zh-CN.md"])
def test_the_document_for_administrators_names_every_action(document: str, capsys: pytest.CaptureFixture[str]) -> None:
    text = (DOCS / document).read_text(encoding="utf-8")
    for verb in (["accounts"], ["accounts", "token"]):
        with pytest.raises(SystemExit):
            cli.main([*verb, "-h"])
        actions = re.findall(r"^    ([a-z-]+)(?:  |$)", capsys.readouterr().out, re.MULTILINE)
        assert actions
        for action in actions:
            assert f"`{' '.join([*verb[1:], action])}" in text or f"./dev accounts {action}" in text, action
