"""Durable one-event commands a second, eight clients, through the application: decided, stored, acknowledged.

References: `library` is the library's own recorder given the same events ready to store, so it neither decides nor encodes;
`database` is the bare append function called by pgbench, which does nothing else.
"""

from __future__ import annotations

import subprocess
import tempfile
from functools import partial
from pathlib import Path
from uuid import uuid4

from infra.cluster.binaries import find_binaries
from tests.bench._measure import by_clients, in_turns, options, rate_of, report
from tests.bench._world import Store, a_call, an_event, durable_store, library_recorder, mandate_bytes, stored

CLIENTS = 8

BARE_CALL = """SELECT * FROM log.append(array[gen_random_uuid()], array[1], array[''], array['\\x{mandate}'::bytea],
    array[gen_random_uuid()], array[1], array['organisations.UnitEstablished'], array['\\x{state}'::bytea]);"""


def main(argv: list[str]) -> int:
    asked = options("append", __doc__ or "", n=20_000, argv=argv)
    each = max(CLIENTS, asked.n // asked.turns)
    with durable_store() as store:
        library = library_recorder(store.server, CLIENTS)

        def ours() -> float:
            jobs = [partial(store.registry.execute, uuid4(), [a_call()], request="0" * 64) for _ in range(each)]
            return rate_of(each, lambda: by_clients(CLIENTS, jobs))

        def theirs() -> float:
            jobs = [partial(library.insert_events, [stored(an_event())]) for _ in range(each)]
            return rate_of(each, lambda: by_clients(CLIENTS, jobs))

        rates = in_turns({"ours": ours, "library": theirs, "database": lambda: bare_function(store, each)}, asked.turns)
    references = {"library": rates["library"], "database": rates["database"]}
    report("append", each * asked.turns, rates["ours"], "events/s", references)
    return 0


def bare_function(store: Store, n: int) -> float:
    with tempfile.TemporaryDirectory() as folder:
        script = Path(folder) / "append.sql"
        call = BARE_CALL.format(mandate=mandate_bytes().hex(), state=stored(an_event()).state.hex())
        script.write_text(" ".join(call.split()) + "\n", encoding="utf-8")
        command = [
            *(find_binaries().path("pgbench"), "-n", "-M", "prepared", "-f", str(script)),
            *("-c", str(CLIENTS), "-j", "2", "-t", str(max(1, n // CLIENTS)), store.server.urls.superuser),
        ]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
    line = next(line for line in done.stdout.splitlines() if line.startswith("tps = "))
    return float(line.split()[2])
