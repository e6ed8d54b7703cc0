"""One of every event of organisations, for the golden corpus."""

from __future__ import annotations

from domain.kernel.events import Event, FactCorrected, FactWithdrawn, Stamp, Statement
from domain.organisations import events as happened
from domain.organisations.terms import Level, Rank, StaffType, UnitKind
from tests.domain.scenario import an_id, day


def _stamp(version: int = 2) -> Stamp:
    return Stamp(originator_id=an_id("自治区财政厅"), originator_version=version, effective=day("2026-03-01"))


RENAMED = happened.UnitRenamed(**_stamp(), name="宁夏回族自治区财政厅")

SAMPLES: tuple[Event, ...] = (
    happened.UnitEstablished(
        **_stamp(1),
        name="自治区财政厅",
        credit_code="1144150000724047XL",
        unit_kind=UnitKind.GOVERNMENT,
        level=Level.PROVINCE,
        division="640000",
        parent=an_id("自治区人民政府"),
        split_from=an_id("自治区财税局"),
    ),
    RENAMED,
    happened.UnitCodeAssigned(**_stamp(), credit_code="1144150000724047XL"),
    happened.UnitRegraded(**_stamp(), unit_kind=UnitKind.INSTITUTION, level=Level.COUNTY, division="640381"),
    happened.UnitMovedUnder(**_stamp(), parent=an_id("自治区人民政府")),
    happened.StaffEstablishmentSet(**_stamp(), rank=Rank.SECTION_CHIEF, posts=12),
    happened.VehicleEstablishmentSet(**_stamp(), category="emergency", vehicles=3),
    happened.UnitSplit(**_stamp(), into=(an_id("国资委"), an_id("税务局"))),
    happened.UnitMergedInto(**_stamp(), successor=an_id("发展改革委")),
    happened.UnitAbsorbed(**_stamp(), predecessor=an_id("物价局")),
    happened.UnitAbolished(**_stamp()),
    happened.PersonJoined(
        **_stamp(1),
        name="马晓兰",
        phone="13909510000",
        id_number="640104199001010028",
        unit=an_id("自治区财政厅"),
        staff_type=StaffType.VOLUNTEER,
        rank=Rank.STAFF,
    ),
    happened.PersonContactChanged(**_stamp(), name="马晓岚", phone=None),
    happened.PersonRankChanged(**_stamp(), rank=Rank.SECTION_DEPUTY),
    happened.PersonStaffTypeChanged(**_stamp(), staff_type=StaffType.ESTABLISHED),
    happened.PersonMoved(**_stamp(), unit=an_id("发展改革委")),
    happened.PersonLeft(**_stamp()),
    happened.PersonErased(**_stamp()),
    FactCorrected(**_stamp(3), of=2, statement=Statement.of(RENAMED)),
    FactWithdrawn(**_stamp(3), of=2),
)
