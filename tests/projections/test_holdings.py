"""Every facet that points at another thing says what the other thing is to it, and nothing else claims to."""

from __future__ import annotations

from uuid import UUID

from domain.catalogue import AGGREGATES
from projections.holdings import ROLES
from projections.queries.words.facets import has_wording
from tests.golden import SAMPLES


def test_every_fact_that_is_an_id_has_a_role() -> None:
    pointing = {fact.facet for event in SAMPLES for fact in event.facts() if isinstance(fact.value, UUID)}
    assert pointing == set(ROLES)


def test_every_role_names_a_kind_of_thing_and_has_both_words() -> None:
    kinds = {cls.kind for cls in AGGREGATES}
    for role in ROLES.values():
        assert {role.party, *role.of.split()} <= kinds
        assert all(has_wording(kind, role.name) for kind in role.of.split())
        assert role.zh
        assert role.en
