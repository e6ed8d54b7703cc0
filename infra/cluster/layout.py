"""Which folders a cluster lives in: where the server's account may go, and where a socket's path is short enough."""

from __future__ import annotations

import hashlib
import os
import re
import stat
from dataclasses import dataclass
from pathlib import Path

from infra.cluster.account import Account, account_for
from infra.problems import Problem

SHARED_STATE = Path("/var/lib/zhangtu")
SOCKET_NAME = ".s.PGSQL.5432"
LONGEST_SOCKET_PATH = 107  # sun_path holds 108 bytes with its closing zero
# The setting is a list with quoting rules of its own; a path with other characters goes to the short folder instead.
PLAIN_PATH = re.compile(r"/[A-Za-z0-9._/+@-]+")


class FolderNotOurs(Problem):
    zh = "文件夹 {folder} 属于另一个用户（uid {owner}）。请用该用户或 sudo 运行。"
    en = "The folder {folder} belongs to another user (uid {owner}). Run as that user, or with sudo."


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """The account and the folders of one cluster."""

    account: Account
    folder: Path
    sockets: Path

    @property
    def data(self) -> Path:
        return self.folder / "data"


def choose_layout(wanted: Path) -> Layout:
    """The folder asked for; or, when root's dedicated user cannot get there, one of its own named by a digest.

    Where data lies already decides first: rights of a folder above may change, and must not make a registry look empty.
    """
    wanted = wanted.absolute()
    account = account_for(wanted)
    apart = SHARED_STATE / _digest(wanted)
    stays = not apart.is_dir() and (_reachable(wanted, account) or (wanted / "data").is_dir())
    folder = wanted if stays else apart
    return Layout(account=account, folder=folder, sockets=_sockets(folder))


def make_folders(layout: Layout) -> None:
    for folder in (layout.folder, layout.sockets):
        folder.parent.mkdir(parents=True, exist_ok=True, mode=0o755)
        folder.mkdir(exist_ok=True, mode=0o700)
        _take(folder, layout.account)


def _take(folder: Path, account: Account) -> None:
    """The folder must be the account's, and nobody else's: under /tmp another user could have made it first."""
    found = folder.lstat()
    if os.geteuid() == 0 and found.st_uid == 0 and stat.S_ISDIR(found.st_mode):
        os.chown(folder, account.uid, account.gid)
    elif found.st_uid != account.uid or not stat.S_ISDIR(found.st_mode):
        raise FolderNotOurs(folder=folder, owner=found.st_uid)
    folder.chmod(0o700)


def _reachable(folder: Path, account: Account) -> bool:
    if os.geteuid() != 0:
        return True
    existing = next(parent for parent in (folder, *folder.parents) if parent.is_dir())
    return account.can_enter(existing)


def _sockets(folder: Path) -> Path:
    inside = folder / "run"
    fits = len(os.fsencode(inside / SOCKET_NAME)) <= LONGEST_SOCKET_PATH
    if fits and PLAIN_PATH.fullmatch(str(inside)):
        return inside
    return Path("/tmp") / f"zhangtu-{_digest(folder)}"  # noqa: S108  ownership is checked before it is used


def _digest(folder: Path) -> str:
    return hashlib.sha256(os.fsencode(folder)).hexdigest()[:12]
