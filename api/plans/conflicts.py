"""What in a plan contradicts itself or has been overtaken: lines that say different things of the same, and things changed since."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeAlias
from uuid import UUID

import msgspec

from domain.premises.facets import OCCUPANT
from infra.plans.lines import Line

Conflict: TypeAlias = dict[str, Any]
Conflicts: TypeAlias = dict[int, list[Conflict]]
"""By the index of the line."""

_WORDS = {
    "contradicts": ("与第 {lines} 行对同一事项的说法不同", "Says something else of the same than line {lines}"),
    "repeats": ("与第 {lines} 行内容相同", "Says the same as line {lines}"),
    "two-offices": ("与第 {lines} 行安排同一人进两个房间", "Moves the same person into another room than line {lines}"),
    "changed-since": (
        "写这一行之后，该对象又有 {count} 次变更，请核对",
        "The thing changed {count} times after this line was written; look at it again",
    ),
}


def found(lines: Sequence[Line], events: Sequence[Sequence[Mapping[str, Any]]], last: Mapping[UUID, int]) -> Conflicts:
    """`events`: what each line would change, in words; `last`: the version that each thing has now."""
    by_line: Conflicts = defaultdict(list)
    for code, index, others in (*_repeated(lines), *_contradicting(events), *_in_two_rooms(events)):
        numbers = [other + 1 for other in others]
        by_line[index].append({**_told(code, lines="、".join(map(str, numbers))), "lines": numbers})
    for index, line in enumerate(lines):
        since = _since(line, last)
        if since:
            by_line[index].append({**_told("changed-since", count=since), "lines": []})
    return by_line


def _told(code: str, **said: Any) -> dict[str, str]:
    zh, en = _WORDS[code]
    return {"code": code, "zh": zh.format(**said), "en": en.format(**said)}


Clash: TypeAlias = tuple[str, int, list[int]]
"""The code, a line, and the lines that it clashes with."""


def _repeated(lines: Sequence[Line]) -> Iterator[Clash]:
    same = defaultdict(list)
    for index, line in enumerate(lines):
        same[msgspec.json.encode(line.said, order="sorted")].append(index)
    yield from _clashes("repeats", same.values())


def _contradicting(events: Sequence[Sequence[Mapping[str, Any]]]) -> Iterator[Clash]:
    """Two lines that leave different values of one facet. A value given up on the way to the next is no contradiction."""
    said: dict[tuple[str, ...], dict[int, Any]] = defaultdict(dict)
    for index, line in enumerate(events):
        for event in line:
            for change in event["changes"]:
                if change["after"]["value"] is not None:
                    said[event["asset"]["id"], change["facet"], change["member"]][index] = change["after"]["value"]
    for values in said.values():
        if len({msgspec.json.encode(value) for value in values.values()}) > 1:
            yield from _clashes("contradicts", [list(values)])


def _in_two_rooms(events: Sequence[Sequence[Mapping[str, Any]]]) -> Iterator[Clash]:
    """Somebody whom two lines move into two rooms."""
    moved: dict[str, dict[str, int]] = defaultdict(dict)
    for index, line in enumerate(events):
        for event in line:
            for change in event["changes"]:
                if change["facet"] == OCCUPANT.name and change["after"]["value"] is not None:
                    moved[change["member"]][event["asset"]["id"]] = index
    yield from _clashes("two-offices", [sorted(rooms.values()) for rooms in moved.values()])


def _clashes(code: str, groups: Any) -> Iterator[Clash]:
    for group in groups:
        if len(group) > 1:
            yield from ((code, index, [other for other in group if other != index]) for index in group)


def _since(line: Line, last: Mapping[UUID, int]) -> int:
    """How often its thing changed after the line was written."""
    about = line.said.get("id")
    return 0 if line.seen is None or about is None else max(0, last.get(UUID(about), 0) - line.seen)
