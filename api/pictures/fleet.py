"""The live fleet on a picture: where each vehicle was heard of last, in the colours and words of the map's page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from math import inf
from typing import Any, Final

from api.pictures.asked import Lines
from api.positions.whereabouts import heard_of as _heard_of
from maps.pictures.inks import ink
from maps.pictures.terms import Entry, Moving
from maps.pictures.view import degrees, mercator
from maps.positions.states import SILENT_AFTER, STATES, State
from projections.queries.view import Asked, View
from projections.queries.whereabouts import Wanted

_LOOKS: Final[dict[State, tuple[str, str, str]]] = {
    "moving": ("way", "行驶", "Moving"),
    "standing": ("past", "静止", "Standing"),
    "silent": ("soft", "失联（十分钟以上）", "Silent (over ten minutes)"),
}
"""The name of its colour, and how it is called."""
_AGES: Final[tuple[tuple[float, int, str, str], ...]] = (
    (90, 1, "秒", "s"), (5_400, 60, "分钟", "min"), (172_800, 3_600, "小时", "h"), (inf, 86_400, "天", "d"),
)  # fmt: skip
"""Below how many seconds an age is told in what."""


def heard_of(view: View, asked: Asked, lines: Lines) -> list[dict[str, Any]]:
    """In the states that were asked for, in all that the paper shows."""
    if not lines.fleet:
        return []
    box = lines.frame.box
    rows, _ = _heard_of(view, asked, Wanted(box=(*degrees(*box[:2]), *degrees(*box[2:]))))
    return [row for row in rows if row["state"] in lines.fleet]


def moving(lines: Lines, row: dict[str, Any]) -> Moving:
    goes = row["state"] == "moving"
    return Moving(
        at=mercator(row["longitude"], row["latitude"]),
        colour=ink(_LOOKS[row["state"]][0]),
        label=row["plate"] or lines.say("（无号牌）", "(no plate)"),
        note=" · ".join([*([f"{row['speed']:.0f} km/h"] if goes else []), _ago(lines, row["age"])]),
        heading=row["heading"] if goes else None,
        strength=1 - 0.5 * min(max(row["age"], 0) / SILENT_AFTER.total_seconds(), 1),
    )


def entries(lines: Lines, rows: Sequence[dict[str, Any]]) -> Iterator[Entry]:
    """As everywhere in the legend: those in the box that was asked for, of which the paper may show a little more."""
    west, south, east, north = lines.box
    seen = Counter(
        row["state"] for row in rows if west <= row["longitude"] <= east and south <= row["latitude"] <= north
    )
    if seen:
        yield Entry("", lines.say("在线车辆", "Live fleet"), seen.total())
    for state in STATES:
        colour, zh, en = _LOOKS[state]
        if seen[state]:
            yield Entry(ink(colour), lines.say(zh, en), seen[state], is_point=True)


def facts(lines: Lines, rows: Sequence[dict[str, Any]]) -> list[str]:
    if not rows:
        return []
    said = "在线车辆在其最后位置，所注为该位置距此刻的时间，箭头为行驶方向"
    return [lines.say(said, "Live fleet: where each was heard of last and how long before; arrows point where it goes")]


def _ago(lines: Lines, age: float) -> str:
    seconds = max(age, 0)
    _, unit, zh, en = next(one for one in _AGES if seconds < one[0])
    many = round(seconds / unit)
    return lines.say(f"{many} {zh}前", f"{many} {en} ago")
