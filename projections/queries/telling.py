"""Events in plain words: field by field before and after, and what an event says beyond its facts.

In two steps, so that all names that a page needs are looked up at once: first which things are spoken of, then the words.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from datetime import datetime
from functools import cache
from typing import Any, TypeAlias
from uuid import UUID

import msgspec

from domain.kernel.events import Event, FactCorrected, FactWithdrawn
from domain.kernel.labels import Term
from domain.kernel.places import Outline, Point
from projections.queries.words.events import EVENT_WORDS
from projections.queries.words.facets import wording
from projections.queries.words.fields import FIELD_WORDS, field_wording
from projections.queries.words.reads import Reads, Wording
from projections.queries.words.values import Names, Words, words
from projections.windows import MASKED_IN, MASKED_WORDS

SEALED: Words = ("（密封）", "(sealed)")
_OF_THE_STREAM = frozenset(Event.__struct_fields__)


def event_words(topic: str, stated: str | None) -> Words:
    """What happened; a correction names what it says anew."""
    zh, en = EVENT_WORDS[topic]
    if stated is None:
        return zh, en
    stated_zh, stated_en = EVENT_WORDS[stated]
    return f"{zh}：{stated_zh}", f"{en}: {stated_en}"


# Changes ---------------------------------------------------------------------------------------------------------------


def ids_of_line(kind: str, facet: str, member: str, *values: Any) -> Iterator[str]:
    """The things that a facet's member and values name."""
    worded = wording(kind, facet)
    if worded.reads is Reads.THING:
        yield from (value for value in values if value is not None)
    if worded.member is Reads.THING and member:
        yield _member_id(member)


def ids_of_changes(kind: str, changes: list[list[Any]]) -> Iterator[str]:
    for facet, member, before, after, _, _ in changes:
        yield from ids_of_line(kind, facet, member, before, after)


def change(kind: str, told: list[Any], names: Names) -> dict[str, Any]:
    """One facet: what held at its start before this event, and what has held since."""
    facet, member, before, after, start, end = told
    return {
        **line(kind, facet, member, names),
        "from": start,
        "to": end,
        "before": value(kind, facet, before, names),
        "after": value(kind, facet, after, names),
    }


def line(kind: str, facet: str, member: str, names: Names) -> dict[str, Any]:
    """A facet, and its member where it has many, in words."""
    worded = wording(kind, facet)
    zh, en = member_words(worded, member, names)
    return {"facet": facet, "zh": worded.zh, "en": worded.en, "member": member, "member_zh": zh, "member_en": en}


def member_words(worded: Wording, member: str, names: Names) -> Words:
    return words(_member_id(member), worded.member, names) if member else ("", "")


def value(kind: str, facet: str, given: Any, names: Names) -> dict[str, Any]:
    if given == MASKED_WORDS:
        zh, en = MASKED_IN
        return {"value": None, "zh": zh, "en": en}
    zh, en = words(given, wording(kind, facet).reads, names)
    return {"value": given, "zh": zh, "en": en}


def _member_id(member: str) -> str:
    """An issue of a lot is told apart by unit and number."""
    return member.partition("/")[0]


# What is said beyond facts -----------------------------------------------------------------------------------------------


def said_by(event: Event) -> Event | None:
    """The event itself, or what it says instead of another one."""
    if isinstance(event, FactCorrected):
        return event.statement.event()
    return None if isinstance(event, FactWithdrawn) else event


Beyond: TypeAlias = list[tuple[str, Any]]
"""What `beyond_facts` found: names of fields with their values."""


def beyond_facts(event: Event, instead_of: Event | None = None) -> Beyond:
    """The fields that no fact of the event carries, in the order in which they are written.

    Of a correction also those that are not what they were in the event that it corrects.
    """
    carried = _Carried(event)
    found = [(name, getattr(event, name)) for name in _own_fields(type(event))]
    return [
        (name, given) for name, given in found if _is_new(name, given, instead_of) or not carried.tells(name, given)
    ]


@cache
def _own_fields(cls: type[Event]) -> tuple[str, ...]:
    return tuple(name for name in cls.__struct_fields__ if name not in _OF_THE_STREAM)


def _is_new(name: str, given: Any, instead_of: Event | None) -> bool:
    return instead_of is not None and given != getattr(instead_of, name, given)


class _Carried:
    """What the facts of an event tell: values, until when, and of which member."""

    def __init__(self, event: Event) -> None:
        facts = list(event.facts())
        self.personal = event.personal
        self.values = [one for fact in facts for one in (fact.value, fact.start, fact.end)]
        self.members = {_member_id(fact.member) for fact in facts if fact.member}
        self.facets = {fact.facet for fact in facts}

    def tells(self, name: str, given: Any) -> bool:
        """Nothing need not be told either, but that something is sealed. Flags are all alike, and known by their names."""
        if given is None or (not given and isinstance(given, str | tuple)):
            return given is None or name not in self.personal
        if isinstance(given, bool):
            return any(name in facet or facet in name for facet in self.facets)
        if isinstance(given, tuple) and all(isinstance(one, UUID) for one in given):
            return all(str(one) in self.members for one in given)
        if any(one is given for one in self.values):  # as most are; to look whether they are equal takes longer
            return True
        same = any(type(one) is type(given) and one == given for one in self.values)
        return same or (bool(self.members) and str(given) in self.members)


def ids_of_fields(beyond: Beyond, instead_of: Event | None = None) -> Iterator[UUID]:
    for name, given in beyond:
        for one in (given, getattr(instead_of, name, None)):
            yield from (each for each in (one if isinstance(one, tuple) else (one,)) if isinstance(each, UUID))


def fields(event: Event, beyond: Beyond, names: Names, instead_of: Event | None = None) -> list[dict[str, Any]]:
    return [_field(event, name, given, names, instead_of) for name, given in beyond]


def _field(event: Event, name: str, given: Any, names: Names, instead_of: Event | None) -> dict[str, Any]:
    worded, sealed = field_wording(event.topic, name), name in event.personal
    was = (
        field_said(name, getattr(instead_of, name), names) if not sealed and _is_new(name, given, instead_of) else None
    )
    now = dict(zip(("value", "zh", "en"), (None, *SEALED), strict=True)) if sealed else field_said(name, given, names)
    return {"field": name, "zh": worded.zh, "en": worded.en, "said": now, "instead_of": was, "sealed": sealed}


def field_said(name: str, given: Any, names: Names) -> dict[str, Any]:
    zh, en = _words(name, given, names)
    return {"value": msgspec.to_builtins(given, enc_hook=str), "zh": zh, "en": en}


def _words(name: str, given: Any, names: Names) -> Words:  # noqa: PLR0911 -- one case a type of value: a table
    match given:
        case tuple():
            return _joined([_words(name, one, names) for one in given], "；", "; ")
        case Term():
            return given.zh, given.en
        case UUID():
            return words(str(given), Reads.THING, names)
        case bool():
            return words(given, Reads.YES_NO, names)
        case datetime():
            return words(given, Reads.MOMENT, names)
        case Point() | Outline():
            return words(dataclasses.asdict(given), Reads.PLACE, names)
        case _ if dataclasses.is_dataclass(given):
            parts = [(field.name, getattr(given, field.name)) for field in dataclasses.fields(given)]
            return _joined([_words(part, one, names) for part, one in parts if one not in (None, "")], "，", ", ")
        case _:
            return words(given, FIELD_WORDS[name].reads, names)


def _joined(told: list[Words], zh: str, en: str) -> Words:
    return zh.join(words[0] for words in told), en.join(words[1] for words in told)
