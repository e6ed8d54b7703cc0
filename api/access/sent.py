"""What is sent about accounts, sessions and grants."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from annotated_types import Ge, Le, Len
from pydantic import Field

from api import scalars
from api.schemas import Strictly
from domain.access.policy import KINDS
from domain.access.rights import NEVER_BY_TOKEN, Right
from domain.access.roles import Role
from domain.catalogue import COMMANDS
from domain.kernel.text import Pattern

LONGEST_PASSWORD = 200
MOST_REMARK = 2000
_NOT_BLANK = Pattern(r"\S")

# Types that exist only at run time, made from the tables of the domain.
Login: Any = scalars.text([Len(1, 64)])
Password: Any = Annotated[scalars.text([Len(1, LONGEST_PASSWORD)]), Field(json_schema_extra={"format": "password"})]
Code: Any = Annotated[
    scalars.text([Pattern("^[0-9]{6}$")]), Field(description="手机上的六位验证码 · Six digits of the app")
]
Name: Any = scalars.text([Len(1, 200), _NOT_BLANK])
Division: Any = scalars.text([Pattern("^[0-9]{6}$")])
RoleName: Any = Literal[tuple(role.value for role in Role)]
Kind: Any = Literal[tuple(sorted(KINDS))]
RightName: Any = Literal[tuple(right.value for right in Right if right not in NEVER_BY_TOKEN)]
CommandKey: Any = Literal[tuple(COMMANDS)]
Days: Any = scalars.integer((Ge(1), Le(366)))
RecordNumber: Any = scalars.integer((Ge(1), Le(2**53 - 1)))
Remark: Any = scalars.text([Len(0, MOST_REMARK)])
Address: Any = scalars.text([Len(1, 255), _NOT_BLANK])


class SignIn(Strictly):
    """`code` where the account has a second factor."""

    login: Login
    password: Password
    code: Code | None = None


class PasswordChange(Strictly):
    old: Password
    new: Password


class FactorRemoval(Strictly):
    password: Password


class FactorConfirmation(Strictly):
    code: Code


class AccountNew(Strictly):
    """A service account is another system's: it has no password, and its holder makes its tokens."""

    login: Login
    name: Name
    unit: Annotated[Name, Field(description="所属单位，写入办理依据 · The unit that it acts for, as mandates name it")]
    service: scalars.FLAG = False
    holder: Annotated[scalars.ID | None, Field(description="服务账号的责任人 · Who answers for a service account")] = (
        None
    )


class AccountChange(Strictly):
    name: Name
    unit: Name
    holder: scalars.ID | None = None


class IdentityNew(Strictly):
    """Somebody at the single sign-on, by what never changes there."""

    issuer: Address
    subject: Address


class GrantNew(Strictly):
    """In a division and those below it, in a unit and those under it, or (neither) everywhere."""

    role: RoleName
    division: Division | None = None
    unit: scalars.ID | None = None


class TokenNew(Strictly):
    """Narrowed to what is named of the account's rights; what is left out is not narrowed."""

    account: Annotated[scalars.ID | None, Field(description="默认本人 · By default one's own")] = None
    name: Name
    days: Annotated[Days, Field(description="有效天数 · For how many days")]
    kinds: Annotated[tuple[Kind, ...], Field(max_length=len(KINDS))] | None = None
    rights: Annotated[tuple[RightName, ...], Field(max_length=len(Right))] | None = None
    commands: Annotated[tuple[CommandKey, ...], Field(max_length=len(COMMANDS))] | None = None


class Review(Strictly):
    """That somebody looked at all records up to this one."""

    up_to: RecordNumber
    remark: Remark = ""


SENT: tuple[type[Strictly], ...] = (
    SignIn, PasswordChange, FactorRemoval, FactorConfirmation, AccountNew, AccountChange, IdentityNew, GrantNew, TokenNew, Review,
)  # fmt: skip
