"""A process that fills chunks of one generation until none is left: `python -m projections.generations.worker ID [--nice 10]`."""

from __future__ import annotations

import argparse
import gc
import os
import sys

from infra.settings import load_settings
from projections.generations import catalogue
from projections.generations.children import die_with_parent
from projections.generations.connecting import TRANSIENT, connect
from projections.generations.filling import fill_all

TRY_AGAIN = 75
"""What a worker that lost its connection ends with."""

LONGEST_STREAM = "10min"
"""How long one chunk may be folded between reading and writing it: a stopped worker gives its chunk up after that."""


def main() -> int:
    parser = argparse.ArgumentParser(prog="worker", description=__doc__)
    parser.add_argument("generation", type=int)
    parser.add_argument("--nice", type=int, default=0)
    options = parser.parse_args()
    die_with_parent()
    os.nice(options.nice)
    # Streams hold no cycles; looking for some among millions of young objects costs a third of the folding.
    gc.disable()
    try:
        # A chunk that a crash of the server takes back is not done either: nothing waits for the disk.
        session = {"synchronous_commit": "off", "idle_in_transaction_session_timeout": LONGEST_STREAM}
        with connect(load_settings().owner_url, **session) as connection:
            generation = catalogue.get(connection, options.generation)
            if generation is not None:
                fill_all(connection, generation)
    except TRANSIENT:
        return TRY_AGAIN
    return 0


if __name__ == "__main__":
    sys.exit(main())
