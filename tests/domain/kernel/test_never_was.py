"""What was registered by mistake: of every kind, once its beginning is taken back, it has and holds nothing and is nothing."""

from __future__ import annotations

from uuid import UUID

import pytest
from msgspec.structs import replace

from domain.catalogue import BIRTHS, COMMANDS
from domain.kernel.aggregate import Aggregate
from domain.kernel.errors import NotFound
from domain.kernel.events import Event
from domain.work import Call, Work
from tests.domain.scenario import an_id, mandate
from tests.golden import SAMPLES

BEGINNINGS = [replace(event, originator_version=1) for event in SAMPLES if type(event) in BIRTHS and event.correctable]


class OneThing:
    """A shelf with nothing but one thing on it."""

    def __init__(self, birth: Event) -> None:
        self.birth = birth

    def open(self, cls: type[Aggregate], id: UUID, version: int | None = None) -> Aggregate:  # noqa: ARG002 -- the shelf's signature
        thing = cls(id)
        thing.apply(self.birth)
        return thing

    def version_at(self, position: int, id: UUID) -> int:  # noqa: ARG002 -- the shelf's signature
        return position

    def is_known(self, id: UUID) -> bool:
        return id == self.birth.originator_id


@pytest.mark.parametrize("birth", BEGINNINGS, ids=lambda birth: birth.topic)
def test_what_never_was_gives_back_what_it_had_holds_nothing_and_is_not_found(birth: Event) -> None:
    cls = BIRTHS[type(birth)]
    before = OneThing(birth).open(cls, birth.originator_id)
    work = Work(OneThing(birth), an_id("command"))
    withdrawal = Call(
        command=COMMANDS[f"{cls.kind}.withdraw"], id=birth.originator_id, arguments={"of": 1}, mandate=mandate()
    )
    work.carry_out(withdrawal)
    said = work.conditions()
    assert {(scope, value) for scope, value, _ in said.releases} == before.claims()
    assert {(one.holder, one.ended) for one in said.holdings} == {(holder, True) for holder in before.holders()}
    assert said.emptied == [(birth.originator_id, birth.effective)]
    assert not said.claims
    with pytest.raises(NotFound):
        work.carry_out(withdrawal)
