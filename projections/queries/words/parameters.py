"""What the parameters of commands are called on forms, where not as the facet or the field of that name; hints on filling them in."""

from __future__ import annotations

from typing import Final

from projections.queries.words.facets import has_wording, wording
from projections.queries.words.fields import FIELD_WORDS, field_wording
from projections.queries.words.reads import Wording

_EVERYWHERE: Final[dict[str, tuple[str, str]]] = {
    "of": ("撤回的记录（日志位置）", "Record to take back (its place in the log)"),
    "parts": ("拆分后的各部分", "Parts"),
    "at": ("在哪一级审批", "At the level of"),
    "commands": ("呈报事项", "What is proposed"),
    "others": ("一并合并的房间", "Other rooms to merge"),
    "system": ("坐标系", "Coordinate system"),
    "x": ("经度或东坐标", "Longitude or easting"),
    "y": ("纬度或北坐标", "Latitude or northing"),
    "coordinates": ("坐标", "Coordinates"),
    "polygon": ("多边形", "Polygon"),
    "circle": ("圆", "Circle"),
    "center": ("圆心", "Centre"),
    "radius": ("半径（米）", "Radius in metres"),
    "corridor": ("走廊", "Corridor"),
    "line": ("中心线", "Centre line"),
    "width": ("宽度（米）", "Width in metres"),
    "reason": ("办理原因", "Reason"),
    "documents": ("依据文件", "Documents"),
    "effective": ("生效时间", "Effective from"),
    "digest": ("附件", "Attached file"),
}

_ON_COMMANDS: Final[dict[str, tuple[str, str]]] = {
    "units.establish.unit": ("新单位", "New unit"),
    "units.split.parts": ("分立出的单位", "New units"),
    "units.set-vehicle-establishment.category": ("车辆类别", "Vehicle category"),
    "people.join.unit": ("入职单位", "Unit"),
    "people.move.to": ("调入单位", "Unit to move to"),
    "buildings.register.building": ("房屋基本情况", "The building"),
    "buildings.allocate.until": ("使用期限至", "Until"),
    "buildings.allocate.area": ("分配面积", "Area"),
    "buildings.dispute-title.until": ("预计了结时间", "Expected to end"),
    "buildings.complete-disposal.until": ("租期至", "End of the lease"),
    "buildings.complete-disposal.purpose": ("转换后的用途", "New purpose"),
    "buildings.transfer-title.to": ("新权属单位", "New owner"),
    "buildings.record-daily-repair.cost": ("维修费用", "Cost"),
    "rooms.merge.into": ("合并后的房间", "The merged room"),
    "rooms.assign.until": ("使用至", "Until"),
    "rooms.move-in.until": ("入驻至", "Until"),
    "rooms.order-vacating.deadline": ("腾退期限", "To be vacated by"),
    "vehicles.seal.until": ("封存至", "Sealed until"),
    "vehicles.insure.until": ("保险到期日", "Insured until"),
    "vehicles.transfer.to": ("接收单位", "New owner"),
    "vehicles.assign.to": ("使用单位", "Using unit"),
    "vehicles.post.to": ("派驻单位", "Posted to"),
    "vehicles.post.until": ("派驻至", "Until"),
    "vehicles.fix-parking.name": ("停放地点", "Parking place"),
    "vehicles.record-accident.place_name": ("事故地点", "Where it happened"),
    "vehicles.record-accident.place": ("事故位置坐标", "Position"),
    "vehicles.record-accident.account": ("事故经过", "What happened"),
    "vehicles.service.by": ("保养单位", "Done by"),
    "vehicles.finish-repair.cost": ("实际费用", "Cost"),
    "vehicles.register.model": ("品牌型号", "Model"),
    "vehicles.register.price": ("购置价格", "Price"),
    "vehicles.register.parking": ("停放位置坐标", "Parking position"),
    "drivers.suspend.until": ("停岗至", "Until"),
    "journeys.request.unit": ("用车单位", "Unit"),
    "journeys.close.track_digest": ("轨迹文件摘要", "Digest of the track"),
    "fences.draw.purpose": ("围栏用途", "What it is for"),
    "fences.draw.until": ("生效至", "In force until"),
    "fences.put-in-force.until": ("生效至", "In force until"),
    "fences.hand-over.to": ("新管理单位", "New managing unit"),
    **{
        f"fences.{command}.corridor.line": ("中心线", "Centre line")
        for command in ("draw", "redraw")  # elsewhere a line is one of a list
    },
    "warehouses.hand-over.to": ("新管理单位", "New managing unit"),
    "items.publish.purpose": ("发布用途", "Published for"),
    "items.publish.until": ("发布至", "Until"),
    "items.request-loan.purpose": ("借用用途", "What for"),
    "items.request-entry.warehouse": ("申请入哪个仓库", "Warehouse to enter"),
    "items.accept.warehouse": ("入哪个仓库", "Warehouse"),
    "items.take-back.warehouse": ("归还到哪个仓库", "Warehouse"),
    "items.request-entry.reason": ("入仓理由", "Why it is to enter"),
    "items.transfer.to": ("接收单位", "Receiving unit"),
    "items.lend.location": ("使用地点", "Where it will be"),
    "lots.move.to": ("移入仓库", "Warehouse to move to"),
    "lots.receive.warehouse": ("入哪个仓库", "Warehouse"),
    "lots.receive.name": ("物品名称", "Name"),
}

_OF_DOCUMENTS: Final = {"number": Wording("文号", "Number")}
_OF_PEOPLE: Final = frozenset({"people.join", "people.change-contact"})


def parameter_wording(command: str, path: str) -> Wording:
    """A parameter of a command, by its path (`unit.name`); list items count for nothing in it."""
    name, kind = path.rpartition(".")[2], command.partition(".")[0]
    if path.startswith("mandate.documents.") and name in _OF_DOCUMENTS:
        return _OF_DOCUMENTS[name]
    if command in _OF_PEOPLE and name == "name":
        return field_wording("organisations.Person", name)
    usual = _usual(kind, name)
    own = _ON_COMMANDS.get(f"{command}.{path}") or (
        _EVERYWHERE.get(name) if path.startswith("mandate.") or usual is None else None
    )
    if own is not None:
        return Wording(*own) if usual is None else Wording(*own, usual.reads, usual.member)
    if usual is None:
        raise LookupError(f"{command}.{path} has no words")
    return usual


def _usual(kind: str, name: str) -> Wording | None:
    return wording(kind, name) if has_wording(kind, name) else FIELD_WORDS.get(name)


HINTS: Final[dict[str, tuple[str, str]]] = {
    "credit_code": (
        "18 位，不用字母 I、O、S、V、Z。旧代码可能校验不符，照录即可。",
        "18 characters. Old codes may fail the check; enter them as they are.",
    ),
    "plate": (
        "不写间隔点，如 宁A12345；新能源为 8 位。",
        "Without the dot, such as 宁A12345; new-energy plates have 8 characters.",
    ),
    "vin": ("17 位，没有 I、O、Q。", "17 characters, without I, O and Q."),
    "asset_class": ("字母 A 加 8 位数字（GB/T 14885-2022）。", "A and 8 digits (GB/T 14885-2022)."),
    "floor": ("地下层填负数，没有 0 层。", "Floors below ground are negative; there is no floor 0."),
    "excluded": (
        "按 调剂→置换→租用→建设 的顺序，逐一说明前面的方式为何不能满足。",
        "In the order reallocate, swap, rent, build: say why each earlier one could not serve.",
    ),
    "second_office_approved": (
        "已有一处办公室的人员，须经严格审批。",
        "For somebody who has an office already; strictly approved.",
    ),
    "outline": (
        "每行一个角点：经度,纬度；也可粘贴 GeoJSON。",
        "A corner a line: longitude,latitude; GeoJSON may be pasted, too.",
    ),
    "polygon": (
        "每行一个角点：经度,纬度；有内环的粘贴 GeoJSON。多边形、圆、走廊只填一种。",
        "A corner a line: longitude,latitude; with holes, paste GeoJSON. Fill in one of polygon, circle and corridor.",
    ),
    "line": (
        "从一端到另一端，每行一个点：经度,纬度。",
        "From one end to the other, a point a line: longitude,latitude.",
    ),
    "footprint": (
        "每行一个角点：经度,纬度；也可粘贴 GeoJSON。",
        "A corner a line: longitude,latitude; GeoJSON may be pasted, too.",
    ),
    "id_number": ("加密保存，只有获授权的人能看到。", "Kept sealed; only those with the right see it."),
    "phone": ("加密保存，只有获授权的人能看到。", "Kept sealed; only those with the right see it."),
    "early_because": ("未满 8 年提前处置的，须写明理由。", "Needed before eight years are over."),
    "minutes": ("集体决策的会议纪要文号。", "Number of the minutes of the meeting."),
    "minimum_life": ("不填则按购置当日有效的配置标准。", "If left out, the standard in force on the day of purchase."),
    "track_digest": ("由定位系统给出，一般不填。", "Given by the positioning system; usually left out."),
    "parcel": ("28 位不动产单元代码，见不动产权证书。", "The 28 characters on the title certificate."),
    "unmarked": ("承担机要、执法等任务，经批准不喷涂标识的车辆。", "For secret or enforcement work, as approved."),
}
"""By the name of the parameter."""

HELP: Final[dict[str, tuple[str, str]]] = {
    "units.split": ("分立出的单位与原单位同级；原单位继续存在，需撤销的另行办理。", "The parts come under the same parent; the unit itself goes on, or is abolished separately."),
    "people.move": ("离职后重新入职的也用此项。", "Also how someone who left comes back."),
    "people.erase": ("抹除姓名、电话、身份证号；账册保持完整、可验证，但再也读不出此人。", "Name, telephone and id number are gone for good; the log stays whole and provable."),
    "compounds.close": ("注销之后院落内不得有房屋。", "No building may stand in it from then on."),
    "buildings.allocate": ("不填面积即整栋分配。", "Without an area the whole building is meant."),
    "buildings.hand-back": ("不填面积即全部交回。", "Without an area all that the unit has is handed back."),
    "buildings.register-title": ("换发新证也用此项；权属单位有变的办理权属转移。", "Also how a certificate is replaced; another owner needs a transfer."),
    "buildings.file-title": ("资料不全时备案；登记之前不得处置。", "When records are missing; until it is registered the building may not be disposed of."),
    "buildings.dispute-title": ("到期或了结后，权属恢复原状或按了结结果。", "Afterwards the title is again what it was, or is settled to be."),
    "buildings.accept-major-repair": ("竣工后的面积请另办重新测绘。", "What the building measures afterwards is told by a survey."),
    "rooms.order-vacating": ("不填期限则为生效后一个月。", "Without a deadline, a month after it takes effect."),
    "rooms.vacate": ("须已无人使用，单位不再使用该房间。", "Nobody is left in it, and the unit has it no longer."),
    "rooms.split": ("拆分后为同层的新房间，暂无人使用。", "The parts are new rooms on the same floor, used by nobody yet."),
    "rooms.merge": ("同一楼层的房间合并为一个新房间，暂无人使用。", "Rooms of one floor become a new one, used by nobody yet."),
    "vehicles.approve-disposal": ("以此处批准的方式为准，可与申请不同。", "The mode decided here is carried out; it may differ from the one asked for."),
    "vehicles.seal": ("钥匙须有专人保管。", "The key has a named keeper."),
    "fences.draw": ("适用单位、适用车辆都不填，即适用于管理单位的全部车辆。", "Without units and vehicles it holds for all vehicles of its unit."),
    "fences.put-in-force": ("用于再次启用或延长；要缩短请办理停用。", "Once more, or for longer; to shorten it, lift it."),
    "journeys.dispatch": ("按计划时段预订车辆和驾驶员。", "Reserves both for the planned period."),
    "journeys.close": ("行驶里程以里程表为准。", "The distance is what the odometer says."),
    "items.inspect": ("按实物评定成色，不以申报为准。", "Graded by what is there, whatever the request claimed."),
    "items.record-past-loan": ("补登过去已结束的纸面借用。", "For paper loans of former times that are over."),
    "items.confirm-receipt": ("确认接收后权属才转移。", "Title passes with this."),
    "lots.count": ("盘点结果经批准后才改变账面：依据文件即批准文件。", "Results change the books only when approved: the document is the approval."),
}  # fmt: skip
"""By command: what whoever fills in the form should know."""

_WITHDRAW: Final = (
    "这条记录所说的事从未发生过时使用；说错了的请用“更正”。",
    "For what never happened; what was said wrongly is corrected instead.",
)


def command_help(command: str) -> tuple[str, str] | None:
    return _WITHDRAW if command.endswith(".withdraw") else HELP.get(command)
