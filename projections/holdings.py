"""Who holds what: every version of a facet whose value is another thing, read from the other side.

No rows of its own: the timelines hold them, and this view gives them their meaning.
"""

from __future__ import annotations

from dataclasses import dataclass

from projections.tables import Model, View


@dataclass(frozen=True, slots=True)
class Role:
    """What one thing is to another: `zh` and `en` as they follow “is the … of”.

    `of`: the kinds of things that have such a one, `party`: what kind of thing it is. `holds`: it has the thing (owns, uses,
    keeps, contains it), and is not only mentioned by it.
    """

    name: str
    of: str
    party: str
    zh: str
    en: str
    holds: bool = True


ROLES: dict[str, Role] = {
    role.name: role
    for role in (
        Role("owner", "buildings vehicles items", "units", "权属单位", "owner"),
        Role("using_unit", "rooms vehicles items", "units", "使用单位", "using unit"),
        Role("allocated_to", "buildings", "units", "分配使用单位", "unit that it is allocated to"),
        Role("posted_to", "vehicles", "units", "派驻单位", "unit that it is posted to"),
        Role("managing_unit", "warehouses fences", "units", "管理单位", "managing unit"),
        Role("loan_unit", "items", "units", "借用单位", "borrower"),
        Role("member_of", "people", "units", "所在单位", "unit that they belong to"),
        Role("parent", "units", "units", "上级单位", "parent unit"),
        Role("custodian", "items", "people", "保管人", "custodian"),
        Role("keeper", "warehouses", "people", "保管员", "keeper"),
        Role("key_keeper", "vehicles", "people", "钥匙保管人", "keeper of the keys"),
        Role("occupant", "rooms", "people", "使用人", "occupant"),
        Role("person", "drivers", "people", "人员", "person"),
        Role("compound", "buildings", "compounds", "院落", "compound"),
        Role("building", "rooms", "buildings", "楼栋", "building"),
        Role("warehouse", "items lots", "warehouses", "所在仓库", "warehouse that it lies in"),
        Role("receiving_unit", "items", "units", "接收单位", "receiving unit", holds=False),
        Role("requesting_unit", "journeys", "units", "用车单位", "unit that travels", holds=False),
        Role("reserved", "vehicles drivers", "units", "预订用车单位", "unit that it is reserved for", holds=False),
        Role("successor", "units", "units", "承接单位", "successor", holds=False),
        Role("entering", "items", "warehouses", "申请入仓", "warehouse that it asks to enter", holds=False),
        Role("fence_unit", "fences", "units", "适用单位", "unit that it holds for", holds=False),
        Role("fence_vehicle", "fences", "vehicles", "适用车辆", "vehicle that it holds for", holds=False),
        Role("vehicle", "journeys", "vehicles", "车辆", "vehicle", holds=False),
        Role("driver", "journeys", "drivers", "驾驶员", "driver", holds=False),
        Role("made_from", "rooms", "rooms", "由其改建", "room that it was made from", holds=False),
        Role("made_into", "rooms", "rooms", "改建为", "room that it was made into", holds=False),
        Role("submitting_unit", "proposals", "units", "呈报单位", "unit that proposes", holds=False),
        Role("approval_level", "proposals", "units", "审批单位", "unit that decides", holds=False),
        Role("waits_at", "proposals", "units", "待审批单位", "unit that it waits for", holds=False),
        Role("lineage", "lots", "lots", "来源批次", "lot that it came from", holds=False),
    )
}
"""By facet: all whose values are ids of other things."""


def _listed(names: list[str]) -> str:
    return ", ".join(f"'{name}'" for name in names)


def _party() -> str:
    """Which kind of thing the holder is, as a CASE over the facet."""
    by_party: dict[str, list[str]] = {}
    for role in ROLES.values():
        by_party.setdefault(role.party, []).append(role.name)
    cases = [f"WHEN t.facet IN ({_listed(names)}) THEN '{party}'" for party, names in by_party.items()]
    return f"CASE {' '.join(cases)} END"


def _kind() -> str:
    """Which kind of thing is held: most facets tell; else the first event of its stream does, where a query asks for it."""
    known: dict[str, list[str]] = {}
    for role in ROLES.values():
        if " " not in role.of:
            known.setdefault(role.of, []).append(role.name)
    cases = [f"WHEN t.facet IN ({_listed(names)}) THEN '{kind}'" for kind, names in known.items()]
    first = "(SELECT h.kind FROM history h WHERE h.asset = t.asset ORDER BY h.position LIMIT 1)"
    return f"CASE {' '.join(cases)} ELSE {first} END"


_HOLDS = f"t.facet IN ({_listed([role.name for role in ROLES.values() if role.holds])})"

MODEL = Model(
    "holdings",
    views=(
        View(
            "holdings",
            f"SELECT t.asset, {_kind()} AS kind, t.facet AS role, {_HOLDS} AS holds, t.member, t.ref AS holder,"  # noqa: S608 -- names of the code
            f" {_party()} AS party, t.begins, t.ends, t.since, t.until, t.cut, t.ended, t.stated"
            " FROM timelines t WHERE t.ref IS NOT NULL",
        ),
    ),
)
