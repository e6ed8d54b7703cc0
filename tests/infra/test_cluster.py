"""The private server: safe defaults, recovery from every crash, and nobody in but by the kernel's word."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from infra.cluster import Cluster
from infra.cluster import layout as layout_module
from infra.cluster.account import account_for
from infra.cluster.binaries import PostgresMissing, find_binaries
from infra.cluster.configuration import access_rules, server_settings
from infra.cluster.layout import LONGEST_SOCKET_PATH, SOCKET_NAME, FolderNotOurs, Layout, choose_layout, make_folders
from infra.cluster.processes import postmaster
from tests.databases import Server, throwaway_folder


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder that the server's account can enter, also when root runs the tests."""
    with throwaway_folder() as made:
        yield made


@pytest.fixture
def own(folder: Path) -> Iterator[Cluster]:
    """A server for tests that are rough with it."""
    made = Cluster(folder / "postgres", durable=False)
    yield made
    made.destroy()


def _setting(url: str, name: str) -> str:
    with psycopg.connect(url) as connection:
        row = connection.execute("SELECT current_setting(%s)", [name]).fetchone()
    assert row is not None
    return str(row[0])


def _remember(url: str) -> None:
    with psycopg.connect(url) as connection:
        connection.execute("CREATE TABLE remembered AS SELECT 42 AS answer")


def _remembered(url: str) -> int:
    with psycopg.connect(url) as connection:
        row = connection.execute("SELECT answer FROM remembered").fetchone()
    return int(row[0]) if row else 0


def test_what_was_acknowledged_is_still_there_after_kill_9_of_every_server_process(folder: Path) -> None:
    own = Cluster(folder / "postgres", durable=True)
    urls = own.start()
    _remember(urls.owner)
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit() and _works_in(entry, choose_layout(own.wanted).data):
            os.kill(int(entry.name), signal.SIGKILL)
    try:
        assert _remembered(own.start().owner) == 42
    finally:
        own.destroy()


def _works_in(process: Path, data: Path) -> bool:
    try:
        return (process / "cwd").readlink() == data.resolve()
    except OSError:
        return False


def test_a_lock_file_that_names_a_stranger_does_not_stop_the_start(own: Cluster) -> None:
    own.start()
    own.stop()
    layout = choose_layout(own.wanted)
    written = f"{os.getpid()}\n{layout.data}\n0\n5432\n{layout.sockets}\n\n\n"
    for lock in (layout.data / "postmaster.pid", layout.sockets / f"{SOCKET_NAME}.lock"):
        lock.write_text(written)
        os.chown(lock, layout.account.uid, layout.account.gid)
    own.start()
    assert own.status().running


def test_a_crash_half_way_through_the_making_leaves_nothing_that_looks_like_a_database(own: Cluster) -> None:
    layout = choose_layout(own.wanted)
    make_folders(layout)
    (layout.folder / "data.new").mkdir()
    (layout.folder / "data.new" / "PG_VERSION").write_text("15\n")
    own.start()
    assert own.status().running


def test_starting_twice_is_starting_once(own: Cluster) -> None:
    own.start()
    pid = own.status().pid
    own.start()
    assert own.status().pid == pid


def test_a_stopped_server_leaves_no_process_and_a_destroyed_one_no_file(own: Cluster) -> None:
    own.start()
    own.stop()
    assert not own.status().running
    own.destroy()
    assert not own.wanted.exists()


def test_the_server_never_runs_as_root(cluster: Server) -> None:
    pid = cluster.cluster.status().pid
    assert pid is not None
    assert Path("/proc", str(pid)).stat().st_uid != 0


def test_pages_carry_checksums_and_the_encoding_is_utf8(cluster: Server) -> None:
    assert _setting(cluster.urls.application, "data_checksums") == "on"
    assert _setting(cluster.urls.application, "server_encoding") == "UTF8"


def test_no_network_port_is_open(cluster: Server) -> None:
    assert _setting(cluster.urls.application, "listen_addresses") == ""


def test_a_durable_server_waits_for_the_disk() -> None:
    durable = server_settings(Path("/run"), durable=True)
    for name in ("fsync", "full_page_writes", "synchronous_commit"):
        assert f"{name} = on\n" in durable


def test_only_the_kernel_vouches_for_a_peer() -> None:
    (rule,) = access_rules().splitlines()
    assert rule.startswith("local ")
    assert rule.split()[3] == "peer"


def test_a_stranger_on_this_machine_cannot_log_in(cluster: Server) -> None:
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(cluster.urls.application.replace("zhangtu_app@", "nobody_we_know@"))


@pytest.mark.parametrize("right", ["rolsuper", "rolcreaterole", "rolcreatedb", "rolbypassrls", "rolreplication"])
def test_no_role_is_more_than_it_must_be(cluster: Server, right: str) -> None:
    with psycopg.connect(cluster.urls.application) as connection:
        rows = connection.execute(f"SELECT rolname, {right} FROM pg_roles WHERE rolname ~ '^zhangtu_'").fetchall()  # noqa: S608  names are listed above
    roles = ("zhangtu_app", "zhangtu_everything", "zhangtu_owner", "zhangtu_projector")
    assert sorted(rows) == [(role, False) for role in roles]


def test_the_application_cannot_make_tables(cluster: Server) -> None:
    with psycopg.connect(cluster.urls.application) as connection, pytest.raises(psycopg.errors.InsufficientPrivilege):
        connection.execute("CREATE TABLE public.planted ()")


def test_a_long_path_gets_its_socket_in_a_short_one(folder: Path) -> None:
    layout = choose_layout(folder / ("long" * 30))
    assert len(str(layout.sockets / SOCKET_NAME)) <= LONGEST_SOCKET_PATH


def test_data_is_found_again_after_the_rights_of_a_folder_above_changed(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(layout_module, "SHARED_STATE", folder / "shared")
    monkeypatch.setattr(layout_module, "_reachable", lambda *_: False)
    apart = choose_layout(folder / "postgres")
    assert apart.folder.parent == folder / "shared"
    make_folders(apart)
    monkeypatch.setattr(layout_module, "_reachable", lambda *_: True)
    assert choose_layout(folder / "postgres") == apart


def test_a_path_with_a_comma_gets_its_socket_elsewhere(folder: Path) -> None:
    assert "," not in str(choose_layout(folder / "a,b").sockets)


def test_a_folder_that_someone_else_prepared_is_refused(folder: Path) -> None:
    layout = choose_layout(folder / "postgres")
    (folder / "trap").mkdir()
    planted = Layout(account=layout.account, folder=folder / "postgres", sockets=folder / "link")
    planted.sockets.symlink_to(folder / "trap")
    with pytest.raises(FolderNotOurs):
        make_folders(planted)


def test_no_postmaster_is_seen_where_the_file_names_another_process(folder: Path) -> None:
    (folder / "postmaster.pid").write_text(f"{os.getpid()}\n")
    assert postmaster(folder) is None


def test_a_version_that_is_not_installed_is_named() -> None:
    with pytest.raises(PostgresMissing) as raised:
        find_binaries(major=3)
    assert "3" in raised.value.message_zh


def test_the_account_is_never_root(folder: Path) -> None:
    assert account_for(folder / "postgres").uid != 0
