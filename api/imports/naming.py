"""Refusals speak of things by their ids, which nobody who sent a table ever saw: here each is put as its name, or as its row."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import islice
from typing import Final
from uuid import UUID

from api.composition import Services
from api.imports.findings import Finding
from api.reading import looking
from projections.queries.labels import Labels
from projections.queries.view import Asked

_ID: Final = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_MOST_NAMED: Final = 1_000


def named(findings: Sequence[Finding], rows: Mapping[UUID, int], given: Services, asked: Asked) -> list[Finding]:
    """`rows`: what the file itself makes, by its row (from 0)."""
    told = list(islice(dict.fromkeys(_ids(findings)), _MOST_NAMED))
    if not told:
        return list(findings)
    with looking(given, asked) as view:
        called = Labels(view).called(one for one in told if one not in rows)
    zh = {str(id): f"第 {rows[id] + 1} 行" if id in rows else called[str(id)] for id in told}
    en = {str(id): f"row {rows[id] + 1}" if id in rows else called[str(id)] for id in told}
    return [replace(one, zh=_put(one.zh, zh), en=_put(one.en, en)) for one in findings]


def _ids(findings: Iterable[Finding]) -> Iterable[UUID]:
    for one in findings:
        yield from map(UUID, _ID.findall(one.zh))


def _put(text: str, called: Mapping[str, str]) -> str:
    return _ID.sub(lambda found: called.get(found[0], found[0]), text)
