"""Second factors: each code opens once, and what makes them is not in the database."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from cryptography.exceptions import InvalidTag

from infra.access import factors, keyfile, sessions, totp
from infra.access.factors import CodeWrong
from infra.access.keyfile import KeyReadable
from infra.access.refusals import AccessNotYours, PasswordNotYoursToSet, SecondFactorNotBegun, SecondFactorThere
from infra.access.secrets import digest
from tests.accounts import a_password, a_session
from tests.infra.access.conftest import Bureau

GOOD = "quiet river under seven bridges"


@pytest.fixture
def key(tmp_path: Path) -> bytes:
    return keyfile.factor_key(tmp_path)


def begun(bureau: Bureau, key: bytes, login: str = "wang") -> tuple[bytes, bytes]:
    """The person's proof, and what makes their codes."""
    bureau.clerk(login)
    a_password(bureau.urls.owner, login, GOOD)
    proof = digest(a_session(bureau.urls.owner, login))
    return proof, factors.begin(bureau.application, proof, account=bureau.id(login), key=key)


def confirmed(bureau: Bureau, key: bytes) -> tuple[bytes, bytes, int]:
    """With the step of the code that confirmed it."""
    proof, secret = begun(bureau, key)
    step = int(time.time()) // totp.SECONDS
    factors.confirm(bureau.application, proof, account=bureau.id("wang"), key=key, code=totp.code(secret, step))
    return proof, secret, step


def sign_in(bureau: Bureau, key: bytes, code: str | None) -> str:
    return sessions.sign_in(bureau.application, login="wang", password=GOOD, code=code, key=key).outcome


@pytest.mark.parametrize(
    ("moment", "code"),
    [(59, "287082"), (1111111109, "081804"), (1234567890, "005924"), (2000000000, "279037"), (20000000000, "353130")],
)
def test_codes_are_those_of_the_standard(moment: int, code: str) -> None:
    """RFC 6238, appendix B, of which six digits are given."""
    secret = b"12345678901234567890"
    assert totp.code(secret, moment // 30) == code
    assert totp.step_of(secret, f" {code[:3]} {code[3:]} ", moment) == moment // 30


def test_a_clock_may_be_one_step_off_and_no_more() -> None:
    secret = totp.new_secret()
    assert [totp.step_of(secret, totp.code(secret, step), 300.0) is not None for step in range(8, 13)] == [
        False, True, True, True, False,
    ]  # fmt: skip


@pytest.mark.parametrize(
    "given", ["", "12345", "1234567", "abcdef", "１２３４５６", "\u0660\u0661\u0662\u0663\u0664\u0665"]
)
def test_what_is_no_code_is_none(given: str) -> None:
    assert totp.step_of(totp.new_secret(), given, 300.0) is None


def test_it_asks_for_no_code_before_a_first_one_confirmed_it(bureau: Bureau, key: bytes) -> None:
    proof, _ = begun(bureau, key)
    assert sign_in(bureau, key, None) == "opened"
    with pytest.raises(CodeWrong):
        factors.confirm(bureau.application, proof, account=bureau.id("wang"), key=key, code="abcdef")
    assert sign_in(bureau, key, None) == "opened"


def test_then_it_takes_a_code_and_each_code_opens_once(bureau: Bureau, key: bytes) -> None:
    _, secret, step = confirmed(bureau, key)
    assert sign_in(bureau, key, None) == "code-needed"
    # The one that confirmed it was used by that.
    assert sign_in(bureau, key, totp.code(secret, step)) == "code-wrong"
    assert sign_in(bureau, key, totp.code(secret, step + 1)) == "opened"
    assert sign_in(bureau, key, totp.code(secret, step + 1)) == "code-wrong"
    # Nor does one of an earlier step that somebody saw and nobody used.
    assert sign_in(bureau, key, totp.code(secret, step)) == "code-wrong"


def test_guessing_codes_locks_like_guessing_passwords(bureau: Bureau, key: bytes) -> None:
    _, secret, step = confirmed(bureau, key)
    assert [sign_in(bureau, key, "abcdef") for _ in range(5)] == ["code-wrong"] * 5
    assert sign_in(bureau, key, totp.code(secret, step + 1)) == "locked"


def test_there_is_one_and_it_is_removed_with_the_password(bureau: Bureau, key: bytes) -> None:
    proof, _, _ = confirmed(bureau, key)
    with pytest.raises(SecondFactorThere):
        factors.begin(bureau.application, proof, account=bureau.id("wang"), key=key)
    assert factors.remove(bureau.application, proof, login="wang", password="no") == "wrong"
    assert factors.is_confirmed(bureau.application, "wang")
    assert factors.remove(bureau.application, proof, login="wang", password=GOOD) == "right"
    assert sign_in(bureau, key, None) == "opened"
    with pytest.raises(SecondFactorNotBegun):
        factors.confirm(bureau.application, proof, account=bureau.id("wang"), key=key, code="123456")


def test_the_system_administrator_removes_a_lost_one_but_not_an_administrators(bureau: Bureau, key: bytes) -> None:
    confirmed(bureau, key)
    with pytest.raises(AccessNotYours):
        factors.remove_of(bureau.application, bureau.security, bureau.id("wang"))
    with pytest.raises(PasswordNotYoursToSet):
        factors.remove_of(bureau.application, bureau.system, bureau.id("secadmin"))
    factors.remove_of(bureau.application, bureau.system, bureau.id("wang"))
    assert sign_in(bureau, key, None) == "opened"


def test_the_database_holds_nothing_that_makes_codes(bureau: Bureau, key: bytes) -> None:
    _, secret = begun(bureau, key)
    ((sealed,),) = bureau.owner("SELECT sealed FROM access.second_factors")
    assert secret not in bytes(sealed)
    assert keyfile.unseal(key, bytes(sealed), bureau.id("wang").bytes) == secret
    # Whoever may write there does not put one that they know in another's place.
    with pytest.raises(InvalidTag):
        keyfile.unseal(key, bytes(sealed), bureau.id("sysadmin").bytes)


def test_the_key_is_made_once_and_refused_when_others_can_read_it(tmp_path: Path, key: bytes) -> None:
    path = tmp_path / keyfile.SECOND_FACTORS
    assert path.stat().st_mode & 0o777 == 0o600
    assert keyfile.factor_key(tmp_path) == key
    path.chmod(0o640)
    with pytest.raises(KeyReadable):
        keyfile.factor_key(tmp_path)
