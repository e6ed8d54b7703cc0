"""Filters as SQL: nothing gets through but declared columns and functions, and every value is a parameter."""

from __future__ import annotations

import re
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.kernel.errors import Refusal
from maps.features.collections import COLLECTIONS, GEOMETRY, KINDS, NAMED
from maps.features.filters import ALLOWED, Columns, Filter, parsed
from maps.features.limits import CHARACTERS
from maps.features.systems import CRS84, SYSTEMS
from projections.queries.bound import Bound

ROOMS = COLLECTIONS["rooms-zh"]
COLUMNS = {f"<{one.column.name}>" for one in ROOMS.properties.values()}
_SAFE = re.compile(
    r"%\(p\d+\)s::(text|numeric|boolean|date|timestamptz|geometry)|<[a-z_]+>|m\.(shape|drawn)|[()=<>,&]|\s"
    r"|\b(AND|OR|NOT|LIKE|IS|NULL|lower|3857|4490|-180|-85|180|85)\b|-180|-85"
    r"|ST_(Intersects|Within|Contains|Equals|Touches|Crosses|Overlaps|Disjoint|Transform|Intersection|Envelope|MakeEnvelope)"
)
"""All that a condition may be made of."""


def translated(node: Any) -> tuple[str, Bound]:
    bound = Bound()
    columns = Columns(lambda one: f"<{one.column.name}>", "m.shape", "m.drawn")
    return Filter(ROOMS, columns, bound, SYSTEMS[CRS84]).condition(node), bound


def is_safe(sql: str) -> bool:
    return not _SAFE.sub("", sql) and set(re.findall(r"<[a-z_]+>", sql)) <= COLUMNS


def test_it_reads_as_it_was_meant() -> None:
    sql, bound = translated(parsed('"房间类别" = \'办公室\' AND NOT (楼层 IN (1, 2) OR "使用面积" > 20.5)'))
    assert sql == (
        "((<category> = %(p0)s::text) AND (NOT (((<floor> = %(p1)s::numeric) OR (<floor> = %(p2)s::numeric))"
        " OR (<net_area> > %(p3)s::numeric))))"
    )
    assert [str(value) for value in bound.values.values()] == ["办公室", "1.0", "2.0", "20.5"]


def test_times_are_read_whichever_way_they_are_written() -> None:
    for written in ("DATE('2024-01-01')", "'2024-01-01'", "TIMESTAMP('2023-12-31T16:00:00Z')"):
        _, bound = translated(parsed(f"腾退期限 < {written}"))
        assert bound.values["p0"].isoformat() in ("2024-01-01T00:00:00+08:00", "2023-12-31T16:00:00+00:00")


_words = st.one_of(
    st.sampled_from([*ROOMS.properties, GEOMETRY, *ALLOWED, "version", "pg_sleep", "r.asset"]), st.text(max_size=8)
)
_values = st.one_of(
    st.text(max_size=20), st.integers(), st.floats(), st.booleans(), st.none(),
    st.builds(lambda name: {"property": name}, _words),
    st.builds(lambda day: {"date": day}, st.text(max_size=12)),
    st.builds(lambda x, y: {"type": "Point", "coordinates": [x, y]}, st.floats(), st.floats()),
)  # fmt: skip
_nodes = st.recursive(
    _values,
    lambda inner: st.one_of(
        st.builds(lambda op, args: {"op": op, "args": args}, _words, st.lists(inner, max_size=3)),
        st.lists(inner, max_size=3),
    ),
    max_leaves=12,
)


@settings(max_examples=400, deadline=None)
@given(_nodes)
def test_whatever_is_sent_is_refused_or_safe(node: Any) -> None:
    with suppress(Refusal):
        sql, _ = translated(node)
        assert is_safe(sql), sql


_PIECES = ('"房间号"', "楼层", "'x'' OR 1=1 --'", "= ", " AND ", " OR ", "NOT ", "(", ")", "1", "LIKE ", "version()", ";", "--", "S_INTERSECTS(geometry, POINT(106 38))",
           "IN (1,2)", "/*", "CASEI(", ",", "-", "+", "DATE('2024-01-01')", "::text", "$1", "%(p0)s", "NULL", "IS NULL", "BETWEEN 1 AND 2", "\x00", '"')  # fmt: skip


@settings(max_examples=400, deadline=None)
@given(st.one_of(st.text(max_size=60), st.lists(st.sampled_from(_PIECES), max_size=12).map("".join)))
def test_whatever_is_written_is_refused_or_safe(text: str) -> None:
    with suppress(Refusal):
        sql, _ = translated(parsed(text))
        assert is_safe(sql), sql


@pytest.mark.parametrize("piece", ["(", "NOT ", "-", "casei(", "1+", "S_INTERSECTS(geometry,", "[", '{"op":'])
def test_depth_without_end_is_refused_and_harms_nothing(piece: str) -> None:
    text = piece * (CHARACTERS // len(piece))
    for is_json in (False, True):
        with pytest.raises(Refusal):
            parsed(text, is_json=is_json)
    with pytest.raises(Refusal):
        parsed(text + "x")


@pytest.mark.parametrize("id", COLLECTIONS)
def test_every_attribute_has_a_name_of_its_own_and_a_schema(id: str) -> None:
    one = COLLECTIONS[id]
    assert len(one.properties) == len({property.column.name for property in one.properties.values()})
    assert one.kind in KINDS
    assert all(property.schema()["type"] for property in one.properties.values())
    assert {property.column.party for property in one.properties.values()} <= {None, *NAMED}
