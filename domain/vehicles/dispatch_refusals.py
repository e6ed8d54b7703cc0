"""What is refused of journeys: one type for each rule."""

from __future__ import annotations

from domain.kernel.errors import Refusal


class InsideCity(Refusal):
    code = "inside-city"
    zh = "目的地在城区四至范围内，不派公务用车。请改用公共交通或社会化出行；目的地填错的，请更正申请。"
    en = "The destination lies inside the city limits, where no car is sent. Travel otherwise, or correct the request."
    field = "outside_city"


class VehicleAwaitsDisposal(Refusal):
    code = "vehicle-awaits-disposal"
    zh = "车辆 {id} 已批准处置，不再派出。请另派车辆。"
    en = "Vehicle {id} awaits its disposal and is not sent any more. Choose another."
    field = "vehicle"


class VehicleNotRoadworthy(Refusal):
    code = "vehicle-not-roadworthy"
    zh = "车辆 {id} 自 {since} 起停驶。请另派车辆，或先登记恢复行驶。"
    en = "Vehicle {id} is out of service from {since} on. Choose another, or record that it is back in service."
    field = "vehicle"


class VehicleNotInsured(Refusal):
    code = "vehicle-not-insured"
    zh = "车辆 {id} 在 {at} 没有有效的交强险。请先登记保单或另派车辆。"
    en = "Vehicle {id} has no compulsory insurance at {at}. Record the policy first, or choose another vehicle."
    field = "vehicle"


class VehicleNotInspected(Refusal):
    code = "vehicle-not-inspected"
    zh = "车辆 {id} 在 {at} 不在检验有效期内。请先登记年检或另派车辆。"
    en = "Vehicle {id} has no valid inspection at {at}. Record the inspection first, or choose another vehicle."
    field = "vehicle"


class VehicleIsSealed(Refusal):
    code = "vehicle-sealed"
    zh = "车辆 {id} 在 {since} 至 {until} 封存（{why_zh}）。执行值班任务的请先启封。"
    en = "Vehicle {id} is sealed from {since} until {until} ({why_en}). Unseal it first if it is on duty."
    field = "vehicle"


class VehiclePostedElsewhere(Refusal):
    code = "vehicle-posted-elsewhere"
    zh = "车辆 {id} 在 {since} 至 {until} 派驻单位 {posted_to}，只供该单位使用。请另派车辆或先召回。"
    en = "Vehicle {id} is posted to unit {posted_to} from {since} until {until}, for its use only. Choose another or recall it."
    field = "vehicle"


class TooFewSeats(Refusal):
    code = "too-few-seats"
    zh = "车辆 {id} 核定载客 {seats} 人（含驾驶员），不够乘车的 {passengers} 人。请另派车辆。"
    en = "Vehicle {id} has {seats} seats, the driver's included: too few for {passengers} passengers. Choose another."
    field = "vehicle"


class LicenceNotValid(Refusal):
    code = "licence-not-valid"
    zh = "驾驶员 {id} 的驾驶证在 {at} 已失效。请先登记换证或另派驾驶员。"
    en = "Driver {id} has no valid licence at {at}. Record its renewal first, or choose another driver."
    field = "driver"


class LicenceTooSmall(Refusal):
    code = "licence-too-small"
    zh = "驾驶员 {id} 的准驾车型 {licence} 不能驾驶{body_zh}。请另派驾驶员。"
    en = "Driver {id} with licence {licence} may not drive this vehicle ({body_en}). Choose another driver."
    field = "driver"


class JourneyNotAtStep(Refusal):
    code = "journey-not-at-step"
    zh = "行程 {id} 的状态是“{now_zh}”，{at} 办理此步骤要求“{wanted_zh}”。请按顺序办理并核对时间。"
    en = "Journey {id} is {now_en!r}, and this step at {at} needs {wanted_en!r}. Take the steps in order and check the time."


class ApprovedByRequester(Refusal):
    code = "approved-by-requester"
    zh = "账号 {user} 提出了申请，须由他人审批。"
    en = "Account {user} made the request; someone else must decide on it."


class PlanOver(Refusal):
    code = "plan-over"
    zh = "计划用车时间到 {until} 为止，{at} 已过。请重新申请。"
    en = "The planned period ended at {until}, before {at}. Make a new request."
    field = "mandate.effective"


class JourneyDecidedAlready(Refusal):
    code = "journey-decided-already"
    zh = "行程 {id} 已经审批，申请内容不能再更正。请取消后重新申请。"
    en = "Journey {id} is decided on already, so the request cannot be corrected. Cancel it and make a new one."


class JourneyClosedAlready(Refusal):
    code = "journey-closed-already"
    zh = "行程 {id} 已办结。要更正出车或返回登记，请先撤回办结，更正后再办结。"
    en = "Journey {id} is closed. To correct its departure or return, withdraw the closing first and close it again."


class ToldToTheVehicle(Refusal):
    code = "told-to-the-vehicle"
    zh = "第 {version} 条（出车或返回）已同时记入车辆和驾驶员档案，不能撤回。请用更正。"
    en = "Record {version} (a departure or return) is in the files of vehicle and driver too. Correct it instead."
    field = "of"


class BeforeTheSwap(Refusal):
    code = "before-the-swap"
    zh = "行程在 {since} 才派定现在的车辆，{at} 早于此时。请核对时间。"
    en = "The journey has its present vehicle since {since}, later than {at}. Check the time."
    field = "mandate.effective"


class SameVehicle(Refusal):
    code = "same-vehicle"
    zh = "行程已派车辆 {id}，无需更换。"
    en = "The journey has vehicle {id} already."
    field = "vehicle"


class ReturnBelowDeparture(Refusal):
    code = "return-below-departure"
    zh = "返回里程 {returned} 公里小于出车里程 {departed} 公里。请核对；出车里程有误的，先更正出车登记。"
    en = "The odometer shows {returned} km on return and showed {departed} km on departure. Check both."
    field = "odometer"


class TrackIncomplete(Refusal):
    code = "track-incomplete"
    zh = "轨迹的里程、点数和摘要须同时填写或同时留空。"
    en = "Give the distance, the number of points and the digest of the track together, or none of them."
    field = "track_digest"
