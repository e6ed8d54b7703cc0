"""Who holds what: every version of a facet whose value is another thing, read from the other side.

No rows of its own: the timelines hold them, and this view gives them their meaning.
"""

from __future__ import annotations

from dataclasses import dataclass

from projections.tables import Model, View


@dataclass(frozen=True, slots=True)
class Role:
    """What one thing is to another: `zh` and `en` as they follow “is the … of”; `party` is what kind of thing it can be.

    `holds`: the other one has it (owns, uses, keeps, contains it), not only mentions it.
    """

    name: str
    party: str
    zh: str
    en: str
    holds: bool = True


ROLES: dict[str, Role] = {
    role.name: role
    for role in (
        Role("owner", "units", "权属单位", "owner"),
        Role("using_unit", "units", "使用单位", "using unit"),
        Role("allocated_to", "units", "分配使用单位", "unit that it is allocated to"),
        Role("posted_to", "units", "派驻单位", "unit that it is posted to"),
        Role("managing_unit", "units", "管理单位", "managing unit"),
        Role("loan_unit", "units", "借用单位", "borrower"),
        Role("member_of", "units", "所在单位", "unit that they belong to"),
        Role("parent", "units", "上级单位", "parent unit"),
        Role("custodian", "people", "保管人", "custodian"),
        Role("keeper", "people", "保管员", "keeper"),
        Role("key_keeper", "people", "钥匙保管人", "keeper of the keys"),
        Role("occupant", "people", "使用人", "occupant"),
        Role("person", "people", "人员", "person"),
        Role("compound", "compounds", "院落", "compound"),
        Role("building", "buildings", "楼栋", "building"),
        Role("warehouse", "warehouses", "所在仓库", "warehouse that it lies in"),
        Role("receiving_unit", "units", "接收单位", "receiving unit", holds=False),
        Role("requesting_unit", "units", "用车单位", "unit that travels", holds=False),
        Role("reserved", "units", "预订用车单位", "unit that it is reserved for", holds=False),
        Role("successor", "units", "承接单位", "successor", holds=False),
        Role("entering", "warehouses", "申请入仓", "warehouse that it asks to enter", holds=False),
        Role("vehicle", "vehicles", "车辆", "vehicle", holds=False),
        Role("driver", "drivers", "驾驶员", "driver", holds=False),
        Role("made_from", "rooms", "由其改建", "room that it was made from", holds=False),
        Role("made_into", "rooms", "改建为", "room that it was made into", holds=False),
        Role("lineage", "lots", "来源批次", "lot that it came from", holds=False),
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


_KIND = "(SELECT h.kind FROM history h WHERE h.asset = t.asset ORDER BY h.position LIMIT 1)"
"""Looked up in the stream's first event, and only where a query asks for it."""

_HOLDS = f"t.facet IN ({_listed([role.name for role in ROLES.values() if role.holds])})"

MODEL = Model(
    "holdings",
    views=(
        View(
            "holdings",
            f"SELECT t.asset, {_KIND} AS kind, t.facet AS role, {_HOLDS} AS holds, t.member, t.ref AS holder,"  # noqa: S608 -- names of the code
            f" {_party()} AS party, t.begins, t.ends, t.since, t.until, t.cut, t.ended, t.stated"
            " FROM timelines t WHERE t.ref IS NOT NULL",
        ),
    ),
)
