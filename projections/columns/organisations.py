"""Units and people. A person's name and telephone never leave the vault: lists ask it for them when they are shown."""

from __future__ import annotations

from domain.organisations.events import (
    CREDIT_CODE,
    DIVISION,
    LEVEL,
    MEMBER_OF,
    NAME,
    PARENT,
    RANK,
    STAFF_ESTABLISHMENT,
    STAFF_TYPE,
    SUCCESSOR,
    UNIT_KIND,
    UNIT_STATUS,
    VEHICLE_ESTABLISHMENT,
)
from domain.organisations.person import Person
from domain.organisations.unit import Unit
from projections.columns.making import ref, text, total

COLUMNS = {
    Unit.kind: (
        text(UNIT_STATUS, "状态", "Status", "status"),
        text(NAME, "名称", "Name"),
        text(CREDIT_CODE, "统一社会信用代码", "Credit code"),
        text(UNIT_KIND, "单位性质", "Kind"),
        text(LEVEL, "级别", "Level"),
        text(DIVISION, "行政区划", "Division"),
        ref(PARENT, "上级单位", "Parent"),
        ref(SUCCESSOR, "承接单位", "Successor"),
        total(STAFF_ESTABLISHMENT, "人员编制", "Staff establishment", "staff_establishment", "integer"),
        total(VEHICLE_ESTABLISHMENT, "车辆编制", "Vehicle establishment", "vehicle_establishment", "integer"),
    ),
    Person.kind: (
        ref(MEMBER_OF, "所在单位", "Unit", "unit"),
        text(STAFF_TYPE, "人员类别", "Staff type"),
        text(RANK, "职级", "Rank"),
    ),
}
