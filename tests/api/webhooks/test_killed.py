"""The notifier as a process of its own, killed in every step: no notice and no delivery is lost, doubled or out of order."""

from __future__ import annotations

import os
import signal
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path

import pytest

from domain.access.roles import Role
from projections.generations import children
from tests.api import feeding
from tests.api.feeding import eventually
from tests.api.notices.desk import Desk, in_county, told, watch
from tests.api.webhooks.holding import Holder
from tests.api.webhooks.receiving import Receiver
from tests.stores import rows, run

NOTIFIER = "api.notices.notifier"
EVENTS = 6


class Living:
    """A notifier that is begun again whenever it was killed."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.process = self._started()
        self.deaths = 0

    def _started(self) -> subprocess.Popen[bytes]:
        settings = self._desk.region.services.settings
        given = {
            "ZHANGTU_VAR_DIR": str(settings.var_dir),
            "ZHANGTU_WEBHOOK_ORIGINS": ",".join(settings.webhook_origins),
        }
        return children.start(NOTIFIER, [], settings.application_url, given)

    def kill(self) -> None:
        os.kill(self.process.pid, signal.SIGKILL)
        children.end(self.process)
        self.deaths += 1

    def revive(self) -> None:
        if self.process.poll() is not None:
            self.process = self._started()


@pytest.fixture
def notifier(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Iterator[Living]:
    """Slow to begin on a busy machine; what tests before this one left has ended."""
    monkeypatch.setattr(feeding, "PATIENCE", 120.0)
    run(desk.region.desk.urls.owner, "UPDATE webhooks.webhooks SET ended_at = clock_timestamp() WHERE ended_at IS NULL")
    living = Living(desk)
    yield living
    children.end(living.process)


@contextmanager
def happening(desk: Desk, name: str) -> Iterator[list[int]]:
    """Events that come one after the other while the block runs, each in the view at once."""
    positions: list[int] = []

    def go_on() -> None:
        for number in range(EVENTS):
            positions.append(desk.rename(desk.mine, f"{name}{number}"))
            desk.region.catch_up()
            time.sleep(0.05)

    thread = threading.Thread(target=go_on, daemon=True)
    thread.start()
    yield positions
    thread.join()


@pytest.mark.slow
@pytest.mark.parametrize("step", ["on_arrival", "on_answered"])
def test_killed_while_it_sends_or_before_it_notes_it_sends_again_and_in_order(
    desk: Desk, holder: Holder, receiver: Receiver, notifier: Living, step: str
) -> None:
    id = holder.make(receiver)
    deadly = iter([False, True] + [False] * 100)

    def killing() -> None:
        if next(deadly):
            notifier.kill()

    setattr(receiver, step, killing)
    with happening(desk, step) as positions:
        pass

    def is_done() -> bool:
        notifier.revive()
        holder.sooner()
        return int(holder.told(id)["position"]) >= positions[-1]

    eventually(is_done)
    assert notifier.deaths == 1
    assert list(dict.fromkeys(receiver.positions)) == positions
    assert all(one <= next for one, next in pairwise(receiver.positions))
    assert len(set(receiver.ids)) == len(positions)


@pytest.mark.slow
def test_killed_at_any_moment_it_tells_of_every_event_exactly_once(desk: Desk, notifier: Living) -> None:
    client = desk.someone("watches-all", in_county(Role.AUDITOR, desk.mine))
    watch(client, thing=desk.mine.named["branch"])
    with happening(desk, "杀") as positions:
        for moment in (0.3, 0.9, 0.5):
            time.sleep(moment)
            notifier.kill()
            notifier.revive()
    last = positions[-1]
    eventually(lambda: rows(desk.region.desk.urls.owner, "SELECT position FROM notices.follower")[0][0] >= last)
    assert told(client) == [("watched", position) for position in reversed(positions)]


def test_it_costs_next_to_nothing_while_nothing_happens(notifier: Living) -> None:
    def is_idle() -> bool:
        before = _work(notifier.process.pid)
        time.sleep(2)
        return _work(notifier.process.pid) - before < 0.1

    eventually(is_idle)  # once it has loaded


def _work(pid: int) -> float:
    fields = Path("/proc", str(pid), "stat").read_text().rpartition(")")[2].split()
    return sum(int(ticks) for ticks in fields[11:13]) / os.sysconf("SC_CLK_TCK")
