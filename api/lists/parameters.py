"""The parameters of a list, made from the columns that it shows: what may be asked of each, and how it is written."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from dataclasses import dataclass
from types import GenericAlias
from typing import Annotated, Any, Final

import annotated_types as at
from fastapi import Query
from pydantic import BeforeValidator, Field, StringConstraints, WithJsonSchema

from api import scalars
from api.angles.asking import YesNo, one_of
from api.moments import Day, Moment
from api.scalars import LARGEST_INTEGER, digits
from domain.kernel.text import Pattern
from projections.queries.filters import Asks
from projections.queries.listed import LISTS, Listed

MOST_VALUES = 100
LONGEST_VALUE = 200
LONGEST_COLUMNS = 500
LONGEST_CURSOR = 20_000
MOST_ROWS = 1000
Text: Any = scalars.text([at.Len(1, LONGEST_VALUE), Pattern(r"\S")])
Prefix: Any = Annotated[str, StringConstraints(strict=True, pattern=r"^[0-9]{1,6}$", max_length=6)]
Integer: Any = Annotated[int, Field(ge=-LARGEST_INTEGER, le=LARGEST_INTEGER), BeforeValidator(digits)]
Limit: Any = Annotated[int, Field(ge=1, le=MOST_ROWS), BeforeValidator(digits)]
CursorText: Any = Annotated[str, StringConstraints(strict=True, pattern=r"^[A-Za-z0-9_-]+$", max_length=LONGEST_CURSOR)]
_VALUES: Final[dict[str, Any]] = {
    "text": Text,
    "uuid": scalars.ID,
    "integer": Integer,
    "bigint": Integer,
    "numeric": scalars.decimal(),
    "timestamptz": Moment,
    "date": Day,
    "boolean": YesNo,
}
_ORDERED: Final = {"integer", "bigint", "numeric", "timestamptz", "date"}
DEFAULT_ORDER: Final[dict[str, str]] = {
    "units": "name",
    "people": "unit",
    "compounds": "name",
    "buildings": "name",
    "rooms": "building,floor,number",
    "vehicles": "plate",
    "drivers": "status",
    "journeys": "-planned_from",
    "fences": "name",
    "warehouses": "name",
    "items": "name,asset_number",
    "lots": "name,batch",
    "proposals": "-submitted",
    "loans": "due",
}
_WORDS = "按名称、编号、号牌、证号等查找，空格分开的词都要有 · By names, numbers, plates, certificates; all words must be there"
_DIVISION = "行政区划代码的开头：6401 是银川市全部 · How the division's code begins: 6401 is all of Yinchuan"
_SORT = "排序的列，逗号分开，前加 - 为降序；空值在后 · Columns to order by, with - downwards; nothing comes last"
_FIELDS = "只要这些列，逗号分开 · Only these columns, separated by commas"
_TOTALS = (
    "同时给出所列全部数值的合计和平均；导出时末行为合计"
    " · Also the sums and averages of the figures of all that is listed; in a table the last row is the sums"
)
_ANY = "其中之一，可重复 · one of these; may be repeated"


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter: how it is written, and, where it is about one column, the test that it means."""

    alias: str
    value: Any
    description: str
    many: bool = False
    column: str = ""
    test: Asks = Asks.ANY

    @property
    def name(self) -> str:
        return self.alias.replace(".", "__")

    def declared(self) -> inspect.Parameter:
        value: Any = GenericAlias(list, (self.value,)) if self.many else self.value
        most = MOST_VALUES if self.many else None
        query = Query(None, alias=self.alias, description=self.description, max_length=most)
        return inspect.Parameter(self.name, inspect.Parameter.KEYWORD_ONLY, default=query, annotation=value | None)


NARROWING: Final = (
    Parameter("q", Text, _WORDS),
    Parameter("id", scalars.ID, f"编号 · Id：{_ANY}", many=True),
    Parameter("division", Prefix, _DIVISION, many=True),
)
"""What narrows down things of every kind."""


def of_every_list(kind: str) -> Iterator[Parameter]:
    yield Parameter("sort", _columns_text(kind, "-?"), f"{_SORT}; {DEFAULT_ORDER[kind]}")
    yield Parameter("fields", _columns_text(kind, ""), _FIELDS)
    yield Parameter("limit", Limit, "最多几行；导出时不写则全部 · At most so many rows; exports without it hold all")
    yield Parameter("cursor", CursorText, "接着上一页：取自 next · Goes on from the page before: from next")
    yield Parameter("count", YesNo, "同时给出总数 · Also how many there are")
    yield Parameter("totals", YesNo, _TOTALS)


def about(column: Listed) -> Iterator[Parameter]:
    """What may be asked of a column. A division is asked for by its beginning, in every list."""
    name, called = column.name, f"{column.zh} · {column.en}"
    value = one_of(*column.term) if column.term is not None else _VALUES[column.scalar]
    if name != "division":
        yield Parameter(name, value, f"{called}：{_ANY}", many=True, column=name)
    if column.scalar in _ORDERED and not column.is_array:
        yield Parameter(f"{name}.min", value, f"{called} ≥", column=name, test=Asks.LEAST)
        yield Parameter(f"{name}.max", value, f"{called} ≤", column=name, test=Asks.MOST)
    if column.is_worded:
        yield Parameter(f"{name}.has", Text, f"{called}：包含 · contains", column=name, test=Asks.HAS)
    yield Parameter(f"{name}.none", YesNo, f"{called}：没有填写 · is not given", column=name, test=Asks.NONE)
    if column.party == "units":
        told = f"{called}：连同其下级单位 · with all units under it"
        yield Parameter(f"{name}.subtree", YesNo, told, column=name, test=Asks.UNDER)


def _columns_text(kind: str, sign: str) -> Any:
    one = f"{sign}({'|'.join(LISTS[kind])})"
    schema = {"type": "string", "pattern": f"^{one}(,{one})*$", "maxLength": LONGEST_COLUMNS}
    return Annotated[str, StringConstraints(strict=True, max_length=LONGEST_COLUMNS), WithJsonSchema(schema)]
