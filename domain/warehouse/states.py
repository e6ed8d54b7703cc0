"""The states of an item: which step may be taken from which, where it leads, and what must be so in each state."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from domain.kernel.events import Event
from domain.kernel.facts import Facet
from domain.warehouse import entry_events, facets, item_events, leaving_events, loan_events
from domain.warehouse.terms import ItemStatus

WITH_UNIT, STORED, LENT = ItemStatus.WITH_UNIT, ItemStatus.STORED, ItemStatus.LENT
ENTRY_REQUESTED, INSPECTED = ItemStatus.ENTRY_REQUESTED, ItemStatus.INSPECTED
LOAN_REQUESTED, LOAN_APPROVED = ItemStatus.LOAN_REQUESTED, ItemStatus.LOAN_APPROVED
IN_TRANSFER = ItemStatus.IN_TRANSFER
DISPOSAL_REQUESTED, DISPOSAL_DECIDED = ItemStatus.DISPOSAL_REQUESTED, ItemStatus.DISPOSAL_DECIDED
DISPOSED = ItemStatus.DISPOSED

AT_REST: Final = (WITH_UNIT, STORED, LENT)


@dataclass(frozen=True, slots=True)
class Step:
    """May be taken in the states `from_`; leads to one of `to` (to none: the state stays)."""

    from_: tuple[ItemStatus, ...]
    to: tuple[ItemStatus, ...] = ()

    def leads(self, before: ItemStatus | None, after: ItemStatus) -> bool:
        """Whether it leads from one state to another; the first step of all comes from none."""
        return (before in self.from_ or (before is None and not self.from_)) and after in self.to


REGISTER: Final = Step((), (WITH_UNIT,))
REQUEST_ENTRY: Final = Step((WITH_UNIT,), (ENTRY_REQUESTED,))
CANCEL_ENTRY: Final = Step((ENTRY_REQUESTED, INSPECTED), (WITH_UNIT,))
INSPECT: Final = Step((ENTRY_REQUESTED,), (INSPECTED,))
ACCEPT: Final = Step((INSPECTED,), (STORED,))
REFUSE_ENTRY: Final = Step((ENTRY_REQUESTED, INSPECTED), (WITH_UNIT,))
TAKE_OUT: Final = Step((STORED,), (WITH_UNIT,))

PAST_LOAN: Final = Step((STORED,), (LENT,))
REQUEST_LOAN: Final = Step((STORED,), (LOAN_REQUESTED,))
APPROVE_LOAN: Final = Step((LOAN_REQUESTED,), (LOAN_APPROVED,))
REFUSE_LOAN: Final = Step((LOAN_REQUESTED, LOAN_APPROVED), (STORED,))
LEND: Final = Step((LOAN_APPROVED,), (LENT,))
EXTEND_LOAN: Final = Step((LENT,))
RETURN: Final = Step((LENT,), (STORED,))

TRANSFER: Final = Step((WITH_UNIT, STORED), (IN_TRANSFER,))
RECEIVE: Final = Step((IN_TRANSFER,), (WITH_UNIT,))
FAIL_TRANSFER: Final = Step((IN_TRANSFER,), (WITH_UNIT, STORED))

REQUEST_DISPOSAL: Final = Step(AT_REST, (DISPOSAL_REQUESTED,))
REFUSE_DISPOSAL: Final = Step((DISPOSAL_REQUESTED, DISPOSAL_DECIDED), AT_REST)
DECIDE_DISPOSAL: Final = Step((DISPOSAL_REQUESTED,), (DISPOSAL_DECIDED,))
DISPOSE: Final = Step((DISPOSAL_DECIDED,), (DISPOSED,))

CHANGE_CUSTODIAN: Final = Step((WITH_UNIT, LENT))
RELOCATE: Final = Step((WITH_UNIT, LENT))
SHELVE: Final = Step((STORED, LOAN_REQUESTED, LOAN_APPROVED))
REGRADE: Final = Step(AT_REST)
DECLARE_IDLE: Final = Step((WITH_UNIT,))
PUBLISH: Final = Step((WITH_UNIT, STORED))
ACCOUNT: Final = Step(tuple(status for status in ItemStatus if status is not DISPOSED))
"""What the books say of an item (number, class, value) changes in any state, as long as there is an item."""

TAKEN: Final[dict[type[Event], Step]] = {
    item_events.ItemRegistered: REGISTER,
    entry_events.EntryRequested: REQUEST_ENTRY,
    entry_events.EntryCancelled: CANCEL_ENTRY,
    entry_events.EntryInspected: INSPECT,
    entry_events.EntryAccepted: ACCEPT,
    entry_events.EntryRefused: REFUSE_ENTRY,
    entry_events.ItemTakenOut: TAKE_OUT,
    loan_events.LoanRequested: REQUEST_LOAN,
    loan_events.LoanApproved: APPROVE_LOAN,
    loan_events.LoanRefused: REFUSE_LOAN,
    loan_events.ItemLent: LEND,
    loan_events.ItemReturned: RETURN,
    loan_events.PastLoanRecorded: PAST_LOAN,
    leaving_events.TransferDecided: TRANSFER,
    leaving_events.TransferReceived: RECEIVE,
    leaving_events.TransferFailed: FAIL_TRANSFER,
    leaving_events.DisposalRequested: REQUEST_DISPOSAL,
    leaving_events.DisposalRefused: REFUSE_DISPOSAL,
    leaving_events.DisposalDecided: DECIDE_DISPOSAL,
    leaving_events.ItemDisposedOf: DISPOSE,
}
"""The step that each event took: what a late, corrected or withdrawn event must leave possible for those after it."""


@dataclass(frozen=True, slots=True)
class Holds:
    """What must be stated, and what must not, in a state."""

    has: tuple[Facet[Any], ...] = ()
    lacks: tuple[Facet[Any], ...] = ()


_F = facets
_ON_LOAN = (_F.LOAN_UNIT, _F.LOAN_DUE)
_KEPT = (_F.WAREHOUSE, _F.OWNER)
_USED = (_F.USING_UNIT, _F.CUSTODIAN)
_LEAVING = (_F.RECEIVING_UNIT, _F.DISPOSAL_GROUND)

STATES: Final[dict[ItemStatus, Holds]] = {
    WITH_UNIT: Holds((_F.OWNER, _F.USING_UNIT), (_F.WAREHOUSE, _F.SHELF, _F.ENTERING, *_ON_LOAN, *_LEAVING)),
    ENTRY_REQUESTED: Holds((_F.ENTERING, _F.OWNER), (_F.WAREHOUSE, _F.SHELF, *_ON_LOAN, *_LEAVING)),
    INSPECTED: Holds((_F.ENTERING, _F.OWNER), (_F.WAREHOUSE, _F.SHELF, *_ON_LOAN, *_LEAVING)),
    STORED: Holds((*_KEPT, _F.IDLE), (*_USED, _F.ENTERING, *_ON_LOAN, *_LEAVING)),
    LOAN_REQUESTED: Holds((*_KEPT, _F.LOAN_UNIT), (*_USED, _F.LOAN_DUE, *_LEAVING)),
    LOAN_APPROVED: Holds((*_KEPT, _F.LOAN_UNIT), (*_USED, _F.LOAN_DUE, *_LEAVING)),
    LENT: Holds((*_KEPT, _F.USING_UNIT, *_ON_LOAN), (_F.SHELF, _F.IDLE, _F.PUBLISHED_FOR, *_LEAVING)),
    IN_TRANSFER: Holds((_F.RECEIVING_UNIT, _F.OWNER), (_F.PUBLISHED_FOR, _F.ENTERING, *_ON_LOAN, _F.DISPOSAL_GROUND)),
    DISPOSAL_REQUESTED: Holds((_F.DISPOSAL_GROUND, _F.OWNER), (_F.PUBLISHED_FOR, _F.RECEIVING_UNIT)),
    DISPOSAL_DECIDED: Holds((_F.DISPOSAL_MODE, _F.OWNER), (_F.PUBLISHED_FOR, _F.RECEIVING_UNIT)),
    DISPOSED: Holds((), (_F.OWNER, *_USED, _F.WAREHOUSE, _F.SHELF, _F.IDLE, _F.PUBLISHED_FOR, *_ON_LOAN)),
}
"""Guards keep most of this; a late, corrected or withdrawn fact is caught here."""

WORDS: Final = {
    "owner": ("所有单位", "owner"),
    "custodian": ("保管人", "custodian"),
    "using_unit": ("使用单位", "using unit"),
    "warehouse": ("所在公物仓", "warehouse"),
    "shelf": ("货架", "shelf"),
    "entering": ("拟入公物仓", "warehouse to enter"),
    "loan_unit": ("借用单位", "borrowing unit"),
    "loan_due": ("应还日期", "due date"),
    "receiving_unit": ("接收单位", "receiving unit"),
    "disposal_ground": ("处置情形", "ground of disposal"),
    "disposal_mode": ("处置方式", "mode of disposal"),
    "idle": ("闲置", "being idle"),
    "published_for": ("信息发布", "publication"),
}
"""How messages name the facets of STATES."""
