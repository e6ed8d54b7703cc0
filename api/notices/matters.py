"""What notices tell besides events: of terms that end, and of papers that somebody works on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final
from uuid import UUID

from infra.access.calling import Connection
from infra.notices import kept
from infra.notices.kept import Notice


@dataclass(frozen=True, slots=True)
class Matter:
    """`zh` and `en` may speak of the figures of the notice."""

    name: str
    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Term(Matter):
    """Something that ends: told so many days before, and once more when it has ended.

    `commands`: whoever may send one of these about the thing is to do something about it.
    """

    kind: str = ""
    days: int = 30
    commands: tuple[str, ...] = ()
    column: str = ""
    """Where the end stands in the rows of the kind; where there is none, it is that of the facet."""
    facet: str = ""

    @property
    def ended(self) -> str:
        return f"{self.name}-ended"


TERMS: Final = (
    Term("loan-due", "{count} 件借用物品即将到期", "Loans due soon: {count}", "items", 7,
         ("items.take-back", "items.confirm-receipt"), column="loan_due"),
    Term("vacating-due", "{count} 间房屋即将到腾退期限", "Rooms to be vacated soon: {count}", "rooms", 14,
         ("rooms.order-vacating", "rooms.vacate"), column="vacate_by"),
    Term("insurance-due", "{count} 辆车的保险即将到期", "Vehicle insurance ending soon: {count}", "vehicles", 30,
         ("vehicles.insure",), facet="insured"),
    Term("inspection-due", "{count} 辆车的年检即将到期", "Vehicle inspections ending soon: {count}", "vehicles", 30,
         ("vehicles.inspect",), facet="inspected"),
    Term("licence-due", "{count} 名驾驶员的驾驶证即将到期", "Driving licences ending soon: {count}", "drivers", 30,
         ("drivers.renew-licence",), facet="licence"),
)  # fmt: skip

_ENDED: Final = (
    Matter("loan-due-ended", "{count} 件借用物品已到期未还", "Loans overdue: {count}"),
    Matter("vacating-due-ended", "{count} 间房屋已过腾退期限", "Rooms past the day to be vacated: {count}"),
    Matter("insurance-due-ended", "{count} 辆车的保险已到期", "Vehicle insurance ended: {count}"),
    Matter("inspection-due-ended", "{count} 辆车的年检已到期", "Vehicle inspections ended: {count}"),
    Matter("licence-due-ended", "{count} 名驾驶员的驾驶证已到期", "Driving licences ended: {count}"),
)

_PAPERS: Final = (
    Matter("import-checked", "导入文件已核对完毕", "An import has been checked"),
    Matter("import-done", "导入已完成，共 {count} 项", "An import is done; lines: {count}"),
    Matter("import-failed", "导入未能完成，什么都没有写入", "An import could not be done; nothing was written"),
    Matter("import-undone", "导入已撤销", "An import was undone"),
    Matter("import-not-undone", "导入未能撤销，什么都没有改变", "An import could not be undone; nothing was changed"),
    Matter("plan-submitted", "您参与的方案已送审", "A plan that you work on was sent for approval"),
    Matter("plan-applied", "您参与的方案已经办理", "A plan that you work on was carried out"),
    Matter(
        "plan-given-back",
        "您参与的方案没有获批或被撤回，可以再改",
        "A plan that you work on was refused or taken back; it can be changed again",
    ),
    Matter("proposal-handed-on", "有一件呈批件转给您办理", "A proposal was handed on to you"),
    Matter("proposal-in-place", "有一件呈批件等您代为审批", "A proposal waits for you to decide in another's place"),
    Matter("deputy-made", "有人委托您代为审批", "Somebody made you their deputy"),
    Matter("deputy-ended", "对您的一项委托已经结束", "You are somebody's deputy no longer"),
)

MATTERS: Final = MappingProxyType({one.name: one for one in (*TERMS, *_ENDED, *_PAPERS)})


def tell(connection: Connection, accounts: Iterable[UUID], matter: str, link: str, **figures: int) -> None:
    """Tells these accounts of working papers at this address of ours, in the transaction of what happened to them.

    Figures are all that is said of them: the page behind the link asks again who may read it.
    """
    if matter not in {one.name for one in _PAPERS}:
        raise ValueError(f"no matter is called {matter}: it must be in api/notices/matters.py")
    MATTERS[matter].zh.format_map(figures)  # a figure that its words speak of and that is missing is missed now
    said: dict[str, Any] = dict(figures)
    made = [Notice(account=one, why="told", matter=matter, link=link, figures=said) for one in dict.fromkeys(accounts)]
    kept.add(connection, made)
