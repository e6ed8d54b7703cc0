"""Stories say which commands they carry out, so that one can ask which commands no story tells of."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from tests.scenarios.bureau import Bureau

Story = Callable[..., None]

TOLD: dict[str, set[str]] = {}
"""Story module → the commands that its stories carry out; filled when the module is imported."""


def tells(*commands: str) -> Callable[[Story], Story]:
    """Marks a story that carries out these commands, and sees to it that it does: the others only set the scene."""

    def mark(story: Story) -> Story:
        TOLD.setdefault(story.__module__.rpartition(".")[2], set()).update(commands)

        @functools.wraps(story)
        def told(bureau: Bureau, *args: Any, **kwargs: Any) -> None:
            story(bureau, *args, **kwargs)
            missing = set(commands) - bureau.done
            assert not missing, f"announced and not carried out: {sorted(missing)}"

        return told

    return mark
