"""What the stories about units and premises begin with: a unit, a person, a building, a room, each with one call."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from tests.scenarios.bureau import Bureau, Done

LONG_AGO = "2015-01-01"

# The codes of the districts, counties and cities of Yinchuan that the stories play in.
XINGQING, YONGNING, HELAN = "640104", "640121", "640122"


def new_unit(name: str, unit_kind: str = "government", **more: Any) -> dict[str, Any]:
    return {"name": name, "unit_kind": unit_kind, "level": "county", "division": HELAN, **more}


def a_unit(bureau: Bureau, name: str, *, since: str = LONG_AGO, parent: object = None, **more: Any) -> Done:
    above = {} if parent is None else {"parent": parent}
    return bureau.does("units.establish", effective=since, unit=new_unit(name, **more), **above)


def a_person(bureau: Bureau, name: str, unit: object, *, since: str = LONG_AGO, **more: Any) -> Done:
    return bureau.does("people.join", effective=since, unit=unit, name=name, **{"staff_type": "established", **more})


def new_building(name: str = "综合办公楼", **more: Any) -> dict[str, Any]:
    """Its number is unique, as two stories may share a registry."""
    said = {"number": f"HL-{uuid4().hex[:8]}", "name": name, "address": "贺兰县桂文中路12号", "division": HELAN}
    return said | {"floors_above": 6, "gross_area": "5000.00", "structure": "reinforced-concrete"} | more


def a_building(bureau: Bureau, owner: object, name: str = "综合办公楼", *, since: str = LONG_AGO, **more: Any) -> Done:
    return bureau.does("buildings.register", effective=since, building=new_building(name, **more), owner=owner)


def a_room(bureau: Bureau, building: object, number: str, *, since: str = LONG_AGO, **more: Any) -> Done:
    said: dict[str, Any] = {"floor": 3, "category": "office", "net_area": "24.00", **more}
    return bureau.does("rooms.register", effective=since, building=building, number=number, **said)


def a_certificate() -> str:
    """In the one form that the registry keeps: with narrow brackets, however they were typed."""
    return f"宁(2018)贺兰县不动产权第{uuid4().int % 10**7:07}号"


def a_title(bureau: Bureau, building: object, owner: object, *, since: str = "2018-05-01") -> Done:
    certificate = a_certificate()
    return bureau.does("buildings.register-title", building, effective=since, owner=owner, certificate=certificate)
