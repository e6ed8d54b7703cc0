"""In which form an answer is wanted: as a page, or as a file; said by `format`, or by the header Accept."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any, Final, TypeAlias

from fastapi import Depends, Query, Request
from pydantic import WithJsonSchema

from api.angles.asking import YesNo, one_of
from api.exports.types import FORMATS, TABLES, TYPES
from api.faults import Fault, pointer
from api.refusals import RequestInvalid

_BY_ACCEPT: Final = {"application/json": "json", **{type.partition(";")[0]: form for form, type in TYPES.items()}}


@dataclass(frozen=True, slots=True)
class Form:
    """`lang` and `ids` are about tables: the language of their words, and whether ids stand beside the names."""

    name: str
    lang: str
    ids: bool

    @property
    def is_file(self) -> bool:
        return self.name != FORMATS[0]


def _one_of_these(offered: tuple[str, ...]) -> Any:
    """Documented are those that there are; the one that is lacking is refused with the reason."""
    value: Any = one_of(*FORMATS)
    return Annotated[value, WithJsonSchema({"type": "string", "enum": list(offered)})]


_OfTables: Any = _one_of_these(TABLES)
_OfAll: Any = _one_of_these(FORMATS)
_OfLanguages: Any = one_of("zh", "en")
_FORMAT = Query(description="也可用请求头 Accept · The header Accept says it as well")
_TableFormat: TypeAlias = Annotated[_OfTables | None, _FORMAT]
_AnyFormat: TypeAlias = Annotated[_OfAll | None, _FORMAT]
_Lang: TypeAlias = Annotated[_OfLanguages | None, Query(description="导出的语言 · The language of exports")]
_Ids: TypeAlias = Annotated[YesNo | None, Query(description="导出时也列出编号 · Exports also hold the ids")]


async def table_form(request: Request, format: _TableFormat = None, lang: _Lang = None, ids: _Ids = None) -> Form:
    return Form(_wanted(request, format, TABLES), lang or "zh", ids == "true")


async def map_form(request: Request, format: _AnyFormat = None, lang: _Lang = None, ids: _Ids = None) -> Form:
    return Form(_wanted(request, format, FORMATS), lang or "zh", ids == "true")


Formed = Annotated[Form, Depends(table_form)]
"""The three parameters of whatever can be had as a table."""


def wants_file(request: Request) -> bool:
    """Whether anything but a page is asked for, in whatever words; what is wrong with them is told later."""
    said = request.query_params.getlist("format")
    return any(one != FORMATS[0] for one in said or [_accepted(request.headers.get("accept", ""))])


def _wanted(request: Request, format: str | None, offered: tuple[str, ...]) -> str:
    wanted = format or _accepted(request.headers.get("accept", ""))
    if wanted not in offered:
        raise _no_place("header", "Accept") if format is None else _no_place("query", "format")
    return wanted


def _accepted(accept: str) -> str:
    """The first form of ours in the header that is wanted most; whoever names none gets JSON."""
    named = [(_BY_ACCEPT.get(part.partition(";")[0].strip().lower()), part) for part in accept.split(",")]
    ours = [(form, _quality(part)) for form, part in named if form is not None]
    return max(ours, key=lambda one: one[1], default=(FORMATS[0], 1.0))[0]


def _quality(part: str) -> float:
    for parameter in part.split(";")[1:]:
        name, _, value = parameter.strip().partition("=")
        if name == "q":
            return float(value) if value.replace(".", "", 1).isascii() and value.replace(".", "", 1).isdigit() else 0.0
    return 1.0


def _no_place(*where: str) -> RequestInvalid:
    zh, en = (
        "所列内容没有地图位置，不能以 GeoJSON 给出。",
        "What is listed here has no place on the map: there is no GeoJSON of it.",
    )
    return RequestInvalid([Fault(code="no-place", field=pointer(where), zh=zh, en=en)])
