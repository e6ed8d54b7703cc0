"""Nothing that is recorded is forgotten: every facet, column and read model is in its place, or its absence has a reason."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator

import pytest

import projections
from domain.catalogue import AGGREGATES
from projections import models
from projections.cells import PLACED
from projections.columns import COLUMNS
from projections.places import SHOWN
from projections.shown import Shown
from projections.tables import Column, Model
from tests.golden import SAMPLES
from tests.projections.brute import BY_HAND
from tests.projections.histories import KINDS, TEMPLATES

ELSEWHERE = {
    "units.predecessor": "the units merged into this one: relations, from both ends of their `successor`",
    "buildings.allocated_area": "a figure for each unit: shares",
    "buildings.allocated_whole": "as above",
    "buildings.allocation_mode": "one for each unit: shown with the building's timeline",
    "buildings.use_agreement": "one for each unit: found by search, shown with the timeline",
    "buildings.use_certificate": "as above",
    "buildings.repair_project": "one for each project: its timeline; what it cost is in upkeep",
    "buildings.repair_cost": "upkeep",
    "buildings.daily_repair": "upkeep",
    "buildings.inspection": "the condition found is a column; the inspection's remarks stand in its timeline",
    "rooms.made_from": "relations",
    "rooms.made_into": "relations",
    "vehicles.away": "one for each journey: the journey's status",
    "vehicles.reserved": "as above, planned",
    "vehicles.insured": "one for each insurance: upkeep",
    "vehicles.serviced": "one for each kind of service: upkeep",
    "vehicles.repair": "one for each slip: its timeline",
    "vehicles.repair_approved": "as above",
    "vehicles.repair_estimate": "as above",
    "vehicles.repair_cost": "upkeep",
    "drivers.away": "one for each journey: the journey's status",
    "drivers.reserved": "as above, planned",
    "items.photos": "pictures: shown with the thing itself",
    "lots.lineage": "relations",
}
"""Facets that no column shows, and where they are seen instead. Their timelines are kept like those of all facets."""


def facets_in(columns: tuple[Shown, ...]) -> set[str]:
    return {facet.name for column in columns for facet in column.facets}


def shown(kind: str) -> set[str]:
    """The facets that some row of a kind of thing is made from, besides its timelines."""
    placed = {facet.name for facet in PLACED[kind][:2]} if kind in PLACED else set()
    return facets_in(COLUMNS[kind]) | facets_in(SHOWN.get(kind, ())) | placed


def stated(kind: str) -> set[str]:
    return {fact.facet for event in TEMPLATES[kind] for fact in event.facts()}


def test_every_sample_belongs_to_a_kind_but_corrections_which_belong_to_all() -> None:
    left = [event.topic for event in SAMPLES if not any(event in templates for templates in TEMPLATES.values())]
    assert left == ["registry.FactCorrected", "registry.FactWithdrawn"]


@pytest.mark.parametrize("kind", KINDS)
def test_every_facet_that_an_event_states_is_in_a_column_or_its_absence_has_a_reason(kind: str) -> None:
    forgotten = {f"{kind}.{facet}" for facet in stated(kind) - shown(kind)}
    assert forgotten == {name for name in ELSEWHERE if name.startswith(f"{kind}.")}


@pytest.mark.parametrize("kind", KINDS)
def test_every_column_follows_from_facets_that_its_kind_states(kind: str) -> None:
    assert shown(kind) <= stated(kind)


def test_every_kind_of_thing_has_columns_and_a_table() -> None:
    assert set(COLUMNS) == {cls.kind for cls in AGGREGATES}
    assert set(COLUMNS) <= {table.name for table in models.tables()}


def test_every_column_has_its_words_in_chinese_and_english() -> None:
    for table, column in _all_columns():
        assert column.zh.strip(), f"{table}.{column.name}"
        assert column.en.strip(), f"{table}.{column.name}"
        assert column.zh != column.en


def _all_columns() -> Iterator[tuple[str, Column]]:
    return ((table.name, column) for table in models.tables() for column in table.columns)


def test_no_table_or_view_has_two_columns_or_another_one_of_its_name() -> None:
    names = [table.name for table in models.tables()] + [view.name for view in models.views()]
    assert len(names) == len(set(names))
    for table in models.tables():
        columns = [column.name for column in table.columns]
        assert len(columns) == len(set(columns))
        assert set(table.key) <= set(columns)


def test_every_module_that_defines_a_read_model_is_in_the_index_of_all() -> None:
    names = [f"projections.{module.name}" for module in pkgutil.iter_modules(projections.__path__)]
    defined = [
        model for name in names if isinstance(model := getattr(importlib.import_module(name), "MODEL", None), Model)
    ]
    assert sorted(model.name for model in defined) == sorted(model.name for model in models.MODELS)


def test_every_column_made_of_several_facts_is_also_reckoned_by_hand() -> None:
    made = {column.name for columns in COLUMNS.values() for column in columns if column.made is not None}
    assert made | {"cell"} == set(BY_HAND)
