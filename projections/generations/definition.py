"""What a generation is defined by: its tables and views, and all code that decides which rows follow from the log.

A generation keeps the digest of the definition that built it. When a program starts whose definition is another, it builds
a new generation beside the running one.
"""

from __future__ import annotations

import ast
import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import domain
import projections
from projections import models
from projections.generations import ddl

NOT_ROWS = frozenset({"generations", "queries"})
"""What of `projections` makes no rows: it looks after generations, or reads from them."""


@dataclass(frozen=True, slots=True)
class Definition:
    """`shape` is of the tables and views alone; `digest` also of the code that fills them."""

    digest: str
    shape: str


@cache
def current() -> Definition:
    """The definition of this program."""
    return of(sources(Path(domain.__path__[0]), Path(projections.__path__[0])))


def of(files: Iterable[tuple[str, str]]) -> Definition:
    """The definition that these files (name, text) and the read models make."""
    shape = hashlib.sha256("\n".join(_shape()).encode()).hexdigest()
    digest = hashlib.sha256(shape.encode())
    for name, text in files:
        digest.update(f"\n{name}\n{_meaning(text)}".encode())
    return Definition(digest.hexdigest(), shape)


def sources(*packages: Path) -> Iterator[tuple[str, str]]:
    for package in packages:
        for path in sorted(package.rglob("*.py")):
            place = path.relative_to(package)
            if package.name != "projections" or Path(place.parts[0]).stem not in NOT_ROWS:
                yield f"{package.name}/{place.as_posix()}", path.read_text(encoding="utf-8")


def _shape() -> Iterator[str]:
    yield from ddl.statements()
    for table in models.tables():
        yield ddl.primary_key(table)
        yield from ddl.indexes(table).values()


def _meaning(text: str) -> str:
    """The syntax tree without places, comments and docstrings: an edited comment rebuilds nothing."""
    tree = ast.parse(text)
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            node.body = [one for one in node.body if not _is_text(one)]
    return ast.dump(tree)


def _is_text(node: ast.stmt) -> bool:
    """A docstring, also one that stands under a variable."""
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)
