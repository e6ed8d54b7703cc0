"""The operating-system account that the cluster runs as: the person who started it, and never root."""

from __future__ import annotations

import os
import pwd
import subprocess
from dataclasses import dataclass
from pathlib import Path

from infra.problems import Problem

DEDICATED_USER = "zhangtu"


class AccountNotMade(Problem):
    zh = "无法创建系统用户 {user}：{reason}。请手动创建（useradd --system {user}）后重试。"
    en = "Cannot create the system user {user}: {reason}. Create it (useradd --system {user}) and try again."


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """A user of the operating system, and how to run a program as it."""

    name: str
    uid: int
    gid: int

    def run(self, *command: str, **environment: str) -> subprocess.CompletedProcess[str]:
        """Run as this account with a clean environment: no PG* variable of the caller may steer the server."""
        drop = os.geteuid() == 0 and self.uid != 0
        return subprocess.run(
            command,
            cwd="/",  # the caller's folder may be closed to the account
            env={"PATH": os.defpath, "LC_ALL": "C.UTF-8", "TZ": "UTC", **environment},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            errors="replace",
            check=False,
            start_new_session=True,  # Ctrl-C at the console is ours to handle; the server must outlive it
            user=self.uid if drop else None,
            group=self.gid if drop else None,
            extra_groups=[] if drop else None,
        )

    def can_enter(self, folder: Path) -> bool:
        return self.run("test", "-x", str(folder)).returncode == 0


def account_for(data: Path) -> Account:
    """Whoever owns the data already; else the caller; else, for root, the dedicated user."""
    if os.geteuid() != 0:
        return _account(os.geteuid())
    if data.is_dir() and data.stat().st_uid != 0:
        return _account(data.stat().st_uid)
    return _dedicated()


def _account(uid: int) -> Account:
    entry = pwd.getpwuid(uid)
    return Account(name=entry.pw_name, uid=entry.pw_uid, gid=entry.pw_gid)


def _dedicated() -> Account:
    try:
        entry = pwd.getpwnam(DEDICATED_USER)
    except KeyError:
        _create_dedicated()
        entry = pwd.getpwnam(DEDICATED_USER)
    return Account(name=entry.pw_name, uid=entry.pw_uid, gid=entry.pw_gid)


def _create_dedicated() -> None:
    command = ["useradd", "--system", "--user-group", "--no-create-home", "--home-dir", "/nonexistent"]
    shell = "/usr/sbin/nologin"
    path = f"{os.defpath}:/usr/sbin:/sbin"
    done = subprocess.run(
        [*command, "--shell", shell, DEDICATED_USER],
        env={"PATH": path},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        raise AccountNotMade(user=DEDICATED_USER, reason=done.stderr.strip())
