"""Where the PostgreSQL server lives on this machine."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

from infra.problems import Problem

OLDEST_MAJOR = 15
DEBIAN_ROOT = Path("/usr/lib/postgresql")
DEBIAN_SHARE = Path("/usr/share/postgresql")


class PostgresMissing(Problem):
    zh = "没有找到带 PostGIS 的 PostgreSQL（{wanted}）。请以 root 或有 sudo 权限的用户运行 ./dev up，它会自动安装。"
    en = "No PostgreSQL with PostGIS found ({wanted}). Run ./dev up as root or as a user with sudo: it installs both."


@dataclass(frozen=True, slots=True, kw_only=True)
class Binaries:
    """One installed server: its major version and the folder of `initdb`, `pg_ctl` and `postgres`."""

    major: int
    folder: Path

    def path(self, name: str) -> str:
        return str(self.folder / name)


def find_binaries(major: int | None = None) -> Binaries:
    """The newest usable server, or exactly `major`: an existing data directory opens with its own version only."""
    usable = {found.major: found for found in _installed()}
    chosen = usable.get(major) if major is not None else usable[max(usable)] if usable else None
    if chosen is None:
        raise PostgresMissing(wanted=f"= {major}" if major is not None else f">= {OLDEST_MAJOR}")
    return chosen


def _installed() -> list[Binaries]:
    candidates = [
        Binaries(major=int(folder.name), folder=folder / "bin")
        for folder in DEBIAN_ROOT.glob("[0-9]*")
        if folder.name.isdigit() and int(folder.name) >= OLDEST_MAJOR
    ]
    return [found for found in candidates if _is_complete(found)]


def _is_complete(found: Binaries) -> bool:
    tools = all(shutil.which(name, path=str(found.folder)) for name in ("initdb", "pg_ctl", "postgres"))
    return tools and (DEBIAN_SHARE / str(found.major) / "extension" / "postgis.control").is_file()
