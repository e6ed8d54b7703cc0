"""What can be asked of a geofence at a moment."""

from __future__ import annotations

from uuid import UUID

from domain.kernel.facts import Facet
from domain.kernel.places import Outline
from domain.vehicles.terms import FencePurpose, FenceStatus

NAME = Facet[str]("name")
FENCE_PURPOSE = Facet[FencePurpose]("fence_purpose")
FENCE_STATUS = Facet[FenceStatus]("fence_status")
"""In force for as long as was said; nothing is said of the time after that, in which it lies dormant."""
OUTLINE = Facet[Outline]("outline")
MANAGING_UNIT = Facet[UUID | None]("managing_unit")
FENCE_UNIT = Facet[UUID | None]("fence_unit")
"""One member a unit whose vehicles it holds for."""
FENCE_VEHICLE = Facet[UUID | None]("fence_vehicle")
"""One member a vehicle that it holds for."""
