"""Work beside the requests can wait for the views longer than a request may: after a large table they are some time behind."""

from __future__ import annotations

import time
from typing import Final

from api.composition import Services
from api.imports.orders import Order, Tell
from api.reading import looking
from api.refusals import ViewBehind
from projections.queries.view import Asked

PATIENCE_SECONDS: Final = 900.0
LOOK_SECONDS: Final = 0.2


def caught_up(order: Order, given: Services, tell: Tell) -> None:
    """Until the live view shows all that was in the log when this began."""
    head, until = given.log.head(), time.monotonic() + PATIENCE_SECONDS
    while (position := _position(order, given)) < head:
        if time.monotonic() > until:
            raise ViewBehind(after=head, position=position, behind=head - position)
        tell("waiting", position, head)
        time.sleep(LOOK_SECONDS)


def _position(order: Order, given: Services) -> int:
    with looking(given, Asked(sight=order.principal.sight)) as view:
        return view.position
