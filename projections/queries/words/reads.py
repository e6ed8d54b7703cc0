"""How values are put into words: by what they measure, or by the closed list that they are a member of."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from domain.kernel.labels import Term


class Reads(Enum):
    """How a value is put into words, where it is no member of a closed list."""

    TEXT = "text"
    NUMBER = "number"
    AREA = "area"
    MONEY = "money"
    KILOMETRES = "kilometres"
    LITRES = "litres"
    HOURS = "kilowatt-hours"
    METRES = "metres"
    YEARS = "years"
    YES_NO = "yes-no"
    MOMENT = "moment"
    DAY = "day"
    THING = "thing"
    PLACE = "place"
    DIVISION = "division"
    ASSET_CLASS = "asset-class"
    FILES = "files"


@dataclass(frozen=True, slots=True)
class Wording:
    zh: str
    en: str
    reads: Reads | type[Term] = Reads.TEXT
    member: Reads | type[Term] = Reads.TEXT
    """How the member reads, of a facet with many values."""
