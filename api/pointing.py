"""Where in a request the value stands that a refusal of the domain names."""

from __future__ import annotations

import dataclasses
import re
import typing
from collections.abc import Iterator
from typing import Any

from domain.kernel.commands import Command


def path_to(command: Command, field: str) -> str | None:
    """The whole path of a refusal's field, which begins at the value that was wrong: `coordinates[0]` is the outline's.

    The outermost place with a part of that name counts, if it is the only one. Which item of a list was wrong nobody said,
    so that the path ends at the list.
    """
    part = re.split(r"[.\[]", field, maxsplit=1)[0]
    hints = {name: hint for name, hint in typing.get_type_hints(command.decide).items() if name != "mandate"}
    found = [(len(at), at, listed) for name, hint in hints.items() for at, listed in _places(hint, part, (name,))]
    outermost = [one for one in found if one[0] == min(found)[0]]
    if len(outermost) != 1:
        return None
    _, at, listed = outermost[0]
    return ".".join(at) if listed else ".".join((*at, field))


def _places(hint: Any, part: str, at: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], bool]]:
    """Where, at or below this place, a value has a part of this name; and whether it is an item of a list."""
    if not (isinstance(hint, type) and dataclasses.is_dataclass(hint)):
        listed = typing.get_origin(hint) is tuple
        for argument in typing.get_args(hint):
            for place, inner in _places(argument, part, at):
                yield (at if listed else place), listed or inner
        return
    for name, inside in typing.get_type_hints(hint).items():
        if name == part:
            yield at, False
        else:
            yield from _places(inside, part, (*at, name))
