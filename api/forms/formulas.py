"""Formulas that are built into forms: what the rules or the figures on record suggest for a field. They fill nothing in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Final

from api.forms import fenced
from api.forms.given import Filled
from api.forms.suggestion import Formula, Suggestion
from api.positions.tracks import summary_of
from domain.organisations.events import LEVEL, MEMBER_OF, RANK
from domain.organisations.person import Person
from domain.organisations.unit import Unit
from domain.premises.building import Building
from domain.premises.facets import GROSS_AREA, NET_AREA, OCCUPANT
from domain.premises.room import Room
from domain.premises.standards import office_standard
from domain.premises.upkeep import LARGEST_EXTENSION
from domain.vehicles.facets import DEPARTED_AT, ODOMETER
from domain.vehicles.journey import Journey
from domain.vehicles.standards import CAPS, exceeded_cap, renewal_due_from
from domain.vehicles.terms import Body, Energy, VehicleCategory
from domain.vehicles.vehicle import Vehicle
from domain.warehouse.facets import BOUGHT, MINIMUM_LIFE
from domain.warehouse.item import Item
from domain.warehouse.standards import standard

CENT: Final = Decimal("0.01")
UNTHINKABLE: Final = Decimal(10) ** 12
"""A price above every ceiling."""


def suggestions(command: str, filled: Filled) -> list[Suggestion]:
    return [one for formula in FORMULAS.get(command, ()) for one in formula(filled)]


def _net_of_gross(path: str) -> Formula:
    def formula(filled: Filled) -> Iterator[Suggestion]:
        gross, rule = filled.number(path), office_standard(filled.moment)
        if gross is not None and rule is not None:
            low, high = ((gross * share).quantize(CENT) for share in (rule.least_net, rule.least_net_high))
            yield Suggestion(
                field=path,
                zh=f"按使用系数，使用面积多层应不少于 {low} m²（65%），高层不少于 {high} m²（60%）",
                en=f"By the coefficient its net area is at least {low} m² (65%), of a high-rise {high} m² (60%)",
                source=rule.document,
            )

    return formula


def _area_a_head(filled: Filled) -> Iterator[Suggestion]:
    room, person = filled.subject(Room), filled.thing("person", Person)
    net, rule = filled.now(room, NET_AREA), office_standard(filled.moment)
    if room is None or net is None or rule is None:
        return
    heads = len(room.members(OCCUPANT, filled.moment).keys() | ({str(person.id)} if person else set()))
    each = (net / max(heads, 1)).quantize(CENT)
    yield Suggestion(
        field="person",
        zh=f"入驻后 {heads} 人，人均 {each} m²",
        en=f"{heads} in it afterwards, {each} m² a head",
        source=f"{net} m²",
    )
    unit = filled.named(filled.now(person, MEMBER_OF), Unit)
    level, rank = filled.now(unit, LEVEL), filled.now(person, RANK)
    cap = None if level is None or rank is None else rule.cap(level, rank)
    if cap is not None:
        over = (" ，超出", ", which is over it") if each > cap else ("", "")
        yield Suggestion(
            field="person",
            zh=f"{level.zh}{rank.zh}的标准为不超过 {cap} m²{over[0]}",
            en=f"The standard for {rank.en}, {level.en} level, is {cap} m² at most{over[1]}",
            source=rule.document,
        )


def _extension(filled: Filled) -> Iterator[Suggestion]:
    gross = filled.now(filled.subject(Building), GROSS_AREA)
    if gross is not None:
        limit = (gross * LARGEST_EXTENSION).quantize(CENT)
        yield Suggestion(
            field="extension_area",
            zh=f"扩建不得超过建筑面积的 15%，即 {limit} m²",
            en=f"At most 15% of the gross area: {limit} m²",
            source="中办发〔2017〕70号",
        )


def _price_of_vehicle(filled: Filled) -> Iterator[Suggestion]:
    category, body = filled.term("category", VehicleCategory), filled.term("body", Body)
    energy = filled.term("energy", Energy)
    if category is None or body is None or energy is None:
        return
    needed = filled.arguments.get("special_need") is True
    cap = exceeded_cap(
        filled.moment, category=category, body=body, energy=energy, price=UNTHINKABLE, litres=None, special_need=needed
    )
    if cap is not None:
        litres = ("", "") if cap.litres is None else (f"，排量 {cap.litres} 升以下", f" and {cap.litres} l")
        yield Suggestion(
            field="price",
            zh=f"{category.zh}不超过 {cap.price:,} 元{litres[0]}",
            en=f"{category.en}: at most CNY {cap.price:,}{litres[1]}",
            source=f"{cap.document} {cap.clause}",
        )


def _life_of_item(filled: Filled) -> Iterator[Suggestion]:
    asset_class, bought = filled.text("asset_class"), filled.day("bought")
    rule = None if asset_class is None or bought is None else standard(asset_class, bought)
    if rule is None:
        return
    yield Suggestion(
        field="minimum_life",
        value=str(rule.years),
        zh=f"最低使用年限 {rule.years} 年",
        en=f"Minimum life {rule.years} years",
        source=rule.source,
    )
    if rule.ceiling is not None:
        yield Suggestion(
            field="value",
            zh=f"价格上限 {rule.ceiling:,} 元",
            en=f"Ceiling CNY {rule.ceiling:,}",
            source=rule.source,
        )


def _life_left_of_item(filled: Filled) -> Iterator[Suggestion]:
    item = filled.subject(Item)
    bought, years = filled.now(item, BOUGHT), filled.now(item, MINIMUM_LIFE)
    if bought is not None and years:
        used = (
            filled.moment.year - bought.year - ((filled.moment.month, filled.moment.day) < (bought.month, bought.day))
        )
        left = years - used
        said = (
            (f"还差 {left} 年到期", f"{left} years left") if left > 0 else ("已满最低年限", "its minimum life is over")
        )
        yield Suggestion(
            field="ground",
            zh=f"{bought} 购置，最低 {years} 年，{said[0]}",
            en=f"Bought {bought}, at least {years} years: {said[1]}",
            source="资产卡片 · asset card",
        )


def _life_left_of_vehicle(filled: Filled) -> Iterator[Suggestion]:
    vehicle = filled.subject(Vehicle)
    if vehicle is not None and vehicle.first_used is not None:
        due = renewal_due_from(vehicle.first_used)
        over = due <= filled.moment
        yield Suggestion(
            field="mode",
            zh=f"{'已满' if over else '未满'} 8 年（{due:%Y-%m-%d} 期满）" + ("" if over else "，须写明提前处置理由"),
            en=f"Eight years are {'over' if over else 'not over'} ({due:%Y-%m-%d})"
            + ("" if over else "; say why earlier"),
            source=CAPS[0].document,
        )


def _distance(filled: Filled) -> Iterator[Suggestion]:
    out, back = filled.now(filled.subject(Journey), DEPARTED_AT), filled.number("odometer")
    if out is not None and back is not None:
        yield Suggestion(
            field="odometer",
            zh=f"本次行驶 {back - out} 公里（出车 {out}）",
            en=f"{back - out} km driven (out at {out})",
            source="里程表 · odometer",
        )


def _since_last(filled: Filled) -> Iterator[Suggestion]:
    last, now = filled.now(filled.subject(Vehicle), ODOMETER), filled.number("odometer")
    if last is not None and now is not None:
        yield Suggestion(
            field="odometer",
            zh=f"距上次读数 {now - last} 公里",
            en=f"{now - last} km since the last reading",
            source="里程表 · odometer",
        )


def _product(field: str, one: str, other: str, zh: str, en: str) -> Formula:
    def formula(filled: Filled) -> Iterator[Suggestion]:
        first, second = filled.number(one), filled.number(other)
        if first is not None and second is not None:
            total = (first * second).quantize(CENT)
            yield Suggestion(
                field=field, zh=f"{zh} {total:,} 元", en=f"{en} CNY {total:,}", source=f"{first} × {second}"
            )

    return formula


def _track(filled: Filled) -> Iterator[Suggestion]:
    """What the closing of a journey tells of its track, so that nobody has to reckon it."""
    found = None if filled.id is None else summary_of(filled.services, filled.caller, filled.id)
    if found is None or not found.points:
        return
    for field, value, zh, en in (
        ("track_metres", found.metres, "轨迹里程", "Length of the track in metres"),
        ("track_points", found.points, "轨迹点数", "Positions of the track"),
        ("track_digest", found.digest, "轨迹摘要", "Digest of the track"),
    ):
        yield Suggestion(
            field=field, value=str(value), zh=f"{zh} {value}", en=f"{en}: {value}", source="车辆定位 · positions"
        )


FORMULAS: Final[Mapping[str, tuple[Formula, ...]]] = {
    "buildings.register": (_net_of_gross("building.gross_area"),),
    "buildings.resurvey": (_net_of_gross("gross_area"),),
    "buildings.start-major-repair": (_extension,),
    "rooms.move-in": (_area_a_head,),
    "vehicles.register": (_price_of_vehicle,),
    "vehicles.request-disposal": (_life_left_of_vehicle,),
    "vehicles.approve-disposal": (_life_left_of_vehicle,),
    **dict.fromkeys(
        ("vehicles.note-odometer", "vehicles.refuel", "vehicles.charge", "vehicles.service"), (_since_last,)
    ),
    **dict.fromkeys(("journeys.dispatch", "journeys.swap-vehicle"), (fenced.chosen_vehicle("vehicle"),)),
    "journeys.depart": (fenced.leaving("odometer"),),
    "journeys.come-back": (_distance,),
    "journeys.close": (_track,),
    "items.register": (_life_of_item,),
    "items.request-disposal": (_life_left_of_item,),
    "items.decide-disposal": (_life_left_of_item,),
    "lots.receive": (_product("unit_price", "quantity", "unit_price", "合计", "Together"),),
}
