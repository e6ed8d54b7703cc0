"""What a list shows of each kind of thing: its columns, by kind."""

from __future__ import annotations

from projections.columns import approvals, organisations, premises, vehicles, warehouse
from projections.shown import Shown

COLUMNS: dict[str, tuple[Shown, ...]] = {
    **organisations.COLUMNS,
    **premises.COLUMNS,
    **vehicles.COLUMNS,
    **warehouse.COLUMNS,
    **approvals.COLUMNS,
}
