"""How routes come to the application: each through the door."""

from __future__ import annotations

from enum import Enum

from fastapi import APIRouter, Depends

from api import door


class Routes(APIRouter):
    """Its routes go into the application as they are: included in the framework's way, each would be made a second time."""

    def __init__(self, *, prefix: str = "", tags: list[str | Enum] | None = None) -> None:
        super().__init__(prefix=prefix, tags=tags, dependencies=[Depends(door.admit)])
