"""Every setting of the program: typed, prefixed, frozen, without default secrets; the table is docs/settings.md."""

from __future__ import annotations

import ipaddress
import os
import re
from pathlib import Path
from typing import Annotated, Literal

import psycopg
from psycopg.conninfo import conninfo_to_dict
from pydantic import Field, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from infra.problems import Problem

PREFIX = "ZHANGTU_"
ROOT = Path(__file__).resolve().parent.parent
_ORIGIN = re.compile(r"https?://[a-z0-9.-]+(:[0-9]{1,5})?|https?://\[[0-9a-f:]+\](:[0-9]{1,5})?")
_OIDC = ("oidc_issuer", "oidc_client_id", "oidc_client_secret_file")


class SettingsInvalid(Problem):
    zh = "设置有误，请改正以 ZHANGTU_ 开头的环境变量（说明见 docs/settings.md）：\n{faults}"
    en = "Settings are wrong; correct the ZHANGTU_ environment variables (docs/settings.md explains them):\n{faults}"


class DatabaseNotChosen(Problem):
    zh = "没有数据库地址：请用 ./dev up 启动自带的数据库，或设置 ZHANGTU_DATABASE_URL。"
    en = "No database address: start the private one with ./dev up, or set ZHANGTU_DATABASE_URL."


class Settings(BaseSettings):
    """What an operator may choose. Without `database_url` the program runs a private server under `var_dir`."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, frozen=True, extra="forbid", hide_input_in_errors=True)

    # The two addresses may hold passwords, so they are kept out of every repr.
    database_url: str | None = Field(default=None, repr=False)
    owner_database_url: str | None = Field(default=None, repr=False)
    host: str = Field(default="127.0.0.1", min_length=1)
    port: int = Field(default=8640, ge=1, le=65535)
    var_dir: Path = ROOT / "var"
    pool_min_size: int = Field(default=2, ge=0, le=100)
    pool_max_size: int = Field(default=16, ge=2, le=500)
    cases_max: int = Field(default=8, ge=0, le=100)
    body_limit_bytes: int = Field(default=8 * 1024 * 1024, ge=1024)
    public_url: str | None = None
    trusted_proxies: Annotated[tuple[str, ...], NoDecode] = ()
    requests_per_minute: int = Field(default=6000, ge=60)
    attempts_per_minute: int = Field(default=60, ge=5)
    oidc_issuer: str | None = None
    oidc_client_id: str | None = None
    oidc_client_secret_file: Path | None = None
    smtp_host: str | None = Field(default=None, min_length=1)
    smtp_port: int = Field(default=587, ge=1, le=65535)
    smtp_security: Literal["starttls", "tls", "none"] = "starttls"
    smtp_user: str | None = Field(default=None, min_length=1)
    smtp_password_file: Path | None = None
    smtp_from: str | None = Field(default=None, pattern=r"^[^\s@<>]+@[^\s@<>]+$")
    positions_days: int | None = Field(default=None, ge=183, le=36_525)
    webhook_origins: Annotated[tuple[str, ...], NoDecode] = ()
    bases_file: Path | None = None
    log_level: Literal["debug", "info", "warning", "error"] = "info"

    @field_validator("database_url", "owner_database_url")
    @classmethod
    def _is_an_address(cls, value: str | None) -> str | None:
        if value is not None:
            try:
                conninfo_to_dict(value)
            except psycopg.ProgrammingError as error:
                raise ValueError(
                    "not a PostgreSQL address, expected postgresql://user:password@host/database"
                ) from error
        return value

    @field_validator("public_url")
    @classmethod
    def _is_an_origin(cls, value: str | None) -> str | None:
        if value is not None and not _ORIGIN.fullmatch(value):
            raise ValueError(
                "not the beginning of an address, expected https://name or https://name:port, nothing more"
            )
        return value

    @field_validator("trusted_proxies", mode="before")
    @classmethod
    def _are_addresses(cls, value: object) -> object:
        if not isinstance(value, str):
            return value
        return tuple(
            str(ipaddress.ip_network(one.strip())).removesuffix("/32") for one in value.split(",") if one.strip()
        )

    @field_validator("webhook_origins", mode="before")
    @classmethod
    def _are_origins(cls, value: object) -> object:
        if not isinstance(value, str):
            return value
        found = tuple(one.strip() for one in value.split(",") if one.strip())
        if not all(_ORIGIN.fullmatch(one) for one in found):
            raise ValueError(
                "not beginnings of addresses, expected https://name or https://name:port, with commas between"
            )
        return found

    @field_validator("var_dir")
    @classmethod
    def _is_absolute(cls, value: Path) -> Path:
        return value.expanduser().absolute()

    @model_validator(mode="after")
    def _agree(self) -> Settings:
        if self.pool_max_size < self.pool_min_size:
            raise ValueError("ZHANGTU_POOL_MAX_SIZE is smaller than ZHANGTU_POOL_MIN_SIZE")
        if self.owner_database_url is not None and self.database_url is None:
            raise ValueError("ZHANGTU_OWNER_DATABASE_URL needs ZHANGTU_DATABASE_URL beside it")
        if any(getattr(self, name) is not None for name in _OIDC):
            missing = [PREFIX + name.upper() for name in ("public_url", *_OIDC) if getattr(self, name) is None]
            if missing:
                raise ValueError(f"signing in elsewhere needs also {', '.join(missing)}")
        if self.smtp_host is not None and self.smtp_from is None:
            raise ValueError("sending e-mail needs also ZHANGTU_SMTP_FROM")
        if (self.smtp_user is None) != (self.smtp_password_file is None):
            raise ValueError("ZHANGTU_SMTP_USER and ZHANGTU_SMTP_PASSWORD_FILE go together")
        if self.smtp_user is not None and self.smtp_security == "none":
            raise ValueError("a password is not sent unencrypted: set ZHANGTU_SMTP_SECURITY to starttls or tls")
        return self

    @property
    def is_encrypted(self) -> bool:
        """Whether people come in by https: then cookies go by nothing else."""
        return self.public_url is not None and self.public_url.startswith("https:")

    @property
    def uses_private_cluster(self) -> bool:
        return self.database_url is None

    @property
    def application_url(self) -> str:
        """Where the application connects; a program that needs it before a database was chosen stops here."""
        if self.database_url is None:
            raise DatabaseNotChosen
        return self.database_url

    @property
    def owner_url(self) -> str:
        """Where migrations connect."""
        return self.owner_database_url or self.application_url

    def with_database(self, *, application: str, owner: str) -> Settings:
        """The same settings, pointed at a database that was just started."""
        return self.model_copy(update={"database_url": application, "owner_database_url": owner})


def load_settings() -> Settings:
    """Read the environment, and stop at the first start rather than at the first use."""
    known = {PREFIX + name.upper() for name in Settings.model_fields}
    unknown = sorted(name for name in os.environ if name.upper().startswith(PREFIX) and name.upper() not in known)
    if unknown:
        raise SettingsInvalid(faults="\n".join(f"  {name}: 没有这个设置 / no such setting" for name in unknown))
    try:
        return Settings()
    except ValidationError as error:
        raise SettingsInvalid(faults="\n".join(_faults(error))) from None


def _faults(error: ValidationError) -> list[str]:
    """One line a fault, without the value: it may be a password."""
    return [
        f"  {', '.join(PREFIX + str(part).upper() for part in fault['loc']) or PREFIX + '…'}: {fault['msg']}"
        for fault in error.errors(include_input=False, include_url=False)
    ]
