"""Passwords: the rules that a new one keeps, and what argon2id makes of one. No password is stored, nor anything that opens in its place."""

from __future__ import annotations

import hashlib
import re
import secrets
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from threading import BoundedSemaphore
from typing import Final

from argon2.low_level import Type, hash_secret_raw

from domain.kernel.errors import InvalidValue

SHORTEST, LONGEST = 12, 128
OF_ITS_OWN = 7
"""So many characters must remain of a password when all is taken out of it that everybody would try first."""

COST: Final = "m=47104,t=1,p=1"
"""Memory in KiB, passes, lanes: what OWASP's cheat sheet recommends first for argon2id. Stored with each password, so it can be raised."""

_SALT, _LENGTH = 16, 32
# Each holds some 50 MB: more at once would let strangers fill the memory by signing in wrongly.
_AT_ONCE = BoundedSemaphore(4)

# What is left of a password is looked for in the words that everybody tries; read with the digits that stand for letters.
_LEET = str.maketrans({"0": "o", "1": "l", "3": "e", "4": "a", "5": "s", "7": "t", "@": "a", "$": "s", "!": "i"})
_COMMON = re.compile(
    "passwo?r?d|passw|qwerty|qwert|asdfgh?|zxcvbn?|qazwsx|iloveyou|woaini|admin(?:istrator)?|root|welcome|letmein|login|master"
    "|monkey|dragon|sunshine|princess|football|superman|shadow|changeme|default|secret|test|guest|user|hello|system"
    "|zhangtu|guanli|mima|ningxia|yinchuan|shizuishan|wuzhong|guyuan|zhongwei|china|beijing|jiguan|zhengfu"
    "|口令|密码|管理员|账图|宁夏|银川"
)
_RUNS = ("abcdefghijklmnopqrstuvwxyz", "01234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm")
_DATE = re.compile(r"(?:19|20)[0-9]{2}(?:[01]?[0-9](?:[0-3]?[0-9])?)?")
_REPEAT = re.compile(r"(.+?)\1+")


class PasswordTooShort(InvalidValue):
    code = "password-too-short"
    field = "password"
    zh = "口令至少 {shortest} 个字符。几个不相干的词连起来，既好记又安全。"
    en = "A password has at least {shortest} characters. A few unrelated words are easy to keep and hard to guess."


class PasswordTooLong(InvalidValue):
    code = "password-too-long"
    field = "password"
    zh = "口令最多 {longest} 个字符。"
    en = "A password has at most {longest} characters."


class PasswordEasy(InvalidValue):
    code = "password-easy"
    field = "password"
    zh = "口令太容易猜：去掉登录名、常用词、年份、连号和重复后所剩无几。请换一个。"
    en = "Too easy to guess: little remains without the login, common words, years, runs and repeats. Choose another one."


class PasswordTheSame(InvalidValue):
    code = "password-the-same"
    field = "password"
    zh = "新口令不能与原口令相同。"
    en = "The new password is the old one."


@dataclass(frozen=True, slots=True)
class Kept:
    """What the database stores of a password."""

    salt: bytes
    cost: str
    verifier: bytes


def require_good(password: str, *, login: str) -> None:
    """Rule: long, and not what somebody would try who knows the login and the usual lists."""
    if len(password) < SHORTEST:
        raise PasswordTooShort(shortest=SHORTEST)
    if len(password) > LONGEST:
        raise PasswordTooLong(longest=LONGEST)
    if min(len(left) for left in (_left(password, login, str), _left(password, login, _unleeted))) < OF_ITS_OWN:
        raise PasswordEasy


def _unleeted(text: str) -> str:
    return text.translate(_LEET)


def _left(password: str, login: str, read: Callable[[str], str]) -> str:
    left = _DATE.sub("", _normal(password).casefold())
    for run in _RUNS:
        left = _without_runs(left, run)
    left = read(left)
    for part in {login, *re.split(r"[._@-]", login)} - {""}:
        left = left.replace(part, "") if len(part) > 1 else left
    return _REPEAT.sub(r"\1", _COMMON.sub("", left))


def _without_runs(text: str, run: str) -> str:
    """Four and more that follow each other, forwards or backwards."""
    for ordered in (run, run[::-1]):
        for length in range(len(ordered), 3, -1):
            for begin in range(len(ordered) - length + 1):
                text = text.replace(ordered[begin : begin + length], "")
    return text


def one_time() -> str:
    """A password to be told to somebody, without characters that are read wrongly; 100 random bits."""
    letters = "abcdefghjkmnpqrstuvwxyz23456789"
    return "-".join("".join(secrets.choice(letters) for _ in range(5)) for _ in range(4))


def kept(password: str) -> Kept:
    salt = secrets.token_bytes(_SALT)
    return Kept(salt=salt, cost=COST, verifier=hashlib.sha256(derived(password, salt, COST)).digest())


def derived(password: str, salt: bytes, cost: str) -> bytes:
    """What argon2id makes of it: the proof of having known the password, which only the database can check."""
    found = dict(part.split("=") for part in cost.split(","))
    with _AT_ONCE:
        return hash_secret_raw(
            _normal(password).encode(),
            salt,
            time_cost=int(found["t"]),
            memory_cost=int(found["m"]),
            parallelism=int(found["p"]),
            hash_len=_LENGTH,
            type=Type.ID,
        )


def nobodys() -> tuple[bytes, str]:
    """A salt and cost to spend the same time on, where there is no such account."""
    return secrets.token_bytes(_SALT), COST


def _normal(password: str) -> str:
    """The same characters, however a keyboard or a browser composes them."""
    return unicodedata.normalize("NFKC", password)
