"""The columns of lists whose rows are of no kind: of loans, and of the history as a table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from api.console.kinds import HISTORY, LOANS

Sort: TypeAlias = Literal[
    "text", "figure", "day", "moment", "thing", "overdue", "kind", "event", "changes", "role", "documents", "log"
]


@dataclass(frozen=True, slots=True)
class OwnColumn:
    """`sort`: how its values are shown; `kind`: of what kind the things are that it names."""

    name: str
    zh: str
    en: str
    sort: Sort = "text"
    kind: str = ""
    measure: tuple[str, str] | None = None

    @property
    def align(self) -> str:
        return {"figure": "number", "overdue": "number", "day": "day", "moment": "day", "log": "number"}.get(
            self.sort, ""
        )


OWN: Final[Mapping[str, Mapping[str, OwnColumn]]] = {
    LOANS.name: {one.name: one for one in (
        OwnColumn("asset_number", "资产编号", "Asset number"),
        OwnColumn("borrower", "借用单位", "Borrower", "thing", "units"),
        OwnColumn("due", "应还日期", "Due", "day"),
        OwnColumn("days_overdue", "逾期天数", "Days overdue", "overdue"),
        OwnColumn("lent_since", "借出时间", "Lent since", "moment"),
        OwnColumn("value", "账面价值", "Book value", "figure", measure=("元", "CNY")),
        OwnColumn("warehouse", "所在仓库", "Warehouse", "thing", "warehouses"),
        OwnColumn("owner", "权属单位", "Owner", "thing", "units"),
        OwnColumn("custodian", "保管人", "Custodian", "thing", "people"),
        OwnColumn("model", "型号", "Model"),
        OwnColumn("location", "存放地点", "Location"),
    )},
    HISTORY.name: {one.name: one for one in (
        OwnColumn("recorded_at", "登记时间", "Recorded", "moment"),
        OwnColumn("effective", "生效时间", "Effective", "moment"),
        OwnColumn("kind", "种类", "Kind", "kind"),
        OwnColumn("asset", "对象", "Thing", "thing"),
        OwnColumn("changes", "变更前后", "Before and after", "changes"),
        OwnColumn("actor", "经办人", "By whom"),
        OwnColumn("unit", "经办单位", "For which unit"),
        OwnColumn("role", "角色", "Role", "role"),
        OwnColumn("reason", "原因", "Reason"),
        OwnColumn("documents", "依据文件", "Documents", "documents"),
        OwnColumn("position", "账册位置", "Place in the log", "log"),
    )},
}  # fmt: skip

AT_FIRST: Final[Mapping[str, Sequence[str]]] = {
    LOANS.name: tuple(OWN[LOANS.name])[:9],
    HISTORY.name: ("recorded_at", "asset", "changes", "actor", "reason", "documents"),
}
