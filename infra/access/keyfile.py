"""Small secrets that lie in files beside the database: readable by their owner alone, and whole or not there."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from infra.problems import Problem

SECOND_FACTORS = "second-factors.key"
WEBHOOKS = "webhooks.key"
_PRIVATE = 0o600
_NONCE = 12


class KeyReadable(Problem):
    zh = "其他用户可以读取 {path}，不能再当作秘密使用。请执行：chmod 600 {path}"
    en = "Others can read {path}: it is no secret any more. Run: chmod 600 {path}"


class SecretUnreadable(Problem):
    zh = "无法读取 {path}：{reason}。请检查设置中的文件名和文件权限。"
    en = "Cannot read {path}: {reason}. Check the name in the settings, and who may read the file."


def given_in(path: Path) -> str:
    """What somebody put there, who also decides who may read it."""
    try:
        return path.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise SecretUnreadable(path=path, reason=getattr(error, "strerror", None) or "UTF-8?") from None


def text_in(path: Path, make: Callable[[], str]) -> str:
    """What the file holds; made, written and on disk first when there is none. Two who make it at once get the same."""
    if not path.exists():
        _written(path, make())
    if path.stat().st_mode & 0o077:
        raise KeyReadable(path=path)
    return path.read_text().strip()


def _written(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f"{path.name}.{os.getpid()}")
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, _PRIVATE), "w") as file:
        file.write(text + "\n")
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(fresh, path)
    except FileExistsError:
        pass  # another process was first: its text counts
    finally:
        fresh.unlink()


def factor_key(folder: Path) -> bytes:
    """What second factors are sealed with."""
    return _key_in(folder / SECOND_FACTORS)


def webhook_key(folder: Path) -> bytes:
    """What the secrets of webhooks are sealed with."""
    return _key_in(folder / WEBHOOKS)


def _key_in(path: Path) -> bytes:
    return bytes.fromhex(text_in(path, lambda: AESGCM.generate_key(256).hex()))


def seal(key: bytes, secret: bytes, bound: bytes) -> bytes:
    """Opens only with the same key and for what it is bound to."""
    nonce = os.urandom(_NONCE)
    return nonce + AESGCM(key).encrypt(nonce, secret, bound)


def unseal(key: bytes, sealed: bytes, bound: bytes) -> bytes:
    return AESGCM(key).decrypt(sealed[:_NONCE], sealed[_NONCE:], bound)
