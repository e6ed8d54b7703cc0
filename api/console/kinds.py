"""The kinds of things as pages name and order them, and which of them somebody's menu shows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Any, Final


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of thing on pages. `columns`: what a list shows at first, the first of them leading to the thing.

    `rows`: of which kind the rows of its list are, where they are only some of a kind.
    """

    name: str
    zh: str
    en: str
    icon: str
    columns: tuple[str, ...]
    filters: tuple[str, ...] = ()
    rows: str = ""

    @property
    def of(self) -> str:
        """The kind of the things that its list shows."""
        return self.rows or self.name


_ALL: Final = (
    Kind("units", "单位", "Units", "unit",
         ("name", "unit_kind", "level", "division", "parent", "staff_establishment", "vehicle_establishment", "status"),
         ("level", "unit_kind", "status")),
    Kind("people", "人员", "People", "person", ("unit", "staff_type", "rank"), ("staff_type", "rank")),
    Kind("compounds", "院落", "Compounds", "compound", ("name", "address", "division", "status"), ("status",)),
    Kind("buildings", "房屋", "Buildings", "building",
         ("name", "number", "compound", "owner", "title", "purpose", "gross_area", "year_built", "condition", "status"),
         ("title", "purpose", "condition", "status")),
    Kind("rooms", "房间", "Rooms", "room",
         ("number", "building", "floor", "category", "net_area", "using_unit", "headcount", "vacate_by", "status"),
         ("category", "status")),
    Kind("vehicles", "车辆", "Vehicles", "vehicle",
         ("plate", "model", "category", "body", "energy", "using_unit", "odometer", "condition", "status"),
         ("category", "body", "energy", "status")),
    Kind("drivers", "驾驶员", "Drivers", "driver", ("licence", "status"), ("status",)),
    Kind("journeys", "行程", "Journeys", "journey",
         ("destination", "planned_from", "planned_until", "unit", "purpose", "vehicle", "driver", "distance", "status"),
         ("purpose", "status")),
    Kind("fences", "电子围栏", "Geofences", "fence",
         ("name", "purpose", "managing_unit", "for_units", "for_vehicles", "status"), ("purpose", "status")),
    Kind("warehouses", "公物仓", "Warehouses", "warehouse",
         ("name", "form", "managing_unit", "keeper", "division", "status"), ("form", "status")),
    Kind("items", "资产", "Items", "item",
         ("name", "asset_number", "asset_class", "value", "using_unit", "custodian", "warehouse", "borrower", "loan_due",
          "status"),
         ("grade", "idle", "status")),
    Kind("lots", "批次", "Lots", "lot",
         ("name", "batch", "quantity", "measure", "unit_price", "warehouse", "shelf", "expiry", "status"), ("status",)),
    Kind("proposals", "呈批件", "Proposals", "proposal",
         ("title", "unit", "submitter", "submitted", "lines", "waits_at", "handed_to", "status"), ("status",)),
)  # fmt: skip
LOANS: Final = Kind(
    "loans", "借出资产", "Loans", "item",
    ("name", "asset_number", "borrower", "due", "days_overdue", "lent_since", "value", "warehouse", "owner", "custodian"),
    ("overdue", "borrower", "due"), rows="items",
)  # fmt: skip
HISTORY: Final = Kind("history", "变更记录", "Changes", "history", ())
"""A list that is kept and opened like those of a kind, whose rows are of none."""

KINDS: Final[Mapping[str, Kind]] = {kind.name: kind for kind in _ALL}
WITH_LIST: Final[Mapping[str, Kind]] = {**KINDS, LOANS.name: LOANS}
"""What has a list of things: every kind, and some of a kind by themselves."""

_GROUPS: Final = (
    ("房产", "Premises", ("compounds", "buildings", "rooms")),
    ("公务用车", "Official vehicles", ("vehicles", "drivers", "journeys", "fences")),
    ("公物仓", "Warehouse", ("warehouses", "items", "lots")),
    ("审批", "Approvals", ("proposals",)),
    ("单位与人员", "Organisation", ("units", "people")),
)
_MORE: Final[Mapping[str, tuple[tuple[str, str, str, str, str], ...]]] = {
    "items": (("/loans", "借出资产", "Loans", "item", ""),),
    "fences": (("/devices", "定位终端", "Positioning devices", "vehicle", "tracks"),),
}
"""Lists that are of no kind by themselves, by that beside which they stand; each with the right that it takes besides."""


@dataclass(frozen=True, slots=True)
class Group:
    """`more`: lists that are of no kind by themselves, each with its path."""

    zh: str
    en: str
    kinds: tuple[Kind, ...]
    more: tuple[tuple[str, str, str, str], ...] = ()


_ADMINISTERED: Final = (
    (("/administration/accounts", "账号与授权", "Accounts and roles", "person"), {"accounts", "grants", "records"}),
    (("/administration/records", "访问记录", "Records of access", "history"), {"records"}),
    (("/administration/system", "运行状况", "How the system runs", "figures"), {"operate"}),
    (("/webhooks", "Webhook", "Webhooks", "journey"), {"operate", "feed"}),
)
"""Pages of administrators, each with the rights of which one is enough."""


def menu(me: Mapping[str, Any] | None) -> tuple[Group, ...]:
    """What this person may read or administer, in groups; a group with nothing in it is left out."""
    reads = frozenset(() if me is None else me["reads"])
    rights = frozenset(() if me is None else me["rights"])
    groups = (
        Group(
            zh,
            en,
            tuple(KINDS[name] for name in names if name in reads),
            tuple(_more(reads.intersection(names), rights)),
        )
        for zh, en, names in _GROUPS
    )
    administered = Group(
        "系统管理", "Administration", (), tuple(one for one, any_of in _ADMINISTERED if any_of & rights)
    )
    return tuple(group for group in (*groups, administered) if group.kinds or group.more)


def _more(reads: Iterable[str], rights: AbstractSet[str]) -> Iterator[tuple[str, str, str, str]]:
    for name in sorted(reads):
        for path, zh, en, icon, right in _MORE.get(name, ()):
            if not right or right in rights:
                yield path, zh, en, icon
