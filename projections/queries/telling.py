"""Events in plain words: field by field before and after, and what an event says beyond its facts.

In two steps, so that all names that a page needs are looked up at once: first which things are spoken of, then the words.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from domain.kernel.events import Event, FactCorrected, FactWithdrawn
from domain.kernel.labels import Term
from domain.kernel.places import Outline, Point
from projections.queries.words.events import EVENT_WORDS
from projections.queries.words.facets import Reads, wording
from projections.queries.words.fields import FIELD_WORDS
from projections.queries.words.values import Names, Words, words

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
    zh, en = ("", "") if not member else words(_member_id(member), worded.member, names)
    return {"facet": facet, "zh": worded.zh, "en": worded.en, "member": member, "member_zh": zh, "member_en": en}


def value(kind: str, facet: str, given: Any, names: Names) -> dict[str, Any]:
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


def beyond_facts(event: Event) -> list[tuple[str, Any]]:
    """The fields that no fact of the event carries, in the order in which they are written."""
    facts = list(event.facts())
    carried = [fact.value for fact in facts] + [fact.start for fact in facts] + [fact.end for fact in facts]
    members = {fact.member for fact in facts}
    facets = {fact.facet for fact in facts}
    found = []
    for name in type(event).__struct_fields__:
        given = getattr(event, name)
        if name in _OF_THE_STREAM or (name not in event.personal and given in (None, "", ())):
            continue
        if isinstance(given, bool):
            told = any(name in facet or facet in name for facet in facets)
        else:
            told = str(given) in members or any(type(one) is type(given) and one == given for one in carried)
        if not told:
            found.append((name, given))
    return found


def ids_of_fields(event: Event) -> Iterator[UUID]:
    for _, given in beyond_facts(event):
        yield from (one for one in (given if isinstance(given, tuple) else (given,)) if isinstance(one, UUID))


def fields(event: Event, names: Names) -> list[dict[str, Any]]:
    return [_field(event, name, given, names) for name, given in beyond_facts(event)]


def _field(event: Event, name: str, given: Any, names: Names) -> dict[str, Any]:
    worded = FIELD_WORDS[name]
    sealed = name in event.personal
    zh, en = SEALED if sealed and given is not None else _words(name, given, names)
    shown = None if sealed else msgspec.to_builtins(given, enc_hook=str)
    return {
        "field": name,
        "zh": worded.zh,
        "en": worded.en,
        "value": shown,
        "value_zh": zh,
        "value_en": en,
        "sealed": sealed,
    }


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
