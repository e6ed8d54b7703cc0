"""Everything that can be shown has words in both languages."""

from __future__ import annotations

import dataclasses
from decimal import Decimal

import pytest

from domain.catalogue import AGGREGATES
from domain.kernel.events import EVENTS, FactCorrected, FactWithdrawn
from domain.premises.events.allocation import ModeExcluded
from domain.premises.terms import RoomCategory
from domain.vehicles.journey_events import CostItem
from projections.columns import COLUMNS
from projections.queries.words.events import EVENT_WORDS
from projections.queries.words.facets import has_wording, wording
from projections.queries.words.fields import FIELD_WORDS
from projections.queries.words.reads import Reads
from projections.queries.words.values import NOTHING, words
from tests.golden import SAMPLES

OF_THE_STREAM = {"originator_id", "originator_version", "effective"}


def test_every_event_has_words() -> None:
    assert EVENT_WORDS.keys() == EVENTS.keys()
    assert all(zh and en for zh, en in EVENT_WORDS.values())


def test_every_facet_of_a_list_has_words_for_its_kind() -> None:
    shown = {(kind, facet.name) for kind, columns in COLUMNS.items() for column in columns for facet in column.facets}
    assert {(kind, facet) for kind, facet in shown if not has_wording(kind, facet)} == set()


def test_every_fact_has_words_in_some_kind_of_its_context() -> None:
    said = {(event.topic, fact.facet) for event in SAMPLES for fact in event.facts() if "registry" not in event.topic}
    kinds = {cls.kind: cls.__module__.split(".")[1] for cls in AGGREGATES}
    for topic, facet in said:
        context = topic.partition(".")[0]
        assert any(has_wording(kind, facet) for kind, of in kinds.items() if of == context), (topic, facet)


def test_every_field_of_every_event_has_words() -> None:
    corrections = (FactCorrected, FactWithdrawn)
    fields = {name for cls in EVENTS.values() if cls not in corrections for name in cls.__struct_fields__}
    nested = {field.name for cls in (CostItem, ModeExcluded) for field in dataclasses.fields(cls)}
    assert (fields | nested) - OF_THE_STREAM <= FIELD_WORDS.keys()


@pytest.mark.parametrize(
    ("value", "reads", "zh", "en"),
    [
        ("36.50", Reads.AREA, "36.50 m²", "36.50 m²"),
        (Decimal("1234567.8"), Reads.MONEY, "¥1,234,567.80", "¥1,234,567.80"),
        ("-200", Reads.MONEY, "-¥200.00", "-¥200.00"),
        (12345, Reads.KILOMETRES, "12,345 公里", "12,345 km"),
        ("2026-09-30T16:00:00Z", Reads.MOMENT, "2026-10-01", "2026-10-01"),
        ("2026-09-30T17:30:00+00:00", Reads.MOMENT, "2026-10-01 01:30", "2026-10-01 01:30"),
        ("office", RoomCategory, "办公室", "Office"),
        ("640104", Reads.DIVISION, "兴庆区（640104）", "兴庆区（640104）"),
        (None, Reads.AREA, *NOTHING),
        (False, Reads.YES_NO, "否", "no"),
        ("u1", Reads.THING, "财政厅", "财政厅"),
        ("what nobody foresaw", Reads.AREA, "what nobody foresaw", "what nobody foresaw"),
    ],
)
def test_values_read_as_a_bureau_writes_them(value: object, reads: Reads, zh: str, en: str) -> None:
    assert words(value, reads, {"u1": "财政厅"}) == (zh, en)


def test_a_facet_that_two_kinds_share_reads_as_each_of_them_means_it() -> None:
    assert wording("rooms", "category").reads is RoomCategory
    assert wording("vehicles", "category").zh == "用途类别"
