"""What is refused, and warned of, in the file of a vehicle or a driver."""

from __future__ import annotations

from domain.kernel.errors import Notice, Refusal


class VehicleDisposed(Refusal):
    code = "vehicle-disposed"
    zh = "车辆 {id} 在 {at} 已处置，不能再办理此事项。请核对车辆或生效时间。"
    en = "Vehicle {id} was disposed of by {at} and takes nothing more. Check the vehicle or the time."


class PeriodBackwards(Refusal):
    code = "period-backwards"
    zh = "截止时间 {until} 不晚于起始时间 {since}。请核对。"
    en = "The end {until} is not later than the beginning {since}. Check both."


class LaterRecords(Refusal):
    code = "later-records"
    zh = "该档案在 {effective} 之后还有记录（第 {version} 条，{later}），不能补登更早的终结。请先更正或撤回那条记录。"
    en = "There is a later record ({version}, {later}) than {effective}. Correct or withdraw it before telling of this end."
    field = "mandate.effective"


class EarlierRecords(Refusal):
    code = "earlier-records"
    zh = "该档案在 {effective} 之前已有记录（第 {version} 条，{earlier}），起始时间不能更正到其后。请先更正那条记录。"
    en = "There is an earlier record ({version}, {earlier}) than {effective}, so it cannot begin later. Correct that one first."
    field = "mandate.effective"


class Taken(Refusal):
    code = "taken"
    zh = "{zh_kind} {id} 在 {start} 至 {until} 已用于行程 {journey}。请另选时间或另派。"
    en = "This {kind} ({id}) is taken from {start} until {until} by journey {journey}. Choose another time or another one."


class AlreadyAway(Refusal):
    code = "already-away"
    zh = "{zh_kind} {id} 在外执行行程 {journey}，尚未返回。请先登记返回。"
    en = "This {kind} ({id}) is away on journey {journey}. Record its return first."


class AwayOnAnother(Refusal):
    code = "away-on-another"
    zh = "{zh_kind} {id} 在 {at} 已随行程 {journey} 出发，此前的行程应当已经返回。请核对返回时间。"
    en = "This {kind} ({id}) left on journey {journey} at {at}: it must have been back by then. Check the time of return."
    field = "mandate.effective"


class PartOfJourney(Refusal):
    code = "part-of-journey"
    zh = "第 {version} 条记录由行程登记，不能在此单独撤回。请在行程中更正。"
    en = "Record {version} was made by a journey and cannot be withdrawn here. Correct it in the journey."
    field = "of"


class OdometerBackwards(Refusal):
    code = "odometer-backwards"
    zh = "里程 {odometer} 公里小于 {at} 登记的 {other} 公里，里程表不会倒走。请核对；原登记有误的，先更正原登记。"
    en = "The odometer cannot go backwards: {odometer} km against {other} km read at {at}. Check, or correct that reading first."
    field = "odometer"


class OdometerAhead(Refusal):
    code = "odometer-ahead"
    zh = "里程 {odometer} 公里大于之后（{at}）登记的 {other} 公里。请核对里程和时间；原登记有误的，先更正原登记。"
    en = "The reading {odometer} km is above the {other} km read later, at {at}. Check, or correct that reading first."
    field = "odometer"


class OdometerImplausible(Notice):
    code = "odometer-implausible"
    zh = "里程较上次登记（{since}）增加 {kilometres} 公里，平均超过每小时 {limit} 公里，请核对。已照录。"
    en = "{kilometres} km since the reading at {since} is more than {limit} km an hour. Check it; it was recorded as given."
    field = "odometer"


class FirstUsedLater(Refusal):
    code = "first-used-later"
    zh = "起用时间 {first_used} 晚于登记时间 {effective}。请核对；登记当日起用的可不填。"
    en = "First used at {first_used}, later than registered at {effective}. Check both; leave it out if they are the same."
    field = "first_used"


class OverStandard(Notice):
    code = "vehicle-over-standard"
    zh = "价格 {price} 元、排气量 {litres} 升超过{category_zh}的配备标准（{cap} 元、{cap_litres} 升，{document} {clause}，{grade_zh}）。已照录。"
    en = (
        "At ¥{price} and {litres} L this exceeds the standard for {category_en} (¥{cap}, {cap_litres} L; {document}, {clause}, "
        "{grade_en}). It was recorded as given."
    )
    field = "price"


class SameUnitAlready(Refusal):
    code = "same-unit-already"
    zh = "车辆在 {at} 已属于或已由单位 {unit} 使用。请核对单位。"
    en = "The vehicle belongs to unit {unit}, or is used by it, at {at} already. Check the unit."
    field = "to"


class VehiclePostedAlready(Refusal):
    code = "vehicle-posted"
    zh = "车辆在 {since} 至 {until} 已派驻单位 {unit}。请先召回，或另定时间。"
    en = "The vehicle is posted to unit {unit} from {since} until {until}. Recall it first, or choose another time."


class VehicleNotPosted(Refusal):
    code = "vehicle-not-posted"
    zh = "车辆在 {at} 没有派驻任何单位，无需召回。请核对时间。"
    en = "The vehicle is not posted to any unit at {at}. Check the time."
    field = "mandate.effective"


class ConditionAlready(Refusal):
    code = "condition-already"
    zh = "车辆在 {at} 已是“{condition_zh}”。请核对。"
    en = "The vehicle is {condition_en!r} at {at} already."


class VehicleSealedAlready(Refusal):
    code = "vehicle-sealed-already"
    zh = "车辆在 {at} 已封存（{why_zh}）。请先启封。"
    en = "The vehicle is sealed at {at} already ({why_en}). Unseal it first."


class VehicleNotSealed(Refusal):
    code = "vehicle-not-sealed"
    zh = "车辆在 {at} 没有封存，无需启封。请核对时间。"
    en = "The vehicle is not sealed at {at}. Check the time."
    field = "mandate.effective"


class DisposalTooEarly(Refusal):
    code = "disposal-too-early"
    zh = "车辆自 {first_used} 起用，{due} 才满更新年限。提前处置须说明原因（职务晋升、调动不是理由）。"
    en = "In use since {first_used}, the vehicle is due for renewal from {due}. Say why it goes earlier; promotion is no reason."
    field = "early_because"


class DisposalNotAtStep(Refusal):
    code = "disposal-not-at-step"
    zh = "车辆在 {at} 的状态是“{now_zh}”，此步骤要求“{wanted_zh}”。请按申请、批准、处置的顺序办理。"
    en = "The vehicle is {now_en!r} at {at}, and this step needs {wanted_en!r}: requested, approved, then disposed of."


class RepairSlipTaken(Refusal):
    code = "repair-slip-taken"
    zh = "派修单号 {slip} 在本车已使用。请换一个单号。"
    en = "This vehicle has a repair slip {slip} already. Use another number."
    field = "slip"


class RepairNotAtStep(Refusal):
    code = "repair-not-at-step"
    zh = "派修单 {slip} 在 {at} 的状态是“{now_zh}”，此步骤要求“{wanted_zh}”。请按申请、鉴定、批准、完工的顺序办理。"
    en = "Repair {slip} is {now_en!r} at {at}, and this step needs {wanted_en!r}: requested, judged, approved, done."
    field = "slip"


class RepairNeedsMeeting(Refusal):
    code = "repair-needs-meeting"
    zh = "维修金额 {amount} 元超过 {limit} 元，须经会议研究（{document}）。请填写会议纪要文号。"
    en = "A repair of ¥{amount}, above ¥{limit}, is decided by a meeting ({document}). Give the number of its minutes."
    field = "minutes"


class RepairCostsMore(Refusal):
    code = "repair-costs-more"
    zh = "派修单 {slip} 的费用 {cost} 元超过批准的 {approved} 元。请先就增加的金额重新报批（更正批准）。"
    en = "Repair {slip} costs ¥{cost}, more than the ¥{approved} approved. Have the higher amount approved first."
    field = "cost"


class NoFuelCard(Refusal):
    code = "no-fuel-card"
    zh = "车辆在 {at} 没有加油卡。请先登记加油卡。"
    en = "The vehicle has no fuel card at {at}. Record the card first."
    field = "card"


class FuelCardOfAnother(Refusal):
    code = "fuel-card-of-another"
    zh = "加油卡 {card} 不是本车在 {at} 的加油卡（{own}）。一车一卡，请核对。"
    en = "Card {card} is not this vehicle's card at {at} ({own}). One card a vehicle: check the number."
    field = "card"


class DriverNotOnDuty(Refusal):
    code = "driver-not-on-duty"
    zh = "驾驶员 {id} 在 {at} 不在岗（{duty_zh}）。请先恢复上岗或另派。"
    en = "Driver {id} is not on duty at {at} ({duty_en}). Reinstate them or choose another."


class DriverNotSuspended(Refusal):
    code = "driver-not-suspended"
    zh = "驾驶员 {id} 在 {at} 没有停岗，无需恢复。"
    en = "Driver {id} is not suspended at {at}."
