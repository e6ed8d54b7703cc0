"""`GET /v1/map/legend`: what the colours of a layer mean, and how many things there are of each."""

from __future__ import annotations

import inspect
from typing import Annotated, Any, Final

from fastapi import Depends, Query
from fastapi.responses import Response

from api import openapi
from api.angles.asking import one_of
from api.comparing.asking import BoxText, box_of
from api.dependencies import Caller, Given
from api.executing import json_response
from api.faults import Fault, pointer
from api.reading import Viewed, looking, recalling, seen
from api.refusals import ValueImpossible
from api.routing import Routes
from api.tiles import asking
from api.tiles.answers import Legend
from api.tiles.telling import sums, told
from projections.queries import legend
from projections.queries.colours import COLOURS
from projections.queries.layers import LAYERS
from projections.queries.legend import Counted

MOST_VALUES: Final = 50
"""Of units the most frequent are told one by one, and all others together."""

_COLOUR_NAMES: Final = dict.fromkeys(name for colours in COLOURS.values() for name in colours)
_LAYER: Any = Annotated[one_of(*LAYERS), Query(description="图层 · The layer")]
_COLOUR: Any = Annotated[
    one_of(*_COLOUR_NAMES) | None,
    Query(description="按什么上色；可用的见答复中的 colours · By what it is coloured; `colours` says what there is"),
]
_VIEW: Any = Annotated[
    BoxText | None, Query(description="所看的范围；不写则为全图 · What is in view; all when not given")
]


async def _asked(layer: str, colour: str | None, bbox: str | None, **given: Any) -> Counted:
    if colour is not None and colour not in COLOURS.get(layer, ()):
        raise ValueImpossible([_no_colour(layer, colour)])
    return Counted(wanted=asking.wanted(layer, given), colour=colour, box=None if bbox is None else box_of(bbox))


def _no_colour(layer: str, colour: str) -> Fault:
    there = ", ".join(COLOURS.get(layer, ()))
    return Fault(
        code="colour-of-another-layer",
        field=pointer(["query", "colour"]),
        zh=f"图层“{layer}”不能按“{colour}”上色，可用：{there}。",
        en=f"The layer {layer} cannot be coloured by {colour}, but by: {there}.",
    )


def _parameter(name: str, annotation: Any, default: Any = None) -> inspect.Parameter:
    return inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=annotation)


_OWN: Final = (
    _parameter("layer", _LAYER, inspect.Parameter.empty), _parameter("colour", _COLOUR), _parameter("bbox", _VIEW),
)  # fmt: skip
_asked.__signature__ = inspect.Signature([*_OWN, *asking.declared()])  # type: ignore[attr-defined]  # where FastAPI looks first

router = Routes(tags=["map"])


@router.get(
    "/v1/map/legend",
    operation_id="map.legend",
    summary="图例：每种颜色的含义和数量 · The legend, with counts",
    response_class=Response,
    **openapi.reads(Legend, 404, 409),
)
def map_legend(given: Given, _: Caller, asked: Viewed, counted: Annotated[Counted, Depends(_asked)]) -> Response:
    """筛选条件与该类列表相同。`listed` 含没有登记位置的。The filters are those of the list; `listed` counts also what has no place."""
    colours = COLOURS.get(counted.wanted.kind, {})
    with looking(given, asked) as view:
        rows = legend.counts(view, counted, recalling(given, view, asked))
        values = told(view, counted, rows[:MOST_VALUES])
    answer = {
        "layer": counted.wanted.kind,
        "colour": counted.colour,
        "colours": [{"name": name, "zh": one.zh, "en": one.en} for name, one in colours.items()],
        "values": values,
        "others": {"values": len(rows[MOST_VALUES:]), **sums(rows[MOST_VALUES:])},
        "totals": sums(rows),
    }
    return json_response({**seen(view, asked), **answer})
