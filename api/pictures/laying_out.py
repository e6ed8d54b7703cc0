"""What stands on the sheet: the things in their colours, what the colours mean and how many there are, and of when it all is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final
from zoneinfo import ZoneInfo

from psycopg.rows import DictRow

from api.pictures import fleet, legends
from api.pictures.asked import PAPERS, Lines
from api.pictures.legends import FAINT
from api.pictures.painting import FENCES, painted
from domain.vehicles.fence import Fence
from domain.vehicles.terms import FencePurpose, FenceStatus
from maps.pictures.inks import edge, ink
from maps.pictures.terms import Drawn, Sheet
from projections.queries import pictured
from projections.queries.overlays import FINDINGS
from projections.queries.pictured import Boundaries, Pictured
from projections.queries.view import Asked, View

ZONE: Final = ZoneInfo("Asia/Shanghai")
_COUNTED: Final = "#3b6ea5"
_AROUND: Final = ("compounds", "buildings")


def sheet(view: View, asked: Asked, lines: Lines, readable: frozenset[str]) -> Sheet:
    """`readable`: the kinds that whoever asks may read."""
    width, height = PAPERS[lines.paper]
    wanted = _wanted(lines, lines.kinds)
    bounds = pictured.boundaries(view, wanted)
    moving = fleet.heard_of(view, asked, lines)
    return Sheet(
        width=width,
        height=height,
        frame=lines.frame,
        title=lines.heading or lines.say("公共资产分布图", "Public assets"),
        legend_title=lines.say("图例（范围内数量）", "Legend (in view)"),
        legend=[
            *legends.entries(view, lines, lines.kinds if wanted.is_counted else wanted.drawn_kinds),
            *fleet.entries(lines, moving),
        ],
        things=_counted(view, wanted) if wanted.is_counted else list(_things(view, lines, wanted, readable)),
        fleet=[fleet.moving(lines, row) for row in moving],
        boundaries=bounds.lines,
        facts=[*_moment(view, asked, lines), *fleet.facts(lines, moving), *_ground(lines, bounds)],
        approval=lines.say("审图号：", "Approval no. (审图号):"),
    )


def _wanted(lines: Lines, kinds: tuple[str, ...]) -> Pictured:
    frame = lines.frame
    return Pictured(
        box=frame.box,
        unit=frame.unit,
        kinds=kinds,
        floor=lines.storey,
        colours=lines.colours,
        wanted=lines.wanted,
        overlays=lines.overlays,
    )


def _things(view: View, lines: Lines, wanted: Pictured, readable: frozenset[str]) -> Iterator[Drawn]:
    if lines.wanted is not None:  # what is filtered stands among the outlines of what it lies in
        around = tuple(kind for kind in _AROUND if kind in readable and kind not in lines.kinds)
        for row in pictured.shapes(view, _wanted(lines, around)):
            yield Drawn(row["shape"], "none", edge=edge(row["kind"]))
    for row in pictured.shapes(view, wanted):
        yield _thing(row, lines)
    for overlay in wanted.overlays:
        for row in pictured.told(view, wanted, overlay):
            sign, name = ("!", "wrong") if overlay.name == FINDINGS else ("", "warehouses")
            said = f"{sign} {row['many']:,}".strip() if not sign or row["many"] > 1 else sign
            yield Drawn(row["shape"], ink(name), badge=said)


def _thing(row: DictRow, lines: Lines) -> Drawn:
    kind, look = row["kind"], _look(row, lines)
    return Drawn(row["shape"], label=row["label"] or "", is_faint=kind in FAINT, **look)


def _look(row: DictRow, lines: Lines) -> dict[str, Any]:
    kind = row["kind"]
    if kind == Fence.kind:
        is_dormant = row["status"] != FenceStatus.IN_FORCE
        colour = ink("soft" if is_dormant else FENCES.get(row["category"], "soft"))
        # Around a whole town: a tint of it would colour everything else.
        is_open = row["category"] == FencePurpose.NO_DISPATCH
        return {"colour": "none" if is_open else colour, "edge": colour, "is_dashed": is_dormant}
    if kind not in lines.colours:
        return {"colour": ink(kind), "edge": edge(kind)}
    return {"colour": ink(painted(kind, lines.colours[kind], row["colour"]))}


def _counted(view: View, wanted: Pictured) -> list[Drawn]:
    return [Drawn(row["shape"], _COUNTED, many=row["many"]) for row in pictured.counted(view, wanted)]


def _moment(view: View, asked: Asked, lines: Lines) -> list[str]:
    at = view.at.astimezone(ZONE)
    known = view.position if view.known is None else view.known
    said = lines.say(
        f"情况截至 {at:%Y-%m-%d %H:%M}（北京时间）；按日志第 {known} 条以前的登记",
        f"As of {at:%Y-%m-%d %H:%M} (Beijing), as recorded up to position {known} of the log",
    )
    if asked.case is not None:
        said += lines.say(f"；调查“{asked.case}”", f"; case {asked.case!r}")
    if lines.storey is not None and "rooms" in lines.kinds:
        said += lines.say(f"；房间为 {lines.storey} 层", f"; rooms of floor {lines.storey}")
    if lines.wanted is not None:
        said += lines.say("；按所设条件筛选", "; filtered")
    return [said]


def _ground(lines: Lines, bounds: Boundaries) -> list[str]:
    said = lines.say(
        "坐标系 CGCS2000，Web 墨卡托投影；比例尺为图幅中央的比例尺",
        "CGCS2000 in web Mercator; the scale is that of the middle of the sheet",
    )
    if bounds.sources:
        told = ", ".join(bounds.sources)
        said += lines.say(f"；界线导入自 {told}", f"; boundaries imported from {told}")
    if bounds.are_invented:
        said += lines.say("；界线为演示虚构，不代表任何实际界线", "; boundaries are invented for the demonstration")
    return [said]
