"""What a check tells: figures, findings, and in words what would change: how many of what, and the first rows as they would be kept."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any, Final

from api.imports.cells import text
from api.imports.checking import Checked
from api.imports.columns import EFFECTIVE, Column
from api.imports.findings import kept, letters, told
from api.imports.rows import Row
from domain.kernel.commands import Command

ROWS_SHOWN: Final = 10
_TALLIED: Final = 8
_SEALED: Final = frozenset({"phone", "id_number"})
"""What is sealed in the log stands in no working paper: enough to know it again."""


def outcome(command: Command, checked: Checked) -> dict[str, Any]:
    layout, rows = checked.reading.layout, sorted(checked.rows, key=lambda row: row.at)
    columns = [column for column in layout.places.values() if not column.is_within]
    errors = [one for one in checked.findings if not one.is_warning]
    return {
        "command": {"key": command.key, "zh": command.zh, "en": command.en, "creates": command.creates},
        "sheet": layout.grid.name,
        "header": layout.header + 1,
        "rows": len(rows),
        "right": not errors,
        "rows_wrong": len({one.row for one in errors if one.row is not None}),
        "errors": len(errors),
        "warnings": len(checked.findings) - len(errors),
        "columns": [
            {"column": letters(at), "zh": one.zh, "en": one.en}
            for at, one in layout.places.items()
            if not one.is_within
        ],
        "first": [
            {"row": row.at + 1, "cells": [_shown(row, one) for one in columns]} for row in rows[:ROWS_SHOWN]
        ],
        "tallies": [tally for column in columns if (tally := _tally(column, rows)) is not None],
        "findings": [told(one) for one in kept(checked.findings)],
    }  # fmt: skip


def _shown(row: Row, column: Column) -> dict[str, str]:
    """As it would be kept: words of closed lists in both languages, names as they were written."""
    said = row.said.get(column.path)
    if column.path not in row.said or column.kind is not None:
        return _same(text(row.cells.get(column.path)))
    if column.path[-1] in _SEALED:
        return _same(f"••••{str(said)[-2:]}")
    if column.term is not None:
        return next({"zh": one.zh, "en": one.en} for one in column.term if one.value == said)
    if isinstance(said, bool):
        return {"zh": "是" if said else "否", "en": "yes" if said else "no"}
    return _same("" if said is None else str(said))


def _same(said: str) -> dict[str, str]:
    return {"zh": said, "en": said}


def _tally(column: Column, rows: Sequence[Row]) -> dict[str, Any] | None:
    """How many rows say what, where a column says one of few things; a thing that is written in two ways is one."""
    if column.term is None and column.kind is None and column.path != EFFECTIVE:
        return None
    counted, called = Counter[Any](), dict[Any, tuple[str, ...]]()
    for row in rows:
        if column.path in row.said:
            shown = tuple(_shown(row, column).values())
            same = shown if column.kind is None else row.said[column.path]
            called.setdefault(same, shown)
            counted[same] += 1
    if not counted or (len(counted) > _TALLIED and column.term is None):
        return None
    values = [
        {"zh": called[same][0], "en": called[same][1], "rows": count} for same, count in counted.most_common(_TALLIED)
    ]
    return {"zh": column.zh, "en": column.en, "values": values}
