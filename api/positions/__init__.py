"""Positions of vehicles: taken in from devices, shown where they are now, and the ways that they went."""

from __future__ import annotations

from typing import Final

from api.positions import devices, osmand, sending, streaming, tracks, whereabouts
from api.routing import Routes

ROUTERS: Final[tuple[Routes, ...]] = (
    sending.router,
    osmand.router,
    whereabouts.router,
    streaming.router,
    tracks.router,
    devices.router,
)
