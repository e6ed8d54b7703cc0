"""`./dev up` under eight writers over HTTP, killed as a whole again and again: what was acknowledged is there, once.

`./dev endurance serving --seconds 180`. Every writer sends a command with an Idempotency-Key and sends it again until it is
answered, as a careful client does. Afterwards every answer is compared with the log, and the log with the answers.
"""

from __future__ import annotations

import argparse
import random
import threading
import time
import uuid
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

import httpx

from tests.processes import LivingRegistry, living_registry

WRITERS = 8
MANDATE = {"reason": "登记", "documents": [{"number": "宁管发〔2026〕1号"}], "effective": "2026-03-01"}


def main(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="dev endurance serving", description=__doc__)
    parser.add_argument("--seconds", type=float, default=180.0, help="how long the killing goes on (%(default)s)")
    parser.add_argument("--seed", type=int, default=int(time.time()), help="the seed of chance")
    options = parser.parse_args(argv)
    deaths, written, faults = endure(options.seconds, random.Random(options.seed))  # noqa: S311 -- no secret hangs on it
    print(
        f"seed {options.seed}: killed everything {deaths} times; {written} commands acknowledged; {len(faults)} faults"
    )
    print("\n".join(faults[:20]), flush=True)
    return 1 if faults or not written else 0


@dataclass
class Writer:
    """One client: its answers, and what it could not make sense of."""

    registry: LivingRegistry
    headers: dict[str, str]
    stop: threading.Event
    answers: list[dict[str, Any]] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def write(self) -> None:
        with httpx.Client(base_url=self.registry.address, headers=self.headers, timeout=10) as client:
            while not self.stop.is_set():
                made = self.send(client, "/v1/units", {"unit": a_unit()})
                if made is not None:
                    self.send(client, f"/v1/units/{made['id']}/rename", {"name": "更名后的单位"})

    def send(self, client: httpx.Client, path: str, said: dict[str, Any]) -> dict[str, Any] | None:
        """Again and again with the same key, until there is an answer."""
        key = str(uuid.uuid4())
        while True:
            try:
                response = client.post(path, json={**said, "mandate": MANDATE}, headers={"Idempotency-Key": key})
            except httpx.TransportError:
                time.sleep(0.1)
                continue
            if response.status_code == 503:
                time.sleep(0.1)
                continue
            if response.status_code not in (200, 201):
                self.faults.append(f"{path}: {response.status_code} {response.text[:300]}")
                return None
            answer: dict[str, Any] = response.json()
            self.answers.append(answer)
            if answer["command_id"] != key:
                self.faults.append(f"{path}: answered {answer['command_id']} to {key}")
            return answer


def endure(seconds: float, chance: random.Random) -> tuple[int, int, list[str]]:
    with living_registry(on_disk=True) as registry:
        registry.up()
        headers = {"Authorization": f"Bearer {(registry.var / 'token').read_text().strip()}"}
        before = head(registry)
        stop = threading.Event()
        writers = [Writer(registry, headers, stop) for _ in range(WRITERS)]
        threads = [threading.Thread(target=writer.write) for writer in writers]
        for thread in threads:
            thread.start()
        deaths = reap(registry, seconds, chance)
        stop.set()
        for thread in threads:
            thread.join()
        answers = [answer for writer in writers for answer in writer.answers]
        faults = [fault for writer in writers for fault in writer.faults]
        return deaths, len(answers), faults + compare(registry, headers, before, answers)


def reap(registry: LivingRegistry, seconds: float, chance: random.Random) -> int:
    deaths, until = 0, time.monotonic() + seconds
    while time.monotonic() < until:
        time.sleep(chance.uniform(0.5, 4.0))
        registry.kill_everything()
        deaths += 1
        registry.up()
    return deaths


def compare(registry: LivingRegistry, headers: dict[str, str], before: int, answers: list[dict[str, Any]]) -> list[str]:
    """Each answer's event stands at its position; and there is no event that was not acknowledged."""
    faults = []
    with httpx.Client(base_url=registry.address, headers=headers, timeout=30) as client:
        for answer in answers:
            found = client.get(f"/v1/events/{answer['position']}").json()
            if found.get("command_id") != answer["command_id"]:
                faults.append(f"position {answer['position']}: acknowledged {answer['command_id']}, found {found}")
    positions = Counter(answer["position"] for answer in answers)
    faults += [
        f"position {position} was acknowledged {count} times" for position, count in positions.items() if count > 1
    ]
    if head(registry) != before + len(answers):
        faults.append(f"{head(registry) - before} events in the log, {len(answers)} acknowledged")
    return faults


def head(registry: LivingRegistry) -> int:
    position: int = httpx.get(f"{registry.address}/healthz", timeout=10).json()["position"]
    return position


def a_unit() -> dict[str, Any]:
    return {"name": "某县某局", "unit_kind": "government", "level": "county", "division": "640381"}
