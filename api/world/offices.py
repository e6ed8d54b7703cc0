"""Who acts in the world, on which documents."""

from __future__ import annotations

import random
from datetime import datetime, timedelta

from domain.kernel.codes import DIVISIONS
from domain.kernel.mandate import Actor, Document, Mandate

SOURCE = "import:world"
TO_THE_DESK = timedelta(hours=3)

_ROLES = {
    "premises-officer": "fangchan",
    "dispatcher": "diaodu",
    "warehouse-keeper": "baoguan",
    "unit-clerk": "jingban",
    "personnel-officer": "renshi",
}


class Offices:
    """Every division has an affairs bureau with one account a role."""

    def __init__(self, generator: random.Random) -> None:
        self._random = generator
        self._actors = {
            role: [
                Actor(user=f"{name}-{code}", unit=f"{place}机关事务管理局", role=role)
                for code, place in DIVISIONS.items()
            ]
            for role, name in _ROLES.items()
        }

    def mandate(self, effective: datetime, now: datetime, reason: str, role: str, *, document: bool) -> Mandate:
        actors = self._actors[role]
        actor = actors[int(self._random.random() * len(actors))]
        documents = (self._document(now),) if document else ()
        return Mandate(
            actor=actor,
            reason=reason,
            documents=documents,
            effective=effective,
            received=now + TO_THE_DESK,
            source=SOURCE,
        )

    def _document(self, now: datetime) -> Document:
        return Document(number=f"宁机管发〔{now.year}〕{1 + int(self._random.random() * 180)}号")
