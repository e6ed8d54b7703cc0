"""What is lent out of the warehouses: every version of an item while a unit has borrowed it."""

from __future__ import annotations

from domain.warehouse.terms import ItemStatus
from projections.tables import AXES, Model, View

_AXES = ", ".join(column.name for column in AXES)

MODEL = Model(
    "loans",
    views=(
        View(
            "loans",
            f"SELECT asset, {_AXES}, borrower, loan_due AS due, asset_number, name, model, asset_class, grade, value, owner,"  # noqa: S608 -- names of the code
            f" custodian, warehouse, location FROM items WHERE status = '{ItemStatus.LENT}' AND borrower IS NOT NULL",
        ),
    ),
)
