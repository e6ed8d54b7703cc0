"""What statistics can be asked of: five subjects, the figures of each, and by what they can be broken down."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final, TypeAlias

from domain.kernel.labels import Term
from domain.organisations.terms import Rank, StaffType
from domain.premises.terms import Purpose, RoomCategory, TitleState
from domain.vehicles.terms import Body, Energy, VehicleCategory, VehicleStatus
from domain.warehouse.terms import Grade, ItemStatus, LotStatus
from projections.queries.words.facets import Reads

Terms: TypeAlias = "Reads | type[Term] | None"
"""How a value is put into words; None: it depends on the subject."""


@dataclass(frozen=True, slots=True)
class Dimension:
    """`sql` reads the row that counts (f) and what is joined to it; `by_kind` where a kind has it from elsewhere.

    `matches`: SQL of a filter by values, with {sql} and {values}.
    """

    name: str
    sql: str
    type: str
    zh: str
    en: str
    reads: Terms = Reads.THING
    matches: str = "{sql} = ANY({values})"
    by_kind: Mapping[str, str] = field(default_factory=dict)

    def of(self, kind: str) -> str:
        return self.sql.format(self.by_kind[kind]) if kind in self.by_kind else self.sql.format(f"f.{self.name}")


_PREFIX = "EXISTS (SELECT FROM unnest({values}) AS prefix WHERE starts_with({sql}, prefix))"
_OF_THE_BUILDING = ("rooms", "occupancies", "allocations")
_OF_THE_UNIT = ("people", "posts", "vehicles", "quotas")
_DIVISION = {
    **dict.fromkeys(_OF_THE_BUILDING, "b.division"),
    **dict.fromkeys(_OF_THE_UNIT, "u.division"),
    "buildings": "f.division",
    "items": "coalesce(w.division, u.division)",
    "lots": "w.division",
}
_COMPOUND = dict.fromkeys(_OF_THE_BUILDING, "b.compound")


def _division(name: str, sql: str, zh: str, en: str, matches: str = "{sql} = ANY({values})") -> Dimension:
    return Dimension(name, sql, "text", zh, en, Reads.DIVISION, matches, _DIVISION)


DIMENSIONS: Final[dict[str, Dimension]] = {
    one.name: one
    for one in (
        Dimension("unit", "{}", "uuid", "单位", "Unit"),
        Dimension("branch", "f.unit", "uuid", "单位（含下级）", "Unit with all below it"),
        Dimension("owner", "{}", "uuid", "权属单位", "Owner"),
        Dimension("compound", "{}", "uuid", "院落", "Compound", by_kind=_COMPOUND),
        Dimension("building", "{}", "uuid", "房屋", "Building"),
        Dimension("warehouse", "{}", "uuid", "仓库", "Warehouse"),
        _division("division", "{}", "行政区划", "Division", _PREFIX),
        _division("prefecture", "rpad(left({}, 4), 6, '0')", "地级", "Prefecture"),
        _division("province", "rpad(left({}, 2), 6, '0')", "省级", "Province"),
        Dimension("category", "{}", "text", "类别", "Category", None),
        Dimension("asset_class", "{}", "text", "资产分类", "Asset class", Reads.ASSET_CLASS, _PREFIX),
        Dimension("asset_family", "left(f.asset_class, 3)", "text", "资产门类", "Asset family", Reads.ASSET_CLASS),
        Dimension("body", "{}", "text", "车型", "Body", Body),
        Dimension("energy", "{}", "text", "能源", "Energy", Energy),
        Dimension("grade", "{}", "text", "成色", "Grade", Grade),
        Dimension("title", "{}", "text", "权属状态", "Title", TitleState),
        Dimension("rank", "{}", "text", "职级", "Rank", Rank, by_kind={"occupancies": "p.rank"}),
        Dimension(
            "staff_type", "{}", "text", "人员类别", "Staff type", StaffType, by_kind={"occupancies": "p.staff_type"}),
        Dimension("status", "{}", "text", "状态", "Status", None),
    )
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Measure:
    """A figure: the sum of what each row of a kind adds (`adds`, by kind), over the rows that meet `where`.

    `each`: not a sum but how many different ones there are, among the rows of one kind.
    """

    zh: str
    en: str
    adds: Mapping[str, str]
    where: str = ""
    each: str = ""

    @property
    def nothing(self) -> Decimal | int:
        """What it is where there are no rows: things are counted in integers; areas, values and quantities are exact."""
        return 0 if all(sql.lstrip("-") in _COUNTED for sql in self.adds.values()) else Decimal(0)

    def sql(self, kind: str) -> str:
        if self.each:
            return f"CASE WHEN {self.where or 'true'} THEN {self.each} END"
        only = f" FILTER (WHERE {self.where})" if self.where else ""
        return f"coalesce(sum({self.adds[kind]}){only}, 0)"


@dataclass(frozen=True, slots=True)
class Subject:
    name: str
    zh: str
    en: str
    dimensions: tuple[str, ...]
    measures: Mapping[str, Measure]
    terms: Mapping[str, tuple[type[Term], ...]]
    """The closed lists that its categories and statuses are members of."""
    where: str = ""
    """Which rows of its kinds it is about; all of them when empty."""

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of rows that its figures are made from (`projections/statistics.py`)."""
        return tuple(dict.fromkeys(kind for measure in self.measures.values() for kind in measure.adds))

    @property
    def tells_idle(self) -> bool:
        return any(measure.where == _IDLE for measure in self.measures.values())


_IDLE = "f.idle"
_COUNTED = frozenset(["1", "f.posts"])
_EVERYWHERE = ("division", "prefecture", "province")
_ALLOCATED = "CASE WHEN f.whole THEN b.gross_area ELSE f.area END"
_ESTABLISHED = f"= '{StaffType.ESTABLISHED}'"
_VALUE = "coalesce(f.value, 0)"

_OCCUPANTS = {
    "statutory_occupants": Measure(
        "编制内使用人", "Statutory occupants", {"occupancies": "1"}, f"p.staff_type {_ESTABLISHED}", "f.person"),
    "occupants": Measure("实际使用人", "Actual occupants", {"occupancies": "1"}, each="f.person"),
}  # fmt: skip
"""Who sits in rooms, in both headcounts; somebody with two offices is one person."""

SUBJECTS: Final[dict[str, Subject]] = {
    one.name: one
    for one in (
        Subject(
            "premises", "办公用房", "Premises",
            ("unit", "branch", "owner", *_EVERYWHERE, "compound", "building", "category", "title"),
            {
                "rooms": Measure("房间数", "Rooms", {"rooms": "1"}),
                "net_area": Measure("使用面积", "Net area", {"rooms": "f.area"}),
                "idle_rooms": Measure("闲置房间", "Idle rooms", {"rooms": "1"}, _IDLE),
                "idle_area": Measure("闲置面积", "Idle area", {"rooms": "f.area"}, _IDLE),
                **_OCCUPANTS,
                "buildings": Measure("房屋数", "Buildings", {"buildings": "1"}),
                "gross_area": Measure("建筑面积", "Gross area", {"buildings": "f.area"}),
                "value": Measure("账面价值", "Book value", {"buildings": _VALUE}),
                "allocated_area": Measure("分配面积", "Allocated area", {"allocations": _ALLOCATED}),
            },
            {"category": (RoomCategory, Purpose)},
        ),
        Subject(
            "people", "人员", "People",
            ("unit", "branch", *_EVERYWHERE, "rank", "staff_type"),
            {
                "establishment": Measure("人员编制", "Establishment", {"posts": "f.posts"}),
                "statutory": Measure("编制内人员", "Statutory staff", {"people": "1"}, f"f.staff_type {_ESTABLISHED}"),
                "actual": Measure("实有人员", "Actual staff of every type", {"people": "1"}),
                **_OCCUPANTS,
            },
            {},
        ),
        Subject(
            "vehicles", "公务用车", "Vehicles",
            ("unit", "branch", "owner", *_EVERYWHERE, "category", "body", "energy", "status"),
            {
                "establishment": Measure("编制", "Establishment", {"quotas": "f.posts"}),
                "vehicles": Measure("实有", "Actual", {"vehicles": "1"}),
                "over": Measure("超编（负为空编）", "Over the establishment; negative: vacant",
                                {"vehicles": "1", "quotas": "-f.posts"}),
                "value": Measure("账面价值", "Book value", {"vehicles": _VALUE}),
            },
            {"category": (VehicleCategory,), "status": (VehicleStatus,)},
        ),
        Subject(
            "stock", "公物仓库存", "Stock",
            ("warehouse", "owner", *_EVERYWHERE, "asset_class", "asset_family", "grade", "status"),
            {
                "items": Measure("资产件数", "Items", {"items": "1"}),
                "item_value": Measure("资产价值", "Value of items", {"items": _VALUE}),
                "lots": Measure("批次数", "Lots", {"lots": "1"}),
                "quantity": Measure("批次数量", "Quantity in lots", {"lots": "coalesce(f.quantity, 0)"}),
                "lot_value": Measure("批次价值", "Value of lots", {"lots": _VALUE}),
            },
            {"status": (ItemStatus, LotStatus)},
            "f.warehouse IS NOT NULL",
        ),
        Subject(
            "items", "资产", "Items",
            ("unit", "branch", "owner", "warehouse", *_EVERYWHERE, "asset_class", "asset_family", "grade", "status"),
            {
                "items": Measure("件数", "Items", {"items": "1"}),
                "value": Measure("账面价值", "Book value", {"items": _VALUE}),
                "idle_items": Measure("闲置件数", "Idle items", {"items": "1"}, _IDLE),
                "idle_value": Measure("闲置价值", "Value of idle items", {"items": _VALUE}, _IDLE),
            },
            {"status": (ItemStatus,)},
        ),
    )
}  # fmt: skip
