"""Which passwords are taken: long ones that nobody would try first."""

from __future__ import annotations

import pytest

from domain.kernel.errors import InvalidValue
from infra.access import passwords
from infra.access.passwords import PasswordEasy, PasswordTooLong, PasswordTooShort, require_good

COST = passwords.COST
"""As it is where no test makes it cheaper."""


@pytest.mark.parametrize(
    "password",
    [
        "quiet river under seven bridges",
        "贺兰山下果园成 塞北江南",
        "Tk7#mPq2vLx9!",
        "x9Kd-mmwq-41pz",
        "correct horse battery",
    ],
)
def test_long_ones_of_unrelated_words_or_characters_are_good(password: str) -> None:
    require_good(password, login="wang")


@pytest.mark.parametrize(
    ("password", "refusal"),
    [
        ("", PasswordTooShort),
        ("Tk7#mPq2vLx", PasswordTooShort),
        ("贺兰山下果园成", PasswordTooShort),
        ("x" * 129, PasswordTooLong),
        ("password1234", PasswordEasy),
        ("P@ssw0rd!2026", PasswordEasy),
        ("1234567890123", PasswordEasy),
        ("qwertyuiop123", PasswordEasy),
        ("aaaaaaaaaaaaaaaa", PasswordEasy),
        ("abcabcabcabcabc", PasswordEasy),
        ("admin2026admin", PasswordEasy),
        ("wang.xiaofang2026", PasswordEasy),
        ("zhangtu20260301", PasswordEasy),
        ("Ningxia@2026!!", PasswordEasy),
        ("密码密码密码密码密码密码", PasswordEasy),
        ("ｐａｓｓｗｏｒｄ１２３４", PasswordEasy),
    ],
)
def test_short_ones_and_those_that_everybody_tries_are_refused(password: str, refusal: type[InvalidValue]) -> None:
    with pytest.raises(refusal):
        require_good(password, login="wang.xiaofang")


def test_a_one_time_password_is_long_random_and_read_without_mistakes() -> None:
    made = {passwords.one_time() for _ in range(200)}
    assert len(made) == 200
    for password in made:
        assert len(password) == 23
        assert not set(password) & set("0o1il")
        require_good(password, login="wang")


def test_the_same_characters_are_the_same_password_however_they_were_composed() -> None:
    kept = passwords.kept("café über zwölf Brücken")
    assert passwords.derived(
        "cafe\u0301 u\u0308ber zwo\u0308lf Bru\u0308cken", kept.salt, kept.cost
    ) == passwords.derived("café über zwölf Brücken", kept.salt, kept.cost)
    assert passwords.kept("café über zwölf Brücken") != kept


def test_what_hashing_costs_is_what_is_recommended_at_least() -> None:
    found = dict(part.split("=") for part in COST.split(","))
    assert int(found["m"]) * int(found["t"]) >= 19 * 1024 * 2
