"""The one script explains itself, and every failure says what to do."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
DEV = ROOT / "dev"
PROMISED = {
    *("up", "down", "status", "reset", "test", "check", "bench", "endurance", "demo", "accounts", "world", "help"),
    *("drive", "boundaries", "rebuild", "generations", "investigate"),
}


def _run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [DEV, *arguments],
        env={**os.environ, **environment},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )


def _verbs_of_the_script() -> set[str]:
    cases = DEV.read_text().split("case $verb in", 1)[1]
    found = re.findall(r"^([a-z][a-z |-]*)\)$", cases, re.MULTILINE)
    return {verb for line in found for verb in line.split(" | ") if not verb.startswith("-")}


def test_the_script_is_plain_posix() -> None:
    for shell in (["sh", "-n"], ["dash", "-n"]):
        assert subprocess.run([*shell, DEV], capture_output=True, check=False).stderr == b""


def test_every_verb_that_was_promised_is_there() -> None:
    assert _verbs_of_the_script() == PROMISED


def test_the_help_explains_every_verb_in_both_languages() -> None:
    lines = _run("help").stdout.splitlines()
    explained = {line.split()[0]: at for at, line in enumerate(lines) if re.match(r"  [a-z]+  ", line)}
    assert set(explained) == PROMISED
    for at in explained.values():
        assert re.search(r"[\u4e00-\u9fff]", lines[at])
        assert re.fullmatch(r" {11}[A-Za-z].*", lines[at + 1])


def test_without_a_verb_it_shows_the_help() -> None:
    assert _run().stdout == _run("help").stdout


def test_an_unknown_verb_fails_and_shows_those_there_are() -> None:
    done = _run("launch")
    assert done.returncode == 1
    assert '✗ There is no verb "launch"' in done.stderr
    assert "  up " in done.stderr


@pytest.mark.parametrize("verb", ["up", "status", "accounts"])
def test_a_wrong_setting_is_one_plain_message_and_no_traceback(verb: str) -> None:
    done = _run(verb, *(["list"] if verb == "accounts" else []), ZHANGTU_PORT="eighty")
    assert done.returncode == 1
    assert "ZHANGTU_PORT" in done.stderr
    assert "Traceback" not in done.stderr


def test_the_database_of_a_user_that_does_not_answer_is_one_plain_message() -> None:
    done = _run("status", ZHANGTU_DATABASE_URL="postgresql://u:geheim@127.0.0.1:1/registry")
    assert "Traceback" not in done.stderr
    done = _run("accounts", "list", ZHANGTU_DATABASE_URL="postgresql://u:geheim@127.0.0.1:1/registry")
    assert done.returncode == 1
    assert "Cannot reach the database u@127.0.0.1:1/registry" in done.stderr
    assert "geheim" not in done.stderr


def test_data_of_a_users_own_server_is_never_deleted() -> None:
    done = _run("reset", "--yes", ZHANGTU_DATABASE_URL="postgresql://u@127.0.0.1:1/registry")
    assert done.returncode == 1
    assert "DROP DATABASE" in done.stderr


def test_a_reset_that_nobody_confirmed_deletes_nothing(tmp_path: Path) -> None:
    kept = tmp_path / "attachment"
    kept.touch()
    done = _run("reset", ZHANGTU_VAR_DIR=str(tmp_path))
    assert done.returncode == 1
    assert kept.exists()


def test_a_bench_that_does_not_exist_is_answered_with_those_that_do() -> None:
    done = _run("bench", "nonsense")
    assert done.returncode == 1
    assert "bench nonsense" in done.stderr
