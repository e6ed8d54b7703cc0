"""Every list there is: where it is, which rows a page of it has, and what the columns of its table show of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from projections.queries.statistics_subjects import SUBJECTS

ZONE = ZoneInfo("Asia/Shanghai")

Told = dict[str, Any]
Shown = Callable[[Told], Any]


@dataclass(frozen=True)
class Listing:
    """A list: where it is, which rows a page of it has, and what columns show of them. {kind} is the id of a busy one."""

    address: str
    rows: Callable[[Told], list[Told]]
    shown: dict[str, Shown] = field(default_factory=dict)


def under(name: str) -> Callable[[Told], list[Told]]:
    return lambda page: list(page[name])


def at(*names: str) -> Shown:
    """What stands under these names, one in the other; nothing in nothing."""

    def found(row: Told) -> Any:
        value: Any = row
        for name in names:
            value = None if value is None else value[name]
        return value

    return found


def moment(*names: str) -> Shown:
    def found(row: Told) -> str | None:
        text = at(*names)(row)
        local = None if text is None else datetime.fromisoformat(text).astimezone(ZONE).replace(microsecond=0)
        if local is None:
            return None
        return f"{local:%Y-%m-%d}" if moment_is_a_day(text) else f"{local:%Y-%m-%d %H:%M:%S}"

    return found


def moment_is_a_day(text: str) -> bool:
    return datetime.fromisoformat(text).astimezone(ZONE).time().isoformat() == "00:00:00"


def labels(name: str) -> Shown:
    return lambda row: "、".join(one["label"] for one in row[name])


CHANGES: Final[dict[str, Shown]] = {
    "日志位置": at("position"),
    "登记时间": moment("recorded_at"),
    "生效时间": moment("effective"),
    "对象": at("asset", "label"),
    "对象编号": at("asset", "id"),
    "事项": at("zh"),
    "事项代码": lambda event: event["stated"] or event["topic"],
    "变更前后": lambda event: "；".join(
        f"{one['zh']}{'（' + one['member_zh'] + '）' if one['member_zh'] else ''}：{one['before']['zh']} → {one['after']['zh']}"
        for one in event["changes"]
    ),
    "经办人": at("actor"),
    "经办单位": at("unit"),
    "角色": at("role"),
    "原因": at("reason"),
    "依据文件": lambda event: "、".join(one["number"] for one in event["documents"]),
    "更正了": at("corrects"),
    "被更正于": at("overtaken"),
}
HELD: Final[dict[str, Shown]] = {
    "角色": at("zh"),
    "对象": at("thing", "label"),
    "对象编号": at("thing", "id"),
    "起": moment("from"),
    "止": moment("to"),
    "登记于日志位置": at("stated_by"),
}
SPACE: Final[dict[str, Shown]] = {
    "房间数": at("rooms"),
    "使用面积": at("net_area"),
    "人数": at("people"),
    "使用单位": labels("units"),
    "无单位房间数": at("without_unit"),
}
RUNNING: Final = {
    "出车次数": "trips",
    "行驶里程（公里）": "distance",
    "运行费用合计": "total",
    "每公里费用": "cost_per_km",
}


def versions(page: Told) -> list[Told]:
    return [facet | version for facet in page["facets"] for version in facet["versions"]]


def floors(page: Told) -> list[Told]:
    return [floor | {"building": page["building"]} for floor in page["floors"]]


def floors_of_all(page: Told) -> list[Told]:
    return [floor for building in page["buildings"] for floor in floors(building)]


def rooms(page: Told) -> list[Told]:
    return [room | {"of": floor} for floor in floors(page) for room in floor["list"]]


def rooms_of_all(page: Told) -> list[Told]:
    return [room for building in page["buildings"] for room in rooms(building)]


def differences(page: Told) -> list[Told]:
    nothing: list[Told] = [{"zh": None, "a": None, "b": None, "caused_by": []}]
    return [one | change for one in page["different"] for change in one["changes"] or nothing]


ROOMS: Final[dict[str, Shown]] = {
    "楼栋": at("of", "building", "label"),
    "楼层": at("of", "floor"),
    "房间号": at("number"),
    "房间编号": at("id"),
    "类别": at("category_zh"),
    "使用面积": at("net_area"),
    "使用单位": at("using_unit", "label"),
    "使用人": labels("occupants"),
}
DIFFERENCES: Final[dict[str, Shown]] = {
    "对象": at("thing", "label"),
    "对象编号": at("thing", "id"),
    "事项": at("zh"),
    "A": at("a", "zh"),
    "B": at("b", "zh"),
    "起因的日志位置": lambda one: "、".join(str(position) for position in one["caused_by"]),
}
SIDES = "a.at=2019-01-01&b.at=2024-01-01"


def in_direction(direction: str) -> Shown:
    return lambda _: direction


def relations(page: Told) -> list[Told]:
    ways = (("它指向", "points_at"), ("指向它", "held"))
    return [one | {"way": way} for way, name in ways for one in page[name]]


LISTINGS: Final[dict[str, Listing]] = {
    "history": Listing("/v1/history", under("events"), CHANGES),
    "history of some": Listing("/v1/history?kind=vehicles&order=oldest&at=2022-01-01", under("events"), CHANGES),
    "history of one": Listing("/v1/vehicles/{vehicles}/history", under("events"), CHANGES),
    "document": Listing("/v1/documents?number={document}", under("events"), CHANGES),
    "documents of one": Listing(
        "/v1/vehicles/{vehicles}/documents", under("documents"),
        {"文号": at("number"), "引用次数": at("events"), "首次位置": at("first"), "最近位置": at("last")},
    ),
    "timeline": Listing(
        "/v1/vehicles/{vehicles}/timeline",
        versions,
        {"起": moment("from"), "止": moment("to"), "知悉时间": moment("known_from", "recorded_at"),
         "知悉至": moment("known_to", "recorded_at"), "登记于日志位置": at("stated_by")},
    ),
    "holdings": Listing(
        "/v1/units/{units}/holdings?subtree=true", under("held"), HELD | {"持有者": at("holder", "label")}),
    "holdings of a person": Listing("/v1/people/{people}/holdings", under("held"), HELD),
    "relations": Listing("/v1/rooms/{rooms}/relations", relations, HELD | {"方向": at("way")}),
    "contents of a compound": Listing("/v1/compounds/{compounds}/contents", rooms_of_all, ROOMS),
    "floors of a compound": Listing(
        "/v1/compounds/{compounds}/contents?depth=floors", floors_of_all, SPACE | {"楼层": at("floor")}),
    "buildings of a compound": Listing(
        "/v1/compounds/{compounds}/contents?depth=buildings", under("buildings"),
        SPACE | {"楼栋": at("building", "label")}),
    "contents of a building": Listing("/v1/buildings/{buildings}/contents", rooms, ROOMS),
    "floors of a building": Listing("/v1/buildings/{buildings}/floors", floors, SPACE | {"楼层": at("floor")}),
    "contents of a warehouse": Listing(
        "/v1/warehouses/{warehouses}/contents", under("stored"),
        {"对象": at("thing", "label"), "对象编号": at("asset"), "货位": at("shelf"), "数量": at("quantity"),
         "账面价值": at("value")},
    ),
    "loans": Listing(
        "/v1/loans?at=2024-01-01", under("rows"),
        {"编号": at("id"), "资产编号": at("asset_number"), "名称": at("name"), "账面价值": at("value"),
         "借用单位": at("borrower", "label"), "借用单位编号": at("borrower", "id"), "权属单位": at("owner", "label"),
         "借出时间": moment("lent_since"), "应还日期": at("due"), "逾期天数": at("days_overdue")},
    ),
    "borrowers": Listing(
        "/v1/loans/borrowers", under("borrowers"),
        {"借用单位": at("borrower", "label"), "借用件数": at("items"), "逾期件数": at("overdue"), "账面价值": at("value")},
    ),
    "upkeep": Listing(
        "/v1/vehicles/{vehicles}/upkeep", under("entries"),
        {"发生时间": moment("happened"), "项目": at("zh"), "金额": at("amount"), "数量": at("quantity"),
         "里程表读数": at("odometer"), "日志位置": at("position")},
    ),
    "costs": Listing(
        "/v1/upkeep/summary?by=vehicle,year", under("groups"),
        {"车辆": at("dimensions", "vehicle", "label"), "年度": at("dimensions", "year", "label"),
         **{zh: at("running", name) for zh, name in RUNNING.items()}},
    ),
    "costs in all": Listing(
        "/v1/upkeep/summary", lambda page: [page["totals"]], {zh: at(name) for zh, name in RUNNING.items()}),
    "search": Listing(
        "/v1/search?q=局", under("hits"),
        {"名称": at("label"), "编号": at("id"), "状态": at("status_words", "zh"),
         "找到之处": lambda hit: "；".join(f"{one['zh']}：{one['value']}" for one in hit["matched"])},
    ),
    "compared thing": Listing(f"/v1/compare/assets/{{vehicles}}?{SIDES}", differences, DIFFERENCES),
    "compared unit": Listing(f"/v1/compare/units/{{units}}?subtree=true&{SIDES}", differences, DIFFERENCES),
    "compared area": Listing(f"/v1/compare/area?division=64&{SIDES}", differences, DIFFERENCES),
    **{
        f"figures of {name}": Listing(
            f"/v1/statistics/{name}?by=division,status" if "status" in subject.dimensions else
            f"/v1/statistics/{name}?by=division",
            under("groups"),
            {"行政区划": at("dimensions", "division", "label"),
             **{measure.zh: at("figures", key) for key, measure in subject.measures.items()}},
        )
        for name, subject in SUBJECTS.items()
    },
    **{
        f"figures of {name} in all": Listing(
            f"/v1/statistics/{name}", lambda page: [page["totals"]],
            {measure.zh: at(key) for key, measure in subject.measures.items()})
        for name, subject in SUBJECTS.items()
    },
    **{
        f"rows of {name}": Listing(
            f"/v1/statistics/{name}/rows", under("rows"),
            {"编号": at("id"), "面积": at("area"), "账面价值": at("value"), "数量": at("quantity"),
             "编制数": at("posts"), "闲置起": moment("idle_since"), "人员编号": at("person")})
        for name in SUBJECTS
    },
}  # fmt: skip
