"""CQL2 as SQL: a visitor that knows what is allowed, and refuses all else.

The parser makes JSON of the text; of its own SQL nothing is used, since it would let any function through. What comes out here
names declared columns and functions only; every value is a parameter.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

import cql2

from maps.features import refusals as refused
from maps.features.collections import GEOMETRY, Collection, Property
from maps.features.limits import CHARACTERS, DEPTH, EFFORT, NODES, effort, too_large
from maps.features.operands import Operand, comparable, literal
from maps.features.shapes import literal_shape
from maps.features.systems import System
from projections.queries.bound import Bound

_COMPARED: Final = {"=": "=", "<>": "<>", "<": "<", ">": ">", "<=": "<=", ">=": ">="}
_SPATIAL: Final = {
    "s_intersects": "ST_Intersects",
    "s_within": "ST_Within",
    "s_contains": "ST_Contains",
    "s_equals": "ST_Equals",
    "s_touches": "ST_Touches",
    "s_crosses": "ST_Crosses",
    "s_overlaps": "ST_Overlaps",
    "s_disjoint": "ST_Disjoint",
}


@dataclass(frozen=True, slots=True)
class Columns:
    """How the query that is filtered says what a property is, and where a feature lies (degrees, and as it is drawn)."""

    property: Callable[[Property], str]
    shape: str
    drawn: str


def parsed(text: str, *, is_json: bool = False) -> Any:
    """The filter as CQL2 has it in JSON, within bounds."""
    if len(text) > CHARACTERS or (not is_json and effort(text) > EFFORT):
        raise too_large()
    try:
        found = json.loads(text) if is_json else cql2.parse_text(text).to_json()
        # What cannot be written again (half a character) cannot be asked or told either.
        json.dumps(found, ensure_ascii=False).encode()
    except UnicodeError:
        raise refused.FilterUnreadable(what="UTF-8") from None
    except (cql2.ParseError, ValueError, RecursionError) as wrong:
        raise refused.FilterUnreadable(what=str(wrong).strip(" =\n").splitlines()[-1][:200]) from None
    _require_within_bounds(found)
    return found


def _require_within_bounds(found: Any) -> None:
    """Rule: nobody makes the server think for long. Positions of shapes are counted where they are read."""
    nodes, level = 0, [found]
    for _ in range(DEPTH):
        nodes += len(level)
        level = [inner for one in level for inner in _within(one)]
        if nodes > NODES:
            break
        if not level:
            return
    raise too_large()


def _within(node: Any) -> Sequence[Any]:
    match node:
        case {"coordinates": _} | {"geometries": _}:
            return ()
        case dict():
            return list(node.values())
        case list():
            return node
        case _:
            return ()


@dataclass(frozen=True, slots=True)
class Filter:
    """Turns one filter of one collection into a condition; values go into `bound`."""

    collection: Collection
    columns: Columns
    bound: Bound
    system: System

    def condition(self, node: Any) -> str:
        match node:
            case bool():
                return self.bound(node, "boolean")
            case {"property": str()}:
                return self._flag(self._operand(node))
            case {"op": str() as op, "args": list() as args}:
                return self.operated(op, args)
        raise _unreadable(node)

    def operated(self, op: str, args: list[Any]) -> str:
        if op in _JOINED and args:
            return "(" + _JOINED[op].join(self.condition(one) for one in args) + ")"
        found = _CONDITIONS.get(op)
        if found is None:
            raise _not_allowed(op)
        made, takes = found
        if len(args) != takes:
            raise _unreadable({"op": op, "args": args})
        return made(self, op, *args)

    def negated(self, _: str, inner: Any) -> str:
        return f"(NOT {self.condition(inner)})"

    def is_null(self, _: str, inner: Any) -> str:
        if isinstance(inner, dict) and inner.get("property") == GEOMETRY:
            return f"({self.columns.shape} IS NULL)"
        return f"({self._operand(inner).written(self.bound)} IS NULL)"

    def between(self, _: str, value: Any, least: Any, most: Any) -> str:
        return f"({self.compared('>=', value, least)} AND {self.compared('<=', value, most)})"

    def is_in(self, _: str, value: Any, listed: Any) -> str:
        if not isinstance(listed, list) or not listed:
            raise _unreadable(listed)
        return "(" + " OR ".join(self.compared("=", value, one) for one in listed) + ")"

    def compared(self, op: str, left: Any, right: Any) -> str:
        one, other = comparable(self._operand(left), self._operand(right), self.bound)
        return f"({one} {_COMPARED[op]} {other})"

    def like(self, _: str, value: Any, pattern: Any) -> str:
        _require_pattern(pattern)
        one, other = self._operand(value), self._operand(pattern)
        if "text" not in (one.type, other.type):
            raise refused.TypesDiffer(**one.against(other))
        left, right = comparable(one, other, self.bound)
        return f"({left} LIKE {right})"

    def _flag(self, operand: Operand) -> str:
        if operand.type != "boolean":
            raise refused.TypesDiffer(**operand.against(Operand("boolean")))
        return operand.sql

    def _operand(self, node: Any) -> Operand:
        match node:
            case {"property": str() as name}:
                found = self._property(name)
                return Operand(found.type, self.columns.property(found))
            case {"op": "casei", "args": [inner]}:
                folded = self._operand(inner)
                text, _ = comparable(folded, Operand("text", "''"), self.bound)
                return Operand("text", f"lower({text})")
            case {"op": str() as op}:
                raise _not_allowed(op)
            case _:
                return literal(node)

    def _property(self, name: str) -> Property:
        found = self.collection.properties.get(name)
        if found is None:
            names = [*self.collection.properties, GEOMETRY]
            raise refused.PropertyUnknown(name=name[:100], names="、".join(names))
        return found

    def spatial(self, op: str, left: Any, right: Any) -> str:
        sides = [self._shape(one) for one in (left, right)]
        tested = f"{_SPATIAL[op]}({sides[0]}, {sides[1]})"
        literals = [one for one in sides if one != self.columns.shape]
        if op == "s_disjoint" or len(literals) != 1:
            return tested
        # All others hold only where the boxes meet, which the index of what is drawn finds.
        return f"({self.columns.drawn} && {_mercator(literals[0])} AND {tested})"

    def _shape(self, node: Any) -> str:
        if isinstance(node, dict) and "property" in node:
            if node["property"] != GEOMETRY:
                raise refused.PropertyUnknown(name=str(node["property"])[:100], names=GEOMETRY)
            return self.columns.shape
        return self.bound(literal_shape(node, self.system), "geometry")


def _require_pattern(node: Any) -> None:
    """Rule: a pattern is written out, and does not end in the middle of an escape."""
    text = node["args"][0] if isinstance(node, dict) and node.get("op") == "casei" and node.get("args") else node
    if not isinstance(text, str) or (len(text) - len(text.rstrip("\\"))) % 2:
        raise _unreadable(node)


def _mercator(shape: str) -> str:
    """SQL: the constant in the system of the index, as far as that goes; the column stays as it is."""
    world = "ST_MakeEnvelope(-180, -85, 180, 85, 4490)"
    return f"ST_Transform(ST_Intersection(ST_Envelope({shape}), {world}), 3857)"


def _not_allowed(op: str) -> refused.OperationNotAllowed:
    return refused.OperationNotAllowed(name=op[:100], names=", ".join(ALLOWED))


def _unreadable(node: Any) -> refused.FilterUnreadable:
    return refused.FilterUnreadable(what=json.dumps(node, ensure_ascii=False)[:200])


_JOINED: Final = {"and": " AND ", "or": " OR "}
_CONDITIONS: Final[dict[str, tuple[Callable[..., str], int]]] = {
    "not": (Filter.negated, 1),
    "isNull": (Filter.is_null, 1),
    "between": (Filter.between, 3),
    "in": (Filter.is_in, 2),
    "like": (Filter.like, 2),
    **dict.fromkeys(_COMPARED, (Filter.compared, 2)),
    **dict.fromkeys(_SPATIAL, (Filter.spatial, 2)),
}
"""By operation: what makes SQL of it, and how many arguments it takes."""
ALLOWED: Final = (*_JOINED, *_CONDITIONS, "casei")
