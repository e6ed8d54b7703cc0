"""What the private server is told: durable, local only, nobody in by password, memory for a small machine."""

from __future__ import annotations

import os
from pathlib import Path

from infra.cluster.account import Account

MEGABYTE = 1024 * 1024
MAP_NAME = "zhangtu"
ROLES = ("zhangtu_owner", "zhangtu_app", "postgres")

SETTINGS = """\
# Written by infra/cluster/configuration.py at every start; changes made here do not last.
listen_addresses = ''
port = 5432
unix_socket_directories = '{sockets}'
unix_socket_permissions = 0700
max_connections = 100
shared_buffers = {shared}MB
effective_cache_size = {cache}MB
maintenance_work_mem = {maintenance}MB
work_mem = 16MB
dynamic_shared_memory_type = sysv      # /dev/shm is small in containers, and systemd empties it when a user logs out
wal_compression = lz4                  # a rebuild writes whole index pages: pglz would cost as much as sorting them
max_wal_size = 2GB
checkpoint_timeout = 15min
random_page_cost = 1.1
jit = off                              # statements here are short; compiling them costs more than it saves
timezone = 'UTC'
log_timezone = 'UTC'
datestyle = 'iso, ymd'
lc_messages = 'C.UTF-8'
lc_monetary = 'C.UTF-8'
lc_numeric = 'C.UTF-8'
lc_time = 'C.UTF-8'
default_text_search_config = 'pg_catalog.simple'
logging_collector = on
log_directory = 'log'
log_filename = 'postgresql-%a.log'     # a week of files, then the oldest is written over
log_truncate_on_rotation = on
log_rotation_age = 1d
log_rotation_size = 0
log_parameter_max_length = 0           # bound values may be personal
log_parameter_max_length_on_error = 0
fsync = {durable}
full_page_writes = {durable}
synchronous_commit = {durable}
"""


def server_settings(sockets: Path, *, durable: bool) -> str:
    total = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // MEGABYTE
    return SETTINGS.format(
        sockets=sockets,
        shared=min(768, max(64, total // 8)),
        cache=max(128, total // 2),
        maintenance=min(512, max(64, total // 16)),
        durable="on" if durable else "off",
    )


def access_rules() -> str:
    """Peer only: the kernel says who is at the other end of the socket, so there is no password to lose."""
    return f"local all {','.join(ROLES)} peer map={MAP_NAME}\n"


def identity_map(accounts: set[str]) -> str:
    """The accounts that may log in; `access_rules` names the roles."""
    return "".join(f'{MAP_NAME} "{account}" {role}\n' for account in sorted(accounts) for role in ROLES)


def write_configuration(data: Path, sockets: Path, account: Account, accounts: set[str], *, durable: bool) -> None:
    """Replace the three files in one step each, so that a crash leaves the old or the new one."""
    texts = {
        "postgresql.conf": server_settings(sockets, durable=durable),
        "pg_hba.conf": access_rules(),
        "pg_ident.conf": identity_map(accounts),
    }
    for name, text in texts.items():
        fresh = data / f"{name}.new"
        fresh.write_text(text, encoding="utf-8")
        fresh.chmod(0o600)
        if os.geteuid() == 0:
            os.chown(fresh, account.uid, account.gid)
        fresh.replace(data / name)
