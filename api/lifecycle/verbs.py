"""Up, down, status, reset: the life of a registry on this machine, from the person's first command to Ctrl-C."""

from __future__ import annotations

import argparse
import importlib.util
import os
import shutil
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import FrameType

from api.lifecycle.database import borrowed_database, own_database, private_cluster
from api.lifecycle.lock import Holder, current_holder, holding, stop_holder
from api.lifecycle.port import listening
from api.lifecycle.views import views_kept
from infra.loading import loading
from infra.problems import Problem
from infra.settings import Settings
from infra.terminal import say

DEMONSTRATION = "api.demo.loading"
NOT_RUNNING = 3  # what init scripts answer for "status" of a stopped service


class NotConfirmed(Problem):
    zh = "未确认，什么都没有删除。确实要删除全部数据请运行 ./dev reset --yes"
    en = "Not confirmed, nothing was deleted. To delete all data run ./dev reset --yes"


class ForeignDatabase(Problem):
    zh = "ZHANGTU_DATABASE_URL 指向您自己的服务器，本程序不删除它的数据。请自行 DROP DATABASE。"
    en = "ZHANGTU_DATABASE_URL names a server of your own; its data is not deleted from here. DROP DATABASE yourself."


class NoDemonstration(Problem):
    zh = "这里没有演示数据。"
    en = "There is no demonstration here."


class Stopped(BaseException):
    """SIGTERM, SIGINT or SIGHUP: unwinds to `up`, so that everything is stopped in order."""


def up_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--empty", action="store_true", help="不装入演示数据 / without the demonstration")


def up(settings: Settings, asked: argparse.Namespace) -> int:
    """Serve until told to stop. Everything that was started is stopped, in the opposite order.

    The demonstration goes into a private database only: what is once in a log cannot be taken out again.
    """
    address = f"http://{settings.host}:{settings.port}"
    holder = Holder(pid=os.getpid(), verb="up", address=address)
    with (
        suppress(Stopped),
        _orderly_signals(),
        holding(settings.var_dir, holder),
        listening(settings) as sock,
        own_database(settings, watch=True) as ready,
        views_kept(ready),
    ):
        # The web, and what only a first start needs, are loaded last: every mistake in the settings shows sooner.
        with loading():
            from api.lifecycle.serving import serve  # noqa: PLC0415 -- see above

        token = _demonstrated(ready) if settings.uses_private_cluster and not asked.empty else None
        _administered(ready)
        serve(ready, sock, lambda: _welcome(address, None if token is None else str(token)))
    say("已停止。数据都在。", "Stopped. The data is safe.")
    return 0


def down(settings: Settings, _asked: argparse.Namespace) -> int:
    found = stop_holder(settings.var_dir)
    with holding(settings.var_dir, Holder(pid=os.getpid(), verb="down")):
        left = settings.uses_private_cluster and private_cluster(settings).status().running
        if left:
            private_cluster(settings).stop()
    if found or left:
        say("已停止。", "Stopped.")
    else:
        say("本来就没有在运行。", "It was not running.")
    return 0


def status(settings: Settings, _asked: argparse.Namespace) -> int:
    found = current_holder(settings.var_dir)
    if found:
        say(f"正在运行：{found.address}（进程 {found.pid}）", f"Running: {found.address} (process {found.pid})")
    else:
        say("没有在运行。启动：./dev up", "Not running. Start it: ./dev up")
    if settings.uses_private_cluster:
        cluster = private_cluster(settings).status()
        zh = f"运行中，进程 {cluster.pid}" if cluster.running else "已停止" if cluster.made else "尚未建立"
        en = f"running, process {cluster.pid}" if cluster.running else "stopped" if cluster.made else "not made yet"
        say(f"数据库：{zh}，{cluster.folder}", f"Database: {en}, {cluster.folder}")
    return 0 if found else NOT_RUNNING


def reset_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--yes", action="store_true", help="不再询问 / do not ask")


def reset(settings: Settings, asked: argparse.Namespace) -> int:
    """Delete everything that this checkout stored: events, attachments, keys and the token."""
    if not settings.uses_private_cluster:
        raise ForeignDatabase
    if not (asked.yes or _confirmed(settings)):
        raise NotConfirmed
    stop_holder(settings.var_dir)
    with holding(settings.var_dir, Holder(pid=os.getpid(), verb="reset")):
        private_cluster(settings).destroy()
        for entry in settings.var_dir.iterdir():
            if entry.is_dir() and not entry.is_symlink():
                shutil.rmtree(entry)
            elif entry.suffix != ".lock":
                entry.unlink()
    say("已清空。重新开始：./dev up", "All data deleted. Start anew: ./dev up")
    return 0


def _confirmed(settings: Settings) -> bool:
    if not sys.stdin.isatty():
        return False
    say(f"将删除 {settings.var_dir} 中的全部数据，不能恢复。", f"This deletes all data in {settings.var_dir} for good.")
    return input("  yes? ").strip().lower() == "yes"


def demo(settings: Settings, _asked: argparse.Namespace) -> int:
    with borrowed_database(settings, "demo") as ready:
        if not _demonstrate(ready):
            raise NoDemonstration
    return 0


def _demonstrate(settings: Settings) -> bool:
    """Load the demonstration into an empty registry; its module knows what empty means. False when there is none."""
    if importlib.util.find_spec(DEMONSTRATION) is None:
        return False
    importlib.import_module(DEMONSTRATION).load(settings)
    return True


def _administered(settings: Settings) -> None:
    from api.access.first_start import make_administrators  # noqa: PLC0415 -- with what it is made of, after the settings were read

    make_administrators(settings)


def _demonstrated(settings: Settings) -> Path | None:
    """The file with the token to look at it with, unless somebody took it away."""
    # What it is made of is loaded only where it is wanted.
    from api.access.first_start import demonstration_token  # noqa: PLC0415 -- see above

    return demonstration_token(settings) if _demonstrate(settings) else None


def _welcome(address: str, token: str | None) -> None:
    say(
        f"已就绪：{address}   （接口说明 {address}/v1/openapi.json，按 Ctrl-C 停止）",
        f"Ready: {address}   (API: {address}/v1/openapi.json, Ctrl-C stops)",
    )
    if token is None:
        say(
            "登录：用您的令牌，或新建一个：./dev accounts token create LOGIN --name …",
            "Come in with your token, or make one: ./dev accounts token create LOGIN --name …",
        )
        return
    say(
        f"演示令牌在 {token}（只有您能读）。例：",
        f"The demonstration's token is in {token} (only you can read it). Try:",
    )
    print(f'  curl -H "Authorization: Bearer $(cat {token})" {address}/healthz', file=sys.stderr, flush=True)


@contextmanager
def _orderly_signals() -> Iterator[None]:
    """The first signal unwinds; later ones are ignored, so that an impatient Ctrl-C cannot cut the clean-up short."""

    def stop(_number: int, _frame: FrameType | None) -> None:
        for number in handled:
            signal.signal(number, signal.SIG_IGN)
        raise Stopped

    def hang_up(_number: int, _frame: FrameType | None) -> None:
        os.kill(os.getpid(), signal.SIGTERM)  # the web server listens to this one, not to the other

    handled = {signal.SIGINT: stop, signal.SIGTERM: stop, signal.SIGHUP: hang_up}
    before = {number: signal.signal(number, handler) for number, handler in handled.items()}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
