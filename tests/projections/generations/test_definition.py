"""What a generation is defined by: whatever can change its rows, and nothing else."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

import domain
import projections
from projections import models, search
from projections.generations import definition
from projections.generations.definition import kept, of, sources
from projections.tables import Column

CODE = '''"""What it is about."""
LIMIT = 3
"""Why so many."""
def f(x):
    """What it does."""
    return x + LIMIT  # because
'''


def _digest(text: str) -> str:
    return of([("a.py", text)]).digest


@pytest.mark.parametrize(
    "edited",
    [
        CODE.replace("because", "for another reason"),
        CODE.replace("What it does.", "What it really does."),
        CODE.replace("Why so many.", "Why not more."),
        CODE.replace('"""What it is about."""\n', ""),
        CODE.replace("x + LIMIT", "(x\n            + LIMIT)"),
    ],
)
def test_comments_docstrings_and_layout_change_nothing(edited: str) -> None:
    assert edited != CODE
    assert _digest(edited) == _digest(CODE)


@pytest.mark.parametrize("edited", [CODE.replace("3", "4"), CODE.replace("+", "-"), CODE.replace("def f", "def g")])
def test_code_changes_it(edited: str) -> None:
    assert _digest(edited) != _digest(CODE)


def test_a_file_more_or_less_changes_it() -> None:
    assert of([("a.py", CODE), ("b.py", "")]).digest != of([("a.py", CODE)]).digest


def test_code_leaves_the_shape_as_it_is_and_a_column_changes_both(monkeypatch: pytest.MonkeyPatch) -> None:
    before = of([("a.py", CODE)])
    assert of([("a.py", CODE.replace("3", "4"))]).shape == before.shape
    (table,) = search.MODEL.tables
    wider = replace(table, columns=(*table.columns, Column("more", "text")))
    monkeypatch.setattr(models, "MODELS", (replace(search.MODEL, tables=(wider,)), *models.MODELS[:-1]))
    after = of([("a.py", CODE)])
    assert after.shape != before.shape
    assert after.digest != before.digest


def test_it_is_of_the_domain_and_of_what_makes_rows() -> None:
    names = {name for name, _ in sources(Path(domain.__path__[0]), Path(projections.__path__[0]))}
    assert {"domain/kernel/facts.py", "projections/timeline.py", "projections/columns/premises.py"} <= names
    assert not {name for name in names if name.startswith(("projections/generations/", "projections/queries"))}


def test_it_is_the_same_in_every_process_of_one_program() -> None:
    assert definition.current() == definition.of(sources(Path(domain.__path__[0]), Path(projections.__path__[0])))


def test_what_was_worked_out_is_kept_until_a_character_changes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.dont_write_bytecode", False)
    beside, files, edited = tmp_path / "made" / "here.digest", [("a.py", CODE)], [("a.py", CODE + "\n")]
    worked_out = kept(files, beside)
    assert worked_out == of(files)
    monkeypatch.setattr(definition, "_meaning", str.upper)
    assert kept(files, beside) == worked_out
    assert kept(edited, beside) == of(edited) != worked_out


def test_where_nothing_can_be_kept_it_is_worked_out_every_time(tmp_path: Path) -> None:
    (tmp_path / "made").touch()
    assert kept([("a.py", CODE)], tmp_path / "made" / "here.digest").digest == _digest(CODE)
