"""An item 资产: from the books of a unit, through warehouses and loans, to its disposal. Each aspect is a file of its own."""

from __future__ import annotations

from domain.kernel.aggregate import Claim
from domain.warehouse.disposal import Disposal
from domain.warehouse.entry import Entry
from domain.warehouse.facets import ASSET_NUMBER
from domain.warehouse.keeping import Keeping
from domain.warehouse.lending import Lending
from domain.warehouse.registration import Registration
from domain.warehouse.transfer import Transfer


class Item(Disposal, Transfer, Lending, Entry, Keeping, Registration):
    kind = "items"
    zh = "资产"
    en = "item"

    def claims(self) -> frozenset[Claim]:
        """The number it carries in the end: kept after disposal, free again after a renumbering."""
        number = self.finally_(ASSET_NUMBER)
        return frozenset() if number is None else frozenset({("asset-number", number)})
