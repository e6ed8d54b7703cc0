"""Reads a drawing in a process of its own, which may use only so much memory and time: a file can be small and unfold without end.

What is read comes in pickled from our own program, and goes back the same way.
"""

from __future__ import annotations

import pickle
import resource
import subprocess
import sys
from pathlib import Path
from typing import Final

from maps.drawings.raw import TooMuchDrawn, Unreadable
from maps.drawings.reading import Asked, DwgGiven, Read, read

MEMORY_BYTES: Final = 3 * 1024**3
SECONDS: Final = 60
_UNREADABLE, _TOO_MUCH, _DWG = 3, 4, 5
_SCRIPT: Final = "import sys; sys.path.insert(0, sys.argv[1]); from maps.drawings.opening import main; sys.exit(main())"
_ROOT: Final = str(Path(__file__).parents[2])


def read_apart(content: bytes, asked: Asked) -> Read:
    """The same as `read`, without its dangers."""
    given = pickle.dumps((content, asked))
    # Isolated: it is told nothing of this program's surroundings.
    command = [sys.executable, "-I", "-c", _SCRIPT, _ROOT]
    try:
        done = subprocess.run(command, input=given, capture_output=True, check=False, timeout=SECONDS * 2)
    except subprocess.TimeoutExpired:
        raise TooMuchDrawn from None
    if done.returncode == _UNREADABLE:
        raise Unreadable
    if done.returncode == _DWG:
        raise DwgGiven
    if done.returncode:
        raise TooMuchDrawn
    found: Read = pickle.loads(done.stdout)  # noqa: S301 -- from our own script
    return found


def main() -> int:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    content, asked = pickle.load(sys.stdin.buffer)  # noqa: S301 -- from our own program
    try:
        found = read(content, asked)
    except Unreadable:
        return _UNREADABLE
    except DwgGiven:
        return _DWG
    except (TooMuchDrawn, MemoryError, RecursionError):
        return _TOO_MUCH
    pickle.dump(found, sys.stdout.buffer)
    return 0
