"""What columns are called, and what else bureaus call them: a header is known by any of these."""

from __future__ import annotations

import re
import unicodedata
from typing import Final, TypeAlias

Called: TypeAlias = tuple[str, str]
"""Chinese, English."""

# Where the word that a field has everywhere would not tell it from what stands beside it in a sheet.
OWN: Final[dict[str, Called]] = {
    "units.name": ("单位名称", "Unit name"),
    "units.set-vehicle-establishment.category": ("车辆类别", "Vehicle category"),
    "people.name": ("姓名", "Name"),
    "people.move.to": ("调入单位", "New unit"),
    "compounds.name": ("院落名称", "Compound name"),
    "buildings.name": ("房屋名称", "Building name"),
    "buildings.number": ("房屋编号", "Building number"),
    "buildings.transfer-title.to": ("受让单位", "New owner"),
    "rooms.number": ("房间号", "Room number"),
    "rooms.category": ("房间类别", "Room category"),
    "rooms.assign.unit": ("使用单位", "Using unit"),
    "vehicles.displacement": ("排量", "Displacement"),
    "vehicles.category": ("用途类别", "Category"),
    "vehicles.cost": ("金额", "Cost"),
    "vehicles.transfer.to": ("调入单位", "New owner"),
    "vehicles.assign.to": ("使用单位", "Using unit"),
    "vehicles.post.to": ("派驻单位", "Posted to"),
    "fences.hand-over.to": ("接管单位", "New managing unit"),
    "warehouses.name": ("仓库名称", "Warehouse name"),
    "warehouses.hand-over.to": ("接管单位", "New managing unit"),
    "items.name": ("资产名称", "Asset name"),
    "items.transfer.to": ("调入单位", "New owner"),
    "lots.name": ("物品名称", "Name"),
    "lots.move.to": ("移往仓库", "To warehouse"),
}
"""By command and field, or by kind and field."""

SUBJECTS: Final[dict[str, Called]] = {
    "units": ("单位名称", "Unit name"),
    "people": ("姓名", "Name"),
    "compounds": ("院落名称", "Compound name"),
    "buildings": ("楼栋", "Building"),
    "rooms": ("房间号", "Room number"),
    "vehicles": ("号牌", "Plate"),
    "drivers": ("姓名", "Name"),
    "fences": ("围栏名称", "Name of the geofence"),
    "warehouses": ("仓库名称", "Warehouse name"),
    "items": ("资产编号", "Asset number"),
    "lots": ("物品名称", "Name"),
}
"""By which column a sheet says which thing a row is about."""

WITHIN: Final[dict[str, Called]] = {
    "people": ("所在单位", "Unit"),
    "drivers": ("所在单位", "Unit"),
    "rooms": ("楼栋", "Building"),
    "lots": ("所在仓库", "Warehouse"),
}
"""What else has to be said of things whose name is not theirs alone."""

ALSO_SUBJECT: Final = {
    **dict.fromkeys(("people", "drivers", "warehouses", "compounds", "lots", "fences"), "name"),
    "units": "unit",
    "buildings": "building",
    "rooms": "number",
    "vehicles": "plate",
    "items": "asset_number",
}
ALSO_WITHIN: Final = {"people": "unit", "drivers": "unit", "rooms": "building", "lots": "warehouse"}
"""By the kind of the thing: the field whose other names these columns go by as well."""

EFFECTIVE: Final[Called] = ("生效日期", "Effective")

_ALSO: Final[dict[str, str]] = {
    "effective": "日期 发生日期 生效时间 登记日期 入职日期 办理日期 date",
    "name": "名称 名字",
    "units.name": "名称 单位 单位全称 机构名称",
    "number": "编号 房号 门牌号 房间编号 房间 楼号 房屋编码 room no no number",
    "unit": "单位 单位名称 部门 所在单位 使用单位 科室 department",
    "parent": "主管部门 主管单位 上级部门 上级 隶属单位",
    "credit_code": "信用代码 社会信用代码 统一信用代码 机构代码",
    "unit_kind": "性质 单位类型 单位类别 机构类型",
    "level": "单位级别 行政级别 层级",
    "division": "区划 行政区 所在地区 地区 区划代码",
    "staff_type": "人员类型 身份 人员身份 编制类型 编制性质 人员性质 用工性质",
    "rank": "职务 职务级别 行政职级 职务层次",
    "phone": "手机 手机号 手机号码 联系电话 联系方式 电话号码 mobile",
    "id_number": "身份证 身份证号码 证件号码 证件号",
    "address": "坐落 详细地址 位置 房屋坐落",
    "building": "楼栋 楼名 楼 大楼 办公楼 建筑 建筑名称 房屋 房屋名称 所在楼栋 所在房屋 楼栋名称",
    "compound": "院落名称 所在院落 院子 大院",
    "owner": "产权单位 所有权人 产权人 权利人 所属单位 资产单位",
    "floor": "层 所在层 所在楼层 层次",
    "floors_above": "层数 地上层 总层数",
    "floors_below": "地下层",
    "category": "类别 类型 用途 房间类型 房间用途 用房类型 type",
    "net_area": "面积 净面积 房间面积 使用面积㎡ 套内面积 area",
    "gross_area": "面积 总面积 总建筑面积 area",
    "structure": "房屋结构 建筑结构 结构类型",
    "purpose": "房屋用途 使用用途",
    "year_built": "建成年代 建造年份 建成时间 竣工年份",
    "value": "原值 账面价值 账面原值 资产原值 金额 账面值",
    "plate": "车牌 车牌号 车牌号码 号牌号码 牌照号",
    "vin": "车架号 vin码 车辆识别代码",
    "model": "品牌型号 规格型号 规格 厂牌型号 车型号",
    "body": "车身类型 车辆类型",
    "energy": "燃料 燃料种类 能源类型 动力类型",
    "displacement": "排气量 排量l",
    "seats": "座位 核定载客 座位数量",
    "price": "价格 购置价格 购置金额 购车价 裸车价",
    "first_used": "启用时间 投入使用日期 上牌日期",
    "using_unit": "实际使用单位 用车单位",
    "odometer": "里程 行驶里程 里程数 公里数 当前里程",
    "asset_number": "编号 资产编码 固定资产编号 国有资产编号 资产号",
    "asset_class": "分类 分类代码 资产分类代码 类别 资产类别",
    "bought": "购入日期 购买日期 取得日期 购置时间 取得时间",
    "custodian": "使用人 责任人 管理人 保管者",
    "location": "存放位置 位置 地点 存放处 放置地点",
    "serial": "序列号 出厂编码 sn",
    "grade": "新旧程度 品相 成新",
    "quantity": "数目 入库数量 件数 qty",
    "unit_price": "价格 单价元",
    "measure": "单位 计量 数量单位",
    "warehouse": "仓库 公物仓 仓库名称 所在仓库",
    "shelf": "货架 库位 架位",
    "batch": "批号 批次号",
    "supplier": "供货商 供应单位",
    "licence": "驾照类型 准驾类型 驾驶证类型",
    "valid_until": "有效期 有效期至 到期日 有效期限 驾驶证有效期",
    "until": "截止日期 到期日期 止",
    "cost": "费用 金额 花费 费用元",
    "amount": "金额",
    "litres": "加油量 升 油量",
    "managing_unit": "主管单位 管理部门",
    "posts": "编制 编制人数 核定编制",
}
"""Besides the word of ours, by the field's name."""

ALSO_TERMS: Final[dict[str, tuple[str, ...]]] = {
    "办公室": ("办公用房", "办公"),
    "服务用房": ("会议室", "接待室", "档案室", "图书室", "资料室", "机房", "值班室", "卫生间", "储藏室"),
    "设备用房": ("配电房", "配电室", "锅炉房", "水泵房", "空调机房", "电梯机房"),
    "附属用房": ("食堂", "车库", "停车库", "警卫用房"),
    "办公": ("办公用房",),
    "钢筋混凝土结构": ("钢混", "框架", "框架结构", "框剪结构"),
    "砖混结构": ("混合结构",),
    "轿车": ("小轿车", "小型轿车"),
    "编制内": ("在编", "编内", "行政编制", "事业编制", "行政编", "事业编"),
    "行政机关": ("政府机关", "行政单位", "政府部门"),
    "事业单位": ("事业",),
}
"""What bureaus write for a word of a closed list: the uses of rooms by the building standard, kinds of units."""


ENDINGS: Final = ("结构", "用车", "用房")
"""What people leave out of such a word: 砖混 is 砖混结构."""

_ASIDE: Final = re.compile(r"[(\[（〔].*?[)\]）〕]|[*:：★\s\u200b-\u200d\u2060\ufeff]")


def head(text: str) -> str:
    """A header without what stands beside it: `使用面积（㎡）*` is `使用面积`."""
    return _ASIDE.sub("", unicodedata.normalize("NFKC", text)).casefold()


def also(field: str) -> tuple[str, ...]:
    return tuple(_ALSO.get(field, "").split())
