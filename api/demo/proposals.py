"""What the demonstration tells of approvals: a proposal that was sent back and corrected, and one that only came in."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from api.demo.step import CAR, CULTURE, FINANCE, LI, MAIN, OFFICE, Step, ref

ROOMS, PARKING = "呈批件：三楼办公用房调整", "呈批件：车辆停放地点调整"


def proposals() -> Iterator[Step]:
    yield from _rooms()
    yield Step(
        command="proposals.submit", subject=PARKING, effective="2024-06-03T15:10:00+08:00", reason="节假日集中停放", user="demo-wang",
        arguments={
            "title": "公务用车节假日封存", "unit": ref(CULTURE), "levels": [ref(OFFICE)],
            "commands": [_line("vehicles.seal", CAR, why="holiday", key_keeper=ref(LI), until="2024-06-11")],
        },
    )  # fmt: skip


def _rooms() -> Iterator[Step]:
    category = _line("rooms.change-category", f"{MAIN}-302", category="service")
    wrong, right = (_line("rooms.measure", f"{MAIN}-302", net_area=area) for area in ("28.20", "18.60"))
    yield Step(
        command="proposals.submit", subject=ROOMS, effective="2024-05-20T09:12:00+08:00", reason="财政局综合服务窗口用房",
        document="银财办〔2024〕31号",
        arguments={
            "title": "三楼办公用房调整", "unit": ref(FINANCE), "levels": [ref(FINANCE), ref(OFFICE)],
            "commands": [category, wrong],
        },
    )  # fmt: skip
    yield Step(
        command="proposals.send-back", subject=ROOMS, effective="2024-05-21T10:40:00+08:00", reason="面积请按测绘报告更正",
        user="demo-zhang",
        arguments={
            "at": ref(FINANCE),
            "marks": [{"line": 2, "field": "net_area", "what": "与测绘报告不符，应为 18.60 平方米"}],
        },
    )  # fmt: skip
    yield Step(
        command="proposals.resubmit", subject=ROOMS, effective="2024-05-22T08:35:00+08:00", reason="已按测绘报告更正",
        document="银财办〔2024〕31号", arguments={"commands": [category, right]},
    )  # fmt: skip
    yield Step(
        command="proposals.approve", subject=ROOMS, effective="2024-05-22T16:05:00+08:00", reason="同意", user="demo-zhang",
        arguments={"at": ref(FINANCE)},
    )  # fmt: skip


def _line(command: str, subject: str, **arguments: Any) -> dict[str, Any]:
    return {"command": command, "id": ref(subject), "arguments": arguments}
