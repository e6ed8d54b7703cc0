"""What a step of the demonstration is, and the names that its ids are derived from."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid5

_NAMES = UUID("5f0c4b1e-9f3a-4d0e-8a57-7a68616e6774")

OFFICE, FINANCE, CULTURE, COUNTY, VETERANS = (
    "市机关事务管理局",
    "市财政局",
    "市文化旅游局",
    "贺兰县水务局",
    "市退役军人事务局",
)
COMPOUND, MAIN, ANNEX, OLD = "北京中路院落", "1号楼", "2号楼", "老档案楼"
ZHANG, LI, WANG, MA = "张建国", "李晓梅", "王海峰", "马春燕"
CAR, VAN, DRIVER, JOURNEY = "宁A1D086", "宁AD31568", "王海峰（驾驶员）", "赴中卫调研"
TOWN, YARD, VERGE = "市区四至范围", "北京中路院落停车场", "环路节假日封存点"
WAREHOUSE, COMPUTER, DESK, PAPER = "市级公物仓", "便携式计算机0417", "会议椅一批", "复印纸"


@dataclass(frozen=True, kw_only=True)
class Step:
    """One command: about what, from when, why, on which document; `files`: what it attaches, which its arguments cite."""

    command: str
    subject: str
    effective: str
    reason: str
    document: str | None = None
    arguments: dict[str, Any] = field(default_factory=dict)
    label: str | None = None
    corrects: str | None = None
    user: str = "demo-li"
    files: tuple[bytes, ...] = ()


def named(name: str) -> UUID:
    """The id that a name of the demonstration stands for."""
    return uuid5(_NAMES, name)


def ref(name: str) -> str:
    """The same as JSON has it."""
    return str(named(name))
