"""Every role and every command, about things of its own county and of the other one, and naming things of either."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest

from api.access.jurisdiction import Errand, grant_for, named_by
from api.door_refusals import DivisionElsewhere, NotAllowed
from api.whereabouts import Whereabouts
from domain.access.placing import DIVISIONS, REFERENCES, references, withdraws
from domain.access.policy import commands_of
from domain.access.principal import Principal
from domain.access.roles import ADMINISTRATORS, Role
from domain.catalogue import BIRTHS, COMMANDS
from domain.kernel.commands import Command
from domain.kernel.errors import NotFound, Refusal
from tests.api.access.counties import County
from tests.api.access.region import Region

SENDERS = [role for role in Role if role not in ADMINISTRATORS and commands_of(role)]
BORN = {cls.kind: event.topic for event, cls in BIRTHS.items()}


def errand(command: Command, about: County, naming: County, placing: County, *, name: str | None = None) -> Errand:
    """A command about a thing of one county that names things of another, or only `name`, and says the division of a third."""
    arguments: dict[str, Any] = {}
    for parameter, kind in references(command).items():
        county = naming if name in (None, parameter) else about
        arguments[parameter] = UUID(county.things[kind])
    if command.key in DIVISIONS:
        said: Any = placing.division
        outer, *inner = DIVISIONS[command.key].split(".")
        for part in reversed(inner):
            said = {part: said}
        arguments[outer] = said
    if command.name == "withdraw":
        arguments["of"] = about.positions[command.aggregate.kind]
    id = None if command.creates else UUID(about.things[command.aggregate.kind])
    return Errand(command=command, id=id, arguments=arguments)


def judged(region: Region, principal: Principal, asked: Errand) -> Refusal | None:
    """Why this is not carried out; None when it is, under a grant that sends it."""
    places = Whereabouts(region.services, named_by(asked.command.key, asked.id, asked.arguments))
    try:
        grant = grant_for(principal, asked, places, region.services)
    except Refusal as refusal:
        return refusal
    assert grant in principal.sends(asked.command.key)
    return None


def may_send(role: Role, command: Command) -> bool:
    kind = command.aggregate.kind
    return command.key in commands_of(role) and (command.name != "withdraw" or withdraws(role, kind, BORN[kind]))


@pytest.mark.parametrize("role", SENDERS)
@pytest.mark.parametrize("scope", ["division", "unit"])
def test_a_role_sends_its_commands_in_its_own_county_and_nowhere_else(region: Region, role: Role, scope: str) -> None:
    somebody = region.principal(region.of_division(role) if scope == "division" else region.of_unit(role))
    mine, other = region.mine, region.other
    for command in COMMANDS.values():
        inside, outside = (judged(region, somebody, errand(command, one, one, one)) for one in (mine, other))
        if may_send(role, command):
            assert isinstance(outside, NotFound | DivisionElsewhere), command.key
            assert (inside is None) == (scope == "division" or not is_of_the_division(command)), command.key
        else:
            assert isinstance(inside, NotAllowed), command.key
            assert isinstance(outside, NotAllowed), command.key


def is_of_the_division(command: Command) -> bool:
    """Compounds belong to nobody but the division that they lie in."""
    return "compounds" in (command.aggregate.kind, *references(command).values())


@pytest.fixture(scope="module")
def everyone(region: Region) -> Principal:
    """Somebody with all roles in the one county."""
    return region.principal(*(region.of_division(role) for role in SENDERS))


@pytest.mark.parametrize(("key", "name"), [(key, name) for key, named in REFERENCES.items() for name in named])
def test_what_a_thing_is_placed_in_is_of_the_own_county_and_what_it_is_given_to_need_not_be(
    region: Region, everyone: Principal, key: str, name: str
) -> None:
    refusal = judged(region, everyone, errand(COMMANDS[key], region.mine, region.other, region.mine, name=name))
    if REFERENCES[key][name]:
        assert isinstance(refusal, NotFound)
        assert (refusal.field or "").partition("[")[0] == name
    else:
        assert refusal is None


@pytest.mark.parametrize("key", DIVISIONS)
def test_a_thing_lies_in_the_own_county(region: Region, everyone: Principal, key: str) -> None:
    refusal = judged(region, everyone, errand(COMMANDS[key], region.mine, region.mine, region.other))
    assert isinstance(refusal, DivisionElsewhere)


@pytest.mark.parametrize("key", ["units.establish", "compounds.register"])
def test_what_is_made_and_is_nobodys_takes_the_division(region: Region, key: str) -> None:
    """Or whoever answers for one unit could make things beside it, which are not theirs."""
    asked = errand(COMMANDS[key], region.mine, region.mine, region.mine)
    asked.arguments.pop("parent", None)
    officer = Role.PREMISES_OFFICER
    assert judged(region, region.principal(region.of_division(officer)), asked) is None
    assert isinstance(judged(region, region.principal(region.of_unit(officer)), asked), DivisionElsewhere)


@pytest.mark.parametrize("key", [key for key, command in COMMANDS.items() if not command.creates])
def test_what_is_elsewhere_is_refused_in_the_words_for_what_does_not_exist(
    region: Region, everyone: Principal, key: str
) -> None:
    command, mine = COMMANDS[key], region.mine
    elsewhere, nowhere = UUID(region.other.things[command.aggregate.kind]), UUID(int=7)
    told = []
    for id in (elsewhere, nowhere):
        refusal = judged(region, everyone, replace(errand(command, mine, mine, mine), id=id))
        assert isinstance(refusal, NotFound)
        told.append((refusal.field, refusal.message_zh.replace(str(id), ""), refusal.message_en.replace(str(id), "")))
    assert told[0] == told[1]
