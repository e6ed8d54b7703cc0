"""What every aspect of a building leans on: that it stands, and how large it is."""

from datetime import datetime
from decimal import Decimal

from domain.kernel.errors import Refusal
from domain.premises.facets import BUILDING_STATUS, GROSS_AREA
from domain.premises.premise import Premise
from domain.premises.terms import BuildingStatus


class Standing(Premise):
    kind = "buildings"
    zh = "房屋"
    en = "building"

    @property
    def emptied_from(self) -> datetime | None:
        """No room may be left in a building that is gone."""
        return self.first_as(
            BUILDING_STATUS, *(status for status in BuildingStatus if status != BuildingStatus.STANDING)
        )

    def require_standing(self, moment: datetime) -> None:
        """Rule: nothing happens to a building after it was demolished, auctioned or swapped away."""
        if self.at(BUILDING_STATUS, moment) is not BuildingStatus.STANDING:
            raise BuildingNotStanding(id=self.id, at=moment.isoformat())

    def gross_area_at(self, moment: datetime) -> Decimal:
        return self.at(GROSS_AREA, moment) or Decimal(0)


class BuildingNotStanding(Refusal):
    code = "building-not-standing"
    zh = "房屋 {id} 在 {at} 不在册（尚未登记，或已拆除、拍卖、置换），不能办理此事项。请核对日期和房屋。"
    en = (
        "Building {id} is not standing at {at}: not yet registered, or demolished, auctioned or swapped away. Check the "
        "date and the building."
    )
