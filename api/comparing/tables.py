"""What differs between two sides, as a table: one row a facet of a thing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from typing import Any, Final

from api.angles.asking import kind_words
from api.comparing.told import Shown
from api.exports.cells import OF_IDS, OF_NAMES, OF_SENTENCES, Column, Row, plain, thing, worded
from api.exports.table import Batches, Table
from api.moments import ZONE
from projections.queries.compare import Different, Sides

THINGS_AT_ONCE = 50
"""Compared at a time for a file: as many as on a page, with all that was recorded of them between."""

_WHERE: Final = {
    (True, True): ("两边都有", "On both sides"),
    (True, False): ("只在 A", "Only in a"),
    (False, True): ("只在 B", "Only in b"),
    (False, False): ("两边都没有", "On neither side"),
}


def _side(name: str) -> Callable[[Row], Any]:
    return lambda row: row[name] and (row[name]["zh"], row[name]["en"])


def _causes(row: Row) -> tuple[str, str]:
    """The events that made the difference: of effect when, and what they say; of the oldest of very many only the position."""
    told = row["events"].items()
    zh, en = ([_cause(at, event, lang) for at, event in told] for lang in ("zh", "en"))
    return "；".join(zh), "; ".join(en)


def _cause(position: int, event: dict[str, Any] | None, lang: str) -> str:
    return f"#{position}" if event is None else f"{event['effective'].astimezone(ZONE):%Y-%m-%d} {event[lang]}"


_COLUMNS: Final = (
    Column("种类", "Kind", lambda row: row["thing"]["kind"] and kind_words(row["thing"]["kind"])),
    *thing("对象", "Thing", "thing"),
    Column("在哪一边", "Where", lambda row: _WHERE[row["in_a"], row["in_b"]]),
    worded("事项", "Facet"),
    worded("成员", "Member", "member", OF_NAMES),
    plain("成员编号", "Member id", "member", OF_IDS, is_id=True),
    Column("A", "a", _side("a"), OF_NAMES),
    Column("B", "b", _side("b"), OF_NAMES),
    Column("起因", "Caused by", _causes, OF_SENTENCES),
    Column("起因的日志位置", "Positions of the causes", lambda row: [str(at) for at in row["caused_by"]], OF_NAMES),
)


def table(name: str, zh: str, sides: Sides, rows: AbstractContextManager[Batches]) -> Table:
    """The name says of which day the first side is, the file's own day is the second's."""
    day = f"{sides.a.at.astimezone(ZONE):%Y-%m-%d}"

    def told(found: Sequence[Different]) -> list[Row]:
        return Shown(sides, [one.id for one in found]).rows(found)

    return Table(view=sides.b, name=f"{name}-{day}", zh=f"{zh}-{day}", columns=_COLUMNS, rows=rows, told=told)
