"""Keeping a building fit: inspections, daily repairs by the unit, major repairs by the bureau."""

from datetime import datetime
from decimal import Decimal
from typing import Annotated

from annotated_types import Ge, Le

from domain.kernel.commands import command
from domain.kernel.errors import Refusal
from domain.kernel.mandate import Mandate
from domain.kernel.text import Money, Name, Note, Reason, Scale
from domain.premises.events import upkeep as happened
from domain.premises.facets import REPAIR
from domain.premises.standing import Standing
from domain.premises.terms import Condition, RepairStage

ExtensionArea = Annotated[Decimal, Ge(Decimal(0)), Le(Decimal("9999999.99")), Scale(2)]

# 中办发〔2017〕70号: a major repair may extend a building by at most 15 % of its area.
LARGEST_EXTENSION = Decimal("0.15")


class Maintained(Standing):
    @command("大中修开工", "Start a major repair", document=True)
    def start_major_repair(
        self,
        mandate: Mandate,
        *,
        project: Name,
        extension_area: ExtensionArea = Decimal(0),
        budget: Money | None = None,
    ) -> None:
        moment = mandate.effective
        self.require_standing(moment)
        self._require_extension_small(extension_area, moment)
        self.require(self.at(REPAIR, moment) is not RepairStage.UNDER_WAY, RepairUnderWay(at=moment.isoformat()))
        self.record(
            happened.MajorRepairStarted(
                **self.next(mandate), project=project, extension_area=extension_area, budget=budget
            )
        )

    @command("大中修竣工验收", "Accept a major repair", document=True)
    def accept_major_repair(self, mandate: Mandate, *, cost: Money) -> None:
        """What the building measures afterwards is told by a survey."""
        moment = mandate.effective
        self.require_standing(moment)
        self.require(self.at(REPAIR, moment) is RepairStage.UNDER_WAY, NoRepairUnderWay(at=moment.isoformat()))
        self.record(happened.MajorRepairAccepted(**self.next(mandate), cost=cost))

    @command("日常维修", "Record a daily repair")
    def record_daily_repair(self, mandate: Mandate, *, work: Reason, cost: Money) -> None:
        self.require_standing(mandate.effective)
        self.record(happened.DailyRepairDone(**self.next(mandate), work=work, cost=cost))

    @command("巡检", "Record an inspection")
    def inspect(self, mandate: Mandate, *, condition: Condition, findings: Note = "") -> None:
        self.require_standing(mandate.effective)
        self.record(happened.BuildingInspected(**self.next(mandate), condition=condition, findings=findings))

    def check(self) -> None:
        super().check()
        before: RepairStage | None = None
        for step in self.told(REPAIR):
            at = step.start.isoformat()
            starts = step.value is RepairStage.UNDER_WAY
            self.require(not starts or before is not RepairStage.UNDER_WAY, RepairUnderWay(at=at))
            self.require(starts or before is RepairStage.UNDER_WAY, NoRepairUnderWay(at=at))
            before = step.value

    def _require_extension_small(self, extension: Decimal, moment: datetime) -> None:
        """Rule: a repair is not a way to build."""
        gross = self.gross_area_at(moment)
        if extension > gross * LARGEST_EXTENSION:
            raise ExtensionTooLarge(extension=extension, gross=gross, limit=gross * LARGEST_EXTENSION)


class ExtensionTooLarge(Refusal):
    code = "extension-too-large"
    zh = "扩建 {extension} 平方米，超过建筑面积 {gross} 平方米的 15%（{limit} 平方米）。请调整方案，或按建设项目报批。"
    en = (
        "An extension of {extension} m² is more than 15 % of the building's {gross} m² ({limit} m²). Change the plan, or "
        "apply for it as a construction project."
    )
    field = "extension_area"


class RepairUnderWay(Refusal):
    code = "repair-under-way"
    zh = "该房屋在 {at} 已有大中修在施工。请先验收，或核对日期。"
    en = "A major repair is under way already at {at}. Have it accepted first, or check the date."


class NoRepairUnderWay(Refusal):
    code = "no-repair-under-way"
    zh = "该房屋在 {at} 没有施工中的大中修，不能验收。请先登记开工，或核对日期。"
    en = "No major repair is under way at {at} that could be accepted. Record its start first, or check the date."
