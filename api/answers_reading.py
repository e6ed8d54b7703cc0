"""What every answer from a view says of itself, so that the same can be asked again."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from pydantic import Field

from api.answers import Answered


class Seen(Answered):
    """Base: an answer as of a moment, as known at a position."""

    position: Annotated[int, Field(description="The view shows the log up to here")]
    at: Annotated[datetime, Field(description="The moment that the answer is about")]
    known: Annotated[int | None, Field(description="As known at this position; null: all that the view knows")]
    case: Annotated[str | None, Field(description="The case that was looked at; null: the live view")]
