"""The records of access as a workbook, for the archive of whoever reviews them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Annotated, Final, Literal

from fastapi import Query
from fastapi.responses import Response

from api import openapi
from api.access import words as access_words
from api.access.records import Asked
from api.composition import Services
from api.dependencies import Given
from api.exports.cells import Cell, clock
from api.exports.types import TYPES
from api.exports.workbook import Page
from api.imports.workbooks import answer
from api.routing import Routes
from infra.access import records
from infra.access.records import Record, Wanted

MOST: Final = 100_000
_AT_ONCE: Final = 1000
_HEADS: Final = (
    ("编号", "时间", "事项", "登录名", "经由", "来自", "说明"),
    ("No.", "At", "What", "Login", "By", "From", "Detail"),
)

_FILE: Final = {"schema": {"type": "string", "format": "binary"}}

router = Routes(tags=["access"])


@router.get(
    "/v1/access/records.xlsx",
    operation_id="records.file",
    summary="访问记录文件 · Records of access as a file",
    response_class=Response,
    responses={
        200: {"description": "OK", "content": {TYPES["xlsx"]: _FILE}},
        **openapi.problems(401, 403, 422, 500, 503),
    },
)
def file(given: Given, wanted: Asked, lang: Annotated[Literal["zh", "en"], Query()] = "zh") -> Response:
    """条件与查阅相同，最近的在前，最多十万条。The same question as reading them, the latest first, 100,000 at most."""
    at = int(lang == "en")
    rows = _rows(given, wanted, at)
    name = ("访问记录", "Records of access")[at]
    return answer([Page(title=name, widths=[10, 20, 24, 20, 14, 18, 60], rows=rows)], "records.xlsx", name)


def _rows(given: Services, wanted: Wanted, at: int) -> Iterator[Sequence[Cell]]:
    yield _HEADS[at]
    count = 0
    while count < MOST:
        with given.pool.connection() as connection:
            found = records.page(connection, wanted, _AT_ONCE)
        yield from (_row(one, at) for one in found)
        count += len(found)
        if len(found) < _AT_ONCE:
            return
        wanted = replace(wanted, before=found[-1].number)


def _row(one: Record, at: int) -> Sequence[Cell]:
    said = access_words.told(one.what, one.detail)
    lang = ("zh", "en")[at]
    return (one.number, clock(one.at), said[lang], one.login, one.via, one.address, said[f"detail_{lang}"])
