"""A row of a list says of all its columns together what the rule of facts says of each; where that once went wrong."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from domain.kernel.events import Event, FactCorrected, FactWithdrawn, Stamp, Statement
from domain.vehicles.driver_events import DriverEnrolled, LicenceRenewed
from domain.vehicles.terms import LicenceClass
from domain.warehouse.lot_events import LotCounted, LotIssued, LotReceived
from projections.assets import AssetRows
from projections.columns import COLUMNS
from projections.stream import Stream
from projections.whole import Whole
from tests.domain.scenario import an_id, day
from tests.golden import SAMPLES
from tests.projections.histories import recorded
from tests.projections.test_models import Plane, folded

ID = an_id("驾驶员或批次")
FOREVER_KNOWN = 10**9
[RECEIVED] = [event for event in SAMPLES if isinstance(event, LotReceived)]
[ISSUED] = [event for event in SAMPLES if isinstance(event, LotIssued)]
[COUNTED] = [event for event in SAMPLES if isinstance(event, LotCounted)]


def stamp(version: int, effective: datetime) -> Stamp:
    return Stamp(originator_id=ID, originator_version=version, effective=effective)


def whole_of(*events: Event) -> Whole:
    stream: Stream = folded(recorded(events))
    return next(part for part in stream.parts if isinstance(part, AssetRows))


def shown(whole: Whole, column: str, at: datetime, kind: str) -> Any:
    """What the column of the row says that holds at a moment, by all that is known."""
    index = [one.name for one in COLUMNS[kind]].index(column)
    row = Plane(whole.versions()).at(at, FOREVER_KNOWN)
    return None if row is None else row[index]


def of_sample(event: Event, version: int, effective: datetime, **changed: Any) -> Any:
    state = {name: getattr(event, name) for name in event.__struct_fields__}
    return type(event)(**{**state, **stamp(version, effective), **changed})


def test_a_withdrawn_renewal_leaves_the_licence_only_as_long_as_the_first_one_was_valid() -> None:
    enrolled = DriverEnrolled(
        **stamp(1, day("2026-01-01")), person=an_id("马晓燕"), licence=LicenceClass.B1, valid_until=day("2026-06-01")
    )
    renewed = LicenceRenewed(**stamp(2, day("2026-01-01")), licence=LicenceClass.A1, valid_until=day("2036-01-01"))
    withdrawn = FactWithdrawn(**stamp(3, day("2026-02-01")), of=2)
    whole = whole_of(enrolled, renewed, withdrawn)
    assert shown(whole, "licence", day("2026-05-31"), "drivers") == LicenceClass.B1
    assert shown(whole, "licence", day("2026-06-01"), "drivers") is None
    assert shown(whole, "status", day("2026-06-01"), "drivers") is not None


def test_a_quantity_that_a_correction_made_even_changes_again_where_a_count_stands_in_it() -> None:
    """Received 4, counted 5; corrected to received 5: the same number throughout, but not for what comes between."""
    began = day("2026-01-01")
    received = of_sample(RECEIVED, 1, began, quantity=Decimal(4))
    counted = of_sample(COUNTED, 2, began + timedelta(days=10), found=Decimal(5))
    right = of_sample(RECEIVED, 3, began, quantity=Decimal(5), name="改正的名称")
    corrected = FactCorrected(**stamp(3, began), of=1, statement=Statement.of(right))
    issued = of_sample(ISSUED, 4, began + timedelta(days=5), quantity=Decimal(3))
    whole = whole_of(received, counted, corrected, issued)
    found = [shown(whole, "quantity", began + timedelta(days=number), "lots") for number in (0, 5, 9, 10, 11)]
    assert found == [5, 2, 2, 5, 5]


def test_a_thing_whose_beginning_is_corrected_to_a_later_day_was_not_there_before() -> None:
    began = day("2026-01-01")
    received = of_sample(RECEIVED, 1, began)
    later = of_sample(RECEIVED, 2, began + timedelta(days=3))
    corrected = FactCorrected(**stamp(2, later.effective), of=1, statement=Statement.of(later))
    plane = Plane(whole_of(received, corrected).versions())
    first, second = (record.position for record in recorded([received, corrected]))
    assert plane.at(began, first) is not None
    assert plane.at(began, second) is None
    assert plane.at(later.effective, second) is not None
