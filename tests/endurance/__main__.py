"""`./dev endurance NAME …`: long runs that break things on purpose."""

from __future__ import annotations

import sys

from tests.endurance import kill, positions, serving, views

RUNS = {"kill": kill.main, "positions": positions.main, "serving": serving.main, "views": views.main}

arguments = sys.argv[1:] or ["kill"]
if arguments[0] not in RUNS:
    sys.exit(f"没有 {arguments[0]}。There is no {arguments[0]}. 可用的有 / there are: {', '.join(RUNS)}")
sys.exit(RUNS[arguments[0]](arguments[1:]))
