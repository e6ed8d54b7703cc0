"""What is sent about deputies."""

from __future__ import annotations

from typing import Any

from annotated_types import Len

from api import scalars
from api.moments import Day
from api.schemas import Strictly

Login: Any = scalars.text([Len(1, 64)])


class DeputyNew(Strictly):
    """Both days are included, as days are counted in China."""

    deputy: Login
    from_day: Day
    until_day: Day
