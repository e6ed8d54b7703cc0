"""Accounts, sessions, grants and records, for the documentation and for clients made from it."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import Field

from api.answers import Answered


class TermTold(Answered):
    key: str
    zh: str
    en: str


class RoleTold(TermTold):
    administers: bool
    reads: list[str]
    rights: list[TermTold]
    commands: list[str]


class Roles(Answered):
    roles: list[RoleTold]


class GrantHeld(Answered):
    role: str
    division: str | None
    unit: UUID | None


class SessionTold(Answered):
    id: UUID
    how: Literal["password", "identity"]
    opened_at: datetime
    seen_at: datetime
    ends_at: datetime


class Me(Answered):
    """Who asks, and what they may."""

    account: UUID
    login: str
    unit: str
    via: Annotated[str, Field(description="“session”，或令牌的名称 · “session”, or the token's name")]
    must_change: Annotated[bool, Field(description="须先修改口令 · The password must be changed first")]
    session: SessionTold | None
    csrf: Annotated[str | None, Field(description="写入请求头 X-CSRF-Token · For the header X-CSRF-Token")]
    grants: list[GrantHeld]
    reads: list[str]
    rights: list[str]
    commands: list[str]


class SessionOpen(SessionTold):
    address: str | None
    agent: str | None
    this: Annotated[bool, Field(description="当前会话 · The one that asks")]


class Sessions(Answered):
    sessions: list[SessionOpen]


class Ended(Answered):
    ended: int


class FactorBegun(Answered):
    """Shown this once; it asks for no code before it is confirmed."""

    secret: str
    uri: Annotated[str, Field(pattern="^otpauth://totp/")]


class FactorState(Answered):
    confirmed: bool


class AccountTold(Answered):
    id: UUID
    login: str
    name: str
    unit: str
    service: bool
    holder: UUID | None
    password: Literal["none", "one-time", "own"]
    made_at: datetime
    disabled_at: datetime | None
    resting_since: Annotated[
        datetime | None,
        Field(
            description="等待安全管理员确认，其间授权不生效 · Its grants rest until the security administrator confirms"
        ),
    ]
    locked_until: datetime | None
    signed_in_at: datetime | None


class GrantTold(Answered):
    id: UUID
    account: UUID
    role: str
    division: str | None
    unit: UUID | None
    given_at: datetime
    given_by: str


class IdentityTold(Answered):
    issuer: str
    subject: str
    linked_at: datetime


class AccountDetail(AccountTold):
    grants: list[GrantTold]
    identities: list[IdentityTold]


class AccountListed(AccountTold):
    roles: list[str]


class Accounts(Answered):
    accounts: list[AccountListed]
    counts: Annotated[dict[str, int], Field(description="各状态各有多少 · How many there are in each state")]
    next: Annotated[str | None, Field(description="下一页的地址 · Address of the next page; null at the end")]


class OneTimePassword(Answered):
    """Shown this once."""

    password: str


class GrantMade(Answered):
    id: UUID


class TokenTold(Answered):
    id: UUID
    account: UUID
    name: str
    kinds: list[str] | None
    rights: list[str] | None
    commands: list[str] | None
    made_at: datetime
    expires_at: datetime
    revoked_at: datetime | None


class Tokens(Answered):
    tokens: list[TokenTold]


class TokenMade(Answered):
    """Shown this once."""

    secret: str


class RecordTold(Answered):
    number: int
    at: datetime
    what: str
    account: UUID | None
    login: str | None
    via: str | None
    address: str | None
    subject: UUID | None
    detail: dict[str, Any]
    zh: str
    en: str
    detail_zh: str
    detail_en: str


class Records(Answered):
    records: list[RecordTold]
    reviewed: Annotated[int, Field(description="已审阅到的编号 · Up to which number somebody looked")]
    next: Annotated[str | None, Field(description="下一页的地址 · Address of the next page; null at the end")]


class Reviewed(Answered):
    reviewed: int


ACCESS: tuple[type[Answered], ...] = (
    Roles, Me, Sessions, Ended, FactorBegun, FactorState, AccountDetail, Accounts, OneTimePassword, GrantMade, Tokens,
    TokenMade, Records, Reviewed,
)  # fmt: skip
