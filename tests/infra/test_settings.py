from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from pydantic import ValidationError

from infra.settings import PREFIX, DatabaseNotChosen, Settings, SettingsInvalid, load_settings

TABLE = Path(__file__).parents[2] / "docs" / "settings.md"


@pytest.fixture(autouse=True)
def _clean_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith(PREFIX)]:
        monkeypatch.delenv(name)


def _rows() -> dict[str, str]:
    """Variable and default of every row of the table."""
    return dict(re.findall(r"^\| `(ZHANGTU_\w+)` \| ([^|]+) \|", TABLE.read_text(encoding="utf-8"), re.MULTILINE))


def test_every_setting_is_in_the_table_and_the_table_holds_nothing_else() -> None:
    assert set(_rows()) == {PREFIX + name.upper() for name in Settings.model_fields}


@pytest.mark.parametrize(
    "name",
    [
        "host",
        "port",
        "pool_min_size",
        "pool_max_size",
        "body_limit_bytes",
        "log_level",
        "requests_per_minute",
        "attempts_per_minute",
    ],
)
def test_the_table_tells_the_real_default(name: str) -> None:
    assert _rows()[PREFIX + name.upper()].strip("` ") == str(Settings.model_fields[name].default)


def test_without_any_variable_it_listens_on_loopback_and_runs_its_own_database() -> None:
    settings = load_settings()
    assert settings.host == "127.0.0.1"
    assert settings.uses_private_cluster


def test_a_variable_that_does_not_exist_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZHANGTU_PROT", "8641")
    with pytest.raises(SettingsInvalid) as raised:
        load_settings()
    assert "ZHANGTU_PROT" in raised.value.message_zh


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("ZHANGTU_PORT", "0"),
        ("ZHANGTU_PORT", "eighty"),
        ("ZHANGTU_HOST", ""),
        ("ZHANGTU_BODY_LIMIT_BYTES", "-1"),
        ("ZHANGTU_LOG_LEVEL", "loud"),
        ("ZHANGTU_DATABASE_URL", "postgresql:/nonsense"),
        ("ZHANGTU_PUBLIC_URL", "zhangtu.example"),
        ("ZHANGTU_PUBLIC_URL", "https://zhangtu.example/"),
        ("ZHANGTU_TRUSTED_PROXIES", "proxy"),
    ],
)
def test_a_wrong_value_stops_the_start_and_names_the_variable(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsInvalid) as raised:
        load_settings()
    assert name in raised.value.message_en


def test_a_password_never_shows_in_a_fault_or_a_repr(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZHANGTU_DATABASE_URL", "postgresql://u:geheim@h/d")
    assert "geheim" not in repr(load_settings())
    monkeypatch.setenv("ZHANGTU_DATABASE_URL", "postgresql://u:geheim@h/d?nonsense=1")
    with pytest.raises(SettingsInvalid) as raised:
        load_settings()
    assert "geheim" not in str(raised.value)


def test_an_owner_without_a_database_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZHANGTU_OWNER_DATABASE_URL", "postgresql://o@h/d")
    with pytest.raises(SettingsInvalid):
        load_settings()


def test_proxies_are_addresses_and_networks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZHANGTU_TRUSTED_PROXIES", "127.0.0.1, 10.0.0.0/8,fd00::/8")
    assert load_settings().trusted_proxies == ("127.0.0.1", "10.0.0.0/8", "fd00::/8")


def test_signing_in_elsewhere_needs_all_that_belongs_to_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZHANGTU_OIDC_ISSUER", "https://id.example")
    with pytest.raises(SettingsInvalid) as raised:
        load_settings()
    for name in ("PUBLIC_URL", "OIDC_CLIENT_ID", "OIDC_CLIENT_SECRET_FILE"):
        assert name in raised.value.message_en


@pytest.mark.parametrize(("address", "encrypted"), [(None, False), ("http://a", False), ("https://a:8443", True)])
def test_only_an_address_with_https_is_encrypted(address: str | None, encrypted: bool) -> None:
    assert Settings(public_url=address).is_encrypted is encrypted


def test_a_pool_whose_most_is_less_than_its_least_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZHANGTU_POOL_MIN_SIZE", "9")
    monkeypatch.setenv("ZHANGTU_POOL_MAX_SIZE", "8")
    with pytest.raises(SettingsInvalid):
        load_settings()


def test_migrations_use_the_application_address_when_no_other_is_given() -> None:
    settings = Settings(database_url="postgresql://u@h/d")
    assert settings.owner_url == settings.application_url


def test_no_address_is_invented() -> None:
    with pytest.raises(DatabaseNotChosen):
        _ = Settings().application_url


def test_settings_are_frozen() -> None:
    with pytest.raises(ValidationError):
        Settings().port = 1  # type: ignore[misc]  # that it is refused is the point
