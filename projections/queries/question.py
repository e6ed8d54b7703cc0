"""A question put to a view: its rows read at once, as a page is, or part by part, however many there are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from psycopg.rows import DictRow, dict_row

from projections.queries.view import View

FETCH = 1000
"""Rows read at a time where all are read."""


@dataclass(frozen=True, slots=True)
class Question:
    """A statement about one view, with the values that are bound to it beside the view's own axes."""

    view: View
    statement: str
    parameters: Mapping[str, Any]

    def rows(self) -> list[DictRow]:
        return self.view.rows(self.statement, self.parameters)

    @contextmanager
    def stream(self, at_once: int | None = None) -> Iterator[Iterator[list[DictRow]]]:
        """All rows, some at a time: they stay in the database until they are asked for."""
        with self.view.connection.cursor(name="question", row_factory=dict_row) as cursor:
            cursor.execute(self.statement.encode(), {**self.view.axes, **self.parameters})
            yield iter(lambda: cursor.fetchmany(at_once or FETCH), [])
