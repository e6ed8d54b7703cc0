"""The parameters of a picture: those of the map, with the filters of one of its layers as the list of that layer has them."""

from __future__ import annotations

import inspect
from collections.abc import Iterable, Iterator, Mapping
from typing import Annotated, Any, Final, Literal

from fastapi import Query

from api import scalars
from api.angles.asking import one_of
from api.attention.answering import waiting_for, wrong_for
from api.comparing.asking import BoxText, box_of
from api.dependencies import Caller
from api.pictures.asked import Lines
from api.tiles import asking
from api.tiles.drawing import Finding, Floor
from domain.access.principal import Principal
from domain.vehicles.fence import Fence
from domain.vehicles.vehicle import Vehicle
from domain.warehouse.item import Item
from maps.positions.states import STATES, State
from projections.places import SHOWN
from projections.queries import overlays
from projections.queries.colours import COLOURS
from projections.queries.layers import LAYERS
from projections.queries.lists import Wanted
from projections.queries.overlays import FINDINGS
from projections.queries.tiles import Overlay

_NONE: Final = "none"
_FLEET: Final = "fleet"
_LAYERS: Final = (*SHOWN, Item.kind, FINDINGS, _FLEET, _NONE)
_USUAL: Final = tuple(kind for kind in SHOWN if kind != Fence.kind)
_OF: Final = {_FLEET: Vehicle.kind}
"""What a layer is of, where its name does not say it."""
_LAYER_NAMES: Any = one_of(*_LAYERS)
_FILTERED: Any = one_of(*LAYERS)
_COLOURS: Any = one_of(*(f"{kind}.{name}" for kind in _USUAL for name in COLOURS.get(kind, ())))
_BASE: Any = Annotated[
    str, Query(pattern="^[a-z0-9-]{1,40}$", description="底图 · A base map, by its name in /v1/map/bases")
]
_BOX = "所画的范围：西,南,东,北（EPSG:4490） · What is drawn: west,south,east,north"
_KINDS = "只画这些图层（可重复），none 为一个也不画 · Only these layers, repeated; none: none of them"
_LAYER = "筛选条件属于哪个图层 · To which layer the filters belong"
_COLOUR = "一类对象按什么上色，如 buildings.title（可重复） · By what a kind is coloured, repeated"
_FINDING = "只要这些事项（可重复），名称见 /v1/attention · Only these, repeated, by their names in /v1/attention"
_STATE = "在线车辆（fleet）只画这些状态的（可重复） · Of the live fleet (`fleet`) only those in these states, repeated"
_TITLE: Any = scalars.text([])


async def _asked(
    caller: Caller,
    bbox: Annotated[BoxText, Query(description=_BOX)],
    kinds: Annotated[list[_LAYER_NAMES] | None, Query(max_length=len(_LAYERS), description=_KINDS)] = None,
    layer: Annotated[_FILTERED | None, Query(description=_LAYER)] = None,
    colour: Annotated[list[_COLOURS] | None, Query(max_length=len(_USUAL), description=_COLOUR)] = None,
    finding: Annotated[list[Finding] | None, Query(max_length=100, description=_FINDING)] = None,
    fleet_state: Annotated[list[State] | None, Query(max_length=len(STATES), description=_STATE)] = None,
    base: _BASE | None = None,
    storey: Floor | None = None,
    heading: Annotated[_TITLE | None, Query(max_length=60, description="标题 · The title")] = None,
    lang: Annotated[Literal["zh", "en"], Query(description="文字 · The language")] = "zh",
    paper: Annotated[Literal["a4", "a3"], Query(description="纸张，横放 · The paper, across")] = "a4",
    **given: Any,
) -> Lines:
    shown = [kind for kind in kinds or _USUAL if kind in (FINDINGS, _NONE) or caller.may_read(_OF.get(kind, kind))]
    wanted = None if layer is None else asking.wanted(layer, given)
    return Lines(
        box=box_of(bbox),
        kinds=tuple(kind for kind in SHOWN if kind in shown),
        colours={kind: by for kind, _, by in (one.partition(".") for one in colour or ()) if kind in shown},
        wanted=wanted if wanted is not None and caller.may_read(wanted.kind) else None,
        overlays=tuple(_overlays(caller, shown, wanted, finding)),
        base=base,
        fleet=frozenset(fleet_state or STATES) if _FLEET in shown else frozenset(),
        storey=storey,
        heading=heading or "",
        lang=lang,
        paper=paper,
    )


def _overlays(
    caller: Principal, shown: Iterable[str], wanted: Wanted | None, finding: list[str] | None
) -> Iterator[Overlay]:
    if Item.kind in shown:
        yield overlays.items(wanted if wanted is not None and wanted.kind == Item.kind else Wanted(Item.kind))
    if FINDINGS in shown:
        watched = [one for one in (*waiting_for(caller), *wrong_for(caller)) if finding is None or one.name in finding]
        yield overlays.findings({one.name: one.rows.places for one in watched if one.rows.places is not None})


def _signature() -> inspect.Signature:
    own: Mapping[str, inspect.Parameter] = inspect.signature(_asked, eval_str=True).parameters
    kept = [one.replace(kind=inspect.Parameter.KEYWORD_ONLY) for name, one in own.items() if name != "given"]
    return inspect.Signature([*kept, *asking.declared()])


_asked.__signature__ = _signature()  # type: ignore[attr-defined]  # where FastAPI looks first
asked_picture: Final = _asked
