"""Templates of every table: what goes out is known again when it comes back, in either language."""

from __future__ import annotations

import pytest

from api.exports.workbook import parts
from api.imports import headings, workbooks
from api.imports.columns import columns_of, sheets
from api.imports.grids import grids
from domain.catalogue import AGGREGATES
from domain.kernel.commands import Command


def test_there_is_a_table_to_register_things_of_every_kind() -> None:
    made = {command.aggregate.kind for command in sheets() if command.creates}
    assert made == {cls.kind for cls in AGGREGATES} - {"proposals"}, "one proposes at the thing itself"


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("command", sheets(), ids=lambda command: command.key)
def test_every_column_of_a_template_is_known_again(command: Command, lang: str) -> None:
    found = headings.layout(grids(b"".join(parts(workbooks.template(command, lang)))), columns_of(command))
    assert (found.grid.name, found.header) == ("填报" if lang == "zh" else "Table", 0)
    assert tuple(found.places.values()) == columns_of(command)
    assert (found.missing, found.ignored) == ((), ())


@pytest.mark.parametrize("command", sheets(), ids=lambda command: command.key)
def test_no_two_columns_of_a_table_are_called_the_same(command: Command) -> None:
    for words in zip(*((column.zh, column.en) for column in columns_of(command)), strict=True):
        assert len(set(words)) == len(words)
