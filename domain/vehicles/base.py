"""What every aspect of a vehicle builds on: it is not disposed of, and its odometer never goes backwards."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from itertools import pairwise
from typing import Annotated

from annotated_types import Ge, Gt, Le

from domain.kernel.mandate import Mandate
from domain.kernel.text import Scale
from domain.vehicles.booking import Bookable
from domain.vehicles.facets import ODOMETER, VEHICLE_STATUS
from domain.vehicles.refusals import OdometerAhead, OdometerBackwards, OdometerImplausible, VehicleDisposed
from domain.vehicles.terms import VehicleStatus

Displacement = Annotated[Decimal, Gt(Decimal(0)), Le(Decimal("20.0")), Scale(3)]
Litres = Annotated[Decimal, Gt(Decimal(0)), Le(Decimal("999.99")), Scale(2)]
KilowattHours = Annotated[Decimal, Gt(Decimal(0)), Le(Decimal("999.99")), Scale(2)]
Seats = Annotated[int, Ge(1), Le(100)]

FASTEST_AVERAGE = 120  # kilometres an hour, sustained from one reading to the next
_HOUR = timedelta(hours=1)


class VehicleBase(Bookable):
    def require_kept(self, moment: datetime) -> None:
        """Rule: a vehicle that is disposed of takes nothing effective after."""
        if self.at(VEHICLE_STATUS, moment) is VehicleStatus.DISPOSED:
            raise VehicleDisposed(id=self.id, at=moment.isoformat())

    def read_odometer(self, mandate: Mandate, odometer: int) -> None:
        """Rule: in order of time the odometer never goes backwards, wherever a reading is put in.

        Readings of one moment have no order among themselves.
        """
        moment = mandate.effective
        readings = self.told(ODOMETER)
        before = max(((f.value, f.start) for f in readings if f.start < moment), default=None)
        after = min(((f.value, f.start) for f in readings if f.start > moment), default=None)
        if before is not None and odometer < before[0]:
            raise OdometerBackwards(odometer=odometer, other=before[0], at=before[1].isoformat())
        if after is not None and odometer > after[0]:
            raise OdometerAhead(odometer=odometer, other=after[0], at=after[1].isoformat())
        if before is not None:
            self._warn_of_leap(odometer - before[0], before[1], moment)

    def check_odometer(self) -> None:
        readings = sorted((fact.start, fact.value) for fact in self.told(ODOMETER))
        for (at, before), (_, after) in pairwise(readings):
            if after < before:
                raise OdometerBackwards(odometer=after, other=before, at=at.isoformat())

    def _warn_of_leap(self, kilometres: int, since: datetime, moment: datetime) -> None:
        # An hour is added because times are often rounded.
        hours = (moment - since + _HOUR) // _HOUR
        if kilometres > FASTEST_AVERAGE * hours:
            self.warn(OdometerImplausible(kilometres=kilometres, since=since.isoformat(), limit=FASTEST_AVERAGE))
