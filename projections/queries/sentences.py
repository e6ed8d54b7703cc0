"""Changes told in one sentence each, for tables: what pages tell in parts, and no parts made."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from projections.queries import telling
from projections.queries.history import Change
from projections.queries.words.facets import wording
from projections.queries.words.values import Names, Words, words


def changed(change: Change, names: Names) -> Words:
    """Every facet: what held before, and what has held since."""
    kind = change.row["kind"]
    return _joined([_facet(kind, told, names) for told in change.row["changes"] if told[2] != told[3]])


def _facet(kind: str, told: list[Any], names: Names) -> Words:
    facet, member, before, after, _, _ = told
    worded = wording(kind, facet)
    was_zh, was_en = words(before, worded.reads, names)
    now_zh, now_en = words(after, worded.reads, names)
    if not member:
        return f"{worded.zh}：{was_zh} → {now_zh}", f"{worded.en}: {was_en} → {now_en}"
    zh, en = telling.member_words(worded, member, names)
    return f"{worded.zh}（{zh}）：{was_zh} → {now_zh}", f"{worded.en} ({en}): {was_en} → {now_en}"


def besides(change: Change, names: Names) -> Words:
    """What is said beyond the facts; of a correction, instead of what."""
    return _joined([_field(told) for told in change.details(names)])


def _field(told: dict[str, Any]) -> Words:
    before, said = told["instead_of"], told["said"]
    if before is None:
        return f"{told['zh']}：{said['zh']}", f"{told['en']}: {said['en']}"
    return f"{told['zh']}：{before['zh']} → {said['zh']}", f"{told['en']}: {before['en']} → {said['en']}"


def _joined(lines: Iterable[Words]) -> Words:
    return "；".join([zh for zh, _ in lines]), "; ".join([en for _, en in lines])
