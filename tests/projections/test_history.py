"""Every change of everything: what was so before and after each event equals a brute-force reading of the same events."""

from __future__ import annotations

from typing import Any

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from projections import models
from projections.stream import Record
from tests.domain.scenario import an_id, mandate
from tests.projections.brute import Told, changes, stated
from tests.projections.histories import histories, history, recorded
from tests.projections.test_models import bounded, each_kind, folded


def told_rows(records: list[Record]) -> list[dict[str, Any]]:
    names = [column.name for column in models.table("history").columns]
    found = [dict(zip(names, row, strict=True)) for row in models.rows(folded(records))["history"]]
    return sorted(found, key=lambda row: row["position"])


def plain(values: list[list[Any]]) -> list[str]:
    """As JSON says it, in any order."""
    return sorted(msgspec.json.encode(value, enc_hook=str).decode() for value in values)


@each_kind
@given(data=st.data())
@bounded
def test_each_event_changed_what_the_rule_of_facts_says(kind: str, data: st.DataObject) -> None:
    records = data.draw(histories(kind))
    for row, (record, expected) in zip(told_rows(records), changes(Told(records)), strict=True):
        assert row["position"] == record.position
        assert plain(msgspec.json.decode(row["changes"])) == plain(expected)


@each_kind
@given(data=st.data())
@bounded
def test_a_correction_and_what_it_corrects_name_each_other(kind: str, data: st.DataObject) -> None:
    records = data.draw(histories(kind))
    told, rows = Told(records), told_rows(records)
    corrects = {record.position: told.corrected_by(record) for record in records}
    assert {row["position"]: row["corrects"] for row in rows} == corrects
    overtaken = {of: by for by, of in corrects.items() if of is not None}
    assert {row["position"]: row["overtaken"] for row in rows if row["overtaken"]} == overtaken
    for row, record in zip(rows, records, strict=True):
        said = stated(record.event)
        assert row["topic"] == record.event.topic
        assert row["stated"] == (said.topic if said is not None and row["corrects"] else None)


def test_a_row_says_who_decided_it_in_which_role_why_and_on_which_documents() -> None:
    asked = mandate("2026-03-01", documents=("宁管机发〔2026〕17号", "宁财资〔2026〕4号"), user="liwei")
    [first] = recorded(history("units", an_id("units"), lambda _: 0, 1))
    stored = msgspec.structs.replace(first, mandate=msgspec.json.encode(asked))
    [row] = told_rows([stored])
    assert (row["actor"], row["unit"], row["role"], row["reason"]) == (
        *(asked.actor.user, asked.actor.unit, asked.actor.role),
        asked.reason,
    )
    assert msgspec.json.decode(row["documents"]) == ["宁管机发〔2026〕17号", "宁财资〔2026〕4号"]
