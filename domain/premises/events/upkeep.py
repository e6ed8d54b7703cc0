"""What is done to keep a building fit: inspections, daily repairs, major repairs."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from domain.kernel.events import Event, recorded_as
from domain.kernel.facts import Fact
from domain.premises.facets import CONDITION, DAILY_REPAIR, INSPECTION, REPAIR, REPAIR_COST, REPAIR_PROJECT
from domain.premises.terms import Condition, RepairStage


@recorded_as("premises.MajorRepairStarted", correctable=True)
class MajorRepairStarted(Event, frozen=True):
    project: str
    extension_area: Decimal
    budget: Decimal | None

    def facts(self) -> Iterator[Fact[Any]]:
        yield REPAIR.fact(RepairStage.UNDER_WAY, since=self.effective)
        yield REPAIR_PROJECT.fact(self.project, since=self.effective)
        yield REPAIR_COST.fact(None, since=self.effective)


@recorded_as("premises.MajorRepairAccepted", correctable=True)
class MajorRepairAccepted(Event, frozen=True):
    cost: Decimal

    def facts(self) -> Iterator[Fact[Any]]:
        yield REPAIR.fact(RepairStage.ACCEPTED, since=self.effective)
        yield REPAIR_COST.fact(self.cost, since=self.effective)


@recorded_as("premises.DailyRepairDone", correctable=True)
class DailyRepairDone(Event, frozen=True):
    work: str
    cost: Decimal

    def facts(self) -> Iterator[Fact[Any]]:
        yield DAILY_REPAIR.fact(self.work, since=self.effective)


@recorded_as("premises.BuildingInspected", correctable=True)
class BuildingInspected(Event, frozen=True):
    condition: Condition
    findings: str

    def facts(self) -> Iterator[Fact[Any]]:
        yield CONDITION.fact(self.condition, since=self.effective)
        yield INSPECTION.fact(self.findings, since=self.effective)
