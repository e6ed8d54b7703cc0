"""What is held, and by whom, as pages tell it, and the columns that show it in a table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from itertools import chain
from typing import Any, Final, TypeAlias
from uuid import UUID

from api.angles.asking import kind_words, thing
from api.exports import cells as exports_cells
from api.exports.cells import OF_IDS, OF_NAMES, Column, moment, number, plain, worded
from api.exports.table import Table
from domain.kernel.aggregate import Aggregate
from projections.holdings import ROLES
from projections.queries import holdings, relations
from projections.queries.holdings import Beyond, Wanted
from projections.queries.question import Question
from projections.queries.things import Names, named
from projections.queries.view import View


def held(view: View, rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    names = named(view, [id for row in rows for id in (row["asset"], row["holder"])])
    return [other(row, row["asset"], names) | {"holder": thing(names, row["holder"])} for row in rows]


def other(row: dict[str, Any], id: UUID, names: Names) -> dict[str, Any]:
    told = {"role": row["role"], **role_words(row["role"]), "member": row["member"], "thing": thing(names, id)}
    return told | {"from": row["begins"], "to": row["ends"], "stated_by": row["stated"]}


def role_words(role: str) -> dict[str, str]:
    return {"zh": ROLES[role].zh, "en": ROLES[role].en}


_THE_OTHER: Final = (
    Column("种类", "Kind", lambda row: row["thing"]["kind"] and kind_words(row["thing"]["kind"])),
    *exports_cells.thing("对象", "Thing", "thing"),
    plain("成员", "Member", "member", OF_IDS, is_id=True),
)
_SINCE: Final = (
    moment("起", "From", "from"),
    moment("止", "To", "to"),
    number("登记于日志位置", "Stated at position", "stated_by"),
)
_COLUMNS: Final = (*exports_cells.thing("持有者", "Holder", "holder"), worded("角色", "Role"), *_THE_OTHER, *_SINCE)
_COLUMNS_OF_RELATIONS: Final = (
    worded("方向", "Direction", "way", OF_NAMES),
    worded("角色", "Role"),
    *_THE_OTHER,
    *_SINCE,
)

Place: TypeAlias = tuple[Beyond | None, int | None]
"""After which one a table begins, and how many it has; None: at the beginning, all."""


def table(name: str, zh: str, place: Place, view: View, wanted: Wanted) -> Table:
    rows = holdings.page(view, wanted, *place).stream()
    return Table(view=view, name=name, zh=zh, columns=_COLUMNS, rows=rows, told=partial(held, view))


def table_of_relations(cls: type[Aggregate], id: UUID, place: Place, view: View, wanted: Wanted) -> Table:
    return Table(
        view=view,
        name=f"{cls.kind}-relations",
        zh=f"{cls.zh}的关联",
        columns=_COLUMNS_OF_RELATIONS,
        rows=_both_ways(view, id, holdings.page(view, wanted, *place)),
        told=partial(_related, view),
    )


@contextmanager
def _both_ways(view: View, id: UUID, held: Question) -> Iterator[Iterator[Sequence[dict[str, Any]]]]:
    """First what the thing points at, then what points at it."""
    points = {"way_zh": "它指向", "way_en": "It points at"}
    pointed = {"way_zh": "指向它", "way_en": "Points at it"}
    first = [row | points | {"asset": row["holder"]} for row in relations.points_at(view, id)]
    with held.stream() as batches:
        yield chain([first] if first else [], ([row | pointed for row in rows] for rows in batches))


def _related(view: View, rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    names = named(view, [row["asset"] for row in rows])
    return [other(row, row["asset"], names) | {way: row[way] for way in ("way_zh", "way_en")} for row in rows]
