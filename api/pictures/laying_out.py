"""What stands on the sheet: the things in their colours, what the colours mean and how many there are, and of when it all is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias
from zoneinfo import ZoneInfo

from api.angles.asking import KINDS
from api.tiles.telling import told
from domain.premises.room import Room
from maps.pictures.sheet import Drawn, Entry, Sheet
from maps.pictures.view import Box, framed
from projections.queries import legend, pictured
from projections.queries.colours import COLOURS
from projections.queries.filters import Asks, Filter
from projections.queries.legend import Counted
from projections.queries.lists import Wanted
from projections.queries.pictured import Pictured
from projections.queries.view import Asked, View

PAPERS: Final = {"a4": (1122.5, 793.7), "a3": (1587.4, 1122.5)}
"""Across, in units of 1/96 inch."""
ZONE: Final = ZoneInfo("Asia/Shanghai")
OF_KIND: Final = {
    "compounds": "#7a8b6f",
    "buildings": "#4f7da8",
    "rooms": "#b8860b",
    "vehicles": "#b5483a",
    "warehouses": "#6a4c93",
}
PALETTE: Final = (
    "#3b6ea5",
    "#d08a2e",
    "#4c8c4a",
    "#b5483a",
    "#7d5ba6",
    "#2f8f9d",
    "#a0673c",
    "#c25b8f",
    "#6b7280",
    "#94862c",
)
COUNTED: Final = "#3b6ea5"
FAINT: Final = frozenset({"compounds", "fences"})
"""What others lie in."""
UNTOLD: Final = "#9aa3ad"
MOST_ENTRIES: Final = 22

Colours: TypeAlias = dict[tuple[str, str | None], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Lines:
    """What was asked for. `colour`: of which kind, and by what."""

    box: Box
    kinds: tuple[str, ...]
    colour: tuple[str, str] | None
    floor: int | None
    title: str
    lang: Literal["zh", "en"]
    paper: Literal["a4", "a3"]

    def say(self, zh: str, en: str) -> str:
        return zh if self.lang == "zh" else en


def sheet(view: View, asked: Asked, lines: Lines, readable: frozenset[str]) -> Sheet:
    width, height = PAPERS[lines.paper]
    frame = framed(34, 58, width - 34 - 260, height - 58 - 122, lines.box)
    kinds = [kind for kind in lines.kinds if kind in readable]
    colour = lines.colour if lines.colour is not None and lines.colour[0] in kinds else None
    wanted = Pictured(box=frame.box, unit=frame.unit, kinds=kinds, floor=lines.floor, colour=colour)
    entries, colours = _legend(view, lines, kinds if wanted.is_counted else wanted.drawn_kinds, colour)
    things = _counted(view, wanted) if wanted.is_counted else _things(view, wanted, colours)
    boundaries, are_invented = pictured.boundaries(view, wanted)
    return Sheet(
        width=width,
        height=height,
        frame=frame,
        title=lines.title or lines.say("公共资产分布图", "Public assets"),
        legend_title=_legend_title(lines, colour),
        legend=entries,
        things=things,
        boundaries=boundaries,
        facts=[*_moment(view, asked, lines), *_ground(lines, are_invented=are_invented)],
        approval=lines.say("审图号：", "Approval no. (审图号):"),
    )


def _legend_title(lines: Lines, colour: tuple[str, str] | None) -> str:
    if colour is None:
        return lines.say("图例（范围内数量）", "Legend (in view)")
    by = COLOURS[colour[0]][colour[1]]
    return lines.say(f"{KINDS[colour[0]].zh}：{by.zh}", f"{KINDS[colour[0]].en.capitalize()}: {by.en}")


def _legend(
    view: View, lines: Lines, kinds: Sequence[str], colour: tuple[str, str] | None
) -> tuple[list[Entry], Colours]:
    """The entries; and by kind and value the colour of a thing, by kind alone where it is not coloured by anything."""
    colours: Colours = {(kind, ""): OF_KIND.get(kind, COUNTED) for kind in kinds}
    found = [] if colour is None else _of_values(view, lines, *colour, colours)
    others = [kind for kind in kinds if colour is None or kind != colour[0]]
    return [*found, *(entry for kind in others for entry in _of_kind(view, lines, kind, colours))], colours


def _of_values(view: View, lines: Lines, kind: str, by: str, colours: Colours) -> list[Entry]:
    """Of one kind by what it is coloured; whatever is not in view has a colour and no entry."""
    counted = Counted(wanted=_wanted(lines, kind), colour=by, box=lines.box)
    values = told(view, counted, legend.counts(view, counted)[:MOST_ENTRIES])
    for number, one in enumerate(values):
        colours[kind, one["value"]] = UNTOLD if one["value"] is None else PALETTE[number % len(PALETTE)]
    return [
        Entry(colours[kind, one["value"]], lines.say(one["zh"], one["en"]), one["in_view"], _is_point(kind))
        for one in values
        if one["in_view"]
    ]


def _of_kind(view: View, lines: Lines, kind: str, colours: Colours) -> list[Entry]:
    rows = legend.counts(view, Counted(wanted=_wanted(lines, kind), box=lines.box))
    many, cls = sum(row["in_view"] for row in rows), KINDS[kind]
    said = lines.say(cls.zh, cls.en.capitalize())
    return [Entry(colours[kind, ""], said, many, _is_point(kind), kind in FAINT)] if many else []


def _wanted(lines: Lines, kind: str) -> Wanted:
    """Of rooms those of the floor that is drawn."""
    if kind != Room.kind or lines.floor is None:
        return Wanted(kind)
    return Wanted(kind, filters=(Filter("floor", Asks.ANY, [lines.floor]),))


def _is_point(kind: str) -> bool:
    return kind in ("vehicles", "warehouses")


def _things(view: View, wanted: Pictured, colours: Colours) -> list[Drawn]:
    coloured = None if wanted.colour is None else wanted.colour[0]
    return [
        Drawn(
            row["shape"],
            colours.get((row["kind"], row["colour"] if row["kind"] == coloured else ""), UNTOLD),
            row["label"] or "",
            is_faint=row["kind"] in FAINT,
        )
        for row in pictured.shapes(view, wanted)
    ]


def _counted(view: View, wanted: Pictured) -> list[Drawn]:
    return [Drawn(row["shape"], COUNTED, many=row["many"]) for row in pictured.counted(view, wanted)]


def _moment(view: View, asked: Asked, lines: Lines) -> list[str]:
    at = view.at.astimezone(ZONE)
    known = view.position if view.known is None else view.known
    said = [
        lines.say(
            f"情况截至 {at:%Y-%m-%d %H:%M}（北京时间）；按日志第 {known} 条以前的登记",
            f"As of {at:%Y-%m-%d %H:%M} (Beijing), as recorded up to position {known} of the log",
        )
    ]
    if asked.case is not None:
        said[0] += lines.say(f"；调查“{asked.case}”", f"; case {asked.case!r}")
    if lines.floor is not None:
        said[0] += lines.say(f"；{lines.floor} 层", f"; floor {lines.floor}")
    return said


def _ground(lines: Lines, *, are_invented: bool) -> list[str]:
    said = lines.say(
        "坐标系 CGCS2000，Web 墨卡托投影；比例尺为图幅中央的比例尺",
        "CGCS2000 in web Mercator; the scale is that of the middle of the sheet",
    )
    if are_invented:
        said += lines.say("；界线为演示虚构，不代表任何实际界线", "; boundaries are invented for the demonstration")
    return [said]
