"""What is asked of one layer of the map, whichever it is: the filters of its list, each as that list takes them.

One address takes those of all layers, so a schema cannot say which go together: what does not is a wrong value, not a wrong form.
"""

from __future__ import annotations

import inspect
from collections.abc import Iterator, Mapping
from types import GenericAlias
from typing import Any, Final

from pydantic import TypeAdapter, ValidationError

from api.faults import Fault, faults_of, pointer
from api.lists.asked import narrowed
from api.lists.parameters import NARROWING, Parameter, Text, about
from api.refusals import ValueImpossible
from projections.queries.layers import LAYERS
from projections.queries.listed import LISTED
from projections.queries.lists import Wanted

_OF: Final[Mapping[str, Mapping[str, Parameter]]] = {
    kind: {one.name: one for one in (*NARROWING, *(one for column in LISTED[kind].values() for one in about(column)))}
    for kind in LAYERS
}
"""By layer, then by the parameter's name."""


def declared() -> Iterator[inspect.Parameter]:
    """Every parameter that some layer takes, as any text: what of it is right, the layer says."""
    for name in dict.fromkeys(name for named in _OF.values() for name in named):
        found = [named[name] for named in _OF.values() if name in named]
        told = "；".join(dict.fromkeys(one.description for one in found))
        yield Parameter(found[0].alias, Text, told, found[0].many).declared()


def wanted(layer: str, given: Mapping[str, Any]) -> Wanted:
    """What was asked, in the terms of the layer's list."""
    own, said = _OF[layer], {name: value for name, value in given.items() if value is not None}
    foreign = [_foreign(layer, name) for name in said if name not in own]
    if foreign:
        raise ValueImpossible(foreign)
    read = {name: _read(own[name], value) for name, value in said.items()}
    columns = [one for one in own.values() if one not in NARROWING]
    return narrowed(layer, columns, dict.fromkeys(own) | read)


def _read(parameter: Parameter, value: Any) -> Any:
    expected: Any = GenericAlias(list, (parameter.value,)) if parameter.many else parameter.value
    try:
        return TypeAdapter(expected).validate_python(value)
    except ValidationError as error:
        raise ValueImpossible([one.under(pointer(["query", parameter.alias])) for one in faults_of(error)]) from None


def _foreign(layer: str, name: str) -> Fault:
    alias = name.replace("__", ".")
    return Fault(
        code="filter-of-another-layer",
        field=pointer(["query", alias]),
        zh=f"图层“{layer}”不能按“{alias}”筛选。",
        en=f"The layer {layer} has no filter {alias}.",
    )
